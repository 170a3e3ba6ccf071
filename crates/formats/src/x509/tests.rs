#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::{Fault, der_writer::*, limits, tlv::wrap};

fn parse(parts: &CertificateParts) -> Certificate {
    Certificate::parse(&parts.der()).unwrap()
}

fn error(parts: &CertificateParts) -> CertificateError {
    Certificate::parse(&parts.der()).unwrap_err()
}

#[test]
fn every_field_is_read_and_its_bytes_are_kept() {
    let parts = CertificateParts::with_extensions(vec![
        critical_extension(oid::BASIC_CONSTRAINTS, &sequence(&[wrap(1, &[0xff]), integer(&[3])])),
        critical_extension(oid::KEY_USAGE, &bit_string(7, &[0x80])),
        extension(oid::EXTENDED_KEY_USAGE, &sequence(&[object(oid::CODE_SIGNING)])),
        extension(oid::SUBJECT_KEY_IDENTIFIER, &octet_string(&[1, 2, 3])),
        extension(oid::AUTHORITY_KEY_IDENTIFIER, &sequence(&[context_primitive(0, &[4, 5])])),
        critical_extension(oid::SUBJECT_ALT_NAME, &sequence(&[context_primitive(1, b"a@example.com")])),
        extension(oid::CERTIFICATE_POLICIES, &sequence(&[])),
        extension(oid::NAME_CONSTRAINTS, &sequence(&[])),
        extension(dotted("1.2.3.4"), b"opaque"),
    ]);
    let certificate = parse(&parts);

    assert_eq!(certificate.der, parts.der());
    assert_eq!(certificate.tbs_der, parts.tbs());
    assert_eq!(certificate.serial, [0x00, 0x9a, 0x01]);
    assert_eq!(certificate.signature_algorithm.signature_algorithm(), Ok(SignatureAlgorithm::EcdsaWithSha384));
    assert_eq!(certificate.signature, [5; 70]);
    assert_eq!(certificate.issuer.der, parts.issuer);
    assert!(certificate.subject.is_empty());
    assert_eq!(certificate.not_before, UnixMillis(1_704_067_200_000));
    assert_eq!(certificate.not_after, UnixMillis(1_704_067_800_000));
    assert_eq!(certificate.spki_der, parts.spki);
    assert_eq!(certificate.extensions.len(), 9);
    assert_eq!(certificate.basic_constraints, Some(BasicConstraints { critical: true, ca: true, path_len: Some(3) }));
    assert_eq!(certificate.key_usage, Some(KeyUsage { critical: true, bits: 1 }));
    assert_eq!(
        certificate.extended_key_usage,
        Some(ExtendedKeyUsage { critical: false, purposes: vec![oid::CODE_SIGNING] })
    );
    assert_eq!(certificate.subject_key_id.as_deref(), Some(&[1, 2, 3][..]));
    assert_eq!(certificate.authority_key_id.as_deref(), Some(&[4, 5][..]));
    assert_eq!(
        certificate.subject_alt_names,
        Some(SubjectAltNames { critical: true, names: vec![GeneralName::Email("a@example.com".to_owned())] })
    );
    assert!(certificate.certificate_policies().is_some());
    assert!(certificate.name_constraints().is_some());
    assert_eq!(certificate.extension(&dotted("1.2.3.4")).unwrap().value, b"opaque");
    assert_eq!(certificate.unrecognised_critical(), []);
}

#[test]
fn what_rfc_5280_allows_besides_is_read() {
    let unique_ids = [context_primitive(1, &[0, 1]), context_primitive(2, &[0, 1])].concat();
    let certificate = parse(&CertificateParts {
        unique_ids,
        not_after: generalized_time("20500101000000Z"),
        ..CertificateParts::default()
    });
    assert_eq!(certificate.extensions, []);
    assert_eq!(certificate.basic_constraints, None);
    assert_eq!(certificate.not_after, UnixMillis(2_524_608_000_000));
}

