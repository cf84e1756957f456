//! What can be found out from a finished trace.
//!
//! * [`TraceGraph`]: the events with their two kinds of edges, *cause* and *lane*. It implements
//!   the traits of `petgraph::visit` over flat arrays, so petgraph's algorithms and
//!   `petgraph::dot::Dot` run on it as it is.
//! * [`invariants::check`]: what must be true of every trace that an event loop records.
//! * [`describe`]: an event in plain words. [`Labels`]: what its lanes are called.
//! * [`findings`](fn@findings): races between threads and between tasks, locks in opposite order, a late
//!   loop.
//! * [`ready_queue_at`]: the handles that were ready at any event.
//!
//! ```
//! use loopsim::analysis::TraceGraph;
//! use loopsim::index::{EventId, LaneId, SiteId};
//! use loopsim::trace::event::{Resume, What};
//! use loopsim::trace::{Header, Lane, LaneKind, Outcome, Recorder};
//!
//! let mut recorder = Recorder::in_memory(Header::default());
//! let event_loop = recorder.lane(Lane::numbered(LaneKind::Loop, 0));
//! let task = recorder.lane(Lane::numbered(LaneKind::Task, 1));
//! let created =
//!     recorder.record(event_loop, SiteId::NONE, EventId::NONE, What::TaskCreated { task });
//! let begun =
//!     recorder.record(task, SiteId::NONE, created, What::StepBegin { how: Resume::Send });
//! let trace = recorder.finish(Outcome::Interrupted);
//!
//! let graph = TraceGraph::new(&trace);
//! assert!(graph.happens_before(created, begun));
//! assert_eq!(petgraph::algo::toposort(&graph, None).unwrap(), [created, begun]);
//! ```
//!
//! Architecture invariant: this module does not know how a trace was made, nor how what it finds is
//! shown. It reads a [`Trace`](crate::trace::Trace) and nothing else.

mod critical_path;
mod describe;
mod difference;
mod findings;
mod graph;
pub mod invariants;
mod labels;
pub(crate) mod lives;
mod races;
mod ready_queue;
mod visit;

pub use describe::{change_of, describe, place};
pub use difference::first_difference;
pub use findings::{Finding, FindingKind, findings};
pub use graph::{Edge, TraceGraph};
pub use labels::Labels;
pub use ready_queue::{handle_at, ready_queue_at};
pub use visit::{
    EdgeId, EdgeReferences, Edges, Neighbors, NodeReference, NodeReferences, TraceEdge, Visited,
};

#[cfg(test)]
pub(crate) mod fixture;
