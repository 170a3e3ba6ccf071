//! Digests and image references as inventories write them.

use super::Identity;
use crate::limits::MAX_REFERENCE_BYTES;

/// Algorithms and the hexadecimal digits that each has.
const ALGORITHMS: [(&str, usize); 5] =
    [("sha256", 64), ("sha384", 96), ("sha512", 128), ("sha1", 40), ("gitCommit", 40)];

/// An image reference, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    /// What comes before the digest: `ghcr.io/acme/app:v1`. May be empty.
    pub(super) name: String,
    /// What identifies it.
    pub(super) identity: Identity,
}

/// Reads `algorithm:hex`, in capitals too, or `None` when `text` does not begin like one.
pub(super) fn digest(text: &str) -> Option<Identity> {
    let (name, hex) = text.split_once(':')?;
    let (algorithm, length) = ALGORITHMS.into_iter().find(|(known, _)| known.eq_ignore_ascii_case(name))?;
    Some(of_hex(algorithm, length, hex, text))
}

/// Hexadecimal digits alone, as checksum files have them: the length says which algorithm.
pub(super) fn bare_hex(text: &str) -> Option<Identity> {
    if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let algorithm = match text.len() {
        64 => "sha256",
        96 => "sha384",
        128 => "sha512",
        40 => "gitCommit",
        _ => return None,
    };
    Some(Identity::Digest { algorithm, hex: text.to_ascii_lowercase() })
}

fn of_hex(algorithm: &'static str, length: usize, hex: &str, whole: &str) -> Identity {
    let malformed = |found: String| Identity::Malformed {
        found: shortened(whole),
        problem: format!("A {algorithm} digest has {length} hexadecimal digits; found {found}."),
    };
    if !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return malformed("other characters".to_owned());
    }
    if hex.len() != length {
        return malformed(hex.len().to_string());
    }
    Identity::Digest { algorithm, hex: hex.to_ascii_lowercase() }
}

/// Reads an image reference: `name[:tag][@digest]`.
pub(super) fn image(text: &str) -> Reference {
    let malformed = |problem: &str| Reference {
        name: String::new(),
        identity: Identity::Malformed { found: shortened(text), problem: problem.to_owned() },
    };
    if text.len() > MAX_REFERENCE_BYTES {
        return malformed("An image reference has 1024 bytes at most.");
    }
    // A variable that the tool fills in later: nobody can say what it will be.
    if text.contains('$') {
        return Reference { name: text.to_owned(), identity: Identity::NoDigest { found: text.to_owned() } };
    }
    if !is_reference(text) {
        return malformed("Expected an image reference such as registry/name:tag@sha256:…");
    }
    match text.split_once('@') {
        None => Reference { name: text.to_owned(), identity: Identity::NoDigest { found: text.to_owned() } },
        Some((name, written)) => {
            let identity = digest(written).unwrap_or_else(|| Identity::Malformed {
                found: shortened(text),
                problem: "After the @ comes no sha256, sha384 or sha512 digest.".to_owned(),
            });
            Reference { name: name.to_owned(), identity }
        }
    }
}

/// Reads a node's `imageID`. A digest without a repository is the id of the image's configuration: nobody signs that,
/// and taking it for the manifest's digest would join nothing or the wrong thing (F-1).
pub(super) fn image_id(text: &str) -> Reference {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (scheme, rest),
        None => ("", text),
    };
    if !rest.contains('@') && (scheme == "docker" || digest(rest).is_some() || bare_hex(rest).is_some()) {
        let identity = Identity::ConfigurationOnly { found: shortened(text) };
        return Reference { name: String::new(), identity };
    }
    image(rest)
}

/// Whether a text could be an image reference: characters only, the registry decides the rest.
pub(super) fn is_reference(text: &str) -> bool {
    let allowed =
        |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'/' | b':' | b'@' | b'+');
    text.bytes().next().is_some_and(|byte| byte.is_ascii_alphanumeric()) && text.bytes().all(allowed)
}

fn shortened(text: &str) -> String {
    text.chars().take(MAX_REFERENCE_BYTES).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEX: &str = "2A0141c02a0141c02a0141c02a0141c02a0141c02a0141c02a0141c02a0141c0";

    fn sha256() -> Identity {
        Identity::Digest { algorithm: "sha256", hex: HEX.to_ascii_lowercase() }
    }

    #[test]
    fn f_1_an_image_id_without_a_repository_is_no_manifest() {
        let with = image_id(&format!("docker-pullable://ghcr.io/acme/app@sha256:{HEX}"));
        assert_eq!((with.name.as_str(), with.identity), ("ghcr.io/acme/app", sha256()));
        for text in [format!("sha256:{HEX}"), format!("docker://sha256:{HEX}"), HEX.to_owned()] {
            assert!(matches!(image_id(&text).identity, Identity::ConfigurationOnly { .. }), "{text}");
        }
    }

    #[test]
    fn a_reference_has_a_digest_or_says_that_it_has_none() {
        assert_eq!(image(&format!("acme/app:v1@sha256:{HEX}")).identity, sha256());
        assert_eq!(digest(&format!("SHA256:{HEX}")), Some(sha256()), "as some tools print it");
        assert!(matches!(image("acme/app:v1").identity, Identity::NoDigest { .. }));
        assert!(matches!(image("acme/app:${TAG:-latest}").identity, Identity::NoDigest { .. }));
        for text in [
            format!("acme/app@sha256:{}", HEX.get(1..).unwrap_or_default()),
            "acme/app@md5:00".to_owned(),
            "acme app".to_owned(),
            String::new(),
            "a".repeat(1025),
            format!("acme/app@sha256:{}g", HEX.get(1..).unwrap_or_default()),
        ] {
            assert!(matches!(image(&text).identity, Identity::Malformed { .. }), "{text}");
        }
    }
}
