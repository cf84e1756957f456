//! A Rust user's own futures as something to explore.

use std::cell::RefCell;
use std::fmt::Debug;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::drive::Search;
use super::exploration::{Exploration, explore};
use super::subject::{Oracle, Subject};
use crate::executor::{Config, Context, EventLoop, Failure, Stopped, Unattended};
use crate::trace::Recorder;
use crate::trace::outcome::LimitKind;
use crate::trace::schedule::Open;

/// How a run of a future ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FutureEnd {
    /// With a value, as `{:?}` shows it.
    Returned(String),
    /// With a failure.
    Failed(String),
    /// Nothing is left that could wake it; who waits for what.
    Deadlock(Vec<String>),
    /// At a bound of the run.
    Limit(&'static str),
}

/// Explores what a future can come to: every order of answers from outside that come at the same
/// instant, and whatever else `open` leaves open.
///
/// ```
/// use std::{cell::Cell, rc::Rc};
/// use loopsim::explore::{FutureEnd, Open, Search, explore_future};
/// use loopsim::time::Duration;
///
/// // Two tasks read a number, wait for an answer from outside, and write it back.
/// let found = explore_future(&Search::default(), &Open::default(), |cx| async move {
///     let number = Rc::new(Cell::new(0));
///     let tasks = [3, 4].map(|by| {
///         let (inner, number) = (cx.clone(), Rc::clone(&number));
///         cx.create_task(None, "add", async move {
///             inner.io(Duration::from_millis(1)).await?;
///             let seen = number.get() * 10;
///             inner.sleep(Duration::ZERO).await?;
///             number.set(seen + by);
///             Ok(())
///         })
///     });
///     for task in tasks {
///         task.wait().await?;
///     }
///     Ok(number.get())
/// });
/// assert!(found.is_complete());
/// let ends: Vec<&FutureEnd> = found.outcomes.iter().map(|outcome| &outcome.end).collect();
/// let returned = |text: &str| FutureEnd::Returned(text.to_owned());
/// assert_eq!(ends, [&returned("3"), &returned("4")]);
/// // The schedule that shows the second one:
/// let schedule = &found.outcomes[0].shown.schedule;
/// assert_eq!(schedule.to_string(), "v1 0:completion=Task-3");
/// ```
pub fn explore_future<T, F>(
    search: &Search,
    open: &Open,
    future: impl Fn(Context) -> F + Sync,
) -> Exploration<FutureEnd>
where
    T: Debug + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    let subject = Futures { future, open: open.clone(), result: std::marker::PhantomData };
    explore(&subject, search, open, &|_| ControlFlow::Continue(()))
}

struct Futures<C, T, F> {
    future: C,
    open: Open,
    result: std::marker::PhantomData<fn() -> (T, F)>,
}

impl<C, T, F> Subject for Futures<C, T, F>
where
    C: Fn(Context) -> F + Sync,
    T: Debug + 'static,
    F: Future<Output = Result<T, Failure>> + 'static,
{
    type End = FutureEnd;

    fn run(&self, oracle: &Oracle) -> FutureEnd {
        let mut config = Config::new();
        config.open = self.open.clone();
        let (scheduler, host) = (Box::new(oracle.clone()), Box::new(Unattended));
        let mut event_loop = EventLoop::with(config, scheduler, Recorder::off(), host);
        let shown = Rc::new(RefCell::new(String::new()));
        let (slot, future) = (Rc::clone(&shown), &self.future);
        let ended = event_loop.run_until_complete("main", |cx| {
            let future = future(cx);
            async move {
                let value = future.await?;
                *slot.borrow_mut() = format!("{value:?}");
                Ok(())
            }
        });
        match ended {
            Ok(Ok(())) => FutureEnd::Returned(shown.take()),
            Ok(Err(failure)) => FutureEnd::Failed(failure.to_string()),
            Err(Stopped::Limit(limit)) => FutureEnd::Limit(LimitKind::name(limit)),
            Err(_) => {
                let waits = event_loop.waiting();
                let waits = waits.iter().map(|task| format!("{} waits for {}", task.name, task.on));
                FutureEnd::Deadlock(waits.collect())
            }
        }
    }

    fn fails(&self, end: &FutureEnd) -> bool {
        !matches!(end, FutureEnd::Returned(_))
    }
}
