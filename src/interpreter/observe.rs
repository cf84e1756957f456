//! What an instruction uses that others may use as well, told to whoever explores schedules.
//!
//! Every step is told to read the program as a whole; what is known precisely (shared variables,
//! attributes by name, builtin containers as one) is told as such, and everything else, above all
//! calls of native functions, is told to write the program as a whole, which depends on every step.
//! So what is told here may be too much, but never too little.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::FxHasher;

use super::ops;
use super::vm::Interp;
use crate::executor::Mode;
use crate::program::code::Code;
use crate::program::instruction::{Instr, Reg, Spend};
use crate::program::value::{Builtin, Str, Value};

/// Kinds of objects, in the highest byte; lower ones are the loop's.
pub(super) const PROGRAM: u64 = 7 << 56;
const GLOBAL: u64 = 16 << 56;
const ATTRIBUTE: u64 = 17 << 56;
pub(super) const CELLS: u64 = 18 << 56;
pub(super) const ITEMS: u64 = 19 << 56;
const OUTPUT: u64 = 20 << 56;

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

/// Functions of threads that tell themselves what they use, and types whose methods do.
const THREADS: &[&str] = &["start_thread", "start_joinable_thread", "join_thread"];
const LOCKS: &[&str] = &["lock", "RLock", "_ThreadHandle"];

/// Types whose methods change nothing but items.
const CONTAINERS: &[&str] = &["list", "dict", "set"];
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
    let attribute =
        |name: u16| attribute_of(code.names.get(usize::from(name)).map_or("", |name| &**name));
    let items = |of: &Value, mode: Mode| {
        if has_items(of) {
            touch(ITEMS, mode);
        }
    };
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
        Instr::GetAttr { name, .. } => touch(attribute(name), Mode::Read),
        Instr::SetAttr { name, .. } | Instr::DelAttr { name, .. } => {
            touch(attribute(name), Mode::Write);
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
            items(reg(a), Mode::Read);
            items(reg(b), Mode::Read);
        }
        Instr::Unpack { src, .. }
        | Instr::UnpackStar { src, .. }
        | Instr::GetIter { src, .. }
        | Instr::ListExtend { src, .. }
        | Instr::SetUpdate { src, .. }
        | Instr::DictUpdate { src, .. }
        | Instr::DictMerge { src, .. }
        | Instr::Format { src, .. } => items(reg(src), Mode::Read),
        Instr::JumpIf { reg: of, .. } | Instr::JumpIfNot { reg: of, .. } => {
            items(reg(of), Mode::Read);
        }
        Instr::IterNext { iter, .. } => match reg(iter) {
            Value::Iterator(_) => touch(ITEMS, Mode::Read),
            Value::Generator(_) => {}
            _ => touch(PROGRAM, Mode::Write),
        },
        Instr::Print { src } => {
            items(reg(src), Mode::Read);
            touch(OUTPUT, Mode::Write);
        }
        Instr::Call { base, argc, .. } | Instr::CallAwait { base, argc, .. } => {
            called(vm, reg(base), arguments(regs, base, argc));
        }
        Instr::CallMethod { base, argc, name, .. } => {
            let name = code.names.get(usize::from(name)).map_or("", |name| &**name);
            method_called(vm, reg(base), name, arguments(regs, base, argc));
        }
        Instr::CallKeywords { base, .. } | Instr::CallSpread { base, .. } => {
            called(vm, reg(base), &[]);
        }
        Instr::Intrinsic { .. }
        | Instr::CheckManager { .. }
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

/// Builtin containers that can change, and what goes through them.
fn has_items(value: &Value) -> bool {
    matches!(
        value,
        Value::List(_)
            | Value::Dict(_)
            | Value::Set(_)
            | Value::DictView(_)
            | Value::Iterator(_)
            | Value::Tuple(_)
    )
}

fn called(vm: &Interp<'_>, callee: &Value, args: &[Value]) {
    let cx = &vm.world.cx;
    match callee {
        // What these do is told when they do it.
        Value::Function(_) => {}
        Value::BoundMethod(bound) if matches!(bound.function, Value::Function(_)) => {}
        Value::Builtin(builtin) if is_pure(builtin, args) => cx.touch(ITEMS, Mode::Read),
        Value::Type(kind) if PURE.contains(&kind.name) && args.iter().all(is_plain) => {
            cx.touch(ITEMS, Mode::Read);
        }
        // These tell it themselves.
        Value::Builtin(builtin) if THREADS.contains(&builtin.name) => {}
        Value::Builtin(builtin) if builtin.name == "print" && args.iter().all(is_plain) => {
            cx.touch(ITEMS, Mode::Read);
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
        return cx.touch(ITEMS, Mode::Read);
    }
    if CONTAINERS.contains(&&*kind) && args.iter().all(is_plain) {
        return cx.touch(ITEMS, Mode::Write);
    }
    match receiver {
        // These tell it themselves.
        Value::Foreign(_) if LOCKS.contains(&&*kind) => {}
        Value::Instance(_) => {
            cx.touch(attribute_of(name), Mode::Read);
            let method = ops::class_lookup(receiver, &Str::from(name));
            if !matches!(method, Some(Value::Function(_))) {
                cx.touch(PROGRAM, Mode::Write);
            }
        }
        _ => cx.touch(PROGRAM, Mode::Write),
    }
}

/// Attributes are told by their names, whosever they are.
pub(super) fn attribute_of(name: &str) -> u64 {
    let mut hasher = FxHasher::default();
    name.hash(&mut hasher);
    ATTRIBUTE | hasher.finish() >> 8
}
