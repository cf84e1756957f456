//! Pools and their workers.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::fmt;
use std::rc::Rc;

use super::job::{AnyJob, Call, Chain, Job, Queued, Stage, Stretch, Typed, Work};
use crate::executor::{Back, Context, Future, Kind, Mode, Stopped};
use crate::index::{EventId, JobId, LaneId, ProcessId, ThreadId};
use crate::thread::{NoRoom, Parker, Threads};
use crate::time::Duration;
use crate::trace::event::End;
use crate::trace::outcome::LimitKind;
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
    /// What the names of its workers begin with; numbers from 0 follow.
    pub workers: String,
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

/// Queues of pools among the objects that a scheduler may know.
const POOLS: u64 = 24 << 56;

/// Why a pool takes no job: `RuntimeError` in CPython.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It was submitted after the pool's end.
    #[error("cannot schedule new futures after shutdown")]
    ShutDown,
    /// It needs a worker, and there are as many threads as there can be.
    #[error("{0}")]
    NoRoom(NoRoom),
}

/// A pool. Clones are the same pool.
#[derive(Clone)]
pub struct Pool(Rc<Inner>);

struct Inner {
    cx: Context,
    threads: Threads,
    name: Rc<str>,
    workers: Box<str>,
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
    /// Workers that wait for something to be queued, the longest first.
    idle: VecDeque<ThreadId>,
    /// How many jobs can come before another worker is started, in a pool of threads. `CPython`
    /// counts that by a semaphore of its own, which is not always the number of idle workers: one
    /// that is woken, and finds that another one took the job, does not count itself again.
    ///
    /// Source: `ThreadPoolExecutor._idle_semaphore`.
    tokens: u32,
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
            threads: Threads::of(cx),
            name: config.name.into(),
            workers: config.workers.into(),
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
    /// result. For code on the loop's thread.
    ///
    /// A job that starts on a worker made for it runs its first stretch at once, as a new thread of
    /// CPython gets the interpreter lock before `submit` returns; one that an idle worker takes
    /// starts when the loop next waits.
    ///
    /// Source: `ThreadPoolExecutor.submit`, `_adjust_thread_count`, `wrap_future`.
    pub fn submit<T: Clone + 'static>(&self, job: Box<dyn Job<T>>) -> Result<Future<T>, Refusal> {
        self.submit_work(Work::Steps(job), self.0.threads.main(), Chain::NotYet)
    }

    /// The same with a call, which may wait for whatever it wants, from any thread; `parker` is the
    /// submitter's.
    pub fn submit_call<T: Clone + 'static>(
        &self,
        call: Call<T>,
        parker: Parker<'_>,
    ) -> Result<Future<T>, Refusal> {
        self.submit_work(Work::Call(Some(call)), parker, Chain::NotYet)
    }

    /// The same with a call that tells of its end itself: the loop hears nothing of it.
    pub(crate) fn submit_quietly(&self, call: Call<()>, parker: Parker<'_>) -> Result<(), Refusal> {
        self.submit_work(Work::Call(Some(call)), parker, Chain::None).map(drop)
    }

    fn submit_work<T: Clone + 'static>(
        &self,
        work: Work<T>,
        parker: Parker<'_>,
        chain: Chain,
    ) -> Result<Future<T>, Refusal> {
        let pool = &self.0;
        if pool.state.borrow().shut_down {
            return Err(Refusal::ShutDown);
        }
        pool.touch();
        if pool.needs_worker() && !pool.threads.has_room() {
            return Err(Refusal::NoRoom(NoRoom));
        }
        let id = JobId(pool.cx.next_job());
        let future = pool.cx.future_of::<T>(Kind::Job(id));
        let stage = Rc::new(Cell::new(Stage::Queued));
        let job = Box::new(Typed { work, future: future.clone(), result: None });
        let submitted =
            pool.cx.record(EventId::NONE, What::JobSubmitted { pool: pool.lane, job: id });
        let is_heard = !matches!(chain, Chain::None);
        let chain = Rc::new(RefCell::new(chain));
        let queued =
            Queued { id, stage: Rc::clone(&stage), chain: Rc::clone(&chain), submitted, job };
        pool.state.borrow_mut().queue.push_back(queued);
        // `_call_check_cancel`: a cancelled asyncio future cancels the job, if it has not begun.
        if is_heard {
            future.add_done_callback("check_cancel", move |cx, future| {
                if future.cancelled() && stage.get() == Stage::Queued {
                    stage.set(Stage::Cancelled);
                    let cause = cx.record(EventId::NONE, What::JobCancelled { job: id });
                    if cx.config().python < PythonVersion::V3_14 {
                        cx.post("set_state", cause, |_| {});
                    }
                }
            });
        }
        pool.find_worker(submitted, parker);
        if is_heard && let Chain::Early(finished, job) = chain.replace(Chain::Made) {
            pool.deliver_early(id, finished, job);
        }
        Ok(future)
    }

    /// Takes no more jobs. The future is done when all that were taken are.
    ///
    /// Source: `BaseEventLoop.shutdown_default_executor`.
    pub fn shut_down(&self) -> Future<()> {
        self.0.touch();
        self.0.state.borrow_mut().shut_down = true;
        let future = self.0.cx.create_future();
        self.0.state.borrow_mut().joiners.push(future.clone());
        self.0.tell_joiners();
        future
    }

    /// Tells the scheduler that it matters here whether jobs wait or run.
    pub(crate) fn touch(&self) {
        self.0.touch();
    }

    /// Whether a job waits or runs.
    pub fn is_busy(&self) -> bool {
        let state = self.0.state.borrow();
        state.n_busy > 0 || !state.queue.is_empty()
    }
}

