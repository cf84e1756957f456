//! One step of a task: from resume to suspension.
//!
//! Source: `Task.__step` (semantics §4).

use std::rc::Rc;
use std::task::{Context as PollContext, Poll};

use super::core::{Core, Ready};
use super::table::{Coroutine, Waiting};
use super::{Failure, Message};
use crate::index::{EventId, LaneId, SiteId, TaskId};
use crate::trace::What;
use crate::trace::event::{Resume, Wait};

impl Core {
    /// Runs a task until it suspends or ends.
    pub(super) fn step(&self, task: TaskId, cause: EventId) {
        if self.config.open.cancel.is_some() {
            self.perhaps_cancel_woken(task);
        }
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        slot.set_scheduled(false);
        let throws = slot.must_cancel() || slot.is_wait_cancelled();
        let (started, has_waker) = (slot.is_started(), slot.has_waker());
        slot.set_started(true);
        // A task is in the ready queue only while it has a coroutine.
        let Some(mut coroutine) = slot.coroutine.take() else { return };
        if slot.waiting == Waiting::Turn {
            slot.waiting = Waiting::Woken;
        }
        self.lane.set(slot.lane);
        drop(tasks);
        self.site.set(SiteId::NONE);
        self.current.set(Some(task));
        if throws {
            self.throw(task);
        }
        if self.recording {
            let how = if throws { Resume::Cancel } else { self.resume_kind(task) };
            self.record(cause, What::StepBegin { how });
        }
        if throws && !started {
            // No line of an unstarted coroutine runs, not even a `finally`.
            drop(coroutine);
            let object = self.tasks.borrow().object(task);
            let thrown = self.take_thrown();
            if let (Some(object), Some(Failure::Cancelled(message))) = (&object, thrown) {
                object.base().set_cancel_message(message);
            }
            self.finish_task(task, true);
            // The exception has the message; the task itself forgets it.
            if let Some(object) = object {
                object.base().set_cancel_message(None);
            }
        } else if self.poll(task, &mut coroutine, has_waker).is_ready() {
            drop(coroutine);
            self.take_thrown();
            let cancelled = self.tasks.borrow_mut().slot(task).must_cancel();
            self.finish_task(task, cancelled);
        } else {
            self.suspend(task, coroutine);
            if self.following.is_on.get() {
                self.note_wait(task);
            }
            if self.config.open.cancel.is_some() {
                self.perhaps_cancel(task);
            }
        }
        self.current.set(None);
        self.lane.set(LaneId::LOOP);
    }

    /// Makes the first step of a new task inside of what runs now.
    pub(super) fn step_inside(&self, task: TaskId, cause: EventId) {
        let (current, lane, site) = (self.current.get(), self.lane.get(), self.site.get());
        let thrown = self.take_thrown();
        self.step(task, cause);
        if let Some(thrown) = thrown {
            self.throw_at_leaf(thrown);
        }
        self.current.set(current);
        self.lane.set(lane);
        self.site.set(site);
    }

    /// Polls with the shared waker; again with one of the task's own if that was kept.
    #[inline]
    fn poll(&self, task: TaskId, coroutine: &mut Coroutine, has_waker: bool) -> Poll<()> {
        if has_waker {
            let waker = self.own_waker(task);
            return coroutine.as_mut().poll(&mut PollContext::from_waker(&waker));
        }
        let mut context = PollContext::from_waker(&self.shared_waker);
        let result = coroutine.as_mut().poll(&mut context);
        if result.is_pending() && self.shared_waker_was_kept() {
            let waker = self.own_waker(task);
            return coroutine.as_mut().poll(&mut PollContext::from_waker(&waker));
        }
        result
    }

    /// Prepares what the leaf is to fail with.
    fn throw(&self, task: TaskId) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        slot.set_must_cancel(false);
        slot.set_wait_cancelled(false);
        let failed_with = slot.future.clone();
        let object = slot.held.clone();
        drop(tasks);
        let message = object.and_then(|object| object.base().take_cancel_message());
        // What it waited for was cancelled as well: that very exception goes on.
        let goes_on = failed_with.is_some_and(|future| future.was_cancelled());
        if !goes_on {
            self.throw_at_leaf(Failure::Cancelled(message));
        }
    }

    /// How a task is resumed that nothing is thrown at: what it waited for may have failed.
    fn resume_kind(&self, task: TaskId) -> Resume {
        match &self.tasks.borrow_mut().slot(task).future {
            Some(future) if future.was_cancelled() => Resume::Cancel,
            Some(future) if future.failed() => Resume::Throw,
            _ => Resume::Send,
        }
    }

    /// The coroutine yielded: notes on what, and passes on a cancellation that came meanwhile.
    #[inline]
    fn suspend(&self, task: TaskId, coroutine: Coroutine) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        slot.coroutine = Some(coroutine);
        let wait = match slot.waiting {
            Waiting::Turn => Wait::Turn,
            Waiting::Sleep => Wait::Sleep(slot.wait_event),
            Waiting::Io => Wait::Io(slot.wait_event),
            Waiting::Future => {
                slot.future.as_ref().map_or(Wait::Waker, |future| future.base().wait())
            }
            Waiting::Place => Wait::Primitive(slot.primitive()),
            Waiting::Nothing | Waiting::Woken | Waiting::Granted => Wait::Waker,
        };
        let (turn, must_cancel) = (slot.waiting == Waiting::Turn, slot.must_cancel());
        if turn {
            slot.set_scheduled(true);
        }
        drop(tasks);
        let ended = self.record(EventId::NONE, What::StepEnd { wait });
        if turn {
            self.push_ready(Ready::Step { task, cause: ended });
        } else if must_cancel {
            self.pass_on_cancel(task);
        }
        // A future of another library that nothing can be thrown at: at the next leaf, then.
        if self.take_thrown().is_some() {
            self.tasks.borrow_mut().slot(task).set_must_cancel(true);
        }
    }

    /// The task was cancelled while it ran, and now waits: what it waits for is cancelled.
    #[cold]
    fn pass_on_cancel(&self, task: TaskId) {
        let object = self.tasks.borrow().object(task);
        let message: Option<Message> =
            object.as_ref().and_then(|object| object.base().take_cancel_message());
        if self.cancel_wait(task, message.clone()) {
            self.tasks.borrow_mut().slot(task).set_must_cancel(false);
        } else if let Some(object) = object {
            object.base().set_cancel_message(message);
        }
    }

    /// The coroutine ended: the task is done, and its callbacks are scheduled.
    fn finish_task(&self, task: TaskId, cancelled: bool) {
        let object = self.tasks.borrow_mut().slot(task).held.take();
        if let Some(object) = &object {
            Rc::clone(object).finish(cancelled);
        }
        self.remove_task(task);
        drop(object);
    }
}
