//! The line after a run.

use super::width::{counted, grouped};
use crate::time::Instant;
use crate::trace::{EventKind, LaneKind, Outcome, Trace};

/// The figures of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The virtual time at its end.
    pub end: Instant,
    /// Tasks created.
    pub tasks: u64,
    /// Turns of the loop.
    pub iterations: u64,
    /// Events; of the trace, if there is one.
    pub events: u64,
    /// What asyncio told of: exceptions that nobody took, coroutines that were never awaited …
    pub findings: u64,
}

impl Figures {
    /// Counted in a trace.
    pub fn of(trace: &Trace) -> Self {
        let tasks = trace.lanes().iter().filter(|lane| lane.kind == LaneKind::Task).count();
        let iterations =
            trace.records().filter(|record| record.kind() == EventKind::IterationBegin).count();
        let findings = trace.records().filter(|record| record.kind() == EventKind::Finding).count();
        Self {
            findings: findings as u64,
            end: trace.end_time(),
            tasks: tasks as u64,
            iterations: iterations as u64,
            events: trace.len() as u64,
        }
    }
}

/// How a run ended, and its figures, on one line.
pub fn summary(outcome: &Outcome, figures: &Figures) -> String {
    closing(Some(outcome), figures)
}

/// The same for a trace that may have been cut short.
pub(super) fn closing(outcome: Option<&Outcome>, figures: &Figures) -> String {
    let end = figures.end;
    let how = match outcome {
        Some(Outcome::Completed { .. }) => format!("completed in {end} of virtual time"),
        Some(Outcome::Raised { error }) => format!("raised {} after {end}", error.type_name),
        Some(Outcome::Deadlock { .. }) => format!("deadlock after {end}"),
        Some(Outcome::LimitReached { limit, .. }) => {
            format!("limit `{}` reached after {end}", limit.name())
        }
        Some(Outcome::StaleSchedule { .. }) => format!("schedule does not fit, after {end}"),
        Some(Outcome::Interrupted) => format!("interrupted after {end}"),
        None => format!("cut short after {end}"),
    };
    let tasks = counted(figures.tasks, "task", "tasks");
    let turns = counted(figures.iterations, "iteration", "iterations");
    let events = match figures.events {
        0 => String::new(),
        1 => ", 1 event".to_owned(),
        n => format!(", {} events", grouped(n)),
    };
    let findings = match figures.findings {
        0 => String::new(),
        n => format!(", {} told by asyncio", counted(n, "finding", "findings")),
    };
    format!("{how}: {tasks}, {turns}{events}{findings}")
}
