//! Documents for the gallery and the snapshots: each verdict, each state of a check, and hostile text.

#![allow(dead_code, reason = "shared by the tests and the gallery, which use different parts")]

pub(crate) mod components;
pub(crate) mod custody;

use touchstone_report::document::{
    Action, Artifact, Check, Document, Evidence, Fact, Given, Item, NamedDigest, NamedValue, Open, Outcome, Policy,
    Raw, Row, SCHEMA, Signer, State, Table, Verdict, Voucher, World,
};

pub(crate) const IDENTITY: &str = "https://github.com/aldersea/lantern/.github/workflows/release.yml@refs/tags/v2.8.1";
pub(crate) const ISSUER: &str = "https://token.actions.githubusercontent.com";
pub(crate) const DIGEST: &str = "a78cfdb8d32ea9de51772941a09df7bde9f56e60d333b69cd5235a628d28b801";

/// Every required check passed, for the signer that was named.
pub(crate) fn verified() -> Document {
    Document {
        schema: SCHEMA.to_owned(),
        tool: "touchstone 0.1.0".to_owned(),
        verdict: verdict(
            Outcome::Verified,
            "Verified",
            "lantern-linux-amd64 is byte for byte the file that workflow release.yml of aldersea/lantern signed.",
            "That is the signer you said to expect.",
            "13 of 14 checks passed, 1 not present",
        ),
        given: vec![
            given("lantern-linux-amd64", "file", 48_612_345),
            given("lantern-linux-amd64.sigstore.json", "Sigstore bundle v0.3", 11_204),
        ],
        artifact: Some(Artifact {
            name: "lantern-linux-amd64".to_owned(),
            size: Some(48_612_345),
            digests: vec![NamedDigest { algorithm: "sha256".to_owned(), hex: DIGEST.to_owned() }],
            computed: true,
        }),
        signer: Some(signer(IDENTITY, true)),
        world: Some(World {
            name: "Sigstore public good".to_owned(),
            source: "built in, trusted root of 2026-08-12".to_owned(),
            chosen: "The log entry is in a log that this root names.".to_owned(),
            lacks: Vec::new(),
        }),
        policy: Policy {
            lines: vec![line("Signer", &format!("exactly {IDENTITY}")), line("Issuer", &format!("exactly {ISSUER}"))],
        },
        checks: checks(),
        facts: facts(),
        evidence: evidence(),
        shows: sentences(&[
            "The bytes you have are the bytes that were signed.",
            "The workflow release.yml of aldersea/lantern asked for the signature.",
            "The signature was entered in a public log while its certificate was valid.",
        ]),
        does_not_show: sentences(&[
            "That the program does what you want, or has no flaws.",
            "That a second person reviewed the change. Nobody states it.",
        ]),
        to_do: Vec::new(),
        notes: Vec::new(),
        custody: Some(custody::full()),
    }
}

/// A chain of more things and inputs than fit a screen.
pub(crate) fn many(nodes: usize, inputs: usize) -> Document {
    let mut document = verified();
    if let Some(custody) = &mut document.custody {
        custody.graph = custody::graph(nodes);
        custody.inputs = custody::many_inputs(inputs);
    }
    document
}

/// The same with nobody named, on purpose.
pub(crate) fn waived() -> Document {
    let mut document = verified();
    document.verdict.title = "Verified, 1 check waived".to_owned();
    document.verdict.detail = "You accepted any signer.".to_owned();
    document.verdict.waived = vec!["Signer".to_owned()];
    document.verdict.counts = "12 of 14 checks passed, 1 waived, 1 not present".to_owned();
    document.policy.lines = vec![line("Signer", "anybody, on purpose")];
    set(&mut document, "identity", State::Waived, "You accepted any signer");
    set(&mut document, "issuer", State::NotAsked, "You named no issuer");
    document.notes = sentences(&[
        "The bundle holds a field “hashAlgorithmHint” that no check covers.",
        "The log’s checkpoint has 1 further signature by a witness that the trusted root does not name.",
    ]);
    document
}

