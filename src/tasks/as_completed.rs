//! `asyncio.as_completed`.
//!
//! Source: `as_completed`, `_AsCompletedIterator` (semantics §6).

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::wait::{once_each, release};
use crate::executor::{Context, DoneId, Failure, Future, Handle};
use crate::time::Duration;
use crate::trace::PythonVersion;

/// Futures in the order in which they are done. Clones are the same.
///
/// ```
/// use loopsim::executor::{Config, Context, EventLoop, Failure};
/// use loopsim::tasks::AsCompleted;
/// use loopsim::time::Duration;
///
/// async fn nap(cx: Context, seconds: u64) -> Result<u64, Failure> {
///     cx.sleep(Duration::from_secs(seconds)).await?;
///     Ok(seconds)
/// }
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let order = event_loop.run_until_complete("main", |cx| async move {
///     let naps = [3, 1, 2].map(|s| cx.create_task(None, "nap", nap(cx.clone(), s)).future());
///     let completed = AsCompleted::new(&cx, &naps, None);
///     let mut order = Vec::new();
///     while completed.take_turn() {
///         order.push(completed.next().await?.wait().await?);
///     }
///     Ok(order)
/// });
/// assert_eq!(order.unwrap().unwrap(), [1, 2, 3]);
/// ```
pub struct AsCompleted<T: 'static>(Rc<Inner<T>>);

struct Inner<T: 'static> {
    cx: Context,
    /// Those that are not done, with the callback that is theirs.
    todo: RefCell<Vec<(Future<T>, DoneId)>>,
    /// How many turns are left.
    left: Cell<usize>,
    timer: RefCell<Option<Handle>>,
    /// Done ones that nobody took yet; `None` for one whose time is over.
    done: RefCell<VecDeque<Option<Future<T>>>>,
    /// Those who wait for one.
    getters: RefCell<VecDeque<Future<()>>>,
}

impl<T> Clone for AsCompleted<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> std::fmt::Debug for AsCompleted<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AsCompleted({} left)", self.0.left.get())
    }
}

impl<T: 'static> AsCompleted<T> {
    /// Watches futures. When `timeout` is over, each that is not done counts as timed out; nothing
    /// is cancelled.
    pub fn new(cx: &Context, futures: &[Future<T>], timeout: Option<Duration>) -> Self {
        let mark: Future<()> = cx.create_future();
        let futures = once_each(futures, &mark);
        let this = Self(Rc::new(Inner {
            cx: cx.clone(),
            todo: RefCell::default(),
            left: Cell::new(futures.len()),
            timer: RefCell::default(),
            done: RefCell::default(),
            getters: RefCell::default(),
        }));
        for future in futures {
            let completed = this.clone();
            let callback = future.add_done_callback(
                "_AsCompletedIterator._handle_completion",
                move |_, future| {
                    completed.one_is_done(future);
                },
            );
            this.0.todo.borrow_mut().push((future, callback));
        }
        let is_empty = this.0.todo.borrow().is_empty();
        if let (Some(timeout), false) = (timeout, is_empty) {
            let completed = this.clone();
            let timer = cx.call_later(timeout, "_AsCompletedIterator._handle_timeout", move |_| {
                completed.time_is_over();
            });
            *this.0.timer.borrow_mut() = Some(timer);
        }
        this
    }

    /// How many turns are left.
    pub fn left(&self) -> usize {
        self.0.left.get()
    }

    /// Takes the next turn; false if all are taken. Each is good for one [`next`](Self::next).
    pub fn take_turn(&self) -> bool {
        let left = self.0.left.get();
        self.0.left.set(left.saturating_sub(1));
        left > 0
    }

    /// The next future that is done.
    ///
    /// # Errors
    /// `TimeoutError` when the time is over, and the cancellation of the task that waits.
    pub async fn next(&self) -> Result<Future<T>, Failure> {
        match self.get().await {
            Ok(Some(future)) => Ok(future),
            Ok(None) => Err(Failure::raised("TimeoutError", "")),
            Err(failure) => {
                // From 3.14 on the turn can be taken again.
                if self.0.cx.config().python >= PythonVersion::V3_14 {
                    self.0.left.set(self.0.left.get() + 1);
                }
                Err(failure)
            }
        }
    }

    /// `Queue.get`: first come, first served, but one who comes at the right moment overtakes.
    async fn get(&self) -> Result<Option<Future<T>>, Failure> {
        let inner = &self.0;
        while inner.done.borrow().is_empty() {
            let getter: Future<()> = inner.cx.place("the next of several to be done");
            inner.getters.borrow_mut().push_back(getter.clone());
            let waited = getter.wait().await;
            if let Err(failure) = waited {
                getter.cancel(None);
                inner.getters.borrow_mut().retain(|other| !other.is(&getter));
                let was_woken = !getter.cancelled();
                if was_woken && !inner.done.borrow().is_empty() {
                    self.wake_next();
                }
                return Err(failure);
            }
        }
        let next = inner.done.borrow_mut().pop_front();
        Ok(next.flatten())
    }

    fn put(&self, item: Option<Future<T>>) {
        self.0.done.borrow_mut().push_back(item);
        self.wake_next();
    }

    fn wake_next(&self) {
        loop {
            let getter = self.0.getters.borrow_mut().pop_front();
            match getter {
                Some(getter) if getter.done() => {}
                Some(getter) => return release(&getter),
                None => return,
            }
        }
    }

    fn one_is_done(&self, future: &Future<T>) {
        let mut todo = self.0.todo.borrow_mut();
        if todo.is_empty() {
            // The timeout was first.
            return;
        }
        todo.retain(|(other, _)| !other.is(future));
        let was_last = todo.is_empty();
        drop(todo);
        self.put(Some(future.clone()));
        let timer = if was_last { self.0.timer.borrow_mut().take() } else { None };
        if let Some(timer) = timer {
            timer.cancel();
        }
    }

    fn time_is_over(&self) {
        let todo = std::mem::take(&mut *self.0.todo.borrow_mut());
        for (future, callback) in todo {
            future.remove_done_callback(callback);
            self.put(None);
        }
    }
}
