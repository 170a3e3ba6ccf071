//! The testkit's table: a good bundle with one change a row, and the check and code that must come out. The core is asked
//! directly, because a few rows turn knobs (witnesses, the kind of instance) that no person has.

use std::collections::BTreeSet;

use touchstone_crypto::{Digest, PublicKey, RustCrypto};
use touchstone_formats::PublicKeyDetails;
use touchstone_formats::bundle::BundleVersion;
use touchstone_formats::evidence::{Evidence, Form, region_of_key_id};
use touchstone_testkit::policy::{ArtifactKnob, BuilderKnob, ExpectKnobs, IdentityKnob, InstanceKnob, PolicyKnobs};
use touchstone_testkit::table::{Expect, Row, table};
use touchstone_tlog::Witness;
use touchstone_trust::{Instance, TrustedRoot};
use touchstone_verify::{
    Artifact, BuilderEntry, BuilderKind, BuilderMap, BuilderSigner, Cause, Expectations, ExtensionExpectation, KeyRing,
    ManagedKey, NamedKey, Outcome, Pattern, Policy, Publisher, Report, Scope, SignedForm, SignerPolicy, TextMatch,
    ThresholdOverrides, Trust, Verdict, verify_evidence,
};

#[test]
fn every_row_comes_out_as_it_says() {
    let rows = table();
    let wrong: Vec<String> = rows.iter().filter_map(|row| disagreement(row, &report(row))).collect();
    println!("{} rows", rows.len());
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), rows.len(), wrong.join("\n"));
}

#[test]
fn rows_have_distinct_names_and_name_their_rules() {
    let rows = table();
    let names: BTreeSet<&str> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len());
    assert!(rows.iter().all(|row| row.rule.contains('-')));
}

/// A failure that no row produces is a failure that nobody has seen happen.
#[test]
fn every_cause_of_failure_has_a_row() {
    let told: BTreeSet<(&str, &str)> = table()
        .iter()
        .flat_map(|row| match row.expect {
            Expect::Rejected { check, code: Some(code) } => vec![(code, check)],
            Expect::RejectedTogether(failures) => failures.iter().map(|(check, code)| (*code, *check)).collect(),
            _ => Vec::new(),
        })
        .collect();
    let without: Vec<_> = Cause::ALL.iter().filter(|cause| !told.contains(*cause)).collect();
    assert!(without.is_empty(), "{} causes without a row: {without:?}", without.len());
}

fn disagreement(row: &Row, report: &Report) -> Option<String> {
    let failed: Vec<(&str, &str)> = report
        .findings
        .iter()
        .filter_map(|finding| match &finding.outcome {
            Outcome::Failed(failure) => Some((finding.check.id, failure.code())),
            _ => None,
        })
        .collect();
    let right = match row.expect {
        Expect::Verified => matches!(report.verdict, Verdict::Verified { .. }) && report.verified.is_some(),
        Expect::Incomplete => matches!(report.verdict, Verdict::Incomplete),
        Expect::RejectedTogether(failures) => {
            matches!(report.verdict, Verdict::Rejected)
                && failures.iter().all(|expected| failed.contains(expected))
                && failed.iter().all(|found| failures.contains(found))
        }
        Expect::Rejected { check, code } => {
            matches!(report.verdict, Verdict::Rejected)
                && failed.iter().any(|found| found.0 == check && code.is_none_or(|code| code == found.1))
                && failed.iter().all(|found| found.0 == check)
        }
    };
    (!right).then(|| format!("{} ({}): {:?}, but {:?} {failed:?}", row.name, row.rule, row.expect, report.verdict))
}

