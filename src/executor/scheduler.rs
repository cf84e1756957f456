//! The scheduler: an oracle that is asked wherever reality leaves an order open.
//!
//! The loop asks with the names of the alternatives, asyncio's own answer first. What was answered
//! is recorded, so a run can be replayed from its [`Schedule`].

use std::fmt;

use crate::rng::Stream;
use crate::trace::event::ChoiceKind;
use crate::trace::schedule::{Schedule, Step};

/// Who could go on at a choice point: a thread, a handle, an outside party. The same number stands
/// for the same one at all choice points of a run, and of runs that began alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Actor(pub u64);

/// A step that made another one possible, as the scheduler knows it; none, if that is not known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cause(pub Option<u32>);

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
    /// A part of it changes, which is told by itself as well: for those who read all of it.
    Part,
}

/// A use of something shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Access {
    /// What is used, by a number of its own.
    pub object: u64,
    /// How.
    pub mode: Mode,
}

/// A program as a whole: each of its steps reads it.
pub(crate) const PROGRAM: u64 = 7 << 56;

impl Access {
    /// Whether the order of the two can make a difference, or is forced.
    #[inline]
    pub fn depends_on(self, other: Self) -> bool {
        let commute = matches!(
            (self.mode, other.mode),
            (Mode::Read, Mode::Read) | (Mode::Release, Mode::Release) | (Mode::Part, Mode::Part)
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

    /// Of the coming points at which threads could be switched, how many pass unasked; `point` is
    /// the number of the first. Points that pass are counted too, so that a schedule means the same
    /// whoever made it.
    fn unasked(&mut self, _point: u32) -> u32 {
        0
    }

    /// Whether the methods below do anything; what is answered before the run holds for all of it.
    fn watches(&self) -> bool {
        false
    }

    /// Only this one can go on, so there is nothing to choose.
    fn only(&mut self, _actor: Actor) -> Result<(), Refusal> {
        Ok(())
    }

    /// Whoever goes on now uses something shared.
    fn touch(&mut self, _access: Access) {}

    /// The step under way, to be named as the cause of others.
    fn here(&self) -> Cause {
        Cause::default()
    }

    /// What made the step possible that has just begun. The loop itself says when it comes: in the
    /// order of the causes; an answer from outside comes when it comes.
    fn caused(&mut self, _cause: Cause, _is_answer: bool) {}

    /// From now on it is not known any more what follows from which answer.
    fn loses_track(&mut self) {}

    /// Whoever goes on now cannot, and tries the same again later.
    fn waits(&mut self) {}

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

    fn unasked(&mut self, _point: u32) -> u32 {
        u32::MAX
    }
}

/// asyncio's own answers, but that threads are switched now and then in the middle of what they do,
/// as a seed says.
#[derive(Clone, Debug)]
pub struct Seeded {
    stream: Stream,
    grain: Grain,
    /// The point at which threads are to be switched.
    due: u32,
}

/// How often threads are switched that nothing else holds up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// As a GIL is handed over: after thousands of points.
    Coarse,
    /// As threads that run on different cores: after a few, or a few hundreds.
    Fine,
}

/// About what a thread does in a switch interval.
const COARSE_POINTS: std::ops::Range<u64> = 5_000..15_000;
/// Each power of two up to this one is as likely as any other.
const FINE_BITS: u64 = 10;

impl Seeded {
    /// Draws from a stream of its own for that seed.
    pub fn new(seed: u64, grain: Grain) -> Self {
        Self { stream: Stream::seeded(seed), grain, due: 0 }
    }
}

impl Scheduler for Seeded {
    fn choose(&mut self, choice: &Choice<'_>) -> Result<usize, Refusal> {
        let others = choice.n_alternatives as u64 - 1;
        if choice.kind == ChoiceKind::Thread
            && choice.running == Some(0)
            && choice.point == self.due
        {
            return Ok(usize::try_from(1 + self.stream.below(others)).unwrap_or(0));
        }
        let parallel = choice.kind == ChoiceKind::Thread && self.grain == Grain::Fine;
        Ok(if parallel { usize::try_from(self.stream.below(others + 1)).unwrap_or(0) } else { 0 })
    }

    fn unasked(&mut self, point: u32) -> u32 {
        let n = match self.grain {
            Grain::Coarse => {
                let range = COARSE_POINTS;
                range.start + self.stream.below(range.end - range.start)
            }
            Grain::Fine => {
                let bits = self.stream.below(FINE_BITS);
                (1 << bits) + self.stream.below(1 << bits)
            }
        };
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        self.due = point.wrapping_add(n);
        n
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

    fn unasked(&mut self, point: u32) -> u32 {
        let next = self.schedule.steps().get(self.next);
        next.map_or(u32::MAX, |step| step.point.saturating_sub(point))
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
    /// How many points pass before it is asked again whether threads are switched.
    slice: u32,
    taken: Schedule,
}

impl fmt::Debug for Chooser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chooser").field("taken", &self.taken).finish_non_exhaustive()
    }
}

impl Chooser {
    pub(super) fn new(scheduler: Box<dyn Scheduler>) -> Self {
        Self { scheduler, point: 0, slice: 0, taken: Schedule::default() }
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

    /// Begins to count points at which threads could be switched: how many pass unasked.
    pub(super) fn begin_slice(&mut self) -> u32 {
        self.slice = self.scheduler.unasked(self.point);
        self.slice
    }

    /// Counts those that have passed, but for the one that is asked about; `left` is what the
    /// counter stands at.
    pub(super) fn end_slice(&mut self, left: u32) {
        self.point = self.point.wrapping_add(self.slice.wrapping_sub(left));
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