/// One change to a good certificate a row; together they give every code.
#[test]
fn each_change_is_refused_for_its_own_reason() {
    type Change = fn(&mut CertificateParts);
    let rows: &[(&str, &str, &str, Change)] = &[
        ("certificate-algorithm-mismatch", "B-37", "other outer algorithm", |c| {
            c.outer_algorithm = algorithm(oid::ECDSA_WITH_SHA256);
        }),
        ("certificate-algorithm-mismatch", "B-37", "other outer parameters", |c| {
            c.outer_algorithm = algorithm_with(oid::ECDSA_WITH_SHA384, null());
        }),
        ("certificate-duplicate-extension", "C-1", "an extension twice", |c| {
            c.extensions = vec![extension(dotted("1.2.3.4"), b"1"), extension(dotted("1.2.3.4"), b"2")];
        }),
        ("certificate-extension-malformed", "C-1", "a basicConstraints that is a string", |c| {
            c.extensions = vec![extension(oid::BASIC_CONSTRAINTS, b"yes")];
        }),
        ("certificate-malformed", "A-20", "no serial number", |c| c.serial.clear()),
        ("certificate-malformed", "A-20", "a serial number with a needless zero", |c| {
            c.serial = integer(&[0, 1]);
        }),
        ("certificate-malformed", "A-20", "an issuer that is a string", |c| c.issuer = utf8("CN=x")),
        ("certificate-malformed", "A-20", "an issuer with an empty relative name", |c| {
            c.issuer = sequence(&[set(&[])]);
        }),
        ("certificate-malformed", "A-20", "no key", |c| c.spki.clear()),
        ("certificate-malformed", "A-20", "a key that is a string", |c| c.spki = sequence(&[utf8("key")])),
        ("certificate-malformed", "A-20", "a field too many", |c| c.spki.extend(null())),
        ("certificate-malformed", "A-20", "an extension that is NULL", |c| c.extensions = vec![null()]),
        ("certificate-malformed", "A-20", "no signature", |c| c.signature.clear()),
        ("certificate-malformed", "A-20", "two signatures", |c| c.signature.extend(c.signature.clone())),
        ("certificate-signature-unused-bits", "A-20", "unused bits", |c| {
            c.signature = bit_string(1, &[0x80]);
        }),
        ("certificate-time", "A-20", "a time with a zone", |c| {
            c.not_before = utc_time("240101000000+0100");
        }),
        ("certificate-time", "A-20", "a time that is a number", |c| c.not_after = integer(&[1])),
        ("certificate-too-large", "A-16", "more bytes than the cap", |c| {
            c.extensions = vec![extension(dotted("1.2.3.4"), &vec![0; limits::MAX_CERTIFICATE_BYTES])];
        }),
        ("certificate-too-many", "A-16", "more extensions than the cap", |c| {
            c.extensions =
                (0..=limits::MAX_EXTENSIONS).map(|n| extension(dotted(&format!("1.2.3.{n}")), b"")).collect();
        }),
        ("certificate-trailing-bytes", "A-20", "one byte behind", |c| c.behind = vec![0]),
        ("certificate-version", "A-20", "version 1", |c| c.version.clear()),
        ("certificate-version", "A-20", "version 2", |c| c.version = context(0, &[integer(&[1])])),
        ("certificate-version", "A-20", "version 4", |c| c.version = context(0, &[integer(&[3])])),
    ];
    let mut codes: BTreeSet<&str> = BTreeSet::from(["certificate-pem"]);
    assert!(Certificate::parse(&CertificateParts::default().der()).is_ok());
    for (code, rule, what, change) in rows {
        let mut parts = CertificateParts::default();
        change(&mut parts);
        let error = error(&parts);
        assert_eq!((error.code(), error.rule()), (*code, *rule), "{what}: {error}");
        assert!(!error.expected().is_empty() && !error.found().is_empty(), "{what}");
        codes.insert(code);
    }
    assert_eq!(codes, CertificateError::ALL_CODES.iter().copied().collect());
}

