//! What can be awaited, as asyncio's functions take it.

use std::rc::Rc;
use std::sync::Arc;

use super::functions::of_another_loop;
use super::future::{future_of, is_of_another_loop, task_object};
use super::native::native_of;
use super::spawn::{await_foreign, coroutine_of, is_coroutine};
use crate::executor::Future;
use crate::interpreter::async_generator;
use crate::interpreter::ops::{self, Special};
use crate::interpreter::world::World;
use crate::program::exception::type_error;
use crate::program::value::{PyResult, Value, Vm};
use crate::tasks::Awaitable;
use crate::trace::PythonVersion;

/// Whether it can be awaited.
pub(in crate::interpreter) fn is_awaitable(value: &Value) -> bool {
    future_of(value).is_some() || is_coroutine(value) || ops::has_special(value, Special::Await)
}

/// `ensure_future`: futures as they are, coroutines as tasks, other awaitables as tasks that await
/// them.
pub(super) fn ensure_future(vm: &mut dyn Vm, world: &Rc<World>, value: &Value) -> PyResult<Value> {
    if future_of(value).is_some() {
        return Ok(value.clone());
    }
    if is_coroutine(value) {
        return super::spawn::create_task(vm, world, value, &super::spawn::Wanted::default());
    }
    match wrapped(world, value) {
        Some((runs, code, coroutine)) => {
            let task = world.cx.create_task(None, runs, coroutine);
            task.set_label(code);
            Ok(task_object(world, &task))
        }
        None => Err(not_awaitable()),
    }
}

/// The future of [`ensure_future`].
pub(super) fn future(vm: &mut dyn Vm, world: &Rc<World>, value: &Value) -> PyResult<Future<Value>> {
    let object = ensure_future(vm, world, value)?;
    future_of(&object).map(|object| object.future.clone()).ok_or_else(not_awaitable)
}

#[cold]
fn not_awaitable() -> crate::program::value::Stop {
    type_error("An asyncio.Future, a coroutine or an awaitable is required")
}

/// A coroutine that awaits an object with `__await__`.
fn wrapped(
    world: &Rc<World>,
    value: &Value,
) -> Option<(Arc<str>, u32, crate::interpreter::BoxedLeaf)> {
    ops::has_special(value, Special::Await).then(|| {
        let (code, coroutine) = crate::interpreter::coroutine::awaiting(world, value.clone());
        (Arc::from("_wrap_awaitable"), code, coroutine)
    })
}

/// Something to be awaited in the task that waits, or as a task of its own. `None` if it cannot be.
pub(super) fn awaitable(world: &Rc<World>, value: &Value) -> PyResult<Option<Awaitable<Value>>> {
    if let Some(object) = future_of(value) {
        if !is_of_another_loop(world, &object.future) || object.future.done() {
            return Ok(Some(Awaitable::Future(object.future.clone())));
        }
        if world.python() < PythonVersion::V3_12 {
            return Err(of_another_loop());
        }
        return Ok(Some(Awaitable::coroutine("await", await_foreign(world, value))));
    }
    if let Some(native) = native_of(value) {
        let name = native.name;
        let begin = super::native::take(native)?;
        return Ok(Some(Awaitable::coroutine(name, begin.begin(world))));
    }
    if let Some(step) = async_generator::step_of(value) {
        let coroutine = Box::pin(async_generator::InTask::new(world, step)?);
        return Ok(Some(Awaitable::coroutine(step.runs(), coroutine)));
    }
    if let Some((runs, coroutine)) = coroutine_of(world, value)? {
        return Ok(Some(Awaitable::Coroutine(runs, coroutine)));
    }
    Ok(wrapped(world, value).map(|(runs, _, coroutine)| Awaitable::Coroutine(runs, coroutine)))
}
