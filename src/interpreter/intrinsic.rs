//! What instructions do that are rare: imports, classes, the tests of `match` and `except*`.

use std::rc::Rc;

use super::vm::Interp;
use super::{group, import, matching, natives, ops};
use crate::program::exception::{RUNTIME_ERROR, raise, type_error};
use crate::program::instruction::Intrinsic;
use crate::program::value::{GeneratorKind, PyResult, Str, Value, Vm};

/// Does it; the operands are the first of `registers`.
#[inline(never)]
pub(super) fn run(vm: &mut Interp<'_>, what: Intrinsic, registers: &[Value]) -> PyResult<Value> {
    match (what, registers) {
        (Intrinsic::Import, [Value::Str(name), ..]) => import::import(vm, name),
        (Intrinsic::ImportFrom, [module, Value::Str(name), ..]) => {
            import::import_from(vm, module, name)
        }
        (Intrinsic::BuildClass, [name, bases, namespace, keywords, ..]) => {
            let Some(build) = natives::lookup("__build_class__") else {
                return Err(raise(&RUNTIME_ERROR, "__build_class__ not found"));
            };
            let bases = Value::tuple(ops::collect(vm, bases)?);
            let args = [name.clone(), bases, namespace.clone(), keywords.clone()];
            vm.call(&build, &args, &[])
        }
        (Intrinsic::YieldFromIter, [source, ..]) => yield_from_iter(vm, source),
        (Intrinsic::AsyncIter, [source, ..]) => async_iter(vm, source),
        (Intrinsic::SplitGroup, [rest, types, ..]) => group::split(vm, rest, types),
        (Intrinsic::JoinGroup, [original, raised, rest, ..]) => {
            group::join(vm, original, raised, rest)
        }
        (Intrinsic::MatchSequence, [subject, ..]) => Ok(matching::is_sequence(subject).into()),
        (Intrinsic::MatchMapping, [subject, ..]) => Ok(matching::is_mapping(subject).into()),
        (Intrinsic::MatchKeys, [subject, keys, ..]) => matching::keys(vm, subject, keys),
        (Intrinsic::MatchRest, [subject, keys, ..]) => matching::rest(vm, subject, keys),
        (Intrinsic::MatchClass, [subject, class, positional, keywords, ..]) => {
            matching::class(vm, subject, class, positional, keywords)
        }
        _ => Err(raise(&RUNTIME_ERROR, "an instruction without operands")),
    }
}

/// What `yield from` asks for items: generators and what can be awaited as they are.
fn yield_from_iter(vm: &mut Interp<'_>, source: &Value) -> PyResult<Value> {
    match source {
        Value::Generator(_) | Value::Iterator(_) => Ok(source.clone()),
        Value::Foreign(_) if super::sending::can_be_awaited(source) => Ok(source.clone()),
        other => ops::iter(vm, other),
    }
}

/// `aiter()`
fn async_iter(vm: &mut Interp<'_>, source: &Value) -> PyResult<Value> {
    if let Value::Generator(object) = source
        && object.kind == GeneratorKind::AsyncGenerator
    {
        return Ok(source.clone());
    }
    let name = Str::from("__aiter__");
    if !ops::has_attribute(vm, source, &name)? {
        let ty = source.type_name();
        return Err(type_error(format!(
            "'async for' requires an object with __aiter__ method, got {ty}"
        )));
    }
    let method = ops::get_attribute(vm, source, &name)?;
    let iterator = vm.call(&method, &[], &[])?;
    let is_iterator = matches!(&iterator, Value::Generator(object)
        if object.kind == GeneratorKind::AsyncGenerator)
        || ops::has_attribute(vm, &iterator, &Str::from("__anext__"))?;
    if is_iterator {
        return Ok(iterator);
    }
    let ty = iterator.type_name();
    Err(type_error(format!(
        "'async for' received an object from __aiter__ that does not implement __anext__: {ty}"
    )))
}

/// The operands of an instruction, without what is behind them.
pub(super) fn window(registers: &[Value], base: u16) -> &[Value] {
    registers.get(usize::from(base)..).map_or(&[], |rest| &rest[..rest.len().min(4)])
}

/// A tuple of values.
pub(super) fn tuple(items: impl IntoIterator<Item = Value>) -> Value {
    Value::tuple(items.into_iter().collect::<Vec<_>>())
}

/// The names of a tuple of strs.
pub(super) fn names(tuple: &Value) -> Vec<Str> {
    let Value::Tuple(items) = tuple else { return Vec::new() };
    let name = |item: &Value| if let Value::Str(name) = item { Some(name.clone()) } else { None };
    Rc::clone(items).iter().filter_map(name).collect()
}
