#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{
    Fault, HashAlgorithm, UnixMillis,
    der_writer::*,
    limits,
    oid::ObjectIdentifier,
    tlv::wrap,
    x509::{GeneralName, Name, SignatureAlgorithm},
};

/// The parts of a response, each as DER.
struct Parts {
    status: Vec<u8>,
    content_type: ObjectIdentifier,
    digest_algorithms: Vec<Vec<u8>>,
    version: u8,
    signer_version: u8,
    e_content_type: ObjectIdentifier,
    tst_info: TstParts,
    /// Replaces the whole `[0] certificates`
    certificates: Vec<u8>,
    sid: Vec<u8>,
    attributes: Vec<Vec<u8>>,
    /// Leaves the attributes in the order in which they are listed.
    unsorted: bool,
    /// Replaces the whole `signedAttrs`
    signed_attributes: Option<Vec<u8>>,
    signature: Vec<u8>,
    unsigned_attributes: Vec<u8>,
    signers: usize,
    /// Replaces the token
    token: Option<Vec<u8>>,
    behind: Vec<u8>,
}

struct TstParts {
    version: Vec<u8>,
    imprint_algorithm: Vec<u8>,
    gen_time: Vec<u8>,
    optional: Vec<u8>,
}

fn attribute(oid: ObjectIdentifier, values: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[object(oid), set(values)])
}

fn issuer_serial(names: &[Vec<u8>]) -> Vec<u8> {
    sequence(&[sequence(names), integer(&[7])])
}

fn ess_v2(certs: &[Vec<u8>]) -> Vec<u8> {
    attribute(oid::SIGNING_CERTIFICATE_V2, &[sequence(&[sequence(certs)])])
}

fn good_attributes() -> Vec<Vec<u8>> {
    vec![
        attribute(oid::CONTENT_TYPE, &[object(oid::TST_INFO)]),
        attribute(oid::MESSAGE_DIGEST, &[octet_string(&[0xdd; 48])]),
        ess_v2(&[sequence(&[octet_string(&[0xcc; 32]), issuer_serial(&[context(4, &[common_name("tsa issuer")])])])]),
    ]
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            status: sequence(&[integer(&[0])]),
            content_type: oid::SIGNED_DATA,
            digest_algorithms: vec![algorithm(oid::SHA384)],
            version: 3,
            signer_version: 1,
            e_content_type: oid::TST_INFO,
            tst_info: TstParts {
                version: integer(&[1]),
                imprint_algorithm: algorithm_with(oid::SHA256, null()),
                gen_time: generalized_time("20240101000500.25Z"),
                optional: Vec::new(),
            },
            certificates: context(0, &[CertificateParts::default().der()]),
            sid: sequence(&[common_name("tsa issuer"), integer(&[7])]),
            attributes: good_attributes(),
            unsorted: false,
            signed_attributes: None,
            signature: octet_string(&[5; 70]),
            unsigned_attributes: Vec::new(),
            signers: 1,
            token: None,
            behind: Vec::new(),
        }
    }
}

impl Parts {
    fn content(&self) -> Vec<u8> {
        sequence(&[
            self.tst_info.version.clone(),
            object(oid::SIGSTORE_TSA_POLICY),
            sequence(&[self.tst_info.imprint_algorithm.clone(), octet_string(&[0xaa; 32])]),
            integer(&[0x42]),
            self.tst_info.gen_time.clone(),
            self.tst_info.optional.clone(),
        ])
    }

    fn signed_attributes(&self) -> Vec<u8> {
        let mut attributes = self.attributes.clone();
        if !self.unsorted {
            attributes.sort();
        }
        self.signed_attributes.clone().unwrap_or_else(|| context(0, &attributes))
    }

    fn signer(&self) -> Vec<u8> {
        sequence(&[
            integer(&[self.signer_version]),
            self.sid.clone(),
            algorithm(oid::SHA384),
            self.signed_attributes(),
            algorithm(oid::ECDSA_WITH_SHA384),
            self.signature.clone(),
            self.unsigned_attributes.clone(),
        ])
    }

