//! The line after a run.

use super::width::{counted, grouped};
use crate::time::{Duration, Instant};
use crate::trace::{Event, EventKind, LaneKind, Outcome, Trace, What};

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
    /// How late a timer fired at most.
    pub late: Duration,
}

/// From how late on a timer is worth a word.
pub const LATE: Duration = Duration::from_millis(10);

impl Figures {
    /// Counted in a trace.
    pub fn of(trace: &Trace) -> Self {
        let tasks = trace.lanes().iter().filter(|lane| lane.kind == LaneKind::Task).count();
        let iterations =
            trace.records().filter(|record| record.kind() == EventKind::IterationBegin).count();
        let findings = trace.records().filter(|record| record.kind() == EventKind::Finding).count();
        let late = trace.events().filter_map(|event| lateness(trace, &event)).max();
        Self {
            late: late.unwrap_or_default(),
            findings: findings as u64,
            end: trace.end_time(),
            tasks: tasks as u64,
            iterations: iterations as u64,
            events: trace.len() as u64,
        }
    }
}

/// How late a timer fires, if that is what an event tells.
fn lateness(trace: &Trace, event: &Event) -> Option<Duration> {
    let What::TimerFired = event.what else { return None };
    let What::TimerSet { deadline } = trace.event(event.cause?)?.what else { return None };
    (event.at > deadline).then(|| event.at.since(deadline))
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
    let late = match figures.late {
        late if late > LATE => format!(", loop {late} late"),
        _ => String::new(),
    };
    format!("{how}: {tasks}, {turns}{events}{findings}{late}")
}
