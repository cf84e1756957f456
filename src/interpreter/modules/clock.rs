//! The virtual clock as C's calendar functions show it: what `time` and `datetime` share.

use crate::program::value::{PyResult, Vm};
use crate::time::{civil_from_days, days_from_civil};

use super::world_of;

/// Nanoseconds in a second.
pub(super) const SECOND: i128 = 1_000_000_000;

/// The wall clock: nanoseconds since 1970.
pub(super) fn wall_nanos(vm: &dyn Vm) -> PyResult<i128> {
    let world = world_of(vm)?;
    let passed = i128::from(world.cx.now().as_nanos());
    Ok(i128::from(world.settings.epoch.unix_seconds()) * SECOND + passed)
}

/// Nanoseconds in seconds, as `CPython` makes a float of them.
#[expect(clippy::cast_precision_loss, reason = "a time in seconds is a float in Python")]
pub(super) fn in_seconds(nanos: i128) -> f64 {
    if nanos % SECOND == 0 { (nanos / SECOND) as f64 } else { nanos as f64 / 1e9 }
}

/// A moment, broken down as C's `struct tm` is; the year and month as people count them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    /// 0 is Monday.
    pub weekday: i64,
    /// 1 is the first of January.
    pub year_day: i64,
}

const DAY: i64 = 86_400;

impl Moment {
    /// Seconds since 1970, broken down.
    pub(super) fn of_seconds(seconds: i64) -> Self {
        let days = seconds.div_euclid(DAY);
        let second = seconds.rem_euclid(DAY);
        let (year, month, day) = civil_from_days(days);
        Self {
            year,
            month,
            day,
            hour: second / 3600,
            minute: second / 60 % 60,
            second: second % 60,
            weekday: (days + 3).rem_euclid(7),
            year_day: days - days_from_civil(year, 1, 1) + 1,
        }
    }

    /// Seconds since 1970.
    pub(super) fn seconds(&self) -> i64 {
        days_from_civil(self.year, self.month, self.day) * DAY
            + self.hour * 3600
            + self.minute * 60
            + self.second
    }
}

/// Names as the C locale has them; the first is Monday, January.
pub(super) const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A name out of a table; empty for what is not in it.
pub(super) fn name_of(names: &[&'static str], at: i64) -> &'static str {
    usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or("")
}

impl Moment {
    /// As C's `ctime` writes it: `Sun Oct 29 12:00:00 2023`.
    pub(super) fn ctime(&self) -> String {
        format!(
            "{:.3} {:.3} {:2} {:02}:{:02}:{:02} {}",
            name_of(&WEEKDAYS, self.weekday),
            name_of(&MONTHS, self.month - 1),
            self.day,
            self.hour,
            self.minute,
            self.second,
            self.year,
        )
    }
}
