//! Instants, read from text; this crate has no clock.

use core::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The instant `seconds` after the epoch, saturating.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Whole seconds since the epoch, rounded down.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Reads an RFC 3339 instant as protobuf JSON has it: `2022-12-31T23:59:59.999Z`, years 0001 to
    /// 9999, 0 to 9 digits of fraction (cut to milliseconds), `Z` or an offset.
    ///
    /// # Errors
    /// The part that is wrong.
    pub fn parse_rfc3339(text: &str) -> Result<Self, TimeProblem> {
        let mut scanner = Scanner(text.as_bytes());
        let year = scanner.digits(4)?;
        scanner.literal(b'-')?;
        let month = scanner.digits(2)?;
        scanner.literal(b'-')?;
        let day = scanner.digits(2)?;
        scanner.literal(b'T')?;
        let hour = scanner.digits(2)?;
        scanner.literal(b':')?;
        let minute = scanner.digits(2)?;
        scanner.literal(b':')?;
        let second = scanner.digits(2)?;
        let millis = scanner.fraction()?;
        let offset_minutes = scanner.offset()?;
        if !scanner.0.is_empty() {
            return Err(TimeProblem::Shape);
        }
        let days = days_since_epoch(year, month, day).ok_or(TimeProblem::Date)?;
        if hour > 23 || minute > 59 || second > 59 {
            return Err(TimeProblem::TimeOfDay);
        }
        let minutes = days * 1440 + hour * 60 + minute - offset_minutes;
        Ok(Self((minutes * 60 + second) * 1000 + millis))
    }
}

/// Writes RFC 3339 in UTC, with milliseconds where there are any: `2022-12-31T23:59:59.999Z`.
impl fmt::Display for UnixMillis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (seconds, millis) = (self.seconds(), self.0.rem_euclid(1000));
        let (days, second_of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil_date(days);
        let (hour, minute) = (second_of_day / 3600, second_of_day / 60 % 60);
        let second = second_of_day % 60;
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
        if millis != 0 {
            write!(f, ".{millis:03}")?;
        }
        f.write_str("Z")
    }
}

/// A closed span: an instant lies in it iff start ≤ t ≤ end; no end means open (B-9).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeRange {
    /// First instant inside.
    pub start: UnixMillis,
    /// Last instant inside, if the span has an end.
    pub end: Option<UnixMillis>,
}

impl TimeRange {
    /// The span without bounds.
    pub const ALWAYS: Self = Self { start: UnixMillis(i64::MIN), end: None };

    /// Whether `instant` lies in the span, both ends included (B-9).
    #[must_use]
    pub fn contains(&self, instant: UnixMillis) -> bool {
        self.start <= instant && self.end.is_none_or(|end| instant <= end)
    }
}

/// What is wrong with the text of an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TimeProblem {
    /// Not of the shape `YYYY-MM-DDThh:mm:ss[.fraction](Z|±hh:mm)`.
    Shape,
    /// No such day.
    Date,
    /// No such time of day; leap seconds have none here.
    TimeOfDay,
    /// No such offset.
    Offset,
}

impl fmt::Display for TimeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Shape => "YYYY-MM-DDThh:mm:ss[.fraction] with Z or an offset",
            Self::Date => "a day of the calendar",
            Self::TimeOfDay => "a time of day up to 23:59:59",
            Self::Offset => "an offset up to 23:59",
        })
    }
}

/// What of the text is still to read.
struct Scanner<'a>(&'a [u8]);

impl Scanner<'_> {
    fn digits(&mut self, count: usize) -> Result<i64, TimeProblem> {
        let (digits, rest) = self.0.split_at_checked(count).ok_or(TimeProblem::Shape)?;
        self.0 = rest;
        digits.iter().try_fold(0_i64, |number, digit| {
            let digit = char::from(*digit).to_digit(10).ok_or(TimeProblem::Shape)?;
            Ok(number * 10 + i64::from(digit))
        })
    }

    fn literal(&mut self, expected: u8) -> Result<(), TimeProblem> {
        match self.0.split_first() {
            Some((found, rest)) if *found == expected => {
                self.0 = rest;
                Ok(())
            }
            _ => Err(TimeProblem::Shape),
        }
    }

    /// Milliseconds of `.ddd…`, 0 if there is no fraction.
    fn fraction(&mut self) -> Result<i64, TimeProblem> {
        if self.literal(b'.').is_err() {
            return Ok(0);
        }
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 || count > 9 {
            return Err(TimeProblem::Shape);
        }
        let significant = self.digits(count.min(3))?;
        self.digits(count.saturating_sub(3))?;
        Ok(match count {
            1 => significant * 100,
            2 => significant * 10,
            _ => significant,
        })
    }

    /// Minutes east of UTC.
    fn offset(&mut self) -> Result<i64, TimeProblem> {
        let sign = match self.0.split_first() {
            Some((b'Z', rest)) => {
                self.0 = rest;
                return Ok(0);
            }
            Some((b'+', rest)) => {
                self.0 = rest;
                1
            }
            Some((b'-', rest)) => {
                self.0 = rest;
                -1
            }
            _ => return Err(TimeProblem::Shape),
        };
        let hours = self.digits(2)?;
        self.literal(b':')?;
        let minutes = self.digits(2)?;
        if hours > 23 || minutes > 59 {
            return Err(TimeProblem::Offset);
        }
        Ok(sign * (hours * 60 + minutes))
    }
}

