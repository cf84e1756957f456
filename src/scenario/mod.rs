//! The TOML front end: a scenario file as a model with spans.
//!
//! [`parse`] reads a text into a [`Scenario`], collecting every mistake it can find on the way. What
//! stands in strings (expressions, f-strings, statements) is parsed here too, with ruff's parser,
//! so the compiler never sees text. Names are not resolved here: that is the compiler's work.
//!
//! Architecture invariant: this module does not know the engine, nor what a step does.

pub mod model;

pub use model::Scenario;
