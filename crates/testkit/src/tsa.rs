//! A timestamp authority that writes RFC 3161 `TimeStampResp`s with every knob (B-25 to B-33).

mod authority;

pub use authority::TimestampAuthority;

use crate::der;
use crate::keys::{Hash, Key, Scheme, signature_algorithm};
use crate::time::SIGNED_AT;

/// Content type of a TSTInfo.
pub const TST_INFO: &str = "1.2.840.113549.1.9.16.1.4";
const SIGNED_DATA: &str = "1.2.840.113549.1.7.2";
const CONTENT_TYPE: &str = "1.2.840.113549.1.9.3";
const MESSAGE_DIGEST: &str = "1.2.840.113549.1.9.4";
const SIGNING_CERTIFICATE: &str = "1.2.840.113549.1.9.16.2.12";
const SIGNING_CERTIFICATE_V2: &str = "1.2.840.113549.1.9.16.2.47";
const SIGSTORE_POLICY: &str = "1.3.6.1.4.1.57264.2";

/// Which certificates the token carries.
#[derive(Clone)]
pub enum Embedded {
    /// No `[0] certificates` at all.
    Absent,
    /// An empty `[0] certificates`.
    Empty,
    /// The signing certificate.
    Leaf,
    /// The signing certificate, intermediates and root.
    Chain,
    /// These certificates in this order.
    These(Vec<Vec<u8>>),
}

/// How the token names its signer (`SignerIdentifier`).
#[derive(Clone)]
pub enum SignerId {
    /// Issuer and serial number of the leaf.
    IssuerSerial,
    /// Issuer of the leaf and this serial number.
    OtherSerial(Vec<u8>),
    /// Subject key identifier of the leaf.
    SubjectKeyId,
}

/// How the signed attributes name the signing certificate.
#[derive(Clone)]
pub enum SigningCertificate {
    /// Not at all.
    Absent,
    /// ESSCertID, SHA-1.
    V1,
    /// ESSCertIDv2; SHA-256 is left out as the default.
    V2(Hash),
    /// ESSCertIDv2 with issuer and serial number.
    V2WithIssuerSerial,
    /// ESSCertIDv2 with issuer and another serial number.
    V2WithOtherSerial,
    /// ESSCertIDv2 over another certificate.
    V2Of(Vec<u8>),
}

/// One timestamp. The default of an authority is a good one.
#[derive(Clone)]
pub struct TimestampRecipe {
    /// Who signs.
    pub authority: TimestampAuthority,
    /// Unix seconds.
    pub gen_time: i64,
    /// Fraction text behind the seconds, with its point.
    pub fraction: String,
    /// PKIStatus.
    pub status: u64,
    /// Leaves the token out.
    pub without_token: bool,
    /// Hash of the message imprint.
    pub imprint_hash: Hash,
    /// Hash object identifier written in the imprint, where it shall not be the hash's.
    pub imprint_oid: Option<String>,
    /// Writes NULL parameters in the imprint.
    pub imprint_null: bool,
    /// What is stamped, where it shall not be the signature.
    pub message: Option<Vec<u8>>,
    /// The imprint's bytes, where they shall not be the hash.
    pub imprint: Option<Vec<u8>>,
    /// Digest algorithm of the signer info.
    pub digest: Hash,
    /// Scheme of the signature.
    pub scheme: Scheme,
    /// AlgorithmIdentifier to write instead of the scheme's.
    pub signature_algorithm: Option<Vec<u8>>,
    /// Version of the TSTInfo.
    pub version: u64,
    /// eContentType.
    pub content_type: String,
    /// Value of the contentType attribute; `None` leaves it out.
    pub attribute_content_type: Option<String>,
    /// Value of the messageDigest attribute, where it shall not be true.
    pub attribute_digest: Option<Vec<u8>>,
    /// Leaves the messageDigest attribute out.
    pub without_message_digest: bool,
    /// Leaves the signed attributes out: the signature is over the content.
    pub without_signed_attributes: bool,
    /// The signing certificate attribute.
    pub signing_certificate: SigningCertificate,
    /// The certificates in the token.
    pub embedded: Embedded,
    /// The signer identifier.
    pub signer: SignerId,
    /// Key that signs, where it shall not be the leaf's.
    pub key: Option<Key>,
    /// How many equal signer infos.
    pub signer_infos: usize,
    /// Serial number of the token.
    pub serial: u64,
    /// Flips one bit of the signature.
    pub tamper: bool,
    /// Bytes behind the response.
    pub trailing: Vec<u8>,
}