impl Inner {
    /// Tells the scheduler that the queue is used.
    fn touch(&self) {
        self.cx.touch(POOLS | u64::from(self.lane.0), Mode::Write);
    }

    /// Whether a job that comes now needs a worker that is not there yet.
    fn needs_worker(&self) -> bool {
        let state = self.state.borrow();
        let is_idle = match self.kind {
            PoolKind::Thread => state.tokens > 0,
            PoolKind::Process => !state.idle.is_empty(),
        };
        !is_idle && state.n_workers < self.max_workers
    }

    /// Takes a token, if there is one.
    fn take_token(&self) -> bool {
        let mut state = self.state.borrow_mut();
        let left = state.tokens.checked_sub(1);
        state.tokens = left.unwrap_or(0);
        left.is_some()
    }

    /// A worker counts itself as idle: since 3.12 when it finds nothing to do, before that after
    /// each job.
    fn add_token(&self, after_a_job: bool) {
        if after_a_job == (self.cx.config().python < PythonVersion::V3_12) {
            self.state.borrow_mut().tokens += 1;
        }
    }

    /// Sees to it that somebody takes the job that was just queued.
    fn find_worker(self: &Rc<Self>, submitted: EventId, parker: Parker<'_>) {
        let idle = self.state.borrow_mut().idle.pop_front();
        if let Some(worker) = idle {
            self.state.borrow_mut().n_busy += 1;
            self.cx.wake(worker);
        }
        let is_served = match self.kind {
            PoolKind::Thread => self.take_token(),
            PoolKind::Process => idle.is_some(),
        };
        if is_served {
            return;
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
            let worker = self.start_worker(submitted);
            if self.kind == PoolKind::Thread && self.start.is_zero() {
                // Whatever ends the run meanwhile, it has ended for the submitter too.
                parker.hand_over(worker, Back::BeforeWoken).unwrap_or_default();
            }
        }
    }

    /// A job was over before its submission was.
    ///
    /// Source: `_chain_future`: since 3.14 the future is then done at once.
    fn deliver_early(&self, id: JobId, finished: EventId, job: Box<dyn AnyJob>) {
        let cx = &self.cx;
        let is_on_loop = cx.is_running() && !cx.is_on_another_thread();
        if cx.config().python >= PythonVersion::V3_14 && is_on_loop {
            job.deliver();
        } else {
            post(cx, id, finished, job);
        }
    }

