//! Rows for `trusted-root`: B.2.

use super::{Draft, Row, remove, row};
use crate::Recipe;
use crate::encoding::base64;
use crate::root::TrustedRootRecipe;
use serde_json::{Value, json};

const CHECK: &str = "trusted-root";

fn changed(name: &'static str, rule: &'static str, f: impl Fn(&mut TrustedRootRecipe) + 'static) -> Draft {
    row(name, rule, Recipe::both_times()).root(f)
}

fn json_changed(name: &'static str, rule: &'static str, f: impl Fn(&mut Value) + 'static) -> Draft {
    row(name, rule, Recipe::both_times()).root_json(f)
}

pub(super) fn rows() -> Vec<Row> {
    [form(), windows(), keys(), certificates()].concat()
}

fn form() -> Vec<Row> {
    let unknown = |name, text: &'static str| {
        changed(name, "B-7", move |root| root.media_type = text.to_owned()).rejected(CHECK, "root-unknown-media-type")
    };
    vec![
        unknown("root-media-type-unknown", "application/vnd.dev.sigstore.trustedroot.v0.3+json"),
        unknown("root-media-type-of-a-bundle", "application/vnd.dev.sigstore.bundle.v0.3+json"),
        json_changed("root-without-media-type", "B-7", |root| remove(root, "mediaType"))
            .rejected(CHECK, "root-no-media-type"),
        json_changed("root-is-null", "B-7, H-21", |root| *root = Value::Null).rejected(CHECK, "field-wrong-type"),
        json_changed("root-is-empty", "B-7, H-21", |root| *root = json!({})).rejected(CHECK, "root-no-media-type"),
    ]
}

fn windows() -> Vec<Row> {
    vec![
        changed("root-log-without-start", "B-10, H-27", |root| root.tlogs[0].start = None)
            .rejected(CHECK, "root-no-validity-start"),
        changed("root-ct-log-without-start", "B-10", |root| root.ctlogs[0].start = None)
            .rejected(CHECK, "root-no-validity-start"),
        changed("root-authority-without-window", "B-10", |root| root.certificate_authorities[0].start = None)
            .rejected(CHECK, "root-no-validity"),
        changed("root-timestamp-authority-without-window", "B-10", |root| root.timestamp_authorities[0].start = None)
            .rejected(CHECK, "root-no-validity"),
        changed("root-window-reversed", "B-9", |root| root.tlogs[0].end = Some("2000-01-01T00:00:00Z".to_owned()))
            .rejected(CHECK, "root-window-reversed"),
        // It may vouch by its key, and not by a name that it does not have.
        json_changed("root-log-without-address", "B-66, B-77", |root| root["tlogs"][0]["baseUrl"] = json!(""))
            .rejected("checkpoint", "checkpoint-name-differs"),
        changed("root-window-is-no-time", "B-9", |root| root.tlogs[0].start = Some("yesterday".to_owned()))
            .rejected(CHECK, "field-invalid-time"),
    ]
}

fn keys() -> Vec<Row> {
    let other_id = || crate::keys::Hash::Sha256.of(b"another key");
    vec![
        // What is misspelt asks for less: no certificate log, no end.
        json_changed("root-ctlogs-misspelt", "B-2, H-14", |root| {
            if let Some(root) = root.as_object_mut()
                && let Some(logs) = root.remove("ctlogs")
            {
                root.insert("ctLogs".to_owned(), logs);
            }
        })
        .rejected(CHECK, "root-unknown-member"),
        json_changed("root-end-misspelt", "B-10, H-14", |root| {
            root["tlogs"][0]["publicKey"]["validFor"]["End"] = json!("2020-01-01T00:00:00Z");
        })
        .rejected(CHECK, "root-unknown-member"),
        changed("root-log-id-differs", "B-11", move |root| root.tlogs[0].log_id = other_id())
            .rejected(CHECK, "trusted-root-log-id-differs"),
        changed("root-rekor-v2-log-id-differs", "B-11", move |root| root.tlogs[1].log_id = other_id())
            .rejected(CHECK, "trusted-root-log-id-differs"),
        changed("root-checkpoint-key-id-differs", "B-8, B-11", move |root| {
            root.tlogs[0].checkpoint_key_id = Some(other_id()[..4].to_vec())
        })
        .rejected(CHECK, "trusted-root-log-id-differs"),
        changed("root-checkpoint-key-id-of-another-name", "B-8, B-65", |root| {
            let log = crate::rekor::Log::v2();
            root.tlogs[1].checkpoint_key_id = Some(crate::note::key_id(&log.key, "another.test"));
        })
        .rejected(CHECK, "trusted-root-log-id-differs"),
        changed("root-checkpoint-key-id-cut-off", "B-8", |root| {
            root.tlogs[0].checkpoint_key_id = Some(root.tlogs[0].log_id[..3].to_vec())
        })
        .rejected(CHECK, "trusted-root-log-id-differs"),
        changed("root-ct-log-id-differs", "B-11", move |root| root.ctlogs[0].log_id = other_id())
            .rejected(CHECK, "trusted-root-log-id-differs"),
        changed("root-log-hash-algorithm-other", "B-11", |root| root.tlogs[0].hash_algorithm = "SHA2_512".to_owned())
            .rejected(CHECK, "root-hash-algorithm"),
        changed("root-log-key-of-another-kind", "B-12", |root| {
            root.tlogs[0].key_details = "PKIX_ECDSA_P384_SHA_384".to_owned()
        })
        .rejected(CHECK, "trusted-root-key-unusable"),
        changed("root-log-key-kind-unknown", "B-12", |root| root.tlogs[0].key_details = "PKIX_ECDSA_P192".to_owned())
            .rejected(CHECK, "field-unknown-name"),
        changed("root-log-key-garbage", "B-12", |root| root.tlogs[0].raw_bytes = b"no key".to_vec())
            .rejected(CHECK, "trusted-root-key-unusable"),
        json_changed("root-log-key-empty", "B-12, A-11", |root| root["tlogs"][0]["publicKey"]["rawBytes"] = json!(""))
            .rejected(CHECK, "field-empty"),
    ]
}

fn certificates() -> Vec<Row> {
    vec![
        changed("root-authority-certificate-garbage", "B-13", |root| {
            root.certificate_authorities[0].certificates[0] = b"no certificate".to_vec()
        })
        .rejected(CHECK, "trusted-root-certificate-unusable"),
        changed("root-timestamp-certificate-garbage", "B-14", |root| {
            root.timestamp_authorities[0].certificates[0] = b"no certificate".to_vec()
        })
        .rejected(CHECK, "trusted-root-certificate-unusable"),
        changed("root-authority-without-certificates", "B-13, H-21", |root| {
            root.certificate_authorities[0].certificates.clear()
        })
        .rejected(CHECK, "root-empty-chain"),
        json_changed("root-certificate-not-base64", "A-8", |root| {
            root["certificateAuthorities"][0]["certChain"]["certificates"][0]["rawBytes"] =
                json!(format!("!{}", base64(b"x")));
        })
        .rejected(CHECK, "field-invalid-base64"),
    ]
}
