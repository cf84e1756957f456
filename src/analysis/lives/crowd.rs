//! The lives of several lanes as one: what a row shows that many lanes are folded into.
//!
//! All changes of state of all of them in the order of one axis, with the summaries of a
//! [`Life`], and from time to time how many lanes are in which state. A column is found in about
//! the same time for ten lanes and for a hundred thousand, and none of them is left out.

use super::life::{Axis, Interval, Life, Summary, gallop};
use super::state::State;

/// After so many changes the lanes in each state are counted.
const STRIDE: usize = 64;
const N_STATES: usize = State::ALL.len();

/// How many lanes are in each state.
type Counts = [u32; N_STATES];

/// A lane goes from one state to another.
#[derive(Clone, Copy, Debug, Default)]
struct Change {
    at: u64,
    event: u32,
    entered: State,
    left: State,
}

/// How many bits of its key one pass of sorting looks at.
const DIGIT_BITS: u32 = 11;

/// Sorts by event, and keeps the order of those of one event: digit by digit, the lowest first.
fn sort_by_event(changes: &mut Vec<Change>) {
    let most = changes.iter().map(|change| change.event).max().unwrap_or(0);
    let mut sorted = vec![Change::default(); changes.len()];
    let mut shift = 0;
    while shift < u32::BITS && most >> shift > 0 {
        let digit = |change: &Change| (change.event >> shift) as usize & ((1 << DIGIT_BITS) - 1);
        let mut places = vec![0_usize; 1 << DIGIT_BITS];
        changes.iter().for_each(|change| places[digit(change)] += 1);
        let mut total = 0;
        for place in &mut places {
            total += std::mem::replace(place, total);
        }
        for change in changes.iter() {
            let place = &mut places[digit(change)];
            sorted[*place] = *change;
            *place += 1;
        }
        std::mem::swap(changes, &mut sorted);
        shift += DIGIT_BITS;
    }
}

/// Several lanes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Crowd {
    /// What is entered when.
    changes: Life,
    /// By change: the state that is left.
    left: Vec<State>,
    /// How many lanes are in each state before every [`STRIDE`]th change.
    counts: Vec<Counts>,
    axis: Axis,
}

impl Crowd {
    /// The lives of some lanes, for one axis.
    pub(crate) fn new<'l>(lives: impl Iterator<Item = &'l Life>, axis: Axis) -> Self {
        let mut n_lanes = 0;
        let mut changes: Vec<Change> = Vec::new();
        for life in lives {
            n_lanes += 1;
            let mut before = State::Absent;
            changes.extend(life.intervals().iter().map(|interval| {
                let left = std::mem::replace(&mut before, interval.state);
                Change { at: interval.at, event: interval.event, entered: interval.state, left }
            }));
        }
        // Both are stable: what a lane does at one instant stays in its order.
        sort_by_event(&mut changes);
        if axis == Axis::Time {
            // There is not much left to do: time and events go together.
            changes.sort_by_key(|change| change.at);
        }
        let mut counts = Vec::with_capacity(changes.len() / STRIDE + 1);
        let mut now: Counts = [0; N_STATES];
        now[State::Absent as usize] = n_lanes;
        for (index, change) in changes.iter().enumerate() {
            if index.is_multiple_of(STRIDE) {
                counts.push(now);
            }
            count(&mut now, change.left, change.entered);
        }
        if changes.len().is_multiple_of(STRIDE) {
            counts.push(now);
        }
        let left = changes.iter().map(|change| change.left).collect();
        let interval = |change: &Change| Interval {
            at: change.at,
            event: change.event,
            state: change.entered,
        };
        let changes = changes.iter().map(interval).collect();
        Self { changes: Life::of_sorted(changes), left, counts, axis }
    }

    /// What there is from `from` up to but not including `to`; see [`Life::between`].
    pub(crate) fn between(&self, from: u64, to: u64, hint: &mut usize) -> Summary {
        let intervals = self.changes.intervals();
        let starts_before = |position: u64| move |i: &Interval| i.start(self.axis) < position;
        let rest = intervals.get(*hint..).unwrap_or(&[]);
        let begin = *hint + gallop(rest, starts_before(from));
        let rest = intervals.get(begin..).unwrap_or(&[]);
        let end = begin + gallop(rest, starts_before(to));
        let settled = begin + gallop(rest, starts_before(from.saturating_add(1)));
        *hint = begin;
        let mut sum = self.changes.sum(begin, end);
        sum.states |= self.present(settled);
        sum
    }

    /// The states that lanes are in before a change, as a set.
    fn present(&self, index: usize) -> u16 {
        let block = index / STRIDE;
        let Some(mut counts) = self.counts.get(block).copied() else { return 0 };
        let intervals = self.changes.intervals();
        for index in block * STRIDE..index {
            if let (Some(interval), Some(left)) = (intervals.get(index), self.left.get(index)) {
                count(&mut counts, *left, interval.state);
            }
        }
        let states = State::ALL.iter().zip(counts).filter(|(_, count)| *count > 0);
        states.fold(0, |set, (state, _)| set | state.bit())
    }
}

fn count(counts: &mut Counts, from: State, to: State) {
    let left = &mut counts[from as usize];
    *left = left.saturating_sub(1);
    counts[to as usize] += 1;
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::fixture::life;
    use super::*;

    proptest! {
        #[test]
        fn a_crowd_does_what_its_lanes_do(
            lanes in prop::collection::vec(
                prop::collection::vec(any::<(u8, u8, u8)>(), 0..300),
                1..8,
            ),
            windows in prop::collection::vec((0_u64..600, 1_u64..300), 1..8),
        ) {
            let lives: Vec<Life> = lanes.iter().map(|steps| life(steps)).collect();
            for axis in [Axis::Time, Axis::Step] {
                let crowd = Crowd::new(lives.iter(), axis);
                for (from, width) in &windows {
                    let to = from + width;
                    let mut wanted = Summary::default();
                    for life in &lives {
                        let own = life.between(axis, *from, to, &mut 0);
                        wanted.add(own);
                    }
                    let found = crowd.between(*from, to, &mut 0);
                    let bits = !State::Absent.bit();
                    prop_assert_eq!(found.states & bits, wanted.states & bits);
                }
            }
        }
    }
}
