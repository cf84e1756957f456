use std::fmt;

use crate::executor::{Limits, Scheduler};
use crate::program::Program;
use crate::time::{CivilDateTime, Duration};
use crate::trace::schedule::Open;
use crate::trace::{PythonVersion, Schedule, Sink};

/// How a program is to be run; where it says nothing the program's own settings hold.
pub struct Options {
    /// The seed of all random numbers.
    pub seed: Option<u64>,
    /// The choices to take; asyncio's own where there is none.
    pub schedule: Option<Schedule>,
    /// The wall clock at virtual time 0.
    pub epoch: Option<CivilDateTime>,
    /// Virtual time that a plain operation of the program takes.
    pub op_cost: Option<Duration>,
    /// The modelled version.
    pub python: Option<PythonVersion>,
    /// Who takes the choices, if it is not the schedule.
    pub scheduler: Option<Box<dyn Scheduler>>,
    /// What is left open, if there is no schedule that says it.
    pub open: Open,
    /// Whether the shared variables are told at the end.
    pub tells_finals: bool,
    /// Whether each use of a shared variable is recorded from the start, so that what tasks lose to
    /// each other can be found. While there are threads that is always so.
    pub records_uses: bool,
    /// The bounds of the run.
    pub limits: Limits,
    /// What becomes of its events.
    pub recording: Recording,
}

impl fmt::Debug for Options {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, schedule, epoch, op_cost, python, open, limits, recording, .. } = self;
        f.debug_struct("Options")
            .field("seed", seed)
            .field("schedule", schedule)
            .field("epoch", epoch)
            .field("op_cost", op_cost)
            .field("python", python)
            .field("open", open)
            .field("limits", limits)
            .field("recording", recording)
            .finish_non_exhaustive()
    }
}

/// What becomes of the events of a run.
pub enum Recording {
    /// Nothing is recorded.
    Off,
    /// All are kept.
    Memory,
    /// They go to a sink; the second says whether they are kept too.
    Sink(Box<dyn Sink>, bool),
}

impl fmt::Debug for Recording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "Off",
            Self::Memory => "Memory",
            Self::Sink(..) => "Sink",
        })
    }
}

/// Operations in one step: more than a second of them.
const OPERATIONS: u64 = 300_000_000;
/// Bytes that the values of a program may hold.
const MEMORY: u64 = 1 << 30;

impl Options {
    /// The usual ones for a program, keeping the trace in memory.
    pub fn of(_program: &Program) -> Self {
        let mut limits = Limits::usual();
        limits.operations = OPERATIONS;
        limits.memory = MEMORY;
        Self {
            seed: None,
            schedule: None,
            epoch: None,
            op_cost: None,
            python: None,
            scheduler: None,
            open: Open::default(),
            tells_finals: false,
            records_uses: false,
            limits,
            recording: Recording::Memory,
        }
    }
}
