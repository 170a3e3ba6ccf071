//! Certificate and timestamp authorities: their certificates decoded, their own chain checked once (B-13, B-14, B-37).

use std::sync::OnceLock;

use touchstone_crypto::{KeyError, PublicKey, SignatureVerifier, Signed};
use touchstone_formats::UnixMillis;
use touchstone_formats::oid::{self, ObjectIdentifier};
use touchstone_formats::time::TimeRange;
use touchstone_formats::x509::{Certificate, SignatureAlgorithm};

use crate::log::certificate_signature_scheme;
use crate::party::Signs;

/// An authority of a trusted root.
#[derive(Debug)]
pub struct Authority {
    /// Address as the root gives it; names the authority, is never fetched.
    pub uri: String,
    /// Who runs it (v0.2 roots); instances of one operator count once (B-4).
    pub operator: Option<String>,
    /// When the authority was in use, both ends inclusive.
    pub window: TimeRange,
    /// Certificate of the signer itself: only timestamp authorities have one, and not all (B-14).
    pub leaf: Option<Certificate>,
    /// See [`Self::party`]; counted of timestamp authorities only.
    pub(crate) party: usize,
    /// Issuing certificates, leaf-ward first; the last one is the anchor. Empty only where the root holds nothing but
    /// [`Self::leaf`], which then is the anchor.
    issuers: Vec<Certificate>,
    /// What its certificates are for: an intermediate with an extended key usage must list it.
    purpose: ObjectIdentifier,
    keys: Vec<OnceLock<Result<PublicKey, KeyError>>>,
    /// For each issuing certificate, whether it and those above it form a path.
    paths: Vec<OnceLock<Result<(), AuthorityPathFailure>>>,
    /// Whether the first issuing certificate signed [`Self::leaf`].
    leaf_issued: OnceLock<Result<(), AuthorityPathFailure>>,
    /// Of an authority that is built in a test says that its certificates are a path; to check it costs as much as all of a bundle's
    /// signatures.
    pub(crate) is_built_in: bool,
    /// Where it is in the root's file.
    pub place: String,
}

/// Proof that each certificate of an authority, from one that issues leaves, was issued by the next, up to the anchor
/// (B-37). Says nothing about time.
#[derive(Clone, Copy, Debug)]
pub struct CheckedAuthority<'a> {
    authority: &'a Authority,
    from: usize,
}

impl<'a> CheckedAuthority<'a> {
    /// The authority whose chain was checked.
    #[must_use]
    pub const fn authority(self) -> &'a Authority {
        self.authority
    }

    /// The certificate of the path that was not valid at `instant`, if there is one: the anchor is held to its dates
    /// too, since the hybrid model asks it of every certificate (B-36).
    #[must_use]
    pub fn invalid_at(self, instant: UnixMillis) -> Option<&'a Certificate> {
        let path = self.authority.issuers.get(self.from..).unwrap_or_default();
        path.iter().find(|issuer| instant < issuer.not_before || issuer.not_after < instant)
    }
}

/// Why an authority's certificates do not form a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityPathFailure {
    /// What is wrong.
    pub kind: AuthorityPathFailureKind,
    /// Subject of the certificate it is wrong with.
    pub subject: String,
}

/// What can be wrong with a link of a path (B-37).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthorityPathFailureKind {
    /// `basicConstraints` is absent, not critical, or says that it is no authority.
    NotAnAuthority,
    /// `keyUsage` lacks `keyCertSign`.
    KeyUsage,
    /// More certificates follow than `pathLenConstraint` allows.
    PathLength,
    /// It has an extended key usage without the purpose at hand.
    Purpose,
    /// It holds a critical extension that nobody here understands.
    CriticalExtension,
    /// Its issuer's name is not the next certificate's subject.
    IssuerName,
    /// Its authority key identifier is not the next certificate's subject key identifier.
    KeyIdentifier,
    /// It is not signed by the next certificate's key.
    Signature,
    /// Its signature algorithm or its issuer's key is of no accepted kind.
    Algorithm,
}

impl AuthorityPathFailureKind {
    /// In words, after "the certificate".
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::NotAnAuthority => "is not marked as an authority by a critical basicConstraints extension",
            Self::KeyUsage => "may not sign certificates (keyUsage lacks keyCertSign)",
            Self::PathLength => "has more certificates below it than its pathLenConstraint allows",
            Self::Purpose => "has an extended key usage that leaves this purpose out",
            Self::CriticalExtension => "holds a critical extension that is not understood here",
            Self::IssuerName => "names an issuer that is not the next certificate",
            Self::KeyIdentifier => "names a key of its issuer that is not the next certificate's",
            Self::Signature => "is not signed by the next certificate's key",
            Self::Algorithm => "is signed with an algorithm that is not accepted",
        }
    }
}

