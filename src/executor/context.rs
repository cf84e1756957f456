//! What running code holds to talk to its event loop.

use std::fmt;
use std::rc::Rc;
use std::sync::Arc;

use super::core::{Core, count_up};
use super::future::{Kind, State};
use super::leaf::{Io, Sleep};
use super::routine::Leaving;
use super::{Config, Failure, Future, Stopped, Task, TaskRef};
use crate::index::{EventId, FutureId, LaneId, SiteId, TaskId, TextId};
use crate::time::{Duration, Instant};
use crate::trace::outcome::LimitKind;
use crate::trace::{Lane, LaneKind, PythonVersion, What};

/// A handle on the loop for the code it runs. Cheap to clone.
///
/// Its methods may be called while a coroutine is polled, from callbacks and by the jobs of pools;
/// the loop knows whose events it records.
#[derive(Clone)]
pub struct Context(pub(super) Rc<Core>);

impl fmt::Debug for Context {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Context at {}", self.now())
    }
}

impl Context {
    #[inline]
    pub(super) fn core(&self) -> &Core {
        &self.0
    }

    /// Virtual time.
    #[inline]
    pub fn now(&self) -> Instant {
        self.0.now.get()
    }

    /// What the loop was told before it ran.
    pub fn config(&self) -> &Config {
        &self.0.config
    }

    /// Suspends for a while; no time at all is one bare yield, as in asyncio.
    ///
    /// Source: `asyncio.tasks.sleep`.
    #[inline]
    pub fn sleep(&self, delay: impl Into<Duration>) -> Sleep {
        Sleep::new(self.clone(), delay.into())
    }

    /// Asks an outside party that answers after `delay`.
    pub fn io(&self, delay: impl Into<Duration>) -> Io {
        Io::new(self.clone(), delay.into())
    }

