//! The vocabulary of a trace, and how an event is packed into a fixed-size record.
//!
//! [`What`] is the closed list of all that can happen. [`Record`] is the form it is kept in: 20
//! bytes, without the time, which only moves at [`What::ClockAdvanced`] and so is found from there.

use std::fmt;

use serde::Deserialize;

use crate::index::{CallId, EventId, FutureId, JobId, LaneId, PrimitiveId, SiteId, TextId};
use crate::time::{Duration, Instant};

/// Version of the vocabulary; goes up when an event is added or changes its meaning.
pub const VOCABULARY_VERSION: u32 = 2;

/// What the name of a lock begins with that is no lock to its users: another thread gives it back
/// to wake the one that waits for it.
pub const SIGNAL: &str = "a signal of ";

/// What the text of a [`What::Finding`] begins with that is about a call of the loop on another
/// thread than its own; the name of what was called follows.
pub const WRONG_THREAD: &str = "wrong thread: ";

/// How something awaited came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// With a result.
    Returned,
    /// With an exception.
    Raised,
    /// Cancelled.
    Cancelled,
}

/// How a task's coroutine is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resume {
    /// With what it waited for (or for the first time).
    Send,
    /// With a `CancelledError` thrown in at the await.
    Cancel,
    /// With another exception thrown in, because what it awaited failed.
    Throw,
}

/// What a task waits for when its step ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wait {
    /// Its next turn: `sleep(0)`.
    Turn,
    /// A sleep; its timer was set by that event.
    Sleep(EventId),
    /// Another task to finish.
    Task(LaneId),
    /// A future made by hand.
    Future(FutureId),
    /// The future of a `gather`.
    Gather(FutureId),
    /// A job on a pool.
    Job(JobId),
    /// An outside party; its answer was asked for by that event.
    Io(EventId),
    /// Its turn at a primitive: a lock, a queue, an event …
    Primitive(PrimitiveId),
    /// A waker of the `futures` crate, by a future that is not asyncio's.
    Waker,
}

/// What happens at a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// A lock or a permit of a semaphore is taken.
    Acquired,
    /// It is given back.
    Released,
    /// An event is set.
    Set,
    /// It is cleared.
    Cleared,
    /// Waiters of a condition are notified.
    Notified,
    /// An item is put in a queue.
    Put,
    /// An item is taken out.
    Got,
    /// An item of a queue is done with.
    Done,
    /// A queue is shut down.
    ShutDown,
    /// A party arrives at a barrier.
    Arrived,
    /// All have arrived, and go on.
    Opened,
    /// A party goes on from a barrier, or gives up.
    Left,
    /// A barrier is reset.
    Reset,
    /// A barrier is broken.
    Broken,
}

/// Where a choice was open and the scheduler was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChoiceKind {
    /// The order of external completions due at one instant.
    Completion,
    /// The order of the ready queue.
    Ready,
    /// The order of timers with one deadline.
    Timer,
    /// The next thread at a point where threads may be switched.
    Thread,
    /// A value sampled from a set.
    Value,
    /// Whether a fault or a cancellation strikes here.
    Fault,
}

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

/// An event as it is kept: 20 bytes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Kind in the low 8 bits, site in the others.
    head: u32,
    lane: u32,
    cause: u32,
    a: u32,
    b: u32,
}

impl Record {
    /// Packs an event.
    #[inline]
    pub fn new(lane: LaneId, site: SiteId, cause: EventId, what: What) -> Self {
        let (kind, a, b) = what.pack();
        Self { head: (site.0 << 8) | kind as u32, lane: lane.0, cause: cause.0, a, b }
    }

    /// Puts together what a file holds; `None` if that is no event of this vocabulary.
    pub fn from_parts(kind: u8, site: u32, lane: u32, cause: u32, a: u32, b: u32) -> Option<Self> {
        let kind = EventKind::numbered(kind)?;
        What::unpack(kind, a, b)?;
        (site < 1 << 24).then_some(Self { head: (site << 8) | kind as u32, lane, cause, a, b })
    }

    /// What kind of event.
    #[inline]
    pub fn kind(self) -> EventKind {
        // The head is only ever made from a kind, so the fallback is never taken.
        EventKind::numbered(self.head.to_le_bytes()[0]).unwrap_or(EventKind::Woken)
    }

    /// Whose event.
    #[inline]
    pub fn lane(self) -> LaneId {
        LaneId(self.lane)
    }

    /// Where in the program.
    #[inline]
    pub fn site(self) -> SiteId {
        SiteId(self.head >> 8)
    }

    /// The event that made this one possible.
    #[inline]
    pub fn cause(self) -> Option<EventId> {
        EventId(self.cause).some()
    }

