//! Fulcio's table of extensions (C.1).

use crate::oid::{FULCIO, ObjectIdentifier};

/// One known extension of the arc 1.3.6.1.4.1.57264.1.
#[derive(Debug, Eq, PartialEq)]
pub struct ExtensionInfo {
    /// Last arc of the identifier: 12 for `.12`
    pub arc: u32,
    /// The whole identifier, dotted
    pub oid: &'static str,
    /// Stable kebab-case name: `source-repository-uri`
    pub id: &'static str,
    /// The name in Fulcio's table
    pub name: &'static str,
    /// The plain question that it answers
    pub question: &'static str,
    /// How its value is encoded
    pub encoding: ExtensionEncoding,
}

/// How the text stands in `extnValue` (C-1).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ExtensionEncoding {
    /// UTF-8 directly (`.1` to `.6`)
    Raw,
    /// A DER UTF8String (`.8` to `.24`)
    Utf8String,
}

impl ExtensionInfo {
    /// The extension with this kebab-case id, name of Fulcio's table, or dotted identifier.
    ///
    /// Names match without regard to case, spaces and punctuation: `SourceRepositoryURI` is `source-repository-uri`.
    #[must_use]
    pub fn find(name: &str) -> Option<&'static Self> {
        let wanted = plain(name);
        EXTENSIONS.iter().find(|info| info.oid == name || plain(info.id) == wanted || plain(info.name) == wanted)
    }

    pub(super) fn with_oid(oid: &ObjectIdentifier) -> Option<&'static Self> {
        let arc = oid.arcs().last().filter(|_| oid.parent() == Some(FULCIO))?;
        EXTENSIONS.iter().find(|info| info.arc == arc)
    }
}

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}

const fn raw(
    arc: u32,
    oid: &'static str,
    id: &'static str,
    name: &'static str,
    question: &'static str,
) -> ExtensionInfo {
    ExtensionInfo { arc, oid, id, name, question, encoding: ExtensionEncoding::Raw }
}

const fn utf8(
    arc: u32,
    oid: &'static str,
    id: &'static str,
    name: &'static str,
    question: &'static str,
) -> ExtensionInfo {
    ExtensionInfo { arc, oid, id, name, question, encoding: ExtensionEncoding::Utf8String }
}

/// All known extensions, by arc. `.7` is missing: it lives in the SAN (C-5).
pub static EXTENSIONS: &[ExtensionInfo] = &[
    raw(
        1,
        "1.3.6.1.4.1.57264.1.1",
        "deprecated-issuer",
        "Issuer (deprecated)",
        "Who vouched for the signer's identity?",
    ),
    raw(
        2,
        "1.3.6.1.4.1.57264.1.2",
        "github-workflow-trigger",
        "GitHub Workflow Trigger (deprecated)",
        "What event started the workflow?",
    ),
    raw(
        3,
        "1.3.6.1.4.1.57264.1.3",
        "github-workflow-sha",
        "GitHub Workflow SHA (deprecated)",
        "Which commit did the workflow run on?",
    ),
    raw(
        4,
        "1.3.6.1.4.1.57264.1.4",
        "github-workflow-name",
        "GitHub Workflow Name (deprecated)",
        "What is the workflow called?",
    ),
    raw(
        5,
        "1.3.6.1.4.1.57264.1.5",
        "github-workflow-repository",
        "GitHub Workflow Repository (deprecated)",
        "Which repository did the workflow run in?",
    ),
    raw(
        6,
        "1.3.6.1.4.1.57264.1.6",
        "github-workflow-ref",
        "GitHub Workflow Ref (deprecated)",
        "Which branch or tag did the workflow run on?",
    ),
    utf8(8, "1.3.6.1.4.1.57264.1.8", "issuer", "Issuer (V2)", "Who vouched for the signer's identity?"),
    utf8(9, "1.3.6.1.4.1.57264.1.9", "build-signer-uri", "Build Signer URI", "Which build instructions signed?"),
    utf8(
        10,
        "1.3.6.1.4.1.57264.1.10",
        "build-signer-digest",
        "Build Signer Digest",
        "Which version of the build instructions signed?",
    ),
    utf8(
        11,
        "1.3.6.1.4.1.57264.1.11",
        "runner-environment",
        "Runner Environment",
        "Was the build run on the platform's own machines?",
    ),
    utf8(12, "1.3.6.1.4.1.57264.1.12", "source-repository-uri", "Source Repository URI", "Which repository was built?"),
    utf8(
        13,
        "1.3.6.1.4.1.57264.1.13",
        "source-repository-digest",
        "Source Repository Digest",
        "Which commit was built?",
    ),
    utf8(
        14,
        "1.3.6.1.4.1.57264.1.14",
        "source-repository-ref",
        "Source Repository Ref",
        "Which branch or tag was built?",
    ),
    utf8(
        15,
        "1.3.6.1.4.1.57264.1.15",
        "source-repository-identifier",
        "Source Repository Identifier",
        "Which repository was it, whatever its name was later?",
    ),
    utf8(
        16,
        "1.3.6.1.4.1.57264.1.16",
        "source-repository-owner-uri",
        "Source Repository Owner URI",
        "Who owns the repository?",
    ),
    utf8(
        17,
        "1.3.6.1.4.1.57264.1.17",
        "source-repository-owner-identifier",
        "Source Repository Owner Identifier",
        "Which owner was it, whatever their name was later?",
    ),
    utf8(
        18,
        "1.3.6.1.4.1.57264.1.18",
        "build-config-uri",
        "Build Config URI",
        "Which build configuration started the build?",
    ),
    utf8(
        19,
        "1.3.6.1.4.1.57264.1.19",
        "build-config-digest",
        "Build Config Digest",
        "Which version of the build configuration was used?",
    ),
    utf8(20, "1.3.6.1.4.1.57264.1.20", "build-trigger", "Build Trigger", "What event started the build?"),
    utf8(21, "1.3.6.1.4.1.57264.1.21", "run-invocation-uri", "Run Invocation URI", "Which run was it?"),
    utf8(
        22,
        "1.3.6.1.4.1.57264.1.22",
        "source-repository-visibility-at-signing",
        "Source Repository Visibility At Signing",
        "Could the public see the repository when this was signed?",
    ),
    utf8(
        23,
        "1.3.6.1.4.1.57264.1.23",
        "deployment-environment",
        "Deployment Environment",
        "Under which deployment environment did the job run?",
    ),
    utf8(24, "1.3.6.1.4.1.57264.1.24", "token-subject", "Token Subject", "Whom did the identity token name?"),
];
