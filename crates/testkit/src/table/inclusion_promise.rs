//! Rows for `inclusion-promise`: B.8.

use super::{Draft, Row, entry_of, row};
use crate::Recipe;
use crate::keys::{Key, Kind};
use crate::rekor::PromiseRecipe;
use crate::time::{SIGNED_AT, rfc3339};
use serde_json::json;

const CHECK: &str = "inclusion-promise";
const INVALID: &str = "promise-does-not-verify";

fn message(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::message())
}

pub(super) fn rows() -> Vec<Row> {
    [signatures(), windows()].concat()
}

fn signatures() -> Vec<Row> {
    vec![
        message("promise-tampered", "B-54, B-5").entry(|e| e.promise().tamper = true).rejected(CHECK, INVALID),
        message("promise-by-another-key", "B-55, B-5")
            .entry(|e| e.promise().key = Some(Key::new(Kind::P256, "another log")))
            .rejected(CHECK, INVALID),
        message("promise-over-another-time", "B-54, H-10")
            .entry(|e| e.promise().integrated_time = Some(SIGNED_AT + 1))
            .rejected(CHECK, INVALID),
        message("promise-over-another-index", "B-54")
            .entry(|e| e.promise().log_index = Some(1))
            .rejected(CHECK, INVALID),
        message("integrated-time-moved", "B-54, H-10, B-18")
            .bundle(|b| entry_of(b)["integratedTime"] = json!((SIGNED_AT + 60).to_string()))
            .rejected(CHECK, INVALID),
        message("integrated-time-removed", "B-54, A-10")
            .bundle(|b| super::remove(entry_of(b), "integratedTime"))
            .rejected(CHECK, INVALID),
        message("log-index-moved", "B-54")
            .bundle(|b| entry_of(b)["logIndex"] = json!("155690848"))
            .rejected(CHECK, INVALID),
        message("log-index-removed", "B-54, A-10, H-37")
            .bundle(|b| super::remove(entry_of(b), "logIndex"))
            .rejected(CHECK, INVALID),
        message("log-index-rounded", "H-37")
            .entry(|e| e.log_index = (1 << 53) + 1)
            .bundle(|b| entry_of(b)["logIndex"] = json!((1_i64 << 53).to_string()))
            .rejected(CHECK, INVALID),
        message("promise-is-no-signature", "B-55")
            .bundle(|b| entry_of(b)["inclusionPromise"]["signedEntryTimestamp"] = json!("AAAA"))
            .rejected(CHECK, INVALID),
        row("intoto-promise-tampered", "B-54", Recipe::intoto())
            .entry(|e| e.promise().tamper = true)
            .rejected(CHECK, INVALID),
        row("promise-tampered-beside-a-good-timestamp", "B-5, B-57", Recipe::both_times())
            .entry(|e| e.promise().tamper = true)
            .rejected(CHECK, INVALID),
        row("rekor-v2-with-a-promise", "B-77, B-78", Recipe::message_v2())
            .entry(|e| e.promise = Some(PromiseRecipe::default()))
            .rejected(CHECK, "promise-on-rekor-v2"),
    ]
}

/// The timestamp lies inside the log's window, the integrated time one second outside.
fn windows() -> Vec<Row> {
    let code = "promise-outside-log-window";
    vec![
        row("promise-after-the-log-window", "B-56, H-34", Recipe::both_times())
            .entry(|e| e.integrated_time = Some(SIGNED_AT + 1))
            .root(|root| root.tlogs[0].end = Some(rfc3339(SIGNED_AT)))
            .rejected(CHECK, code),
        row("promise-before-the-log-window", "B-56, H-34", Recipe::both_times())
            .entry(|e| e.integrated_time = Some(SIGNED_AT - 1))
            .root(|root| root.tlogs[0].start = Some(rfc3339(SIGNED_AT)))
            .rejected(CHECK, code),
        row("promise-a-millisecond-after-the-log-window", "B-9, B-56", Recipe::both_times())
            .timestamp(|stamp| stamp.gen_time = SIGNED_AT - 1)
            .root(|root| root.tlogs[0].end = Some(rfc3339(SIGNED_AT - 1).replace('Z', ".999Z")))
            .rejected(CHECK, code),
    ]
}
