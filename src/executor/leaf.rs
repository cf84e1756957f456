//! Leaves: what suspends a coroutine in the end, besides the await of a future.
//!
//! In CPython a sleep is a future with a timer that resolves it: the timer's handle runs in one
//! iteration, the sleeper in the next. Here the future is not made, but the two handles are: nobody
//! else can hold that future, so it can be a state of the waiting task.

use std::fmt;
use std::pin::Pin;
use std::task::{Context as PollContext, Poll};

use futures::FutureExt as _;

use super::FutureWait;
use super::agenda::{Label, Outside};
use super::core::{Core, Ready};
use super::table::Waiting;
use super::timers::{Target, Timer};
use super::{Context, Failure, Handle};
use crate::index::{EventId, TaskId};
use crate::time::Duration;
use crate::trace::What;

/// Suspends for a while. Fails when the task is cancelled.
#[must_use = "futures do nothing unless polled"]
pub struct Sleep {
    cx: Context,
    state: State,
}

/// Waits for an outside party. Fails when the task is cancelled.
#[must_use = "futures do nothing unless polled"]
pub struct Io {
    cx: Context,
    state: State,
}

enum State {
    New(Duration),
    /// The wait of that number of the task.
    Direct(TaskId, u32),
    /// Inside a future of another library, so with a future of its own.
    Indirect(Box<(FutureWait<()>, Option<Handle>)>),
    Over,
}

impl Sleep {
    pub(super) fn new(cx: Context, delay: Duration) -> Self {
        Self { cx, state: State::New(delay) }
    }
}

impl Io {
    pub(super) fn new(cx: Context, delay: Duration) -> Self {
        Self { cx, state: State::New(delay) }
    }
}

impl fmt::Debug for Sleep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sleep")
    }
}

impl fmt::Debug for Io {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Io")
    }
}

impl Future for Sleep {
    type Output = Result<(), Failure>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let core = this.cx.core();
        match &mut this.state {
            State::New(delay) => {
                let delay = *delay;
                if core.inspecting.get() {
                    return Poll::Pending;
                }
                this.state = match core.begin_sleep(poll.waker(), delay) {
                    Some(state) => state,
                    None => indirect_sleep(&this.cx, delay, poll),
                };
                Poll::Pending
            }
            state => resume(core, state, poll),
        }
    }
}

impl Future for Io {
    type Output = Result<(), Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        let core = this.cx.core();
        match &mut this.state {
            State::New(delay) => {
                let delay = *delay;
                if core.inspecting.get() {
                    return Poll::Pending;
                }
                this.state = match core.direct_task(poll.waker()) {
                    Some(task) => core.begin_io(task, delay),
                    None => indirect_io(&this.cx, delay, poll),
                };
                Poll::Pending
            }
            state => resume(core, state, poll),
        }
    }
}

/// Polls a leaf that was polled before.
#[inline]
fn resume(core: &Core, state: &mut State, poll: &mut PollContext<'_>) -> Poll<Result<(), Failure>> {
    match state {
        State::Direct(task, wait) => {
            if core.inspecting.get() {
                return Poll::Pending;
            }
            let result = core.resume_wait(*task, *wait);
            if result.is_ready() {
                *state = State::Over;
            }
            result
        }
        State::Indirect(indirect) => {
            let result = indirect.0.poll_unpin(poll);
            if result.is_ready() {
                *state = State::Over;
            }
            result
        }
        State::New(_) | State::Over => Poll::Pending,
    }
}

/// A sleep beside other waits of one task: a future, and a timer that resolves it.
fn indirect_sleep(cx: &Context, delay: Duration, poll: &mut PollContext<'_>) -> State {
    let future = cx.create_future();
    let resolved = future.clone();
    let resolve = move |_: &Context| {
        // Cancelled in the meantime: nothing to do.
        resolved.set_result(()).unwrap_or_default();
    };
    let handle = if delay.is_zero() {
        cx.call_soon("sleep", resolve)
    } else {
        cx.call_later(delay, "sleep", resolve)
    };
    let mut wait = future.wait();
    let pending = wait.poll_unpin(poll);
    debug_assert!(pending.is_pending(), "nothing ran since the future was made");
    State::Indirect(Box::new((wait, Some(handle))))
}

fn indirect_io(cx: &Context, delay: Duration, poll: &mut PollContext<'_>) -> State {
    let future = cx.create_future();
    let resolved = future.clone();
    let started = cx.record(EventId::NONE, What::IoStarted { until: cx.now() + delay });
    let name = "io".into();
    cx.outside_at(cx.now() + delay, &name, move |cx| {
        cx.post("io", started, move |_| resolved.set_result(()).unwrap_or_default());
    });
    let mut wait = future.wait();
    let pending = wait.poll_unpin(poll);
    debug_assert!(pending.is_pending(), "nothing ran since the future was made");
    State::Indirect(Box::new((wait, None)))
}

