//! Cores, shared fairly.
//!
//! Time is counted in *service*: what one of those who compute has got since the beginning. All get
//! the same at any moment, so each is done when service reaches a target that is known when it
//! starts, and only the lowest target has to be looked at. Units are 2⁻²⁰ ns, so that shares of a
//! core come out exact to the nanosecond for any run that fits in virtual time.

use std::collections::{BTreeMap, BTreeSet};

use super::Work;
use crate::index::ThreadId;
use crate::time::{Duration, Instant};

/// Units in a nanosecond.
const UNIT_BITS: u32 = 20;

/// The cores of the machine, and who computes on them.
#[derive(Debug)]
pub(super) struct Cores {
    n: u128,
    /// What each of those who compute has got.
    service: Work,
    /// Who computes: by the service at which it is done, then by when it began.
    targets: BTreeSet<(Work, u64, ThreadId)>,
    of: BTreeMap<ThreadId, (Work, u64)>,
    sequence: u64,
}

impl Cores {
    pub(super) fn new(n: u32) -> Self {
        let n = u128::from(n.max(1));
        Self { n, service: 0, targets: BTreeSet::new(), of: BTreeMap::new(), sequence: 0 }
    }

    /// An amount of work that takes that long on a core alone.
    pub(super) fn work(time: Duration) -> Work {
        u128::from(time.as_nanos()) << UNIT_BITS
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    /// How many share how many cores, if there are not enough.
    fn shares(&self) -> (u128, u128) {
        let active = self.targets.len() as u128;
        (active.max(self.n), self.n)
    }

    pub(super) fn start(&mut self, thread: ThreadId, work: Work) {
        self.sequence += 1;
        let target = self.service + work;
        self.targets.insert((target, self.sequence, thread));
        self.of.insert(thread, (target, self.sequence));
    }

    /// Takes one off its core. Returns what it has left to do.
    pub(super) fn stop(&mut self, thread: ThreadId) -> Work {
        let Some((target, sequence)) = self.of.remove(&thread) else { return 0 };
        self.targets.remove(&(target, sequence, thread));
        target.saturating_sub(self.service)
    }

    /// When the next one is done, if nothing changes before.
    pub(super) fn next_at(&self, now: Instant) -> Option<Instant> {
        let (target, ..) = self.targets.first()?;
        let (active, cores) = self.shares();
        let left = target.saturating_sub(self.service);
        let nanos = (left * active).div_ceil(cores << UNIT_BITS);
        Some(now + Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX)))
    }

    pub(super) fn pass(&mut self, time: Duration) {
        let (active, cores) = self.shares();
        self.service += Self::work(time) * cores / active;
    }

    /// Takes one off its core that is done.
    pub(super) fn take_done(&mut self) -> Option<ThreadId> {
        let (target, _, thread) = *self.targets.first()?;
        if target > self.service {
            return None;
        }
        self.stop(thread);
        Some(thread)
    }
}
