//! Rows for `sct`: B.7.

use super::{Draft, Row, row};
use crate::Recipe;
use crate::ct::{SctRecipe, log_key};
use crate::keys::{Key, Kind};
use crate::root::{MEDIA_TYPE_V02, TrustedLog};
use crate::time::{LEAF_START, rfc3339};

const CHECK: &str = "sct";

fn sct(name: &'static str, rule: &'static str, edit: fn(&mut SctRecipe)) -> Draft {
    row(name, rule, Recipe::message()).leaf(move |leaf| edit(&mut leaf.scts[0]))
}

fn list(name: &'static str, rule: &'static str, bytes: Vec<u8>) -> Draft {
    row(name, rule, Recipe::message()).leaf(move |leaf| leaf.sct_list = Some(bytes))
}

pub(super) fn rows() -> Vec<Row> {
    [signed(), windows(), counted(), malformed()].concat()
}

fn signed() -> Vec<Row> {
    let invalid = "sct-does-not-verify";
    vec![
        sct("sct-tampered", "B-48, B-51", |sct| sct.tamper = true).rejected(CHECK, invalid),
        sct("sct-over-another-issuer-key", "B-48, H-34", |sct| {
            sct.issuer_key = Some(Key::new(Kind::P384, "another issuer"))
        })
        .rejected(CHECK, invalid),
        sct("sct-over-the-root-key", "B-48", |sct| {
            sct.issuer_key = Some(crate::ca::Authority::fulcio("touchstone").root.key)
        })
        .rejected(CHECK, invalid),
        sct("sct-extensions-not-signed", "B-48", |sct| {
            sct.extensions = vec![0, 0, 5, 0, 0, 0, 0, 9];
            sct.signed_extensions = Some(Vec::new());
        })
        .rejected(CHECK, invalid),
        sct("sct-by-another-key-under-the-log-id", "B-48, B-50", |sct| {
            sct.log_id = Some(sct.key.log_id());
            sct.key = log_key("forger");
        })
        .rejected(CHECK, invalid),
        row("sct-of-another-certificate", "B-47", Recipe::message())
            .leaf(|leaf| {
                let mut other = leaf.clone();
                other.serial = vec![0x11, 0x22];
                leaf.sct_list = Some(sct_list_of(&other));
            })
            .rejected(CHECK, invalid),
        row("good-sct-beside-a-tampered-one-of-a-known-log", "B-51", Recipe::message())
            .leaf(|leaf| leaf.scts.push(SctRecipe { key: log_key("second"), tamper: true, ..SctRecipe::default() }))
            .root(|root| root.ctlogs.push(TrustedLog::ct(&log_key("second"))))
            .rejected(CHECK, invalid),
    ]
}

/// The SCT list that the good authority would embed in that certificate.
fn sct_list_of(leaf: &crate::ca::CertificateRecipe) -> Vec<u8> {
    let issuer = Recipe::message().ca.issuer();
    leaf.sct_list_for(&issuer)
}

fn windows() -> Vec<Row> {
    let code = "sct-outside-log-window";
    vec![
        row("sct-after-the-log-window", "B-50, H-34", Recipe::message())
            .root(|root| root.ctlogs[0].end = Some(rfc3339(LEAF_START)))
            .rejected(CHECK, code),
        row("sct-before-the-log-window", "B-50, H-34", Recipe::message())
            .root(|root| root.ctlogs[0].start = Some(rfc3339(LEAF_START + 1)))
            .rejected(CHECK, code),
        row("sct-a-millisecond-after-the-log-window", "B-9, B-50", Recipe::message())
            .root(|root| root.ctlogs[0].end = Some(rfc3339(LEAF_START).replace('Z', ".233Z")))
            .rejected(CHECK, code),
    ]
}

