//! What a person should look at: where the run went wrong, and what made it slow.

use super::Model;
use crate::analysis::lives::State;
use crate::analysis::{self, FindingKind};
use crate::index::{EventId, LaneId};
use crate::time::{Duration, Instant};
use crate::trace::event::{End, What};
use crate::trace::{EventKind, LaneKind, Outcome, Record, Trace};

/// How many findings of one kind are listed; the others are counted.
const MAX_OF_A_KIND: usize = 200;

/// Longer traces are not searched for races: it would take longer than one waits for a screen.
const MAX_ANALYSED: usize = 2_000_000;

/// asyncio's own bound for a slow callback.
const SLOW: Duration = Duration::from_millis(100);

/// Something worth looking at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub event: EventId,
    /// Whose.
    pub lane: LaneId,
    /// One word for what it is: `deadlock`, `failed`, `late timer` …
    pub kind: &'static str,
    /// What it is.
    pub text: String,
}

/// All findings, in the order of their events. The candidates are events worth looking at.
pub(super) fn findings(model: &Model, candidates: Vec<EventId>) -> Vec<Finding> {
    let of_event = |event: EventId| of_event(model, event, model.trace().record(event)?);
    let mut found: Vec<Finding> = candidates.into_iter().filter_map(of_event).collect();
    found.extend(of_end(model));
    found.extend(of_analysis(model));
    found.sort_by_key(|finding| finding.event);
    found
}

/// The events that are findings by themselves, the first of each kind.
pub(super) fn candidates(trace: &Trace) -> Vec<EventId> {
    let mut found = Vec::new();
    let mut counts = [0_usize; EventKind::ALL.len()];
    let mut now = Instant::ZERO;
    for (index, record) in trace.chunks().flatten().enumerate() {
        let is_one = match record.kind() {
            EventKind::ClockAdvanced => {
                if let What::ClockAdvanced { to } = record.what() {
                    now = to;
                }
                false
            }
            EventKind::TaskFinished => {
                matches!(record.what(), What::TaskFinished { end: End::Raised | End::Cancelled })
            }
            EventKind::TimerFired => late(trace, *record, now).is_some(),
            EventKind::BlockBegin | EventKind::ComputeBegin => held(trace, *record).is_some(),
            EventKind::Finding | EventKind::HandleDropped => true,
            _ => false,
        };
        let count = &mut counts[record.kind() as usize];
        if is_one && *count < MAX_OF_A_KIND {
            *count += 1;
            found.push(EventId::from_index(index));
        }
    }
    found
}

/// Whose timer fires later than it was due, and by how much.
fn late(trace: &Trace, fired: Record, now: Instant) -> Option<(LaneId, Duration)> {
    let set = trace.record(fired.cause()?)?;
    let What::TimerSet { deadline } = set.what() else { return None };
    let late = now.since(deadline);
    (!late.is_zero()).then_some((set.lane(), late))
}

/// For how long the loop's thread is held, where that is long.
fn held(trace: &Trace, record: Record) -> Option<Duration> {
    let kind = trace.lanes().get(record.lane().index())?.kind;
    match record.what() {
        What::BlockBegin { duration } | What::ComputeBegin { duration } => {
            let holds = duration >= SLOW && matches!(kind, LaneKind::Task | LaneKind::Loop);
            holds.then_some(duration)
        }
        _ => None,
    }
}

/// What the analysis finds: races, lost updates, locks in opposite order. Late timers are told here
/// already, each of them.
fn of_analysis(model: &Model) -> Vec<Finding> {
    if model.len() > MAX_ANALYSED {
        return Vec::new();
    }
    let found = analysis::findings(model.trace()).into_iter();
    let found = found.filter(|found| found.kind != FindingKind::LoopLag);
    let finding = |found: analysis::Finding| {
        let event = *found.events.last()?;
        let text = short(model, found.message.lines().next().unwrap_or_default());
        Some(Finding { event, lane: model.lane_of(event), kind: found.kind.name(), text })
    };
    found.filter_map(finding).collect()
}

