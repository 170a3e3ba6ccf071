//! From the core's chain of custody to the document's. States nothing of its own: one value here for each value there.

mod evidence;
mod told;

pub(crate) use evidence::{Further, of_open, read_further};
pub(crate) use told::custody;
