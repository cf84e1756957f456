//! Everything that is there at one event: the decision that was taken, the ready queue, timers,
//! waits and jobs.

use super::Model;
use crate::analysis::lives::State;
use crate::analysis::{handle_at, ready_queue_at};
use crate::index::{EventId, JobId, LaneId};
use crate::time::Instant;
use crate::trace::event::{Event, Wait, What};

/// How many of a kind are kept to be listed; all are counted.
const MAX_LISTED: usize = 200;

/// A timer or a request that is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pending {
    /// With which event it was set.
    pub event: EventId,
    /// Who set it.
    pub lane: LaneId,
    /// When it is due.
    pub due: Instant,
    /// Whether it is the answer of an outside party.
    pub is_io: bool,
}

/// A task that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited {
    /// Who waits.
    pub lane: LaneId,
    /// For what.
    pub wait: Wait,
    /// The event that it waits since.
    pub since: EventId,
    /// The step with which it goes on, if it ever does.
    pub until: Option<EventId>,
}

/// A job that is queued or running.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pooled {
    /// The job.
    pub job: JobId,
    /// Its pool.
    pub pool: LaneId,
    /// Who gave it.
    pub lane: LaneId,
    /// With which event.
    pub event: EventId,
}

/// The state of everything right after an event.
#[derive(Clone, Debug, Default)]
pub struct Here {
    /// The event.
    pub event: Option<Event>,
    /// The number of the iteration, from 1; 0 before the first.
    pub iteration: usize,
    /// How many handles run in this iteration.
    pub handles: u32,
    /// The event with which the handle began that runs now, or ran last in this iteration.
    pub handle: Option<EventId>,
    /// The ready queue that it was taken from, itself included.
    pub taken_from: Vec<EventId>,
    /// What the scheduler was asked right before it, if it was.
    pub choice: Option<Event>,
    /// The ready queue now.
    pub ready: Vec<EventId>,
    /// Timers and requests, the one due next first.
    pub timers: Vec<Pending>,
    /// How many there are.
    pub n_timers: usize,
    /// Tasks that wait, in the order in which they began to.
    pub waits: Vec<Awaited>,
    /// How many there are.
    pub n_waits: usize,
    /// Jobs on pools, in the order in which they were submitted.
    pub jobs: Vec<Pooled>,
    /// How many there are.
    pub n_jobs: usize,
    /// How many lines were printed until now.
    pub n_outputs: usize,
}

impl Here {
    /// What there is right after an event.
    pub fn at(model: &Model, event: EventId) -> Self {
        let trace = model.trace();
        let Some(found) = model.event(event) else { return Self::default() };
        let iterations = model.iterations();
        let iteration = iterations.partition_point(|begin| *begin <= event);
        let begun = iteration.checked_sub(1).and_then(|index| model.what(iterations[index]));
        let handles = match begun {
            Some(What::IterationBegin { ready }) => ready,
            _ => 0,
        };
        let handle = handle_at(trace, event);
        let before = handle.and_then(|handle| handle.0.checked_sub(1)).map(EventId);
        let taken_from = before.map(|before| ready_queue_at(trace, before)).unwrap_or_default();
        let choice = before
            .and_then(|before| model.event(before))
            .filter(|before| matches!(before.what, What::Choice { .. }));
        let mut here = Self {
            event: Some(found),
            iteration,
            handles,
            handle,
            taken_from,
            choice,
            ready: ready_queue_at(trace, event),
            n_outputs: model.outputs().partition_point(|output| *output <= event),
            ..Self::default()
        };
        here.find_timers(model, event);
        here.find_waits(model, event);
        here.find_jobs(model, event);
        here
    }

    fn find_timers(&mut self, model: &Model, event: EventId) {
        let pending = |set: EventId| {
            let record = model.trace().record(set)?;
            let (due, is_io) = match record.what() {
                What::TimerSet { deadline } => (deadline, false),
                What::IoStarted { until } => (until, true),
                _ => return None,
            };
            Some(Pending { event: set, lane: record.lane(), due, is_io })
        };
        let mut timers: Vec<_> = model.indexed.timers.live_at(event).filter_map(pending).collect();
        self.n_timers = timers.len();
        let order = |pending: &Pending| (pending.due, pending.event);
        if timers.len() > MAX_LISTED {
            timers.select_nth_unstable_by_key(MAX_LISTED, order);
            timers.truncate(MAX_LISTED);
        }
        timers.sort_by_key(order);
        self.timers = timers;
    }

    fn find_waits(&mut self, model: &Model, event: EventId) {
        let waits = &model.indexed.waits;
        for since in waits.live_at(event) {
            self.n_waits += 1;
            if self.waits.len() < MAX_LISTED {
                let until = waits.index_of(since).and_then(|index| waits.closed_at(index));
                let Some(What::StepEnd { wait }) = model.what(since) else { continue };
                self.waits.push(Awaited { lane: model.lane_of(since), wait, since, until });
            }
        }
    }

