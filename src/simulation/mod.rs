//! Runs a program as `asyncio.run()` does: one call from program, options and host to a finished
//! run.
//!
//! [`run`] builds the shared variables, runs the entry, closes the loop as `asyncio.run()` does,
//! and looks at what `[expect]` says. A run is a function of its arguments.
//!
//! Architecture invariant: this module does not know how a run is looked at, nor where a program
//! or a trace is stored.

mod expectation;
mod options;
mod outcome;
mod run;

pub use expectation::BrokenExpectation;
pub use options::{Options, Recording};
pub use run::{Run, Summary, header, run};

#[cfg(test)]
mod tests;
