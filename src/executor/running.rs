//! Driving the loop from outside and from inside: what `run_forever`, `run_until_complete` and
//! `stop` are made of, and several loops in one run.
//!
//! Source: CPython `Lib/asyncio/base_events.py`, semantics §13.

use std::collections::VecDeque;
use std::rc::Rc;

use super::core::{Core, Ready};
use super::future::Base;
use super::timers::{Calendar, Heapq, Timers};
use super::{Context, Failure, Future, Stopped};
use crate::index::{EventId, LaneId, SiteId};
use crate::time::{Duration, Instant};
use crate::trace::What;

/// Why a loop that ran does not run any more, besides having been told to stop.
#[derive(Clone, Debug)]
pub(crate) enum Halt {
    /// The whole run is over.
    Stopped(Stopped),
    /// An exception left the loop.
    Escaped(Failure),
}

/// What the loop alone knows, for whoever tells the user of it.
#[derive(Clone, Debug)]
pub(crate) enum Notice {
    /// A task was dropped that was not done.
    PendingTaskDropped {
        /// Its name.
        name: String,
        /// What it is known by to whoever made it.
        label: u32,
        /// Where it was made.
        made_at: SiteId,
        /// Where its coroutines are, outermost first.
        frames: Vec<SiteId>,
        /// Whether it waited for a future.
        waits: bool,
    },
    /// What was asked for with [`Context::call_me`].
    Called,
}

/// Hears of what the loop alone knows.
pub(crate) trait Observer {
    /// Called between handles, or when a task is dropped.
    fn notice(&self, notice: Notice);
}

/// The queues of a loop that does not run at the moment, because another one of the same program
/// does.
#[derive(Debug)]
pub(crate) struct LoopState {
    ready: VecDeque<Ready>,
    timers: Timers,
    cancelled_timers: usize,
    stopping: bool,
    debug: bool,
    slow_after: Duration,
    number: u32,
}

impl LoopState {
    /// Those of a new loop, which is known by that number.
    pub(crate) fn new(debug: bool, number: u32) -> Self {
        Self {
            number,
            ready: VecDeque::new(),
            timers: Timers::Calendar(Calendar::default()),
            cancelled_timers: 0,
            stopping: false,
            debug,
            slow_after: Duration::from_millis(100),
        }
    }
}

impl Context {
    /// Runs iterations until something stops the loop, and ends after that iteration.
    pub(crate) fn run_forever(&self) -> Result<(), Halt> {
        let core = self.core();
        if core.has_stopped.get() {
            return core.halted();
        }
        let outer = core.is_running.replace(true);
        let ended = loop {
            core.run_once(self);
            if core.has_stopped.get() {
                break core.halted();
            }
            if core.stopping.get() {
                break Ok(());
            }
        };
        core.stopping.set(false);
        core.is_running.set(outer);
        ended
    }