    /// The two words of particulars, as files hold them.
    #[inline]
    pub fn words(self) -> (u32, u32) {
        (self.a, self.b)
    }

    /// What happened, with particulars.
    pub fn what(self) -> What {
        What::unpack(self.kind(), self.a, self.b).unwrap_or(What::Woken)
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?} {:?}", self.lane(), self.what(), self.cause())
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

/// The low and the high half of 64 bits.
#[inline]
fn halves(wide: u64) -> (u32, u32) {
    #[expect(clippy::cast_possible_truncation, reason = "that is what halves are")]
    (wide as u32, (wide >> 32) as u32)
}

#[inline]
fn whole(low: u32, high: u32) -> u64 {
    (u64::from(high) << 32) | u64::from(low)
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

    #[inline(always)]
    fn pack(self) -> (EventKind, u32, u32) {
        use EventKind as K;
        let with = |kind, (a, b)| (kind, a, b);
        match self {
            Self::IterationBegin { ready } => (K::IterationBegin, ready, 0),
            Self::ClockAdvanced { to } => with(K::ClockAdvanced, halves(to.as_nanos())),
            Self::TaskCreated { task } => (K::TaskCreated, task.0, 0),
            Self::StepBegin { how } => (K::StepBegin, how as u32, 0),
            Self::StepEnd { wait } => with(K::StepEnd, wait.pack()),
            Self::TaskFinished { end } => (K::TaskFinished, end as u32, 0),
            Self::TimerSet { deadline } => with(K::TimerSet, halves(deadline.as_nanos())),
            Self::TimerFired => (K::TimerFired, 0, 0),
            Self::TimerCancelled { timer } => (K::TimerCancelled, timer.0, 0),
            Self::CallScheduled { call, name } => (K::CallScheduled, call.0, name.0),
            Self::CallBegin { call, name } => (K::CallBegin, call.0, name.0),
            Self::CallEnd { end } => (K::CallEnd, end as u32, 0),
            Self::FutureResolved { future, end } => (K::FutureResolved, future.0, end as u32),
            Self::CancelRequested { task, accepted } => {
                (K::CancelRequested, task.0, u32::from(accepted))
            }
            Self::IoStarted { until } => with(K::IoStarted, halves(until.as_nanos())),
            Self::IoReady => (K::IoReady, 0, 0),
            Self::JobSubmitted { pool, job } => (K::JobSubmitted, pool.0, job.0),
            Self::WorkerStarted { worker } => (K::WorkerStarted, worker.0, 0),
            Self::JobStarted { job } => (K::JobStarted, job.0, 0),
            Self::JobFinished { job, end } => (K::JobFinished, job.0, end as u32),
            Self::JobDelivered { job } => (K::JobDelivered, job.0, 0),
            Self::JobCancelled { job } => (K::JobCancelled, job.0, 0),
            Self::BlockBegin { duration } => with(K::BlockBegin, halves(duration.as_nanos())),
            Self::BlockEnd => (K::BlockEnd, 0, 0),
            Self::ComputeBegin { duration } => with(K::ComputeBegin, halves(duration.as_nanos())),
            Self::ComputeEnd => (K::ComputeEnd, 0, 0),
            Self::Output { text } => (K::Output, text.0, 0),
            Self::Raised { text } => (K::Raised, text.0, 0),
            Self::Choice { kind, taken, of } => {
                (K::Choice, (u32::from(taken) << 8) | kind as u32, of)
            }
            Self::HandleDropped => (K::HandleDropped, 0, 0),
            Self::Woken => (K::Woken, 0, 0),
            Self::RunEnd { outcome } => (K::RunEnd, outcome, 0),
            Self::PrimitiveMade { primitive, name } => (K::PrimitiveMade, primitive.0, name.0),
            Self::PrimitiveChanged { primitive, change, now } => {
                (K::PrimitiveChanged, primitive.0, (now.min(MOST_NOW) << 8) | change as u32)
            }
            Self::PrimitiveWoke { primitive, task } => (K::PrimitiveWoke, primitive.0, task.0),
            Self::Finding { text } => (K::Finding, text.0, 0),
            Self::ThreadStarted { thread } => (K::ThreadStarted, thread.0, 0),
            Self::ThreadBegin => (K::ThreadBegin, 0, 0),
            Self::ThreadFinished { end } => (K::ThreadFinished, end as u32, 0),
            Self::ThreadWaits { on } => (K::ThreadWaits, on.0, 0),
            Self::ThreadWoke => (K::ThreadWoke, 0, 0),
            Self::HandedOver => (K::HandedOver, 0, 0),
            Self::LockTaken { lock } => (K::LockTaken, lock.0, 0),
            Self::LockReleased { lock } => (K::LockReleased, lock.0, 0),
            Self::Accessed { variable, write } => (K::Accessed, variable.0, u32::from(write)),
        }
    }

    /// The event of that kind with those particulars; `None` if there is no such event.
    fn unpack(kind: EventKind, a: u32, b: u32) -> Option<Self> {
        use EventKind as K;
        let instant = || Instant::from_nanos(whole(a, b));
        let duration = || Duration::from_nanos(whole(a, b));
        Some(match kind {
            K::IterationBegin => Self::IterationBegin { ready: a },
            K::ClockAdvanced => Self::ClockAdvanced { to: instant() },
            K::TaskCreated => Self::TaskCreated { task: LaneId(a) },
            K::StepBegin => Self::StepBegin { how: Resume::unpack(a)? },
            K::StepEnd => Self::StepEnd { wait: Wait::unpack(a, b)? },
            K::TaskFinished => Self::TaskFinished { end: End::unpack(a)? },
            K::TimerSet => Self::TimerSet { deadline: instant() },
            K::TimerFired => Self::TimerFired,
            K::TimerCancelled => Self::TimerCancelled { timer: EventId(a) },
            K::CallScheduled => Self::CallScheduled { call: CallId(a), name: TextId(b) },
            K::CallBegin => Self::CallBegin { call: CallId(a), name: TextId(b) },
            K::CallEnd => Self::CallEnd { end: End::unpack(a)? },
            K::FutureResolved => Self::FutureResolved { future: FutureId(a), end: End::unpack(b)? },
            K::CancelRequested => Self::CancelRequested { task: LaneId(a), accepted: b != 0 },
            K::IoStarted => Self::IoStarted { until: instant() },
            K::IoReady => Self::IoReady,
            K::JobSubmitted => Self::JobSubmitted { pool: LaneId(a), job: JobId(b) },
            K::WorkerStarted => Self::WorkerStarted { worker: LaneId(a) },
            K::JobStarted => Self::JobStarted { job: JobId(a) },
            K::JobFinished => Self::JobFinished { job: JobId(a), end: End::unpack(b)? },
            K::JobDelivered => Self::JobDelivered { job: JobId(a) },
            K::JobCancelled => Self::JobCancelled { job: JobId(a) },
            K::BlockBegin => Self::BlockBegin { duration: duration() },
            K::BlockEnd => Self::BlockEnd,
            K::ComputeBegin => Self::ComputeBegin { duration: duration() },
            K::ComputeEnd => Self::ComputeEnd,
            K::Output => Self::Output { text: TextId(a) },
            K::Raised => Self::Raised { text: TextId(a) },
            K::Choice => Self::Choice {
                kind: ChoiceKind::unpack(a & 0xff)?,
                taken: u16::try_from(a >> 8).ok()?,
                of: b,
            },
            K::HandleDropped => Self::HandleDropped,
            K::Woken => Self::Woken,
            K::RunEnd => Self::RunEnd { outcome: a },
            K::PrimitiveMade => Self::PrimitiveMade { primitive: PrimitiveId(a), name: TextId(b) },
            K::PrimitiveChanged => Self::PrimitiveChanged {
                primitive: PrimitiveId(a),
                change: Change::unpack(b & 0xff)?,
                now: b >> 8,
            },
            K::PrimitiveWoke => Self::PrimitiveWoke { primitive: PrimitiveId(a), task: LaneId(b) },
            K::Finding => Self::Finding { text: TextId(a) },
            K::ThreadStarted => Self::ThreadStarted { thread: LaneId(a) },
            K::ThreadBegin => Self::ThreadBegin,
            K::ThreadFinished => Self::ThreadFinished { end: End::unpack(a)? },
            K::ThreadWaits => Self::ThreadWaits { on: TextId(a) },
            K::ThreadWoke => Self::ThreadWoke,
            K::HandedOver => Self::HandedOver,
            K::LockTaken => Self::LockTaken { lock: TextId(a) },
            K::LockReleased => Self::LockReleased { lock: TextId(a) },
            K::Accessed => Self::Accessed { variable: TextId(a), write: b != 0 },
        })
    }
}

impl Wait {
    #[inline]
    fn pack(self) -> (u32, u32) {
        match self {
            Self::Turn => (0, 0),
            Self::Sleep(timer) => (1, timer.0),
            Self::Task(task) => (2, task.0),
            Self::Future(future) => (3, future.0),
            Self::Gather(future) => (4, future.0),
            Self::Job(job) => (5, job.0),
            Self::Io(started) => (6, started.0),
            Self::Primitive(primitive) => (7, primitive.0),
            Self::Waker => (8, 0),
        }
    }

