//! The traits of `petgraph::visit`, over the arrays of a [`TraceGraph`].

use std::iter::FusedIterator;
use std::ops::Range;
use std::slice;

use petgraph::Directed;
use petgraph::Direction;
use petgraph::visit::{
    Data, EdgeCount, EdgeRef, GraphBase, GraphProp, IntoEdgeReferences, IntoEdges,
    IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    IntoNodeReferences, NodeCompactIndexable, NodeCount, NodeIndexable, NodeRef, VisitMap,
    Visitable,
};

use super::{Edge, TraceGraph};
use crate::index::EventId;
use crate::trace::Event;

/// An edge, by the event it leads to: that has at most one of each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId {
    /// Where it leads to.
    pub target: EventId,
    /// Which of the two it is.
    pub edge: Edge,
}

/// An edge with both ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceEdge {
    source: EventId,
    target: EventId,
    edge: Edge,
}

impl EdgeRef for TraceEdge {
    type NodeId = EventId;
    type EdgeId = EdgeId;
    type Weight = Edge;

    fn source(&self) -> EventId {
        self.source
    }

    fn target(&self) -> EventId {
        self.target
    }

    fn weight(&self) -> &Edge {
        &self.edge
    }

    fn id(&self) -> EdgeId {
        EdgeId { target: self.target, edge: self.edge }
    }
}

/// The edges that leave an event, or those that reach it.
#[derive(Clone, Debug)]
pub struct Edges<'g> {
    event: EventId,
    direction: Direction,
    /// The other end of the edge of the lane.
    lane: Option<EventId>,
    cause: Option<EventId>,
    effects: slice::Iter<'g, EventId>,
}

impl<'g> Edges<'g> {
    fn new(graph: &'g TraceGraph<'_>, event: EventId, direction: Direction) -> Self {
        let (lane, cause, effects) = match direction {
            Direction::Outgoing => (graph.lane_successor(event), None, graph.effects_of(event)),
            Direction::Incoming => (graph.lane_predecessor(event), graph.cause(event), &[][..]),
        };
        Self { event, direction, lane, cause, effects: effects.iter() }
    }
}

impl Iterator for Edges<'_> {
    type Item = TraceEdge;

    fn next(&mut self) -> Option<TraceEdge> {
        let (edge, other) = match self.lane.take() {
            Some(other) => (Edge::Lane, other),
            None => (Edge::Cause, self.cause.take().or_else(|| self.effects.next().copied())?),
        };
        Some(match self.direction {
            Direction::Outgoing => TraceEdge { source: self.event, target: other, edge },
            Direction::Incoming => TraceEdge { source: other, target: self.event, edge },
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let ones = usize::from(self.lane.is_some()) + usize::from(self.cause.is_some());
        let n_left = self.effects.len() + ones;
        (n_left, Some(n_left))
    }
}

impl ExactSizeIterator for Edges<'_> {}
impl FusedIterator for Edges<'_> {}

/// The other ends of some [`Edges`].
#[derive(Clone, Debug)]
pub struct Neighbors<'g>(Edges<'g>);

impl Iterator for Neighbors<'_> {
    type Item = EventId;

    fn next(&mut self) -> Option<EventId> {
        let edge = self.0.next()?;
        Some(match self.0.direction {
            Direction::Outgoing => edge.target,
            Direction::Incoming => edge.source,
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Neighbors<'_> {}
impl FusedIterator for Neighbors<'_> {}

/// All edges, in the order of the events they lead to.
#[derive(Clone, Debug)]
pub struct EdgeReferences<'g> {
    graph: &'g TraceGraph<'g>,
    events: Range<usize>,
    edges: Option<Edges<'g>>,
}

impl Iterator for EdgeReferences<'_> {
    type Item = TraceEdge;

    fn next(&mut self) -> Option<TraceEdge> {
        loop {
            if let Some(edge) = self.edges.as_mut().and_then(Iterator::next) {
                return Some(edge);
            }
            let event = EventId::from_index(self.events.next()?);
            self.edges = Some(Edges::new(self.graph, event, Direction::Incoming));
        }
    }
}

/// An event as a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NodeReference {
    event: Event,
}

impl NodeRef for NodeReference {
    type NodeId = EventId;
    type Weight = Event;

    fn id(&self) -> EventId {
        self.event.id
    }

    fn weight(&self) -> &Event {
        &self.event
    }
}

/// All events with their numbers. They are unpacked as they are asked for.
#[derive(Clone, Debug)]
pub struct NodeReferences<'g> {
    graph: &'g TraceGraph<'g>,
    events: Range<usize>,
}

