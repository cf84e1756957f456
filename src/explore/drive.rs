//! Runs a search: one run after the other, then on all cores; within its budget.
//!
//! The result does not depend on how many cores there are: a search that is not over soon is split
//! into parts by its first choice points, always the same ones, and the parts' results are put
//! together in their order.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};

use rayon::prelude::*;

use super::budget::Budget;
use super::count::count;
use super::search::{Broken, Draw, LeftOut, Reduction, Sampler, Walk};
use super::subject::{Oracle, Subject};
use super::tally::{Share, Tally};

/// How to search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Strategy {
    /// Every schedule, or one of each class.
    Exhaustive {
        /// What is left out because it leads to nothing new.
        reduction: Reduction,
        /// Preemptions that a schedule may have; all are tried if there is no bound.
        preemptions: Option<u32>,
    },
    /// So many schedules as are drawn.
    Sample {
        /// How.
        draw: Draw,
        /// How many.
        runs: u64,
    },
}

impl Default for Strategy {
    fn default() -> Self {
        Self::Exhaustive { reduction: Reduction::Races, preemptions: None }
    }
}

/// What to search, and how far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Search {
    /// How.
    pub strategy: Strategy,
    /// The seed of what is drawn.
    pub seed: u64,
    /// Runs after which a search ends that is not over.
    pub max_runs: u64,
    /// Choice points passed in all runs together after which it ends as well.
    pub max_steps: u64,
    /// Whether a search that is too large for its budget goes on otherwise for the rest of it: with
    /// all schedules without any preemption, then with one, and so on.
    pub widens: bool,
    /// Which part of the search, of how many: `(0, 4)` is the first of four.
    pub shard: Option<(usize, usize)>,
    /// Whether the schedules that each run stands for are counted.
    pub counts_schedules: bool,
    /// Schedules that [`explore`](super::explore()) draws to estimate the shares of the outcomes,
    /// where not every schedule was run; with none the shares stay unknown.
    pub draws: u64,
}

/// Schedules that are drawn to estimate shares.
pub const USUAL_DRAWS: u64 = 1_000;
/// Runs of a search that nobody bounded.
pub const USUAL_RUNS: u64 = 1_000_000;

impl Default for Search {
    fn default() -> Self {
        Self {
            strategy: Strategy::default(),
            seed: 0,
            max_runs: USUAL_RUNS,
            max_steps: u64::MAX,
            widens: false,
            shard: None,
            counts_schedules: true,
            draws: USUAL_DRAWS,
        }
    }
}

/// Why a search is not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// It had made as many runs as it was allowed.
    Runs,
    /// Its runs had passed as many choice points as they were allowed.
    Steps,
    /// Whoever watches has ended it.
    Stopped,
    /// Schedules with more preemptions were left out.
    Preemptions,
    /// Some runs had too many choice points: the later ones were taken as usual.
    TooLong,
    /// Schedules were drawn.
    Drawn,
    /// It is one of several parts.
    Shard,
    /// The program did not do the same when it was run again.
    Differs,
}

/// What a search came to.
#[derive(Clone, Debug)]
pub struct Found<E> {
    /// Its outcomes.
    pub tally: Tally<E>,
    /// Why it is not complete; empty if it is.
    pub incomplete: Vec<Incomplete>,
    /// How much of it was done when it ended, in parts of [`Share::ALL`].
    pub covered: u64,
    /// All schedules with at most so many preemptions were covered, if not all were.
    pub within: Option<u32>,
}

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Runs made.
    pub runs: u64,
    /// Choice points of the last run.
    pub depth: usize,
    /// Outcomes in the part of the search that has most of them, so far.
    pub outcomes: usize,
    /// About how much of the search is done, in parts of [`Share::ALL`].
    pub done: u64,
    /// Preemptions that schedules may have now, if that is bounded.
    pub bound: Option<u32>,
}

/// Whoever is told how a search goes on, and may end it.
pub type Watcher<'w> = dyn Fn(&Progress) -> ControlFlow<()> + Sync + 'w;

/// Runs made one after the other before a search is split, and choice points passed.
const ALONE: Budget = Budget { runs: 4_096, steps: 400_000 };
/// Parts that a search is split into, at least, if it can be; fewer where runs are long, so that
/// so many choice points are kept in all.
const PARTS: std::ops::RangeInclusive<usize> = 16..=256;
const KEPT: usize = 1_000_000;
/// The deepest choice point that a search is split at.
const MAX_SPLIT: usize = 400;
/// What a part may use between two looks at the budget.
const STRETCH: Budget = Budget { runs: 2_048, steps: 200_000 };
/// Runs that are drawn by one part.
const DRAWN: u64 = 128;
/// Runs between two words to the watcher, less one; and choice points.
const TELL_MASK: u64 = 15;
const TELL_STEPS: u64 = 5_000;
/// Choice points that a search passes at most before it is bounded, where it may be.
const BEFORE_BOUNDS: u64 = 4_000_000;

