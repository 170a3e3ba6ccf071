//! UTCTime and GeneralizedTime (X.690 §11.7, §11.8; RFC 5280 §4.1.2.5; RFC 3161 §2.4.2).

use crate::{
    time::UnixMillis,
    tlv::{NotDer, Tlv},
};
use der::Tag;

/// A certificate's `Time`: UTCTime `YYMMDDHHMMSSZ` with years 1950 to 2049, or GeneralizedTime `YYYYMMDDHHMMSSZ`,
/// neither with fractions nor with another zone (RFC 5280 §4.1.2.5).
pub(crate) fn certificate_time(tlv: &Tlv<'_>) -> Result<UnixMillis, NotDer> {
    match (tlv.tag, tlv.value) {
        (Tag::UtcTime, &[tens, units, ref rest @ ..]) => {
            let century: [u8; 2] = if tens >= b'5' { *b"19" } else { *b"20" };
            let year = [century[0], century[1], tens, units];
            seconds_and_zone(&year, rest)
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
    let in_range = (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && hour < 24
        && minute < 60
        && second < 60;
    if !in_range {
        return Err(NotDer);
    }
    let seconds = ((days_since_epoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    Ok(UnixMillis::from_seconds(seconds))
}

fn number(digits: &[u8]) -> Result<i64, NotDer> {
    digits.iter().try_fold(0, |sum, digit| {
        if digit.is_ascii_digit() { Ok(sum * 10 + i64::from(digit - b'0')) } else { Err(NotDer) }
    })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar, counted in years that begin in March, so that the leap
/// day comes last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + leap_days + day_of_year - 719_468
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

    #[test]
    fn days_are_counted_without_gap_over_four_centuries() {
        let mut expected = days_since_epoch(1900, 1, 1);
        assert_eq!(expected, -25_567);
        for year in 1900..2300 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(days_since_epoch(year, month, day), expected, "{year}-{month}-{day}");
                    expected += 1;
                }
            }
        }
    }
}