/// Nobody was named.
pub(crate) fn incomplete_signer() -> Document {
    let mut document = verified();
    document.verdict = verdict(
        Outcome::Incomplete,
        "Incomplete",
        "The signature verifies. The certificate names this signer: workflow release.yml of aldersea/lantern.",
        "One thing is open:",
        "11 of 14 checks passed, 2 not asked, 1 not present",
    );
    document.verdict.open =
        vec![open("signer", "You have not said who should have signed it.", "Name the signer you expect.")];
    document.shows = Vec::new();
    document.custody = Some(custody::gaps());
    document.policy = Policy::default();
    set(&mut document, "identity", State::NotAsked, "You named no signer, so there is nothing to compare");
    set(&mut document, "issuer", State::NotAsked, "You named no issuer");
    document
}

/// A bundle alone.
pub(crate) fn incomplete_artifact() -> Document {
    let mut document = incomplete_signer();
    document.verdict.sentence = "The signature verifies.".to_owned();
    document.verdict.detail = "2 things are open:".to_owned();
    document.verdict.counts = "10 of 14 checks passed, 3 not asked, 1 not present".to_owned();
    document.verdict.open.insert(
        0,
        open("artifact", "You have not given the file that this signature is about.", "Give the file, or its digest."),
    );
    document.artifact = None;
    document.given.remove(0);
    document.facts.retain(|fact| fact.stage != "artifact" || fact.check != "artifact-digest");
    set(&mut document, "artifact-digest", State::NotAsked, "You gave no file to compare with");
    document
}

/// Two failures, two blocked checks, and text that hides something.
pub(crate) fn rejected() -> Document {
    let found = IDENTITY.replace("aldersea", "a1dersea");
    let mut document = verified();
    document.verdict = verdict(
        Outcome::Rejected,
        "Rejected",
        "Do not open or run this file.",
        "It is not the file that was signed, and the signature is not by the signer you expect.",
        "2 of 14 checks failed, 2 could not run because of them",
    );
    document.verdict.failed = vec!["artifact-digest".to_owned(), "identity".to_owned()];
    document.signer =
        Some(Signer { short: "workflow release.yml of a1dersea/lantern".to_owned(), ..signer(&found, true) });
    document.facts = Vec::new();
    document.shows = Vec::new();
    document.custody = Some(custody::cut());
    document.given =
        vec![given("lantern-\u{202e}46dma-xunil.exe", "file", 48_612_346), given("", "Sigstore bundle v0.3", 11_204)];
    document.to_do = vec![
        action("Leave the file closed, and delete it.", "Opening it to see what happens is the risk."),
        action(
            "Download again from the project itself.",
            "Type its address or use a bookmark. Do not use links from this download.",
        ),
        action(
            "If the new download is rejected too, tell the project.",
            "The report holds both digests and the signer, and none of the file.",
        ),
    ];
    fail_digest(&mut document);
    fail_identity(&mut document, &found);
    set(&mut document, "statement", State::Blocked, "Blocked by Artifact digest: it describes other files");
    set(&mut document, "issuer", State::Blocked, "Blocked by Signer");
    for (id, blocker) in [("statement", "artifact-digest"), ("issuer", "identity")] {
        if let Some(check) = document.checks.iter_mut().find(|check| check.id == id) {
            check.blocked_by = blocker.to_owned();
        }
    }
    document
}

fn fail_digest(document: &mut Document) {
    set(
        document,
        "artifact-digest",
        State::Failed,
        "The signed statement lists 6 files by digest. The file you gave has none of those digests.",
    );
    let Some(check) = document.checks.iter_mut().find(|check| check.id == "artifact-digest") else {
        return;
    };
    check.headline = "This is not a file that was signed".to_owned();
    check.expected = "f6a66ac1ba1453ed00b8a21f1defd617a941ec87106758c45a606ebfe79e1557".to_owned();
    check.found = "f5226a9b0d801be18983eefea46e7a595c075b94ef11b03d506b6476a4b32896".to_owned();
    check.place = "$.dsseEnvelope.payload.subject[0].digest.sha256".to_owned();
    check.code = "artifact-digest-differs".to_owned();
    check.why =
        "Some bytes differ. The file was changed after signing, or it is another file under the same name.".to_owned();
    check.harmless = sentences(&[
        "the download stopped early",
        "it was unpacked or compressed again",
        "the bundle belongs to another version",
    ]);
    check.to_do = "Download again from the project itself.".to_owned();
}

