//! `asyncio.TaskGroup`.
//!
//! Source: CPython `Lib/asyncio/taskgroups.py` (semantics §9). The order in which an abort cancels
//! children, open in asyncio, is that of their creation.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use super::timeout::Misuse;
use crate::executor::{Context, Failure, Future, Task, TaskRef};
use crate::trace::PythonVersion;

/// Tasks that end together: whoever leaves the group waits for all of them; when one fails, the
/// others are cancelled, and the group fails with all that went wrong. Clones are the same group.
///
/// ```
/// use loopsim::executor::{Config, EventLoop, Failure};
/// use loopsim::tasks::TaskGroup;
/// use loopsim::time::Duration;
///
/// let mut event_loop = EventLoop::new(Config::new());
/// let ended = event_loop.run_until_complete("main", |cx| async move {
///     let group = TaskGroup::new(&cx);
///     let body = async {
///         group.create_task(None, "long", cx.sleep(Duration::from_secs(60)))?;
///         let fails = async { Err::<(), _>(Failure::raised("ValueError", "no")) };
///         group.create_task(None, "fails", fails)?;
///         cx.sleep(Duration::from_secs(60)).await
///     };
///     group.run(body).await
/// });
/// let error = ended.unwrap().unwrap_err().to_string();
/// assert_eq!(error, "ExceptionGroup: unhandled errors in a TaskGroup (1 sub-exception)");
/// assert_eq!(event_loop.context().now().to_string(), "0s");
/// ```
#[derive(Clone)]
pub struct TaskGroup(Rc<Inner>);

struct Inner {
    cx: Context,
    entered: Cell<bool>,
    exiting: Cell<bool>,
    aborting: Cell<bool>,
    cancel_on_enter: Cell<bool>,
    parent: RefCell<Option<TaskRef>>,
    parent_cancel_requested: Cell<bool>,
    /// Children that are not done, in order of creation.
    tasks: RefCell<Vec<TaskRef>>,
    errors: RefCell<Vec<Failure>>,
    /// The first failure that ends the loop itself.
    fatal: RefCell<Option<Failure>>,
    /// What the exit waits for.
    all_done: RefCell<Option<Future<()>>>,
}

impl std::fmt::Debug for TaskGroup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.shown())
    }
}

/// What is left of a body that has left the group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing: the exception of the body, if there was one, is swallowed or told of in the group.
    Nothing,
    /// The exception of the body goes on.
    BodysOwn,
}

impl TaskGroup {
    /// A group that is not entered.
    pub fn new(cx: &Context) -> Self {
        Self(Rc::new(Inner {
            cx: cx.clone(),
            entered: Cell::new(false),
            exiting: Cell::new(false),
            aborting: Cell::new(false),
            cancel_on_enter: Cell::new(false),
            parent: RefCell::default(),
            parent_cancel_requested: Cell::new(false),
            tasks: RefCell::default(),
            errors: RefCell::default(),
            fatal: RefCell::default(),
            all_done: RefCell::default(),
        }))
    }

    /// `repr()` of it.
    pub fn shown(&self) -> String {
        let inner = &self.0;
        let mut shown = "<TaskGroup".to_owned();
        let (tasks, errors) = (inner.tasks.borrow().len(), inner.errors.borrow().len());
        if tasks > 0 {
            shown.push_str(&format!(" tasks={tasks}"));
        }
        if errors > 0 {
            shown.push_str(&format!(" errors={errors}"));
        }
        if inner.aborting.get() {
            shown.push_str(" cancelling");
        } else if inner.entered.get() {
            shown.push_str(" entered");
        }
        shown.push('>');
        shown
    }

    /// Begins, in the current task.
    ///
    /// # Errors
    /// [`Misuse`] when it was entered before, or outside of a task.
    pub fn enter(&self) -> Result<(), Misuse> {
        let inner = &self.0;
        if inner.entered.get() {
            return Err(Misuse(format!("TaskGroup {} has already been entered", self.shown())));
        }
        let Some(parent) = inner.cx.current_task() else {
            let shown = self.shown();
            return Err(Misuse(format!("TaskGroup {shown} cannot determine the parent task")));
        };
        *inner.parent.borrow_mut() = Some(parent);
        inner.entered.set(true);
        if inner.cancel_on_enter.get() {
            self.cancel();
        }
        Ok(())
    }

