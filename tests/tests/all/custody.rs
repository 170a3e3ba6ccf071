//! The chain of custody in the document, through the same door as page and terminal: the commits of the corpus's source
//! track, and bundles of the testkit.

use std::collections::BTreeSet;
use std::io::Read as _;

use touchstone_report::document::custody::{Custody, EdgeState, StageState, Standing, Strength};
use touchstone_report::document::{Document, Outcome, Voucher};
use touchstone_report::question::{ArtifactInput, Material, Name, Named, Question, Signer, Trust};
use touchstone_report::{answer, first_answer};
use touchstone_testkit::ca::{ISSUER, WORKFLOW};
use touchstone_testkit::{Case, Recipe, change};

fn question(case: &Case) -> Question {
    Question {
        signer: Signer::Certificate {
            identity: Name::Exact(case.identity.clone()),
            issuer: Some(Name::Exact(case.issuer.clone())),
        },
        trust: Trust::File,
        ..Question::default()
    }
}

fn material<'a>(case: &'a Case, further: &'a [(&'a str, Vec<u8>)]) -> Material<'a> {
    let named = |name, bytes| Named { name, bytes };
    Material {
        bundle: Some(named("release.sigstore.json", case.bundle.as_slice())),
        artifact: ArtifactInput::Bytes(named("release.tar.gz", case.artifact.as_slice())),
        trusted_root: Some(named("root.json", case.trusted_root.as_slice())),
        further: further.iter().map(|(name, bytes)| named(name, bytes.as_slice())).collect(),
        ..Material::default()
    }
}

fn custody(document: Document) -> Custody {
    document.custody.expect("a chain")
}

fn line<'c>(custody: &'c Custody, from: &str, to: &str) -> &'c touchstone_report::document::custody::Edge {
    custody.edges.iter().find(|edge| edge.from == from && edge.to == to).expect("a line")
}

#[test]
fn one_provenance_is_told_with_its_gaps() {
    let case = Recipe::dsse_v2().make();
    let document = answer(&question(&case), &material(&case, &[])).unwrap();
    assert_eq!(document.verdict.outcome, Outcome::Verified);
    let custody = custody(document);
    let stages: Vec<&str> = custody.stages.iter().map(|stage| stage.id.as_str()).collect();
    assert_eq!(stages, ["source", "build", "artifact", "deploy"]);
    let of: Vec<usize> = custody.stages.iter().map(|stage| stage.of).collect();
    assert_eq!(of, [5, 5, 3, 3]);
    assert_eq!(line(&custody, "build", "artifact").state, EdgeState::Match);
    assert_eq!(line(&custody, "artifact", "deploy").state, EdgeState::Gap);
    assert_eq!(custody.statements[0].standing, Standing::Named);
    assert!(custody.statements[0].checks.iter().any(|check| check.id == "signature"));
    for question in custody.stages.iter().flat_map(|stage| &stage.questions) {
        let is_proven = question.strength == Strength::Proven;
        assert_eq!(question.to_close.is_empty(), is_proven, "{question:#?}");
        assert!(!question.answer.is_empty() && !question.vouchers.is_empty(), "{question:#?}");
    }
}

/// What a certificate says that no authority of the trusted root issued, no authority says.
#[test]
fn nobody_stands_behind_a_certificate_that_nobody_issued() {
    let good = Recipe::dsse_v2();
    let mut forged = Recipe::dsse_v2();
    forged.leaf.tamper_signature = true;
    for (recipe, outcome, is_vouched) in [(good, Outcome::Verified, true), (forged, Outcome::Rejected, false)] {
        let case = recipe.make();
        let document = answer(&question(&case), &material(&case, &[])).unwrap();
        assert_eq!(document.verdict.outcome, outcome);
        let custody = custody(document);
        let mut vouchers = custody.stages.iter().flat_map(|stage| &stage.questions).flat_map(|one| &one.vouchers);
        assert_eq!(vouchers.any(|voucher| *voucher == Voucher::CertificateAuthority), is_vouched);
    }
}

