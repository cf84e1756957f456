//! The search itself: which schedule is run next, and which need not be.

mod bits;
mod classes;
mod node;
mod order;
mod sample;
mod uses;
mod walk;

pub(in crate::explore) use classes::{Steps, fingerprint, note_values, orders};
pub use sample::Draw;
pub(in crate::explore) use sample::Sampler;
pub(in crate::explore) use walk::{Broken, Walk};
pub use walk::{LeftOut, Reduction};
