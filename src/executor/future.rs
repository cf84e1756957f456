//! asyncio's futures and tasks.
//!
//! A task *is* a future, so both are one kind of object here, reference-counted as in CPython: the
//! ready queue, timers and the callbacks of futures keep alive what CPython's keep alive.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use super::awaiting::FutureWait;
use super::callbacks::Callback;
use super::core::Ready;
use super::done::{Callbacks, DoneCallback};
use super::{Context, Failure, Message, Task};
use crate::index::{EventId, FutureId, JobId, LaneId, SiteId, TaskId};
use crate::trace::What;
use crate::trace::event::{End, Wait};

/// A value that is not there yet: asyncio's `Future`. Clones are the same future.
pub struct Future<T>(pub(super) Rc<Inner<T>>);

/// A result was asked for too early, or given too late: asyncio's `InvalidStateError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InvalidState {
    /// There is no result yet.
    #[error("Result is not set.")]
    NotDone,
    /// There is one already.
    #[error("invalid state")]
    Done,
}

/// asyncio's three states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Pending,
    Finished,
    Cancelled,
}

/// What a future stands for, as far as the trace tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Task,
    /// Made by hand.
    Plain,
    Gather,
    Job(JobId),
    /// A place in something that lets tasks wait: in those words.
    Place(&'static str),
}

pub(super) struct Inner<T> {
    pub(super) base: Base,
    value: RefCell<Option<Result<T, Failure>>>,
}

/// All of a future but its value.
pub(super) struct Base {
    pub(super) cx: Context,
    pub(super) state: Cell<State>,
    pub(super) kind: Kind,
    pub(super) id: FutureId,
    /// Of a task: its place in the table while it is not done.
    pub(super) task_id: Cell<TaskId>,
    pub(super) lane: LaneId,
    /// The loop that it belongs to.
    pub(super) loop_number: Cell<u32>,
    /// Of a task: the N of `Task-N`.
    number: u32,
    /// Of a task: `cancelling()`.
    pub(super) cancel_requests: Cell<u32>,
    mark: Cell<FutureId>,
    /// Where in the program it was made.
    pub(super) made_at: SiteId,
    /// Of a task: a number that whoever made it knows it by.
    pub(super) label: Cell<u32>,
    pub(super) callbacks: RefCell<Callbacks>,
    /// What few futures have.
    rare: RefCell<Option<Box<Rare>>>,
}

#[derive(Default)]
pub(super) struct Rare {
    pub(super) name: Option<Box<str>>,
    cancel_message: Option<Message>,
    /// What `cancel()` does instead of the usual.
    canceller: Option<Rc<Canceller>>,
}

/// What `cancel()` of a future does instead of the usual; says whether it took it.
type Canceller = dyn Fn(Option<Message>) -> bool;

/// A future of any value.
pub(super) trait AnyFuture {
    fn base(&self) -> &Base;
    /// Whether it is done with an exception or cancelled.
    fn failed(&self) -> bool;
    /// Whether it is done and what it holds is a cancellation.
    fn was_cancelled(&self) -> bool;
    /// Why there is no result, if it is done and there is none.
    fn failure(&self) -> Option<Failure>;
    /// Makes a pending one cancelled, without asking its kind.
    fn become_cancelled(self: Rc<Self>, message: Option<Message>);
    /// Of a task whose coroutine ended: takes over what it left. With `cancelled`, the result is
    /// lost to a cancellation that came while it ran.
    fn finish(self: Rc<Self>, cancelled: bool);
    /// Adds a callback; of a done future it is scheduled at once.
    fn when_done(self: Rc<Self>, callback: DoneCallback);
    /// Itself, to find out what value it is of.
    fn into_any(self: Rc<Self>) -> Rc<dyn std::any::Any>;
}

