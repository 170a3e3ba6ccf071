//! Three chains as a document: one that holds throughout, one that ends at another file, one that is mostly gaps.

use touchstone_report::document::custody::*;
use touchstone_report::document::{Action, NamedValue, State, Voucher};

pub(crate) const COMMIT: &str = "9409f67978ae26c21e9c9fcd3e302ffe0a9f4664";
pub(crate) const DIGEST: &str = "sha256:a78cfdb8d32ea9de51772941a09df7bde9f56e60d333b69cd5235a628d28b801";
pub(crate) const OTHER_DIGEST: &str = "sha256:f5226a9b0d801be18983eefea46e7a595c075b94ef11b03d506b6476a4b32896";

/// Every question has an answer but who reviewed, whether the inputs are all, and what runs.
pub(crate) fn whole() -> Custody {
    Custody {
        stages: vec![
            stage("source", StageState::Answered, "acme/app at v1.2.3", source(Strength::Proven)),
            stage("build", StageState::Answered, "GitHub Actions, release.yml on a GitHub-hosted runner", build()),
            stage("artifact", StageState::Answered, "app-linux-amd64, 48.6 MB", artifact()),
            stage("deploy", StageState::Answered, "Asset of GitHub release v1.2.3", deploy()),
        ],
        edges: vec![
            edge(
                "source",
                "build",
                EdgeState::Match,
                "= commit 9409f67",
                COMMIT,
                "Both statements name this commit of the same repository.",
            ),
            edge(
                "build",
                "artifact",
                EdgeState::Match,
                "= SHA-256 a78cfdb",
                DIGEST,
                "The provenance names the digest of the file you gave.",
            ),
            edge(
                "artifact",
                "deploy",
                EdgeState::Match,
                "= SHA-256 a78cfdb",
                DIGEST,
                "The release lists an asset with this digest.",
            ),
            edge(
                "deploy",
                "source",
                EdgeState::Name,
                "name match only",
                "v1.2.3",
                "Both say v1.2.3, but the release names the tag object, not the commit.",
            ),
        ],
        statements: vec![
            statement("app.sigstore.json", "SLSA provenance v1", Standing::Named),
            statement("release.sigstore.json", "GitHub release", Standing::Relied),
            statement("app.spdx.json", "SPDX bill of materials", Standing::Unsigned),
        ],
        levels: levels(2, 3),
        claims: vec![
            claim("Repository", "https://github.com/acme/app", "https://github.com/acme/app", Agreement::Agree),
            claim("Trigger", "", "push", Agreement::OnlyClaimed),
            claim("Token subject", "repo:acme/app:ref:refs/tags/v1.2.3", "", Agreement::OnlyCertificate),
        ],
        inputs: Inputs {
            rows: vec![
                input("pkg:cargo/serde@1.0.228", "1.0.228", DIGEST, ""),
                input("pkg:cargo/left@0.1.0", "0.1.0", "", "The purl's checksum differs from the digest beside it."),
            ],
            pinned: 1,
            with_provenance: 0,
            summary: "1 of 2 pinned by digest; none has provenance at hand.".to_owned(),
        },
        graph: Graph {
            nodes: vec![
                node("source", "acme/app", &format!("gitCommit:{COMMIT}"), false),
                node("build", "release.yml", "https://github.com/acme/app/actions/runs/1", false),
                node("artifact", "app-linux-amd64", DIGEST, true),
                node("deploy", "v1.2.3", "pkg:github/acme/app@v1.2.3", false),
            ],
            edges: vec![
                join(0, 1, EdgeState::Match, "built from"),
                join(1, 2, EdgeState::Match, "built"),
                join(2, 3, EdgeState::Match, "released as"),
                join(3, 0, EdgeState::Name, "same tag"),
            ],
        },
        warnings: vec![],
        next: vec![action("Give a deployment record", "It would say where the file runs.")],
    }
}

/// The statements form a chain that ends at another file, by another signer.
pub(crate) fn cut() -> Custody {
    let mut custody = whole();
    custody.stages[0].state = StageState::Differs;
    custody.stages[0].answer = "a1me/app at v1.2.3; you expect acme/app".to_owned();
    custody.stages[0].questions = source(Strength::Contradicted);
    custody.stages[0].answered = 1;
    custody.stages[1].state = StageState::Off;
    custody.stages[3] = stage("deploy", StageState::Gap, "Nobody states how it got into use.", gaps("deploy"));
    custody.edges = vec![
        edge("source", "build", EdgeState::Match, "= commit 9409f67", COMMIT, "Both statements name this commit."),
        edge(
            "build",
            "artifact",
            EdgeState::Differs,
            "≠ digest differs",
            &format!("{DIGEST}, {OTHER_DIGEST}"),
            "The provenance names six files, and yours is none of them.",
        ),
        edge(
            "artifact",
            "deploy",
            EdgeState::Gap,
            "no release or deployment record",
            "",
            "No statement names this file.",
        ),
    ];
    custody.claims.push(claim("Ref", "refs/tags/v1.2.3", "refs/heads/main", Agreement::Contradicts));
    custody.statements[0].standing = Standing::Elsewhere;
    custody.statements[1].standing = Standing::Failed;
    custody.levels = levels(0, 0);
    custody.warnings = vec!["Two statements about this digest name different sources.".to_owned()];
    custody
}