    fn token(&self) -> Vec<u8> {
        let signed_data = sequence(&[
            integer(&[self.version]),
            set(&self.digest_algorithms),
            sequence(&[object(self.e_content_type), context(0, &[octet_string(&self.content())])]),
            self.certificates.clone(),
            set(&vec![self.signer(); self.signers]),
        ]);
        sequence(&[object(self.content_type), context(0, &[signed_data])])
    }

    fn der(&self) -> Vec<u8> {
        let token = self.token.clone().unwrap_or_else(|| self.token());
        [sequence(&[self.status.clone(), token]), self.behind.clone()].concat()
    }
}

fn parse(parts: &Parts) -> TimeStampToken {
    TimeStampResponse::parse(&parts.der()).unwrap().token
}

fn optional(optional: Vec<u8>) -> Result<TstInfo, TimestampError> {
    let mut parts = Parts::default();
    parts.tst_info.optional = optional;
    TimeStampResponse::parse(&parts.der()).map(|response| response.token.tst_info)
}

#[test]
fn every_field_is_read_and_its_bytes_are_kept() {
    let parts = Parts::default();
    let response = TimeStampResponse::parse(&parts.der()).unwrap();
    assert_eq!(response.status, 0);
    let token = response.token;
    assert_eq!(token.der, parts.token());
    assert_eq!(token.content, parts.content());
    assert_eq!(token.digest_algorithms[0].hash_algorithm(), Ok(HashAlgorithm::Sha2_384));
    assert_eq!(token.certificates, [CertificateParts::default().der()]);
    assert!(token.parsed_certificates().next().unwrap().is_ok());

    let tst_info = &token.tst_info;
    assert_eq!(tst_info.policy, oid::SIGSTORE_TSA_POLICY);
    assert_eq!(tst_info.imprint.hash_algorithm.hash_algorithm(), Ok(HashAlgorithm::Sha2_256));
    assert_eq!(tst_info.imprint.hashed_message, [0xaa; 32]);
    assert_eq!(tst_info.serial, [0x42]);
    assert_eq!(tst_info.gen_time, UnixMillis(1_704_067_500_250));
    assert_eq!((tst_info.accuracy, tst_info.ordering), (None, false));
    assert_eq!((&tst_info.nonce, &tst_info.tsa), (&None, &None));

    let signer = &token.signer;
    assert_eq!(signer.digest_algorithm.hash_algorithm(), Ok(HashAlgorithm::Sha2_384));
    assert_eq!(signer.signature_algorithm.signature_algorithm(), Ok(SignatureAlgorithm::EcdsaWithSha384));
    assert_eq!(signer.signature, [5; 70]);

    let attributes = &signer.signed_attributes;
    assert_eq!(attributes.der, parts.signed_attributes());
    assert_eq!(attributes.as_set(), set(&parts.attributes), "B-28");
    assert_eq!(attributes.content_type, oid::TST_INFO);
    assert_eq!(attributes.message_digest, [0xdd; 48]);
    assert_eq!(attributes.signing_certificate, None);
    let ess = attributes.signing_certificate_v2.as_ref().unwrap();
    assert_eq!(ess.hash_algorithm.hash_algorithm(), Ok(HashAlgorithm::Sha2_256), "B-30: the default");
    assert_eq!(ess.cert_hash, [0xcc; 32]);
    assert_eq!(ess.issuer_serial.as_ref().unwrap().issuer.to_string(), "CN=tsa issuer");
    assert_eq!(ess.issuer_serial.as_ref().unwrap().serial, [7]);
}

