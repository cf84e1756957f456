//! The event loop as an object of the program.
//!
//! Source: CPython `Lib/asyncio/base_events.py`.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::{check, missing, required};
use super::future::{self, future_of};
use super::loops::LoopData;
use super::spawn::{Wanted, create_task};
use super::{awaitable, callback, native, reports, runner};
use crate::interpreter::natives::world_of;
use crate::interpreter::ops;
use crate::interpreter::spend::seconds;
use crate::interpreter::world::World;
use crate::program::exception::{NOT_IMPLEMENTED_ERROR, RUNTIME_ERROR, raise, type_error};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject,
    Value, Vm,
};
use crate::program::vocabulary::refused_of_loop;
use crate::time::Duration;

/// `asyncio.AbstractEventLoop`.
pub(super) static ABSTRACT_LOOP_TYPE: TypeObject = TypeObject {
    name: "AbstractEventLoop",
    module: "asyncio.events",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// `asyncio.BaseEventLoop`.
pub(super) static BASE_LOOP_TYPE: TypeObject = TypeObject {
    name: "BaseEventLoop",
    module: "asyncio.base_events",
    bases: &[&ABSTRACT_LOOP_TYPE],
    kind: TypeKind::Foreign,
    construct: None,
};

/// `asyncio.SelectorEventLoop`, which is `asyncio.EventLoop`.
pub(super) static LOOP_TYPE: TypeObject = TypeObject {
    name: "_UnixSelectorEventLoop",
    module: "asyncio.unix_events",
    bases: &[&BASE_LOOP_TYPE],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "_UnixSelectorEventLoop.__init__", 1, &["selector"])?;
    let world = world_of(vm)?;
    Ok(object(&world, &LoopData::new(&world)))
}

#[derive(Debug)]
struct LoopObject {
    world: Weak<World>,
    data: Rc<LoopData>,
}

/// The object of a loop: the one the program has, or a new one.
pub(super) fn object(world: &Rc<World>, data: &Rc<LoopData>) -> Value {
    if let Some(known) = data.object.borrow().upgrade() {
        return Value::Foreign(known);
    }
    let object = LoopObject { world: Rc::downgrade(world), data: Rc::clone(data) };
    let foreign = Rc::new(Foreign::new(Box::new(object)));
    *data.object.borrow_mut() = Rc::downgrade(&foreign);
    Value::Foreign(foreign)
}

/// The loop that a value is, if it is one.
pub(super) fn loop_of(value: &Value) -> Option<&Rc<LoopData>> {
    match value {
        Value::Foreign(foreign) => {
            foreign.object.as_any().downcast_ref::<LoopObject>().map(|object| &object.data)
        }
        _ => None,
    }
}

pub(super) const METHODS: &[&str] = &[
    "call_at",
    "call_exception_handler",
    "call_later",
    "call_soon",
    "call_soon_threadsafe",
    "close",
    "create_future",
    "create_task",
    "default_exception_handler",
    "get_debug",
    "get_exception_handler",
    "get_task_factory",
    "is_closed",
    "is_running",
    "run_forever",
    "run_in_executor",
    "run_until_complete",
    "set_debug",
    "set_default_executor",
    "set_exception_handler",
    "set_task_factory",
    "shutdown_asyncgens",
    "shutdown_default_executor",
    "stop",
    "time",
];

/// Only `call_soon_threadsafe` may be called on another thread than the loop's: in debug mode
/// anything else is an error, as `CPython` has it; without, it is told.
fn check_thread(world: &World) -> PyResult<()> {
    if world.threads.is_main() {
        return Ok(());
    }
    if world.cx.config().debug {
        return Err(raise(
            &RUNTIME_ERROR,
            "Non-thread-safe operation invoked on an event loop other than the current one",
        ));
    }
    let message = "a callback is scheduled from another thread, which the loop does not notice \
                   before it wakes for another reason: use loop.call_soon_threadsafe()";
    world.cx.record_finding(message, world.cx.site());
    Ok(())
}

impl LoopObject {
    fn world(&self) -> PyResult<Rc<World>> {
        self.world.upgrade().ok_or_else(|| raise(&RUNTIME_ERROR, "Event loop is closed"))
    }

