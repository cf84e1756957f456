//! A calendar queue: timers in buckets by deadline, sorted only when their bucket comes up.
//!
//! Four places, from near to far:
//!
//! * `front`: the current bucket, sorted, read with a cursor;
//! * `near`: a heap of timers that were set after their bucket had become the front;
//! * `buckets`: a ring of unsorted buckets, each a power of two nanoseconds wide;
//! * `far`: a heap of what lies beyond the ring.
//!
//! Setting a timer is one push to the end of a bucket, for coinciding deadlines as for spread ones;
//! a bucket is sorted once, and in the common case finds itself sorted. The heaps bound the worst
//! case: no operation is worse than a binary heap's. The width of the buckets follows the timers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Timer;

/// log₂ of the number of buckets in the ring.
const RING_BITS: u32 = 11;
const RING: usize = 1 << RING_BITS;
/// The width of a bucket to begin with: 2²⁰ ns, about a millisecond.
const FIRST_SHIFT: u32 = 20;
/// A bucket with more timers than this, of more than one deadline, is too wide.
const CROWDED: usize = 512;

/// A timer in a heap, ordered so that the earliest is the greatest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Heaped(Timer);

impl Ord for Heaped {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        Reverse(self.0.key()).cmp(&Reverse(other.0.key()))
    }
}

