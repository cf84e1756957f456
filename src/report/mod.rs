//! What a run was, as text: for people, for machines, and for a snapshot.
//!
//! * [`summary`](fn@summary): the line or two after a run. [`failure`](fn@failure): why it did not
//!   complete, as a traceback or as who waits for what.
//! * [`timeline`](fn@timeline): lanes over time, and the decisions in words.
//! * [`ordering`](fn@ordering): one line for each decision; what `sim test` locks.
//! * [`json`](fn@json): everything, for programs.
//!
//! All of them are functions of a [`Trace`](crate::trace::Trace) or an
//! [`Outcome`](crate::trace::Outcome), so a trace read from a file is as good as a fresh one.
//!
//! Architecture invariant: this module does not know terminals, files or how a run is made. It
//! returns text without color, in the width it is told.

mod decision;
mod failure;
mod json;
mod lifeline;
mod ordering;
mod phrase;
mod scale;
mod summary;
mod table;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod timeline;
mod width;

pub use crate::analysis::Labels;
pub use decision::{Decision, decisions};
pub use failure::failure;
pub use json::json;
pub use ordering::ordering;
pub use phrase::Words;
pub use summary::{Figures, LATE, summary};
pub use timeline::{Glyphs, TimelineStyle, timeline};
