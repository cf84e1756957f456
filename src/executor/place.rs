//! A place in line at a primitive: what tasks wait for at locks, queues and their kin.
//!
//! In CPython that is a future in a list, which somebody sets. Nobody but the primitive holds that
//! future, so here it is a state of the waiting task; the number of handles between being woken and
//! going on is the same (one). Only where a wait stands beside others in one task, inside a future
//! of another library, is a future made.

use std::fmt;
use std::task::{Context as PollContext, Poll};

use futures::FutureExt as _;

use super::FutureWait;
use super::core::{Core, Ready, count_up};
use super::table::Waiting;
use super::{Context, Failure, Future};
use crate::index::{EventId, LaneId, PrimitiveId, SiteId, TaskId};
use crate::trace::What;
use crate::trace::event::Change;

/// One who waits at a primitive, as the primitive's list has it.
#[derive(Clone)]
pub(crate) enum Waiter {
    /// The wait of that number of the task.
    Direct(TaskId, u32),
    /// Inside a future of another library.
    Indirect(Future<()>),
}

/// How it stands with a waiter that has not gone on yet: the states of CPython's future.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WaiterState {
    /// It waits.
    Pending,
    /// It was woken, and goes on soon.
    Woken,
    /// Its wait was cancelled; it goes on soon, to fail.
    Cancelled,
}

/// A wait at a primitive, as the one who waits has it.
pub(crate) struct PlaceWait {
    cx: Context,
    waiter: Waiter,
    indirect: Option<Box<FutureWait<()>>>,
    is_over: bool,
}

/// How a wait at a primitive ended.
pub(crate) struct WaitEnd {
    /// Whether somebody had woken it: also when it fails, because a cancellation came after that.
    pub woken: bool,
    /// What is thrown.
    pub failure: Option<Failure>,
}

/// What a suspended task tells of its wait when it is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ToldWait {
    /// What it waits for, in words: "lock `a`, held by Task-2".
    pub on: String,
    /// Who would have to do something about it.
    pub holders: Vec<LaneId>,
}

impl fmt::Debug for Waiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Direct(task, wait) => write!(f, "{task:?} wait {wait}"),
            Self::Indirect(future) => future.fmt(f),
        }
    }
}

impl fmt::Debug for PlaceWait {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.waiter.fmt(f)
    }
}

impl Waiter {
    /// Whether both are the same wait.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Direct(task, wait), Self::Direct(task2, wait2)) => {
                task == task2 && wait == wait2
            }
            (Self::Indirect(future), Self::Indirect(future2)) => future.is(future2),
            _ => false,
        }
    }
}

impl Context {
    /// The number of a new primitive; its name is asked for only if it is recorded.
    pub(crate) fn primitive_made(&self, name: impl FnOnce(PrimitiveId) -> String) -> PrimitiveId {
        let core = self.core();
        let primitive = PrimitiveId(count_up(&core.next_primitive));
        if core.recording {
            let name = core.name(&name(primitive));
            core.record(EventId::NONE, What::PrimitiveMade { primitive, name });
        }
        primitive
    }

    /// Something happened at a primitive, and this is how many there are of it now.
    #[inline]
    pub(crate) fn primitive_changed(
        &self,
        primitive: PrimitiveId,
        change: Change,
        now: usize,
    ) -> EventId {
        let core = self.core();
        if !core.recording {
            return EventId::NONE;
        }
        let now = u32::try_from(now).unwrap_or(u32::MAX);
        core.record(EventId::NONE, What::PrimitiveChanged { primitive, change, now })
    }

    /// Where the program is.
    pub(crate) fn current_site(&self) -> SiteId {
        self.core().site.get()
    }

    /// Whose code runs now.
    #[inline]
    pub(crate) fn current_lane(&self) -> LaneId {
        self.core().lane.get()
    }

    /// The current task gets in line at a primitive.
    #[inline]
    pub(crate) fn wait_at(&self, poll: &PollContext<'_>, primitive: PrimitiveId) -> PlaceWait {
        let core = self.core();
        let (waiter, indirect) = match core.begin_place(poll, primitive) {
            Some(waiter) => (waiter, None),
            None => {
                let future = self.create_future();
                let mut wait = future.wait();
                let pending = wait.poll_unpin(&mut PollContext::from_waker(poll.waker()));
                debug_assert!(pending.is_pending(), "nothing ran since the future was made");
                (Waiter::Indirect(future), Some(Box::new(wait)))
            }
        };
        PlaceWait { cx: self.clone(), waiter, indirect, is_over: false }
    }

