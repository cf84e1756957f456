//! asyncio's locks, events, conditions, semaphores, barriers and queues.
//!
//! All of them are one thing: a line of waiters, each woken by somebody else's step and going on one
//! hop later. What differs is who is let in, who is woken, and what becomes of a turn that was
//! granted to one who was cancelled before taking it. Each type follows CPython's text on that,
//! version by version (semantics §10, §11).
//!
//! Every type is a cheap handle: clones are the same object. Nothing here has an owner, as in
//! asyncio; who took a lock last is kept only to tell who holds it when a run cannot go on.
//!
//! Source: CPython `Lib/asyncio/locks.py`, `Lib/asyncio/queues.py`.
//!
//! Architecture invariant: this module does not know front ends; misuse is a [`Failure`] with the
//! name and text of CPython's exception.
//!
//! [`Failure`]: crate::executor::Failure

mod barrier;
mod condition;
mod event;
mod heap;
mod line;
mod lock;
mod queue;
mod semaphore;
mod store;

pub use barrier::Barrier;
pub use condition::Condition;
pub use event::{Event, EventWait};
pub use heap::{pop as heap_pop, push as heap_push};
pub use lock::{Lock, LockAcquire, LockGuard};
pub use queue::{LifoQueue, PriorityQueue, Queue, QueueGet, QueueJoin, QueuePut};
pub use semaphore::{Semaphore, SemaphoreAcquire, SemaphoreGuard};
pub use store::{Fifo, Lifo, Smallest, Store};
