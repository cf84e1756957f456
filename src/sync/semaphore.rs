//! `asyncio.Semaphore` and `asyncio.BoundedSemaphore`.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as PollContext, Poll, ready};

use super::line::{Identity, Line};
use crate::executor::{Context, Failure, PlaceWait, ToldWait, WaitEnd};
use crate::index::{EventId, LaneId};
use crate::trace::PythonVersion;
use crate::trace::event::Change;

/// How many holders are known by name; more make no difference to who reads it.
const MOST_HOLDERS: usize = 8;

/// A number of permits: asyncio's `Semaphore` and `BoundedSemaphore`. Clones are the same
/// semaphore.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::sync::Semaphore;
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let gate = Semaphore::new(event_loop.context(), "gate", 2);
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let tasks = [(); 6].map(|()| {
///         let (cx, gate) = (cx.clone(), gate.clone());
///         cx.clone().create_task(None, "call", async move {
///             let _permit = gate.hold().await?;
///             cx.sleep(Duration::from_secs(1)).await
///         })
///     });
///     for task in tasks {
///         task.wait().await?;
///     }
///     Ok(())
/// });
/// ended.unwrap().unwrap();
/// assert_eq!(event_loop.context().now().to_string(), "3s");
/// ```
#[derive(Clone)]
pub struct Semaphore(Rc<Inner>);

struct Inner {
    identity: Identity,
    value: Cell<u64>,
    /// The most permits there may be.
    bound: Option<u64>,
    holders: RefCell<Vec<LaneId>>,
    line: Line,
}

impl fmt::Debug for Semaphore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Semaphore({}, {})", self.0.identity.label(), self.value())
    }
}

impl Semaphore {
    /// A semaphore of so many permits. The name is for those who look at the run; it may be empty.
    pub fn new(cx: &Context, name: &str, value: u64) -> Self {
        Self::with(cx, "semaphore", name, value, None)
    }

    /// One that does not take back more permits than it gave.
    pub fn bounded(cx: &Context, name: &str, value: u64) -> Self {
        Self::with(cx, "bounded semaphore", name, value, Some(value))
    }

    fn with(cx: &Context, kind: &'static str, name: &str, value: u64, bound: Option<u64>) -> Self {
        Self(Rc::new(Inner {
            identity: Identity::new(cx, kind, name),
            value: Cell::new(value),
            bound,
            holders: RefCell::default(),
            line: Line::default(),
        }))
    }

    /// How many permits are free.
    pub fn value(&self) -> u64 {
        self.0.value.get()
    }

    /// Whether it is bounded.
    pub fn is_bounded(&self) -> bool {
        self.0.bound.is_some()
    }

    /// How many wait for a permit.
    pub fn waiters(&self) -> usize {
        self.0.line.len()
    }

    /// Whether one who asks now has to wait: no permit is free, or others wait already.
    #[inline]
    pub fn locked(&self) -> bool {
        self.value() == 0 || self.0.line.is_wanted(&self.0.identity)
    }

    /// Takes a permit; without suspending if it is not [`locked`](Self::locked).
    pub fn acquire(&self) -> SemaphoreAcquire {
        SemaphoreAcquire { semaphore: self.clone(), wait: None }
    }

    /// Takes a permit until the guard is dropped.
    pub async fn hold(&self) -> Result<SemaphoreGuard, Failure> {
        self.acquire().await?;
        Ok(SemaphoreGuard(self.clone()))
    }

    /// Gives a permit back, to the first who waits if anybody does.
    ///
    /// # Errors
    /// `ValueError` if it is bounded and has all its permits.
    pub fn release(&self) -> Result<(), Failure> {
        if self.0.bound.is_some_and(|bound| self.value() >= bound) {
            let message = "BoundedSemaphore released too many times";
            return Err(Failure::raised("ValueError", message));
        }
        self.0.value.set(self.value().saturating_add(1));
        self.forget_holder();
        let released = self.changed(Change::Released);
        self.wake_next(released);
        Ok(())
    }

