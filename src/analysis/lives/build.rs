//! One pass over a trace: lives of lanes, spans, lists of events.

use rayon::prelude::*;

use super::life::Life;
use super::spans::Spans;
use super::state::State;
use crate::index::{EventId, LaneId};
use crate::time::Instant;
use crate::trace::event::Wait;
use crate::trace::{EventKind, LaneKind, Record, Trace, What};

/// Into how many parts a run is cut to sum up its ready queue.
pub(crate) const BINS: usize = 1024;

/// What the pass finds.
#[derive(Debug, Default)]
pub(crate) struct Indexed {
    /// By lane.
    pub(crate) lives: Vec<Life>,
    /// The events of each lane.
    pub(crate) by_lane: ByLane,
    /// By lane: who created it.
    pub(crate) parents: Vec<Option<LaneId>>,
    /// Timers and requests to outside parties, from being set to firing or being cancelled.
    pub(crate) timers: Spans,
    /// What tasks wait for, from the end of a step to the beginning of the next.
    pub(crate) waits: Spans,
    /// Jobs, from submission to their end.
    pub(crate) jobs: Spans,
    /// Lines of output.
    pub(crate) outputs: Vec<EventId>,
    /// Beginnings of iterations.
    pub(crate) iterations: Vec<EventId>,
    /// By primitive: what happened at it, in order.
    pub(crate) primitives: Vec<Vec<EventId>>,
    /// The longest ready queue in each of [`BINS`] parts of the time, and of the events.
    pub(crate) ready: [Vec<u32>; 2],
}

/// The events of each lane, in order.
#[derive(Debug, Default)]
pub(crate) struct ByLane {
    /// Lane by lane.
    events: Vec<EventId>,
    /// By lane: where its events end.
    ends: Vec<usize>,
}

impl ByLane {
    fn new(trace: &Trace) -> Self {
        let n_lanes = trace.lanes().len();
        let mut ends = vec![0_usize; n_lanes];
        for record in trace.chunks().flatten() {
            if let Some(end) = ends.get_mut(record.lane().index()) {
                *end += 1;
            }
        }
        // Where the events of each lane begin; moves to their end while they are put there.
        let mut total = 0;
        for end in &mut ends {
            total += std::mem::replace(end, total);
        }
        let mut events = vec![EventId(0); total];
        for (id, record) in (0_u32..).zip(trace.chunks().flatten()) {
            if let Some(end) = ends.get_mut(record.lane().index()) {
                events[*end] = EventId(id);
                *end += 1;
            }
        }
        Self { events, ends }
    }

    /// The events of a lane.
    pub(crate) fn of(&self, lane: LaneId) -> &[EventId] {
        let Some(end) = self.ends.get(lane.index()) else { return &[] };
        let begin = lane.index().checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.events[begin..*end]
    }
}

/// Reads all of a trace.
pub(crate) fn index(trace: &Trace) -> Indexed {
    let (by_lane, found) = rayon::join(|| ByLane::new(trace), || pass(trace));
    Indexed { by_lane, ..found }
}

fn pass(trace: &Trace) -> Indexed {
    let mut pass = Pass::new(trace);
    for (id, record) in (0_u32..).zip(trace.chunks().flatten()) {
        pass.event(EventId(id), *record);
    }
    pass.finish()
}

struct Pass<'t> {
    trace: &'t Trace,
    found: Indexed,
    is_worker: Vec<bool>,
    /// By lane: the wait it is in.
    waiting: Vec<Option<usize>>,
    now: Instant,
    /// The event with which it became now.
    now_since: EventId,
    /// Who runs on the loop's thread, innermost last: a task that starts eagerly runs within
    /// another one's step.
    running: Vec<LaneId>,
    /// Which thread got the interpreter lock last.
    has_lock: Option<LaneId>,
    /// The submission of each job, by job.
    submitted: Vec<EventId>,
}

impl<'t> Pass<'t> {
    fn new(trace: &'t Trace) -> Self {
        let n_lanes = trace.lanes().len();
        let is_worker = |kind| matches!(kind, LaneKind::Worker | LaneKind::Thread);
        Self {
            trace,
            found: Indexed {
                lives: vec![Life::default(); n_lanes],
                parents: vec![None; n_lanes],
                ready: [vec![0; BINS], vec![0; BINS]],
                ..Indexed::default()
            },
            is_worker: trace.lanes().iter().map(|lane| is_worker(lane.kind)).collect(),
            waiting: vec![None; n_lanes],
            now: Instant::ZERO,
            now_since: EventId(0),
            running: Vec::new(),
            has_lock: None,
            submitted: Vec::new(),
        }
    }