/// A file, and nothing that anybody states.
pub(crate) fn sparse() -> Custody {
    Custody {
        stages: vec![
            stage("source", StageState::Gap, "Nobody states where the source came from.", gaps("source")),
            stage("build", StageState::Gap, "Nobody states how it was built.", gaps("build")),
            stage("artifact", StageState::Wait, "app-linux-amd64 is being read.", gaps("artifact")),
            stage("deploy", StageState::Gap, "Nobody states how it got into use.", gaps("deploy")),
        ],
        edges: vec![
            edge("source", "build", EdgeState::Gap, "no provenance", "", "No provenance is at hand."),
            edge("build", "artifact", EdgeState::Wait, "not computed yet", "", "The file is being read."),
            edge(
                "artifact",
                "deploy",
                EdgeState::Name,
                "name match only",
                "app:v1",
                "A record names app:v1, without a digest.",
            ),
        ],
        levels: levels(0, 0),
        ..Custody::default()
    }
}

pub(crate) fn all() -> [(&'static str, Custody); 3] {
    [("whole", whole()), ("cut", cut()), ("sparse", sparse())]
}

fn stage(id: &str, state: StageState, answer: &str, questions: Vec<StageQuestion>) -> Stage {
    let (title, question) = match id {
        "source" => ("Source", "Where did the source come from, and was it reviewed?"),
        "build" => ("Build", "Who built it, how, where, and with which inputs?"),
        "artifact" => ("Artifact", "Is this that file?"),
        _ => ("Deploy", "How did it get into use?"),
    };
    Stage {
        id: id.to_owned(),
        title: title.to_owned(),
        question: question.to_owned(),
        answer: answer.to_owned(),
        state,
        answered: questions.iter().filter(|question| question.strength == Strength::Proven).count(),
        of: questions.len(),
        questions,
    }
}

fn question(id: &str, title: &str, strength: Strength, answer: &str, vouchers: &[Voucher]) -> StageQuestion {
    StageQuestion {
        id: id.to_owned(),
        title: title.to_owned(),
        strength,
        answer: answer.to_owned(),
        vouchers: vouchers.to_vec(),
        check: String::new(),
        statement: (strength == Strength::Proven).then_some(0),
        to_close: if strength == Strength::Proven {
            String::new()
        } else {
            "A summary by a source verifier on your list would say it.".to_owned()
        },
    }
}

fn source(repository: Strength) -> Vec<StageQuestion> {
    let authority = [Voucher::CertificateAuthority, Voucher::Builder];
    vec![
        question("repository", "Repository", repository, "https://github.com/acme/app", &authority),
        question("ref", "Branch or tag", Strength::Proven, "refs/tags/v1.2.3", &authority),
        question("commit", "Commit", Strength::Proven, COMMIT, &authority),
        question("history", "History kept", Strength::Proven, "unbroken since 3 Nov 2025", &[Voucher::Verifier]),
        question(
            "review",
            "Second-person review",
            Strength::Gap,
            "Nobody states whether a second person reviewed the change.",
            &[Voucher::Nobody],
        ),
    ]
}

fn build() -> Vec<StageQuestion> {
    let builder = [Voucher::Builder];
    vec![
        question("system", "Build system", Strength::Proven, "GitHub Actions", &[Voucher::CertificateAuthority]),
        question("recipe", "Recipe", Strength::Proven, ".github/workflows/release.yml", &builder),
        question("runner", "Runner", Strength::Proven, "github-hosted", &[Voucher::CertificateAuthority]),
        question("inputs", "Inputs by digest", Strength::Proven, "412 listed, 409 pinned by digest", &builder),
        question(
            "inputs-complete",
            "Inputs complete",
            Strength::Gap,
            "Nobody states that the list is complete.",
            &[Voucher::Nobody],
        ),
    ]
}

fn artifact() -> Vec<StageQuestion> {
    vec![
        question("bytes", "Same bytes", Strength::Proven, DIGEST, &[Voucher::ThisBrowser, Voucher::Builder]),
        question("signer", "Signer", Strength::Proven, "release.yml of acme/app", &[Voucher::CertificateAuthority]),
        question("time", "Signing time", Strength::Proven, "14 Aug 2026, 14:02:11 UTC", &[Voucher::TimestampAuthority]),
    ]
}

fn deploy() -> Vec<StageQuestion> {
    vec![
        question("released", "Released", Strength::Proven, "Asset of v1.2.3", &[Voucher::Publisher]),
        question("approved", "Approved", Strength::Gap, "Nobody states who approved it.", &[Voucher::Nobody]),
        question(
            "running",
            "Running",
            Strength::NameOnly,
            "A pod names app:v1.2.3, without a digest.",
            &[Voucher::Nobody],
        ),
    ]
}

fn gaps(stage: &str) -> Vec<StageQuestion> {
    let titles: &[&str] = match stage {
        "source" => &["Repository", "Branch or tag", "Commit", "History kept", "Second-person review"],
        "build" => &["Build system", "Recipe", "Runner", "Inputs by digest", "Inputs complete"],
        "artifact" => &["Same bytes", "Signer", "Signing time"],
        _ => &["Released", "Approved", "Running"],
    };
    let gap =
        |title: &&str| question(&title.to_lowercase(), title, Strength::Gap, "Nobody states it.", &[Voucher::Nobody]);
    titles.iter().map(gap).collect()
}

fn edge(from: &str, to: &str, state: EdgeState, label: &str, value: &str, why: &str) -> Edge {
    Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        state,
        label: label.to_owned(),
        value: value.to_owned(),
        why: why.to_owned(),
        statement: (state == EdgeState::Match).then_some(0),
        checks: vec!["artifact".to_owned()],
    }
}

