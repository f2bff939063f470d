//! Timestamps of Kubernetes: RFC 3339 in seconds.

/// Seconds since 1970 of an RFC 3339 timestamp; None if it is none.
pub fn parse(text: &str) -> Option<i64> {
    let (date, time) = text.split_once(['T', 't'])?;
    let mut date = date.split('-').map(|part| part.parse::<i64>().ok());
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (clock, offset) = match time.find(['Z', 'z', '+', '-']) {
        Some(at) => time.split_at(at),
        None => return None,
    };
    let mut clock = clock.split('.').next()?.split(':').map(|part| part.parse::<i64>().ok());
    let (hour, minute, second) = (clock.next()??, clock.next()??, clock.next()??);
    if !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || hour > 23
        || minute > 59
        || second > 60
    {
        return None;
    }
    let shift = match offset.as_bytes() {
        [b'Z' | b'z'] => 0,
        [sign, rest @ ..] => {
            let (hours, minutes) = std::str::from_utf8(rest).ok()?.split_once(':')?;
            let seconds = hours.parse::<i64>().ok()? * 3600 + minutes.parse::<i64>().ok()? * 60;
            if *sign == b'-' { -seconds } else { seconds }
        }
        [] => return None,
    };
    Some(days_from_epoch(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - shift)
}

/// The day of a time in seconds since 1970, in UTC: `2026-11-26` (Howard Hinnant's `civil_from_days`).
pub fn date(seconds: i64) -> String {
    let days = seconds.div_euclid(86400) + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Days since 1970-01-01 in the Gregorian calendar (Howard Hinnant's `days_from_civil`).
fn days_from_epoch(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    #[test]
    fn timestamps_become_seconds() {
        assert_eq!(super::parse("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(super::parse("2026-11-26T02:00:00Z"), Some(1_795_658_400));
        assert_eq!(super::parse("2026-11-26T04:00:00+02:00"), Some(1_795_658_400));
        assert_eq!(super::parse("yesterday"), None);
    }

    #[test]
    fn seconds_become_days() {
        for day in ["1970-01-01", "2000-02-29", "2026-11-26", "2027-12-31", "1969-12-31"] {
            let seconds = super::parse(&format!("{day}T23:59:59Z"));
            assert_eq!(seconds.map(super::date).as_deref(), Some(day));
        }
    }
}
