//! Good trusted roots, logs, certificate logs and authorities of every make.

use crate::Recipe;
use crate::ca::{Authority, CertificateRecipe};
use crate::ct::{SctRecipe, log_key};
use crate::keys::{Key, Kind};
use crate::note::Line;
use crate::policy::InstanceKnob;
use crate::rekor::Log;
use crate::root::{MEDIA_TYPE_V02, TrustedAuthority, TrustedLog, TrustedRootRecipe};
use crate::table::witnesses::{known, line};
use crate::table::{Draft, Row, remove, row};
use crate::time::{LEAF_START, SIGNED_AT, WORLD_START, rfc3339};

pub(super) fn rows() -> Vec<Row> {
    [forms(), instances(), authorities(), certificate_logs(), logs(), checkpoints(), witnesses()].concat()
}

fn rooted(name: &'static str, rule: &'static str, f: impl Fn(&mut TrustedRootRecipe) + 'static) -> Row {
    row(name, rule, Recipe::both_times()).root(f).verified()
}

fn forms() -> Vec<Row> {
    vec![
        rooted("good-root-media-type-v0-1-new-spelling", "B-7", |root| {
            root.media_type = "application/vnd.dev.sigstore.trustedroot.v0.1+json".to_owned();
        }),
        rooted("good-root-v0-2", "B-7, B-8", |root| {
            root.media_type = MEDIA_TYPE_V02.to_owned();
            root.tlogs[0] = root.tlogs[0].clone().operated_by("touchstone.test", &Log::v1());
            root.tlogs[1] = root.tlogs[1].clone().operated_by("touchstone.test", &Log::v2());
            root.certificate_authorities[0].operator = Some("touchstone.test".to_owned());
        }),
        // B-8 allows a log id of four bytes; entries name the log by the whole one.
        rooted("good-root-rekor-v1-log-id-of-four-bytes", "B-8, B-11", |root| root.tlogs[0].log_id.truncate(4)),
        row("good-root-rekor-v2-log-id-of-four-bytes", "B-8, B-11", Recipe::message_v2())
            .root(|root| root.tlogs[1].log_id.truncate(4))
            .verified(),
        rooted("good-root-ct-log-id-of-four-bytes", "B-8, B-11", |root| root.ctlogs[0].log_id.truncate(4)),
        rooted("good-root-rekor-v1-log-key-under-two-addresses", "B-15, B-69", |root| {
            let mut moved = root.tlogs[0].clone();
            moved.base_url = "https://old.touchstone.test".to_owned();
            root.tlogs.insert(0, moved);
        }),
        row("good-root-log-ids-of-both-lengths", "B-8, B-15, B-71", Recipe::message_v2())
            .root(|root| {
                ended_twin_first(root, 1);
                root.tlogs[0].log_id.truncate(4);
            })
            .verified(),
        rooted("good-root-checkpoint-key-ids-in-full", "B-8", |root| {
            root.tlogs.iter_mut().for_each(|log| log.checkpoint_key_id = Some(log.log_id.clone()));
        }),
        row("good-root-log-key-without-window", "B-10, B-12", Recipe::both_times())
            .root_json(|root| remove(&mut root["tlogs"][0]["publicKey"], "validFor"))
            .verified(),
        rooted("good-root-base-url-without-scheme", "B-66", |root| {
            root.tlogs[0].base_url = "rekor.touchstone.test".to_owned()
        }),
        rooted("good-root-base-url-with-path", "B-66", |root| {
            root.tlogs[0].base_url = "https://rekor.touchstone.test/api/".to_owned()
        }),
        rooted("good-root-window-with-fraction", "B-9", |root| {
            root.tlogs[0].end = Some(rfc3339(SIGNED_AT).replace('Z', ".999Z"));
            root.tlogs[0].start = Some(rfc3339(WORLD_START).replace('Z', ".000001Z"));
        }),
        rooted("good-root-with-overlapping-instances", "B-15", |root| {
            let mut ended = root.certificate_authorities[0].clone();
            ended.end = Some(rfc3339(WORLD_START + 1));
            root.certificate_authorities.insert(0, ended);
            let mut future = root.timestamp_authorities[0].clone();
            future.start = Some("2030-01-01T00:00:00Z".to_owned());
            root.timestamp_authorities.insert(0, future);
        }),
    ]
}

fn instances() -> Vec<Row> {
    let custom = |name, rule, recipe: Recipe| -> Draft {
        row(name, rule, recipe).ask(|policy| policy.instance = InstanceKnob::Custom)
    };
    vec![
        custom("good-custom-root", "B-2", Recipe::message()).verified(),
        custom("good-custom-root-without-ct-logs", "B-2", Recipe::message())
            .leaf(|leaf| leaf.scts.clear())
            .root(|root| root.ctlogs.clear())
            .verified(),
        custom("good-custom-root-without-logs", "B-2", Recipe::both_times())
            .with(|recipe| recipe.entries.clear())
            .root(|root| root.tlogs.clear())
            .verified(),
        custom("good-custom-root-of-a-log-with-a-port", "B-66", Recipe::message_v2())
            .entry(|e| e.log = Log::v2_named("localhost:8000", Kind::Ed25519))
            .root(|root| {
                root.tlogs.push(TrustedLog {
                    base_url: "http://localhost:8000".to_owned(),
                    ..TrustedLog::rekor(&Log::v2_named("localhost:8000", Kind::Ed25519))
                })
            })
            .verified(),
    ]
}