/// Searches.
pub fn search<S: Subject>(subject: &S, search: &Search, watcher: &Watcher<'_>) -> Found<S::End> {
    let mut shared = Shared {
        subject,
        search,
        watcher,
        bound: None,
        runs: AtomicU64::new(0),
        done: AtomicU64::new(0),
        outcomes: AtomicUsize::new(0),
        stopped: AtomicBool::new(false),
    };
    let all = Budget { runs: search.max_runs, steps: search.max_steps };
    match search.strategy {
        Strategy::Exhaustive { reduction, preemptions: None }
            if search.widens && search.shard.is_none() =>
        {
            shared.in_widening_bounds(reduction, all)
        }
        Strategy::Exhaustive { reduction, preemptions } => {
            shared.bound = preemptions;
            let mut found = shared.exhaustive(reduction, all).0;
            let is_bounded = found.incomplete == [Incomplete::Preemptions];
            found.within = preemptions.filter(|_| is_bounded);
            found
        }
        Strategy::Sample { draw, runs } => shared.sample(draw, runs, all),
    }
}

/// What all parts of a search have in common.
struct Shared<'s, S> {
    subject: &'s S,
    search: &'s Search,
    watcher: &'s Watcher<'s>,
    /// Preemptions that a schedule may have.
    bound: Option<u32>,
    runs: AtomicU64,
    /// Parts of the whole that are done with, when the search is split.
    done: AtomicU64,
    /// The most outcomes that a part has.
    outcomes: AtomicUsize,
    stopped: AtomicBool,
}

/// A part of a search.
struct Part<E> {
    walk: Walk,
    tally: Tally<E>,
    is_over: bool,
}

/// The parts behind the first choice points of a search.
struct Split<E> {
    parts: Vec<Part<E>>,
    /// Whether there is nothing behind them.
    is_whole: bool,
    /// Choice points that were passed.
    steps: u64,
    /// Those of the longest run.
    longest: usize,
}

impl<E> Part<E> {
    fn new(walk: Walk) -> Self {
        Self { walk, tally: Tally::default(), is_over: false }
    }
}

