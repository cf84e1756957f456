//! `asyncio.shield`.
//!
//! Source: `shield` (semantics §6).

use crate::executor::{Context, DoneId, Failure, Future};
use crate::trace::PythonVersion;

/// A future that ends as `inner` does, but whose cancellation does not reach `inner`. One that is
/// done already is given back as it is.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::tasks::shield;
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let nap = cx.create_task(None, "nap", cx.sleep(Duration::from_secs(1))).future();
///     let outer = shield(&cx, &nap);
///     assert!(outer.cancel(None));
///     assert!(outer.wait().await.unwrap_err().is_cancelled());
///     nap.wait().await
/// });
/// assert!(ended.unwrap().is_ok());
/// ```
pub fn shield<T: Clone + 'static>(cx: &Context, inner: &Future<T>) -> Future<T> {
    if inner.done() {
        return inner.clone();
    }
    let outer: Future<T> = cx.place("what is shielded");
    let told = outer.clone();
    let callback = inner.add_done_callback("shield.<locals>._inner_done_callback", {
        move |cx, inner| inner_is_done(cx, inner, &told)
    });
    take_back_when_done(inner, &outer, callback);
    outer
}

fn inner_is_done<T: Clone + 'static>(cx: &Context, inner: &Future<T>, outer: &Future<T>) {
    if outer.cancelled() {
        // From 3.14 on an exception that nobody will see any more is told of.
        if cx.config().python < PythonVersion::V3_14 {
            inner.peek(|result| result.as_ref().err().map(Failure::mark_seen));
        }
        return;
    }
    if inner.cancelled() {
        outer.cancel(None);
    } else if let Some(result) = inner.told() {
        let result = result.map_err(|failure| failure.in_future("Future"));
        // It is pending, unless it was cancelled.
        outer.set(result).unwrap_or_default();
    }
}

/// When the outer future is done first, the inner one's callback is taken off.
fn take_back_when_done<T: 'static>(inner: &Future<T>, outer: &Future<T>, callback: DoneId) {
    let inner = inner.clone();
    outer.add_done_callback("shield.<locals>._outer_done_callback", move |_, _| {
        if !inner.done() {
            inner.remove_done_callback(callback);
        }
    });
}
