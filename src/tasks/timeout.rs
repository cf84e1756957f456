//! `asyncio.timeout` and `asyncio.timeout_at`.
//!
//! Source: CPython `Lib/asyncio/timeouts.py` (semantics §8).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::executor::{Context, Failure, Handle, TaskRef};
use crate::time::{Duration, Instant};

/// Limits how long a part of a task may take: when its time is over, the task is cancelled, and
/// what leaves the part is a `TimeoutError` instead. Clones are the same timeout.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::tasks::Timeout;
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let timeout = Timeout::after(&cx, Duration::from_millis(500));
///     timeout.run(cx.sleep(Duration::from_secs(60))).await
/// });
/// assert_eq!(ended.unwrap().unwrap_err().to_string(), "TimeoutError");
/// assert_eq!(event_loop.context().now().to_string(), "500ms");
/// ```
#[derive(Clone, Debug)]
pub struct Timeout(Rc<Inner>);

#[derive(Debug)]
struct Inner {
    cx: Context,
    state: Cell<State>,
    when: Cell<Option<Instant>>,
    /// Which reading of the clock the first deadline was computed from.
    stamp: Cell<Option<u64>>,
    timer: RefCell<Option<Handle>>,
    task: RefCell<Option<TaskRef>>,
    /// `cancelling()` of the task when it was entered.
    cancelling: Cell<u32>,
}

/// How far a [`Timeout`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not entered.
    Created,
    /// Entered.
    Active,
    /// Its time is over, and the task is cancelled.
    Expiring,
    /// Left after that.
    Expired,
    /// Left before.
    Finished,
}

impl State {
    /// The word that CPython has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Finished => "finished",
        }
    }
}

/// What a timeout or a task group is not made for: a `RuntimeError` with that message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Misuse(pub String);

impl Misuse {
    pub(super) fn new(message: &str) -> Self {
        Self(message.to_owned())
    }
}

impl From<Misuse> for Failure {
    fn from(misuse: Misuse) -> Self {
        Self::raised("RuntimeError", &misuse.0)
    }
}

impl Timeout {
    /// One that is over a while after now.
    pub fn after(cx: &Context, delay: Duration) -> Self {
        let stamp = cx.stamp();
        Self::new(cx, Some(cx.now() + delay), Some(stamp))
    }

    /// One that is over at an instant, or never.
    pub fn at(cx: &Context, when: Option<Instant>) -> Self {
        Self::new(cx, when, None)
    }

    fn new(cx: &Context, when: Option<Instant>, stamp: Option<u64>) -> Self {
        Self(Rc::new(Inner {
            cx: cx.clone(),
            state: Cell::new(State::Created),
            when: Cell::new(when),
            stamp: Cell::new(stamp),
            timer: RefCell::default(),
            task: RefCell::default(),
            cancelling: Cell::new(0),
        }))
    }

    /// How far it is.
    pub fn state(&self) -> State {
        self.0.state.get()
    }

    /// When its time is over.
    pub fn when(&self) -> Option<Instant> {
        self.0.when.get()
    }

    /// Whether its time was over before it was left.
    pub fn expired(&self) -> bool {
        matches!(self.state(), State::Expiring | State::Expired)
    }

    /// Begins, in the current task.
    ///
    /// # Errors
    /// [`Misuse`] when it was entered before, or outside of a task.
    pub fn enter(&self) -> Result<(), Misuse> {
        let inner = &self.0;
        if inner.state.get() != State::Created {
            return Err(Misuse::new("Timeout has already been entered"));
        }
        let Some(task) = inner.cx.current_task() else {
            return Err(Misuse::new("Timeout should be used inside a task"));
        };
        inner.state.set(State::Active);
        inner.cancelling.set(task.cancelling());
        *inner.task.borrow_mut() = Some(task);
        self.set_timer();
        Ok(())
    }

    /// Gives it another deadline, or none.
    ///
    /// # Errors
    /// [`Misuse`] unless it is entered and its time is not over.
    pub fn reschedule(&self, when: Option<Instant>) -> Result<(), Misuse> {
        match self.state() {
            State::Active => {}
            State::Created => return Err(Misuse::new("Timeout has not been entered")),
            state => {
                let name = state.name();
                return Err(Misuse(format!("Cannot change state of {name} Timeout")));
            }
        }
        self.0.when.set(when);
        self.0.stamp.set(None);
        self.set_timer();
        Ok(())
    }

    fn set_timer(&self) {
        self.cancel_timer();
        let Some(when) = self.0.when.get() else { return };
        let (cx, weak) = (&self.0.cx, Rc::downgrade(&self.0));
        let fire = move |_: &Context| {
            if let Some(inner) = weak.upgrade() {
                Self(inner).fire();
            }
        };
        let name = "Timeout._on_timeout";
        let timer = if when <= cx.now() {
            cx.call_soon(name, fire)
        } else if let Some(stamp) = self.0.stamp.get() {
            cx.call_at_stamp(when, stamp, name, fire)
        } else {
            cx.call_at(when, name, fire)
        };
        *self.0.timer.borrow_mut() = Some(timer);
    }

    fn cancel_timer(&self) {
        let timer = self.0.timer.borrow_mut().take();
        if let Some(timer) = timer {
            timer.cancel();
        }
    }

    fn fire(&self) {
        let task = self.0.task.borrow().clone();
        if let Some(task) = task {
            task.cancel(None);
        }
        self.0.state.set(State::Expiring);
        drop(self.0.timer.borrow_mut().take());
    }

    /// Ends. Whether what leaves it, if that is a cancellation, is to be a `TimeoutError` instead,
    /// and if it is another error, has one behind it (from 3.13 on).
    pub fn exit(&self) -> bool {
        self.cancel_timer();
        let task = self.0.task.borrow_mut().take();
        match self.state() {
            State::Expiring => {
                self.0.state.set(State::Expired);
                let left = task.map_or(0, |task| task.uncancel());
                left <= self.0.cancelling.get()
            }
            State::Active => {
                self.0.state.set(State::Finished);
                false
            }
            _ => false,
        }
    }

    /// Runs something inside of it.
    ///
    /// # Errors
    /// `TimeoutError` when the time was over first, [`Misuse`], and whatever `body` fails with.
    pub async fn run<T>(
        &self,
        body: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.enter()?;
        let result = body.await;
        let is_over = self.exit();
        match result {
            Err(failure @ Failure::Cancelled(_)) if is_over => {
                Err(Failure::raised_from("TimeoutError", "", failure))
            }
            result => result,
        }
    }
}
