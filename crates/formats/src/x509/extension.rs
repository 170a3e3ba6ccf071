//! Certificate extensions: all of them raw, the well-known ones decoded.

use der::Tag;

use super::name::Name;
use crate::{
    limits::{MAX_EXTENSIONS, MAX_GENERAL_NAMES, MAX_KEY_PURPOSES},
    oid::{self, ObjectIdentifier},
    tlv::{NotDer, Tlv, Walk, constructed, primitive},
};

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
    #[must_use]
    pub fn digital_signature(&self) -> bool {
        self.bit(0)
    }

    /// `contentCommitment` (nonRepudiation), bit 1
    #[must_use]
    pub fn content_commitment(&self) -> bool {
        self.bit(1)
    }

    /// `keyCertSign`, bit 5
    #[must_use]
    pub fn key_cert_sign(&self) -> bool {
        self.bit(5)
    }

    /// `cRLSign`, bit 6
    #[must_use]
    pub fn crl_sign(&self) -> bool {
        self.bit(6)
    }

    fn bit(&self, number: u32) -> bool {
        self.bits.unbounded_shr(number) & 1 == 1
    }
}

impl ExtendedKeyUsage {
    /// Whether this purpose is listed.
    #[must_use]
    pub fn contains(&self, purpose: &ObjectIdentifier) -> bool {
        self.purposes.contains(purpose)
    }
}

impl GeneralName {
    /// The kind, as a stable word: `email`, `dns`, `uri`, `directory`, `username`, `other-name`, `other` (C-6).
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Email(_) => "email",
            Self::Dns(_) => "dns",
            Self::Uri(_) => "uri",
            Self::Directory(_) => "directory",
            Self::Username(_) => "username",
            Self::OtherName { .. } => "other-name",
            Self::Other { .. } => "other",
        }
    }

    /// The name's text, if the kind has one; never empty.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Email(text) | Self::Dns(text) | Self::Uri(text) | Self::Username(text) => Some(text),
            Self::Directory(_) | Self::OtherName { .. } | Self::Other { .. } => None,
        }
    }

    /// ```text
    /// GeneralName ::= CHOICE {
    ///    otherName                 [0]  OtherName,
    ///    rfc822Name                [1]  IA5String,
    ///    dNSName                   [2]  IA5String,
    ///    x400Address               [3]  ORAddress,
    ///    directoryName             [4]  Name,
    ///    ediPartyName              [5]  EDIPartyName,
    ///    uniformResourceIdentifier [6]  IA5String,
    ///    iPAddress                 [7]  OCTET STRING,
    ///    registeredID              [8]  OBJECT IDENTIFIER }
    /// ```
    pub(crate) fn read(tlv: &Tlv<'_>) -> Result<Self, NotDer> {
        let Tag::ContextSpecific { constructed, number } = tlv.tag else {
            return Err(NotDer);
        };
        match (number.value(), constructed) {
            (0, true) => Self::read_other_name(tlv),
            (1, false) => ia5_text(tlv).map(Self::Email),
            (2, false) => ia5_text(tlv).map(Self::Dns),
            (4, true) => Name::read(&tlv.inner(Tag::Sequence)?).map(Self::Directory),
            (6, false) => ia5_text(tlv).map(Self::Uri),
            (3 | 5, true) => Ok(Self::Other { tag: u8::try_from(number.value()).map_err(|_| NotDer)? }),
            (7 | 8, false) => Ok(Self::Other { tag: u8::try_from(number.value()).map_err(|_| NotDer)? }),
            _ => Err(NotDer),
        }
    }

    /// `OtherName ::= SEQUENCE { type-id OBJECT IDENTIFIER, value [0] EXPLICIT ANY }`, its SEQUENCE tag replaced by
    /// `[0]`. Fulcio's username is a UTF8String inside (C-5).
    fn read_other_name(tlv: &Tlv<'_>) -> Result<Self, NotDer> {
        let mut walk = tlv.walk();
        let type_id = walk.take(Tag::ObjectIdentifier)?.oid()?;
        let value = walk.take(constructed(0))?;
        walk.finish()?;
        if type_id != oid::FULCIO_USERNAME {
            return Ok(Self::OtherName { type_id, value: value.value.to_vec() });
        }
        match value.inner(Tag::Utf8String)?.utf8()? {
            "" => Err(NotDer),
            username => Ok(Self::Username(username.to_owned())),
        }
    }
}

/// An IA5String with something in it (RFC 5280 §4.2.1.6: no kind of name may be empty).
fn ia5_text(tlv: &Tlv<'_>) -> Result<String, NotDer> {
    match tlv.utf8()? {
        "" => Err(NotDer),
        text if text.is_ascii() => Ok(text.to_owned()),
        _ => Err(NotDer),
    }
}

