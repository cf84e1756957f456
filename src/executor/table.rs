//! The tasks of a loop: what a step needs, side by side, found by a small number.

use std::pin::Pin;
use std::rc::Rc;
use std::task::Waker;

use super::chunks::Chunks;
use super::future::AnyFuture;
use super::routine::Routine;
use crate::index::{EventId, LaneId, PrimitiveId, TaskId};

/// A coroutine that leaves its result in its task.
pub(super) type Coroutine = Pin<Box<dyn Routine>>;

/// What a task waits for, but for the future when it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Nothing: it runs, is scheduled, or has a waker of another library.
    Nothing,
    /// Its next turn.
    Turn,
    /// A sleep that is not over.
    Sleep,
    /// An outside party.
    Io,
    /// A sleep or outside party; that is over.
    Woken,
    /// A future: [`Slot::future`].
    Future,
    /// Its turn at a primitive: [`Slot::primitive`].
    Place,
    /// Its turn at a primitive, which has come.
    Granted,
}

impl Waiting {
    /// Whether nothing keeps the task from going on.
    #[inline]
    pub(super) fn is_nothing(self) -> bool {
        matches!(self, Self::Nothing | Self::Woken)
    }
}

/// A task as the loop sees it: one cache line.
#[repr(align(64))]
pub(super) struct Slot {
    /// Taken out while it is polled.
    pub(super) coroutine: Option<Coroutine>,
    /// Keeps the task alive while it is scheduled or asleep. While it waits for a future, that
    /// future's callbacks do.
    pub(super) held: Option<Rc<dyn AnyFuture>>,
    /// What it waits for, if that is a future.
    pub(super) future: Option<Rc<dyn AnyFuture>>,
    pub(super) lane: LaneId,
    /// Goes up with each sleep, also from task to task, so that timers left behind are known.
    pub(super) wait_number: u32,
    /// The event that the wait began with, `TimerSet` or `IoStarted`; for [`Waiting::Place`] the
    /// number of the primitive.
    pub(super) wait_event: EventId,
    pub(super) waiting: Waiting,
    flags: u8,
}

