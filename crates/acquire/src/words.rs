//! Plain words for each kind: what it is, and what to do with it here.

use crate::kind::{Kind, Role};
use crate::limits;

/// What a kind is called, used for, and what to do with it.
pub(crate) struct Words {
    /// What it is: "Sigstore bundle".
    pub(crate) name: &'static str,
    /// What it is used for unless the person says otherwise.
    pub(crate) role: Role,
    /// What to do with it here: a sentence or two. Empty when it is simply used.
    pub(crate) advice: &'static str,
}

const fn used(name: &'static str, role: Role) -> Words {
    Words { name, role, advice: "" }
}

const fn advised(name: &'static str, role: Role, advice: &'static str) -> Words {
    Words { name, role, advice }
}

/// The words of `kind`.
pub(crate) const fn words(kind: Kind) -> Words {
    match kind {
        Kind::Bundle => used("Sigstore bundle", Role::Bundle),
        Kind::BundleLines => used("Sigstore bundles, one a line", Role::Bundle),
        Kind::BrokenBundle => advised(
            "Sigstore bundle that breaks off or is not JSON",
            Role::Bundle,
            "The file is damaged. Download it again; if it was copied by hand, copy all of it.",
        ),
        Kind::NpmAttestations => used("Attestations of an npm package", Role::Bundle),
        Kind::PypiProvenance => used("Provenance of a Python package (PEP 740)", Role::Bundle),
        Kind::PypiAttestation => used("Attestation of a Python package (PEP 740)", Role::Bundle),
        Kind::DsseEnvelope | Kind::DsseEnvelopeLines => advised(
            "Signed statement without a certificate (a bare DSSE envelope)",
            Role::Bundle,
            "Checking it takes the public key of whoever signed it.",
        ),
        Kind::LegacySlsaEnvelope => advised(
            "Provenance in the older form of slsa-github-generator",
            Role::Bundle,
            "It lacks the proof that it was logged, so it cannot be verified without asking the log. Use \
             slsa-verifier, or a newer release that comes with a bundle.",
        ),
        Kind::CloudBuildDescription => advised(
            "Description of an image by Google Cloud Build",
            Role::Bundle,
            "Checking it takes Google's public keys, each under the name of its region.",
        ),
        Kind::NpmKeys => used("Public keys of the npm registry", Role::Key),
        Kind::GitHubAttestations => used("Attestations from GitHub", Role::Bundle),
        Kind::TrustedRoot => used("Trusted root", Role::TrustedRoot),
        Kind::TrustedRootLines => used("Trusted roots, one a line", Role::TrustedRoot),
        Kind::PublicKey => used("Public key", Role::Key),
        Kind::PrivateKey => advised(
            "Private key",
            Role::Unusable,
            "Never give a private key to a web page. This page sent it nowhere and does not keep it. To check a \
             signature, give the public key.",
        ),
        _ => evidence_of_another_kind(kind),
    }
}

const fn evidence_of_another_kind(kind: Kind) -> Words {
    match kind {
        Kind::CosignLegacyBundle => advised(
            "Bundle of an older cosign",
            Role::Unusable,
            "Checking this older form is not built in yet. Use cosign verify-blob --bundle, or ask the project for a \
             Sigstore bundle.",
        ),
        Kind::CosignAnnotation => advised(
            "Log promise from a signed container image",
            Role::Unusable,
            "This is one part of an image signature. Give the whole bundle of the image instead.",
        ),
        Kind::CosignSignature => advised(
            "Bare signature in base64",
            Role::Unusable,
            "A signature alone says neither who made it nor when. Give the bundle (.sigstore.json) of the same file.",
        ),
        Kind::BareStatement => advised(
            "Statement that nobody signed",
            Role::Further,
            "Anybody could have written it, so it proves nothing. Give the bundle in which it was signed.",
        ),
        // A file like any other, unless it comes beside one: then it says what is in that.
        Kind::Spdx => used("Bill of materials (SPDX)", Role::Artifact),
        Kind::CycloneDx => used("Bill of materials (CycloneDX)", Role::Artifact),
        // Beside another file or a digest: what it lists is covered where it is signed itself (F-22, F-28).
        Kind::ImageIndex => used("Index of a container image", Role::Artifact),
        Kind::ImageManifest => used("Manifest of a container image", Role::Artifact),
        Kind::TufMetadata => advised(
            "TUF metadata",
            Role::Unusable,
            "This leads to a trusted root but is none. Give the trusted_root.json that it names.",
        ),
        Kind::Certificate => advised(
            "Certificate",
            Role::Unusable,
            "A certificate says who may sign, not what was signed. Give the bundle (.sigstore.json) of the same file.",
        ),
        _ => signature_of_another_system(kind),
    }
}

