//! Rows for `wrapper`: statements inside something larger (E-40 to E-43, E-66, G-1 to G-17), and for `key` and `signature`
//! what goes wrong there only.

use serde_json::{Value, json};

use super::{Draft, Row, row};
use crate::Recipe;
use crate::encoding::from_base64;
use crate::keys::{Key, Kind};
use crate::policy::{ArtifactKnob, IdentityKnob, InstanceKnob, PublisherKnob};
use crate::recipe::{KeyForm, RootPreset};
use crate::rekor::{EntryKind, EntryRecipe};
use crate::root::TrustedRootRecipe;

const CHECK: &str = "wrapper";
const PURL: &str = "pkg:npm/%40acme/app@1.2.3";
const PUBLISH: &str = "https://github.com/npm/attestation/tree/main/specs/publish/v0.1";
const REGISTRY_KEY: &str = "SHA256:registry";
const REGION: &str =
    "projects/verified-builder/locations/us-west2/keyRings/attestor/cryptoKeys/builtByGCB/cryptoKeyVersions/1";
const GLOBAL: &str =
    "projects/verified-builder/locations/global/keyRings/attestor/cryptoKeys/provenanceSigner/cryptoKeyVersions/1";

pub(super) fn rows() -> Vec<Row> {
    [npm(), npm_publish(), pypi(), cloud_build(), envelopes()].concat()
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("the kit writes JSON")
}

fn payload(bundle: &Value) -> Value {
    let bytes = from_base64(bundle["dsseEnvelope"]["payload"].as_str().expect("a payload"));
    serde_json::from_slice(&bytes).expect("a statement")
}

/// npm's own statement, as a finished bundle.
fn publish(change: impl Fn(&mut Recipe)) -> Value {
    let recipe = Recipe {
        dsse: true,
        key_id: REGISTRY_KEY.to_owned(),
        key_form: KeyForm::PublicKey(REGISTRY_KEY.to_owned()),
        entries: vec![EntryRecipe::v1(EntryKind::IntotoV002)],
        ..Recipe::managed()
    };
    published(recipe, change)
}

/// The words of npm's own statement, by whoever signs.
fn published(mut recipe: Recipe, change: impl Fn(&mut Recipe)) -> Value {
    recipe.statement.push(crate::change(|statement: &mut Value| {
        statement["predicateType"] = json!(PUBLISH);
        statement["predicate"] =
            json!({ "name": "@acme/app", "version": "1.2.3", "registry": "https://registry.test" });
        statement["subject"][0]["name"] = json!(PURL);
    }));
    change(&mut recipe);
    parsed(std::str::from_utf8(&recipe.make().bundle).expect("text"))
}

fn attestation(bundle: &Value) -> Value {
    json!({ "predicateType": payload(bundle)["predicateType"], "bundle": bundle })
}

/// Provenance and npm's own statement, as npm hands them out.
fn both(name: &'static str, rule: &'static str, second: Value) -> Draft {
    let key = Recipe::managed().managed_key.public_pem();
    row(name, rule, Recipe::dsse())
        .statement(|statement| statement["subject"][0]["name"] = json!(PURL))
        .text(move |text| {
            let provenance = parsed(text);
            *text = json!({ "attestations": [attestation(&provenance), attestation(&second)] }).to_string();
        })
        .ask(move |policy| policy.registry_keys = vec![(REGISTRY_KEY.to_owned(), key)])
}

