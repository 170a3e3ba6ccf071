//! Package URLs (E-50, G-11, G-16).

use core::str::FromStr;

use packageurl::PackageUrl;

use super::UriError;
use crate::path::quoted;

/// Bytes of one package URL. Real ones stay below 500.
pub const MAX_PURL_BYTES: usize = 4096;

/// A parsed package URL. A label, never an identity (E-55).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purl {
    /// Type, lower case: `npm`, `github`, …
    pub package_type: String,
    /// Namespace, decoded: npm's `@scope`, GitHub's owner.
    pub namespace: Option<String>,
    /// Name, decoded.
    pub name: String,
    /// Version, decoded.
    pub version: Option<String>,
    /// Digests of the qualifier `checksum`: (algorithm, hexadecimal), as written.
    pub checksums: Vec<(String, String)>,
    /// Whether it has qualifiers or a subpath, and so names less than the whole package.
    pub is_qualified: bool,
}

impl Purl {
    /// Reads a package URL.
    ///
    /// # Errors
    /// Not a package URL, too long, or a `checksum` that is not a list of `algorithm:hexadecimal`.
    pub fn parse(text: &str) -> Result<Self, UriError> {
        let refused = |problem| UriError::Package { found: quoted(text), problem };
        if text.len() > MAX_PURL_BYTES {
            return Err(refused("a package URL of at most 4096 bytes"));
        }
        let purl = PackageUrl::from_str(text).map_err(|_| refused("a package URL, such as pkg:npm/name@1.0.0"))?;
        let checksum = purl.qualifiers().get("checksum").map_or("", AsRef::as_ref);
        let checksums = checksum
            .split(',')
            .filter(|_| !checksum.is_empty())
            .map(|item| {
                let (algorithm, value) = item.split_once(':')?;
                let is_hex = !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_hexdigit());
                (is_hex && !algorithm.is_empty()).then(|| (algorithm.to_owned(), value.to_owned()))
            })
            .collect::<Option<Vec<_>>>()
            .ok_or_else(|| refused("a checksum of the form algorithm:hexadecimal"))?;
        Ok(Self {
            package_type: purl.ty().to_owned(),
            namespace: purl.namespace().map(str::to_owned),
            name: purl.name().to_owned(),
            version: purl.version().map(str::to_owned),
            checksums,
            is_qualified: !purl.qualifiers().is_empty() || purl.subpath().is_some(),
        })
    }

    /// Namespace and name with a slash between them: npm's `@scope/name`, GitHub's `owner/repo`.
    #[must_use]
    pub fn full_name(&self) -> String {
        match &self.namespace {
            Some(namespace) => format!("{namespace}/{}", self.name),
            None => self.name.clone(),
        }
    }

    /// Whether this is exactly this package of npm's at this version, with nothing else said (G-16). Case counts.
    #[must_use]
    pub fn is_npm(&self, name: &str, version: &str) -> bool {
        self.package_type == "npm"
            && !self.is_qualified
            && self.full_name() == name
            && self.version.as_deref() == Some(version)
    }

    /// Whether this is this repository of GitHub's at this tag; owner and name regardless of case, the tag exactly
    /// (E-50).
    #[must_use]
    pub fn is_github(&self, owner_and_name: &str, tag: &str) -> bool {
        self.package_type == "github"
            && !self.is_qualified
            && self.full_name().eq_ignore_ascii_case(owner_and_name)
            && self.version.as_deref() == Some(tag)
    }
}