/// One change to a good response a row; together they give every code.
#[test]
fn each_change_is_refused_for_its_own_reason() {
    type Change = fn(&mut Parts);
    let rows: &[(&str, &str, &str, Change)] = &[
        ("timestamp-attribute-missing", "B-28", "no contentType", |t| drop(t.attributes.remove(0))),
        ("timestamp-attribute-missing", "B-28", "no messageDigest", |t| drop(t.attributes.remove(1))),
        ("timestamp-attribute-missing", "B-28", "no ESSCertID", |t| drop(t.attributes.remove(2))),
        ("timestamp-attribute-missing", "B-28", "empty attributes", |t| t.attributes.clear()),
        ("timestamp-attribute-not-single", "B-28", "two messageDigests", |t| {
            t.attributes.push(attribute(oid::MESSAGE_DIGEST, &[octet_string(&[1])]));
        }),
        ("timestamp-attribute-not-single", "B-28", "a messageDigest of two values", |t| {
            t.attributes[1] = attribute(oid::MESSAGE_DIGEST, &[octet_string(&[1]), octet_string(&[2])]);
        }),
        ("timestamp-attribute-not-single", "B-28", "a messageDigest of no value", |t| {
            t.attributes[1] = attribute(oid::MESSAGE_DIGEST, &[]);
        }),
        ("timestamp-attribute-not-single", "B-28", "two ESSCertIDv2s", |t| {
            t.attributes.push(t.attributes[2].clone());
        }),
        ("timestamp-content-type-attribute", "B-28", "another contentType", |t| {
            t.attributes[0] = attribute(oid::CONTENT_TYPE, &[object(oid::SIGNED_DATA)]);
        }),
        ("timestamp-critical-extension", "B-26", "a critical extension", |t| {
            t.tst_info.optional = context(1, &[critical_extension(dotted("1.2.3.4"), b"")]);
        }),
        ("timestamp-encapsulated-content-type", "B-26", "another content", |t| {
            t.e_content_type = oid::SIGNED_DATA;
        }),
        ("timestamp-gen-time", "B-33", "a time with a zone", |t| {
            t.tst_info.gen_time = generalized_time("20240101000500+0100");
        }),
        ("timestamp-gen-time", "B-33", "a UTCTime", |t| t.tst_info.gen_time = utc_time("240101000500Z")),
        ("timestamp-imprint-parameters", "B-27", "parameters of the imprint", |t| {
            t.tst_info.imprint_algorithm = algorithm_with(oid::SHA256, integer(&[1]));
        }),
        ("timestamp-malformed", "B-26", "an ESSCertIDv2 without hash", |t| {
            t.attributes[2] = ess_v2(&[sequence(&[])]);
        }),
        ("timestamp-malformed", "B-26", "no ESSCertIDv2 in the list", |t| t.attributes[2] = ess_v2(&[])),
        ("timestamp-malformed", "B-26", "a second ESSCertIDv2 that is none", |t| {
            t.attributes[2] = ess_v2(&[sequence(&[octet_string(&[0xcc; 32])]), null()]);
        }),
        ("timestamp-malformed", "B-26", "an issuer that is not a directoryName", |t| {
            t.attributes[2] =
                ess_v2(&[sequence(&[octet_string(&[0xcc; 32]), issuer_serial(&[context_primitive(1, b"a@b")])])]);
        }),
        ("timestamp-malformed", "B-26", "two issuers", |t| {
            t.attributes[2] = ess_v2(&[sequence(&[
                octet_string(&[0xcc; 32]),
                issuer_serial(&[context(4, &[common_name("a")]), context(4, &[common_name("b")])]),
            ])]);
        }),
        ("timestamp-malformed", "B-26", "a signer of no kind", |t| t.sid = null()),
        ("timestamp-malformed", "B-26", "a second signature", |t| t.signature.extend(octet_string(&[1]))),
        ("timestamp-malformed", "B-26", "no signature", |t| t.signature.clear()),
        ("timestamp-malformed", "B-26", "a status that is a string", |t| t.status = sequence(&[utf8("ok")])),
        ("timestamp-malformed", "B-26", "a third field", |t| {
            t.token = Some([t.token(), null()].concat());
        }),
        ("timestamp-malformed", "B-26", "a certificate bag that is cut", |t| {
            t.certificates = wrap(0xa0, &[0x30, 0x05]);
        }),
        ("timestamp-no-signed-attributes", "B-28", "no signed attributes", |t| {
            t.signed_attributes = Some(Vec::new());
        }),
        ("timestamp-no-token", "B-25", "no token", |t| t.token = Some(Vec::new())),
        ("timestamp-not-signed-data", "B-26", "another CMS type", |t| t.content_type = oid::TST_INFO),
        ("timestamp-signer-count", "B-26", "no signer", |t| t.signers = 0),
        ("timestamp-signer-count", "B-26", "two signers", |t| t.signers = 2),
        ("timestamp-status", "B-25", "rejected", |t| t.status = sequence(&[integer(&[2])])),
        ("timestamp-status", "B-25", "a status past one octet", |t| t.status = sequence(&[integer(&[1, 0])])),
        ("timestamp-too-large", "A-16", "more bytes than the cap", |t| {
            t.signature = octet_string(&vec![0; MAX_TIMESTAMP_BYTES]);
        }),
        ("timestamp-too-many", "A-16", "more certificates than the cap", |t| {
            t.certificates = context(0, &vec![sequence(&[]); limits::MAX_TIMESTAMP_CERTIFICATES + 1]);
        }),
        ("timestamp-too-many", "A-16", "more attributes than the cap", |t| {
            t.attributes.extend(vec![attribute(dotted("1.2.3"), &[]); limits::MAX_TIMESTAMP_PARTS]);
        }),
        ("timestamp-too-many", "A-16", "more digest algorithms than the cap", |t| {
            t.digest_algorithms = vec![algorithm(oid::SHA256); limits::MAX_TIMESTAMP_PARTS + 1];
        }),
        ("timestamp-too-many", "A-16", "more extensions than the cap", |t| {
            let many = vec![extension(dotted("1.2.3"), b""); limits::MAX_EXTENSIONS + 1];
            t.tst_info.optional = context(1, &many);
        }),
        ("timestamp-trailing-bytes", "B-25", "one byte behind", |t| t.behind = vec![0]),
        ("timestamp-malformed", "B-26", "SignedData of version 1", |t| t.version = 1),
        ("timestamp-malformed", "B-26", "SignerInfo of a key identifier's version", |t| t.signer_version = 3),
        ("timestamp-malformed", "B-26", "the signer's digest is not in the list", |t| {
            t.digest_algorithms = vec![algorithm(oid::SHA256)]
        }),
        ("timestamp-malformed", "B-26", "certificates where revocation lists are due", |t| {
            t.certificates = context(1, &[CertificateParts::default().der()])
        }),
        ("timestamp-malformed", "B-26", "an empty bag of revocation lists", |t| t.certificates = context(1, &[])),
        ("timestamp-malformed", "B-26", "a certificate that is a SET", |t| {
            t.certificates = context(0, &[set(&[null()])])
        }),
        ("timestamp-tst-info-version", "B-26", "version 2", |t| t.tst_info.version = integer(&[2])),
    ];
    assert!(TimeStampResponse::parse(&Parts::default().der()).is_ok());
    let mut codes = BTreeSet::new();
    for (code, rule, what, change) in rows {
        let mut parts = Parts::default();
        change(&mut parts);
        let error = TimeStampResponse::parse(&parts.der()).unwrap_err();
        assert_eq!((error.code(), error.rule()), (*code, *rule), "{what}: {error}");
        assert!(!error.expected().is_empty() && !error.found().is_empty(), "{what}");
        codes.insert(*code);
    }
    assert_eq!(codes, TimestampError::ALL_CODES.iter().copied().collect());
}

