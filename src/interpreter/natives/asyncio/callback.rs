//! Functions of the program as callbacks of the loop.

use std::rc::Rc;

use crate::interpreter::failure::traceback;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::program::value::{StopKind, Value, Vm as _};

/// Runs a callback. What it raises goes to the loop's exception handler.
pub(super) fn run(world: &Rc<World>, callee: &Value, args: &[Value]) {
    world.begin_step();
    let mut vm = Interp::new(world, Place::Loop);
    match vm.call(callee, args, &[]) {
        Ok(result) => drop(result),
        Err(stop) => match stop.kind() {
            StopKind::Limit(limit) => world.reached(limit),
            StopKind::Raised(raised) => {
                let name = described(world, callee);
                let traceback = traceback(world, &raised);
                world.cx.say(&format!(
                    "Exception in callback {name}\nhandle: <Handle {name}>\n{traceback}"
                ));
            }
        },
    }
    World::end_step(world);
}

/// The name of what is called, for the trace.
pub(super) fn callable_name(callee: &Value) -> String {
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

/// The name and the place of what is called: `f() at x.toml:3`.
pub(super) fn described(world: &World, callee: &Value) -> String {
    let name = callable_name(callee);
    match callee {
        Value::Function(function) => {
            let site = world.image.code(function.code).code.first_site;
            format!("{name}() at {}", world.place(site))
        }
        _ => format!("{name}()"),
    }
}
