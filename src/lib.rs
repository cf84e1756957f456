//! loopsim: deterministic simulation and tracing of asyncio-style programs.

pub mod compile;
pub mod diagnostic;
pub mod executor;
pub mod index;
pub mod interpreter;
pub mod pool;
pub mod program;
pub mod report;
pub mod rng;
pub mod scenario;
#[cfg(feature = "cli")]
pub mod snapshot;
pub mod source;
pub mod tasks;
pub mod time;
pub mod trace;
