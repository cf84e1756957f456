//! The trace: every scheduling decision of a run, in order, each with the event that caused it.
//!
//! * [`event`]: the closed, versioned vocabulary, and the 20-byte record an event is kept as.
//! * [`Recorder`]: what the engine appends to while running; can pass on what it has to a [`Sink`].
//! * [`Trace`]: a finished recording. Every view is made from a `Trace` alone.
//! * [`mod@file`]: the two file forms.
//! * [`Outcome`]: how a run ended. [`Schedule`]: the choices a run took, as text and back.
//!
//! Each event has two predecessors: the one before it on its own lane, and its *cause*, the event
//! that made it possible. Cause and effect say why; the lane says who.
//!
//! The ready queue is not written down, because the trace holds it: at event `i` it is all handles
//! (`StepBegin`, `CallBegin`, `TimerFired` …) after `i` whose cause is not after `i`, in order.
//!
//! Architecture invariant: this module does not know who records. The recorder gives back nothing
//! that an engine could decide by: recording cannot change a run.

pub mod event;
pub mod file;
pub mod outcome;
mod recorder;
mod recording;
pub mod schedule;
mod traceback;

pub use event::{Event, EventKind, Record, What};
pub use outcome::Outcome;
pub use recorder::{Batch, Recorder, Sink};
pub use recording::{Header, Lane, LaneKind, PythonVersion, Site, Trace};
pub use schedule::Schedule;
pub use traceback::{MAX_REPEATED, frame_lines};
