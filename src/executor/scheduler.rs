//! The scheduler: an oracle that is asked wherever reality leaves an order open.
//!
//! The loop asks with the names of the alternatives, asyncio's own answer first. What was answered
//! is recorded, so a run can be replayed from its [`Schedule`].

use std::fmt;

use crate::trace::event::ChoiceKind;
use crate::trace::schedule::{Schedule, Step};

/// Takes the choices of a run.
///
/// ```
/// use loopsim::executor::Scheduler;
/// use loopsim::trace::event::ChoiceKind;
///
/// /// Always the last alternative.
/// struct Contrary;
/// impl Scheduler for Contrary {
///     fn choose(
///         &mut self,
///         _point: u32,
///         _kind: ChoiceKind,
///         n_alternatives: usize,
///         _name: &dyn Fn(usize) -> String,
///     ) -> Result<usize, loopsim::executor::StaleStep> {
///         Ok(n_alternatives - 1)
///     }
/// }
/// ```
pub trait Scheduler {
    /// Which alternative is taken, from 0; 0 is what asyncio would do. `point` counts the choice
    /// points of the run. There are always at least two alternatives.
    fn choose(
        &mut self,
        point: u32,
        kind: ChoiceKind,
        n_alternatives: usize,
        name: &dyn Fn(usize) -> String,
    ) -> Result<usize, StaleStep>;
}

/// A step of a schedule that does not fit the program that is run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct StaleStep(pub String);

/// asyncio's own answer, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fifo;

impl Scheduler for Fifo {
    fn choose(
        &mut self,
        _point: u32,
        _kind: ChoiceKind,
        _n_alternatives: usize,
        _name: &dyn Fn(usize) -> String,
    ) -> Result<usize, StaleStep> {
        Ok(0)
    }
}

/// Follows a schedule; asyncio's own answer where it says nothing.
#[derive(Clone, Debug, Default)]
pub struct Replay {
    schedule: Schedule,
    /// The first step that is still to come.
    next: usize,
}

impl Replay {
    /// Follows that schedule.
    pub fn new(schedule: Schedule) -> Self {
        Self { schedule, next: 0 }
    }
}

impl Scheduler for Replay {
    fn choose(
        &mut self,
        point: u32,
        kind: ChoiceKind,
        n_alternatives: usize,
        name: &dyn Fn(usize) -> String,
    ) -> Result<usize, StaleStep> {
        let Some(step) = self.schedule.steps().get(self.next) else { return Ok(0) };
        if step.point != point {
            return Ok(0);
        }
        self.next += 1;
        let fits = |index: &usize| kind == step.kind && name(*index) == step.taken;
        (0..n_alternatives).find(fits).ok_or_else(|| stale(step, kind, n_alternatives, name))
    }
}

fn stale(
    step: &Step,
    kind: ChoiceKind,
    n_alternatives: usize,
    name: &dyn Fn(usize) -> String,
) -> StaleStep {
    let names: Vec<String> = (0..n_alternatives).map(name).collect();
    StaleStep(format!(
        "step `{step}` of the schedule does not fit: here a {} is chosen among {}",
        kind.name(),
        names.join(", ")
    ))
}

/// The scheduler of a run, with the number of the next choice point and what was taken so far.
pub(super) struct Chooser {
    scheduler: Box<dyn Scheduler>,
    point: u32,
    taken: Schedule,
}

impl fmt::Debug for Chooser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chooser").field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl Chooser {
    pub(super) fn new(scheduler: Box<dyn Scheduler>) -> Self {
        Self { scheduler, point: 0, taken: Schedule::default() }
    }

    /// Asks. An answer out of range is taken for the last alternative.
    pub(super) fn choose(
        &mut self,
        kind: ChoiceKind,
        n_alternatives: usize,
        name: &dyn Fn(usize) -> String,
    ) -> Result<usize, StaleStep> {
        let point = self.point;
        self.point += 1;
        let taken = self.scheduler.choose(point, kind, n_alternatives, name)?;
        let taken = taken.min(n_alternatives - 1);
        if taken != 0 {
            self.taken.push(Step { point, kind, taken: name(taken) });
        }
        Ok(taken)
    }

    /// The choices that were not asyncio's own.
    pub(super) fn taken(&self) -> &Schedule {
        &self.taken
    }
}
