//! Rows for `checkpoint`: B.10.

use super::{Draft, Row, row};
use crate::keys::{Key, Kind};
use crate::note::{Line, key_id};
use crate::rekor::Log;
use crate::root::TrustedLog;
use crate::time::{SIGNED_AT, rfc3339};
use crate::{Recipe, change};

const CHECK: &str = "checkpoint";

fn v1(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::message())
}

fn v2(name: &'static str, rule: &'static str) -> Draft {
    row(name, rule, Recipe::message_v2())
}

pub(super) fn rows() -> Vec<Row> {
    [signatures(), names(), origins(), text_lines(), signature_lines(), other_log()].concat()
}

fn signatures() -> Vec<Row> {
    let code = "checkpoint-signature-invalid";
    vec![
        v1("checkpoint-tampered", "B-68, B-70, H-8")
            .checkpoint(|c| c.lines = vec![Line::LogTampered])
            .rejected(CHECK, code),
        v2("rekor-v2-checkpoint-tampered", "B-68, B-70, H-8")
            .checkpoint(|c| c.lines = vec![Line::LogTampered])
            .rejected(CHECK, code),
        v1("checkpoint-size-forged", "B-68, H-8")
            .checkpoint(|c| c.envelope.push(change(|text: &mut String| *text = text.replacen("\n21\n", "\n22\n", 1))))
            .rejected(CHECK, code),
        v2("checkpoint-root-forged", "B-68, H-8")
            .checkpoint(|c| c.envelope.push(change(forge_root)))
            .rejected(CHECK, code),
        v2("checkpoint-extension-line-added", "B-68")
            .checkpoint(|c| {
                c.envelope.push(change(|text: &mut String| *text = text.replacen("\n\n", "\nadded\n\n", 1)))
            })
            .rejected(CHECK, code),
        v2("checkpoint-by-another-key-with-the-log-key-id", "B-68")
            .checkpoint(|c| {
                let log = Log::v2();
                let id = key_id(&log.key, &log.host);
                c.lines =
                    vec![Line::Signed { name: log.host, key: Key::new(Kind::Ed25519, "forger"), key_id: Some(id) }];
            })
            .rejected(CHECK, code),
        v2("checkpoint-good-signature-then-a-bad-one", "B-70")
            .checkpoint(|c| c.lines = vec![Line::Log, Line::LogTampered])
            .rejected(CHECK, code),
    ]
}

/// Changes the first character of the base64 root in the third line.
fn forge_root(text: &mut String) {
    let root = text.lines().nth(2).expect("a root line").to_owned();
    let forged = root.strip_prefix('A').map_or_else(|| format!("A{}", &root[1..]), |rest| format!("B{rest}"));
    *text = text.replacen(&root, &forged, 1);
}

