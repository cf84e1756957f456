//! What is run: the workloads, told once for all contenders.

/// Round trips for each of N in W2, turns of each task in W5.
pub const ROUNDS: u32 = 10;

/// Sleeps of each task in W1.
pub const SLEEPS: u32 = 10;

/// A workload of N tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Workload {
    /// N tasks × 10 sleeps of 1 to 1000 ms.
    W1,
    /// Two tasks that send an item to and fro through two queues of one place, 10 × N times.
    W2,
    /// N tasks that yield once, gathered.
    W3,
    /// N tasks that each take one lock 10 times, and yield while they hold it.
    W5,
}

impl Workload {
    pub const ALL: [Self; 4] = [Self::W1, Self::W2, Self::W3, Self::W5];

    pub fn name(self) -> &'static str {
        match self {
            Self::W1 => "w1",
            Self::W2 => "w2",
            Self::W3 => "w3",
            Self::W5 => "w5",
        }
    }

    /// Whether there is a loop by hand to compare with.
    pub fn has_yardstick(self) -> bool {
        matches!(self, Self::W1 | Self::W3)
    }

    /// What one unit of work is, and how many there are.
    pub fn units(self, n: u32) -> (&'static str, u64) {
        match self {
            Self::W1 => ("timer event", u64::from(n) * u64::from(SLEEPS)),
            Self::W2 => ("round trip", u64::from(n) * u64::from(ROUNDS)),
            Self::W3 => ("task", u64::from(n)),
            Self::W5 => ("turn at the lock", u64::from(n) * u64::from(ROUNDS)),
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
