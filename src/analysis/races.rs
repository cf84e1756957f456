//! Data races: uses of a variable by different threads that nothing orders.
//!
//! Each thread has a clock; a thread that is started, joined, woken or given a lock by another one
//! learns what that one had done by then. Two uses of a variable, one of them a write, race if
//! neither thread had learned of the other's. Tasks share the loop's thread and so never race.
//!
//! Source: Flanagan and Freund, "`FastTrack`: efficient and precise dynamic race detection".

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Finding, FindingKind, at, is_on_loop, who};
use crate::index::{EventId, LaneId, TextId};
use crate::trace::{Event, EventKind, Trace, What};

/// Runs with more threads are not searched: what each knows of all others would fill the memory.
const MOST_THREADS: usize = 1000;

/// What a thread knows of the others' clocks.
type Clock = Vec<u32>;

/// A use of a variable.
#[derive(Clone, Copy)]
struct Use {
    thread: usize,
    /// The thread's clock then.
    time: u32,
    event: Event,
}

#[derive(Default)]
struct Uses {
    written: Option<Use>,
    /// The last read of each thread since.
    read: Vec<Use>,
}

struct Detector<'t> {
    trace: &'t Trace,
    /// The thread of each lane.
    threads: Vec<usize>,
    clocks: Vec<Clock>,
    /// What was known at events that other threads hang on.
    told: BTreeMap<EventId, Clock>,
    variables: BTreeMap<TextId, Uses>,
    seen: BTreeSet<(TextId, u32, u32)>,
    found: Vec<Finding>,
}

/// The races of a trace, one for each variable and pair of places.
pub(super) fn data_races(trace: &Trace) -> Vec<Finding> {
    let mut threads = Vec::with_capacity(trace.lanes().len());
    let mut n_threads = 1;
    for lane in (0..trace.lanes().len()).map(LaneId::from_index) {
        threads.push(if is_on_loop(trace, lane) {
            0
        } else {
            n_threads += 1;
            n_threads - 1
        });
    }
    let has_uses = || trace.records().any(|record| record.kind() == EventKind::Accessed);
    if n_threads == 1 || n_threads > MOST_THREADS || !has_uses() {
        return Vec::new();
    }
    let clocks = (0..n_threads)
        .map(|thread| (0..n_threads).map(|other| u32::from(thread == other)).collect())
        .collect();
    let mut detector = Detector {
        trace,
        threads,
        clocks,
        told: BTreeMap::new(),
        variables: BTreeMap::new(),
        seen: BTreeSet::new(),
        found: Vec::new(),
    };
    detector.note_crossings();
    for event in trace.events() {
        detector.event(event);
    }
    detector.found
}

impl Detector<'_> {
    fn thread(&self, lane: LaneId) -> usize {
        self.threads.get(lane.index()).copied().unwrap_or(0)
    }

    /// The event of another thread that an event hangs on, if that orders the two.
    fn crossing(&self, event: &Event) -> Option<EventId> {
        // Who gets the baton, and when, orders nothing that the program could rely on.
        if matches!(event.what, What::HandedOver | What::ClockAdvanced { .. } | What::Choice { .. })
        {
            return None;
        }
        let cause = self.trace.record(event.cause?)?;
        let crosses = self.thread(cause.lane()) != self.thread(event.lane);
        event.cause.filter(|_| crosses)
    }

    fn note_crossings(&mut self) {
        let crossings: Vec<EventId> =
            self.trace.events().filter_map(|event| self.crossing(&event)).collect();
        self.told.extend(crossings.into_iter().map(|event| (event, Clock::new())));
    }

    fn event(&mut self, event: Event) {
        let thread = self.thread(event.lane);
        if let Some(told) = self.crossing(&event).and_then(|cause| self.told.get(&cause)) {
            for (own, other) in self.clocks[thread].iter_mut().zip(told) {
                *own = (*own).max(*other);
            }
        }
        if let What::Accessed { variable, write } = event.what {
            self.used(variable, write, Use { thread, time: self.clocks[thread][thread], event });
        }
        if let Some(told) = self.told.get_mut(&event.id) {
            told.clone_from(&self.clocks[thread]);
            self.clocks[thread][thread] += 1;
        }
    }

    fn used(&mut self, variable: TextId, write: bool, now: Use) {
        let uses = self.variables.entry(variable).or_default();
        let clock = &self.clocks[now.thread];
        let is_unordered =
            |before: &&Use| before.thread != now.thread && before.time > clock[before.thread];
        let mut races: Vec<Use> = uses.written.iter().filter(is_unordered).copied().collect();
        if write {
            races.extend(uses.read.iter().filter(is_unordered));
            uses.written = Some(now);
            uses.read.clear();
        } else {
            uses.read.retain(|read| read.thread != now.thread);
            uses.read.push(now);
        }
        for before in races {
            self.report(variable, before, now, write);
        }
    }

    fn report(&mut self, variable: TextId, before: Use, now: Use, write: bool) {
        let line = |event: &Event| self.trace.site(event.site).map_or(0, |site| site.line);
        let lines = (line(&before.event), line(&now.event));
        let pair = (variable, lines.0.min(lines.1), lines.0.max(lines.1));
        if !self.seen.insert(pair) {
            return;
        }
        let trace = self.trace;
        let verb = |write: bool| if write { "writes" } else { "reads" };
        let wrote = matches!(before.event.what, What::Accessed { write: true, .. });
        let message = format!(
            "{} {} `{name}`{}, {} {} it{}, and nothing orders the two: no lock is held for both, and neither thread waits for the other in between\nhelp: hold one lock for both, or let one thread do it",
            who(trace, before.event.lane),
            verb(wrote),
            at(trace, &before.event),
            who(trace, now.event.lane),
            verb(write),
            at(trace, &now.event),
            name = trace.text(variable),
        );
        let events = vec![before.event.id, now.event.id];
        self.found.push(Finding { kind: FindingKind::DataRace, message, events });
    }
}
