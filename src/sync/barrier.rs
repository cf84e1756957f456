//! `asyncio.Barrier`.

use std::cell::Cell;
use std::fmt;
use std::rc::{Rc, Weak};

use super::Condition;
use super::line::Identity;
use crate::executor::{Context, Failure, ToldWait};
use crate::trace::PythonVersion;
use crate::trace::event::Change;

/// A place where a number of tasks wait for each other: asyncio's `Barrier`. Clones are the same
/// barrier.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::sync::Barrier;
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let barrier = Barrier::new(event_loop.context(), "start", 3).unwrap();
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let runners = [1, 2, 3].map(|seconds| {
///         let (cx, barrier) = (cx.clone(), barrier.clone());
///         cx.clone().create_task(None, "runner", async move {
///             cx.sleep(Duration::from_secs(seconds)).await?;
///             barrier.wait().await?;
///             Ok(cx.now().to_string())
///         })
///     });
///     for runner in runners {
///         assert_eq!(runner.wait().await?, "3s");
///     }
///     Ok(())
/// });
/// ended.unwrap().unwrap();
/// ```
#[derive(Clone)]
pub struct Barrier(Rc<Inner>);

struct Inner {
    identity: Identity,
    condition: Condition,
    parties: usize,
    state: Cell<State>,
    count: Cell<usize>,
}

impl Inner {
    fn told(&self) -> ToldWait {
        let (label, count, parties) = (self.identity.label(), self.count.get(), self.parties);
        ToldWait { on: format!("{label} ({count} of {parties} there)"), holders: vec![] }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Filling,
    Draining,
    Resetting,
    Broken,
}

impl fmt::Debug for Barrier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Barrier({}, {})", self.0.identity.label(), self.state_name())
    }
}

impl Barrier {
    /// A barrier for so many parties. The name is for those who look at the run; it may be empty.
    ///
    /// # Errors
    /// `ValueError` if there are none.
    pub fn new(cx: &Context, name: &str, parties: usize) -> Result<Self, Failure> {
        if parties < 1 {
            return Err(Self::no_parties(cx));
        }
        let identity = Identity::new(cx, "barrier", name);
        let inner = Rc::new_cyclic(|inner: &Weak<Inner>| {
            let inner = Weak::clone(inner);
            let tell = move || inner.upgrade().map_or_else(ToldWait::default, |inner| inner.told());
            let condition = Condition::part_of(&identity, tell);
            let (state, count) = (Cell::new(State::Filling), Cell::new(0));
            Inner { identity, condition, parties, state, count }
        });
        Ok(Self(inner))
    }

    /// What is raised for a barrier of no parties.
    pub(crate) fn no_parties(cx: &Context) -> Failure {
        let newer = cx.config().python >= PythonVersion::V3_14;
        let bound = if newer { ">= 1" } else { "> 0" };
        Failure::raised("ValueError", &format!("parties must be {bound}"))
    }

    /// How many tasks it is for.
    pub fn parties(&self) -> usize {
        self.0.parties
    }

    /// How many are there and wait for the others.
    pub fn n_waiting(&self) -> usize {
        if self.0.state.get() == State::Filling { self.0.count.get() } else { 0 }
    }

    /// Whether it is broken.
    pub fn broken(&self) -> bool {
        self.0.state.get() == State::Broken
    }

    /// `filling`, `draining`, `resetting` or `broken`.
    pub fn state_name(&self) -> &'static str {
        match self.0.state.get() {
            State::Filling => "filling",
            State::Draining => "draining",
            State::Resetting => "resetting",
            State::Broken => "broken",
        }
    }

    /// Waits for the others; gives a number that none of those who go on together has besides.
    ///
    /// # Errors
    /// `BrokenBarrierError` if it is broken or reset meanwhile.
    pub async fn wait(&self) -> Result<usize, Failure> {
        let lock = self.0.condition.lock();
        lock.acquire().await?;
        let result = self.wait_locked().await;
        lock.release()?;
        result
    }

    async fn wait_locked(&self) -> Result<usize, Failure> {
        let Inner { condition, count, state, parties, identity } = &*self.0;
        let is_busy = || matches!(state.get(), State::Draining | State::Resetting);
        condition.wait_for(|| Ok((!is_busy()).then_some(()))).await?;
        if state.get() == State::Broken {
            return Err(Failure::raised("BrokenBarrierError", "Barrier aborted"));
        }
        let index = count.get();
        count.set(index + 1);
        identity.changed(Change::Arrived, index + 1);
        let result = if index + 1 == *parties {
            state.set(State::Draining);
            identity.changed(Change::Opened, *parties);
            condition.notify_all()
        } else {
            self.wait_for_the_others().await
        };
        count.set(count.get().saturating_sub(1));
        identity.changed(Change::Left, count.get());
        let exited = self.exit();
        result.and(exited).map(|()| index)
    }

    async fn wait_for_the_others(&self) -> Result<(), Failure> {
        let Inner { condition, state, .. } = &*self.0;
        condition.wait_for(|| Ok((state.get() != State::Filling).then_some(()))).await?;
        if matches!(state.get(), State::Broken | State::Resetting) {
            return Err(Failure::raised("BrokenBarrierError", "Abort or reset of barrier"));
        }
        Ok(())
    }

    /// The last one out lets those in who wait for that.
    fn exit(&self) -> Result<(), Failure> {
        let Inner { condition, count, state, .. } = &*self.0;
        if count.get() > 0 {
            return Ok(());
        }
        if matches!(state.get(), State::Resetting | State::Draining) {
            state.set(State::Filling);
        }
        condition.notify_all()
    }

    /// Makes it empty and whole again; those who wait get an error.
    ///
    /// # Errors
    /// Only if it is cancelled.
    pub async fn reset(&self) -> Result<(), Failure> {
        let Inner { condition, count, state, identity, .. } = &*self.0;
        condition.lock().acquire().await?;
        state.set(if count.get() > 0 { State::Resetting } else { State::Filling });
        identity.changed(Change::Reset, count.get());
        let notified = condition.notify_all();
        condition.lock().release()?;
        notified
    }

    /// Breaks it: those who wait, and those who come, get an error until it is reset.
    ///
    /// # Errors
    /// Only if it is cancelled.
    pub async fn abort(&self) -> Result<(), Failure> {
        let Inner { condition, count, state, identity, .. } = &*self.0;
        condition.lock().acquire().await?;
        state.set(State::Broken);
        identity.changed(Change::Broken, count.get());
        let notified = condition.notify_all();
        condition.lock().release()?;
        notified
    }
}
