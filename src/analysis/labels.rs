//! What lanes are called, for eyes.

use std::collections::BTreeMap;

use crate::index::LaneId;
use crate::trace::{Lane, Trace};

/// A name for each lane of a trace, different from all others.
///
/// A task without a name of its own goes by its coroutine, not by asyncio's `Task-7`: that number
/// would change with every task that is created earlier, and says nothing. Lanes that would be
/// called the same are counted: `fetch#1`, `fetch#2`.
#[derive(Clone, Debug)]
pub struct Labels {
    labels: Vec<String>,
}

impl Labels {
    /// The labels of a trace's lanes.
    pub fn of(trace: &Trace) -> Self {
        let bases: Vec<String> = trace.lanes().iter().map(base).collect();
        let mut n_lanes: BTreeMap<&str, usize> = BTreeMap::new();
        for base in &bases {
            *n_lanes.entry(base).or_default() += 1;
        }
        let mut n_seen: BTreeMap<&str, usize> = BTreeMap::new();
        let labels = bases
            .iter()
            .map(|base| {
                let number = n_seen.entry(base).or_default();
                *number += 1;
                let alone = n_lanes.get(base.as_str()) == Some(&1);
                if alone { base.clone() } else { format!("{base}#{number}") }
            })
            .collect();
        Self { labels }
    }

    /// The label of a lane.
    pub fn get(&self, lane: LaneId) -> &str {
        self.labels.get(lane.index()).map_or("?", String::as_str)
    }
}

fn base(lane: &Lane) -> String {
    if lane.name.is_none() && !lane.runs.is_empty() {
        // The name may be a path or a call: what it is called by is enough.
        return lane.runs.split('(').next().unwrap_or_default().to_owned();
    }
    lane.name()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Header, LaneKind, Outcome};

    #[test]
    fn lanes_go_by_name_or_coroutine_and_are_counted_when_alike() {
        let lanes = vec![
            Lane::numbered(LaneKind::Loop, 0),
            Lane::numbered(LaneKind::Task, 1).running("main"),
            Lane::numbered(LaneKind::Task, 2).running("fetch"),
            Lane::named(LaneKind::Task, "writer").running("fetch"),
            Lane::numbered(LaneKind::Task, 4).running("fetch"),
            Lane::numbered(LaneKind::Worker, 0),
        ];
        let outcome = Outcome::Interrupted;
        let trace = Trace::from_records(Header::default(), lanes, vec![], &[], Some(outcome));
        let labels = Labels::of(&trace);
        let all: Vec<_> = (0..7).map(|lane| labels.get(LaneId(lane))).collect();
        assert_eq!(all, ["loop", "main", "fetch#1", "writer", "fetch#2", "worker-0", "?"]);
    }
}
