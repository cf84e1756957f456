//! What went wrong in a run, or could have: races, locks in opposite order, a late loop.

use std::collections::{BTreeMap, BTreeSet};

use super::describe::place;
use crate::index::{EventId, LaneId, TextId};
use crate::time::{Duration, Instant};
use crate::trace::event::{SIGNAL, WRONG_THREAD};
use crate::trace::{Event, EventKind, LaneKind, Trace, What};

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// Two threads use a variable, one of them writes it, and nothing orders the two.
    DataRace,
    /// A task writes what it computed from a value that another task has changed meanwhile.
    LostUpdate,
    /// Locks are taken in opposite orders, so that each of two could wait for the other.
    LockOrder,
    /// The loop, or a future of it, is used on another thread.
    WrongThread,
    /// A timer fires late.
    LoopLag,
}

impl FindingKind {
    /// The words that a report begins with.
    pub const fn name(self) -> &'static str {
        match self {
            Self::DataRace => "data race",
            Self::LostUpdate => "lost update",
            Self::LockOrder => "lock order",
            Self::WrongThread => "wrong thread",
            Self::LoopLag => "late loop",
        }
    }
}

/// Something that went wrong, or could have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// What happened, in words; further lines are what can be done about it.
    pub message: String,
    /// The events that show it, the last one being where it was found.
    pub events: Vec<EventId>,
}

/// Findings of one kind shown at most.
const MOST: usize = 10;
/// From how late on a timer is worth a word.
const LATE: Duration = Duration::from_millis(10);

/// All findings of a trace, in order of their kinds and then of the events.
pub fn findings(trace: &Trace) -> Vec<Finding> {
    let mut found = super::races::data_races(trace);
    found.extend(lost_updates(trace));
    found.extend(lock_orders(trace));
    found.extend(wrong_threads(trace));
    found.extend(late_timers(trace));
    found.sort_by_key(|finding| (finding.kind, finding.events.last().copied()));
    shorten(&mut found);
    found
}

/// Takes away what is too much to read; the last of each kind says how many there are besides.
fn shorten(found: &mut Vec<Finding>) {
    let mut counts: BTreeMap<FindingKind, usize> = BTreeMap::new();
    for finding in &*found {
        *counts.entry(finding.kind).or_default() += 1;
    }
    let mut shown: BTreeMap<FindingKind, usize> = BTreeMap::new();
    found.retain_mut(|finding| {
        let count = shown.entry(finding.kind).or_default();
        *count += 1;
        let more = counts.get(&finding.kind).map_or(0, |all| all.saturating_sub(MOST));
        if *count == MOST && more > 0 {
            finding.message.push_str(&format!("\nand {more} more of this kind"));
        }
        *count <= MOST
    });
}

pub(super) fn kind_of(trace: &Trace, lane: LaneId) -> LaneKind {
    trace.lanes().get(lane.index()).map_or(LaneKind::Loop, |lane| lane.kind)
}

/// Whether the events of a lane happen on the loop's thread.
pub(super) fn is_on_loop(trace: &Trace, lane: LaneId) -> bool {
    !matches!(kind_of(trace, lane), LaneKind::Thread | LaneKind::Worker)
}

/// The name of whoever has a lane.
pub(super) fn who(trace: &Trace, lane: LaneId) -> String {
    if lane == LaneId::LOOP {
        return "MainThread".to_owned();
    }
    let name = trace.lane_name(lane);
    match trace.lanes().get(lane.index()) {
        Some(known)
            if known.kind == LaneKind::Task && known.name.is_none() && !known.runs.is_empty() =>
        {
            format!("{name} ({})", known.runs)
        }
        _ => name,
    }
}

/// `counter.py:8`, with a word before it.
pub(super) fn at(trace: &Trace, event: &Event) -> String {
    place(trace, event.site).map_or_else(String::new, |place| format!(" at {place}"))
}

/// Reads that a task computed from, while others wrote.
fn lost_updates(trace: &Trace) -> Vec<Finding> {
    struct Read {
        event: Event,
        step: u32,
        version: u32,
    }
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    let mut steps: BTreeMap<LaneId, u32> = BTreeMap::new();
    let mut reads: BTreeMap<(LaneId, TextId), Read> = BTreeMap::new();
    let mut writes: BTreeMap<TextId, (u32, Event)> = BTreeMap::new();
    let interesting = |kind| matches!(kind, EventKind::StepBegin | EventKind::Accessed);
    for event in trace.events().filter(|event| interesting(kind_of_event(event))) {
        if kind_of(trace, event.lane) != LaneKind::Task {
            continue;
        }
        let step = steps.entry(event.lane).or_default();
        let What::Accessed { variable, write } = event.what else {
            *step += 1;
            continue;
        };
        let version = writes.get(&variable).map_or(0, |(version, _)| *version);
        if !write {
            let read = Read { event, step: *step, version };
            reads.insert((event.lane, variable), read);
            continue;
        }
        if let Some(read) = reads.remove(&(event.lane, variable))
            && let Some((_, other)) = writes.get(&variable)
            && read.step < *step
            && read.version < version
            && other.lane != event.lane
            && told.insert((variable, read.event.site, event.site))
        {
            let name = trace.text(variable);
            let (own, others) = (who(trace, event.lane), who(trace, other.lane));
            let message = format!(
                "{own} reads `{name}`{}, awaits, and writes it{}; meanwhile {others} has written it{}, which is lost\nhelp: read it again after the await, or hold an asyncio.Lock from the read to the write",
                at(trace, &read.event),
                at(trace, &event),
                at(trace, other),
            );
            let events = vec![read.event.id, other.id, event.id];
            found.push(Finding { kind: FindingKind::LostUpdate, message, events });
        }
        writes.insert(variable, (version + 1, event));
    }
    found
}

