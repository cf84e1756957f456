//! The state of a loop, shared by the loop, its context and the leaves.
//!
//! Each part has a cell of its own, borrowed for the length of one small operation and never while
//! a coroutine, a callback or a host runs.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::Arc;
use std::task::Waker;

use super::agenda::Agenda;
use super::callbacks::CallTable;
use super::config::{Config, Host};
use super::cpu::Cpu;
use super::failure::Failure;
use super::place::ToldWait;
use super::running::Observer;
use super::scheduler::Chooser;
use super::table::TaskTable;
use super::timers::{Calendar, Timers};
use super::waker::{SharedWaker, WakeQueue};
use super::{Scheduler, Stopped, WaitingTask};
use crate::index::{CallId, EventId, LaneId, SiteId, TaskId};
use crate::time::{Duration, Instant};
use crate::trace::{Lane, LaneKind, Recorder, What};

/// A handle in the ready queue. Plain data: 16 bytes.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ready {
    /// A task's next step.
    Step { task: TaskId, cause: EventId },
    /// The handle of a sleep's timer.
    Slept { task: TaskId, wait: u32 },
    /// The handle of an answer from outside.
    Answered { task: TaskId, wait: u32, cause: EventId },
    /// A plain callback.
    Call { call: CallId, number: u32, cause: EventId },
    /// `run_until_complete`'s own: stop after this iteration.
    Stop,
}

/// Every how many handles the host is usually asked whether to go on, less one.
const TICK_MASK: u64 = (1 << 12) - 1;

/// What is looked at seldom.
#[derive(Default)]
pub(super) struct Aside {
    /// The name of the next task costs no number.
    pub(super) free_name: Cell<bool>,
    /// What asyncio told of.
    pub(super) findings: Cell<u64>,
    /// The exception that leaves the loop.
    pub(super) escaped: RefCell<Option<Failure>>,
    /// Who waited for what when nothing could go on any more.
    pub(super) deadlock: RefCell<Vec<WaitingTask>>,
    /// Whoever wants to hear of what the loop alone knows.
    pub(super) observer: RefCell<Option<Rc<dyn Observer>>>,
    /// The observer asked to be called when the handle that runs is done.
    pub(super) wants_call: Cell<bool>,
}

