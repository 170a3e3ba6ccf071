//! Whose word counts, and how far: the signer that the person named, and the maps of builders, verifiers and registries
//! that are relied on without being named (E-4, E-46, E-49, D-32). The maps are configuration, shown with each answer.

use touchstone_formats::fulcio::FulcioExtensions;
use touchstone_formats::x509::GeneralName;
use touchstone_verify::{BuilderKind, Instance, SignerPolicy, VerifiedBundle};

/// Issuer of the tokens of GitHub Actions.
pub const GITHUB_ACTIONS: &str = "https://token.actions.githubusercontent.com";

/// Whose word counts.
#[derive(Debug)]
pub struct Parties<'a> {
    /// The signer that the person named, if they named one.
    pub named: Option<&'a SignerPolicy>,
    /// Verifiers of summaries: the built-in pairs, and the person's. Builders are listed in the policy under which each
    /// bundle was verified.
    pub verifiers: Vec<Verifier>,
    /// The resource that a verifier's summary of the artifact has to be about, where the person expects one (E-49).
    pub resource: Option<String>,
}

/// A pair of signer and `verifier.id` (E-46, E-49).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    /// Who signs its summaries.
    pub signer: VerifierSigner,
    /// `verifier.id`, exactly.
    pub id: String,
    /// Why it is relied on: "built in: the source verifier of the SLSA project".
    pub because: String,
}

/// Who signs a verifier's summaries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VerifierSigner {
    /// A certificate with this name from this issuer, both exactly.
    Certificate {
        /// Subject alternative name.
        name: String,
        /// Issuer.
        issuer: String,
    },
    /// The signer or the key that the person named.
    Named,
}

/// (name in the certificate, `verifier.id`) of the source verifiers that are built in (E-47). They sign from a branch,
/// so each is listed in full.
const SOURCE_VERIFIERS: [(&str, &str); 2] = [
    (
        "https://github.com/slsa-framework/source-actions/.github/workflows/compute_slsa_source.yml@refs/heads/main",
        "https://github.com/slsa-framework/source-actions",
    ),
    (
        "https://github.com/slsa-framework/slsa-source-poc/.github/workflows/compute_slsa_source.yml@refs/heads/main",
        "https://github.com/slsa-framework/slsa-source-poc",
    ),
];

/// Signer of GitHub's releases, in GitHub's instance only (D-32).
const GITHUB_RELEASES: &str = "https://dotcom.releases.github.com";

/// The pairs that are built in.
#[must_use]
pub fn built_in_verifiers() -> Vec<Verifier> {
    SOURCE_VERIFIERS
        .iter()
        .map(|(name, id)| Verifier {
            signer: VerifierSigner::Certificate { name: (*name).to_owned(), issuer: GITHUB_ACTIONS.to_owned() },
            id: (*id).to_owned(),
            because: "on the built-in list of source verifiers".to_owned(),
        })
        .collect()
}

/// What the builder map says of a provenance's signer and `builder.id` (E-4, E-7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Listed {
    /// The most that it can vouch for: Build level 1 to 3.
    pub(crate) level: u8,
    /// What people call it.
    pub(crate) name: String,
    /// Whether the person put it on the list.
    pub(crate) is_own: bool,
}

impl Listed {
    pub(crate) fn of(bundle: &VerifiedBundle) -> Option<Self> {
        let builder = bundle.builder()?;
        let is_own = builder.kind() == BuilderKind::Own;
        Some(Self { level: builder.max_level(), name: builder.name().to_owned(), is_own })
    }

    /// Whether the list names this very signer. An entry for jobs of any workflow names nobody, and one outside of the
    /// list vouches for the first level only.
    pub(crate) const fn names_signer(&self) -> bool {
        self.level >= 3 || (self.is_own && self.level >= 2)
    }
}

impl Parties<'_> {
    /// Whether the person named this signer: a proof of the identity check, the key they gave, or the name itself.
    pub(crate) fn is_named(&self, bundle: &VerifiedBundle) -> bool {
        bundle.named_identity().is_some()
            || (bundle.claims().is_none() && !bundle.key_is_built_in())
            || self.named.is_some_and(|expected| bundle.is_by(expected))
    }

    /// The verifier that signed `bundle`, if `id` is the one that goes with the signer. Without an `id` (a statement that
    /// has no place for it) any that signs with this name.
    pub(crate) fn verifier(&self, bundle: &VerifiedBundle, id: Option<&str>) -> Option<&Verifier> {
        self.verifiers.iter().filter(|verifier| id.is_none_or(|id| id == verifier.id)).find(|verifier| match &verifier
            .signer
        {
            VerifierSigner::Certificate { name, issuer } => {
                signer_uri(bundle) == Some(name) && issuer_of(bundle.claims()) == Some(issuer)
            }
            VerifierSigner::Named => self.is_named(bundle),
        })
    }

    /// Whether GitHub signed `bundle` as a release.
    pub(crate) fn is_github_release(bundle: &VerifiedBundle) -> bool {
        bundle.instance() == Instance::GitHub && signer_uri(bundle) == Some(GITHUB_RELEASES)
    }
}

/// The URI in the certificate. Names of other kinds are no workflow (C-6).
pub(crate) fn signer_uri(bundle: &VerifiedBundle) -> Option<&str> {
    match bundle.signer() {
        Some(name @ GeneralName::Uri(_)) => name.text(),
        _ => None,
    }
}

pub(crate) fn issuer_of(claims: Option<&FulcioExtensions>) -> Option<&str> {
    claims.and_then(FulcioExtensions::issuer)
}
