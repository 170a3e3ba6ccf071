//! What the widget asks of the core. Strings and bytes come in from JavaScript (`js/`), a report or a refusal goes out; no
//! verdict is worked out on the other side.

mod ask;
mod reader;

pub use ask::Asked;
pub use reader::Reader;

/// See [`touchstone_report::make_ready`].
#[must_use]
pub fn make_ready() -> bool {
    touchstone_report::make_ready()
}

/// See [`touchstone_report::read_root`].
#[must_use]
pub fn read_root() -> bool {
    touchstone_report::read_root()
}
