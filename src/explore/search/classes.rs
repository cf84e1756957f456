//! Which runs are the same but for the order of steps that do not depend on each other, and how
//! many such orders there are.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use smallvec::{SmallVec, smallvec};

use super::node::{Clock, Node, Step};
use crate::executor::{Access, Actor, Mode, PROGRAM};

/// Mixes the bits of a number.
fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ hash
}

fn hash_of(what: impl std::hash::Hash) -> u64 {
    let mut hasher = FxHasher::default();
    what.hash(&mut hasher);
    spread(hasher.finish())
}

/// What a clock is known by. Actors go by themselves: their numbers in the search depend on who was
/// met first.
fn mark_of_clock(actors: &[Actor], clock: &Clock) -> u64 {
    let marks = actors.iter().enumerate().map(|(dense, actor)| (actor, clock.of(dense)));
    let marks = marks.filter(|(_, steps)| *steps > 0).map(hash_of);
    marks.fold(0, u64::wrapping_add)
}

/// What a step is known by: whose it is, which of theirs, and what comes before it.
pub(super) fn mark_of_step(actors: &[Actor], step: &Step) -> u64 {
    let before = mark_of_clock(actors, &step.clock);
    hash_of((actors.get(step.dense), step.number, before))
}

/// What a value is known by that was taken in a step.
pub(super) fn mark_of_value(step: Option<&Node>, nth: usize, value: &Node) -> u64 {
    let step = step.map(|node| (node.actors.get(node.taken), node.step.number));
    hash_of((step, nth, value.taken))
}

/// A step of a run, when what its actor only tried is left out.
struct Event {
    dense: usize,
    number: u32,
    clock: Clock,
    values: u64,
    /// The shared things it uses.
    uses: SmallVec<[Access; 4]>,
    /// When it comes is up to the loop.
    is_of_answers: bool,
}

/// What has been used so far, and by whom: what a later use comes after.
#[derive(Default)]
struct Used {
    reads: Clock,
    releases: Clock,
    others: Clock,
}

/// The steps of a run. Where somebody had to wait for something that was taken, the attempt is left
/// out: that they tried makes no difference, and the step in which they got it is there as well.
fn events(nodes: &[Node]) -> Vec<Event> {
    let mut used: FxHashMap<u64, Used> = FxHashMap::default();
    let mut last: Vec<Clock> = Vec::new();
    let mut of_node: Vec<Option<usize>> = vec![None; nodes.len()];
    let mut events: Vec<Event> = Vec::new();
    for (index, node) in nodes.iter().enumerate().filter(|(_, node)| !node.is_value()) {
        let step = &node.step;
        if last.len() <= step.dense {
            last.resize(step.dense + 1, Clock::default());
        }
        let mut clock = last[step.dense].clone();
        if let Some(cause) = step.cause.and_then(|cause| of_node.get(cause).copied().flatten()) {
            clock.join(&events[cause].clock);
        }
        let kept = step.accesses.iter().filter(|a| !(step.waited && a.mode == Mode::Acquire));
        let uses: SmallVec<[Access; 4]> = kept.copied().collect();
        for access in &uses {
            let Some(used) = used.get(&access.object) else { continue };
            clock.join(&used.others);
            if access.mode != Mode::Read {
                clock.join(&used.reads);
            }
            if !matches!(access.mode, Mode::Release | Mode::Part) {
                clock.join(&used.releases);
            }
        }
        let is_vain = |used: &Access| used.object == PROGRAM && used.mode == Mode::Read;
        if step.waited && uses.iter().all(is_vain) {
            last[step.dense] = clock;
            continue;
        }
        let number = clock.of(step.dense) + 1;
        clock.set(step.dense, number);
        for access in &uses {
            let used = used.entry(access.object).or_default();
            match access.mode {
                Mode::Read => used.reads.join(&clock),
                Mode::Release | Mode::Part => used.releases.join(&clock),
                Mode::Write | Mode::Acquire => used.others.join(&clock),
            }
        }
        last[step.dense].clone_from(&clock);
        of_node[index] = Some(events.len());
        events.push(Event {
            dense: step.dense,
            number,
            clock,
            values: step.values,
            uses,
            is_of_answers: node.is_of_answers(),
        });
    }
    events
}

