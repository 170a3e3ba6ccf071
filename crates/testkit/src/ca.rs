//! Certificate authorities, and what the good leaf certificate claims.

pub use crate::certificate::{BasicConstraints, CertificateRecipe, Extension, Issuer, San};
use crate::der;
use crate::keys::{Key, Kind};

/// Identity the good worlds sign as (URI).
pub const WORKFLOW: &str = "https://github.com/touchstone-test/beacon/.github/workflows/release.yml@refs/heads/main";
/// OpenID issuer of the good worlds.
pub const ISSUER: &str = "https://token.actions.githubusercontent.com";
/// Source repository of the good worlds.
pub const REPOSITORY: &str = "https://github.com/touchstone-test/beacon";
/// Source commit of the good worlds.
pub const COMMIT: &str = "9739798945b2a848e911bcf1dddb97298cade0b1";

/// Extended key usage: code signing.
pub const CODE_SIGNING: &str = "1.3.6.1.5.5.7.3.3";
/// Extended key usage: time stamping.
pub const TIME_STAMPING: &str = "1.3.6.1.5.5.7.3.8";
/// Extended key usage: any.
pub const ANY_USAGE: &str = "2.5.29.37.0";
/// Key usage bit digitalSignature.
pub const DIGITAL_SIGNATURE: u8 = 0;
/// Key usage bit keyCertSign.
pub const KEY_CERT_SIGN: u8 = 5;
/// Key usage bit cRLSign.
pub const CRL_SIGN: u8 = 6;

/// Name with organisation and common name.
pub fn name(organization: &str, common_name: &str) -> Vec<u8> {
    let attribute = |oid: &str, text: &str| der::set_of(&[der::sequence(&[der::oid(oid), der::utf8(text)])]);
    der::sequence(&[attribute("2.5.4.10", organization), attribute("2.5.4.3", common_name)])
}

/// Object identifier of a Fulcio claim.
pub fn fulcio_oid(arc: u32) -> String {
    format!("1.3.6.1.4.1.57264.1.{arc}")
}

/// A Fulcio claim in the encoding of its arc (C.1).
pub fn fulcio_claim(arc: u32, text: &str) -> Extension {
    let value = if arc <= 6 { text.as_bytes().to_vec() } else { der::utf8(text) };
    Extension::new(&fulcio_oid(arc), false, value)
}

/// Claims of the good leaf.
pub(crate) fn workflow_claims() -> Vec<Extension> {
    let commit = COMMIT;
    [
        (1, ISSUER),
        (2, "workflow_dispatch"),
        (3, commit),
        (4, "Release"),
        (5, "touchstone-test/beacon"),
        (6, "refs/heads/main"),
        (8, ISSUER),
        (9, WORKFLOW),
        (10, commit),
        (11, "github-hosted"),
        (12, REPOSITORY),
        (13, commit),
        (14, "refs/heads/main"),
        (15, "632596897"),
        (16, "https://github.com/touchstone-test"),
        (17, "131804563"),
        (18, WORKFLOW),
        (19, commit),
        (20, "workflow_dispatch"),
        (21, "https://github.com/touchstone-test/beacon/actions/runs/15609877086/attempts/1"),
        (22, "public"),
        (24, "repo:touchstone-test/beacon:ref:refs/heads/main"),
    ]
    .map(|(arc, text)| fulcio_claim(arc, text))
    .to_vec()
}

/// A certificate authority: root, then intermediates in issuing order.
#[derive(Clone)]
pub struct Authority {
    /// The self-signed certificate.
    pub root: CertificateRecipe,
    /// From the one that the root issues down to the one that issues leaves.
    pub intermediates: Vec<CertificateRecipe>,
}

impl Authority {
    /// P-384 root and intermediate, as Fulcio has; `label` separates worlds.
    pub fn fulcio(label: &str) -> Self {
        let organization = format!("{label}.test");
        let root = CertificateRecipe {
            authority_key_id: None,
            ..CertificateRecipe::authority(
                Key::new(Kind::P384, &format!("{label} CA root")),
                &organization,
                "touchstone-root",
                None,
            )
        };
        let intermediate = CertificateRecipe {
            extended_key_usage: Some(vec![CODE_SIGNING.to_owned()]),
            ..CertificateRecipe::authority(
                Key::new(Kind::P384, &format!("{label} CA intermediate")),
                &organization,
                "touchstone-intermediate",
                Some(0),
            )
        };
        Authority { root, intermediates: vec![intermediate] }
    }

    /// Root and leaf of a timestamp authority have the same shape: see [`crate::tsa`].
    pub fn issuer(&self) -> Issuer {
        self.intermediates.last().unwrap_or(&self.root).as_issuer()
    }

    /// The certificates as a trusted root lists them: leaf-ward first, anchor last (B-13).
    pub fn certificates(&self) -> Vec<Vec<u8>> {
        let mut issuer = self.root.as_issuer();
        let mut all = vec![self.root.issue(&issuer)];
        for intermediate in &self.intermediates {
            all.insert(0, intermediate.issue(&issuer));
            issuer = intermediate.as_issuer();
        }
        all
    }
}
