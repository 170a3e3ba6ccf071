//! DER walked by its headers, raw bytes kept.
//!
//! Headers are read by `der`, which refuses indefinite and non-minimal lengths and constructed strings.

use der::{Decode, Header, Reader, SliceReader, Tag, TagNumber};

use crate::oid::ObjectIdentifier;

/// The bytes are not the DER that was asked for. Which field it was, the caller says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NotDer;

impl From<der::Error> for NotDer {
    fn from(_: der::Error) -> Self {
        Self
    }
}

/// One DER value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tlv<'a> {
    pub(crate) tag: Tag,
    /// Header and content
    pub(crate) raw: &'a [u8],
    /// Content octets
    pub(crate) value: &'a [u8],
}

/// DER values one behind the other.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Walk<'a> {
    rest: &'a [u8],
}

/// A constructed context-specific tag: `[number]` EXPLICIT, or IMPLICIT around a constructed type.
pub(crate) const fn constructed(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber(number) }
}

/// A primitive context-specific tag: `[number]` IMPLICIT around a primitive type.
pub(crate) const fn primitive(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: false, number: TagNumber(number) }
}

impl<'a> Walk<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Bytes not yet walked.
    pub(crate) fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// The next value, `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<Tlv<'a>>, NotDer> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let mut reader = SliceReader::new(self.rest)?;
        let header = Header::decode(&mut reader)?;
        let value = reader.read_slice(header.length())?;
        let end = usize::try_from(reader.position())?;
        let (raw, rest) = self.rest.split_at_checked(end).ok_or(NotDer)?;
        self.rest = rest;
        Ok(Some(Tlv { tag: header.tag(), raw, value }))
    }

    /// The next value, which must be there.
    pub(crate) fn any(&mut self) -> Result<Tlv<'a>, NotDer> {
        self.next()?.ok_or(NotDer)
    }

    /// The next value, which must have this tag.
    pub(crate) fn take(&mut self, tag: Tag) -> Result<Tlv<'a>, NotDer> {
        let tlv = self.any()?;
        if tlv.tag == tag { Ok(tlv) } else { Err(NotDer) }
    }

    /// The next value if it has this tag.
    pub(crate) fn take_optional(&mut self, tag: Tag) -> Result<Option<Tlv<'a>>, NotDer> {
        let mut ahead = *self;
        match ahead.next()? {
            Some(tlv) if tlv.tag == tag => {
                *self = ahead;
                Ok(Some(tlv))
            }
            _ => Ok(None),
        }
    }

    /// Nothing may be left.
    pub(crate) fn finish(&self) -> Result<(), NotDer> {
        if self.rest.is_empty() { Ok(()) } else { Err(NotDer) }
    }
}

impl<'a> Tlv<'a> {
    /// The one value of which `bytes` consist.
    pub(crate) fn only(bytes: &'a [u8], tag: Tag) -> Result<Self, NotDer> {
        let mut walk = Walk::new(bytes);
        let tlv = walk.take(tag)?;
        walk.finish()?;
        Ok(tlv)
    }

