//! `asyncio.Queue`, `LifoQueue` and `PriorityQueue`.

use std::cell::Cell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as PollContext, Poll, ready};

use super::event::{Event, EventWait};
use super::line::{Identity, Line};
use super::store::{Fifo, Lifo, Smallest, Store};
use crate::executor::{Context, Failure, PlaceWait, ToldWait, WaitEnd, WaiterState};
use crate::index::EventId;
use crate::trace::event::Change;

/// A queue between tasks: asyncio's `Queue`. Clones are the same queue.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::sync::Queue;
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let jobs: Queue<u64> = Queue::new(event_loop.context(), "jobs", Some(2));
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let (worker, its_jobs) = (cx.clone(), jobs.clone());
///     cx.create_task(None, "worker", async move {
///         loop {
///             let job: u64 = its_jobs.get().await?;
///             worker.sleep(Duration::from_secs(job)).await?;
///             its_jobs.task_done()?;
///         }
///         #[allow(unreachable_code)]
///         Ok(())
///     });
///     for job in 1..=4 {
///         jobs.put(job).await?;
///     }
///     jobs.join().await
/// });
/// ended.unwrap().unwrap();
/// assert_eq!(event_loop.context().now().to_string(), "10s");
/// ```
pub struct Queue<T, S = Fifo<T>>(Rc<Inner<T, S>>);

/// The last that was put in comes out first.
pub type LifoQueue<T> = Queue<T, Lifo<T>>;

/// The smallest comes out first.
pub type PriorityQueue<T> = Queue<T, Smallest<T>>;

struct Inner<T, S> {
    identity: Identity,
    store: S,
    /// Full with so many items.
    limit: Option<usize>,
    getters: Line,
    putters: Line,
    unfinished: Cell<usize>,
    finished: Event,
    is_shut_down: Cell<bool>,
    _item: std::marker::PhantomData<T>,
}

impl<T, S> Clone for Queue<T, S> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T, S> fmt::Debug for Queue<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Queue({})", self.0.identity.label())
    }
}

fn empty() -> Failure {
    Failure::raised("QueueEmpty", "")
}

fn full() -> Failure {
    Failure::raised("QueueFull", "")
}

fn shut_down() -> Failure {
    Failure::raised("QueueShutDown", "")
}

impl<T, S: Store<T> + Default> Queue<T, S> {
    /// A queue for that many items at once, or for any number. The name is for those who look at
    /// the run; it may be empty.
    pub fn new(cx: &Context, name: &str, limit: Option<usize>) -> Self {
        Self::with_store(cx, name, limit, S::default())
    }
}

impl<T, S: Store<T>> Queue<T, S> {
    /// A queue that keeps its items in a certain way.
    pub fn with_store(cx: &Context, name: &str, limit: Option<usize>, store: S) -> Self {
        let identity = Identity::new(cx, "queue", name);
        let finished = Event::part_of(&identity);
        finished.set();
        Self(Rc::new(Inner {
            identity,
            store,
            limit: limit.filter(|limit| *limit > 0),
            getters: Line::default(),
            putters: Line::default(),
            unfinished: Cell::new(0),
            finished,
            is_shut_down: Cell::new(false),
            _item: std::marker::PhantomData,
        }))
    }

    /// How many items there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.0.store.len()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there are as many as there may be.
    #[inline]
    pub fn is_full(&self) -> bool {
        self.0.limit.is_some_and(|limit| self.len() >= limit)
    }

    /// How many items that were put in are not done with.
    pub fn unfinished(&self) -> usize {
        self.0.unfinished.get()
    }

    /// How many wait for an item.
    pub fn getters(&self) -> usize {
        self.0.getters.len()
    }

    /// How many wait for room.
    pub fn putters(&self) -> usize {
        self.0.putters.len()
    }

    /// Whether it is shut down.
    pub fn is_shut_down(&self) -> bool {
        self.0.is_shut_down.get()
    }

    /// All items, in the order in which they are kept.
    pub fn items(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.0.store.items()
    }

