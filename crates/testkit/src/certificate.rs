//! One X.509 certificate with every knob.

use crate::ca::{CODE_SIGNING, CRL_SIGN, DIGITAL_SIGNATURE, KEY_CERT_SIGN, TIME_STAMPING, WORKFLOW};
use crate::ca::{fulcio_claim, fulcio_oid, name, workflow_claims};
use crate::ct::SctRecipe;
use crate::der;
use crate::keys::{Hash, Key, Scheme, signature_algorithm};
use crate::time::{LEAF_END, LEAF_START, WORLD_END, WORLD_START};

/// A subject alternative name.
#[derive(Clone, Debug)]
pub enum San {
    /// uniformResourceIdentifier.
    Uri(String),
    /// rfc822Name.
    Email(String),
    /// otherName 1.3.6.1.4.1.57264.1.7 (C-5).
    Username(String),
    /// dNSName.
    Dns(String),
    /// An encoded GeneralName as it is.
    Raw(Vec<u8>),
}

/// One X.509 extension.
#[derive(Clone, Debug)]
pub struct Extension {
    /// Dotted object identifier.
    pub oid: String,
    /// The critical flag.
    pub critical: bool,
    /// Content of extnValue.
    pub value: Vec<u8>,
}

impl Extension {
    /// An extension from its parts.
    pub fn new(oid: &str, critical: bool, value: Vec<u8>) -> Self {
        Extension { oid: oid.to_owned(), critical, value }
    }
}

/// basicConstraints.
#[derive(Clone, Debug)]
pub struct BasicConstraints {
    /// The cA flag.
    pub ca: bool,
    /// pathLenConstraint.
    pub path_length: Option<u64>,
    /// The critical flag.
    pub critical: bool,
}

/// Everything one certificate says. `None` or an empty list leaves the extension out.
#[derive(Clone)]
pub struct CertificateRecipe {
    /// Its own key.
    pub key: Key,
    /// SubjectPublicKeyInfo to write instead of the key's.
    pub spki: Option<Vec<u8>>,
    /// Serial number, big-endian.
    pub serial: Vec<u8>,
    /// Encoded subject name.
    pub subject: Vec<u8>,
    /// Encoded issuer name, where it shall differ from the issuer's subject.
    pub issuer: Option<Vec<u8>>,
    /// Unix seconds.
    pub not_before: i64,
    /// Unix seconds.
    pub not_after: i64,
    /// Key usage bits.
    pub key_usage: Option<Vec<u8>>,
    /// Extended key usages.
    pub extended_key_usage: Option<Vec<String>>,
    /// Critical flag of the extended key usage.
    pub extended_key_usage_critical: bool,
    /// basicConstraints.
    pub basic_constraints: Option<BasicConstraints>,
    /// Writes the subject key identifier.
    pub subject_key_id: bool,
    /// Authority key identifier: `None` leaves it out, `Some(None)` writes the issuer's.
    pub authority_key_id: Option<Option<Vec<u8>>>,
    /// Subject alternative names.
    pub san: Option<Vec<San>>,
    /// Critical flag of the subject alternative name.
    pub san_critical: bool,
    /// Fulcio and other extensions, in order.
    pub extensions: Vec<Extension>,
    /// SCTs to embed; made over the precertificate (B-47).
    pub scts: Vec<SctRecipe>,
    /// Position of the SCT extension among the others; `None` puts it last.
    pub sct_position: Option<usize>,
    /// Encoded `SignedCertificateTimestampList` to write instead of one made from `scts`.
    pub sct_list: Option<Vec<u8>>,
    /// Scheme of the issuer's signature, where it shall not be the default of the issuer's key.
    pub scheme: Option<Scheme>,
    /// Flips one bit of the signature.
    pub tamper_signature: bool,
}

/// Who issues: name and key.
#[derive(Clone)]
pub struct Issuer {
    /// Encoded subject name.
    pub name: Vec<u8>,
    /// Key that signs.
    pub key: Key,
}

