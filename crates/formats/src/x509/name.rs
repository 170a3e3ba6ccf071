//! Distinguished names: kept as bytes, shown as RFC 4514, compared as RFC 5280 §7.1.

use core::fmt;

use crate::oid::ObjectIdentifier;

/// A distinguished name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Name {
    /// The `Name`, header included.
    pub der: Vec<u8>,
    /// Its relative distinguished names, in the order of the encoding, each with its attributes. Empty for an empty name.
    pub rdns: Vec<Vec<NameAttribute>>,
}

/// One attribute of a distinguished name.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct NameAttribute {
    /// Attribute type
    pub oid: ObjectIdentifier,
    /// The value's tag octet: 0x0c UTF8String, 0x13 PrintableString …
    pub tag: u8,
    /// The value's content octets
    pub value: Vec<u8>,
}

impl Name {
    /// Whether the name holds nothing, as in Fulcio's leaves (B-40).
    pub fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// Whether both are the same name: byte for byte, else by RFC 5280 §7.1, which for UTF8String and PrintableString
    /// ignores case and folds white space (B-37).
    ///
    /// Case is folded for ASCII only: full StringPrep needs tables, and no authority relies on it.
    pub fn same_as(&self, _other: &Self) -> bool {
        todo!()
    }
}

/// RFC 4514: last relative name first, `CN=sigstore-intermediate,O=sigstore.dev`.
impl fmt::Display for Name {
    fn fmt(&self, _f: &mut fmt::Formatter<'_>) -> fmt::Result {
        todo!()
    }
}
