//! Effects: one hook for each kind of work. Components start none.

mod use_desk;
mod use_history;
mod use_pile_desk;
mod use_route;
mod use_shelf;
mod use_transfers;
mod use_window;

pub(crate) use use_desk::{Desk, first_ask, message, use_desk};
pub(crate) use use_history::{History, export, is_on as history_is_on, turn, use_history};
pub(crate) use use_pile_desk::{MANY, PROGRESS, PileDesk, use_pile_desk};
pub(crate) use use_route::{example_asked, use_route};
pub(crate) use use_shelf::{stored, use_shelf};
pub(crate) use use_transfers::use_transfers;
pub(crate) use use_window::{use_curtain, use_theme, use_title};
