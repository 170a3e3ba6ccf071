//! The authority behind the tokens: its certificates and keys.

use crate::ca::{CertificateRecipe, Issuer};
use crate::keys::{Key, Kind};

/// The authority: its certificates and keys.
#[derive(Clone)]
pub struct TimestampAuthority {
    /// Organisation and host.
    pub organization: String,
    /// The self-signed certificate.
    pub root: CertificateRecipe,
    /// In issuing order.
    pub intermediates: Vec<CertificateRecipe>,
    /// The certificate that signs tokens.
    pub leaf: CertificateRecipe,
    /// Whether the trusted root lists the leaf too (B-14).
    pub root_lists_leaf: bool,
}

impl TimestampAuthority {
    /// Root and leaf with P-384 keys, as Sigstore's; `label` separates authorities.
    pub fn new(label: &str) -> Self {
        let organization = format!("tsa-{label}.test");
        let key = |what: &str| Key::new(Kind::P384, &format!("TSA {label} {what}"));
        TimestampAuthority {
            root: CertificateRecipe {
                authority_key_id: None,
                ..CertificateRecipe::authority(key("root"), &organization, "tsa-root", None)
            },
            intermediates: Vec::new(),
            leaf: CertificateRecipe::timestamping(key("leaf"), &organization, "tsa"),
            root_lists_leaf: true,
            organization,
        }
    }

    /// With an intermediate between root and leaf.
    pub fn with_intermediate(label: &str) -> Self {
        let mut authority = TimestampAuthority::new(label);
        let key = Key::new(Kind::P384, &format!("TSA {label} intermediate"));
        authority.intermediates.push(CertificateRecipe::authority(
            key,
            &authority.organization,
            "tsa-intermediate",
            Some(0),
        ));
        authority
    }

    /// Whose key signed the leaf.
    pub fn issuer(&self) -> Issuer {
        self.intermediates.last().unwrap_or(&self.root).as_issuer()
    }

    /// The leaf certificate, DER.
    pub fn leaf_der(&self) -> Vec<u8> {
        self.leaf.issue(&self.issuer())
    }

    /// Intermediates leaf-ward first, then the root.
    pub fn authorities(&self) -> Vec<Vec<u8>> {
        let mut issuer = self.root.as_issuer();
        let mut all = vec![self.root.issue(&issuer)];
        for intermediate in &self.intermediates {
            all.insert(0, intermediate.issue(&issuer));
            issuer = intermediate.as_issuer();
        }
        all
    }

    /// The chain as the trusted root lists it.
    pub fn chain(&self) -> Vec<Vec<u8>> {
        let mut all = self.authorities();
        if self.root_lists_leaf {
            all.insert(0, self.leaf_der());
        }
        all
    }
}