fn npm() -> Vec<Row> {
    let subject = |change: fn(&mut Value)| publish(move |recipe| recipe.statement.push(crate::change(change)));
    vec![
        both("npm-provenance-and-publish", "G-10, G-17", publish(|_| {})).verified(),
        // B-1: the certificate logs are asked for the provenance; the registry signs with a key, which no such log holds.
        both("npm-certificate-logs-are-asked-of-the-provenance", "B-1, G-17", publish(|_| {}))
            .ask(|policy| policy.scts = Some(1))
            .verified(),
        // G-17: the registry says that it accepted the name, whoever built it.
        both("npm-name-by-the-registry", "G-17", publish(|_| {}))
            .ask(|policy| {
                policy.identity = IdentityKnob::Any;
                policy.expect.package_name = Some("@acme/app".to_owned());
            })
            .verified(),
        row("npm-name-without-the-registry", "G-17", Recipe::dsse())
            .statement(|statement| statement["subject"][0]["name"] = json!(PURL))
            .text(|text| *text = json!({ "attestations": [attestation(&parsed(text))] }).to_string())
            .ask(|policy| {
                policy.identity = IdentityKnob::Any;
                policy.expect.package_name = Some("@acme/app".to_owned());
            })
            .rejected("package", "package-unvouched"),
        // With a certificate anybody writes what the registry would.
        both("npm-name-by-a-publish-of-anybody", "G-17", published(Recipe::dsse(), |_| {}))
            .ask(|policy| {
                policy.identity = IdentityKnob::Any;
                policy.expect.package_name = Some("@acme/app".to_owned());
            })
            .rejected_together(&[(CHECK, "companion-rejected"), ("package", "package-unvouched")]),
        both("npm-outer-type-differs", "G-10", publish(|_| {}))
            .text(|text| {
                *text =
                    text.replacen("\"predicateType\":\"https://slsa.dev", "\"predicateType\":\"https://slsa.example", 1)
            })
            .rejected(CHECK, "wrapper-predicate-type-differs"),
        both("npm-publish-signed-by-another", "G-17, H-6", {
            publish(|recipe| recipe.managed_key = Key::new(Kind::P256, "stranger"))
        })
        .rejected(CHECK, "companion-rejected"),
        both("npm-publish-tampered", "G-17, H-6", {
            publish(|recipe| recipe.signature.push(crate::change(|bytes: &mut Vec<u8>| crate::flip_last_bit(bytes))))
        })
        .rejected(CHECK, "companion-rejected"),
        both("npm-publish-of-another-digest", "G-16", {
            subject(|statement| statement["subject"][0]["digest"]["sha1"] = json!("aa"))
        })
        .rejected(CHECK, "companion-about-another"),
        both("npm-publish-outer-type-differs", "G-10", publish(|_| {}))
            .text(|text| *text = text.replacen(&format!("\"predicateType\":\"{PUBLISH}"), "\"predicateType\":\"x", 1))
            .rejected(CHECK, "companion-rejected"),
        // G-18: no key of the registry knows the hint, so nobody can say who signed the second statement.
        both("npm-publish-under-an-unknown-key", "G-14, E-41", publish(|_| {}))
            .ask(|policy| policy.registry_keys[0].0 = "SHA256:other".to_owned())
            .rejected(CHECK, "companion-rejected"),
        // The registry's key is out of use since before the signing.
        both("npm-publish-after-the-key-s-window", "G-15, H-12", publish(|_| {}))
            .ask(|policy| policy.registry_keys_valid_until = Some(1))
            .rejected(CHECK, "companion-rejected"),
        row(
            "npm-payload-of-another-type",
            "G-10, B-95",
            Recipe { payload_type: "application/json".to_owned(), ..Recipe::dsse() },
        )
        .text(|text| {
            let bundle = parsed(text);
            *text = json!({ "attestations": [attestation(&bundle)] }).to_string();
        })
        .ask(|policy| policy.artifact = ArtifactKnob::Absent)
        .rejected(CHECK, "wrapper-without-statement"),
    ]
}

