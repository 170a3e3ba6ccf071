//! The chain of one answer.

use std::collections::BTreeSet;

use touchstone_crypto::{DigestAlgorithm, sha256};
use touchstone_custody as core;
use touchstone_custody::{Drawn, Held, Input, Met as CoreMet, Strength as CoreStrength, Unproven, Why};
use touchstone_formats::bundle::Content as Signed;
use touchstone_formats::evidence::Evidence as Parsed;
use touchstone_formats::image_index::Lists;
use touchstone_formats::{fulcio, hex};
use touchstone_verify::{
    AgreementRow, AgreementState, Cause, Finding, Outcome as Found, Report, SignerPolicy, Verdict,
};

use super::evidence::{Content, Further};
use crate::checks;
use crate::document::custody as document;
use crate::document::{Action, NamedValue, Voucher};
use crate::question::ArtifactInput;
use crate::tell::Told;

/// The chain, from the bundle that the question is about and what was given beside it. `None` when nothing could be read.
pub(crate) fn custody(told: &Told<'_>) -> Option<document::Custody> {
    let further = told.further;
    if told.bundle.is_err() && further.is_empty() {
        return None;
    }
    let mut evidence = vec![asked(told)];
    evidence.extend(further.iter().map(held));
    // Where no statement lists others by their bytes (E-52, E-57), there is nothing to hash.
    let own = told.report.reading.statement.as_ref();
    if further.iter().filter_map(Further::statement).chain(own).any(core::lists_documents) {
        let own = told.material.bundle.map_or(&[][..], |bundle| bundle.bytes);
        let at = asked_at(own, further);
        let files = std::iter::once((own, at)).chain(further.iter().map(|one| (one.bytes, one.at)));
        digest_all(&mut evidence, files);
    }
    let input = Input {
        artifact: artifact(told, further),
        evidence,
        memberships: memberships(told, further),
        parties: parties(told),
        cut: cut(told.report),
    };
    let mut document = written(core::custody(&input), &told.report.agreement);
    let contradicting = document.claims.iter().filter(|claim| claim.state == document::Agreement::Contradicts);
    let contradictions: Vec<String> = contradicting
        .map(|claim| format!("Certificate and provenance contradict each other: {}.", claim.name))
        .collect();
    document.warnings.splice(0..0, contradictions);
    short_checks(&mut document, told, further);
    Some(document)
}

/// The bundle that the question is about.
fn asked<'a>(told: &Told<'a>) -> core::Evidence<'a> {
    let name = told.material.bundle.map(|bundle| bundle.name.to_owned()).unwrap_or_default();
    let held = match (&told.report.verified, told.open) {
        (Some(verified), _) => Held::Asked(verified),
        (None, Some(Report { verified: Some(verified), .. })) => Held::Open(verified),
        (None, _) => Held::Unproven(unproven(told.report, true)),
    };
    core::Evidence { name, held, digests: Vec::new() }
}

/// The place of the statement asked about among those of its file: the first that is not further evidence.
fn asked_at(own: &[u8], further: &[Further<'_>]) -> usize {
    let beside: Vec<usize> = further.iter().filter(|one| std::ptr::eq(one.bytes, own)).map(|one| one.at).collect();
    (0..=beside.len()).find(|at| !beside.contains(at)).unwrap_or(0)
}

/// The digests by which a summary may name each piece: of its file, of its line, of what was signed (E-57). Each file is
/// looked at once.
fn digest_all<'a>(evidence: &mut [core::Evidence<'_>], files: impl Iterator<Item = (&'a [u8], usize)>) {
    let mut known: Option<(&[u8], Digested)> = None;
    for (piece, (bytes, at)) in evidence.iter_mut().zip(files) {
        if !known.as_ref().is_some_and(|(of, _)| std::ptr::eq(*of, bytes)) {
            known = Some((bytes, Digested::of(bytes)));
        }
        let Some((_, digested)) = &known else { continue };
        let own = digested.statements.get(at).into_iter().flatten();
        piece.digests = digested.file.iter().chain(own).cloned().collect();
    }
}

/// Digests of one file of evidence.
struct Digested {
    file: Option<core::Identity>,
    /// Of each statement in it: its line, where each has one, and what was signed.
    statements: Vec<Vec<core::Identity>>,
}

