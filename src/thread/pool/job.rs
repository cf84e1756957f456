//! What a pool runs.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::executor::{Context, Failure, Future};
use crate::index::{EventId, JobId};
use crate::thread::Parker;
use crate::time::Duration;
use crate::trace::event::End;

/// A synchronous function on a worker, as a machine that runs until it blocks or computes.
pub trait Job<T> {
    /// Runs on until the next thing that takes time, or to the end.
    fn advance(&mut self, cx: &Context) -> Progress<T>;
}

/// How far a job came.
#[derive(Debug)]
pub enum Progress<T> {
    /// It blocks that long, without the interpreter lock.
    Block(Duration),
    /// It computes that long, on a core.
    Compute(Duration),
    /// It is done.
    Done(Result<T, Failure>),
}

impl<T, F: FnMut(&Context) -> Progress<T>> Job<T> for F {
    fn advance(&mut self, cx: &Context) -> Progress<T> {
        self(cx)
    }
}

/// A call on a worker: code that waits with the parker it is given.
pub type Call<T> = Box<dyn FnOnce(Parker<'_>) -> Result<T, Failure>>;

/// Where a job is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Queued,
    Running,
    Cancelled,
}

/// A job in a pool, without its result type.
pub(super) trait AnyJob {
    /// Runs on; `Ok` tells how long the next stretch takes, `Err` that it is done. Of a call, it
    /// must be [called](Self::call).
    fn advance(&mut self, cx: &Context) -> Result<Stretch, End>;
    /// Whether it is a call, and so needs a stack.
    fn is_call(&self) -> bool;
    /// Makes the call.
    fn call(&mut self, parker: Parker<'_>) -> End;
    /// Gives what it came to to the asyncio future. Only once it is done.
    fn deliver(self: Box<Self>);
}

/// A stretch of time that a job takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    Block(Duration),
    Compute(Duration),
}

/// What a job does.
pub(super) enum Work<T> {
    Steps(Box<dyn Job<T>>),
    Call(Option<Call<T>>),
}

/// A job, the future it is for, and its result when it is done.
pub(super) struct Typed<T: 'static> {
    pub(super) work: Work<T>,
    pub(super) future: Future<T>,
    pub(super) result: Option<Result<T, Failure>>,
}

impl<T: 'static> AnyJob for Typed<T> {
    fn advance(&mut self, cx: &Context) -> Result<Stretch, End> {
        let Work::Steps(job) = &mut self.work else { return Err(End::Cancelled) };
        let result = match job.advance(cx) {
            Progress::Block(duration) => return Ok(Stretch::Block(duration)),
            Progress::Compute(duration) => return Ok(Stretch::Compute(duration)),
            Progress::Done(result) => result,
        };
        let end = if result.is_ok() { End::Returned } else { End::Raised };
        self.result = Some(result);
        Err(end)
    }

    fn is_call(&self) -> bool {
        matches!(self.work, Work::Call(_))
    }

    fn call(&mut self, parker: Parker<'_>) -> End {
        let Work::Call(call) = &mut self.work else { return End::Cancelled };
        let Some(call) = call.take() else { return End::Cancelled };
        let result = call(parker);
        let end = if result.is_ok() { End::Returned } else { End::Raised };
        self.result = Some(result);
        end
    }

    fn deliver(self: Box<Self>) {
        if let Some(result) = self.result {
            // Cancelled in the meantime: what it came to is dropped.
            self.future.set(result).unwrap_or_default();
        }
    }
}

/// Whether the asyncio future of a job hears of its end yet.
#[derive(Default)]
pub(super) enum Chain {
    /// The job is still being submitted.
    #[default]
    NotYet,
    /// It ended before its submission was over.
    Early(EventId, Box<dyn AnyJob>),
    /// The future hears of it.
    Made,
    /// There is nobody to hear of it.
    None,
}

/// A job in a pool's queue.
pub(super) struct Queued {
    pub(super) id: JobId,
    pub(super) stage: Rc<Cell<Stage>>,
    pub(super) chain: Rc<RefCell<Chain>>,
    pub(super) submitted: EventId,
    pub(super) job: Box<dyn AnyJob>,
}