#[test]
fn what_the_rfcs_allow_besides_is_read() {
    let mut parts = Parts {
        status: sequence(&[integer(&[1]), sequence(&[utf8("granted with changes")])]),
        sid: context_primitive(0, &[1, 2, 3]),
        signer_version: 3,
        unsigned_attributes: context(1, &[attribute(dotted("1.2.3"), &[null()])]),
        ..Parts::default()
    };
    parts.attributes.push(attribute(dotted("1.2.3"), &[]));
    let revocations = sequence(&[sequence(&[integer(&[1]), algorithm(oid::SHA384)])]);
    parts.certificates = [context(0, &[]), context(1, &[revocations])].concat();
    let response = TimeStampResponse::parse(&parts.der()).unwrap();
    assert_eq!(response.status, 1);
    assert_eq!(response.token.certificates, Vec::<Vec<u8>>::new(), "B-29: present but empty");
    assert_eq!(response.token.signer.sid, SignerIdentifier::SubjectKeyIdentifier(vec![1, 2, 3]));

    parts.certificates.clear();
    assert!(parse(&parts).certificates.is_empty());
}

#[test]
fn a_certificate_that_cannot_be_read_does_not_hide_the_next() {
    let mut parts = Parts::default();
    let attribute_certificate = context(1, &[null()]);
    let broken = sequence(&[null()]);
    parts.certificates = context(0, &[broken, attribute_certificate, CertificateParts::default().der()]);
    let token = parse(&parts);
    let read: Vec<bool> = token.parsed_certificates().map(|parsed| parsed.is_ok()).collect();
    assert_eq!(read, [false, true]);
}

