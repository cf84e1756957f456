//! Python's standard modules, in the virtual world.
//!
//! Each file or folder is one module; [`find`] gives the module object, which is made at its first
//! import and kept in the run's [`World`]. The names that a program can use are listed in
//! [`program::vocabulary::modules`](crate::program::vocabulary::modules). `asyncio` is in `natives`.
//!
//! Architecture invariant: a module sees the machine only through the run: the virtual clock, the
//! seeded stream, the recorded output.

mod bisect;
mod clock;
mod context;
mod deque;
mod functools;
mod hashlib;
mod heapq;
mod internal;
mod itertools;
mod json;
mod math;
mod module;
mod operator;
mod random;
mod re;
mod sequence;
mod streams;
mod sys;
mod threads;
mod time;
mod time_text;
mod weakref;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::natives::world_of;
use super::world::World;
use crate::program::value::{Builtin, NativeFn, Signature, Str, Table, TypeObject, Value};
pub(in crate::interpreter) use context::{
    Context, context_object, context_of, current_context, within,
};
pub(in crate::interpreter) use module::ModuleObject;
pub(in crate::interpreter) use streams::{Stream, stream_of};
pub(in crate::interpreter) use sys::exit;
pub(in crate::interpreter) use threads::{Handles, STEPS as THREAD_STEPS, join_all, pool_of};

/// A module that is written here.
struct Native {
    name: &'static str,
    /// Its functions.
    functions: &'static [&'static [Builtin]],
    /// Its types and constants.
    others: fn() -> Vec<(&'static str, Value)>,
}

static NATIVE: &[&Native] = &[
    &bisect::MODULE,
    &context::MODULE,
    &deque::MODULE,
    &functools::MODULE,
    &hashlib::MODULE,
    &heapq::MODULE,
    &internal::MODULE,
    &itertools::MODULE,
    &json::MODULE,
    &math::MODULE,
    &operator::MODULE,
    &random::MODULE,
    &re::MODULE,
    &sys::MODULE,
    &threads::MODULE,
    &time::FOR_DATETIME,
    &time::MODULE,
    &weakref::MODULE,
];