#[test]
fn a_cut_certificate_is_malformed_wherever_it_is_cut() {
    let der = CertificateParts::default().der();
    for length in 0..der.len() {
        let error = Certificate::parse(&der[..length]).unwrap_err();
        assert_eq!(error.code(), "certificate-malformed", "{length}");
    }
}

#[test]
fn well_known_extensions_are_read_strictly() {
    let truth = wrap(1, &[0xff]);
    let rows: &[(&str, ObjectIdentifier, Vec<u8>)] = &[
        ("trailing bytes", oid::BASIC_CONSTRAINTS, [sequence(&[]), null()].concat()),
        ("a truth of 01", oid::BASIC_CONSTRAINTS, sequence(&[wrap(1, &[1])])),
        ("a negative path length", oid::BASIC_CONSTRAINTS, sequence(&[truth.clone(), integer(&[0xff])])),
        ("a field too many", oid::BASIC_CONSTRAINTS, sequence(&[truth, integer(&[1]), null()])),
        ("three octets of key usage", oid::KEY_USAGE, bit_string(0, &[1, 1, 1])),
        ("unused bits that are used", oid::KEY_USAGE, bit_string(7, &[0xff])),
        ("no purpose", oid::EXTENDED_KEY_USAGE, sequence(&[])),
        ("a purpose that is no identifier", oid::EXTENDED_KEY_USAGE, sequence(&[utf8("x")])),
        (
            "more purposes than the cap",
            oid::EXTENDED_KEY_USAGE,
            sequence(&vec![object(oid::CODE_SIGNING); limits::MAX_KEY_PURPOSES + 1]),
        ),
        ("no name", oid::SUBJECT_ALT_NAME, sequence(&[])),
        ("an empty name", oid::SUBJECT_ALT_NAME, sequence(&[context_primitive(6, b"")])),
        ("a name outside ASCII", oid::SUBJECT_ALT_NAME, sequence(&[context_primitive(6, "é".as_bytes())])),
        ("a name of no kind", oid::SUBJECT_ALT_NAME, sequence(&[context_primitive(9, b"x")])),
        ("a name without context tag", oid::SUBJECT_ALT_NAME, sequence(&[utf8("x")])),
        ("a constructed email", oid::SUBJECT_ALT_NAME, sequence(&[context(1, &[utf8("x")])])),
        (
            "more names than the cap",
            oid::SUBJECT_ALT_NAME,
            sequence(&vec![context_primitive(1, b"x"); limits::MAX_GENERAL_NAMES + 1]),
        ),
        ("a key identifier without wrapping", oid::SUBJECT_KEY_IDENTIFIER, vec![1, 2, 3]),
        ("an unknown field", oid::AUTHORITY_KEY_IDENTIFIER, sequence(&[context_primitive(3, &[])])),
    ];
    for (what, extension_oid, value) in rows {
        let error = error(&CertificateParts::with_extensions(vec![extension(*extension_oid, value)]));
        assert!(
            matches!(error, CertificateError::ExtensionMalformed { oid, .. } if oid == *extension_oid),
            "{what}: {error}"
        );
    }
}

#[test]
fn each_key_usage_bit_has_its_own_name() {
    type Name = fn(&KeyUsage) -> bool;
    let names: [(u32, Name); 4] = [
        (0, KeyUsage::digital_signature),
        (1, KeyUsage::content_commitment),
        (5, KeyUsage::key_cert_sign),
        (6, KeyUsage::crl_sign),
    ];
    for bit in 0..16_u32 {
        let octets = (0x8000_u16 >> bit).to_be_bytes();
        let value = if bit < 8 { bit_string(0, &octets[..1]) } else { bit_string(0, &octets) };
        let key_usage =
            parse(&CertificateParts::with_extensions(vec![extension(oid::KEY_USAGE, &value)])).key_usage.unwrap();
        assert_eq!(key_usage.bits, 1 << bit);
        for (number, name) in names {
            assert_eq!(name(&key_usage), number == bit, "bit {bit} against name {number}");
        }
    }
}

