//! The await of a future: the leaf that most waits end in.

use std::pin::Pin;
use std::task::{Context as PollContext, Poll};

use super::done::DoneCallback;
use super::table::Waiting;
use super::{Failure, Future};
use crate::index::TaskId;

/// The await of a future.
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct FutureWait<T: 'static> {
    future: Future<T>,
    registered: Registered,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Registered {
    No,
    /// As what that task waits for.
    Task(TaskId),
    /// With a waker of another library.
    Waker,
}

impl<T: 'static> FutureWait<T> {
    pub(super) fn new(future: Future<T>) -> Self {
        Self { future, registered: Registered::No }
    }
}

impl<T: Clone + 'static> std::future::Future for FutureWait<T> {
    type Output = Result<T, Failure>;

    /// A done future gives its result without suspending.
    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.future.0.base.cx.inspecting() {
            return Poll::Pending;
        }
        this.future.0.base.cx.core().tell_future(&this.future.0.base);
        if this.registered != Registered::No {
            let thrown = this.future.0.base.cx.core().take_thrown();
            if let Some(failure) = thrown {
                this.unregister();
                return Poll::Ready(Err(failure));
            }
        }
        if let Some(result) = this.future.told() {
            this.unregister();
            return Poll::Ready(result);
        }
        let core = this.future.0.base.cx.core();
        match (this.registered, core.direct_task(poll.waker())) {
            (Registered::Task(task), _) => {
                // Polled for another reason; what it waits for stays.
                core.tasks.borrow_mut().slot(task).waiting = Waiting::Future;
            }
            (Registered::No, Some(task)) => {
                let mut tasks = core.tasks.borrow_mut();
                let slot = tasks.slot(task);
                slot.waiting = Waiting::Future;
                slot.future = Some(this.future.any());
                // From now on the future keeps the task alive.
                if let Some(object) = slot.held.take() {
                    this.future.0.base.callbacks.borrow_mut().push(DoneCallback::Wake(object));
                }
                this.registered = Registered::Task(task);
            }
            (_, None) => {
                let waker = poll.waker().clone();
                this.future.0.base.callbacks.borrow_mut().push(DoneCallback::Waker(waker));
                this.registered = Registered::Waker;
            }
            (Registered::Waker, Some(_)) => {}
        }
        Poll::Pending
    }
}

impl<T: 'static> Drop for FutureWait<T> {
    /// Given up before it was done (in a `select!`, say): the task is not to be woken by it.
    fn drop(&mut self) {
        self.unregister();
    }
}

impl<T: 'static> FutureWait<T> {
    /// The task does not wait for this any more.
    fn unregister(&mut self) {
        let registered = std::mem::replace(&mut self.registered, Registered::No);
        let Registered::Task(task) = registered else { return };
        let base = &self.future.0.base;
        if self.future.done() {
            base.cx.core().wait_is_over(task);
            return;
        }
        let is_mine = |callback: &DoneCallback| matches!(callback, DoneCallback::Wake(waiter) if waiter.base().task_id.get() == task);
        let removed = base.callbacks.borrow_mut().remove(is_mine);
        let core = base.cx.core();
        for callback in removed {
            if let DoneCallback::Wake(object) = callback {
                core.let_go(task, object);
            }
        }
    }
}