impl Digested {
    fn of(bytes: &[u8]) -> Self {
        let identity = |bytes: &[u8]| core::Identity::of_file("sha256", &hex::encode(&sha256(bytes)));
        let parsed = Parsed::parse(bytes).statements();
        let lines: Vec<&[u8]> =
            bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).collect();
        let is_lines = lines.len() == parsed.len() && lines.len() > 1;
        let of_one = |(at, statement): (usize, &Parsed)| {
            let line = lines.get(at).filter(|_| is_lines).and_then(|line| identity(line));
            let payloads = statement.pieces.iter().filter_map(|piece| match &piece.bundle.as_ref().ok()?.content {
                Signed::Dsse(envelope) => identity(&envelope.payload),
                Signed::Message(_) => None,
            });
            line.into_iter().chain(payloads).collect()
        };
        Self { file: identity(bytes), statements: parsed.iter().enumerate().map(of_one).collect() }
    }
}

fn held<'a>(further: &'a Further<'_>) -> core::Evidence<'a> {
    let held = match &further.content {
        Content::Bundle(report) => match &report.verified {
            Some(verified) => Held::Further(verified),
            None => Held::Unproven(unproven(report, false)),
        },
        Content::Statement(statement) => Held::Record(core::Record::Statement(statement)),
        Content::Bill(bill) => Held::Record(core::Record::Bill(bill)),
        Content::Lists(Lists::Manifests, _) => Held::Record(core::Record::List("image index")),
        Content::Lists(Lists::Blobs, _) => Held::Record(core::Record::List("image manifest")),
        Content::Deployed(places) => Held::Record(core::Record::Deployed(places.clone())),
        Content::Unreadable(kind) => Held::Record(core::Record::Other(kind.clone())),
    };
    core::Evidence { name: further.name.to_owned(), held, digests: Vec::new() }
}

fn unproven(report: &Report, asked: bool) -> Unproven<'_> {
    let failed = checks::failed(&report.findings);
    let (why, reason) = match (failed.first(), report.verdict) {
        (Some(first), _) => (Why::Failed, format!("The check {} failed: it counts for nothing.", first.check.title)),
        (None, Verdict::Rejected) => (Why::Failed, "A check failed: it counts for nothing.".to_owned()),
        (None, _) => (Why::Open, open(&report.findings)),
    };
    let leaf = report.reading.leaf.as_ref();
    let signer = leaf.and_then(|leaf| fulcio::identities(leaf).first()?.text().map(str::to_owned));
    Unproven {
        statement: report.reading.statement.as_ref(),
        claims: report.reading.claims.as_ref(),
        certified: report.findings.iter().any(is_chain_that_holds),
        signer: signer.unwrap_or_default(),
        why,
        reason,
        asked,
        // Nothing else failed and nothing is open: whoever signed did say it.
        denies: !failed.is_empty()
            && failed.iter().all(|finding| is_denial(finding))
            && !report.findings.iter().any(is_open),
    }
}

/// That an authority of the trusted root issued the certificate.
fn is_chain_that_holds(finding: &Finding) -> bool {
    finding.check.id == "chain" && matches!(finding.outcome, Found::Passed(_))
}

fn is_open(finding: &Finding) -> bool {
    matches!(&finding.outcome, Found::NotAsked(open) if open.keeps_verdict_open())
}

/// That a summary says anything but "passed".
fn is_denial(finding: &Finding) -> bool {
    matches!(&finding.outcome, Found::Failed(failure) if failure.cause == Cause::SummaryNotPassed)
}

/// The first thing that is open, in a sentence.
fn open(findings: &[Finding]) -> String {
    let open = findings.iter().find_map(|finding| match &finding.outcome {
        Found::NotAsked(open) if open.keeps_verdict_open() => Some(checks::sentence(open)),
        _ => None,
    });
    open.unwrap_or_else(|| "Something is open: it joins nothing.".to_owned())
}