fn counted() -> Vec<Row> {
    let code = "not-enough-scts";
    vec![
        row("leaf-without-sct", "B-45, B-51, H-34", Recipe::message())
            .leaf(|leaf| leaf.scts.clear())
            .rejected(CHECK, code),
        list("sct-list-empty", "B-45, H-21", vec![0, 0]).rejected(CHECK, "not-enough-scts"),
        sct("sct-of-an-unknown-log", "B-50", |sct| sct.key = log_key("unknown")).rejected(CHECK, code),
        row("root-of-the-public-instance-without-ct-logs", "B-50, H-34", Recipe::message())
            .root(|root| root.ctlogs.clear())
            .rejected(CHECK, code),
        row("one-sct-where-two-are-required", "B-4, B-51", Recipe::message())
            .ask(|policy| policy.scts = Some(2))
            .rejected(CHECK, code),
        row("two-scts-of-one-log-for-two-logs", "B-4, B-51, H-11", Recipe::message())
            .leaf(|leaf| {
                leaf.scts.push(SctRecipe { timestamp: LEAF_START as u64 * 1000 + 300, ..SctRecipe::default() })
            })
            .ask(|policy| policy.scts = Some(2))
            .rejected(CHECK, code),
        row("two-scts-of-one-key-under-two-operators", "B-4, B-15, B-51, H-11", Recipe::message())
            .leaf(|leaf| {
                leaf.scts.push(SctRecipe { timestamp: LEAF_START as u64 * 1000 + 5000, ..SctRecipe::default() })
            })
            .root(|root| {
                root.media_type = MEDIA_TYPE_V02.to_owned();
                let listed = root.ctlogs[0].clone();
                let (one, two) = (Some("one.test".to_owned()), Some("two.test".to_owned()));
                root.ctlogs = vec![
                    TrustedLog { operator: one, end: Some(rfc3339(LEAF_START + 2)), ..listed.clone() },
                    TrustedLog { operator: two, start: Some(rfc3339(LEAF_START + 3)), ..listed },
                ];
            })
            .ask(|policy| policy.scts = Some(2))
            .rejected(CHECK, code),
        row("github-leaf-without-sct-where-one-is-required", "B-1, B-51", Recipe::github())
            .ask(|policy| policy.scts = Some(1))
            .rejected(CHECK, code),
        // A bare key is in no certificate log, and what was asked for is not given up in silence.
        row("key-where-a-certificate-log-is-required", "B-1, H-14", Recipe::managed())
            .ask(|policy| policy.scts = Some(3))
            .rejected(CHECK, code),
    ]
}

fn malformed() -> Vec<Row> {
    vec![
        sct("sct-of-version-2", "B-46", |sct| sct.version = 1).rejected(CHECK, "sct-version"),
        sct("sct-hash-sha384", "B-46", |sct| sct.hash = 5).rejected(CHECK, "sct-hash-algorithm"),
        sct("sct-hash-none", "B-46", |sct| sct.hash = 0).rejected(CHECK, "sct-hash-algorithm"),
        sct("sct-signature-algorithm-dsa", "B-46", |sct| sct.signature = Some(2))
            .rejected(CHECK, "sct-signature-algorithm"),
        sct("sct-signature-algorithm-of-another-key", "B-46", |sct| sct.signature = Some(1))
            .rejected(CHECK, "sct-algorithm-differs"),
        list("sct-list-truncated", "B-45", vec![0, 9, 0, 7, 0]).rejected(CHECK, "sct-length"),
        list("sct-list-longer-than-its-length", "B-45", vec![0, 0, 0]).rejected(CHECK, "sct-length"),
        list("sct-list-with-an-empty-item", "B-45", vec![0, 2, 0, 0]).rejected(CHECK, "sct-length"),
        row("sct-extension-is-no-octet-string", "B-45", Recipe::message())
            .leaf(|leaf| {
                leaf.scts.clear();
                leaf.extensions.push(crate::ca::Extension::new("1.3.6.1.4.1.11129.2.4.2", false, vec![0, 0]));
            })
            .rejected(CHECK, "sct-extension"),
    ]
}
