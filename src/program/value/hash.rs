//! Hashes: those of numbers and tuples are `CPython`'s own numbers, that of text is fixed (where
//! `CPython` draws a key per process), so that nothing depends on the run.
//!
//! Source: `CPython` `Python/pyhash.c` (`_Py_HashDouble`), `Objects/longobject.c` (`long_hash`),
//! `Objects/tupleobject.c` (`tuplehash`), `Objects/setobject.c` (`frozenset_hash`).

use num_bigint::{BigInt, Sign};
use num_traits::ToPrimitive;

/// The prime that numbers are reduced by: 2⁶¹ - 1.
const MODULUS: u64 = (1 << 61) - 1;

/// `hash(None)`, since `CPython` 3.12.
pub const NONE: i64 = 0xfca8_6420;

/// `hash()` of text.
pub fn of_text(text: &str) -> i64 {
    of_bytes(text.as_bytes())
}

/// `hash()` of bytes; 0 for none, never 0 otherwise.
pub fn of_bytes(bytes: &[u8]) -> i64 {
    const MULTIPLIER: u64 = 0xf135_7aea_2e62_a9c5;
    if bytes.is_empty() {
        return 0;
    }
    let mut state = bytes.len() as u64;
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = (state.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(MULTIPLIER);
    }
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    state = (state.rotate_left(5) ^ u64::from_le_bytes(last)).wrapping_mul(MULTIPLIER);
    state ^= state >> 32;
    match state.cast_signed() {
        0 | -1 => -2,
        hash => hash,
    }
}

/// `hash()` of an int.
#[inline]
pub fn of_int(value: i64) -> i64 {
    let reduced = (value.unsigned_abs() % MODULUS).cast_signed();
    let signed = if value < 0 { -reduced } else { reduced };
    if signed == -1 { -2 } else { signed }
}

/// `hash()` of a large int.
pub fn of_big_int(value: &BigInt) -> i64 {
    let reduced = (value.magnitude() % MODULUS).to_u64().unwrap_or(0).cast_signed();
    let signed = if value.sign() == Sign::Minus { -reduced } else { reduced };
    if signed == -1 { -2 } else { signed }
}

/// `hash()` of a float; `identity` stands for the object's own hash, which a NaN has.
pub fn of_float(value: f64, identity: i64) -> i64 {
    if value.is_nan() {
        return identity;
    }
    if value.is_infinite() {
        return if value > 0.0 { 314_159 } else { -314_159 };
    }
    let bits = value.to_bits();
    let raw_exponent = i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    let fraction = bits & ((1 << 52) - 1);
    let (mantissa, exponent) = if raw_exponent == 0 {
        (fraction, -1074)
    } else {
        (fraction | 1 << 52, raw_exponent - 1075)
    };
    // mantissa · 2^exponent modulo 2⁶¹ - 1: a multiplication by 2 is a rotation of 61 bits.
    let turn = u32::try_from(exponent.rem_euclid(61)).unwrap_or(0);
    let reduced = mantissa % MODULUS;
    let rotated = ((reduced << turn) & MODULUS) | (reduced >> (61 - turn));
    let magnitude = (rotated % MODULUS).cast_signed();
    let signed = if value.is_sign_negative() { -magnitude } else { magnitude };
    if signed == -1 { -2 } else { signed }
}

/// Collects the hash of a tuple from those of its items.
#[derive(Clone, Copy, Debug)]
pub struct TupleHash {
    state: u64,
    len: u64,
}

impl Default for TupleHash {
    fn default() -> Self {
        Self { state: Self::PRIME_5, len: 0 }
    }
}

impl TupleHash {
    const PRIME_1: u64 = 11_400_714_785_074_694_791;
    const PRIME_2: u64 = 14_029_467_366_897_019_727;
    const PRIME_5: u64 = 2_870_177_450_012_600_261;

    /// Takes in the hash of the next item.
    #[inline]
    pub fn add(&mut self, hash: i64) {
        self.state = self.state.wrapping_add(hash.cast_unsigned().wrapping_mul(Self::PRIME_2));
        self.state = self.state.rotate_left(31).wrapping_mul(Self::PRIME_1);
        self.len += 1;
    }

    /// The hash of a slice, which leaves the length out.
    pub fn finish_slice(self) -> i64 {
        if self.state == u64::MAX { 1_546_275_796 } else { self.state.cast_signed() }
    }

    /// The hash of the tuple.
    #[inline]
    pub fn finish(self) -> i64 {
        let mixed = self.state.wrapping_add(self.len ^ (Self::PRIME_5 ^ 3_527_539));
        if mixed == u64::MAX { 1_546_275_796 } else { mixed.cast_signed() }
    }
}

/// Collects the hash of a frozenset from those of its items, in any order.
#[derive(Clone, Copy, Debug, Default)]
pub struct FrozenSetHash {
    state: u64,
    len: u64,
}

impl FrozenSetHash {
    /// Takes in the hash of an item.
    pub fn add(&mut self, hash: i64) {
        let hash = hash.cast_unsigned();
        self.state ^= ((hash ^ 89_869_747) ^ (hash << 16)).wrapping_mul(3_644_798_167);
        self.len += 1;
    }

    /// The hash of the frozenset.
    pub fn finish(self) -> i64 {
        let mut hash = self.state ^ (self.len + 1).wrapping_mul(1_927_868_237);
        hash ^= (hash >> 11) ^ (hash >> 25);
        hash = hash.wrapping_mul(69_069).wrapping_add(907_133_923);
        if hash == u64::MAX { 590_923_713 } else { hash.cast_signed() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded with `CPython` 3.14.
    #[test]
    fn numbers_hash_as_in_cpython() {
        assert_eq!(of_int(-1), -2);
        assert_eq!(of_int(i64::MAX), 3);
        assert_eq!(of_int(i64::MIN), -4);
        assert_eq!(of_float(1.0, 0), 1);
        assert_eq!(of_float(0.5, 0), 1_152_921_504_606_846_976);
        assert_eq!(of_float(3.7, 0), 1_614_090_106_449_586_179);
        assert_eq!(of_float(-1.0, 0), -2);
        assert_eq!(
            of_float(1e300, 0),
            of_big_int(&num_traits::FromPrimitive::from_f64(1e300).unwrap())
        );
        assert_eq!(of_float(5e-324, 0), 16_777_216);
    }

    #[test]
    fn tuples_hash_as_in_cpython() {
        let mut hash = TupleHash::default();
        assert_eq!(hash.finish(), 5_740_354_900_026_072_187);
        hash.add(1);
        hash.add(2);
        assert_eq!(hash.finish(), -3_550_055_125_485_641_917);
    }
}