fn authorities() -> Vec<Row> {
    let with_ca = |name, rule, edit: fn(&mut Authority)| {
        row(name, rule, Recipe::message()).with(move |recipe| edit(&mut recipe.ca))
    };
    vec![
        with_ca("good-authority-without-intermediate", "B-13", |ca| {
            ca.intermediates.clear();
            ca.root.extended_key_usage = None;
        })
        .verified(),
        with_ca("good-authority-of-two-intermediates", "B-37, H-34", |ca| {
            let first = CertificateRecipe::authority(
                Key::new(Kind::P384, "first"),
                "touchstone.test",
                "first-intermediate",
                Some(1),
            );
            ca.intermediates.insert(0, first);
        })
        .verified(),
        with_ca("good-authority-with-rsa-keys", "B-37", |ca| {
            ca.root.key = Key::new(Kind::Rsa4096, "ca");
            ca.intermediates[0].key = Key::new(Kind::Rsa2048, "ca");
        })
        .verified(),
        with_ca("good-authority-with-p256-and-p521-keys", "B-37", |ca| {
            ca.root.key = Key::new(Kind::P521, "ca");
            ca.intermediates[0].key = Key::new(Kind::P256, "ca");
        })
        .verified(),
        with_ca("good-authority-intermediate-without-usage", "B-38", |ca| {
            ca.intermediates[0].extended_key_usage = None
        })
        .verified(),
        row("good-anchor-is-an-intermediate", "B-13", Recipe::message())
            .root(|root| root.certificate_authorities[0].certificates.truncate(1))
            .verified(),
        row("good-two-authorities-of-one-name", "B-15", Recipe::message())
            .with(|recipe| {
                let mut older = recipe.ca.clone();
                older.root.key = Key::new(Kind::P384, "older root");
                older.intermediates[0].key = Key::new(Kind::P384, "older intermediate");
                recipe.root.push(crate::change(move |root: &mut TrustedRootRecipe| {
                    root.certificate_authorities.insert(0, TrustedAuthority::fulcio(&older))
                }));
            })
            .verified(),
        row("good-leaf-without-authority-key-id", "B-37", Recipe::message())
            .leaf(|leaf| leaf.authority_key_id = None)
            .verified(),
        row("good-leaf-with-basic-constraints", "B-39", Recipe::message())
            .leaf(|leaf| {
                leaf.basic_constraints =
                    Some(crate::ca::BasicConstraints { ca: false, path_length: None, critical: true })
            })
            .verified(),
    ]
}

fn certificate_logs() -> Vec<Row> {
    let scts = |name, rule, edit: fn(&mut Vec<SctRecipe>)| {
        row(name, rule, Recipe::message()).leaf(move |leaf| edit(&mut leaf.scts))
    };
    let rsa = || Key::new(Kind::Rsa2048, "ct");
    let by_rsa = move |name, rule| row(name, rule, Recipe::message()).leaf(move |leaf| leaf.scts[0].key = rsa());
    vec![
        scts("good-sct-with-extensions", "B-48", |scts| scts[0].extensions = vec![0, 0, 5, 0, 0, 0, 0, 9]).verified(),
        scts("good-unknown-sct-beside-a-known-one", "B-51", |scts| {
            scts.insert(0, SctRecipe { key: log_key("unknown"), ..SctRecipe::default() })
        })
        .verified(),
        scts("good-two-scts-of-one-log", "B-51", |scts| {
            scts.push(SctRecipe { timestamp: LEAF_START as u64 * 1000 + 300, ..SctRecipe::default() })
        })
        .verified(),
        scts("good-two-certificate-logs-for-two", "B-4, B-51", |scts| {
            scts.push(SctRecipe { key: log_key("second"), ..SctRecipe::default() })
        })
        .root(|root| root.ctlogs.push(TrustedLog::ct(&log_key("second"))))
        .ask(|policy| policy.scts = Some(2))
        .verified(),
        by_rsa("good-sct-by-rsa", "B-46, B-12").root(move |root| root.ctlogs[0] = TrustedLog::ct(&rsa())).verified(),
        by_rsa("good-sct-by-a-raw-rsa-key", "B-12")
            .root(move |root| {
                root.ctlogs[0] = TrustedLog {
                    raw_bytes: rsa().raw_public(),
                    key_details: "PKCS1_RSA_PKCS1V5".to_owned(),
                    ..TrustedLog::ct(&rsa())
                };
            })
            .verified(),
        by_rsa("good-sct-by-a-deprecated-rsa-kind", "B-12")
            .root(move |root| {
                root.ctlogs[0] = TrustedLog { key_details: "PKIX_RSA_PKCS1V5".to_owned(), ..TrustedLog::ct(&rsa()) }
            })
            .verified(),
        row("good-certificate-log-key-in-two-windows", "B-15, B-50", Recipe::message())
            .root(|root| {
                let mut ended = root.ctlogs[0].clone();
                ended.end = Some(rfc3339(WORLD_START + 1));
                root.ctlogs.insert(0, ended);
            })
            .verified(),
        row("good-sct-extension-first", "B-47", Recipe::message()).leaf(|leaf| leaf.sct_position = Some(0)).verified(),
        row("good-sct-extension-in-the-middle", "B-47", Recipe::message())
            .leaf(|leaf| leaf.sct_position = Some(5))
            .verified(),
    ]
}

