//! Which runs are the same but for the order of steps that do not depend on each other, and how
//! many such orders there are.

use std::collections::BTreeMap;
use std::hash::{Hash as _, Hasher as _};

use rustc_hash::FxHasher;
use smallvec::{SmallVec, smallvec};

use super::node::Node;

/// A number that runs of one class have in common, and hardly any others.
pub(in crate::explore) fn fingerprint(nodes: &[Node]) -> u128 {
    let mut sum = 0_u128;
    for node in nodes.iter().filter(|node| !node.is_value()) {
        let mut hasher = FxHasher::default();
        let step = &node.step;
        (node.actors.get(node.taken), step.number, step.values).hash(&mut hasher);
        let mut preceding = 0_u64;
        // By the actors themselves: their numbers in the search depend on who was met first.
        for other in nodes.iter().filter(|other| !other.is_value()) {
            if step.clock.of(other.step.dense) == other.step.number {
                let mut hasher = FxHasher::default();
                (other.actors.get(other.taken), other.step.number).hash(&mut hasher);
                preceding = preceding.wrapping_add(spread(hasher.finish()));
            }
        }
        preceding.hash(&mut hasher);
        let (high, low) = (spread(hasher.finish()), spread(hasher.finish().rotate_left(17) ^ 1));
        sum = sum.wrapping_add(u128::from(high) << 64 | u128::from(low));
    }
    sum.wrapping_add(u128::from(values_before(nodes)))
}

/// Values taken before the first step.
fn values_before(nodes: &[Node]) -> u64 {
    let mut hasher = FxHasher::default();
    for node in nodes.iter().take_while(|node| node.is_value()) {
        node.taken.hash(&mut hasher);
    }
    spread(hasher.finish())
}

fn spread(hash: u64) -> u64 {
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93) ^ hash
}

/// Notes for each step the values that were taken in it.
pub(in crate::explore) fn note_values(nodes: &mut [Node]) {
    let mut values = 0;
    for node in nodes.iter_mut().rev() {
        if node.is_value() {
            let mut hasher = FxHasher::default();
            (values, node.taken).hash(&mut hasher);
            values = hasher.finish();
        } else {
            node.step.values = std::mem::take(&mut values);
        }
    }
}

/// Beginnings of a run, up to reordering, that are looked at to count its orders.
const MAX_BEGINNINGS: usize = 20_000;

type Beginning = SmallVec<[u32; 8]>;

/// How many orders of the steps of this run there are; `None` if that would take long to count.
///
/// Counts the paths through the beginnings of the run (the steps that are done, for each actor),
/// level by level.
pub(in crate::explore) fn orders(nodes: &[Node]) -> Option<u128> {
    let mut steps: Vec<Vec<&Node>> = Vec::new();
    let mut n_steps = 0_usize;
    for node in nodes.iter().filter(|node| !node.is_value()) {
        if steps.len() <= node.step.dense {
            steps.resize(node.step.dense + 1, Vec::new());
        }
        steps[node.step.dense].push(node);
        n_steps += 1;
    }
    let mut level: BTreeMap<Beginning, u128> = BTreeMap::new();
    level.insert(smallvec![0; steps.len()], 1);
    let mut seen = 1;
    for _ in 0..n_steps {
        let mut next: BTreeMap<Beginning, u128> = BTreeMap::new();
        for (done, count) in &level {
            for (actor, steps) in steps.iter().enumerate() {
                let Some(node) = steps.get(done[actor] as usize) else { continue };
                let clock = &node.step.clock;
                let is_next =
                    (0..done.len()).all(|other| other == actor || clock.of(other) <= done[other]);
                if is_next {
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
