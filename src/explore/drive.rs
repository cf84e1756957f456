//! Runs a search: one run after the other, then on all cores; within its budget.
//!
//! The result does not depend on how many cores there are: a search that is not over soon is split
//! into parts by its first choice points, always the same ones, and the parts' results are put
//! together in their order.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use rayon::prelude::*;

use super::search::{
    Broken, Draw, LeftOut, Reduction, Sampler, Walk, fingerprint, note_values, orders,
};
use super::subject::{Oracle, Subject};
use super::tally::{Counted, Share, Tally, Witness};
use crate::trace::event::ChoiceKind;

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
    /// Which part of the search, of how many: `(0, 4)` is the first of four.
    pub shard: Option<(usize, usize)>,
    /// Whether the schedules that each run stands for are counted.
    pub counts_schedules: bool,
}

/// Runs of a search that nobody bounded.
pub const USUAL_RUNS: u64 = 1_000_000;

impl Default for Search {
    fn default() -> Self {
        Self {
            strategy: Strategy::default(),
            seed: 0,
            max_runs: USUAL_RUNS,
            shard: None,
            counts_schedules: true,
        }
    }
}

/// Why a search is not complete.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incomplete {
    /// It had made as many runs as it was allowed.
    Runs,
    /// Whoever watches has ended it.
    Stopped,
    /// Schedules with more preemptions were left out.
    Preemptions,
    /// Some runs had too many choice points.
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
}

/// How far a search is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Runs made.
    pub runs: u64,
    /// Choice points of the last run.
    pub depth: usize,
    /// Outcomes in this part of the search.
    pub outcomes: usize,
    /// About how much of the search is done, in parts of [`Share::ALL`].
    pub done: u64,
}

/// Whoever is told how a search goes on, and may end it.
pub type Watcher<'w> = dyn Fn(&Progress) -> ControlFlow<()> + Sync + 'w;

/// Runs made one after the other before a search is split.
const ALONE: u64 = 4_096;
/// Parts that a search is split into, at least, if it can be.
const PARTS: usize = 256;
/// The deepest choice point that a search is split at.
const MAX_SPLIT: usize = 200;
/// Runs of a part between two looks at the budget.
const STRETCH: u64 = 2_048;
/// Runs between two words to the watcher, less one.
const TELL_MASK: u64 = 15;

/// Searches.
pub fn search<S: Subject>(subject: &S, search: &Search, watcher: &Watcher<'_>) -> Found<S::End> {
    let shared = Shared {
        subject,
        search,
        watcher,
        runs: AtomicU64::new(0),
        done: AtomicU64::new(0),
        stopped: AtomicBool::new(false),
    };
    match search.strategy {
        Strategy::Exhaustive { reduction, preemptions } => {
            shared.exhaustive(reduction, preemptions)
        }
        Strategy::Sample { draw, runs } => shared.sample(draw, runs),
    }
}

/// What all parts of a search have in common.
struct Shared<'s, S> {
    subject: &'s S,
    search: &'s Search,
    watcher: &'s Watcher<'s>,
    runs: AtomicU64,
    /// Parts of the whole that are done with, when the search is split.
    done: AtomicU64,
    stopped: AtomicBool,
}

/// A part of a search.
struct Part<E> {
    walk: Walk,
    tally: Tally<E>,
    is_over: bool,
}