impl<T: 'static> AnyFuture for Inner<T> {
    fn base(&self) -> &Base {
        &self.base
    }

    fn when_done(self: Rc<Self>, callback: DoneCallback) {
        self.call_when_done(callback);
    }

    fn into_any(self: Rc<Self>) -> Rc<dyn std::any::Any> {
        self
    }

    fn failed(&self) -> bool {
        matches!(&*self.value.borrow(), Some(Err(_)))
    }

    fn was_cancelled(&self) -> bool {
        matches!(&*self.value.borrow(), Some(Err(Failure::Cancelled(_))))
    }

    fn failure(&self) -> Option<Failure> {
        self.value.borrow().as_ref()?.as_ref().err().cloned()
    }

    fn become_cancelled(self: Rc<Self>, message: Option<Message>) {
        self.base.set_cancel_message(message.clone());
        self.resolve(Err(Failure::Cancelled(message)), State::Cancelled);
    }

    fn finish(self: Rc<Self>, cancelled: bool) {
        let left = self.value.borrow_mut().take();
        let result = match left {
            Some(result) if !cancelled || result.is_err() => {
                self.base.set_cancel_message(None);
                result
            }
            _ => Err(Failure::Cancelled(self.base.cancel_message())),
        };
        if let Err(failure) = &result
            && failure.is_fatal()
        {
            self.base.cx.core().escape(failure.clone());
        }
        let cancelled = matches!(result, Err(Failure::Cancelled(_)));
        self.resolve(result, if cancelled { State::Cancelled } else { State::Finished });
    }
}

impl<T: 'static> Inner<T> {
    /// The coroutine's last act.
    pub(super) fn leave_result(&self, result: Result<T, Failure>) {
        *self.value.borrow_mut() = Some(result);
    }

    /// Makes it done, and nobody hears of it.
    pub(super) fn end_quietly(&self, result: Result<T, Failure>) {
        let cancelled = matches!(result, Err(Failure::Cancelled(_)));
        *self.value.borrow_mut() = Some(result);
        self.base.cx.core().tell_future(&self.base);
        self.base.state.set(if cancelled { State::Cancelled } else { State::Finished });
    }

    /// Makes it done and schedules its callbacks: one hop, in order of registration.
    fn resolve(self: &Rc<Self>, result: Result<T, Failure>, state: State) {
        let end = match &result {
            Ok(_) => End::Returned,
            Err(Failure::Raised(_)) => End::Raised,
            Err(Failure::Cancelled(_)) => End::Cancelled,
        };
        *self.value.borrow_mut() = Some(result);
        self.base.state.set(state);
        let core = self.base.cx.core();
        core.tell_future(&self.base);
        let event = match self.base.kind {
            Kind::Task => core.record(EventId::NONE, What::TaskFinished { end }),
            _ => core.record(EventId::NONE, What::FutureResolved { future: self.base.id, end }),
        };
        let callbacks = std::mem::take(&mut *self.base.callbacks.borrow_mut());
        callbacks.for_each(|callback| self.schedule(callback, event));
    }

    fn schedule(self: &Rc<Self>, callback: DoneCallback, cause: EventId) {
        let core = self.base.cx.core();
        match callback {
            DoneCallback::Wake(task) => core.wake(task, cause),
            DoneCallback::Call(callback, name, _) => {
                // As in CPython, the handle keeps the future until the callback has run.
                let keeps = Rc::clone(self) as Rc<dyn AnyFuture>;
                core.call_when_done(callback, name, Some(keeps), cause);
            }
            DoneCallback::Waker(waker) => waker.wake(),
            // One that ends the loop by itself does not stop it a second time.
            DoneCallback::Stop if self.failure().is_some_and(|failure| failure.is_fatal()) => {}
            DoneCallback::Stop => core.push_ready(Ready::Stop),
        }
    }

    /// Adds a callback; of a done future it is scheduled at once.
    fn call_when_done(self: &Rc<Self>, callback: DoneCallback) {
        if self.base.state.get() == State::Pending {
            self.base.callbacks.borrow_mut().push(callback);
        } else {
            self.schedule(callback, self.base.cx.core().last_event());
        }
    }
}

impl Base {
    /// What the trace says of a task that waits for this.
    pub(super) fn wait(&self) -> Wait {
        match self.kind {
            Kind::Task => Wait::Task(self.lane),
            Kind::Plain => Wait::Future(self.id),
            Kind::Gather => Wait::Gather(self.id),
            Kind::Job(job) => Wait::Job(job),
            Kind::Place(_) => Wait::Future(self.id),
        }
    }

    pub(super) fn rare<R>(&self, with: impl FnOnce(&mut Rare) -> R) -> R {
        with(self.rare.borrow_mut().get_or_insert_default())
    }

    pub(super) fn set_cancel_message(&self, message: Option<Message>) {
        if message.is_some() || self.rare.borrow().is_some() {
            self.rare(|rare| rare.cancel_message = message);
        }
    }

    pub(super) fn cancel_message(&self) -> Option<Message> {
        self.rare.borrow().as_ref()?.cancel_message.clone()
    }

