//! The page and its worker. The page holds the state and shows documents; the worker reads files, hashes and verifies.
//! Between them travel the messages of [`worker::messages`]: plain data, never a type of the core.

#[cfg(feature = "page")]
pub mod app;
#[cfg(feature = "page")]
mod edition;
#[cfg_attr(not(feature = "page"), expect(dead_code, reason = "the worker asks; only the page tells of them"))]
pub mod examples;
#[cfg(feature = "page")]
mod hooks;
pub mod limits;
#[cfg(feature = "page")]
mod pages;
#[cfg(feature = "page")]
pub mod state;
pub mod worker;
