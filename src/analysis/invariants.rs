//! What must be true of every trace that an event loop records.

use std::fmt;

use super::ready_queue::begins_handle;
use crate::index::{EventId, LaneId};
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
    /// A timer fires once, not before its deadline, and not when it was cancelled; so does an answer.
    TimersComeUpOnce,
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

/// Finds all violations, in the order of the events. That a trace was cut short is none.
pub fn check(trace: &Trace) -> Vec<Violation> {
    let mut checker = Checker {
        trace,
        now: Instant::ZERO,
        tasks: vec![Task::Unknown; trace.lanes().len()],
        is_over: vec![false; trace.len()],
        handles_left: 0,
        has_ended: false,
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
    /// Between steps, or before the first. What makes it go on comes at that event or later.
    Suspended(EventId),
    /// In a step that began with that event.
    Running(EventId),
    Done,
}

struct Checker<'t> {
    trace: &'t Trace,
    now: Instant,
    /// By lane.
    tasks: Vec<Task>,
    /// By event: whether it set a timer, or asked for an answer, that has come or was called off.
    is_over: Vec<bool>,
    /// How many more handles this iteration may run.
    handles_left: u32,
    has_ended: bool,
    found: Vec<Violation>,
}

impl Checker<'_> {
    fn event(&mut self, event: Event) {
        if std::mem::take(&mut self.has_ended) {
            self.report(event, Rule::EndIsLast, "it comes after the end of the run");
        }
        self.references(event);
        self.cause(event);
        self.handle(event);
        match event.what {
            What::IterationBegin { ready } => self.handles_left = ready,
            What::ClockAdvanced { to } => self.clock_advanced(event, to),
            What::TaskCreated { task } => self.task_created(event, task),
            What::StepBegin { .. } => self.step_begins(event),
            What::StepEnd { wait } => self.step_ends(event, Some(wait)),
            What::TaskFinished { .. } => self.step_ends(event, None),
            What::TimerFired | What::IoReady => self.comes_up(event, event.cause),
            What::TimerCancelled { timer } => self.is_over(event, timer),
            What::RunEnd { .. } => self.has_ended = true,
            _ => {}
        }
    }

    fn report(&mut self, event: Event, rule: Rule, message: impl Into<String>) {
        self.found.push(Violation { event: event.id, rule, message: message.into() });
    }

    fn references(&mut self, event: Event) {
        let (n_lanes, n_texts) = (self.trace.lanes().len(), self.trace.texts().len());
        for lane in [Some(event.lane), event.what.lane()].into_iter().flatten() {
            if lane.index() >= n_lanes {
                let message = format!("there is no lane {}", lane.0);
                self.report(event, Rule::ReferencesAreKnown, message);
            }
        }
        if let Some(text) = event.what.text().filter(|text| text.index() >= n_texts) {
            self.report(event, Rule::ReferencesAreKnown, format!("there is no text {}", text.0));
        }
        let (asked, kinds) = match event.what {
            What::StepEnd { wait: Wait::Sleep(timer) } => (timer, &[EventKind::TimerSet][..]),
            What::StepEnd { wait: Wait::Io(started) } => (started, &[EventKind::IoStarted][..]),
            What::TimerCancelled { timer } => {
                (timer, &[EventKind::TimerSet, EventKind::IoStarted][..])
            }
            _ => return,
        };
        let is_known = asked < event.id
            && self.trace.record(asked).is_some_and(|record| kinds.contains(&record.kind()));
        if !is_known {
            let message = format!("it refers to event {}, which is nothing to wait for", asked.0);
            self.report(event, Rule::ReferencesAreKnown, message);
        }
    }

    fn cause(&mut self, event: Event) {
        if let Some(cause) = event.cause.filter(|cause| *cause >= event.id) {
            let message = format!("its cause, event {}, does not come before it", cause.0);
            return self.report(event, Rule::CauseComesFirst, message);
        }
        let cause = event.cause.and_then(|cause| self.trace.event(cause)).map(|cause| cause.what);
        let fits = match (event.what, cause) {
            // A callback may be the engine's own, by which a pool tells that it was shut down.
            (What::StepBegin { .. } | What::HandleDropped, cause) => cause.is_some(),
            (What::TimerFired, cause) => matches!(cause, Some(What::TimerSet { .. })),
            (What::IoReady, cause) => matches!(cause, Some(What::IoStarted { .. })),
            (What::WorkerStarted { .. }, cause) => {
                matches!(cause, Some(What::JobSubmitted { .. }))
            }
            (What::JobStarted { job }, cause) => {
                matches!(cause, Some(What::JobSubmitted { job: cause, .. }) if cause == job)
            }
            (What::JobDelivered { job }, cause) => {
                matches!(cause, Some(What::JobFinished { job: cause, .. }) if cause == job)
            }
            _ => true,
        };
        if !fits {
            let message = match event.cause {
                None => "it has no cause".to_owned(),
                Some(cause) => format!("event {} cannot be its cause", cause.0),
            };
            self.report(event, Rule::CauseFits, message);
        }
    }

    /// Counts the handles of an iteration.
    fn handle(&mut self, event: Event) {
        let record = self.trace.record(event.id);
        if !record.is_some_and(|record| begins_handle(self.trace, event.id, record)) {
            return;
        }
        if self.handles_left == 0 {
            let message = "it runs, though no handle was left in this iteration";
            self.report(event, Rule::IterationsRunWhatWasReady, message);
        }
        self.handles_left = self.handles_left.saturating_sub(1);
    }

    fn clock_advanced(&mut self, event: Event, to: Instant) {
        if to < self.now {
            let message = format!("the clock goes back from {} to {to}", self.now);
            self.report(event, Rule::TimeIsMonotone, message);
        }
        self.now = to;
    }

    fn task(&self, lane: LaneId) -> Task {
        self.tasks.get(lane.index()).copied().unwrap_or(Task::Unknown)
    }

    fn set_task(&mut self, lane: LaneId, task: Task) {
        if let Some(place) = self.tasks.get_mut(lane.index()) {
            *place = task;
        }
    }

    fn task_created(&mut self, event: Event, task: LaneId) {
        let kind = self.trace.lanes().get(task.index()).map(|lane| lane.kind);
        if kind.is_some_and(|kind| kind != LaneKind::Task) {
            let message = format!("{} is not a task", self.trace.lane_name(task));
            self.report(event, Rule::ReferencesAreKnown, message);
        }
        if self.task(task) != Task::Unknown {
            let message = format!("{} was created before", self.trace.lane_name(task));
            self.report(event, Rule::StepsAlternate, message);
        }
        self.set_task(task, Task::Suspended(event.id));
    }

    fn step_begins(&mut self, event: Event) {
        match self.task(event.lane) {
            Task::Suspended(from) => {
                if let Some(cause) = event.cause.filter(|cause| *cause < from) {
                    let message = format!(
                        "it was scheduled by event {}, before it waited from event {} on",
                        cause.0, from.0
                    );
                    self.report(event, Rule::ScheduledOrWaiting, message);
                }
            }
            Task::Unknown => self.report(event, Rule::StepsAlternate, "its task was not created"),
            Task::Running(begun) => {
                let message = format!("the step that began with event {} goes on", begun.0);
                self.report(event, Rule::StepsAlternate, message);
            }
            Task::Done => self.report(event, Rule::StepsAlternate, "its task is done"),
        }
        self.set_task(event.lane, Task::Running(event.id));
    }

    fn step_ends(&mut self, event: Event, wait: Option<Wait>) {
        let Task::Running(begun) = self.task(event.lane) else {
            return self.report(event, Rule::StepsAlternate, "no step has begun");
        };
        let next = EventId(event.id.0.saturating_add(1));
        let task = match wait {
            None => Task::Done,
            Some(Wait::Turn) => Task::Suspended(event.id),
            // A waker may be woken while it is handed out.
            Some(Wait::Waker) => Task::Suspended(begun),
            Some(_) => Task::Suspended(next),
        };
        self.set_task(event.lane, task);
    }

    /// A timer fires, or an answer comes.
    fn comes_up(&mut self, event: Event, asked: Option<EventId>) {
        let Some(asked) = asked.filter(|asked| *asked < event.id) else { return };
        let set = self.trace.event(asked).map(|asked| asked.what);
        let Some(What::TimerSet { deadline: due } | What::IoStarted { until: due }) = set else {
            return;
        };
        if event.at < due {
            let message = format!("it comes at {}, before it is due at {due}", event.at);
            self.report(event, Rule::TimersComeUpOnce, message);
        }
        self.is_over(event, asked);
    }

    fn is_over(&mut self, event: Event, asked: EventId) {
        let Some(is_over) = self.is_over.get_mut(asked.index()) else { return };
        if std::mem::replace(is_over, true) {
            let message = format!("what event {} set is over already", asked.0);
            self.report(event, Rule::TimersComeUpOnce, message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{blocked, numbers, relay};
    use crate::index::{CallId, JobId, SiteId, TextId};
    use crate::trace::event::{End, Resume};
    use crate::trace::{Header, Lane, Outcome, Recorder};

    #[test]
    fn what_an_event_loop_records_is_in_order() {
        for trace in [numbers(), blocked(), relay()] {
            let found: Vec<_> = check(&trace).iter().map(Violation::to_string).collect();
            assert_eq!(found, Vec::<String>::new());
        }
    }

    const LOOP: LaneId = LaneId::LOOP;
    const TASK: LaneId = LaneId(1);
    const NONE: u32 = u32::MAX;
    const BEGIN: What = What::StepBegin { how: Resume::Send };
    const ITERATION: What = What::IterationBegin { ready: 9 };

    /// What is wrong with these events, if anything: lane, cause and event, from 0.
    #[track_caller]
    fn check_events(events: &[(LaneId, u32, What)], wanted: &[(Rule, &str)]) {
        let mut recorder = Recorder::in_memory(Header::default());
        recorder.lane(Lane::numbered(LaneKind::Loop, 0));
        recorder.lane(Lane::numbered(LaneKind::Task, 1));
        for (lane, cause, what) in events {
            recorder.record(*lane, SiteId::NONE, EventId(*cause), *what);
        }
        let found = check(&recorder.finish(Outcome::Interrupted));
        let found: Vec<_> = found.iter().map(|found| (found.rule, found.to_string())).collect();
        let wanted: Vec<_> =
            wanted.iter().map(|(rule, text)| (*rule, (*text).to_owned())).collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn steps_alternate_and_have_causes() {
        let created = (LOOP, NONE, What::TaskCreated { task: TASK });
        let ended = (TASK, NONE, What::StepEnd { wait: Wait::Turn });
        let finished = (TASK, NONE, What::TaskFinished { end: End::Returned });
        let iteration = (LOOP, NONE, ITERATION);
        check_events(
            &[created, iteration, (TASK, 0, BEGIN), ended, (TASK, 3, BEGIN), finished],
            &[],
        );
        check_events(
            &[created, iteration, (TASK, 0, BEGIN), ended, (TASK, 2, BEGIN), ended],
            &[(
                Rule::ScheduledOrWaiting,
                "event 4: it was scheduled by event 2, before it waited from event 3 on",
            )],
        );
        check_events(
            &[created, iteration, (TASK, NONE, BEGIN), (TASK, 0, BEGIN), finished, ended],
            &[
                (Rule::CauseFits, "event 2: it has no cause"),
                (Rule::StepsAlternate, "event 3: the step that began with event 2 goes on"),
                (Rule::StepsAlternate, "event 5: no step has begun"),
            ],
        );
        check_events(
            &[iteration, (TASK, 7, BEGIN), finished, created, (TASK, 0, BEGIN)],
            &[
                (Rule::CauseComesFirst, "event 1: its cause, event 7, does not come before it"),
                (Rule::StepsAlternate, "event 1: its task was not created"),
                (Rule::StepsAlternate, "event 3: Task-1 was created before"),
                (
                    Rule::ScheduledOrWaiting,
                    "event 4: it was scheduled by event 0, before it waited from event 3 on",
                ),
            ],
        );
    }

    #[test]
    fn timers_fire_once_and_not_early() {
        let at = |secs: u64| Instant::from_nanos(secs * 1_000_000_000);
        let set = (LOOP, NONE, What::TimerSet { deadline: at(2) });
        let iteration = (LOOP, NONE, ITERATION);
        let clock = |secs| (LOOP, NONE, What::ClockAdvanced { to: at(secs) });
        let cancelled = (LOOP, NONE, What::TimerCancelled { timer: EventId(0) });
        check_events(&[set, clock(3), iteration, (LOOP, 0, What::TimerFired)], &[]);
        check_events(
            &[set, iteration, (LOOP, 0, What::TimerFired), cancelled, clock(2), clock(1)],
            &[
                (Rule::TimersComeUpOnce, "event 2: it comes at 0s, before it is due at 2s"),
                (Rule::TimersComeUpOnce, "event 3: what event 0 set is over already"),
                (Rule::TimeIsMonotone, "event 5: the clock goes back from 2s to 1s"),
            ],
        );
        check_events(
            &[
                (LOOP, NONE, What::IterationBegin { ready: 1 }),
                clock(1),
                (LOOP, 0, What::TimerFired),
                (LOOP, 1, What::IoReady),
            ],
            &[
                (Rule::CauseFits, "event 2: event 0 cannot be its cause"),
                (Rule::CauseFits, "event 3: event 1 cannot be its cause"),
                (
                    Rule::IterationsRunWhatWasReady,
                    "event 3: it runs, though no handle was left in this iteration",
                ),
            ],
        );
    }

    #[test]
    fn what_is_referred_to_is_there() {
        let job = JobId(0);
        check_events(
            &[
                (LaneId(7), NONE, What::TaskCreated { task: LOOP }),
                (LOOP, NONE, ITERATION),
                (LOOP, 0, What::CallBegin { call: CallId(0), name: TextId(3) }),
                (LOOP, NONE, What::TimerCancelled { timer: EventId(2) }),
                (LOOP, NONE, What::JobFinished { job, end: End::Returned }),
                (LOOP, 4, What::JobDelivered { job: JobId(1) }),
                (LOOP, NONE, What::RunEnd { outcome: 0 }),
                (LOOP, NONE, What::Woken),
            ],
            &[
                (Rule::ReferencesAreKnown, "event 0: there is no lane 7"),
                (Rule::ReferencesAreKnown, "event 0: loop is not a task"),
                (Rule::ReferencesAreKnown, "event 2: there is no text 3"),
                (
                    Rule::ReferencesAreKnown,
                    "event 3: it refers to event 2, which is nothing to wait for",
                ),
                (Rule::CauseFits, "event 5: event 4 cannot be its cause"),
                (Rule::EndIsLast, "event 7: it comes after the end of the run"),
            ],
        );
    }
}