fn kind_of_event(event: &Event) -> EventKind {
    crate::trace::Record::new(event.lane, event.site, EventId::NONE, event.what).kind()
}

/// A lock taken while another one is held: by whom.
type Orders = BTreeMap<(TextId, TextId), (LaneId, EventId)>;

/// Locks that different threads take in opposite orders.
fn lock_orders(trace: &Trace) -> Vec<Finding> {
    let mut held: BTreeMap<LaneId, Vec<TextId>> = BTreeMap::new();
    let mut orders = Orders::new();
    let is_signal = |lock: TextId| trace.text(lock).starts_with(SIGNAL);
    for event in trace.events() {
        let (lock, taken) = match event.what {
            What::LockTaken { lock } => (lock, true),
            // Whoever waits for a lock would have taken it.
            What::ThreadWaits { on } => (on, false),
            What::LockReleased { lock } => {
                held.entry(event.lane).or_default().retain(|known| *known != lock);
                continue;
            }
            _ => continue,
        };
        if is_signal(lock) {
            continue;
        }
        let own = held.entry(event.lane).or_default();
        for outer in own.iter().filter(|outer| **outer != lock) {
            orders.entry((*outer, lock)).or_insert((event.lane, event.id));
        }
        if taken {
            own.push(lock);
        }
    }
    let mut found = Vec::new();
    let mut told = BTreeSet::new();
    for ((first, second), (lane, event)) in &orders {
        let Some(path) = path_back(&orders, *second, *first) else { continue };
        let mut locks: Vec<TextId> = path.iter().map(|edge| edge.0).chain([*first]).collect();
        locks.sort_unstable();
        locks.dedup();
        let others = path.iter().filter_map(|edge| orders.get(edge));
        if !told.insert(locks) || others.clone().all(|(other, _)| other == lane) {
            continue;
        }
        let mut events = vec![*event];
        let mut parts = vec![taking(trace, *first, *second, *lane, *event)];
        for edge in &path {
            if let Some((lane, event)) = orders.get(edge) {
                parts.push(taking(trace, edge.0, edge.1, *lane, *event));
                events.push(*event);
            }
        }
        let message = format!(
            "{}: each can come to wait for the other for ever\nhelp: take the locks in the same order everywhere",
            parts.join("; ")
        );
        found.push(Finding { kind: FindingKind::LockOrder, message, events });
    }
    found
}

fn taking(trace: &Trace, outer: TextId, inner: TextId, lane: LaneId, event: EventId) -> String {
    let at = trace.event(event).map_or_else(String::new, |event| at(trace, &event));
    let (who, outer, inner) = (who(trace, lane), trace.text(outer), trace.text(inner));
    format!("{who} takes {inner}{at} while it holds {outer}")
}

/// How one lock leads to another one through those that are taken while others are held.
fn path_back(orders: &Orders, from: TextId, to: TextId) -> Option<Vec<(TextId, TextId)>> {
    let mut before: BTreeMap<TextId, TextId> = BTreeMap::new();
    let mut queue = std::collections::VecDeque::from([from]);
    while let Some(lock) = queue.pop_front() {
        if lock == to {
            let mut path = Vec::new();
            let mut at = to;
            while at != from {
                let previous = *before.get(&at)?;
                path.push((previous, at));
                at = previous;
            }
            path.reverse();
            return Some(path);
        }
        let next = orders.range((lock, TextId(0))..=(lock, TextId(u32::MAX)));
        for ((_, inner), _) in next {
            if *inner != from && !before.contains_key(inner) {
                before.insert(*inner, lock);
                queue.push_back(*inner);
            }
        }
    }
    None
}

