//! What Fulcio writes into a certificate about the signer (C.1), parsed and not believed.

mod table;

pub use table::{EXTENSIONS, ExtensionEncoding, ExtensionInfo};

use der::Tag;

use crate::{
    fault::{Explanation, Fault, display_fault},
    limits::MAX_FULCIO_VALUE_BYTES,
    oid::{self, ObjectIdentifier},
    tlv::Tlv,
    x509::{Certificate, Extension, GeneralName},
};

/// Fulcio's extensions of one certificate.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct FulcioExtensions {
    /// The known extensions, in the order of the certificate.
    pub values: Vec<FulcioExtension>,
    /// Extensions of Fulcio's arc that the table does not know, not decoded.
    pub opaque: Vec<Extension>,
}

/// One known extension with its text.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct FulcioExtension {
    /// Which one it is
    pub info: &'static ExtensionInfo,
    /// Its text, as it stands; may be empty
    pub value: String,
}

/// A deprecated extension and its successor that say different things (C-2).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Disagreement {
    /// The deprecated extension
    pub deprecated: &'static ExtensionInfo,
    /// Its successor
    pub current: &'static ExtensionInfo,
    /// What the successor must say, from the deprecated one
    pub expected: String,
    /// What the successor says
    pub found: String,
}

/// Why a Fulcio extension cannot be read. One variant, one cause.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum FulcioError {
    /// A value that must be one DER UTF8String is not (C-1).
    NotUtf8String {
        /// The extension
        oid: ObjectIdentifier,
    },
    /// A value that must be raw UTF-8 is not (C-1).
    NotUtf8 {
        /// The extension
        oid: ObjectIdentifier,
    },
    /// A value is longer than the cap.
    TooLong {
        /// The extension
        oid: ObjectIdentifier,
        /// The cap, in bytes
        limit: usize,
        /// Its length, in bytes
        found: usize,
    },
}

impl FulcioExtensions {
    /// Reads all of Fulcio's extensions, strictly (C-1).
    ///
    /// # Errors
    /// [`FulcioError`] names the extension whose encoding is wrong.
    pub fn parse(certificate: &Certificate) -> Result<Self, FulcioError> {
        let mut read = Self::default();
        for extension in &certificate.extensions {
            if !extension.oid.starts_with(oid::FULCIO) {
                continue;
            }
            match ExtensionInfo::with_oid(&extension.oid) {
                Some(info) => read.values.push(FulcioExtension::read(info, extension)?),
                None => read.opaque.push(extension.clone()),
            }
        }
        Ok(read)
    }

    /// The text of the extension `.arc`, as it stands; may be empty. For display; to compare, use [`Self::claim`].
    pub fn value(&self, arc: u32) -> Option<&str> {
        self.extension(arc).map(|extension| extension.value.as_str())
    }

    /// The text of the extension `.arc`; `None` also if it is empty, for an empty claim matches nothing (C-2).
    pub fn claim(&self, arc: u32) -> Option<&str> {
        self.value(arc).filter(|value| !value.is_empty())
    }

    /// The issuer of the identity token: `.8`, else `.1` (C-3).
    pub fn issuer(&self) -> Option<&str> {
        self.claim(8).or_else(|| self.claim(1))
    }

    /// Where a deprecated extension and its successor disagree; any disagreement fails (C-2).
    #[must_use]
    pub fn disagreements(&self) -> Vec<Disagreement> {
        SUCCESSORS
            .iter()
            .filter_map(|successor| {
                let deprecated = self.extension(successor.deprecated)?;
                let current = self.extension(successor.current)?;
                let expected = format!("{}{}", successor.prefix, deprecated.value);
                (current.value != expected).then(|| Disagreement {
                    deprecated: deprecated.info,
                    current: current.info,
                    expected,
                    found: current.value.clone(),
                })
            })
            .collect()
    }

    fn extension(&self, arc: u32) -> Option<&FulcioExtension> {
        self.values.iter().find(|extension| extension.info.arc == arc)
    }
}

/// An extension that took a deprecated one's place; its text is `prefix` and the deprecated one's text.
struct Successor {
    deprecated: u32,
    current: u32,
    prefix: &'static str,
}

/// C-2.
const SUCCESSORS: [Successor; 5] = [
    Successor { deprecated: 1, current: 8, prefix: "" },
    Successor { deprecated: 2, current: 20, prefix: "" },
    Successor { deprecated: 3, current: 13, prefix: "" },
    Successor { deprecated: 5, current: 12, prefix: "https://github.com/" },
    Successor { deprecated: 6, current: 14, prefix: "" },
];