/// Extra evidence never turns a verdict (E-62).
#[test]
fn further_evidence_changes_no_verdict_and_is_judged_by_itself() {
    let case = Recipe::dsse_v2().make();
    let mut other = Recipe::dsse_v2();
    other.leaf.san = Some(vec![touchstone_testkit::ca::San::Uri("https://touchstone.test/stranger".to_owned())]);
    other.leaf.claim(9, "https://touchstone.test/stranger");
    let mut broken = Recipe::dsse_v2();
    broken.signature.push(change(|signature: &mut Vec<u8>| touchstone_testkit::flip_last_bit(signature)));
    let unsigned =
        br#"{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"00"}}],"predicateType":"x"}"#;
    let further = [
        ("same.json", Recipe::dsse_v2().make().bundle),
        ("stranger.json", other.make().bundle),
        ("broken.json", broken.make().bundle),
        ("unsigned.json", unsigned.to_vec()),
        ("notes.txt", b"hello".to_vec()),
    ];
    let alone = answer(&question(&case), &material(&case, &[])).unwrap();
    let beside = answer(&question(&case), &material(&case, &further)).unwrap();
    assert_eq!(alone.verdict, beside.verdict);
    assert_eq!(alone.checks, beside.checks);
    let standings: Vec<Standing> = custody(beside).statements.iter().map(|statement| statement.standing).collect();
    assert_eq!(
        standings,
        [Standing::Named, Standing::Named, Standing::Unnamed, Standing::Failed, Standing::Unsigned, Standing::Unsigned]
    );
}

/// B-6: a pattern that anybody fits names nobody, so nobody else's statement counts as the named signer's.
#[test]
fn a_pattern_that_strangers_fit_makes_no_stranger_a_named_signer() {
    let case = Recipe::dsse_v2().make();
    let mut other = Recipe::dsse_v2();
    other.leaf.san = Some(vec![touchstone_testkit::ca::San::Uri("https://touchstone.test/stranger".to_owned())]);
    other.leaf.claim(9, "https://touchstone.test/stranger");
    let further = [("stranger.json", other.make().bundle)];
    let mut asked = question(&case);
    let Signer::Certificate { identity, .. } = &mut asked.signer else { panic!("no name") };
    *identity = Name::Pattern("https://.*".to_owned());
    let document = answer(&asked, &material(&case, &further)).unwrap();
    assert_eq!(document.verdict.title, "Verified, 1 check waived");
    assert!(!document.shows.iter().any(|line| line == "The signer is the one you named."), "{:?}", document.shows);
    let statements = custody(document).statements;
    assert_eq!(statements[0].reason, "Signed by one of those whom your pattern fits.");
    assert_eq!(statements[1].standing, Standing::Unnamed, "{}", statements[1].reason);
}

/// F-22, E-64: a statement about an index covers the manifests that the index's own bytes list.
#[test]
fn an_index_beside_its_manifest_joins_them() {
    let manifest = b"{}".to_vec();
    let digest = touchstone_testkit::encoding::hex(&touchstone_testkit::keys::Hash::Sha256.of(&manifest));
    let index = format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"sha256:{digest}"}}]}}"#).into_bytes();
    let about_index = Recipe { artifact: index.clone(), ..Recipe::dsse_v2() }.make();
    // Asked about the manifest by a signature of its own; the provenance is about the index.
    let case = Recipe { artifact: manifest, ..Recipe::message_v2() }.make();
    let lay = |index: &[u8]| {
        let further = [("provenance.json", about_index.bundle.clone()), ("index.json", index.to_vec())];
        custody(answer(&question(&case), &material(&case, &further)).unwrap())
    };
    let covered = lay(&index);
    assert_eq!(line(&covered, "build", "artifact").state, EdgeState::Match, "{:#?}", covered.edges);
    assert!(covered.graph.edges.iter().any(|edge| edge.label == "lists"));
    // One byte more, and it is another index.
    let other = [index, b" ".to_vec()].concat();
    assert_eq!(line(&lay(&other), "build", "artifact").state, EdgeState::Gap);
}

/// An index that lists these bytes, inside others, the outermost last.
fn nested(artifact: &[u8], depth: usize) -> Vec<Vec<u8>> {
    let mut indexes: Vec<Vec<u8>> = Vec::new();
    while indexes.len() < depth {
        let inner = indexes.last().map_or(artifact, Vec::as_slice);
        let digest = touchstone_testkit::encoding::hex(&touchstone_testkit::keys::Hash::Sha256.of(inner));
        indexes.push(format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"sha256:{digest}"}}]}}"#).into_bytes());
    }
    indexes
}

