//! `asyncio.gather`.
//!
//! Source: `gather`, `_GatheringFuture` (semantics §6).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::executor::{Context, Failure, Future, Kind};
use crate::trace::PythonVersion;

/// What a child's exception does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gather {
    /// The first one ends the gather; the other children go on.
    FailFast,
    /// It is a result like any other: `return_exceptions=True`.
    Collect,
}

/// Waits for all children: the future of what `finish` makes of their results, in the order of
/// `children`. A child that is given twice has two places. With [`Gather::FailFast`] all results
/// that reach `finish` are `Ok`.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::tasks::{Gather, gather};
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let slowest = event_loop.run_until_complete("main", |cx| async move {
///     let children = [3, 1, 2].map(|seconds| {
///         let cx2 = cx.clone();
///         let sleeper = async move {
///             cx2.sleep(Duration::from_secs(seconds)).await?;
///             Ok(seconds)
///         };
///         cx.create_task(None, "sleeper", sleeper).future()
///     });
///     let all = gather(&cx, children.to_vec(), Gather::FailFast, |results| {
///         results.into_iter().flatten().max()
///     });
///     all.wait().await
/// });
/// assert_eq!(slowest.unwrap().unwrap(), Some(3));
/// assert_eq!(event_loop.context().now().to_string(), "3s");
/// ```
pub fn gather<T, U>(
    cx: &Context,
    children: Vec<Future<T>>,
    mode: Gather,
    finish: impl FnOnce(Vec<Result<T, Failure>>) -> U + 'static,
) -> Future<U>
where
    T: Clone + 'static,
    U: 'static,
{
    let outer = cx.future_of(Kind::Gather);
    // Each future once, in order of first appearance.
    let distinct: Vec<_> =
        children.iter().filter(|child| child.mark(outer.id())).cloned().collect();
    let n_children = distinct.len();
    let state = Rc::new(Gathering {
        outer: outer.clone(),
        children,
        mode,
        n_children,
        n_finished: Cell::new(0),
        cancel_requested: Rc::default(),
        finish: RefCell::new(Some(finish)),
    });
    if n_children == 0 {
        state.complete(None);
        return outer;
    }
    // From 3.12 on, children that are done already are noted at the end of the call.
    let notes_at_once = cx.config().python >= PythonVersion::V3_12;
    let (done, pending): (Vec<_>, Vec<_>) =
        distinct.into_iter().partition(|child| notes_at_once && child.done());
    for child in pending {
        let state = Rc::clone(&state);
        child.add_done_callback("gather", move |cx, child| {
            let failed = child.peek(|result| result.is_err()).unwrap_or(true);
            cx.tell_child_done(failed, state.n_finished.get() + 1 == state.n_children);
            state.child_is_done(child);
        });
    }
    // Not the whole state, which holds the outer future.
    let (children, requested) = (state.children.clone(), Rc::clone(&state.cancel_requested));
    outer.on_cancel(move |message| {
        // Every child is asked, in order, also after one took it.
        let mut taken = false;
        for child in &children {
            taken |= child.cancel(message.clone());
        }
        requested.set(taken || requested.get());
        taken
    });
    for child in &done {
        state.child_is_done(child);
    }
    outer
}

struct Gathering<T: 'static, U: 'static, F> {
    outer: Future<U>,
    children: Vec<Future<T>>,
    mode: Gather,
    n_children: usize,
    n_finished: Cell<usize>,
    /// Cancelling the gather took hold: it fails with that in the end, whatever the children do.
    cancel_requested: Rc<Cell<bool>>,
    finish: RefCell<Option<F>>,
}

impl<T, U, F> Gathering<T, U, F>
where
    T: Clone + 'static,
    U: 'static,
    F: FnOnce(Vec<Result<T, Failure>>) -> U,
{
    /// Each child's done callback.
    fn child_is_done(&self, child: &Future<T>) {
        self.n_finished.set(self.n_finished.get() + 1);
        if self.outer.done() {
            child.peek(|result| result.as_ref().err().map(Failure::mark_seen));
            return;
        }
        if self.mode == Gather::FailFast
            && let Some(failure) = asked_for(child)
        {
            self.resolve(Err(failure.in_future("_GatheringFuture")));
        } else if self.n_finished.get() == self.n_children {
            let last = if self.cancel_requested.get() { asked_for(child) } else { None };
            self.complete(last);
        }
    }

    /// All children are done; `last` is why the last of them failed, if it did.
    fn complete(&self, last: Option<Failure>) {
        if self.cancel_requested.get() {
            let failure = last.filter(Failure::is_cancelled).unwrap_or(Failure::Cancelled(None));
            return self.resolve(Err(failure));
        }
        let result = |child: &Future<T>| match child.cancelled() {
            true => Some(Err(child.cancellation())),
            false => child.result().ok(),
        };
        let results = self.children.iter().filter_map(result).collect();
        let finish = self.finish.borrow_mut().take();
        if let Some(finish) = finish {
            self.resolve(Ok(finish(results)));
        }
    }

    /// Only called while it is pending.
    fn resolve(&self, result: Result<U, Failure>) {
        self.outer.set(result).unwrap_or_default();
    }
}

/// Why a child failed. The very exception that ended it by cancellation is used up by that: who
/// awaits the child later gets a new one.
fn asked_for<T: Clone + 'static>(child: &Future<T>) -> Option<Failure> {
    if child.cancelled() {
        return child.told().and_then(Result::err);
    }
    child.peek(|result| result.as_ref().err().cloned()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::executor::{Config, EventLoop, Task};
    use crate::time::Duration;

    /// A task that sleeps and returns its delay, or fails if that is odd.
    fn child(cx: &Context, ms: u64) -> Task<u64> {
        let cx2 = cx.clone();
        cx.create_task(None, "child", async move {
            cx2.sleep(Duration::from_millis(ms)).await?;
            if ms % 2 == 1 { Err(Failure::raised("ValueError", "odd")) } else { Ok(ms) }
        })
    }

    #[track_caller]
    fn check(python: PythonVersion, mode: Gather, delays: &[u64], expected: &str) {
        let mut config = Config::new();
        config.python = python;
        let mut event_loop = EventLoop::new(config);
        let delays = delays.to_vec();
        let cx = event_loop.context().clone();
        let ended = event_loop.run_until_complete("main", |cx| async move {
            let children = delays.iter().map(|ms| child(&cx, *ms).future()).collect();
            let all = gather(&cx, children, mode, |results| {
                let shown: Vec<String> = results
                    .iter()
                    .map(|result| match result {
                        Ok(ms) => ms.to_string(),
                        Err(failure) => failure.to_string(),
                    })
                    .collect();
                shown.join(" ")
            });
            all.wait().await
        });
        let iterations = event_loop.counts().iterations;
        let shown = match ended.unwrap() {
            Ok(results) => results,
            Err(failure) => failure.to_string(),
        };
        assert_eq!(format!("{shown} at {} #{iterations}", cx.now()), expected);
    }

    /// Iterations counted on CPython 3.11.7 to 3.15.2 with a virtual-time loop.
    #[test]
    fn results_come_in_order_two_hops_after_the_last_child() {
        for python in PythonVersion::ALL {
            check(python, Gather::FailFast, &[], " at 0s #2");
            check(python, Gather::FailFast, &[4, 2], "4 2 at 4ms #10");
            check(python, Gather::FailFast, &[4, 1, 3], "ValueError: odd at 1ms #7");
            check(python, Gather::Collect, &[4, 1, 2], "4 ValueError: odd 2 at 4ms #13");
        }
    }

    #[test]
    fn a_child_given_twice_has_two_places() {
        let mut event_loop = EventLoop::new(Config::new());
        let ended = event_loop.run_until_complete("main", |cx| async move {
            let child = child(&cx, 2).future();
            let twice = vec![child.clone(), child];
            gather(&cx, twice, Gather::FailFast, |results| results.len()).wait().await
        });
        assert_eq!(ended.unwrap().unwrap(), 2);
    }

    #[test]
    fn cancelling_the_awaiter_cancels_every_child() {
        let mut event_loop = EventLoop::new(Config::new());
        let ended = event_loop.run_until_complete("main", |cx| async move {
            let children = [child(&cx, 50), child(&cx, 60)];
            let futures = children.iter().map(Task::future).collect();
            let cx2 = cx.clone();
            let awaiter: Task<()> = cx.create_task(None, "awaiter", async move {
                gather(&cx2, futures, Gather::FailFast, |_| ()).wait().await
            });
            cx.sleep(Duration::from_millis(1)).await?;
            assert!(awaiter.cancel(None));
            let failure = awaiter.wait().await.unwrap_err();
            assert!(failure.is_cancelled() && awaiter.future().cancelled());
            assert!(children.iter().all(|child| child.future().cancelled()));
            Ok(cx.now())
        });
        assert_eq!(ended.unwrap().unwrap().to_string(), "1ms");
    }
}