impl CertificateRecipe {
    /// A certificate authority's certificate, ten years long.
    pub fn authority(key: Key, organization: &str, common_name: &str, path_length: Option<u64>) -> Self {
        CertificateRecipe {
            spki: None,
            serial: Hash::Sha1.of(common_name.as_bytes())[1..9].to_vec(),
            subject: name(organization, common_name),
            issuer: None,
            not_before: WORLD_START,
            not_after: WORLD_END,
            key_usage: Some(vec![KEY_CERT_SIGN, CRL_SIGN]),
            extended_key_usage: None,
            extended_key_usage_critical: false,
            basic_constraints: Some(BasicConstraints { ca: true, path_length, critical: true }),
            subject_key_id: true,
            authority_key_id: Some(None),
            san: None,
            san_critical: false,
            extensions: Vec::new(),
            scts: Vec::new(),
            sct_position: None,
            sct_list: None,
            scheme: None,
            tamper_signature: false,
            key,
        }
    }

    /// A Fulcio leaf for a GitHub workflow (B-40, C.1), ten minutes long, one SCT.
    pub fn leaf(key: Key) -> Self {
        CertificateRecipe {
            spki: None,
            serial: vec![0x24, 0x6a, 0x39, 0xaa, 0x0c, 0x8a, 0x26, 0x3f],
            subject: der::sequence(&[]),
            issuer: None,
            not_before: LEAF_START,
            not_after: LEAF_END,
            key_usage: Some(vec![DIGITAL_SIGNATURE]),
            extended_key_usage: Some(vec![CODE_SIGNING.to_owned()]),
            extended_key_usage_critical: false,
            basic_constraints: None,
            subject_key_id: true,
            authority_key_id: Some(None),
            san: Some(vec![San::Uri(WORKFLOW.to_owned())]),
            san_critical: true,
            extensions: workflow_claims(),
            scts: vec![SctRecipe::default()],
            sct_position: None,
            sct_list: None,
            scheme: None,
            tamper_signature: false,
            key,
        }
    }

    /// A timestamp authority's leaf (B-32).
    pub fn timestamping(key: Key, organization: &str, common_name: &str) -> Self {
        CertificateRecipe {
            key_usage: Some(vec![DIGITAL_SIGNATURE]),
            extended_key_usage: Some(vec![TIME_STAMPING.to_owned()]),
            extended_key_usage_critical: true,
            basic_constraints: None,
            ..Self::authority(key, organization, common_name, None)
        }
    }

    /// The issuer that this certificate's holder is for others.
    pub fn as_issuer(&self) -> Issuer {
        Issuer { name: self.subject.clone(), key: self.key.clone() }
    }

    /// The DER certificate, signed by `issuer`.
    pub fn issue(&self, issuer: &Issuer) -> Vec<u8> {
        let scheme = self.scheme.unwrap_or_else(|| issuer.key.default_scheme());
        let list = self.sct_list.clone().or_else(|| (!self.scts.is_empty()).then(|| self.sct_list_for(issuer)));
        let mut extensions = self.encode_extensions(issuer);
        if let Some(list) = list {
            let position = self.sct_position.unwrap_or(extensions.len());
            extensions.insert(position, encode_extension(&crate::ct::extension(&list)));
        }
        let tbs = self.encode_tbs(issuer, scheme, &extensions);
        let mut signature = issuer.key.sign_with(scheme, &tbs);
        if self.tamper_signature {
            crate::flip_last_bit(&mut signature);
        }
        der::sequence(&[tbs, signature_algorithm(scheme), der::bit_string(&signature)])
    }

    /// The `SignedCertificateTimestampList` over this certificate as `issuer` would issue it.
    pub fn sct_list_for(&self, issuer: &Issuer) -> Vec<u8> {
        let scheme = self.scheme.unwrap_or_else(|| issuer.key.default_scheme());
        let precertificate = self.encode_tbs(issuer, scheme, &self.encode_extensions(issuer));
        crate::ct::list(&self.scts, &precertificate, &issuer.key)
    }

