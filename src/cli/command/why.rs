//! `sim why`: the chain of causes that led to an event, in words.

use crate::analysis::{Labels, TraceGraph, describe, place};
use crate::cli::args::WhyArguments;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::trace_input::trace_of;
use crate::index::{EventId, LaneId};
use crate::trace::{EventKind, Record, Trace};

/// The longest chain that is told.
const MAX_CHAIN: usize = 1000;

/// Tells why an event happened.
pub(in crate::cli) fn why(arguments: &WhyArguments, terminal: &Terminal) -> Exit {
    let mut trace = match trace_of(&arguments.file, &arguments.simulation, terminal) {
        Ok(trace) => trace,
        Err(exit) => return exit,
    };
    let lanes = (0..trace.lanes().len()).map(LaneId::from_index);
    let by_name = lanes.clone().find(|lane| trace.lane_name(*lane) == arguments.event);
    let labels = Labels::of(&trace);
    trace.rename_lanes(|lane, _| labels.get(lane).to_owned());
    let by_label = || lanes.clone().find(|lane| trace.lane_name(*lane) == arguments.event);
    let lane = by_name.or_else(by_label);
    let event = match find(&trace, lane, &arguments.event) {
        Ok(event) => event,
        Err(problem) => {
            terminal.error(&problem);
            return Exit::Usage;
        }
    };
    let graph = TraceGraph::new(&trace);
    let chain: Vec<EventId> = chain(&graph, event).take(MAX_CHAIN).collect();
    let rows: Vec<[String; 4]> = chain.iter().filter_map(|event| row(&trace, *event)).collect();
    let widest =
        |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let [number, at, what, _] = [0, 1, 2, 3].map(widest);
    for (index, row) in rows.iter().enumerate() {
        let sign = if index == 0 { "      " } else { "since " };
        let line =
            format!("{sign}{:>number$}  {:>at$}  {:<what$}  {}", row[0], row[1], row[2], row[3]);
        terminal.out_line(line.trim_end());
    }
    Exit::Fine
}

/// What made each event possible, from the event to the beginning: its cause; without one, the
/// beginning of the step that it is in.
fn chain<'g>(graph: &'g TraceGraph<'_>, event: EventId) -> impl Iterator<Item = EventId> + use<'g> {
    let begins = |event: &EventId| {
        use EventKind as K;
        let kind = graph.trace().record(*event).map(Record::kind);
        matches!(kind, Some(K::StepBegin | K::CallBegin | K::JobStarted | K::StepEnd))
    };
    std::iter::successors(Some(event), move |event| {
        graph.cause(*event).or_else(|| {
            let before = || {
                std::iter::successors(graph.lane_predecessor(*event), |before| {
                    graph.lane_predecessor(*before)
                })
            };
            before().take(MAX_CHAIN).find(begins).or_else(|| before().next())
        })
    })
}

fn row(trace: &Trace, event: EventId) -> Option<[String; 4]> {
    let found = trace.event(event)?;
    let place = place(trace, found.site).unwrap_or_default();
    Some([format!("#{}", event.0), found.at.to_string(), describe(trace, found), place])
}

/// The event that is meant: `#31` or `31`, a lane's last one, `end`, or the first line of output
/// with that text.
fn find(trace: &Trace, lane: Option<LaneId>, text: &str) -> Result<EventId, String> {
    let last = trace.len().checked_sub(1).ok_or("nothing was recorded")?;
    if text == "end" {
        return Ok(EventId::from_index(last));
    }
    if let Ok(number) = text.trim_start_matches('#').parse::<u32>() {
        return match number as usize <= last {
            true => Ok(EventId(number)),
            false => Err(format!("the last event is #{last}")),
        };
    }
    let of_lane = |lane: LaneId| {
        let events = trace.records().enumerate();
        let last = events.filter(|(_, record)| record.lane() == lane).last();
        last.map(|(index, _)| EventId::from_index(index))
    };
    let printed = || {
        trace.events().find(|event| {
            let said = event.what.text().map(|said| trace.text(said));
            said.is_some_and(|said| said.contains(text))
        })
    };
    let found = lane.and_then(of_lane).or_else(|| printed().map(|event| event.id));
    found.ok_or_else(|| {
        format!("`{text}` is neither an event such as #31, nor a lane, nor in the output")
    })
}
