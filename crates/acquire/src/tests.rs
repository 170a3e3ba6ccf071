#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod answers;
mod shapes;

#[test]
fn what_is_taken_for_evidence_is_what_the_parser_takes() {
    assert_eq!(crate::limits::MAX_BUNDLE_BYTES, touchstone_formats::limits::MAX_BUNDLE_BYTES);
}
