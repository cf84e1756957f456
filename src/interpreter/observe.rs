//! What an instruction uses that others may use as well, told to whoever explores schedules.
//!
//! Every step is told to read the program as a whole; what is known precisely (shared variables,
//! attributes, builtin containers) is told as such, and everything else, above all
//! calls of native functions, is told to write the program as a whole, which depends on every step.
//! So what is told here may be too much, but never too little.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::FxHasher;

use super::call::found_method;
use super::ops;
use super::vm::Interp;
use crate::executor::{Context, Mode};
use crate::program::code::Code;
use crate::program::instruction::{Instr, Reg, Spend};
use crate::program::value::{Builtin, Iteration, Str, Value};

/// Kinds of objects, in the highest byte; lower ones are the loop's.
pub(super) const PROGRAM: u64 = 7 << 56;
const GLOBAL: u64 = 16 << 56;
const ATTRIBUTE: u64 = 17 << 56;
pub(super) const CELLS: u64 = 18 << 56;
pub(super) const ITEMS: u64 = 19 << 56;
const OUTPUT: u64 = 20 << 56;
const OWN_ATTRIBUTE: u64 = 23 << 56;

/// Builtin functions that use nothing but the items of their arguments.
const PURE: &[&str] = &[
    "abs",
    "all",
    "any",
    "bool",
    "ctime",
    "dict",
    "divmod",
    "enumerate",
    "float",
    "int",
    "isinstance",
    "len",
    "list",
    "max",
    "min",
    "monotonic",
    "perf_counter",
    "pow",
    "range",
    "repr",
    "reversed",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "time",
    "tuple",
    "zip",
];

/// Functions of threads that tell themselves what they use, or use nothing, and types whose methods
/// do.
const THREADS: &[&str] = &[
    "start_thread",
    "start_joinable_thread",
    "await_begin",
    "begun",
    "join_thread",
    "get_ident",
    "get_native_id",
];
const LOCKS: &[&str] = &["lock", "RLock", "_ThreadHandle"];

/// Types whose methods change nothing but items.
const CONTAINERS: &[&str] = &["list", "dict", "set", "deque"];
/// Types of objects that use nothing when they are made.
const NEW: &[&str] = &["lock", "RLock", "deque", "object"];
/// Methods of theirs that change nothing.
const READING: &[&str] = &[
    "copy",
    "count",
    "get",
    "index",
    "isdisjoint",
    "issubset",
    "issuperset",
    "items",
    "keys",
    "union",
    "values",
];
/// Methods of theirs that put things in without looking at them.
const STORING: &[&str] = &["append", "appendleft"];
/// Types whose objects never change.
const CONSTANT: &[&str] = &["str", "bytes", "int", "float", "tuple", "frozenset", "range"];

/// A shared variable.
pub(super) fn global(slot: u32) -> u64 {
    GLOBAL | u64::from(slot)
}

/// Whether an instruction tells itself what it uses, at the moment it does: as soon as there are
/// threads.
fn tells_itself(instr: Instr) -> bool {
    matches!(
        instr,
        Instr::LoadGlobal { .. }
            | Instr::StoreGlobal { .. }
            | Instr::LoadCell { .. }
            | Instr::StoreCell { .. }
            | Instr::GetAttr { .. }
            | Instr::SetAttr { .. }
            | Instr::GetItem { .. }
            | Instr::SetItem { .. }
    )
}

