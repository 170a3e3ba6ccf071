//! Why a log entry body is refused.

use super::EntryType;
use crate::base64::Base64Problem;
use crate::fault::display_fault;
use crate::field::FieldError;
use crate::path::{Path, quoted};
use crate::pem::PemProblem;
use crate::{Explanation, Fault, json};

/// Why a log entry body was refused. Paths start at `$`, the body itself.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyError {
    /// Not JSON, or beyond a cap.
    Json(json::Error),
    /// A member is missing, mistyped or malformed.
    Field(FieldError),
    /// A kind of entry without support: `rekord`, `cose`, `alpine`, `helm`, `jar`, `rfc3161`, … (B.13).
    UnsupportedKind(EntryType),
    /// A known kind in a version without support.
    UnsupportedVersion(EntryType),
    /// `dsse` 0.0.2, which was in the first design of Rekor v2 and is removed (B-72).
    DsseV002Removed,
    /// Another number of signatures than one (B.13).
    SignatureCount {
        /// Where.
        path: Path,
        /// Signatures found.
        found: usize,
    },
    /// Neither certificate nor public key (B-73).
    NoVerifier {
        /// Where.
        path: Path,
    },
    /// Both certificate and public key (B-73).
    TwoVerifiers {
        /// Where.
        path: Path,
    },
    /// A verifier that is not one canonical PEM block (B-83).
    Pem {
        /// Where.
        path: Path,
        /// What is wrong with it.
        problem: PemProblem,
    },
    /// A PEM block that holds neither certificate nor public key (B-83).
    PemLabel {
        /// Where.
        path: Path,
        /// The label found.
        found: String,
    },
    /// A digest that is not lower-case hexadecimal (B.13).
    DigestNotHex {
        /// Where.
        path: Path,
    },
    /// A digest whose length does not fit its algorithm (B.13).
    DigestLength {
        /// Where.
        path: Path,
        /// Bytes that the algorithm makes.
        expected: usize,
        /// Bytes found.
        found: usize,
    },
    /// The inner of two layers of base64 is not strict standard base64 (A-9, B.13).
    InnerBase64 {
        /// Where.
        path: Path,
        /// What is wrong with it.
        problem: Base64Problem,
    },
}

/// Every code of [`BodyError`] that is its own.
pub const CODES: &[&str] = &[
    "body-unsupported-kind",
    "body-unsupported-version",
    "body-dsse-002-removed",
    "body-signature-count",
    "body-no-verifier",
    "body-two-verifiers",
    "body-invalid-pem",
    "body-pem-label",
    "body-digest-not-hex",
    "body-digest-length",
    "body-invalid-inner-base64",
];

impl Fault for BodyError {
    // One long table on purpose: the compiler keeps it complete.
    fn explain(&self) -> Explanation<'_> {
        let one_verifier = "one of x509Certificate and publicKey";
        match self {
            Self::Json(error) => error.explain(),
            Self::Field(error) => error.explain(),
            Self::UnsupportedKind(found) => Explanation::new("body-unsupported-kind", "B.13")
                .at("$.kind")
                .expected("a hashedrekord, dsse or intoto entry")
                .found(found.to_string()),
            Self::UnsupportedVersion(found) => Explanation::new("body-unsupported-version", "B.13")
                .at("$.apiVersion")
                .expected("hashedrekord 0.0.1 or 0.0.2, dsse 0.0.1, intoto 0.0.1 or 0.0.2")
                .found(found.to_string()),
            Self::DsseV002Removed => Explanation::new("body-dsse-002-removed", "B-72")
                .at("$.apiVersion")
                .expected("an envelope logged as hashedrekord 0.0.2, as Rekor v2 does")
                .found("dsse 0.0.2, which was removed before release"),
            Self::SignatureCount { path, found } => Explanation::new("body-signature-count", "B.13")
                .at(path.as_str())
                .expected("exactly one signature")
                .found(found.to_string()),
            Self::NoVerifier { path } => {
                Explanation::new("body-no-verifier", "B-73").at(path.as_str()).expected(one_verifier).found("neither")
            }
            Self::TwoVerifiers { path } => {
                Explanation::new("body-two-verifiers", "B-73").at(path.as_str()).expected(one_verifier).found("both")
            }
            Self::Pem { path, problem } => Explanation::new("body-invalid-pem", "B-83")
                .at(path.as_str())
                .expected("exactly one PEM block")
                .found(problem.to_string()),
            Self::PemLabel { path, found } => Explanation::new("body-pem-label", "B-83")
                .at(path.as_str())
                .expected("a PEM block CERTIFICATE or PUBLIC KEY")
                .found(quoted(found)),
            Self::DigestNotHex { path } => Explanation::new("body-digest-not-hex", "B.13")
                .at(path.as_str())
                .expected("lower-case hexadecimal")
                .found("other characters, or an odd number of them"),
            Self::DigestLength { path, expected, found } => Explanation::new("body-digest-length", "B.13")
                .at(path.as_str())
                .expected(format!("{expected} bytes"))
                .found(format!("{found} bytes")),
            Self::InnerBase64 { path, problem } => Explanation::new("body-invalid-inner-base64", "A-9")
                .at(path.as_str())
                .expected("standard base64 inside the base64")
                .found(problem.to_string()),
        }
    }
}
display_fault!(BodyError);

impl From<FieldError> for BodyError {
    fn from(error: FieldError) -> Self {
        Self::Field(error)
    }
}