fn names() -> Vec<Row> {
    let named = |name, rule, key_name: &'static str| {
        v1(name, rule).checkpoint(move |c| c.lines = vec![Line::LogNamed(key_name.to_owned())])
    };
    let log_id_under = |name, key_name: &'static str| {
        v2(name, "B-66, H-27").checkpoint(move |c| {
            let log = Log::v2();
            let id = key_id(&log.key, &log.host);
            c.lines = vec![Line::Signed { name: key_name.to_owned(), key: log.key, key_id: Some(id) }];
        })
    };
    let key_id_of = |name, rule, id: [u8; 4]| {
        v1(name, rule).checkpoint(move |c| {
            let log = Log::v1();
            c.lines = vec![Line::Signed { name: log.host, key: log.key, key_id: Some(id.to_vec()) }];
        })
    };
    vec![
        named("checkpoint-name-differs", "B-66, B-69", "rekor.evil.test").rejected(CHECK, "checkpoint-name-differs"),
        named("checkpoint-name-part-of-the-host", "B-66, H-27", "rekor.touchstone")
            .rejected(CHECK, "checkpoint-name-differs"),
        named("checkpoint-name-longer-than-the-host", "B-66, H-27", "rekor.touchstone.test.evil.test")
            .rejected(CHECK, "checkpoint-name-differs"),
        named("checkpoint-name-is-the-origin", "B-66", "https://rekor.touchstone.test")
            .rejected(CHECK, "checkpoint-name-differs"),
        log_id_under("rekor-v2-checkpoint-name-differs", "log2025-1.rekor.evil.test")
            .rejected(CHECK, "checkpoint-name-differs"),
        v2("rekor-v2-checkpoint-right-key-under-another-name", "B-65, B-66")
            .checkpoint(|c| c.lines = vec![Line::LogNamed("log2025-1.rekor.evil.test".to_owned())])
            .rejected(CHECK, "checkpoint-not-by-this-log"),
        key_id_of("checkpoint-key-id-differs", "B-65, B-70", [1, 2, 3, 4]).rejected(CHECK, "checkpoint-key-id-differs"),
        v2("rekor-v2-checkpoint-with-the-key-id-of-an-ecdsa-key", "B-65")
            .checkpoint(|c| {
                let log = Log::v2();
                let id = log.key.log_id()[..4].to_vec();
                c.lines = vec![Line::Signed { name: log.host, key: log.key, key_id: Some(id) }];
            })
            .rejected(CHECK, "checkpoint-key-id-differs"),
        v2("rekor-v2-checkpoint-with-the-key-id-of-a-witness", "B-65")
            .checkpoint(|c| {
                let log = Log::v2();
                let id = crate::note::witness_key_id(&log.key, &log.host);
                c.lines = vec![Line::Signed { name: log.host, key: log.key, key_id: Some(id) }];
            })
            .rejected(CHECK, "checkpoint-key-id-differs"),
        v2("checkpoint-by-a-stranger-only", "B-70")
            .checkpoint(|c| {
                c.lines = vec![Line::Signed {
                    name: "stranger.test".to_owned(),
                    key: Key::new(Kind::Ed25519, "stranger"),
                    key_id: None,
                }]
            })
            .rejected(CHECK, "checkpoint-not-by-this-log"),
    ]
}

fn origins() -> Vec<Row> {
    let code = "checkpoint-origin-differs";
    let v1_origin = |name, origin: &'static str| {
        v1(name, "B-67").checkpoint(move |c| c.origin = Some(origin.to_owned())).rejected(CHECK, code)
    };
    vec![
        v1_origin("checkpoint-origin-of-another-host", "rekor.evil.test - 1193050959916656506"),
        v1_origin("checkpoint-origin-without-tree-id", "rekor.touchstone.test"),
        v1_origin("checkpoint-origin-with-a-wordy-tree-id", "rekor.touchstone.test - tree"),
        v1_origin("checkpoint-origin-with-an-empty-tree-id", "rekor.touchstone.test - "),
        v2("rekor-v2-checkpoint-origin-differs", "B-67")
            .checkpoint(|c| c.origin = Some("log2025-1.rekor.evil.test".to_owned()))
            .rejected(CHECK, code),
        v2("rekor-v2-checkpoint-origin-of-version-1-shape", "B-67, B-78")
            .checkpoint(|c| c.origin = Some("log2025-1.rekor.touchstone.test - 12".to_owned()))
            .rejected(CHECK, code),
    ]
}

fn text_lines() -> Vec<Row> {
    let without_line = |name, number: usize| {
        v2(name, "B-64").checkpoint(move |c| {
            c.text.push(change(move |text: &mut String| {
                let kept: Vec<&str> =
                    text.lines().enumerate().filter(|(i, _)| *i != number).map(|(_, line)| line).collect();
                *text = kept.join("\n") + "\n";
            }));
        })
    };
    let edited = |name, rule, from: &'static str, to: &'static str| {
        v2(name, rule)
            .checkpoint(move |c| c.text.push(change(move |text: &mut String| *text = text.replacen(from, to, 1))))
            .rejected(CHECK, "checkpoint-malformed")
    };
    vec![
        without_line("checkpoint-without-origin", 0).rejected(CHECK, "checkpoint-malformed"),
        without_line("checkpoint-without-size", 1).rejected(CHECK, "checkpoint-malformed"),
        without_line("checkpoint-without-root", 2).rejected(CHECK, "checkpoint-malformed"),
        edited("checkpoint-size-with-leading-zero", "B-64", "\n21\n", "\n021\n"),
        edited("checkpoint-size-with-plus", "B-64", "\n21\n", "\n+21\n"),
        edited("checkpoint-size-negative", "B-64", "\n21\n", "\n-21\n"),
        edited("checkpoint-size-beyond-64-bits", "B-64, H-34", "\n21\n", "\n18446744073709551616\n"),
        edited("checkpoint-origin-empty", "B-64", "log2025-1.rekor.touchstone.test\n", "\n"),
        edited("checkpoint-with-carriage-return", "B-63", "\n21\n", "\r\n21\n"),
        edited("checkpoint-with-tabulator", "B-63", "\n21\n", "\n21\t\n"),
        v2("checkpoint-root-of-31-bytes", "B-64")
            .checkpoint(|c| c.root = Some(vec![7; 31]))
            .rejected(CHECK, "checkpoint-malformed"),
        v2("checkpoint-extension-line-empty", "B-64")
            .checkpoint(|c| c.extensions = vec![String::new(), "x".to_owned()])
            .rejected(CHECK, "checkpoint-malformed"),
    ]
}

