//! Seeded random numbers: `CPython`'s `random`, number for number.
//!
//! A program that says `random.seed(7)` sees here what it sees under `CPython`, so the generator is
//! the Mersenne Twister with `CPython`'s way of seeding and of drawing from it.
//! Source: `CPython` `Modules/_randommodule.c` (`random_seed`, `_random_Random_random_impl`) and
//! `Lib/random.py` (`_randbelow_with_getrandbits`, `uniform`, `expovariate`).
//!
//! Architecture invariant: this module knows nothing else of the crate; nothing else draws numbers.

use std::fmt;

use rand_mt::Mt;

/// One stream of random numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct Stream {
    twister: Mt,
    /// What a call that draws two numbers has left for the next, as bits of a float.
    spare: Option<u64>,
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Stream")
    }
}

impl Stream {
    /// As `random.seed(seed)` with an int.
    pub fn seeded(seed: u64) -> Self {
        let low = u32::try_from(seed & 0xffff_ffff).unwrap_or(0);
        let high = u32::try_from(seed >> 32).unwrap_or(0);
        if high == 0 { Self::from_key(&[low]) } else { Self::from_key(&[low, high]) }
    }

    /// As `random.seed(n)` for an int of any size, given its magnitude as little-endian 32-bit
    /// words; an empty key stands for 0.
    pub fn from_key(words: &[u32]) -> Self {
        let words = if words.is_empty() { &[0][..] } else { words };
        Self { twister: Mt::new_with_key(words.iter().copied()), spare: None }
    }

    /// Keeps a number for the next call of `random.gauss`.
    pub fn keep_spare(&mut self, bits: u64) {
        self.spare = Some(bits);
    }

    /// Takes the number that `random.gauss` has kept.
    pub fn take_spare(&mut self) -> Option<u64> {
        self.spare.take()
    }

    /// The next 32 bits of the generator.
    pub fn next_u32(&mut self) -> u32 {
        self.twister.next_u32()
    }

    /// `random.random()`: in `[0, 1)` with 53 random bits, returned as the numerator over 2⁵³.
    pub fn next_53_bits(&mut self) -> u64 {
        let high = u64::from(self.next_u32() >> 5);
        let low = u64::from(self.next_u32() >> 6);
        (high << 26) | low
    }

    /// `random.getrandbits(bits)` for up to 64 bits; more are cut to 64.
    pub fn bits(&mut self, bits: u32) -> u64 {
        match bits {
            0 => 0,
            1..=32 => u64::from(self.next_u32() >> (32 - bits)),
            _ => {
                let low = u64::from(self.next_u32());
                let high = u64::from(self.next_u32() >> (64 - bits.min(64)));
                (high << 32) | low
            }
        }
    }

    /// `random._randbelow(n)`: in `[0, n)`; 0 for `n` = 0.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let bits = u64::BITS - n.leading_zeros();
        loop {
            let drawn = self.bits(bits);
            if drawn < n {
                return drawn;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded with CPython 3.11.7 (3.12.1 and 3.13.0 print the same):
    /// `r = random.Random(SEED); print([r.getrandbits(32) for _ in range(3)], r.randrange(1000), int(r.random() * 2**53))`
    #[test]
    fn numbers_are_those_of_cpython() {
        for (seed, words, below, fraction) in RECORDED {
            let mut stream = Stream::seeded(seed);
            assert_eq!([stream.next_u32(), stream.next_u32(), stream.next_u32()], words);
            assert_eq!(stream.below(1000), below);
            assert_eq!(stream.next_53_bits(), fraction);
        }
    }

    const RECORDED: [(u64, [u32; 3], u64, u64); 3] = [
        (0, [3626764237, 1654615998, 3255389356], 911, 3788172029424828),
        (7, [1390851128, 4071050724, 647892279], 404, 5863096500449791),
        (1099511627779, [943978446, 261273136, 2359950418], 853, 852188322856840),
    ];
}
