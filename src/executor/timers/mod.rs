//! Timers: what is due when, and in which order.
//!
//! Both kinds order timers by deadline, and those of one deadline by the moment the clock was read
//! to compute it (semantics §2). They differ where that leaves a tie, that is among deadlines that
//! were *given* (`call_at`), for which no clock was read:
//!
//! * [`Calendar`] takes the order of registration. It is the fast one.
//! * [`Heapq`] is CPython's heap, step for step, with its scrambled order among ties.

mod calendar;
mod heapq;

pub(crate) use calendar::Calendar;
pub(crate) use heapq::Heapq;

use crate::index::{CallId, TaskId};

/// What a timer wakes, packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The index; the highest bit tells a callback from a task.
    tagged: u32,
    number: u32,
}

/// What a timer wakes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wakes {
    /// A task in `sleep`, if it still is in the wait of that number.
    Task(TaskId, u32),
    /// A callback of `call_later` or `call_at`, if the slot still holds the one of that number.
    Call(CallId, u32),
}

const CALL_BIT: u32 = 1 << 31;

impl Target {
    #[inline]
    pub(crate) fn task(task: TaskId, number: u32) -> Self {
        Self { tagged: task.0, number }
    }

    #[inline]
    pub(crate) fn call(call: CallId, number: u32) -> Self {
        Self { tagged: call.0 | CALL_BIT, number }
    }

    #[inline]
    pub(crate) fn wakes(self) -> Wakes {
        if self.tagged & CALL_BIT == 0 {
            Wakes::Task(TaskId(self.tagged), self.number)
        } else {
            Wakes::Call(CallId(self.tagged & !CALL_BIT), self.number)
        }
    }
}

/// A timer. Plain data: what it wakes is looked up when it is due, so a cancelled one is just left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Timer {
    /// When it is due, in nanoseconds.
    pub(crate) deadline: u64,
    /// Which reading of the clock made the deadline; 0 when it was given.
    pub(crate) stamp: u64,
    pub(crate) target: Target,
}

impl Timer {
    /// What timers are ordered by.
    #[inline]
    pub(crate) fn key(&self) -> (u64, u64) {
        (self.deadline, self.stamp)
    }
}

/// The timers of a loop.
#[derive(Debug)]
#[expect(clippy::large_enum_variant, reason = "there is one of these in a run")]
pub(crate) enum Timers {
    Calendar(Calendar),
    Heapq(Heapq),
}

impl Timers {
    #[inline]
    pub(crate) fn push(&mut self, timer: Timer) {
        match self {
            Self::Calendar(calendar) => calendar.push(timer),
            Self::Heapq(heap) => heap.push(timer),
        }
    }

    /// The first timer.
    #[inline]
    pub(crate) fn peek(&mut self) -> Option<Timer> {
        match self {
            Self::Calendar(calendar) => calendar.peek(),
            Self::Heapq(heap) => heap.peek(),
        }
    }

    /// Takes the first timer out.
    #[inline]
    pub(crate) fn pop(&mut self) -> Option<Timer> {
        match self {
            Self::Calendar(calendar) => calendar.pop(),
            Self::Heapq(heap) => heap.pop(),
        }
    }

    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Calendar(calendar) => calendar.len(),
            Self::Heapq(heap) => heap.len(),
        }
    }

    /// Keeps only those that `keep` says, as CPython does when most are cancelled.
    pub(crate) fn retain(&mut self, keep: impl FnMut(&Timer) -> bool) {
        match self {
            Self::Calendar(calendar) => calendar.retain(keep),
            Self::Heapq(heap) => heap.retain(keep),
        }
    }
}
