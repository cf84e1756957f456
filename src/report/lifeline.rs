//! What each lane is doing, and since when.

use super::scale::Axis;
use crate::index::LaneId;
use crate::trace::event::{End, Wait};
use crate::trace::{Event, LaneKind, Trace, What};

/// What a lane does for a while. Ordered by what a chart should rather show in little room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// Waits for time to pass or an outside party to answer.
    Sleeping,
    /// Waits for another task, a future or a job.
    Waiting,
    /// Could run, but the loop is not there yet.
    Ready,
    /// Has its thread for itself: blocks, computes, or runs a job.
    Busy,
}

/// A while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) from: u64,
    pub(super) to: u64,
    pub(super) state: State,
}

/// The life of a lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Lifeline {
    pub(super) lane: LaneId,
    pub(super) kind: LaneKind,
    pub(super) spans: Vec<Span>,
    /// Where it ran without taking time.
    pub(super) steps: Vec<u64>,
    /// Where and how it ended.
    pub(super) end: Option<(u64, End)>,
    /// The state it is in, and since when.
    open: Option<(u64, State)>,
    /// When what it waits for is due, where that is known.
    due: Option<u64>,
}

impl Lifeline {
    fn new(lane: LaneId, kind: LaneKind) -> Self {
        let (spans, steps) = (Vec::new(), Vec::new());
        Self { lane, kind, spans, steps, end: None, open: None, due: None }
    }

    fn enter(&mut self, at: u64, state: Option<State>) {
        if let Some((from, old)) = self.open.take()
            && from < at
        {
            self.spans.push(Span { from, to: at, state: old });
        }
        self.open = state.map(|state| (at, state));
    }

    /// It goes on at `at`; what it waited for was there at `due` already.
    fn go_on(&mut self, at: u64, due: u64) {
        if self.open.is_some_and(|(from, _)| from <= due) && due < at {
            self.enter(due, Some(State::Ready));
        }
        self.enter(at, None);
        self.step(at);
    }

    fn step(&mut self, at: u64) {
        if self.steps.last() != Some(&at) {
            self.steps.push(at);
        }
    }
}

/// The lives of all lanes, by lane, and the last position.
pub(super) fn lifelines(trace: &Trace, axis: Axis) -> (Vec<Lifeline>, u64) {
    let lanes = trace.lanes().iter().enumerate();
    let mut lives: Vec<Lifeline> =
        lanes.map(|(index, lane)| Lifeline::new(LaneId::from_index(index), lane.kind)).collect();
    let mut iteration = 0;
    let mut last = 0;
    for event in trace.events() {
        if let What::IterationBegin { .. } = event.what {
            iteration += 1;
        }
        let at = if axis == Axis::Time { event.at.as_nanos() } else { iteration };
        last = at;
        happen(&mut lives, trace, &event, at, axis);
    }
    for life in &mut lives {
        life.enter(last, None);
    }
    (lives, last)
}

fn happen(lives: &mut [Lifeline], trace: &Trace, event: &Event, at: u64, axis: Axis) {
    if let What::TaskCreated { task } = event.what {
        if let Some(life) = lives.get_mut(task.index()) {
            life.enter(at, Some(State::Ready));
        }
        return;
    }
    let Some(life) = lives.get_mut(event.lane.index()) else { return };
    let on_loop = matches!(life.kind, LaneKind::Task | LaneKind::Loop);
    match event.what {
        What::StepBegin { .. } | What::CallBegin { .. } => {
            let caused = event.cause.filter(|_| axis == Axis::Time);
            let caused = caused.map(|cause| trace.time_of(cause).as_nanos());
            let due = life.due.take().filter(|due| *due > 0);
            life.go_on(at, due.or(caused).unwrap_or(at).min(at));
        }
        What::StepEnd { wait } => {
            life.enter(at, Some(state_of(wait)));
            life.due = due(trace, wait).filter(|_| axis == Axis::Time);
        }
        What::TaskFinished { end } => {
            life.enter(at, None);
            life.end = Some((at, end));
        }
        What::BlockBegin { .. } | What::ComputeBegin { .. } | What::JobStarted { .. } => {
            life.enter(at, Some(State::Busy));
        }
        // A job goes on after a block in it; a coroutine's own time is up.
        What::BlockEnd | What::ComputeEnd if on_loop => life.enter(at, None),
        What::JobFinished { .. } => {
            let began = life.open.map(|(from, _)| from);
            life.enter(at, None);
            // One that took no time would not be seen otherwise.
            if began == Some(at) {
                life.step(at);
            }
        }
        _ => {}
    }
    if !on_loop {
        return;
    }
    let lane = event.lane;
    // The loop's own lane shows when its thread is in use, whoever uses it.
    if let Some(own) = lives.first_mut().filter(|own| own.lane != lane) {
        match event.what {
            What::StepBegin { .. } => own.step(at),
            What::BlockBegin { .. } | What::ComputeBegin { .. } => own.enter(at, Some(State::Busy)),
            What::BlockEnd | What::ComputeEnd => own.enter(at, None),
            _ => {}
        }
    }
}

fn state_of(wait: Wait) -> State {
    match wait {
        Wait::Turn => State::Ready,
        Wait::Sleep(_) | Wait::Io(_) => State::Sleeping,
        _ => State::Waiting,
    }
}

/// When a wait is over at the earliest, where that is known from its beginning.
fn due(trace: &Trace, wait: Wait) -> Option<u64> {
    let (Wait::Sleep(event) | Wait::Io(event)) = wait else { return None };
    match trace.event(event)?.what {
        What::TimerSet { deadline } => Some(deadline.as_nanos()),
        What::IoStarted { until } => Some(until.as_nanos()),
        _ => None,
    }
}
