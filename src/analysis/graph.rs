//! The events of a trace as a graph.

use crate::index::{EventId, LaneId};
use crate::trace::{EventKind, Trace};

/// Why one event comes after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edge {
    /// It was made possible by it.
    Cause,
    /// It is the next on the same lane.
    Lane,
}

/// A trace as a graph: events are nodes, and an edge leads from each event to those that it made
/// possible and to the next one on its lane.
///
/// Edges lead forward, so there are no cycles. The events stay where they are; what is kept here
/// are four numbers for each.
#[derive(Clone, Debug)]
pub struct TraceGraph<'t> {
    trace: &'t Trace,
    /// The event before on the same lane.
    lane_before: Vec<EventId>,
    /// The event after on the same lane.
    lane_after: Vec<EventId>,
    /// The first event of each lane.
    lane_first: Vec<EventId>,
    /// Where the effects of an event begin in `effects`; they end where those of the next begin.
    effect_starts: Vec<u32>,
    effects: Vec<EventId>,
}

impl<'t> TraceGraph<'t> {
    /// The graph of a trace.
    pub fn new(trace: &'t Trace) -> Self {
        let n_events = trace.len();
        let mut graph = Self {
            trace,
            lane_before: vec![EventId::NONE; n_events],
            lane_after: vec![EventId::NONE; n_events],
            lane_first: vec![EventId::NONE; trace.lanes().len()],
            effect_starts: vec![0; n_events + 1],
            effects: Vec::new(),
        };
        graph.link_lanes();
        graph.link_effects();
        graph
    }

    fn link_lanes(&mut self) {
        let mut last = vec![EventId::NONE; self.lane_first.len()];
        for (index, record) in self.trace.records().enumerate() {
            let lane = record.lane().index();
            // An event on a lane that nobody introduced stands alone.
            let (Some(last), Some(first)) = (last.get_mut(lane), self.lane_first.get_mut(lane))
            else {
                continue;
            };
            let event = EventId::from_index(index);
            match last.some() {
                Some(before) => {
                    self.lane_before[index] = before;
                    self.lane_after[before.index()] = event;
                }
                None => *first = event,
            }
            *last = event;
        }
    }

    fn link_effects(&mut self) {
        let causes = || {
            let events = (0..self.trace.len()).map(EventId::from_index);
            events.filter_map(|event| Some((event, self.cause(event)?)))
        };
        let mut starts = vec![0; self.trace.len() + 1];
        for (_, cause) in causes() {
            starts[cause.index() + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut free = starts.clone();
        let mut effects = vec![EventId::NONE; starts.last().map_or(0, |end| *end as usize)];
        for (event, cause) in causes() {
            let place = &mut free[cause.index()];
            effects[*place as usize] = event;
            *place += 1;
        }
        (self.effect_starts, self.effects) = (starts, effects);
    }

    /// The trace that this is the graph of.
    pub fn trace(&self) -> &'t Trace {
        self.trace
    }

    /// All events, in order.
    pub fn event_ids(&self) -> impl DoubleEndedIterator<Item = EventId> + use<> {
        (0..self.trace.len()).map(EventId::from_index)
    }

    /// The event that made `event` possible, where one is named.
    pub fn cause(&self, event: EventId) -> Option<EventId> {
        // Only what comes before can be a cause; anything else is a violated invariant.
        self.trace.record(event)?.cause().filter(|cause| *cause < event)
    }

    /// The events that `event` made possible, in order.
    pub fn effects(&self, event: EventId) -> impl DoubleEndedIterator<Item = EventId> + '_ {
        self.effects_of(event).iter().copied()
    }

    pub(super) fn effects_of(&self, event: EventId) -> &[EventId] {
        let start = |index: usize| self.effect_starts.get(index).map(|start| *start as usize);
        let range = start(event.index()).zip(start(event.index().saturating_add(1)));
        range.map_or(&[], |(start, end)| &self.effects[start..end])
    }

    /// How many edges there are that say why, besides those of lanes.
    pub(super) fn n_causes(&self) -> usize {
        self.effects.len()
    }

    /// The event before `event` on its lane.
    pub fn lane_predecessor(&self, event: EventId) -> Option<EventId> {
        self.lane_before.get(event.index())?.some()
    }

    /// The event after `event` on its lane.
    pub fn lane_successor(&self, event: EventId) -> Option<EventId> {
        self.lane_after.get(event.index())?.some()
    }

