//! The life of one lane: its intervals, and summaries of them that make any zoom level cheap.
//!
//! Every 64 intervals have a summary, every 64 summaries another, and so on: what a column shows is
//! found by reading at most 128 entries of each level, however many intervals fall into it.

use super::state::State;

/// How many entries one summary is about, as a power of two.
const BITS: u32 = 6;
const WIDTH: usize = 1 << BITS;

/// What an axis counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Axis {
    /// Virtual time, in nanoseconds.
    #[default]
    Time,
    /// Events.
    Step,
}

/// From one change of state to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Interval {
    /// When it begins, in nanoseconds.
    pub(crate) at: u64,
    /// The event that it begins with.
    pub(crate) event: u32,
    pub(crate) state: State,
}

impl Interval {
    pub(super) fn start(self, axis: Axis) -> u64 {
        match axis {
            Axis::Time => self.at,
            Axis::Step => u64::from(self.event),
        }
    }
}

/// What there is in a part of a life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Summary {
    /// The states, as a set.
    pub(crate) states: u16,
    /// How many steps.
    pub(crate) steps: u32,
}

impl Summary {
    fn of(interval: Interval) -> Self {
        let is_step = matches!(interval.state, State::Running | State::Working);
        Self { states: interval.state.bit(), steps: u32::from(is_step) }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.states |= other.states;
        self.steps = self.steps.saturating_add(other.steps);
    }

    /// The state to show for all of it.
    pub(crate) fn foremost(self) -> State {
        State::foremost(self.states)
    }

    /// The state to show for all of it, where it sums up several lanes: that some of them ended
    /// well must not hide what the others do.
    pub(crate) fn foremost_of_many(self) -> State {
        let others = self.states & !(State::Done.bit() | State::Absent.bit());
        if others == 0 { self.foremost() } else { State::foremost(others) }
    }
}

/// The life of a lane.
#[derive(Clone, Debug, Default)]
pub(crate) struct Life {
    intervals: Vec<Interval>,
    /// `levels[0]` sums up the intervals, `levels[1]` the entries of `levels[0]` …
    levels: Vec<Vec<Summary>>,
    /// By state: for how long it was in it, but for the last interval.
    spent: [u64; State::ALL.len()],
}

impl Life {
    /// Goes over to another state. Nothing is later than what follows it.
    pub(crate) fn enter(&mut self, event: u32, at: u64, state: State) {
        let (mut event, mut at) = (event, at);
        if let Some(last) = self.intervals.last() {
            if last.state == state && !matches!(state, State::Running | State::Working) {
                return;
            }
            (event, at) = (event.max(last.event), at.max(last.at));
        }
        self.intervals.push(Interval { at, event, state });
    }

    /// Intervals that are in order, as one life.
    pub(super) fn of_sorted(intervals: Vec<Interval>) -> Self {
        let mut life = Self { intervals, ..Self::default() };
        life.seal();
        life
    }

    /// The state it is in now.
    pub(crate) fn last(&self) -> State {
        self.intervals.last().map_or(State::Absent, |last| last.state)
    }

    /// Makes the summaries; nothing is entered after that.
    pub(crate) fn seal(&mut self) {
        self.intervals.shrink_to_fit();
        for pair in self.intervals.windows(2) {
            self.spent[pair[0].state as usize] += pair[1].at.saturating_sub(pair[0].at);
        }
        if self.intervals.len() <= WIDTH {
            return;
        }
        let sum = |summaries: &mut dyn Iterator<Item = Summary>| {
            let mut sum = Summary::default();
            summaries.for_each(|summary| sum.add(summary));
            sum
        };
        let mut level: Vec<Summary> = self
            .intervals
            .chunks(WIDTH)
            .map(|chunk| sum(&mut chunk.iter().map(|interval| Summary::of(*interval))))
            .collect();
        while level.len() > WIDTH {
            let next = level.chunks(WIDTH).map(|chunk| sum(&mut chunk.iter().copied())).collect();
            self.levels.push(std::mem::replace(&mut level, next));
        }
        self.levels.push(level);
    }

    /// How long it was in each state until `end`, by state.
    pub(crate) fn spent(&self, end: u64) -> [u64; State::ALL.len()] {
        let mut spent = self.spent;
        if let Some(last) = self.intervals.last() {
            spent[last.state as usize] += end.saturating_sub(last.at);
        }
        spent
    }

    pub(crate) fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// The number of the interval at an event; of several that begin there the last.
    pub(crate) fn index_at(&self, event: u32) -> Option<usize> {
        self.intervals.partition_point(|interval| interval.event <= event).checked_sub(1)
    }

    /// What it does at an event.
    pub(crate) fn state_at(&self, event: u32) -> State {
        self.index_at(event).map_or(State::Absent, |index| self.intervals[index].state)
    }

