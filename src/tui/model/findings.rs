//! What a person should look at: where the run went wrong, and what made it slow.

use super::Model;
use super::state::State;
use crate::analysis::{self, FindingKind};
use crate::index::{EventId, LaneId};
use crate::time::Duration;
use crate::trace::event::{End, What};
use crate::trace::{EventKind, Outcome, Record};

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

/// All findings, in the order of their events.
pub(super) fn findings(model: &Model) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut counts = [0_usize; 6];
    for (index, record) in model.trace().records().enumerate() {
        let id = EventId::from_index(index);
        let Some((rank, finding)) = of_event(model, id, record) else { continue };
        counts[rank] += 1;
        if counts[rank] <= MAX_OF_A_KIND {
            found.push(finding);
        }
    }
    found.extend(of_end(model));
    found.extend(of_analysis(model));
    found.sort_by_key(|finding| finding.event);
    found
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
        let text = found.message.lines().next().unwrap_or_default().to_owned();
        Some(Finding { event, lane: model.lane_of(event), kind: found.kind.name(), text })
    };
    found.filter_map(finding).collect()
}

fn of_event(model: &Model, event: EventId, record: Record) -> Option<(usize, Finding)> {
    let lane = record.lane();
    let found = |rank, kind, text| Some((rank, Finding { event, lane, kind, text }));
    // Few of all events are of these kinds; the others are not unpacked.
    match record.kind() {
        EventKind::TaskFinished => match record.what() {
            What::TaskFinished { end: End::Raised } => {
                let why = model.raised_before(event).unwrap_or("with an exception");
                found(0, "failed", format!("{} fails: {why}", model.name(lane)))
            }
            What::TaskFinished { end: End::Cancelled } => {
                found(1, "cancelled", format!("{} ends cancelled", model.name(lane)))
            }
            _ => None,
        },
        EventKind::TimerFired => {
            let set = record.cause()?;
            let What::TimerSet { deadline } = model.trace().record(set)?.what() else {
                return None;
            };
            let late = model.trace().time_of(event).since(deadline);
            let asker = model.trace().record(set)?.lane();
            (!late.is_zero()).then_some(())?;
            let text = format!("timer of {} fires {late} late", model.name(asker));
            Some((2, Finding { event, lane: asker, kind: "late timer", text }))
        }
        EventKind::BlockBegin | EventKind::ComputeBegin => {
            let (What::BlockBegin { duration } | What::ComputeBegin { duration }) = record.what()
            else {
                return None;
            };
            let holds = duration >= SLOW && model.is_on_loop(lane);
            holds.then_some(())?;
            found(3, "blocked loop", format!("{} holds the loop for {duration}", model.name(lane)))
        }
        EventKind::Finding => {
            let What::Finding { text } = record.what() else { return None };
            found(5, "finding", model.trace().text(text).to_owned())
        }
        EventKind::HandleDropped => {
            found(4, "dropped", "a ready handle never ran: the loop had ended".to_owned())
        }
        _ => None,
    }
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
                finding(
                    lane_of(&waiting.task),
                    "deadlock",
                    format!("{name} waits forever for {on}"),
                )
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
