//! The tests of `match`.
//!
//! Source: `CPython` `Python/ceval.c` (`_PyEval_MatchKeys`, `_PyEval_MatchClass`).

use std::rc::Rc;

use super::intrinsic::{names, tuple};
use super::vm::Interp;
use super::{natives, ops};
use crate::program::exception::{ATTRIBUTE_ERROR, type_error, value_error};
use crate::program::value::types::{DICT, LIST, RANGE, TUPLE};
use crate::program::value::{PyResult, Str, TypeKind, TypeObject, TypeRef, Value, Vm};

fn derives(value: &Value, types: &[&'static TypeObject]) -> bool {
    let TypeRef::Class(class) = value.type_of() else { return false };
    types.iter().any(|ty| TypeRef::Class(Rc::clone(&class)).is_a(ty))
}

/// Whether it is a sequence: no str and no bytes.
pub(super) fn is_sequence(value: &Value) -> bool {
    match value {
        Value::List(_) | Value::Tuple(_) | Value::Range(_) => true,
        Value::Foreign(foreign) => foreign.object.type_object().name == "deque",
        other => derives(other, &[&LIST, &TUPLE, &RANGE]),
    }
}

/// Whether it is a mapping.
pub(super) fn is_mapping(value: &Value) -> bool {
    match value {
        Value::Dict(_) => true,
        Value::Foreign(foreign) => foreign.object.type_object().name == "mappingproxy",
        other => derives(other, &[&DICT]),
    }
}

/// The values under some keys, as a tuple; None if one is missing.
pub(super) fn keys(vm: &mut Interp<'_>, subject: &Value, keys: &Value) -> PyResult<Value> {
    let Value::Tuple(keys) = keys else { return Ok(Value::None) };
    let mut found = Vec::with_capacity(keys.len());
    for (index, key) in keys.iter().enumerate() {
        for before in &keys[..index] {
            if ops::eq(vm, before, key)? {
                let shown = super::text::repr(vm, key)?;
                let error = format!("mapping pattern checks duplicate key ({shown})");
                return Err(value_error(error));
            }
        }
        if !ops::contains(vm, subject, key)? {
            return Ok(Value::None);
        }
        found.push(ops::get_item(vm, subject, key)?);
    }
    Ok(Value::tuple(found))
}

/// A dict of what is not under some keys.
pub(super) fn rest(vm: &mut Interp<'_>, subject: &Value, keys: &Value) -> PyResult<Value> {
    let copy = vm.call(&Value::Type(&DICT), std::slice::from_ref(subject), &[])?;
    if let Value::Tuple(keys) = keys {
        for key in keys.iter() {
            ops::delete_item(vm, &copy, key)?;
        }
    }
    Ok(copy)
}

/// What a class pattern looks at, as a tuple; None if the subject is no such object.
pub(super) fn class(
    vm: &mut Interp<'_>,
    subject: &Value,
    class: &Value,
    positional: &Value,
    keywords: &Value,
) -> PyResult<Value> {
    if !matches!(class, Value::Type(_) | Value::Class(_)) {
        return Err(type_error("called match pattern must be a class"));
    }
    let test = natives::lookup("isinstance").unwrap_or(Value::None);
    let is_one = vm.call(&test, &[subject.clone(), class.clone()], &[])?;
    if !matches!(is_one, Value::Bool(true)) {
        return Ok(Value::None);
    }
    let count = if let Value::Int(count) = positional { *count } else { 0 };
    let count = usize::try_from(count).unwrap_or(0);
    let mut found = Vec::new();
    let mut wanted: Vec<Str> = Vec::new();
    if count > 0 {
        match match_args(vm, class)? {
            Some(args) => {
                if args.len() < count {
                    return Err(too_many(class, args.len(), count));
                }
                wanted.extend(args.into_iter().take(count));
            }
            None if is_its_own_part(class) => {
                if count > 1 {
                    return Err(too_many(class, 1, count));
                }
                found.push(subject.clone());
            }
            None => return Err(too_many(class, 0, count)),
        }
    }
    for name in names(keywords) {
        if wanted.contains(&name) {
            let name =
                format!("{} got multiple sub-patterns for attribute '{name}'", called(class));
            return Err(type_error(name));
        }
        wanted.push(name);
    }
    for name in wanted {
        match ops::get_attribute(vm, subject, &name) {
            Ok(value) => found.push(value),
            Err(stop) if stop.is_a(&ATTRIBUTE_ERROR) => return Ok(Value::None),
            Err(stop) => return Err(stop),
        }
    }
    Ok(tuple(found))
}

fn match_args(vm: &mut Interp<'_>, class: &Value) -> PyResult<Option<Vec<Str>>> {
    let name = Str::from("__match_args__");
    if !matches!(class, Value::Class(_)) || !ops::has_attribute(vm, class, &name)? {
        return Ok(None);
    }
    match ops::get_attribute(vm, class, &name)? {
        args @ Value::Tuple(_) => Ok(Some(names(&args))),
        other => {
            let class = called(class);
            let class = class.trim_end_matches("()");
            let ty = other.type_name();
            Err(type_error(format!("{class}.__match_args__ must be a tuple (got {ty})")))
        }
    }
}

/// Whether the one positional part of such a pattern is the subject itself.
fn is_its_own_part(class: &Value) -> bool {
    let base = match class {
        Value::Type(ty) => *ty,
        Value::Class(class) => class.builtin_base(),
        _ => return false,
    };
    matches!(
        base.kind,
        TypeKind::Bool
            | TypeKind::Bytes
            | TypeKind::Dict
            | TypeKind::Float
            | TypeKind::FrozenSet
            | TypeKind::Int
            | TypeKind::List
            | TypeKind::Set
            | TypeKind::Str
            | TypeKind::Tuple
    )
}

fn called(class: &Value) -> String {
    match class {
        Value::Type(ty) => format!("{}()", ty.name),
        Value::Class(class) => format!("{}()", class.name),
        _ => String::new(),
    }
}

fn too_many(class: &Value, allowed: usize, given: usize) -> crate::program::value::Stop {
    let plural = if allowed == 1 { "" } else { "s" };
    type_error(format!(
        "{} accepts {allowed} positional sub-pattern{plural} ({given} given)",
        called(class)
    ))
}
