//! The report as a document: what page, widget, terminal and file all show. Serialised as JSON, schema version 1
//! (`schema/touchstone-report-1.json`). Plain data with public fields in the reader's words; nothing here can be turned
//! back into a verified value.

pub mod custody;
pub mod inventory;

use serde::{Deserialize, Serialize};

pub use custody::Custody;

/// The value of [`Document::schema`].
pub const SCHEMA: &str = "touchstone-report/1";

/// One verification, told.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Program and version that made the document, for example `touchstone 0.1.0`.
    pub tool: String,
    /// The verdict in words.
    pub verdict: Verdict,
    /// What was given, in the order given, and what each was recognised as.
    pub given: Vec<Given>,
    /// The artifact the question is about, when there is one.
    pub artifact: Option<Artifact>,
    /// Who signed, as far as it was read. `proven` says whether the checks that make it a fact passed.
    pub signer: Option<Signer>,
    /// The trusted root that judged.
    pub world: Option<World>,
    /// What was expected, said back.
    pub policy: Policy,
    /// Every check exactly once, in the order of the groups.
    pub checks: Vec<Check>,
    /// Verified facts with who vouches for each. Empty unless the check behind each passed.
    pub facts: Vec<Fact>,
    /// What was read, whether or not it was proven: certificate, log entries, timestamps, statement, raw material.
    pub evidence: Evidence,
    /// "What this shows" (empty unless verified).
    pub shows: Vec<String>,
    /// "What it does not show": always there.
    pub does_not_show: Vec<String>,
    /// Numbered actions: only on rejected, three at most.
    pub to_do: Vec<Action>,
    /// Things worth knowing that decide nothing, for example fields that no check covers.
    pub notes: Vec<String>,
    /// The chain of custody: source, build, artifact, deployment. `None` when nothing could be read.
    pub custody: Option<Custody>,
}

/// The three verdicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Every required check passed, for a signer and an artifact that the person named (or waived).
    Verified,
    /// A check failed.
    Rejected,
    /// Nothing failed, something is open.
    Incomplete,
}

impl Outcome {
    /// The verdict in a word, without what was waived: for a row among many.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "Verified",
            Self::Rejected => "Rejected",
            Self::Incomplete => "Incomplete",
        }
    }
}

/// The verdict in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Verdict {
    /// Which of the three.
    pub outcome: Outcome,
    /// The heading: "Verified", "Verified, 1 check waived", "Rejected", "Incomplete".
    pub title: String,
    /// The strong first sentence.
    pub sentence: String,
    /// The rest of the paragraph; may be empty.
    pub detail: String,
    /// For incomplete: each open thing, a sentence each.
    pub open: Vec<Open>,
    /// Names of waived checks.
    pub waived: Vec<String>,
    /// One line of counts: "14 of 15 checks passed".
    pub counts: String,
    /// For rejected: ids of the failed checks, the most telling first.
    pub failed: Vec<String>,
}

/// Something an incomplete result waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Open {
    /// What kind of thing: `signer`, `artifact`, `key`, `trusted-root`, `evidence`.
    pub kind: String,
    /// The sentence.
    pub sentence: String,
    /// What would close it.
    pub to_do: String,
}

/// An input and what it was recognised as.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Given {
    /// Name as given; may be empty for pasted text.
    pub name: String,
    /// What it is, in words: "Sigstore bundle v0.3", "file", "trusted root".
    pub recognised_as: String,
    /// Bytes; absent when only a digest is known.
    pub size: Option<u64>,
}

/// The thing that the question is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    /// File name, or empty.
    pub name: String,
    /// Bytes, when they were here.
    pub size: Option<u64>,
    /// Digests: computed here when `computed`, else as stated by the person.
    pub digests: Vec<NamedDigest>,
    /// True when this program hashed the bytes; false when the person gave a digest.
    pub computed: bool,
}

/// `sha256` and its hex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDigest {
    /// `sha256`, `sha384` or `sha512`.
    pub algorithm: String,
    /// Lower-case hex, unbroken.
    pub hex: String,
}

/// Who signed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Signer {
    /// `workflow`, `email`, `uri`, `username`, `key`.
    pub kind: String,
    /// Exact text: the subject alternative name, or the key's SHA-256.
    pub identity: String,
    /// Kind of the name: "URI", "email address", "username", "public key".
    pub identity_kind: String,
    /// OIDC issuer, when the certificate names one.
    pub issuer: Option<String>,
    /// A short reading for headings: "workflow release.yml of sigstore/cosign".
    pub short: String,
    /// Whether chain and signature passed, so that the name is a fact and not only text in the bundle.
    pub proven: bool,
}

