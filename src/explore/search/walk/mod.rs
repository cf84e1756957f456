//! The oracle of a search: goes through the tree of choices run by run.
//!
//! It keeps the choice points of one run only, with what is still to be tried at each; the next run
//! follows them up to the deepest one where something is left.

mod oracle;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::bits::Bits;
use super::classes::{mark_of_step, mark_of_value};
use super::node::{Accesses, Clock, Node, Step};
use super::order::{Later, look_back, try_before};
use super::sample::Sampler;
use super::uses::Uses;
use crate::executor::{Actor, Choice, Refusal};
use crate::trace::event::ChoiceKind;

/// How much of the tree is left out because it leads to nothing new.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reduction {
    /// Nothing: every schedule is run.
    None,
    /// Schedules that only swap steps which do not depend on each other (sleep sets).
    Sleep,
    /// As `Sleep`, and orders are tried only where steps race (source sets).
    #[default]
    Races,
}

/// Why a run of the search is not one of the runs that count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::explore) enum Broken {
    /// It leads to nothing new.
    Cut,
    /// With the same answers it did something else than before.
    Differs(String),
}

/// What a search has left out, so that it is not complete.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Schedules with more preemptions than were allowed.
    pub preemptions: bool,
    /// Runs with too many choice points.
    pub too_long: u64,
}

/// Goes through the tree of choices.
#[derive(Debug)]
pub(in crate::explore) struct Walk {
    reduction: Reduction,
    /// Preemptions allowed in a run.
    bound: Option<u32>,
    max_depth: usize,
    /// Draws the choices, instead of going through all.
    pub(in crate::explore) sampler: Option<Sampler>,
    pub(in crate::explore) nodes: Vec<Node>,
    /// The nodes before this one belong to somebody else: here they stay as they are.
    root: usize,
    /// Up to this depth everything is tried, races or not.
    full_below: usize,
    /// Whether it is wanted what comes before what.
    tracks: bool,
    actors: Vec<Actor>,
    /// Who used what, up to the step under way.
    uses: Uses,
    /// For the states that were met, with who ran: with how few departures.
    met: FxHashMap<(u64, Option<Actor>), u32>,
    /// Choice points passed, in all runs.
    pub(in crate::explore) passed: u64,
    // Of the run under way:
    depth: usize,
    /// The node whose step is under way.
    step: Option<usize>,
    /// The first step that was not seen before.
    fresh: usize,
    /// The last step of each actor.
    last: Vec<Option<usize>>,
    blocked: Vec<(Actor, Accesses)>,
    pub(in crate::explore) broken: Option<Broken>,
    /// It has more choice points than are kept.
    is_long: bool,
    // Of all runs:
    pub(in crate::explore) left_out: LeftOut,
}

/// Room for the choices of one run: enough for any run that a person would look at.
pub(in crate::explore) const MAX_DEPTH: usize = 20_000;
/// States that are remembered by one part of a search.
const MAX_MET: usize = 1 << 20;

impl Walk {
    pub(in crate::explore) fn new(reduction: Reduction, bound: Option<u32>) -> Self {
        // What a bound leaves out could be where a race would have to be tried.
        let reduction = if bound.is_some() { Reduction::None } else { reduction };
        Self {
            reduction,
            bound,
            max_depth: MAX_DEPTH,
            sampler: None,
            nodes: Vec::new(),
            root: 0,
            full_below: 0,
            tracks: true,
            actors: Vec::new(),
            uses: Uses::default(),
            met: FxHashMap::default(),
            passed: 0,
            depth: 0,
            step: None,
            fresh: 0,
            last: Vec::new(),
            blocked: Vec::new(),
            broken: None,
            is_long: false,
            left_out: LeftOut::default(),
        }
    }

    /// A walk that draws its choices.
    pub(in crate::explore) fn sampling(sampler: Sampler) -> Self {
        Self { sampler: Some(sampler), ..Self::new(Reduction::None, None) }
    }

    /// The same, but that what comes before what is found out only if the search needs it.
    pub(in crate::explore) fn tracking(mut self, wanted: bool) -> Self {
        let needed =
            self.sampler.is_none() && (self.reduction != Reduction::None || self.bound.is_some());
        self.tracks = wanted || needed;
        self
    }

