//! The two file forms of a trace: written while a run goes on, read back as the same [`Trace`].
//!
//! * [`Form::Arrow`] (`.arrow`): an Apache Arrow IPC stream, for programs. See [`arrow`].
//! * [`Form::JsonLines`] (`.jsonl`): a header line, then an event a line in plain words, for eyes,
//!   `jq`, `diff` and pipes. See [`jsonl`].
//!
//! Both say which version they are, hold all that a viewer needs, and end with the run's outcome. A
//! file without that end was cut short, and is read up to the cut.
//!
//! ```
//! use loopsim::index::{EventId, LaneId, SiteId};
//! use loopsim::trace::event::{Resume, What};
//! use loopsim::trace::file::{self, Form};
//! use loopsim::trace::{Header, Lane, LaneKind, Outcome, Recorder};
//!
//! let mut recorder = Recorder::in_memory(Header::default());
//! let main = recorder.lane(Lane::numbered(LaneKind::Task, 1));
//! recorder.record(main, SiteId::NONE, EventId::NONE, What::StepBegin { how: Resume::Send });
//! let trace = recorder.finish(Outcome::Interrupted);
//!
//! let mut bytes = Vec::new();
//! file::write(&trace, Form::Arrow, &mut bytes)?;
//! let read = file::read(bytes.as_slice())?;
//! assert!(read.cut.is_none());
//! assert!(read.trace.events().eq(trace.events()));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Architecture invariant: this module opens nothing. It works on the reader or writer it is given.
//!
//! [`Trace`]: super::Trace

pub mod arrow;
pub mod jsonl;

mod assembly;
mod error;
mod form;
mod header;
mod names;
mod read;
mod write;

pub use error::ReadTraceError;
pub use form::Form;
pub use header::FORMAT_VERSION;
pub use read::{Cut, ReadTrace, read};
pub use write::{Status, sink, write};

#[cfg(test)]
mod tests;