    fn finish(mut self) -> Indexed {
        let Indexed { lives, timers, waits, jobs, .. } = &mut self.found;
        rayon::join(
            || lives.par_iter_mut().for_each(Life::seal),
            || [timers, waits, jobs].into_iter().for_each(Spans::seal),
        );
        self.found
    }

    fn event(&mut self, id: EventId, record: Record) {
        let lane = record.lane();
        if lane.index() >= self.waiting.len() {
            return;
        }
        match record.kind() {
            EventKind::StepBegin | EventKind::CallBegin => self.step_begins(id, record),
            EventKind::CallEnd => {
                self.running.pop();
            }
            EventKind::IterationBegin => {
                self.running.clear();
                self.found.iterations.push(id);
                self.enter(LaneId::LOOP, id, State::Running);
                self.queue_is(id, record.words().0);
            }
            EventKind::Output => self.found.outputs.push(id),
            EventKind::RunEnd => {
                self.running.clear();
                self.enter(LaneId::LOOP, id, State::Done);
            }
            EventKind::TimerFired | EventKind::IoReady => {
                if let Some(cause) = record.cause() {
                    self.found.timers.close_opened_with(cause, id);
                }
            }
            _ => self.particular(id, record),
        }
    }

    /// What needs the particulars of its event.
    fn particular(&mut self, id: EventId, record: Record) {
        let lane = record.lane();
        match record.what() {
            What::ClockAdvanced { to } => self.clock(id, to),
            What::StepEnd { wait } => self.step_ends(id, lane, wait),
            What::TaskFinished { end } => {
                self.running.pop();
                self.enter(lane, id, State::of_end(end));
                self.enter(lane, id, State::Absent);
            }
            What::TaskCreated { task } => {
                self.adopt(task, lane);
                self.enter(task, id, State::Ready);
            }
            What::TimerSet { .. } | What::IoStarted { .. } => {
                self.found.timers.open(id);
            }
            What::TimerCancelled { timer } => self.found.timers.close_opened_with(timer, id),
            What::BlockBegin { .. } | What::ComputeBegin { .. } => {
                let is_worker = self.is_worker.get(lane.index()) == Some(&true);
                self.enter(lane, id, if is_worker { State::Working } else { State::Holding });
                if !is_worker && lane != LaneId::LOOP {
                    self.enter(LaneId::LOOP, id, State::Holding);
                }
            }
            What::BlockEnd | What::ComputeEnd => {
                if self.is_worker.get(lane.index()) != Some(&true) {
                    self.enter(lane, id, State::Running);
                    self.enter(LaneId::LOOP, id, State::Running);
                }
            }
            What::WorkerStarted { worker } => {
                let submitted = record.cause().and_then(|cause| self.trace.record(cause));
                if let Some(What::JobSubmitted { pool, .. }) = submitted.map(Record::what) {
                    self.adopt(worker, pool);
                }
                self.enter(worker, id, State::Idle);
            }
            What::JobSubmitted { job, .. } => {
                self.found.jobs.open(id);
                // Jobs are numbered in the order of submission.
                if job.index() == self.submitted.len() {
                    self.submitted.push(id);
                }
            }
            What::JobStarted { .. } => self.enter(lane, id, State::Working),
            What::JobFinished { job, .. } => {
                self.enter(lane, id, State::Idle);
                self.job_ends(job.index(), id);
            }
            What::JobCancelled { job } => self.job_ends(job.index(), id),
            What::PrimitiveMade { primitive, .. } | What::PrimitiveChanged { primitive, .. } => {
                self.happens_at(primitive.index(), id);
            }
            what => self.thread(id, lane, what),
        }
    }

    /// Notes how long the ready queue is.
    fn queue_is(&mut self, id: EventId, length: u32) {
        let end = self.trace.end_time().as_nanos();
        let by_time = bin(self.now.as_nanos(), end);
        let by_event = bin(u64::from(id.0), self.trace.len() as u64);
        for (bins, bin) in self.found.ready.iter_mut().zip([by_time, by_event]) {
            bins[bin] = bins[bin].max(length);
        }
    }

    fn enter(&mut self, lane: LaneId, event: EventId, state: State) {
        if let Some(life) = self.found.lives.get_mut(lane.index()) {
            life.enter(event.0, self.now.as_nanos(), state);
        }
    }

