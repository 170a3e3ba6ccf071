//! Distinguished names: kept as bytes, shown as RFC 4514, compared as RFC 5280 §7.1.

use core::fmt::{self, Write as _};

use der::Tag;

use crate::{
    hex,
    limits::MAX_NAME_ATTRIBUTES,
    oid::ObjectIdentifier,
    tlv::{NotDer, Tlv, wrap},
};

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

const UTF8_STRING: u8 = 0x0c;
const PRINTABLE_STRING: u8 = 0x13;
const IA5_STRING: u8 = 0x16;

impl Name {
    /// ```text
    /// Name ::= CHOICE { rdnSequence  SEQUENCE OF RelativeDistinguishedName }
    /// RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
    /// AttributeTypeAndValue ::= SEQUENCE { type OBJECT IDENTIFIER, value ANY }
    /// ```
    pub(crate) fn read(sequence: &Tlv<'_>) -> Result<Self, NotDer> {
        if sequence.tag != Tag::Sequence {
            return Err(NotDer);
        }
        let mut rdns = Vec::new();
        let mut left = MAX_NAME_ATTRIBUTES;
        let mut walk = sequence.walk();
        while let Some(set) = walk.next()? {
            if set.tag != Tag::Set || set.value.is_empty() {
                return Err(NotDer);
            }
            let mut rdn = Vec::new();
            let mut attributes = set.walk();
            while let Some(attribute) = attributes.next()? {
                left = left.checked_sub(1).ok_or(NotDer)?;
                rdn.push(NameAttribute::read(&attribute)?);
            }
            rdns.push(rdn);
        }
        Ok(Self { der: sequence.raw.to_vec(), rdns })
    }

    /// Whether the name holds nothing, as in Fulcio's leaves (B-40).
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// Whether both are the same name: byte for byte, else by RFC 5280 §7.1, which for UTF8String and PrintableString
    /// ignores case and folds white space (B-37).
    ///
    /// Case is folded for ASCII only: full StringPrep needs tables, and no authority relies on it.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        self.der == other.der
            || (self.rdns.len() == other.rdns.len()
                && self.rdns.iter().zip(&other.rdns).all(|(mine, theirs)| same_rdn(mine, theirs)))
    }
}

/// Attributes of one relative name are a set. Sameness is an equivalence, so pairing greedily finds a pairing if any.
fn same_rdn(mine: &[NameAttribute], theirs: &[NameAttribute]) -> bool {
    let mut unpaired: Vec<&NameAttribute> = theirs.iter().collect();
    mine.len() == theirs.len()
        && mine.iter().all(|attribute| {
            unpaired
                .iter()
                .position(|candidate| attribute.same_as(candidate))
                .map(|found| unpaired.swap_remove(found))
                .is_some()
        })
}

impl NameAttribute {
    fn read(sequence: &Tlv<'_>) -> Result<Self, NotDer> {
        if sequence.tag != Tag::Sequence {
            return Err(NotDer);
        }
        let mut walk = sequence.walk();
        let oid = walk.take(Tag::ObjectIdentifier)?.oid()?;
        let value = walk.any()?;
        walk.finish()?;
        let tag = value.raw.first().copied().unwrap_or_default();
        // A tag of more than one octet would make different tags look equal.
        if tag & 0x1f == 0x1f {
            return Err(NotDer);
        }
        Ok(Self { oid, tag, value: value.value.to_vec() })
    }

    /// The value's text, if its type is UTF8String, PrintableString or IA5String and it holds what the type allows.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match self.tag {
            UTF8_STRING => core::str::from_utf8(&self.value).ok(),
            PRINTABLE_STRING | IA5_STRING => core::str::from_utf8(&self.value).ok().filter(|text| text.is_ascii()),
            _ => None,
        }
    }

    fn same_as(&self, other: &Self) -> bool {
        if self.oid != other.oid {
            return false;
        }
        if self.tag == other.tag && self.value == other.value {
            return true;
        }
        match (self.folded(), other.folded()) {
            (Some(mine), Some(theirs)) => mine == theirs,
            _ => false,
        }
    }

    fn folded(&self) -> Option<String> {
        let text = self.text().filter(|_| self.tag != IA5_STRING)?;
        let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
        Some(words.join(" ").to_ascii_lowercase())
    }

    /// Short names of RFC 4514 §3, and three that are common in certificates.
    fn short_name(&self) -> Option<&'static str> {
        Some(match self.oid.to_string().as_str() {
            "2.5.4.3" => "CN",
            "2.5.4.5" => "serialNumber",
            "2.5.4.6" => "C",
            "2.5.4.7" => "L",
            "2.5.4.8" => "ST",
            "2.5.4.9" => "STREET",
            "2.5.4.10" => "O",
            "2.5.4.11" => "OU",
            "2.5.4.97" => "organizationIdentifier",
            "0.9.2342.19200300.100.1.1" => "UID",
            "0.9.2342.19200300.100.1.25" => "DC",
            "1.2.840.113549.1.9.1" => "emailAddress",
            _ => return None,
        })
    }
}

/// RFC 4514: last relative name first, `CN=sigstore-intermediate,O=sigstore.dev`. Characters that a reader cannot see,
/// or that turn the direction of writing, are escaped.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, rdn) in self.rdns.iter().rev().enumerate() {
            if index > 0 {
                f.write_char(',')?;
            }
            for (index, attribute) in rdn.iter().enumerate() {
                if index > 0 {
                    f.write_char('+')?;
                }
                attribute.fmt(f)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for NameAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.short_name(), self.text()) {
            (Some(name), Some(text)) => {
                write!(f, "{name}=")?;
                write_escaped(f, text)
            }
            (Some(name), None) => {
                write!(f, "{name}=#{}", hex::encode(&wrap(self.tag, &self.value)))
            }
            (None, _) => write!(f, "{}=#{}", self.oid, hex::encode(&wrap(self.tag, &self.value))),
        }
    }
}

/// RFC 4514 §2.4.
fn write_escaped(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let last = text.chars().count().saturating_sub(1);
    for (index, character) in text.chars().enumerate() {
        match character {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => write!(f, "\\{character}")?,
            '#' if index == 0 => f.write_str("\\#")?,
            ' ' if index == 0 || index == last => f.write_str("\\ ")?,
            plain if is_visible(plain) => f.write_char(plain)?,
            hidden => {
                let mut buffer = [0; 4];
                for octet in hidden.encode_utf8(&mut buffer).bytes() {
                    write!(f, "\\{octet:02x}")?;
                }
            }
        }
    }
    Ok(())
}

fn is_visible(character: char) -> bool {
    !character.is_control()
        && !matches!(
            character,
            '\u{061c}'
                | '\u{200b}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
        )
}
