//! Chains of custody: a full one, a cut one, one with gaps, one of 200 things, one of 10,000 inputs.

use touchstone_report::document::custody::*;
use touchstone_report::document::{Action, NamedValue, State, Voucher};

use super::{DIGEST, IDENTITY};

const COMMIT: &str = "9409f67978ae26c21e9c9fcd3e302ffe0a9f4664";

/// Everything but review, completeness and what runs.
pub(crate) fn full() -> Custody {
    use Strength::{Gap, NameOnly, Proven};
    use Voucher::{Builder, CertificateAuthority, Publisher, ThisBrowser, TimestampAuthority, Verifier};
    Custody {
        stages: vec![
            stage(
                "source",
                "aldersea/lantern at tag v2.8.1",
                vec![
                    asked(
                        "repository",
                        "Repository",
                        Proven,
                        "https://github.com/aldersea/lantern",
                        &[CertificateAuthority],
                    ),
                    asked("ref", "Branch or tag", Proven, "refs/tags/v2.8.1", &[CertificateAuthority]),
                    asked("commit", "Commit", Proven, COMMIT, &[CertificateAuthority, Builder]),
                    asked("history", "Protected history", Proven, "unbroken since 3 Nov 2025", &[Verifier]),
                    asked("review", "Review", Gap, "Nobody states whether a second person reviewed the change.", &[]),
                ],
            ),
            stage(
                "build",
                "GitHub Actions, release.yml on a GitHub-hosted runner",
                vec![
                    asked("system", "Platform", Proven, "GitHub Actions", &[CertificateAuthority]),
                    asked("recipe", "Recipe", Proven, IDENTITY, &[CertificateAuthority, Builder]),
                    asked("runner", "Runner", Proven, "github-hosted", &[CertificateAuthority]),
                    asked("inputs", "Inputs", Proven, "4, of which 3 are pinned by digest", &[Builder]),
                    asked(
                        "inputs-complete",
                        "List complete",
                        Gap,
                        "Nobody states whether that list of inputs is complete.",
                        &[],
                    ),
                ],
            ),
            stage(
                "artifact",
                "lantern-linux-amd64, the file you gave",
                vec![
                    asked("bytes", "SHA-256", Proven, DIGEST, &[ThisBrowser]),
                    asked(
                        "signer",
                        "Signer",
                        Proven,
                        "workflow release.yml of aldersea/lantern",
                        &[CertificateAuthority],
                    ),
                    asked("time", "Signed", Proven, "14 Aug 2026, 14:02:11 UTC", &[TimestampAuthority]),
                ],
            ),
            stage(
                "deploy",
                "Released as an asset of v2.8.1",
                vec![
                    asked("released", "Released", Proven, "v2.8.1 of aldersea/lantern", &[Publisher]),
                    asked("approved", "Approved", Gap, "Nobody states who approved it for production.", &[]),
                    asked("running", "Running", NameOnly, "lantern:v2.8.1 in 2 pods of the cluster", &[]),
                ],
            ),
        ],
        edges: vec![
            edge(
                "source",
                "build",
                EdgeState::Match,
                "= commit 9409f67",
                COMMIT,
                "Certificate and provenance name the same commit of the same repository.",
            ),
            edge(
                "build",
                "artifact",
                EdgeState::Match,
                "= SHA-256 a78cfdb",
                DIGEST,
                "The provenance is about the digest that was computed here.",
            ),
            edge("artifact", "deploy", EdgeState::Match, "= SHA-256 a78cfdb", DIGEST, "The release names this digest."),
            edge(
                "source",
                "deploy",
                EdgeState::Name,
                "name match only",
                "v2.8.1",
                "Both say v2.8.1, but the release names a tag object, not the commit.",
            ),
        ],
        statements: statements(),
        levels: levels(),
        claims: claims(),
        inputs: inputs(),
        graph: Graph::default(),
        warnings: Vec::new(),
        next: vec![
            action(
                "Give a source summary.",
                "A verification summary of the Source track says whether two people reviewed.",
            ),
            action("Give a deployment statement.", "It names who approved the digest."),
        ],
    }
}