#[test]
fn names_keep_their_kind() {
    let username = |inner: Vec<u8>| context(0, &[object(oid::FULCIO_USERNAME), context(0, &[inner])]);
    let san = |names: &[Vec<u8>]| {
        Certificate::parse(
            &CertificateParts::with_extensions(vec![extension(oid::SUBJECT_ALT_NAME, &sequence(names))]).der(),
        )
        .map(|certificate| certificate.subject_alt_names.unwrap().names)
    };
    let names = san(&[
        context_primitive(1, b"x"),
        context_primitive(2, b"x"),
        context_primitive(6, b"x"),
        context(4, &[common_name("x")]),
        username(utf8("x!example.com")),
        context(0, &[object(dotted("1.2.3")), context(0, &[utf8("x")])]),
        context_primitive(7, &[127, 0, 0, 1]),
    ])
    .unwrap();
    let seen: Vec<_> = names.iter().map(|name| (name.kind(), name.text())).collect();
    assert_eq!(
        seen,
        [
            ("email", Some("x")),
            ("dns", Some("x")),
            ("uri", Some("x")),
            ("directory", None),
            ("username", Some("x!example.com")),
            ("other-name", None),
            ("other", None),
        ]
    );
    assert_ne!(names[0], names[2], "C-6");
    for (what, wrong) in [
        ("PrintableString", username(printable("x"))),
        ("empty", username(utf8(""))),
        ("not UTF-8", username(wrap(0x0c, &[0xff]))),
        ("two strings", context(0, &[object(oid::FULCIO_USERNAME), context(0, &[utf8("x"), utf8("y")])])),
        ("not explicit", context(0, &[object(oid::FULCIO_USERNAME), utf8("x")])),
    ] {
        assert!(san(&[wrong]).is_err(), "C-5: {what}");
    }
}

#[test]
fn only_enforced_extensions_may_be_critical() {
    let certificate = parse(&CertificateParts::with_extensions(vec![
        critical_extension(oid::BASIC_CONSTRAINTS, &sequence(&[])),
        critical_extension(oid::KEY_USAGE, &bit_string(0, &[])),
        critical_extension(oid::EXTENDED_KEY_USAGE, &sequence(&[object(oid::CODE_SIGNING)])),
        critical_extension(oid::SUBJECT_ALT_NAME, &sequence(&[context_primitive(1, b"x")])),
        critical_extension(oid::CERTIFICATE_POLICIES, &sequence(&[])),
        critical_extension(oid::SCT_LIST, &[]),
        critical_extension(oid::NAME_CONSTRAINTS, &sequence(&[])),
        critical_extension(dotted("1.2.3.4"), &[]),
        extension(dotted("1.2.3.5"), &[]),
    ]));
    assert_eq!(certificate.unrecognised_critical(), [oid::NAME_CONSTRAINTS, dotted("1.2.3.4")], "B-37");
}

mod names {
    use super::*;
    use crate::tlv::Tlv;

    fn read(der: &[u8]) -> Name {
        Name::read(&Tlv::only(der, der::Tag::Sequence).unwrap()).unwrap()
    }