impl Authority {
    /// Puts an authority together. `certificates` leaf-ward first, not empty; the first is the signer's own when it is
    /// no authority and `purpose` is timestamping (B-14).
    pub(crate) fn new(
        uri: String,
        operator: Option<String>,
        window: TimeRange,
        mut certificates: Vec<Certificate>,
        purpose: ObjectIdentifier,
        place: String,
    ) -> Self {
        let first_is_leaf = purpose == oid::TIME_STAMPING
            && certificates
                .first()
                .is_some_and(|first| !first.basic_constraints.is_some_and(|constraints| constraints.ca));
        let leaf = first_is_leaf.then(|| certificates.remove(0));
        let keys = certificates.iter().map(|_| OnceLock::new()).collect();
        let paths = certificates.iter().map(|_| OnceLock::new()).collect();
        let leaf_issued = OnceLock::new();
        Self {
            party: 0,
            uri,
            operator,
            window,
            leaf,
            issuers: certificates,
            purpose,
            keys,
            paths,
            leaf_issued,
            is_built_in: false,
            place,
        }
    }

    /// Who is behind it, as a number of its trusted root: what counts as one in a threshold (B-4).
    #[must_use]
    pub const fn party(&self) -> usize {
        self.party
    }

    pub(crate) fn signs(&self) -> Signs<'_> {
        Signs {
            key: self.leaf.as_ref().map(|leaf| leaf.spki_der.as_slice()),
            issuer: self.issuers.first().map(|issuer| issuer.spki_der.as_slice()),
            operator: self.operator.as_deref(),
            address: &self.uri,
        }
    }

    /// A name for reports: the address, else the subject of its first certificate.
    #[must_use]
    pub fn name(&self) -> String {
        if self.uri.is_empty() {
            self.leaf.as_ref().or(self.issuers.first()).map(|first| first.subject.to_string()).unwrap_or_default()
        } else {
            self.uri.clone()
        }
    }

    /// All issuing certificates, leaf-ward first; the last is the anchor.
    #[must_use]
    pub fn issuers(&self) -> &[Certificate] {
        &self.issuers
    }

    /// Which of this authority's certificates `leaf` names as its issuer: by name, and by key identifier where both have
    /// one (B-37). Usually the first; GitHub's instance issues its release certificates from the second. Several where a
    /// certificate was renewed under its name and no identifier tells them apart.
    pub fn named_by(&self, leaf: &Certificate) -> impl Iterator<Item = usize> {
        self.issuers.iter().enumerate().filter(|(_, issuer)| names_issuer(leaf, issuer)).map(|(at, _)| at)
    }

    /// Verifies that this authority's certificate at `issuer` signed `certificate`.
    ///
    /// # Errors
    /// [`AuthorityPathFailureKind::Signature`] or [`AuthorityPathFailureKind::Algorithm`].
    pub fn verify_issued(
        &self,
        certificate: &Certificate,
        issuer: usize,
        crypto: &dyn SignatureVerifier,
    ) -> Result<(), AuthorityPathFailureKind> {
        self.verify_signed_by(certificate, issuer, crypto)
    }

    /// Checks the path from the issuing certificate at `issuer` to the anchor, once; later calls return the first
    /// answer. The anchor is trusted as it stands: its own signature, if any, is not looked at.
    ///
    /// # Errors
    /// The first link that is broken.
    pub fn check_path_from(
        &self,
        issuer: usize,
        crypto: &dyn SignatureVerifier,
    ) -> Result<CheckedAuthority<'_>, AuthorityPathFailure> {
        let Some(known) = self.paths.get(issuer) else {
            let kind = AuthorityPathFailureKind::IssuerName;
            return Err(AuthorityPathFailure { kind, subject: self.name() });
        };
        let walk = || if self.is_built_in { Ok(()) } else { self.walk_from(issuer, crypto) };
        match known.get_or_init(walk) {
            Ok(()) => Ok(CheckedAuthority { authority: self, from: issuer }),
            Err(failure) => Err(failure.clone()),
        }
    }

    /// As [`Self::check_path_from`] the first issuing certificate, which must also have issued [`Self::leaf`]. A leaf that the
    /// root lists alone is the last of its chain, and so the anchor, self-signed or not (B-13, B-14).
    ///
    /// # Errors
    /// The first link that is broken.
    pub fn check_path_from_leaf(
        &self,
        crypto: &dyn SignatureVerifier,
    ) -> Result<CheckedAuthority<'_>, AuthorityPathFailure> {
        if self.leaf.is_some() && (self.issuers.is_empty() || self.is_built_in) {
            return Ok(CheckedAuthority { authority: self, from: 0 });
        }
        self.leaf_issued.get_or_init(|| self.check_leaf(crypto)).clone()?;
        self.check_path_from(0, crypto)
    }

    fn check_leaf(&self, crypto: &dyn SignatureVerifier) -> Result<(), AuthorityPathFailure> {
        let (Some(leaf), Some(first)) = (&self.leaf, self.issuers.first()) else {
            let kind = AuthorityPathFailureKind::IssuerName;
            return Err(AuthorityPathFailure { kind, subject: self.name() });
        };
        let fail = |kind| AuthorityPathFailure { kind, subject: leaf.subject.to_string() };
        if !names_issuer(leaf, first) {
            return Err(fail(AuthorityPathFailureKind::IssuerName));
        }
        self.verify_signed_by(leaf, 0, crypto).map_err(fail)
    }

    fn walk_from(&self, first: usize, crypto: &dyn SignatureVerifier) -> Result<(), AuthorityPathFailure> {
        for (position, issuer) in self.issuers.iter().enumerate().skip(first) {
            let fail = |kind| AuthorityPathFailure { kind, subject: issuer.subject.to_string() };
            self.check_issuer_profile(issuer, position.saturating_sub(first)).map_err(fail)?;
            if let Some(next) = self.issuers.get(position.saturating_add(1)) {
                if !issuer.issuer.same_as(&next.subject) {
                    return Err(fail(AuthorityPathFailureKind::IssuerName));
                }
                if !names_issuer(issuer, next) {
                    return Err(fail(AuthorityPathFailureKind::KeyIdentifier));
                }
                self.verify_signed_by(issuer, position.saturating_add(1), crypto).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// RFC 5280 §4.2.1.3, §4.2.1.9 and §6.1.4 (k) to (n), as B-37 and B-38 narrow them. `below` counts the issuing
    /// certificates between this one and the leaf.
    fn check_issuer_profile(&self, issuer: &Certificate, below: usize) -> Result<(), AuthorityPathFailureKind> {
        let constraints = issuer
            .basic_constraints
            .filter(|constraints| constraints.ca && constraints.critical)
            .ok_or(AuthorityPathFailureKind::NotAnAuthority)?;
        let allowed = constraints.path_len.map(|length| usize::try_from(length).unwrap_or(usize::MAX));
        if allowed.is_some_and(|allowed| below > allowed) {
            return Err(AuthorityPathFailureKind::PathLength);
        }
        if !issuer.key_usage.is_some_and(|usage| usage.key_cert_sign()) {
            return Err(AuthorityPathFailureKind::KeyUsage);
        }
        if !issuer.unrecognised_critical().is_empty() {
            return Err(AuthorityPathFailureKind::CriticalExtension);
        }
        // B-38: the anchor too, as Go's x509 walks the whole chain. RFC 5280 would leave it out.
        let purposes = issuer.extended_key_usage.as_ref();
        let fits =
            purposes.is_none_or(|usage| usage.contains(&self.purpose) || usage.contains(&oid::ANY_EXTENDED_KEY_USAGE));
        if fits { Ok(()) } else { Err(AuthorityPathFailureKind::Purpose) }
    }

    fn verify_signed_by(
        &self,
        certificate: &Certificate,
        issuer: usize,
        crypto: &dyn SignatureVerifier,
    ) -> Result<(), AuthorityPathFailureKind> {
        let key = self.key(issuer).ok_or(AuthorityPathFailureKind::Algorithm)?;
        let algorithm = certificate
            .signature_algorithm
            .signature_algorithm()
            .unwrap_or(SignatureAlgorithm::Unknown(certificate.signature_algorithm.oid));
        let scheme = certificate_signature_scheme(algorithm, key).ok_or(AuthorityPathFailureKind::Algorithm)?;
        crypto
            .verify(scheme, key, Signed::Message(&certificate.tbs_der), &certificate.signature)
            .map_err(|_| AuthorityPathFailureKind::Signature)
    }

    /// The key of the `index`-th issuing certificate, decoded once.
    fn key(&self, index: usize) -> Option<&PublicKey> {
        let issuer = self.issuers.get(index)?;
        self.keys.get(index)?.get_or_init(|| PublicKey::from_spki_der(&issuer.spki_der)).as_ref().ok()
    }
}

/// Whether `certificate` names `issuer`: same name, and the same key identifier where both carry one (B-37).
fn names_issuer(certificate: &Certificate, issuer: &Certificate) -> bool {
    let same_key = match (&certificate.authority_key_id, &issuer.subject_key_id) {
        (Some(wanted), Some(present)) => wanted == present,
        _ => true,
    };
    same_key && certificate.issuer.same_as(&issuer.subject)
}
