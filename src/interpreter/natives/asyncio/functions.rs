//! asyncio's functions.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::callback::{self, callable_name, described};
use super::native::{self, native_of};
use super::spawn::{create_task as make_task, ensure_future as as_future};
use super::{future, handle, pool};
use crate::executor::{Context, Failure};
use crate::interpreter::builtins::unexpected_keyword;
use crate::interpreter::failure::{to_failure, to_raised};
use crate::interpreter::natives::world_of;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::interpreter::{ops, spend, text};
use crate::program::exception::{CANCELLED_ERROR, ExceptionObject, type_error};
use crate::program::instruction::Spend;
use crate::program::value::{
    Arguments, Builtin, GeneratorKind, NativeFn, PyResult, SetObject, Signature, Value, Vm,
};
use crate::tasks::{Gather, gather as gather_futures};
use crate::time::{Duration, Instant};

const fn function(name: &'static str, signature: Signature, call: NativeFn) -> Builtin {
    Builtin { name, owner: None, signature, call }
}

/// asyncio's functions by name.
pub(in crate::interpreter) static FUNCTIONS: &[Builtin] = &[
    function("Future", Signature::Free, create_future),
    function("all_tasks", Signature::Free, all_tasks),
    function("call_at", Signature::Free, call_at),
    function("call_later", Signature::Free, call_later),
    function("call_soon", Signature::Free, call_soon),
    function("create_future", Signature::Nothing, create_future),
    function("create_task", Signature::Free, create_task),
    function("current_task", Signature::Free, current_task),
    function("ensure_future", Signature::Free, ensure_future),
    function("gather", Signature::Free, gather),
    function("iscoroutine", Signature::One, iscoroutine),
    function("isfuture", Signature::One, isfuture),
    function("run_in_executor", Signature::Free, run_in_executor),
    function("sleep", Signature::Free, sleep),
    function("to_thread", Signature::Free, to_thread),
];

/// The argument at a position, or of a name.
fn argument(args: Arguments<'_>, at: usize, name: &str) -> Option<Value> {
    let named = args.keywords.iter().find(|(known, _)| known.as_str() == name);
    args.positional.get(at).or(named.map(|(_, value)| value)).cloned()
}

/// Checks that only these arguments are given by name, and not too many by position.
fn check(args: Arguments<'_>, function: &str, most: usize, names: &[&str]) -> PyResult<()> {
    let given = args.positional.len();
    if given > most {
        let (plural, were) =
            (if most == 1 { "" } else { "s" }, if given == 1 { "was" } else { "were" });
        return Err(type_error(format!(
            "{function}() takes {most} positional argument{plural} but {given} {were} given"
        )));
    }
    match args.keywords.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        Some((name, _)) => Err(unexpected_keyword(function, name)),
        None => Ok(()),
    }
}

fn missing(function: &str, name: &str) -> crate::program::value::Stop {
    type_error(format!("{function}() missing 1 required positional argument: '{name}'"))
}

fn sleep(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "sleep", 2, &["delay", "result"])?;
    let delay = argument(args, 0, "delay").ok_or_else(|| missing("sleep", "delay"))?;
    let result = argument(args, 1, "result").unwrap_or(Value::None);
    let world = world_of(vm)?;
    Ok(native::object(&world, "sleep", move |world| {
        let mut vm = Interp::new(world, Place::Loop);
        let delay = spend::duration(&mut vm, Spend::Sleep, &delay);
        let world = Rc::clone(world);
        Box::pin(async move {
            let delay = delay.map_err(|stop| to_failure(&world, stop, None))?;
            world.cx.sleep(delay).await?;
            Ok(result)
        })
    }))
}

fn create_task(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "create_task", 1, &["coro", "name", "context", "eager_start"])?;
    let coroutine = argument(args, 0, "coro").ok_or_else(|| missing("create_task", "coro"))?;
    let name = match argument(args, 1, "name") {
        None | Some(Value::None) => None,
        Some(name) => Some(text::str(vm, &name)?),
    };
    make_task(&world_of(vm)?, &coroutine, name.as_deref())
}

fn ensure_future(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "ensure_future", 1, &["loop"])?;
    let value =
        args.positional.first().ok_or_else(|| missing("ensure_future", "coro_or_future"))?;
    let world = world_of(vm)?;
    Ok(future::object(&world, &as_future(&world, value)?))
}

fn create_future(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "Future", 0, &["loop"])?;
    let world = world_of(vm)?;
    Ok(future::object(&world, &world.cx.create_future()))
}

fn gather(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "gather", usize::MAX, &["return_exceptions"])?;
    let mode = match argument(args, usize::MAX, "return_exceptions") {
        Some(value) if ops::truth(vm, &value)? => Gather::Collect,
        _ => Gather::FailFast,
    };
    let world = world_of(vm)?;
    let mut children: Vec<crate::executor::Future<Value>> =
        Vec::with_capacity(args.positional.len());
    // A coroutine that is given twice is one child with two places.
    let mut coroutines: FxHashMap<usize, usize> = FxHashMap::default();
    for value in args.positional {
        let known =
            address(value).map(|address| *coroutines.entry(address).or_insert(children.len()));
        let child = match known {
            Some(at) if at < children.len() => children[at].clone(),
            _ => as_future(&world, value)?,
        };
        children.push(child);
    }
    let outer = gather_futures(&world.cx, children, mode, |results| {
        let values = results.into_iter().map(|result| match result {
            Ok(value) => value,
            // As `gather` does: a new exception, with an empty message where there is none.
            Err(Failure::Cancelled(None)) => {
                let error = ExceptionObject::new(&CANCELLED_ERROR, [Value::from("")]);
                Value::Exception(Rc::new(error))
            }
            Err(failure) => Value::Exception(to_raised(&failure)),
        });
        Value::list(values.collect())
    });
    Ok(future::gathering(&world, &outer))
}