    /// How it stands with one who waits.
    #[inline]
    pub(crate) fn waiter_state(&self, waiter: &Waiter) -> WaiterState {
        match waiter {
            Waiter::Direct(task, wait) => self.core().place_state(*task, *wait),
            Waiter::Indirect(future) if !future.done() => WaiterState::Pending,
            Waiter::Indirect(future) if future.cancelled() => WaiterState::Cancelled,
            Waiter::Indirect(_) => WaiterState::Woken,
        }
    }

    /// Wakes one who waits; false if that was done before, or its wait was cancelled. `cause` is
    /// what happened at the primitive, if that was recorded.
    #[inline]
    pub(crate) fn wake_waiter(
        &self,
        waiter: &Waiter,
        primitive: PrimitiveId,
        cause: EventId,
    ) -> bool {
        match waiter {
            Waiter::Direct(task, wait) => self.core().wake_place(*task, *wait, primitive, cause),
            Waiter::Indirect(future) => future.set_result(()).is_ok(),
        }
    }

    /// Tells what a suspended task waits for, while [`inspecting`](Self::inspecting).
    pub(crate) fn inspect_wait(&self, told: ToldWait) {
        *self.core().told_wait.borrow_mut() = Some(told);
    }

    /// The name of a lane, if it is that of a task which is not done.
    pub(crate) fn task_name(&self, lane: LaneId) -> Option<String> {
        let tasks = self.core().tasks.borrow().alive();
        let task = tasks.iter().find(|task| task.base().lane == lane)?;
        Some(task.base().name())
    }
}

impl PlaceWait {
    /// The wait as the primitive's list has it.
    #[inline]
    pub(crate) fn waiter(&self) -> &Waiter {
        &self.waiter
    }

    /// Whether it is over, and how.
    #[inline]
    pub(crate) fn poll(&mut self, poll: &mut PollContext<'_>) -> Poll<WaitEnd> {
        let end = match (&self.waiter, &mut self.indirect) {
            (Waiter::Direct(task, wait), _) => self.cx.core().resume_place(*task, *wait),
            (Waiter::Indirect(future), Some(indirect)) => match indirect.poll_unpin(poll) {
                Poll::Pending => Poll::Pending,
                Poll::Ready(result) => {
                    let woken = future.done() && !future.cancelled();
                    Poll::Ready(WaitEnd { woken, failure: result.err() })
                }
            },
            (Waiter::Indirect(_), None) => Poll::Pending,
        };
        self.is_over |= end.is_ready();
        end
    }
}

impl Drop for PlaceWait {
    /// Given up before it was over.
    #[inline]
    fn drop(&mut self) {
        if let Waiter::Direct(task, wait) = self.waiter
            && !self.is_over
        {
            self.cx.core().give_up_place(task, wait);
        }
    }
}

impl Core {
    #[inline]
    fn begin_place(&self, poll: &PollContext<'_>, primitive: PrimitiveId) -> Option<Waiter> {
        let task = self.current.get()?;
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if !slot.waiting.is_nothing() || !self.is_shared(poll.waker()) {
            return None;
        }
        slot.wait_number = slot.wait_number.wrapping_add(1);
        slot.waiting = Waiting::Place;
        slot.set_primitive(primitive);
        Some(Waiter::Direct(task, slot.wait_number))
    }

    #[inline]
    fn place_state(&self, task: TaskId, wait: u32) -> WaiterState {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        match slot.waiting {
            Waiting::Place if slot.wait_number == wait => WaiterState::Pending,
            Waiting::Granted if slot.wait_number == wait => WaiterState::Woken,
            _ => WaiterState::Cancelled,
        }
    }

    #[inline]
    fn wake_place(&self, task: TaskId, wait: u32, primitive: PrimitiveId, cause: EventId) -> bool {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if slot.wait_number != wait || slot.waiting != Waiting::Place {
            return false;
        }
        slot.waiting = Waiting::Granted;
        let (schedule, lane) = (slot.schedule(), slot.lane);
        drop(tasks);
        let cause = self.record(cause, What::PrimitiveWoke { primitive, task: lane });
        if schedule {
            self.push_ready(Ready::Step { task, cause });
        }
        true
    }

    #[inline]
    fn resume_place(&self, task: TaskId, wait: u32) -> Poll<WaitEnd> {
        if self.inspecting.get() {
            return Poll::Pending;
        }
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        let woken = slot.waiting == Waiting::Granted && slot.wait_number == wait;
        let failure = self.take_thrown();
        if failure.is_none() && !woken {
            return Poll::Pending;
        }
        slot.waiting = Waiting::Nothing;
        Poll::Ready(WaitEnd { woken, failure })
    }

    fn give_up_place(&self, task: TaskId, wait: u32) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        let is_it = slot.wait_number == wait;
        if is_it && matches!(slot.waiting, Waiting::Place | Waiting::Granted) {
            slot.waiting = Waiting::Nothing;
        }
    }
}
