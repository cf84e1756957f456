//! The particulars of events: how something ended, what a task waits for, what was chosen.
//!
//! Their numbers are those of the file forms and never change; new ones go to the end.

use serde::Deserialize;

use crate::index::{EventId, FutureId, JobId, LaneId, PrimitiveId};

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

impl Wait {
    #[inline]
    pub(super) fn pack(self) -> (u32, u32) {
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

    pub(super) fn unpack(code: u32, on: u32) -> Option<Self> {
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

    pub(super) fn unpack(code: u32) -> Option<Self> {
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

    pub(super) fn unpack(code: u32) -> Option<Self> {
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

    pub(super) fn unpack(code: u32) -> Option<Self> {
        [Self::Send, Self::Cancel, Self::Throw].get(code as usize).copied()
    }
}

impl ChoiceKind {
    /// All kinds, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Completion, Self::Ready, Self::Timer, Self::Thread, Self::Value, Self::Fault];

    pub(super) fn unpack(code: u32) -> Option<Self> {
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
