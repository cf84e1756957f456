//! loopsim: deterministic simulation and tracing of asyncio-style programs.

pub mod compile;
pub mod diagnostic;
pub mod index;
pub mod program;
pub mod rng;
pub mod scenario;
pub mod source;
pub mod time;
pub mod trace;
