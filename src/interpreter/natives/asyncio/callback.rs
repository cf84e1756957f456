//! Functions of the program as callbacks of the loop.

use std::rc::Rc;

use super::arguments::{check, duration, instant, missing, seconds_to_add};
use super::handle;
use super::reports::{About, Report, Slow, report, slow};
use crate::executor::Context;
use crate::interpreter::failure::carry;
use crate::interpreter::natives::world_of;
use crate::interpreter::spend::seconds;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::interpreter::{modules, ops};
use crate::program::exception::{KEYBOARD_INTERRUPT, SYSTEM_EXIT, type_error};
use crate::program::value::{Arguments, PyResult, StopKind, Value, Vm};
use crate::trace::PythonVersion;

/// Runs a callback. What it raises goes to the loop's exception handler.
pub(super) fn run(world: &Rc<World>, callee: &Value, args: &[Value]) {
    world.begin_step();
    let begun = world.cx.now();
    let mut vm = Interp::new(world, Place::Loop);
    let result = vm.call(callee, args, &[]);
    match vm.charge().and(result) {
        Ok(result) => drop(result),
        Err(stop) => match stop.kind() {
            StopKind::Limit(limit) => world.reached(limit),
            StopKind::Raised(raised)
                if raised.is_a(&SYSTEM_EXIT) || raised.is_a(&KEYBOARD_INTERRUPT) =>
            {
                world.cx.escape(carry(world, raised, None));
            }
            StopKind::Raised(raised) => {
                let shown = described(world, callee, args);
                report(
                    world,
                    Report {
                        message: format!("Exception in callback {shown}"),
                        exception: Some(raised),
                        about: Some(("handle", About::Gone(None, format!("<Handle {shown}>")))),
                        made_at: crate::index::SiteId::NONE,
                    },
                );
            }
        },
    }
    if world.cx.debug() {
        let took = world.cx.now().since(begun);
        if took >= world.cx.slow_after() {
            let shown = format!("<Handle {}>", described(world, callee, args));
            slow(world, Slow::Call(shown), took.as_nanos());
        }
    }
    World::end_step(world);
}

/// The name of what is called, for the trace.
pub(in crate::interpreter) fn callable_name(callee: &Value) -> String {
    match callee {
        Value::Function(function) => function.qualname.to_string(),
        Value::Builtin(builtin) => builtin.name.to_owned(),
        Value::Type(ty) => ty.name.to_owned(),
        Value::Class(class) => class.qualname.to_string(),
        Value::BoundMethod(method) => match &method.function {
            Value::Str(name) => format!("{}.{name}", method.receiver.type_name()),
            function => callable_name(function),
        },
        other => other.type_name().to_string(),
    }
}

/// The name and the place of what is called: `f() at x.toml:3`. Before 3.13 with its arguments.
pub(super) fn described(world: &Rc<World>, callee: &Value, args: &[Value]) -> String {
    let name = callable_name(callee);
    let shows_args = world.python() < PythonVersion::V3_13 || world.cx.debug();
    let args: Vec<String> = match shows_args {
        true => args.iter().map(|arg| super::shown::short(world, arg)).collect(),
        false => Vec::new(),
    };
    let args = args.join(", ");
    let function = match callee {
        Value::BoundMethod(method) => &method.function,
        other => other,
    };
    match function {
        Value::Function(function) => {
            let site = world.image.code(function.code).code.first_site;
            format!("{name}({args}) at {}", world.place(site))
        }
        _ => format!("{name}({args})"),
    }
}

/// A callback with its arguments, ready to be given to the loop.
fn scheduled(
    world: &Rc<World>,
    callee: &Value,
    args: &[Value],
    given: Arguments<'_>,
) -> impl FnOnce(&Context) + use<> + 'static {
    let context = context_for(world, given);
    let (callee, args, world) = (callee.clone(), args.to_vec(), Rc::downgrade(world));
    move |_: &Context| {
        if let Some(world) = world.upgrade() {
            run_in(&world, context.as_ref(), &callee, &args);
        }
    }
}