/// The chain ends at another file, by a look-alike.
pub(crate) fn cut() -> Custody {
    let mut custody = full();
    if let [source, build, artifact, deploy] = custody.stages.as_mut_slice() {
        (source.state, source.answer) =
            (StageState::Differs, "a1dersea/lantern, you expect aldersea/lantern".to_owned());
        (build.state, build.answered, build.answer) =
            (StageState::Off, 0, "GitHub Actions, about another file".to_owned());
        artifact.state = StageState::Differs;
        (deploy.state, deploy.answered, deploy.answer) =
            (StageState::Gap, 0, "Nobody states how this file got into use.".to_owned());
        if let Some(repository) = source.questions.first_mut() {
            repository.strength = Strength::Contradicted;
        }
        for stage in [build, deploy] {
            for question in &mut stage.questions {
                question.strength = Strength::Gap;
                question.vouchers = Vec::new();
                question.answer = format!("Nobody states the {} of this file.", question.title.to_lowercase());
                question.to_close = "A statement about this very file.".to_owned();
            }
        }
    }
    custody.edges = vec![
        edge("source", "build", EdgeState::Match, "= commit f6b34c1", COMMIT, "Both name the same commit."),
        edge(
            "build",
            "artifact",
            EdgeState::Differs,
            "≠ digest differs",
            DIGEST,
            "The provenance is about another digest than your file has.",
        ),
        edge("artifact", "deploy", EdgeState::Gap, "not joined", "", "No statement names this file."),
    ];
    for statement in &mut custody.statements {
        statement.standing = Standing::Failed;
    }
    if let Some(claim) = custody.claims.first_mut() {
        claim.state = Agreement::Contradicts;
    }
    custody.warnings = vec!["The certificate names a1dersea/lantern, the provenance aldersea/lantern.".to_owned()];
    custody
}

/// A bundle alone: nothing deployed, nobody named, the file being read.
pub(crate) fn gaps() -> Custody {
    let mut custody = full();
    if let [_, _, artifact, deploy] = custody.stages.as_mut_slice() {
        (artifact.state, artifact.answered) = (StageState::Wait, 0);
        (deploy.state, deploy.answered, deploy.answer) =
            (StageState::Gap, 0, "Nobody states how it got into use.".to_owned());
        for question in &mut deploy.questions {
            question.strength = Strength::Gap;
            question.vouchers = Vec::new();
            question.answer = "Nobody states where it is running.".to_owned();
        }
    }
    custody.edges = vec![
        edge("source", "build", EdgeState::Match, "= commit 9409f67", COMMIT, "Both name the same commit."),
        edge("build", "artifact", EdgeState::Wait, "not computed yet", "", "The file is being read."),
        edge(
            "artifact",
            "deploy",
            EdgeState::Gap,
            "no deployment record",
            "",
            "No statement names this file as deployed.",
        ),
    ];
    for statement in &mut custody.statements {
        statement.standing = Standing::Unnamed;
    }
    custody
}

/// Two hundred things.
pub(crate) fn graph(nodes: usize) -> Graph {
    let stages = ["source", "build", "artifact", "deploy"];
    let node = |at: usize| Node {
        stage: stages.get(at % 4).copied().unwrap_or_default().to_owned(),
        label: if at == 2 { "lantern-linux-amd64".to_owned() } else { format!("component-{at}") },
        identity: format!("sha256:{at:064x}"),
        asked: at == 2,
    };
    let edge = |at: usize| GraphEdge {
        from: at - 1,
        to: at,
        state: match at % 4 {
            1 => EdgeState::Name,
            3 => EdgeState::Gap,
            _ => EdgeState::Match,
        },
        label: "built from".to_owned(),
        statement: Some(at % 2),
    };
    Graph { nodes: (0..nodes).map(node).collect(), edges: (1..nodes).map(edge).collect() }
}

/// Inputs by the thousand.
pub(crate) fn many_inputs(rows: usize) -> Inputs {
    let row = |at: usize| InputRow {
        name: format!("pkg:cargo/crate-{at}"),
        version: format!("1.{}.{}", at % 50, at % 7),
        digest: if at.is_multiple_of(40) { String::new() } else { format!("sha256:{:064x}", at * 7919) },
        listed: vec!["SPDX".to_owned()],
        joined: String::new(),
        provenance: at.is_multiple_of(500).then_some(0),
        warning: if at == 77 {
            "the purl’s checksum differs from the digest beside it".to_owned()
        } else {
            String::new()
        },
    };
    let rows: Vec<InputRow> = (0..rows).map(row).collect();
    let pinned = rows.iter().filter(|row| !row.digest.is_empty()).count();
    let with_provenance = rows.iter().filter(|row| row.provenance.is_some()).count();
    let summary = format!("{pinned} of {} pinned by digest; {with_provenance} have provenance at hand.", rows.len());
    Inputs { rows, pinned, with_provenance, summary }
}

