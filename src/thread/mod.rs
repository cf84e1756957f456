//! Threads: code that runs beside the loop, on stacks of its own.
//!
//! The loop's thread is the one that calls; every other [`Threads`] knows has a stack of its own,
//! so that it can be left anywhere: in the middle of a call from native code, while it waits for a
//! lock. Only one of them runs at a time: what is parallel is virtual time. Whoever runs holds a
//! [`Parker`], the one way to wait: for time, for another thread, or for one's turn.
//!
//! * `kernel`: the threads of a run; who runs, who waits for what.
//! * `parker`: what running code waits with.
//! * [`pool`]: asyncio's executors, whose workers are threads.
//!
//! Source: CPython `Lib/threading.py`, `Python/ceval_gil.c`; the stacks are `corosensei`'s.
//!
//! Architecture invariant: this module does not know what threads run.

mod kernel;
mod parker;
pub mod pool;

pub use kernel::{NoRoom, Switch, Threads, WaitingThread};
pub use parker::{Over, Parker};
