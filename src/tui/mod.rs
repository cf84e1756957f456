//! The timeline in a terminal: state, input and drawing of `sim view`.
//!
//! * [`Model`]: a trace, made ready to be looked at, however long it is.
//! * [`View`]: one run, or a [`Pair`] of two that are compared.
//! * [`App`]: where the cursor is and what is open. [`App::apply`] takes an [`Input`] and says what
//!   is to be done besides drawing.
//! * [`draw()`]: a pure function of an [`App`]. [`snapshot`]: a frame as text or SVG.
//! * [`keys`]: the one table from which dispatch, help, footer and the README's table are made.
//!
//! ```
//! use std::rc::Rc;
//!
//! use loopsim::trace::{Header, Outcome, Trace};
//! use loopsim::tui::{App, Look, Model, snapshot};
//!
//! let trace = Trace::empty(Header::default(), Outcome::Interrupted);
//! let app = App::new(Rc::new(Model::new(trace, None)), Look::default(), (80, 24));
//! assert!(snapshot::text(&snapshot::frame(&app)).contains("No events"));
//! ```
//!
//! Architecture invariant: this module knows traces and what can be found out from them, and
//! nothing else: no engine, no file, no clock, no terminal. Whoever holds the terminal translates
//! its events to [`Input`] and does what an [`Effect`] asks for.

mod app;
mod draw;
pub mod input;
mod keymap;
pub mod keys;
mod layout;
mod model;
mod pair;
pub mod snapshot;
mod theme;

pub use app::{App, Effect, InspectedFrame, Inspection, Pane};
pub use draw::draw;
pub use input::{Input, Key};
pub use keymap::Keymap;
pub use model::{Awaited, Axis, CriticalPath, Finding, Here, Model, Pending, State, Step};
pub use pair::{Pair, View};
pub use theme::{Look, Theme};

#[cfg(test)]
mod key_tests;
#[cfg(test)]
mod tests;
