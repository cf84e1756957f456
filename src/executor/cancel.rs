//! Cancellation: asked for at a task, passed down to what it waits for, thrown at the leaf.
//!
//! Source: `Task.cancel`, `Task.uncancel`, `Task.__step` (semantics §7).

use std::rc::Rc;

use super::core::{Core, Ready};
use super::future::{AnyFuture, Base, Kind, State};
use super::table::Waiting;
use super::{Context, Message};
use crate::index::{EventId, TaskId};
use crate::trace::{PythonVersion, What};

/// How far a cancellation is passed on: about as far as CPython's stack allows it.
const MAX_DEPTH: u32 = 990;

impl Context {
    /// Whether a cancellation was passed on too far since this was asked last: then CPython raises
    /// `RecursionError`.
    pub(crate) fn cancel_went_too_deep(&self) -> bool {
        self.core().cancel_too_deep.replace(false)
    }
}

impl dyn AnyFuture {
    /// Asks for the cancellation of a future of any kind.
    ///
    /// Tasks that wait for each other in a circle would pass it on for ever: that is given up, and
    /// [`Context::cancel_went_too_deep`] tells.
    pub(super) fn cancel(self: &Rc<Self>, message: Option<Message>) -> bool {
        let core = self.base().cx.core();
        let depth = core.cancel_depth.get();
        if depth == 0 {
            core.cancel_too_deep.set(false);
        }
        // In CPython the error goes up at once: nobody on the way asks another child.
        if depth >= MAX_DEPTH || core.cancel_too_deep.get() {
            core.cancel_too_deep.set(true);
            return true;
        }
        core.cancel_depth.set(depth + 1);
        let taken = self.cancel_at_depth(message);
        core.cancel_depth.set(depth);
        taken
    }

    fn cancel_at_depth(self: &Rc<Self>, message: Option<Message>) -> bool {
        let base = self.base();
        if base.kind == Kind::Task {
            return self.cancel_task(message);
        }
        if base.state.get() != State::Pending {
            return false;
        }
        if let Some(canceller) = base.canceller() {
            return canceller(message);
        }
        Rc::clone(self).become_cancelled(message);
        true
    }

    fn cancel_task(self: &Rc<Self>, message: Option<Message>) -> bool {
        let base = self.base();
        let core = base.cx.core();
        let accepted = base.state.get() == State::Pending;
        core.record(EventId::NONE, What::CancelRequested { task: base.lane, accepted });
        if !accepted {
            return false;
        }
        base.cancel_requests.set(base.cancel_requests.get() + 1);
        let task = base.task_id.get();
        if core.current.get() == Some(task) || !core.cancel_wait(task, message.clone()) {
            // It runs, is scheduled, or what it waits for refuses: the next step throws.
            let mut tasks = core.tasks.borrow_mut();
            let slot = tasks.slot(task);
            slot.set_must_cancel(true);
            // A sleep that is cancelled already throws what it was cancelled with first.
            let throws_already = slot.is_wait_cancelled();
            drop(tasks);
            if !throws_already {
                base.set_cancel_message(message);
            }
        }
        true
    }
}

impl Base {
    pub(super) fn uncancel(&self) -> u32 {
        let left = self.cancel_requests.get().saturating_sub(1);
        self.cancel_requests.set(left);
        let cx = &self.cx;
        let pending = self.state.get() == State::Pending;
        if left == 0 && pending && cx.config().python >= PythonVersion::V3_13 {
            cx.core().tasks.borrow_mut().slot(self.task_id.get()).set_must_cancel(false);
        }
        left
    }
}

impl Core {
    /// Cancels what a task waits for. False if it waits for nothing that can be cancelled.
    pub(super) fn cancel_wait(&self, task: TaskId, message: Option<Message>) -> bool {
        let (waiting, future) = {
            let mut tasks = self.tasks.borrow_mut();
            let slot = tasks.slot(task);
            (slot.waiting, slot.future.clone())
        };
        match waiting {
            Waiting::Sleep | Waiting::Io | Waiting::Place => {
                self.cancel_leaf(task, message);
                true
            }
            Waiting::Future => future.is_some_and(|future| future.cancel(message)),
            Waiting::Nothing => self.cancel_foreign_wait(task),
            Waiting::Turn | Waiting::Woken | Waiting::Granted => false,
        }
    }

    /// The future of a sleep is cancelled: its awaiter goes on one hop later.
    fn cancel_leaf(&self, task: TaskId, message: Option<Message>) {
        self.tell_task(task);
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        let (was_waiting, timer) = (slot.waiting, slot.wait_event);
        slot.waiting = Waiting::Woken;
        slot.set_wait_cancelled(true);
        let object = slot.held.clone();
        let schedule = slot.schedule();
        drop(tasks);
        if let Some(object) = object {
            object.base().set_cancel_message(message);
        }
        // In CPython the sleeper cancels its timer when it goes on; until then nothing can jump
        // to it, because the sleeper is ready.
        let cause = match was_waiting {
            Waiting::Place => self.last_event(),
            _ => self.record(EventId::NONE, What::TimerCancelled { timer }),
        };
        if was_waiting == Waiting::Sleep {
            self.timer_was_cancelled();
        }
        if schedule {
            self.push_ready(Ready::Step { task, cause });
        }
    }

    /// A task that waits with a waker of another library cannot be thrown at there: it is polled,
    /// and throws at the next leaf of ours. Always false: the task itself must cancel.
    fn cancel_foreign_wait(&self, task: TaskId) -> bool {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if slot.has_waker() && slot.schedule() {
            drop(tasks);
            self.push_ready(Ready::Step { task, cause: self.last_event() });
        }
        false
    }

    /// Schedules a task whose future is done.
    pub(super) fn wake(&self, object: Rc<dyn AnyFuture>, cause: EventId) {
        if object.base().state.get() != State::Pending {
            return;
        }
        let task = object.base().task_id.get();
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        let before = slot.held.replace(object);
        let schedule = slot.schedule();
        drop(tasks);
        drop(before);
        if schedule {
            self.push_ready(Ready::Step { task, cause });
        }
    }

    /// A future that a task waited for does not keep it alive any more.
    pub(super) fn let_go(&self, task: TaskId, object: Rc<dyn AnyFuture>) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if !slot.is_used() {
            // The task is done, and this is its coroutine being dropped.
            return;
        }
        slot.waiting = Waiting::Nothing;
        let waited_for = slot.future.take();
        let before = slot.held.replace(object);
        drop(tasks);
        drop((before, waited_for));
    }

    /// What a task waited for is done, and it has taken note.
    pub(super) fn wait_is_over(&self, task: TaskId) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        slot.waiting = Waiting::Nothing;
        let waited_for = slot.future.take();
        drop(tasks);
        drop(waited_for);
    }
}
