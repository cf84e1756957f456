//! Small sets of small numbers.

use smallvec::{SmallVec, smallvec};

/// A set of numbers below some bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::explore) struct Bits(SmallVec<[u64; 1]>);

impl Bits {
    /// The empty set, with room for numbers below `n`.
    pub(in crate::explore) fn none(n: usize) -> Self {
        Self(smallvec![0; n.div_ceil(64)])
    }

    /// All numbers below `n`.
    pub(in crate::explore) fn all(n: usize) -> Self {
        let mut bits = Self::none(n);
        (0..n).for_each(|index| bits.add(index));
        bits
    }

    #[inline]
    pub(in crate::explore) fn has(&self, index: usize) -> bool {
        self.0.get(index / 64).is_some_and(|word| word & (1 << (index % 64)) != 0)
    }

    #[inline]
    pub(in crate::explore) fn add(&mut self, index: usize) {
        if let Some(word) = self.0.get_mut(index / 64) {
            *word |= 1 << (index % 64);
        }
    }

    /// How many there are.
    pub(in crate::explore) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }
}
