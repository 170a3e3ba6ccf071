//! Which form a file has, what in it is judged by itself, and where its parts are.

use super::{Beside, Evidence, Form, NPM_PUBLISH_PREDICATE, Piece};
use crate::base64;

/// A statement of this type, unsigned.
fn payload(predicate_type: &str) -> String {
    let digest = "0".repeat(64);
    let text = format!(
        r#"{{"_type":"https://in-toto.io/Statement/v1","subject":[{{"digest":{{"sha256":"{digest}"}}}}],
        "predicateType":"{predicate_type}","predicate":{{}}}}"#
    );
    base64::encode(text.as_bytes())
}

fn envelope(predicate_type: &str, signatures: &str) -> String {
    let payload = payload(predicate_type);
    format!(r#"{{"payload":"{payload}","payloadType":"application/vnd.in-toto+json","signatures":[{signatures}]}}"#)
}

/// A bundle signed with a key.
fn bundle(predicate_type: &str) -> String {
    format!(
        r#"{{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial":{{"publicKey":{{"hint":"k"}}}},"dsseEnvelope":{}}}"#,
        envelope(predicate_type, r#"{"sig":"AA=="}"#)
    )
}

fn npm(predicate_types: &[&str]) -> String {
    let listed = |predicate_type: &&str| {
        format!(r#"{{"predicateType":"{predicate_type}","bundle":{}}}"#, bundle(predicate_type))
    };
    let all: Vec<String> = predicate_types.iter().map(listed).collect();
    format!(r#"{{"attestations":[{}]}}"#, all.join(","))
}

fn pypi_attestation(predicate_type: &str) -> String {
    format!(
        r#"{{"version":1,"verification_material":{{"certificate":"AA==","transparency_entries":[]}},
        "envelope":{{"statement":"{}","signature":"AA=="}}}}"#,
        payload(predicate_type)
    )
}

fn pypi_provenance(predicate_types: &[&str]) -> String {
    let attestations: Vec<String> = predicate_types.iter().map(|one| pypi_attestation(one)).collect();
    format!(
        r#"{{"version":1,"attestation_bundles":[{{"publisher":{{"kind":"GitHub","repository":"acme/app",
        "workflow":"release.yml","environment":""}},"attestations":[{}]}}]}}"#,
        attestations.join(",")
    )
}

