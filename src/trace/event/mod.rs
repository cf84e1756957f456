//! The vocabulary of a trace, and how an event is packed into a fixed-size record.
//!
//! [`What`] is the closed list of all that can happen. [`Record`] is the form it is kept in: 20
//! bytes, without the time, which only moves at [`What::ClockAdvanced`] and so is found from there.

mod particulars;
mod record;

pub use particulars::{Change, ChoiceKind, End, Resume, Wait};
pub use record::Record;

use std::fmt;

use crate::index::{CallId, EventId, FutureId, JobId, LaneId, PrimitiveId, SiteId, TextId};
use crate::time::{Duration, Instant};

/// Version of the vocabulary; goes up when an event is added or changes its meaning.
pub const VOCABULARY_VERSION: u32 = 1;

/// All that can happen in a run.
///
/// The cause of each is named in its description; where none is named it is the event before it on
/// the same lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A turn of the loop begins; `ready` handles will run in it.
    IterationBegin {
        /// How many handles run in this iteration.
        ready: u32,
    },
    /// Virtual time moves. Cause: what it moves to (a timer, a job's start, a block).
    ClockAdvanced {
        /// The time it is now.
        to: Instant,
    },
    /// A task comes into being, on the lane of its creator. Its first step is scheduled.
    TaskCreated {
        /// The new task's lane.
        task: LaneId,
    },
    /// A task's coroutine is entered. Cause: what scheduled this step.
    StepBegin {
        /// With a value or an exception.
        how: Resume,
    },
    /// A task's coroutine suspends.
    StepEnd {
        /// On what.
        wait: Wait,
    },
    /// A task's coroutine ended; the task is done and its callbacks are scheduled.
    TaskFinished {
        /// How.
        end: End,
    },
    /// A timer is set.
    TimerSet {
        /// When it is due.
        deadline: Instant,
    },
    /// A timer's handle runs. Cause: its `TimerSet`.
    TimerFired,
    /// A timer is cancelled before it ran.
    TimerCancelled {
        /// Its `TimerSet`.
        timer: EventId,
    },
    /// A plain callback is scheduled (`call_soon`, a done callback).
    CallScheduled {
        /// Which.
        call: CallId,
        /// Its name.
        name: TextId,
    },
    /// A plain callback runs. Cause: its `CallScheduled`, `TimerFired`, or what resolved its future.
    CallBegin {
        /// Which.
        call: CallId,
        /// Its name.
        name: TextId,
    },
    /// It returned, or raised.
    CallEnd {
        /// How.
        end: End,
    },
    /// A future other than a task is done; its callbacks are scheduled.
    FutureResolved {
        /// Which.
        future: FutureId,
        /// How.
        end: End,
    },
    /// `cancel()` is called on a task.
    CancelRequested {
        /// The task to cancel.
        task: LaneId,
        /// Whether it was not done yet.
        accepted: bool,
    },
    /// An outside party is asked for something.
    IoStarted {
        /// When it will answer.
        until: Instant,
    },
    /// It answered. Cause: its `IoStarted`.
    IoReady,
    /// A job is put on a pool's queue.
    JobSubmitted {
        /// The pool's lane.
        pool: LaneId,
        /// The job.
        job: JobId,
    },
    /// A pool makes a worker. Cause: the submission that needed it.
    WorkerStarted {
        /// The worker's lane.
        worker: LaneId,
    },
    /// A worker takes a job, on the worker's lane. Cause: its `JobSubmitted`.
    JobStarted {
        /// The job.
        job: JobId,
    },
    /// A worker is done with a job, on the worker's lane.
    JobFinished {
        /// The job.
        job: JobId,
        /// How.
        end: End,
    },
    /// The result of a job reaches the loop: the handle that copies it to the asyncio future runs.
    /// Cause: its `JobFinished`.
    JobDelivered {
        /// The job.
        job: JobId,
    },
    /// A job is cancelled before a worker took it.
    JobCancelled {
        /// The job.
        job: JobId,
    },
    /// A blocking call begins: on the loop's thread it stops everything.
    BlockBegin {
        /// How long.
        duration: Duration,
    },
    /// It ends.
    BlockEnd,
    /// CPU work begins.
    ComputeBegin {
        /// How much.
        duration: Duration,
    },
    /// It is done.
    ComputeEnd,
    /// A line of output.
    Output {
        /// The line without its newline.
        text: TextId,
    },
    /// An exception is raised.
    Raised {
        /// Its type and message.
        text: TextId,
    },
    /// The scheduler was asked.
    Choice {
        /// What about.
        kind: ChoiceKind,
        /// Which alternative it took, from 0.
        taken: u16,
        /// How many there were.
        of: u32,
    },
    /// A handle was still in the ready queue when the loop ended. Cause: what scheduled it.
    HandleDropped,
    /// A task is woken by the waker of another library.
    Woken,
    /// The run is over.
    RunEnd {
        /// How: the number of the [`Outcome`](super::Outcome)'s kind.
        outcome: u32,
    },
    /// A primitive comes into being: a lock, a queue …
    PrimitiveMade {
        /// Which.
        primitive: PrimitiveId,
        /// What it is and how it is called: "lock `a`".
        name: TextId,
    },
    /// Something happens at a primitive.
    PrimitiveChanged {
        /// Which.
        primitive: PrimitiveId,
        /// What.
        change: Change,
        /// What it holds now: permits that are free, items of a queue, parties that are there,
        /// waiters that were notified. At most 2²⁴ − 1.
        now: u32,
    },
    /// One who waits at a primitive is woken: its next step is scheduled.
    PrimitiveWoke {
        /// At which.
        primitive: PrimitiveId,
        /// Who goes on.
        task: LaneId,
    },
    /// asyncio tells of a mistake: an exception that nobody took, a coroutine that was never
    /// awaited. The place is where the object was made that it is about.
    Finding {
        /// What it says.
        text: TextId,
    },
    /// A thread comes into being, on the lane of whoever starts it.
    ThreadStarted {
        /// The new thread's lane.
        thread: LaneId,
    },
    /// A thread begins to run. Cause: its `ThreadStarted`.
    ThreadBegin,
    /// A thread has run to its end.
    ThreadFinished {
        /// How.
        end: End,
    },
    /// A thread begins to wait for something that another one does.
    ThreadWaits {
        /// For what.
        on: TextId,
    },
    /// Its wait is over. Cause: what woke it.
    ThreadWoke,
    /// A thread gets the interpreter lock, or its turn, from one that would have gone on.
    HandedOver,
    /// A thread takes a lock. Cause: the release that made it free.
    LockTaken {
        /// Which.
        lock: TextId,
    },
    /// A thread lets go of a lock.
    LockReleased {
        /// Which.
        lock: TextId,
    },
    /// A shared variable is read or written: the first time that this thread does so since it last
    /// took part in anything that orders threads.
    Accessed {
        /// Which.
        variable: TextId,
        /// Whether it is written.
        write: bool,
    },
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)*) => {
        /// The kind of an event: [`What`] without its particulars. The numbers are those of the
        /// file forms and never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum EventKind { $(#[doc = concat!("`", $text, "`")] $name,)* }

        impl EventKind {
            /// All kinds, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The name used in files: `task_created`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $text,)* }
            }

            /// The kind of that name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$name),)* _ => None }
            }

            /// The kind of that number. Compiles to a comparison, not to a table.
            #[inline]
            #[expect(non_upper_case_globals, reason = "each number is named after its kind")]
            const fn numbered(number: u8) -> Option<Self> {
                $(const $name: u8 = EventKind::$name as u8;)*
                match number { $($name => Some(Self::$name),)* _ => None }
            }
        }
    };
}