    /// Waits for an item and takes it; without suspending if there is one.
    pub fn get(&self) -> QueueGet<T, S> {
        QueueGet { queue: self.clone(), wait: None }
    }

    /// Waits for room and puts an item in; without suspending if there is room.
    pub fn put(&self, item: T) -> QueuePut<T, S> {
        QueuePut { queue: self.clone(), item: Some(item), wait: None }
    }

    /// Takes an item.
    ///
    /// # Errors
    /// `QueueEmpty`, or `QueueShutDown`.
    #[inline]
    pub fn get_nowait(&self) -> Result<T, Failure> {
        if self.is_empty() {
            return Err(if self.is_shut_down() { shut_down() } else { empty() });
        }
        let item = self.0.store.get()?.ok_or_else(empty)?;
        let taken = self.0.identity.changed(Change::Got, self.len());
        self.0.putters.take_and_wake(&self.0.identity, taken);
        Ok(item)
    }

    /// Puts an item in.
    ///
    /// # Errors
    /// `QueueFull`, or `QueueShutDown`.
    #[inline]
    pub fn put_nowait(&self, item: T) -> Result<(), Failure> {
        if self.is_shut_down() {
            return Err(shut_down());
        }
        if self.is_full() {
            return Err(full());
        }
        self.0.store.put(item)?;
        self.0.unfinished.set(self.unfinished() + 1);
        self.0.finished.clear();
        let put = self.0.identity.changed(Change::Put, self.len());
        self.0.getters.take_and_wake(&self.0.identity, put);
        Ok(())
    }

    /// Says that an item that was taken is done with.
    ///
    /// # Errors
    /// `ValueError` if that was said of all of them already.
    pub fn task_done(&self) -> Result<(), Failure> {
        let Some(left) = self.unfinished().checked_sub(1) else {
            return Err(Failure::raised("ValueError", "task_done() called too many times"));
        };
        self.0.unfinished.set(left);
        let done = self.0.identity.changed(Change::Done, left);
        if left == 0 {
            self.0.finished.set_because(done);
        }
        Ok(())
    }

    /// Waits until all items that were put in are done with.
    pub fn join(&self) -> QueueJoin<T, S> {
        QueueJoin { queue: self.clone(), wait: None }
    }

    /// Ends it: nothing can be put in any more, and who waits is woken to see that. With
    /// `immediate` the items that are left are dropped and count as done with.
    ///
    /// Source: `Queue.shutdown`, 3.13 and later.
    ///
    /// # Errors
    /// If items cannot be compared.
    pub fn shutdown(&self, immediate: bool) -> Result<(), Failure> {
        self.0.is_shut_down.set(true);
        if immediate {
            while !self.is_empty() {
                let dropped = self.0.store.get()?;
                self.0.unfinished.set(self.unfinished().saturating_sub(1));
                drop(dropped);
            }
        }
        let ended = self.0.identity.changed(Change::ShutDown, self.len());
        if immediate && self.unfinished() == 0 {
            self.0.finished.set_because(ended);
        }
        self.0.getters.take_and_wake_all(&self.0.identity, ended);
        self.0.putters.take_and_wake_all(&self.0.identity, ended);
        Ok(())
    }

    /// What becomes of a wait in line that failed: a turn that was granted goes to the next.
    fn after_failure(&self, line: &Line, end: &WaitEnd, wait: &PlaceWait, is_useful: bool) {
        line.leave(wait);
        if end.woken && is_useful {
            line.take_and_wake(&self.0.identity, EventId::NONE);
        }
    }

    fn given_up(&self, line: &Line, wait: &PlaceWait, is_useful: bool) {
        let woken = self.0.identity.cx.waiter_state(wait.waiter()) == WaiterState::Woken;
        line.leave(wait);
        if woken && is_useful {
            line.take_and_wake(&self.0.identity, EventId::NONE);
        }
    }
}

/// Taking an item from a [`Queue`].
#[must_use = "futures do nothing unless polled"]
pub struct QueueGet<T, S: Store<T> = Fifo<T>> {
    queue: Queue<T, S>,
    wait: Option<PlaceWait>,
}

