//! The scheduler: an oracle that is asked wherever reality leaves an order open.
//!
//! The loop asks with the names of the alternatives, asyncio's own answer first. What was answered
//! is recorded, so a run can be replayed from its [`Schedule`].

use std::fmt;

use crate::trace::event::ChoiceKind;
use crate::trace::schedule::{Schedule, Step};

/// Who could go on at a choice point: a thread, a handle, an outside party. The same number stands
/// for the same one at all choice points of a run, and of runs that began alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor(pub u64);

/// How something shared is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// It stays as it is.
    Read,
    /// It may change, or whether it did is found out together with changing it.
    Write,
    /// Taken for the actor's own, once it is free: others that want it wait until it is released.
    Acquire,
    /// Given back, or made possible: whoever acquires or reads it could not have come before.
    Release,
}

/// A use of something shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Access {
    /// What is used, by a number of its own.
    pub object: u64,
    /// How.
    pub mode: Mode,
}

impl Access {
    /// Whether the order of the two can make a difference, or is forced.
    #[inline]
    pub fn depends_on(self, other: Self) -> bool {
        let commute = matches!(
            (self.mode, other.mode),
            (Mode::Read, Mode::Read) | (Mode::Release, Mode::Release)
        );
        self.object == other.object && !commute
    }

    /// Whether the two could come in either order, and that makes a difference.
    #[inline]
    pub fn races_with(self, other: Self) -> bool {
        let is_handed_over = matches!(
            (self.mode, other.mode),
            (Mode::Release, Mode::Acquire | Mode::Read)
                | (Mode::Acquire | Mode::Read, Mode::Release)
        );
        self.depends_on(other) && !is_handed_over
    }
}

/// A choice point of a run. There are always at least two alternatives, and the first is what
/// asyncio would do.
pub struct Choice<'c> {
    /// Its number among the choice points of the run, from 0.
    pub point: u32,
    /// What is chosen.
    pub kind: ChoiceKind,
    /// How many alternatives there are.
    pub n_alternatives: usize,
    /// Who each alternative is, if those that are not taken can still be taken later; empty if one
    /// taken excludes the others, as with values.
    pub actors: &'c [Actor],
    /// The alternative that ran until now and could run on: taking another one is a preemption.
    pub running: Option<usize>,
    /// What each alternative is called.
    pub name: &'c dyn Fn(usize) -> String,
    /// What each alternative would use first, where that is known.
    pub next: &'c dyn Fn(usize) -> Option<Access>,
}

impl fmt::Debug for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<String> = (0..self.n_alternatives).map(self.name).collect();
        write!(f, "{}:{} of {names:?}", self.point, self.kind.name())
    }
}

/// Takes the choices of a run.
///
/// ```
/// use loopsim::executor::{Choice, Refusal, Scheduler};
///
/// /// Always the last alternative.
/// struct Contrary;
/// impl Scheduler for Contrary {
///     fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, Refusal> {
///         Ok(choice.n_alternatives - 1)
///     }
/// }
/// ```
pub trait Scheduler {
    /// Which alternative is taken, from 0.
    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, Refusal>;

    /// Whether the other methods do anything; what is answered before the run holds for all of it.
    fn watches(&self) -> bool {
        false
    }

    /// Only this one can go on, so there is nothing to choose.
    fn only(&mut self, _actor: Actor) -> Result<(), Refusal> {
        Ok(())
    }

    /// Whoever goes on now uses something shared.
    fn touch(&mut self, _access: Access) {}

    /// At the end of a run: somebody could not go on, for want of this.
    fn blocked(&mut self, _actor: Actor, _access: Access) {}
}

/// Why no choice is taken: the run ends.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// A step of a schedule does not fit the program that is run.
    #[error("{0}")]
    Stale(String),
    /// Whoever explores knows already what comes of it.
    #[error("the run is of no further interest")]
    Cut,
}

/// asyncio's own answer, always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fifo;

impl Scheduler for Fifo {
    fn choose(&mut self, _choice: &Choice<'_>) -> Result<usize, Refusal> {
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
    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, Refusal> {
        let Some(step) = self.schedule.steps().get(self.next) else { return Ok(0) };
        if step.point != choice.point {
            return Ok(0);
        }
        self.next += 1;
        let fits = |index: &usize| choice.kind == step.kind && (choice.name)(*index) == step.taken;
        (0..choice.n_alternatives).find(fits).ok_or_else(|| stale(step, choice))
    }
}

fn stale(step: &Step, choice: &Choice<'_>) -> Refusal {
    let names: Vec<String> = (0..choice.n_alternatives).map(choice.name).collect();
    Refusal::Stale(format!(
        "step `{step}` of the schedule does not fit: here a {} is chosen among {}",
        choice.kind.name(),
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
        actors: &[Actor],
        running: Option<usize>,
        name: &dyn Fn(usize) -> String,
    ) -> Result<usize, Refusal> {
        let point = self.point;
        self.point += 1;
        let name = &|index| unique(index, name);
        let next = &|_| None;
        let choice = Choice { point, kind, n_alternatives, actors, running, name, next };
        let taken = self.scheduler.choose(&choice)?.min(n_alternatives - 1);
        // Whoever watches keeps the choices itself, many times over.
        if taken != 0 && !self.scheduler.watches() {
            self.taken.push(Step { point, kind, taken: name(taken) });
        }
        Ok(taken)
    }

    /// Who is watched: the scheduler, to be told what goes on.
    pub(super) fn watcher(&mut self) -> &mut dyn Scheduler {
        &mut *self.scheduler
    }

    /// The choices that were not asyncio's own.
    pub(super) fn taken(&self) -> &Schedule {
        &self.taken
    }
}

/// The name of an alternative, with a number if one before it has the same.
fn unique(index: usize, name: &dyn Fn(usize) -> String) -> String {
    let own = name(index);
    match (0..index).filter(|before| name(*before) == own).count() {
        0 => own,
        before => format!("{own}#{}", before + 1),
    }
}
