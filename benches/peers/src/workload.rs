//! What is run: the workloads, told once for all contenders.

/// Sleeps of each task in W1.
pub const SLEEPS: u32 = 10;

/// A workload of N tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// N tasks × 10 sleeps of 1 to 1000 ms.
    W1,
    /// N tasks that yield once, gathered.
    W3,
}

impl Workload {
    pub const ALL: [Self; 2] = [Self::W1, Self::W3];

    pub fn name(self) -> &'static str {
        match self {
            Self::W1 => "w1",
            Self::W3 => "w3",
        }
    }

    /// What one unit of work is, and how many there are.
    pub fn units(self, n: u32) -> (&'static str, u64) {
        match self {
            Self::W1 => ("timer event", u64::from(n) * u64::from(SLEEPS)),
            Self::W3 => ("task", u64::from(n)),
        }
    }
}

/// The next pseudo-random number: a generator that every language here computes alike.
pub fn next(x: u64) -> u64 {
    (x * 1_103_515_245 + 12_345) % 2_147_483_648
}

/// The delay, in milliseconds, that a number stands for.
pub fn delay_ms(x: u64) -> u64 {
    1 + x % 1000
}
