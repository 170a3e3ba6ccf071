//! The worker: the messages that cross to it, and the work that it does.

pub mod look;
pub mod messages;
pub mod pile;
mod save;
pub mod serve;
