//! A chain of custody in memory: bundles made by the testkit, verified by the core, laid end to end.

use serde_json::{Value, json};
use touchstone_crypto::RustCrypto;
use touchstone_custody::{
    Artifact, Custody, Cut, Drawn, Evidence, Held, Identity, Input, Membership, Parties, Record, StageId, Unproven,
    Verifier, Why, built_in_verifiers, custody,
};
use touchstone_formats::bundle::Bundle;
use touchstone_formats::statement::Statement;
use touchstone_testkit::ca::{COMMIT, ISSUER, REPOSITORY, San, WORKFLOW};
use touchstone_testkit::keys::Hash;
use touchstone_testkit::recipe::ARTIFACT;
use touchstone_testkit::{Recipe, change, encoding};
use touchstone_trust::{Instance, TrustedRoot};
use touchstone_verify::{
    Artifact as Asked, BuilderEntry, BuilderKind, BuilderSigner, Outcome, Policy, Report, SignerPolicy, TextMatch,
    Trust, verify,
};

/// A commit that is in no good chain.
pub(crate) const OTHER_COMMIT: &str = "1111111111111111111111111111111111111111";
/// Name of the source verifier on the built-in list.
pub(crate) const SOURCE_SIGNER: &str =
    "https://github.com/slsa-framework/source-actions/.github/workflows/compute_slsa_source.yml@refs/heads/main";
/// Its `verifier.id`.
pub(crate) const SOURCE_VERIFIER: &str = "https://github.com/slsa-framework/source-actions";
/// A workflow that nobody named.
pub(crate) const STRANGER: &str = "https://github.com/stranger/tool/.github/workflows/sign.yml@refs/heads/main";
/// A builder that [`World::listed`] lists.
pub(crate) const BUILDER: &str =
    "https://github.com/touchstone-test/builder/.github/workflows/build.yml@refs/tags/v1.0.0";

/// How a statement is held.
pub(crate) enum How {
    Asked,
    Open,
    Further,
    /// The signature is broken: a check fails.
    Failed,
    Unsigned,
}

/// One piece of evidence: who signs, when, what.
pub(crate) struct Piece {
    pub(crate) name: &'static str,
    pub(crate) how: How,
    pub(crate) san: San,
    pub(crate) claims: Vec<(u32, String)>,
    pub(crate) without: Vec<u32>,
    pub(crate) github: bool,
    pub(crate) key: bool,
    pub(crate) seconds: i64,
    pub(crate) statement: Value,
}

pub(crate) fn piece(name: &'static str, signer: &str, statement: Value) -> Piece {
    Piece {
        name,
        how: How::Further,
        san: San::Uri(signer.to_owned()),
        // A job that calls no other workflow is its own signer (C-8).
        claims: vec![(9, signer.to_owned())],
        without: Vec::new(),
        github: false,
        key: false,
        seconds: 0,
        statement,
    }
}

impl Piece {
    pub(crate) fn how(mut self, how: How) -> Self {
        self.how = how;
        self
    }

    pub(crate) fn at(mut self, seconds: i64) -> Self {
        self.seconds = seconds;
        self
    }

    pub(crate) fn claim(mut self, arc: u32, text: &str) -> Self {
        self.claims.push((arc, text.to_owned()));
        self
    }

    pub(crate) fn without(mut self, arc: u32) -> Self {
        self.without.push(arc);
        self
    }

    pub(crate) fn edit(mut self, change: impl FnOnce(&mut Value)) -> Self {
        change(&mut self.statement);
        self
    }