    #[inline]
    fn changed(&self, change: Change) -> EventId {
        let now = usize::try_from(self.value()).unwrap_or(usize::MAX);
        self.0.identity.changed(change, now)
    }

    /// Grants a permit to the first who waits and has none.
    #[inline]
    fn wake_next(&self, cause: EventId) -> bool {
        let woken = self.0.line.wake(&self.0.identity, 1, cause) == 1;
        if woken {
            self.0.value.set(self.value().saturating_sub(1));
        }
        woken
    }

    /// The current task has a permit.
    fn taken(&self) {
        let mut holders = self.0.holders.borrow_mut();
        if holders.len() < MOST_HOLDERS {
            holders.push(self.0.identity.cx.current_lane());
        }
        drop(holders);
        self.changed(Change::Acquired);
    }

    fn forget_holder(&self) {
        let mut holders = self.0.holders.borrow_mut();
        let lane = self.0.identity.cx.current_lane();
        if let Some(at) = holders.iter().position(|holder| *holder == lane) {
            holders.swap_remove(at);
        } else {
            holders.pop();
        }
    }

    /// A wait is over. New ones may have come and had to wait for their turn though permits were
    /// free: as many as there are permits go on; before 3.13 one at most, and none after a
    /// cancellation without a permit.
    fn after_wait(&self, end: WaitEnd) -> Result<(), Failure> {
        let one_by_one = self.0.identity.cx.config().python < PythonVersion::V3_13;
        let gives_back = end.failure.is_some() && end.woken;
        if gives_back {
            self.0.value.set(self.value() + 1);
        }
        if !one_by_one {
            while self.value() > 0 && self.wake_next(EventId::NONE) {}
        } else if gives_back || end.failure.is_none() && self.value() > 0 {
            self.wake_next(EventId::NONE);
        }
        match end.failure {
            Some(failure) => Err(failure),
            None => {
                self.taken();
                Ok(())
            }
        }
    }

    fn told(&self) -> ToldWait {
        let holders = self.0.holders.borrow().clone();
        let held = self.0.identity.held_by(&holders);
        ToldWait { on: format!("a permit of {}{held}", self.0.identity.label()), holders }
    }
}

/// The acquisition of a permit of a [`Semaphore`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct SemaphoreAcquire {
    semaphore: Semaphore,
    wait: Option<PlaceWait>,
}

impl Future for SemaphoreAcquire {
    type Output = Result<(), Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let Self { semaphore, wait } = &mut *self;
        let Inner { identity, line, .. } = &*semaphore.0;
        if identity.tells(|| semaphore.told()) {
            return Poll::Pending;
        }
        let Some(waiting) = wait else {
            if semaphore.locked() {
                *wait = Some(line.enter(identity, poll));
                return Poll::Pending;
            }
            semaphore.0.value.set(semaphore.value() - 1);
            semaphore.taken();
            return Poll::Ready(Ok(()));
        };
        let end = ready!(waiting.poll(poll));
        line.leave(waiting);
        *wait = None;
        Poll::Ready(semaphore.after_wait(end))
    }
}

impl Drop for SemaphoreAcquire {
    /// Given up: a permit that was granted goes to the next.
    fn drop(&mut self) {
        if let Some(wait) = self.wait.take() {
            let state = self.semaphore.0.identity.cx.waiter_state(wait.waiter());
            self.semaphore.0.line.leave(&wait);
            if state == crate::executor::WaiterState::Woken {
                self.semaphore.0.value.set(self.semaphore.value() + 1);
                self.semaphore.wake_next(EventId::NONE);
            }
        }
    }
}

/// Holds a permit of a [`Semaphore`]; gives it back when dropped.
#[derive(Debug)]
#[must_use = "the permit is given back when this is dropped"]
pub struct SemaphoreGuard(Semaphore);

impl Drop for SemaphoreGuard {
    fn drop(&mut self) {
        // Somebody else may have given it back: then a bounded one has all its permits.
        self.0.release().unwrap_or_default();
    }
}
