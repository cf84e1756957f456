//! Events in plain words, for people.

use crate::index::{EventId, LaneId, SiteId};
use crate::time::Instant;
use crate::trace::event::{Change, End, Resume, Wait, What};
use crate::trace::{Event, EventKind, Record, Trace};

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
            format!("scheduler takes {} of {of} ({})", u32::from(taken) + 1, kind.name())
        }
        What::HandleDropped => "a handle that never ran is dropped".to_owned(),
        What::Woken => format!("{who} is woken by another library"),
        What::Finding { text } => format!("asyncio tells: {}", trace.text(text)),
        What::RunEnd { outcome } => run_end(trace, outcome),
        What::PrimitiveMade { primitive, .. } => {
            format!("{who} makes {}", trace.primitive_name(primitive))
        }
        What::PrimitiveChanged { primitive, change, now } => {
            format!("{who} {}", change_of(trace.primitive_name(primitive), change, now))
        }
        What::PrimitiveWoke { primitive, task } => {
            format!("{who} wakes {} at {}", name(task), trace.primitive_name(primitive))
        }
        other => of_threads(trace, &who, other),
    }
}

/// What is done to a primitive of that name: "releases lock `a`".
pub fn change_of(name: &str, change: Change, now: u32) -> String {
    let is_lock = name.starts_with("lock");
    match change {
        Change::Acquired if is_lock => format!("takes {name}"),
        Change::Acquired => format!("takes a permit of {name}, {now} left"),
        Change::Released if is_lock => format!("releases {name}"),
        Change::Released => format!("gives a permit back to {name}, {now} there"),
        Change::Set => format!("sets {name}"),
        Change::Cleared => format!("clears {name}"),
        Change::Notified => format!("notifies {now} at {name}"),
        Change::Put => format!("puts an item in {name}, {now} there"),
        Change::Got => format!("gets an item from {name}, {now} left"),
        Change::Done => format!("is done with an item of {name}, {now} to do"),
        Change::ShutDown => format!("shuts {name} down"),
        Change::Arrived => format!("arrives at {name}, {now} there"),
        Change::Opened => format!("opens {name}"),
        Change::Left => format!("leaves {name}, {now} there"),
        Change::Reset => format!("resets {name}"),
        Change::Broken => format!("breaks {name}"),
    }
}