/// A message with files by their names, without the folders they are in.
fn short(model: &Model, message: &str) -> String {
    let mut message = message.to_owned();
    for (path, _) in &model.trace().header().sources {
        if let Some((folders, _)) = path.rsplit_once('/') {
            message = message.replace(&format!("{folders}/"), "");
        }
    }
    message
}

fn of_event(model: &Model, event: EventId, record: Record) -> Option<Finding> {
    let (trace, lane) = (model.trace(), record.lane());
    let name = model.name(lane);
    let (lane, kind, text) = match record.what() {
        What::TaskFinished { end: End::Raised } => {
            let why = model.raised_before(event).unwrap_or("with an exception");
            (lane, "failed", format!("{name} fails: {why}"))
        }
        What::TaskFinished { .. } => (lane, "cancelled", format!("{name} ends cancelled")),
        What::TimerFired => {
            let (asker, late) = late(trace, record, trace.time_of(event))?;
            let text = format!("timer of {} fires {late} late", model.name(asker));
            (asker, "late timer", text)
        }
        What::BlockBegin { .. } | What::ComputeBegin { .. } => {
            let duration = held(trace, record)?;
            (lane, "blocked loop", format!("{name} holds the loop for {duration}"))
        }
        What::Finding { text } => (lane, "finding", trace.text(text).to_owned()),
        What::HandleDropped => {
            (lane, "dropped", "a ready handle never ran: the loop had ended".to_owned())
        }
        _ => return None,
    };
    Some(Finding { event, lane, kind, text })
}

/// What the end of the run says.
fn of_end(model: &Model) -> Vec<Finding> {
    let Some(event) = model.last_event() else { return Vec::new() };
    let lane_of = |name: &str| model.lane_named(name).unwrap_or(LaneId::LOOP);
    let finding = |lane, kind, text| Finding { event, lane, kind, text };
    match model.trace().outcome() {
        Some(Outcome::Deadlock { waiting, cycle }) => {
            let mut found = Vec::new();
            if !cycle.is_empty() {
                let names: Vec<&str> =
                    cycle.iter().chain(cycle.first()).map(|name| model.shown(name)).collect();
                let lane = cycle.first().map_or(LaneId::LOOP, |name| lane_of(name));
                found.push(finding(lane, "deadlock", format!("cycle: {}", names.join(" → "))));
            }
            found.extend(waiting.iter().take(MAX_OF_A_KIND).map(|waiting| {
                let name = model.shown(&waiting.task);
                let on =
                    waiting.on_task.as_deref().map_or(waiting.on.as_str(), |on| model.shown(on));
                let lane = lane_of(&waiting.task);
                // Where it begins to: the last that it ever does. Those that only wait for the ring
                // are told at the end.
                let matters = cycle.is_empty() || cycle.contains(&waiting.task);
                let begins = model.events_of(lane).last().filter(|_| matters);
                let event = begins.copied().unwrap_or(event);
                let text = format!("{name} waits forever for {on}");
                Finding { event, lane, kind: "deadlock", text }
            }));
            found
        }
        Some(Outcome::Raised { error }) => {
            let text = format!("the run ends with {}: {}", error.type_name, error.message);
            vec![finding(LaneId::LOOP, "raised", text)]
        }
        Some(Outcome::LimitReached { limit, bound, .. }) => {
            let text = format!("limit `{}` reached: {bound}", limit.name());
            vec![finding(LaneId::LOOP, "limit", text)]
        }
        Some(Outcome::StaleSchedule { message }) => {
            vec![finding(LaneId::LOOP, "schedule", message.clone())]
        }
        None => vec![finding(LaneId::LOOP, "cut", "the recording ends here".to_owned())],
        _ => unfinished(model, event),
    }
}

/// Tasks that had not ended when the run had.
fn unfinished(model: &Model, event: EventId) -> Vec<Finding> {
    let open = (0..model.trace().lanes().len()).map(LaneId::from_index).filter(|lane| {
        let state = model.life(*lane).last();
        model.is_task(*lane) && (state.is_wait() || state == State::Ready)
    });
    let text = |lane| format!("{} has not ended when the run does", model.name(lane));
    let finding = |lane| Finding { event, lane, kind: "unfinished", text: text(lane) };
    open.take(MAX_OF_A_KIND).map(finding).collect()
}
