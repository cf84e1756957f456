//! From positions in a run to columns of a chart.

use crate::time::{Duration, NANOS_PER_SEC};

/// What a chart's axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axis {
    /// Virtual time, in nanoseconds.
    Time,
    /// Turns of the loop, from 1: for runs in which no time passes.
    Iterations,
}

/// Maps positions `first..=last` to columns `0..columns`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) axis: Axis,
    pub(super) first: u64,
    pub(super) last: u64,
    pub(super) columns: usize,
}

impl Scale {
    /// The column of a position.
    pub(super) fn column(self, position: u64) -> usize {
        let range = u128::from(self.last.saturating_sub(self.first)).max(1);
        let offset = u128::from(position.clamp(self.first, self.last) - self.first);
        let last_column = (self.columns - 1) as u128;
        usize::try_from((offset * last_column + range / 2) / range).unwrap_or(self.columns - 1)
    }

    /// Where the axis has marks, with what is written there.
    pub(super) fn ticks(self) -> Vec<(usize, String)> {
        let range = self.last - self.first;
        if range == 0 {
            return vec![(0, self.label(self.first))];
        }
        self.steps()
            .map(|step| self.ticks_of(step))
            .find(|ticks| {
                let far_enough = |pair: &[(usize, String)]| {
                    pair[0].0 + pair[0].1.chars().count() + 4 <= pair[1].0
                };
                ticks.windows(2).all(far_enough)
            })
            .unwrap_or_default()
    }

    fn ticks_of(self, step: u64) -> Vec<(usize, String)> {
        // More marks than columns cannot be far enough apart.
        let n_ticks = (self.last - self.first) / step;
        if n_ticks > self.columns as u64 {
            return vec![(0, String::new()), (0, String::new())];
        }
        let begin = self.first.div_ceil(step);
        (begin..=self.last / step).map(|n| (self.column(n * step), self.label(n * step))).collect()
    }

    /// Distances between marks that read well, ascending; the last always fits.
    fn steps(self) -> impl Iterator<Item = u64> {
        const BY_CLOCK: [u64; 13] =
            [10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 18_000, 43_200];
        let decimal = (0..18).flat_map(|exponent| [1, 2, 5].map(|n| n * 10_u64.pow(exponent)));
        let is_time = self.axis == Axis::Time;
        let small = decimal.take_while(move |step| !is_time || *step < 10 * NANOS_PER_SEC);
        let clock = BY_CLOCK.into_iter().map(|seconds| seconds * NANOS_PER_SEC);
        let days = (0..6).flat_map(|exponent| [1, 2, 5].map(|n| n * 10_u64.pow(exponent)));
        let days = days.filter_map(|days| (86_400 * NANOS_PER_SEC).checked_mul(days));
        let large = clock.chain(days).filter(move |_| is_time);
        small.chain(large).chain([u64::MAX])
    }

    fn label(self, position: u64) -> String {
        match self.axis {
            Axis::Time => clock_label(position),
            Axis::Iterations => position.to_string(),
        }
    }
}

/// A time on an axis: `1.5s`, `20m`, `1h30m`, `2d`.
fn clock_label(nanos: u64) -> String {
    let seconds = nanos / NANOS_PER_SEC;
    if seconds < 60 || !nanos.is_multiple_of(10 * NANOS_PER_SEC) {
        return Duration::from_nanos(nanos).to_string();
    }
    let parts = [(86_400, 'd', u64::MAX), (3_600, 'h', 24), (60, 'm', 60), (1, 's', 60)];
    let mut label = String::new();
    for (length, unit, wrap) in parts {
        let n = seconds / length % wrap;
        if n > 0 {
            label.push_str(&n.to_string());
            label.push(unit);
        }
    }
    label
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(axis: Axis, last: u64, columns: usize, labels: &str) {
        let scale = Scale { axis, first: 0, last, columns };
        let ticks = scale.ticks();
        let shown: Vec<_> = ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(shown.join(" "), labels);
        assert!(ticks.iter().all(|(column, _)| *column < columns));
    }

    #[test]
    fn marks_are_round_numbers_that_do_not_touch() {
        const S: u64 = NANOS_PER_SEC;
        check(Axis::Time, 3 * S, 60, "0s 500ms 1s 1.5s 2s 2.5s 3s");
        check(Axis::Time, 32_000_000, 60, "0s 5ms 10ms 15ms 20ms 25ms 30ms");
        check(Axis::Time, 7, 60, "0s 1ns 2ns 3ns 4ns 5ns 6ns 7ns");
        check(Axis::Time, 90 * S, 40, "0s 20s 40s 1m 1m20s");
        check(Axis::Time, 10 * 3600 * S, 60, "0s 2h 4h 6h 8h 10h");
        check(Axis::Time, 100 * 86_400 * S, 30, "0s 50d 100d");
        check(Axis::Time, u64::MAX, 20, "0s 200000d");
        check(Axis::Time, 0, 20, "0s");
        check(Axis::Iterations, 12, 30, "0 5 10");
    }

    #[test]
    fn the_ends_are_the_first_and_the_last_column() {
        let scale = Scale { axis: Axis::Time, first: 0, last: u64::MAX, columns: 60 };
        assert_eq!((scale.column(0), scale.column(u64::MAX)), (0, 59));
    }
}
