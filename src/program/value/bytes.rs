use std::cell::Cell;
use std::ops::Deref;

use super::{hash, heap};

/// The contents of a bytes object.
#[derive(Debug)]
pub struct BytesObject {
    data: Box<[u8]>,
    hash: Cell<i64>,
}

impl BytesObject {
    /// Bytes holding `data`.
    pub fn new(data: impl Into<Box<[u8]>>) -> Self {
        let data = data.into();
        heap::charge(data.len() as u64);
        Self { data, hash: Cell::new(0) }
    }

    /// `hash()`.
    pub fn hash(&self) -> i64 {
        if self.hash.get() == 0 {
            self.hash.set(hash::of_bytes(&self.data));
        }
        self.hash.get()
    }
}

impl Deref for BytesObject {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.data
    }
}

impl Drop for BytesObject {
    fn drop(&mut self) {
        heap::release(self.data.len() as u64);
    }
}
