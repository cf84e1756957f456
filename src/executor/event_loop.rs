//! The loop itself: iterations, from the first to the last.
//!
//! Source: CPython `Lib/asyncio/base_events.py` (`_run_once`, `run_forever`,
//! `run_until_complete`), semantics §1 and §13.

use std::fmt;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::callbacks::CallTable;
use super::core::{Core, Ready};
use super::{
    Config, Context, Failure, Fifo, Halt, Host, Notice, Progress, Scheduler, Stopped, Task,
    Unattended, WaitingTask,
};
use crate::index::EventId;
use crate::time::Duration;
use crate::trace::outcome::{LimitKind, Outcome};
use crate::trace::schedule::Schedule;
use crate::trace::{Header, Recorder, Trace, What};

/// asyncio's event loop on a virtual clock.
///
/// ```
/// use loopsim::executor::{Config, EventLoop};
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let result = event_loop.run_until_complete("main", |cx| async move {
///     cx.sleep(Duration::from_secs(36_000)).await?;
///     Ok(cx.now().to_string())
/// });
/// assert_eq!(result.unwrap().unwrap(), "36000s");
/// ```
pub struct EventLoop {
    cx: Context,
}

/// How much happened in a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Turns of the loop.
    pub iterations: u64,
    /// What asyncio told of: exceptions that nobody took, coroutines that were never awaited …
    pub findings: u64,
    /// Handles run.
    pub handles: u64,
    /// Tasks created.
    pub tasks: u64,
    /// Events recorded.
    pub events: u64,
    /// Whether there were threads besides the loop's.
    pub threads: bool,
    /// How late the loop was at most, when a timer was due.
    pub late: Duration,
}

impl fmt::Debug for EventLoop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventLoop").field("now", &self.cx.now()).finish_non_exhaustive()
    }
}

impl EventLoop {
    /// A loop that keeps its trace in memory and follows asyncio's own order.
    pub fn new(config: Config) -> Self {
        let recorder = Recorder::in_memory(Header::default());
        Self::with(config, Box::new(Fifo), recorder, Box::new(Unattended))
    }

    /// A loop with everything chosen.
    pub fn with(
        config: Config,
        scheduler: Box<dyn Scheduler>,
        recorder: Recorder,
        host: Box<dyn Host>,
    ) -> Self {
        Self { cx: Context(Rc::new(Core::new(config, scheduler, recorder, host))) }
    }

    /// What code outside of the loop's tasks talks to it with.
    pub fn context(&self) -> &Context {
        &self.cx
    }

    /// Makes a task of a coroutine and runs the loop until it is done: what it returned or raised,
    /// or why the loop ended before.
    ///
    /// Source: `BaseEventLoop.run_until_complete`. What is ready in the iteration after its last
    /// step still runs.
    pub fn run_until_complete<T, F>(
        &mut self,
        runs: &str,
        coroutine: impl FnOnce(Context) -> F,
    ) -> Result<Result<T, Failure>, Stopped>
    where
        T: 'static,
        F: Future<Output = Result<T, Failure>> + 'static,
    {
        let slot = Rc::new(std::cell::Cell::new(None));
        let (result, coroutine) = (Rc::clone(&slot), coroutine(self.cx.clone()));
        let task: Task<()> = self.cx.create_task(None, runs, async move {
            match coroutine.await {
                Ok(value) => {
                    result.set(Some(value));
                    Ok(())
                }
                Err(failure) => Err(failure),
            }
        });
        let ended = self.run_task(&task)?;
        Ok(ended.and_then(|()| slot.take().ok_or(Failure::Cancelled(None))))
    }

    /// Runs the loop until a task is done.
    pub fn run_task<T: Clone + 'static>(
        &mut self,
        task: &Task<T>,
    ) -> Result<Result<T, Failure>, Stopped> {
        self.run_future(&task.future())
    }

    /// Runs the loop until a future is done.
    pub fn run_future<T: Clone + 'static>(
        &mut self,
        future: &crate::executor::Future<T>,
    ) -> Result<Result<T, Failure>, Stopped> {
        match self.cx.run_until_done(future) {
            Ok(Some(result)) => Ok(result),
            Ok(None) => Err(Stopped::Interrupted),
            Err(Halt::Stopped(why)) => Err(why),
            Err(Halt::Escaped(failure)) => Ok(Err(failure)),
        }
    }

    /// Why the run has ended, if it has.
    pub fn stopped(&self) -> Option<Stopped> {
        self.cx.core().stopped.borrow().clone()
    }

    /// Whether anything is left that would run if the loop went on.
    pub fn has_ready(&self) -> bool {
        self.cx.has_ready()
    }

    /// Who waits for what; after a deadlock, who waited for what then.
    pub fn waiting(&self) -> Vec<WaitingTask> {
        let core = self.cx.core();
        match &*core.aside.deadlock.borrow() {
            known if !known.is_empty() => known.clone(),
            _ => core.waiting(),
        }
    }

    /// How much happened.
    pub fn counts(&self) -> Counts {
        let core = self.cx.core();
        Counts {
            iterations: core.iterations.get(),
            findings: core.aside.findings.get(),
            handles: core.handles.get(),
            tasks: core.tasks_created.get(),
            events: core.recorder.borrow().len() as u64,
            threads: core.has_threads.get(),
            late: core.latest.get(),
        }
    }

    /// The choices that were not asyncio's own.
    pub fn schedule(&self) -> Schedule {
        self.cx.core().chooser.borrow().taken().clone()
    }

    /// Ends the recording and gives it back. What is left in the loop is dropped.
    pub fn finish(self, outcome: Outcome) -> Trace {
        let core = self.cx.core();
        let ready = std::mem::take(&mut *core.ready.borrow_mut());
        core.record_dropped(&ready);
        core.record_loop(EventId::NONE, What::RunEnd { outcome: outcome.code() });
        let recorder = core.recorder.replace(Recorder::off());
        recorder.finish(outcome)
    }
}