pub(super) struct Core {
    /// The host is asked after handles whose number has none of these bits.
    pub(super) tick_mask: u64,
    pub(super) config: Config,
    pub(super) now: Cell<Instant>,
    /// How often the clock was read to compute a deadline.
    pub(super) readings: Cell<u64>,
    /// The program's own last reading: the stamp of deadlines that it gives.
    pub(super) program_reading: Cell<u64>,
    pub(super) ready: RefCell<VecDeque<Ready>>,
    pub(super) timers: RefCell<Timers>,
    /// Timers in `timers` that are known to be cancelled.
    pub(super) cancelled_timers: Cell<usize>,
    pub(super) agenda: RefCell<Agenda>,
    /// Threads, locks and cores.
    pub(super) cpu: RefCell<Cpu>,
    /// What a layer above keeps for this loop.
    pub(super) extension: RefCell<Option<Rc<dyn std::any::Any>>>,
    /// How late a timer was at most.
    pub(super) latest: Cell<Duration>,
    /// There are threads besides the loop's.
    pub(super) has_threads: Cell<bool>,
    /// When something happens on the cores next.
    pub(super) cpu_next: Cell<Option<Instant>>,
    /// Points at which threads could be switched that still pass before the scheduler is asked.
    pub(super) switch_in: Cell<u32>,
    pub(super) tasks: RefCell<TaskTable>,
    pub(super) calls: RefCell<CallTable>,
    /// Whether the recorder records: never read to decide anything else.
    pub(super) recording: bool,
    pub(super) recorder: RefCell<Recorder>,
    pub(super) chooser: RefCell<Chooser>,
    /// Whether a cancellation was injected, and how many awaits it could have struck before.
    pub(super) injected: Cell<bool>,
    pub(super) awaits: Cell<u32>,
    /// How much earlier or later the next answer can come, and whether any answer can.
    pub(super) next_spread: Cell<Duration>,
    pub(super) has_spread: Cell<bool>,
    /// Whether the scheduler wants to know more than the choices.
    pub(super) watching: bool,
    /// What made ready what is ready, if that is wanted.
    pub(super) following: super::following::Following,
    /// The run is over, and what is looked at now does not count.
    pub(super) unwatched: Cell<bool>,
    /// Whether what the tasks run tells itself what it uses.
    pub(super) tells_uses: Cell<bool>,
    pub(super) host: RefCell<Box<dyn Host>>,
    /// The task whose coroutine is being polled.
    pub(super) current: Cell<Option<TaskId>>,
    /// Whose events these are.
    pub(super) lane: Cell<LaneId>,
    /// Where the program is.
    pub(super) site: Cell<SiteId>,
    /// What the leaf that is resumed is to fail with.
    thrown: RefCell<Option<Failure>>,
    has_thrown: Cell<bool>,
    /// Set while a suspended coroutine is asked where it is.
    pub(super) inspection: RefCell<Option<Vec<SiteId>>>,
    /// What the leaf of that coroutine said of its wait.
    pub(super) told_wait: RefCell<Option<ToldWait>>,
    pub(super) inspecting: Cell<bool>,
    /// The loop is to end after the current iteration.
    pub(super) stopping: Cell<bool>,
    /// The loop runs.
    pub(super) is_running: Cell<bool>,
    /// The run is to end at once.
    pub(super) stopped: RefCell<Option<Stopped>>,
    /// The run is to end, or an exception leaves the loop.
    pub(super) has_stopped: Cell<bool>,
    pub(super) aside: Aside,
    /// asyncio's debug mode, and from how long on a callback is slow in it.
    pub(super) debug: Cell<bool>,
    pub(super) slow_after: Cell<Duration>,
    /// Which of a program's loops is used.
    pub(super) loop_number: Cell<u32>,
    pub(super) next_task_number: Cell<u32>,
    pub(super) next_future: Cell<u32>,
    pub(super) next_job: Cell<u32>,
    pub(super) next_primitive: Cell<u32>,
    pub(super) cancel_depth: Cell<u32>,
    pub(super) cancel_too_deep: Cell<bool>,
    pub(super) next_done_callback: Cell<u32>,
    pub(super) iterations: Cell<u64>,
    pub(super) handles: Cell<u64>,
    pub(super) tasks_created: Cell<u64>,
    pub(super) output_lines: Cell<u64>,
    /// Iterations since time last moved.
    pub(super) instant_iterations: Cell<u64>,
    /// The waker that most tasks are polled with; see `waker`.
    pub(super) shared_waker: Waker,
    pub(super) shared_count: Arc<SharedWaker>,
    pub(super) foreign_wakes: Arc<WakeQueue>,
}

