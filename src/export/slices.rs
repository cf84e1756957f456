//! What a lane does, cut into slices: the same for all forms that have slices.

use crate::trace::event::Wait;
use crate::trace::{Event, Trace, What};

/// What a slice is called that begins with an event, and whether something led there.
pub(super) fn begins(trace: &Trace, event: &Event) -> Option<(String, bool)> {
    match event.what {
        What::StepBegin { .. } => Some(("runs".to_owned(), true)),
        What::StepEnd { wait } => Some((waits(trace, wait), false)),
        What::CallBegin { name, .. } => Some((format!("{}()", trace.text(name)), true)),
        What::JobStarted { job } => Some((format!("job {}", job.0), true)),
        What::BlockBegin { .. } => Some(("blocks".to_owned(), false)),
        What::ComputeBegin { .. } => Some(("computes".to_owned(), false)),
        // What goes on after a block or a computation is the step or the job.
        What::BlockEnd | What::ComputeEnd => Some(("runs".to_owned(), false)),
        _ => None,
    }
}

fn waits(trace: &Trace, wait: Wait) -> String {
    match wait {
        Wait::Turn => "ready".to_owned(),
        Wait::Sleep(_) => "sleeps".to_owned(),
        Wait::Io(_) => "waits for io".to_owned(),
        Wait::Task(lane) => format!("waits for {}", trace.lane_name(lane)),
        Wait::Gather(_) => "waits for its gather".to_owned(),
        Wait::Job(job) => format!("waits for job {}", job.0),
        Wait::Primitive(primitive) => format!("waits for {}", trace.primitive_name(primitive)),
        Wait::Future(_) => "waits for a future".to_owned(),
        Wait::Waker => "waits for its waker".to_owned(),
    }
}

/// Whether what went on on the lane ends with an event, and nothing follows at once.
pub(super) fn ends(event: &Event) -> bool {
    matches!(
        event.what,
        What::TaskFinished { .. } | What::CallEnd { .. } | What::JobFinished { .. }
    )
}

/// Whether an event is shown as a point.
pub(super) fn is_instant(event: &Event) -> bool {
    matches!(
        event.what,
        What::Output { .. }
            | What::Raised { .. }
            | What::CancelRequested { .. }
            | What::TaskCreated { .. }
            | What::Choice { .. }
            | What::RunEnd { .. }
            | What::PrimitiveChanged { .. }
            | What::Finding { .. }
    )
}