/// A number that runs of one class have in common, and hardly any others.
pub(in crate::explore) fn fingerprint(nodes: &[Node], actors: &[Actor]) -> u128 {
    let mut sum = u128::from(values_before(nodes)).wrapping_add(mark_of_answers(nodes));
    for event in events(nodes).into_iter().filter(|e| !e.is_of_answers || e.values != 0) {
        let actor = actors.get(event.dense);
        // What follows from answers is told by their order.
        let before = if event.is_of_answers { 0 } else { mark_of_clock(actors, &event.clock) };
        let mark = (actor, event.number, event.values, before);
        let (high, low) = (hash_of((1_u8, mark)), hash_of((2_u8, mark)));
        sum = sum.wrapping_add(u128::from(high) << 64 | u128::from(low));
    }
    sum
}

/// What the order of the answers is known by, where it makes a difference.
fn mark_of_answers(nodes: &[Node]) -> u128 {
    let pairs: BTreeSet<(u32, u32)> =
        nodes.iter().flat_map(|node| node.step.answers.iter().copied()).collect();
    // Whoever comes before somebody comes before all that come after him.
    let mut before: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for (first, second) in pairs {
        let mut all = before.get(&first).cloned().unwrap_or_default();
        all.insert(first);
        before.entry(second).or_default().extend(all);
    }
    let actor = |index: u32| {
        let node = &nodes[index as usize];
        node.actors.get(node.taken).copied()
    };
    let mut sum = 0_u128;
    for (second, firsts) in &before {
        for first in firsts {
            let (first, second) = (actor(*first), actor(*second));
            let (high, low) = (hash_of((3_u8, first, second)), hash_of((4_u8, first, second)));
            sum = sum.wrapping_add(u128::from(high) << 64 | u128::from(low));
        }
    }
    sum
}

/// Values taken before the first step.
fn values_before(nodes: &[Node]) -> u64 {
    let values: SmallVec<[usize; 8]> =
        nodes.iter().take_while(|node| node.is_value()).map(|node| node.taken).collect();
    hash_of(&values[..])
}

/// Notes for each step the values that were taken in it.
pub(in crate::explore) fn note_values(nodes: &mut [Node]) {
    let mut values = 0;
    for node in nodes.iter_mut().rev() {
        if node.is_value() {
            values = hash_of((values, node.taken));
        } else {
            node.step.values = std::mem::take(&mut values);
        }
    }
}

/// Which steps are counted when orders are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::explore) enum Steps {
    /// All.
    All,
    /// Those that use something which others use too, where the order can make a difference.
    Racing,
}

/// Beginnings of a run, up to reordering, that are looked at to count its orders.
const MAX_BEGINNINGS: usize = 20_000;
/// Answers of one instant whose orders are counted.
const MAX_ANSWERS: usize = 16;

type Beginning = SmallVec<[u32; 8]>;

/// How many orders of the steps of this run there are; `None` if that would take long to count.
pub(in crate::explore) fn orders(nodes: &[Node], which: Steps) -> Option<u128> {
    orders_of_answers(nodes)?.checked_mul(orders_of_steps(nodes, which)?)
}

/// Counts the orders of the answers from outside: those of each instant by themselves.
fn orders_of_answers(nodes: &[Node]) -> Option<u128> {
    let is_choice = |node: &Node| node.is_of_answers() && node.n_alternatives > 1;
    let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
    if !nodes.iter().any(is_choice) {
        return Some(1);
    }
    pairs.extend(nodes.iter().flat_map(|node| node.step.answers.iter().copied()));
    let mut all = 1_u128;
    let mut index = 0;
    while index < nodes.len() {
        if !is_choice(&nodes[index]) {
            index += 1;
            continue;
        }
        let group = answers_of_instant(nodes, index);
        index = group.last().map_or(index, |last| *last) + 1;
        all = all.checked_mul(linear_extensions(&group, &pairs)?)?;
    }
    Some(all)
}

