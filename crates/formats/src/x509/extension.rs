//! Certificate extensions: all of them raw, the well-known ones decoded.

use super::name::Name;
use crate::oid::ObjectIdentifier;

/// One extension, not decoded.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Extension {
    /// `extnID`
    pub oid: ObjectIdentifier,
    /// `critical`
    pub critical: bool,
    /// The octets inside `extnValue`
    pub value: Vec<u8>,
}

/// `basicConstraints` (RFC 5280 §4.2.1.9).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct BasicConstraints {
    /// Whether the extension is critical
    pub critical: bool,
    /// `cA`
    pub ca: bool,
    /// `pathLenConstraint`: how many intermediates may follow
    pub path_len: Option<u32>,
}

/// `keyUsage` (RFC 5280 §4.2.1.3).
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct KeyUsage {
    /// Whether the extension is critical
    pub critical: bool,
    /// Named bits: bit *n* of the BIT STRING is `1 << n` here, so digitalSignature is 1 and keyCertSign 32.
    pub bits: u16,
}

/// `extKeyUsage` (RFC 5280 §4.2.1.12).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct ExtendedKeyUsage {
    /// Whether the extension is critical
    pub critical: bool,
    /// The purposes, in order, unknown ones too; never empty
    pub purposes: Vec<ObjectIdentifier>,
}

/// `subjectAltName` (RFC 5280 §4.2.1.6).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SubjectAltNames {
    /// Whether the extension is critical
    pub critical: bool,
    /// The names, in order; never empty
    pub names: Vec<GeneralName>,
}

/// A `GeneralName` of the kinds that Sigstore's identities use (C.2). The kind is part of the identity (C-6).
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum GeneralName {
    /// `rfc822Name`
    Email(String),
    /// `dNSName`
    Dns(String),
    /// `uniformResourceIdentifier`
    Uri(String),
    /// `directoryName`
    Directory(Name),
    /// `otherName` of type 1.3.6.1.4.1.57264.1.7: Fulcio's `user!domain` (C-5)
    Username(String),
    /// `otherName` of another type
    OtherName {
        /// `type-id`
        type_id: ObjectIdentifier,
        /// What stands inside the `[0]`, DER
        value: Vec<u8>,
    },
    /// Any other kind
    Other {
        /// Its context tag: 3 x400Address, 5 ediPartyName, 7 iPAddress, 8 registeredID
        tag: u8,
    },
}

impl KeyUsage {
    /// `digitalSignature`, bit 0
    pub fn digital_signature(&self) -> bool {
        todo!()
    }
    /// `contentCommitment` (nonRepudiation), bit 1
    pub fn content_commitment(&self) -> bool {
        todo!()
    }
    /// `keyCertSign`, bit 5
    pub fn key_cert_sign(&self) -> bool {
        todo!()
    }
    /// `cRLSign`, bit 6
    pub fn crl_sign(&self) -> bool {
        todo!()
    }
}

impl ExtendedKeyUsage {
    /// Whether this purpose is listed.
    pub fn contains(&self, purpose: &ObjectIdentifier) -> bool {
        self.purposes.contains(purpose)
    }
}

impl GeneralName {
    /// The kind, as a stable word: `email`, `dns`, `uri`, `directory`, `username`, `other-name`, `other` (C-6).
    pub fn kind(&self) -> &'static str {
        todo!()
    }

    /// The name's text, if the kind has one.
    pub fn text(&self) -> Option<&str> {
        todo!()
    }
}