    /// Makes a future that somebody else resolves.
    pub fn create_future<T: 'static>(&self) -> Future<T> {
        Future::new(self, Kind::Plain)
    }

    /// Makes a task of a coroutine: its first step is scheduled, behind all that is ready. `runs`
    /// tells what it is, for the trace. Without a name it is called `Task-N`.
    ///
    /// Source: `BaseEventLoop.create_task`, `Task.__init__`.
    pub fn create_task<T: 'static>(
        &self,
        name: Option<&str>,
        runs: impl Into<Arc<str>>,
        coroutine: impl std::future::Future<Output = Result<T, Failure>> + 'static,
    ) -> Task<T> {
        let task = self.make_task(name, runs.into(), coroutine);
        let core = self.core();
        let lane = task.0.0.base.lane;
        let cause = core.record(EventId::NONE, What::TaskCreated { task: lane });
        core.push_ready(super::core::Ready::Step { task: task.0.0.base.task_id.get(), cause });
        task
    }

    /// The same, but its first step is made at once, inside of what runs now: asyncio's eager
    /// tasks. One that ends in it is done already.
    ///
    /// Source: `Task.__eager_start`, semantics §16.
    pub fn create_eager_task<T: 'static>(
        &self,
        name: Option<&str>,
        runs: impl Into<Arc<str>>,
        coroutine: impl std::future::Future<Output = Result<T, Failure>> + 'static,
    ) -> Task<T> {
        let task = self.make_task(name, runs.into(), coroutine);
        self.start_eagerly(&task);
        task
    }

    fn make_task<T: 'static>(
        &self,
        name: Option<&str>,
        runs: Arc<str>,
        coroutine: impl std::future::Future<Output = Result<T, Failure>> + 'static,
    ) -> Task<T> {
        let core = self.core();
        // Before 3.13 a task is named after it was made, so that its name costs a number too.
        let costs =
            !core.aside.free_name.replace(false) && core.config.python < PythonVersion::V3_13;
        let counts = name.is_none() || costs;
        let number = if counts { count_up(&core.next_task_number) } else { 0 };
        let lane = core.task_lane(name, number, runs);
        let future = Future::task(self, name, number, lane);
        let result_goes_to = Rc::downgrade(&future.0);
        let coroutine = Box::pin(Leaving::new(coroutine, result_goes_to));
        let object = Rc::clone(&future.0) as Rc<dyn super::future::AnyFuture>;
        let task = core.tasks.borrow_mut().insert(coroutine, lane, object);
        future.0.base.task_id.set(task);
        core.tasks_created.set(core.tasks_created.get() + 1);
        if core.tasks.borrow().len() > core.config.limits.tasks as usize {
            core.stop_run(Stopped::Limit(LimitKind::Tasks));
        }
        Task(future)
    }

    /// An eager task whose coroutine is of that code.
    pub(crate) fn create_eager_labelled<T: 'static>(
        &self,
        name: Option<&str>,
        runs: impl Into<Arc<str>>,
        label: u32,
        coroutine: impl std::future::Future<Output = Result<T, Failure>> + 'static,
    ) -> Task<T> {
        let task = self.make_task(name, runs.into(), coroutine);
        task.set_label(label);
        self.start_eagerly(&task);
        task
    }

    fn start_eagerly<T>(&self, task: &Task<T>) {
        let core = self.core();
        let base = &task.0.0.base;
        let cause = core.record(EventId::NONE, What::TaskCreated { task: base.lane });
        core.step_inside(base.task_id.get(), cause);
    }

    /// A task that is done, to stand for one that is gone.
    pub(crate) fn done_task<T: 'static>(&self, name: &str, result: Result<T, Failure>) -> Task<T> {
        let future = Future::task(self, Some(name), 0, LaneId::LOOP);
        future.0.end_quietly(result);
        Task(future)
    }

    /// The next task costs no number although it is given a name: `loop.create_task(name=)`.
    pub(crate) fn name_costs_nothing(&self) {
        self.0.aside.free_name.set(true);
    }

    /// A task that there is no need to make would have cost a number.
    pub(crate) fn skip_task_number(&self) {
        count_up(&self.0.next_task_number);
    }

    /// Whether what runs does so on a worker or thread.
    pub(crate) fn is_on_another_thread(&self) -> bool {
        self.0.current.get().is_none() && self.0.lane.get() != LaneId::LOOP
    }

    /// What is thrown at the task that makes a step now, if something is.
    pub(crate) fn take_thrown(&self) -> Option<Failure> {
        self.core().take_thrown()
    }

    /// Has what the task waits for fail, when it is looked at next.
    pub(crate) fn throw(&self, failure: Failure) {
        self.core().throw_at_leaf(failure);
    }

    /// Where the program is, as far as it was told.
    pub(crate) fn site(&self) -> SiteId {
        self.0.site.get()
    }

    /// Keeps something that asyncio tells of as a finding of the run. `made_at` is the place of
    /// the object that it is about.
    pub(crate) fn record_finding(&self, message: &str, made_at: SiteId) {
        self.0.aside.findings.set(self.0.aside.findings.get() + 1);
        if self.0.recording {
            let text = self.0.recorder.borrow_mut().text(message);
            self.record_at(made_at, What::Finding { text });
        }
    }

    /// The task whose coroutine is running.
    pub fn current_task(&self) -> Option<TaskRef> {
        let task = self.0.current.get()?;
        self.0.tasks.borrow().object(task).map(TaskRef)
    }

    /// All tasks that are not done, in order of creation.
    pub fn all_tasks(&self) -> Vec<TaskRef> {
        let mut tasks: Vec<TaskRef> =
            self.0.tasks.borrow().alive().into_iter().map(TaskRef).collect();
        let own = self.loop_number();
        tasks.retain(|task| {
            let base = task.0.base();
            base.state.get() == State::Pending && base.loop_number.get() == own
        });
        tasks.sort_by_key(|task| task.0.base().lane);
        tasks
    }

    /// Prints a line of output.
    pub fn print(&self, line: &str) {
        let core = self.core();
        if core.recording {
            let text = core.recorder.borrow_mut().text(line);
            core.record(EventId::NONE, What::Output { text });
        }
        core.output_lines.set(core.output_lines.get() + 1);
        if core.output_lines.get() > core.config.limits.output {
            core.stop_run(Stopped::Limit(LimitKind::Output));
            return;
        }
        core.host.borrow_mut().output(line);
    }

    /// Says something on standard error: what asyncio logs.
    pub fn say(&self, message: &str) {
        self.0.host.borrow_mut().error(message);
    }

    /// Tells where the program is; later events of this step carry it.
    #[inline]
    pub fn set_site(&self, site: SiteId) {
        self.0.site.set(site);
    }

    /// Records that an exception is raised.
    pub fn raised(&self, text: &str) {
        if self.is_recording() {
            let text = self.0.recorder.borrow_mut().text(text);
            self.0.record(EventId::NONE, What::Raised { text });
        }
    }

    /// Whether events are recorded; only to save making texts for nothing.
    pub fn is_recording(&self) -> bool {
        self.0.recording
    }

    /// Whether the run is to end: what runs should come to an end soon.
    #[inline]
    pub fn has_stopped(&self) -> bool {
        self.0.has_stopped.get()
    }

    /// Ends the whole run after the current handle.
    pub fn stop(&self, why: Stopped) {
        self.0.stop_run(why);
    }

    /// Asks the host whether to go on, in the middle of a long step. False ends the run.
    pub fn keep_going(&self) -> bool {
        self.0.tick();
        !self.0.has_stopped.get()
    }

    /// Whether the loop only asks a suspended coroutine where it is: it should call
    /// [`inspect_frame`](Self::inspect_frame) for each of its frames, outermost first, and return
    /// `Pending` without changing anything.
    #[inline]
    pub fn inspecting(&self) -> bool {
        self.0.inspecting.get()
    }

    /// Tells one frame while [`inspecting`](Self::inspecting).
    pub fn inspect_frame(&self, site: SiteId) {
        if let Some(frames) = &mut *self.0.inspection.borrow_mut() {
            frames.push(site);
        }
    }

    // For the layers above: pools, threads, primitives.

    /// Makes a future of a certain kind.
    pub(crate) fn future_of<T: 'static>(&self, kind: Kind) -> Future<T> {
        Future::new(self, kind)
    }

    /// Makes a future that stands for a place in something, in those words.
    pub(crate) fn place<T: 'static>(&self, words: &'static str) -> Future<T> {
        Future::new(self, Kind::Place(words))
    }

    /// Records an event on the current lane.
    pub(crate) fn record(&self, cause: EventId, what: What) -> EventId {
        self.0.record(cause, what)
    }

    /// Adds a lane.
    pub(crate) fn add_lane(&self, lane: Lane) -> LaneId {
        self.0.recorder.borrow_mut().lane(lane)
    }

    /// Runs something as if on another lane.
    pub(crate) fn on_lane<R>(&self, lane: LaneId, run: impl FnOnce() -> R) -> R {
        let (lane, site) = (self.0.lane.replace(lane), self.0.site.replace(SiteId::NONE));
        let task = self.0.current.take();
        let result = run();
        self.0.lane.set(lane);
        self.0.site.set(site);
        self.0.current.set(task);
        result
    }

    /// Lets something happen outside of the loop at an instant. Two of one instant are a choice,
    /// told by name.
    pub(crate) fn outside_at(
        &self,
        at: Instant,
        name: &Rc<str>,
        work: impl FnOnce(&Self) + 'static,
    ) {
        let label = super::agenda::Label::Name(Rc::clone(name));
        let work = super::agenda::Outside::Work(Box::new(work));
        let since = self.0.last_event();
        self.0.agenda.borrow_mut().push(at, since, label, work);
    }

    /// `call_soon_threadsafe` by a worker: appends to the ready queue at this moment.
    pub(crate) fn post(&self, name: &str, cause: EventId, callback: impl FnOnce(&Self) + 'static) {
        let name = self.0.name(name);
        self.0.call_when_done(Box::new(callback), name, None, cause);
    }

    /// The number of the next job.
    pub(crate) fn next_job(&self) -> u32 {
        count_up(&self.0.next_job)
    }
}

impl Core {
    /// The number of a name in the trace; the same for the same name.
    pub(super) fn name(&self, name: &str) -> TextId {
        self.recorder.borrow_mut().name(name)
    }

    fn task_lane(&self, name: Option<&str>, number: u32, runs: Arc<str>) -> LaneId {
        let lane = match name {
            Some(name) => Lane::named(LaneKind::Task, name),
            None => Lane::numbered(LaneKind::Task, number),
        };
        self.recorder.borrow_mut().lane(lane.running(runs))
    }

    pub(super) fn next_future_id(&self) -> FutureId {
        FutureId(count_up(&self.next_future))
    }

    /// Takes a task out of the table. What it held is dropped when nothing is borrowed.
    pub(super) fn remove_task(&self, task: TaskId) {
        let removed = self.tasks.borrow_mut().remove(task);
        drop(removed);
    }
}
