//! Rows for `witnesses`: B.12. Good cosignatures are among the good rows.

use super::{Row, row};
use crate::Recipe;
use crate::keys::{Key, Kind};
use crate::note::{Line, witness_key_id};
use crate::policy::WitnessKnob;
use crate::time::SIGNED_AT;

const CHECK: &str = "witnesses";
/// Name of the witness that rows know.
pub(super) const NAME: &str = "witness.touchstone.test";

pub(super) fn key() -> Key {
    Key::new(Kind::Ed25519, "witness")
}

pub(super) fn known() -> WitnessKnob {
    WitnessKnob { name: NAME.to_owned(), key: key().raw_public() }
}

pub(super) fn line(tamper: bool) -> Line {
    Line::Witness { name: NAME.to_owned(), key: key(), time: SIGNED_AT as u64, tamper }
}

pub(super) fn rows() -> Vec<Row> {
    let with_line = |name, rule, line: Line| {
        row(name, rule, Recipe::message_v2())
            .checkpoint(move |c| c.lines.push(line))
            .ask(|policy| policy.witnesses.push(known()))
            .rejected(CHECK, "cosignature-invalid")
    };
    let id = || Some(witness_key_id(&key(), NAME));
    vec![
        with_line("cosignature-tampered", "B-79", line(true)),
        with_line("cosignature-without-time", "B-79", Line::Signed { name: NAME.to_owned(), key: key(), key_id: id() }),
        with_line(
            "cosignature-by-another-key",
            "B-79",
            Line::Signed { name: NAME.to_owned(), key: Key::new(Kind::Ed25519, "forger"), key_id: id() },
        ),
        with_line(
            "cosignature-beyond-int64-time",
            "B-80",
            Line::Witness { name: NAME.to_owned(), key: key(), time: 1 << 63, tamper: false },
        ),
    ]
}