/// What another thread does to the loop that only the loop's own may do.
fn wrong_threads(trace: &Trace) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let mut found = Vec::new();
    for event in trace.events().filter(|event| !is_on_loop(trace, event.lane)) {
        let (what, help) = match event.what {
            What::FutureResolved { .. } => (
                "resolves a future of the loop",
                "loop.call_soon_threadsafe(future.set_result, value)",
            ),
            What::Finding { text } => {
                let text = trace.text(text);
                match text.strip_prefix(WRONG_THREAD) {
                    Some("loop.create_task") => (
                        "calls loop.create_task()",
                        "asyncio.run_coroutine_threadsafe(coroutine, loop)",
                    ),
                    Some("loop.call_soon") => {
                        ("calls loop.call_soon()", "loop.call_soon_threadsafe(callback)")
                    }
                    Some("loop.call_later") => (
                        "calls loop.call_later()",
                        "loop.call_soon_threadsafe(loop.call_later, delay, callback)",
                    ),
                    Some(_) => (
                        "calls loop.call_at()",
                        "loop.call_soon_threadsafe(loop.call_at, when, callback)",
                    ),
                    None => continue,
                }
            }
            _ => continue,
        };
        if !told.insert((event.site, what)) {
            continue;
        }
        let (who, at) = (who(trace, event.lane), at(trace, &event));
        let message = format!(
            "{who} {what}{at}: asyncio's objects belong to the loop's thread, which is not woken by this\nhelp: {help}"
        );
        found.push(Finding { kind: FindingKind::WrongThread, message, events: vec![event.id] });
    }
    found
}

/// A time in which a thread was held: from an event on, until an instant.
struct Hold {
    event: Event,
    until: Instant,
}

/// Timers that fired late, and who made them late: the worst for each culprit.
fn late_timers(trace: &Trace) -> Vec<Finding> {
    let mut holds: Vec<Hold> = Vec::new();
    let mut open: BTreeMap<LaneId, Event> = BTreeMap::new();
    let mut worst: BTreeMap<(LaneId, u32), (Duration, String, Vec<EventId>, u64)> = BTreeMap::new();
    for event in trace.events() {
        match event.what {
            What::BlockBegin { .. } if is_on_loop(trace, event.lane) => {
                open.insert(event.lane, event);
            }
            What::ComputeBegin { .. } => {
                open.insert(event.lane, event);
            }
            What::BlockEnd | What::ComputeEnd => {
                if let Some(begun) = open.remove(&event.lane) {
                    holds.push(Hold { event: begun, until: event.at });
                }
            }
            What::TimerFired => {
                let set = event.cause.and_then(|cause| trace.event(cause));
                let Some(Event { what: What::TimerSet { deadline }, .. }) = set else { continue };
                if event.at <= deadline || event.at.since(deadline) < LATE {
                    continue;
                }
                let late = event.at.since(deadline);
                let Some(culprit) = culprit(trace, &holds, &open, deadline) else { continue };
                let key = (culprit.lane, culprit.site.0);
                let entry = worst.entry(key).or_insert((Duration::ZERO, String::new(), vec![], 0));
                entry.3 += 1;
                if late > entry.0 {
                    let text = late_text(trace, &event, deadline, late, &culprit);
                    (entry.0, entry.1, entry.2) = (late, text, vec![culprit.id, event.id]);
                }
            }
            _ => {}
        }
    }
    let worst = worst.into_values();
    worst
        .map(|(_, text, events, count)| {
            let more = if count > 1 { format!(" ({count} timers in all)") } else { String::new() };
            let message = text.replacen('\n', &format!("{more}\n"), 1);
            Finding { kind: FindingKind::LoopLag, message, events }
        })
        .collect()
}

/// Who held the loop's thread, or the interpreter lock, when a timer was due.
fn culprit(
    trace: &Trace,
    holds: &[Hold],
    open: &BTreeMap<LaneId, Event>,
    deadline: Instant,
) -> Option<Event> {
    let covers = |hold: &&Hold| hold.event.at <= deadline && deadline <= hold.until;
    let own = holds.iter().rev().filter(covers).find(|hold| is_on_loop(trace, hold.event.lane));
    let other = || open.values().find(|begun| begun.at <= deadline).copied();
    let ended = || holds.iter().rev().find(covers).map(|hold| hold.event);
    own.map(|hold| hold.event).or_else(other).or_else(ended)
}

fn late_text(
    trace: &Trace,
    fired: &Event,
    deadline: Instant,
    late: Duration,
    culprit: &Event,
) -> String {
    let setter = fired.cause.and_then(|set| trace.event(set)).map_or(fired.lane, |set| set.lane);
    let (who, by) = (who(trace, setter), who(trace, culprit.lane));
    let place = at(trace, culprit);
    let (did, help) = match culprit.what {
        What::BlockBegin { duration } => (
            format!("{by} blocks the loop for {duration}{place}"),
            "await asyncio.sleep() instead, or give it to a thread: await asyncio.to_thread(…)",
        ),
        What::ComputeBegin { duration } if is_on_loop(trace, culprit.lane) => (
            format!("{by} computes on the loop for {duration}{place}"),
            "give it to a process: await loop.run_in_executor(process_pool, …)",
        ),
        _ => (
            format!("{by} computes{place} and holds the interpreter lock"),
            "CPU-bound work belongs in a process pool, which has an interpreter lock of its own",
        ),
    };
    format!("a timer of {who}, due at {deadline}, fires {late} late: {did}\nhelp: {help}")
}