    #[test]
    fn are_compared_as_rfc_5280_says() {
        let cn = |value: Vec<u8>| name(&[("2.5.4.3", value)]);
        let two = |a: Vec<u8>, b: Vec<u8>| sequence(&[set(&[a, b])]);
        let attribute = |oid: &str, value: Vec<u8>| sequence(&[object(dotted(oid)), value]);
        let (o, c) = (attribute("2.5.4.10", utf8("o")), attribute("2.5.4.6", printable("de")));
        let rows: &[(bool, &str, Vec<u8>, Vec<u8>)] = &[
            (true, "same bytes", cn(utf8("a")), cn(utf8("a"))),
            (true, "both empty", sequence(&[]), sequence(&[])),
            (true, "string type", cn(utf8("a")), cn(printable("a"))),
            (true, "case", cn(utf8("Sigstore")), cn(utf8("sigSTORE"))),
            (true, "white space", cn(utf8("  a   b ")), cn(printable("a b"))),
            (true, "order within a set", two(o.clone(), c.clone()), two(c.clone(), o.clone())),
            (false, "text", cn(utf8("a")), cn(utf8("b"))),
            (false, "white space that parts words", cn(utf8("a b")), cn(utf8("ab"))),
            (false, "attribute type", cn(utf8("a")), name(&[("2.5.4.10", utf8("a"))])),
            (false, "one more", cn(utf8("a")), name(&[("2.5.4.3", utf8("a")), ("2.5.4.3", utf8("a"))])),
            (false, "one more in a set", sequence(&[set(std::slice::from_ref(&o))]), two(o.clone(), c.clone())),
            (false, "paired once only", two(o.clone(), o.clone()), two(o.clone(), c.clone())),
            (
                false,
                "order",
                name(&[("2.5.4.3", utf8("a")), ("2.5.4.10", utf8("b"))]),
                name(&[("2.5.4.10", utf8("b")), ("2.5.4.3", utf8("a"))]),
            ),
            (false, "case of a type without rule", cn(wrap(0x14, b"A")), cn(wrap(0x14, b"a"))),
            (false, "broken UTF-8", cn(wrap(0x0c, &[0xff, b'A'])), cn(wrap(0x0c, &[0xff, b'a']))),
            (true, "broken UTF-8, same bytes", cn(wrap(0x0c, &[0xff])), cn(wrap(0x0c, &[0xff]))),
        ];
        for (same, what, a, b) in rows {
            let (a, b) = (read(a), read(b));
            assert_eq!((a.same_as(&b), b.same_as(&a)), (*same, *same), "{what}");
        }
    }

    #[test]
    fn are_shown_as_rfc_4514_says() {
        let cn = |text: &str| name(&[("2.5.4.3", utf8(text))]);
        for (der, shown) in [
            (sequence(&[]), ""),
            (
                name(&[("2.5.4.10", printable("sigstore.dev")), ("2.5.4.3", utf8("sigstore-intermediate"))]),
                "CN=sigstore-intermediate,O=sigstore.dev",
            ),
            (
                sequence(&[set(&[
                    sequence(&[object(dotted("2.5.4.3")), utf8("a")]),
                    sequence(&[object(dotted("2.5.4.11")), utf8("b")]),
                ])]),
                "CN=a+OU=b",
            ),
            (cn("a,b+c\"d\\e<f>g;h"), "CN=a\\,b\\+c\\\"d\\\\e\\<f\\>g\\;h"),
            (cn("#a b "), "CN=\\#a b\\ "),
            (cn(" "), "CN=\\ "),
            (cn("a\n\u{202e}b"), "CN=a\\0a\\e2\\80\\aeb"),
            (name(&[("1.2.3", utf8("a"))]), "1.2.3=#0c0161"),
            (name(&[("2.5.4.3", wrap(0x1e, &[0, 97]))]), "CN=#1e020061"),
        ] {
            assert_eq!(read(&der).to_string(), shown);
        }
    }

    #[test]
    fn have_a_cap() {
        let attributes = |count| vec![("2.5.4.3", utf8("a")); count];
        let read = |der: Vec<u8>| Name::read(&Tlv::only(&der, der::Tag::Sequence).unwrap()).is_ok();
        assert!(read(name(&attributes(limits::MAX_NAME_ATTRIBUTES))));
        assert!(!read(name(&attributes(limits::MAX_NAME_ATTRIBUTES + 1))));
    }
}

mod algorithms {
    use super::*;
    use crate::{HashAlgorithm, tlv::Tlv};