/// Days from 1970-01-01 to a day of the Gregorian calendar, by counting in 400-year eras that begin on
/// 1 March, so that the leap day is the last of its year. `None` if there is no such day.
pub(crate) fn days_since_epoch(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let month_length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    if year < 1 || day < 1 || day > month_length {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// The inverse of [`days_since_epoch`].
fn civil_date(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_instants() {
        let table = [
            ("1970-01-01T00:00:00Z", 0),
            ("1969-12-31T23:59:59.999Z", -1),
            ("2021-01-12T11:53:27.000Z", 1_610_452_407_000),
            ("2022-12-31T23:59:59.999Z", 1_672_531_199_999),
            ("2022-12-31T23:59:59.999999999Z", 1_672_531_199_999),
            ("2024-02-29T00:00:00Z", 1_709_164_800_000),
            ("2000-02-29T12:00:00.5Z", 951_825_600_500),
            ("2000-03-01T00:00:00+01:30", 951_863_400_000),
            ("0001-01-01T00:00:00Z", -62_135_596_800_000),
            ("9999-12-31T23:59:59Z", 253_402_300_799_000),
        ];
        for (text, millis) in table {
            assert_eq!(UnixMillis::parse_rfc3339(text), Ok(UnixMillis(millis)), "{text}");
        }
    }

    #[test]
    fn refusals() {
        let table = [
            ("", TimeProblem::Shape),
            ("2021-01-12", TimeProblem::Shape),
            ("2021-01-12 11:53:27Z", TimeProblem::Shape),
            ("2021-01-12t11:53:27z", TimeProblem::Shape),
            ("2021-01-12T11:53:27", TimeProblem::Shape),
            ("2021-01-12T11:53:27.Z", TimeProblem::Shape),
            ("2021-01-12T11:53:27.0000000000Z", TimeProblem::Shape),
            ("2021-01-12T11:53:27Z ", TimeProblem::Shape),
            ("+021-01-12T11:53:27Z", TimeProblem::Shape),
            ("2023-02-29T00:00:00Z", TimeProblem::Date),
            ("2100-02-29T00:00:00Z", TimeProblem::Date),
            ("2023-13-01T00:00:00Z", TimeProblem::Date),
            ("2023-00-01T00:00:00Z", TimeProblem::Date),
            ("2023-04-31T00:00:00Z", TimeProblem::Date),
            ("0000-01-01T00:00:00Z", TimeProblem::Date),
            ("2023-04-01T24:00:00Z", TimeProblem::TimeOfDay),
            ("2016-12-31T23:59:60Z", TimeProblem::TimeOfDay),
            ("2016-12-31T23:59:00+24:00", TimeProblem::Offset),
        ];
        for (text, problem) in table {
            assert_eq!(UnixMillis::parse_rfc3339(text), Err(problem), "{text}");
        }
    }

    #[test]
    fn every_day_of_eight_centuries_survives_the_round_trip() {
        for days in -150_000..150_000_i64 {
            let (year, month, day) = civil_date(days);
            assert_eq!(days_since_epoch(year, month, day), Some(days));
        }
    }

    #[test]
    fn display_is_rfc_3339() {
        assert_eq!(UnixMillis(1_672_531_199_999).to_string(), "2022-12-31T23:59:59.999Z");
        assert_eq!(UnixMillis(-1000).to_string(), "1969-12-31T23:59:59Z");
        let _ = UnixMillis(i64::MAX).to_string();
        let _ = UnixMillis(i64::MIN).to_string();
    }

    #[test]
    fn b_9_both_ends_are_inside() {
        let range = TimeRange { start: UnixMillis(10), end: Some(UnixMillis(20)) };
        let inside: Vec<bool> = [9, 10, 20, 21].map(|millis| range.contains(UnixMillis(millis))).to_vec();
        assert_eq!(inside, [false, true, true, false]);
        let open = TimeRange { start: UnixMillis(10), end: None };
        assert!(open.contains(UnixMillis(i64::MAX)));
    }
}
