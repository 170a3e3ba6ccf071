//! Fixed times: Unix seconds to calendar text. The testkit reads no clock.

/// When the certificates of authorities begin: 2024-01-01T00:00:00Z.
pub const WORLD_START: i64 = 1_704_067_200;
/// When the certificates of authorities end: 2034-01-01T00:00:00Z.
pub const WORLD_END: i64 = 2_019_686_400;
/// When the leaf certificate begins: 2025-06-12T12:00:00Z.
pub const LEAF_START: i64 = 1_749_729_600;
/// When the leaf certificate ends: ten minutes later.
pub const LEAF_END: i64 = LEAF_START + 600;
/// When the log and the timestamp authority saw the signature.
pub const SIGNED_AT: i64 = LEAF_START + 5;

/// Unix seconds of a UTC calendar time (proleptic Gregorian).
pub const fn utc(year: i64, month: i64, day: i64, hour: i64, minute: i64, second: i64) -> i64 {
    let shifted = if month <= 2 { year - 1 } else { year };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    ((era * 146_097 + day_of_era - 719_468) * 24 + hour) * 3600 + minute * 60 + second
}

fn calendar(unix: i64) -> [i64; 6] {
    let (days, seconds) = (unix.div_euclid(86_400), unix.rem_euclid(86_400));
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted - era * 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    [year, month, day, seconds / 3600, seconds / 60 % 60, seconds % 60]
}

/// `YYYYMMDDhhmmss`.
pub fn compact(unix: i64) -> String {
    let [year, month, day, hour, minute, second] = calendar(unix);
    format!("{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}")
}

/// RFC 3339 in UTC with whole seconds.
pub fn rfc3339(unix: i64) -> String {
    let [year, month, day, hour, minute, second] = calendar(unix);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways() {
        assert_eq!(rfc3339(LEAF_START), "2025-06-12T12:00:00Z");
        assert_eq!(rfc3339(WORLD_START), "2024-01-01T00:00:00Z");
        assert_eq!(rfc3339(WORLD_END), "2034-01-01T00:00:00Z");
        for unix in [-1, 0, 951_782_400, 951_868_800, 4_107_542_399] {
            let [y, mo, d, h, mi, s] = calendar(unix);
            assert_eq!(utc(y, mo, d, h, mi, s), unix);
        }
        assert_eq!(rfc3339(951_782_400), "2000-02-29T00:00:00Z");
    }
}
