//! The TOML front end: a scenario file as a model with spans.
//!
//! [`parse`] reads a text into a [`Scenario`], collecting every mistake it can find on the way. What
//! stands in strings (expressions, f-strings, statements) is parsed here too, with ruff's parser,
//! so the compiler never sees text. Names are not resolved here: that is the compiler's work.
//!
//! ```
//! use loopsim::{diagnostic::Diagnostics, scenario, source::SourceFile};
//! let text = r#"
//!     [coroutines.main]
//!     steps = [{ print = "hello" }, { slep = 1 }]
//! "#;
//! let mut diagnostics = Diagnostics::default();
//! scenario::parse(SourceFile::new("hello.toml", text), &mut diagnostics);
//! let found = diagnostics.iter().next().unwrap();
//! assert_eq!(found.message, "unknown action `slep`");
//! assert_eq!(found.helps, ["did you mean `sleep`?"]);
//! ```
//!
//! Architecture invariant: this module does not know the engine, nor what a step does.

pub mod model;

mod parse;

mod routine;
mod step;

mod action;
mod keys;

mod expect;
mod explore;
mod schema;
mod section;

mod duration;
mod table;
mod value;

mod text;
mod toml_error;
mod toml_scan;

pub use explore::STRATEGIES;
pub use model::Scenario;
pub use parse::parse;
pub use schema::json_schema;
pub use section::RUNTIME_KEYS;

#[cfg(test)]
mod tests;
