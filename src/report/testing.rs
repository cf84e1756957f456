//! Hand-made traces, as the engine would record them.

use crate::index::{EventId, JobId, LaneId, SiteId};
use crate::time::{Duration, Instant};
use crate::trace::event::{End, Resume, Wait};
use crate::trace::{Header, Lane, LaneKind, Outcome, Recorder, Trace, What};

/// Writes a trace event by event.
pub(super) struct Script {
    recorder: Recorder,
    n_tasks: u32,
    n_jobs: u32,
    now: Instant,
}

impl Script {
    /// A run of `main`, up to its first step.
    pub(super) fn new(program: &str) -> (Self, LaneId) {
        let header = Header { program: program.to_owned(), ..Header::default() };
        let mut recorder = Recorder::in_memory(header);
        recorder.lane(Lane::numbered(LaneKind::Loop, 0));
        let mut script = Self { recorder, n_tasks: 0, n_jobs: 0, now: Instant::ZERO };
        let (main, created) = script.create(LaneId::LOOP, "main");
        script.turn(1);
        script.step(main, created);
        (script, main)
    }

    pub(super) fn put(&mut self, lane: LaneId, cause: EventId, what: What) -> EventId {
        self.recorder.record(lane, SiteId::NONE, cause, what)
    }

    pub(super) fn turn(&mut self, ready: u32) {
        self.put(LaneId::LOOP, EventId::NONE, What::IterationBegin { ready });
    }

    pub(super) fn advance(&mut self, to_ms: u64) {
        self.now = at(to_ms);
        self.put(LaneId::LOOP, EventId::NONE, What::ClockAdvanced { to: self.now });
    }

    pub(super) fn create(&mut self, by: LaneId, runs: &str) -> (LaneId, EventId) {
        self.n_tasks += 1;
        let lane = Lane::numbered(LaneKind::Task, self.n_tasks).running(runs);
        let task = self.recorder.lane(lane);
        (task, self.put(by, EventId::NONE, What::TaskCreated { task }))
    }

    pub(super) fn step(&mut self, task: LaneId, cause: EventId) -> EventId {
        self.put(task, cause, What::StepBegin { how: Resume::Send })
    }

    pub(super) fn print(&mut self, task: LaneId, text: &str) {
        let text = self.recorder.text(text);
        self.put(task, EventId::NONE, What::Output { text });
    }

    /// Ends the step with a sleep; returns its timer.
    pub(super) fn sleep(&mut self, task: LaneId, ms: u64) -> EventId {
        let deadline = self.now + Duration::from_millis(ms);
        let timer = self.put(task, EventId::NONE, What::TimerSet { deadline });
        self.wait(task, Wait::Sleep(timer));
        timer
    }

    pub(super) fn wait(&mut self, task: LaneId, wait: Wait) {
        self.put(task, EventId::NONE, What::StepEnd { wait });
    }

    /// The timer's handle runs; returns what the next step is caused by.
    pub(super) fn fire(&mut self, timer: EventId) -> EventId {
        self.put(LaneId::LOOP, timer, What::TimerFired)
    }

    pub(super) fn finish(&mut self, task: LaneId, end: End) -> EventId {
        self.put(task, EventId::NONE, What::TaskFinished { end })
    }

    /// Submits a job to a pool of one new worker; returns the worker, the job, and its start.
    pub(super) fn job(&mut self, task: LaneId) -> (LaneId, JobId, EventId) {
        let job = JobId(self.n_jobs);
        self.n_jobs += 1;
        let pool = self.recorder.lane(Lane::named(LaneKind::Pool, "default"));
        let worker = self.recorder.lane(Lane::named(LaneKind::Worker, "asyncio_0"));
        let submitted = self.put(task, EventId::NONE, What::JobSubmitted { pool, job });
        self.put(pool, submitted, What::WorkerStarted { worker });
        let started = self.put(worker, submitted, What::JobStarted { job });
        (worker, job, started)
    }

    pub(super) fn end(self) -> Trace {
        self.end_with(Outcome::Completed { value: "None".to_owned() })
    }