fn stage(id: &str, answer: &str, questions: Vec<StageQuestion>) -> Stage {
    let (title, question) = match id {
        "source" => ("Source", "Where did the source come from, and was it reviewed?"),
        "build" => ("Build", "How was it built, by what, and with which inputs?"),
        "artifact" => ("Artifact", "Is this that file?"),
        _ => ("Deploy", "How did it reach production?"),
    };
    let answered = questions.iter().filter(|one| one.strength == Strength::Proven).count();
    Stage {
        id: id.to_owned(),
        title: title.to_owned(),
        question: question.to_owned(),
        answer: answer.to_owned(),
        state: StageState::Answered,
        answered,
        of: questions.len(),
        questions,
    }
}

fn asked(id: &str, title: &str, strength: Strength, answer: &str, vouchers: &[Voucher]) -> StageQuestion {
    StageQuestion {
        id: id.to_owned(),
        title: title.to_owned(),
        strength,
        answer: answer.to_owned(),
        vouchers: vouchers.to_vec(),
        check: if strength == Strength::Proven { "chain".to_owned() } else { String::new() },
        statement: (strength != Strength::Gap).then_some(0),
        to_close: if strength == Strength::Proven {
            String::new()
        } else {
            "A signed statement that says it.".to_owned()
        },
    }
}

fn edge(from: &str, to: &str, state: EdgeState, label: &str, value: &str, why: &str) -> Edge {
    Edge {
        from: from.to_owned(),
        to: to.to_owned(),
        state,
        label: label.to_owned(),
        value: value.to_owned(),
        why: why.to_owned(),
        statement: (state != EdgeState::Gap).then_some(0),
        checks: vec!["signature".to_owned(), "artifact-digest".to_owned()],
    }
}

fn statements() -> Vec<Statement> {
    let check = |id: &str, title: &str| StatementCheck {
        id: id.to_owned(),
        title: title.to_owned(),
        state: State::Passed,
        summary: "as it should be".to_owned(),
    };
    vec![
        Statement {
            name: "lantern-linux-amd64.sigstore.json".to_owned(),
            kind: "SLSA provenance v1".to_owned(),
            predicate_type: "https://slsa.dev/provenance/v1".to_owned(),
            signer: IDENTITY.to_owned(),
            standing: Standing::Named,
            reason: "It passed every check, and you named its signer.".to_owned(),
            time: "14 Aug 2026, 14:02:11 UTC".to_owned(),
            subjects: vec![format!("sha256:{DIGEST}")],
            says: vec![
                NamedValue {
                    name: "Build type".to_owned(),
                    value: "https://actions.github.io/buildtypes/workflow/v1".to_owned(),
                },
                NamedValue { name: "Commit".to_owned(), value: COMMIT.to_owned() },
            ],
            checks: vec![check("signature", "Signature"), check("chain", "Chain")],
        },
        Statement {
            name: "pods.json".to_owned(),
            kind: "pods of a cluster".to_owned(),
            predicate_type: String::new(),
            signer: String::new(),
            standing: Standing::Unsigned,
            reason: "Nobody signed it, so it joins nothing by more than a name.".to_owned(),
            time: String::new(),
            subjects: Vec::new(),
            says: Vec::new(),
            checks: Vec::new(),
        },
    ]
}

