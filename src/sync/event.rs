//! `asyncio.Event`.

use std::cell::Cell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as PollContext, Poll, ready};

use super::line::{Identity, Line};
use crate::executor::{Context, Failure, PlaceWait, ToldWait};
use crate::index::EventId;
use crate::trace::event::Change;

/// A flag that tasks wait for: asyncio's `Event`. Clones are the same event.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::sync::Event;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let event = Event::new(event_loop.context(), "start");
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let its_event = event.clone();
///     let task = cx.create_task(None, "runner", async move { its_event.wait().await });
///     cx.call_later(loopsim::time::Duration::from_secs(2), "start", move |_| event.set());
///     task.wait().await
/// });
/// ended.unwrap().unwrap();
/// assert_eq!(event_loop.context().now().to_string(), "2s");
/// ```
#[derive(Clone)]
pub struct Event(Rc<Inner>);

struct Inner {
    identity: Identity,
    is_set: Cell<bool>,
    line: Line,
}

impl fmt::Debug for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = if self.is_set() { "set" } else { "unset" };
        write!(f, "Event({}, {set})", self.0.identity.label())
    }
}

impl Event {
    /// An event that is not set. The name is for those who look at the run; it may be empty.
    pub fn new(cx: &Context, name: &str) -> Self {
        let identity = Identity::new(cx, "event", name);
        Self(Rc::new(Inner { identity, is_set: Cell::new(false), line: Line::default() }))
    }

    /// One that is a part of another primitive.
    pub(super) fn part_of(whole: &Identity) -> Self {
        let identity = whole.part();
        Self(Rc::new(Inner { identity, is_set: Cell::new(false), line: Line::default() }))
    }

    /// Whether it is set.
    #[inline]
    pub fn is_set(&self) -> bool {
        self.0.is_set.get()
    }

    /// How many wait for it.
    pub fn waiters(&self) -> usize {
        self.0.line.len()
    }

    /// Sets it and wakes all who wait, in order; they go on also if it is cleared again at once.
    pub fn set(&self) {
        if !self.0.is_set.replace(true) {
            let set = self.0.identity.changed(Change::Set, self.waiters());
            self.0.line.wake(&self.0.identity, usize::MAX, set);
        }
    }

    /// Sets it, because of what is recorded already.
    pub(super) fn set_because(&self, cause: EventId) {
        if !self.0.is_set.replace(true) {
            self.0.line.wake(&self.0.identity, usize::MAX, cause);
        }
    }

    /// Clears it: who waits from now on has to wait.
    pub fn clear(&self) {
        if self.0.is_set.replace(false) {
            self.0.identity.changed(Change::Cleared, 0);
        }
    }

    /// Waits until it is set; without suspending if it is.
    pub fn wait(&self) -> EventWait {
        EventWait { event: self.clone(), wait: None }
    }
}

/// The wait for an [`Event`].
#[derive(Debug)]
#[must_use = "futures do nothing unless polled"]
pub struct EventWait {
    event: Event,
    wait: Option<PlaceWait>,
}

impl Future for EventWait {
    type Output = Result<(), Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let Self { event, wait } = &mut *self;
        let Inner { identity, line, .. } = &*event.0;
        let tell = || ToldWait { on: format!("{} to be set", identity.label()), holders: vec![] };
        if identity.tells(tell) {
            return Poll::Pending;
        }
        let Some(waiting) = wait else {
            if event.is_set() {
                return Poll::Ready(Ok(()));
            }
            *wait = Some(line.enter(identity, poll));
            return Poll::Pending;
        };
        let end = ready!(waiting.poll(poll));
        line.leave(waiting);
        *wait = None;
        Poll::Ready(end.failure.map_or(Ok(()), Err))
    }
}

impl Drop for EventWait {
    fn drop(&mut self) {
        if let Some(wait) = self.wait.take() {
            self.event.0.line.leave(&wait);
        }
    }
}
