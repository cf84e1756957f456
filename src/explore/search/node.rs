//! The choice points of the run that is being followed, and what is still to be tried there.

use smallvec::SmallVec;

use super::bits::Bits;
use crate::executor::{Access, Actor};
use crate::trace::event::ChoiceKind;

/// The uses of shared things in one step.
pub(in crate::explore) type Accesses = SmallVec<[Access; 2]>;

/// How many steps of each actor come before, by the actors' numbers in the search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::explore) struct Clock(SmallVec<[u32; 8]>);

impl Clock {
    /// Steps of that actor which come before.
    #[inline]
    pub(in crate::explore) fn of(&self, actor: usize) -> u32 {
        self.0.get(actor).copied().unwrap_or(0)
    }

    #[inline]
    pub(in crate::explore) fn set(&mut self, actor: usize, steps: u32) {
        if self.0.len() <= actor {
            self.0.resize(actor + 1, 0);
        }
        self.0[actor] = steps;
    }

    /// Everything that comes before `other` does too.
    #[inline]
    pub(in crate::explore) fn join(&mut self, other: &Self) {
        for (actor, steps) in other.0.iter().enumerate() {
            if self.of(actor) < *steps {
                self.set(actor, *steps);
            }
        }
    }
}

/// An actor whose next step leads to nothing new, until something happens that it depends on.
#[derive(Clone, Debug)]
pub(in crate::explore) struct Sleeper {
    pub(in crate::explore) actor: Actor,
    /// What its next step uses.
    pub(in crate::explore) accesses: Accesses,
}

/// An alternative that was followed.
#[derive(Clone, Debug)]
pub(in crate::explore) struct Followed {
    pub(in crate::explore) alternative: usize,
    /// All that its step used in any run.
    pub(in crate::explore) accesses: Accesses,
    /// Whether not all of what its step can do has been seen.
    pub(in crate::explore) is_open: bool,
}

/// A choice point. One with actors begins a step of the one that is taken.
#[derive(Clone, Debug)]
pub(in crate::explore) struct Node {
    pub(in crate::explore) kind: Option<ChoiceKind>,
    /// Who can go on; empty if the alternatives exclude each other.
    pub(in crate::explore) actors: SmallVec<[Actor; 4]>,
    pub(in crate::explore) n_alternatives: usize,
    pub(in crate::explore) running: Option<usize>,
    pub(in crate::explore) taken: usize,
    pub(in crate::explore) todo: Bits,
    pub(in crate::explore) done: Bits,
    pub(in crate::explore) followed: SmallVec<[Followed; 2]>,
    pub(in crate::explore) sleep: SmallVec<[Sleeper; 2]>,
    /// Departures from the usual order before.
    pub(in crate::explore) cost: u32,
    /// The answer from outside that this step follows from, in the loop's own order: whether it
    /// comes before the steps that follow from another answer was chosen there.
    pub(in crate::explore) origin: Option<u32>,
    /// The loop itself says when this step comes.
    pub(in crate::explore) is_forced: bool,
    /// What the steps before this node are known by, whatever order they came in.
    pub(in crate::explore) mark: u64,
    pub(in crate::explore) step: Step,
}

/// The step that begins at a choice point with actors.
#[derive(Clone, Debug, Default)]
pub(in crate::explore) struct Step {
    /// The actor's number in the search.
    pub(in crate::explore) dense: usize,
    /// Which step of the actor it is, from 1.
    pub(in crate::explore) number: u32,
    pub(in crate::explore) accesses: Accesses,
    /// What comes before it, and itself.
    pub(in crate::explore) clock: Clock,
    /// The node of the actor's step before.
    pub(in crate::explore) before: Option<usize>,
    /// Values that were taken in it.
    pub(in crate::explore) values: u64,
    /// The node of the step that made it possible, if that is another one.
    pub(in crate::explore) cause: Option<usize>,
    /// Pairs of answers whose order makes a difference to this step.
    pub(in crate::explore) answers: SmallVec<[(u32, u32); 1]>,
    /// Whether its actor had to wait, and made the same step again later.
    pub(in crate::explore) waited: bool,
}

impl Node {
    /// Whether it only says which of the possible values is taken.
    #[inline]
    pub(in crate::explore) fn is_value(&self) -> bool {
        self.actors.is_empty()
    }

    /// Whether an alternative is known to lead to nothing new.
    pub(in crate::explore) fn is_asleep(&self, alternative: usize) -> bool {
        let Some(actor) = self.actors.get(alternative) else { return false };
        self.sleep.iter().any(|sleeper| sleeper.actor == *actor)
    }

    /// Whether an alternative departs from the usual order: a preemption, where somebody ran.
    pub(in crate::explore) fn departs(&self, alternative: usize) -> bool {
        match self.kind {
            Some(ChoiceKind::Thread) => self.running.is_some_and(|running| running != alternative),
            // A number that is drawn is as usual as any other.
            Some(ChoiceKind::Value) => false,
            _ => alternative != 0,
        }
    }

    /// Whether it is an answer from outside, or a step of the loop that follows from one.
    #[inline]
    pub(in crate::explore) fn is_of_answers(&self) -> bool {
        self.is_forced || (self.kind == Some(ChoiceKind::Completion) && !self.actors.is_empty())
    }

    /// Departures up to and with what is taken here.
    pub(in crate::explore) fn cost_after(&self) -> u32 {
        self.cost + u32::from(self.departs(self.taken))
    }

    /// The alternative of an actor.
    pub(in crate::explore) fn alternative(&self, actor: Actor) -> Option<usize> {
        self.actors.iter().position(|other| *other == actor)
    }

    /// Notes what the step that was taken used.
    pub(in crate::explore) fn note_followed(&mut self) {
        let taken = self.taken;
        match self.followed.iter_mut().find(|followed| followed.alternative == taken) {
            Some(followed) => {
                for access in &self.step.accesses {
                    add(&mut followed.accesses, *access);
                }
            }
            None => self.followed.push(Followed {
                alternative: taken,
                accesses: self.step.accesses.clone(),
                is_open: false,
            }),
        }
    }

    /// Who sleeps after the step that was taken: those that slept or were followed here before,
    /// unless the step wakes them. What an answer leads to is not known when it comes, so nobody
    /// sleeps there.
    pub(in crate::explore) fn sleep_after(&self) -> SmallVec<[Sleeper; 2]> {
        if self.is_of_answers() {
            return SmallVec::new();
        }
        let Some(actor) = self.actors.get(self.taken) else { return SmallVec::new() };
        let stays = |sleeper: &Sleeper| {
            sleeper.actor != *actor && !depend(&sleeper.accesses, &self.step.accesses)
        };
        let slept = self.sleep.iter().filter(|sleeper| stays(sleeper)).cloned();
        let followed = self.followed.iter().filter(|followed| {
            followed.alternative != self.taken
                && self.done.has(followed.alternative)
                && !followed.is_open
        });
        let followed = followed.filter_map(|followed| {
            let actor = *self.actors.get(followed.alternative)?;
            Some(Sleeper { actor, accesses: followed.accesses.clone() })
        });
        slept.chain(followed.filter(stays)).collect()
    }
}

/// Adds an access, once.
#[inline]
pub(in crate::explore) fn add(accesses: &mut Accesses, access: Access) {
    if !accesses.contains(&access) {
        accesses.push(access);
    }
}

/// Whether two steps depend on each other.
#[inline]
pub(in crate::explore) fn depend(some: &[Access], others: &[Access]) -> bool {
    some.iter().any(|access| others.iter().any(|other| access.depends_on(*other)))
}