macro_rules! flags {
    ($($(#[$doc:meta])* $get:ident $set:ident $bit:literal)*) => {$(
        $(#[$doc])*
        #[inline]
        pub(super) fn $get(&self) -> bool {
            self.flags & (1 << $bit) != 0
        }

        #[inline]
        pub(super) fn $set(&mut self, value: bool) {
            self.flags = self.flags & !(1 << $bit) | u8::from(value) << $bit;
        }
    )*};
}

impl Slot {
    flags! {
        /// The slot is a task's.
        is_used set_used 0
        /// A step of it is in the ready queue.
        is_scheduled set_scheduled 1
        /// Its first step has begun.
        is_started set_started 2
        /// `cancel()` could not be passed on: the next step throws.
        must_cancel set_must_cancel 3
        /// The wait was cancelled: the next step throws.
        is_wait_cancelled set_wait_cancelled 4
        /// It was polled with a waker of its own.
        has_waker set_has_waker 5
    }

    /// The primitive that it waits at.
    #[inline]
    pub(super) fn primitive(&self) -> PrimitiveId {
        PrimitiveId(self.wait_event.0)
    }

    #[inline]
    pub(super) fn set_primitive(&mut self, primitive: PrimitiveId) {
        self.wait_event = EventId(primitive.0);
    }

    /// Notes that a step is in the ready queue; false if one was already.
    #[inline]
    pub(super) fn schedule(&mut self) -> bool {
        let first = !self.is_scheduled();
        self.set_scheduled(true);
        first
    }
}

/// What is left of a task that was taken out, to be dropped when nothing is borrowed.
pub(super) type Removed = (Option<Coroutine>, Option<Rc<dyn AnyFuture>>, Option<Rc<dyn AnyFuture>>);

/// All tasks that are not done.
#[derive(Default)]
pub(super) struct TaskTable {
    slots: Chunks<Slot>,
    free: Vec<TaskId>,
    /// Wakers of tasks that other libraries hold wakers of.
    wakers: Vec<Option<Waker>>,
}

impl TaskTable {
    /// The slot of a task. Every id in a ready queue or a timer was given by `insert`, and slots
    /// never go away.
    #[inline]
    pub(super) fn slot(&mut self, task: TaskId) -> &mut Slot {
        &mut self.slots[task.index()]
    }

    /// Brings a task that is about to run into the processor's cache.
    #[inline]
    pub(super) fn touch(&self, task: TaskId) {
        if let Some(coroutine) = &self.slots[task.index()].coroutine {
            coroutine.as_ref().get_ref().touch();
        }
    }

    /// Whether a timer or an answer would find its task still waiting for it.
    #[inline]
    pub(super) fn still_waits(&self, task: TaskId, wait: u32) -> bool {
        let slot = &self.slots[task.index()];
        slot.wait_number == wait && matches!(slot.waiting, Waiting::Sleep | Waiting::Io)
    }

    /// Whether a task waits for something that is no future.
    pub(super) fn is_waiting_alone(&self, task: TaskId) -> bool {
        let waiting = self.slots[task.index()].waiting;
        !matches!(waiting, Waiting::Future | Waiting::Turn) && !waiting.is_nothing()
    }

    pub(super) fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Adds a task whose first step is about to be scheduled.
    pub(super) fn insert(
        &mut self,
        coroutine: Coroutine,
        lane: LaneId,
        object: Rc<dyn AnyFuture>,
    ) -> TaskId {
        let wait_number = self.free.last().map_or(0, |task| self.slots[task.index()].wait_number);
        let mut slot = Slot {
            coroutine: Some(coroutine),
            held: Some(object),
            future: None,
            lane,
            wait_number,
            wait_event: EventId::NONE,
            waiting: Waiting::Nothing,
            flags: 0,
        };
        slot.set_used(true);
        slot.set_scheduled(true);
        if let Some(task) = self.free.pop() {
            self.slots[task.index()] = slot;
            task
        } else {
            TaskId::from_index(self.slots.push(slot))
        }
    }

    /// Frees a slot. What comes back must be dropped when the table is no longer borrowed.
    #[must_use]
    pub(super) fn remove(&mut self, task: TaskId) -> Removed {
        if let Some(waker) = self.wakers.get_mut(task.index()) {
            *waker = None;
        }
        let slot = &mut self.slots[task.index()];
        slot.wait_number = slot.wait_number.wrapping_add(1);
        slot.waiting = Waiting::Nothing;
        slot.flags = 0;
        self.free.push(task);
        (slot.coroutine.take(), slot.held.take(), slot.future.take())
    }

    /// A task's object: held by the loop, or by the future that it waits for.
    pub(super) fn object(&self, task: TaskId) -> Option<Rc<dyn AnyFuture>> {
        let slot = self.slots.get(task.index())?;
        slot.held.clone().or_else(|| slot.future.as_ref()?.base().waiter(task))
    }

    /// All tasks that are not done, in the order of their slots.
    pub(super) fn alive(&self) -> Vec<Rc<dyn AnyFuture>> {
        let used = (0..self.slots.len()).filter(|index| self.slots[*index].is_used());
        used.filter_map(|index| self.object(TaskId::from_index(index))).collect()
    }

    /// Takes out every coroutine, to break the cycles between them and the loop.
    #[must_use]
    pub(super) fn take_all(&mut self) -> Vec<Removed> {
        let is_used = |index: &usize| self.slots[*index].is_used();
        let used: Vec<usize> = (0..self.slots.len()).filter(is_used).collect();
        used.into_iter().map(|index| self.remove(TaskId::from_index(index))).collect()
    }

    pub(super) fn waker(&self, task: TaskId) -> Option<Waker> {
        self.wakers.get(task.index())?.clone()
    }

    pub(super) fn set_waker(&mut self, task: TaskId, waker: Waker) {
        if self.wakers.len() <= task.index() {
            self.wakers.resize(task.index() + 1, None);
        }
        self.wakers[task.index()] = Some(waker);
        self.slots[task.index()].set_has_waker(true);
    }
}