fn levels() -> Levels {
    let step = |level, title: &str, state, reason: &str, to_reach: &str| Step {
        level,
        title: title.to_owned(),
        state,
        reason: reason.to_owned(),
        to_reach: to_reach.to_owned(),
    };
    let need = |id: &str, group: &str, title: &str, from_level, state, reason: &str, never_visible| Requirement {
        id: id.to_owned(),
        group: group.to_owned(),
        title: title.to_owned(),
        from_level,
        state,
        reason: reason.to_owned(),
        never_visible,
    };
    Levels {
        build: Ladder {
            track: "Build".to_owned(),
            version: "SLSA v1.2".to_owned(),
            level: 2,
            title: "Build L2, SLSA v1.2".to_owned(),
            reason: "Signed by a hosted platform; the signer ran in the same job as the build steps.".to_owned(),
            steps: vec![
                step(0, "No requirement", Met::Met, "", ""),
                step(1, "Provenance exists", Met::Met, "It names this file by digest and says how it was built.", ""),
                step(
                    2,
                    "Hosted build platform, signed provenance",
                    Met::Met,
                    "GitHub-hosted runner; 3 claims agree.",
                    "",
                ),
                step(
                    3,
                    "Hardened build",
                    Met::NotMet,
                    "The build steps could reach the signer.",
                    "Build with a reusable workflow that is on the builder list.",
                ),
            ],
        },
        source: Ladder {
            track: "Source".to_owned(),
            version: "SLSA v1.2".to_owned(),
            level: 1,
            title: "Source L1, SLSA v1.2".to_owned(),
            reason: "The commit is in Git; nobody summarises its history.".to_owned(),
            steps: vec![
                step(0, "No requirement", Met::Met, "", ""),
                step(1, "Version controlled", Met::Met, "Git, by commit.", ""),
                step(
                    2,
                    "History kept, changes attributed",
                    Met::Unknown,
                    "No summary of the source.",
                    "A source summary that states it.",
                ),
            ],
        },
        draft: vec![
            need(
                "source-version-controlled",
                "Source",
                "Version controlled",
                2,
                Met::Met,
                "Git commit in the certificate",
                false,
            ),
            need(
                "source-two-person",
                "Source",
                "Reviewed by two people",
                4,
                Met::Unknown,
                "No review statement for this commit",
                false,
            ),
            need(
                "build-parameterless",
                "Build",
                "No parameters",
                4,
                Met::NotMet,
                "The workflow took the input “level”",
                false,
            ),
            need("common-security", "Common", "Security", 4, Met::Unknown, "No attestation shows it", true),
        ],
        draft_level: 1,
        draft_summary: "SLSA v0.1 as first drafted: level 1. Its numbers do not equal those above.".to_owned(),
    }
}

fn claims() -> Vec<Claim> {
    let claim = |name: &str, certificate: &str, provenance: &str, state| Claim {
        name: name.to_owned(),
        certificate: certificate.to_owned(),
        certificate_at: if certificate.is_empty() { String::new() } else { "1.3.6.1.4.1.57264.1.12".to_owned() },
        provenance: provenance.to_owned(),
        provenance_at: if provenance.is_empty() { String::new() } else { "$.predicate.buildDefinition".to_owned() },
        state,
    };
    let repository = "https://github.com/aldersea/lantern";
    vec![
        claim("Repository", repository, repository, Agreement::Agree),
        claim("Commit", COMMIT, COMMIT, Agreement::Agree),
        claim("Runner", "github-hosted", "", Agreement::OnlyCertificate),
        claim("Run", "", "https://github.com/aldersea/lantern/actions/runs/1/attempts/1", Agreement::OnlyClaimed),
    ]
}

fn inputs() -> Inputs {
    let row = |name: &str, version: &str, digest: &str, listed: &[&str], joined: &str| InputRow {
        name: name.to_owned(),
        version: version.to_owned(),
        digest: digest.to_owned(),
        listed: listed.iter().map(|&one| one.to_owned()).collect(),
        joined: joined.to_owned(),
        provenance: None,
        warning: String::new(),
    };
    let mut rows = vec![
        row(
            "git+https://github.com/aldersea/lantern",
            "refs/tags/v2.8.1",
            &format!("gitCommit:{COMMIT}"),
            &["provenance"],
            "",
        ),
        row(
            "pkg:golang/golang.org/x/crypto",
            "v0.51.0",
            &format!("sha256:{DIGEST}"),
            &["provenance", "SPDX"],
            "digest",
        ),
        row("pkg:docker/golang", "1.27.1-bookworm", &format!("sha256:{DIGEST}"), &["SPDX"], ""),
        row("pkg:generic/openssl", "3.6.1", "", &["SPDX"], ""),
    ];
    if let Some(crypto) = rows.get_mut(1) {
        crypto.provenance = Some(0);
    }
    Inputs {
        rows,
        pinned: 3,
        with_provenance: 1,
        summary: "3 of 4 pinned by digest; 1 has provenance at hand.".to_owned(),
    }
}

fn action(title: &str, detail: &str) -> Action {
    Action { title: title.to_owned(), detail: detail.to_owned() }
}
