//! What must be true of every trace that an event loop records.

use std::fmt;

use crate::index::{EventId, JobId, LaneId};
use crate::time::Instant;
use crate::trace::event::{Wait, What};
use crate::trace::{Event, EventKind, LaneKind, Trace};

/// What must be true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// A cause comes before its effect.
    CauseComesFirst,
    /// An effect has a cause of the kind that can bring it about.
    CauseFits,
    /// Time never goes back.
    TimeIsMonotone,
    /// What an event refers to is in the trace.
    ReferencesAreKnown,
    /// A task's steps begin and end in turn, from its creation until it is done.
    StepsAlternate,
    /// A task is scheduled or waiting, never both: what makes it go on comes after what made it
    /// wait.
    ScheduledOrWaiting,
    /// A timer fires once, not before its deadline, and not when it was cancelled.
    TimersFireOnce,
    /// An iteration runs no more handles than were ready when it began.
    IterationsRunWhatWasReady,
    /// Nothing comes after the end of the run.
    EndIsLast,
}

/// A place where something that must be true is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where.
    pub event: EventId,
    /// What must be true.
    pub rule: Rule,
    /// What is the case instead.
    pub message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "event {}: {}", self.event.0, self.message)
    }
}

/// Finds all violations, in the order of the events. A trace that was cut short is no violation.
pub fn check(trace: &Trace) -> Vec<Violation> {
    let mut checker = Checker {
        trace,
        now: Instant::ZERO,
        tasks: vec![Task::Unknown; trace.lanes().len()],
        timers: Vec::new(),
        handles_left: None,
        ended: false,
        found: Vec::new(),
    };
    for event in trace.events() {
        checker.event(event);
    }
    checker.found
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    Unknown,
    /// Created by that event.
    Created(EventId),
    /// In a step that began with that event.
    Running(EventId),
    /// Suspended; the last step began with that event.
    Waiting(EventId),
    Done,
}

struct Checker<'t> {
    trace: &'t Trace,
    now: Instant,
    /// By lane.
    tasks: Vec<Task>,
    /// Timers that fired or were cancelled, ascending only by accident.
    timers: Vec<bool>,
    /// How many more handles this iteration may run.
    handles_left: Option<u32>,
    ended: bool,
    found: Vec<Violation>,
}

impl Checker<'_> {
    fn event(&mut self, event: Event) {
        let add_to_end = std::mem::take(&mut self.ended);
        self.expect(!add_to_end, event, Rule::EndIsLast, || "comes after the end of the run".into());
        self.cause(event);
        self.references(event);
        self.handle(event);
        match event.what {
            What::ClockAdvanced { to } => {
                let now = self.now;
                self.expect(to >= now, event, Rule::TimeIsMonotone, || {
                    format!("moves the clock from {now} back to {to}")
                });
                self.now = to;
            }
            What::TaskCreated { task } => self.created(event, task),
            What::StepBegin { .. } => self.step_begins(event),
            What::StepEnd { .. } => self.step_ends(event, Task::Waiting),
            What::TaskFinished { .. } => self.step_ends(event, |_| Task::Done),
            What::TimerFired => self.timer_fired(event),
            What::TimerCancelled { timer } => self.timer_is_over(event, timer),
            What::RunEnd { .. } => self.ended = true,
            _ => {}
        }
    }

    fn expect(&mut self, holds: bool, event: Event, rule: Rule, message: impl FnOnce() -> String) {
        if !holds {
            self.found.push(Violation { event: event.id, rule, message: message() });
        }
    }
}