    pub(super) fn take_cancel_message(&self) -> Option<Message> {
        self.rare.borrow_mut().as_mut()?.cancel_message.take()
    }

    pub(super) fn canceller(&self) -> Option<Rc<Canceller>> {
        self.rare.borrow().as_ref()?.canceller.clone()
    }

    /// That task, if it waits for this.
    pub(super) fn waiter(&self, task: TaskId) -> Option<Rc<dyn AnyFuture>> {
        let is_it = |callback: &DoneCallback| match callback {
            DoneCallback::Wake(waiter) if waiter.base().task_id.get() == task => {
                Some(Rc::clone(waiter))
            }
            _ => None,
        };
        match &*self.callbacks.borrow() {
            Callbacks::None => None,
            Callbacks::One(callback) => is_it(callback),
            Callbacks::Many(all) => all.iter().find_map(is_it),
        }
    }

    /// A task's name.
    pub(super) fn name(&self) -> String {
        let rare = self.rare.borrow();
        let given = rare.as_ref().and_then(|rare| rare.name.as_deref());
        given.map_or_else(|| format!("Task-{}", self.number), str::to_owned)
    }
}

impl<T> Clone for Future<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> fmt::Debug for Future<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Future({:?}, {:?})", self.0.base.kind, self.0.base.state.get())
    }
}

