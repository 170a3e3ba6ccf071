//! Instants and windows in words. Times are UTC: `14 Aug 2026, 14:02:11 UTC`.

use touchstone_formats::UnixMillis;
use touchstone_formats::time::TimeRange;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// `14 Aug 2026, 14:02:11 UTC`.
#[must_use]
pub fn instant(instant: UnixMillis) -> String {
    let seconds = instant.seconds();
    let (days, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil_from_days(days);
    let month = usize::try_from(month.saturating_sub(1)).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&"?");
    format!("{day} {month} {year}, {:02}:{:02}:{:02} UTC", second / 3600, second / 60 % 60, second % 60)
}

/// `from 1 Jan 2024, … to …`, or `from … on` when the end is open.
#[must_use]
pub fn window(range: &TimeRange) -> String {
    match range.end {
        Some(end) if range.start == TimeRange::ALWAYS.start => format!("until {}", instant(end)),
        Some(end) => format!("from {} to {}", instant(range.start), instant(end)),
        None if *range == TimeRange::ALWAYS => "at any time".to_owned(),
        None => format!("from {} on", instant(range.start)),
    }
}

/// Proleptic Gregorian date of a day counted from 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date
/// algorithms", civil_from_days).
fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days.saturating_add(719_468);
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::instant;
    use touchstone_formats::UnixMillis;

    #[test]
    fn instants_read_as_dates() {
        for (millis, text) in [
            (0, "1 Jan 1970, 00:00:00 UTC"),
            (-1000, "31 Dec 1969, 23:59:59 UTC"),
            (951_782_400_000, "29 Feb 2000, 00:00:00 UTC"),
            (1_786_716_131_000, "14 Aug 2026, 14:02:11 UTC"),
            (253_402_300_799_000, "31 Dec 9999, 23:59:59 UTC"),
        ] {
            assert_eq!(instant(UnixMillis(millis)), text);
        }
    }
}