    /// A walk over the first `depth` choice points only.
    pub(in crate::explore) fn shallow(
        reduction: Reduction,
        bound: Option<u32>,
        depth: usize,
    ) -> Self {
        Self { full_below: depth, ..Self::new(reduction, bound) }
    }

    /// A walk over what is behind the first choice points of the run that was just made.
    pub(in crate::explore) fn behind(&self, depth: usize) -> Self {
        let mut walk = Self::new(self.reduction, self.bound);
        walk.nodes = self.nodes[..depth.min(self.nodes.len())].to_vec();
        walk.root = walk.nodes.len();
        walk.full_below = walk.root;
        walk.tracks = self.tracks;
        walk.actors.clone_from(&self.actors);
        walk.uses = self.uses.clone();
        walk.begin_again();
        walk
    }

    /// Gets ready for the next run; the nodes that are there are followed.
    fn begin_again(&mut self) {
        self.depth = 0;
        self.step = None;
        self.last.clear();
        self.blocked.clear();
        self.broken = None;
        self.is_long = false;
        // What the last step used may change with the last choice.
        let steps = self.nodes.iter().rposition(|node| !node.is_value());
        self.fresh = steps.unwrap_or(0);
        if let Some(node) = self.nodes.get_mut(self.fresh) {
            node.step.accesses.clear();
        }
        self.uses.forget_from(self.fresh);
    }

    /// The run is over: looks at its races. To be called before anything is made of it.
    pub(in crate::explore) fn end_run(&mut self) {
        if self.sampler.is_none() || self.broken.is_none() {
            self.finish_step();
        }
        for (actor, accesses) in std::mem::take(&mut self.blocked) {
            let dense = self.dense(actor);
            let before = self.clock_of(self.last.get(dense).copied().flatten());
            let later = Later { actor, dense, accesses: &accesses, before };
            self.try_races(&later);
        }
    }

    /// Forgets what is below a depth; to be called after a run whose rest is for others.
    pub(in crate::explore) fn cut_off(&mut self, depth: usize) {
        if depth >= self.nodes.len() {
            return;
        }
        let goes_on = self.nodes[depth].is_value();
        self.nodes.truncate(depth);
        let Some(index) = self.nodes.iter().rposition(|node| !node.is_value()) else { return };
        let node = &mut self.nodes[index];
        let taken = node.taken;
        for followed in &mut node.followed {
            followed.is_open |= goes_on && followed.alternative == taken;
        }
    }

    /// Goes on to the next run; false if there is none.
    pub(in crate::explore) fn next_run(&mut self) -> bool {
        if self.sampler.is_some() {
            self.nodes.clear();
            self.begin_again();
            return self.sampler.as_mut().is_some_and(Sampler::next_run);
        }
        while self.nodes.len() > self.root {
            let last = self.nodes.len() - 1;
            let node = &mut self.nodes[last];
            node.done.add(node.taken);
            if let Some(next) = self.next_alternative(last) {
                self.nodes[last].taken = next;
                self.nodes[last].step = Step::default();
                self.begin_again();
                return true;
            }
            self.nodes.pop();
        }
        false
    }

    fn next_alternative(&mut self, index: usize) -> Option<usize> {
        let node = &self.nodes[index];
        let mut open = (0..node.n_alternatives)
            .filter(|next| node.todo.has(*next) && !node.done.has(*next) && !node.is_asleep(*next));
        let bound = self.bound;
        let allowed = |next: &usize| {
            bound.is_none_or(|bound| node.cost + u32::from(node.departs(*next)) <= bound)
        };
        let next = open.find(allowed);
        if bound.is_some() {
            let is_left_out = (0..node.n_alternatives).any(|next| !allowed(&next));
            self.left_out.preemptions |= is_left_out;
        }
        next
    }

    /// About how much is done of a whole, going by the alternatives that are known to be tried.
    pub(in crate::explore) fn done(&self, whole: u64) -> u64 {
        let (mut done, mut rest) = (0, whole);
        for node in &self.nodes[self.root.min(self.nodes.len())..] {
            let todo = node.todo.len().max(1) as u64;
            let each = rest / todo;
            done += each * (node.done.len() as u64).min(todo - 1);
            rest = each;
        }
        done
    }