    /// Methods that say or set something.
    fn simple(
        &self,
        vm: &mut dyn Vm,
        world: &Rc<World>,
        name: &str,
        args: Arguments<'_>,
    ) -> PyResult<Option<Value>> {
        let data = &self.data;
        let or_none = |value: &std::cell::RefCell<Option<Value>>| {
            value.borrow().clone().unwrap_or(Value::None)
        };
        Ok(Some(match name {
            "time" => Value::Float(seconds(world.cx.read_time().as_nanos())),
            "is_running" => Value::Bool(world.asyncio.is_running(world, data)),
            "is_closed" => Value::Bool(data.is_closed.get()),
            "get_debug" => Value::Bool(world.asyncio.with(world, data, || world.cx.debug())),
            "set_debug" => {
                let enabled = required(args, "BaseEventLoop.set_debug", 0, "enabled")?;
                let enabled = ops::truth(vm, &enabled)?;
                world.asyncio.with(world, data, || world.cx.set_debug(enabled));
                Value::None
            }
            "get_exception_handler" => or_none(&data.exception_handler),
            "get_task_factory" => or_none(&data.task_factory),
            "set_exception_handler" => {
                let handler = required(args, "BaseEventLoop.set_exception_handler", 0, "handler")?;
                let what = "A callable object or None is expected, got ";
                let handler = callable_or_none(world, handler, what)?;
                drop(data.exception_handler.replace(handler));
                Value::None
            }
            "set_task_factory" => {
                let factory = required(args, "BaseEventLoop.set_task_factory", 0, "factory")?;
                let factory = match callable_or_none(world, factory, "") {
                    Ok(factory) => factory,
                    Err(_) => return Err(type_error("task factory must be a callable or None")),
                };
                drop(data.task_factory.replace(factory));
                Value::None
            }
            "set_default_executor" => {
                let executor = required(args, "BaseEventLoop.set_default_executor", 0, "executor")?;
                drop(data.default_executor.replace(Some(executor)));
                Value::None
            }
            "call_exception_handler" => {
                let context = required(args, "BaseEventLoop.call_exception_handler", 0, "context")?;
                reports::call_handler(world, data, &context);
                Value::None
            }
            "default_exception_handler" => {
                let function = "BaseEventLoop.default_exception_handler";
                reports::by_default(world, &required(args, function, 0, "context")?);
                Value::None
            }
            _ => return Ok(None),
        }))
    }

    /// Methods that put something into the loop.
    fn scheduling(
        &self,
        vm: &mut dyn Vm,
        world: &Rc<World>,
        name: &str,
        args: Arguments<'_>,
    ) -> PyResult<Option<Value>> {
        let data = &self.data;
        let asyncio = &world.asyncio;
        Ok(Some(match name {
            "create_future" => {
                let made = world.asyncio.with(world, data, || world.cx.create_future());
                future::object(world, &made)
            }
            "call_soon" | "call_soon_threadsafe" => {
                data.check_open()?;
                if name == "call_soon" {
                    check_thread(world)?;
                }
                asyncio.with(world, data, || callback::call_soon(world, name, args))?
            }
            "call_later" => {
                data.check_open()?;
                check_thread(world)?;
                asyncio.with(world, data, || callback::call_later(world, args))?
            }
            "call_at" => {
                data.check_open()?;
                check_thread(world)?;
                asyncio.with(world, data, || callback::call_at(world, args))?
            }
            "create_task" => {
                check(args, "create_task", 1, &["coro", "name", "context", "eager_start"])?;
                data.check_open()?;
                let coroutine = required(args, "BaseEventLoop.create_task", 0, "coro")?;
                let wanted = Wanted::of(vm, args)?.by_loop();
                asyncio.with(world, data, || create_task(vm, world, &coroutine, &wanted))?
            }
            "run_in_executor" => {
                data.check_open()?;
                let [which, callee, rest @ ..] = args.positional else {
                    let name = if args.positional.is_empty() { "executor" } else { "func" };
                    return Err(missing("BaseEventLoop.run_in_executor", name));
                };
                let which = match which {
                    Value::None => data.default_executor.borrow().clone().unwrap_or(Value::None),
                    other => other.clone(),
                };
                let mut all = vec![which, callee.clone()];
                all.extend_from_slice(rest);
                let args = Arguments { positional: &all, keywords: args.keywords };
                super::functions::run_in_executor(vm, args)?
            }
            "shutdown_asyncgens" => native::object(world, "BaseEventLoop.shutdown_asyncgens", {
                |world| runner::shut_down_asyncgens(world)
            }),
            "shutdown_default_executor" => {
                native::object(world, "BaseEventLoop.shutdown_default_executor", |world| {
                    runner::shut_down_executor(world)
                })
            }
            _ => return Ok(None),
        }))
    }

