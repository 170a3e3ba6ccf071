//! Recognises what it was given, names the requests that would bring more, and reads their answers. Performs none:
//! page and terminal do, and show the person each request first.
//!
//! Nothing that a bundle says ever becomes an address (H-20). An address comes from what the person typed, or from the
//! answer of the server that they asked (G-22), and then only for a known host.

mod address;
mod answer;
mod bundles;
mod json;
mod kind;
pub mod limits;
mod pile;
mod problem;
mod recognise;
mod request;
mod words;

pub use address::{Address, AddressError, read_address};
pub use answer::{Answer, read_answer};
pub use bundles::{Candidate, bundle_at, default_candidate};
pub use kind::{Kind, Role};
pub use pile::{Piece, is_text, pieces};
pub use problem::FetchProblem;
pub use recognise::{FirstLook, Recognised, first_look, recognise};
pub use request::{Asked, Expects, Purpose, Request, bundle_requests, requests_for};

#[cfg(test)]
mod tests;