    fn unpack(code: u32, on: u32) -> Option<Self> {
        Some(match code {
            0 => Self::Turn,
            1 => Self::Sleep(EventId(on)),
            2 => Self::Task(LaneId(on)),
            3 => Self::Future(FutureId(on)),
            4 => Self::Gather(FutureId(on)),
            5 => Self::Job(JobId(on)),
            6 => Self::Io(EventId(on)),
            7 => Self::Primitive(PrimitiveId(on)),
            8 => Self::Waker,
            _ => return None,
        })
    }
}

/// The most that [`What::PrimitiveChanged`] can count.
const MOST_NOW: u32 = (1 << 24) - 1;

impl Change {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 14] = [
        Self::Acquired,
        Self::Released,
        Self::Set,
        Self::Cleared,
        Self::Notified,
        Self::Put,
        Self::Got,
        Self::Done,
        Self::ShutDown,
        Self::Arrived,
        Self::Opened,
        Self::Left,
        Self::Reset,
        Self::Broken,
    ];

    fn unpack(code: u32) -> Option<Self> {
        Self::ALL.get(code as usize).copied()
    }

    /// The word used in files: `acquired`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Acquired => "acquired",
            Self::Released => "released",
            Self::Set => "set",
            Self::Cleared => "cleared",
            Self::Notified => "notified",
            Self::Put => "put",
            Self::Got => "got",
            Self::Done => "done",
            Self::ShutDown => "shut_down",
            Self::Arrived => "arrived",
            Self::Opened => "opened",
            Self::Left => "left",
            Self::Reset => "reset",
            Self::Broken => "broken",
        }
    }
}