    fn find_jobs(&mut self, model: &Model, event: EventId) {
        for submitted in model.indexed.jobs.live_at(event) {
            self.n_jobs += 1;
            let Some(What::JobSubmitted { pool, job }) = model.what(submitted) else { continue };
            if self.jobs.len() < MAX_LISTED {
                let lane = model.lane_of(submitted);
                self.jobs.push(Pooled { job, pool, lane, event: submitted });
            }
        }
    }

    /// What a lane waits for now.
    pub fn wait_of(&self, model: &Model, lane: LaneId, event: EventId) -> Option<Awaited> {
        let events = model.events_of(lane);
        let until = events.partition_point(|other| *other <= event);
        let since = *events[..until].last()?;
        let Some(What::StepEnd { wait }) = model.what(since) else { return None };
        let waits = &model.indexed.waits;
        let until = waits.index_of(since).and_then(|index| waits.closed_at(index));
        Some(Awaited { lane, wait, since, until })
    }
}

impl Model {
    /// What a task waits for, in words.
    pub(crate) fn say_wait(&self, wait: Wait) -> String {
        let due = |event: EventId| match self.what(event) {
            Some(What::TimerSet { deadline: due } | What::IoStarted { until: due }) => {
                format!(" until {due}")
            }
            _ => String::new(),
        };
        match wait {
            Wait::Turn => "its turn".to_owned(),
            Wait::Sleep(timer) => format!("sleep{}", due(timer)),
            Wait::Io(started) => format!("io{}", due(started)),
            Wait::Task(lane) => self.name(lane),
            Wait::Future(future) => format!("future {}", future.0),
            Wait::Gather(_) => "its gather".to_owned(),
            Wait::Job(job) => format!("job {}", job.0),
            Wait::Primitive(primitive) => self.trace().primitive_name(primitive).to_owned(),
            Wait::Waker => "a waker".to_owned(),
        }
    }

    /// Why a handle was ready: what put it into the queue.
    pub(crate) fn say_ready(&self, handle: EventId) -> String {
        let Some(event) = self.event(handle) else { return String::new() };
        let Some(cause) = event.cause.and_then(|cause| self.event(cause)) else {
            return String::new();
        };
        let who = self.name(cause.lane);
        match cause.what {
            What::TimerFired | What::TimerSet { .. } => "its sleep is over".to_owned(),
            What::IoReady | What::IoStarted { .. } => "its answer is there".to_owned(),
            What::TaskCreated { .. } => format!("created by {who}"),
            What::TaskFinished { .. } => format!("{who} ended"),
            What::CancelRequested { .. } => format!("cancelled by {who}"),
            What::FutureResolved { .. } => format!("{who} set its future"),
            What::JobFinished { job, .. } => format!("job {} is done", job.0),
            What::StepEnd { wait: Wait::Turn } => "it gave up its turn".to_owned(),
            _ => format!("{who} {}", self.say(cause.id)),
        }
    }

    /// What a handle is, for a list: the task that goes on, or the callback.
    pub(crate) fn say_handle(&self, handle: EventId) -> String {
        let Some(event) = self.event(handle) else { return String::new() };
        match event.what {
            What::CallBegin { name, .. } => format!("{}()", self.trace().text(name)),
            What::TimerFired | What::IoReady => {
                let asked = event.cause.map_or(event.lane, |cause| self.lane_of(cause));
                let what = if event.what == What::TimerFired { "timer" } else { "io" };
                format!("{what} of {}", self.name(asked))
            }
            What::JobDelivered { job } => format!("result of job {}", job.0),
            _ => self.name(event.lane),
        }
    }

    /// What a lane does at an event, in words: `waits for fetch`.
    pub(crate) fn say_state(&self, lane: LaneId, event: EventId) -> (State, String) {
        let state = self.life(lane).state_at(event.0);
        let waiting = Here::default().wait_of(self, lane, event);
        let text = match (state, waiting) {
            (State::Running, _) if lane == LaneId::LOOP => "turns".to_owned(),
            (State::Running, _) => "runs".to_owned(),
            (State::Idle, _) if lane == LaneId::LOOP => "waits for something to happen".to_owned(),
            (State::InLine, Some(wait)) => format!("waits for {}", self.say_wait(wait.wait)),
            (State::Awaiting, Some(wait)) => format!("waits for {}", self.say_wait(wait.wait)),
            (State::Sleeping, Some(wait)) => {
                self.say_wait(wait.wait).replacen("sleep", "sleeps", 1)
            }
            (State::Io, Some(wait)) => format!("waits for {}", self.say_wait(wait.wait)),
            (State::Absent, _) => match self.end_of(lane) {
                Some((end, _)) if end <= event => {
                    let how = self.life(lane).intervals().iter().rev().find(|i| i.state.is_end());
                    how.map_or("gone", |how| how.state.meaning()).to_owned()
                }
                _ => "not there yet".to_owned(),
            },
            _ => state.meaning().to_owned(),
        };
        (state, text)
    }

    /// The event with which a task ended.
    pub(crate) fn end_of(&self, lane: LaneId) -> Option<(EventId, State)> {
        let end = self.life(lane).intervals().iter().rev().take(2).find(|i| i.state.is_end())?;
        Some((EventId(end.event), end.state))
    }
}
