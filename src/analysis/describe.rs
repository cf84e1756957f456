//! Events in plain words, for people.

use crate::index::{EventId, LaneId, SiteId};
use crate::time::Instant;
use crate::trace::event::{End, Resume, Wait, What};
use crate::trace::{Event, EventKind, Trace};

/// An event in plain words: `Task-2 sleeps until 1.5s`.
pub fn describe(trace: &Trace, event: Event) -> String {
    let who = trace.lane_name(event.lane);
    let name = |lane| trace.lane_name(lane);
    match event.what {
        What::IterationBegin { ready } => iteration(ready),
        What::ClockAdvanced { to } => format!("clock moves to {to}"),
        What::TaskCreated { task } => format!("{who} creates {}", with_runs(trace, task)),
        What::StepBegin { how } => format!("{who} {}", resumed(trace, event.cause, how)),
        What::StepEnd { wait } => format!("{who} {}", waits(trace, wait)),
        What::TaskFinished { end } => format!("{who} {}", ended(end)),
        What::TimerSet { deadline } => format!("{who} sets a timer for {deadline}"),
        What::TimerFired => format!("timer of {} fires", asker(trace, event, event.cause)),
        What::TimerCancelled { timer } => {
            let what = if is_io(trace, timer) { "io" } else { "timer" };
            format!("{what} of {} is cancelled", asker(trace, event, Some(timer)))
        }
        What::CallScheduled { name, .. } => {
            format!("{who} schedules callback {}", trace.text(name))
        }
        What::CallBegin { name, .. } => format!("callback {} begins", trace.text(name)),
        What::CallEnd { end } => format!("callback {}", ended(end)),
        What::FutureResolved { future, end } => format!("future {} {}", future.0, resolved(end)),
        What::CancelRequested { task, accepted: true } => format!("{who} cancels {}", name(task)),
        What::CancelRequested { task, accepted: false } => {
            format!("{who} cancels {}, which is done already", name(task))
        }
        What::IoStarted { until } => format!("{who} asks for io, ready at {until}"),
        What::IoReady => format!("io of {} is ready", asker(trace, event, event.cause)),
        What::JobSubmitted { pool, job } => format!("{who} gives job {} to {}", job.0, name(pool)),
        What::WorkerStarted { worker } => format!("{} is started", name(worker)),
        What::JobStarted { job } => format!("{who} takes job {}", job.0),
        What::JobFinished { job, end } => format!("job {} {} on {who}", job.0, ended(end)),
        What::JobDelivered { job } => format!("result of job {} arrives", job.0),
        What::JobCancelled { job } => format!("job {} is cancelled before it starts", job.0),
        What::BlockBegin { duration } => format!("{who} blocks its thread for {duration}"),
        What::BlockEnd => format!("{who} unblocks its thread"),
        What::ComputeBegin { duration } => format!("{who} computes for {duration}"),
        What::ComputeEnd => format!("{who} is done computing"),
        What::Output { text } => format!("{who} prints \"{}\"", trace.text(text)),
        What::Raised { text } => format!("{who} raises {}", trace.text(text)),
        What::Choice { kind, taken, of } => {
            let taken = u32::from(taken) + 1;
            format!("scheduler takes {taken} of {of} ({})", kind.name())
        }
        What::HandleDropped => "a handle that never ran is dropped".to_owned(),
        What::Mark => format!("{who} reaches a mark"),
        What::RunEnd { outcome } => run_end(trace, outcome),
    }
}

/// A place in the program: `numbers_and_letters.toml:12`. `None` for what the loop does by itself.
pub fn place(trace: &Trace, site: SiteId) -> Option<String> {
    let site = trace.site(site)?;
    let (source, _) = trace.header().sources.get(site.source as usize)?;
    Some(format!("{source}:{}", site.line))
}

fn iteration(ready: u32) -> String {
    match ready {
        0 => "iteration begins, nothing is ready".to_owned(),
        1 => "iteration begins, 1 handle is ready".to_owned(),
        _ => format!("iteration begins, {ready} handles are ready"),
    }
}

/// `Task-2 (fetch)`.
fn with_runs(trace: &Trace, lane: LaneId) -> String {
    let name = trace.lane_name(lane);
    match trace.lanes().get(lane.index()) {
        Some(known) if !known.runs.is_empty() => format!("{name} ({})", known.runs),
        _ => name,
    }
}

fn resumed(trace: &Trace, cause: Option<EventId>, how: Resume) -> &'static str {
    let cause = cause.and_then(|cause| trace.record(cause));
    let is_first = cause.is_some_and(|cause| cause.kind() == EventKind::TaskCreated);
    match how {
        Resume::Send if is_first => "starts",
        Resume::Send => "goes on",
        Resume::Cancel => "goes on with a CancelledError",
        Resume::Throw => "goes on with an exception",
    }
}

fn waits(trace: &Trace, wait: Wait) -> String {
    let until = |asked: EventId| match trace.event(asked).map(|event| event.what) {
        Some(What::TimerSet { deadline: at } | What::IoStarted { until: at }) => until(at),
        _ => String::new(),
    };
    match wait {
        Wait::Turn => "yields its turn".to_owned(),
        Wait::Sleep(timer) => format!("sleeps{}", until(timer)),
        Wait::Task(task) => format!("waits for {}", trace.lane_name(task)),
        Wait::Future(future) => format!("waits for future {}", future.0),
        Wait::Gather(future) => format!("waits for a gather (future {})", future.0),
        Wait::Job(job) => format!("waits for job {}", job.0),
        Wait::Io(started) => format!("waits for io{}", until(started)),
        Wait::Primitive(future) => format!("waits in line (future {})", future.0),
        Wait::Waker => "waits for its waker".to_owned(),
    }
}

fn until(at: Instant) -> String {
    format!(" until {at}")
}

const fn ended(end: End) -> &'static str {
    match end {
        End::Returned => "returns",
        End::Raised => "ends with an exception",
        End::Cancelled => "ends cancelled",
    }
}

const fn resolved(end: End) -> &'static str {
    match end {
        End::Returned => "gets its result",
        End::Raised => "gets an exception",
        End::Cancelled => "is cancelled",
    }
}

/// Who asked for what an event brings, or calls off: the lane of its timer or request.
fn asker(trace: &Trace, event: Event, asked: Option<EventId>) -> String {
    let asked = asked.and_then(|asked| trace.record(asked));
    trace.lane_name(asked.map_or(event.lane, |record| record.lane()))
}

/// A wait for io is called off like a timer.
fn is_io(trace: &Trace, asked: EventId) -> bool {
    trace.record(asked).is_some_and(|record| record.kind() == EventKind::IoStarted)
}

fn run_end(trace: &Trace, code: u32) -> String {
    match trace.outcome().filter(|outcome| outcome.code() == code) {
        Some(outcome) => format!("run ends: {outcome}"),
        None => "run ends".to_owned(),
    }
}
