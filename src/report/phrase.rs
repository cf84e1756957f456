//! Decisions in words: what happened, and because of what.

use super::decision::{Decision, is_own};
use super::width::quoted;
use crate::analysis::{Labels, change_of};
use crate::index::{EventId, JobId, LaneId, SiteId};
use crate::time::Instant;
use crate::trace::event::{ChoiceKind, End, Resume, Wait};
use crate::trace::{Event, EventKind, Trace, What};

/// How many causes are followed to find one that says something; a file may hold a ring of them.
const MAX_CLIMB: usize = 64;

/// Puts the events of one trace into words.
#[derive(Clone, Debug)]
pub struct Words<'a> {
    trace: &'a Trace,
    labels: Labels,
    /// What each job runs, by job.
    jobs: Vec<Option<SiteId>>,
}

impl<'a> Words<'a> {
    /// For the events of that trace.
    pub fn of(trace: &'a Trace) -> Self {
        Self { trace, labels: Labels::of(trace), jobs: sites_of_jobs(trace) }
    }

    /// What the lanes are called.
    pub fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Whose lane it is.
    pub fn lane(&self, lane: LaneId) -> &str {
        self.labels.get(lane)
    }

    /// What happened: `sleeps until 2s`.
    pub fn what(&self, event: &Event) -> String {
        match event.what {
            What::TaskCreated { task } => format!("creates {}", self.lane(task)),
            What::StepBegin { how } => self.step(event, how),
            What::StepEnd { wait } => self.wait(wait),
            What::TaskFinished { end } => finished(end).to_owned(),
            What::TimerSet { deadline } => format!("sets a timer for {deadline}"),
            What::TimerCancelled { timer } => match self.event(timer).map(|timer| timer.what) {
                Some(What::TimerSet { deadline }) => format!("cancels the timer for {deadline}"),
                _ => "cancels a timer".to_owned(),
            },
            What::CallScheduled { name, .. } => {
                format!("schedules {}()", self.trace.text(name))
            }
            What::CallBegin { name, .. } => format!("calls {}()", self.trace.text(name)),
            What::CallEnd { end } => format!("the callback {}", ended(end)),
            What::FutureResolved { end, .. } => match end {
                End::Returned => "sets a future's result".to_owned(),
                End::Raised => "sets a future's exception".to_owned(),
                End::Cancelled => "cancels a future".to_owned(),
            },
            What::CancelRequested { task, accepted } => {
                let too_late = if accepted { "" } else { ", which is done already" };
                format!("cancels {}{too_late}", self.lane(task))
            }
            What::Output { text } => format!("prints {}", quoted(self.trace.text(text))),
            What::Raised { text } => format!("raises {}", one_line(self.trace.text(text))),
            What::Finding { text } => {
                format!("asyncio tells: {}", one_line(self.trace.text(text)))
            }
            What::Choice { kind, taken, of } => choice(kind, taken, of),
            What::HandleDropped => "drops a ready handle: the loop has ended".to_owned(),
            What::RunEnd { .. } => match self.trace.outcome() {
                Some(outcome) => format!("ends: {outcome}"),
                None => "ends".to_owned(),
            },
            What::PrimitiveMade { primitive, .. } => {
                format!("makes {}", self.trace.primitive_name(primitive))
            }
            What::PrimitiveChanged { primitive, change, now } => {
                change_of(self.trace.primitive_name(primitive), change, now)
            }
            What::PrimitiveWoke { primitive, task } => {
                format!("wakes {} at {}", self.lane(task), self.trace.primitive_name(primitive))
            }
            other => self.work(event.lane, other),
        }
    }

    /// What concerns pools, and time that passes while code runs.
    fn work(&self, lane: LaneId, what: What) -> String {
        let held = if self.is_worker(lane) { "" } else { " and holds the loop" };
        match what {
            What::JobSubmitted { pool, job } => {
                format!("submits {} to {}", self.job(job), self.lane(pool))
            }
            What::WorkerStarted { worker } => format!("starts worker {}", self.lane(worker)),
            What::JobStarted { job } => format!("takes {}", self.job(job)),
            What::JobFinished { job, end: End::Returned } => format!("finishes {}", self.job(job)),
            What::JobFinished { job, .. } => format!("fails in {}", self.job(job)),
            What::JobCancelled { job } => format!("drops {}, cancelled", self.job(job)),
            What::BlockBegin { duration } => format!("blocks for {duration}{held}"),
            What::ComputeBegin { duration } => format!("computes for {duration}{held}"),
            What::ThreadStarted { thread } => format!("starts thread {}", self.lane(thread)),
            What::ThreadBegin => "begins".to_owned(),
            What::ThreadFinished { end } => format!("thread {}", ended(end)),
            What::ThreadWaits { on } => format!("waits for {}", self.trace.text(on)),
            What::ThreadWoke => "goes on".to_owned(),
            What::HandedOver => "gets the interpreter lock".to_owned(),
            What::LockTaken { lock } => format!("takes {}", self.trace.text(lock)),
            What::LockReleased { lock } => format!("releases {}", self.trace.text(lock)),
            What::Accessed { variable, write } => {
                let does = if write { "writes" } else { "reads" };
                format!("{does} {}", self.trace.text(variable))
            }
            _ => String::new(),
        }
    }