fn statement(name: &str, kind: &str, standing: Standing) -> Statement {
    let signed = standing != Standing::Unsigned;
    Statement {
        name: name.to_owned(),
        kind: kind.to_owned(),
        predicate_type: "https://slsa.dev/provenance/v1".to_owned(),
        signer: if signed {
            "https://github.com/acme/app/.github/workflows/release.yml@refs/tags/v1.2.3".to_owned()
        } else {
            String::new()
        },
        standing,
        reason: "It says so.".to_owned(),
        time: if signed { "14 Aug 2026, 14:02:11 UTC".to_owned() } else { String::new() },
        subjects: vec![DIGEST.to_owned()],
        says: vec![NamedValue {
            name: "Build type".to_owned(),
            value: "https://actions.github.io/buildtypes/workflow/v1".to_owned(),
        }],
        checks: vec![StatementCheck {
            id: "signature".to_owned(),
            title: "Signature".to_owned(),
            state: State::Passed,
            summary: "It verifies.".to_owned(),
        }],
    }
}

fn levels(build: u8, source: u8) -> Levels {
    Levels {
        build: ladder("Build", build, 3),
        source: ladder("Source", source, 4),
        draft: vec![
            requirement("source-version-controlled", "Source", "Version controlled", 2, Met::Met, false),
            requirement("build-hermetic", "Build", "Hermetic", 4, Met::Unknown, false),
            requirement("provenance-non-falsifiable", "Provenance", "Cannot be falsified", 3, Met::NotMet, false),
            requirement("common-superusers", "Common", "Administrators", 4, Met::Unknown, true),
        ],
        draft_level: build,
        draft_summary: format!("SLSA v0.1 as first drafted: level {build}. Its numbers do not equal those above."),
    }
}

fn ladder(track: &str, level: u8, top: u8) -> Ladder {
    let step = |number: u8| Step {
        level: number,
        title: if number == 0 { "No requirement".to_owned() } else { format!("Rung {number}") },
        state: if number <= level { Met::Met } else { Met::NotMet },
        reason: "The evidence says so.".to_owned(),
        to_reach: if number <= level { String::new() } else { "Give more evidence.".to_owned() },
    };
    Ladder {
        track: track.to_owned(),
        version: "SLSA v1.2".to_owned(),
        level,
        title: format!("{track} L{level}, SLSA v1.2"),
        reason: "The signer ran in the same job as the build steps.".to_owned(),
        steps: (0..=top).map(step).collect(),
    }
}

fn requirement(id: &str, group: &str, title: &str, from_level: u8, state: Met, never_visible: bool) -> Requirement {
    Requirement {
        id: id.to_owned(),
        group: group.to_owned(),
        title: title.to_owned(),
        from_level,
        state,
        reason: "So the evidence says.".to_owned(),
        never_visible,
    }
}

fn claim(name: &str, certificate: &str, provenance: &str, state: Agreement) -> Claim {
    let at = |value: &str, place: &str| if value.is_empty() { String::new() } else { place.to_owned() };
    Claim {
        name: name.to_owned(),
        certificate: certificate.to_owned(),
        certificate_at: at(certificate, "1.3.6.1.4.1.57264.1.12"),
        provenance: provenance.to_owned(),
        provenance_at: at(provenance, "$.predicate.buildDefinition.externalParameters.workflow"),
        state,
    }
}

fn input(name: &str, version: &str, digest: &str, warning: &str) -> InputRow {
    InputRow {
        name: name.to_owned(),
        version: version.to_owned(),
        digest: digest.to_owned(),
        listed: vec!["provenance".to_owned(), "SPDX".to_owned()],
        joined: if digest.is_empty() { "purl" } else { "digest" }.to_owned(),
        provenance: None,
        warning: warning.to_owned(),
    }
}

pub(crate) fn node(stage: &str, label: &str, identity: &str, asked: bool) -> Node {
    Node { stage: stage.to_owned(), label: label.to_owned(), identity: identity.to_owned(), asked }
}

pub(crate) fn join(from: usize, to: usize, state: EdgeState, label: &str) -> GraphEdge {
    GraphEdge { from, to, state, label: label.to_owned(), statement: None }
}

fn action(title: &str, detail: &str) -> Action {
    Action { title: title.to_owned(), detail: detail.to_owned() }
}
