//! asyncio's event loop on a virtual clock.
//!
//! # Words
//!
//! asyncio's, with asyncio's meaning. A *handle* is a callback in the *ready queue*; a *timer* is a
//! handle that becomes ready at its deadline; an *iteration* is one turn of the loop: it runs the
//! handles that were ready at its start, and no others. A *future* is a value that is not there
//! yet, with callbacks; a *task* is a future whose value a coroutine makes, one *step* after the
//! other, each from resume to suspension. A *leaf* is what suspends a coroutine in the end: a sleep
//! or the await of a future. (What other Rust libraries call an executor is the [`EventLoop`];
//! what Python calls an executor is a pool.)
//!
//! # Life of a task
//!
//! ```text
//! create_task ─► scheduled ─► running ─► waiting ─► scheduled ─► running ─► … ─► done
//!                (a step is    (polled)   (a leaf     (the leaf's
//!                 ready)                  registered) future is done)
//! ```
//!
//! Invariant (asyncio's): a task is scheduled or waiting, never both.
//!
//! # Where behavior comes from
//!
//! CPython's `Lib/asyncio/base_events.py` (`_run_once`, `call_soon`, `call_at`), `futures.py`
//! (`Future`), `tasks.py` (`Task.__step`, `Task.cancel`) and the C module that replaces them.
//!
//! Architecture invariant: this module does not know TOML, Python, text or IO. Virtual time moves
//! in [`clock`](self) only: when nothing is ready, or while the loop's own thread is held.

mod agenda;
mod awaiting;
mod callbacks;
mod cancel;
mod chunks;
mod clock;
mod config;
mod context;
mod core;
mod cpu;
mod done;
mod event_loop;
mod failure;
mod following;
mod future;
mod leaf;
mod open;
mod place;
mod routine;
mod running;
mod scheduler;
mod spawn;
mod step;
mod table;
mod task;
mod timers;
mod waiting;
mod waker;

#[cfg(test)]
mod tests;

pub use awaiting::FutureWait;
pub use callbacks::Handle;
pub use config::{Config, Host, Limits, Progress, Unattended};
pub use context::Context;
pub(crate) use cpu::{Back, Go};
pub(crate) use done::Callback;
pub use event_loop::{Counts, EventLoop};
pub use failure::{ExceptionObject, Failure, Message};
pub(crate) use future::Kind;
pub use future::{DoneId, Future, InvalidState};
pub use leaf::{Io, Sleep};
pub(crate) use place::{PlaceWait, ToldWait, WaitEnd, Waiter, WaiterState};
pub(crate) use running::{Halt, LoopState, Notice, Observer};
pub(crate) use scheduler::PROGRAM;
pub use scheduler::{
    Access, Actor, Cause, Choice, Fifo, Grain, Mode, Refusal, Replay, Scheduler, Seeded,
};
pub use task::{Task, TaskRef};
pub use waiting::WaitingTask;

use crate::trace::outcome::LimitKind;

/// Why a loop ended before what it ran was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// Nothing is ready, no timer is set, nothing outside is under way: CPython would hang.
    Deadlock,
    /// A bound was reached.
    Limit(LimitKind),
    /// The host ended the run.
    Interrupted,
    /// The schedule to replay does not fit.
    StaleSchedule(String),
}