/// Tells coroutine objects apart.
fn address(value: &Value) -> Option<usize> {
    match value {
        Value::Generator(object) => Some(Rc::as_ptr(object).addr()),
        Value::Foreign(object) if native_of(value).is_some() => Some(Rc::as_ptr(object).addr()),
        _ => None,
    }
}

fn all_tasks(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "all_tasks", 1, &["loop"])?;
    let world = world_of(vm)?;
    let set = SetObject::new(crate::program::value::SetTable::default());
    for task in world.cx.all_tasks() {
        if let Some(task) = task.downcast::<Value>() {
            let object = future::object(&world, &task.future());
            ops::set_add(vm, &set, object)?;
        }
    }
    Ok(Value::Set(Rc::new(set)))
}

fn current_task(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "current_task", 1, &["loop"])?;
    let world = world_of(vm)?;
    let task = world.cx.current_task().and_then(|task| task.downcast::<Value>());
    Ok(task.map_or(Value::None, |task| future::object(&world, &task.future())))
}

fn iscoroutine(_vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = &args.positional[0];
    let is_generator =
        matches!(value, Value::Generator(object) if object.kind == GeneratorKind::Coroutine);
    Ok(Value::Bool(is_generator || native_of(value).is_some()))
}

fn isfuture(_vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(future::future_of(&args.positional[0]).is_some()))
}

/// A callback with its arguments, ready to be given to the loop.
fn scheduled(
    world: &Rc<World>,
    callee: &Value,
    args: &[Value],
) -> impl FnOnce(&Context) + use<> + 'static {
    let (callee, args, world) = (callee.clone(), args.to_vec(), Rc::downgrade(world));
    move |_: &Context| {
        if let Some(world) = world.upgrade() {
            callback::run(&world, &callee, &args);
        }
    }
}

fn call_soon(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "call_soon", usize::MAX, &["context"])?;
    let [callee, rest @ ..] = args.positional else { return Err(missing("call_soon", "callback")) };
    let world = world_of(vm)?;
    let scheduled = scheduled(&world, callee, rest);
    let made = world.cx.call_soon(&callable_name(callee), scheduled);
    Ok(handle::object(made, described(&world, callee)))
}

fn call_later(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "call_later", usize::MAX, &["context"])?;
    let [delay, callee, rest @ ..] = args.positional else {
        return Err(missing(
            "call_later",
            if args.positional.is_empty() { "delay" } else { "callback" },
        ));
    };
    let world = world_of(vm)?;
    if let Value::None = delay {
        return Err(type_error("delay must not be None"));
    }
    let Some(seconds) = ops::to_float(delay)? else {
        return Err(type_error(format!(
            "unsupported operand type(s) for +: 'float' and '{}'",
            delay.type_name()
        )));
    };
    let delay = spend::nanos(seconds).unwrap_or(if seconds > 0.0 { u64::MAX } else { 0 });
    let scheduled = scheduled(&world, callee, rest);
    let delay = Duration::from_nanos(delay);
    let made = world.cx.call_later(delay, &callable_name(callee), scheduled);
    Ok(handle::object(made, described(&world, callee)))
}

fn call_at(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "call_at", usize::MAX, &["context"])?;
    let [when, callee, rest @ ..] = args.positional else {
        return Err(missing(
            "call_at",
            if args.positional.is_empty() { "when" } else { "callback" },
        ));
    };
    let world = world_of(vm)?;
    let Some(seconds) = ops::to_float(when)? else {
        return Err(type_error(match when {
            Value::None => "when cannot be None".to_owned(),
            other => format!("must be real number, not {}", other.type_name()),
        }));
    };
    let when = spend::nanos(seconds).unwrap_or(if seconds > 0.0 { u64::MAX } else { 0 });
    let scheduled = scheduled(&world, callee, rest);
    let made = world.cx.call_at(Instant::from_nanos(when), &callable_name(callee), scheduled);
    Ok(handle::object(made, described(&world, callee)))
}

fn run_in_executor(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [which, callee, rest @ ..] = args.positional else {
        return Err(missing("run_in_executor", "func"));
    };
    let world = world_of(vm)?;
    let future = pool::submit(&world, which, callee, rest, args.keywords)?;
    Ok(future::object(&world, &future))
}

fn to_thread(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [callee, rest @ ..] = args.positional else { return Err(missing("to_thread", "func")) };
    let (callee, rest, kwargs) = (callee.clone(), rest.to_vec(), args.keywords.to_vec());
    let world = world_of(vm)?;
    Ok(native::object(&world, "to_thread", move |world| {
        let submitted = pool::submit(world, &Value::None, &callee, &rest, &kwargs);
        let world = Rc::clone(world);
        Box::pin(async move {
            let future = submitted.map_err(|stop| to_failure(&world, stop, None))?;
            let result: Result<Value, Failure> = future.wait().await;
            result
        })
    }))
}