/// The trusted root that judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct World {
    /// "Sigstore public good", "Sigstore staging", "GitHub", "custom root".
    pub name: String,
    /// Where the root came from: "built in, trusted root of 2026-08-12" or the file's name.
    pub source: String,
    /// Why this one was chosen.
    pub chosen: String,
    /// What this world has none of, a sentence each: "No transparency log is expected here."
    pub lacks: Vec<String>,
}

/// What was expected, said back.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// One line per expectation: name and value ("Signer", "exactly https://…").
    pub lines: Vec<NamedValue>,
}

/// A labelled value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedValue {
    /// Label.
    pub name: String,
    /// Full value, never shortened.
    pub value: String,
}

/// State of a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Proven.
    Passed,
    /// Disproven.
    Failed,
    /// Could not run because another check failed.
    Blocked,
    /// The material holds nothing of the kind, and none is required.
    NotPresent,
    /// No expectation was given, or the input it needs is missing.
    NotAsked,
    /// The person said so.
    Waived,
}

/// One check, explained.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Check {
    /// Stable id, for example `inclusion-proof`.
    pub id: String,
    /// Group id: `bundle`, `log`, `time`, `certificate`, `content`, `expected`.
    pub group: String,
    /// Short name.
    pub title: String,
    /// What came out.
    pub state: State,
    /// One line: what was found out.
    pub summary: String,
    /// Heading of the failure card when failed: "This is not a file that was signed".
    pub headline: String,
    /// Expected; empty when it does not apply.
    pub expected: String,
    /// Found; empty when it does not apply.
    pub found: String,
    /// Path into the input: `$.verificationMaterial.tlogEntries[0]`; empty when it does not apply.
    pub place: String,
    /// Failure code when failed: stable, kebab-case.
    pub code: String,
    /// Id of the check that blocks this one, when blocked.
    pub blocked_by: String,
    /// What is checked.
    pub what: String,
    /// Why it counts.
    pub why: String,
    /// Harmless causes of a failure; may be empty.
    pub harmless: Vec<String>,
    /// What to do when it fails.
    pub to_do: String,
    /// Specification and rule ids: "Sigstore client specification §4.3 (B-36)".
    pub specification: String,
    /// Further lines, one per item examined (entry 1, timestamp 2).
    pub items: Vec<Item>,
}

/// One examined item of a check.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    /// Path into the input.
    pub place: String,
    /// State of this item.
    pub state: State,
    /// One line.
    pub summary: String,
}

/// Who stands behind a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Voucher {
    /// Computed here from the bytes given.
    ThisBrowser,
    /// The person: a digest that they stated, of a file that is not at hand.
    You,
    /// A certificate authority that the trusted root names.
    CertificateAuthority,
    /// The build system.
    Builder,
    /// A transparency log.
    TransparencyLog,
    /// A timestamp authority.
    TimestampAuthority,
    /// The publisher, or the holder of a key.
    Publisher,
    /// Issuer of a summary that the person relies on.
    Verifier,
    /// Nobody: a gap.
    Nobody,
}

/// A fact with its vouchers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Fact {
    /// `source`, `build`, `artifact`, `deploy`.
    pub stage: String,
    /// Label: "Repository".
    pub name: String,
    /// Full value.
    pub value: String,
    /// Who says so.
    pub vouchers: Vec<Voucher>,
    /// Id of the check that proved it.
    pub check: String,
}

/// What was read, proven or not.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// The signing certificate.
    pub certificate: Option<Table>,
    /// Log entries, one table each.
    pub log_entries: Vec<Table>,
    /// Timestamps, one table each.
    pub timestamps: Vec<Table>,
    /// The statement: its fields, and the payload as text.
    pub statement: Option<Table>,
    /// Raw material, named: the bundle as given, PEM of the certificate, entry bodies, payload.
    pub raw: Vec<Raw>,
}

/// A readable table of what a piece of evidence holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// Heading.
    pub title: String,
    /// Rows in order.
    pub rows: Vec<Row>,
}

/// One row of a [`Table`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Label: "Source Repository URI".
    pub name: String,
    /// Value in full.
    pub value: String,
    /// Exact reference: an OID or a JSON path; empty when there is none.
    pub reference: String,
}

/// Raw text for the evidence tab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Raw {
    /// Tab title: "Bundle", "Certificate (PEM)".
    pub title: String,
    /// `json`, `pem`, `text`.
    pub format: String,
    /// The text.
    pub text: String,
}

/// Something to do, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    /// Imperative: "Delete it".
    pub title: String,
    /// One sentence.
    pub detail: String,
}

impl Voucher {
    /// The word that a reader sees.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ThisBrowser => "computed here",
            Self::You => "you",
            Self::CertificateAuthority => "certificate authority",
            Self::Builder => "builder",
            Self::TransparencyLog => "transparency log",
            Self::TimestampAuthority => "timestamp authority",
            Self::Publisher => "publisher",
            Self::Verifier => "verifier",
            Self::Nobody => "nobody",
        }
    }
}