    fn is_worker(&self, lane: LaneId) -> bool {
        use crate::trace::LaneKind;
        let lane = self.trace.lanes().get(lane.index());
        lane.is_some_and(|lane| matches!(lane.kind, LaneKind::Worker | LaneKind::Thread))
    }

    fn step(&self, event: &Event, how: Resume) -> String {
        match how {
            Resume::Cancel => "gets CancelledError".to_owned(),
            Resume::Throw => "gets the exception".to_owned(),
            Resume::Send => {
                let first =
                    matches!(self.cause(event), Some(Event { what: What::TaskCreated { .. }, .. }));
                if first { "starts" } else { "resumes" }.to_owned()
            }
        }
    }

    fn wait(&self, wait: Wait) -> String {
        match wait {
            Wait::Turn => "lets others run".to_owned(),
            Wait::Sleep(timer) => match self.event(timer).map(|timer| timer.what) {
                Some(What::TimerSet { deadline }) => format!("sleeps until {deadline}"),
                _ => "sleeps".to_owned(),
            },
            Wait::Io(started) => match self.event(started).map(|started| started.what) {
                Some(What::IoStarted { until }) => format!("waits for an answer, due {until}"),
                _ => "waits for an answer".to_owned(),
            },
            Wait::Task(task) => format!("waits for {}", self.lane(task)),
            Wait::Future(_) => "waits for a future".to_owned(),
            Wait::Gather(_) => "waits for its gather()".to_owned(),
            Wait::Job(job) => format!("waits for {}", self.job(job)),
            Wait::Primitive(primitive) => {
                format!("waits for {}", self.trace.primitive_name(primitive))
            }
            Wait::Waker => "waits to be woken".to_owned(),
        }
    }

    /// What a job runs, as far as the places of its events tell.
    fn job(&self, job: JobId) -> String {
        let site = self.jobs.get(job.index()).copied().flatten();
        match site.and_then(|site| self.trace.site(site)) {
            Some(site) if !site.function.is_empty() => site.function.clone(),
            _ => format!("job {}", u64::from(job.0) + 1),
        }
    }

    /// Because of what: `slept 1s`. `None` where the reason is the line before on the same lane.
    pub fn because(&self, decision: &Decision) -> Option<String> {
        let event = &decision.event;
        match event.what {
            What::TaskCreated { .. } if event.lane == LaneId::LOOP => {
                return Some("asyncio.run()".to_owned());
            }
            What::StepBegin { .. }
            | What::CallBegin { .. }
            | What::WorkerStarted { .. }
            | What::JobStarted { .. }
            | What::JobCancelled { .. }
            | What::HandleDropped => {}
            _ => return None,
        }
        let waited =
            decision.waited.filter(|_| event.what == What::StepBegin { how: Resume::Send });
        if let Some((since, wait)) = waited
            && let Some(reason) = self.over(event, since, wait)
        {
            return Some(reason);
        }
        let cause = self.telling_cause(event)?;
        let reason = self.reason(&cause, event);
        Some(match waited {
            Some((_, Wait::Gather(_))) => format!("gather() done: {reason}"),
            _ => reason,
        })
    }