/// F-22, E-64: only the index is signed, and a manifest is asked about that it lists. The verdict says through which index; first
/// answer and whole answer agree; upwards nothing is covered, and everything else about the question still has to hold.
#[test]
fn a_manifest_is_covered_through_the_index_that_was_signed() {
    let manifest = b"{\"schemaVersion\":2}".to_vec();
    for depth in [1, 2, 3] {
        let indexes = nested(&manifest, depth);
        for recipe in [Recipe::dsse_v2(), Recipe::message_v2()] {
            let signed = Recipe { artifact: indexes.last().unwrap().clone(), ..recipe }.make();
            let asked = Case { artifact: manifest.clone(), ..signed.clone() };
            let further: Vec<(&str, Vec<u8>)> = indexes.iter().map(|index| ("index.json", index.clone())).collect();
            let whole = material(&asked, &further);
            let digest = touchstone_testkit::encoding::hex(&touchstone_testkit::keys::Hash::Sha256.of(&manifest));
            let stated = Material { artifact: ArtifactInput::Stated(format!("sha256:{digest}")), ..whole.clone() };
            for material in [&whole, &stated] {
                let document = answer(&question(&asked), material).unwrap();
                assert_eq!(document.verdict.outcome, Outcome::Verified, "{depth}: {:#?}", document.verdict);
                assert!(document.verdict.sentence.contains("covered through an image index"), "{:?}", document.verdict);
                assert!(!document.verdict.sentence.contains("byte for byte"));
                let check = document.checks.iter().find(|check| check.id == "artifact").unwrap();
                assert!(check.summary.contains(" is listed in "), "{check:#?}");
                let facts: Vec<&str> = document
                    .facts
                    .iter()
                    .filter(|fact| fact.name == "Listed by")
                    .map(|fact| fact.value.as_str())
                    .collect();
                assert_eq!(facts.len(), depth, "{facts:?}");
                assert_eq!(document.artifact.as_ref().unwrap().digests[0].hex, digest, "the artifact is the manifest");
                let first = first_answer(&question(&asked), material).unwrap();
                assert_eq!(first, Document { custody: None, ..document.clone() });
                let custody = custody(document);
                assert!(custody.graph.edges.iter().any(|edge| edge.label == "lists"), "{:#?}", custody.graph);
                let artifact = custody.stages.iter().find(|stage| stage.id == "artifact").unwrap();
                assert_eq!(artifact.questions[0].strength, Strength::Proven, "{artifact:#?}");
            }
            // Everything else must hold as well.
            let stranger = Case { identity: "https://touchstone.test/stranger".to_owned(), ..asked.clone() };
            let document = answer(&question(&stranger), &whole).unwrap();
            assert_eq!(document.verdict.outcome, Outcome::Rejected);
            assert_eq!(
                document.verdict.failed,
                ["identity"],
                "the statement about the index is told, and why it fails"
            );
            // One of the indexes is missing, or is another by a byte.
            for missing in 0..depth {
                let mut fewer = further.clone();
                fewer[missing].1.push(b' ');
                let document = answer(&question(&asked), &material(&asked, &fewer)).unwrap();
                assert_eq!(document.verdict.outcome, Outcome::Rejected, "{depth}, without {missing}");
            }
            // Upwards: the manifest is signed, the index is asked about.
            let of_manifest = Recipe { artifact: manifest.clone(), ..Recipe::dsse_v2() }.make();
            let upwards = Case { artifact: indexes.last().unwrap().clone(), ..of_manifest };
            let document = answer(&question(&upwards), &material(&upwards, &further)).unwrap();
            assert_eq!(document.verdict.outcome, Outcome::Rejected);
        }
    }
}

fn digests(bytes: &[u8]) -> (String, String) {
    let of = |hash: touchstone_testkit::keys::Hash| touchstone_testkit::encoding::hex(&hash.of(bytes));
    (of(touchstone_testkit::keys::Hash::Sha256), of(touchstone_testkit::keys::Hash::Sha512))
}

/// B-98: who signs a list and denies a digest of what it lists contradicts itself.
#[test]
fn who_denies_a_digest_of_the_file_does_not_cover_it() {
    let manifest = b"{\"schemaVersion\":2}".to_vec();
    let index = nested(&manifest, 1).remove(0);
    let (own, _) = digests(&manifest);
    let answered = |sha512: String| {
        let own = own.clone();
        let mut recipe = Recipe { artifact: index.clone(), ..Recipe::dsse_v2() };
        recipe.statement.push(change(move |statement: &mut serde_json::Value| {
            let denies = serde_json::json!({ "name": "m", "digest": { "sha256": own, "sha512": sha512 } });
            statement["subject"].as_array_mut().unwrap().push(denies);
        }));
        let asked = Case { artifact: manifest.clone(), ..recipe.make() };
        let further = [("index.json", index.clone())];
        answer(&question(&asked), &material(&asked, &further)).unwrap()
    };
    let denied = answered("0".repeat(128));
    assert_eq!(denied.verdict.outcome, Outcome::Rejected);
    assert_eq!(denied.checks.iter().find(|check| check.id == "artifact").unwrap().code, "artifact-digests-disagree");
    assert_eq!(answered(digests(&manifest).1).verdict.outcome, Outcome::Verified);
}

