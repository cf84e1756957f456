//! asyncio's combinators: what awaits several things at once, or for a limited time.
//!
//! * [`gather`], [`wait()`], [`AsCompleted`]: several futures.
//! * [`wait_for()`], [`Timeout`], [`shield()`]: one, with a limit or without being cancelled.
//! * [`TaskGroup`]: tasks that end together.
//!
//! Source: CPython `Lib/asyncio/tasks.py`, `timeouts.py` and `taskgroups.py`.
//!
//! Architecture invariant: this module does not know where tasks come from; it sees futures.

mod as_completed;
mod gather;
mod shield;
mod task_group;
mod timeout;
mod wait;
mod wait_for;

pub use as_completed::AsCompleted;
pub use gather::{Gather, gather};
pub use shield::shield;
pub use task_group::{Left, TaskGroup};
pub use timeout::{Misuse, State as TimeoutState, Timeout};
pub use wait::{ReturnWhen, Waited, wait};
pub use wait_for::{Awaitable, wait_for};