    fn adopt(&mut self, child: LaneId, parent: LaneId) {
        if let Some(slot) = self.found.parents.get_mut(child.index())
            && child > parent
        {
            slot.get_or_insert(parent);
        }
    }

    /// Raw threads: one runs at a time where there is an interpreter lock, the others are ready.
    fn thread(&mut self, id: EventId, lane: LaneId, what: What) {
        match what {
            What::ThreadStarted { thread } => {
                self.adopt(thread, lane);
                self.enter(thread, id, State::Ready);
            }
            What::ThreadBegin | What::ThreadWoke => self.enter(lane, id, State::Working),
            What::ThreadWaits { .. } => self.enter(lane, id, State::InLine),
            What::ThreadFinished { end } => {
                self.enter(lane, id, State::of_end(end));
                self.enter(lane, id, State::Absent);
                self.has_lock = None;
            }
            What::HandedOver => {
                if let Some(before) = self.has_lock.replace(lane).filter(|before| *before != lane) {
                    self.enter(before, id, State::Ready);
                }
                let is_worker = self.is_worker.get(lane.index()) == Some(&true);
                self.enter(lane, id, if is_worker { State::Working } else { State::Running });
            }
            _ => {}
        }
    }

    fn happens_at(&mut self, primitive: usize, id: EventId) {
        // They are numbered as they are made: one beyond the events is none.
        if primitive < self.trace.len() {
            let primitives = &mut self.found.primitives;
            if primitives.len() <= primitive {
                primitives.resize(primitive + 1, Vec::new());
            }
            primitives[primitive].push(id);
        }
    }

    fn job_ends(&mut self, job: usize, id: EventId) {
        if let Some(submitted) = self.submitted.get(job) {
            self.found.jobs.close_opened_with(*submitted, id);
        }
    }

    fn step_begins(&mut self, id: EventId, record: Record) {
        let lane = record.lane();
        if lane != LaneId::LOOP {
            if let Some(wait) = self.waiting.get_mut(lane.index()).and_then(Option::take) {
                self.found.waits.close(wait, id);
            }
            self.ready_since(lane, record.cause());
            self.enter(lane, id, State::Running);
        }
        self.running.push(lane);
        self.enter(LaneId::LOOP, id, State::Running);
    }

    /// The lane could have gone on as soon as what it waited for was there.
    fn ready_since(&mut self, lane: LaneId, cause: Option<EventId>) {
        let Some(cause) = cause else { return };
        let due = self
            .trace
            .record(cause)
            .filter(|cause| matches!(cause.kind(), EventKind::TimerFired | EventKind::IoReady));
        let set = due.and_then(Record::cause).and_then(|set| self.trace.record(set));
        let (event, at) = match set.map(Record::what) {
            Some(What::TimerSet { deadline: due } | What::IoStarted { until: due })
                if due < self.now =>
            {
                (EventId::from_index(self.trace.first_at(due)).min(cause), due)
            }
            _ if cause >= self.now_since => (cause, self.now),
            _ => (cause, self.trace.time_of(cause)),
        };
        if let Some(life) = self.found.lives.get_mut(lane.index()) {
            life.enter(event.0, at.as_nanos(), State::Ready);
        }
    }

    fn step_ends(&mut self, id: EventId, lane: LaneId, wait: Wait) {
        self.running.pop();
        let index = self.found.waits.open(id);
        if let Some(slot) = self.waiting.get_mut(lane.index()) {
            *slot = Some(index);
        }
        self.enter(lane, id, State::of_wait(wait));
        if let Some(outer) = self.running.last().copied() {
            self.enter(outer, id, State::Running);
        }
    }

    fn clock(&mut self, id: EventId, to: Instant) {
        match self.running.last().copied() {
            // Time passes while somebody runs: nobody else can.
            Some(lane) => {
                self.enter(lane, id, State::Holding);
                self.enter(LaneId::LOOP, id, State::Holding);
            }
            None => self.enter(LaneId::LOOP, id, State::Idle),
        }
        (self.now, self.now_since) = (to, id);
    }
}

/// In which part of a run that ends at `end` a position is.
fn bin(position: u64, end: u64) -> usize {
    let bin = u128::from(position) * BINS as u128 / (u128::from(end) + 1);
    usize::try_from(bin).unwrap_or(0).min(BINS - 1)
}
