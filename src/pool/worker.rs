//! Pools and their workers.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use super::job::{Job, Queued, Stage, Stretch, Typed};
use crate::executor::{Context, Future, Kind};
use crate::index::{EventId, JobId, LaneId};
use crate::time::Duration;
use crate::trace::{Lane, LaneKind, PythonVersion, What};

/// What a pool's workers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolKind {
    /// Threads of this process: `ThreadPoolExecutor`.
    Thread,
    /// Processes of their own: `ProcessPoolExecutor`.
    Process,
}

/// How a pool is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolConfig {
    /// Its name in traces and reports.
    pub name: String,
    /// What its workers are.
    pub kind: PoolKind,
    /// How many there can be; `None` for CPython's default.
    pub max_workers: Option<u32>,
    /// How long it takes to start a worker.
    pub start: Duration,
    /// How long it takes to move a call to a worker and its result back; it is paid when a worker
    /// takes the call.
    pub transfer: Duration,
}

/// A job was submitted to a pool after its end: `RuntimeError` in CPython.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("cannot schedule new futures after shutdown")]
pub struct ShutDown;

/// A pool. Clones are the same pool.
#[derive(Clone)]
pub struct Pool(Rc<Inner>);

struct Inner {
    cx: Context,
    name: Rc<str>,
    kind: PoolKind,
    max_workers: u32,
    start: Duration,
    transfer: Duration,
    lane: LaneId,
    state: RefCell<State>,
}

#[derive(Default)]
struct State {
    queue: VecDeque<Queued>,
    n_workers: u32,
    /// Workers without work, longest idle first.
    idle: VecDeque<LaneId>,
    /// Workers that are being started or run a job.
    n_busy: u32,
    shut_down: bool,
    /// Who waits for the last job to end.
    joiners: Vec<Future<()>>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("name", &self.0.name).finish_non_exhaustive()
    }
}

impl Pool {
    /// A pool without workers yet.
    pub fn new(cx: &Context, config: PoolConfig) -> Self {
        let cores = cx.config().cores;
        // `ThreadPoolExecutor.__init__`, `ProcessPoolExecutor.__init__`.
        let usual = match config.kind {
            PoolKind::Thread => (cores + 4).min(32),
            PoolKind::Process => cores,
        };
        let lane = cx.add_lane(Lane::named(LaneKind::Pool, &config.name));
        Self(Rc::new(Inner {
            cx: cx.clone(),
            name: config.name.into(),
            kind: config.kind,
            max_workers: config.max_workers.unwrap_or(usual).max(1),
            start: config.start,
            transfer: config.transfer,
            lane,
            state: RefCell::default(),
        }))
    }

    /// What its workers are.
    pub fn kind(&self) -> PoolKind {
        self.0.kind
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// How many workers it can have.
    pub fn max_workers(&self) -> u32 {
        self.0.max_workers
    }

    /// Puts a job on the queue and sees to it that there is a worker: the future that gets its
    /// result. A job that starts on a worker made for it runs its first stretch at once, as a new
    /// thread of CPython gets the interpreter lock before `submit` returns; one that an idle worker
    /// takes starts when the loop next waits.
    ///
    /// Source: `ThreadPoolExecutor.submit`, `_adjust_thread_count`, `wrap_future`.
    pub fn submit<T: Clone + 'static>(
        &self,
        name: &str,
        job: Box<dyn Job<T>>,
    ) -> Result<Future<T>, ShutDown> {
        let pool = &self.0;
        if pool.state.borrow().shut_down {
            return Err(ShutDown);
        }
        let id = JobId(pool.cx.next_job());
        let future = pool.cx.future_of::<T>(Kind::Job(id));
        let stage = Rc::new(Cell::new(Stage::Queued));
        let job = Box::new(Typed { job, future: future.clone(), result: None });
        let submitted =
            pool.cx.record(EventId::NONE, What::JobSubmitted { pool: pool.lane, job: id });
        let name = format!("{name}-{}", id.0).into();
        let queued = Queued { id, name, stage: Rc::clone(&stage), submitted, job };
        pool.state.borrow_mut().queue.push_back(queued);
        // `_call_check_cancel`: a cancelled asyncio future cancels the job, if it has not begun.
        future.add_done_callback("check_cancel", move |cx, future| {
            if future.cancelled() && stage.get() == Stage::Queued {
                stage.set(Stage::Cancelled);
                let cause = cx.record(EventId::NONE, What::JobCancelled { job: id });
                cx.post("set_state", cause, |_| {});
            }
        });
        pool.find_worker(submitted);
        Ok(future)
    }

    /// Takes no more jobs. The future is done when all that were taken are.
    ///
    /// Source: `BaseEventLoop.shutdown_default_executor`.
    pub fn shut_down(&self) -> Future<()> {
        self.0.state.borrow_mut().shut_down = true;
        let future = self.0.cx.create_future();
        self.0.state.borrow_mut().joiners.push(future.clone());
        self.0.tell_joiners();
        future
    }