/// `GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName`, given what stands inside.
pub(crate) fn read_general_names(mut names: Walk<'_>) -> Result<Vec<GeneralName>, NotDer> {
    let mut out = Vec::new();
    while let Some(name) = names.next()? {
        if out.len() == MAX_GENERAL_NAMES {
            return Err(NotDer);
        }
        out.push(GeneralName::read(&name)?);
    }
    if out.is_empty() { Err(NotDer) } else { Ok(out) }
}

/// `Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension`, given what stands inside; `Ok(None)` for more than the cap.
pub(crate) fn read_extensions(mut extensions: Walk<'_>) -> Result<Option<Vec<Extension>>, NotDer> {
    let mut out = Vec::new();
    while let Some(sequence) = extensions.next()? {
        if out.len() == MAX_EXTENSIONS {
            return Ok(None);
        }
        out.push(Extension::read(&sequence)?);
    }
    if out.is_empty() { Err(NotDer) } else { Ok(Some(out)) }
}

impl Extension {
    /// `Extension ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }`
    ///
    /// A written-out FALSE is let pass: it is not DER, but authorities write it, and it means what it says.
    pub(crate) fn read(sequence: &Tlv<'_>) -> Result<Self, NotDer> {
        if sequence.tag != Tag::Sequence {
            return Err(NotDer);
        }
        let mut walk = sequence.walk();
        let oid = walk.take(Tag::ObjectIdentifier)?.oid()?;
        let critical = match walk.take_optional(Tag::Boolean)? {
            Some(critical) => critical.boolean()?,
            None => false,
        };
        let value = walk.take(Tag::OctetString)?.value.to_vec();
        walk.finish()?;
        Ok(Self { oid, critical, value })
    }

    /// `BasicConstraints ::= SEQUENCE { cA BOOLEAN DEFAULT FALSE, pathLenConstraint INTEGER (0..MAX) OPTIONAL }`
    pub(super) fn basic_constraints(&self) -> Result<BasicConstraints, NotDer> {
        let mut walk = Tlv::only(&self.value, Tag::Sequence)?.walk();
        let ca = match walk.take_optional(Tag::Boolean)? {
            Some(ca) => ca.boolean()?,
            None => false,
        };
        let path_len = match walk.take_optional(Tag::Integer)? {
            Some(length) => Some(length.small()?),
            None => None,
        };
        walk.finish()?;
        Ok(BasicConstraints { critical: self.critical, ca, path_len })
    }

    /// `KeyUsage ::= BIT STRING`, nine named bits, the first the highest of its octet.
    pub(super) fn key_usage(&self) -> Result<KeyUsage, NotDer> {
        let bits = match Tlv::only(&self.value, Tag::BitString)?.bits()?.1 {
            [] => 0,
            [first] => u16::from_le_bytes([first.reverse_bits(), 0]),
            [first, second] => u16::from_le_bytes([first.reverse_bits(), second.reverse_bits()]),
            _ => return Err(NotDer),
        };
        Ok(KeyUsage { critical: self.critical, bits })
    }

    /// `ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId`
    pub(super) fn extended_key_usage(&self) -> Result<ExtendedKeyUsage, NotDer> {
        let mut purposes = Vec::new();
        let mut walk = Tlv::only(&self.value, Tag::Sequence)?.walk();
        while !walk.rest().is_empty() {
            if purposes.len() == MAX_KEY_PURPOSES {
                return Err(NotDer);
            }
            purposes.push(walk.take(Tag::ObjectIdentifier)?.oid()?);
        }
        if purposes.is_empty() {
            return Err(NotDer);
        }
        Ok(ExtendedKeyUsage { critical: self.critical, purposes })
    }

    pub(super) fn subject_alt_names(&self) -> Result<SubjectAltNames, NotDer> {
        let names = read_general_names(Tlv::only(&self.value, Tag::Sequence)?.walk())?;
        Ok(SubjectAltNames { critical: self.critical, names })
    }

    /// ```text
    /// AuthorityKeyIdentifier ::= SEQUENCE {
    ///    keyIdentifier             [0] OCTET STRING  OPTIONAL,
    ///    authorityCertIssuer       [1] GeneralNames  OPTIONAL,
    ///    authorityCertSerialNumber [2] INTEGER       OPTIONAL }
    /// ```
    pub(super) fn authority_key_id(&self) -> Result<Option<Vec<u8>>, NotDer> {
        let mut walk = Tlv::only(&self.value, Tag::Sequence)?.walk();
        let key_id = walk.take_optional(primitive(0))?.map(|key_id| key_id.value.to_vec());
        walk.take_optional(constructed(1))?;
        walk.take_optional(primitive(2))?;
        walk.finish()?;
        Ok(key_id)
    }

    pub(super) fn subject_key_id(&self) -> Result<Vec<u8>, NotDer> {
        Ok(Tlv::only(&self.value, Tag::OctetString)?.value.to_vec())
    }
}