/// The modules of a run.
#[derive(Debug, Default)]
pub(super) struct Modules {
    loaded: RefCell<Vec<(&'static str, Value)>>,
    /// What the program has put in the place of `sys.stdout` and `sys.stderr`.
    replaced: RefCell<[Option<Value>; 2]>,
    /// What was written to `sys.stderr` of a line that is not ended yet.
    error_line: RefCell<String>,
    /// What is called when the program is over.
    at_exit: RefCell<Vec<Value>>,
    /// The context in which code runs.
    context: RefCell<Context>,
    /// The context of the program's own module.
    root_context: Context,
    /// The context of the next call that is given to a pool.
    passed_context: RefCell<Option<Context>>,
    /// Whether the program uses contexts at all.
    uses_contexts: Cell<bool>,
    /// How many streams of random numbers were made without a seed.
    unseeded: Cell<u32>,
}

/// The module of that name, if it is a native one.
pub(in crate::interpreter) fn find(world: &Rc<World>, name: &str) -> Option<Value> {
    let known = world.modules.loaded.borrow().iter().find(|(known, _)| *known == name).cloned();
    if let Some((_, module)) = known {
        return Some(module);
    }
    let native = NATIVE.iter().find(|native| native.name == name)?;
    if native.name == "contextvars" {
        world.modules.uses_contexts.set(true);
        world.modules.context.replace(world.modules.root_context.clone());
    }
    let mut table = contents(native);
    let of_run = match native.name {
        "sys" => sys::of_run(world),
        "_loopsim" => internal::of_run(world),
        _ => Vec::new(),
    };
    for (name, value) in of_run {
        table.set_str(&Str::from(name), value);
    }
    let module = ModuleObject::value(native.name, table);
    world.modules.loaded.borrow_mut().push((native.name, module.clone()));
    Some(module)
}

/// Whether a native function asks whoever runs the program where it is.
#[inline]
pub(in crate::interpreter) fn asks(builtin: &'static Builtin) -> bool {
    matches!(builtin.signature, Signature::Nothing)
        && sys::ASKING.iter().chain(internal::ASKING).any(|asking| std::ptr::eq(asking, builtin))
}

/// Whether a call of a native function has to do with the frames that run: it asks for them, or
/// blocks the thread.
#[inline]
pub(in crate::interpreter) fn is_special(builtin: &Builtin) -> bool {
    builtin.owner.is_none()
        && (matches!(builtin.name, "sleep" | "callers" | "exc_info" | "exception")
            || asks_scope(builtin))
}

/// Whether a call of a builtin function without arguments asks for the variables of the frame that
/// runs.
#[inline]
pub(in crate::interpreter) fn asks_scope(builtin: &Builtin) -> bool {
    builtin.owner.is_none() && matches!(builtin.name, "dir" | "globals" | "locals" | "vars")
}

/// Where what is printed goes, if the program has put something in the place of `sys.stdout`.
pub(in crate::interpreter) fn replaced_output(world: &World) -> Option<Value> {
    world.modules.replaced.borrow()[0].clone()
}

/// The context of what is scheduled now: a copy of that in which code runs; `None` if the program
/// uses none.
#[inline]
pub(in crate::interpreter) fn inherited_context(world: &World) -> Option<Context> {
    world.modules.uses_contexts.get().then(|| context::current(world).copied())
}

/// The next call that is given to a pool runs in a copy of the context of now.
pub(in crate::interpreter) fn pass_context(world: &World) {
    *world.modules.passed_context.borrow_mut() = inherited_context(world);
}

/// The context of a call that is given to a pool: what was passed, or an empty one.
pub(in crate::interpreter) fn passed_context(world: &World) -> Option<Context> {
    let passed = world.modules.passed_context.take();
    passed.or_else(|| world.modules.uses_contexts.get().then(Context::default))
}

/// A worker begins a call in a context.
pub(in crate::interpreter) fn enter_context(world: &World, context: &Context) {
    world.modules.context.replace(context.clone());
}

/// It has ended: the context is that of the program again.
pub(in crate::interpreter) fn leave_context(world: &World) {
    world.modules.context.replace(world.modules.root_context.clone());
}

/// Takes what is to be called when the program is over.
pub(in crate::interpreter) fn at_exit(world: &World) -> Vec<Value> {
    std::mem::take(&mut *world.modules.at_exit.borrow_mut())
}

/// Writes what is left of a line of `sys.stderr`, when the program is over.
pub(in crate::interpreter) fn flush(world: &World) {
    let rest = std::mem::take(&mut *world.modules.error_line.borrow_mut());
    if !rest.is_empty() {
        world.cx.say(&rest);
    }
}

/// What can be called on a type of a library and needs no object of it.
pub(in crate::interpreter) fn class_method(
    ty: &TypeObject,
    name: &str,
) -> Option<&'static Builtin> {
    match ty.module {
        "itertools" => itertools::class_method(ty, name),
        _ => None,
    }
}

fn contents(native: &Native) -> Table<Value> {
    let mut table = Table::new();
    for function in native.functions.iter().copied().flatten() {
        table.set_str(&Str::from(function.name), Value::Builtin(function));
    }
    for (name, value) in (native.others)() {
        table.set_str(&Str::from(name), value);
    }
    table
}

const fn function(name: &'static str, signature: Signature, call: NativeFn) -> Builtin {
    Builtin { name, owner: None, signature, call }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::vocabulary::modules::modules;

    /// What is different from run to run.
    const OF_RUN: &[(&str, &[&str])] = &[
        ("_loopsim", &["cores", "version"]),
        ("sys", &["argv", "hexversion", "version", "version_info"]),
    ];

    #[test]
    fn native_modules_have_what_the_vocabulary_says() {
        for native in NATIVE {
            let listed = modules().find(|module| module.name == native.name);
            let listed = listed.map_or(&[][..], |module| module.names);
            let mut table = contents(native);
            for (_, names) in OF_RUN.iter().filter(|(module, _)| *module == native.name) {
                names.iter().for_each(|name| table.set_str(&Str::from(*name), Value::None));
            }
            let missing: Vec<&&str> =
                listed.iter().filter(|name| table.get_str(&Str::from(**name)).is_none()).collect();
            assert!(missing.is_empty(), "{} lacks {missing:?}", native.name);
            let unlisted: Vec<String> = table
                .iter()
                .filter_map(|entry| match &entry.key {
                    Value::Str(name) if !listed.contains(&name.as_str()) => Some(name.to_string()),
                    _ => None,
                })
                .collect();
            assert!(unlisted.is_empty(), "{} has {unlisted:?} unlisted", native.name);
        }
    }

    #[test]
    fn modules_without_a_text_are_native() {
        for module in modules() {
            let native =
                module.name == "asyncio" || NATIVE.iter().any(|native| native.name == module.name);
            assert_eq!(native, module.source.is_none(), "{}", module.name);
        }
    }
}
