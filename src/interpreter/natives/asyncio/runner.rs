//! Driving the loop from a program's own module: `asyncio.run`.
//!
//! Source: `CPython` `Lib/asyncio/runners.py`, semantics §13.

use std::rc::Rc;

use super::future;
use super::spawn::{spawn_awaitable, task_of};
use crate::executor::{Context, Failure, Future, Halt};
use crate::interpreter::builtins::unexpected_keyword;
use crate::interpreter::closing;
use crate::interpreter::failure::to_stop;
use crate::interpreter::machine::Awaited;
use crate::interpreter::natives::world_of;
use crate::interpreter::world::World;
use crate::interpreter::{async_generator, failure};
use crate::program::exception::{RUNTIME_ERROR, raise, type_error};
use crate::program::value::{Arguments, GeneratorObject, PyResult, Stop, Value, Vm};
use crate::trace::outcome::LimitKind;

/// `asyncio.run(main, *, debug=None, loop_factory=None)`
pub(super) fn run(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    for (name, _) in args.keywords {
        if !matches!(name.as_str(), "main" | "debug" | "loop_factory") {
            return Err(unexpected_keyword("run", name));
        }
    }
    let named = args.keywords.iter().find(|(name, _)| name.as_str() == "main");
    let main = args.positional.first().or(named.map(|(_, value)| value));
    let Some(main) = main else {
        return Err(type_error("run() missing 1 required positional argument: 'main'"));
    };
    let world = world_of(vm)?;
    if world.cx.is_running() {
        let error = "asyncio.run() cannot be called from a running event loop";
        return Err(raise(&RUNTIME_ERROR, error));
    }
    let Some((task, _)) = task_of(&world, main, None)? else {
        let shown = failure::shown(&world, main);
        return Err(type_error(format!(
            "An asyncio.Future, a coroutine or an awaitable is required, got {shown}"
        )));
    };
    let result = complete(&world, &task.future())?;
    closing::close(&world).map_err(|halt| to_stop_of(&world, halt))?;
    drop(task);
    result.map_err(|failure| to_stop(&failure))
}

/// Runs the loop until a future is done.
pub(super) fn complete(
    world: &Rc<World>,
    future: &Future<Value>,
) -> PyResult<Result<Value, Failure>> {
    match world.cx.run_until_done(future) {
        Ok(Some(result)) => Ok(result),
        Ok(None) => Err(raise(&RUNTIME_ERROR, "Event loop stopped before Future completed.")),
        Err(halt) => Err(to_stop_of(world, halt)),
    }
}

/// Why the loop does not run any more, as whoever drives it from the program sees it: the end of
/// the run cannot be caught.
fn to_stop_of(_world: &Rc<World>, halt: Halt) -> Stop {
    match halt {
        Halt::Escaped(failure) => to_stop(&failure),
        // The loop knows why.
        Halt::Stopped(_) => Stop::limit(LimitKind::Operations),
    }
}

/// A task that closes an async generator.
pub(in crate::interpreter) fn closing_task(
    world: &Rc<World>,
    generator: &Rc<GeneratorObject>,
) -> Future<Value> {
    let step = async_generator::step(generator, async_generator::Work::Close);
    spawn_awaitable(world, &step, "aclose").future()
}

/// Closes an async generator that nobody holds any more, in a task of its own.
pub(in crate::interpreter) fn close_soon(world: &Rc<World>, generator: &Rc<GeneratorObject>) {
    let generator = Rc::clone(generator);
    let weak = Rc::downgrade(world);
    let handle = world.cx.call_soon("create_task", move |_: &Context| {
        if let Some(world) = weak.upgrade() {
            drop(closing_task(&world, &generator));
        }
    });
    drop(handle);
}

/// What a coroutine that is driven by `send()` yields when it waits.
pub(in crate::interpreter) fn driven_by_hand(world: &Rc<World>, awaited: Awaited) -> Value {
    match awaited {
        Awaited::Future(waited) => future::object(world, &waited),
        Awaited::Bare(value) => value,
        Awaited::Sleep(_) | Awaited::Io(_) | Awaited::Other(_) => Value::None,
    }
}
