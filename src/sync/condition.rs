//! `asyncio.Condition`.

use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as PollContext, Poll, ready};

use super::Lock;
use super::line::{Identity, Line};
use crate::executor::{Context, Failure, PlaceWait, ToldWait};
use crate::index::EventId;
use crate::trace::PythonVersion;
use crate::trace::event::Change;

/// A lock together with a line of tasks that wait to be notified: asyncio's `Condition`. Clones are
/// the same condition.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::sync::Condition;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let condition = Condition::new(event_loop.context(), "news");
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let its = condition.clone();
///     let reader = cx.create_task(None, "reader", async move {
///         its.lock().acquire().await?;
///         its.wait().await?;
///         its.lock().release()
///     });
///     cx.sleep(loopsim::time::Duration::from_secs(1)).await?;
///     condition.lock().acquire().await?;
///     condition.notify(1)?;
///     condition.lock().release()?;
///     reader.wait().await
/// });
/// ended.unwrap().unwrap();
/// ```
#[derive(Clone)]
pub struct Condition(Rc<Inner>);

struct Inner {
    identity: Identity,
    lock: Lock,
    tell: Option<Tell>,
    line: Line,
}

/// Says what those who wait to be notified wait for.
type Tell = Box<dyn Fn() -> ToldWait>;

impl fmt::Debug for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Condition({}, {:?})", self.0.identity.label(), self.0.lock)
    }
}

impl Condition {
    /// A condition with a lock of its own. The name is for those who look at the run; it may be
    /// empty.
    pub fn new(cx: &Context, name: &str) -> Self {
        let identity = Identity::new(cx, "condition", name);
        let lock = Lock::with(Identity::new(cx, "lock of condition", name));
        Self::with(identity, lock, None)
    }

    /// One that is a part of another primitive, which says what its waiters wait for.
    pub(super) fn part_of(whole: &Identity, tell: impl Fn() -> ToldWait + 'static) -> Self {
        Self::with(whole.part(), Lock::with(whole.part()), Some(Box::new(tell)))
    }

    fn with(identity: Identity, lock: Lock, tell: Option<Tell>) -> Self {
        Self(Rc::new(Inner { identity, lock, tell, line: Line::default() }))
    }

    /// A condition on a lock that others may use too.
    pub fn with_lock(cx: &Context, name: &str, lock: Lock) -> Self {
        Self::with(Identity::new(cx, "condition", name), lock, None)
    }

    /// Its lock.
    pub fn lock(&self) -> &Lock {
        &self.0.lock
    }

    /// How many wait to be notified.
    pub fn waiters(&self) -> usize {
        self.0.line.len()
    }

    /// Lets the lock go, waits to be notified, and takes the lock again, whatever happens.
    ///
    /// # Errors
    /// `RuntimeError` if the lock is free; a cancellation, once the lock is taken again.
    pub async fn wait(&self) -> Result<(), Failure> {
        let Inner { identity, lock, line, .. } = &*self.0;
        if !lock.locked() {
            return Err(Failure::raised("RuntimeError", "cannot wait on un-acquired lock"));
        }
        lock.release()?;
        let mut result = Notified { condition: self, wait: None }.await;
        let keeps_error = identity.cx.config().python >= PythonVersion::V3_13;
        // However often it is cancelled meanwhile: as CPython, it leaves with the lock only.
        while let Err(cancelled) = lock.acquire().await {
            result = Err(if keeps_error { cancelled } else { Failure::Cancelled(None) });
        }
        if result.is_err() && keeps_error {
            // It may have been notified before: another one has to know.
            line.wake(identity, 1, EventId::NONE);
        }
        result
    }

    /// Waits until `holds`: asks before each wait.
    ///
    /// # Errors
    /// Those of [`wait`](Self::wait), and what `holds` fails with.
    pub async fn wait_for<T>(
        &self,
        mut holds: impl FnMut() -> Result<Option<T>, Failure>,
    ) -> Result<T, Failure> {
        loop {
            if let Some(result) = holds()? {
                return Ok(result);
            }
            self.wait().await?;
        }
    }

    /// Notifies up to `n` of those who wait; they go on when they get the lock.
    ///
    /// # Errors
    /// `RuntimeError` if the lock is free.
    pub fn notify(&self, n: usize) -> Result<(), Failure> {
        let Inner { identity, lock, line, .. } = &*self.0;
        if !lock.locked() {
            return Err(Failure::raised("RuntimeError", "cannot notify on un-acquired lock"));
        }
        let notified = identity.changed(Change::Notified, n.min(line.len()));
        line.wake(identity, n, notified);
        Ok(())
    }

    /// Notifies all who wait.
    ///
    /// # Errors
    /// `RuntimeError` if the lock is free.
    pub fn notify_all(&self) -> Result<(), Failure> {
        self.notify(self.waiters())
    }
}

/// The wait for a notification.
struct Notified<'c> {
    condition: &'c Condition,
    wait: Option<PlaceWait>,
}

impl Future for Notified<'_> {
    type Output = Result<(), Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let Self { condition, wait } = &mut *self;
        let Inner { identity, line, tell, .. } = &*condition.0;
        let tell = || match tell {
            Some(tell) => tell(),
            None => {
                ToldWait { on: format!("{} to be notified", identity.label()), holders: vec![] }
            }
        };
        if identity.tells(tell) {
            return Poll::Pending;
        }
        let Some(waiting) = wait else {
            *wait = Some(line.enter(identity, poll));
            return Poll::Pending;
        };
        let end = ready!(waiting.poll(poll));
        line.leave(waiting);
        *wait = None;
        Poll::Ready(end.failure.map_or(Ok(()), Err))
    }
}

impl Drop for Notified<'_> {
    fn drop(&mut self) {
        if let Some(wait) = self.wait.take() {
            self.condition.0.line.leave(&wait);
        }
    }
}
