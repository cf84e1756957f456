//! What comes before what in a run, and which races tell that another order must be tried.
//!
//! Source: Abdulla, Aronsson, Jonsson, Sagonas, "Optimal Dynamic Partial Order Reduction" (POPL
//! 2014): source sets. A step that was blocked counts as a step for its races, so that the two
//! orders of taking a lock are found. That an unlock comes before a lock is no race: whoever wants
//! the lock could not have had it before.

use smallvec::SmallVec;

use super::bits::Bits;
use super::node::{Accesses, Clock, Node, depend};
use super::uses::Uses;
use crate::executor::{Actor, Mode};

/// A step that is looked at against those before it.
pub(super) struct Later<'l> {
    pub(super) actor: Actor,
    pub(super) dense: usize,
    pub(super) accesses: &'l Accesses,
    /// What comes before its actor's step before.
    pub(super) before: Clock,
}

/// What is found by looking back from a step.
pub(super) struct Found {
    /// What comes before it.
    pub(super) clock: Clock,
    /// The nodes of the steps it races with, the latest first.
    pub(super) races: SmallVec<[usize; 4]>,
}

/// Goes back over the uses of what the later step uses.
pub(super) fn look_back(nodes: &[Node], uses: &Uses, later: &Later<'_>) -> Found {
    let mut clock = later.before.clone();
    // As `clock`, but without what only comes before because something was given back.
    let mut ordered = later.before.clone();
    let mut races: SmallVec<[usize; 4]> = SmallVec::new();
    let starts = later.accesses.iter().filter_map(|access| {
        let at = uses.latest(*access)?;
        Some((at, *access))
    });
    let mut cursors: SmallVec<[(u32, crate::executor::Access); 8]> = starts.collect();
    while let Some(index) = (0..cursors.len()).max_by_key(|index| cursors[*index].0) {
        let (at, access) = cursors[index];
        let used = uses.get(at);
        let node = used.node as usize;
        let step = &nodes[node].step;
        let is_own = step.dense == later.dense;
        if !is_own && ordered.of(step.dense) < step.number && access.depends_on(used.access()) {
            clock.join(&step.clock);
            if access.races_with(used.access()) {
                races.push(node);
                ordered.join(&step.clock);
            }
        }
        // All that came before such a use comes before it.
        let covers = matches!(used.mode, Mode::Write | Mode::Acquire)
            && (is_own || ordered.of(step.dense) >= step.number);
        match uses.before(at, access.mode).filter(|_| !covers) {
            Some(before) => cursors[index].0 = before,
            None => {
                cursors.swap_remove(index);
            }
        }
    }
    Found { clock, races }
}

/// Sees to it that the order in which `later` comes before the step at `index` is tried.
pub(super) fn try_before(nodes: &mut [Node], index: usize, later: &Later<'_>) {
    let node = &nodes[index];
    if node.todo.len() == node.n_alternatives {
        return;
    }
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
    // The first step that is kept, of each actor.
    let mut kept: SmallVec<[(usize, u32); 8]> = SmallVec::new();
    let mut initials: SmallVec<[Actor; 4]> = SmallVec::new();
    let mut later_needs = false;
    for node in &nodes[index + 1..] {
        let step = &node.step;
        if node.is_value() || step.clock.of(first.dense) >= first.number {
            continue;
        }
        if !kept.iter().any(|(dense, number)| step.clock.of(*dense) >= *number) {
            initials.extend(node.actors.get(node.taken).copied());
        }
        if !kept.iter().any(|(dense, _)| *dense == step.dense) {
            kept.push((step.dense, step.number));
        }
        later_needs |= step.dense == later.dense || depend(&step.accesses, later.accesses);
    }
    if !later_needs {
        initials.push(later.actor);
    }
    initials
}