impl Core {
    /// The current task, if a leaf polled with `waker` stands directly in it and it waits for
    /// nothing else yet.
    #[inline]
    pub(super) fn direct_task(&self, waker: &std::task::Waker) -> Option<TaskId> {
        let task = self.current.get()?;
        if !self.is_shared(waker) {
            return None;
        }
        self.tasks.borrow_mut().slot(task).waiting.is_nothing().then_some(task)
    }

    /// Sets the timer of a sleep, if the leaf stands directly in the current task.
    #[inline]
    fn begin_sleep(&self, waker: &std::task::Waker, delay: Duration) -> Option<State> {
        let task = self.current.get()?;
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if !slot.waiting.is_nothing() || !self.is_shared(waker) {
            return None;
        }
        slot.wait_number = slot.wait_number.wrapping_add(1);
        let wait = slot.wait_number;
        if delay.is_zero() {
            slot.waiting = Waiting::Turn;
            return Some(State::Direct(task, wait));
        }
        let deadline = self.now.get() + delay;
        slot.waiting = Waiting::Sleep;
        slot.wait_event = self.record(EventId::NONE, What::TimerSet { deadline });
        let timer = Timer {
            deadline: deadline.as_nanos(),
            stamp: self.read_clock(),
            target: Target::task(task, wait),
        };
        self.timers.borrow_mut().push(timer);
        Some(State::Direct(task, wait))
    }

    fn begin_io(&self, task: TaskId, delay: Duration) -> State {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        slot.wait_number = slot.wait_number.wrapping_add(1);
        let (wait, until) = (slot.wait_number, self.now.get() + delay);
        slot.waiting = Waiting::Io;
        slot.wait_event = self.record(EventId::NONE, What::IoStarted { until });
        let spread = self.next_spread.take();
        let answer = Outside::Answer { task, wait, started: slot.wait_event, spread };
        self.agenda.borrow_mut().push(until, slot.wait_event, Label::Task(task), answer);
        State::Direct(task, wait)
    }

    /// Whether the wait of a leaf is over, and how.
    #[inline]
    fn resume_wait(&self, task: TaskId, wait: u32) -> Poll<Result<(), Failure>> {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if let Some(failure) = self.take_thrown() {
            slot.waiting = Waiting::Nothing;
            return Poll::Ready(Err(failure));
        }
        if slot.wait_number != wait || !slot.waiting.is_nothing() {
            return Poll::Pending;
        }
        slot.waiting = Waiting::Nothing;
        Poll::Ready(Ok(()))
    }

    /// The timer of a sleep: its handle runs, and the sleeper is scheduled.
    #[inline]
    pub(super) fn sleep_is_over(&self, task: TaskId, wait: u32) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if slot.wait_number != wait || slot.waiting != Waiting::Sleep {
            return;
        }
        slot.waiting = Waiting::Woken;
        let set = slot.wait_event;
        let schedule = slot.schedule();
        drop(tasks);
        let cause = self.record_loop(set, What::TimerFired);
        if schedule {
            self.push_ready(Ready::Step { task, cause });
        }
    }

    /// An answer from outside: its handle runs, and the task is scheduled.
    pub(super) fn io_is_ready(&self, task: TaskId, wait: u32, started: EventId) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if slot.wait_number != wait || slot.waiting != Waiting::Io {
            return;
        }
        slot.waiting = Waiting::Woken;
        let schedule = slot.schedule();
        drop(tasks);
        let cause = self.record_loop(started, What::IoReady);
        if schedule {
            self.push_ready(Ready::Step { task, cause });
        }
    }

    /// Whether a timer or an answer would find its task still waiting for it.
    #[inline]
    pub(super) fn still_waits(&self, task: TaskId, wait: u32) -> bool {
        self.tasks.borrow().still_waits(task, wait)
    }

    /// A leaf is dropped while it waits: it was given up.
    fn give_up_wait(&self, task: TaskId, wait: u32) {
        let mut tasks = self.tasks.borrow_mut();
        let slot = tasks.slot(task);
        if slot.wait_number != wait {
            return;
        }
        let was_asleep = matches!(slot.waiting, Waiting::Sleep);
        if was_asleep || matches!(slot.waiting, Waiting::Io | Waiting::Turn) {
            slot.waiting = Waiting::Nothing;
        }
        let timer = slot.wait_event;
        drop(tasks);
        if was_asleep {
            self.record(EventId::NONE, What::TimerCancelled { timer });
            self.timer_was_cancelled();
        }
    }
}

impl Drop for Sleep {
    #[inline]
    fn drop(&mut self) {
        drop_state(&self.cx, &mut self.state);
    }
}

impl Drop for Io {
    fn drop(&mut self) {
        drop_state(&self.cx, &mut self.state);
    }
}

#[inline]
fn drop_state(cx: &Context, state: &mut State) {
    match state {
        State::Direct(task, wait) => cx.core().give_up_wait(*task, *wait),
        State::Indirect(indirect) => {
            if let Some(handle) = &indirect.1 {
                handle.cancel();
            }
        }
        State::New(_) | State::Over => {}
    }
}