/// Whichever algorithm the index lists the file by, and whichever the statement names the index by; the file as bytes, or read
/// as a stream.
#[test]
fn a_list_covers_by_every_algorithm() {
    let manifest = b"{\"schemaVersion\":2}".to_vec();
    let (sha256, sha512) = digests(&manifest);
    for listed in [format!("sha256:{sha256}"), format!("sha512:{sha512}")] {
        let index = format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"{listed}"}}]}}"#).into_bytes();
        for by_sha512 in [false, true] {
            let mut recipe = Recipe { artifact: index.clone(), ..Recipe::dsse_v2() };
            let other = digests(&index).1;
            recipe.statement.push(change(move |statement: &mut serde_json::Value| {
                if by_sha512 {
                    statement["subject"][0]["digest"] = serde_json::json!({ "sha512": other });
                }
            }));
            let asked = Case { artifact: manifest.clone(), ..recipe.make() };
            // Many others list it too, and nobody signed them.
            let others = (0..40).map(|count| {
                let more = format!(r#",{{"digest":"sha256:{count:064}"}}]"#);
                ("other.json", String::from_utf8(index.clone()).unwrap().replace(']', &more).into_bytes())
            });
            let further: Vec<(&str, Vec<u8>)> = others.chain([("index.json", index.clone())]).collect();
            let whole = material(&asked, &further);
            let hashed = ArtifactInput::Hashed {
                name: "m".to_owned(),
                size: 1,
                digests: vec![("sha256".to_owned(), sha256.clone()), ("sha512".to_owned(), sha512.clone())],
            };
            for material in [whole.clone(), Material { artifact: hashed, ..whole }] {
                let document = answer(&question(&asked), &material).unwrap();
                assert_eq!(document.verdict.outcome, Outcome::Verified, "{listed} {by_sha512} {:#?}", document.verdict);
                let custody = custody(document);
                assert_eq!(line(&custody, "build", "artifact").state, EdgeState::Match, "{listed} {by_sha512}");
            }
        }
    }
}

/// F-22: an index covers its manifests, and through them their configuration and layers.
#[test]
fn configuration_and_layers_are_covered_too() {
    let layer = b"layer".to_vec();
    let (sha256, _) = digests(&layer);
    let manifest = format!(
        r#"{{"schemaVersion":2,"config":{{"digest":"sha256:{}"}},"layers":[{{"digest":"sha256:{sha256}"}}]}}"#,
        digests(b"config").0
    )
    .into_bytes();
    let index = nested(&manifest, 1).remove(0);
    for (signed, name) in [(&manifest, "image manifest"), (&index, "image index")] {
        for blob in [layer.clone(), b"config".to_vec()] {
            let case = Recipe { artifact: signed.clone(), ..Recipe::dsse_v2() }.make();
            let asked = Case { artifact: blob, ..case };
            let further = [("index.json", index.clone()), ("manifest.json", manifest.clone())];
            let document = answer(&question(&asked), &material(&asked, &further)).unwrap();
            assert_eq!(document.verdict.outcome, Outcome::Verified, "{:#?}", document.verdict);
            assert!(
                document.verdict.sentence.contains(&format!("covered through an {name}")),
                "{:?}",
                document.verdict
            );
        }
    }
}

/// An index of so many entries, one of which is this digest.
fn many(digest: &str, count: usize) -> String {
    let others: Vec<String> = (1..count).map(|at| format!(r#"{{"digest":"sha256:{at:064}"}}"#)).collect();
    format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"sha256:{digest}"}},{}]}}"#, others.join(","))
}