    /// Whether every schedule is run, and not one for many.
    pub(in crate::explore) fn runs_every_schedule(&self) -> bool {
        self.reduction == Reduction::None
    }

    /// Whether schedules with too many preemptions are left out.
    pub(in crate::explore) fn is_bounded(&self) -> bool {
        self.bound.is_some()
    }

    /// Those who were met, by their numbers in the search.
    pub(in crate::explore) fn actors(&self) -> &[Actor] {
        &self.actors
    }

    fn dense(&mut self, actor: Actor) -> usize {
        self.actors.iter().position(|known| *known == actor).unwrap_or_else(|| {
            self.actors.push(actor);
            self.actors.len() - 1
        })
    }

    fn clock_of(&self, step: Option<usize>) -> Clock {
        step.map_or_else(Clock::default, |index| self.nodes[index].step.clock.clone())
    }

    /// The step under way is over: now it is known what it used.
    fn finish_step(&mut self) {
        let Some(index) = self.step.take() else { return };
        if index < self.fresh {
            return;
        }
        if !self.tracks {
            return;
        }
        let accesses = std::mem::take(&mut self.nodes[index].step.accesses);
        let step = &self.nodes[index].step;
        let (dense, number) = (step.dense, step.number);
        let mut before = self.clock_of(step.before);
        if let Some(cause) = step.cause {
            before.join(&self.nodes[cause].step.clock);
        }
        let Some(actor) = self.nodes[index].actors.get(self.nodes[index].taken).copied() else {
            return;
        };
        let later = Later { actor, dense, accesses: &accesses, before };
        let found = look_back(&self.nodes[..index], &self.uses, &later);
        for race in &found.races {
            self.try_race(*race, index, &later);
        }
        let mut clock = found.clock;
        clock.set(dense, number);
        self.uses.add(index, &accesses);
        let node = &mut self.nodes[index];
        node.step.clock = clock;
        node.step.accesses = accesses;
        node.note_followed();
    }

    /// Sees to it that a later step is tried before one that it races with.
    fn try_race(&mut self, race: usize, later_node: usize, later: &Later<'_>) {
        let of_answers = self.nodes[race].is_of_answers()
            || self.nodes.get(later_node).is_some_and(Node::is_of_answers);
        if of_answers {
            self.try_other_answer_first(race, later_node);
        } else if self.reduction == Reduction::Races && race >= self.full_below {
            let end = later_node.min(self.nodes.len());
            try_before(&mut self.nodes[..end], race, later);
        }
    }

    /// Two steps of the loop race: which comes first is up to the answers that they follow from.
    fn try_other_answer_first(&mut self, race: usize, later: usize) {
        let origin = |node: usize| self.nodes.get(node).and_then(|node| node.origin);
        let (Some(first), Some(second)) = (origin(race), origin(later)) else { return };
        let later_answer = &self.nodes[second as usize];
        let Some(actor) = later_answer.actors.get(later_answer.taken).copied() else { return };
        if first >= second {
            return;
        }
        let Some(alternative) = self.nodes[first as usize].alternative(actor) else { return };
        let pairs = &mut self.nodes[later].step.answers;
        if !pairs.contains(&(first, second)) {
            pairs.push((first, second));
        }
        self.nodes[first as usize].todo.add(alternative);
    }

    fn try_races(&mut self, later: &Later<'_>) {
        if self.reduction != Reduction::Races {
            return;
        }
        let found = look_back(&self.nodes, &self.uses, later);
        let end = self.nodes.len();
        for race in found.races {
            self.try_race(race, end, later);
        }
    }

    /// Whether a state was met before, with no more departures, by who runs now.
    fn was_met(&mut self, choice: &Choice<'_>) -> bool {
        if self.bound.is_none() || choice.kind != ChoiceKind::Thread {
            return false;
        }
        let running = choice.running.and_then(|running| choice.actors.get(running).copied());
        let cost = self.nodes.last().map_or(0, Node::cost_after);
        let key = (self.mark(), running);
        match self.met.get_mut(&key) {
            Some(known) if *known <= cost => true,
            Some(known) => {
                *known = cost;
                false
            }
            None => {
                if self.met.len() < MAX_MET {
                    self.met.insert(key, cost);
                }
                false
            }
        }
    }