    /// The values inside this one.
    pub(crate) fn walk(&self) -> Walk<'a> {
        Walk::new(self.value)
    }

    /// The one value inside this one: what an EXPLICIT tag wraps.
    pub(crate) fn inner(&self, tag: Tag) -> Result<Self, NotDer> {
        Self::only(self.value, tag)
    }

    /// Content octets of an INTEGER: at least one, and no more than needed (X.690 §8.3.2).
    pub(crate) fn integer(&self) -> Result<&'a [u8], NotDer> {
        match self.value {
            [] | [0x00, 0x00..=0x7f, ..] | [0xff, 0x80..=0xff, ..] => Err(NotDer),
            octets => Ok(octets),
        }
    }

    /// An INTEGER of 0 to 2^32 - 1.
    pub(crate) fn small(&self) -> Result<u32, NotDer> {
        let octets = self.integer()?;
        if octets.first().is_none_or(|first| first & 0x80 != 0) {
            return Err(NotDer);
        }
        octets.iter().try_fold(0_u32, |sum, octet| Ok(sum.checked_mul(256).ok_or(NotDer)? | u32::from(*octet)))
    }

    /// A BOOLEAN, 00 or FF (X.690 §11.1).
    pub(crate) fn boolean(&self) -> Result<bool, NotDer> {
        match self.value {
            [0x00] => Ok(false),
            [0xff] => Ok(true),
            _ => Err(NotDer),
        }
    }

    /// A BIT STRING: number of unused bits, then the octets. Unused bits are zero (X.690 §11.2.1).
    pub(crate) fn bits(&self) -> Result<(u8, &'a [u8]), NotDer> {
        let (&unused, octets) = self.value.split_first().ok_or(NotDer)?;
        let mask = match unused {
            0 => 0,
            1..=7 => (1_u8 << unused) - 1,
            _ => return Err(NotDer),
        };
        match octets.last() {
            Some(last) if last & mask != 0 => Err(NotDer),
            None if unused != 0 => Err(NotDer),
            _ => Ok((unused, octets)),
        }
    }

    /// An OBJECT IDENTIFIER of at most 39 octets, arcs below 2^32.
    pub(crate) fn oid(&self) -> Result<ObjectIdentifier, NotDer> {
        ObjectIdentifier::from_bytes(self.value).map_err(|_| NotDer)
    }

    /// A string of UTF-8.
    pub(crate) fn utf8(&self) -> Result<&'a str, NotDer> {
        core::str::from_utf8(self.value).map_err(|_| NotDer)
    }
}

/// One DER value: tag, minimal length, content.
pub(crate) fn wrap(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(content.len().saturating_add(6));
    out.push(tag);
    match u8::try_from(content.len()) {
        Ok(short @ 0..=0x7f) => out.push(short),
        _ => {
            let length = content.len().to_be_bytes();
            let skip = length.iter().take_while(|octet| **octet == 0).count();
            let octets = length.get(skip..).unwrap_or_default();
            out.push(0x80 | u8::try_from(octets.len()).unwrap_or_default());
            out.extend_from_slice(octets);
        }
    }
    out.extend_from_slice(content);
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;

    #[test]
    fn wrapped_values_are_read_back_for_every_form_of_length() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let content = vec![7; length];
            let tlv = wrap(0x04, &content);
            assert_eq!(Tlv::only(&tlv, Tag::OctetString).unwrap().value, content);
        }
    }

    #[test]
    fn only_der_is_walked() {
        for (what, bytes) in [
            ("indefinite length", &[0x30, 0x80, 0x00, 0x00][..]),
            ("long form for a short length", &[0x04, 0x81, 0x01, 0x00]),
            ("leading zero in the length", &[0x04, 0x82, 0x00, 0x80]),
            ("constructed OCTET STRING", &[0x24, 0x03, 0x04, 0x01, 0x00]),
            ("primitive SEQUENCE", &[0x10, 0x00]),
            ("cut off", &[0x04, 0x02, 0x00]),
        ] {
            assert!(Walk::new(bytes).next().is_err(), "{what}");
        }
    }

    #[test]
    fn primitives_have_one_encoding() {
        let integer = |octets: &[u8]| Tlv::only(&wrap(2, octets), Tag::Integer).unwrap().small().ok();
        assert_eq!(integer(&[0]), Some(0));
        assert_eq!(integer(&[0x7f]), Some(127));
        assert_eq!(integer(&[0, 0x80]), Some(128));
        assert_eq!(integer(&[0, 0xff, 0xff, 0xff, 0xff]), Some(u32::MAX));
        assert_eq!(integer(&[1, 0, 0, 0, 0]), None);
        assert_eq!(integer(&[0, 0x7f]), None);
        assert_eq!(integer(&[0xff]), None, "negative");
        assert_eq!(integer(&[]), None);
        let boolean = |octets: &[u8]| Tlv::only(&wrap(1, octets), Tag::Boolean).unwrap().boolean().ok();
        assert_eq!([boolean(&[0]), boolean(&[0xff]), boolean(&[1])], [Some(false), Some(true), None]);
        let bits = |octets: &[u8]| Tlv::only(&wrap(3, octets), Tag::BitString).unwrap().bits().is_ok();
        assert!(bits(&[0]) && bits(&[7, 0x80]));
        assert!(!bits(&[]) && !bits(&[1]) && !bits(&[8, 0]) && !bits(&[7, 0xc0]));
    }
}
