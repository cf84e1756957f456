//! What the module `asyncio` has, and what scenarios can use of it without its name.
//!
//! The names are listed in [`vocabulary::asyncio`](crate::program::vocabulary::asyncio).

use std::rc::Rc;

use super::factory::EAGER_TASK_FACTORY;
use super::functions::{FUNCTIONS, MODULE_FUNCTIONS};
use super::sync::TYPES as PRIMITIVES;
use super::{future, handle, loop_object, runner, task_group, timeout};
use crate::interpreter::modules::ModuleObject;
use crate::interpreter::world::World;
use crate::program::value::{Str, Table, TypeObject, Value};
use crate::program::vocabulary::asyncio::NAMES;
use crate::trace::PythonVersion;

/// The types by name.
static TYPES: &[(&str, &TypeObject)] = &[
    ("AbstractEventLoop", &loop_object::ABSTRACT_LOOP_TYPE),
    ("BaseEventLoop", &loop_object::BASE_LOOP_TYPE),
    ("EventLoop", &loop_object::LOOP_TYPE),
    ("Future", &future::FUTURE_TYPE),
    ("Handle", &handle::HANDLE_TYPE),
    ("Runner", &runner::RUNNER_TYPE),
    ("SelectorEventLoop", &loop_object::LOOP_TYPE),
    ("Task", &future::TASK_TYPE),
    ("TaskGroup", &task_group::TASK_GROUP_TYPE),
    ("Timeout", &timeout::TIMEOUT_TYPE),
    ("TimerHandle", &handle::TIMER_HANDLE_TYPE),
];

/// The constants of `wait`.
const CONSTANTS: &[&str] = &["ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION"];

/// What scenarios can use under that name, and programs as `asyncio.NAME`.
pub(in crate::interpreter) fn find(name: &str) -> Option<Value> {
    if let Some(builtin) = FUNCTIONS.iter().find(|builtin| builtin.name == name) {
        return Some(Value::Builtin(builtin));
    }
    if let Some((_, ty)) = TYPES.iter().find(|(known, _)| *known == name) {
        return Some(Value::Type(ty));
    }
    if let Some(ty) = PRIMITIVES.iter().copied().find(|ty| ty.name == name) {
        return Some(Value::Type(ty));
    }
    CONSTANTS.contains(&name).then(|| Value::from(name))
}

/// The module, made at its first import.
pub(in crate::interpreter) fn module(world: &Rc<World>) -> Value {
    let mut made = world.asyncio.module.borrow_mut();
    made.get_or_insert_with(|| ModuleObject::value("asyncio", contents(world.python()))).clone()
}

/// Names that came later.
const NEWER: &[(&str, PythonVersion)] =
    &[("QueueShutDown", PythonVersion::V3_13), ("eager_task_factory", PythonVersion::V3_12)];

fn contents(python: PythonVersion) -> Table<Value> {
    let mut table = Table::new();
    let primitives = PRIMITIVES.iter().map(|ty| ty.name);
    for name in NAMES.iter().copied().chain(primitives) {
        if NEWER.iter().any(|(newer, since)| *newer == name && python < *since) {
            continue;
        }
        if let Some(value) = attribute(name) {
            table.set_str(&Str::from(name), value);
        }
    }
    for part in PARTS {
        let all = table.clone();
        table.set_str(&Str::from(*part), ModuleObject::value(part, all));
    }
    table
}

/// The modules that `asyncio` is made of: programs that name them find there what `asyncio` has.
const PARTS: &[&str] = &[
    "base_events",
    "coroutines",
    "events",
    "exceptions",
    "futures",
    "locks",
    "queues",
    "runners",
    "streams",
    "taskgroups",
    "tasks",
    "threads",
    "timeouts",
];

/// What programs can use as `asyncio.NAME`.
fn attribute(name: &str) -> Option<Value> {
    if name == EAGER_TASK_FACTORY.name {
        return Some(Value::Builtin(&EAGER_TASK_FACTORY));
    }
    let function = MODULE_FUNCTIONS.iter().find(|builtin| builtin.name == name);
    let found = function.map(Value::Builtin).or_else(|| find(name));
    found.or_else(|| crate::interpreter::natives::exception(name))
}
