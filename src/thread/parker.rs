//! How running code waits.

use std::fmt;
use std::rc::Rc;

use super::Threads;
use crate::executor::{Back, Context};
use crate::index::{EventId, ThreadId};
use crate::time::{Duration, Instant};
use crate::trace::What;

/// Leaves the stack that runs.
pub(super) type Yielder = corosensei::Yielder<(), ()>;

/// The run has been ended while somebody waited: nothing is to be done any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the run has ended")]
pub struct Over;

/// What running code waits with. It is of no use to anyone but the thread it was given to.
#[derive(Clone, Copy)]
pub struct Parker<'y> {
    pub(super) threads: &'y Threads,
    pub(super) thread: ThreadId,
    /// `None` for the loop's thread, which stays where it is and lets the others run meanwhile.
    pub(super) yielder: Option<&'y Yielder>,
}

impl fmt::Debug for Parker<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Parker({:?})", self.thread)
    }
}

impl Parker<'_> {
    /// Whose it is.
    pub fn thread(&self) -> ThreadId {
        self.thread
    }

    /// All threads.
    pub fn threads(&self) -> &Threads {
        self.threads
    }

    fn cx(&self) -> &Context {
        &self.threads.0.cx
    }

    /// Whether the thread it was given to is the one that runs.
    #[inline]
    pub fn is_current(&self) -> bool {
        self.threads.current() == self.thread
    }

    /// Leaves the stack, until this thread has the baton again. `release`: whether the loop's thread
    /// still has the baton, and is to let go of it.
    fn leave(&self, release: bool) -> Result<(), Over> {
        let cx = self.cx();
        let goes_on = match self.yielder {
            Some(yielder) => {
                let site = cx.site();
                yielder.suspend(());
                cx.set_site(site);
                !cx.has_ended()
            }
            None if release => cx.park_main(),
            None => cx.wait_for_turn(),
        };
        if goes_on { Ok(()) } else { Err(Over) }
    }

    /// Waits until somebody [wakes](Threads::wake) this thread, or until an instant. Returns whether
    /// it was woken. `on` says what it waits for.
    pub fn wait(&self, on: &Rc<str>, until: Option<Instant>) -> Result<bool, Over> {
        debug_assert!(self.is_current(), "a thread waits with its own parker");
        let cx = self.cx();
        if cx.is_recording() {
            let on = cx.name(on);
            self.threads.record(EventId::NONE, What::ThreadWaits { on });
        }
        self.threads.begin_wait(self.thread, on);
        match until {
            Some(until) => cx.wake_at(self.thread, until),
            None => cx.void_wakes(self.thread),
        }
        let left = self.leave(true);
        // Who waited is told when nothing can go on any more.
        if left.is_err() && cx.has_ended() {
            return Err(Over);
        }
        let (woken, cause) = self.threads.end_wait(self.thread);
        self.threads.record(cause, What::ThreadWoke);
        left.map(|()| woken)
    }

    /// Blocks this thread for a time.
    pub fn block(&self, duration: Duration) -> Result<(), Over> {
        let cx = self.cx();
        if self.yielder.is_none() {
            cx.block(duration);
            return if cx.has_ended() { Err(Over) } else { Ok(()) };
        }
        self.threads.record(EventId::NONE, What::BlockBegin { duration });
        cx.wake_at(self.thread, cx.now() + duration);
        self.leave(true)?;
        self.threads.record(EventId::NONE, What::BlockEnd);
        Ok(())
    }

    /// Computes for a time.
    pub fn compute(&self, duration: Duration) -> Result<(), Over> {
        let cx = self.cx();
        if self.yielder.is_none() {
            cx.compute(duration);
            return if cx.has_ended() { Err(Over) } else { Ok(()) };
        }
        self.threads.record(EventId::NONE, What::ComputeBegin { duration });
        if !duration.is_zero() {
            cx.want(self.thread, duration);
            self.leave(true)?;
        }
        self.threads.record(EventId::NONE, What::ComputeEnd);
        Ok(())
    }

    /// Passes a point at which threads can be switched: another one may go on here.
    #[inline]
    pub fn pass(&self) -> Result<(), Over> {
        if self.cx().passes_switch_point() { self.ask() } else { Ok(()) }
    }

    #[cold]
    fn ask(&self) -> Result<(), Over> {
        if self.is_current() && self.cx().choose_thread(self.thread) {
            self.leave(false)?;
            self.threads.record(EventId::NONE, What::HandedOver);
        }
        Ok(())
    }

    /// Lets another thread run that was woken, and goes on after it has let go of the baton.
    pub(crate) fn hand_over(&self, next: ThreadId, back: Back) -> Result<(), Over> {
        if self.is_current() && self.cx().hand_over(self.thread, next, back) {
            self.leave(false)?;
        }
        Ok(())
    }
}