/// npm's own statement alone.
fn npm_publish() -> Vec<Row> {
    let alone = |name, rule, change: fn(&mut Recipe)| {
        let bundle = publish(change);
        row(name, rule, Recipe::managed())
            .text(move |text| *text = json!({ "attestations": [attestation(&bundle)] }).to_string())
    };
    vec![
        alone("npm-publish-alone", "G-11, G-18", |_| {}).verified(),
        alone("npm-publish-alone-where-a-certificate-log-is-required", "B-1, H-14", |_| {})
            .ask(|policy| policy.scts = Some(1))
            .rejected("sct", "not-enough-scts"),
        // Keys at hand for "anybody" name nobody, and take no place of the registry's.
        alone("npm-publish-alone-with-another-key-at-hand", "G-17, A-27", |_| {})
            .ask(|policy| {
                policy.identity = IdentityKnob::Any;
                policy.keys = vec![("other".to_owned(), Key::new(Kind::P256, "stranger").public_pem())];
                policy.registry_keys = vec![(REGISTRY_KEY.to_owned(), Recipe::managed().managed_key.public_pem())];
            })
            .verified(),
        alone("npm-publish-without-a-key-id", "G-11", |recipe| recipe.key_id.clear())
            .rejected(CHECK, "wrapper-key-id-differs"),
        alone("npm-publish-alone-of-another-version", "G-16", |recipe| {
            recipe.statement.push(crate::change(|statement: &mut Value| {
                statement["predicate"]["version"] = json!("1.2.4");
            }));
        })
        .rejected("package", None),
        alone("npm-publish-alone-of-two-subjects", "G-16", |recipe| {
            recipe.statement.push(crate::change(|statement: &mut Value| {
                let again = statement["subject"][0].clone();
                statement["subject"].as_array_mut().expect("subjects").push(again);
            }));
        })
        .rejected("package", None),
    ]
}

/// A PEP 740 attestation object made of a finished bundle.
fn pep_740(bundle: &Value) -> Value {
    json!({
        "version": 1,
        "verification_material": {
            "certificate": bundle["verificationMaterial"]["certificate"]["rawBytes"],
            "transparency_entries": bundle["verificationMaterial"]["tlogEntries"],
        },
        "envelope": {
            "statement": bundle["dsseEnvelope"]["payload"],
            "signature": bundle["dsseEnvelope"]["signatures"][0]["sig"],
        },
    })
}

fn pypi() -> Vec<Row> {
    let object = |name, rule| row(name, rule, Recipe::dsse()).text(|text| *text = pep_740(&parsed(text)).to_string());
    let provenance = |name, rule, change: fn(&mut Value)| {
        row(name, rule, Recipe::dsse()).text(move |text| {
            let mut provenance = json!({
                "version": 1,
                "attestation_bundles": [{
                    "publisher":
                        { "kind": "GitHub", "repository": "touchstone-test/beacon", "workflow": "release.yml" },
                    "attestations": [pep_740(&parsed(text))],
                }],
            });
            change(&mut provenance);
            *text = provenance.to_string();
        })
    };
    let indexed = |name, change: fn(&mut Value)| {
        provenance(name, "G-7", |_| {}).text(move |text| {
            let mut provenance = parsed(text);
            change(&mut provenance["attestation_bundles"][0]["publisher"]);
            *text = provenance.to_string();
        })
    };
    vec![
        object("pypi-attestation", "G-1, G-4").verified(),
        object("pypi-attestation-in-lines-of-base64", "G-5")
            .text(|text| {
                let mut object = parsed(text);
                let statement = object["envelope"]["statement"].as_str().expect("a statement").to_owned();
                let (head, tail) = statement.split_at(76);
                object["envelope"]["statement"] = json!(format!("{head}\n{tail}\n"));
                *text = object.to_string();
            })
            .verified(),
        object("pypi-attestation-of-version-2", "G-2")
            .text(|text| *text = text.replacen("\"version\":1", "\"version\":2", 1))
            .rejected("bundle-form", None),
        object("pypi-attestation-on-p-384", "G-3")
            .with(|recipe| recipe.leaf_kind(Kind::P384))
            .rejected(CHECK, "attestation-key-kind"),
        object("pypi-attestation-of-two-files", "G-6")
            .statement(|statement| {
                let again = statement["subject"][0].clone();
                statement["subject"].as_array_mut().expect("subjects").push(again);
            })
            .rejected(CHECK, "attestation-subject"),
        object("pypi-attestation-of-a-file-without-a-name", "G-6")
            .statement(|statement| super::remove(&mut statement["subject"][0], "name"))
            .rejected(CHECK, "attestation-subject"),
        object("pypi-attestation-of-another-kind", "G-6")
            .statement(|statement| statement["predicateType"] = json!("https://touchstone.test/other"))
            .rejected(CHECK, "attestation-predicate-type"),
        provenance("pypi-provenance", "G-2", |_| {}).verified(),
        provenance("pypi-provenance-without-attestations", "G-2, H-16", |provenance| {
            provenance["attestation_bundles"] = json!([]);
        })
        .rejected("bundle-form", "evidence-empty"),
        indexed("pypi-provenance-by-another-repository", |publisher| publisher["repository"] = json!("acme/app"))
            .rejected(CHECK, "index-publisher-differs"),
        indexed("pypi-provenance-by-another-workflow", |publisher| publisher["workflow"] = json!("other.yml"))
            .rejected(CHECK, "index-publisher-differs"),
        indexed("pypi-provenance-by-another-forge", |publisher| {
            *publisher = json!({ "kind": "GitLab", "repository": "touchstone-test/beacon",
                "workflow_filepath": ".gitlab-ci.yml" });
        })
        .rejected(CHECK, "index-publisher-differs"),
        indexed("pypi-provenance-by-an-account", |publisher| {
            *publisher = json!({ "kind": "Google", "email": "jane@touchstone.test" });
        })
        .rejected(CHECK, "index-publisher-differs"),
        // What cannot be compared is said, and decides nothing.
        indexed("pypi-provenance-by-an-unknown-kind", |publisher| publisher["kind"] = json!("ActiveState")).verified(),
        indexed("pypi-provenance-by-half-a-publisher", |publisher| super::remove(publisher, "workflow")).verified(),
        // The index's word names nobody: whom the person expects is still theirs to say.
        indexed("pypi-provenance-and-another-expectation", |_| {})
            .ask(|policy| {
                policy.identity = IdentityKnob::Implied;
                policy.expect.publisher = Some(PublisherKnob {
                    kind: "GitHub".to_owned(),
                    repository: Some("touchstone-test/other".to_owned()),
                    workflow: Some("release.yml".to_owned()),
                    ..PublisherKnob::default()
                });
            })
            .rejected("publisher", "publisher-repository-differs"),
        // G-4: all must hold. The second is the first with its signature changed.
        provenance("pypi-provenance-with-a-bad-second", "G-4", |provenance| {
            let attestations = &mut provenance["attestation_bundles"][0]["attestations"];
            let mut bad = attestations[0].clone();
            let mut signature = from_base64(bad["envelope"]["signature"].as_str().expect("a signature"));
            crate::flip_last_bit(&mut signature);
            bad["envelope"]["signature"] = json!(crate::encoding::base64(&signature));
            attestations.as_array_mut().expect("attestations").push(bad);
        })
        .rejected(CHECK, "companion-rejected"),
    ]
}