/// The context of variables in which a callback is to run: the one that is given, or a copy of that
/// of the caller; `None` if the program uses none.
pub(super) fn context_for(world: &World, given: Arguments<'_>) -> Option<modules::Context> {
    let named = given.keywords.iter().find(|(name, _)| name.as_str() == "context");
    let context = named.and_then(|(_, context)| modules::context_of(context));
    context.or_else(|| modules::inherited_context(world))
}

/// The context that the program gives, as it gives it.
fn given_context(given: Arguments<'_>) -> Option<Value> {
    let named = given.keywords.iter().find(|(name, _)| name.as_str() == "context");
    named.map(|(_, context)| context.clone()).filter(|context| !matches!(context, Value::None))
}

/// Runs a callback in a context of variables.
pub(super) fn run_in(
    world: &Rc<World>,
    context: Option<&modules::Context>,
    callee: &Value,
    args: &[Value],
) {
    match context {
        Some(context) => modules::within(world, context, || run(world, callee, args)),
        None => run(world, callee, args),
    }
}

fn check_callable(world: &Rc<World>, callee: &Value, method: &str) -> PyResult<()> {
    if super::spawn::is_coroutine(callee) || super::functions::is_coroutine_function(world, callee)
    {
        if world.cx.debug() {
            return Err(type_error(format!("coroutines cannot be used with {method}()")));
        }
    } else if !ops::is_callable(callee) && world.cx.debug() {
        let shown = crate::interpreter::failure::shown(world, callee);
        let error = format!("a callable object was expected by {method}(), got {shown}");
        return Err(type_error(error));
    }
    Ok(())
}

/// `loop.call_soon(callback, *args, context=None)`
pub(super) fn call_soon(world: &Rc<World>, name: &str, args: Arguments<'_>) -> PyResult<Value> {
    check(args, name, usize::MAX, &["context"])?;
    let [callee, rest @ ..] = args.positional else { return Err(missing(name, "callback")) };
    check_callable(world, callee, name)?;
    let scheduled = scheduled(world, callee, rest, args);
    let made = world.cx.call_soon(&callable_name(callee), scheduled);
    Ok(handle::object(made, described(world, callee, rest), None, given_context(args)))
}

/// `loop.call_later(delay, callback, *args, context=None)`
pub(super) fn call_later(world: &Rc<World>, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "call_later", usize::MAX, &["context"])?;
    let [delay, callee, rest @ ..] = args.positional else {
        return Err(missing(
            "call_later",
            if args.positional.is_empty() { "delay" } else { "callback" },
        ));
    };
    if let Value::None = delay {
        return Err(type_error("delay must not be None"));
    }
    let delay = seconds_to_add(delay)?;
    check_callable(world, callee, "call_at")?;
    let when = seconds(world.cx.now().as_nanos()) + delay;
    let scheduled = scheduled(world, callee, rest, args);
    let name = callable_name(callee);
    let made = if delay < 0.0 {
        // Before all that is due now.
        world.cx.call_at(instant(when), &name, scheduled)
    } else {
        world.cx.call_later(duration(delay), &name, scheduled)
    };
    Ok(handle::object(made, described(world, callee, rest), Some(when), given_context(args)))
}

/// `loop.call_at(when, callback, *args, context=None)`
pub(super) fn call_at(world: &Rc<World>, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "call_at", usize::MAX, &["context"])?;
    let [when, callee, rest @ ..] = args.positional else {
        return Err(missing(
            "call_at",
            if args.positional.is_empty() { "when" } else { "callback" },
        ));
    };
    let Some(when) = ops::to_float(when)? else {
        return Err(type_error(match when {
            Value::None => "when cannot be None".to_owned(),
            other => format!("must be real number, not {}", other.type_name()),
        }));
    };
    check_callable(world, callee, "call_at")?;
    let scheduled = scheduled(world, callee, rest, args);
    let made = world.cx.call_at(instant(when), &callable_name(callee), scheduled);
    Ok(handle::object(made, described(world, callee, rest), Some(when), given_context(args)))
}

/// The same for scenarios, which call them without naming a loop.
pub(super) fn soon(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    call_soon(&world_of(vm)?, "call_soon", args)
}

pub(super) fn later(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    call_later(&world_of(vm)?, args)
}

pub(super) fn at(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    call_at(&world_of(vm)?, args)
}
