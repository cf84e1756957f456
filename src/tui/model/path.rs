//! What decided how long a run took, lane by lane.

use super::Model;
use crate::analysis::TraceGraph;
use crate::analysis::lives::State;
use crate::index::{EventId, LaneId};
use crate::trace::event::What;

/// So many stretches of one column are looked at.
const MAX_NEAR: usize = 512;

/// A stretch of time that something on the path took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stretch {
    /// The event it begins with.
    event: EventId,
    /// The event it ends with.
    until: EventId,
    /// Whose.
    lane: LaneId,
    /// What the lane was doing.
    state: State,
    /// How long, in nanoseconds.
    nanos: u64,
}

/// The critical path of a run, or the chain that decided when an event could happen.
#[derive(Clone, Debug, Default)]
pub struct CriticalPath {
    events: Vec<EventId>,
    stretches: Vec<Stretch>,
}

impl CriticalPath {
    /// The path to the end of the run.
    pub fn to_end(model: &Model) -> Self {
        Self::of(model, TraceGraph::new(model.trace()).critical_path())
    }

    /// The chain of causes that leads to an event.
    pub fn to_event(model: &Model, event: EventId) -> Self {
        let mut events: Vec<EventId> = model.chain(event).collect();
        events.reverse();
        Self::of(model, events)
    }

    fn of(model: &Model, events: Vec<EventId>) -> Self {
        let stretch = |pair: &[EventId]| {
            let (event, until) = (pair[0], pair[1]);
            let trace = model.trace();
            let nanos = trace.time_of(until).since(trace.time_of(event)).as_nanos();
            let lane = model.lane_of(event);
            let state = match model.what(event)? {
                What::TimerSet { .. } => State::Sleeping,
                What::IoStarted { .. } => State::Io,
                What::BlockBegin { .. } | What::ComputeBegin { .. } if model.is_on_loop(lane) => {
                    State::Holding
                }
                What::BlockBegin { .. } | What::ComputeBegin { .. } | What::JobStarted { .. } => {
                    State::Working
                }
                What::JobSubmitted { .. } => State::InLine,
                _ => State::Ready,
            };
            Some(Stretch { event, until, lane, state, nanos })
        };
        let stretches = events.windows(2).filter_map(stretch).collect();
        Self { events, stretches }
    }

    /// Whether an event is on it.
    pub fn contains(&self, event: EventId) -> bool {
        self.events.binary_search(&event).is_ok()
    }

    /// The lanes that are on it between two events; of very many stretches some.
    pub(crate) fn lanes_between(&self, from: EventId, to: EventId) -> Vec<LaneId> {
        let begin = self.stretches.partition_point(|stretch| stretch.until < from);
        let end = self.stretches.partition_point(|stretch| stretch.event <= to).max(begin);
        let near = self.stretches.get(begin..end).unwrap_or(&[]);
        let mut lanes: Vec<LaneId> =
            near.iter().step_by(near.len() / MAX_NEAR + 1).map(|stretch| stretch.lane).collect();
        lanes.sort_unstable();
        lanes.dedup();
        lanes
    }

    /// Its events, in order.
    pub fn events(&self) -> &[EventId] {
        &self.events
    }

    /// Who and what took how much of it, the longest first.
    pub fn shares(&self) -> Vec<(LaneId, State, u64)> {
        let mut shares: std::collections::BTreeMap<(LaneId, State), u64> =
            std::collections::BTreeMap::new();
        for stretch in self.stretches.iter().filter(|stretch| stretch.nanos > 0) {
            *shares.entry((stretch.lane, stretch.state)).or_default() += stretch.nanos;
        }
        let mut shares: Vec<_> =
            shares.into_iter().map(|((lane, state), nanos)| (lane, state, nanos)).collect();
        shares.sort_by_key(|(lane, _, nanos)| (std::cmp::Reverse(*nanos), *lane));
        shares
    }
}
