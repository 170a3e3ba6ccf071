//! A corpus folder: its cases as questions, and the judgement of the answers. A case is right when the verdict is the one
//! given and, for a rejection, the check that decided is one that the case is about.

mod bulk;
mod expectations;
mod judge;
mod manifest;

pub use bulk::{BulkLine, bulk_lines, read_bulk};
pub use expectations::{Expectation, Expectations};
pub use judge::{Judgement, judge};
pub use manifest::{Case, Expected, read_manifest};