    /// The events of a lane, in order.
    pub fn lane_events(&self, lane: LaneId) -> impl Iterator<Item = EventId> + '_ {
        let first = self.lane_first.get(lane.index()).and_then(|first| first.some());
        std::iter::successors(first, |event| self.lane_successor(*event))
    }

    /// What made `event` possible: its cause, or the event before it on its lane where no cause is
    /// named.
    pub fn reason(&self, event: EventId) -> Option<EventId> {
        self.cause(event).or_else(|| self.lane_predecessor(event))
    }

    /// `event`, what made it possible, what made that possible … to the beginning.
    pub fn cause_chain(&self, event: EventId) -> impl Iterator<Item = EventId> + '_ {
        let first = (event.index() < self.trace.len()).then_some(event);
        std::iter::successors(first, |event| self.reason(*event))
    }

    /// Whether there is a way from `earlier` to `later` along causes and lanes: whether no schedule
    /// could have put them the other way round. An event does not happen before itself.
    pub fn happens_before(&self, earlier: EventId, later: EventId) -> bool {
        if earlier >= later || later.index() >= self.trace.len() {
            return false;
        }
        // Backward, because no event has more than two edges that way.
        let mut seen = vec![false; later.index() - earlier.index()];
        let mut open = vec![later];
        while let Some(event) = open.pop() {
            for before in [self.cause(event), self.lane_predecessor(event)].into_iter().flatten() {
                if before == earlier {
                    return true;
                }
                if before > earlier
                    && !std::mem::replace(&mut seen[before.index() - earlier.index()], true)
                {
                    open.push(before);
                }
            }
        }
        false
    }

    /// What kind of event it is.
    pub(super) fn kind(&self, event: EventId) -> Option<EventKind> {
        Some(self.trace.record(event)?.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{blocked, numbers, relay};
    use crate::index::SiteId;
    use crate::trace::event::What;
    use crate::trace::{Header, Lane, LaneKind, Outcome, Recorder};

    #[test]
    fn edges_of_an_event_are_found_both_ways() {
        for trace in [numbers(), relay(), blocked()] {
            let graph = TraceGraph::new(&trace);
            let mut n_causes = 0;
            for event in graph.event_ids() {
                if let Some(cause) = graph.cause(event) {
                    assert!(graph.effects(cause).any(|effect| effect == event));
                    n_causes += 1;
                }
                assert!(graph.effects(event).is_sorted());
                assert!(graph.effects(event).all(|effect| graph.cause(effect) == Some(event)));
                if let Some(before) = graph.lane_predecessor(event) {
                    assert_eq!(graph.lane_successor(before), Some(event));
                }
            }
            assert_eq!(n_causes, graph.n_causes());
            let by_lanes: usize = (0..trace.lanes().len())
                .map(|lane| graph.lane_events(LaneId::from_index(lane)).count())
                .sum();
            assert_eq!(by_lanes, trace.len());
        }
    }

    #[test]
    fn a_chain_of_causes_goes_back_to_the_beginning() {
        let trace = numbers();
        let graph = TraceGraph::new(&trace);
        let last = EventId::from_index(trace.len() - 1);
        let chain: Vec<_> = graph.cause_chain(last).collect();
        assert_eq!(chain.first(), Some(&last));
        assert_eq!(chain.last(), Some(&EventId(0)));
        assert!(chain.windows(2).all(|pair| graph.happens_before(pair[1], pair[0])));
        assert_eq!(graph.cause_chain(EventId::NONE).count(), 0);
    }

    #[test]
    fn happens_before_is_what_petgraph_says() {
        let trace = relay();
        let graph = TraceGraph::new(&trace);
        for earlier in graph.event_ids() {
            for later in graph.event_ids() {
                let path = petgraph::algo::has_path_connecting(&graph, earlier, later, None);
                assert_eq!(graph.happens_before(earlier, later), path && earlier != later);
            }
        }
    }

    #[test]
    fn what_cannot_be_is_left_out() {
        let mut recorder = Recorder::in_memory(Header::default());
        recorder.lane(Lane::numbered(LaneKind::Loop, 0));
        // A cause that is not before its effect, and a lane that nobody introduced.
        for (lane, cause) in
            [(LaneId(0), EventId(1)), (LaneId(9), EventId(1)), (LaneId(9), EventId(7))]
        {
            recorder.record(lane, SiteId::NONE, cause, What::Woken);
        }
        let trace = recorder.finish(Outcome::Interrupted);
        let graph = TraceGraph::new(&trace);
        assert_eq!(graph.n_causes(), 0);
        assert_eq!(graph.cause_chain(EventId(2)).count(), 1);
        assert_eq!(graph.lane_events(LaneId(9)).count(), 0);
    }
}