    fn encode_tbs(&self, issuer: &Issuer, scheme: Scheme, extensions: &[Vec<u8>]) -> Vec<u8> {
        let mut parts = vec![
            der::context(0, &der::small_integer(2)),
            der::integer(&self.serial),
            signature_algorithm(scheme),
            self.issuer.clone().unwrap_or_else(|| issuer.name.clone()),
            der::sequence(&[der::time(self.not_before), der::time(self.not_after)]),
            self.subject.clone(),
            self.spki.clone().unwrap_or_else(|| self.key.spki()),
        ];
        if !extensions.is_empty() {
            parts.push(der::context(3, &der::sequence(extensions)));
        }
        der::sequence(&parts)
    }

    fn encode_extensions(&self, issuer: &Issuer) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        if let Some(bits) = &self.key_usage {
            all.push(Extension::new("2.5.29.15", true, der::named_bits(bits)));
        }
        if let Some(usages) = &self.extended_key_usage {
            let usages: Vec<_> = usages.iter().map(|usage| der::oid(usage)).collect();
            all.push(Extension::new("2.5.29.37", self.extended_key_usage_critical, der::sequence(&usages)));
        }
        if let Some(constraints) = &self.basic_constraints {
            let ca = if constraints.ca { der::boolean(true) } else { Vec::new() };
            let length = constraints.path_length.map_or(Vec::new(), der::small_integer);
            all.push(Extension::new("2.5.29.19", constraints.critical, der::sequence(&[ca, length])));
        }
        if self.subject_key_id {
            all.push(Extension::new("2.5.29.14", false, der::octet_string(&self.key.key_id())));
        }
        if let Some(id) = &self.authority_key_id {
            let id = id.clone().unwrap_or_else(|| issuer.key.key_id());
            all.push(Extension::new("2.5.29.35", false, der::sequence(&[der::context_primitive(0, &id)])));
        }
        if let Some(names) = &self.san {
            let names: Vec<_> = names.iter().map(general_name).collect();
            all.push(Extension::new("2.5.29.17", self.san_critical, der::sequence(&names)));
        }
        all.iter().chain(&self.extensions).map(encode_extension).collect()
    }

    /// Sets a Fulcio claim: arcs 1 to 6 as raw text, the others as UTF8String (C.1). Replaces one that is there.
    pub fn claim(&mut self, arc: u32, text: &str) {
        let extension = fulcio_claim(arc, text);
        match self.extensions.iter_mut().find(|known| known.oid == extension.oid) {
            Some(known) => *known = extension,
            None => self.extensions.push(extension),
        }
    }

    /// Removes a Fulcio claim.
    pub fn without_claim(&mut self, arc: u32) {
        self.extensions.retain(|extension| extension.oid != fulcio_oid(arc));
    }

    /// Writes arbitrary bytes as the value of a Fulcio claim.
    pub fn claim_bytes(&mut self, arc: u32, value: Vec<u8>) {
        self.without_claim(arc);
        self.extensions.push(Extension::new(&fulcio_oid(arc), false, value));
    }
}

fn encode_extension(extension: &Extension) -> Vec<u8> {
    let critical = if extension.critical { der::boolean(true) } else { Vec::new() };
    der::sequence(&[der::oid(&extension.oid), critical, der::octet_string(&extension.value)])
}

fn general_name(name: &San) -> Vec<u8> {
    match name {
        San::Uri(text) => der::context_primitive(6, text.as_bytes()),
        San::Email(text) => der::context_primitive(1, text.as_bytes()),
        San::Dns(text) => der::context_primitive(2, text.as_bytes()),
        San::Username(text) => der::context(0, &[der::oid(&fulcio_oid(7)), der::context(0, &der::utf8(text))].concat()),
        San::Raw(bytes) => bytes.clone(),
    }
}
