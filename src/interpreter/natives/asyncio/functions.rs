//! asyncio's functions.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::arguments::{
    argument, check, duration, given, missing, required, seconds_to_add, seconds_to_compare,
};
use super::native::{self, native_of};
use super::spawn::{Wanted, is_coroutine};
use super::{as_completed, awaitable, callback, future, pool, runner, spawn, timeout};
use crate::executor::{Failure, Future};
use crate::interpreter::failure::{look_at, to_failure};
use crate::interpreter::natives::world_of;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::interpreter::{modules, ops, spend};
use crate::program::code::CodeKind;
use crate::program::exception::{
    CANCELLED_ERROR, ExceptionObject, RUNTIME_ERROR, raise, type_error, value_error,
};
use crate::program::instruction::Spend;
use crate::program::value::{
    Arguments, Builtin, NativeFn, PyResult, SetObject, SetTable, Signature, Str, Value, Vm,
};
use crate::tasks::{Awaitable, Gather, ReturnWhen, gather as gather_futures};
use crate::trace::PythonVersion;

const fn function(name: &'static str, signature: Signature, call: NativeFn) -> Builtin {
    Builtin { name, owner: None, signature, call }
}

/// asyncio's functions by name, and those of a loop that scenarios call without naming it.
pub(in crate::interpreter) static FUNCTIONS: &[Builtin] = &[
    function("all_tasks", Signature::Free, all_tasks),
    function("as_completed", Signature::Free, as_completed::as_completed),
    function("call_at", Signature::Free, callback::at),
    function("call_later", Signature::Free, callback::later),
    function("call_soon", Signature::Free, callback::soon),
    function("create_future", Signature::Nothing, create_future),
    function("create_task", Signature::Free, create_task),
    function("current_task", Signature::Free, current_task),
    function("ensure_future", Signature::Free, ensure_future),
    function("gather", Signature::Free, gather),
    function("get_event_loop", Signature::Nothing, runner::get_event_loop),
    function("get_running_loop", Signature::Nothing, runner::get_running_loop),
    function("iscoroutine", Signature::One, iscoroutine),
    function("iscoroutinefunction", Signature::One, iscoroutinefunction),
    function("isfuture", Signature::One, isfuture),
    function("run_in_executor", Signature::Free, run_in_executor),
    function("shield", Signature::Free, shield),
    function("sleep", Signature::Free, sleep),
    function("timeout", Signature::Free, timeout::timeout),
    function("timeout_at", Signature::Free, timeout::timeout_at),
    function("to_thread", Signature::Free, to_thread),
    function("wait", Signature::Free, wait),
    function("wait_for", Signature::Free, wait_for),
];

/// What a program finds in the module only.
pub(in crate::interpreter) static MODULE_FUNCTIONS: &[Builtin] = &[
    function("_get_running_loop", Signature::Nothing, runner::running_loop_or_none),
    function("new_event_loop", Signature::Nothing, runner::new_event_loop),
    function("run", Signature::Free, runner::run),
    function("set_event_loop", Signature::Free, runner::set_event_loop),
];

fn sleep(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "sleep", 2, &["delay", "result"])?;
    let delay = required(args, "sleep", 0, "delay")?;
    let result = argument(args, 1, "result").unwrap_or(Value::None);
    let world = world_of(vm)?;
    Ok(native::object(&world, "sleep", move |world| {
        let mut vm = Interp::new(world, Place::Loop);
        let python = world.python();
        let delay = match delay {
            // Before 3.13 that is compared like any other number, and waits for no time at all.
            Value::Float(nan) if nan.is_nan() && python < PythonVersion::V3_13 => {
                Ok(crate::time::Duration::MAX)
            }
            delay => spend::duration(&mut vm, Spend::Sleep, &delay),
        };
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
    let coroutine = required(args, "create_task", 0, "coro")?;
    let world = world_of(vm)?;
    if world.asyncio.running(&world).is_none() {
        return Err(raise(&RUNTIME_ERROR, "no running event loop"));
    }
    let wanted = Wanted::of(vm, args)?;
    spawn::create_task(vm, &world, &coroutine, &wanted)
}

/// `asyncio.Task(coro, *, loop=None, name=None, context=None, eager_start=False)`
pub(super) fn task(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "Task", 1, &["coro", "loop", "name", "context", "eager_start"])?;
    let coroutine = required(args, "Task", 0, "coro")?;
    let wanted = Wanted::of(vm, args)?.by_loop();
    spawn::new_task(&world_of(vm)?, &coroutine, &wanted)
}

fn ensure_future(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "ensure_future", 1, &["loop"])?;
    let value =
        args.positional.first().ok_or_else(|| missing("ensure_future", "coro_or_future"))?;
    let world = world_of(vm)?;
    awaitable::ensure_future(vm, &world, value)
}

