//! asyncio's objects and functions, as programs use them.
//!
//! * `future`: `Future` and `Task` objects, which wrap the loop's.
//! * `handle`: what `call_soon` and `call_later` return.
//! * `native`: coroutines that are not the program's: `sleep`, `to_thread`.
//! * `sync`: locks, events, conditions, semaphores, barriers and queues.
//! * `timeout`, `task_group`, `as_completed`: objects of those names.
//! * `loops`, `loop_object`, `runner`: event loops and what runs them.
//! * `reports`: what asyncio tells of mistakes.
//! * `members`: methods seen from their types.
//! * `functions`: everything else; `module`: what `asyncio` has of all that.
//!
//! Architecture invariant: scheduling is the loop's; here its objects are only given Python's face.

mod arguments;
mod as_completed;
mod awaitable;
mod callback;
mod factory;
mod functions;
mod future;
mod handle;
mod loop_object;
mod loops;
mod members;
mod module;
mod native;
mod pool;
mod registry;
mod reports;
mod runner;
mod shown;
mod spawn;
mod stack;
mod sync;
mod task_group;
mod timeout;

pub(in crate::interpreter) use awaitable::is_awaitable;
pub(in crate::interpreter) use callback::callable_name;
pub(in crate::interpreter) use future::shown_coroutine;
pub(in crate::interpreter) use loops::Asyncio;
pub(in crate::interpreter) use members::{methods as type_methods, unbound as unbound_method};
pub(in crate::interpreter) use module::{find, module};
pub(in crate::interpreter) use registry::Registry;
pub(in crate::interpreter) use reports::{
    About, Listener, Report, Slow, never_awaited, report, slow, tell_of_pending,
};
pub(in crate::interpreter) use runner::{close_soon, driven_by_hand, run_entry};
pub(in crate::interpreter) use spawn::awaited;
pub(in crate::interpreter) use sync::Names as PrimitiveNames;
