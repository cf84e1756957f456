//! Tasks of coroutines, and what an `await` of an object waits for.

use std::rc::Rc;

use super::future::{future_of, task_object};
use super::native::native_of;
use crate::executor::{Failure, Future, Task};
use crate::interpreter::coroutine::{BoxedLeaf, Coroutine};
use crate::interpreter::failure::to_failure;
use crate::interpreter::generator::{self, Taken};
use crate::interpreter::machine::{Awaited, Machine, Registers};
use crate::interpreter::ops::{self, Special};
use crate::interpreter::world::World;
use crate::program::exception::{RUNTIME_ERROR, raise, type_error};
use crate::program::value::{GeneratorKind, GeneratorObject, PyResult, Str, Value};
use crate::time::Duration;

/// What awaiting an object waits for; `None` if it cannot be awaited. Coroutines of the program are
/// not asked about: they are called.
pub(in crate::interpreter) fn awaited(
    world: &Rc<World>,
    value: &Value,
) -> PyResult<Option<Awaited>> {
    if let Some(object) = future_of(value) {
        let current = world.cx.current_task().and_then(|task| task.downcast::<Value>());
        if current.is_some_and(|current| current.future().is(&object.future)) {
            return Ok(Some(Awaited::Other(await_itself(world, value))));
        }
        return Ok(Some(Awaited::Future(object.future.clone())));
    }
    if let Some(native) = native_of(value) {
        let Some(begin) = native.take() else {
            return Err(raise(&RUNTIME_ERROR, "cannot reuse already awaited coroutine"));
        };
        return Ok(Some(Awaited::Other(begin.begin(world))));
    }
    Ok(None)
}

/// A task that awaits itself is resumed at once with an error.
fn await_itself(world: &Rc<World>, value: &Value) -> BoxedLeaf {
    let shown = crate::interpreter::failure::shown(world, value);
    let (world, turn) = (Rc::clone(world), world.cx.sleep(Duration::ZERO));
    Box::pin(async move {
        turn.await?;
        let stop = raise(&RUNTIME_ERROR, format!("Task cannot await on itself: {shown}"));
        Err(to_failure(&world, stop, None))
    })
}

/// Makes a task of a coroutine object.
pub(in crate::interpreter) fn spawn(
    world: &Rc<World>,
    object: &GeneratorObject,
    name: Option<&str>,
) -> Task<Value> {
    let cx = &world.cx;
    let error = match generator::take(object) {
        Taken::Suspended(suspended) => {
            generator::close(object);
            let code = suspended.machine.frame.code;
            let runs = std::sync::Arc::clone(&world.image.code(code).runs);
            let coroutine = Coroutine::new(world, suspended.into_machine());
            return cx.create_task(name, runs, coroutine);
        }
        Taken::Running => "coroutine is being awaited already",
        Taken::Over => "cannot reuse already awaited coroutine",
    };
    let failure = to_failure(world, raise(&RUNTIME_ERROR, error), None);
    cx.create_task(name, &*object.name, async move { Err::<Value, Failure>(failure) })
}

/// Makes a task that awaits an object.
pub(in crate::interpreter) fn spawn_awaitable(
    world: &Rc<World>,
    value: &Value,
    runs: &str,
) -> Task<Value> {
    let registers = Registers::from_iter([value.clone()]);
    let machine = Machine::new(&world.image, world.image.await_one, registers);
    world.cx.create_task(None, runs, Coroutine::new(world, machine))
}

/// Makes a task of a coroutine; `None` if the value is none.
pub(super) fn task_of(
    world: &Rc<World>,
    value: &Value,
    name: Option<&str>,
) -> PyResult<Option<(Task<Value>, Str)>> {
    if let Value::Generator(object) = value
        && object.kind == GeneratorKind::Coroutine
    {
        return Ok(Some((spawn(world, object, name), object.qualname.clone())));
    }
    let Some(native) = native_of(value) else { return Ok(None) };
    let Some(begin) = native.take() else {
        return Err(raise(&RUNTIME_ERROR, "cannot reuse already awaited coroutine"));
    };
    let world2 = Rc::clone(world);
    let coroutine = async move { begin.begin(&world2).await };
    Ok(Some((world.cx.create_task(name, native.name, coroutine), Str::from(native.name))))
}

/// `create_task`: the object of a new task.
pub(super) fn create_task(world: &Rc<World>, value: &Value, name: Option<&str>) -> PyResult<Value> {
    match task_of(world, value, name)? {
        Some((task, runs)) => Ok(task_object(world, &task, &runs)),
        None => {
            let shown = crate::interpreter::failure::shown(world, value);
            Err(type_error(format!("a coroutine was expected, got {shown}")))
        }
    }
}

/// `ensure_future`: futures as they are, coroutines as tasks.
pub(super) fn ensure_future(world: &Rc<World>, value: &Value) -> PyResult<Future<Value>> {
    if let Some(object) = future_of(value) {
        return Ok(object.future.clone());
    }
    match task_of(world, value, None)? {
        Some((task, _)) => Ok(task.future()),
        None if ops::has_special(value, Special::Await) => {
            Ok(spawn_awaitable(world, value, "_wrap_awaitable").future())
        }
        None => Err(type_error("An asyncio.Future, a coroutine or an awaitable is required")),
    }
}