/// Tells what an instruction is about to use.
pub(super) fn observe(vm: &Interp<'_>, code: &Code, instr: Instr, regs: &[Value]) {
    let touch = |object: u64, mode: Mode| vm.world.cx.touch(object, mode);
    let reg = |reg: Reg| regs.get(usize::from(reg)).unwrap_or(&Value::Unbound);
    let name_of = |name: u16| code.names.get(usize::from(name)).map_or("", |name| &**name);
    let items = |of: &Value, mode: Mode| items(&vm.world.cx, of, mode);
    let all = |of: &Value| all_items(&vm.world.cx, of, 0);
    if vm.world.shared.active.get() && tells_itself(instr) {
        return;
    }
    match instr {
        Instr::LoadGlobal { slot, .. } => touch(GLOBAL | u64::from(slot), Mode::Read),
        Instr::StoreGlobal { slot, .. } | Instr::DeleteGlobal { slot } => {
            touch(GLOBAL | u64::from(slot), Mode::Write);
        }
        Instr::LoadCell { .. } => touch(CELLS, Mode::Read),
        Instr::StoreCell { .. } | Instr::DeleteCell { .. } => touch(CELLS, Mode::Write),
        Instr::GetAttr { name, obj, .. } => {
            attribute_used(&vm.world.cx, reg(obj), name_of(name), Mode::Read);
        }
        Instr::SetAttr { name, obj, .. } | Instr::DelAttr { name, obj, .. } => {
            attribute_used(&vm.world.cx, reg(obj), name_of(name), Mode::Write);
        }
        Instr::GetItem { obj, .. } => items(reg(obj), Mode::Read),
        Instr::SetItem { obj, .. } | Instr::DelItem { obj, .. } => items(reg(obj), Mode::Write),
        Instr::InPlace { a, b, .. } => {
            items(reg(a), Mode::Write);
            items(reg(b), Mode::Read);
        }
        Instr::Binary { a, b, .. }
        | Instr::Add { a, b, .. }
        | Instr::Mul { a, b, .. }
        | Instr::Sub { a, b, .. }
        | Instr::Compare { a, b, .. }
        | Instr::IfCompare { a, b, .. } => {
            all(reg(a));
            all(reg(b));
        }
        Instr::Unpack { src, .. }
        | Instr::UnpackStar { src, .. }
        | Instr::GetIter { src, .. }
        | Instr::ListExtend { src, .. }
        | Instr::SetUpdate { src, .. }
        | Instr::DictUpdate { src, .. }
        | Instr::DictMerge { src, .. } => items(reg(src), Mode::Read),
        Instr::Format { src, .. } => all(reg(src)),
        Instr::JumpIf { reg: of, .. } | Instr::JumpIfNot { reg: of, .. } => {
            items(reg(of), Mode::Read);
        }
        Instr::IterNext { iter, .. } => match reg(iter) {
            Value::Iterator(_) => items(reg(iter), Mode::Read),
            Value::Generator(_) => {}
            _ => touch(PROGRAM, Mode::Write),
        },
        Instr::Print { src } => {
            all(reg(src));
            touch(OUTPUT, Mode::Write);
        }
        Instr::Call { base, argc, .. } | Instr::CallAwait { base, argc, .. } => {
            called(vm, reg(base), arguments(regs, base, argc));
        }
        Instr::CallMethod { base, argc, name, .. } => {
            let args = arguments(regs, base, argc);
            match reg(base) {
                Value::Foreign(foreign) if let Some(found) = found_method(foreign) => {
                    called(vm, found, args);
                }
                receiver => method_called(vm, receiver, name_of(name), args),
            }
        }
        Instr::CallKeywords { base, .. } | Instr::CallSpread { base, .. } => {
            called(vm, reg(base), &[]);
        }
        Instr::Intrinsic { .. }
        | Instr::NextAwaited { .. }
        | Instr::Throw { .. }
        | Instr::Spend { .. }
        | Instr::SpendFixed { .. } => spends(vm, instr),
        _ => {}
    }
}

/// Time that the loop's thread is held moves the clock, which others read.
fn spends(vm: &Interp<'_>, instr: Instr) {
    let waits = matches!(
        instr,
        Instr::Spend { what: Spend::Sleep | Spend::Io | Spend::Jitter, .. }
            | Instr::SpendFixed { what: Spend::Sleep | Spend::Io | Spend::Jitter, .. }
    );
    if !waits {
        vm.world.cx.touch(PROGRAM, Mode::Write);
    }
}

fn arguments(regs: &[Value], base: Reg, argc: u8) -> &[Value] {
    let first = usize::from(base) + 1;
    regs.get(first..first + usize::from(argc)).unwrap_or(&[])
}

/// The items of a builtin container.
pub(super) fn items_of(born: u32) -> u64 {
    ITEMS | (u64::from(born) + 1)
}

/// Containers inside of each other, and items of each, that are told by themselves.
const MAX_DEPTH: u32 = 4;
const MAX_ITEMS: usize = 64;

/// The items of a builtin container are used, or of what an iterator goes through; what they are is
/// not looked at.
fn items(cx: &Context, of: &Value, mode: Mode) {
    let born = match of {
        Value::List(list) => list.identity.born(),
        Value::Dict(dict) => dict.identity.born(),
        Value::Set(set) => set.identity.born(),
        Value::Iterator(iterator) => {
            cx.touch(items_of(iterator.identity.born()), Mode::Write);
            let Ok(state) = iterator.state.try_borrow() else { return };
            match &*state {
                Iteration::List(list, _) | Iteration::ListReversed(list, _) => list.identity.born(),
                Iteration::Dict { dict, .. } => dict.identity.born(),
                Iteration::Set { set, .. } => set.identity.born(),
                Iteration::Exhausted
                | Iteration::Range { .. }
                | Iteration::Str(..)
                | Iteration::Tuple(..)
                | Iteration::Bytes(..) => return,
                _ => return cx.touch(ITEMS, mode),
            }
        }
        Value::DictView(_) => return cx.touch(ITEMS, mode),
        Value::Foreign(foreign) if CONTAINERS.contains(&&*of.type_name()) => {
            foreign.identity.born()
        }
        _ => return,
    };
    cx.touch(items_of(born), mode);
    if mode == Mode::Write {
        // Whoever looks at containers as a whole sees that.
        cx.touch(ITEMS, Mode::Part);
    }
}

