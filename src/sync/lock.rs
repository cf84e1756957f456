//! `asyncio.Lock`.

use std::cell::Cell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as PollContext, Poll, ready};

use super::line::{Identity, Line};
use crate::executor::{Context, Failure, PlaceWait, ToldWait};
use crate::index::{EventId, LaneId};
use crate::trace::event::Change;

/// A lock that one at a time may hold: asyncio's `Lock`. Clones are the same lock.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::sync::Lock;
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let lock = Lock::new(event_loop.context(), "door");
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let (other, its_lock) = (cx.clone(), lock.clone());
///     let task = cx.create_task(None, "other", async move {
///         let _guard = its_lock.hold().await?;
///         other.sleep(Duration::from_secs(1)).await
///     });
///     cx.sleep(Duration::ZERO).await?;
///     assert!(lock.locked());
///     lock.acquire().await?;
///     assert_eq!(cx.now().to_string(), "1s");
///     lock.release()?;
///     task.wait().await
/// });
/// ended.unwrap().unwrap();
/// ```
#[derive(Clone)]
pub struct Lock(Rc<Inner>);

struct Inner {
    identity: Identity,
    locked: Cell<bool>,
    /// Who took it last.
    holder: Cell<LaneId>,
    line: Line,
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let locked = if self.locked() { "locked" } else { "unlocked" };
        write!(f, "Lock({}, {locked})", self.0.identity.label())
    }
}

impl Lock {
    /// An unlocked lock. The name is for those who look at the run; it may be empty.
    pub fn new(cx: &Context, name: &str) -> Self {
        Self::with(Identity::new(cx, "lock", name))
    }

    pub(super) fn with(identity: Identity) -> Self {
        Self(Rc::new(Inner {
            identity,
            locked: Cell::new(false),
            holder: Cell::new(LaneId::LOOP),
            line: Line::default(),
        }))
    }

    /// Whether somebody holds it.
    #[inline]
    pub fn locked(&self) -> bool {
        self.0.locked.get()
    }

    /// How many wait for it.
    pub fn waiters(&self) -> usize {
        self.0.line.len()
    }

    /// What it is and how it is called: "lock `a`".
    pub fn label(&self) -> String {
        self.0.identity.label()
    }

    /// Waits for its turn and takes it; without suspending if it is free and nobody waits.
    #[inline]
    pub fn acquire(&self) -> LockAcquire {
        LockAcquire { lock: self.clone(), wait: None }
    }

    /// Takes it until the guard is dropped.
    pub async fn hold(&self) -> Result<LockGuard, Failure> {
        self.acquire().await?;
        Ok(LockGuard(self.clone()))
    }

    /// Lets it go and wakes the first who waits. The lock is free until that one goes on, but
    /// nobody can get in between.
    ///
    /// # Errors
    /// `RuntimeError` if nobody holds it.
    #[inline]
    pub fn release(&self) -> Result<(), Failure> {
        if !self.locked() {
            return Err(Failure::raised("RuntimeError", "Lock is not acquired."));
        }
        self.0.locked.set(false);
        let released = self.0.identity.changed(Change::Released, 0);
        self.0.line.wake_first(&self.0.identity, released);
        Ok(())
    }

    /// Whether both are the same lock.
    pub fn is(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }

    #[inline]
    fn take(&self) {
        self.0.locked.set(true);
        self.0.holder.set(self.0.identity.cx.current_lane());
        self.0.identity.changed(Change::Acquired, 0);
    }

    /// Whether somebody else has a right to it.
    #[inline]
    fn is_spoken_for(&self) -> bool {
        self.locked() || self.0.line.is_wanted(&self.0.identity)
    }

    fn told(&self) -> ToldWait {
        let holders = if self.locked() { vec![self.0.holder.get()] } else { Vec::new() };
        let held = self.0.identity.held_by(&holders);
        ToldWait { on: format!("{}{held}", self.label()), holders }
    }
}

/// The acquisition of a [`Lock`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct LockAcquire {
    lock: Lock,
    wait: Option<PlaceWait>,
}

impl Future for LockAcquire {
    type Output = Result<(), Failure>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let Self { lock, wait } = &mut *self;
        let Inner { identity, line, .. } = &*lock.0;
        if identity.tells(|| lock.told()) {
            return Poll::Pending;
        }
        let Some(waiting) = wait else {
            if lock.is_spoken_for() {
                *wait = Some(line.enter(identity, poll));
                return Poll::Pending;
            }
            lock.take();
            return Poll::Ready(Ok(()));
        };
        let end = ready!(waiting.poll(poll));
        line.leave(waiting);
        *wait = None;
        match end.failure {
            Some(failure) => {
                if !lock.locked() {
                    line.wake_first(identity, EventId::NONE);
                }
                Poll::Ready(Err(failure))
            }
            None => {
                lock.take();
                Poll::Ready(Ok(()))
            }
        }
    }
}

impl Drop for LockAcquire {
    /// Given up: who is next has the turn.
    fn drop(&mut self) {
        if let Some(wait) = self.wait.take() {
            self.lock.0.line.leave(&wait);
            if !self.lock.locked() {
                self.lock.0.line.wake_first(&self.lock.0.identity, EventId::NONE);
            }
        }
    }
}

/// Holds a [`Lock`]; lets it go when dropped.
#[derive(Debug)]
#[must_use = "the lock is released when this is dropped"]
pub struct LockGuard(Lock);

impl Drop for LockGuard {
    fn drop(&mut self) {
        // Somebody else may have released it: then there is nothing to let go.
        self.0.release().unwrap_or_default();
    }
}