const fn signature_of_another_system(kind: Kind) -> Words {
    match kind {
        Kind::Pkcs7 => advised(
            "PKCS #7 signature or certificates",
            Role::Unusable,
            "This is not made with Sigstore. Check it with openssl cms -verify.",
        ),
        Kind::OpenPgp => advised(
            "OpenPGP signature or key",
            Role::Unusable,
            "This is not made with Sigstore. Check it with gpg --verify and a key that you trust.",
        ),
        Kind::Minisign => advised(
            "minisign signature",
            Role::Unusable,
            "This is not made with Sigstore. Check it with minisign -V and the project's public key.",
        ),
        Kind::SshSignature => advised(
            "SSH signature",
            Role::Unusable,
            "This is not made with Sigstore. Check it with ssh-keygen -Y verify.",
        ),
        Kind::Checksums => advised(
            "List of checksums",
            Role::Artifact,
            "Used as the file to check. A list that nobody signed proves nothing about the files in it.",
        ),
        Kind::GoStruct => advised(
            "Printed program value instead of JSON",
            Role::Unusable,
            "Some tool printed its memory instead of encoding it. Save the bundle as JSON and give that.",
        ),
        Kind::Utf16Text => advised(
            "Text in UTF-16",
            Role::Artifact,
            "Used as the file to check. If it was to be a bundle: a shell saved it in the wrong encoding; save it \
             again as UTF-8.",
        ),
        _ => file(kind),
    }
}

const fn file(kind: Kind) -> Words {
    match kind {
        Kind::Html => used("Web page", Role::Artifact),
        Kind::Pdf => used("PDF document", Role::Artifact),
        Kind::Zip => used("ZIP archive", Role::Artifact),
        Kind::Gzip => used("gzip archive", Role::Artifact),
        Kind::Elf => used("Linux program or library", Role::Artifact),
        Kind::WindowsProgram => used("Windows program or library", Role::Artifact),
        Kind::MacProgram => used("macOS program or library", Role::Artifact),
        Kind::Empty => advised(
            "Empty file",
            Role::Unusable,
            "There is nothing in it. The download probably broke off: fetch it again.",
        ),
        Kind::OtherJson => advised(
            "JSON of a kind not known here",
            Role::Artifact,
            "Used as the file to check: it holds none of the kinds of evidence that can be read here.",
        ),
        Kind::OtherJsonLines => advised(
            "JSON Lines of a kind not known here",
            Role::Artifact,
            "Used as the file to check: it holds none of the kinds of evidence that can be read here.",
        ),
        Kind::LargeJson => advised(
            "JSON too large to be evidence",
            Role::Artifact,
            "Used as the file to check. Evidence of more than 24 MiB is not read.",
        ),
        _ => used("File", Role::Artifact),
    }
}

/// Foreign text, shortened for a sentence and freed of control characters.
pub(crate) fn quoted(text: &str) -> String {
    let mut short: String = text.chars().filter(|one| !one.is_control()).take(limits::MAX_QUOTED_CHARS).collect();
    if text.chars().count() > limits::MAX_QUOTED_CHARS {
        short.push('…');
    }
    short
}