/// A statement signed with a bare key, without any log.
fn bare(name: &'static str, rule: &'static str, key_id: &str) -> Draft {
    let key_id = key_id.to_owned();
    row(name, rule, Recipe::managed())
        .with(|recipe| {
            recipe.dsse = true;
            recipe.entries.clear();
            recipe.root_preset = RootPreset::KeyOnly;
            recipe.key_form = KeyForm::PublicKey(key_id.clone());
            recipe.key_id = key_id;
        })
        .root(|root: &mut TrustedRootRecipe| root.tlogs.clear())
        .ask(|policy| {
            policy.instance = InstanceKnob::Custom;
            policy.times = Some(0);
        })
}

/// What Google Cloud Build says of an image.
fn description(bundle: &Value) -> Value {
    let statement = payload(bundle);
    let digest = format!("sha256:{}", statement["subject"][0]["digest"]["sha256"].as_str().expect("a digest"));
    json!({
        "image_summary": { "digest": digest, "fully_qualified_digest": format!("host.test/app@{digest}") },
        "provenance_summary": { "provenance": [{
            "kind": "BUILD",
            "resourceUri": format!("https://host.test/app@{digest}"),
            "build": { "inTotoSlsaProvenanceV1": statement },
            "envelope": bundle["dsseEnvelope"],
        }] },
    })
}

