//! Rows for `signing-time`: B.4, A-28, H-10, H-12.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::keys::{Key, Kind};
use crate::policy::{KeyKnob, PolicyKnobs};
use crate::time::{LEAF_END, LEAF_START, SIGNED_AT};
use crate::tsa::{Embedded, SignerId, TimestampAuthority, TimestampRecipe};

const CHECK: &str = "signing-time";

pub(super) fn rows() -> Vec<Row> {
    [absent(), outside(), thresholds(), managed()].concat()
}

fn absent() -> Vec<Row> {
    let code = "no-verified-time";
    let stranger = |embedded: Embedded| {
        move |recipe: &mut Recipe| {
            let mut stamp = TimestampRecipe::by(&TimestampAuthority::new("stranger"));
            stamp.embedded = embedded;
            recipe.timestamps = vec![stamp];
        }
    };
    vec![
        row("rekor-v2-without-timestamp", "B-19, B-20", Recipe::message_v2())
            .with(|recipe| recipe.timestamps.clear())
            .rejected(CHECK, "time-absent"),
        row("rekor-v2-integrated-time-is-no-time", "B-19, H-10", Recipe::message_v2())
            .with(|recipe| {
                recipe.timestamps.clear();
                recipe.entry().integrated_time = Some(SIGNED_AT);
            })
            .rejected(CHECK, "time-absent"),
        row("integrated-time-without-promise", "B-19, H-10", Recipe::message())
            .entry(|e| e.promise = None)
            .rejected(CHECK, "time-absent"),
        row("timestamp-by-a-stranger-with-certificate", "B-29, B-35", Recipe::message_v2())
            .with(stranger(Embedded::Chain))
            .rejected(CHECK, code),
        row("timestamp-by-a-stranger-without-certificate", "B-29, B-35", Recipe::message_v2())
            .with(stranger(Embedded::Absent))
            .rejected(CHECK, code),
        row("timestamp-where-the-root-knows-no-authority", "B-35, H-34", Recipe::message_v2())
            .root(|root| root.timestamp_authorities.clear())
            .rejected(CHECK, code),
        row("github-where-the-root-knows-no-authority", "B-35, H-34", Recipe::github())
            .root(|root| root.timestamp_authorities.clear())
            .ask(|policy| policy.timestamp_authorities = Some(0))
            .rejected(CHECK, code),
        row("timestamp-names-another-certificate", "B-29, B-5", Recipe::message_v2())
            .timestamp(|t| t.signer = SignerId::OtherSerial(vec![9, 9, 9]))
            .rejected(CHECK, code),
        row("unlisted-timestamp-certificate-not-embedded", "B-14, B-29", Recipe::message_v2())
            .tsa(|tsa| tsa.root_lists_leaf = false)
            .timestamp(|t| t.embedded = Embedded::Absent)
            .rejected(CHECK, code),
    ]
}

fn outside() -> Vec<Row> {
    let code = "time-outside-certificate";
    let promised = |name, rule, recipe: Recipe, time: i64| {
        row(name, rule, recipe).entry(move |e| e.integrated_time = Some(time)).rejected(CHECK, code)
    };
    let stamped = |name, rule, recipe: Recipe, time: i64| {
        row(name, rule, recipe).timestamp(move |t| t.gen_time = time).rejected(CHECK, code)
    };
    vec![
        promised("integrated-after-the-certificate", "B-20", Recipe::message(), LEAF_END + 1),
        promised("integrated-before-the-certificate", "B-20", Recipe::message(), LEAF_START - 1),
        promised("integrated-in-the-far-future", "B-20", Recipe::dsse(), LEAF_END + 86_400 * 365),
        promised("intoto-integrated-after-the-certificate", "B-20", Recipe::intoto(), LEAF_END + 1),
        promised("integrated-outside-beside-a-good-timestamp", "B-20", Recipe::both_times(), LEAF_END + 1),
        stamped("stamped-after-the-certificate", "B-20", Recipe::message_v2(), LEAF_END + 1),
        stamped("stamped-before-the-certificate", "B-20", Recipe::message_v2(), LEAF_START - 1),
        stamped("dsse-stamped-after-the-certificate", "B-20", Recipe::dsse_v2(), LEAF_END + 1),
        stamped("github-stamped-after-the-certificate", "B-20", Recipe::github(), LEAF_END + 1),
        stamped("stamped-outside-beside-a-good-promise", "B-20", Recipe::both_times(), LEAF_END + 1),
        row("stamped-a-fraction-after-the-certificate", "B-20, B-33", Recipe::message_v2())
            .timestamp(|t| {
                t.gen_time = LEAF_END;
                t.fraction = ".001".to_owned();
            })
            .rejected(CHECK, code),
        row("one-of-two-timestamps-outside", "B-20", Recipe::message_v2())
            .with(|recipe| {
                let late = TimestampRecipe { serial: 4712, gen_time: LEAF_END + 1, ..recipe.timestamp().clone() };
                recipe.timestamps.push(late);
            })
            .rejected(CHECK, code),
    ]
}

