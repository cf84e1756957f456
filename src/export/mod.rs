//! Other forms of what `sim` knows, for other tools.
//!
//! * [`python`](mod@python): a scenario as a program for asyncio.
//! * [`chrome`](fn@chrome), [`dot`](fn@dot), [`mermaid`](fn@mermaid): a trace for Perfetto, Graphviz,
//!   and Markdown.
//!
//! Architecture invariant: this module does not know files or terminals; it makes texts.

mod chrome;
mod dot;
mod mermaid;
pub mod python;

pub use chrome::chrome;
pub use dot::{TooManyEvents, dot};
pub use mermaid::{TooLong, mermaid};