impl FulcioExtension {
    fn read(info: &'static ExtensionInfo, extension: &Extension) -> Result<Self, FulcioError> {
        let oid = extension.oid;
        let found = extension.value.len();
        if found > MAX_FULCIO_VALUE_BYTES {
            return Err(FulcioError::TooLong { oid, limit: MAX_FULCIO_VALUE_BYTES, found });
        }
        let text = match info.encoding {
            // C-1: DER in a raw slot is no text, though its bytes may be.
            ExtensionEncoding::Raw if Tlv::only(&extension.value, Tag::Utf8String).is_ok() => {
                return Err(FulcioError::NotUtf8 { oid });
            }
            ExtensionEncoding::Raw => {
                core::str::from_utf8(&extension.value).map_err(|_| FulcioError::NotUtf8 { oid })?
            }
            ExtensionEncoding::Utf8String => Tlv::only(&extension.value, Tag::Utf8String)
                .and_then(|tlv| tlv.utf8())
                .map_err(|_| FulcioError::NotUtf8String { oid })?,
        };
        Ok(Self { info, value: text.to_owned() })
    }
}

/// The names that a certificate gives its subject: the SANs, in order (C.2, C-6).
pub fn identities(certificate: &Certificate) -> &[GeneralName] {
    certificate.subject_alt_names.as_ref().map_or(&[], |names| names.names.as_slice())
}

/// Named claims; each is `None` if absent or empty (C-2).
impl FulcioExtensions {
    /// `.2`, deprecated: GitHub's event name
    pub fn github_workflow_trigger(&self) -> Option<&str> {
        self.claim(2)
    }
    /// `.3`, deprecated: the commit
    pub fn github_workflow_sha(&self) -> Option<&str> {
        self.claim(3)
    }
    /// `.4`, deprecated: the workflow's name
    pub fn github_workflow_name(&self) -> Option<&str> {
        self.claim(4)
    }
    /// `.5`, deprecated: `owner/name` without host
    pub fn github_workflow_repository(&self) -> Option<&str> {
        self.claim(5)
    }
    /// `.6`, deprecated: the ref
    pub fn github_workflow_ref(&self) -> Option<&str> {
        self.claim(6)
    }
    /// `.9`
    pub fn build_signer_uri(&self) -> Option<&str> {
        self.claim(9)
    }
    /// `.10`
    pub fn build_signer_digest(&self) -> Option<&str> {
        self.claim(10)
    }
    /// `.11`
    pub fn runner_environment(&self) -> Option<&str> {
        self.claim(11)
    }

    /// C-7: CircleCI's name for a job in which somebody had a shell. It is no unattended build.
    #[must_use]
    pub fn had_shell(&self) -> bool {
        self.runner_environment() == Some("ssh-rerun")
    }
    /// `.12`
    pub fn source_repository_uri(&self) -> Option<&str> {
        self.claim(12)
    }
    /// `.13`
    pub fn source_repository_digest(&self) -> Option<&str> {
        self.claim(13)
    }
    /// `.14`
    pub fn source_repository_ref(&self) -> Option<&str> {
        self.claim(14)
    }
    /// `.15`
    pub fn source_repository_identifier(&self) -> Option<&str> {
        self.claim(15)
    }
    /// `.16`
    pub fn source_repository_owner_uri(&self) -> Option<&str> {
        self.claim(16)
    }
    /// `.17`
    pub fn source_repository_owner_identifier(&self) -> Option<&str> {
        self.claim(17)
    }
    /// `.18`
    pub fn build_config_uri(&self) -> Option<&str> {
        self.claim(18)
    }
    /// `.19`
    pub fn build_config_digest(&self) -> Option<&str> {
        self.claim(19)
    }
    /// `.20`
    pub fn build_trigger(&self) -> Option<&str> {
        self.claim(20)
    }
    /// `.21`
    pub fn run_invocation_uri(&self) -> Option<&str> {
        self.claim(21)
    }
    /// `.22`: visibility when it was signed, never now (C-10)
    pub fn source_repository_visibility_at_signing(&self) -> Option<&str> {
        self.claim(22)
    }
    /// `.23`: the job ran under this environment; not that a deployment succeeded (C-11)
    pub fn deployment_environment(&self) -> Option<&str> {
        self.claim(23)
    }
    /// `.24`
    pub fn token_subject(&self) -> Option<&str> {
        self.claim(24)
    }
}

impl FulcioError {
    /// Every code that [`Fault::code`] can give.
    pub const ALL_CODES: &[&str] = &["fulcio-not-utf8", "fulcio-not-utf8-string", "fulcio-too-long"];
}

impl Fault for FulcioError {
    fn explain(&self) -> Explanation<'_> {
        let (code, oid, expected, found) = match self {
            Self::NotUtf8 { oid } => ("fulcio-not-utf8", oid, "UTF-8 text".to_owned(), "other bytes".to_owned()),
            Self::NotUtf8String { oid } => {
                ("fulcio-not-utf8-string", oid, "one DER UTF8String".to_owned(), "other bytes".to_owned())
            }
            Self::TooLong { oid, limit, found } => {
                ("fulcio-too-long", oid, format!("at most {limit} bytes"), format!("{found} bytes"))
            }
        };
        Explanation {
            code,
            rule: "C-1",
            path: Some(format!("extension {oid}").into()),
            expected: expected.into(),
            found: found.into(),
        }
    }
}

display_fault!(FulcioError);

#[cfg(test)]
mod tests;
