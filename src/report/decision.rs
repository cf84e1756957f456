//! Which of all events are decisions that a person wants to read.

use crate::index::{EventId, LaneId};
use crate::time::Instant;
use crate::trace::event::{End, Wait};
use crate::trace::{Event, EventKind, Trace, What};

/// An event worth telling, with what is needed to tell it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The event.
    pub event: Event,
    /// What its lane waited for before, since when; only where a task goes on.
    pub waited: Option<(Instant, Wait)>,
}

/// Callbacks of asyncio's own machinery, by the names the engine gives them. What they do is told
/// where it takes effect.
const OWN_CALLBACKS: [&str; 7] =
    ["gather", "sleep", "io", "check_cancel", "set_state", "shutdown", "wakeup"];

/// The decisions of a run, in order.
///
/// Left out is what the loop does between a cause and its effect (turns, clock, timers, futures and
/// callbacks of asyncio itself): there the effect is told, with its cause. Left out as well are
/// choices that were asyncio's own.
pub fn decisions(trace: &Trace) -> impl Iterator<Item = Decision> + '_ {
    let sleeps = timers_of_sleeps(trace);
    let mut waits: Vec<Option<(Instant, Wait)>> = vec![None; trace.lanes().len()];
    let mut in_own_callback = false;
    trace.events().filter_map(move |event| {
        let mut waited = None;
        match event.what {
            What::StepEnd { wait } => {
                if let Some(slot) = waits.get_mut(event.lane.index()) {
                    *slot = Some((event.at, wait));
                }
            }
            What::StepBegin { .. } => {
                waited = waits.get_mut(event.lane.index()).and_then(Option::take);
            }
            What::CallBegin { name, .. } => in_own_callback = is_own(trace.text(name)),
            _ => {}
        }
        let is_told = match event.what {
            What::CallScheduled { name, .. } => !is_own(trace.text(name)),
            What::CallBegin { .. } | What::FutureResolved { .. } => {
                !(in_own_callback && event.lane == LaneId::LOOP)
            }
            _ => is_told(&event, &sleeps),
        };
        if let What::CallEnd { .. } = event.what {
            in_own_callback = false;
        }
        is_told.then_some(Decision { event, waited })
    })
}

/// Whether a callback is of asyncio's own machinery.
pub(super) fn is_own(callback: &str) -> bool {
    callback.starts_with('_') || OWN_CALLBACKS.contains(&callback)
}

/// For each event whether it is the timer of a sleep: that is told when the task suspends.
fn timers_of_sleeps(trace: &Trace) -> Vec<bool> {
    let mut sleeps = vec![false; trace.len()];
    for record in trace.records().filter(|record| record.kind() == EventKind::StepEnd) {
        if let What::StepEnd { wait: Wait::Sleep(timer) } = record.what()
            && let Some(slot) = sleeps.get_mut(timer.index())
        {
            *slot = true;
        }
    }
    sleeps
}

fn is_told(event: &Event, sleeps: &[bool]) -> bool {
    let is_sleep = |timer: EventId| sleeps.get(timer.index()).is_some_and(|sleep| *sleep);
    match event.what {
        What::IterationBegin { .. }
        | What::ClockAdvanced { .. }
        | What::TimerFired
        | What::IoStarted { .. }
        | What::IoReady
        | What::JobDelivered { .. }
        | What::PrimitiveMade { .. }
        | What::PrimitiveWoke { .. }
        | What::BlockEnd
        | What::ComputeEnd
        | What::Woken => false,
        What::Choice { taken, .. } => taken > 0,
        What::TimerSet { .. } => !is_sleep(event.id),
        What::TimerCancelled { timer } => !is_sleep(timer),
        What::CallEnd { end } => end == End::Raised,
        _ => true,
    }
}