    pub(super) fn end_with(mut self, outcome: Outcome) -> Trace {
        self.put(LaneId::LOOP, EventId::NONE, What::RunEnd { outcome: outcome.code() });
        self.recorder.finish(outcome)
    }
}

pub(super) fn at(ms: u64) -> Instant {
    Instant::ZERO + Duration::from_millis(ms)
}

/// Two tasks that print three times each, a second apart.
pub(super) fn numbers_and_letters() -> Trace {
    let (mut script, main) = Script::new("Numbers and letters");
    let tasks = [script.create(main, "print_numbers"), script.create(main, "print_letters")];
    script.wait(main, Wait::Gather(crate::index::FutureId(0)));
    let mut causes = tasks.map(|(_, created)| created);
    for round in 1..=3 {
        script.turn(2);
        let mut timers = Vec::new();
        for ((task, _), (cause, word)) in tasks.iter().zip(causes.iter().zip(["Number", "Letter"]))
        {
            script.step(*task, *cause);
            script.print(*task, &format!("{word} {round}"));
            timers.push(script.sleep(*task, 1000));
        }
        script.advance(round * 1000);
        script.turn(2);
        causes = [script.fire(timers[0]), script.fire(timers[1])];
    }
    script.turn(2);
    let mut done = EventId::NONE;
    for ((task, _), cause) in tasks.iter().zip(causes) {
        script.step(*task, cause);
        done = script.finish(*task, End::Returned);
    }
    script.turn(1);
    script.step(main, done);
    script.finish(main, End::Returned);
    script.end()
}

/// A task oversleeps because another holds the loop; a job runs on a worker.
pub(super) fn held_loop() -> Trace {
    let (mut script, main) = Script::new("A blocking call");
    let (quick, quick_created) = script.create(main, "quick");
    let (slow, slow_created) = script.create(main, "slow");
    let (worker, job, started) = script.job(main);
    script.put(worker, started, What::BlockBegin { duration: Duration::from_millis(3000) });
    script.wait(main, Wait::Job(job));
    script.turn(2);
    script.step(quick, quick_created);
    let timer = script.sleep(quick, 500);
    script.step(slow, slow_created);
    let block =
        script.put(slow, EventId::NONE, What::BlockBegin { duration: Duration::from_millis(2000) });
    script.advance(2000);
    script.put(slow, block, What::BlockEnd);
    script.finish(slow, End::Raised);
    script.turn(1);
    let fired = script.fire(timer);
    script.turn(1);
    script.step(quick, fired);
    script.finish(quick, End::Cancelled);
    script.advance(3000);
    let finished = script.put(worker, EventId::NONE, What::JobFinished { job, end: End::Returned });
    script.turn(1);
    let delivered = script.put(LaneId::LOOP, finished, What::JobDelivered { job });
    script.turn(1);
    script.step(main, delivered);
    script.finish(main, End::Returned);
    script.end()
}

/// `n` tasks that sleep for a second; the last fails. With `n` = 0 no time passes.
pub(super) fn crowd(n: usize) -> Trace {
    let (mut script, main) = Script::new("A crowd");
    let tasks: Vec<_> = (0..n).map(|_| script.create(main, "fetch")).collect();
    script.wait(main, if n == 0 { Wait::Turn } else { Wait::Gather(crate::index::FutureId(0)) });
    let mut timers = Vec::new();
    for (task, created) in &tasks {
        script.step(*task, *created);
        timers.push(script.sleep(*task, 1000));
    }
    if n > 0 {
        script.advance(1000);
    }
    let mut done = EventId::NONE;
    script.turn(1);
    for (index, ((task, _), timer)) in tasks.iter().zip(timers).enumerate() {
        let fired = script.fire(timer);
        script.step(*task, fired);
        let end = if index + 1 == n { End::Raised } else { End::Returned };
        done = script.finish(*task, end);
    }
    script.turn(1);
    script.step(main, done);
    script.finish(main, End::Returned);
    script.end()
}
