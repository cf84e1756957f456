//! `sim diff`: where two runs begin to differ, and what caused that.

use crate::analysis::{Labels, TraceGraph, describe, first_difference, place};
use crate::cli::args::DiffArguments;
use crate::cli::exit::Exit;
use crate::cli::terminal::{Mark, Terminal};
use crate::cli::trace_input::trace_of;
use crate::index::EventId;
use crate::trace::Trace;

/// How many events before the difference are shown, and how many causes of it.
const CONTEXT: usize = 3;

/// Compares two runs event by event. They differ: exit code 1.
pub(in crate::cli) fn diff(arguments: &DiffArguments, terminal: &Terminal) -> Exit {
    let mut traces = Vec::new();
    for file in [&arguments.left, &arguments.right] {
        match trace_of(file, &arguments.simulation, terminal) {
            Ok(mut trace) => {
                let labels = Labels::of(&trace);
                trace.rename_lanes(|lane, _| labels.get(lane).to_owned());
                traces.push(trace);
            }
            Err(exit) => return exit,
        }
    }
    let [left, right] = traces.as_slice() else { return Exit::Usage };
    let Some(event) = first_difference(left, right) else {
        terminal.out_line(&format!("the same, event by event: {} events", left.len()));
        return Exit::Fine;
    };
    let same = format!("{} events are the same; then, from #{}:", event.0, event.0);
    terminal.out_line(&same);
    let before = event.index().saturating_sub(CONTEXT)..event.index();
    for event in before.map(EventId::from_index) {
        terminal.out_line(&format!("  {}", line(left, event)));
    }
    let colored = terminal.colors_out();
    for (sign, mark, trace) in [('-', Mark::Bad, left), ('+', Mark::Good, right)] {
        let text = match event.index() < trace.len() {
            true => line(trace, event),
            false => "the run has ended".to_owned(),
        };
        terminal.out_line(&mark.paint(&format!("{sign} {text}"), colored));
        let graph = TraceGraph::new(trace);
        for cause in graph.cause_chain(event).skip(1).take(CONTEXT) {
            terminal.out_line(&format!("{sign}     since {}", line(trace, cause)));
        }
    }
    Exit::Failed
}

fn line(trace: &Trace, event: EventId) -> String {
    let Some(found) = trace.event(event) else { return String::new() };
    let place = place(trace, found.site).map_or(String::new(), |place| format!("  {place}"));
    format!("#{} {}  {}{place}", event.0, found.at, describe(trace, found))
}