    /// Runs the loop until a future is done: what it has then, or `None` if the loop was stopped
    /// before.
    pub(crate) fn run_until_done<T: Clone + 'static>(
        &self,
        future: &Future<T>,
    ) -> Result<Option<Result<T, Failure>>, Halt> {
        future.stop_when_done();
        let ended = self.run_forever();
        if !future.done() {
            future.do_not_stop();
        }
        ended.map(|()| future.result().ok())
    }

    /// Whether anything is left that would run if the loop went on.
    pub(crate) fn has_ready(&self) -> bool {
        !self.core().ready.borrow().is_empty()
    }

    /// Whether the loop runs.
    pub(crate) fn is_running(&self) -> bool {
        self.core().is_running.get()
    }

    /// The loop stops after the current iteration; one that does not run runs a single one.
    pub(crate) fn stop_loop(&self) {
        self.core().stopping.set(true);
    }

    /// Puts other queues in place of the loop's and returns those.
    pub(crate) fn exchange(&self, state: LoopState) -> LoopState {
        let core = self.core();
        LoopState {
            ready: core.ready.replace(state.ready),
            timers: core.timers.replace(state.timers),
            cancelled_timers: core.cancelled_timers.replace(state.cancelled_timers),
            stopping: core.stopping.replace(state.stopping),
            debug: core.debug.replace(state.debug),
            slow_after: core.slow_after.replace(state.slow_after),
            number: core.loop_number.replace(state.number),
        }
    }

    /// Drops what is ready and all timers: the loop is closed.
    pub(crate) fn close_loop(&self) {
        let core = self.core();
        let state = self.exchange(LoopState::new(false, core.loop_number.get()));
        core.record_dropped(&state.ready);
        core.drop_calls(&state.ready);
    }

    /// The number of the loop that is used.
    pub(crate) fn loop_number(&self) -> u32 {
        self.core().loop_number.get()
    }

    /// asyncio's debug mode.
    pub(crate) fn debug(&self) -> bool {
        self.core().debug.get()
    }

    /// Turns asyncio's debug mode on or off.
    pub(crate) fn set_debug(&self, debug: bool) {
        self.core().debug.set(debug);
    }

    /// From how long on a callback is slow in debug mode.
    pub(crate) fn slow_after(&self) -> Duration {
        self.core().slow_after.get()
    }

    /// Sets from how long on a callback is slow.
    pub(crate) fn set_slow_after(&self, slow_after: Duration) {
        self.core().slow_after.set(slow_after);
    }

    /// Asks the task of a lane where it is: the places of its coroutines, outermost first. Only
    /// between handles.
    pub(crate) fn inspect_lane(&self, lane: LaneId) -> Vec<SiteId> {
        self.core().inspect_lane(lane)
    }

    /// Lets somebody hear of what the loop alone knows.
    pub(crate) fn observe(&self, observer: Rc<dyn Observer>) {
        *self.core().aside.observer.borrow_mut() = Some(observer);
    }

    /// The observer is to be called when the handle that runs is done.
    pub(crate) fn call_me(&self) {
        self.core().aside.wants_call.set(true);
    }

    /// An exception is to leave the loop at once, as `SystemExit` does.
    pub(crate) fn escape(&self, failure: Failure) {
        self.core().escape(failure);
    }

    /// The program reads the clock: deadlines that it gives from now on count from this reading.
    pub(crate) fn read_time(&self) -> Instant {
        let core = self.core();
        core.program_reading.set(core.read_clock());
        self.now()
    }

    /// Records something that is told about an object made at `site`.
    pub(crate) fn record_at(&self, site: SiteId, what: What) {
        let core = self.core();
        let before = core.site.replace(site);
        core.record(EventId::NONE, what);
        core.site.set(before);
    }
}

impl Core {
    /// Why the loop does not run any more. An exception leaves it once.
    fn halted(&self) -> Result<(), Halt> {
        let escaped = self.aside.escaped.borrow_mut().take();
        let stopped = self.stopped.borrow().clone();
        self.has_stopped.set(stopped.is_some());
        match (stopped, escaped) {
            (Some(why), _) => Err(Halt::Stopped(why)),
            (None, Some(failure)) => Err(Halt::Escaped(failure)),
            (None, None) => Err(Halt::Stopped(Stopped::Interrupted)),
        }
    }

    /// Tells whoever wants to hear it.
    #[cold]
    pub(super) fn tell(&self, notice: Notice) {
        let observer = self.aside.observer.borrow().clone();
        if let Some(observer) = observer {
            observer.notice(notice);
        }
    }

    /// The object of a task that is not done was dropped: nobody can wake it any more.
    pub(super) fn abandon_task(&self, base: &Base) {
        let task = base.task_id.get();
        if self.aside.observer.borrow().is_some() {
            let waits = self.tasks.borrow_mut().slot(task).future.is_some();
            let (name, label, made_at) = (base.name(), base.label.get(), base.made_at);
            let frames = self.inspect(task);
            self.tell(Notice::PendingTaskDropped { name, label, made_at, frames, waits });
        }
        self.remove_task(task);
    }

    /// Timers whose deadlines are given may tie: from now on CPython's heap is followed.
    pub(super) fn follow_heapq(&self) {
        let mut timers = self.timers.borrow_mut();
        let Timers::Calendar(calendar) = &mut *timers else { return };
        let mut heap = Heapq::default();
        while let Some(timer) = calendar.pop() {
            heap.push(timer);
        }
        *timers = Timers::Heapq(heap);
    }
}