    /// Whether a job waits or runs.
    pub fn is_busy(&self) -> bool {
        let state = self.0.state.borrow();
        state.n_busy > 0 || !state.queue.is_empty()
    }
}

impl Inner {
    /// Sees to it that somebody takes the job that was just queued.
    fn find_worker(self: &Rc<Self>, submitted: EventId) {
        let idle = self.state.borrow_mut().idle.pop_front();
        if let Some(worker) = idle {
            self.state.borrow_mut().n_busy += 1;
            let pool = Rc::clone(self);
            let now = self.cx.now();
            return self.cx.outside_at(now, &self.name, move |_| pool.take_next(worker));
        }
        let n_workers = self.state.borrow().n_workers;
        let n_new = match self.kind {
            // Forked all at once at the first submission; from 3.14 on started as needed.
            PoolKind::Process if self.cx.config().python < PythonVersion::V3_14 => {
                self.max_workers - n_workers
            }
            _ => (self.max_workers - n_workers).min(1),
        };
        for _ in 0..n_new {
            self.start_worker(submitted);
        }
    }

    fn start_worker(self: &Rc<Self>, submitted: EventId) {
        let number = self.state.borrow().n_workers;
        self.state.borrow_mut().n_workers += 1;
        self.state.borrow_mut().n_busy += 1;
        let lane = Lane::named(LaneKind::Worker, &format!("{}-{number}", self.name));
        let worker = self.cx.add_lane(lane);
        self.cx.record(submitted, What::WorkerStarted { worker });
        if self.start.is_zero() {
            return self.take_next(worker);
        }
        let pool = Rc::clone(self);
        let up = self.cx.now() + self.start;
        self.cx.outside_at(up, &self.name, move |_| pool.take_next(worker));
    }

    /// A worker takes the next job that was not cancelled, or is idle.
    fn take_next(self: &Rc<Self>, worker: LaneId) {
        loop {
            let next = self.state.borrow_mut().queue.pop_front();
            let Some(queued) = next else { break };
            if queued.stage.get() == Stage::Cancelled {
                continue;
            }
            queued.stage.set(Stage::Running);
            let (job, submitted) = (queued.id, queued.submitted);
            self.cx.on_lane(worker, || self.cx.record(submitted, What::JobStarted { job }));
            if self.transfer.is_zero() {
                if let Some(unfinished) = self.run(worker, queued) {
                    return self.go_on_later(worker, unfinished);
                }
            } else {
                return self.go_on_after(worker, queued, self.transfer, None);
            }
        }
        let mut state = self.state.borrow_mut();
        state.idle.push_back(worker);
        state.n_busy -= 1;
        drop(state);
        self.tell_joiners();
    }

    /// Runs a job until it takes time; `None` when it is done.
    fn run(&self, worker: LaneId, mut queued: Queued) -> Option<(Queued, Stretch)> {
        let cx = &self.cx;
        cx.on_lane(worker, || match queued.job.advance(cx) {
            Ok(stretch) => Some((queued, stretch)),
            Err(end) => {
                let id = queued.id;
                let finished = cx.record(EventId::NONE, What::JobFinished { job: id, end });
                let job = queued.job;
                cx.post("set_state", finished, move |cx| {
                    cx.record(finished, What::JobDelivered { job: id });
                    job.deliver();
                });
                None
            }
        })
    }

    /// The job takes time; then it goes on.
    fn go_on_later(self: &Rc<Self>, worker: LaneId, (queued, stretch): (Queued, Stretch)) {
        // Threads that compute do not contend for the interpreter lock here, nor for cores: a
        // stretch of either kind just takes its time.
        let (duration, begin, end) = match stretch {
            Stretch::Block(duration) => (duration, What::BlockBegin { duration }, What::BlockEnd),
            Stretch::Compute(duration) => {
                (duration, What::ComputeBegin { duration }, What::ComputeEnd)
            }
        };
        self.cx.on_lane(worker, || self.cx.record(EventId::NONE, begin));
        self.go_on_after(worker, queued, duration, Some(end));
    }

    fn go_on_after(
        self: &Rc<Self>,
        worker: LaneId,
        queued: Queued,
        after: Duration,
        end: Option<What>,
    ) {
        let (pool, name) = (Rc::clone(self), Rc::clone(&queued.name));
        self.cx.outside_at(self.cx.now() + after, &name, move |cx| {
            if let Some(end) = end {
                cx.on_lane(worker, || cx.record(EventId::NONE, end));
            }
            match pool.run(worker, queued) {
                Some(unfinished) => pool.go_on_later(worker, unfinished),
                None => pool.take_next(worker),
            }
        });
    }

    /// Tells those who wait for the end, if it has come.
    fn tell_joiners(&self) {
        let mut state = self.state.borrow_mut();
        if state.n_busy > 0 || !state.queue.is_empty() {
            return;
        }
        let joiners = std::mem::take(&mut state.joiners);
        drop(state);
        for joiner in joiners {
            let cx = &self.cx;
            cx.post("shutdown", EventId::NONE, move |_| {
                joiner.set_result(()).unwrap_or_default();
            });
        }
    }
}