impl TimestampRecipe {
    /// A good timestamp by this authority, certificate embedded.
    pub fn by(authority: &TimestampAuthority) -> Self {
        let digest = authority.leaf.key.default_hash();
        TimestampRecipe {
            gen_time: SIGNED_AT,
            fraction: String::new(),
            status: 0,
            without_token: false,
            imprint_hash: Hash::Sha256,
            imprint_oid: None,
            imprint_null: true,
            message: None,
            imprint: None,
            digest,
            scheme: authority.leaf.key.default_scheme(),
            signature_algorithm: None,
            version: 1,
            content_type: TST_INFO.to_owned(),
            attribute_content_type: Some(TST_INFO.to_owned()),
            attribute_digest: None,
            without_message_digest: false,
            without_signed_attributes: false,
            signing_certificate: SigningCertificate::V2(Hash::Sha256),
            embedded: Embedded::Leaf,
            signer: SignerId::IssuerSerial,
            key: None,
            signer_infos: 1,
            serial: 4711,
            tamper: false,
            trailing: Vec::new(),
            authority: authority.clone(),
        }
    }

    /// The DER `TimeStampResp` over `signature`.
    pub fn write(&self, signature: &[u8]) -> Vec<u8> {
        let status = der::sequence(&[der::small_integer(self.status)]);
        let token = if self.without_token { Vec::new() } else { self.token(signature) };
        [der::sequence(&[status, token]), self.trailing.clone()].concat()
    }

    fn token(&self, signature: &[u8]) -> Vec<u8> {
        let content = self.tst_info(signature);
        let encapsulated =
            der::sequence(&[der::oid(&self.content_type), der::context(0, &der::octet_string(&content))]);
        let infos = vec![self.signer_info(&content); self.signer_infos];
        let signed_data = der::sequence(&[
            der::small_integer(3),
            der::set_of(&[der::algorithm(self.digest.oid(), Vec::new())]),
            encapsulated,
            self.certificates(),
            der::set_of(&infos),
        ]);
        der::sequence(&[der::oid(SIGNED_DATA), der::context(0, &signed_data)])
    }

    fn tst_info(&self, signature: &[u8]) -> Vec<u8> {
        let message = self.message.as_deref().unwrap_or(signature);
        let parameters = if self.imprint_null { der::null() } else { Vec::new() };
        let algorithm = der::algorithm(self.imprint_oid.as_deref().unwrap_or(self.imprint_hash.oid()), parameters);
        let imprint = self.imprint.clone().unwrap_or_else(|| self.imprint_hash.of(message));
        der::sequence(&[
            der::small_integer(self.version),
            der::oid(SIGSTORE_POLICY),
            der::sequence(&[algorithm, der::octet_string(&imprint)]),
            der::small_integer(self.serial),
            der::generalized_time(self.gen_time, &self.fraction),
            der::sequence(&[der::small_integer(1)]),
        ])
    }

    fn certificates(&self) -> Vec<u8> {
        let leaf = || self.authority.leaf_der();
        let all = match &self.embedded {
            Embedded::Absent => return Vec::new(),
            Embedded::Empty => Vec::new(),
            Embedded::Leaf => vec![leaf()],
            Embedded::Chain => [vec![leaf()], self.authority.authorities()].concat(),
            Embedded::These(certificates) => certificates.clone(),
        };
        der::context(0, &all.concat())
    }