/// What could also be read as one image's manifest, or says that it is something else, is no index (CVE-2021-41190).
#[test]
fn what_is_no_index_covers_nothing() {
    let manifest = b"{\"schemaVersion\":2}".to_vec();
    let digest = touchstone_testkit::encoding::hex(&touchstone_testkit::keys::Hash::Sha256.of(&manifest));
    let listed = format!(r#""manifests":[{{"digest":"sha256:{digest}"}}]"#);
    let oci = r#""mediaType":"application/vnd.oci.image.index.v1+json""#;
    let docker = r#""mediaType":"application/vnd.docker.distribution.manifest.list.v2+json""#;
    for (text, covers) in [
        (format!(r#"{{"schemaVersion":2,{listed}}}"#), true),
        (format!(r#"{{"schemaVersion":2,{oci},{listed}}}"#), true),
        (format!(r#"{{"schemaVersion":2,{docker},{listed}}}"#), true),
        (format!("{{{listed}}}"), false),
        (format!(r#"{{"schemaVersion":1,{listed}}}"#), false),
        (format!(r#"{{"schemaVersion":"2",{listed}}}"#), false),
        (format!(r#"{{"schemaVersion":2,"mediaType":"application/json",{listed}}}"#), false),
        (format!(r#"{{"schemaVersion":2,"mediaType":2,{listed}}}"#), false),
        (format!(r#"{{"schemaVersion":2,"layers":[],{listed}}}"#), false),
        (format!(r#"{{"schemaVersion":2,"config":{{}},{listed}}}"#), false),
        (format!(r#"{{"schemaVersion":2,{listed},{listed}}}"#), false),
        (many(&digest, 10_000), true),
        (many(&digest, 10_001), false),
        (format!(r#"{{"schemaVersion":2,"manifests":[{{"digest":"{digest}"}}]}}"#), false),
        (format!(r#"{{"schemaVersion":2,"manifests":{{"digest":"sha256:{digest}"}}}}"#), false),
    ] {
        let signed = Recipe { artifact: text.clone().into_bytes(), ..Recipe::dsse_v2() }.make();
        let asked = Case { artifact: manifest.clone(), ..signed };
        let further = [("index.json", text.clone().into_bytes())];
        let document = answer(&question(&asked), &material(&asked, &further)).unwrap();
        let expected = if covers { Outcome::Verified } else { Outcome::Rejected };
        assert_eq!(document.verdict.outcome, expected, "{text}");
    }
}

#[test]
fn a_rejected_file_is_joined_to_nothing() {
    let case = Recipe::dsse_v2().make();
    let good = [("good.json", case.bundle.clone())];
    let other_file = Case { artifact: b"another file".to_vec(), ..case.clone() };
    let other_signer = Case { identity: WORKFLOW.replace("beacon", "beac0n"), issuer: ISSUER.to_owned(), ..case };
    for (case, stage) in [(&other_file, "artifact"), (&other_signer, "source")] {
        let document = answer(&question(case), &material(case, &good)).unwrap();
        assert_eq!(document.verdict.outcome, Outcome::Rejected);
        let custody = custody(document);
        assert!(custody.edges.iter().all(|edge| edge.state != EdgeState::Match), "{:#?}", custody.edges);
        assert!(custody.graph.edges.iter().all(|edge| edge.state != EdgeState::Match));
        assert!(custody.stages.iter().all(|stage| stage.answered == 0), "{:#?}", custody.stages);
        assert!(custody.stages.iter().any(|one| one.id == stage && one.state == StageState::Differs));
        assert!(custody.next.is_empty());
    }
    let document = answer(&question(&other_file), &material(&other_file, &good)).unwrap();
    assert_eq!(line(&custody(document), "build", "artifact").state, EdgeState::Differs);
}

/// A page shows the first answer until the whole one is there: they may differ in nothing but the chain.
#[test]
fn the_first_answer_is_the_whole_one_without_its_chain() {
    let case = Recipe::dsse_v2().make();
    let further = [("further.json", case.bundle.clone())];
    let whole = material(&case, &further);
    let another = Material { artifact: ArtifactInput::Stated(format!("sha256:{}", "0".repeat(64))), ..whole.clone() };
    let missing = Material { artifact: ArtifactInput::None, ..whole.clone() };
    let unreadable = Material { bundle: Some(Named { name: "x", bytes: b"{}" }), ..whole.clone() };
    let nobody = Question { signer: Signer::Unnamed, ..question(&case) };
    let mut outcomes = BTreeSet::new();
    for (question, material) in [
        (question(&case), &whole),
        (question(&case), &another),
        (question(&case), &missing),
        (question(&case), &unreadable),
        (nobody, &whole),
    ] {
        let first = first_answer(&question, material).unwrap();
        let whole = answer(&question, material).unwrap();
        outcomes.insert(format!("{:?}", whole.verdict.outcome));
        assert!(first.custody.is_none());
        assert_eq!(first, Document { custody: None, ..whole });
    }
    assert_eq!(outcomes.len(), 3, "{outcomes:?}");
}

/// What is open about the question is open in the chain; the bundle itself still counts for what it is.
#[test]
fn an_open_question_waits() {
    let case = Recipe::dsse_v2().make();
    let without_file = Material { artifact: ArtifactInput::None, ..material(&case, &[]) };
    let waiting = custody(answer(&question(&case), &without_file).unwrap());
    assert_eq!(line(&waiting, "build", "artifact").state, EdgeState::Wait);
    assert_eq!(waiting.statements[0].standing, Standing::Named);
    let nobody = Question { signer: Signer::Unnamed, ..question(&case) };
    let unnamed = custody(answer(&nobody, &material(&case, &[])).unwrap());
    assert_eq!(line(&unnamed, "build", "artifact").state, EdgeState::Name);
    assert_eq!(unnamed.statements[0].standing, Standing::Unnamed);
    assert!(unnamed.stages.iter().all(|stage| stage.id == "artifact" || stage.answered == 0), "{:#?}", unnamed.stages);
}

/// Every bundle of the source track in one chain: each by itself, the listed verifiers' ones count.
#[test]
fn the_source_track_of_the_corpus_is_one_chain() {
    let Some(folder) = touchstone_tests::corpus_folder() else { return };
    let lines = unpacked(&folder.join("bulk/source-track.shared.jsonl.gz"));
    let bundles: Vec<(String, Vec<u8>, bool)> = lines
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            let is_listed = row["identity"]["san"]
                .as_str()
                .is_some_and(|san| san.ends_with("/.github/workflows/compute_slsa_source.yml@refs/heads/main"));
            (row["id"].as_str().unwrap().to_owned(), row["bundle"].to_string().into_bytes(), is_listed)
        })
        .collect();
    let (first, rest) = bundles.split_first().unwrap();
    let material = Material {
        bundle: Some(Named { name: &first.0, bytes: &first.1 }),
        artifact: ArtifactInput::Waived,
        further: rest.iter().map(|(name, bytes, _)| Named { name, bytes }).collect(),
        ..Material::default()
    };
    let question = Question { signer: Signer::Anybody, ..Question::default() };
    let document = answer(&question, &material).unwrap();
    let custody = custody(document);
    assert_eq!(custody.statements.len(), bundles.len());
    let mut wrong = BTreeSet::new();
    for (statement, (id, _, is_listed)) in custody.statements.iter().zip(&bundles).skip(1) {
        let counts = matches!(statement.standing, Standing::Relied | Standing::Elsewhere);
        if counts != *is_listed {
            wrong.insert(format!("{id}: {:?}, {}", statement.standing, statement.reason));
        }
    }
    println!("{} bundles, {} nodes, {} edges", bundles.len(), custody.graph.nodes.len(), custody.graph.edges.len());
    assert!(wrong.is_empty(), "{} of {}: {:#?}", wrong.len(), bundles.len(), wrong.iter().take(10).collect::<Vec<_>>());
}

fn unpacked(path: &std::path::Path) -> String {
    let mut text = String::new();
    let file = std::fs::File::open(path).expect("the bulk file");
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).expect("gzip of UTF-8");
    text
}

/// E-4: a builder of the person's own vouches as far as they say, and everything that rests on it says whose word it is.
#[test]
fn a_builder_of_one_s_own_is_the_person_s_word() {
    let case = Recipe::github_attestation().make();
    let lay = |entries: &[String]| {
        let question = Question { builders: entries.to_vec(), ..question(&case) };
        answer(&question, &material(&case, &[]))
    };
    let built_in = lay(&[]).unwrap();
    let own = lay(&[format!("{WORKFLOW}==3")]).unwrap();
    let levels = |document: &Document| document.custody.as_ref().unwrap().levels.build.clone();
    assert!(levels(&built_in).level < 3 && levels(&own).level > levels(&built_in).level, "{:#?}", levels(&own));
    let steps: Vec<String> = levels(&own).steps.iter().map(|step| step.reason.clone()).collect();
    assert!(steps.iter().any(|reason| reason.contains("your own entry")), "{steps:#?}");
    let said = |document: &Document| {
        let check = document.checks.iter().find(|check| check.id == "builder").unwrap();
        (
            check.summary.contains("your own entry"),
            document.policy.lines.iter().any(|line| line.name == "Builder of your own"),
        )
    };
    assert_eq!((said(&built_in), said(&own)), ((false, false), (true, true)));
    // For another builder, another signer: nothing.
    for entry in [format!("{WORKFLOW}=https://touchstone.test/other=3"), format!("{WORKFLOW}x==3")] {
        let other = lay(std::slice::from_ref(&entry)).unwrap();
        assert_eq!(levels(&other).level, levels(&built_in).level, "{entry}");
    }
    assert_eq!(lay(&["nothing".to_owned()]).unwrap_err().part, "builders");
}

/// A summary by a certificate's holder, with one change to what it says.
fn summary(edit: impl Fn(&mut serde_json::Value) + 'static) -> Recipe {
    let mut recipe = Recipe::dsse_v2();
    recipe.statement.push(change(move |statement: &mut serde_json::Value| {
        statement["predicateType"] = serde_json::json!("https://slsa.dev/verification_summary/v1");
        statement["predicate"] = serde_json::json!({
            "verifier": { "id": "https://touchstone.test/gate" },
            "resourceUri": "https://touchstone.test/production",
            "verificationResult": "PASSED",
            "verifiedLevels": ["SLSA_BUILD_LEVEL_2"],
        });
        edit(&mut statement["predicate"]);
    }));
    recipe
}

/// E-62: what a verifier says against the file is said, where nothing but its "no" stands between it and counting.
#[test]
fn a_verifier_that_refused_is_heard_and_decides_nothing() {
    let failed = || summary(|predicate| predicate["verificationResult"] = serde_json::json!("FAILED"));
    let said = |recipe: Recipe| {
        let case = Recipe::dsse_v2().make();
        let document = answer(&question(&case), &material(&case, &[("gate.json", recipe.make().bundle)])).unwrap();
        assert_eq!(document.verdict.outcome, Outcome::Verified);
        custody(document).warnings.iter().any(|warning| warning.contains("says that this file did not pass"))
    };
    assert!(said(failed()));
    assert!(!said(summary(|_| ())), "it passed");
    let mut broken = failed();
    broken.signature.push(change(|signature: &mut Vec<u8>| touchstone_testkit::flip_last_bit(signature)));
    assert!(!said(broken), "nobody signed it");
    let mut of_another = failed();
    of_another.statement.push(change(|statement: &mut serde_json::Value| {
        statement["subject"][0]["digest"]["sha256"] = serde_json::json!("00".repeat(32));
    }));
    assert!(!said(of_another), "it is about another file");
}

/// E-52: a reference finds its documents by their bytes, and says which of them are not at hand.
#[test]
fn a_reference_finds_its_documents_by_their_bytes() {
    let bill = br#"{"bomFormat":"CycloneDX","specVersion":"1.5","version":1,"components":[]}"#.to_vec();
    let digest = touchstone_testkit::encoding::hex(&touchstone_testkit::keys::Hash::Sha256.of(&bill));
    let mut recipe = Recipe::dsse_v2();
    recipe.statement.push(change(move |statement: &mut serde_json::Value| {
        statement["predicateType"] = serde_json::json!("https://in-toto.io/attestation/reference/v0.1");
        statement["predicate"] = serde_json::json!({ "references": [
            { "name": "bill.json", "digest": { "sha256": digest } },
            { "name": "elsewhere.json", "digest": { "sha256": "00".repeat(32) } } ] });
    }));
    let case = recipe.make();
    let custody = custody(answer(&question(&case), &material(&case, &[("here.json", bill)])).unwrap());
    let edge = custody.graph.edges.iter().find(|edge| edge.label == "pointed at by").expect("a line");
    assert_eq!(edge.state, EdgeState::Match);
    let says: Vec<(&str, &str)> =
        custody.statements[0].says.iter().map(|said| (said.name.as_str(), said.value.as_str())).collect();
    assert_eq!(says, [("Points at, at hand", "here.json"), ("Points at, not at hand", "elsewhere.json")]);
}

/// E-63: every statement of the file that is asked about is heard, as it would be in a file of its own.
#[test]
fn the_other_lines_of_the_file_asked_about_are_heard() {
    let enveloped = |recipe: Recipe| {
        let case = recipe.make();
        let bundle: serde_json::Value = serde_json::from_slice(&case.bundle).unwrap();
        (bundle["dsseEnvelope"].to_string(), case)
    };
    let mut approval = Recipe::cloud_build();
    approval.statement.push(change(|statement: &mut serde_json::Value| {
        statement["predicateType"] = serde_json::json!("https://slsa.dev/deployment/v0.1");
        statement["predicate"] = serde_json::json!({ "creationTime": "2025-06-12T12:00:00Z", "scopes": {} });
    }));
    let (provenance, case) = enveloped(Recipe::cloud_build());
    let (approval, _) = enveloped(approval);
    let key = case.key.clone().unwrap();
    let lay = |bundle: String, further: &[(&str, Vec<u8>)]| {
        let case = Case { bundle: bundle.into_bytes(), ..case.clone() };
        let material = Material {
            key: Some(Named { name: "key.pem", bytes: key.as_bytes() }),
            trusted_root: None,
            ..material(&case, further)
        };
        let question = Question { signer: Signer::Key, trust: Trust::KeyAlone, ..Question::default() };
        let document = answer(&question, &material).unwrap();
        assert_eq!(document.verdict.outcome, Outcome::Verified);
        custody(document)
    };
    let apart = lay(provenance.clone(), &[("approval.json", approval.clone().into_bytes())]);
    let together = lay(format!("{provenance}\n{approval}\n"), &[]);
    for custody in [&apart, &together] {
        assert_eq!(line(custody, "artifact", "deploy").state, EdgeState::Match, "{:#?}", custody.statements);
        assert_eq!(custody.statements.len(), 2);
    }
    assert_eq!(line(&lay(provenance, &[]), "artifact", "deploy").state, EdgeState::Gap);
}

/// G-10, G-17: npm hands out provenance and its own statement together. The second is the release, given so or alone.
#[test]
fn what_npm_says_itself_is_a_release() {
    let Some(folder) = touchstone_tests::corpus_folder() else { return };
    let file = std::fs::read(folder.join("files/npmcli-valid-sigstore/valid-sigstore-attestations.json")).unwrap();
    let answered: serde_json::Value = serde_json::from_slice(&file).unwrap();
    let own = answered["attestations"].as_array().unwrap();
    let publish = own.iter().find(|one| one["predicateType"].as_str().unwrap().contains("publish")).unwrap();
    let provenance = own.iter().find(|one| one["predicateType"].as_str().unwrap().contains("provenance")).unwrap();
    let lay = |bundle: &[u8], further: &[u8]| {
        let material = Material {
            bundle: Some(Named { name: "attestations.json", bytes: bundle }),
            artifact: ArtifactInput::Stated(format!(
                "sha512:{}",
                "7bea9f6e7ff37f5fab0b36bf061200fff03099fd2fd696b91d04bc5e4f225eb9fd6e0cadcad54ba980f43fb352a99e8810b4e0abeb5c0ef2cf9108cd1f258b36"
            )),
            further: if further.is_empty() { Vec::new() } else { vec![Named { name: "publish.json", bytes: further }] },
            ..Material::default()
        };
        let question = Question { signer: Signer::Anybody, ..Question::default() };
        let custody = custody(answer(&question, &material).unwrap());
        custody.stages.iter().flat_map(|stage| &stage.questions).find(|one| one.id == "released").unwrap().clone()
    };
    let alone = provenance["bundle"].to_string().into_bytes();
    assert_eq!(lay(&alone, &[]).strength, Strength::Gap);
    for released in [lay(&file, &[]), lay(&alone, &file), lay(&alone, publish["bundle"].to_string().as_bytes())] {
        assert_eq!(released.strength, Strength::Proven, "{released:#?}");
        assert!(released.answer.contains("sigstore 1.0.0"), "{}", released.answer);
    }
}

/// E-57: a summary names what it was made from by the digest of the file, or of what was signed in it; nothing else joins.
#[test]
fn a_summary_finds_its_attestations_by_their_bytes() {
    use touchstone_testkit::encoding::{from_base64, hex};
    use touchstone_testkit::keys::Hash;
    let provenance = Recipe::dsse_v2().make().bundle;
    let parsed: serde_json::Value = serde_json::from_slice(&provenance).unwrap();
    let payload = from_base64(parsed["dsseEnvelope"]["payload"].as_str().unwrap());
    let joined = |digest: Vec<u8>| {
        let inputs = serde_json::json!([{ "digest": { "sha256": hex(&digest) } }]);
        let recipe = summary(move |predicate| predicate["inputAttestations"] = inputs.clone());
        let case = recipe.make();
        let further = [("provenance.json", provenance.clone())];
        let custody = custody(answer(&question(&case), &material(&case, &further)).unwrap());
        let edges = custody.graph.edges.iter();
        let found = edges.filter(|edge| edge.label == "judged in").map(|edge| edge.state).collect::<Vec<_>>();
        let says = custody.statements[0].says.iter().any(|said| said.name == "Made from, at hand");
        (found, says)
    };
    let of = |bytes: &[u8]| Hash::Sha256.of(bytes);
    assert_eq!(joined(of(&provenance)), (vec![EdgeState::Match], true));
    assert_eq!(joined(of(&payload)), (vec![EdgeState::Match], true));
    assert_eq!(joined(of(b"another file")), (Vec::new(), false));
}
