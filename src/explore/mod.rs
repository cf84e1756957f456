//! Every schedule that could happen: runs a program again and again, each time with other answers
//! to its choice points, and tells what it can come to.
//!
//! * [`Subject`]: what can be explored: anything that asks an [`Oracle`] for its choices.
//! * [`search`](fn@search): goes through the schedules: all of them, one of each class of those that
//!   only differ in the order of steps that do not depend on each other, or as many as are drawn.
//! * [`Tally`]: what came out, and a [`Witness`] of each outcome.
//! * [`explore`](fn@explore): a search, and for each outcome its share and a simple schedule that
//!   leads there. [`Explored`] is a program, [`explore_future`] takes a Rust user's own futures.
//! * [`shrink`](fn@shrink): the smallest text of a program that still fails.
//! * [`model`]: a small language of threads, for programs whose answers are known.
//!
//! Architecture invariant: this module does not know how its results are shown, nor files.

mod budget;
mod count;
mod drive;
mod exploration;
mod future;
pub mod model;
mod program;
mod search;
mod shrink;
mod steer;
mod subject;
mod tally;

pub use drive::{
    Found, Incomplete, Progress, Search, Strategy, USUAL_DRAWS, USUAL_RUNS, Watcher, search,
};
pub use exploration::{Exploration, Outcome, Shares, explore};
pub use future::{FutureEnd, explore_future};
pub use program::{Explored, ProgramEnd};
pub use search::{Draw, LeftOut, Reduction};
pub use shrink::{Cut, cuts_of_python, cuts_of_scenario, shrink};
pub use steer::Shown;
pub use subject::{Oracle, Subject};
pub use tally::{Row, Share, Tally, Witness};

pub use crate::trace::schedule::Open;