impl Core {
    pub(super) fn new(
        config: Config,
        scheduler: Box<dyn Scheduler>,
        mut recorder: Recorder,
        host: Box<dyn Host>,
    ) -> Self {
        recorder.lane(Lane::numbered(LaneKind::Loop, 0));
        let watching = scheduler.watches();
        if config.open.order || watching {
            recorder.keep_names();
        }
        let following = super::following::Following::default();
        following.is_on.set(watching && !config.open.order);
        let tick_mask = if host.wants_every_handle() { 0 } else { TICK_MASK };
        let shared_count = Arc::new(SharedWaker);
        let cpu = RefCell::new(Cpu::new(config.cores, config.switch_interval, config.gil));
        Self {
            tick_mask,
            debug: Cell::new(config.debug),
            slow_after: Cell::new(Duration::from_millis(100)),
            loop_number: Cell::new(0),
            config,
            now: Cell::new(Instant::ZERO),
            readings: Cell::new(0),
            program_reading: Cell::new(0),
            ready: RefCell::default(),
            timers: RefCell::new(Timers::Calendar(Calendar::default())),
            cancelled_timers: Cell::new(0),
            agenda: RefCell::default(),
            cpu,
            extension: RefCell::default(),
            latest: Cell::new(Duration::ZERO),
            has_threads: Cell::new(false),
            cpu_next: Cell::new(None),
            switch_in: Cell::new(0),
            tasks: RefCell::default(),
            calls: RefCell::default(),
            recording: recorder.is_recording(),
            watching,
            following,
            unwatched: Cell::new(false),
            tells_uses: Cell::new(false),
            injected: Cell::new(false),
            awaits: Cell::new(0),
            next_spread: Cell::new(Duration::ZERO),
            has_spread: Cell::new(false),
            recorder: RefCell::new(recorder),
            chooser: RefCell::new(Chooser::new(scheduler)),
            host: RefCell::new(host),
            current: Cell::new(None),
            lane: Cell::new(LaneId::LOOP),
            site: Cell::new(SiteId::NONE),
            thrown: RefCell::default(),
            has_thrown: Cell::new(false),
            inspection: RefCell::default(),
            told_wait: RefCell::default(),
            inspecting: Cell::new(false),
            stopping: Cell::new(false),
            is_running: Cell::new(false),
            aside: Aside::default(),
            stopped: RefCell::default(),
            has_stopped: Cell::new(false),
            next_task_number: Cell::new(1),
            next_future: Cell::new(0),
            next_job: Cell::new(0),
            next_primitive: Cell::new(0),
            cancel_depth: Cell::new(0),
            cancel_too_deep: Cell::new(false),
            next_done_callback: Cell::new(0),
            iterations: Cell::new(0),
            handles: Cell::new(0),
            tasks_created: Cell::new(0),
            output_lines: Cell::new(0),
            instant_iterations: Cell::new(0),
            shared_waker: Waker::from(Arc::clone(&shared_count)),
            shared_count,
            foreign_wakes: Arc::default(),
        }
    }

    /// Records an event of the current lane, at the current site.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the event is a constant at each call")]
    pub(super) fn record(&self, cause: EventId, what: What) -> EventId {
        if !self.recording {
            return EventId::NONE;
        }
        self.recorder.borrow_mut().record(self.lane.get(), self.site.get(), cause, what)
    }

    /// The event recorded last: the cause of what has no event of its own.
    pub(super) fn last_event(&self) -> EventId {
        self.recorder.borrow().last()
    }

    /// Records an event of the loop itself.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the event is a constant at each call")]
    pub(super) fn record_loop(&self, cause: EventId, what: What) -> EventId {
        if !self.recording {
            return EventId::NONE;
        }
        self.recorder.borrow_mut().record(LaneId::LOOP, SiteId::NONE, cause, what)
    }

    /// Takes what the leaf that is resumed is to fail with, if it is to.
    #[inline]
    pub(super) fn take_thrown(&self) -> Option<Failure> {
        if self.has_thrown.replace(false) { self.thrown.borrow_mut().take() } else { None }
    }

    /// Has the leaf that is resumed next fail.
    pub(super) fn throw_at_leaf(&self, failure: Failure) {
        self.has_thrown.set(true);
        *self.thrown.borrow_mut() = Some(failure);
    }

    /// Appends to the ready queue, behind what wakers of other libraries put there before.
    #[inline]
    pub(super) fn push_ready(&self, handle: Ready) {
        if self.foreign_wakes.is_waiting() {
            self.take_foreign_wakes();
        }
        self.ready.borrow_mut().push_back(handle);
        if self.following.is_on.get() {
            self.note_ready();
        }
    }

    /// The number that orders a deadline computed now among equal ones.
    #[inline]
    pub(super) fn read_clock(&self) -> u64 {
        let stamp = self.readings.get() + 1;
        self.readings.set(stamp);
        stamp
    }

    /// An exception leaves the loop at once.
    #[cold]
    pub(super) fn escape(&self, failure: Failure) {
        self.aside.escaped.borrow_mut().get_or_insert(failure);
        self.has_stopped.set(true);
    }

    /// Ends the run at the next opportunity; the first reason holds.
    pub(super) fn stop_run(&self, why: Stopped) {
        self.stopped.borrow_mut().get_or_insert(why);
        self.has_stopped.set(true);
    }
}

/// Adds one to a counter and returns what it was.
#[inline]
pub(super) fn count_up(counter: &Cell<u32>) -> u32 {
    let number = counter.get();
    counter.set(number.wrapping_add(1));
    number
}