    fn read(der: &[u8]) -> AlgorithmIdentifier {
        AlgorithmIdentifier::read(&Tlv::only(der, der::Tag::Sequence).unwrap()).unwrap()
    }

    #[test]
    fn are_told_apart() {
        use SignatureAlgorithm as S;
        for (oid, expected) in [
            (oid::ECDSA_WITH_SHA256, S::EcdsaWithSha256),
            (oid::ECDSA_WITH_SHA384, S::EcdsaWithSha384),
            (oid::ECDSA_WITH_SHA512, S::EcdsaWithSha512),
            (oid::ED25519, S::Ed25519),
            (oid::SHA256_WITH_RSA, S::RsaPkcs1Sha256),
            (oid::SHA384_WITH_RSA, S::RsaPkcs1Sha384),
            (oid::SHA512_WITH_RSA, S::RsaPkcs1Sha512),
            (oid::RSA_ENCRYPTION, S::RsaEncryption),
            (oid::EC_PUBLIC_KEY, S::EcPublicKey),
            (dotted("1.2.3"), S::Unknown(dotted("1.2.3"))),
        ] {
            assert_eq!(read(&algorithm(oid)).signature_algorithm(), Ok(expected));
            let with_null = read(&algorithm_with(oid, null())).signature_algorithm();
            let null_is_wrong =
                matches!(expected, S::EcdsaWithSha256 | S::EcdsaWithSha384 | S::EcdsaWithSha512 | S::Ed25519);
            assert_eq!(with_null.is_err(), null_is_wrong, "{oid}");
        }
        let odd = read(&algorithm_with(oid::SHA256_WITH_RSA, integer(&[1])));
        let error = odd.signature_algorithm().unwrap_err();
        assert_eq!(
            error.to_string(),
            "parameters of 1.2.840.113549.1.1.11: expected NULL or absent, found 020101 (B-37)"
        );
    }

    #[test]
    fn hashes_are_sha_2_without_parameters() {
        let hash = |der: Vec<u8>| read(&der).hash_algorithm();
        assert_eq!(hash(algorithm(oid::SHA256)), Ok(HashAlgorithm::Sha2_256));
        assert_eq!(hash(algorithm_with(oid::SHA384, null())), Ok(HashAlgorithm::Sha2_384));
        assert_eq!(hash(algorithm(oid::SHA512)), Ok(HashAlgorithm::Sha2_512));
        let sha1 = hash(algorithm(oid::SHA1)).unwrap_err();
        assert_eq!((sha1.code(), sha1.found().as_str()), ("hash-algorithm-unknown", "SHA-1"), "B-27");
        let odd = hash(algorithm_with(oid::SHA256, integer(&[1]))).unwrap_err();
        assert_eq!(odd.code(), "algorithm-parameters");
        assert_eq!(AlgorithmError::ALL_CODES, ["algorithm-parameters", "hash-algorithm-unknown"]);
    }