/// What a thread does.
fn of_threads(trace: &Trace, who: &str, what: What) -> String {
    let name = |lane| trace.lane_name(lane);
    match what {
        What::ThreadStarted { thread } => format!("{who} starts thread {}", name(thread)),
        What::ThreadBegin => format!("{who} begins to run"),
        What::ThreadFinished { end } => format!("{who} {}", ended(end)),
        What::ThreadWaits { on } => format!("{who} waits for {}", trace.text(on)),
        What::ThreadWoke => format!("{who} is woken"),
        What::HandedOver => format!("{who} gets its turn"),
        What::LockTaken { lock } => format!("{who} takes {}", trace.text(lock)),
        What::LockReleased { lock } => format!("{who} releases {}", trace.text(lock)),
        What::Accessed { variable, write } => {
            let verb = if write { "writes" } else { "reads" };
            format!("{who} {verb} {}", trace.text(variable))
        }
        _ => format!("{who} goes on"),
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
        Some(known) if !known.runs.is_empty() && *known.runs != *name => {
            format!("{name} ({})", known.runs)
        }
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
        Wait::Primitive(primitive) => format!("waits for {}", trace.primitive_name(primitive)),
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
    trace.lane_name(asked.map_or(event.lane, Record::lane))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::relay;
    use crate::index::{CallId, FutureId, JobId, PrimitiveId};
    use crate::trace::event::ChoiceKind;
    use crate::trace::{Header, Lane, LaneKind, Outcome, Recorder, Site};

    fn header() -> Header {
        let site = Site { source: 0, line: 12, column: 3, function: "main".to_owned() };
        let nowhere = Site { source: 7, ..site.clone() };
        Header {
            sources: vec![("numbers.toml".to_owned(), String::new())],
            sites: vec![site, nowhere],
            ..Header::default()
        }
    }

    /// One event of `Task-1`, after a timer and a request of `fetch`, in words.
    #[track_caller]
    fn check(cause: EventId, what: What, wanted: &str) {
        let mut recorder = Recorder::in_memory(header());
        recorder.lane(Lane::numbered(LaneKind::Loop, 0));
        recorder.lane(Lane::numbered(LaneKind::Task, 1).running("main"));
        let fetch = recorder.lane(Lane::named(LaneKind::Task, "fetch").running("get"));
        recorder.text("a name");
        let at = Instant::from_nanos(1_500_000_000);
        for what in [
            What::TimerSet { deadline: at },
            What::IoStarted { until: at },
            What::TaskCreated { task: fetch },
        ] {
            recorder.record(fetch, SiteId::NONE, EventId::NONE, what);
        }
        let event = recorder.record(LaneId(1), SiteId(1), cause, what);
        let trace = recorder.finish(Outcome::Interrupted);
        assert_eq!(describe(&trace, trace.event(event).unwrap()), wanted);
    }

    #[test]
    fn steps_say_who_waits_for_what() {
        let (none, timer, started, created) = (EventId::NONE, EventId(0), EventId(1), EventId(2));
        let (fetch, future) = (LaneId(2), FutureId(4));
        let step = |how| What::StepBegin { how };
        let wait = |wait| What::StepEnd { wait };
        check(none, What::TaskCreated { task: fetch }, "Task-1 creates fetch (get)");
        check(created, step(Resume::Send), "Task-1 starts");
        check(timer, step(Resume::Send), "Task-1 goes on");
        check(created, step(Resume::Cancel), "Task-1 goes on with a CancelledError");
        check(none, step(Resume::Throw), "Task-1 goes on with an exception");
        check(none, wait(Wait::Sleep(timer)), "Task-1 sleeps until 1.5s");
        check(none, wait(Wait::Sleep(created)), "Task-1 sleeps");
        check(none, wait(Wait::Io(started)), "Task-1 waits for io until 1.5s");
        check(none, wait(Wait::Turn), "Task-1 yields its turn");
        check(none, wait(Wait::Task(fetch)), "Task-1 waits for fetch");
        check(none, wait(Wait::Task(LaneId(9))), "Task-1 waits for lane 9");
        check(none, wait(Wait::Future(future)), "Task-1 waits for future 4");
        check(none, wait(Wait::Gather(future)), "Task-1 waits for a gather (future 4)");
        check(none, wait(Wait::Primitive(PrimitiveId(0))), "Task-1 waits for a primitive");
        check(none, wait(Wait::Job(JobId(3))), "Task-1 waits for job 3");
        check(none, wait(Wait::Waker), "Task-1 waits for its waker");
        check(none, What::TaskFinished { end: End::Returned }, "Task-1 returns");
        check(none, What::TaskFinished { end: End::Cancelled }, "Task-1 ends cancelled");
        let cancel = |accepted| What::CancelRequested { task: fetch, accepted };
        check(none, cancel(true), "Task-1 cancels fetch");
        check(none, cancel(false), "Task-1 cancels fetch, which is done already");
    }

    #[test]
    fn timers_say_whose_they_are() {
        let (none, timer, started) = (EventId::NONE, EventId(0), EventId(1));
        check(timer, What::TimerFired, "timer of fetch fires");
        check(none, What::TimerFired, "timer of Task-1 fires");
        check(none, What::TimerCancelled { timer }, "timer of fetch is cancelled");
        check(none, What::TimerCancelled { timer: started }, "io of fetch is cancelled");
        check(started, What::IoReady, "io of fetch is ready");
        let at = Instant::from_nanos(2_000_000);
        check(none, What::TimerSet { deadline: at }, "Task-1 sets a timer for 2ms");
        check(none, What::ClockAdvanced { to: at }, "clock moves to 2ms");
    }

    #[test]
    fn the_rest_is_told_too() {
        let (none, name) = (EventId::NONE, crate::index::TextId(0));
        let (call, job, end) = (CallId(0), JobId(3), End::Raised);
        check(none, What::IterationBegin { ready: 0 }, "iteration begins, nothing is ready");
        check(none, What::IterationBegin { ready: 2 }, "iteration begins, 2 handles are ready");
        check(none, What::CallScheduled { call, name }, "Task-1 schedules callback a name");
        check(none, What::CallBegin { call, name }, "callback a name begins");
        check(
            none,
            What::FutureResolved { future: FutureId(1), end },
            "future 1 gets an exception",
        );
        check(none, What::JobSubmitted { pool: LaneId(2), job }, "Task-1 gives job 3 to fetch");
        check(none, What::JobFinished { job, end }, "job 3 ends with an exception on Task-1");
        check(none, What::Output { text: name }, "Task-1 prints \"a name\"");
        check(none, What::Raised { text: name }, "Task-1 raises a name");
        let kind = ChoiceKind::Completion;
        check(none, What::Choice { kind, taken: 1, of: 3 }, "scheduler takes 2 of 3 (completion)");
        let primitive = PrimitiveId(0);
        let change = |change| What::PrimitiveChanged { primitive, change, now: 2 };
        check(none, What::PrimitiveMade { primitive, name }, "Task-1 makes a name");
        check(none, change(Change::Put), "Task-1 puts an item in a primitive, 2 there");
        let woke = What::PrimitiveWoke { primitive, task: LaneId(2) };
        check(none, woke, "Task-1 wakes fetch at a primitive");
        check(none, What::RunEnd { outcome: 5 }, "run ends: interrupted");
        check(none, What::RunEnd { outcome: 0 }, "run ends");
    }

    #[test]
    fn every_event_of_a_run_has_words() {
        let trace = relay();
        for event in trace.events() {
            let words = describe(&trace, event);
            assert!(!words.trim().is_empty() && !words.contains("lane "), "{words}");
        }
    }

    #[test]
    fn places_are_files_and_lines() {
        let trace = Trace::empty(header(), Outcome::Interrupted);
        assert_eq!(place(&trace, SiteId(1)).as_deref(), Some("numbers.toml:12"));
        assert_eq!(place(&trace, SiteId(2)), None);
        assert_eq!(place(&trace, SiteId::NONE), None);
    }
}
