use std::ops::Deref;

use num_bigint::BigInt;

use super::heap;

/// An int outside 64 bits.
#[derive(Debug)]
pub struct Long(BigInt);

impl Long {
    /// Takes the int in.
    pub(super) fn new(value: BigInt) -> Self {
        let long = Self(value);
        heap::charge(long.weight());
        long
    }

    fn weight(&self) -> u64 {
        size_of::<Self>() as u64 + 16 + self.0.bits().div_ceil(8)
    }
}

impl Deref for Long {
    type Target = BigInt;

    fn deref(&self) -> &BigInt {
        &self.0
    }
}

impl Drop for Long {
    fn drop(&mut self) {
        heap::release(self.weight());
    }
}
