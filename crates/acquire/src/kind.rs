//! What a thing turned out to be, and what it can be used for.

use serde::{Deserialize, Serialize};

/// What the content is. Told by content, never by the file's name alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// A Sigstore bundle: `mediaType` begins with `application/vnd.dev.sigstore.bundle`.
    Bundle,
    /// Several bundles, one a line.
    BundleLines,
    /// Text that was to be a bundle and is not whole JSON.
    BrokenBundle,
    /// Answer of npm's attestation endpoint (G-10).
    NpmAttestations,
    /// Answer of GitHub's attestation API (G-22).
    GitHubAttestations,
    /// PEP 740 provenance object (G-2).
    PypiProvenance,
    /// PEP 740 attestation object (G-1).
    PypiAttestation,
    /// A DSSE envelope without verification material.
    DsseEnvelope,
    /// DSSE envelopes, one a line.
    DsseEnvelopeLines,
    /// A DSSE envelope with `signatures[0].cert`: the older form of slsa-github-generator (E-66).
    LegacySlsaEnvelope,
    /// `cosign sign-blob --bundle` before cosign 3: `base64Signature`, `cert`, `rekorBundle`.
    CosignLegacyBundle,
    /// The `bundle` annotation of a cosign image signature: `SignedEntryTimestamp`, `Payload` (F.2).
    CosignAnnotation,
    /// A bare base64 signature, as `cosign sign-blob` prints it.
    CosignSignature,
    /// Google Cloud Build's `describe` output (E.5).
    CloudBuildDescription,
    /// An in-toto statement outside of any envelope: unsigned.
    BareStatement,
    /// A bill of materials in SPDX: `spdxVersion`.
    Spdx,
    /// A bill of materials in CycloneDX: `bomFormat`.
    CycloneDx,
    /// An image index: what a signature on it covers (F-22).
    ImageIndex,
    /// Manifest of one container image.
    ImageManifest,
    /// TUF metadata: `signed` and `signatures` with `_type` (D).
    TufMetadata,
    /// A Sigstore trusted root.
    TrustedRoot,
    /// Several trusted roots, one a line (D-34).
    TrustedRootLines,
    /// An X.509 certificate, PEM or DER.
    Certificate,
    /// A public key, PEM or DER.
    PublicKey,
    /// The npm registry's list of public keys (G-13).
    NpmKeys,
    /// A private key, encrypted or not.
    PrivateKey,
    /// A PKCS #7 / CMS structure in PEM.
    Pkcs7,
    /// An OpenPGP signature or key in ASCII armour.
    OpenPgp,
    /// A minisign or signify signature.
    Minisign,
    /// An SSH signature.
    SshSignature,
    /// A list of checksums, as `sha256sum` prints it.
    Checksums,
    /// A printed Go value: something was printed instead of encoded.
    GoStruct,
    /// UTF-16 text: a shell saved JSON in the wrong encoding.
    Utf16Text,
    /// A web page.
    Html,
    /// A PDF document.
    Pdf,
    /// A ZIP archive (also jar, whl, conda, nupkg).
    Zip,
    /// A gzip stream.
    Gzip,
    /// An ELF program or library.
    Elf,
    /// A Windows program or library.
    WindowsProgram,
    /// A macOS program or library.
    MacProgram,
    /// No bytes at all.
    Empty,
    /// JSON of a kind that is not evidence known here.
    OtherJson,
    /// JSON Lines of a kind that is not evidence known here.
    OtherJsonLines,
    /// JSON that is too large to be evidence.
    LargeJson,
    /// Anything else.
    File,
}

impl Kind {
    /// Whether it lists what is in a container image: a signature on it covers that (F-22).
    #[must_use]
    pub const fn is_image_list(self) -> bool {
        matches!(self, Self::ImageIndex | Self::ImageManifest)
    }

    /// Whether the core takes it apart itself, because its parts are checked together or one for another: every signed
    /// form that is not a Sigstore bundle.
    #[must_use]
    pub const fn is_checked_whole(self) -> bool {
        matches!(
            self,
            Self::NpmAttestations
                | Self::PypiProvenance
                | Self::PypiAttestation
                | Self::DsseEnvelope
                | Self::DsseEnvelopeLines
                | Self::LegacySlsaEnvelope
                | Self::CloudBuildDescription
        )
    }
}

/// What a thing is used for in a question. The person may correct it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The evidence: one or several bundles.
    Bundle,
    /// The thing that the question is about.
    Artifact,
    /// The trusted root that judges.
    TrustedRoot,
    /// The public key that the person trusts.
    Key,
    /// Evidence beside the bundle: it adds to the chain of custody and decides nothing.
    Further,
    /// Nothing that can be checked here; the advice says what to do instead.
    Unusable,
}

impl Role {
    /// The roles that a person may choose for an input.
    pub const CHOICES: [Self; 5] = [Self::Artifact, Self::Bundle, Self::Further, Self::TrustedRoot, Self::Key];

    /// The role in words, for the chip of an input.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Bundle => "Signature (bundle)",
            Self::Artifact => "File to check",
            Self::TrustedRoot => "Trusted root",
            Self::Key => "Public key",
            Self::Further => "Further evidence",
            Self::Unusable => "Not used",
        }
    }
}
