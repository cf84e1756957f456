//! What decided how long a run took.

use super::TraceGraph;
use crate::index::EventId;
use crate::time::Instant;
use crate::trace::event::What;
use crate::trace::{EventKind, LaneKind, Record};

impl TraceGraph<'_> {
    /// The chain of events that decided the total virtual time, from the first to the last event.
    ///
    /// Each event on it could not have come earlier because of the one before it on the path. That
    /// is its cause; or, if the cause had been there for a while, what held the thread that the
    /// event had to wait for: a blocking call, or another job on the same worker. To make the run
    /// shorter, something on this path must become shorter.
    pub fn critical_path(&self) -> Vec<EventId> {
        let last = self.trace().len().checked_sub(1).map(EventId::from_index);
        let mut path: Vec<_> = std::iter::successors(last, |event| self.decider(*event)).collect();
        path.reverse();
        path
    }

    /// The event that decided when `event` could happen.
    fn decider(&self, event: EventId) -> Option<EventId> {
        let Some(cause) = self.cause(event) else { return self.thread_predecessor(event) };
        if self.kind(event) == Some(EventKind::ClockAdvanced) {
            return Some(cause);
        }
        let before = self.thread_predecessor(event);
        let was_late =
            before.filter(|before| self.trace().time_of(*before) > self.possible_at(cause));
        was_late.or(Some(cause))
    }

    /// From when on `cause` allowed its effect.
    fn possible_at(&self, cause: EventId) -> Instant {
        let Some(event) = self.trace().event(cause) else { return Instant::ZERO };
        match event.what {
            What::TimerSet { deadline } => deadline,
            What::IoStarted { until } => until,
            What::BlockBegin { duration } | What::ComputeBegin { duration } => event.at + duration,
            _ => event.at,
        }
    }

    /// The event before `event` on the thread that it happened on. The loop and its tasks share
    /// one.
    fn thread_predecessor(&self, event: EventId) -> Option<EventId> {
        if !self.is_on_loop(event) {
            return self.lane_predecessor(event);
        }
        let mut before = (0..event.index()).rev().map(EventId::from_index);
        before.find(|before| self.is_on_loop(*before))
    }

    fn is_on_loop(&self, event: EventId) -> bool {
        let lane = self.trace().record(event).map(Record::lane);
        let kind =
            lane.and_then(|lane| self.trace().lanes().get(lane.index())).map(|lane| lane.kind);
        !matches!(kind, Some(LaneKind::Worker | LaneKind::Thread))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::describe;
    use crate::analysis::fixture::{blocked, numbers, relay};
    use crate::trace::Trace;

    #[track_caller]
    fn check(trace: &Trace, wanted: &[&str]) {
        let graph = TraceGraph::new(trace);
        let path = graph.critical_path();
        assert!(path.is_sorted());
        let events = path.iter().map(|event| trace.event(*event).unwrap());
        let found: Vec<_> =
            events.map(|event| format!("{} {}", event.at, describe(trace, event))).collect();
        assert_eq!(found, wanted, "{found:#?}");
    }

    #[test]
    fn the_longest_sleep_decides() {
        check(
            &numbers(),
            &[
                "0s loop creates Task-1 (main)",
                "0s Task-1 starts",
                "0s Task-1 creates Task-2 (numbers)",
                "0s Task-2 starts",
                "0s Task-2 sets a timer for 1s",
                "1s timer of Task-2 fires",
                "1s Task-2 goes on",
                "1s Task-2 prints \"slept 1000\"",
                "1s Task-2 sets a timer for 3s",
                "3s timer of Task-2 fires",
                "3s Task-2 goes on",
                "3s Task-2 prints \"slept 2000\"",
                "3s Task-2 returns",
                "3s callback gather begins",
                "3s future 0 gets its result",
                "3s Task-1 goes on",
                "3s Task-1 returns",
                "3s iteration begins, 1 handle is ready",
                "3s run ends: completed",
            ],
        );
    }

    #[test]
    fn a_blocking_call_decides_when_others_had_to_wait_for_it() {
        // Not the sleeper's timer, which was due at 3 s.
        check(
            &blocked(),
            &[
                "0s loop creates Task-1 (main)",
                "0s Task-1 starts",
                "0s Task-1 creates Task-2 (sleeper)",
                "0s Task-1 creates Task-3 (blocker)",
                "0s Task-3 starts",
                "0s Task-3 blocks its thread for 5s",
                "5s clock moves to 5s",
                "5s Task-3 unblocks its thread",
                "5s Task-3 returns",
                "5s callback gather begins",
                "5s callback returns",
                "5s timer of Task-2 fires",
                "5s Task-2 goes on",
                "5s Task-2 prints \"slept 3000\"",
                "5s Task-2 returns",
                "5s callback gather begins",
                "5s future 0 gets its result",
                "5s Task-1 goes on",
                "5s Task-1 returns",
                "5s iteration begins, 1 handle is ready",
                "5s run ends: completed",
            ],
        );
    }

    #[test]
    fn a_busy_worker_decides_when_a_job_had_to_wait_for_it() {
        let trace = relay();
        let graph = TraceGraph::new(&trace);
        let events = graph.critical_path().into_iter().filter_map(|event| trace.event(event));
        let found: Vec<_> = events
            .filter(|event| matches!(trace.lanes()[event.lane.index()].kind, LaneKind::Worker))
            .map(|event| format!("{} {}", event.at, describe(&trace, event)))
            .collect();
        // The second job, submitted at 0 s, had to wait for the first.
        let wanted = [
            "0s pool-0 takes job 0",
            "0s pool-0 blocks its thread for 1s",
            "1s pool-0 unblocks its thread",
            "1s job 0 returns on pool-0",
            "1s pool-0 takes job 1",
            "1s pool-0 blocks its thread for 2s",
            "3s pool-0 unblocks its thread",
            "3s job 1 returns on pool-0",
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn a_run_without_events_has_no_path() {
        let trace =
            Trace::empty(crate::trace::Header::default(), crate::trace::Outcome::Interrupted);
        assert!(TraceGraph::new(&trace).critical_path().is_empty());
    }
}
