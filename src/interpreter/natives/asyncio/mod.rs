//! asyncio's objects and functions, as programs use them.
//!
//! * `future`: `Future` and `Task` objects, which wrap the loop's.
//! * `handle`: what `call_soon` and `call_later` return.
//! * `native`: coroutines that are not the program's: `sleep`, `to_thread`.
//! * `sync`: locks, events, conditions, semaphores, barriers and queues.
//! * `runner`: `asyncio.run()`; `module`: the module itself.
//! * `functions`: everything else.
//!
//! Architecture invariant: scheduling is the loop's; here its objects are only given Python's face.

mod callback;
mod functions;
mod future;
mod handle;
mod module;
mod native;
mod pool;
mod registry;
mod runner;
mod spawn;
mod sync;

pub(in crate::interpreter) use functions::FUNCTIONS;
pub(in crate::interpreter) use module::module;
pub(in crate::interpreter) use registry::Registry;
pub(in crate::interpreter) use runner::{close_soon, closing_task, driven_by_hand};
pub(in crate::interpreter) use spawn::{awaited, spawn};
pub(in crate::interpreter) use sync::{Names as PrimitiveNames, TYPES};
