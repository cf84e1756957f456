//! `asyncio.wait_for`.
//!
//! Source: `wait_for`, `_cancel_and_wait` (semantics §8). From 3.12 on it awaits in the caller's own
//! task; before, in a task of its own.

use std::pin::Pin;
use std::sync::Arc;

use super::timeout::Timeout;
use super::wait::release;
use crate::executor::{Context, Failure, Future};
use crate::time::Duration;
use crate::trace::PythonVersion;

/// What can be waited for: a future, or a coroutine that has not begun.
pub enum Awaitable<T> {
    /// A future or task.
    Future(Future<T>),
    /// A coroutine, and what it is called in the trace if a task is made of it.
    Coroutine(Arc<str>, Pin<Box<dyn std::future::Future<Output = Result<T, Failure>>>>),
}

impl<T> std::fmt::Debug for Awaitable<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Future(_) => f.write_str("Future"),
            Self::Coroutine(runs, _) => write!(f, "Coroutine({runs})"),
        }
    }
}

impl<T> From<Future<T>> for Awaitable<T> {
    fn from(future: Future<T>) -> Self {
        Self::Future(future)
    }
}

impl<T: Clone + 'static> Awaitable<T> {
    /// A coroutine that is called `runs` in the trace.
    pub fn coroutine(
        runs: impl Into<Arc<str>>,
        coroutine: impl std::future::Future<Output = Result<T, Failure>> + 'static,
    ) -> Self {
        Self::Coroutine(runs.into(), Box::pin(coroutine))
    }

    /// The future itself, or a task of the coroutine.
    pub fn ensure_future(self, cx: &Context) -> Future<T> {
        match self {
            Self::Future(future) => future,
            Self::Coroutine(runs, coroutine) => cx.create_task(None, runs, coroutine).future(),
        }
    }

    async fn wait(self) -> Result<T, Failure> {
        match self {
            Self::Future(future) => future.wait().await,
            Self::Coroutine(_, coroutine) => coroutine.await,
        }
    }
}

/// Waits for a future or coroutine, but not longer than `timeout`: then it is cancelled, and when
/// it has ended a `TimeoutError` comes of it.
///
/// # Errors
/// `TimeoutError`, and whatever `what` fails with.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::tasks::{Awaitable, wait_for};
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let nap = Awaitable::coroutine("nap", cx.sleep(Duration::from_secs(2)));
///     wait_for(&cx, nap, Some(Duration::from_secs(1))).await
/// });
/// assert_eq!(ended.unwrap().unwrap_err().to_string(), "TimeoutError");
/// ```
pub async fn wait_for<T: Clone + 'static>(
    cx: &Context,
    what: Awaitable<T>,
    timeout: Option<Duration>,
) -> Result<T, Failure> {
    let Some(timeout) = timeout else { return what.wait().await };
    if timeout.is_zero() {
        let future = what.ensure_future(cx);
        if let Some(result) = future.told() {
            return result;
        }
        cancel_and_wait(cx, &future).await?;
        return timed_out(&future);
    }
    if cx.config().python >= PythonVersion::V3_12 {
        return Timeout::after(cx, timeout).run(what.wait()).await;
    }
    in_its_own_task(cx, what, timeout).await
}

/// The way of 3.11.
async fn in_its_own_task<T: Clone + 'static>(
    cx: &Context,
    what: Awaitable<T>,
    timeout: Duration,
) -> Result<T, Failure> {
    let waiter: Future<()> = cx.place("a future, or a timeout");
    let released = waiter.clone();
    let timer = cx.call_later(timeout, "_release_waiter", move |_| release(&released));
    let future = what.ensure_future(cx);
    let released = waiter.clone();
    let callback =
        future.add_done_callback("_release_waiter", move |_, _: &Future<T>| release(&released));
    let waited = waiter.wait().await;
    let result = if let Some(result) = future.told() {
        // Also when the waiting task was cancelled: that is swallowed.
        result
    } else {
        future.remove_done_callback(callback);
        match (waited, cancel_and_wait(cx, &future).await) {
            (_, Err(failure)) | (Err(failure), Ok(())) => Err(failure),
            (Ok(()), Ok(())) => timed_out(&future),
        }
    };
    timer.cancel();
    result
}

/// What comes of a future that was cancelled because its time was over.
fn timed_out<T: Clone + 'static>(future: &Future<T>) -> Result<T, Failure> {
    match future.told() {
        Some(Err(failure @ Failure::Cancelled(_))) => {
            Err(Failure::raised_from("TimeoutError", "", failure))
        }
        Some(result) => result,
        None => Err(Failure::raised("InvalidStateError", "Result is not set.")),
    }
}

/// Cancels it and waits until it has ended, however long that takes.
async fn cancel_and_wait<T: 'static>(cx: &Context, future: &Future<T>) -> Result<(), Failure> {
    let waiter: Future<()> = cx.place("the end of what it has cancelled");
    let released = waiter.clone();
    let callback =
        future.add_done_callback("_release_waiter", move |_, _: &Future<T>| release(&released));
    future.cancel(None);
    let ended = waiter.wait().await;
    future.remove_done_callback(callback);
    ended
}