fn logs() -> Vec<Row> {
    let v2_log = |name, kind: Kind| {
        let log = move || Log::v2_named("log2025-2.rekor.touchstone.test", kind);
        row(name, "B-8, B-12, B-65, B-68", Recipe::message_v2())
            .entry(|e| e.log = log())
            .root(move |root| root.tlogs.push(TrustedLog::rekor(&log()).operated_by("touchstone.test", &log())))
            .verified()
    };
    let v1_log = |name, kind: Kind| {
        let log = move || Log::v1_named("rekor-3.touchstone.test", kind);
        row(name, "B-12, B-55", Recipe::message())
            .entry(|e| e.log = log())
            .root(move |root| root.tlogs.push(TrustedLog::rekor(&log())))
            .verified()
    };
    vec![
        v2_log("good-rekor-v2-log-p256", Kind::P256),
        v2_log("good-rekor-v2-log-p384", Kind::P384),
        v2_log("good-rekor-v2-log-p521", Kind::P521),
        v2_log("good-rekor-v2-log-rsa", Kind::Rsa2048),
        v1_log("good-rekor-v1-log-p384", Kind::P384),
        row("good-rekor-v2-log-key-in-two-windows", "B-15, B-71", Recipe::message_v2())
            .root(|root| ended_twin_first(root, 1))
            .verified(),
        row("good-rekor-v1-log-key-in-two-windows", "B-15, B-56, B-71", Recipe::both_times())
            .root(|root| ended_twin_first(root, 0))
            .verified(),
    ]
}

/// The same log once more before all others, with a window that ended before the signing.
fn ended_twin_first(root: &mut TrustedRootRecipe, log: usize) {
    let mut ended = root.tlogs[log].clone();
    ended.end = Some(rfc3339(WORLD_START + 1));
    root.tlogs.insert(0, ended);
}

fn checkpoints() -> Vec<Row> {
    let stranger = |number: usize| Line::Signed {
        name: format!("stranger-{number}.test"),
        key: Key::new(Kind::Ed25519, "stranger"),
        key_id: None,
    };
    let lines = |name, rule, lines: Vec<Line>| {
        row(name, rule, Recipe::message_v2()).checkpoint(move |c| c.lines = lines).verified()
    };
    let other_key_of_the_log =
        || Line::Signed { name: Log::v2().host, key: Key::new(Kind::P256, "also the log"), key_id: None };
    vec![
        lines("good-checkpoint-log-line-not-first", "B-70", vec![stranger(0), Line::Log]),
        lines("good-checkpoint-of-sixteen-lines", "B-63, A-16", (0..15).map(stranger).chain([Line::Log]).collect()),
        lines("good-checkpoint-two-lines-of-the-log", "B-70", vec![Line::Log, other_key_of_the_log()]),
        lines("good-checkpoint-unknown-line-of-the-log-first", "B-70", vec![other_key_of_the_log(), Line::Log]),
        row("good-checkpoint-with-extension-lines", "B-64", Recipe::message_v2())
            .checkpoint(|c| c.extensions = vec!["one".to_owned(), "two words".to_owned()])
            .verified(),
        row("good-checkpoint-with-a-timestamp-line", "B-64, B-18", Recipe::message())
            .checkpoint(|c| c.extensions = vec!["Timestamp: 1700000000000000000".to_owned()])
            .verified(),
    ]
}

fn witnesses() -> Vec<Row> {
    let cosigned = |name, lines: Vec<Line>| {
        row(name, "B-79, B-81", Recipe::message_v2()).checkpoint(move |c| c.lines.extend(lines))
    };
    let knowing = |draft: Draft| draft.ask(|policy| policy.witnesses.push(known()));
    vec![
        cosigned("good-cosigned-by-an-unknown-witness", vec![line(false)]).verified(),
        cosigned("good-cosigned-badly-by-an-unknown-witness", vec![line(true)]).verified(),
        knowing(cosigned("good-cosigned-by-a-known-witness", vec![line(false)])).verified(),
        knowing(cosigned("good-known-witness-silent", Vec::new())).verified(),
        knowing(row("good-cosigned-with-extension-lines", "B-79", Recipe::message_v2()).checkpoint(|c| {
            c.extensions = vec!["one".to_owned()];
            c.lines.push(line(false));
        }))
        .verified(),
    ]
}
