//! The tasks of a loop: what a step needs, side by side, found by a small number.

use std::pin::Pin;
use std::rc::{Rc, Weak};
use std::task::Waker;

use super::future::AnyFuture;
use crate::index::{EventId, LaneId, TaskId};

/// A coroutine that leaves its result in its task.
pub(super) type Coroutine = Pin<Box<dyn Future<Output = ()>>>;

/// What a task waits for.
#[derive(Clone)]
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
    /// A future.
    On(Rc<dyn AnyFuture>),
}

/// Who keeps a task alive.
pub(super) enum Held {
    /// The loop: the task is scheduled, or asleep.
    Strong(Rc<dyn AnyFuture>),
    /// The future it waits for, or nobody.
    Weak(Weak<dyn AnyFuture>),
    /// The slot is free.
    Free,
}

/// A task as the loop sees it.
pub(super) struct Slot {
    /// Taken out while it is polled.
    pub(super) coroutine: Option<Coroutine>,
    pub(super) waiting: Waiting,
    pub(super) held: Held,
    /// Goes up with each sleep, also from task to task, so that timers left behind are known.
    pub(super) wait_number: u32,
    pub(super) lane: LaneId,
    /// The event that the wait began with: `TimerSet` or `IoStarted`.
    pub(super) wait_event: EventId,
    /// A step of it is in the ready queue.
    pub(super) scheduled: bool,
    pub(super) started: bool,
    /// `cancel()` could not be passed on: the next step throws.
    pub(super) must_cancel: bool,
    /// The wait was cancelled: the next step throws.
    pub(super) wait_cancelled: bool,
    /// It was polled with a waker of its own.
    pub(super) has_waker: bool,
}

impl Slot {
    /// The task's object, if anyone still holds it.
    pub(super) fn object(&self) -> Option<Rc<dyn AnyFuture>> {
        match &self.held {
            Held::Strong(object) => Some(Rc::clone(object)),
            Held::Weak(object) => object.upgrade(),
            Held::Free => None,
        }
    }
}

/// All tasks that are not done.
#[derive(Default)]
pub(super) struct TaskTable {
    slots: Vec<Slot>,
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
        let slot = Slot {
            coroutine: Some(coroutine),
            waiting: Waiting::Nothing,
            held: Held::Strong(object),
            wait_number,
            lane,
            wait_event: EventId::NONE,
            scheduled: true,
            started: false,
            must_cancel: false,
            wait_cancelled: false,
            has_waker: false,
        };
        if let Some(task) = self.free.pop() {
            self.slots[task.index()] = slot;
            task
        } else {
            self.slots.push(slot);
            TaskId::from_index(self.slots.len() - 1)
        }
    }

    /// Frees a slot. What comes back must be dropped when the table is no longer borrowed.
    #[must_use]
    pub(super) fn remove(&mut self, task: TaskId) -> (Option<Coroutine>, Waiting, Held) {
        if let Some(waker) = self.wakers.get_mut(task.index()) {
            *waker = None;
        }
        let slot = &mut self.slots[task.index()];
        slot.wait_number = slot.wait_number.wrapping_add(1);
        slot.scheduled = false;
        self.free.push(task);
        (
            slot.coroutine.take(),
            std::mem::replace(&mut slot.waiting, Waiting::Nothing),
            std::mem::replace(&mut slot.held, Held::Free),
        )
    }

    /// All tasks that are not done, in the order of their slots.
    pub(super) fn alive(&self) -> impl Iterator<Item = &Slot> {
        self.slots.iter().filter(|slot| !matches!(slot.held, Held::Free))
    }

    /// Takes out every coroutine, to break the cycles between them and the loop.
    #[must_use]
    pub(super) fn take_all(&mut self) -> Vec<(Option<Coroutine>, Waiting, Held)> {
        let used: Vec<TaskId> = (0..self.slots.len())
            .filter(|index| !matches!(self.slots[*index].held, Held::Free))
            .map(TaskId::from_index)
            .collect();
        used.into_iter().map(|task| self.remove(task)).collect()
    }

    pub(super) fn waker(&self, task: TaskId) -> Option<Waker> {
        self.wakers.get(task.index())?.clone()
    }

    pub(super) fn set_waker(&mut self, task: TaskId, waker: Waker) {
        if self.wakers.len() <= task.index() {
            self.wakers.resize(task.index() + 1, None);
        }
        self.wakers[task.index()] = Some(waker);
        self.slots[task.index()].has_waker = true;
    }
}
