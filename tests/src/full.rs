//! A document in which every list, every option and every text is filled, so that a writer that leaves one out is seen.

use touchstone_report::document::custody::*;
use touchstone_report::document::*;

/// The document. Every text in it is "text", but for the schema.
#[must_use]
pub fn full(state: State, outcome: Outcome) -> Document {
    let text = || "text".to_owned();
    let table = || Table { title: text(), rows: vec![Row { name: text(), value: text(), reference: text() }] };
    let vouchers = vec![
        Voucher::ThisBrowser,
        Voucher::You,
        Voucher::CertificateAuthority,
        Voucher::Builder,
        Voucher::TransparencyLog,
        Voucher::TimestampAuthority,
        Voucher::Publisher,
        Voucher::Verifier,
        Voucher::Nobody,
    ];
    Document {
        schema: SCHEMA.to_owned(),
        tool: text(),
        verdict: Verdict {
            outcome,
            title: text(),
            sentence: text(),
            detail: text(),
            open: vec![Open { kind: text(), sentence: text(), to_do: text() }],
            waived: vec![text()],
            counts: text(),
            failed: vec![text()],
        },
        given: vec![Given { name: text(), recognised_as: text(), size: Some(1) }],
        artifact: Some(Artifact {
            name: text(),
            size: None,
            digests: vec![NamedDigest { algorithm: text(), hex: text() }],
            computed: true,
        }),
        signer: Some(Signer {
            kind: text(),
            identity: text(),
            identity_kind: text(),
            issuer: Some(text()),
            short: text(),
            proven: true,
        }),
        world: Some(World { name: text(), source: text(), chosen: text(), lacks: vec![text()] }),
        policy: Policy { lines: vec![NamedValue { name: text(), value: text() }] },
        checks: vec![Check {
            id: text(),
            group: text(),
            title: text(),
            state,
            summary: text(),
            headline: text(),
            expected: text(),
            found: text(),
            place: text(),
            code: text(),
            blocked_by: text(),
            what: text(),
            why: text(),
            harmless: vec![text()],
            to_do: text(),
            specification: text(),
            items: vec![Item { place: text(), state, summary: text() }],
        }],
        facts: vec![Fact { stage: text(), name: text(), value: text(), vouchers, check: text() }],
        evidence: Evidence {
            certificate: Some(table()),
            log_entries: vec![table()],
            timestamps: vec![table()],
            statement: Some(table()),
            raw: vec![Raw { title: text(), format: text(), text: text() }],
        },
        shows: vec![text()],
        does_not_show: vec![text()],
        to_do: vec![Action { title: text(), detail: text() }],
        notes: vec![text()],
        custody: Some(full_custody(state)),
    }
}

/// Every state of a stage.
pub const STAGE_STATES: [StageState; 5] =
    [StageState::Answered, StageState::Gap, StageState::Differs, StageState::Off, StageState::Wait];
/// Every strength of an answer.
pub const STRENGTHS: [Strength; 4] = [Strength::Proven, Strength::NameOnly, Strength::Contradicted, Strength::Gap];
/// Every state of an edge.
pub const EDGE_STATES: [EdgeState; 5] =
    [EdgeState::Match, EdgeState::Name, EdgeState::Gap, EdgeState::Differs, EdgeState::Wait];
/// Every standing of a statement.
pub const STANDINGS: [Standing; 6] =
    [Standing::Named, Standing::Relied, Standing::Unnamed, Standing::Unsigned, Standing::Failed, Standing::Elsewhere];
/// Every state of a requirement.
pub const METS: [Met; 3] = [Met::Met, Met::NotMet, Met::Unknown];
/// Every outcome of certificate beside provenance.
pub const AGREEMENTS: [Agreement; 4] =
    [Agreement::Agree, Agreement::OnlyClaimed, Agreement::OnlyCertificate, Agreement::Contradicts];

/// Every field filled, and every value of each enumeration of the chain.
fn full_custody(state: State) -> Custody {
    let text = || "text".to_owned();
    let question = |strength| StageQuestion {
        id: text(),
        title: text(),
        strength,
        answer: text(),
        vouchers: vec![Voucher::Builder],
        check: text(),
        statement: Some(1),
        to_close: text(),
    };
    let stage = |state| Stage {
        id: text(),
        title: text(),
        question: text(),
        answer: text(),
        state,
        answered: 1,
        of: 4,
        questions: STRENGTHS.map(question).to_vec(),
    };
    let edge = |state| Edge {
        from: text(),
        to: text(),
        state,
        label: text(),
        value: text(),
        why: text(),
        statement: Some(0),
        checks: vec![text()],
    };
    let statement = |standing| Statement {
        name: text(),
        kind: text(),
        predicate_type: text(),
        signer: text(),
        standing,
        reason: text(),
        time: text(),
        subjects: vec![text()],
        says: vec![NamedValue { name: text(), value: text() }],
        checks: vec![StatementCheck { id: text(), title: text(), state, summary: text() }],
    };
    let claim = |state| Claim {
        name: text(),
        certificate: text(),
        certificate_at: text(),
        provenance: text(),
        provenance_at: text(),
        state,
    };
    Custody {
        stages: STAGE_STATES.map(stage).to_vec(),
        edges: EDGE_STATES.map(edge).to_vec(),
        statements: STANDINGS.map(statement).to_vec(),
        levels: full_levels(),
        claims: AGREEMENTS.map(claim).to_vec(),
        inputs: Inputs {
            rows: vec![InputRow {
                name: text(),
                version: text(),
                digest: text(),
                listed: vec![text()],
                joined: text(),
                provenance: Some(1),
                warning: text(),
            }],
            pinned: 1,
            with_provenance: 1,
            summary: text(),
        },
        graph: Graph {
            nodes: vec![Node { stage: text(), label: text(), identity: text(), asked: true }],
            edges: EDGE_STATES
                .map(|state| GraphEdge { from: 0, to: 0, state, label: text(), statement: None })
                .to_vec(),
        },
        warnings: vec![text()],
        next: vec![Action { title: text(), detail: text() }],
    }
}

fn full_levels() -> Levels {
    let text = || "text".to_owned();
    let ladder = || Ladder {
        track: text(),
        version: text(),
        level: 2,
        title: text(),
        reason: text(),
        steps: METS.map(|state| Step { level: 1, title: text(), state, reason: text(), to_reach: text() }).to_vec(),
    };
    let requirement = |state| Requirement {
        id: text(),
        group: text(),
        title: text(),
        from_level: 1,
        state,
        reason: text(),
        never_visible: true,
    };
    Levels {
        build: ladder(),
        source: ladder(),
        draft: METS.map(requirement).to_vec(),
        draft_level: 1,
        draft_summary: text(),
    }
}
