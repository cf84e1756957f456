//! What comes before what in a run, and which races tell that another order must be tried.
//!
//! Source: Abdulla, Aronsson, Jonsson, Sagonas, "Optimal Dynamic Partial Order Reduction" (POPL
//! 2014): source sets. A step that was blocked counts as a step for its races, so that the two
//! orders of taking a lock are found. That an unlock comes before a lock is no race: whoever wants
//! the lock could not have had it before.

use smallvec::SmallVec;

use super::bits::Bits;
use super::node::{Accesses, Clock, Node, depend, race};
use crate::executor::Actor;

/// A step that is looked at against those before it.
pub(super) struct Later<'l> {
    pub(super) actor: Actor,
    pub(super) dense: usize,
    pub(super) accesses: &'l Accesses,
    /// What comes before its actor's step before.
    pub(super) before: Clock,
}

/// Goes back over the steps: the clock that the later step gets, and the nodes of the steps it
/// races with, the latest first.
pub(super) fn look_back(nodes: &[Node], later: &Later<'_>) -> (Clock, SmallVec<[usize; 4]>) {
    let mut clock = later.before.clone();
    // As `clock`, but without what only comes before because something was given back.
    let mut ordered = later.before.clone();
    let mut races = SmallVec::new();
    for (index, node) in nodes.iter().enumerate().rev() {
        let step = &node.step;
        if node.is_value() || step.dense == later.dense || ordered.of(step.dense) >= step.number {
            continue;
        }
        if !depend(&step.accesses, later.accesses) {
            continue;
        }
        if race(&step.accesses, later.accesses) {
            races.push(index);
            ordered.join(&step.clock);
        }
        clock.join(&step.clock);
    }
    (clock, races)
}

/// Sees to it that the order in which `later` comes before the step at `index` is tried.
pub(super) fn try_before(nodes: &mut [Node], index: usize, later: &Later<'_>) {
    let initials = initials(nodes, index, later);
    let node = &mut nodes[index];
    let alternatives: SmallVec<[usize; 4]> =
        initials.iter().filter_map(|actor| node.alternative(*actor)).collect();
    if alternatives.iter().any(|alternative| node.todo.has(*alternative)) {
        return;
    }
    // The later actor itself, if it can: then what is tried next is nearest to the race.
    let wanted = node.alternative(later.actor).filter(|own| alternatives.contains(own));
    match wanted.or(alternatives.first().copied()) {
        Some(alternative) => node.todo.add(alternative),
        // It could not go on there: whoever makes that possible must be among the others.
        None => node.todo = Bits::all(node.n_alternatives),
    }
}

/// Whose step can come first if the step at `index` is put off behind all that does not need it,
/// and then the later one comes.
fn initials(nodes: &[Node], index: usize, later: &Later<'_>) -> SmallVec<[Actor; 4]> {
    let first = &nodes[index].step;
    let mut kept: SmallVec<[&Node; 16]> = SmallVec::new();
    let mut initials: SmallVec<[Actor; 4]> = SmallVec::new();
    for node in &nodes[index + 1..] {
        if node.is_value() || node.step.clock.of(first.dense) >= first.number {
            continue;
        }
        let needs = |other: &&Node| node.step.clock.of(other.step.dense) >= other.step.number;
        if !kept.iter().any(needs) {
            initials.extend(node.actors.get(node.taken).copied());
        }
        kept.push(node);
    }
    let needs = |other: &&Node| {
        other.step.dense == later.dense || depend(&other.step.accesses, later.accesses)
    };
    if !kept.iter().any(needs) {
        initials.push(later.actor);
    }
    initials
}