pub(super) fn create_future(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
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
    let mut children: Vec<Future<Value>> = Vec::with_capacity(args.positional.len());
    // A coroutine that is given twice is one child with two places.
    let mut coroutines: FxHashMap<usize, usize> = FxHashMap::default();
    for value in args.positional {
        let known =
            address(value).map(|address| *coroutines.entry(address).or_insert(children.len()));
        let child = match known {
            Some(at) if at < children.len() => children[at].clone(),
            _ => awaitable::future(vm, &world, value)?,
        };
        children.push(child);
    }
    let mut loops =
        children.iter().map(Future::loop_number).filter(|number| *number != future::NO_LOOP);
    // Since 3.14 it is the running loop that they are to be of.
    let is_running = world.asyncio.running(&world).is_some();
    let own = Some(world.cx.loop_number())
        .filter(|_| is_running && world.python() >= PythonVersion::V3_14);
    let of_loop = own.or_else(|| loops.next());
    if loops.any(|other| Some(other) != of_loop) {
        return Err(of_another_loop());
    }
    let outer = gather_futures(&world.cx, children, mode, |results| {
        let values = results.into_iter().map(|result| match result {
            Ok(value) => value,
            // As `gather` does: a new exception, with an empty message where there is none.
            Err(Failure::Cancelled(None)) => {
                let error = ExceptionObject::new(&CANCELLED_ERROR, [Value::from("")]);
                Value::Exception(Rc::new(error))
            }
            Err(failure) => Value::Exception(look_at(&failure)),
        });
        Value::list(values.collect())
    });
    if let Some(number) = of_loop {
        outer.set_loop_number(number);
    }
    Ok(future::gathering(&world, &outer))
}

/// The error of futures that belong to another loop than others.
pub(super) fn of_another_loop() -> crate::program::value::Stop {
    value_error(
        "The future belongs to a different loop than the one specified as the loop argument",
    )
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
    if given(args, 0, "loop").is_none() && world.asyncio.running(&world).is_none() {
        return Err(raise(&RUNTIME_ERROR, "no running event loop"));
    }
    let set = SetObject::new(SetTable::default());
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
    if given(args, 0, "loop").is_none() && world.asyncio.running(&world).is_none() {
        return Err(raise(&RUNTIME_ERROR, "no running event loop"));
    }
    let task = world.cx.current_task().and_then(|task| task.downcast::<Value>());
    Ok(task.map_or(Value::None, |task| future::object(&world, &task.future())))
}

fn iscoroutine(_vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(is_coroutine(&args.positional[0])))
}

fn iscoroutinefunction(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    Ok(Value::Bool(is_coroutine_function(&world, &args.positional[0])))
}

/// Whether calling it gives a coroutine.
pub(super) fn is_coroutine_function(world: &World, value: &Value) -> bool {
    match value {
        Value::Function(function) => {
            world.image.code(function.code).code.kind == CodeKind::Coroutine
        }
        Value::BoundMethod(method) => is_coroutine_function(world, &method.function),
        Value::Builtin(builtin) => {
            matches!(builtin.name, "sleep" | "wait" | "wait_for" | "to_thread")
        }
        _ => false,
    }
}

