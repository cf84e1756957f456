//! Other forms of what `sim` knows, for other tools.
//!
//! * [`python`](mod@python): a scenario as a program for asyncio.
//! * [`perfetto`](fn@perfetto), [`chrome`](fn@chrome): a trace for timeline viewers.
//! * [`svg`](fn@svg), [`html`](fn@html): the timeline as a picture, and as a page to step through.
//! * [`dot`](fn@dot), [`mermaid`](fn@mermaid): a short trace for Graphviz, and for Markdown.
//!
//! Architecture invariant: this module does not know files or terminals; it makes texts and bytes.

mod chrome;
mod dot;
mod html;
mod mermaid;
mod perfetto;
pub mod python;
mod slices;
mod svg;

pub use chrome::chrome;
pub use dot::{TooManyEvents, dot};
pub use html::html;
pub use mermaid::{TooLong, mermaid};
pub use perfetto::perfetto;
pub use svg::svg;