impl PartialOrd for Heaped {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// A queue of timers, first in first out among equal keys.
#[derive(Debug)]
pub(crate) struct Calendar {
    front: Vec<Timer>,
    cursor: usize,
    near: BinaryHeap<Heaped>,
    /// Bucket number of the front: `deadline >> shift` of all in it, or more than theirs.
    front_bucket: u64,
    shift: u32,
    buckets: Vec<Vec<Timer>>,
    /// One bit for each bucket that holds something.
    occupied: [u64; RING / 64],
    in_ring: usize,
    far: BinaryHeap<Heaped>,
    len: usize,
    /// Pushes since the width was last reconsidered, and how many of them went to a heap.
    pushes: usize,
    heap_pushes: usize,
}

impl Default for Calendar {
    fn default() -> Self {
        Self {
            front: Vec::new(),
            cursor: 0,
            near: BinaryHeap::new(),
            front_bucket: 0,
            shift: FIRST_SHIFT,
            buckets: vec![Vec::new(); RING],
            occupied: [0; RING / 64],
            in_ring: 0,
            far: BinaryHeap::new(),
            len: 0,
            pushes: 0,
            heap_pushes: 0,
        }
    }
}

impl Calendar {
    #[inline]
    pub(crate) fn push(&mut self, timer: Timer) {
        self.len += 1;
        self.pushes += 1;
        let bucket = timer.deadline >> self.shift;
        let ahead = bucket.wrapping_sub(self.front_bucket);
        if bucket > self.front_bucket && ahead < RING as u64 {
            self.push_to_ring(bucket, timer);
        } else {
            self.push_aside(bucket, timer);
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    pub(crate) fn peek(&mut self) -> Option<Timer> {
        if self.cursor == self.front.len() && self.near.is_empty() && !self.advance() {
            return None;
        }
        let front = self.front.get(self.cursor).copied();
        match (front, self.near.peek()) {
            (Some(front), Some(near)) if near.0.key() < front.key() => Some(near.0),
            (None, Some(near)) => Some(near.0),
            (front, _) => front,
        }
    }

    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Timer> {
        let first = self.peek()?;
        self.len -= 1;
        if self.front.get(self.cursor) == Some(&first) {
            self.cursor += 1;
        } else {
            self.near.pop();
        }
        Some(first)
    }

    /// Keeps only those that `keep` says.
    pub(crate) fn retain(&mut self, mut keep: impl FnMut(&Timer) -> bool) {
        let mut all = self.drain();
        all.retain(|timer| keep(timer));
        self.refill(all);
    }

    #[inline]
    fn push_to_ring(&mut self, bucket: u64, timer: Timer) {
        let index = ring_index(bucket);
        self.buckets[index].push(timer);
        self.occupied[index / 64] |= 1 << (index % 64);
        self.in_ring += 1;
    }

    /// Puts away a timer that belongs to the front, or lies beyond the ring.
    fn push_aside(&mut self, bucket: u64, timer: Timer) {
        if bucket > self.front_bucket {
            self.heap_pushes += 1;
            self.far.push(Heaped(timer));
        } else if self.front.last().is_none_or(|last| last.key() <= timer.key()) {
            self.front.push(timer);
        } else {
            self.heap_pushes += 1;
            self.near.push(Heaped(timer));
        }
        // Too many in the heaps: the buckets are too wide or too narrow for these timers.
        if self.heap_pushes > 1024 && self.heap_pushes >= self.len {
            if self.heap_pushes * 4 > self.pushes {
                self.fit_width();
            }
            self.pushes = 0;
            self.heap_pushes = 0;
        }
    }

    /// Makes the next bucket that holds something the front. False if there is none.
    #[cold]
    fn advance(&mut self) -> bool {
        loop {
            self.front.clear();
            self.cursor = 0;
            if self.in_ring == 0 {
                let Some(first) = self.far.peek() else { return false };
                // Far timers lie beyond the ring, so their bucket has one before it.
                self.front_bucket = (first.0.deadline >> self.shift).saturating_sub(1);
            }
            self.bring_in_far();
            let Some(bucket) = self.next_occupied() else { return false };
            let index = ring_index(bucket);
            std::mem::swap(&mut self.front, &mut self.buckets[index]);
            self.occupied[index / 64] &= !(1 << (index % 64));
            self.in_ring -= self.front.len();
            self.front_bucket = bucket;
            if !self.front.is_sorted_by_key(Timer::key) {
                self.front.sort_unstable_by_key(Timer::key);
            }
            let crowded = self.front.len() > CROWDED && self.shift > 0;
            let middle = self.front.len() / 2;
            let spread = crowded && self.front[0].deadline != self.front[middle].deadline;
            // Fitting touches every timer, so it must be paid for by as many pushes.
            if spread && self.pushes >= self.len {
                self.fit_width();
            }
            if !self.front.is_empty() || !self.near.is_empty() {
                return true;
            }
        }
    }

    /// Moves what has come within the ring's reach from `far` to its bucket.
    fn bring_in_far(&mut self) {
        while let Some(first) = self.far.peek() {
            let bucket = first.0.deadline >> self.shift;
            if bucket <= self.front_bucket || bucket - self.front_bucket >= RING as u64 {
                break;
            }
            let Some(Heaped(timer)) = self.far.pop() else { break };
            self.push_to_ring(bucket, timer);
        }
    }

    /// The number of the first bucket after the front that holds something.
    fn next_occupied(&self) -> Option<u64> {
        let start = ring_index(self.front_bucket + 1);
        let words = self.occupied.len();
        for step in 0..=words {
            let word_idx = (start / 64 + step) % words;
            let mut word = self.occupied[word_idx];
            if step == 0 {
                word &= u64::MAX << (start % 64);
            } else if step == words {
                word &= !(u64::MAX << (start % 64));
            }
            if word != 0 {
                let index = word_idx * 64 + word.trailing_zeros() as usize;
                let ahead = (index + RING - start) % RING;
                return Some(self.front_bucket + 1 + ahead as u64);
            }
        }
        None
    }

    /// Chooses the width so that the nearer three quarters of all timers fit in the ring.
    #[cold]
    fn fit_width(&mut self) {
        let mut all = self.drain();
        if all.len() > 1 {
            let quantile = all.len() * 3 / 4;
            let (nearer, far, _) = all.select_nth_unstable_by_key(quantile, Timer::key);
            let first = nearer.iter().map(|timer| timer.deadline).min().unwrap_or(far.deadline);
            let span = far.deadline - first;
            self.shift = (span >> (RING_BITS - 1)).checked_ilog2().map_or(0, |log| log + 1);
        }
        all.sort_unstable_by_key(Timer::key);
        self.refill(all);
    }

    /// Takes everything out.
    fn drain(&mut self) -> Vec<Timer> {
        let mut all = self.front.split_off(self.cursor);
        self.front.clear();
        self.cursor = 0;
        all.extend(self.near.drain().map(|heaped| heaped.0));
        all.extend(self.far.drain().map(|heaped| heaped.0));
        for bucket in &mut self.buckets {
            all.append(bucket);
        }
        self.occupied = [0; RING / 64];
        self.in_ring = 0;
        self.len = 0;
        all
    }

    /// Puts everything back under the current width; a little before the first is the front.
    fn refill(&mut self, all: Vec<Timer>) {
        let first = all.iter().map(|timer| timer.deadline).min().unwrap_or(0);
        self.front_bucket = (first >> self.shift).saturating_sub(1);
        self.pushes = 0;
        self.heap_pushes = 0;
        for timer in all {
            self.len += 1;
            let bucket = timer.deadline >> self.shift;
            if bucket <= self.front_bucket {
                self.near.push(Heaped(timer));
            } else if bucket - self.front_bucket < RING as u64 {
                self.push_to_ring(bucket, timer);
            } else {
                self.far.push(Heaped(timer));
            }
        }
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, reason = "only the low bits are wanted")]
fn ring_index(bucket: u64) -> usize {
    bucket as usize & (RING - 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Target;
    use super::*;
    use crate::index::TaskId;

    #[derive(Clone, Debug)]
    enum Op {
        /// Set a timer that long after the last one that was popped.
        Push(u64),
        Pop,
    }

    fn ops() -> impl Strategy<Value = Vec<Op>> {
        let delay = prop_oneof![
            Just(0),
            0..100u64,
            (0..1_000u64).prop_map(|ms| ms * 1_000_000),
            0..10_000_000_000u64,
            any::<u64>(),
        ];
        let op = prop_oneof![3 => delay.prop_map(Op::Push), 2 => Just(Op::Pop)];
        prop::collection::vec(op, 0..400)
    }

    /// Runs the same on a sorted list and compares all that comes out.
    fn check(ops: impl IntoIterator<Item = Op>) {
        let mut calendar = Calendar::default();
        let mut sorted: std::collections::BTreeSet<(u64, u64)> = std::collections::BTreeSet::new();
        let mut now = 0u64;
        for (stamp, op) in (1..).zip(ops) {
            match op {
                Op::Push(delay) => {
                    let deadline = now.saturating_add(delay);
                    let target = Target::task(TaskId(0), 0);
                    calendar.push(Timer { deadline, stamp, target });
                    sorted.insert((deadline, stamp));
                }
                Op::Pop => {
                    let expected = sorted.pop_first();
                    assert_eq!(calendar.peek().map(|timer| timer.key()), expected);
                    assert_eq!(calendar.pop().map(|timer| timer.key()), expected);
                    now = expected.map_or(now, |(deadline, _)| deadline);
                }
            }
            assert_eq!(calendar.len(), sorted.len());
        }
        let rest: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|t| t.key()).collect();
        assert_eq!(rest, sorted.into_iter().collect::<Vec<_>>());
    }

    proptest! {
        #[test]
        fn timers_come_in_order(ops in ops()) {
            check(ops);
        }
    }

    /// Enough timers for the width to be changed, in both directions, while in use.
    #[test]
    fn the_width_follows_the_timers() {
        let mut state = 7u64;
        let mut random = move |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) % below
        };
        for scale in [1, 1_000, 1_000_000, 10_000_000_000] {
            let mut ops: Vec<Op> = (0..20_000).map(|_| Op::Push(random(1_000) * scale)).collect();
            ops.extend((0..40_000).map(|i| match i % 2 {
                0 => Op::Pop,
                _ => Op::Push(random(2_000_000_000)),
            }));
            check(ops);
        }
    }

    #[test]
    fn retain_keeps_order() {
        let mut calendar = Calendar::default();
        for stamp in 1..100 {
            let deadline = (stamp * 37) % 50 * 1_000_000;
            calendar.push(Timer { deadline, stamp, target: Target::task(TaskId(0), 0) });
        }
        calendar.retain(|timer| timer.stamp % 2 == 0);
        let kept: Vec<_> = std::iter::from_fn(|| calendar.pop()).map(|t| t.key()).collect();
        assert!(kept.is_sorted() && kept.len() == 49, "{kept:?}");
    }
}