    #[test]
    fn pss_has_one_hash_and_nothing_defaulted_to_sha_1() {
        let hash = |oid| context(0, &[algorithm_with(oid, null())]);
        let mask = |oid, hash| context(1, &[algorithm_with(oid, algorithm_with(hash, null()))]);
        let salt = |octets: &[u8]| context(2, &[integer(octets)]);
        let pss =
            |parts: &[Vec<u8>]| read(&algorithm_with(oid::RSASSA_PSS, sequence(parts))).signature_algorithm().ok();
        let good = (hash(oid::SHA256), mask(oid::MGF1, oid::SHA256), salt(&[32]));
        let of = |hash, salt_len| Some(SignatureAlgorithm::RsaPss { hash, salt_len });
        assert_eq!(pss(&[good.0.clone(), good.1.clone(), good.2.clone()]), of(HashAlgorithm::Sha2_256, 32));
        assert_eq!(pss(&[good.0.clone(), good.1.clone()]), of(HashAlgorithm::Sha2_256, 20));
        assert_eq!(
            pss(&[hash(oid::SHA512), mask(oid::MGF1, oid::SHA512), salt(&[64]), context(3, &[integer(&[1])])]),
            of(HashAlgorithm::Sha2_512, 64)
        );
        for (what, parts) in [
            ("nothing", vec![]),
            ("no hash", vec![good.1.clone(), good.2.clone()]),
            ("no mask", vec![good.0.clone(), good.2.clone()]),
            ("SHA-1", vec![hash(oid::SHA1), mask(oid::MGF1, oid::SHA1), good.2.clone()]),
            ("two hashes", vec![good.0.clone(), mask(oid::MGF1, oid::SHA384), good.2.clone()]),
            ("another mask", vec![good.0.clone(), mask(oid::SHA256, oid::SHA256), good.2.clone()]),
            ("a negative salt", vec![good.0.clone(), good.1.clone(), salt(&[0xff])]),
            ("a huge salt", vec![good.0.clone(), good.1.clone(), salt(&[1, 0, 0])]),
            ("another trailer", vec![good.0.clone(), good.1.clone(), context(3, &[integer(&[2])])]),
            ("one more", vec![good.0.clone(), good.1.clone(), good.2.clone(), null()]),
        ] {
            assert_eq!(pss(&parts), None, "{what}");
        }
        assert!(read(&algorithm(oid::RSASSA_PSS)).signature_algorithm().is_err());
    }
}

mod precertificates {
    use super::*;

    /// B-47: the spliced TBS is the TBS that was built without the list, wherever the list stands, and for lengths on
    /// both sides of every change in the length's own size.
    #[test]
    fn are_the_tbs_as_built_without_the_list() {
        let others = |padding: usize| {
            vec![
                critical_extension(oid::KEY_USAGE, &bit_string(7, &[0x80])),
                extension(dotted("1.2.3.4"), &vec![7; padding]),
            ]
        };
        for padding in (0..300).chain(65_250..65_550) {
            for position in 0..=2 {
                let without = CertificateParts::with_extensions(others(padding));
                let mut with = others(padding);
                with.insert(position, extension(oid::SCT_LIST, &octet_string(&[9; 130])));
                let with = CertificateParts::with_extensions(with);
                let spliced = precertificate::tbs_without_sct_list(&with.tbs()).unwrap();
                assert_eq!(spliced, without.tbs(), "{padding} {position}");
            }
        }
    }

    #[test]
    fn lose_the_wrapper_with_the_last_extension() {
        let with = CertificateParts::with_extensions(vec![extension(oid::SCT_LIST, &octet_string(&[0, 0]))]);
        assert_eq!(parse(&with).tbs_without_sct_list().unwrap(), CertificateParts::default().tbs());
    }

    #[test]
    fn keep_every_other_byte_even_if_it_is_not_der() {
        let odd = sequence(&[object(dotted("1.2.3")), wrap(1, &[0]), octet_string(b"x")]);
        let without = CertificateParts::with_extensions(vec![odd.clone()]);
        let with = CertificateParts::with_extensions(vec![odd, extension(oid::SCT_LIST, &[4, 0])]);
        assert_eq!(parse(&with).tbs_without_sct_list().unwrap(), without.tbs());
    }

    #[test]
    fn without_a_list_are_the_tbs() {
        for parts in
            [CertificateParts::default(), CertificateParts::with_extensions(vec![extension(dotted("1.2.3"), b"x")])]
        {
            assert_eq!(parse(&parts).tbs_without_sct_list().unwrap(), parts.tbs());
        }
    }
}

mod pem {
    use super::*;
    use crate::base64;

    fn armour(label: &str, der: &[u8]) -> String {
        let text = base64::encode(der);
        let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
        format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
    }