/// What the lists at hand hold, each under the digests of it that are spoken of: one list is one thing in the picture.
fn memberships(told: &Told<'_>, further: &[Further<'_>]) -> Vec<core::Membership> {
    // The statement asked about comes first.
    let all: Vec<(usize, &[core::Membership])> =
        (1_usize..).zip(further).filter_map(|(place, one)| Some((place, one.lists()?))).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let reports = || further.iter().filter_map(Further::report).chain([told.report]);
    let subjects = reports()
        .filter_map(|report| report.reading.statement.as_ref())
        .chain(further.iter().filter_map(Further::statement))
        .flat_map(|statement| &statement.subjects)
        .flat_map(|subject| &subject.digests)
        .filter_map(|digest| core::Identity::of_file(&digest.algorithm, &digest.value));
    let signed = reports()
        .filter_map(|report| report.verified.as_ref()?.subject())
        .filter_map(|subject| core::Identity::of_file(subject.digest().algorithm().name(), &subject.digest().hex()));
    let listed = all.iter().flat_map(|(_, listed)| listed.iter()).map(|membership| membership.manifest.clone());
    let spoken: BTreeSet<core::Identity> = subjects.chain(signed).chain(listed).collect();
    let of_list = |listed_in: Option<usize>, listed: &[core::Membership]| -> Vec<core::Membership> {
        let is_spoken = |membership: &&core::Membership| spoken.contains(&membership.index);
        let is_any = listed.iter().any(|membership| is_spoken(&membership));
        // The first algorithm of each list is SHA-256.
        let first = listed.first().map(|membership| membership.index.clone());
        let kept = |membership: &&core::Membership| {
            if is_any { is_spoken(membership) } else { Some(&membership.index) == first.as_ref() }
        };
        listed.iter().filter(kept).cloned().map(|membership| core::Membership { listed_in, ..membership }).collect()
    };
    all.into_iter().flat_map(|(place, listed)| of_list(Some(place), listed)).collect()
}

fn artifact(told: &Told<'_>, further: &[Further<'_>]) -> Option<core::Artifact> {
    let (name, digests, computed) = match &told.material.artifact {
        ArtifactInput::None | ArtifactInput::Waived => return None,
        ArtifactInput::Bytes(named) => {
            let reports = further.iter().filter_map(Further::report).chain([told.report]);
            let mut wanted: Vec<DigestAlgorithm> = reports
                .filter_map(|report| report.reading.statement.as_ref())
                .flat_map(|statement| &statement.subjects)
                .flat_map(|subject| &subject.digests)
                .filter_map(|digest| DigestAlgorithm::from_name(&digest.algorithm))
                .chain(listed_by(further))
                .chain([DigestAlgorithm::Sha256])
                .collect();
            wanted.sort_unstable();
            wanted.dedup();
            let of = |algorithm: DigestAlgorithm| {
                core::Identity::of_file(algorithm.name(), &algorithm.digest(named.bytes).hex())
            };
            (named.name.to_owned(), wanted.into_iter().filter_map(of).collect(), true)
        }
        ArtifactInput::Hashed { name, digests, .. } => {
            let of = |(algorithm, hex): &(String, String)| core::Identity::of_file(algorithm, hex);
            (name.clone(), digests.iter().filter_map(of).collect(), true)
        }
        ArtifactInput::Stated(text) => {
            let stated =
                text.trim().split_once(':').and_then(|(algorithm, hex)| core::Identity::of_file(algorithm, hex));
            (String::new(), stated.into_iter().collect(), false)
        }
    };
    Some(core::Artifact { name, digests, computed })
}

/// The algorithms by which lists name what they hold.
fn listed_by(further: &[Further<'_>]) -> impl Iterator<Item = DigestAlgorithm> {
    further
        .iter()
        .filter_map(Further::lists)
        .flatten()
        .filter_map(|membership| DigestAlgorithm::from_name(membership.manifest.algorithm().name()))
}

fn parties<'a>(told: &Told<'a>) -> core::Parties<'a> {
    let mut verifiers = core::built_in_verifiers();
    // Who names a verifier beside a signer names the pair (E-49).
    if let Some(id) = &told.question.expect.verifier_id {
        verifiers.push(core::Verifier {
            signer: core::VerifierSigner::Named,
            id: id.clone(),
            because: "the verifier that you named".to_owned(),
        });
    }
    let named = match &told.policy.signer {
        named @ SignerPolicy::Certificate { .. } => Some(named),
        _ => None,
    };
    core::Parties { named, verifiers, resource: told.question.expect.resource_uri.clone() }
}

