//! Rows for `logged`: B-4, H-11, H-16.

use super::{Row, row};
use crate::Recipe;
use crate::keys::Kind;
use crate::rekor::Log;
use crate::root::{MEDIA_TYPE_V02, TrustedLog};
use crate::time::{SIGNED_AT, rfc3339};

const CHECK: &str = "logged";
const CODE: &str = "not-enough-logs";

pub(super) fn second_log() -> Log {
    Log::v1_named("rekor-2.touchstone.test", Kind::P256)
}

/// Two entries of the same submission: the second in `log`, at another index.
pub(super) fn twice_in(log: Log) -> Recipe {
    let mut recipe = Recipe::message();
    let mut second = recipe.entry().clone();
    second.log_index += 1;
    second.proof().index = 14;
    second.log = log;
    recipe.entries.push(second);
    recipe
}

/// Two entries of one Ed25519 log, the second under the id that the key has without the log's name.
fn under_two_ids() -> Recipe {
    let mut recipe = Recipe::message_v2();
    let mut second = recipe.entry().clone();
    second.log_id = Some(second.log.key.log_id());
    second.log_index += 1;
    second.proof().index += 1;
    recipe.entries.push(second);
    recipe
}

pub(super) fn rows() -> Vec<Row> {
    vec![
        row("no-entry-where-a-log-is-required", "A-26, B-1, H-21", Recipe::both_times())
            .with(|recipe| recipe.entries.clear())
            .rejected(CHECK, "log-entry-absent"),
        row("entry-of-an-unknown-log-only", "B-5, B-69", Recipe::both_times())
            .entry(|e| e.log = Log::v1_named("rekor.unknown.test", Kind::P256))
            .rejected(CHECK, CODE),
        row("two-entries-of-one-log-for-two-logs", "B-4, H-11", twice_in(Log::v1()))
            .ask(|policy| policy.logs = Some(2))
            .rejected(CHECK, CODE),
        row("one-entry-for-two-logs", "B-4", Recipe::message())
            .ask(|policy| policy.logs = Some(2))
            .rejected(CHECK, CODE),
        row("two-logs-of-one-operator-for-two-logs", "B-4, B-8", twice_in(second_log()))
            .root(|root| {
                root.media_type = MEDIA_TYPE_V02.to_owned();
                root.tlogs = vec![
                    TrustedLog::rekor(&Log::v1()).operated_by("touchstone.test", &Log::v1()),
                    TrustedLog::rekor(&second_log()).operated_by("touchstone.test", &second_log()),
                ];
            })
            .ask(|policy| policy.logs = Some(2))
            .rejected(CHECK, CODE),
        row("one-log-key-under-two-ids-for-two-logs", "B-4, B-11, H-23", under_two_ids())
            .root(|root| {
                let other_id = Log::v2().key.log_id();
                root.tlogs.push(TrustedLog { log_id: other_id, ..TrustedLog::rekor(&Log::v2()) });
            })
            .ask(|policy| policy.logs = Some(2))
            .rejected(CHECK, CODE),
        // Whatever is said of it and whenever: the key is the same.
        row("one-log-key-of-two-operators-for-two-logs", "B-4, B-8, B-15, H-11", twice_in(Log::v1()))
            .root(|root| {
                root.media_type = MEDIA_TYPE_V02.to_owned();
                let listed = TrustedLog::rekor(&Log::v1());
                let (end, start) = (Some(rfc3339(SIGNED_AT)), Some(rfc3339(SIGNED_AT + 1)));
                root.tlogs = vec![
                    TrustedLog { end, ..listed.clone().operated_by("one.test", &Log::v1()) },
                    TrustedLog { start, ..listed.operated_by("two.test", &Log::v1()) },
                ];
            })
            .with(|recipe| recipe.entries[1].integrated_time = Some(SIGNED_AT + 5))
            .ask(|policy| policy.logs = Some(2))
            .rejected(CHECK, CODE),
        row("github-without-entry-but-a-log-asked-for", "B-1", Recipe::github())
            .ask(|policy| policy.logs = Some(1))
            .rejected(CHECK, "log-entry-absent"),
        row("managed-key-without-entry", "A-28, B-1", Recipe::managed())
            .with(|recipe| {
                recipe.entries.clear();
                recipe.timestamps = Recipe::both_times().timestamps;
            })
            .rejected(CHECK, "log-entry-absent"),
    ]
}
