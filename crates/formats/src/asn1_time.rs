//! UTCTime and GeneralizedTime (X.690 §11.7, §11.8; RFC 5280 §4.1.2.5; RFC 3161 §2.4.2).

use der::Tag;

use crate::{
    time::{UnixMillis, days_since_epoch},
    tlv::{NotDer, Tlv},
};

/// A certificate's `Time`: UTCTime `YYMMDDHHMMSSZ` with years 1950 to 2049, or GeneralizedTime `YYYYMMDDHHMMSSZ`,
/// neither with fractions nor with another zone (RFC 5280 §4.1.2.5).
pub(crate) fn certificate_time(tlv: &Tlv<'_>) -> Result<UnixMillis, NotDer> {
    match (tlv.tag, tlv.value) {
        (Tag::UtcTime, &[tens, units, ref rest @ ..]) => {
            let [century, decade] = if tens >= b'5' { *b"19" } else { *b"20" };
            seconds_and_zone(&[century, decade, tens, units], rest)
        }
        (Tag::GeneralizedTime, value) => {
            let (year, rest) = value.split_at_checked(4).ok_or(NotDer)?;
            seconds_and_zone(year, rest)
        }
        _ => Err(NotDer),
    }
}

/// A timestamp's `genTime`: GeneralizedTime `YYYYMMDDHHMMSS[.f…]Z`; a fraction is not empty and does not end in 0
/// (RFC 3161 §2.4.2). What is below a millisecond is cut off.
pub(crate) fn generation_time(tlv: &Tlv<'_>) -> Result<UnixMillis, NotDer> {
    if tlv.tag != Tag::GeneralizedTime {
        return Err(NotDer);
    }
    let (year, rest) = tlv.value.split_at_checked(4).ok_or(NotDer)?;
    let (clock, fraction) = rest.split_at_checked(10).ok_or(NotDer)?;
    let whole = instant(year, clock)?;
    let millis = match fraction {
        b"Z" => 0,
        [b'.', digits @ .., b'Z'] => milliseconds(digits)?,
        _ => return Err(NotDer),
    };
    Ok(UnixMillis(whole.0.saturating_add(millis)))
}

fn seconds_and_zone(year: &[u8], rest: &[u8]) -> Result<UnixMillis, NotDer> {
    match rest {
        [clock @ .., b'Z'] => instant(year, clock),
        _ => Err(NotDer),
    }
}

fn milliseconds(digits: &[u8]) -> Result<i64, NotDer> {
    if !digits.iter().all(u8::is_ascii_digit) || digits.last().is_none_or(|last| *last == b'0') {
        return Err(NotDer);
    }
    let padded = digits.iter().copied().chain(core::iter::repeat(b'0'));
    Ok(padded.take(3).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0')))
}

/// `year` is `YYYY`, `rest` is `MMDDHHMMSS`.
fn instant(year: &[u8], rest: &[u8]) -> Result<UnixMillis, NotDer> {
    let &[mo0, mo1, d0, d1, h0, h1, mi0, mi1, s0, s1] = rest else {
        return Err(NotDer);
    };
    let year = number(year)?;
    let (month, day) = (number(&[mo0, mo1])?, number(&[d0, d1])?);
    let (hour, minute, second) = (number(&[h0, h1])?, number(&[mi0, mi1])?, number(&[s0, s1])?);
    let days = days_since_epoch(year, month, day).ok_or(NotDer)?;
    if hour > 23 || minute > 59 || second > 59 {
        return Err(NotDer);
    }
    let seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
    Ok(UnixMillis::from_seconds(seconds))
}

fn number(digits: &[u8]) -> Result<i64, NotDer> {
    digits.iter().try_fold(
        0,
        |sum, digit| {
            if digit.is_ascii_digit() { Ok(sum * 10 + i64::from(digit - b'0')) } else { Err(NotDer) }
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(read: fn(&Tlv<'_>) -> Result<UnixMillis, NotDer>, tag: Tag, text: &str, expected: Option<i64>) {
        let tlv = Tlv { tag, raw: &[], value: text.as_bytes() };
        assert_eq!(read(&tlv).ok().map(|time| time.0), expected, "{tag:?} {text}");
    }

    #[test]
    fn certificate_times() {
        for (tag, text, expected) in [
            (Tag::UtcTime, "700101000000Z", Some(0)),
            (Tag::UtcTime, "491231235959Z", Some(2_524_607_999_000)),
            (Tag::UtcTime, "500101000000Z", Some(-631_152_000_000)),
            (Tag::UtcTime, "240229120000Z", Some(1_709_208_000_000)),
            (Tag::UtcTime, "230229120000Z", None),
            (Tag::UtcTime, "2402291200Z", None),
            (Tag::UtcTime, "240229120060Z", None),
            (Tag::UtcTime, "240229240000Z", None),
            (Tag::UtcTime, "240029120000Z", None),
            (Tag::UtcTime, "241329120000Z", None),
            (Tag::UtcTime, "240229120000+0000", None),
            (Tag::UtcTime, "240229120000", None),
            (Tag::UtcTime, "-40229120000Z", None),
            (Tag::GeneralizedTime, "20500101000000Z", Some(2_524_608_000_000)),
            (Tag::GeneralizedTime, "21000229000000Z", None),
            (Tag::GeneralizedTime, "20000229000000Z", Some(951_782_400_000)),
            (Tag::GeneralizedTime, "20500101000000.5Z", None),
            (Tag::GeneralizedTime, "99991231235959Z", Some(253_402_300_799_000)),
            (Tag::OctetString, "700101000000Z", None),
        ] {
            check(certificate_time, tag, text, expected);
        }
    }

    #[test]
    fn generation_times_may_have_fractions() {
        for (text, expected) in [
            ("20240229120000Z", Some(1_709_208_000_000)),
            ("20240229120000.5Z", Some(1_709_208_000_500)),
            ("20240229120000.001999Z", Some(1_709_208_000_001)),
            ("20240229120000.Z", None),
            ("20240229120000.50Z", None),
            ("20240229120000,5Z", None),
            ("20240229120000.5", None),
            ("20240229120000.-1Z", None),
            ("202402291200Z", None),
            ("20240229120000+0000", None),
        ] {
            check(generation_time, Tag::GeneralizedTime, text, expected);
        }
        check(generation_time, Tag::UtcTime, "240229120000Z", None);
    }
}
