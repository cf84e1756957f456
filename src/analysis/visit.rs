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

#[cfg(test)]
mod tests {
    use petgraph::algo::{dijkstra, has_path_connecting, is_cyclic_directed, toposort};
    use petgraph::dot::{Config, Dot};
    use petgraph::visit::{Bfs, Dfs, Reversed, Topo, Walker};

    use super::*;
    use crate::analysis::fixture::{numbers, relay};

    #[test]
    fn petgraph_finds_an_order_without_cycles() {
        let trace = relay();
        let graph = TraceGraph::new(&trace);
        assert!(!is_cyclic_directed(&graph));
        let order = toposort(&graph, None).unwrap();
        assert_eq!(order.len(), graph.node_count());
        let place = |event| order.iter().position(|found| *found == event).unwrap();
        for edge in graph.edge_references() {
            assert!(place(edge.source()) < place(edge.target()));
        }
        assert_eq!(Topo::new(&graph).iter(&graph).count(), graph.node_count());
    }

    #[test]
    fn petgraph_walks_forward_and_backward() {
        let trace = numbers();
        let graph = TraceGraph::new(&trace);
        let last = EventId::from_index(graph.node_count() - 1);
        let reached = Bfs::new(&graph, EventId(0)).iter(&graph).count();
        assert_eq!(reached, graph.node_count(), "all comes from the beginning");
        assert_eq!(Dfs::new(&graph, last).iter(&graph).count(), 1);
        let before = Dfs::new(Reversed(&graph), last).iter(Reversed(&graph)).count();
        assert!(before > 10);
        assert!(has_path_connecting(&graph, EventId(0), last, None));
        assert!(!has_path_connecting(&graph, last, EventId(0), None));
    }

    #[test]
    fn petgraph_measures_virtual_time() {
        let trace = numbers();
        let graph = TraceGraph::new(&trace);
        let took = |edge: TraceEdge| {
            trace.time_of(edge.target()).since(trace.time_of(edge.source())).as_nanos()
        };
        let costs = dijkstra(&graph, EventId(0), None, took);
        let last = EventId::from_index(graph.node_count() - 1);
        assert_eq!(costs[&last], 3_000_000_000);
    }

    #[test]
    fn petgraph_draws_it() {
        let trace = numbers();
        let graph = TraceGraph::new(&trace);
        let name = |_, node: NodeReference| format!("tooltip = \"{}\"", node.weight().id.0);
        let dot = Dot::with_attr_getters(
            &graph,
            &[Config::EdgeNoLabel, Config::NodeIndexLabel],
            &|_, edge| format!("class = {:?}", edge.weight()),
            &name,
        );
        let text = format!("{dot:?}");
        assert!(text.starts_with("digraph {"));
        assert_eq!(text.matches(" -> ").count(), graph.edge_count());
        assert_eq!(text.matches("tooltip").count(), graph.node_count());
    }

    #[test]
    fn edges_are_the_same_from_every_side() {
        let trace = relay();
        let graph = TraceGraph::new(&trace);
        let all: Vec<_> = graph.edge_references().collect();
        assert_eq!(all.len(), graph.edge_count());
        let mut outgoing: Vec<_> =
            graph.node_identifiers().flat_map(|event| graph.edges(event)).collect();
        assert!(
            graph
                .node_identifiers()
                .all(|event| graph.edges(event).len() == graph.edges(event).count())
        );
        outgoing.sort_by_key(|edge| (edge.target(), *edge.weight() == Edge::Cause));
        assert_eq!(outgoing, all);
        for edge in all {
            let incoming = graph.edges_directed(edge.target(), Direction::Incoming);
            assert_eq!(incoming.filter(|other| other.id() == edge.id()).count(), 1);
        }
        for node in graph.node_references() {
            assert_eq!(Some(*node.weight()), trace.event(node.id()));
        }
    }

    #[test]
    fn visits_are_remembered() {
        let trace = numbers();
        let graph = TraceGraph::new(&trace);
        let mut visited = graph.visit_map();
        assert!(visited.visit(EventId(3)) && !visited.visit(EventId(3)));
        assert!(visited.is_visited(&EventId(3)) && !visited.is_visited(&EventId(2)));
        assert!(visited.unvisit(EventId(3)) && !visited.unvisit(EventId(3)));
        assert!(!visited.visit(EventId::NONE));
        visited.visit(EventId(1));
        graph.reset_map(&mut visited);
        assert_eq!(visited, graph.visit_map());
    }
}