kinds! {
    IterationBegin = "iteration_begin",
    ClockAdvanced = "clock_advanced",
    TaskCreated = "task_created",
    StepBegin = "step_begin",
    StepEnd = "step_end",
    TaskFinished = "task_finished",
    TimerSet = "timer_set",
    TimerFired = "timer_fired",
    TimerCancelled = "timer_cancelled",
    CallScheduled = "call_scheduled",
    CallBegin = "call_begin",
    CallEnd = "call_end",
    FutureResolved = "future_resolved",
    CancelRequested = "cancel_requested",
    IoStarted = "io_started",
    IoReady = "io_ready",
    JobSubmitted = "job_submitted",
    WorkerStarted = "worker_started",
    JobStarted = "job_started",
    JobFinished = "job_finished",
    JobDelivered = "job_delivered",
    JobCancelled = "job_cancelled",
    BlockBegin = "block_begin",
    BlockEnd = "block_end",
    ComputeBegin = "compute_begin",
    ComputeEnd = "compute_end",
    Output = "output",
    Raised = "raised",
    Choice = "choice",
    HandleDropped = "handle_dropped",
    Woken = "woken",
    RunEnd = "run_end",
    PrimitiveMade = "primitive_made",
    PrimitiveChanged = "primitive_changed",
    PrimitiveWoke = "primitive_woke",
    Finding = "finding",
    ThreadStarted = "thread_started",
    ThreadBegin = "thread_begin",
    ThreadFinished = "thread_finished",
    ThreadWaits = "thread_waits",
    ThreadWoke = "thread_woke",
    HandedOver = "handed_over",
    LockTaken = "lock_taken",
    LockReleased = "lock_released",
    Accessed = "accessed",
}

impl fmt::Display for EventKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// An event as it is read: unpacked, with its number and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its number.
    pub id: EventId,
    /// When it happened.
    pub at: Instant,
    /// Whose it is.
    pub lane: LaneId,
    /// Where in the program; [`SiteId::NONE`] for what the loop does by itself.
    pub site: SiteId,
    /// The event that made it possible.
    pub cause: Option<EventId>,
    /// What happened.
    pub what: What,
}

impl What {
    /// The lane it is about, besides the one it stands on: a new task, the pool of a job.
    pub const fn lane(&self) -> Option<LaneId> {
        match *self {
            Self::TaskCreated { task: lane }
            | Self::CancelRequested { task: lane, .. }
            | Self::JobSubmitted { pool: lane, .. }
            | Self::WorkerStarted { worker: lane }
            | Self::PrimitiveWoke { task: lane, .. }
            | Self::ThreadStarted { thread: lane }
            | Self::StepEnd { wait: Wait::Task(lane) } => Some(lane),
            _ => None,
        }
    }

    /// The text it carries: a line of output, an exception, the name of a callback.
    pub const fn text(&self) -> Option<TextId> {
        match *self {
            Self::Output { text } | Self::Raised { text } | Self::Finding { text } => Some(text),
            Self::CallScheduled { name, .. }
            | Self::CallBegin { name, .. }
            | Self::PrimitiveMade { name, .. } => Some(name),
            Self::ThreadWaits { on: text }
            | Self::LockTaken { lock: text }
            | Self::LockReleased { lock: text }
            | Self::Accessed { variable: text, .. } => Some(text),
            _ => None,
        }
    }
}