    #[test]
    fn chains_are_read_in_order() {
        let first = CertificateParts::default().der();
        let second = CertificateParts { subject: common_name("second"), ..Default::default() }.der();
        let text = format!(
            "subject=first\n{}\nissuer=second\n{}",
            armour("CERTIFICATE", &first),
            armour("CERTIFICATE", &second)
        );
        for text in [text.clone(), text.replace('\n', "\r\n"), text.trim_end().to_owned()] {
            let chain = parse_pem_certificates(&text).unwrap();
            assert_eq!(chain.len(), 2);
            assert_eq!((&chain[0].der, &chain[1].der), (&first, &second));
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let der = CertificateParts::default().der();
        let good = armour("CERTIFICATE", &der);
        for (what, text, code) in [
            ("empty", String::new(), "certificate-pem"),
            ("no block", "-----BEGIN".to_owned(), "certificate-pem"),
            ("another label", armour("PUBLIC KEY", &der), "certificate-pem"),
            ("no end", good.replace("-----END CERTIFICATE-----", ""), "certificate-pem"),
            ("another end", good.replace("END CERTIFICATE", "END KEY"), "certificate-pem"),
            ("not base64", good.replacen("\nM", "\n!", 1), "certificate-pem"),
            ("a bad second block", format!("{good}{}", armour("X", &der)), "certificate-pem"),
            ("not a certificate", armour("CERTIFICATE", b"hello"), "certificate-malformed"),
            (
                "trailing bytes inside",
                armour("CERTIFICATE", &[der.clone(), vec![0]].concat()),
                "certificate-trailing-bytes",
            ),
            ("too many", good.repeat(limits::MAX_PEM_CERTIFICATES + 1), "certificate-too-many"),
        ] {
            assert_eq!(parse_pem_certificates(&text).unwrap_err().code(), code, "{what}");
        }
    }
}

fn full_certificate() -> Vec<u8> {
    CertificateParts::with_extensions(vec![
        critical_extension(oid::BASIC_CONSTRAINTS, &sequence(&[wrap(1, &[0xff]), integer(&[3])])),
        critical_extension(oid::KEY_USAGE, &bit_string(7, &[0x80])),
        extension(oid::EXTENDED_KEY_USAGE, &sequence(&[object(oid::CODE_SIGNING)])),
        extension(oid::AUTHORITY_KEY_IDENTIFIER, &sequence(&[context_primitive(0, &[4, 5])])),
        critical_extension(oid::SUBJECT_ALT_NAME, &sequence(&[context_primitive(1, b"a@example.com")])),
        extension(oid::SCT_LIST, &octet_string(&[0, 0])),
    ])
    .der()
}

#[test]
fn a_field_too_many_is_refused_wherever_it_stands() {
    let variants = with_fields_too_many(&full_certificate());
    assert!(variants.len() > 20, "{}", variants.len());
    for (index, der) in variants.iter().enumerate() {
        assert!(Certificate::parse(der).is_err(), "variant {index}");
    }
}

fn use_everything(certificate: &Certificate) {
    let _ = certificate.issuer.to_string();
    let _ = certificate.subject.same_as(&certificate.issuer);
    let _ = certificate.signature_algorithm.signature_algorithm();
    let _ = certificate.unrecognised_critical();
    let _ = certificate.sct_list().map(crate::sct::parse_extension);
    let _ = crate::fulcio::FulcioExtensions::parse(certificate);
    assert!(certificate.tbs_without_sct_list().is_ok());
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>, text: String) {
        let _ = Certificate::parse(&bytes);
        let _ = parse_pem_certificates(&text);
        let _ = precertificate::tbs_without_sct_list(&bytes);
    }

    #[test]
    fn changed_certificates_never_panic(at: prop::sample::Index, byte: u8, length: prop::sample::Index) {
        let mut der = full_certificate();
        let at = at.index(der.len());
        der[at] = byte;
        if let Ok(certificate) = Certificate::parse(&der) {
            use_everything(&certificate);
        }
        der.truncate(length.index(der.len()));
        let _ = Certificate::parse(&der);
    }
}
