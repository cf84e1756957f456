//! The order of lanes: the loop, tasks below who created them, pools with their workers, threads.

use crate::index::LaneId;
use crate::trace::{LaneKind, Trace};

/// A lane's place in the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) lane: LaneId,
    /// How many are above it.
    pub(crate) depth: u16,
    /// How many lanes right behind it are below it.
    pub(crate) n_below: u32,
    /// Whether it is the last one below its parent.
    pub(crate) is_last: bool,
}

/// A forest written down in the order of its rows.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub(crate) places: Vec<Place>,
    /// By lane: its index in `places`.
    row_of: Vec<u32>,
}

/// Deeper ones are drawn as deep as this.
const MAX_DEPTH: u16 = 6;

impl Tree {
    /// The tree of a trace's lanes. A parent has a smaller number than its children, so there are
    /// no rings.
    pub(crate) fn new(trace: &Trace, parents: &[Option<LaneId>]) -> Self {
        let lanes = trace.lanes();
        // Whose children are drawn below it: tasks below tasks, workers below pools.
        let parent = |index: usize| {
            let parent = parents.get(index).copied().flatten()?;
            let above = lanes.get(parent.index())?.kind;
            let own = lanes[index].kind;
            let fits = match own {
                LaneKind::Task => above == LaneKind::Task,
                LaneKind::Worker => above == LaneKind::Pool,
                _ => false,
            };
            fits.then_some(parent)
        };
        let mut children: Vec<Vec<u32>> = vec![Vec::new(); lanes.len()];
        let mut roots: Vec<u32> = Vec::new();
        for index in 0..lanes.len() {
            let id = LaneId::from_index(index).0;
            match parent(index) {
                Some(parent) => children[parent.index()].push(id),
                None => roots.push(id),
            }
        }
        roots.sort_by_key(|root| rank(lanes[*root as usize].kind));
        let mut tree =
            Self { places: Vec::with_capacity(lanes.len()), row_of: vec![0; lanes.len()] };
        // What is open: a lane, its depth, whether it is the last of its siblings.
        let mut open: Vec<(u32, u16, bool)> = roots.iter().rev().map(|id| (*id, 0, true)).collect();
        while let Some((id, depth, is_last)) = open.pop() {
            tree.row_of[id as usize] = LaneId::from_index(tree.places.len()).0;
            tree.places.push(Place { lane: LaneId(id), depth, n_below: 0, is_last });
            let below = &children[id as usize];
            let last = below.len();
            open.extend(
                below
                    .iter()
                    .enumerate()
                    .rev()
                    .map(|(index, child)| (*child, (depth + 1).min(MAX_DEPTH), index + 1 == last)),
            );
        }
        // From behind, so that what is below a child is known before it is added to its parent.
        for index in (0..lanes.len()).rev() {
            if let Some(parent) = parent(index) {
                let below = tree.places[tree.row_of[index] as usize].n_below;
                tree.places[tree.row_of[parent.index()] as usize].n_below += below + 1;
            }
        }
        tree
    }

    /// The index in `places` of a lane.
    pub(crate) fn row_of(&self, lane: LaneId) -> Option<usize> {
        self.row_of.get(lane.index()).map(|row| *row as usize)
    }
}

/// What stands above what.
const fn rank(kind: LaneKind) -> u8 {
    match kind {
        LaneKind::Loop => 0,
        LaneKind::Task => 1,
        LaneKind::Thread => 2,
        LaneKind::Pool | LaneKind::Worker => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::{Header, Lane, Outcome};

    #[test]
    fn children_come_below_their_parents() {
        use LaneKind::{Loop, Pool, Task, Worker};
        let lane = |kind, name: &str| Lane::named(kind, name);
        let lanes = vec![
            lane(Loop, "loop"),
            lane(Task, "main"),
            lane(Pool, "pool"),
            lane(Task, "a"),
            lane(Worker, "w0"),
            lane(Task, "b"),
            lane(Task, "a1"),
        ];
        let parents = [None, Some(0), None, Some(1), Some(2), Some(1), Some(3)];
        let parents: Vec<_> = parents.iter().map(|parent| parent.map(LaneId)).collect();
        let trace =
            Trace::from_records(Header::default(), lanes, vec![], &[], Some(Outcome::Interrupted));
        let tree = Tree::new(&trace, &parents);
        let rows: Vec<_> = tree
            .places
            .iter()
            .map(|place| (trace.lane_name(place.lane), place.depth, place.n_below, place.is_last))
            .collect();
        let row = |name: &str, depth, below, last| (name.to_owned(), depth, below, last);
        assert_eq!(
            rows,
            [
                row("loop", 0, 0, true),
                row("main", 0, 3, true),
                row("a", 1, 1, false),
                row("a1", 2, 0, true),
                row("b", 1, 0, true),
                row("pool", 0, 1, true),
                row("w0", 1, 0, true),
            ]
        );
        assert_eq!(tree.row_of(LaneId(6)), Some(3));
    }
}
