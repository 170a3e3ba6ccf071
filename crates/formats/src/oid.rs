//! Object identifiers this crate knows, under the field's own names.
//!
//! [`ObjectIdentifier`] is `Copy`, compares by its DER bytes and displays dotted.

pub use der::asn1::ObjectIdentifier;

const fn oid(dotted: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(dotted)
}

// X.509 extensions, RFC 5280 §4.2.1.
/// `subjectKeyIdentifier`
pub const SUBJECT_KEY_IDENTIFIER: ObjectIdentifier = oid("2.5.29.14");
/// `keyUsage`
pub const KEY_USAGE: ObjectIdentifier = oid("2.5.29.15");
/// `subjectAltName`
pub const SUBJECT_ALT_NAME: ObjectIdentifier = oid("2.5.29.17");
/// `basicConstraints`
pub const BASIC_CONSTRAINTS: ObjectIdentifier = oid("2.5.29.19");
/// `nameConstraints`
pub const NAME_CONSTRAINTS: ObjectIdentifier = oid("2.5.29.30");
/// `certificatePolicies`
pub const CERTIFICATE_POLICIES: ObjectIdentifier = oid("2.5.29.32");
/// `authorityKeyIdentifier`
pub const AUTHORITY_KEY_IDENTIFIER: ObjectIdentifier = oid("2.5.29.35");
/// `extKeyUsage`
pub const EXTENDED_KEY_USAGE: ObjectIdentifier = oid("2.5.29.37");
/// Embedded SCT list, RFC 6962 §3.3.
pub const SCT_LIST: ObjectIdentifier = oid("1.3.6.1.4.1.11129.2.4.2");

// Extended key usages, RFC 5280 §4.2.1.12.
/// `anyExtendedKeyUsage`
pub const ANY_EXTENDED_KEY_USAGE: ObjectIdentifier = oid("2.5.29.37.0");
/// `id-kp-codeSigning`
pub const CODE_SIGNING: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.3");
/// `id-kp-timeStamping`
pub const TIME_STAMPING: ObjectIdentifier = oid("1.3.6.1.5.5.7.3.8");
/// Precertificate signing, RFC 6962 §3.1 (B-49: unsupported).
pub const PRECERTIFICATE_SIGNING: ObjectIdentifier = oid("1.3.6.1.4.1.11129.2.4.4");

// Digest algorithms.
/// SHA-1
pub const SHA1: ObjectIdentifier = oid("1.3.14.3.2.26");
/// SHA-256
pub const SHA256: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.1");
/// SHA-384
pub const SHA384: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.2");
/// SHA-512
pub const SHA512: ObjectIdentifier = oid("2.16.840.1.101.3.4.2.3");

// Signature and key algorithms, RFC 5758, RFC 4055, RFC 8410, RFC 5480.
/// `ecdsa-with-SHA256`
pub const ECDSA_WITH_SHA256: ObjectIdentifier = oid("1.2.840.10045.4.3.2");
/// `ecdsa-with-SHA384`
pub const ECDSA_WITH_SHA384: ObjectIdentifier = oid("1.2.840.10045.4.3.3");
/// `ecdsa-with-SHA512`
pub const ECDSA_WITH_SHA512: ObjectIdentifier = oid("1.2.840.10045.4.3.4");
/// `id-ecPublicKey`
pub const EC_PUBLIC_KEY: ObjectIdentifier = oid("1.2.840.10045.2.1");
/// `rsaEncryption`
pub const RSA_ENCRYPTION: ObjectIdentifier = oid("1.2.840.113549.1.1.1");
/// `id-mgf1`
pub const MGF1: ObjectIdentifier = oid("1.2.840.113549.1.1.8");
/// `id-RSASSA-PSS`
pub const RSASSA_PSS: ObjectIdentifier = oid("1.2.840.113549.1.1.10");
/// `sha256WithRSAEncryption`
pub const SHA256_WITH_RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.11");
/// `sha384WithRSAEncryption`
pub const SHA384_WITH_RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.12");
/// `sha512WithRSAEncryption`
pub const SHA512_WITH_RSA: ObjectIdentifier = oid("1.2.840.113549.1.1.13");
/// `id-Ed25519`
pub const ED25519: ObjectIdentifier = oid("1.3.101.112");

// CMS and RFC 3161.
/// `id-signedData`
pub const SIGNED_DATA: ObjectIdentifier = oid("1.2.840.113549.1.7.2");
/// `id-contentType`
pub const CONTENT_TYPE: ObjectIdentifier = oid("1.2.840.113549.1.9.3");
/// `id-messageDigest`
pub const MESSAGE_DIGEST: ObjectIdentifier = oid("1.2.840.113549.1.9.4");
/// `id-ct-TSTInfo`
pub const TST_INFO: ObjectIdentifier = oid("1.2.840.113549.1.9.16.1.4");
/// `id-aa-signingCertificate` (`ESSCertID`, SHA-1)
pub const SIGNING_CERTIFICATE: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.12");
/// `id-aa-signingCertificateV2` (`ESSCertIDv2`)
pub const SIGNING_CERTIFICATE_V2: ObjectIdentifier = oid("1.2.840.113549.1.9.16.2.47");

// Sigstore.
/// The arc of Fulcio's extensions; `.1` to `.24` hang below it (C.1).
pub const FULCIO: ObjectIdentifier = oid("1.3.6.1.4.1.57264.1");
/// Type of the username `otherName` in a SAN (C-5).
pub const FULCIO_USERNAME: ObjectIdentifier = oid("1.3.6.1.4.1.57264.1.7");
/// Policy of Sigstore's timestamp authority (B-33).
pub const SIGSTORE_TSA_POLICY: ObjectIdentifier = oid("1.3.6.1.4.1.57264.2");