    fn start_worker(self: &Rc<Self>, submitted: EventId) -> ThreadId {
        let number = self.state.borrow().n_workers;
        self.state.borrow_mut().n_workers += 1;
        self.state.borrow_mut().n_busy += 1;
        let name = format!("{}{number}", self.workers);
        let lane = self.cx.add_lane(Lane::named(LaneKind::Worker, &name));
        let process = match self.kind {
            PoolKind::Thread => ProcessId::MAIN,
            PoolKind::Process => self.cx.add_process(),
        };
        let worker = Rc::new(Worker {
            pool: Rc::clone(self),
            thread: Cell::new(ThreadId::MAIN),
            next: Cell::default(),
            is_woken: Cell::default(),
        });
        let goes_on = Rc::clone(&worker);
        let idle = Box::new(move |_: &Context| goes_on.go_on());
        let thread = self.threads.add(process, &name, lane, Some(idle));
        worker.thread.set(thread);
        self.cx.record(submitted, What::WorkerStarted { worker: lane });
        if self.start.is_zero() {
            self.cx.wake(thread);
        } else {
            self.cx.wake_at(thread, self.cx.now() + self.start);
        }
        thread
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

/// A worker, as far as its jobs need no stack.
struct Worker {
    pool: Rc<Inner>,
    thread: Cell<ThreadId>,
    next: Cell<Next>,
    /// It waits for something to be queued, or was woken from that.
    is_woken: Cell<bool>,
}

/// What a worker does when its turn comes.
#[derive(Default)]
enum Next {
    /// Takes the next job.
    #[default]
    Take,
    /// Begins a job that has come over to it.
    Begin(Queued),
    /// Goes on with a job, after a stretch of time.
    GoOn(Queued, What),
}

impl Worker {
    /// Its turn has come: it has the baton, and this is its lane.
    fn go_on(self: &Rc<Self>) {
        let unfinished = match self.next.take() {
            Next::Take => return self.take_next(),
            Next::Begin(queued) => self.begin(queued),
            Next::GoOn(queued, end) => {
                self.pool.cx.record(EventId::NONE, end);
                self.advance(queued)
            }
        };
        if unfinished.is_none() {
            self.go_on_after_a_job();
        }
    }

    fn go_on_after_a_job(self: &Rc<Self>) {
        self.pool.add_token(true);
        self.take_next();
    }

    /// Takes the next job that was not cancelled, or is idle.
    fn take_next(self: &Rc<Self>) {
        let pool = &self.pool;
        let mut is_woken = self.is_woken.take();
        loop {
            pool.touch();
            let next = pool.state.borrow_mut().queue.pop_front();
            let Some(queued) = next else { break };
            is_woken = false;
            if queued.stage.get() == Stage::Cancelled {
                pool.add_token(true);
                continue;
            }
            queued.stage.set(Stage::Running);
            pool.cx.record(queued.submitted, What::JobStarted { job: queued.id });
            if !pool.transfer.is_zero() {
                self.next.set(Next::Begin(queued));
                return pool.cx.wake_at(self.thread.get(), pool.cx.now() + pool.transfer);
            }
            if self.begin(queued).is_some() {
                return;
            }
            pool.add_token(true);
        }
        if !is_woken {
            pool.add_token(false);
        }
        self.is_woken.set(true);
        let mut state = pool.state.borrow_mut();
        state.idle.push_back(self.thread.get());
        state.n_busy -= 1;
        drop(state);
        pool.tell_joiners();
    }

    /// Begins a job. `Some` if it is not done yet.
    fn begin(self: &Rc<Self>, queued: Queued) -> Option<()> {
        if !queued.job.is_call() {
            return self.advance(queued);
        }
        let Queued { id, mut job, chain, .. } = queued;
        let (cx, called) = (self.pool.cx.clone(), Rc::new(Cell::new(None)));
        let result = Rc::clone(&called);
        let body = move |parker: Parker<'_>| {
            let end = job.call(parker);
            result.set(Some((job, end)));
        };
        let worker = Rc::clone(self);
        let after = move |_: &Context| {
            if let Some((job, end)) = called.take() {
                deliver(&cx, id, job, end, &chain);
            }
            worker.go_on_after_a_job();
        };
        let threads = &self.pool.threads;
        match threads.load(self.thread.get(), body, after) {
            Ok(()) => threads.go_on(self.thread.get()),
            // Room for workers is kept; it is their stacks that there is no memory for.
            Err(NoRoom) => self.pool.cx.stop(Stopped::Limit(LimitKind::Memory)),
        }
        Some(())
    }

    /// Runs a job until it takes time. `Some` if it is not done yet.
    fn advance(self: &Rc<Self>, mut queued: Queued) -> Option<()> {
        let (cx, thread) = (&self.pool.cx, self.thread.get());
        match queued.job.advance(cx) {
            Ok(Stretch::Block(duration)) => {
                cx.record(EventId::NONE, What::BlockBegin { duration });
                self.next.set(Next::GoOn(queued, What::BlockEnd));
                cx.wake_at(thread, cx.now() + duration);
                Some(())
            }
            Ok(Stretch::Compute(duration)) => {
                cx.record(EventId::NONE, What::ComputeBegin { duration });
                self.next.set(Next::GoOn(queued, What::ComputeEnd));
                if duration.is_zero() {
                    cx.wake_at(thread, cx.now());
                } else {
                    cx.want(thread, duration);
                }
                Some(())
            }
            Err(end) => {
                deliver(cx, queued.id, queued.job, end, &queued.chain);
                None
            }
        }
    }
}

/// A job is done: its future is told.
fn deliver(cx: &Context, id: JobId, job: Box<dyn AnyJob>, end: End, chain: &RefCell<Chain>) {
    let finished = cx.record(EventId::NONE, What::JobFinished { job: id, end });
    let mut chain = chain.borrow_mut();
    match *chain {
        Chain::NotYet => *chain = Chain::Early(finished, job),
        Chain::Early(..) | Chain::None => {}
        Chain::Made => post(cx, id, finished, job),
    }
}

/// The result of a job is posted to the loop.
fn post(cx: &Context, id: JobId, finished: EventId, job: Box<dyn AnyJob>) {
    cx.post("set_state", finished, move |cx| {
        cx.record(finished, What::JobDelivered { job: id });
        job.deliver();
    });
}
