//! A table that grows without moving what it holds.
//!
//! A growing `Vec` copies everything each time it doubles, and for that moment needs the memory of
//! both; with a million tasks that shows.

use std::ops::{Index, IndexMut};

/// log₂ of the entries in a chunk.
const BITS: usize = 10;
const LEN: usize = 1 << BITS;

/// Entries in chunks of fixed size; the index of an entry never changes.
#[derive(Debug)]
pub(super) struct Chunks<T> {
    /// All but the last are full.
    chunks: Vec<Vec<T>>,
}

impl<T> Default for Chunks<T> {
    fn default() -> Self {
        Self { chunks: Vec::new() }
    }
}

impl<T> Chunks<T> {
    /// Adds an entry and returns its index.
    pub(super) fn push(&mut self, entry: T) -> usize {
        if self.chunks.last().is_none_or(|chunk| chunk.len() == LEN) {
            // The first chunk grows, so that a small program stays small.
            let capacity = if self.chunks.is_empty() { 8 } else { LEN };
            self.chunks.push(Vec::with_capacity(capacity));
        }
        let last = self.chunks.len() - 1;
        self.chunks[last].push(entry);
        self.len() - 1
    }

    pub(super) fn len(&self) -> usize {
        let Some(last) = self.chunks.last() else { return 0 };
        (self.chunks.len() - 1) * LEN + last.len()
    }

    #[inline]
    pub(super) fn get(&self, index: usize) -> Option<&T> {
        self.chunks.get(index >> BITS)?.get(index & (LEN - 1))
    }

    #[inline]
    pub(super) fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.chunks.get_mut(index >> BITS)?.get_mut(index & (LEN - 1))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.chunks.iter_mut().flatten()
    }
}

impl<T> Index<usize> for Chunks<T> {
    type Output = T;
    #[inline]
    fn index(&self, index: usize) -> &T {
        &self.chunks[index >> BITS][index & (LEN - 1)]
    }
}

impl<T> IndexMut<usize> for Chunks<T> {
    #[inline]
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.chunks[index >> BITS][index & (LEN - 1)]
    }
}