impl<S: Subject> Shared<'_, S> {
    /// Searches without a bound first, with a part of the budget; if that is too little, then with
    /// one bound after the other.
    fn in_widening_bounds(&mut self, reduction: Reduction, all: Budget) -> Found<S::End> {
        let first = Budget { runs: all.runs.div_ceil(2), steps: all.steps.div_ceil(4) };
        let first = first.min(Budget { runs: u64::MAX, steps: BEFORE_BOUNDS });
        let (mut found, used) = self.exhaustive(reduction, first);
        let mut left = all.less(used);
        let is_too_large = |found: &Found<S::End>| {
            let is_one = |why: &Incomplete| {
                matches!(why, Incomplete::Runs | Incomplete::Steps | Incomplete::TooLong)
            };
            found.incomplete.iter().any(is_one)
        };
        if !is_too_large(&found) || found.tally.differs.is_some() {
            return found;
        }
        for bound in 0.. {
            self.bound = Some(bound);
            let (bounded, used) = self.exhaustive(Reduction::None, left);
            left = left.less(used);
            let is_all = bounded.incomplete.is_empty();
            let is_over = is_all
                || bounded
                    .incomplete
                    .iter()
                    .all(|why| matches!(why, Incomplete::Preemptions | Incomplete::TooLong));
            found.tally.absorb(bounded.tally);
            if is_over {
                found.within = Some(bound);
            }
            if is_all {
                found.incomplete.clear();
                found.within = None;
            }
            if is_all || !is_over || left.is_used_up() {
                if bounded.incomplete.contains(&Incomplete::Stopped) {
                    found.incomplete = vec![Incomplete::Stopped];
                }
                for why in bounded.incomplete {
                    let is_budget = matches!(why, Incomplete::Runs | Incomplete::Steps);
                    if is_budget && !found.incomplete.contains(&why) {
                        found.incomplete.push(why);
                    }
                }
                break;
            }
        }
        found
    }

    fn walk(&self, reduction: Reduction) -> Walk {
        Walk::new(reduction, self.bound).tracking(self.search.counts_schedules)
    }

    fn exhaustive(&self, reduction: Reduction, all: Budget) -> (Found<S::End>, Budget) {
        let mut used = Budget::NONE;
        self.runs.store(0, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        let mut part = Part::new(self.walk(reduction));
        used = used.and(self.go_on(&mut part, ALONE.min(all), Share::ALL));
        let is_last = all.less(used).is_used_up() || self.has_stopped();
        if part.is_over || is_last || part.tally.differs.is_some() {
            // A search that is soon over is all in the first of several parts.
            if self.search.shard.is_some_and(|(index, _)| index > 0) && part.is_over {
                part.tally = Tally::default();
            }
            return (self.found(vec![part], all.less(used)), used);
        }
        self.runs.store(0, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        let (mut parts, in_split) = self.split(reduction, all.less(used));
        // The runs that were made to split it are made again.
        used = Budget { runs: 0, steps: used.steps.saturating_add(in_split) };
        if let Some((index, of)) = self.search.shard {
            let mut number = 0;
            parts.retain(|_| {
                number += 1;
                (number - 1) % of == index
            });
        }
        let in_turns = self.go_on_in_turns(&mut parts, all.less(used));
        used = used.and(in_turns);
        (self.found(parts, all.less(used)), used)
    }

    fn has_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// Lets all parts go on, in rounds, until all are over or the budget is used up.
    fn go_on_in_turns(&self, parts: &mut [Part<S::End>], all: Budget) -> Budget {
        let whole = Share::ALL / parts.len().max(1) as u64;
        let mut used = Budget::NONE;
        loop {
            let left = all.less(used);
            let mut open: Vec<&mut Part<S::End>> =
                parts.iter_mut().filter(|part| !part.is_over).collect();
            if open.is_empty() || left.is_used_up() || self.has_stopped() {
                return used;
            }
            let n_open = open.len() as u64;
            let each = Budget {
                runs: (left.runs / n_open).clamp(1, STRETCH.runs),
                steps: (left.steps / n_open).clamp(1, STRETCH.steps),
            };
            let most = (left.runs / each.runs).min(left.steps / each.steps).max(1);
            open.truncate(usize::try_from(most).unwrap_or(usize::MAX));
            let in_round = open
                .par_iter_mut()
                .map(|part| self.go_on(part, each, whole))
                .reduce(|| Budget::NONE, Budget::and);
            used = used.and(in_round);
        }
    }

    /// Splits the search by its first choice points; and how many choice points that took.
    fn split(&self, reduction: Reduction, left: Budget) -> (Vec<Part<S::End>>, u64) {
        let mut depth = 1;
        let mut used = 0_u64;
        loop {
            let Split { parts, is_whole, steps, longest } = self.split_at(reduction, depth);
            used = used.saturating_add(steps);
            let is_dear = used > left.steps / 8;
            let wanted = (KEPT / longest.max(1)).clamp(*PARTS.start(), *PARTS.end());
            let is_enough = parts.len() >= wanted || is_whole || depth >= MAX_SPLIT;
            if is_enough || is_dear || self.has_stopped() {
                return (parts, used);
            }
            depth += 1 + depth / 4;
        }
    }

    fn split_at(&self, reduction: Reduction, depth: usize) -> Split<S::End> {
        let walk = Walk::shallow(reduction, self.bound, depth);
        let walk = Rc::new(RefCell::new(walk.tracking(self.search.counts_schedules)));
        let oracle = Oracle::new(&walk);
        let (mut parts, mut is_whole, mut longest) = (Vec::new(), true, 0);
        loop {
            drop(self.subject.run(&oracle));
            let mut walk = walk.borrow_mut();
            walk.end_run();
            is_whole &= walk.nodes.len() <= depth;
            let is_cut_before = walk.broken == Some(Broken::Cut) && walk.nodes.len() < depth;
            let deep = walk.nodes.len();
            longest = longest.max(deep);
            walk.cut_off(depth);
            if !is_cut_before {
                parts.push(Part::new(walk.behind(depth)));
            }
            self.tell(0, deep, 0);
            if !walk.next_run() || self.has_stopped() {
                return Split { parts, is_whole, steps: walk.passed, longest };
            }
        }
    }

    /// Makes more runs of a part; how many, and how many choice points they passed.
    fn go_on(&self, part: &mut Part<S::End>, budget: Budget, whole: u64) -> Budget {
        let walk = std::mem::replace(&mut part.walk, Walk::new(Reduction::None, None));
        let walk = Rc::new(RefCell::new(walk));
        let oracle = Oracle::new(&walk);
        let passed_before = walk.borrow().passed;
        let mut done_before = walk.borrow().done(whole);
        let mut told_at = passed_before;
        let mut used = Budget::NONE;
        while used.runs < budget.runs && used.steps < budget.steps && !self.has_stopped() {
            let end = self.subject.run(&oracle);
            let mut walk = walk.borrow_mut();
            walk.end_run();
            used = Budget { runs: used.runs + 1, steps: walk.passed - passed_before };
            match walk.broken.take() {
                None => {
                    let run = count(&mut walk, self.subject, self.search.counts_schedules);
                    part.tally.add(end, run);
                }
                Some(Broken::Cut) => part.tally.cut += 1,
                Some(Broken::Differs(message)) => {
                    part.tally.differs = Some(message);
                    part.is_over = true;
                    break;
                }
            }
            let depth = walk.nodes.len();
            if !walk.next_run() {
                part.is_over = true;
            }
            let n = self.runs.fetch_add(1, Ordering::Relaxed);
            let is_long = walk.passed - told_at > TELL_STEPS;
            if n & TELL_MASK == 0 || is_long || part.is_over {
                told_at = walk.passed;
                let done = if part.is_over { whole } else { walk.done(whole) };
                self.done.fetch_add(done.saturating_sub(done_before), Ordering::Relaxed);
                done_before = done_before.max(done);
                self.tell(n + 1, depth, part.tally.rows.len());
            }
            if part.is_over {
                break;
            }
        }
        part.walk = walk.replace(Walk::new(Reduction::None, None));
        used
    }

    fn tell(&self, runs: u64, depth: usize, outcomes: usize) {
        let done = self.done.load(Ordering::Relaxed);
        let outcomes = self.outcomes.fetch_max(outcomes, Ordering::Relaxed).max(outcomes);
        let progress = Progress { runs, depth, outcomes, done, bound: self.bound };
        if (self.watcher)(&progress).is_break() {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }

    fn sample(&self, draw: Draw, runs: u64, all: Budget) -> Found<S::End> {
        let runs = runs.min(all.runs);
        // How long runs are, about: as long as the first one.
        let first = Rc::new(RefCell::new(Walk::new(Reduction::None, None).tracking(false)));
        drop(self.subject.run(&Oracle::new(&first)));
        let length = first.borrow().nodes.iter().filter(|node| node.n_alternatives > 1).count();
        let (index, of) = self.search.shard.unwrap_or((0, 1));
        let mut parts: Vec<Part<S::End>> = (0..runs.div_ceil(DRAWN))
            .filter(|part| part % of as u64 == index as u64)
            .map(|part| {
                let range = part * DRAWN..((part + 1) * DRAWN).min(runs);
                let sampler = Sampler::new(draw, self.search.seed, range, length as u64);
                Part::new(Walk::sampling(sampler).tracking(self.search.counts_schedules))
            })
            .collect();
        let used = self.go_on_in_turns(&mut parts, all);
        self.found(parts, all.less(used))
    }

    /// Puts the results of the parts together; `left` is what is left of the budget.
    fn found(&self, parts: Vec<Part<S::End>>, left: Budget) -> Found<S::End> {
        let mut tally = Tally::default();
        let mut left_out = LeftOut::default();
        let (mut is_over, mut is_sample) = (true, false);
        let whole = Share::ALL / parts.len().max(1) as u64;
        let mut covered = 0;
        for part in parts {
            is_over &= part.is_over;
            is_sample |= part.walk.sampler.is_some();
            covered += if part.is_over { whole } else { part.walk.done(whole) };
            left_out.preemptions |= part.walk.left_out.preemptions;
            left_out.too_long += part.walk.left_out.too_long;
            tally.merge(part.tally);
        }
        let is_open = !is_over && tally.differs.is_none();
        let has_stopped = self.has_stopped();
        let reasons = [
            (tally.differs.is_some(), Incomplete::Differs),
            (is_sample, Incomplete::Drawn),
            (is_open && has_stopped, Incomplete::Stopped),
            (is_open && !has_stopped && left.runs == 0, Incomplete::Runs),
            (is_open && !has_stopped && left.runs > 0, Incomplete::Steps),
            (left_out.preemptions, Incomplete::Preemptions),
            (left_out.too_long > 0, Incomplete::TooLong),
            (self.search.shard.is_some_and(|(_, of)| of > 1), Incomplete::Shard),
        ];
        let incomplete = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, why)| why);
        Found { tally, incomplete: incomplete.collect(), covered, within: None }
    }
}