/// A rejected answer cuts the chain.
fn cut(report: &Report) -> Option<core::Cut> {
    if report.verdict != Verdict::Rejected {
        return None;
    }
    let failed = checks::failed(&report.findings);
    let pair = |id: &str| {
        failed.iter().find(|finding| finding.check.id == id).and_then(|finding| match &finding.outcome {
            Found::Failed(failure) => Some((failure.cause, failure.expected.clone(), failure.found.clone())),
            _ => None,
        })
    };
    let other_file = |(cause, expected, found): (Cause, String, String)| {
        let is_other =
            matches!(cause, Cause::ArtifactNotInStatement | Cause::ArtifactIsAnother | Cause::MessageDigestDiffers);
        is_other.then_some((expected, found))
    };
    Some(core::Cut {
        artifact: pair("artifact").and_then(other_file),
        signer: pair("identity").map(|(_, expected, found)| (expected, found)),
        checks: failed.iter().map(|finding| finding.check.id.to_owned()).collect(),
    })
}

/// The checks of each statement, in short.
fn short_checks(document: &mut document::Custody, told: &Told<'_>, further: &[Further<'_>]) {
    let reports = std::iter::once(Some(told.report)).chain(further.iter().map(Further::report));
    for (statement, report) in document.statements.iter_mut().zip(reports) {
        let findings = report.map(|report| report.findings.as_slice()).unwrap_or_default();
        statement.checks = findings
            .iter()
            .map(|finding| {
                let check = checks::check(finding);
                document::StatementCheck {
                    id: check.id,
                    title: check.title,
                    state: check.state,
                    summary: check.summary,
                }
            })
            .collect();
    }
}

fn written(custody: core::Custody, claims: &[AgreementRow]) -> document::Custody {
    document::Custody {
        stages: custody.stages.into_iter().map(stage).collect(),
        edges: custody.edges.into_iter().map(edge).collect(),
        statements: custody.statements.into_iter().map(statement).collect(),
        levels: levels(custody.levels),
        claims: claims.iter().map(claim).collect(),
        inputs: inputs(custody.inputs),
        graph: graph(custody.graph),
        warnings: custody.warnings,
        next: custody.next.into_iter().map(|(title, detail)| Action { title, detail }).collect(),
    }
}

fn claim(row: &AgreementRow) -> document::Claim {
    document::Claim {
        name: row.about.to_owned(),
        certificate: row.certificate.clone().unwrap_or_default(),
        certificate_at: row.oids.join(", "),
        provenance: row.provenance.clone().unwrap_or_default(),
        provenance_at: row.place.clone(),
        state: match row.state {
            AgreementState::Agree => document::Agreement::Agree,
            AgreementState::OnlyClaimed => document::Agreement::OnlyClaimed,
            AgreementState::OnlyInCertificate => document::Agreement::OnlyCertificate,
            AgreementState::Contradicts => document::Agreement::Contradicts,
        },
    }
}

fn stage(stage: core::Stage) -> document::Stage {
    document::Stage {
        id: stage.id.id().to_owned(),
        title: stage.title.to_owned(),
        question: stage.question.to_owned(),
        answered: stage.answered(),
        of: stage.answers.len(),
        answer: stage.answer,
        state: match stage.state {
            core::StageState::Answered => document::StageState::Answered,
            core::StageState::Gap => document::StageState::Gap,
            core::StageState::Differs => document::StageState::Differs,
            core::StageState::Off => document::StageState::Off,
            core::StageState::Wait => document::StageState::Wait,
        },
        questions: stage.answers.into_iter().map(question).collect(),
    }
}

fn question(answer: core::Answer) -> document::StageQuestion {
    document::StageQuestion {
        id: answer.id.to_owned(),
        title: answer.title.to_owned(),
        strength: match answer.strength {
            CoreStrength::Proven(_) => document::Strength::Proven,
            CoreStrength::NameOnly => document::Strength::NameOnly,
            CoreStrength::Contradicted => document::Strength::Contradicted,
            CoreStrength::Gap => document::Strength::Gap,
        },
        answer: answer.text,
        vouchers: answer.vouchers.into_iter().map(voucher).collect(),
        check: answer.check.to_owned(),
        statement: answer.statement,
        to_close: answer.to_close.to_owned(),
    }
}

const fn voucher(voucher: core::Voucher) -> Voucher {
    match voucher {
        core::Voucher::ThisBrowser => Voucher::ThisBrowser,
        core::Voucher::You => Voucher::You,
        core::Voucher::CertificateAuthority => Voucher::CertificateAuthority,
        core::Voucher::Builder => Voucher::Builder,
        core::Voucher::TransparencyLog => Voucher::TransparencyLog,
        core::Voucher::TimestampAuthority => Voucher::TimestampAuthority,
        core::Voucher::Publisher => Voucher::Publisher,
        core::Voucher::Verifier => Voucher::Verifier,
        core::Voucher::Nobody => Voucher::Nobody,
    }
}

