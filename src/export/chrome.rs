//! Traces in Chrome's JSON form, which Perfetto, `chrome://tracing`, the Firefox Profiler and
//! speedscope read.
//!
//! Source: "Trace Event Format"; times are microseconds, written with three decimals so that no
//! nanosecond is lost. A lane is a thread; a run is a slice, a wait another one below it; what woke
//! a task is a flow from there to its next step.

use serde_json::{Value, json};

use super::slices::{begins, ends, is_instant};
use crate::analysis::{describe, place};
use crate::index::EventId;
use crate::trace::{Event, LaneKind, Trace};

/// A slice that has begun.
struct Open {
    name: String,
    since: u64,
    event: EventId,
}

/// All of a trace as one JSON document, an event a line.
pub fn chrome(trace: &Trace) -> String {
    let mut lines = names(trace);
    let mut open: Vec<Option<Open>> = Vec::new();
    open.resize_with(trace.lanes().len(), || None);
    for event in trace.events() {
        let lane = event.lane.index();
        let Some(begun) = open.get_mut(lane) else { continue };
        if let Some((name, is_flow)) = begins(trace, &event) {
            if let Some(before) = begun.take() {
                lines.push(slice(trace, lane, &before, &event));
            }
            *begun = Some(Open { name, since: event.at.as_nanos(), event: event.id });
            if let Some(cause) = event.cause.filter(|_| is_flow) {
                lines.extend(flow(trace, cause, &event));
            }
        } else if ends(&event) {
            if let Some(before) = begun.take() {
                lines.push(slice(trace, lane, &before, &event));
            }
        } else if is_instant(&event) {
            lines.push(json!({
                "ph": "i", "s": "t", "pid": 1, "tid": lane, "ts": micros(event.at.as_nanos()),
                "name": describe(trace, event), "args": arguments(trace, &event),
            }));
        }
    }
    let end = trace.end_time().as_nanos();
    for (lane, begun) in open.iter().enumerate() {
        if let Some(begun) = begun {
            lines.push(complete(lane, begun, end, json!({ "event": begun.event.0 })));
        }
    }
    let lines: Vec<String> = lines.iter().map(raw).collect();
    format!(
        "{{\"displayTimeUnit\":\"ns\",\"otherData\":{},\"traceEvents\":[\n{}\n]}}\n",
        json!({ "program": trace.header().program, "seed": trace.header().seed.to_string() }),
        lines.join(",\n")
    )
}

/// Names and order of the lanes.
fn names(trace: &Trace) -> Vec<Value> {
    let mut lines = vec![json!({
        "ph": "M", "pid": 1, "name": "process_name", "args": { "name": trace.header().program },
    })];
    for (index, lane) in trace.lanes().iter().enumerate() {
        lines.push(json!({
            "ph": "M", "pid": 1, "tid": index, "name": "thread_name",
            "args": { "name": lane.name() },
        }));
        lines.push(json!({
            "ph": "M", "pid": 1, "tid": index, "name": "thread_sort_index",
            "args": { "sort_index": index },
        }));
    }
    lines
}

fn slice(trace: &Trace, lane: usize, begun: &Open, end: &Event) -> Value {
    let known = trace.event(begun.event);
    let arguments = known.map_or(Value::Null, |event| arguments(trace, &event));
    complete(lane, begun, end.at.as_nanos(), arguments)
}

fn complete(lane: usize, begun: &Open, end: u64, arguments: Value) -> Value {
    json!({
        "ph": "X", "pid": 1, "tid": lane, "name": begun.name,
        "ts": micros(begun.since), "dur": micros(end.saturating_sub(begun.since)),
        "args": arguments,
    })
}

fn arguments(trace: &Trace, event: &Event) -> Value {
    json!({
        "event": event.id.0,
        "what": describe(trace, *event),
        "place": place(trace, event.site),
        "cause": event.cause.map(|cause| cause.0),
    })
}

/// The arrow from what made a step possible to its beginning.
fn flow(trace: &Trace, cause: EventId, effect: &Event) -> Vec<Value> {
    let Some(from) = trace.event(cause) else { return Vec::new() };
    let is_thread = |event: &Event| {
        let lane = trace.lanes().get(event.lane.index());
        lane.is_some_and(|lane| lane.kind != LaneKind::Pool)
    };
    if !is_thread(&from) {
        return Vec::new();
    }
    let end = |kind: &str, event: &Event| {
        json!({
            "ph": kind, "pid": 1, "tid": event.lane.index(), "ts": micros(event.at.as_nanos()),
            "id": effect.id.0, "cat": "cause", "name": "cause", "bp": "e",
        })
    };
    vec![end("s", &from), end("f", effect)]
}

/// Nanoseconds as a number of microseconds with three decimals; marked so that it is written bare.
fn micros(nanos: u64) -> String {
    format!("\u{1}{}.{:03}\u{1}", nanos / 1000, nanos % 1000)
}

/// The text of a value, with marked numbers bare.
fn raw(value: &Value) -> String {
    value.to_string().replace("\"\\u0001", "").replace("\\u0001\"", "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{blocked, numbers, relay};

    #[test]
    fn every_line_is_an_event_with_a_time_and_a_lane() {
        for trace in [numbers(), blocked(), relay()] {
            let document: Value = serde_json::from_str(&chrome(&trace)).unwrap();
            let events = document["traceEvents"].as_array().unwrap();
            let of = |kind: &str| events.iter().filter(|event| event["ph"] == kind).count();
            assert_eq!(of("s"), of("f"));
            assert!(of("X") > trace.lanes().len());
            for event in events.iter().filter(|event| event["ph"] == "X") {
                let (ts, dur) = (event["ts"].as_f64().unwrap(), event["dur"].as_f64().unwrap());
                // None of these runs is longer than five seconds.
                assert!(ts + dur <= 5_000_000.0, "{event}");
            }
        }
    }
}
