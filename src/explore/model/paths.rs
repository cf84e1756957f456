//! Counting schedules by the states they pass through: what can come of a state is found once.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::state::State;
use super::{End, MAX_STEPS, Model, thread};
use crate::explore::tally::Share;

/// What all schedules of a model come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paths {
    /// For each end: how many schedules lead to it, and which share of the runs of a scheduler that
    /// draws each choice.
    pub ends: BTreeMap<End, (u128, Share)>,
    /// States that were met.
    pub states: usize,
    /// Steps that were made.
    pub steps: u64,
}

/// From a state on.
type Ends = Rc<BTreeMap<End, (u128, Share)>>;

/// Counts the schedules of a model exactly; `None` if there are more than 2¹²⁸, or more than
/// `max_states` states, or runs that are too long.
pub fn paths(model: &Model, max_states: usize) -> Option<Paths> {
    let mut known = FxHashMap::default();
    let mut steps = 0;
    let ends = from(model, State::new(model), &mut known, &mut steps, (max_states, 0))?;
    Some(Paths { ends: (*ends).clone(), states: known.len(), steps })
}

fn from(
    model: &Model,
    state: State,
    known: &mut FxHashMap<State, Ends>,
    steps: &mut u64,
    (max_states, depth): (usize, usize),
) -> Option<Ends> {
    if let Some(ends) = known.get(&state) {
        return Some(Rc::clone(ends));
    }
    if known.len() >= max_states || depth >= MAX_STEPS / 10 {
        return None;
    }
    let actors = state.enabled(model, None);
    let mut ends = BTreeMap::new();
    if actors.is_empty() {
        ends.insert(state.end(model), (1, Share(u128::from(Share::ALL))));
    }
    for actor in &actors {
        let mut next = state.clone();
        next.step(model, thread(*actor), |_| {});
        *steps += 1;
        let behind = from(model, next, known, steps, (max_states, depth + 1))?;
        for (end, (count, share)) in behind.iter() {
            let all: &mut (u128, Share) = ends.entry(end.clone()).or_default();
            all.0 = all.0.checked_add(*count)?;
            all.1.0 += share.0 / actors.len() as u128;
        }
    }
    let ends = Rc::new(ends);
    known.insert(state, Rc::clone(&ends));
    Some(ends)
}
