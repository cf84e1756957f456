//! What every lane does when: found in one pass over a trace, and then looked up in a time that
//! hardly depends on how long the trace is. What draws lanes draws them from here.

mod build;
mod crowd;
#[cfg(test)]
mod fixture;
mod life;
mod ruler;
mod spans;
mod state;
mod tree;

pub(crate) use build::{Indexed, index};
pub(crate) use crowd::Crowd;
pub use life::Axis;
pub(crate) use life::{Interval, Life};
pub(crate) use ruler::{clock, steps};
pub use state::State;
pub(crate) use tree::{Place, Tree};
