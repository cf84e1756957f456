//! Worker pools: asyncio's executors, with workers that exist in virtual time only.
//!
//! A pool has one FIFO queue and makes workers as CPython does: one for each submission until there
//! are `max_workers`, unless one is idle; workers never end before the pool does. A job runs on its
//! worker until it blocks or computes; that takes its virtual time while the loop goes on. Its
//! result is posted to the loop's ready queue at the moment it is done.
//!
//! Source: CPython `Lib/concurrent/futures/thread.py`, `process.py`, `Lib/asyncio/futures.py`
//! (`_chain_future`), semantics §12.
//!
//! Architecture invariant: this module does not know what a job computes.

mod job;
mod worker;

pub use job::{Call, Job, Progress};
pub use worker::{Pool, PoolConfig, PoolKind, Refusal};

#[cfg(test)]
mod tests;
