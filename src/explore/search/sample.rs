//! Schedules that are drawn instead of enumerated.

use rustc_hash::FxHashMap;

use crate::executor::{Access, Actor, Choice};

/// How schedules are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// Each alternative is as likely as the others at its choice point.
    Random,
    /// Priorities that change at a few random moments.
    ///
    /// Source: Burckhardt, Kothari, Musuvathi, Nagarakatte, "A Randomized Scheduler with
    /// Probabilistic Guarantees of Finding Bugs" (ASPLOS 2010).
    Pct {
        /// How many steps must come in a certain order for the bug that is looked for, less one.
        changes: u32,
    },
    /// Priorities that are drawn anew for each step, and for those that race with it.
    ///
    /// Source: Yuan, Yang, Gu, "Partial Order Aware Concurrency Sampling" (CAV 2018).
    Pos,
}

/// Small, fast random numbers: `SplitMix64`.
#[derive(Clone, Debug)]
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `n`, which is not 0; as even as makes no difference.
    fn below(&mut self, n: u64) -> u64 {
        u64::try_from((u128::from(self.next()) * u128::from(n)) >> 64).unwrap_or(0)
    }
}

/// Draws the choices of runs.
#[derive(Clone, Debug)]
pub(in crate::explore) struct Sampler {
    draw: Draw,
    seed: u64,
    /// Which run this is, and where the runs end.
    number: u64,
    end: u64,
    numbers: Numbers,
    priorities: FxHashMap<Actor, u64>,
    /// Choice points of this run so far, and of the longest run so far that counts for `Pct`.
    steps: u64,
    /// How long runs are taken to be.
    length: u64,
    changes: Vec<u64>,
    /// What the last step used.
    used: Vec<Access>,
}

impl Sampler {
    /// Draws the runs of those numbers. `length` is how many choice points a run has, about.
    pub(in crate::explore) fn new(
        draw: Draw,
        seed: u64,
        runs: std::ops::Range<u64>,
        length: u64,
    ) -> Self {
        let mut sampler = Self {
            draw,
            seed,
            number: runs.start,
            end: runs.end,
            numbers: Numbers(0),
            priorities: FxHashMap::default(),
            steps: 0,
            length: length.max(1),
            changes: Vec::new(),
            used: Vec::new(),
        };
        sampler.begin();
        sampler
    }

    fn begin(&mut self) {
        self.numbers = Numbers(self.seed ^ self.number.wrapping_mul(0xd134_2543_de82_ef95));
        self.priorities.clear();
        self.steps = 0;
        self.used.clear();
        self.changes.clear();
        if let Draw::Pct { changes } = self.draw {
            for _ in 0..changes {
                let at = self.numbers.below(self.length);
                self.changes.push(at);
            }
        }
    }

    /// Goes on to the next run, if there is one.
    pub(in crate::explore) fn next_run(&mut self) -> bool {
        self.number += 1;
        self.begin();
        self.number < self.end
    }

    /// The step under way uses something.
    pub(in crate::explore) fn touched(&mut self, access: Access) {
        if self.draw == Draw::Pos {
            self.used.push(access);
        }
    }

    /// Which alternative is taken.
    pub(in crate::explore) fn pick(&mut self, choice: &Choice<'_>) -> usize {
        self.steps += 1;
        let n = choice.n_alternatives as u64;
        if choice.actors.is_empty() || self.draw == Draw::Random {
            return usize::try_from(self.numbers.below(n)).unwrap_or(0);
        }
        let used = std::mem::take(&mut self.used);
        for (index, actor) in choice.actors.iter().enumerate() {
            let next = (choice.next)(index);
            let races = next.is_some_and(|next| used.iter().any(|used| used.races_with(next)));
            if races || !self.priorities.contains_key(actor) {
                // The lower ones are for those that had their turn.
                let priority = self.numbers.next() | 1 << 63;
                self.priorities.insert(*actor, priority);
            }
        }
        let priority = |actor: &Actor| self.priorities.get(actor).copied().unwrap_or(0);
        let highest = |this: &Self| {
            let _ = this;
            (0..choice.actors.len()).max_by_key(|index| priority(&choice.actors[*index]))
        };
        let mut taken = highest(self).unwrap_or(0);
        let at = self.steps - 1;
        if let Some(change) = self.changes.iter().position(|change| *change == at) {
            // It falls behind all that were not changed.
            self.priorities.insert(choice.actors[taken], change as u64);
            let priority = |index: &usize| self.priorities.get(&choice.actors[*index]);
            taken = (0..choice.actors.len()).max_by_key(priority).unwrap_or(0);
        }
        if self.draw == Draw::Pos {
            self.priorities.remove(&choice.actors[taken]);
        }
        taken
    }
}