impl End {
    /// The word used in files: `returned`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Returned => "returned",
            Self::Raised => "raised",
            Self::Cancelled => "cancelled",
        }
    }

    fn unpack(code: u32) -> Option<Self> {
        [Self::Returned, Self::Raised, Self::Cancelled].get(code as usize).copied()
    }
}

impl Resume {
    /// The word used in files: `send`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Send => "send",
            Self::Cancel => "cancel",
            Self::Throw => "throw",
        }
    }

    fn unpack(code: u32) -> Option<Self> {
        [Self::Send, Self::Cancel, Self::Throw].get(code as usize).copied()
    }
}

impl ChoiceKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Completion, Self::Ready, Self::Timer, Self::Thread, Self::Value, Self::Fault];

    fn unpack(code: u32) -> Option<Self> {
        Self::ALL.get(code as usize).copied()
    }

    /// The word used in schedules: `completion`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Completion => "completion",
            Self::Ready => "ready",
            Self::Timer => "timer",
            Self::Thread => "thread",
            Self::Value => "value",
            Self::Fault => "fault",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_small_and_keeps_everything() {
        assert_eq!(size_of::<Record>(), 20);
        let all = [
            What::IterationBegin { ready: 7 },
            What::ClockAdvanced { to: Instant::from_nanos(u64::MAX - 5) },
            What::TaskCreated { task: LaneId(9) },
            What::StepBegin { how: Resume::Throw },
            What::StepEnd { wait: Wait::Sleep(EventId(77)) },
            What::StepEnd { wait: Wait::Waker },
            What::TaskFinished { end: End::Cancelled },
            What::TimerSet { deadline: Instant::from_nanos(1 << 40) },
            What::CallScheduled { call: CallId(1), name: TextId(2) },
            What::FutureResolved { future: FutureId(3), end: End::Raised },
            What::CancelRequested { task: LaneId(4), accepted: true },
            What::JobFinished { job: JobId(8), end: End::Returned },
            What::Choice { kind: ChoiceKind::Fault, taken: 999, of: 1000 },
            What::RunEnd { outcome: 3 },
            What::PrimitiveChanged { primitive: PrimitiveId(7), change: Change::Broken, now: 9 },
            What::PrimitiveWoke { primitive: PrimitiveId(7), task: LaneId(2) },
        ];
        for what in all {
            let record = Record::new(LaneId(5), SiteId(0xff_fffe), EventId(6), what);
            assert_eq!(record.what(), what);
            assert_eq!((record.lane(), record.site()), (LaneId(5), SiteId(0xff_fffe)));
            assert_eq!(record.cause(), Some(EventId(6)));
            let (a, b) = record.words();
            let kind = record.kind() as u8;
            assert_eq!(Record::from_parts(kind, 0xff_fffe, 5, 6, a, b), Some(record));
        }
    }

    #[test]
    fn kinds_keep_their_numbers() {
        for (number, kind) in EventKind::ALL.iter().enumerate() {
            assert_eq!(*kind as usize, number);
        }
        assert_eq!(EventKind::RunEnd as u8, 31);
        assert_eq!(Record::from_parts(200, 0, 0, 0, 0, 0), None);
        assert_eq!(Record::from_parts(EventKind::StepBegin as u8, 0, 0, 0, 9, 0), None);
    }
}