    fn signer_info(&self, content: &[u8]) -> Vec<u8> {
        let attributes = self.signed_attributes(content);
        let signed = if self.without_signed_attributes { content.to_vec() } else { der::set_of(&attributes) };
        let mut signature = self.key.as_ref().unwrap_or(&self.authority.leaf.key).sign_with(self.scheme, &signed);
        if self.tamper {
            crate::flip_last_bit(&mut signature);
        }
        let mut written = signed;
        if self.without_signed_attributes {
            written.clear();
        } else {
            // [0] IMPLICIT in place of SET OF.
            written[0] = 0xa0;
        }
        let (version, signer) = self.signer_id();
        der::sequence(&[
            der::small_integer(version),
            signer,
            der::algorithm(self.digest.oid(), Vec::new()),
            written,
            self.signature_algorithm.clone().unwrap_or_else(|| signature_algorithm(self.scheme)),
            der::octet_string(&signature),
        ])
    }

    fn signer_id(&self) -> (u64, Vec<u8>) {
        let issuer = self.authority.leaf.issuer.clone().unwrap_or_else(|| self.authority.issuer().name);
        match &self.signer {
            SignerId::IssuerSerial => (1, der::sequence(&[issuer, der::integer(&self.authority.leaf.serial)])),
            SignerId::OtherSerial(serial) => (1, der::sequence(&[issuer, der::integer(serial)])),
            SignerId::SubjectKeyId => (3, der::context_primitive(0, &self.authority.leaf.key.key_id())),
        }
    }

    fn signed_attributes(&self, content: &[u8]) -> Vec<Vec<u8>> {
        let mut all = Vec::new();
        if let Some(content_type) = &self.attribute_content_type {
            all.push(attribute(CONTENT_TYPE, der::oid(content_type)));
        }
        if !self.without_message_digest {
            let digest = self.attribute_digest.clone().unwrap_or_else(|| self.digest.of(content));
            all.push(attribute(MESSAGE_DIGEST, der::octet_string(&digest)));
        }
        all.extend(self.signing_certificate_attribute());
        all
    }

    fn signing_certificate_attribute(&self) -> Option<Vec<u8>> {
        let leaf = self.authority.leaf_der();
        let v2 = |id: Vec<u8>| Some(attribute(SIGNING_CERTIFICATE_V2, der::sequence(&[der::sequence(&[id])])));
        let hash_of = |certificate: &[u8]| der::octet_string(&Hash::Sha256.of(certificate));
        match &self.signing_certificate {
            SigningCertificate::Absent => None,
            SigningCertificate::V1 => {
                let id = der::sequence(&[der::octet_string(&Hash::Sha1.of(&leaf))]);
                Some(attribute(SIGNING_CERTIFICATE, der::sequence(&[der::sequence(&[id])])))
            }
            SigningCertificate::V2(Hash::Sha256) => v2(der::sequence(&[hash_of(&leaf)])),
            SigningCertificate::V2(hash) => {
                v2(der::sequence(&[der::algorithm(hash.oid(), Vec::new()), der::octet_string(&hash.of(&leaf))]))
            }
            SigningCertificate::V2WithIssuerSerial => {
                v2(der::sequence(&[hash_of(&leaf), self.issuer_serial(&self.authority.leaf.serial)]))
            }
            SigningCertificate::V2WithOtherSerial => {
                v2(der::sequence(&[hash_of(&leaf), self.issuer_serial(&[9, 9, 9])]))
            }
            SigningCertificate::V2Of(other) => v2(der::sequence(&[hash_of(other)])),
        }
    }

    /// `IssuerSerial` of RFC 5035: GeneralNames with one directoryName, then the serial number.
    fn issuer_serial(&self, serial: &[u8]) -> Vec<u8> {
        let names = der::sequence(&[der::context(4, &self.authority.issuer().name)]);
        der::sequence(&[names, der::integer(serial)])
    }
}

fn attribute(oid: &str, value: Vec<u8>) -> Vec<u8> {
    der::sequence(&[der::oid(oid), der::set_of(&[value])])
}
