//! The ready queue at any event, which no trace writes down and every trace holds.

use super::TraceGraph;
use crate::index::EventId;
use crate::trace::{EventKind, Record, Trace};

impl TraceGraph<'_> {
    /// The ready queue right after `event`; see [`ready_queue_at`].
    pub fn ready_queue_at(&self, event: EventId) -> Vec<EventId> {
        ready_queue_at(self.trace(), event)
    }
}

/// The handles that were in the ready queue right after `event`, in the order in which they ran:
/// each by the event with which it begins to run, or is dropped.
///
/// A handle is in the queue from its cause on; but a timer, and the answer of an outside party,
/// only from the beginning of the iteration that it runs in. Not found are handles that never ran
/// because they were cancelled, and those of the engine itself, which have no cause.
pub fn ready_queue_at(trace: &Trace, event: EventId) -> Vec<EventId> {
    // The iteration that goes on at `event` drains what was in the queue when it began, and the
    // one after it all that was added until then. Nothing stays longer.
    let mut n_begun = 0;
    let mut ready = Vec::new();
    let later = (event.index().saturating_add(1)..trace.len()).map(EventId::from_index);
    for (id, later) in later.filter_map(|id| Some((id, trace.record(id)?))) {
        match later.kind() {
            EventKind::IterationBegin if n_begun == 1 => break,
            EventKind::IterationBegin => n_begun += 1,
            EventKind::HandleDropped => {
                ready.extend(later.cause().filter(|cause| *cause <= event).map(|_| id));
            }
            _ if !begins_handle(trace, id, later) => {}
            EventKind::TimerFired | EventKind::IoReady => {
                if n_begun == 0 {
                    ready.push(id);
                }
            }
            _ => ready.extend(later.cause().filter(|cause| *cause <= event).map(|_| id)),
        }
    }
    ready
}

/// The event with which the handle began to run that the loop is in at `event`; `None` between
/// handles.
pub fn handle_at(trace: &Trace, event: EventId) -> Option<EventId> {
    let before = (0..=event.index().min(trace.len().checked_sub(1)?)).rev();
    for id in before.map(EventId::from_index) {
        let record = trace.record(id)?;
        match record.kind() {
            EventKind::IterationBegin => return None,
            _ if begins_handle(trace, id, record) => return Some(id),
            _ => {}
        }
    }
    None
}

/// Whether a handle of the loop begins to run with this event.
pub(super) fn begins_handle(trace: &Trace, id: EventId, record: Record) -> bool {
    let record_of = |event: Option<EventId>| event.and_then(|event| trace.record(event));
    let before = id.index().checked_sub(1).map(EventId::from_index);
    match record.kind() {
        EventKind::TimerFired | EventKind::IoReady => true,
        // A task that starts eagerly does so within the step that creates it.
        EventKind::StepBegin => {
            let is_created = record_of(record.cause())
                .is_some_and(|cause| cause.kind() == EventKind::TaskCreated);
            !(is_created && record.cause() == before)
        }
        // The callback of a timer begins within the handle of that timer.
        EventKind::CallBegin => {
            record_of(record.cause()).is_none_or(|cause| cause.kind() != EventKind::TimerFired)
        }
        // So does a delivery within that of its callback, if that is told.
        EventKind::JobDelivered => !record_of(before).is_some_and(|before| {
            before.kind() == EventKind::CallBegin && before.cause() == record.cause()
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{blocked, numbers, relay};
    use crate::trace::What;

    /// The queue after each event of those kinds, as the lanes of its handles.
    #[track_caller]
    fn check(trace: &Trace, kind: EventKind, wanted: &[&str]) {
        let graph = TraceGraph::new(trace);
        let queues =
            trace.events().zip(trace.records()).filter(|(_, record)| record.kind() == kind);
        let found: Vec<_> = queues
            .map(|(event, _)| {
                let ready = graph.ready_queue_at(event.id);
                let lanes = ready.iter().map(|handle| trace.event(*handle).unwrap().lane);
                lanes.map(|lane| trace.lane_name(lane)).collect::<Vec<_>>().join(" ")
            })
            .collect();
        assert_eq!(found, wanted);
    }

    #[test]
    fn what_is_scheduled_waits_in_order() {
        check(&blocked(), EventKind::TaskCreated, &["Task-1", "Task-2", "Task-2 Task-3"]);
        // The second step ends while the third task waits for its first.
        check(&blocked(), EventKind::StepEnd, &["Task-2 Task-3", "Task-3"]);
    }

    #[test]
    fn timers_join_when_their_iteration_begins() {
        // The sleep was over at 3 s, but the loop was blocked, and then had no turn yet.
        check(&blocked(), EventKind::BlockEnd, &[""]);
        // The callback of the gather ran before it, as what was ready before the poll does.
        let before_and_after =
            ["Task-1", "Task-2 Task-3", "loop loop", "Task-2", "loop", "Task-1", ""];
        check(&blocked(), EventKind::IterationBegin, &before_and_after);
        // Nothing is ready while all sleep.
        check(&numbers(), EventKind::ClockAdvanced, &["", "", ""]);
    }

    #[test]
    fn the_queue_is_as_long_as_the_iteration_says() {
        for trace in [numbers(), relay(), blocked()] {
            let graph = TraceGraph::new(&trace);
            let begins = trace.events().filter_map(|event| match event.what {
                What::IterationBegin { ready } => Some((event.id, ready as usize)),
                _ => None,
            });
            let mut begins: Vec<_> = begins.collect();
            // The last one also runs the handle that stops the loop, which is no event.
            if let Some((_, n_ready)) = begins.last_mut() {
                *n_ready -= 1;
            }
            for (begin, n_ready) in begins {
                assert_eq!(graph.ready_queue_at(begin).len(), n_ready, "{begin:?}");
            }
        }
    }
}