fn report(row: &Row) -> Report {
    let (case, knobs) = (&row.case, &row.policy);
    let evidence = match Evidence::parse(&case.bundle) {
        lines if lines.form == Form::BundleLines => Evidence::one_bundle(&case.bundle),
        evidence => evidence,
    };
    let instance = match knobs.instance {
        InstanceKnob::PublicGood => Instance::PublicGood,
        InstanceKnob::GitHub => Instance::GitHub,
        InstanceKnob::Custom => Instance::Custom,
    };
    let roots = TrustedRoot::read_many(&case.trusted_root, instance, "testkit").map(|mut roots| {
        for root in &mut roots {
            root.witnesses = witnesses(knobs);
        }
        roots
    });
    let trust = match &roots {
        Ok(roots) => Trust::Roots(roots),
        Err(error) => Trust::Unusable(error),
    };
    let artifact = match &knobs.artifact {
        ArtifactKnob::Bytes => Artifact::Bytes(&case.artifact),
        ArtifactKnob::OtherBytes(bytes) => Artifact::Bytes(bytes),
        ArtifactKnob::Digest(text) => Artifact::Digests(vec![Digest::parse(text).unwrap()]),
        ArtifactKnob::Absent => Artifact::Missing,
    };
    verify_evidence(&evidence, &artifact, trust, &policy(knobs), &RustCrypto).unwrap().report
}

fn witnesses(knobs: &PolicyKnobs) -> Vec<Witness> {
    knobs
        .witnesses
        .iter()
        .map(|knob| {
            let bytes: [u8; 32] = knob.key.as_slice().try_into().unwrap();
            Witness::new(knob.name.clone(), PublicKey::from_ed25519_bytes(&bytes).unwrap()).unwrap()
        })
        .collect()
}

fn policy(knobs: &PolicyKnobs) -> Policy {
    Policy {
        signer: signer(knobs),
        extensions: knobs
            .extensions
            .iter()
            .map(|(oid, value)| ExtensionExpectation { name: oid.clone(), oid: oid.clone(), value: value.clone() })
            .collect(),
        thresholds: ThresholdOverrides {
            transparency_logs: knobs.logs,
            signed_certificate_timestamps: knobs.scts,
            timestamp_authorities: knobs.timestamp_authorities,
            observer_timestamps: knobs.times,
        },
        minimum_version: knobs.minimum_version.map(|version| match version {
            "0.1" => BundleVersion::V0_1,
            "0.2" => BundleVersion::V0_2,
            "0.3" => BundleVersion::V0_3,
            other => panic!("no bundle version: {other}"),
        }),
        scope: Scope::Whole,
        expectations: expectations(&knobs.expect),
        builders: builders(&knobs.builders),
        registry_keys: ring(&knobs.registry_keys, knobs.registry_keys_valid_until),
    }
}

fn expectations(knobs: &ExpectKnobs) -> Expectations {
    let knobs = knobs.clone();
    Expectations {
        source_uri: knobs.source_uri,
        source_branch: knobs.source_branch,
        source_tag: knobs.source_tag,
        source_versioned_tag: knobs.source_versioned_tag,
        builder_id: knobs.builder_id,
        workflow_inputs: knobs.workflow_inputs,
        package_name: knobs.package_name,
        package_version: knobs.package_version,
        distribution_name: knobs.distribution_name,
        publisher: knobs.publisher.map(|publisher| Publisher {
            kind: publisher.kind,
            repository: publisher.repository,
            workflow: publisher.workflow,
            environment: publisher.environment,
            email: publisher.email,
        }),
        resource_uri: knobs.resource_uri,
        verified_levels: knobs.verified_levels,
        verifier_id: knobs.verifier_id,
        subject_digests: knobs.subject_digests,
        predicate_type: knobs.predicate_type,
    }
}

fn builders(knobs: &[BuilderKnob]) -> BuilderMap {
    let mut map = BuilderMap::built_in();
    for knob in knobs {
        map.add(BuilderEntry {
            name: "a builder of the person's own".to_owned(),
            kind: BuilderKind::Own,
            signer: BuilderSigner::Certificate {
                identity: TextMatch::Pattern(Pattern::new(&knob.signer).unwrap()),
                issuer: None,
            },
            builder_id: Some(knob.builder_id.clone()),
            build_types: Vec::new(),
            max_level: knob.max_level,
        });
    }
    map
}