fn cloud_build(kinds: &[&str]) -> String {
    let one = |kind: &&str| {
        let signatures = r#"{"sig":"AA==","keyid":"a"},{"sig":"AA==","keyid":"b"}"#;
        format!(r#"{{"kind":"{kind}","resourceUri":"r@sha256:0","envelope":{}}}"#, envelope("t", signatures))
    };
    let all: Vec<String> = kinds.iter().map(one).collect();
    format!(r#"{{"image_summary":{{"digest":"sha256:0"}},"provenance_summary":{{"provenance":[{}]}}}}"#, all.join(","))
}

/// Without line breaks: one line of a file of lines.
fn line(text: &str) -> String {
    text.replace('\n', "")
}

fn types(evidence: &Evidence) -> Vec<String> {
    evidence.pieces.iter().map(|piece| piece.claimed_predicate_type().unwrap_or_default()).collect()
}

fn readable(evidence: &Evidence) -> usize {
    evidence.pieces.iter().filter(|piece| piece.bundle.is_ok()).count()
}

/// A-2: the members of a file say what it is. (text, form, pieces that can be read)
#[test]
fn the_members_of_a_file_say_what_it_is() {
    let two_signatures = envelope("t", r#"{"sig":"AA=="},{"sig":"AQ=="}"#);
    let lines = |text: &str| format!("{}\n{}\n", line(text), line(text));
    for (text, form, count) in [
        (bundle("t"), Form::Bundle, 1),
        (lines(&bundle("t")), Form::BundleLines, 2),
        (format!(r#"{{"attestations":[{{"bundle":{}}}]}}"#, bundle("t")), Form::GitHub, 1),
        (npm(&["t", NPM_PUBLISH_PREDICATE]), Form::Npm, 2),
        (pypi_attestation("t"), Form::PypiAttestation, 1),
        (pypi_provenance(&["t", "u"]), Form::PypiProvenance, 2),
        (two_signatures.clone(), Form::Envelope, 2),
        (lines(&two_signatures), Form::EnvelopeLines, 4),
        // What stands beside the builds (E-40) is no provenance.
        (cloud_build(&["BUILD", "DISCOVERY"]), Form::CloudBuild, 2),
        // Everything else is refused with the words for a bundle.
        ("[]".to_owned(), Form::Bundle, 0),
        ("{}".to_owned(), Form::Bundle, 0),
        ("not json".to_owned(), Form::Bundle, 0),
        ("{}\n{}".to_owned(), Form::Bundle, 0),
    ] {
        let evidence = Evidence::parse(text.as_bytes());
        assert_eq!(evidence.form, form, "{text}");
        assert_eq!(readable(&evidence), count, "{text}");
        assert!(!evidence.pieces.is_empty(), "{text}");
    }
}

/// A file with a media type is a bundle, whatever else it holds: nobody can make a bundle look like another form.
#[test]
fn a_bundle_with_members_of_another_form_is_a_bundle() {
    let with_more = bundle("t").replacen('{', r#"{"payload":"","payloadType":"t","attestations":[],"#, 1);
    assert_eq!(Evidence::parse(with_more.as_bytes()).form, Form::Bundle);
}

/// H-16: what cannot be read is refused where it stands, never skipped.
#[test]
fn a_line_or_signature_that_cannot_be_read_stays_and_is_refused() {
    let lines = format!("{}\n{{}}\n{}", line(&bundle("t")), line(&bundle("u")));
    let evidence = Evidence::parse(lines.as_bytes());
    assert_eq!((evidence.pieces.len(), readable(&evidence)), (3, 2));
    let broken = envelope("t", r#"{"sig":"AA=="},{"keyid":"no signature"}"#);
    let evidence = Evidence::parse(broken.as_bytes());
    assert_eq!((evidence.pieces.len(), readable(&evidence)), (2, 1));
    let npm = npm(&["t", "u"]).replace(r#""hint":"k""#, r#""hint":7"#);
    let evidence = Evidence::parse(npm.as_bytes());
    assert_eq!((evidence.form, evidence.pieces.len(), readable(&evidence)), (Form::Npm, 2, 0));
}

/// What else a file says beside the statement that is asked about: (place among its statements, types).
#[test]
fn the_other_statements_of_a_file_stand_beside_the_one_asked_about() {
    let beside = |text: &str, asked: usize| {
        let beside = Evidence::parse(text.as_bytes()).beside(asked);
        beside.iter().map(|(at, one)| (*at, types(one).join(" "))).collect::<Vec<_>>()
    };
    let of = |at: usize, name: &str| vec![(at, name.to_owned())];
    let two = r#"{"sig":"AA=="},{"sig":"AQ=="}"#;
    let lines = format!("{}\n{}", envelope("t", two), envelope("u", two));
    assert_eq!(beside(&lines, 1), of(1, "u u"));
    assert_eq!(beside(&lines, 2), of(0, "t t"));
    assert_eq!(beside(&npm(&["t", NPM_PUBLISH_PREDICATE]), 0), of(1, NPM_PUBLISH_PREDICATE));
    assert_eq!(beside(&pypi_provenance(&["t", "u"]), 0), of(1, "u"));
    // A description may hold the same build in two versions of provenance, each with several signatures.
    let description = cloud_build(&["BUILD", "DISCOVERY", "BUILD"]);
    for (asked, other) in [(0, 1), (1, 1), (2, 0), (3, 0)] {
        assert_eq!(beside(&description, asked), of(other, "t t"), "{asked}");
    }
    for alone in [line(&bundle("t")), envelope("t", two), npm(&["t"]), pypi_provenance(&["t"]), cloud_build(&["BUILD"])]
    {
        assert_eq!(beside(&alone, 0), [], "{alone}");
    }
}

/// What is judged by itself, and what together: (form, type of each piece) of each.
#[test]
fn statements_are_taken_apart_as_far_as_they_stand_alone() {
    let apart = |text: &str| {
        let statements = Evidence::parse(text.as_bytes()).statements();
        statements.iter().map(|one| (one.form, types(one))).collect::<Vec<_>>()
    };
    let owned = |all: &[&str]| all.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>();
    let lines = format!("{}\n{}", line(&bundle("t")), line(&bundle("u")));
    assert_eq!(apart(&lines), [(Form::Bundle, owned(&["t"])), (Form::Bundle, owned(&["u"]))]);
    // Signatures over one line stand for one another; lines do not.
    let two = r#"{"sig":"AA=="},{"sig":"AQ=="}"#;
    let lines = format!("{}\n{}", envelope("t", two), envelope("u", two));
    assert_eq!(apart(&lines), [(Form::Envelope, owned(&["t", "t"])), (Form::Envelope, owned(&["u", "u"]))]);
    // G-17: the registry's own statement stays with the provenance, and speaks once more for itself.
    let both = npm(&["t", NPM_PUBLISH_PREDICATE]);
    let publish = owned(&[NPM_PUBLISH_PREDICATE]);
    assert_eq!(apart(&both), [(Form::Npm, owned(&["t", NPM_PUBLISH_PREDICATE])), (Form::Npm, publish)]);
    assert_eq!(apart(&npm(&["t"])), [(Form::Npm, owned(&["t"]))]);
    // The first leads all; each further one speaks for itself as well.
    let python = pypi_provenance(&["t", "u"]);
    assert_eq!(apart(&python), [(Form::PypiProvenance, owned(&["t", "u"])), (Form::PypiProvenance, owned(&["u"]))]);
}

/// A person looks a place up in the file that they gave, not in the bundle that was made of it.
#[test]
fn places_are_those_of_the_file() {
    let place = |text: &str, piece: usize, place: &str| {
        let evidence = Evidence::parse(text.as_bytes());
        evidence.pieces.get(piece).map(|piece: &Piece| piece.places.in_file(place)).unwrap_or_default()
    };
    let payload = "$.dsseEnvelope.payload:$.predicateType";
    let signature = "$.dsseEnvelope.signatures[0].sig";
    assert_eq!(place(&bundle("t"), 0, payload), payload);
    let two = envelope("t", r#"{"sig":"AA=="},{"sig":"AQ=="}"#);
    assert_eq!(place(&two, 1, payload), "$.payload:$.predicateType");
    assert_eq!(place(&two, 1, signature), "$.signatures[1].sig");
    assert_eq!(place(&two, 1, "$.verificationMaterial.publicKey.hint"), "$.signatures[1].keyid");
    assert_eq!(place(&npm(&["t", "u"]), 1, payload), "$.attestations[1].bundle.dsseEnvelope.payload:$.predicateType");
    let python = pypi_provenance(&["t", "u"]);
    let attestation = "$.attestation_bundles[0].attestations[1]";
    assert_eq!(place(&python, 1, payload), format!("{attestation}.envelope.statement:$.predicateType"));
    assert_eq!(place(&python, 1, signature), format!("{attestation}.envelope.signature"));
    assert_eq!(
        place(&python, 1, "$.verificationMaterial.tlogEntries[0].canonicalizedBody"),
        format!("{attestation}.verification_material.transparency_entries[0].canonicalizedBody")
    );
    let build = cloud_build(&["BUILD"]);
    assert_eq!(place(&build, 1, signature), "$.provenance_summary.provenance[0].envelope.signatures[1].sig");
    // A name that only begins like one of the table is another.
    assert_eq!(place(&two, 0, "$.dsseEnvelopeOther"), "$.dsseEnvelopeOther");
    let lines = format!("{}\n{}", line(&two), line(&two));
    assert_ne!(place(&lines, 0, payload), place(&lines, 2, payload), "each line has a place of its own");
}

/// What stands beside a statement is kept for the check `wrapper`, and empty is as good as absent (G-7).
#[test]
fn what_stands_beside_a_statement_is_kept() {
    let beside = |text: &str| Evidence::parse(text.as_bytes()).pieces.into_iter().map(|piece| piece.beside).next();
    let Some(Beside::Pypi(Some(publisher))) = beside(&pypi_provenance(&["t"])) else { unreachable!() };
    assert_eq!((publisher.kind.as_str(), publisher.repository.as_deref()), ("GitHub", Some("acme/app")));
    assert_eq!((publisher.workflow.as_deref(), publisher.environment.as_deref()), (Some("release.yml"), None));
    assert_eq!(beside(&pypi_attestation("t")), Some(Beside::Pypi(None)));
    assert_eq!(beside(&npm(&["t"])), Some(Beside::Npm { predicate_type: "t".to_owned() }));
    let Some(Beside::CloudBuild(described)) = beside(&cloud_build(&["BUILD"])) else { unreachable!() };
    assert_eq!(described.image_digest.as_deref(), Some("sha256:0"));
    assert_eq!(described.resource_uri.as_deref(), Some("r@sha256:0"));
    assert_eq!(described.path, "$.provenance_summary.provenance[0]");
    assert_eq!(beside(&bundle("t")), Some(Beside::Nothing));
}