    /// Methods that run the loop.
    fn running(
        &self,
        vm: &mut dyn Vm,
        world: &Rc<World>,
        name: &str,
        args: Arguments<'_>,
    ) -> PyResult<Option<Value>> {
        let data = &self.data;
        Ok(Some(match name {
            "run_until_complete" => {
                let function = "BaseEventLoop.run_until_complete";
                let what = required(args, function, 0, "future")?;
                runner::check_can_run(world, data)?;
                let is_new = future_of(&what).is_none();
                let future =
                    world.asyncio.with(world, data, || awaitable::future(vm, world, &what))?;
                if is_new {
                    // Whoever made it keeps it.
                    drop(what);
                }
                runner::run_until_complete(world, data, &future)?
            }
            "run_forever" => {
                runner::check_can_run(world, data)?;
                runner::run_forever(world, data)?;
                Value::None
            }
            "stop" => {
                world.asyncio.with(world, data, || world.cx.stop_loop());
                Value::None
            }
            "close" => {
                runner::close(world, data)?;
                Value::None
            }
            _ => return Ok(None),
        }))
    }
}

fn callable_or_none(world: &Rc<World>, value: Value, what: &str) -> PyResult<Option<Value>> {
    match value {
        Value::None => Ok(None),
        value if ops::is_callable(&value) => Ok(Some(value)),
        other => {
            let shown = crate::interpreter::failure::shown(world, &other);
            Err(type_error(format!("{what}{shown}")))
        }
    }
}

impl ForeignObject for LoopObject {
    fn type_object(&self) -> &'static TypeObject {
        &LOOP_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let world = self.world()?;
        let word = |value: bool| if value { "True" } else { "False" };
        let debug = world.asyncio.with(&world, &self.data, || world.cx.debug());
        Ok(Some(Str::from(format!(
            "<_UnixSelectorEventLoop running={} closed={} debug={}>",
            word(world.asyncio.is_running(&world, &self.data)),
            word(self.data.is_closed.get()),
            word(debug),
        ))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        if name.as_str() == "slow_callback_duration" {
            return Ok(Some(Value::Float(self.data.slow_callback_duration.get())));
        }
        let attributes = self.data.attributes.borrow();
        let own = attributes.iter().find(|(known, _)| *known == name.as_str());
        if let Some((_, value)) = own {
            return Ok(Some(value.clone()));
        }
        match refused_of_loop(name) {
            Some(why) => Err(raise(&NOT_IMPLEMENTED_ERROR, format!("loop.{name}: {why}"))),
            None => Ok(None),
        }
    }

    fn set_attribute(&self, _vm: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<bool> {
        if name.as_str() == "slow_callback_duration" {
            let Some(seconds) = ops::to_float(value)? else {
                return Err(type_error("slow_callback_duration must be a number"));
            };
            self.data.slow_callback_duration.set(seconds);
            let world = self.world()?;
            let after: Duration = super::arguments::duration(seconds);
            world.asyncio.with(&world, &self.data, || world.cx.set_slow_after(after));
            return Ok(true);
        }
        let mut attributes = self.data.attributes.borrow_mut();
        attributes.retain(|(known, _)| *known != name.as_str());
        attributes.push((name.to_string(), value.clone()));
        Ok(true)
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        if !self.has_method(name) {
            return Ok(None);
        }
        let world = self.world()?;
        let args = Arguments { positional: args, keywords: kwargs };
        if let Some(result) = self.simple(vm, &world, name, args)? {
            return Ok(Some(result));
        }
        if let Some(result) = self.scheduling(vm, &world, name, args)? {
            return Ok(Some(result));
        }
        self.running(vm, &world, name, args)
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
            && !self.data.attributes.borrow().iter().any(|(known, _)| known == name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
