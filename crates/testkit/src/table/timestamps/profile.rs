//! The authority's certificates: what they are for and when they hold (B-31, B-32).

use super::{CHECK, v2};
use crate::ca::{ANY_USAGE, CODE_SIGNING, CertificateRecipe, KEY_CERT_SIGN, TIME_STAMPING};
use crate::table::Row;
use crate::time::{SIGNED_AT, rfc3339};
use crate::tsa::TimestampAuthority;

pub(super) fn rows() -> Vec<Row> {
    [profile(), windows()].concat()
}

fn profile() -> Vec<Row> {
    let leaf = |name, edit: fn(&mut CertificateRecipe)| {
        v2(name, "B-32").tsa(move |tsa| edit(&mut tsa.leaf)).rejected(CHECK, "timestamp-certificate-profile")
    };
    let unlisted = |name, edit: fn(&mut CertificateRecipe)| {
        v2(name, "B-32")
            .tsa(move |tsa| {
                tsa.root_lists_leaf = false;
                edit(&mut tsa.leaf);
            })
            .rejected(CHECK, "timestamp-certificate-profile")
    };
    let intermediate = |name, rule, edit: fn(&mut CertificateRecipe)| {
        v2(name, rule)
            .tsa(move |tsa| {
                let mut deep = TimestampAuthority::with_intermediate("good");
                edit(&mut deep.intermediates[0]);
                *tsa = deep;
            })
            .rejected(CHECK, "timestamp-path-invalid")
    };
    vec![
        leaf("timestamp-certificate-usage-not-critical", |leaf| leaf.extended_key_usage_critical = false),
        leaf("timestamp-certificate-without-usage", |leaf| leaf.extended_key_usage = None),
        leaf("timestamp-certificate-with-two-usages", |leaf| {
            leaf.extended_key_usage = Some(vec![TIME_STAMPING.to_owned(), CODE_SIGNING.to_owned()])
        }),
        leaf("timestamp-certificate-with-an-unknown-usage", |leaf| {
            leaf.extended_key_usage = Some(vec![TIME_STAMPING.to_owned(), "1.2.3.4".to_owned()])
        }),
        leaf("timestamp-certificate-for-any-usage", |leaf| leaf.extended_key_usage = Some(vec![ANY_USAGE.to_owned()])),
        leaf("timestamp-certificate-may-not-sign", |leaf| leaf.key_usage = Some(vec![KEY_CERT_SIGN])),
        unlisted("timestamp-embedded-certificate-usage-not-critical", |leaf| leaf.extended_key_usage_critical = false),
        unlisted("timestamp-embedded-certificate-without-usage", |leaf| leaf.extended_key_usage = None),
        intermediate("timestamp-intermediate-for-code-signing", "B-32", |ca| {
            ca.extended_key_usage = Some(vec![CODE_SIGNING.to_owned()])
        }),
        intermediate("timestamp-intermediate-is-no-authority", "B-31, B-37", |ca| ca.basic_constraints = None),
        intermediate("timestamp-intermediate-may-not-issue", "B-31, B-37", |ca| ca.key_usage = Some(vec![0])),
        intermediate("timestamp-intermediate-signature-tampered", "B-31", |ca| ca.tamper_signature = true),
    ]
}

fn windows() -> Vec<Row> {
    let certificate = "timestamp-outside-certificate";
    let window = "timestamp-outside-authority-window";
    vec![
        v2("timestamp-after-its-certificate", "B-31")
            .tsa(|tsa| tsa.leaf.not_after = SIGNED_AT - 1)
            .rejected(CHECK, certificate),
        v2("timestamp-before-its-certificate", "B-31")
            .tsa(|tsa| tsa.leaf.not_before = SIGNED_AT + 1)
            .rejected(CHECK, certificate),
        v2("timestamp-after-the-only-certificate-of-its-authority", "B-14, B-31")
            .tsa(|tsa| tsa.leaf.not_after = SIGNED_AT - 1)
            .root(|root| root.timestamp_authorities[0].certificates.truncate(1))
            .rejected(CHECK, certificate),
        v2("timestamp-after-its-root-certificate", "B-31, H-9")
            .tsa(|tsa| tsa.root.not_after = SIGNED_AT - 1)
            .rejected(CHECK, certificate),
        v2("timestamp-after-its-intermediate", "B-31, H-9")
            .tsa(|tsa| {
                let mut deep = TimestampAuthority::with_intermediate("good");
                deep.intermediates[0].not_after = SIGNED_AT - 1;
                *tsa = deep;
            })
            .rejected(CHECK, certificate),
        v2("timestamp-after-the-authority-window", "B-31, H-34")
            .root(|root| root.timestamp_authorities[0].end = Some(rfc3339(SIGNED_AT - 1)))
            .rejected(CHECK, window),
        v2("timestamp-before-the-authority-window", "B-31, H-34")
            .root(|root| root.timestamp_authorities[0].start = Some(rfc3339(SIGNED_AT + 1)))
            .rejected(CHECK, window),
        v2("timestamp-a-fraction-after-the-authority-window", "B-9, B-33")
            .timestamp(|t| t.fraction = ".5".to_owned())
            .root(|root| root.timestamp_authorities[0].end = Some(rfc3339(SIGNED_AT)))
            .rejected(CHECK, window),
    ]
}