fn cloud_build() -> Vec<Row> {
    let key = Recipe::managed().managed_key.public_pem();
    let described = |name, rule, key_id: &str, change: fn(&mut Value)| {
        let key = key.clone();
        let id = key_id.to_owned();
        bare(name, rule, key_id)
            .text(move |text| {
                let mut description = description(&parsed(text));
                change(&mut description);
                *text = description.to_string();
            })
            .ask(move |policy| {
                policy.keys = vec![("another".to_owned(), Key::new(Kind::P256, "x").public_pem()), (id, key)]
            })
    };
    // What a regional key signs: the payload, and nothing before it.
    let raw = |draft: Draft| {
        draft.with(|recipe| {
            let bundle = recipe.write_bundle();
            recipe.sign_over = Some(from_base64(bundle["dsseEnvelope"]["payload"].as_str().expect("a payload")));
        })
    };
    const ZEROS: &str = "sha256:0000000000000000000000000000000000000000000000000000000000000000";
    vec![
        described("cloud-build-global-key", "E-41, E-43", GLOBAL, |_| {}).verified(),
        raw(described("cloud-build-regional-key", "E-41", REGION, |_| {})).verified(),
        described("cloud-build-regional-key-over-the-encoding", "E-41", REGION, |_| {})
            .rejected("signature", "signature-does-not-verify"),
        raw(described("cloud-build-global-key-over-the-payload-alone", "E-41", GLOBAL, |_| {}))
            .rejected("signature", "signature-does-not-verify"),
        described("cloud-build-second-signature-holds", "E-41", GLOBAL, |description| {
            let signatures = &mut description["provenance_summary"]["provenance"][0]["envelope"]["signatures"];
            signatures.as_array_mut().expect("signatures").insert(0, json!({ "sig": "AAAA", "keyid": REGION }));
        })
        .verified(),
        described("cloud-build-unknown-key-id", "E-41", GLOBAL, |_| {})
            .ask(|policy| policy.keys[1].0 = REGION.to_owned())
            .rejected("key", "key-id-unknown"),
        described("cloud-build-without-provenance", "E-40, H-16", GLOBAL, |description| {
            description["provenance_summary"]["provenance"] = json!([]);
        })
        .rejected("bundle-form", "evidence-empty"),
        described("cloud-build-of-another-kind", "E-40, H-16", GLOBAL, |description| {
            description["provenance_summary"]["provenance"][0]["kind"] = json!("VULNERABILITY");
        })
        .rejected("bundle-form", "evidence-empty"),
        described("cloud-build-unsigned", "E-40, A-21", GLOBAL, |description| {
            description["provenance_summary"]["provenance"][0]["envelope"]["signatures"] = json!([]);
        })
        .rejected("bundle-form", "envelope-no-signature"),
        described("cloud-build-summary-of-another-image", "E-43", GLOBAL, |description| {
            description["image_summary"]["digest"] = json!(ZEROS);
        })
        .rejected(CHECK, "wrapper-digest-differs"),
        described("cloud-build-qualified-name-of-another-image", "E-43", GLOBAL, |description| {
            description["image_summary"]["fully_qualified_digest"] = json!(format!("host.test/app@{ZEROS}"));
        })
        .rejected(CHECK, "wrapper-digest-differs"),
        described("cloud-build-resource-of-another-image", "E-43", GLOBAL, |description| {
            description["provenance_summary"]["provenance"][0]["resourceUri"] =
                json!(format!("https://h.test/a@{ZEROS}"));
        })
        .rejected(CHECK, "wrapper-digest-differs"),
        described("cloud-build-summary-without-a-digest", "E-40", GLOBAL, |description| {
            super::remove(&mut description["image_summary"], "digest");
        })
        .rejected(CHECK, "wrapper-member-missing"),
        described("cloud-build-without-the-text", "E-43", GLOBAL, |description| {
            description["provenance_summary"]["provenance"][0]["build"] = json!({});
        })
        .rejected(CHECK, "wrapper-member-missing"),
        described("cloud-build-text-differs", "E-43", GLOBAL, |description| {
            let text = &mut description["provenance_summary"]["provenance"][0]["build"]["inTotoSlsaProvenanceV1"];
            text["predicate"]["runDetails"]["builder"]["id"] = json!("https://touchstone.test/other");
        })
        .rejected(CHECK, "wrapper-text-differs"),
        described("cloud-build-text-says-more", "E-43", GLOBAL, |description| {
            let text = &mut description["provenance_summary"]["provenance"][0]["build"]["inTotoSlsaProvenanceV1"];
            text["predicate"]["more"] = json!(true);
        })
        .rejected(CHECK, "wrapper-text-differs"),
        described("cloud-build-text-says-less", "E-43", GLOBAL, |description| {
            let text = &mut description["provenance_summary"]["provenance"][0]["build"]["inTotoSlsaProvenanceV1"];
            super::remove(&mut text["predicate"], "runDetails");
        })
        .rejected(CHECK, "wrapper-text-differs"),
    ]
}