fn signature_lines() -> Vec<Row> {
    let raw = |name, rule, line: &'static str| {
        v2(name, rule)
            .checkpoint(move |c| c.lines.push(Line::Raw(line.to_owned())))
            .rejected(CHECK, "checkpoint-malformed")
    };
    let envelope = |name, rule, f: fn(&mut String)| v2(name, rule).checkpoint(move |c| c.envelope.push(change(f)));
    vec![
        raw("checkpoint-junk-line", "B-63", "junk"),
        raw("checkpoint-line-with-a-hyphen", "B-63", "- witness.test AAAAAAAAAA=="),
        raw("checkpoint-line-with-a-plus-in-its-name", "B-63", "\u{2014} witness+1.test AAAAAAAAAA=="),
        raw("checkpoint-line-without-name", "B-63", "\u{2014}  AAAAAAAAAA=="),
        raw("checkpoint-line-of-four-bytes", "B-63", "\u{2014} witness.test AAAAAA=="),
        raw("checkpoint-line-not-base64", "B-63", "\u{2014} witness.test !!!!"),
        envelope("checkpoint-without-signature-lines", "B-63, B-70", |text| {
            let end = text.find("\n\n").expect("a blank line") + 2;
            text.truncate(end);
        })
        .rejected(CHECK, "checkpoint-malformed"),
        envelope("checkpoint-without-blank-line", "B-63", |text| *text = text.replace("\n\n", "\n"))
            .rejected(CHECK, "checkpoint-malformed"),
        envelope("checkpoint-without-final-newline", "B-63", |text| {
            text.pop();
        })
        .rejected(CHECK, "checkpoint-malformed"),
        envelope("checkpoint-is-a-word", "B-63", |text| *text = "checkpoint".to_owned())
            .rejected(CHECK, "checkpoint-malformed"),
    ]
}

/// An entry of one trusted log under the checkpoint of another (B-69).
fn other_log() -> Vec<Row> {
    let second = || Log::v1_named("rekor-2.touchstone.test", Kind::P256);
    vec![
        v1("checkpoint-of-another-trusted-log", "B-69")
            .checkpoint(move |c| {
                let log = second();
                c.origin = Some(log.origin());
                c.lines = vec![Line::Signed { name: log.host, key: log.key, key_id: None }];
            })
            .root(move |root| root.tlogs.push(TrustedLog::rekor(&second())))
            .rejected(CHECK, "checkpoint-not-by-this-log"),
        v1("rekor-v1-entry-under-the-checkpoint-of-version-2", "B-69, B-78")
            .checkpoint(|c| {
                let log = Log::v2();
                c.origin = Some(log.origin());
                c.lines = vec![Line::Signed { name: log.host, key: log.key, key_id: None }];
            })
            .rejected(CHECK, "checkpoint-not-by-this-log"),
        v2("checkpoint-when-the-log-had-ended", "B-71")
            .root(|root| root.tlogs[1].end = Some(rfc3339(SIGNED_AT - 1)))
            .rejected(CHECK, "checkpoint-outside-log-window"),
        v2("checkpoint-before-the-log-began", "B-71")
            .root(|root| root.tlogs[1].start = Some(rfc3339(SIGNED_AT + 1)))
            .rejected(CHECK, "checkpoint-outside-log-window"),
    ]
}