/// All items of a container are looked at, and theirs.
fn all_items(cx: &Context, of: &Value, depth: u32) {
    let is_deep = depth >= MAX_DEPTH;
    match of {
        Value::List(list) if !is_deep && list.len() <= MAX_ITEMS => {
            items(cx, of, Mode::Read);
            list.borrow().iter().for_each(|item| all_items(cx, item, depth + 1));
        }
        Value::Tuple(tuple) if !is_deep && tuple.len() <= MAX_ITEMS => {
            tuple.iter().for_each(|item| all_items(cx, item, depth + 1));
        }
        Value::Dict(dict) if !is_deep && dict.len() <= MAX_ITEMS => {
            items(cx, of, Mode::Read);
            dict.borrow().iter().for_each(|entry| all_items(cx, &entry.value, depth + 1));
        }
        Value::Set(_) => items(cx, of, Mode::Read),
        Value::List(_) | Value::Tuple(_) | Value::Dict(_) | Value::DictView(_) => {
            cx.touch(ITEMS, Mode::Read);
        }
        Value::Iterator(_) => {
            items(cx, of, Mode::Read);
            cx.touch(ITEMS, Mode::Read);
        }
        Value::Foreign(_) => items(cx, of, Mode::Read),
        _ => {}
    }
}

fn called(vm: &Interp<'_>, callee: &Value, args: &[Value]) {
    let cx = &vm.world.cx;
    match callee {
        // What these do is told when they do it.
        Value::Function(_) | Value::Class(_) => {}
        Value::BoundMethod(bound) if matches!(bound.function, Value::Function(_)) => {}
        Value::Builtin(builtin) if is_pure(builtin, args) => {
            args.iter().for_each(|arg| all_items(cx, arg, 0));
        }
        Value::Type(kind) if PURE.contains(&kind.name) && args.iter().all(is_plain) => {
            args.iter().for_each(|arg| all_items(cx, arg, 0));
        }
        Value::Type(kind) if NEW.contains(&kind.name) && args.iter().all(is_plain) => {
            args.iter().for_each(|arg| all_items(cx, arg, 0));
        }
        Value::BoundMethod(bound) => match &bound.function {
            Value::Builtin(builtin) => method_called(vm, &bound.receiver, builtin.name, args),
            _ => cx.touch(PROGRAM, Mode::Write),
        },
        Value::Builtin(builtin) if matches!(builtin.name, "hasattr" | "getattr") => match args {
            [object, Value::Str(name), ..] => attribute_used(cx, object, name, Mode::Read),
            _ => cx.touch(PROGRAM, Mode::Write),
        },
        // These tell it themselves.
        Value::Builtin(builtin) if THREADS.contains(&builtin.name) => {}
        Value::Builtin(builtin) if builtin.name == "print" && args.iter().all(is_plain) => {
            args.iter().for_each(|arg| all_items(cx, arg, 0));
            cx.touch(OUTPUT, Mode::Write);
        }
        _ => cx.touch(PROGRAM, Mode::Write),
    }
}

fn is_pure(builtin: &Builtin, args: &[Value]) -> bool {
    builtin.owner.is_none() && PURE.contains(&builtin.name) && args.iter().all(is_plain)
}

/// A value that natives can look at without running code of the program, or a place of the library.
fn is_plain(value: &Value) -> bool {
    !matches!(
        value,
        Value::Instance(_)
            | Value::Foreign(_)
            | Value::Generator(_)
            | Value::Function(_)
            | Value::BoundMethod(_)
            | Value::Class(_)
    )
}

fn method_called(vm: &Interp<'_>, receiver: &Value, name: &str, args: &[Value]) {
    let cx = &vm.world.cx;
    let kind = receiver.type_name();
    if CONSTANT.contains(&&*kind) && args.iter().all(is_plain) {
        all_items(cx, receiver, 0);
        return args.iter().for_each(|arg| all_items(cx, arg, 0));
    }
    if CONTAINERS.contains(&&*kind) && STORING.contains(&name) {
        return items(cx, receiver, Mode::Write);
    }
    if CONTAINERS.contains(&&*kind) && args.iter().all(is_plain) {
        args.iter().for_each(|arg| all_items(cx, arg, 0));
        if READING.contains(&name) {
            return all_items(cx, receiver, 0);
        }
        return items(cx, receiver, Mode::Write);
    }
    match receiver {
        // These tell it themselves.
        Value::Foreign(_) if LOCKS.contains(&&*kind) => {}
        Value::Instance(_) => {
            attribute_used(cx, receiver, name, Mode::Read);
            let method = ops::class_lookup(receiver, &Str::from(name));
            if !matches!(method, Some(Value::Function(_))) {
                cx.touch(PROGRAM, Mode::Write);
            }
        }
        _ => cx.touch(PROGRAM, Mode::Write),
    }
}

/// An attribute is used.
fn attribute_used(cx: &Context, object: &Value, name: &str, mode: Mode) {
    let Value::Instance(instance) = object else { return cx.touch(attribute_of(name), mode) };
    cx.touch(attribute_of_object(instance.identity.born(), name), mode);
    if mode == Mode::Read && instance.attributes().get_str(&Str::from(name)).is_none() {
        // It may be an attribute of its class.
        cx.touch(attribute_of(name), mode);
    }
}

/// An attribute of an object.
pub(super) fn attribute_of_object(born: u32, name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    (born, name).hash(&mut hasher);
    OWN_ATTRIBUTE | hasher.finish() >> 8
}

/// An attribute of a class or a module, by its name alone.
pub(super) fn attribute_of(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    ATTRIBUTE | hasher.finish() >> 8
}
