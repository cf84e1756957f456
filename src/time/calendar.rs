//! The wall clock that a program sees: a date and time of day at virtual time 0, counted on.

use std::fmt;
use std::str::FromStr;

use super::{Duration, Instant, NANOS_PER_SEC};

const SECONDS_PER_DAY: i64 = 86_400;

/// A date and time of day without a time zone (programs see UTC), to the second.
///
/// ```
/// use loopsim::time::{CivilDateTime, Instant};
/// let epoch: CivilDateTime = "2023-10-29T12:00:00".parse().unwrap();
/// assert_eq!(epoch.at(Instant::from_nanos(1_000_000_000)).ctime(), "Sun Oct 29 12:00:01 2023");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct CivilDateTime {
    /// Seconds since 1970-01-01T00:00:00, negative before.
    unix_seconds: i64,
}

/// Why a text is not a date and time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a date and time: write it as 2023-10-29T12:00:00")]
pub struct ParseDateTimeError(String);

impl CivilDateTime {
    /// Seconds since 1970-01-01T00:00:00.
    pub const fn unix_seconds(self) -> i64 {
        self.unix_seconds
    }

    /// What this clock shows at a virtual instant, when it shows `self` at the beginning.
    #[must_use]
    pub fn at(self, instant: Instant) -> Self {
        let passed = i64::try_from(instant.as_nanos() / NANOS_PER_SEC).unwrap_or(i64::MAX);
        Self { unix_seconds: self.unix_seconds.saturating_add(passed) }
    }

    /// As C's `ctime` writes it, without the newline: `Sun Oct 29 12:00:00 2023`.
    pub fn ctime(self) -> String {
        const DAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let days = self.unix_seconds.div_euclid(SECONDS_PER_DAY);
        let second = self.unix_seconds.rem_euclid(SECONDS_PER_DAY);
        let (year, month, day) = civil_from_days(days);
        let weekday = usize::try_from(days.rem_euclid(7)).unwrap_or(0);
        let month = MONTHS[usize::try_from(month - 1).unwrap_or(0).min(11)];
        format!(
            "{} {month} {day:2} {:02}:{:02}:{:02} {year}",
            DAYS[weekday],
            second / 3600,
            second / 60 % 60,
            second % 60,
        )
    }
}

impl FromStr for CivilDateTime {
    type Err = ParseDateTimeError;

    /// Reads `2023-10-29T12:00:00`, also with a space for the `T`, without seconds, or a date alone.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| ParseDateTimeError(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<CivilDateTime> {
    let (date, time) = text.split_once(['T', 't', ' ']).unwrap_or((text, "00:00:00"));
    let time = time.strip_suffix('Z').unwrap_or(time);
    let mut date = date.splitn(3, '-').map(number);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let mut time = time.splitn(3, ':').map(number);
    let (hour, minute) = (time.next()??, time.next()??);
    let second = time.next().unwrap_or(Some(0))?;
    let in_range = (1..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..60).contains(&second);
    let days = days_from_civil(year, month, day);
    // A day that the month does not have comes back as one of the next month.
    if !in_range || civil_from_days(days) != (year, month, day) {
        return None;
    }
    let unix_seconds = days * SECONDS_PER_DAY + hour * 3600 + minute * 60 + second;
    Some(CivilDateTime { unix_seconds })
}

fn number(digits: &str) -> Option<i64> {
    let plain = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok())?
}

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
///
/// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `days_from_civil`.
pub fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day of a number of days since 1970-01-01; the inverse of [`days_from_civil`].
pub fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

impl fmt::Display for CivilDateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let second = self.unix_seconds.rem_euclid(SECONDS_PER_DAY);
        let (year, month, day) = civil_from_days(self.unix_seconds.div_euclid(SECONDS_PER_DAY));
        let (hour, minute) = (second / 3600, second / 60 % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{:02}", second % 60)
    }
}

/// How far a duration goes past whole seconds is not shown by this clock, so it only adds.
impl std::ops::Add<Duration> for CivilDateTime {
    type Output = Self;
    fn add(self, rhs: Duration) -> Self {
        self.at(Instant::ZERO + rhs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ctime_is_what_cpython_prints() {
        // TZ=UTC python3 -c 'import time; print(time.ctime(N))', CPython 3.11.7.
        for (seconds, shown) in [
            (0, "Thu Jan  1 00:00:00 1970"),
            (1_698_580_800, "Sun Oct 29 12:00:00 2023"),
            (951_782_399, "Mon Feb 28 23:59:59 2000"),
            (951_782_400, "Tue Feb 29 00:00:00 2000"),
            (4_107_542_399, "Sun Feb 28 23:59:59 2100"),
        ] {
            assert_eq!(CivilDateTime { unix_seconds: seconds }.ctime(), shown);
        }
    }

    #[test]
    fn dates_are_read_and_written_back() {
        for text in ["2023-10-29T12:00:00", "1970-01-01T00:00:00", "2000-02-29T23:59:59"] {
            assert_eq!(text.parse::<CivilDateTime>().unwrap().to_string(), text);
        }
        assert_eq!("2023-10-29 12:00".parse(), "2023-10-29T12:00:00".parse::<CivilDateTime>());
    }

    #[test]
    fn impossible_dates_are_refused() {
        for text in ["2023-02-29", "2023-13-01", "x", "", "2023-10-29T25:00:00", "12:00", "2023-1"]
        {
            assert!(text.parse::<CivilDateTime>().is_err(), "{text}");
        }
    }
}