#[test]
fn optional_fields_of_the_tst_info_are_told_apart() {
    let read = optional(
        [
            sequence(&[integer(&[1]), context_primitive(0, &[0x01, 0xf4]), context_primitive(1, &[3])]),
            wrap(1, &[0xff]),
            integer(&[9, 9]),
            context(0, &[context(4, &[common_name("tsa")])]),
            context(1, &[extension(dotted("1.2.3"), b"")]),
        ]
        .concat(),
    )
    .unwrap();
    assert_eq!(read.accuracy, Some(Accuracy { seconds: 1, millis: 500, micros: 3 }));
    assert!(read.ordering);
    assert_eq!(read.nonce, Some(vec![9, 9]));
    assert!(matches!(read.tsa, Some(GeneralName::Directory(name)) if name.to_string() == "CN=tsa"));
    assert_eq!(optional(integer(&[9])).unwrap().nonce, Some(vec![9]));
    assert_eq!(optional(sequence(&[])).unwrap().accuracy, Some(Accuracy::default()));
    for (what, wrong) in [
        ("order", [integer(&[9]), wrap(1, &[0xff])].concat()),
        ("0 milliseconds", sequence(&[context_primitive(0, &[0])])),
        ("1000 milliseconds", sequence(&[context_primitive(0, &[3, 0xe8])])),
        ("no name", context(0, &[])),
        ("two names", context(0, &[context_primitive(6, b"a"), context_primitive(6, b"b")])),
        ("empty extensions", context(1, &[])),
        ("unknown field", context(2, &[])),
    ] {
        assert_eq!(optional(wrong).unwrap_err().code(), "timestamp-malformed", "{what}");
    }
}

/// B-28: what is signed is the attributes in the order of DER.
#[test]
fn attributes_out_of_order_are_refused() {
    let mut parts = Parts { unsorted: true, ..Parts::default() };
    parts.attributes.sort();
    assert_eq!(parse(&parts).signer.signed_attributes.as_set(), set(&parts.attributes));
    parts.attributes.reverse();
    let error = TimeStampResponse::parse(&parts.der()).unwrap_err();
    assert_eq!(error.code(), "timestamp-malformed");
    assert!(error.to_string().contains("signedAttrs, in DER's order"), "{error}");
}