fn fail_identity(document: &mut Document, found: &str) {
    set(
        document,
        "identity",
        State::Failed,
        "The signature is real, but it was made by another signer than the one you named.",
    );
    let Some(check) = document.checks.iter_mut().find(|check| check.id == "identity") else {
        return;
    };
    check.headline = "It was signed by someone else".to_owned();
    check.expected = IDENTITY.to_owned();
    check.found = found.to_owned();
    check.code = "identity-differs".to_owned();
    check.why = "Anyone can sign with an account of their own, and the checks of such a signature succeed. Only the name says whether it is the right one.".to_owned();
    check.harmless =
        sentences(&["the project moved to a new account and says so on its site", "you are using a fork on purpose"]);
    check.to_do = "Compare the name with the one on the project’s own site.".to_owned();
}

fn verdict(outcome: Outcome, title: &str, sentence: &str, detail: &str, counts: &str) -> Verdict {
    Verdict {
        outcome,
        title: title.to_owned(),
        sentence: sentence.to_owned(),
        detail: detail.to_owned(),
        open: Vec::new(),
        waived: Vec::new(),
        counts: counts.to_owned(),
        failed: Vec::new(),
    }
}

fn checks() -> Vec<Check> {
    let mut all: Vec<Check> = [
        ("bundle-form", "bundle", "Form of the bundle", "Version 0.3, every field well formed"),
        ("trusted-root", "bundle", "Trusted root", "Sigstore public good names the log and the authority"),
        ("entry", "log", "Entry matches the bundle", "Digest, signature and certificate are those of the bundle"),
        ("inclusion-promise", "log", "Log’s promise", "Signed by the log"),
        ("inclusion-proof", "log", "Inclusion proof", "The entry is in the log of 1 482 906 117 entries"),
        ("timestamp", "time", "Timestamp", "timestamp.sigstore.dev says 14 Aug 2026, 14:02:11 UTC"),
        ("signing-time", "time", "Signing time", "14 Aug 2026, 14:02:11 UTC"),
        ("chain", "certificate", "Chain", "From the certificate to an authority of the trusted root"),
        ("sct", "certificate", "Certificate log", "1 certificate log promises to list the certificate"),
        ("signature", "content", "Signature", "The signature over the statement verifies"),
        ("statement", "content", "Statement", "in-toto v1, 6 files"),
        ("artifact-digest", "content", "Artifact digest", "Your file is one of the 6 files of the statement"),
        ("identity", "expected", "Signer", "The name in the certificate is the one you named"),
        ("issuer", "expected", "Issuer", "The issuer is the one you named"),
    ]
    .into_iter()
    .map(|(id, group, title, summary)| check(id, group, title, summary))
    .collect();
    if let Some(promise) = all.iter_mut().find(|check| check.id == "inclusion-promise") {
        promise.state = State::NotPresent;
        promise.summary = "The bundle holds no promise; the inclusion proof stands in for it".to_owned();
    }
    if let Some(timestamp) = all.iter_mut().find(|check| check.id == "timestamp") {
        timestamp.items = vec![Item {
            place: "$.verificationMaterial.timestampVerificationData.rfc3161Timestamps[0]".to_owned(),
            state: State::Passed,
            summary: "14 Aug 2026, 14:02:11 UTC by timestamp.sigstore.dev".to_owned(),
        }];
    }
    all
}

fn check(id: &str, group: &str, title: &str, summary: &str) -> Check {
    Check {
        id: id.to_owned(),
        group: group.to_owned(),
        title: title.to_owned(),
        state: State::Passed,
        summary: summary.to_owned(),
        headline: String::new(),
        expected: String::new(),
        found: String::new(),
        place: String::new(),
        code: String::new(),
        blocked_by: String::new(),
        what: format!("What is compared for “{title}”."),
        why: "Everything else in the bundle speaks only about the files that it names.".to_owned(),
        harmless: Vec::new(),
        to_do: String::new(),
        specification: "Sigstore client specification §4.3 (B-36)".to_owned(),
        items: Vec::new(),
    }
}

fn set(document: &mut Document, id: &str, state: State, summary: &str) {
    if let Some(check) = document.checks.iter_mut().find(|check| check.id == id) {
        check.state = state;
        check.summary = summary.to_owned();
    }
}