fn isfuture(_vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(future::future_of(&args.positional[0]).is_some()))
}

fn shield(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "shield", 1, &["arg"])?;
    let what = required(args, "shield", 0, "arg")?;
    let world = world_of(vm)?;
    let inner = awaitable::future(vm, &world, &what)?;
    let outer = crate::tasks::shield(&world.cx, &inner);
    outer.set_loop_number(inner.loop_number());
    Ok(future::object(&world, &outer))
}

/// `wait_for(fut, timeout)`
fn wait_for(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "wait_for", 2, &["fut", "timeout"])?;
    let what = required(args, "wait_for", 0, "fut")?;
    let limit = required(args, "wait_for", 1, "timeout")?;
    let world = world_of(vm)?;
    // Since 3.12 it is awaited in place if there is time for that.
    let in_place = world.python() >= PythonVersion::V3_12
        && seconds_to_compare(&limit).is_ok_and(|seconds| seconds > 0.0);
    let refusal = if in_place || matches!(limit, Value::None) {
        crate::interpreter::awaiting::cannot_await(world.python(), &what)
    } else {
        "An asyncio.Future, a coroutine or an awaitable is required".to_owned()
    };
    Ok(native::object(&world_of(vm)?, "wait_for", move |world| {
        let limit = match limit {
            Value::None => Ok(None),
            limit => seconds_to_compare(&limit).map(|seconds| Some(duration(seconds))),
        };
        let what = limit.and_then(|limit| Ok((to_wait_for(world, &what, limit)?, limit)));
        let world = Rc::clone(world);
        Box::pin(async move {
            match what.map_err(|stop| to_failure(&world, stop, None))? {
                (Some(what), limit) => crate::tasks::wait_for(&world.cx, what, limit).await,
                (None, _) => Err(to_failure(&world, type_error(refusal), None)),
            }
        })
    }))
}

/// What `wait_for` waits for: a task, made by the loop's factory if it has one, where it needs one.
fn to_wait_for(
    world: &Rc<World>,
    what: &Value,
    limit: Option<crate::time::Duration>,
) -> PyResult<Option<Awaitable<Value>>> {
    let data = world.asyncio.active();
    let has_factory = data.is_some_and(|data| data.task_factory.borrow().is_some());
    let needs_task =
        limit.is_some_and(|limit| limit.is_zero() || world.python() < PythonVersion::V3_12);
    if has_factory && needs_task && is_coroutine(what) {
        let mut vm = Interp::new(world, Place::Loop);
        return awaitable::future(&mut vm, world, what).map(Awaitable::Future).map(Some);
    }
    awaitable::awaitable(world, what)
}

/// `wait(fs, *, timeout=None, return_when=ALL_COMPLETED)`
fn wait(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "wait", 1, &["fs", "timeout", "return_when"])?;
    let what = required(args, "wait", 0, "fs")?;
    let limit = given(args, usize::MAX, "timeout");
    let when = argument(args, usize::MAX, "return_when");
    // What is wrong with the arguments is said when it is awaited.
    let prepared = prepared_wait(vm, &what, limit.as_ref(), when.as_ref());
    Ok(native::object(&world_of(vm)?, "wait", move |world| {
        let world = Rc::clone(world);
        Box::pin(async move {
            let (futures, limit, when) = prepared.map_err(|stop| to_failure(&world, stop, None))?;
            let waited = crate::tasks::wait(&world.cx, &futures, limit, when).await?;
            let sets = set_of(&world, &waited.done)
                .and_then(|done| Ok([done, set_of(&world, &waited.pending)?]));
            let sets = sets.map_err(|stop| to_failure(&world, stop, None))?;
            Ok(Value::tuple(sets.to_vec()))
        })
    }))
}

type PreparedWait = (Vec<Future<Value>>, Option<crate::time::Duration>, ReturnWhen);

