//! What lanes are called in lines.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::index::LaneId;
use crate::trace::Lane;

/// So many tasks are still called by name after they ended.
const ENDED_MAX: usize = 1 << 16;

/// The labels of all lanes that may still be referred to.
#[derive(Debug, Default)]
pub(super) struct Labels {
    /// Never iterated.
    by_lane: FxHashMap<LaneId, Box<str>>,
    /// Never iterated.
    taken: FxHashMap<Box<str>, LaneId>,
    ended: VecDeque<LaneId>,
}

impl Labels {
    /// Gives a lane its label.
    pub(super) fn add(&mut self, id: LaneId, lane: &Lane) -> &str {
        let mut label = lane.name();
        while self.taken.contains_key(label.as_str()) {
            label = format!("{label}#{}", id.0);
        }
        let label: Box<str> = label.into();
        self.taken.insert(label.clone(), id);
        self.by_lane.entry(id).or_insert(label)
    }

    /// The label of a lane, if it is still known.
    pub(super) fn get(&self, id: LaneId) -> Option<&str> {
        self.by_lane.get(&id).map(|label| &**label)
    }

    /// Takes note that a lane has no more events of its own.
    pub(super) fn end(&mut self, id: LaneId) {
        self.ended.push_back(id);
        if self.ended.len() > ENDED_MAX
            && let Some(oldest) = self.ended.pop_front()
            && let Some(label) = self.by_lane.remove(&oldest)
        {
            self.taken.remove(&label);
        }
    }
}
