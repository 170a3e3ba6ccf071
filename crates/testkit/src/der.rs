//! A small DER writer (X.690): each function returns one complete tag-length-value.

/// A value under any one-byte tag.
pub fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut out = vec![tag];
    let length = content.len();
    if length < 0x80 {
        out.push(length as u8);
    } else {
        let bytes = length.to_be_bytes();
        let skip = bytes.iter().take_while(|byte| **byte == 0).count();
        out.push(0x80 | (bytes.len() - skip) as u8);
        out.extend_from_slice(&bytes[skip..]);
    }
    out.extend_from_slice(content);
    out
}

/// SEQUENCE of already encoded parts.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    tlv(0x30, &parts.concat())
}

/// SET OF already encoded parts, sorted as DER demands.
pub fn set_of(parts: &[Vec<u8>]) -> Vec<u8> {
    let mut sorted = parts.to_vec();
    sorted.sort();
    tlv(0x31, &sorted.concat())
}

/// OBJECT IDENTIFIER from its dotted text.
pub fn oid(dotted: &str) -> Vec<u8> {
    let arcs: Vec<u64> = dotted.split('.').map(|arc| arc.parse().expect("a decimal arc")).collect();
    let mut content = Vec::new();
    push_base128(&mut content, arcs[0] * 40 + arcs[1]);
    for arc in &arcs[2..] {
        push_base128(&mut content, *arc);
    }
    tlv(0x06, &content)
}

fn push_base128(out: &mut Vec<u8>, value: u64) {
    let groups = (1..10).find(|n| value >> (7 * n) == 0).unwrap_or(10);
    for group in (0..groups).rev() {
        let more = if group == 0 { 0 } else { 0x80 };
        out.push(((value >> (7 * group)) & 0x7f) as u8 | more);
    }
}

/// Non-negative INTEGER from big-endian bytes.
pub fn integer(unsigned: &[u8]) -> Vec<u8> {
    let skip = unsigned.iter().take_while(|byte| **byte == 0).count();
    let mut content = unsigned[skip..].to_vec();
    if content.first().is_none_or(|first| first & 0x80 != 0) {
        content.insert(0, 0);
    }
    tlv(0x02, &content)
}

/// Non-negative INTEGER.
pub fn small_integer(value: u64) -> Vec<u8> {
    integer(&value.to_be_bytes())
}

/// BOOLEAN.
pub fn boolean(value: bool) -> Vec<u8> {
    tlv(0x01, &[if value { 0xff } else { 0 }])
}

/// NULL.
pub fn null() -> Vec<u8> {
    tlv(0x05, &[])
}

/// OCTET STRING.
pub fn octet_string(content: &[u8]) -> Vec<u8> {
    tlv(0x04, content)
}

/// BIT STRING with no unused bits.
pub fn bit_string(content: &[u8]) -> Vec<u8> {
    tlv(0x03, &[&[0], content].concat())
}

/// Named BIT STRING (RFC 5280 key usage): bit 0 is the most significant bit of the first octet; trailing zeros are cut.
pub fn named_bits(set: &[u8]) -> Vec<u8> {
    let Some(last) = set.iter().max() else {
        return tlv(0x03, &[0]);
    };
    let mut content = vec![0; usize::from(last / 8) + 2];
    content[0] = 7 - last % 8;
    for bit in set {
        content[usize::from(bit / 8) + 1] |= 0x80 >> (bit % 8);
    }
    tlv(0x03, &content)
}

/// UTF8String.
pub fn utf8(text: &str) -> Vec<u8> {
    tlv(0x0c, text.as_bytes())
}

/// `[n] EXPLICIT` around one encoded value, or IMPLICIT constructed around the content of one.
pub fn context(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(0xa0 | number, content)
}

/// `[n] IMPLICIT` of a primitive type.
pub fn context_primitive(number: u8, content: &[u8]) -> Vec<u8> {
    tlv(0x80 | number, content)
}

/// UTCTime for years before 2050, GeneralizedTime from then on (RFC 5280 §4.1.2.5).
pub fn time(unix: i64) -> Vec<u8> {
    let text = crate::time::compact(unix);
    if unix < crate::time::utc(2050, 1, 1, 0, 0, 0) {
        tlv(0x17, format!("{}Z", &text[2..]).as_bytes())
    } else {
        tlv(0x18, format!("{text}Z").as_bytes())
    }
}

/// GeneralizedTime with the given fraction text (`""` or `".5"`).
pub fn generalized_time(unix: i64, fraction: &str) -> Vec<u8> {
    tlv(0x18, format!("{}{fraction}Z", crate::time::compact(unix)).as_bytes())
}

/// AlgorithmIdentifier; `parameters` is an encoded value or empty for absent.
pub fn algorithm(dotted: &str, parameters: Vec<u8>) -> Vec<u8> {
    sequence(&[oid(dotted), parameters])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_encodings() {
        assert_eq!(oid("1.3.6.1.4.1.57264.1.8"), [0x06, 10, 0x2b, 6, 1, 4, 1, 0x83, 0xbf, 0x30, 1, 8]);
        assert_eq!(oid("2.5.29.15"), [0x06, 3, 0x55, 0x1d, 0x0f]);
        assert_eq!(integer(&[0x80]), [2, 2, 0, 0x80]);
        assert_eq!(small_integer(0), [2, 1, 0]);
        assert_eq!(named_bits(&[0]), [3, 2, 7, 0x80]);
        assert_eq!(named_bits(&[5, 6]), [3, 2, 1, 6]);
        assert_eq!(tlv(4, &[0; 200])[..3], [4, 0x81, 200]);
    }
}