fn facts() -> Vec<Fact> {
    use Voucher::{CertificateAuthority, ThisBrowser, TimestampAuthority, TransparencyLog};
    [
        ("source", "Repository", "https://github.com/aldersea/lantern", &[CertificateAuthority][..], "chain"),
        ("source", "Commit", "9409f67bd4a0b4c1ff7a1f2b8d2a1a8f0c3e5d77", &[CertificateAuthority], "chain"),
        ("build", "Workflow", IDENTITY, &[CertificateAuthority], "chain"),
        ("build", "Runner", "github-hosted", &[CertificateAuthority], "chain"),
        ("artifact", "SHA-256", DIGEST, &[ThisBrowser, Voucher::Builder], "artifact-digest"),
        ("artifact", "Signed on", "14 Aug 2026, 14:02:11 UTC", &[TimestampAuthority], "signing-time"),
        ("artifact", "Log entry", "1 482 906 117", &[TransparencyLog], "inclusion-proof"),
    ]
    .into_iter()
    .map(|(stage, name, value, vouchers, check)| Fact {
        stage: stage.to_owned(),
        name: name.to_owned(),
        value: value.to_owned(),
        vouchers: vouchers.to_vec(),
        check: check.to_owned(),
    })
    .collect()
}

fn evidence() -> Evidence {
    let bundle = "{\n  \"mediaType\": \"application/vnd.dev.sigstore.bundle.v0.3+json\",\n  \"verificationMaterial\": { \"certificate\": { \"rawBytes\": \"MIIG3zCCBmWgAwIBAgIUY8VPVgdrLyeuP6lWeI4UUNlkyzEwCgYIKoZIzj0EAwMwNzEVMBMGA1UEChMMc2lnc3RvcmUuZGV2\" } }\n}\n";
    Evidence {
        certificate: Some(table(
            "Signing certificate",
            &[
                ("Subject alternative name", IDENTITY, "2.5.29.17"),
                ("OIDC issuer", ISSUER, "1.3.6.1.4.1.57264.1.8"),
                ("Source Repository URI", "https://github.com/aldersea/lantern", "1.3.6.1.4.1.57264.1.12"),
                ("Not before", "14 Aug 2026, 14:02:09 UTC", ""),
            ],
        )),
        log_entries: vec![table(
            "Entry 1",
            &[("Log index", "1 482 906 117", "$.verificationMaterial.tlogEntries[0].logIndex")],
        )],
        timestamps: Vec::new(),
        statement: Some(table("in-toto statement", &[("Subject 1", DIGEST, "$.subject[0].digest.sha256")])),
        raw: vec![Raw { title: "Bundle".to_owned(), format: "json".to_owned(), text: bundle.to_owned() }],
    }
}

fn table(title: &str, rows: &[(&str, &str, &str)]) -> Table {
    let row = |&(name, value, reference): &(&str, &str, &str)| Row {
        name: name.to_owned(),
        value: value.to_owned(),
        reference: reference.to_owned(),
    };
    Table { title: title.to_owned(), rows: rows.iter().map(row).collect() }
}

fn signer(identity: &str, proven: bool) -> Signer {
    Signer {
        kind: "workflow".to_owned(),
        identity: identity.to_owned(),
        identity_kind: "URI".to_owned(),
        issuer: Some(ISSUER.to_owned()),
        short: "workflow release.yml of aldersea/lantern".to_owned(),
        proven,
    }
}

fn given(name: &str, recognised_as: &str, size: u64) -> Given {
    Given { name: name.to_owned(), recognised_as: recognised_as.to_owned(), size: Some(size) }
}

fn open(kind: &str, sentence: &str, to_do: &str) -> Open {
    Open { kind: kind.to_owned(), sentence: sentence.to_owned(), to_do: to_do.to_owned() }
}

fn action(title: &str, detail: &str) -> Action {
    Action { title: title.to_owned(), detail: detail.to_owned() }
}

fn line(name: &str, value: &str) -> NamedValue {
    NamedValue { name: name.to_owned(), value: value.to_owned() }
}

fn sentences(all: &[&str]) -> Vec<String> {
    all.iter().map(|&sentence| sentence.to_owned()).collect()
}