impl<T: 'static> Future<T> {
    pub(super) fn new(cx: &Context, kind: Kind) -> Self {
        Self::of(cx, kind, cx.core().next_future_id(), LaneId::LOOP, 0, None)
    }

    pub(super) fn task(cx: &Context, name: Option<&str>, number: u32, lane: LaneId) -> Self {
        Self::of(cx, Kind::Task, FutureId(0), lane, number, name)
    }

    fn of(
        cx: &Context,
        kind: Kind,
        id: FutureId,
        lane: LaneId,
        number: u32,
        name: Option<&str>,
    ) -> Self {
        let rare = name.map(|name| Box::new(Rare { name: Some(name.into()), ..Rare::default() }));
        let base = Base {
            cx: cx.clone(),
            state: Cell::new(State::Pending),
            kind,
            id,
            task_id: Cell::new(TaskId(u32::MAX)),
            lane,
            loop_number: Cell::new(cx.core().loop_number.get()),
            number,
            cancel_requests: Cell::new(0),
            mark: Cell::new(FutureId(u32::MAX)),
            made_at: cx.core().site.get(),
            label: Cell::new(u32::MAX),
            callbacks: RefCell::default(),
            rare: RefCell::new(rare),
        };
        Self(Rc::new(Inner { base, value: RefCell::new(None) }))
    }

    /// Whether it is done: finished or cancelled.
    pub fn done(&self) -> bool {
        self.0.base.state.get() != State::Pending
    }

    /// The number of the loop that it belongs to.
    pub(crate) fn loop_number(&self) -> u32 {
        self.0.base.loop_number.get()
    }

    /// It belongs to the loop of that number.
    pub(crate) fn set_loop_number(&self, number: u32) {
        self.0.base.loop_number.set(number);
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        self.0.base.state.get() == State::Cancelled
    }

    /// How it ended: `None` while it is pending.
    pub fn peek<R>(&self, look: impl FnOnce(&Result<T, Failure>) -> R) -> Option<R> {
        self.done().then(|| self.0.value.borrow().as_ref().map(look))?
    }

    /// Its result, or why there is none.
    pub fn result(&self) -> Result<Result<T, Failure>, InvalidState>
    where
        T: Clone,
    {
        self.told().ok_or(InvalidState::NotDone)
    }

    /// Its result, told to one who asks: only the first one is given the very exception that ended
    /// a task by cancellation, later ones a new one.
    ///
    /// Source: `Future._make_cancelled_error`.
    pub(crate) fn told(&self) -> Option<Result<T, Failure>>
    where
        T: Clone,
    {
        let result = self.peek(Clone::clone)?;
        if self.cancelled() {
            *self.0.value.borrow_mut() = Some(Err(self.cancellation()));
        }
        Some(result)
    }

    /// A new exception for one that is cancelled.
    pub(crate) fn cancellation(&self) -> Failure {
        Failure::Cancelled(self.0.base.cancel_message())
    }

    /// Gives it a result.
    pub fn set_result(&self, value: T) -> Result<(), InvalidState> {
        self.set(Ok(value))
    }

    /// Gives it an exception.
    pub fn set_exception(&self, failure: Failure) -> Result<(), InvalidState> {
        self.set(Err(failure))
    }

    /// Gives it a result or an exception. With a cancellation for an exception it has failed, and
    /// is not itself cancelled: as with asyncio's `set_exception(CancelledError())`.
    pub fn set(&self, result: Result<T, Failure>) -> Result<(), InvalidState> {
        if self.done() {
            return Err(InvalidState::Done);
        }
        self.0.resolve(result, State::Finished);
        Ok(())
    }

    /// Asks for its cancellation. False if it is done, or will not be cancelled.
    ///
    /// Source: `Future.cancel`, `Task.cancel`, `_GatheringFuture.cancel`.
    pub fn cancel(&self, message: Option<Message>) -> bool {
        self.any().cancel(message)
    }

    /// Calls something when it is done, one hop later; at once scheduled if it is done already.
    /// Returns a number to remove it by.
    pub fn add_done_callback(
        &self,
        name: &str,
        callback: impl FnOnce(&Context, &Self) + 'static,
    ) -> DoneId {
        let core = self.0.base.cx.core();
        let id = super::core::count_up(&core.next_done_callback);
        let future = Rc::downgrade(&self.0);
        let call: Callback = Box::new(move |cx| {
            if let Some(future) = future.upgrade() {
                callback(cx, &Self(future));
            }
        });
        self.0.call_when_done(DoneCallback::Call(call, core.name(name), id));
        DoneId(id)
    }

    /// Takes a callback off again; false if it was not there any more.
    pub fn remove_done_callback(&self, id: DoneId) -> bool {
        let wanted = |callback: &DoneCallback| matches!(callback, DoneCallback::Call(_, _, number) if *number == id.0);
        let removed = self.0.base.callbacks.borrow_mut().remove(wanted);
        !removed.is_empty()
    }

    /// Awaits it.
    pub fn wait(&self) -> FutureWait<T> {
        FutureWait::new(self.clone())
    }

    /// Whether both are the same future.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    /// Puts a mark on it and tells whether it was another one before: so somebody who looks at
    /// many futures knows which he has seen.
    pub(crate) fn mark(&self, mark: FutureId) -> bool {
        self.0.base.mark.replace(mark) != mark
    }

    /// Its number among the futures that are not tasks.
    pub(crate) fn id(&self) -> FutureId {
        self.0.base.id
    }

    /// A number that tells it from others that exist at the same time; never to be shown.
    pub(crate) fn address(&self) -> usize {
        Rc::as_ptr(&self.0).addr()
    }

    /// The task that this future is, if it is one.
    pub fn as_task(&self) -> Option<Task<T>> {
        (self.0.base.kind == Kind::Task).then(|| Task(self.clone()))
    }

    /// Makes `cancel()` do something of its own.
    pub(crate) fn on_cancel(&self, canceller: impl Fn(Option<Message>) -> bool + 'static) {
        self.0.base.rare(|rare| rare.canceller = Some(Rc::new(canceller)));
    }

    /// Stops the loop when it is done.
    pub(super) fn stop_when_done(&self) {
        self.0.call_when_done(DoneCallback::Stop);
    }

    /// Does not stop the loop any more.
    pub(super) fn do_not_stop(&self) {
        let is_stop = |callback: &DoneCallback| matches!(callback, DoneCallback::Stop);
        let removed = self.0.base.callbacks.borrow_mut().remove(is_stop);
        drop(removed);
    }

    /// What happens when it is done, in order.
    pub(crate) fn waiting_callbacks(&self) -> Vec<super::done::Callback> {
        self.0.base.callbacks.borrow().iter().map(DoneCallback::kind).collect()
    }

    /// Where in the program it was made.
    pub(crate) fn made_at(&self) -> SiteId {
        self.0.base.made_at
    }

    pub(super) fn any(&self) -> Rc<dyn AnyFuture> {
        Rc::clone(&self.0) as Rc<dyn AnyFuture>
    }
}

/// Names a callback given to [`Future::add_done_callback`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoneId(pub(super) u32);

impl<T> Drop for Inner<T> {
    /// A task that nobody can wake any more goes with its coroutine.
    fn drop(&mut self) {
        let abandoned = self.base.kind == Kind::Task && self.base.state.get() == State::Pending;
        if abandoned && self.base.task_id.get() != TaskId(u32::MAX) {
            self.base.cx.core().abandon_task(&self.base);
        }
    }
}
