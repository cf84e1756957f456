//! Tasks: futures whose value a coroutine makes.

use std::fmt;
use std::rc::Rc;

use super::callbacks::Callback;
use super::done::DoneCallback;
use super::future::{AnyFuture, Inner, State};
use super::table::Waiting;
use super::{Context, DoneId, Failure, Future, FutureWait, Message};
use crate::index::{LaneId, SiteId};

/// A future whose value a coroutine makes: asyncio's `Task`. Clones are the same task.
pub struct Task<T>(pub(super) Future<T>);

/// A task of which only that it is one is known.
#[derive(Clone)]
pub struct TaskRef(pub(super) Rc<dyn AnyFuture>);

impl<T> Clone for Task<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> fmt::Debug for Task<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Task({}, {:?})", self.name(), self.0.0.base.state.get())
    }
}

impl fmt::Debug for TaskRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TaskRef({})", self.name())
    }
}

impl<T: 'static> Task<T> {
    /// The future that this task is.
    pub fn future(&self) -> Future<T> {
        self.0.clone()
    }

    /// Asks for its cancellation; false if it is done.
    pub fn cancel(&self, message: Option<Message>) -> bool {
        self.0.cancel(message)
    }

    /// Awaits it.
    pub fn wait(&self) -> FutureWait<T> {
        self.0.wait()
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        self.0.cancelled()
    }

    /// The same task, without its value.
    pub fn as_ref(&self) -> TaskRef {
        TaskRef(self.0.any())
    }

    /// Whether it is done.
    pub fn done(&self) -> bool {
        self.0.done()
    }
}

impl<T> Task<T> {
    /// A number that whoever made it knows it by; `u32::MAX` if it was given none.
    pub(crate) fn label(&self) -> u32 {
        self.0.0.base.label.get()
    }

    /// Gives it such a number.
    pub(crate) fn set_label(&self, label: u32) {
        self.0.0.base.label.set(label);
    }

    /// If it is cancelled before its first step, that step is made all the same, and finds what is
    /// thrown at it with [`Context::take_thrown`](super::Context::take_thrown).
    pub(crate) fn start_even_if_cancelled(&self) {
        let base = &self.0.0.base;
        base.cx.core().tasks.borrow_mut().slot(base.task_id.get()).set_started(true);
    }

    /// Its name: `Task-1`, or what it was given.
    pub fn name(&self) -> String {
        self.0.0.base.name()
    }
}

impl TaskRef {
    /// The same task with its value, if that is what its value is.
    pub fn downcast<T: 'static>(&self) -> Option<Task<T>> {
        let inner = Rc::clone(&self.0).into_any().downcast::<Inner<T>>().ok()?;
        Some(Task(Future(inner)))
    }

    /// Its name: `Task-1`, or what it was given.
    pub fn name(&self) -> String {
        self.0.base().name()
    }

    /// Gives it another name.
    pub fn set_name(&self, name: &str) {
        self.0.base().rare(|rare| rare.name = Some(name.into()));
    }

    /// Whether it is done.
    pub fn done(&self) -> bool {
        self.0.base().state.get() != State::Pending
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        self.0.base().state.get() == State::Cancelled
    }

    /// Asks for its cancellation; false if it is done.
    pub fn cancel(&self, message: Option<Message>) -> bool {
        self.0.cancel(message)
    }

    /// How many requests to cancel it are open.
    pub fn cancelling(&self) -> u32 {
        self.0.base().cancel_requests.get()
    }

    /// Takes one request back and returns how many are left.
    ///
    /// Source: `Task.uncancel`; from 3.13 on the last one also takes back what is not thrown yet.
    pub fn uncancel(&self) -> u32 {
        self.0.base().uncancel()
    }

    /// Its lane in the trace.
    pub fn lane(&self) -> LaneId {
        self.0.base().lane
    }

    /// Why it gave no result, if it is done and gave none.
    pub fn failure(&self) -> Option<Failure> {
        if self.done() { self.0.failure() } else { None }
    }

    /// Calls something when it is done, one hop later.
    pub(crate) fn add_done_callback(
        &self,
        name: &str,
        callback: impl FnOnce(&Context, &Self) + 'static,
    ) -> DoneId {
        let cx = &self.0.base().cx;
        let core = cx.core();
        let id = super::core::count_up(&core.next_done_callback);
        let task = Rc::downgrade(&self.0);
        let call: Callback = Box::new(move |cx| {
            if let Some(task) = task.upgrade() {
                callback(cx, &Self(task));
            }
        });
        Rc::clone(&self.0).when_done(DoneCallback::Call(call, core.name(name), id));
        DoneId(id)
    }

    /// Whether it has made its first step.
    pub(crate) fn has_started(&self) -> bool {
        let base = self.0.base();
        self.done() || base.cx.core().tasks.borrow_mut().slot(base.task_id.get()).is_started()
    }

    /// Where its coroutines are, outermost first; nowhere when it is done or runs.
    pub(crate) fn where_it_is(&self) -> Vec<SiteId> {
        let base = self.0.base();
        if self.done() { Vec::new() } else { base.cx.core().inspect(base.task_id.get()) }
    }

    /// The future that it waits for, with its value, if that is what its value is.
    pub(crate) fn waits_for<T: 'static>(&self) -> Option<Future<T>> {
        let base = self.0.base();
        if self.done() {
            return None;
        }
        let waited = base.cx.core().tasks.borrow_mut().slot(base.task_id.get()).future.clone()?;
        Some(Future(waited.into_any().downcast::<Inner<T>>().ok()?))
    }

    /// What it waits for without a future that anybody could hold: a sleep, an outside party, a
    /// place at a primitive.
    pub(crate) fn waits_alone(&self) -> bool {
        let base = self.0.base();
        if self.done() {
            return false;
        }
        let tasks = base.cx.core().tasks.borrow();
        tasks.is_waiting_alone(base.task_id.get())
    }

    /// Whether it waits for a future of any kind.
    pub(crate) fn waits_for_any(&self) -> bool {
        let base = self.0.base();
        let tasks = &base.cx.core().tasks;
        !self.done() && tasks.borrow_mut().slot(base.task_id.get()).waiting == Waiting::Future
    }

    /// Whether its wait was cancelled, and it has not gone on yet.
    pub(crate) fn wait_is_cancelled(&self) -> bool {
        let base = self.0.base();
        let tasks = &base.cx.core().tasks;
        !self.done() && tasks.borrow_mut().slot(base.task_id.get()).is_wait_cancelled()
    }

    /// Where in the program it was made.
    pub(crate) fn made_at(&self) -> SiteId {
        self.0.base().made_at
    }

    /// Whether both are the same task.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
