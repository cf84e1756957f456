//! How a run ended, as data that a trace can carry.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One frame of an await stack or traceback, outermost first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// The coroutine or function.
    pub function: String,
    /// File as the user named it.
    pub file: String,
    /// Line, from 1; 0 when there is none.
    pub line: u32,
    /// The source line, trimmed.
    pub source: String,
    /// What a traceback shows of it, where that is more: lines, with marks under what failed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub marked: Vec<String>,
    /// How many more frames like this one stood here, of which nothing else is kept.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub repeated: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// An exception that nobody caught.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    /// The exception's type: `ValueError`.
    pub type_name: String,
    /// `str()` of it; may be empty.
    pub message: String,
    /// The frames it came through, outermost first.
    pub frames: Vec<Frame>,
    /// What it was raised from or while handling, innermost last, with the words between.
    pub chain: Vec<Link>,
    /// What `add_note()` added.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// The exceptions of a group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<Self>,
    /// The exit code that it asks for, if it is a `SystemExit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exit: Option<u8>,
}

/// An earlier exception behind another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Whether by `raise … from` (else: while the earlier one was handled).
    pub explicit: bool,
    /// The earlier one.
    pub raised: Raised,
}

/// One who waits, in a run where nobody can go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// The waiting task.
    pub task: String,
    /// What it waits for, in words: `task B`, `a future that nothing resolves`.
    pub on: String,
    /// The task it waits for, where it is one of the waiting.
    pub on_task: Option<String>,
    /// Where it waits, outermost first.
    pub frames: Vec<Frame>,
}

/// A named bound that a run must stay within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LimitKind {
    /// Handles run by the loop.
    Handles,
    /// Virtual time.
    Time,
    /// Tasks alive at once.
    Tasks,
    /// Iterations at one instant: more is a livelock.
    InstantIterations,
    /// Plain operations in one step, without an await.
    Operations,
    /// Values held in memory at once, or the size of one of them.
    Memory,
    /// Lines of output.
    Output,
}

impl LimitKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Handles,
        Self::Time,
        Self::Tasks,
        Self::InstantIterations,
        Self::Operations,
        Self::Memory,
        Self::Output,
    ];

    /// The name used with `--limit`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Handles => "handles",
            Self::Time => "time",
            Self::Tasks => "tasks",
            Self::InstantIterations => "instant_iterations",
            Self::Operations => "operations",
            Self::Memory => "memory",
            Self::Output => "output",
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Outcome {
    /// The entry returned.
    Completed {
        /// `repr()` of what it returned.
        value: String,
    },
    /// The entry raised.
    Raised {
        /// What, and where it came through.
        error: Raised,
    },
    /// Nothing is ready, nothing will become ready, and not all is done.
    Deadlock {
        /// Who waits for what.
        waiting: Vec<Waiting>,
        /// Tasks that wait for each other in a ring, if that is why; the first is not repeated.
        cycle: Vec<String>,
    },
    /// A bound was reached.
    LimitReached {
        /// Which.
        limit: LimitKind,
        /// Its value, in words.
        bound: String,
        /// Where the program was, outermost first; may be empty.
        frames: Vec<Frame>,
    },
    /// The schedule to replay does not fit the program.
    StaleSchedule {
        /// Which step, by name, and why.
        message: String,
    },
    /// Someone stopped the run from outside.
    Interrupted,
}

impl Outcome {
    /// The number of this kind of outcome in a trace.
    pub const fn code(&self) -> u32 {
        match self {
            Self::Completed { .. } => 0,
            Self::Raised { .. } => 1,
            Self::Deadlock { .. } => 2,
            Self::LimitReached { .. } => 3,
            Self::StaleSchedule { .. } => 4,
            Self::Interrupted => 5,
        }
    }

    /// Whether the entry returned.
    pub const fn is_completed(&self) -> bool {
        matches!(self, Self::Completed { .. })
    }
}

impl fmt::Display for Outcome {
    /// As `[expect] outcome` writes it: `completed`, `raises ValueError`, `deadlock` …
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed { .. } => f.write_str("completed"),
            Self::Raised { error } => write!(f, "raises {}", error.type_name),
            Self::Deadlock { .. } => f.write_str("deadlock"),
            Self::LimitReached { limit, .. } => write!(f, "limit {}", limit.name()),
            Self::StaleSchedule { .. } => f.write_str("stale schedule"),
            Self::Interrupted => f.write_str("interrupted"),
        }
    }
}
