//! Where the marks of an axis can be.

use super::life::Axis;
use crate::time::{Duration, NANOS_PER_SEC};

/// Distances that read well, ascending.
pub(crate) fn steps(axis: Axis) -> impl Iterator<Item = u64> {
    const BY_CLOCK: [u64; 13] =
        [10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 43_200];
    let is_time = axis == Axis::Time;
    let decimal = (0..18).flat_map(|exponent| [1, 2, 5].map(|n| n * 10_u64.pow(exponent)));
    let small = decimal.take_while(move |step| !is_time || *step < 10 * NANOS_PER_SEC);
    let clock = BY_CLOCK.into_iter().map(|seconds| seconds * NANOS_PER_SEC);
    let days = (0..6).flat_map(|exponent| [1, 2, 5].map(|n| n * 10_u64.pow(exponent)));
    let days = days.filter_map(|days| (86_400 * NANOS_PER_SEC).checked_mul(days));
    small.chain(clock.chain(days).filter(move |_| is_time))
}

/// A mark of a time axis in words: `1.5s`, `20m`, `1h30m`, `2d`.
pub(crate) fn clock(nanos: u64) -> String {
    let seconds = nanos / NANOS_PER_SEC;
    if seconds < 60 || !nanos.is_multiple_of(10 * NANOS_PER_SEC) {
        return Duration::from_nanos(nanos).to_string();
    }
    let parts = [(86_400, 'd', u64::MAX), (3_600, 'h', 24), (60, 'm', 60), (1, 's', 60)];
    let parts = parts.into_iter().map(|(length, unit, wrap)| (seconds / length % wrap, unit));
    let parts = parts.filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n}{unit}"));
    parts.collect::<Vec<_>>().concat()
}
