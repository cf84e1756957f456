//! Traces as Mermaid sequence diagrams, which GitHub shows in Markdown.

use crate::index::{EventId, LaneId};
use crate::trace::event::{End, Wait};
use crate::trace::{LaneKind, Trace, What};

/// Mermaid draws no more arrows than this by default.
const MAX_ARROWS: usize = 480;

/// A trace is too long for a diagram that anybody could read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a diagram has room for {MAX_ARROWS} arrows, and this run would need more")]
pub struct TooLong;

/// A trace as a sequence diagram: who creates, wakes and cancels whom.
pub fn mermaid(trace: &Trace) -> Result<String, TooLong> {
    let mut lines = vec!["sequenceDiagram".to_owned()];
    for (index, lane) in trace.lanes().iter().enumerate() {
        if lane.kind != LaneKind::Pool {
            lines.push(format!("    participant {} as {}", id(index), escaped(&lane.name())));
        }
    }
    let mut now = None;
    let mut n_arrows = 0;
    for event in trace.events() {
        let own = id(event.lane.index());
        let line = match event.what {
            What::TaskCreated { task } => Some(arrow(&own, task, "creates")),
            What::CancelRequested { task, accepted: true } => Some(arrow(&own, task, "cancels")),
            What::WorkerStarted { worker } => Some(arrow(&own, worker, "starts")),
            What::StepBegin { .. } | What::JobStarted { .. } => {
                let waker = waker(trace, event.cause, event.lane);
                waker.map(|(lane, why)| arrow(&id(lane.index()), event.lane, &why))
            }
            What::StepEnd { wait } => note(&own, &waits(trace, wait)),
            What::Output { text } => {
                Some(format!("    Note over {own}: {}", escaped(trace.text(text))))
            }
            What::TaskFinished { end } => {
                let how = match end {
                    End::Returned => "returns",
                    End::Raised => "fails",
                    End::Cancelled => "is cancelled",
                };
                note(&own, how)
            }
            _ => None,
        };
        let Some(line) = line else { continue };
        if now != Some(event.at) {
            now = Some(event.at);
            let last = id(trace.lanes().len() - 1);
            lines.push(format!("    Note over {},{last}: {}", id(0), event.at));
        }
        lines.push(line);
        n_arrows += 1;
        if n_arrows > MAX_ARROWS {
            return Err(TooLong);
        }
    }
    Ok(lines.join("\n") + "\n")
}

fn id(lane: usize) -> String {
    format!("L{lane}")
}

fn arrow(from: &str, to: LaneId, what: &str) -> String {
    format!("    {from}->>{}: {what}", id(to.index()))
}

fn note(own: &str, text: &str) -> Option<String> {
    (!text.is_empty()).then(|| format!("    {own}-->>{own}: {text}"))
}

/// Who let a lane go on, and how; `None` if it was its creation, which is told already.
fn waker(trace: &Trace, cause: Option<EventId>, lane: LaneId) -> Option<(LaneId, String)> {
    let mut event = trace.event(cause?)?;
    for _ in 0..16 {
        match event.what {
            What::TaskCreated { .. } | What::CancelRequested { .. } => return None,
            What::TimerFired => return Some((LaneId::LOOP, "its sleep is over".to_owned())),
            What::IoReady => return Some((LaneId::LOOP, "its answer is there".to_owned())),
            _ if event.lane != LaneId::LOOP && event.lane != lane => {
                return Some((event.lane, "wakes".to_owned()));
            }
            _ => event = trace.event(event.cause?)?,
        }
    }
    None
}

fn waits(trace: &Trace, wait: Wait) -> String {
    match wait {
        Wait::Sleep(_) => "sleeps".to_owned(),
        Wait::Io(_) => "waits for io".to_owned(),
        Wait::Primitive(primitive) => {
            format!("waits for {}", escaped(trace.primitive_name(primitive)))
        }
        _ => String::new(),
    }
}

/// Without what means something to Mermaid.
fn escaped(text: &str) -> String {
    let safe = |c: char| match c {
        ';' => ',',
        '#' => '-',
        ':' => '.',
        '`' | '"' | '<' | '>' | '%' => '\'',
        c if c.is_control() => ' ',
        c => c,
    };
    text.chars().take(80).map(safe).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{numbers, relay};

    #[test]
    fn a_short_run_is_a_diagram() {
        for trace in [numbers(), relay()] {
            let text = mermaid(&trace).unwrap();
            assert!(text.starts_with("sequenceDiagram\n    participant L0 as loop\n"), "{text}");
            assert!(text.contains(": creates\n"), "{text}");
        }
    }
}
