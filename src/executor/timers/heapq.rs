//! CPython's `heapq`, step for step: among equal keys the order is whatever its sifting makes it.
//!
//! Source: CPython `Lib/heapq.py` (`heappush`, `heappop`, `heapify`, `_siftdown`, `_siftup`).

use super::Timer;

/// A binary heap of timers with CPython's order among ties.
#[derive(Debug, Default)]
pub(crate) struct Heapq {
    heap: Vec<Timer>,
}

impl Heapq {
    pub(crate) fn push(&mut self, timer: Timer) {
        self.heap.push(timer);
        self.sift_towards_root(0, self.heap.len() - 1);
    }

    pub(crate) fn peek(&self) -> Option<Timer> {
        self.heap.first().copied()
    }

    pub(crate) fn pop(&mut self) -> Option<Timer> {
        let last = self.heap.pop()?;
        let Some(root) = self.heap.first_mut() else { return Some(last) };
        let first = std::mem::replace(root, last);
        self.sift_to_leaf_and_back(0);
        Some(first)
    }

    pub(crate) fn len(&self) -> usize {
        self.heap.len()
    }

    /// Drops timers and heapifies what is left.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Timer) -> bool) {
        self.heap.retain(keep);
        for position in (0..self.heap.len() / 2).rev() {
            self.sift_to_leaf_and_back(position);
        }
    }

    fn sift_towards_root(&mut self, start: usize, mut position: usize) {
        let moved = self.heap[position];
        while position > start {
            let parent = (position - 1) / 2;
            if moved.key() >= self.heap[parent].key() {
                break;
            }
            self.heap[position] = self.heap[parent];
            position = parent;
        }
        self.heap[position] = moved;
    }

    /// Moves the hole down to a leaf, always to the smaller child and to the right one when equal,
    /// then the moved timer up again from there.
    fn sift_to_leaf_and_back(&mut self, start: usize) {
        let end = self.heap.len();
        let moved = self.heap[start];
        let mut position = start;
        let mut child = 2 * position + 1;
        while child < end {
            let right = child + 1;
            if right < end && self.heap[child].key() >= self.heap[right].key() {
                child = right;
            }
            self.heap[position] = self.heap[child];
            position = child;
            child = 2 * position + 1;
        }
        self.heap[position] = moved;
        self.sift_towards_root(start, position);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Target, Wakes};
    use super::*;
    use crate::index::TaskId;

    /// Measured on CPython 3.11 to 3.15 (semantics §2): n equal deadlines and a later one behind.
    #[test]
    fn ties_come_in_the_order_of_cpython() {
        for (n, order) in [
            (3, &[0, 2, 1][..]),
            (4, &[0, 2, 1, 3]),
            (5, &[0, 2, 1, 3, 4]),
            (6, &[0, 2, 5, 1, 3, 4]),
            (9, &[0, 2, 6, 5, 8, 7, 1, 3, 4]),
        ] {
            let mut heap = Heapq::default();
            let timer =
                |deadline, n| Timer { deadline, stamp: 0, target: Target::task(TaskId(n), 0) };
            (0..n).for_each(|i| heap.push(timer(5, i)));
            heap.push(timer(9, 99));
            let popped: Vec<u32> = std::iter::from_fn(|| heap.pop())
                .filter_map(|timer| match timer.target.wakes() {
                    Wakes::Task(task, _) if task.0 != 99 => Some(task.0),
                    _ => None,
                })
                .collect();
            assert_eq!(popped, order, "n = {n}");
        }
    }
}
