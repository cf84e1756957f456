//! What the interpreter runs: instructions, expressions and the values they work on.
//!
//! Architecture invariant: this module does not know which front end a program came from, nor who
//! runs it. Nothing here touches the event loop.

pub mod exception;
pub mod value;