fn envelopes() -> Vec<Row> {
    let envelope = |name, rule| bare(name, rule, "k").text(|text| *text = parsed(text)["dsseEnvelope"].to_string());
    let change = |text: &mut String, f: fn(&mut Value)| {
        let mut envelope = parsed(text);
        f(&mut envelope);
        *text = envelope.to_string();
    };
    vec![
        envelope("envelope-by-a-key", "E-66, A-27").verified(),
        envelope("envelope-without-a-signature", "A-21")
            .text(move |text| change(text, |envelope| envelope["signatures"] = json!([])))
            .rejected("bundle-form", "envelope-no-signature"),
        envelope("envelope-whose-second-signature-holds", "A-2")
            .text(move |text| {
                change(text, |envelope| {
                    let all = envelope["signatures"].as_array_mut().expect("signatures");
                    all.insert(0, json!({ "sig": "AAAA", "keyid": "other" }));
                })
            })
            .verified(),
        envelope("envelope-in-the-second-line", "A-1")
            .text(|text| {
                *text = format!("{}\n{text}\n", r#"{"payload":"e30=","payloadType":"t","signatures":[{"sig":"AA=="}]}"#)
            })
            .verified(),
        envelope("envelope-by-another-key", "A-27")
            .ask(|policy| {
                let pem = Key::new(Kind::P256, "another").public_pem();
                policy.key = Some(crate::KeyKnob { pem, details: None, valid_from: None, valid_until: None });
            })
            .rejected("signature", "signature-does-not-verify"),
        // The numbers of an ECDSA signature side by side, as some key stores write them: outside of Sigstore only.
        envelope("envelope-with-a-signature-of-fixed-length", "B-90")
            .text(move |text| change(text, fixed_length))
            .verified(),
        // E-41: what signs the payload alone is a key of Google Cloud Build in Google's own description, nothing else.
        envelope("envelope-over-the-payload-alone", "E-41, B-91")
            .with(|recipe| {
                let id = REGION.to_owned();
                recipe.key_form = KeyForm::PublicKey(id.clone());
                recipe.key_id = id;
                let bundle = recipe.write_bundle();
                recipe.sign_over = Some(from_base64(bundle["dsseEnvelope"]["payload"].as_str().expect("a payload")));
            })
            .ask(|policy| policy.keys = vec![(REGION.to_owned(), Recipe::managed().managed_key.public_pem())])
            .rejected("signature", "signature-does-not-verify"),
        row("envelope-with-a-certificate-and-no-log", "E-66", Recipe::dsse())
            .text(|text| {
                let bundle = parsed(text);
                let der = bundle["verificationMaterial"]["certificate"]["rawBytes"].as_str().expect("a certificate");
                let mut envelope = bundle["dsseEnvelope"].clone();
                envelope["signatures"][0]["cert"] =
                    json!(format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n"));
                *text = envelope.to_string();
            })
            .rejected_together(&[("logged", "log-entry-absent"), ("signing-time", "time-absent")]),
    ]
}

/// `r` and `s` of the DER signature, 32 bytes each.
fn fixed_length(envelope: &mut Value) {
    let der = from_base64(envelope["signatures"][0]["sig"].as_str().expect("a signature"));
    let number = |at: usize| -> (Vec<u8>, usize) {
        let length = usize::from(der[at + 1]);
        let digits: Vec<u8> = der[at + 2..at + 2 + length].iter().copied().skip_while(|byte| *byte == 0).collect();
        let mut padded = vec![0; 32 - digits.len()];
        padded.extend(digits);
        (padded, at + 2 + length)
    };
    let (r, next) = number(2);
    let (s, _) = number(next);
    envelope["signatures"][0]["sig"] = json!(crate::encoding::base64(&[r, s].concat()));
}
