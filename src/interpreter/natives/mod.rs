//! Native functions that need the event loop: output, the clock, asyncio.
//!
//! Architecture invariant: nothing here knows how instructions are run; it calls back through
//! [`Vm`](crate::program::value::Vm).

mod async_iteration;
pub(super) mod asyncio;
mod clock;
mod lookup;
pub(super) mod output;

use lookup::exception;
pub(super) use lookup::{closed, lookup, world_of};
