//! Runs a program as `asyncio.run()` does: one call from program, options and host to a finished
//! run.
//!
//! [`run`] builds the shared variables, runs the entry, closes the loop as `asyncio.run()` does,
//! and looks at what `[expect]` says. A run is a function of its arguments. [`inspect`](fn@inspect)
//! runs up to an event and looks into a task.
//!
//! Architecture invariant: this module does not know how a run is looked at, nor where a program
//! or a trace is stored.

mod expectation;
mod inspect;
mod options;
mod outcome;
mod run;

pub use expectation::BrokenExpectation;
pub use inspect::{Inspected, inspect};
pub use options::{Options, Recording};
pub use run::{Run, Summary, header, run};

#[cfg(test)]
mod tests;
