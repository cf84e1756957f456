//! `Lock`, `Event`, `Condition`, `Semaphore`, `Barrier` and the queues, as objects of the program.
//!
//! * `lock`, `event`, `condition`, `semaphore`, `barrier`, `queue`: one type each (a queue's three).
//! * `bound`: to which loop they belong.
//! * `leaf`: what their coroutines wait for.
//! * `name`: how a primitive is called, from the line that makes it.
//!
//! Architecture invariant: what they do is in [`crate::sync`]; here it is only given Python's face.

mod arguments;
mod barrier;
mod bound;
mod condition;
mod event;
mod leaf;
mod lock;
mod name;
mod queue;
mod semaphore;
mod store;

use std::rc::Rc;

pub(in crate::interpreter) use name::Names;

use crate::executor::Failure;
use crate::interpreter::failure::to_stop;
use crate::interpreter::text::plain;
use crate::program::value::{Foreign, ForeignObject, PyResult, Str, TypeObject, Value};

/// The types by name.
pub(in crate::interpreter) static TYPES: &[&TypeObject] = &[
    &barrier::BARRIER_TYPE,
    &condition::CONDITION_TYPE,
    &event::EVENT_TYPE,
    &lock::LOCK_TYPE,
    &queue::LIFO_QUEUE_TYPE,
    &queue::PRIORITY_QUEUE_TYPE,
    &queue::QUEUE_TYPE,
    &semaphore::BOUNDED_SEMAPHORE_TYPE,
    &semaphore::SEMAPHORE_TYPE,
];

fn foreign(object: impl ForeignObject) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(object))))
}

/// The result of an operation that does not wait.
fn done(result: Result<(), Failure>) -> PyResult<Value> {
    result.map(|()| Value::None).map_err(|failure| to_stop(&failure))
}

/// `<asyncio.locks.Lock object at 0x… [unlocked, waiters:1]>`
fn shown(this: &Value, state: &str, waiters: usize) -> Str {
    let plain = plain(this);
    let plain = plain.strip_suffix('>').unwrap_or(&plain);
    if waiters == 0 {
        Str::from(format!("{plain} [{state}]>"))
    } else {
        Str::from(format!("{plain} [{state}, waiters:{waiters}]>"))
    }
}