    /// All states it is ever in, as a set.
    pub(crate) fn states(&self) -> u16 {
        self.sum(0, self.intervals.len()).states
    }

    /// What there is from `from` up to but not including `to`, as far as it overlaps.
    pub(crate) fn between(&self, axis: Axis, from: u64, to: u64, hint: &mut usize) -> Summary {
        let (begin, end) = self.range(axis, from, to, hint);
        self.sum(begin, end)
    }

    /// The intervals from `from` up to but not including `to`, as far as they overlap. The hint is
    /// where to begin to look; for columns from left to right it is what it was left at.
    pub(crate) fn range(&self, axis: Axis, from: u64, to: u64, hint: &mut usize) -> (usize, usize) {
        let rest = self.intervals.get(*hint..).unwrap_or(&[]);
        let begin = *hint + gallop(rest, |interval| interval.start(axis) < from);
        let rest = self.intervals.get(begin..).unwrap_or(&[]);
        let end = begin + gallop(rest, |interval| interval.start(axis) < to);
        *hint = begin;
        let begins_there = rest.first().is_some_and(|first| first.start(axis) == from);
        (if begins_there { begin } else { begin.saturating_sub(1) }, end)
    }

    /// The intervals of a range, summed up.
    pub(super) fn sum(&self, begin: usize, end: usize) -> Summary {
        let mut sum = Summary::default();
        let add = |sum: &mut Summary, range: std::ops::Range<usize>| {
            for interval in self.intervals.get(range).unwrap_or(&[]) {
                sum.add(Summary::of(*interval));
            }
        };
        let (mut low, mut high) = (begin.div_ceil(WIDTH), end / WIDTH);
        if low >= high || self.levels.is_empty() {
            add(&mut sum, begin..end);
            return sum;
        }
        add(&mut sum, begin..low * WIDTH);
        add(&mut sum, high * WIDTH..end);
        for (height, level) in self.levels.iter().enumerate() {
            let (up_low, up_high) = (low.div_ceil(WIDTH), high / WIDTH);
            let is_last = height + 1 == self.levels.len() || up_low >= up_high;
            let parts = if is_last {
                [low..high, 0..0]
            } else {
                [low..up_low * WIDTH, up_high * WIDTH..high]
            };
            for part in parts {
                level.get(part).unwrap_or(&[]).iter().for_each(|summary| sum.add(*summary));
            }
            if is_last {
                break;
            }
            (low, high) = (up_low, up_high);
        }
        sum
    }
}

/// The number of leading entries for which `holds`: first in growing strides, as the next column is
/// near.
pub(super) fn gallop(intervals: &[Interval], holds: impl Fn(&Interval) -> bool) -> usize {
    let mut stride = 1;
    while stride < intervals.len() && holds(&intervals[stride]) {
        stride *= 2;
    }
    let from = stride / 2;
    let to = intervals.len().min(stride + 1);
    from + intervals.get(from..to).unwrap_or(&[]).partition_point(holds)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::life;
    use super::*;

    /// The same as `between`, by looking at every interval.
    fn naive(life: &Life, axis: Axis, from: u64, to: u64) -> Summary {
        let starts_at = |position| move |interval: &&Interval| interval.start(axis) == position;
        let mut sum = Summary::default();
        for interval in life.intervals.iter().filter(|i| (from..to).contains(&i.start(axis))) {
            sum.add(Summary::of(*interval));
        }
        let before = life.intervals.iter().rfind(|interval| interval.start(axis) < from);
        if let (Some(goes_on), None) = (before, life.intervals.iter().find(starts_at(from))) {
            sum.add(Summary::of(*goes_on));
        }
        sum
    }

    proptest! {
        #[test]
        fn summaries_say_what_the_intervals_say(
            steps in prop::collection::vec(any::<(u8, u8, u8)>(), 0..9000),
            windows in prop::collection::vec((0_u64..9000, 1_u64..9000), 1..8),
        ) {
            let life = life(&steps);
            for axis in [Axis::Time, Axis::Step] {
                for (from, width) in &windows {
                    let found = life.between(axis, *from, from + width, &mut 0);
                    prop_assert_eq!(found, naive(&life, axis, *from, from + width));
                }
            }
        }
    }

    #[test]
    fn columns_from_left_to_right_need_no_search() {
        let steps: Vec<_> = (0..5000)
            .map(|n: u16| [3, 5, 11].map(|m| n.to_le_bytes()[0] % m))
            .map(|[a, b, c]| (a, b, c))
            .collect();
        let life = life(&steps);
        let mut hint = 0;
        for column in 0..100 {
            let (from, to) = (column * 77, (column + 1) * 77);
            let found = life.between(Axis::Time, from, to, &mut hint);
            assert_eq!(found, life.between(Axis::Time, from, to, &mut 0));
        }
    }
}
