//! The module `asyncio`.

use std::rc::Rc;

use super::functions::FUNCTIONS;
use super::runner;
use crate::interpreter::modules::ModuleObject;
use crate::interpreter::world::World;
use crate::program::exception::EXCEPTION_TYPES;
use crate::program::value::{Builtin, Signature, Str, Table, Value};

static RUN: Builtin =
    Builtin { name: "run", owner: None, signature: Signature::Free, call: runner::run };

/// The module, made at its first import.
pub(in crate::interpreter) fn module(world: &Rc<World>) -> Value {
    let mut made = world.asyncio.borrow_mut();
    made.get_or_insert_with(|| ModuleObject::value("asyncio", contents())).clone()
}

fn contents() -> Table<Value> {
    let mut table = Table::new();
    for function in FUNCTIONS.iter().chain([&RUN]) {
        table.set_str(&Str::from(function.name), Value::Builtin(function));
    }
    let exceptions = EXCEPTION_TYPES.iter().filter(|ty| ty.module.starts_with("asyncio"));
    for ty in exceptions {
        table.set_str(&Str::from(ty.name), Value::Type(ty));
    }
    for ty in super::TYPES.iter().copied() {
        table.set_str(&Str::from(ty.name), Value::Type(ty));
    }
    table.set_str(
        &Str::from("TimeoutError"),
        Value::Type(&crate::program::exception::TIMEOUT_ERROR),
    );
    table
}