fn thresholds() -> Vec<Row> {
    let two = |policy: &mut PolicyKnobs| policy.times = Some(2);
    vec![
        row("one-time-where-two-are-required", "B-1, B-4", Recipe::message())
            .ask(two)
            .rejected(CHECK, "not-enough-times"),
        row("two-timestamps-of-one-authority-for-two-times", "B-4, H-11", Recipe::message_v2())
            .with(|recipe| {
                let second = TimestampRecipe { serial: 4712, gen_time: SIGNED_AT + 1, ..recipe.timestamp().clone() };
                recipe.timestamps.push(second);
            })
            .ask(two)
            .rejected(CHECK, "not-enough-times"),
        row("two-promises-of-one-log-for-two-times", "B-4, H-11", super::logged::twice_in(crate::rekor::Log::v1()))
            .ask(two)
            .rejected(CHECK, "not-enough-times"),
        row("promise-and-timestamp-of-one-operator-for-two-times", "B-4, B-8", Recipe::both_times())
            .root(|root| {
                root.media_type = crate::root::MEDIA_TYPE_V02.to_owned();
                root.tlogs[0] = root.tlogs[0].clone().operated_by("touchstone.test", &crate::rekor::Log::v1());
                root.timestamp_authorities[0].operator = Some("touchstone.test".to_owned());
            })
            .ask(two)
            .rejected(CHECK, "not-enough-times"),
        row("promise-and-unknown-timestamp-for-two-times", "B-4, B-5", Recipe::both_times())
            .with(|recipe| recipe.timestamps = vec![TimestampRecipe::by(&TimestampAuthority::new("stranger"))])
            .ask(two)
            .rejected(CHECK, "not-enough-times"),
    ]
}

/// The managed key of the good world with a window.
pub(super) fn key_window(from: Option<i64>, until: Option<i64>) -> impl FnOnce(&mut PolicyKnobs) {
    move |policy| {
        let pem = Key::new(Kind::P256, "managed").public_pem();
        policy.key = Some(KeyKnob { pem, details: None, valid_from: from, valid_until: until });
    }
}

fn managed() -> Vec<Row> {
    let code = "time-outside-key-window";
    let managed = |name, rule| -> Draft { row(name, rule, Recipe::managed()) };
    vec![
        managed("managed-key-a-second-too-late", "A-28, H-12")
            .ask(key_window(None, Some(SIGNED_AT - 1)))
            .rejected(CHECK, code),
        managed("managed-key-a-second-too-early", "A-28, H-12")
            .ask(key_window(Some(SIGNED_AT + 1), None))
            .rejected(CHECK, code),
        managed("managed-key-with-an-end-and-no-time", "B-24")
            .with(|recipe| recipe.entries = vec![crate::rekor::EntryRecipe::v2()])
            .ask(key_window(None, Some(LEAF_END)))
            .rejected(CHECK, "time-absent"),
    ]
}
