//! The graph of a trace for Graphviz: petgraph's own writer on the graph that is there.

use petgraph::dot::{Config, Dot};
use petgraph::visit::{EdgeRef, NodeRef};

use crate::analysis::{Edge, NodeReference, TraceEdge, TraceGraph, describe};
use crate::trace::Trace;

/// Bigger graphs cannot be read, and take Graphviz hours.
const MAX_EVENTS: usize = 2_000;

/// A trace is too long for a graph that anybody could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a graph has room for {MAX_EVENTS} events, and this run has {0}")]
pub struct TooManyEvents(pub usize);

/// All events with what caused them; edges of lanes are faint, and the critical path is bold.
pub fn dot(trace: &Trace) -> Result<String, TooManyEvents> {
    if trace.len() > MAX_EVENTS {
        return Err(TooManyEvents(trace.len()));
    }
    let graph = TraceGraph::new(trace);
    let path = graph.critical_path();
    let node = |_, node: NodeReference| {
        let event = node.weight();
        let words = format!("#{} {} {}", event.id.0, event.at, describe(trace, *event));
        let words = words.replace(['"', '\\'], "'");
        let weight = if path.binary_search(&event.id).is_ok() { ", penwidth=3" } else { "" };
        format!("label=\"{words}\", shape=box{weight}")
    };
    let edge = |_, edge: TraceEdge| match edge.weight() {
        Edge::Cause => String::new(),
        Edge::Lane => "style=dotted, color=gray".to_owned(),
    };
    let config = [Config::NodeNoLabel, Config::EdgeNoLabel];
    let dot = Dot::with_attr_getters(&graph, &config, &edge, &node);
    Ok(format!("{dot:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::numbers;

    #[test]
    fn the_graph_has_every_event_and_marks_the_path() {
        let trace = numbers();
        let text = dot(&trace).unwrap();
        assert!(text.starts_with("digraph {"));
        assert_eq!(text.matches("shape=box").count(), trace.len());
        assert!(text.contains("penwidth=3") && text.contains("style=dotted"));
    }
}