    /// That what a task waited for is over, where the wait itself tells it.
    fn over(&self, event: &Event, since: Instant, wait: Wait) -> Option<String> {
        let late = |due: Instant| match event.at.since(due) {
            late if late.is_zero() => String::new(),
            late => format!(", {late} late"),
        };
        match wait {
            Wait::Turn => Some("its next turn".to_owned()),
            Wait::Sleep(timer) => match self.event(timer)?.what {
                What::TimerSet { deadline } => {
                    Some(format!("slept {}{}", deadline.since(since), late(deadline)))
                }
                _ => None,
            },
            Wait::Io(started) => match self.event(started)?.what {
                What::IoStarted { until } => {
                    Some(format!("answer after {}{}", until.since(since), late(until)))
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// The nearest cause that is more than the loop passing something on.
    fn telling_cause(&self, event: &Event) -> Option<Event> {
        let mut cause = self.cause(event)?;
        for _ in 0..MAX_CLIMB {
            match self.passed_on_from(&cause) {
                Some(before) => cause = before,
                None => break,
            }
        }
        Some(cause)
    }

    /// What an event only passes on, if it is of asyncio's own machinery.
    fn passed_on_from(&self, event: &Event) -> Option<Event> {
        match event.what {
            What::TimerFired
            | What::IoReady
            | What::JobDelivered { .. }
            | What::CallScheduled { .. }
            | What::PrimitiveWoke { .. }
            | What::Woken => self.cause(event),
            What::CallBegin { name, .. } if is_own(self.trace.text(name)) => self.cause(event),
            What::FutureResolved { .. } if event.lane == LaneId::LOOP => {
                let around = self.callback_around(event)?;
                self.is_own_callback(&around).then_some(around)
            }
            // A wait that is cancelled takes its timer or future with it.
            What::TimerCancelled { .. } | What::FutureResolved { end: End::Cancelled, .. } => {
                let before = self.event(EventId(event.id.0.checked_sub(1)?))?;
                matches!(before.what, What::CancelRequested { .. }).then_some(before)
            }
            _ => None,
        }
    }

    fn is_own_callback(&self, event: &Event) -> bool {
        matches!(event.what, What::CallBegin { name, .. } if is_own(self.trace.text(name)))
    }

    /// The callback that an event of the loop is part of.
    fn callback_around(&self, event: &Event) -> Option<Event> {
        let before = (0..event.id.0).rev().take(MAX_CLIMB).map(EventId);
        let mut of_loop = before
            .filter_map(|id| self.trace.record(id).map(|record| (id, record)))
            .filter(|(_, record)| record.lane() == LaneId::LOOP);
        let (id, _) = of_loop.find(|(_, record)| {
            use EventKind as K;
            matches!(record.kind(), K::CallBegin | K::CallEnd | K::IterationBegin)
        })?;
        self.event(id).filter(|event| matches!(event.what, What::CallBegin { .. }))
    }

    /// A cause in words, as the reason of `effect`.
    fn reason(&self, cause: &Event, effect: &Event) -> String {
        let who = self.lane(cause.lane);
        let reason = match cause.what {
            What::TaskCreated { .. } => format!("created by {who}"),
            What::TaskFinished { end } => format!("{who} {}", ended(end)),
            What::CancelRequested { .. } => format!("cancelled by {who}"),
            What::TimerSet { deadline } => format!("timer of {}", deadline.since(cause.at)),
            What::IoStarted { until } => format!("answer after {}", until.since(cause.at)),
            What::JobSubmitted { .. } => format!("submitted by {who}"),
            What::JobFinished { job, end } => format!("{} {}", self.job(job), ended(end)),
            What::FutureResolved { end: End::Cancelled, .. } => {
                format!("{who} cancelled the future")
            }
            What::FutureResolved { .. } => {
                let call = self.callback_around(cause).filter(|_| cause.lane == LaneId::LOOP);
                match call.map(|call| call.what) {
                    Some(What::CallBegin { name, .. }) => {
                        format!("{}() set the future", self.trace.text(name))
                    }
                    _ => format!("{who} set the future"),
                }
            }
            What::CallScheduled { .. } => format!("scheduled by {who}"),
            What::CallBegin { name, .. } => format!("callback {}()", self.trace.text(name)),
            _ if cause.lane == effect.lane => self.what(cause),
            _ => format!("{who} {}", self.what(cause)),
        };
        let is_timed = matches!(cause.what, What::TimerSet { .. } | What::IoStarted { .. });
        if cause.at == effect.at || is_timed { reason } else { format!("{reason} at {}", cause.at) }
    }

    fn cause(&self, event: &Event) -> Option<Event> {
        self.event(event.cause?)
    }

    fn event(&self, event: EventId) -> Option<Event> {
        self.trace.event(event)
    }
}

/// By job: the first place its worker was at while it ran.
fn sites_of_jobs(trace: &Trace) -> Vec<Option<SiteId>> {
    let mut sites: Vec<Option<SiteId>> = Vec::new();
    let mut running: Vec<Option<JobId>> = vec![None; trace.lanes().len()];
    for event in trace.events() {
        let Some(running) = running.get_mut(event.lane.index()) else { continue };
        match event.what {
            // Jobs are numbered in order of submission: one beyond the events is none.
            What::JobStarted { job } if job.index() < trace.len() => {
                *running = Some(job);
                if sites.len() <= job.index() {
                    sites.resize(job.index() + 1, None);
                }
            }
            What::JobFinished { .. } => *running = None,
            _ => {}
        }
        if let Some(job) = running
            && event.site != SiteId::NONE
        {
            sites[job.index()].get_or_insert(event.site);
        }
    }
    sites
}

fn finished(end: End) -> &'static str {
    match end {
        End::Returned => "finishes",
        End::Raised => "fails",
        End::Cancelled => "is cancelled",
    }
}

fn ended(end: End) -> &'static str {
    match end {
        End::Returned => "finished",
        End::Raised => "failed",
        End::Cancelled => "was cancelled",
    }
}

fn choice(kind: ChoiceKind, taken: u16, of: u32) -> String {
    let of_what = match kind {
        ChoiceKind::Completion => "answers due now",
        ChoiceKind::Ready => "ready handles",
        ChoiceKind::Timer => "timers due now",
        ChoiceKind::Thread => "threads that could run",
        ChoiceKind::Value => "values",
        ChoiceKind::Fault => "faults",
    };
    format!("of {of} {of_what} takes no. {}, not the first", u32::from(taken) + 1)
}

/// A message without line breaks.
fn one_line(text: &str) -> String {
    text.split('\n').map(str::trim_end).collect::<Vec<_>>().join(" ⏎ ")
}