    /// What all steps and values so far are known by, whatever order they came in.
    fn mark(&self) -> u64 {
        let Some(last) = self.nodes.last() else { return 0 };
        let own = if last.is_value() {
            let step = self.nodes.iter().rposition(|node| !node.is_value());
            let nth = self.nodes.len() - step.unwrap_or(0);
            mark_of_value(step.map(|index| &self.nodes[index]), nth, last)
        } else {
            mark_of_step(&self.actors, &last.step)
        };
        last.mark.wrapping_add(own)
    }

    /// Follows a choice point that is known.
    fn follow(&mut self, n_alternatives: usize, actors: &[Actor]) -> Result<usize, Refusal> {
        let index = self.depth;
        self.depth += 1;
        let node = &self.nodes[index];
        if node.n_alternatives != n_alternatives || *node.actors != *actors {
            let message = format!(
                "at choice point {index} there were {} alternatives before, and {n_alternatives} \
                 now",
                node.n_alternatives
            );
            return self.give_up(Broken::Differs(message));
        }
        let taken = node.taken;
        self.passed += 1;
        if !actors.is_empty() {
            self.finish_step();
            self.begin_step(index);
        }
        Ok(taken)
    }

    fn begin_step(&mut self, index: usize) {
        let node = &self.nodes[index];
        let actor = node.actors[node.taken];
        let dense = self.dense(actor);
        if self.last.len() <= dense {
            self.last.resize(dense + 1, None);
        }
        let before = self.last[dense].replace(index);
        let number = before.map_or(0, |before| self.nodes[before].step.number) + 1;
        let step = &mut self.nodes[index].step;
        step.dense = dense;
        step.number = number;
        step.before = before;
        self.step = Some(index);
    }

    fn give_up(&mut self, why: Broken) -> Result<usize, Refusal> {
        self.broken.get_or_insert(why);
        Err(Refusal::Cut)
    }

    /// Adds a choice point and takes an alternative.
    fn add_node(
        &mut self,
        choice: Option<&Choice<'_>>,
        n_alternatives: usize,
        actors: &[Actor],
    ) -> Result<usize, Refusal> {
        self.passed += 1;
        if !actors.is_empty() {
            self.finish_step();
        }
        if self.nodes.len() >= self.max_depth {
            // As usual from here on; nothing of that is kept.
            self.left_out.too_long += u64::from(!std::mem::replace(&mut self.is_long, true));
            return Ok(0);
        }
        if choice.is_some_and(|choice| self.was_met(choice)) {
            return self.give_up(Broken::Cut);
        }
        let index = self.nodes.len();
        let is_value = actors.is_empty();
        let before = self.nodes[..index].iter().rfind(|node| !node.is_value());
        let sleep = match before {
            Some(node) if !is_value && self.reduction != Reduction::None => node.sleep_after(),
            _ => SmallVec::new(),
        };
        let is_answer = !is_value && choice.is_some_and(|c| c.kind == ChoiceKind::Completion);
        let mut node = Node {
            kind: choice.map(|choice| choice.kind),
            actors: SmallVec::from_slice(actors),
            n_alternatives,
            running: choice.and_then(|choice| choice.running),
            taken: 0,
            todo: Bits::none(n_alternatives),
            done: Bits::none(n_alternatives),
            followed: SmallVec::new(),
            sleep,
            cost: self.nodes.last().map_or(0, Node::cost_after),
            origin: None,
            is_forced: false,
            mark: if self.bound.is_some() { self.mark() } else { 0 },
            step: Step::default(),
        };
        let first = match (&mut self.sampler, choice) {
            (Some(sampler), Some(choice)) => Some(sampler.pick(choice)),
            (Some(_), None) => Some(0),
            (None, _) => (0..n_alternatives).find(|index| !node.is_asleep(*index)),
        };
        let Some(first) = first else { return self.give_up(Broken::Cut) };
        node.taken = first;
        let tries_all = is_value
            || self.reduction == Reduction::None
            || (self.reduction == Reduction::Sleep && !is_answer)
            || index < self.full_below;
        if tries_all {
            node.todo = Bits::all(n_alternatives);
        } else {
            node.todo.add(first);
        }
        self.nodes.push(node);
        self.depth += 1;
        if !is_value {
            self.begin_step(index);
        }
        Ok(first)
    }
}
