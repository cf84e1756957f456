//! Task factories: `loop.set_task_factory`, `asyncio.eager_task_factory`.
//!
//! Source: CPython `Lib/asyncio/base_events.py` (`create_task`), `tasks.py`
//! (`create_eager_task_factory`), semantics §16.

use std::rc::Rc;

use super::future::future_of;
use super::loop_object;
use super::spawn::{Wanted, keywords, new_task};
use crate::interpreter::natives::world_of;
use crate::interpreter::text;
use crate::interpreter::world::World;
use crate::program::exception::type_error;
use crate::program::value::{Arguments, Builtin, PyResult, Signature, Str, Value, Vm};
use crate::trace::PythonVersion;

/// `asyncio.eager_task_factory(loop, coro, *, name=None, context=None)`
pub(super) static EAGER_TASK_FACTORY: Builtin = Builtin {
    name: "eager_task_factory",
    owner: None,
    signature: Signature::Free,
    call: eager_task_factory,
};

fn eager_task_factory(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [_loop, coroutine] = args.positional else {
        return Err(type_error(
            "create_eager_task_factory.<locals>.factory() takes 2 positional arguments",
        ));
    };
    let wanted = Wanted::of(vm, args)?;
    let wanted = if wanted.is_lazy() { wanted } else { wanted.eagerly() };
    new_task(&world_of(vm)?, coroutine, &wanted.by_loop())
}

/// A task made by the loop's factory.
pub(super) fn by_factory(
    vm: &mut dyn Vm,
    world: &Rc<World>,
    factory: &Value,
    coroutine: &Value,
    wanted: &Wanted,
) -> PyResult<Value> {
    let Some(data) = world.asyncio.active() else { return new_task(world, coroutine, wanted) };
    let event_loop = loop_object::object(world, &data);
    let mut keywords = keywords(wanted);
    // Before 3.13 the name is set afterwards.
    let mut late = None;
    if world.python() < PythonVersion::V3_13 {
        late = keywords.iter().position(|(name, _)| name.as_str() == "name");
    }
    let name = late.map(|at| keywords.remove(at).1);
    let task = vm.call(factory, &[event_loop, coroutine.clone()], &keywords)?;
    if let (Some(name), Some(object)) = (name, future_of(&task))
        && let Some(task) = object.future.as_task()
    {
        let name: Str = text::str(vm, &name)?;
        task.as_ref().set_name(&name);
    }
    Ok(task)
}
