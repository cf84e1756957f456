//! `aiter()` and `anext()`.
//!
//! Source: `CPython` `Python/bltinmodule.c` (`builtin_aiter`, `builtin_anext_impl`).

use super::lookup::world_of;
use crate::interpreter::generator;
use crate::interpreter::machine::{Machine, Registers};
use crate::interpreter::ops;
use crate::program::exception::type_error;
use crate::program::value::{Arguments, Builtin, PyResult, Signature, Str, Value, Vm};

/// `aiter` and `anext`.
pub(super) static FUNCTIONS: &[Builtin] = &[
    Builtin { name: "aiter", owner: None, signature: Signature::One, call: aiter },
    Builtin { name: "anext", owner: None, signature: Signature::Positional(1, 2), call: anext },
];

fn method(vm: &mut dyn Vm, of: &Value, name: &str, lacking: &str) -> PyResult<Value> {
    let name = Str::from(name);
    if !ops::has_attribute(vm, of, &name)? {
        return Err(type_error(format!("'{}' object is not an async {lacking}", of.type_name())));
    }
    ops::get_attribute(vm, of, &name)
}

fn aiter(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let begin = method(vm, &args.positional[0], "__aiter__", "iterable")?;
    let iterator = vm.call(&begin, &[], &[])?;
    if !ops::has_attribute(vm, &iterator, &Str::from("__anext__"))? {
        let ty = iterator.type_name();
        return Err(type_error(format!("aiter() returned not an async iterator of type '{ty}'")));
    }
    Ok(iterator)
}

fn anext(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let next = method(vm, &args.positional[0], "__anext__", "iterator")?;
    let awaitable = vm.call(&next, &[], &[])?;
    let Some(default) = args.positional.get(1) else { return Ok(awaitable) };
    let world = world_of(vm)?;
    let code = world.image.await_or;
    let registers = Registers::from_iter([awaitable, default.clone()]);
    let machine = Machine::new(&world.image, code, registers);
    Ok(Value::Generator(generator::object_of(&world, world.image.code(code), machine)))
}