impl Drop for EventLoop {
    /// Tasks hold contexts and the loop holds tasks: that circle is broken here.
    fn drop(&mut self) {
        self.cx.core().drop_everything();
    }
}

impl Core {
    /// One iteration: waits if nothing is ready, then runs exactly the handles that are ready.
    pub(super) fn run_once(&self, cx: &Context) {
        if self.foreign_wakes.is_waiting() {
            self.take_foreign_wakes();
        }
        self.tell_iteration();
        self.wait_for_something(cx);
        if self.has_stopped.get() {
            return;
        }
        self.collect_due_timers();
        let n_ready = self.ready.borrow().len();
        self.iterations.set(self.iterations.get() + 1);
        let ready = u32::try_from(n_ready).unwrap_or(u32::MAX);
        self.record_loop(EventId::NONE, What::IterationBegin { ready });
        let at_this_instant = self.instant_iterations.get() + 1;
        self.instant_iterations.set(at_this_instant);
        if at_this_instant > self.config.limits.instant_iterations {
            self.stop_run(Stopped::Limit(LimitKind::InstantIterations));
        }
        let mut left = n_ready;
        for _ in 0..n_ready {
            let next = if self.config.open.order { self.next_in_any_order(left) } else { 0 };
            if self.following.is_on.get() {
                self.tell_first();
            }
            left -= 1;
            let handle = match next {
                0 => self.ready.borrow_mut().pop_front(),
                next => self.ready.borrow_mut().remove(next),
            };
            let Some(handle) = handle else { break };
            self.run_handle(cx, handle);
            if self.aside.wants_call.replace(false) {
                self.tell(Notice::Called);
            }
            if self.has_stopped.get() {
                return;
            }
        }
    }

    #[inline]
    fn run_handle(&self, cx: &Context, handle: Ready) {
        match handle {
            Ready::Step { task, cause } => self.step(task, cause),
            Ready::Slept { task, wait } => self.sleep_is_over(task, wait),
            Ready::Answered { task, wait, cause } => self.io_is_ready(task, wait, cause),
            Ready::Call { call, number, cause } => self.run_call(cx, call, number, cause),
            Ready::Stop => self.stopping.set(true),
        }
        let handles = self.handles.get() + 1;
        self.handles.set(handles);
        if handles & self.tick_mask == 0 {
            self.tick();
        }
    }

    /// Asks the host whether to go on, and looks at the bounds that need no closer look.
    pub(super) fn tick(&self) {
        if self.handles.get() > self.config.limits.handles {
            self.stop_run(Stopped::Limit(LimitKind::Handles));
        }
        let progress = Progress {
            now: self.now.get(),
            events: self.recorder.borrow().len() as u64,
            handles: self.handles.get(),
            tasks: u32::try_from(self.tasks.borrow().len()).unwrap_or(u32::MAX),
        };
        let answer = self.host.borrow_mut().tick(&progress);
        if answer == ControlFlow::Break(()) {
            self.stop_run(Stopped::Interrupted);
        }
    }

    /// Tells of handles that never ran.
    pub(super) fn record_dropped(&self, handles: &std::collections::VecDeque<Ready>) {
        for handle in handles {
            let cause = match *handle {
                Ready::Step { cause, .. }
                | Ready::Answered { cause, .. }
                | Ready::Call { cause, .. } => cause,
                Ready::Slept { .. } | Ready::Stop => EventId::NONE,
            };
            if cause.some().is_some() {
                self.record_loop(cause, What::HandleDropped);
            }
        }
    }

    fn drop_everything(&self) {
        let extension = self.extension.borrow_mut().take();
        drop(extension);
        let observer = self.aside.observer.borrow_mut().take();
        drop(observer);
        self.ready.borrow_mut().clear();
        // Dropping a coroutine may drop others, or resolve futures, which appends to the loop.
        loop {
            let tasks = self.tasks.borrow_mut().take_all();
            let agenda = self.agenda.borrow_mut().clear();
            let calls = CallTable::take_all(&mut self.calls.borrow_mut());
            let live_calls = calls.iter().filter(|(callback, _)| callback.is_some()).count();
            if tasks.is_empty() && agenda.is_empty() && live_calls == 0 {
                return;
            }
        }
    }
}
