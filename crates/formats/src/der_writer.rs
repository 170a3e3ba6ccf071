//! Writes the DER of good certificates and timestamps for tests, part by part, so that a test can change one.

#![allow(clippy::indexing_slicing, reason = "tests")]

use der::Tag;

use crate::{
    oid::ObjectIdentifier,
    tlv::{Tlv, Walk, wrap},
};

pub(crate) fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    wrap(0x30, &parts.concat())
}

pub(crate) fn set(parts: &[Vec<u8>]) -> Vec<u8> {
    wrap(0x31, &parts.concat())
}

/// `[number]` EXPLICIT, or IMPLICIT around a constructed type.
pub(crate) fn context(number: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    wrap(0xa0 | number, &parts.concat())
}

/// `[number]` IMPLICIT around a primitive type.
pub(crate) fn context_primitive(number: u8, content: &[u8]) -> Vec<u8> {
    wrap(0x80 | number, content)
}

pub(crate) fn integer(octets: &[u8]) -> Vec<u8> {
    wrap(0x02, octets)
}

pub(crate) fn bit_string(unused: u8, octets: &[u8]) -> Vec<u8> {
    wrap(0x03, &[&[unused], octets].concat())
}

pub(crate) fn octet_string(octets: &[u8]) -> Vec<u8> {
    wrap(0x04, octets)
}

pub(crate) fn null() -> Vec<u8> {
    wrap(0x05, &[])
}

pub(crate) fn object(oid: ObjectIdentifier) -> Vec<u8> {
    wrap(0x06, oid.as_bytes())
}

pub(crate) fn dotted(oid: &str) -> ObjectIdentifier {
    ObjectIdentifier::new_unwrap(oid)
}

pub(crate) fn utf8(text: &str) -> Vec<u8> {
    wrap(0x0c, text.as_bytes())
}

pub(crate) fn printable(text: &str) -> Vec<u8> {
    wrap(0x13, text.as_bytes())
}

pub(crate) fn utc_time(text: &str) -> Vec<u8> {
    wrap(0x17, text.as_bytes())
}

pub(crate) fn generalized_time(text: &str) -> Vec<u8> {
    wrap(0x18, text.as_bytes())
}

pub(crate) fn algorithm(oid: ObjectIdentifier) -> Vec<u8> {
    sequence(&[object(oid)])
}

pub(crate) fn algorithm_with(oid: ObjectIdentifier, parameters: Vec<u8>) -> Vec<u8> {
    sequence(&[object(oid), parameters])
}

/// A name of one attribute a relative name, each given as (dotted type, value).
pub(crate) fn name(attributes: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let rdns: Vec<Vec<u8>> =
        attributes.iter().map(|(oid, value)| set(&[sequence(&[object(dotted(oid)), value.clone()])])).collect();
    sequence(&rdns)
}

pub(crate) fn common_name(text: &str) -> Vec<u8> {
    name(&[("2.5.4.3", utf8(text))])
}

pub(crate) fn extension(oid: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    sequence(&[object(oid), octet_string(value)])
}

pub(crate) fn critical_extension(oid: ObjectIdentifier, value: &[u8]) -> Vec<u8> {
    sequence(&[object(oid), wrap(0x01, &[0xff]), octet_string(value)])
}

/// `der` again and again, each time with two NULLs more at the end of another constructed value, at any depth; two,
/// because one would be the parameters of an algorithm. OCTET STRINGs that hold a SEQUENCE are entered.
pub(crate) fn with_fields_too_many(der: &[u8]) -> Vec<Vec<u8>> {
    let mut variants = Vec::new();
    let mut walk = Walk::new(der);
    while let Ok(Some(tlv)) = walk.next() {
        let before = &der[..der.len() - walk.rest().len() - tlv.raw.len()];
        let tag = tlv.raw[0];
        let constructed = tag & 0x20 != 0;
        let mut contents = Vec::new();
        if constructed {
            contents.push([tlv.value, &null(), &null()].concat());
        }
        if constructed || Tlv::only(tlv.value, Tag::Sequence).is_ok() {
            contents.extend(with_fields_too_many(tlv.value));
        }
        for content in contents {
            variants.push([before, &wrap(tag, &content), walk.rest()].concat());
        }
    }
    variants
}

/// The parts of a certificate, each as DER.
pub(crate) struct CertificateParts {
    pub(crate) version: Vec<u8>,
    pub(crate) serial: Vec<u8>,
    pub(crate) inner_algorithm: Vec<u8>,
    pub(crate) issuer: Vec<u8>,
    pub(crate) not_before: Vec<u8>,
    pub(crate) not_after: Vec<u8>,
    pub(crate) subject: Vec<u8>,
    pub(crate) spki: Vec<u8>,
    pub(crate) unique_ids: Vec<u8>,
    pub(crate) extensions: Vec<Vec<u8>>,
    pub(crate) outer_algorithm: Vec<u8>,
    pub(crate) signature: Vec<u8>,
    pub(crate) behind: Vec<u8>,
}

impl Default for CertificateParts {
    /// A good certificate without extensions.
    fn default() -> Self {
        Self {
            version: context(0, &[integer(&[2])]),
            serial: integer(&[0x00, 0x9a, 0x01]),
            inner_algorithm: algorithm(crate::oid::ECDSA_WITH_SHA384),
            issuer: common_name("issuer"),
            not_before: utc_time("240101000000Z"),
            not_after: utc_time("240101001000Z"),
            subject: sequence(&[]),
            spki: sequence(&[
                algorithm_with(crate::oid::EC_PUBLIC_KEY, object(dotted("1.2.840.10045.3.1.7"))),
                bit_string(0, &[4; 65]),
            ]),
            unique_ids: Vec::new(),
            extensions: Vec::new(),
            outer_algorithm: algorithm(crate::oid::ECDSA_WITH_SHA384),
            signature: bit_string(0, &[5; 70]),
            behind: Vec::new(),
        }
    }
}

impl CertificateParts {
    pub(crate) fn with_extensions(extensions: Vec<Vec<u8>>) -> Self {
        Self { extensions, ..Self::default() }
    }

    pub(crate) fn tbs(&self) -> Vec<u8> {
        let extensions =
            if self.extensions.is_empty() { Vec::new() } else { context(3, &[sequence(&self.extensions)]) };
        sequence(&[
            self.version.clone(),
            self.serial.clone(),
            self.inner_algorithm.clone(),
            self.issuer.clone(),
            sequence(&[self.not_before.clone(), self.not_after.clone()]),
            self.subject.clone(),
            self.spki.clone(),
            self.unique_ids.clone(),
            extensions,
        ])
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        let certificate = sequence(&[self.tbs(), self.outer_algorithm.clone(), self.signature.clone()]);
        [certificate, self.behind.clone()].concat()
    }
}