impl<S: Subject> Shared<'_, S> {
    fn exhaustive(&self, reduction: Reduction, preemptions: Option<u32>) -> Found<S::End> {
        if self.search.shard.is_none() {
            let walk = Walk::new(reduction, preemptions);
            let mut part = Part { walk, tally: Tally::default(), is_over: false };
            self.go_on(&mut part, ALONE.min(self.search.max_runs), Share::ALL);
            let is_last = self.search.max_runs <= ALONE || self.stopped.load(Ordering::Relaxed);
            if part.is_over || is_last || part.tally.differs.is_some() {
                return self.found(vec![part]);
            }
        }
        self.runs.store(0, Ordering::Relaxed);
        let mut parts = self.split(reduction, preemptions);
        if let Some((index, of)) = self.search.shard {
            let mut number = 0;
            parts.retain(|_| {
                number += 1;
                (number - 1) % of == index
            });
        }
        self.go_on_in_turns(&mut parts);
        self.found(parts)
    }

    /// Lets all parts go on, in rounds, until all are over or the budget is used up.
    fn go_on_in_turns(&self, parts: &mut [Part<S::End>]) {
        let whole = Share::ALL / parts.len().max(1) as u64;
        let mut left = self.search.max_runs;
        loop {
            let mut open: Vec<&mut Part<S::End>> =
                parts.iter_mut().filter(|part| !part.is_over).collect();
            if open.is_empty() || left == 0 || self.stopped.load(Ordering::Relaxed) {
                return;
            }
            let each = (left / open.len() as u64).clamp(1, STRETCH);
            open.truncate(usize::try_from(left / each).unwrap_or(usize::MAX));
            open.par_iter_mut().for_each(|part| self.go_on(part, each, whole));
            left -= each * open.len() as u64;
        }
    }

    /// Splits the search by its first choice points.
    fn split(&self, reduction: Reduction, preemptions: Option<u32>) -> Vec<Part<S::End>> {
        let mut depth = 1;
        loop {
            let (parts, is_whole) = self.split_at(reduction, preemptions, depth);
            if parts.len() >= PARTS || is_whole || depth >= MAX_SPLIT {
                return parts;
            }
            depth += 1;
        }
    }

    /// The parts behind the first choice points, and whether these are all there are.
    fn split_at(
        &self,
        reduction: Reduction,
        preemptions: Option<u32>,
        depth: usize,
    ) -> (Vec<Part<S::End>>, bool) {
        let walk = Rc::new(RefCell::new(Walk::shallow(reduction, preemptions, depth)));
        let oracle = Oracle::new(&walk);
        let (mut parts, mut is_whole) = (Vec::new(), true);
        loop {
            drop(self.subject.run(&oracle));
            let mut walk = walk.borrow_mut();
            walk.end_run();
            is_whole &= walk.nodes.len() <= depth;
            let is_cut_before = walk.broken == Some(Broken::Cut) && walk.nodes.len() < depth;
            walk.cut_off(depth);
            if !is_cut_before {
                let part = walk.behind(depth);
                parts.push(Part { walk: part, tally: Tally::default(), is_over: false });
            }
            if !walk.next_run() {
                return (parts, is_whole);
            }
        }
    }

    /// Makes more runs of a part.
    fn go_on(&self, part: &mut Part<S::End>, runs: u64, whole: u64) {
        let walk = std::mem::replace(&mut part.walk, Walk::new(Reduction::None, None));
        let walk = Rc::new(RefCell::new(walk));
        let oracle = Oracle::new(&walk);
        let mut done_before = 0;
        for _ in 0..runs {
            if self.stopped.load(Ordering::Relaxed) {
                break;
            }
            let end = self.subject.run(&oracle);
            let mut walk = walk.borrow_mut();
            walk.end_run();
            match walk.broken.take() {
                None => self.count(&mut walk, end, &mut part.tally),
                Some(Broken::Cut) => part.tally.cut += 1,
                Some(Broken::TooLong) => {}
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
            if n & TELL_MASK == 0 || part.is_over {
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
    }

    fn tell(&self, runs: u64, depth: usize, outcomes: usize) {
        let done = self.done.load(Ordering::Relaxed);
        if (self.watcher)(&Progress { runs, depth, outcomes, done }).is_break() {
            self.stopped.store(true, Ordering::Relaxed);
        }
    }

    fn count(&self, walk: &mut Walk, end: S::End, tally: &mut Tally<S::End>) {
        let is_drawn = walk.sampler.is_some();
        let every_one = walk.runs_every_schedule();
        let wants_class = (is_drawn || every_one) && self.search.counts_schedules;
        if wants_class {
            note_values(&mut walk.nodes);
        }
        let nodes = &walk.nodes;
        let mut share = u128::from(Share::ALL);
        let (mut choices, mut length) = (Vec::new(), 0);
        for node in nodes {
            length += 1;
            if node.n_alternatives > 1 {
                choices.push(u32::try_from(node.taken).unwrap_or(u32::MAX));
                share /= node.n_alternatives as u128;
            }
        }
        let has_threads = || nodes.iter().any(|node| node.kind == Some(ChoiceKind::Thread));
        let can_count =
            self.search.counts_schedules && (self.subject.has_exact_steps() || !has_threads());
        let schedules = match (is_drawn || every_one, can_count) {
            (true, _) => Some(1),
            (false, true) => orders(nodes),
            (false, false) => None,
        };
        let departures = nodes.last().map_or(0, |node| node.cost_after());
        let run = Counted {
            schedules,
            share: if is_drawn { Share(1) } else { Share(share) },
            class: wants_class.then(|| fingerprint(nodes)),
            witness: Witness { departures, length, choices },
        };
        tally.add(end, run);
    }

    fn sample(&self, draw: Draw, runs: u64) -> Found<S::End> {
        let runs = runs.min(self.search.max_runs);
        // How long runs are, about: as long as the first one.
        let first = Rc::new(RefCell::new(Walk::new(Reduction::None, None)));
        drop(self.subject.run(&Oracle::new(&first)));
        let length = first.borrow().nodes.iter().filter(|node| node.n_alternatives > 1).count();
        let (index, of) = self.search.shard.unwrap_or((0, 1));
        let n_parts = runs.div_ceil(STRETCH);
        let mut parts: Vec<Part<S::End>> = (0..n_parts)
            .filter(|part| part % of as u64 == index as u64)
            .map(|part| {
                let range = part * STRETCH..((part + 1) * STRETCH).min(runs);
                let sampler = Sampler::new(draw, self.search.seed, range, length as u64);
                let walk = Walk::sampling(sampler);
                Part { walk, tally: Tally::default(), is_over: false }
            })
            .collect();
        self.go_on_in_turns(&mut parts);
        self.found(parts)
    }

    /// Puts the results of the parts together.
    fn found(&self, parts: Vec<Part<S::End>>) -> Found<S::End> {
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
        let reasons = [
            (tally.differs.is_some(), Incomplete::Differs),
            (is_sample, Incomplete::Drawn),
            (!is_over && self.stopped.load(Ordering::Relaxed), Incomplete::Stopped),
            (!is_over && !self.stopped.load(Ordering::Relaxed), Incomplete::Runs),
            (left_out.preemptions, Incomplete::Preemptions),
            (left_out.too_long > 0, Incomplete::TooLong),
            (self.search.shard.is_some_and(|(_, of)| of > 1), Incomplete::Shard),
        ];
        let incomplete = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, why)| why);
        Found { tally, incomplete: incomplete.collect(), covered }
    }
}