const fn drawn(drawn: &Drawn) -> document::EdgeState {
    match drawn {
        Drawn::Match(_) => document::EdgeState::Match,
        Drawn::Name => document::EdgeState::Name,
        Drawn::Gap => document::EdgeState::Gap,
        Drawn::Differs => document::EdgeState::Differs,
        Drawn::Wait => document::EdgeState::Wait,
    }
}

fn edge(edge: core::Edge) -> document::Edge {
    document::Edge {
        from: edge.from.id().to_owned(),
        to: edge.to.id().to_owned(),
        state: drawn(&edge.drawn),
        label: edge.label,
        value: edge.value,
        why: edge.why,
        statement: edge.statement,
        checks: edge.checks,
    }
}

fn statement(line: core::StatementLine) -> document::Statement {
    document::Statement {
        name: line.name,
        kind: line.kind,
        predicate_type: line.predicate_type,
        signer: line.signer,
        standing: match line.standing {
            core::Standing::Named => document::Standing::Named,
            core::Standing::Relied => document::Standing::Relied,
            core::Standing::Unnamed => document::Standing::Unnamed,
            core::Standing::Unsigned => document::Standing::Unsigned,
            core::Standing::Failed => document::Standing::Failed,
            core::Standing::Elsewhere => document::Standing::Elsewhere,
        },
        reason: line.reason,
        time: line.time,
        subjects: line.subjects,
        says: line.says.into_iter().map(|(name, value)| NamedValue { name, value }).collect(),
        checks: Vec::new(),
    }
}

fn levels(levels: core::Levels) -> document::Levels {
    document::Levels {
        build: ladder(levels.build),
        source: ladder(levels.source),
        draft: levels.draft.into_iter().map(requirement).collect(),
        draft_level: levels.draft_level,
        draft_summary: levels.draft_summary,
    }
}

fn ladder(ladder: core::Ladder) -> document::Ladder {
    document::Ladder {
        track: ladder.track.to_owned(),
        version: "SLSA v1.2".to_owned(),
        level: ladder.level,
        title: ladder.title,
        reason: ladder.reason,
        steps: ladder
            .steps
            .into_iter()
            .map(|step| document::Step {
                level: step.level,
                title: step.title.to_owned(),
                state: met(step.state),
                reason: step.reason,
                to_reach: step.to_reach.to_owned(),
            })
            .collect(),
    }
}

const fn met(met: CoreMet) -> document::Met {
    match met {
        CoreMet::Met => document::Met::Met,
        CoreMet::NotMet => document::Met::NotMet,
        CoreMet::Unknown => document::Met::Unknown,
    }
}

fn requirement(row: core::Requirement) -> document::Requirement {
    document::Requirement {
        id: row.id.to_owned(),
        group: row.group.to_owned(),
        title: row.title.to_owned(),
        from_level: row.from_level,
        state: met(row.state),
        reason: row.reason,
        never_visible: row.never_visible,
    }
}

fn inputs(inputs: core::Inputs) -> document::Inputs {
    document::Inputs {
        rows: inputs
            .rows
            .into_iter()
            .map(|row| document::InputRow {
                name: row.name,
                version: row.version,
                digest: row.digest,
                listed: row.listed,
                joined: row.joined.to_owned(),
                provenance: row.provenance,
                warning: row.warning,
            })
            .collect(),
        pinned: inputs.pinned,
        with_provenance: inputs.with_provenance,
        summary: inputs.summary,
    }
}

fn graph(graph: core::Graph) -> document::Graph {
    document::Graph {
        nodes: graph
            .nodes
            .into_iter()
            .map(|node| document::Node {
                stage: node.stage.id().to_owned(),
                identity: node.identity.map_or_else(|| node.label.clone(), |identity| identity.to_string()),
                label: node.label,
                asked: node.asked,
            })
            .collect(),
        edges: graph
            .edges
            .into_iter()
            .map(|edge| document::GraphEdge {
                from: edge.from,
                to: edge.to,
                state: drawn(&edge.drawn),
                label: edge.label.to_owned(),
                statement: edge.statement,
            })
            .collect(),
    }
}