/// The nodes of the answers that come at the instant of that one.
fn answers_of_instant(nodes: &[Node], first: usize) -> Vec<usize> {
    let answers = &nodes[first].actors;
    let is_one = |index: &usize| {
        let node = &nodes[*index];
        node.origin.is_some_and(|origin| origin as usize == *index)
            && node.actors.get(node.taken).is_some_and(|actor| answers.contains(actor))
    };
    (first..nodes.len()).filter(is_one).take(answers.len()).collect()
}

/// Orders of some things of which some must come before others.
fn linear_extensions(group: &[usize], pairs: &BTreeSet<(u32, u32)>) -> Option<u128> {
    let n = group.len();
    if n > MAX_ANSWERS {
        return (pairs.is_empty()).then(|| (1..=n as u128).try_fold(1, u128::checked_mul))?;
    }
    let number = |index: usize| u32::try_from(group[index]).unwrap_or(u32::MAX);
    let before: Vec<usize> = (0..n)
        .map(|later| {
            let comes_first = |first: &usize| pairs.contains(&(number(*first), number(later)));
            (0..n).filter(comes_first).fold(0, |set, first| set | 1 << first)
        })
        .collect();
    let mut ways = vec![0_u128; 1 << n];
    ways[0] = 1;
    for done in 0..1_usize << n {
        if ways[done] == 0 {
            continue;
        }
        for next in (0..n).filter(|next| done & 1 << next == 0) {
            if before[next] & !done == 0 {
                let ways_here = ways[done];
                let there = &mut ways[done | 1 << next];
                *there = there.checked_add(ways_here)?;
            }
        }
    }
    ways.last().copied()
}

/// The shared things that several use, where the order can make a difference.
fn racing(nodes: &[Node]) -> FxHashSet<u64> {
    let mut known: FxHashMap<u64, SmallVec<[(usize, Mode); 4]>> = FxHashMap::default();
    let mut racing = FxHashSet::default();
    for step in nodes.iter().filter(|node| !node.is_value()).map(|node| &node.step) {
        for used in &step.accesses {
            let others = known.entry(used.object).or_default();
            let races = |(dense, mode): &(usize, Mode)| {
                *dense != step.dense && used.races_with(Access { mode: *mode, ..*used })
            };
            if others.iter().any(races) {
                racing.insert(used.object);
            }
            if !others.contains(&(step.dense, used.mode)) {
                others.push((step.dense, used.mode));
            }
        }
    }
    racing
}

/// Counts the paths through the beginnings of the run (the steps that are done, for each actor),
/// level by level.
fn orders_of_steps(nodes: &[Node], which: Steps) -> Option<u128> {
    let events = events(nodes);
    let racing = if which == Steps::All { FxHashSet::default() } else { racing(nodes) };
    let is_counted = |event: &Event| {
        !event.is_of_answers
            && (which == Steps::All || event.uses.iter().any(|used| racing.contains(&used.object)))
    };
    // For each actor, the steps that are counted, by their numbers and what comes before them.
    let mut steps: Vec<Vec<(u32, Clock)>> = Vec::new();
    let mut n_steps = 0_usize;
    for event in events.into_iter().filter(is_counted) {
        if steps.len() <= event.dense {
            steps.resize(event.dense + 1, Vec::new());
        }
        steps[event.dense].push((event.number, event.clock));
        n_steps += 1;
    }
    let mut level: BTreeMap<Beginning, u128> = BTreeMap::new();
    level.insert(smallvec![0; steps.len()], 1);
    let mut seen = 1;
    for _ in 0..n_steps {
        let mut next: BTreeMap<Beginning, u128> = BTreeMap::new();
        for (done, count) in &level {
            for (actor, own) in steps.iter().enumerate() {
                let Some((_, clock)) = own.get(done[actor] as usize) else { continue };
                // The first step of another that is not done must not come before this one.
                let is_free = |other: usize| {
                    let first = steps[other].get(done[other] as usize);
                    other == actor || first.is_none_or(|(number, _)| clock.of(other) < *number)
                };
                if (0..done.len()).all(is_free) {
                    let mut done = done.clone();
                    done[actor] += 1;
                    let paths = next.entry(done).or_insert(0);
                    *paths = paths.checked_add(*count)?;
                }
            }
        }
        seen += next.len();
        if seen > MAX_BEGINNINGS {
            return None;
        }
        level = next;
    }
    level.into_values().next()
}