    /// Why no task can be made in it now, if none can.
    ///
    /// # Errors
    /// [`Misuse`] before it is entered, after it was left, and while it aborts.
    pub fn check_open(&self) -> Result<(), Misuse> {
        let inner = &self.0;
        let problem = if !inner.entered.get() {
            "has not been entered"
        } else if inner.exiting.get() && inner.tasks.borrow().is_empty() {
            "is finished"
        } else if inner.aborting.get() {
            "is shutting down"
        } else {
            return Ok(());
        };
        Err(Misuse(format!("TaskGroup {} {problem}", self.shown())))
    }

    /// Makes a task in it.
    ///
    /// # Errors
    /// [`Misuse`] when none can be made in it now.
    pub fn create_task<T: 'static>(
        &self,
        name: Option<&str>,
        runs: impl Into<Arc<str>>,
        coroutine: impl std::future::Future<Output = Result<T, Failure>> + 'static,
    ) -> Result<Task<T>, Misuse> {
        self.check_open()?;
        let task = self.0.cx.create_task(name, runs, coroutine);
        self.adopt(&task.as_ref());
        Ok(task)
    }

    /// Makes a task that exists a child of it.
    pub fn adopt(&self, task: &TaskRef) {
        let inner = &self.0;
        let python = inner.cx.config().python;
        if inner.aborting.get() && !task.done() && python >= PythonVersion::V3_15 {
            task.cancel(None);
        }
        // Before 3.14 an eager child that is done already is taken note of at once.
        if task.done() && python < PythonVersion::V3_14 {
            self.one_is_done(task);
            return;
        }
        inner.tasks.borrow_mut().push(task.clone());
        let group = self.clone();
        task.add_done_callback("TaskGroup._on_task_done", move |cx, task| {
            let failed = task.cancelled() || task.failure().is_some();
            cx.tell_child_done(failed, group.0.tasks.borrow().len() == 1);
            group.one_is_done(task);
        });
    }

    fn abort(&self) {
        self.0.aborting.set(true);
        let tasks = self.0.tasks.borrow().clone();
        for task in tasks {
            if !task.done() {
                task.cancel(None);
            }
        }
    }

    /// Ends it: the children are cancelled, and so is its body; it then ends without an exception
    /// (3.15).
    pub fn cancel(&self) {
        let inner = &self.0;
        if !inner.entered.get() {
            inner.cancel_on_enter.set(true);
            return;
        }
        if inner.exiting.get() && inner.tasks.borrow().is_empty() {
            return;
        }
        if !inner.aborting.get() {
            self.abort();
            self.cancel_parent();
        }
    }

    fn cancel_parent(&self) {
        let parent = self.0.parent.borrow().clone();
        if let Some(parent) = parent
            && !self.0.parent_cancel_requested.replace(true)
        {
            parent.cancel(None);
        }
    }

    fn one_is_done(&self, task: &TaskRef) {
        let inner = &self.0;
        inner.tasks.borrow_mut().retain(|other| !other.is(task));
        let all_done = inner.all_done.borrow().clone();
        if let Some(all_done) = all_done
            && inner.tasks.borrow().is_empty()
        {
            // It may be done already.
            all_done.set_result(()).unwrap_or_default();
        }
        if task.cancelled() {
            return;
        }
        let Some(failure) = task.failure() else { return };
        failure.mark_seen();
        inner.errors.borrow_mut().push(failure.clone());
        if failure.is_fatal() {
            inner.fatal.borrow_mut().get_or_insert(failure);
        }
        let parent_is_done = inner.parent.borrow().as_ref().is_none_or(TaskRef::done);
        if parent_is_done || inner.aborting.get() || inner.parent_cancel_requested.get() {
            return;
        }
        self.abort();
        self.cancel_parent();
    }

    /// The group's own request to cancel the parent is taken back. Whether that was the last.
    fn take_back_cancel(&self) -> bool {
        let parent = self.0.parent.borrow().clone();
        self.0.parent_cancel_requested.get() && parent.is_none_or(|parent| parent.uncancel() == 0)
    }

    /// Ends, with what left its body: waits until all children are done, however often that is
    /// interrupted.
    ///
    /// # Errors
    /// What the group fails with instead of what left its body: an `ExceptionGroup`, a
    /// cancellation, or a failure that ends the loop.
    pub async fn exit(&self, left: Option<&Failure>) -> Result<Left, Failure> {
        let ended = self.exit_with(left).await;
        let inner = &self.0;
        drop(inner.parent.borrow_mut().take());
        drop(std::mem::take(&mut *inner.errors.borrow_mut()));
        drop(inner.fatal.borrow_mut().take());
        ended
    }

    async fn exit_with(&self, left: Option<&Failure>) -> Result<Left, Failure> {
        let inner = &self.0;
        let python = inner.cx.config().python;
        let early = python < PythonVersion::V3_13;
        inner.exiting.set(true);
        if let Some(failure) = left.filter(|failure| failure.is_fatal()) {
            inner.fatal.borrow_mut().get_or_insert_with(|| failure.clone());
        }
        let mut cancellation = left.filter(|failure| failure.is_cancelled()).cloned();
        if early && self.take_back_cancel() {
            cancellation = None;
        }
        if left.is_some() && !inner.aborting.get() {
            self.abort();
        }
        let mut late = None;
        while !inner.tasks.borrow().is_empty() {
            let all_done: Future<()> = inner.cx.place("the tasks of its group");
            *inner.all_done.borrow_mut() = Some(all_done.clone());
            if let Err(failure) = all_done.wait().await {
                if !inner.aborting.get() {
                    cancellation = Some(failure);
                    self.abort();
                } else if python >= PythonVersion::V3_15 {
                    late = Some(failure);
                }
            }
            drop(inner.all_done.borrow_mut().take());
        }
        let fatal = inner.fatal.borrow_mut().take();
        if let Some(fatal) = fatal {
            return Err(fatal);
        }
        if !early && inner.parent_cancel_requested.get() {
            if self.take_back_cancel() {
                cancellation = None;
            } else if cancellation.is_none() {
                cancellation = late;
            }
        }
        self.outcome(left, cancellation)
    }

    /// What the group ends with when all its children have.
    fn outcome(
        &self,
        left: Option<&Failure>,
        cancellation: Option<Failure>,
    ) -> Result<Left, Failure> {
        let inner = &self.0;
        let python = inner.cx.config().python;
        let mut errors = std::mem::take(&mut *inner.errors.borrow_mut());
        if let Some(cancellation) = cancellation
            && errors.is_empty()
        {
            let bodys_own = left.is_some_and(|left| left.is(&cancellation));
            return if bodys_own { Ok(Left::BodysOwn) } else { Err(cancellation) };
        }
        let body = left.filter(|failure| !failure.is_cancelled());
        if let Some(body) = body {
            let is_exit = matches!(body, Failure::Raised(o) if o.type_name() == "GeneratorExit");
            if is_exit && errors.is_empty() && python >= PythonVersion::V3_15 {
                return Ok(Left::BodysOwn);
            }
            errors.push(body.clone());
        }
        if errors.is_empty() {
            return Ok(match left {
                // Before 3.15 a cancellation that was the group's own doing goes on only when it
                // is not taken for that.
                Some(_)
                    if python < PythonVersion::V3_15 && !inner.parent_cancel_requested.get() =>
                {
                    Left::BodysOwn
                }
                _ => Left::Nothing,
            });
        }
        let parent = inner.parent.borrow().clone();
        if let Some(parent) = parent
            && python >= PythonVersion::V3_13
            && parent.cancelling() > 0
        {
            // It was cancelled from outside as well, and is to hear of it later.
            parent.uncancel();
            parent.cancel(None);
        }
        Err(Failure::group("unhandled errors in a TaskGroup", errors))
    }

    /// Runs something inside of it.
    ///
    /// # Errors
    /// [`Misuse`], and what [`exit`](Self::exit) fails with.
    pub async fn run<T: Default>(
        &self,
        body: impl std::future::Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.enter()?;
        let result = body.await;
        match self.exit(result.as_ref().err()).await? {
            Left::BodysOwn => result,
            Left::Nothing => Ok(result.unwrap_or_default()),
        }
    }
}