#[test]
fn both_versions_of_the_signing_certificate_are_read() {
    let mut parts = Parts::default();
    parts.attributes[2] = attribute(
        oid::SIGNING_CERTIFICATE,
        &[sequence(&[
            sequence(&[sequence(&[octet_string(&[1; 20])]), sequence(&[octet_string(&[2; 20])])]),
            sequence(&[]),
        ])],
    );
    let attributes = parse(&parts).signer.signed_attributes;
    assert_eq!(attributes.signing_certificate_v2, None);
    let first = attributes.signing_certificate.unwrap();
    assert_eq!((first.cert_hash, first.issuer_serial), (vec![1; 20], None));

    parts.attributes.push(ess_v2(&[sequence(&[algorithm_with(oid::SHA512, null()), octet_string(&[3; 64])])]));
    let attributes = parse(&parts).signer.signed_attributes;
    assert!(attributes.signing_certificate.is_some());
    let second = attributes.signing_certificate_v2.unwrap();
    assert_eq!(second.hash_algorithm.hash_algorithm(), Ok(HashAlgorithm::Sha2_512));
    assert_eq!(second.cert_hash, [3; 64]);
}

/// B-29: only the certificate with this issuer and this serial, or this key identifier, is the signer's.
#[test]
fn the_signer_is_identified_by_issuer_and_serial_or_by_key_identifier() {
    let certificate = |issuer: &str, serial: u8| CertificateParts {
        issuer: common_name(issuer),
        serial: integer(&[serial]),
        extensions: vec![extension(oid::SUBJECT_KEY_IDENTIFIER, &octet_string(&[1, 2]))],
        ..CertificateParts::default()
    };
    let identifies =
        |sid: &SignerIdentifier, parts: &CertificateParts| sid.identifies(&Certificate::parse(&parts.der()).unwrap());
    let sid = parse(&Parts::default()).signer.sid;
    assert!(identifies(&sid, &certificate("tsa issuer", 7)));
    assert!(!identifies(&sid, &certificate("TSA Issuer", 7)), "byte for byte: no signature covers it");
    assert!(!identifies(&sid, &certificate("tsa issuer", 8)));
    assert!(!identifies(&sid, &certificate("another", 7)));

    let sid = SignerIdentifier::SubjectKeyIdentifier(vec![1, 2]);
    assert!(identifies(&sid, &certificate("any", 1)));
    assert!(!identifies(&sid, &CertificateParts::default()), "no key identifier in the certificate");
    let sid = SignerIdentifier::SubjectKeyIdentifier(vec![1, 3]);
    assert!(!identifies(&sid, &certificate("any", 1)));
}

#[test]
fn names_of_the_token_and_of_certificates_are_one_type() {
    let token = parse(&Parts::default());
    let SignerIdentifier::IssuerAndSerial { issuer, .. } = token.signer.sid else {
        unreachable!("the sid is an issuer and a serial");
    };
    let ess = token.signer.signed_attributes.signing_certificate_v2.unwrap();
    assert!(Name::same_as(&issuer, &ess.issuer_serial.unwrap().issuer));
}

#[test]
fn a_field_too_many_is_refused_wherever_it_stands() {
    let mut parts = Parts { certificates: Vec::new(), ..Parts::default() };
    parts.tst_info.optional = [
        sequence(&[integer(&[1])]),
        context(0, &[context(4, &[common_name("tsa")])]),
        context(1, &[extension(dotted("1.2.3"), b"")]),
    ]
    .concat();
    let variants = with_fields_too_many(&parts.der());
    assert!(variants.len() > 40, "{}", variants.len());
    for (index, der) in variants.iter().enumerate() {
        assert!(TimeStampResponse::parse(der).is_err(), "variant {index}");
    }
}

#[test]
fn a_cut_response_is_malformed_wherever_it_is_cut() {
    let der = Parts::default().der();
    for length in 0..der.len() {
        let error = TimeStampResponse::parse(&der[..length]).unwrap_err();
        assert_eq!(error.code(), "timestamp-malformed", "{length}");
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        let _ = TimeStampResponse::parse(&bytes);
        let _ = TimeStampToken::parse(&bytes);
    }

    #[test]
    fn changed_responses_never_panic(at: prop::sample::Index, byte: u8) {
        let mut der = Parts::default().der();
        let at = at.index(der.len());
        der[at] = byte;
        if let Ok(response) = TimeStampResponse::parse(&der) {
            let _ = response.token.parsed_certificates().count();
            let _ = response.token.signer.signed_attributes.as_set();
        }
    }
}