fn signer(knobs: &PolicyKnobs) -> SignerPolicy {
    const MILLIS: i64 = 1000;
    let key = knobs.key.as_ref().map(|knob| ManagedKey {
        key: PublicKey::from_pem(&knob.pem).unwrap(),
        scheme: knob.details.map(|name| {
            let details = PublicKeyDetails::from_proto_name(name).unwrap();
            touchstone_trust::log_signature_scheme(details, &PublicKey::from_pem(&knob.pem).unwrap()).unwrap()
        }),
        valid_from: knob.valid_from.map(|seconds| seconds * MILLIS),
        valid_until: knob.valid_until.map(|seconds| seconds * MILLIS),
        form: SignedForm::default(),
        built_in: false,
    });
    let issuer = |issuer: &Option<String>| issuer.clone().map(TextMatch::Exact);
    match &knobs.identity {
        IdentityKnob::Exact { san, issuer: from } => {
            SignerPolicy::Certificate { identity: TextMatch::Exact(san.clone()), issuer: issuer(from) }
        }
        IdentityKnob::Pattern { san, issuer: from } => {
            SignerPolicy::Certificate { identity: TextMatch::Pattern(Pattern::new(san).unwrap()), issuer: issuer(from) }
        }
        IdentityKnob::Any if !knobs.keys.is_empty() => SignerPolicy::Anybody(ring(&knobs.keys, None)),
        IdentityKnob::Any => SignerPolicy::Anybody(key.map(Into::into).unwrap_or_default()),
        IdentityKnob::Implied => SignerPolicy::Implied,
        IdentityKnob::Unnamed => SignerPolicy::Unnamed,
        IdentityKnob::Key if !knobs.keys.is_empty() => SignerPolicy::Keys(ring(&knobs.keys, None)),
        IdentityKnob::Key => SignerPolicy::Key(key.expect("a row that expects a key holds one")),
    }
}

fn ring(keys: &[(String, String)], valid_until: Option<i64>) -> KeyRing {
    let named = |(id, pem): &(String, String)| NamedKey {
        id: id.clone(),
        key: ManagedKey {
            key: PublicKey::from_pem(pem).unwrap(),
            scheme: None,
            valid_from: None,
            valid_until: valid_until.map(|seconds| seconds * 1000),
            form: if region_of_key_id(id).is_some() { SignedForm::RawPayload } else { SignedForm::default() },
            built_in: false,
        },
    };
    KeyRing::new(keys.iter().map(named).collect())
}

/// A-6, H-50: the version is not signed, so no label may make a refused bundle pass. Listed are the rows whose only fault
/// is what their version asks for and another does not: a promise without a proof in 0.1, a chain before 0.3. Whoever
/// does not want those asks for a newer version (`minimum_version`).
#[test]
fn no_other_version_makes_a_rejected_bundle_pass() {
    const FAULT_IS_THE_VERSION: &[&str] =
        &["chain-in-version-0-3", "intoto-without-proof", "version-0-2-without-proof", "version-0-3-without-proof"];
    let labels = [
        touchstone_testkit::recipe::BUNDLE_V01,
        touchstone_testkit::recipe::BUNDLE_V02,
        touchstone_testkit::recipe::BUNDLE_V03,
    ];
    let mut passed = BTreeSet::new();
    for row in table().into_iter().filter(|row| !matches!(row.expect, Expect::Verified)) {
        let Ok(text) = String::from_utf8(row.case.bundle.clone()) else { continue };
        let Some(own) = labels.iter().find(|label| text.contains(**label)) else { continue };
        for other in labels.iter().filter(|label| *label != own) {
            let mut relabelled = row.clone();
            relabelled.case.bundle = text.replacen(own, other, 1).into_bytes();
            if report(&relabelled).verdict.is_verified() {
                passed.insert(row.name);
            }
        }
    }
    assert_eq!(passed.into_iter().collect::<Vec<_>>(), FAULT_IS_THE_VERSION);
}