impl<T, S: Store<T>> Future for QueueGet<T, S> {
    type Output = Result<T, Failure>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let Self { queue, wait } = &mut *self;
        let Inner { identity, getters, .. } = &*queue.0;
        let tell = || ToldWait { on: format!("an item of {}", identity.label()), holders: vec![] };
        if identity.tells(tell) {
            return Poll::Pending;
        }
        if let Some(waiting) = wait {
            let end = ready!(waiting.poll(poll));
            if end.failure.is_some() {
                queue.after_failure(getters, &end, waiting, !queue.is_empty());
            }
            *wait = None;
            if let Some(failure) = end.failure {
                return Poll::Ready(Err(failure));
            }
        }
        if !queue.is_empty() || queue.is_shut_down() {
            return Poll::Ready(queue.get_nowait());
        }
        *wait = Some(getters.enter(identity, poll));
        Poll::Pending
    }
}

impl<T, S: Store<T>> fmt::Debug for QueueGet<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QueueGet({:?})", self.queue)
    }
}

impl<T, S: Store<T>> Drop for QueueGet<T, S> {
    fn drop(&mut self) {
        if let Some(wait) = self.wait.take() {
            self.queue.given_up(&self.queue.0.getters, &wait, !self.queue.is_empty());
        }
    }
}

/// Putting an item in a [`Queue`].
#[must_use = "futures do nothing unless polled"]
pub struct QueuePut<T, S: Store<T> = Fifo<T>> {
    queue: Queue<T, S>,
    item: Option<T>,
    wait: Option<PlaceWait>,
}

impl<T: Unpin, S: Store<T>> Future for QueuePut<T, S> {
    type Output = Result<(), Failure>;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let Self { queue, item, wait } = &mut *self;
        let Inner { identity, putters, .. } = &*queue.0;
        let tell = || ToldWait { on: format!("room in {}", identity.label()), holders: vec![] };
        if identity.tells(tell) {
            return Poll::Pending;
        }
        if let Some(waiting) = wait {
            let end = ready!(waiting.poll(poll));
            if end.failure.is_some() {
                queue.after_failure(putters, &end, waiting, !queue.is_full());
            }
            *wait = None;
            if let Some(failure) = end.failure {
                return Poll::Ready(Err(failure));
            }
        }
        if queue.is_full() && !queue.is_shut_down() {
            *wait = Some(putters.enter(identity, poll));
            return Poll::Pending;
        }
        let Some(item) = item.take() else { return Poll::Pending };
        Poll::Ready(queue.put_nowait(item))
    }
}

impl<T, S: Store<T>> fmt::Debug for QueuePut<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QueuePut({:?})", self.queue)
    }
}

impl<T, S: Store<T>> Drop for QueuePut<T, S> {
    fn drop(&mut self) {
        if let Some(wait) = self.wait.take() {
            self.queue.given_up(&self.queue.0.putters, &wait, !self.queue.is_full());
        }
    }
}

/// Waiting until a [`Queue`]'s items are done with.
#[must_use = "futures do nothing unless polled"]
pub struct QueueJoin<T, S: Store<T> = Fifo<T>> {
    queue: Queue<T, S>,
    wait: Option<EventWait>,
}

impl<T, S: Store<T>> Future for QueueJoin<T, S> {
    type Output = Result<(), Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let Self { queue, wait } = &mut *self;
        let tell = || {
            let Inner { identity, unfinished, .. } = &*queue.0;
            let on = format!("{} to be done ({} left)", identity.label(), unfinished.get());
            ToldWait { on, holders: vec![] }
        };
        if queue.0.identity.tells(tell) {
            return Poll::Pending;
        }
        if wait.is_none() && queue.unfinished() == 0 {
            return Poll::Ready(Ok(()));
        }
        let wait = wait.get_or_insert_with(|| queue.0.finished.wait());
        Pin::new(wait).poll(poll)
    }
}

impl<T, S: Store<T>> fmt::Debug for QueueJoin<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "QueueJoin({:?})", self.queue)
    }
}