impl Iterator for NodeReferences<'_> {
    type Item = NodeReference;

    fn next(&mut self) -> Option<NodeReference> {
        let event = self.graph.trace().event(EventId::from_index(self.events.next()?))?;
        Some(NodeReference { event })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.events.size_hint()
    }
}

/// Which events an algorithm has visited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Visited {
    words: Vec<u64>,
}

impl Visited {
    fn place(event: EventId) -> (usize, u64) {
        (event.index() / 64, 1 << (event.index() % 64))
    }
}

impl VisitMap<EventId> for Visited {
    fn visit(&mut self, event: EventId) -> bool {
        let (word_idx, bit) = Self::place(event);
        let Some(word) = self.words.get_mut(word_idx) else { return false };
        let is_new = *word & bit == 0;
        *word |= bit;
        is_new
    }

    fn is_visited(&self, event: &EventId) -> bool {
        let (word_idx, bit) = Self::place(*event);
        self.words.get(word_idx).is_some_and(|word| word & bit != 0)
    }

    fn unvisit(&mut self, event: EventId) -> bool {
        let (word_idx, bit) = Self::place(event);
        let Some(word) = self.words.get_mut(word_idx) else { return false };
        let was_visited = *word & bit != 0;
        *word &= !bit;
        was_visited
    }
}

impl GraphBase for TraceGraph<'_> {
    type NodeId = EventId;
    type EdgeId = EdgeId;
}

impl Data for TraceGraph<'_> {
    type NodeWeight = Event;
    type EdgeWeight = Edge;
}

impl GraphProp for TraceGraph<'_> {
    type EdgeType = Directed;
}

impl NodeCount for TraceGraph<'_> {
    fn node_count(&self) -> usize {
        self.trace().len()
    }
}

impl EdgeCount for TraceGraph<'_> {
    fn edge_count(&self) -> usize {
        self.n_causes() + self.event_ids().filter(|e| self.lane_predecessor(*e).is_some()).count()
    }
}

impl NodeIndexable for TraceGraph<'_> {
    fn node_bound(&self) -> usize {
        self.trace().len()
    }

    fn to_index(&self, event: EventId) -> usize {
        event.index()
    }

    fn from_index(&self, index: usize) -> EventId {
        EventId::from_index(index)
    }
}

impl NodeCompactIndexable for TraceGraph<'_> {}

impl Visitable for TraceGraph<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited { words: vec![0; self.trace().len().div_ceil(64)] }
    }

    fn reset_map(&self, map: &mut Visited) {
        map.words.clear();
        map.words.resize(self.trace().len().div_ceil(64), 0);
    }
}

impl<'g> IntoNeighbors for &'g TraceGraph<'_> {
    type Neighbors = Neighbors<'g>;

    fn neighbors(self, event: EventId) -> Neighbors<'g> {
        Neighbors(Edges::new(self, event, Direction::Outgoing))
    }
}

impl<'g> IntoNeighborsDirected for &'g TraceGraph<'_> {
    type NeighborsDirected = Neighbors<'g>;

    fn neighbors_directed(self, event: EventId, direction: Direction) -> Neighbors<'g> {
        Neighbors(Edges::new(self, event, direction))
    }
}

impl<'g> IntoEdgeReferences for &'g TraceGraph<'_> {
    type EdgeRef = TraceEdge;
    type EdgeReferences = EdgeReferences<'g>;

    fn edge_references(self) -> EdgeReferences<'g> {
        EdgeReferences { graph: self, events: 0..self.trace().len(), edges: None }
    }
}

impl<'g> IntoEdges for &'g TraceGraph<'_> {
    type Edges = Edges<'g>;

    fn edges(self, event: EventId) -> Edges<'g> {
        Edges::new(self, event, Direction::Outgoing)
    }
}

impl<'g> IntoEdgesDirected for &'g TraceGraph<'_> {
    type EdgesDirected = Edges<'g>;

    fn edges_directed(self, event: EventId, direction: Direction) -> Edges<'g> {
        Edges::new(self, event, direction)
    }
}

impl IntoNodeIdentifiers for &TraceGraph<'_> {
    type NodeIdentifiers = std::iter::Map<Range<usize>, fn(usize) -> EventId>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        (0..self.trace().len()).map(EventId::from_index)
    }
}

impl<'g> IntoNodeReferences for &'g TraceGraph<'_> {
    type NodeRef = NodeReference;
    type NodeReferences = NodeReferences<'g>;

    fn node_references(self) -> NodeReferences<'g> {
        NodeReferences { graph: self, events: 0..self.trace().len() }
    }
}