    fn report(&self, listed: &[(&'static str, u8)]) -> Report {
        let mut recipe = match (self.github, self.key) {
            (true, _) => Recipe::github(),
            (_, true) => Recipe { dsse: true, ..Recipe::managed() },
            _ => Recipe::dsse_v2(),
        };
        recipe.leaf.san = Some(vec![self.san.clone()]);
        if self.github {
            recipe.leaf.extensions.clear();
        } else {
            self.claims.iter().for_each(|(arc, text)| recipe.leaf.claim(*arc, text));
            self.without.iter().for_each(|arc| recipe.leaf.without_claim(*arc));
        }
        for stamp in &mut recipe.timestamps {
            stamp.gen_time += self.seconds;
        }
        let statement = self.statement.clone();
        recipe.statement.push(change(move |written| *written = statement.clone()));
        if matches!(self.how, How::Failed) {
            recipe.signature.push(change(|signature: &mut Vec<u8>| touchstone_testkit::flip_last_bit(signature)));
        }
        if self.key {
            recipe.entries =
                vec![touchstone_testkit::rekor::EntryRecipe::v1(touchstone_testkit::rekor::EntryKind::DsseV001)];
        }
        let case = recipe.make();
        let instance = match (self.github, self.key) {
            (true, _) => Instance::GitHub,
            (_, true) => Instance::Custom,
            _ => Instance::PublicGood,
        };
        let roots = TrustedRoot::read_many(&case.trusted_root, instance, "testkit").unwrap();
        let bundle = Bundle::parse(&case.bundle).unwrap();
        let key = case.key.as_ref().map(|pem| touchstone_verify::ManagedKey {
            key: touchstone_crypto::PublicKey::from_pem(pem).unwrap(),
            scheme: None,
            valid_from: None,
            valid_until: None,
            form: touchstone_verify::SignedForm::default(),
            built_in: false,
        });
        let signer = match self.how {
            How::Asked | How::Open if !self.key => named(),
            _ => SignerPolicy::Anybody(key.map(Into::into).unwrap_or_default()),
        };
        let asked = match self.how {
            How::Asked => Asked::Bytes(ARTIFACT),
            _ => Asked::Waived,
        };
        let mut policy = Policy { signer, ..Policy::default() };
        for (name, level) in listed {
            policy.builders.add(BuilderEntry {
                name: "a builder of the test".to_owned(),
                kind: BuilderKind::Own,
                signer: BuilderSigner::Certificate {
                    identity: TextMatch::Exact((*name).to_owned()),
                    issuer: Some(ISSUER.to_owned()),
                },
                builder_id: None,
                build_types: Vec::new(),
                max_level: *level,
            });
        }
        let report = verify(Ok(&bundle), &asked, Trust::Roots(&roots), &policy, &RustCrypto);
        let failed: Vec<_> = report.findings.iter().filter(|finding| finding.failed()).collect();
        assert_eq!(report.verified.is_none(), matches!(self.how, How::Failed), "{}: {failed:#?}", self.name);
        report
    }
}

/// Signed by somebody whom nobody named, and honest about it: certificate and provenance agree (E-31).
pub(crate) fn stranger(mut piece: Piece) -> Piece {
    piece.github = false;
    piece.san = San::Uri(STRANGER.to_owned());
    piece.claim(9, STRANGER).how(How::Further).edit(|said| {
        if let Some(builder) = said.pointer_mut("/predicate/runDetails/builder") {
            *builder = json!({ "id": STRANGER });
        }
    })
}

/// The signer that the person of these tests names.
pub(crate) fn named() -> SignerPolicy {
    SignerPolicy::Certificate {
        identity: TextMatch::Exact(WORKFLOW.to_owned()),
        issuer: Some(TextMatch::Exact(ISSUER.to_owned())),
    }
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    encoding::hex(&Hash::Sha256.of(bytes))
}

pub(crate) fn sha512(bytes: &[u8]) -> String {
    encoding::hex(&Hash::Sha512.of(bytes))
}

pub(crate) fn file(hex: &str) -> Identity {
    Identity::of_file("sha256", hex).unwrap()
}

/// Stands for the digest of the file of the piece of this name.
pub(crate) fn bytes_of(name: &str) -> String {
    sha256(format!("the file {name}").as_bytes())
}

/// Everything that goes into one chain.
pub(crate) struct World {
    pub(crate) artifact: Option<Artifact>,
    pub(crate) pieces: Vec<Piece>,
    pub(crate) records: Vec<(&'static str, Record<'static>)>,
    pub(crate) memberships: Vec<Membership>,
    pub(crate) resource: Option<String>,
    pub(crate) listed: Vec<(&'static str, u8)>,
    pub(crate) verifiers: Vec<Verifier>,
    pub(crate) cut: Option<Cut>,
    pub(crate) named: SignerPolicy,
}

impl World {
    /// The artifact, and nothing about it.
    pub(crate) fn empty() -> Self {
        Self {
            artifact: Some(Artifact {
                name: "release.tar.gz".to_owned(),
                digests: vec![file(&sha256(ARTIFACT))],
                computed: true,
            }),
            pieces: Vec::new(),
            records: Vec::new(),
            memberships: Vec::new(),
            resource: None,
            listed: Vec::new(),
            verifiers: built_in_verifiers(),
            cut: None,
            named: named(),
        }
    }

    /// Everything answered that can be: provenance, source summary, release, approval, pods.
    pub(crate) fn good() -> Self {
        Self { pieces: vec![provenance().how(How::Asked), summary(), release(), approval()], ..Self::empty() }
    }

    pub(crate) fn with(mut self, piece: Piece) -> Self {
        self.pieces.push(piece);
        self
    }

    /// Replaces the piece of that name.
    pub(crate) fn instead(mut self, piece: Piece) -> Self {
        let place = self.pieces.iter().position(|known| known.name == piece.name).expect("a piece of that name");
        self.pieces[place] = piece;
        self
    }

    pub(crate) fn without(mut self, name: &str) -> Self {
        self.pieces.retain(|piece| piece.name != name);
        self
    }

    /// Changes the piece of that name.
    pub(crate) fn change(mut self, name: &str, change: impl FnOnce(Piece) -> Piece) -> Self {
        let place = self.pieces.iter().position(|known| known.name == name).expect("a piece of that name");
        let piece = self.pieces.remove(place);
        self.pieces.insert(place, change(piece));
        self
    }

    pub(crate) fn lay(&self) -> Custody {
        let reports: Vec<Option<Report>> = self
            .pieces
            .iter()
            .map(|piece| (!matches!(piece.how, How::Unsigned)).then(|| piece.report(&self.listed)))
            .collect();
        let unsigned: Vec<Option<Statement>> = self
            .pieces
            .iter()
            .map(|piece| {
                matches!(piece.how, How::Unsigned)
                    .then(|| Statement::parse(piece.statement.to_string().as_bytes()).unwrap())
            })
            .collect();
        let mut evidence = Vec::new();
        for ((piece, report), statement) in self.pieces.iter().zip(&reports).zip(&unsigned) {
            let held = match (&piece.how, report, statement) {
                (How::Unsigned, _, Some(statement)) => Held::Record(Record::Statement(statement)),
                (How::Asked, Some(report), _) => Held::Asked(report.verified.as_ref().unwrap()),
                (How::Open, Some(report), _) => Held::Open(report.verified.as_ref().unwrap()),
                (How::Further, Some(report), _) => Held::Further(report.verified.as_ref().unwrap()),
                (_, Some(report), _) => Held::Unproven(Unproven {
                    statement: report.reading.statement.as_ref(),
                    claims: report.reading.claims.as_ref(),
                    certified: report
                        .findings
                        .iter()
                        .any(|one| one.check.id == "chain" && matches!(one.outcome, Outcome::Passed(_))),
                    signer: WORKFLOW.to_owned(),
                    why: Why::Failed,
                    reason: "A check failed.".to_owned(),
                    asked: false,
                    denies: piece.statement.pointer("/predicate/verificationResult") == Some(&json!("FAILED")),
                }),
                _ => unreachable!(),
            };
            let digests = vec![file(&bytes_of(piece.name))];
            evidence.push(Evidence { name: piece.name.to_owned(), held, digests });
        }
        for (name, record) in &self.records {
            let held = Held::Record(again(record));
            evidence.push(Evidence { name: (*name).to_owned(), held, digests: Vec::new() });
        }
        let named = &self.named;
        let input = Input {
            artifact: self.artifact.clone(),
            evidence,
            memberships: self.memberships.clone(),
            parties: Parties { named: Some(named), verifiers: self.verifiers.clone(), resource: self.resource.clone() },
            cut: self.cut.clone(),
        };
        custody(&input)
    }
}

fn again(record: &Record<'static>) -> Record<'static> {
    match record {
        Record::Statement(statement) => Record::Statement(statement),
        Record::Bill(bill) => Record::Bill(bill),
        Record::Deployed(all) => Record::Deployed(all.clone()),
        Record::List(name) => Record::List(name),
        Record::Other(kind) => Record::Other(kind.clone()),
    }
}

pub(crate) fn statement(subject: Value, predicate_type: &str, predicate: Value) -> Value {
    json!({
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [subject],
        "predicateType": predicate_type,
        "predicate": predicate,
    })
}

pub(crate) fn subject() -> Value {
    json!({ "name": "release.tar.gz", "digest": { "sha256": sha256(ARTIFACT) } })
}

/// What GitHub's attestations say (E-8), as the good leaf has it.
pub(crate) fn provenance() -> Piece {
    let predicate = json!({
        "buildDefinition": {
            "buildType": "https://actions.github.io/buildtypes/workflow/v1",
            "externalParameters": { "workflow": {
                "repository": REPOSITORY, "ref": "refs/heads/main", "path": ".github/workflows/release.yml" } },
            "internalParameters": { "github": {
                "event_name": "workflow_dispatch", "repository_id": "632596897",
                "repository_owner_id": "131804563", "runner_environment": "github-hosted" } },
            "resolvedDependencies": [
                { "uri": format!("git+{REPOSITORY}@refs/heads/main"), "digest": { "gitCommit": COMMIT } } ],
        },
        "runDetails": {
            "builder": { "id": WORKFLOW },
            "metadata": { "invocationId":
                "https://github.com/touchstone-test/beacon/actions/runs/15609877086/attempts/1" } },
    });
    piece("provenance", WORKFLOW, statement(subject(), "https://slsa.dev/provenance/v1", predicate))
}

/// Provenance v0.2 with everything that the first draft asks of it.
pub(crate) fn old_provenance() -> Piece {
    let predicate = json!({
        "builder": { "id": WORKFLOW },
        "buildType": "https://touchstone.test/build/v1",
        "invocation": {
            "configSource": { "uri": format!("git+{REPOSITORY}@refs/heads/main"), "digest": { "sha1": COMMIT },
                              "entryPoint": ".github/workflows/release.yml" },
            "parameters": {}, "environment": {} },
        "metadata": { "buildInvocationId": "15609877086-1", "reproducible": true,
                      "completeness": { "parameters": true, "environment": true, "materials": true } },
        "materials": [ { "uri": format!("git+{REPOSITORY}@refs/heads/main"), "digest": { "sha1": COMMIT } } ],
    });
    piece("provenance", WORKFLOW, statement(subject(), "https://slsa.dev/provenance/v0.2", predicate))
}

/// A source summary by the verifier on the list.
pub(crate) fn summary() -> Piece {
    summary_of(&["SLSA_SOURCE_LEVEL_3"])
}

pub(crate) fn summary_of(levels: &[&str]) -> Piece {
    let predicate = json!({
        "verifier": { "id": SOURCE_VERIFIER },
        "timeVerified": "2025-06-12T12:00:00Z",
        "resourceUri": format!("git+{REPOSITORY}"),
        "policy": { "uri": "https://touchstone.test/policy" },
        "verificationResult": "PASSED",
        "verifiedLevels": levels,
    });
    let subject = json!({ "digest": { "gitCommit": COMMIT }, "annotations": { "source_refs": ["refs/heads/main"] } });
    piece("summary", SOURCE_SIGNER, statement(subject, "https://slsa.dev/verification_summary/v1", predicate))
}

/// A build summary by a gate that the person relies on.
pub(crate) fn gate(levels: &[&str]) -> Piece {
    let predicate = json!({
        "verifier": { "id": "https://touchstone.test/gate" },
        "timeVerified": "2025-06-12T12:00:00Z",
        "resourceUri": "https://touchstone.test/production",
        "policy": { "uri": "https://touchstone.test/policy" },
        "verificationResult": "PASSED",
        "verifiedLevels": levels,
    });
    piece("gate", WORKFLOW, statement(subject(), "https://slsa.dev/verification_summary/v1", predicate))
}

/// The pair that makes the gate a verifier.
pub(crate) fn gate_pair() -> Verifier {
    Verifier {
        signer: touchstone_custody::VerifierSigner::Named,
        id: "https://touchstone.test/gate".to_owned(),
        because: "the verifier that you named".to_owned(),
    }
}

/// GitHub's release of the artifact, whose tag is the commit.
pub(crate) fn release() -> Piece {
    let predicate = json!({
        "ownerId": "131804563", "packageId": "1", "databaseId": "2", "purl": "pkg:github/touchstone-test/beacon@v1.2.3",
        "repository": "touchstone-test/beacon", "repositoryId": "632596897", "tag": "v1.2.3",
    });
    let mut said = statement(subject(), "https://in-toto.io/attestation/release/v0.2", predicate);
    let tag = json!({ "uri": "pkg:github/touchstone-test/beacon@v1.2.3", "digest": { "sha1": COMMIT } });
    said["subject"] = json!([tag, subject()]);
    let mut release = piece("release", "https://dotcom.releases.github.com", said);
    release.github = true;
    release
}

/// An approval by the signer that was named.
pub(crate) fn approval() -> Piece {
    let predicate = json!({
        "creationTime": "2025-06-12T12:00:00Z",
        "decisionDetails": { "evidence": [], "policy": [] },
        "scopes": { "kubernetes.io/pod/namespace/v1": "web" },
    });
    piece("approval", WORKFLOW, statement(subject(), "https://slsa.dev/deployment/v0.1", predicate)).at(2)
}

/// The line between two stages.
pub(crate) fn line(custody: &Custody, from: StageId, to: StageId) -> Option<&touchstone_custody::Edge> {
    custody.edges.iter().find(|edge| edge.from == from && edge.to == to)
}

pub(crate) fn is_solid(custody: &Custody, from: StageId, to: StageId) -> bool {
    line(custody, from, to).is_some_and(|edge| matches!(edge.drawn, Drawn::Match(_)))
}

/// Solid lines of the picture between two things with a digest, as (from, to, label).
pub(crate) fn solid(custody: &Custody) -> Vec<(String, String, &'static str)> {
    let name = |index: usize| {
        let node = &custody.graph.nodes[index];
        node.identity.as_ref().map_or_else(|| node.label.clone(), ToString::to_string)
    };
    custody
        .graph
        .edges
        .iter()
        .filter(|edge| matches!(edge.drawn, Drawn::Match(_)))
        .map(|edge| (name(edge.from), name(edge.to), edge.label))
        .collect()
}

/// The answer to a question.
pub(crate) fn answer<'c>(custody: &'c Custody, id: &str) -> &'c touchstone_custody::Answer {
    custody.stages.iter().flat_map(|stage| &stage.answers).find(|answer| answer.id == id).expect("a question")
}

pub(crate) fn is_proven(custody: &Custody, id: &str) -> bool {
    matches!(answer(custody, id).strength, touchstone_custody::Strength::Proven(_))
}

/// A plain bill of materials, as CycloneDX: (name, purl, SHA-256).
pub(crate) fn bill(components: &[(String, String, Option<String>)]) -> touchstone_formats::sbom::Sbom {
    let components: Vec<Value> = components
        .iter()
        .map(|(name, purl, hex)| {
            let mut component = json!({ "type": "library", "name": name, "version": "1" });
            if !purl.is_empty() {
                component["purl"] = json!(purl);
            }
            if let Some(hex) = hex {
                component["hashes"] = json!([{ "alg": "SHA-256", "content": hex }]);
            }
            component
        })
        .collect();
    let document = json!({ "bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components });
    touchstone_formats::sbom::Sbom::parse(document.to_string().as_bytes()).unwrap()
}