fn prepared_wait(
    vm: &mut dyn Vm,
    what: &Value,
    limit: Option<&Value>,
    when: Option<&Value>,
) -> PyResult<PreparedWait> {
    if future::future_of(what).is_some() || is_coroutine(what) {
        let ty = what.type_name();
        return Err(type_error(format!("expect a list of futures, not {ty}")));
    }
    let items = ops::collect(vm, what)?;
    if items.is_empty() {
        return Err(value_error("Set of Tasks/Futures is empty."));
    }
    let when = match when {
        None => ReturnWhen::AllCompleted,
        Some(Value::Str(when)) => match when.as_str() {
            "ALL_COMPLETED" => ReturnWhen::AllCompleted,
            "FIRST_COMPLETED" => ReturnWhen::FirstCompleted,
            "FIRST_EXCEPTION" => ReturnWhen::FirstException,
            other => return Err(value_error(format!("Invalid return_when value: {other}"))),
        },
        Some(other) => {
            let shown = crate::interpreter::text::str(vm, other)?;
            return Err(value_error(format!("Invalid return_when value: {shown}")));
        }
    };
    if items.iter().any(is_coroutine) {
        return Err(type_error("Passing coroutines is forbidden, use tasks explicitly."));
    }
    let limit = match limit {
        Some(limit) => Some(duration(seconds_to_add(limit)?)),
        None => None,
    };
    let mut futures = Vec::with_capacity(items.len());
    for item in &items {
        match future::future_of(item) {
            Some(object) => futures.push(object.future.clone()),
            None => {
                let ty = item.type_name();
                return Err(raise(
                    &crate::program::exception::ATTRIBUTE_ERROR,
                    format!("'{ty}' object has no attribute 'add_done_callback'"),
                ));
            }
        }
    }
    Ok((futures, limit, when))
}

/// A set of futures, in their order.
fn set_of(world: &Rc<World>, futures: &[Future<Value>]) -> PyResult<Value> {
    let mut vm = Interp::new(world, Place::Loop);
    let set = SetObject::new(SetTable::default());
    for future in futures {
        ops::set_add(&mut vm, &set, future::object(world, future))?;
    }
    Ok(Value::Set(Rc::new(set)))
}

pub(super) fn run_in_executor(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [which, callee, rest @ ..] = args.positional else {
        return Err(missing("run_in_executor", "func"));
    };
    if pool::is_own_executor(vm, which) {
        return run_in_own_executor(vm, which, &args.positional[1..]);
    }
    let world = world_of(vm)?;
    let future = pool::submit(&world, which, callee, rest, args.keywords)?;
    Ok(future::object(&world, &future))
}

/// The same with an executor of the program: `wrap_future(executor.submit(func, *args))`.
fn run_in_own_executor(vm: &mut dyn Vm, executor: &Value, call: &[Value]) -> PyResult<Value> {
    let submit = ops::get_attribute(vm, executor, &Str::from("submit"))?;
    let submitted = vm.call(&submit, call, &[])?;
    let world = world_of(vm)?;
    let asyncio = world.asyncio.module.borrow().clone().unwrap_or(Value::None);
    let wrap = ops::get_attribute(vm, &asyncio, &Str::from("wrap_future"))?;
    vm.call(&wrap, &[submitted], &[])
}

fn to_thread(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [callee, rest @ ..] = args.positional else { return Err(missing("to_thread", "func")) };
    let (callee, rest, kwargs) = (callee.clone(), rest.to_vec(), args.keywords.to_vec());
    let world = world_of(vm)?;
    Ok(native::object(&world, "to_thread", move |world| {
        modules::pass_context(world);
        let submitted = pool::submit(world, &Value::None, &callee, &rest, &kwargs);
        let world = Rc::clone(world);
        Box::pin(async move {
            let future = submitted.map_err(|stop| to_failure(&world, stop, None))?;
            let result: Result<Value, Failure> = future.wait().await;
            result
        })
    }))
}
