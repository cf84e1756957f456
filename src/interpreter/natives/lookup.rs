use std::rc::Rc;

use super::{async_iteration, asyncio, clock, output};
use crate::interpreter::builtins;
use crate::interpreter::world::World;
use crate::program::exception::{EXCEPTION_TYPES, RUNTIME_ERROR, raise};
use crate::program::value::{Builtin, PyResult, Stop, Value, Vm};

/// What a program uses under that name without defining it.
pub(in crate::interpreter) fn lookup(name: &str) -> Option<Value> {
    if let Some(native) = native(name) {
        return Some(Value::Builtin(native));
    }
    if let Some(builtin) = builtins::find(name) {
        return Some(builtin);
    }
    let random = builtins::RANDOM_FUNCTIONS.iter().find(|builtin| builtin.name == name);
    let other = random.map(Value::Builtin).or_else(|| asyncio::find(name));
    other.or_else(|| exception(name))
}

fn native(name: &str) -> Option<&'static Builtin> {
    if name == "print" {
        return Some(&output::PRINT);
    }
    let known = clock::FUNCTIONS.iter().chain(async_iteration::FUNCTIONS);
    let known = known.chain(crate::interpreter::modules::THREAD_STEPS);
    known.into_iter().find(|builtin| builtin.name == name)
}

/// Of two exception types of one name the builtin one is meant, which is found before.
pub(super) fn exception(name: &str) -> Option<Value> {
    let mut types = EXCEPTION_TYPES.iter();
    types
        .find(|ty| ty.name == name && (ty.module == "builtins" || ty.module.starts_with("asyncio")))
        .map(|ty| Value::Type(ty))
}

/// The running program, as native functions find it.
pub(in crate::interpreter) fn world_of(vm: &dyn Vm) -> PyResult<Rc<World>> {
    match vm.runtime().downcast_ref::<Rc<World>>() {
        Some(world) => Ok(Rc::clone(world)),
        None => Err(raise(&RUNTIME_ERROR, "no running event loop")),
    }
}

/// The error of using what belongs to a run that is over.
pub(in crate::interpreter) fn closed() -> Stop {
    raise(&RUNTIME_ERROR, "Event loop is closed")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::vocabulary;

    #[test]
    fn everything_the_compiler_knows_is_there() {
        let functions = [vocabulary::BUILTINS, vocabulary::ASYNCIO, vocabulary::SAMPLING];
        let names = functions.into_iter().flatten().map(|known| known.name);
        let missing: Vec<&str> =
            names.chain(vocabulary::exceptions()).filter(|name| lookup(name).is_none()).collect();
        assert!(missing.is_empty(), "the interpreter lacks {missing:?}");
    }
}
