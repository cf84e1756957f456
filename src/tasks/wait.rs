//! `asyncio.wait`.
//!
//! Source: `wait`, `_wait` (semantics §6).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::executor::{Context, Failure, Future, Handle};
use crate::time::Duration;

/// When a [`wait`] is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnWhen {
    /// When all futures are done.
    AllCompleted,
    /// When one of them is.
    FirstCompleted,
    /// When one of them has failed, or all are done. A cancelled one has not failed.
    FirstException,
}

/// What a [`wait`] gives: each future once, in the order of the arguments.
#[derive(Debug)]
pub struct Waited<T> {
    /// Those that are done.
    pub done: Vec<Future<T>>,
    /// Those that are not.
    pub pending: Vec<Future<T>>,
}

/// Waits for some or all of several futures. It neither cancels nor raises anything when `timeout`
/// is over; a future that failed is handed back as it is.
///
/// asyncio keeps futures in sets, whose order is open; here it is that of the arguments.
///
/// # Errors
/// The cancellation of the waiting task, which the futures do not notice.
///
/// ```
/// use loopsim::executor::{Config, Context, EventLoop, Failure};
/// use loopsim::tasks::{ReturnWhen, wait};
/// use loopsim::time::Duration;
///
/// async fn nap(cx: Context, seconds: u64) -> Result<u64, Failure> {
///     cx.sleep(Duration::from_secs(seconds)).await?;
///     Ok(seconds)
/// }
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let first = event_loop.run_until_complete("main", |cx| async move {
///     let naps = [2, 1].map(|s| cx.create_task(None, "nap", nap(cx.clone(), s)).future());
///     let waited = wait(&cx, &naps, None, ReturnWhen::FirstCompleted).await?;
///     assert_eq!(waited.pending.len(), 1);
///     waited.done[0].wait().await
/// });
/// assert_eq!(first.unwrap().unwrap(), 1);
/// ```
pub async fn wait<T: 'static>(
    cx: &Context,
    futures: &[Future<T>],
    timeout: Option<Duration>,
    when: ReturnWhen,
) -> Result<Waited<T>, Failure> {
    let waiter: Future<()> = cx.place("one of several");
    let futures = once_each(futures, &waiter);
    let timer = timeout.map(|timeout| {
        let waiter = waiter.clone();
        cx.call_later(timeout, "_release_waiter", move |_| release(&waiter))
    });
    let waiting = Rc::new(Waiting {
        waiter: waiter.clone(),
        timer: RefCell::new(timer),
        left: Cell::new(futures.len()),
        when,
    });
    let callbacks: Vec<_> = futures
        .iter()
        .map(|future| {
            let waiting = Rc::clone(&waiting);
            future.add_done_callback("_on_completion", move |_, future| waiting.one_is_done(future))
        })
        .collect();
    let ended = waiter.wait().await;
    waiting.cancel_timer();
    for (future, callback) in futures.iter().zip(callbacks) {
        future.remove_done_callback(callback);
    }
    ended?;
    let (done, pending) = futures.into_iter().partition(Future::done);
    Ok(Waited { done, pending })
}

/// Each future once, in order of first appearance.
pub(super) fn once_each<T: 'static, U: 'static>(
    futures: &[Future<T>],
    mark: &Future<U>,
) -> Vec<Future<T>> {
    futures.iter().filter(|future| future.mark(mark.id())).cloned().collect()
}

/// `_release_waiter`
pub(super) fn release(waiter: &Future<()>) {
    // It may have been cancelled, or released before.
    waiter.set_result(()).unwrap_or_default();
}

struct Waiting {
    waiter: Future<()>,
    timer: RefCell<Option<Handle>>,
    left: Cell<usize>,
    when: ReturnWhen,
}

impl Waiting {
    fn one_is_done<T: 'static>(&self, future: &Future<T>) {
        self.left.set(self.left.get().saturating_sub(1));
        let over = match self.when {
            _ if self.left.get() == 0 => true,
            ReturnWhen::AllCompleted => false,
            ReturnWhen::FirstCompleted => true,
            ReturnWhen::FirstException => {
                !future.cancelled()
                    && future.peek(|result| result.as_ref().is_err_and(is_taken_note_of))
                        == Some(true)
            }
        };
        if over {
            self.cancel_timer();
            release(&self.waiter);
        }
    }

    fn cancel_timer(&self) {
        let timer = self.timer.borrow_mut().take();
        if let Some(timer) = timer {
            timer.cancel();
        }
    }
}

/// Asking for the exception, to know whether there is one, is taking note of it.
fn is_taken_note_of(failure: &Failure) -> bool {
    failure.mark_seen();
    true
}
