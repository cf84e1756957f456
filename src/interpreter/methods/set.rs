use std::rc::Rc;

use super::{methods, wrong_receiver};
use crate::interpreter::ops::{self, Compare, SetOperation};
use crate::program::exception::{KEY_ERROR, raise, raise_value};
use crate::program::value::{
    Arguments, PyResult, SetObject,
    Signature::{Free, Nothing, One},
    Value, Vm,
};

methods! { METHODS "set":
    "add" One => add;
    "clear" Nothing => clear;
    "copy" Nothing => copy;
    "difference" Free => difference;
    "difference_update" Free => difference_update;
    "discard" One => discard;
    "intersection" Free => intersection;
    "intersection_update" Free => intersection_update;
    "isdisjoint" One => is_disjoint;
    "issubset" One => is_subset;
    "issuperset" One => is_superset;
    "pop" Nothing => pop;
    "remove" One => remove;
    "symmetric_difference" One => symmetric_difference;
    "symmetric_difference_update" One => symmetric_difference_update;
    "union" Free => union;
    "update" Free => update;
}

methods! { FROZEN_METHODS "frozenset":
    "copy" Nothing => copy;
    "difference" Free => difference;
    "intersection" Free => intersection;
    "isdisjoint" One => is_disjoint;
    "issubset" One => is_subset;
    "issuperset" One => is_superset;
    "symmetric_difference" One => symmetric_difference;
    "union" Free => union;
}

fn any<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a Rc<SetObject>> {
    match &args.positional[0] {
        Value::Set(set) | Value::FrozenSet(set) => Ok(set),
        other => Err(wrong_receiver(method, "set", other)),
    }
}

fn this<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a Rc<SetObject>> {
    match &args.positional[0] {
        Value::Set(set) => Ok(set),
        other => Err(wrong_receiver(method, "set", other)),
    }
}

/// A set of the receiver's type.
fn like(args: Arguments<'_>, set: Rc<SetObject>) -> Value {
    match &args.positional[0] {
        Value::FrozenSet(_) => Value::FrozenSet(set),
        _ => Value::Set(set),
    }
}

fn add(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    ops::set_add(vm, this(args, "add")?, args.positional[1].clone())?;
    Ok(Value::None)
}

fn clear(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    ops::clear_set(this(args, "clear")?);
    Ok(Value::None)
}

fn copy(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = any(args, "copy")?;
    if let Value::FrozenSet(_) = &args.positional[0] {
        return Ok(args.positional[0].clone());
    }
    let table = set.borrow().copied();
    Ok(Value::Set(Rc::new(SetObject::new(table))))
}

/// Applies an operation with each further argument in turn, starting from a copy.
fn folded(vm: &mut dyn Vm, args: Arguments<'_>, operation: SetOperation) -> PyResult<Value> {
    let set = any(args, "union")?;
    let Some((first, rest)) = args.positional[1..].split_first() else {
        let table = set.borrow().copied();
        return Ok(like(args, Rc::new(SetObject::new(table))));
    };
    let mut result = Rc::new(combined(vm, operation, set, first)?);
    for other in rest {
        result = Rc::new(combined(vm, operation, &result, other)?);
    }
    Ok(like(args, result))
}

fn combined(
    vm: &mut dyn Vm,
    operation: SetOperation,
    set: &Rc<SetObject>,
    other: &Value,
) -> PyResult<SetObject> {
    match (operation, other) {
        (SetOperation::Union, other) => {
            let result = SetObject::new(set.borrow().copied());
            ops::set_extend(vm, &result, other)?;
            Ok(result)
        }
        // An iterable that is no set is walked in its own order.
        (SetOperation::Intersection, other) if !is_set(other) => {
            let result = SetObject::new(crate::program::value::SetTable::default());
            ops::for_each(vm, other, &mut |vm, item| {
                let hash = ops::hash(vm, &item)?;
                if ops::set_contains_hashed(vm, set, hash, &item)? {
                    ops::set_add_hashed(vm, &result, hash, item)?;
                }
                Ok(true)
            })?;
            Ok(result)
        }
        (SetOperation::Difference, other) if !is_set(other) => {
            let result = SetObject::new(set.borrow().copied());
            ops::for_each(vm, other, &mut |vm, item| {
                ops::set_remove(vm, &result, &item).map(|_| true)
            })?;
            result.borrow_mut().shrink_after_removals();
            Ok(result)
        }
        (SetOperation::SymmetricDifference, other) if !is_set(other) => {
            let result = ops::set_from(vm, other)?;
            ops::toggle_all(vm, &result, set)?;
            Ok(result)
        }
        (operation, other) => {
            let other = ops::set_of_any(vm, other)?;
            ops::set_operation(vm, operation, set, &other)
        }
    }
}

fn is_set(value: &Value) -> bool {
    matches!(value, Value::Set(_) | Value::FrozenSet(_))
}

fn difference(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    folded(vm, args, SetOperation::Difference)
}

fn intersection(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    folded(vm, args, SetOperation::Intersection)
}

fn union(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = any(args, "union")?;
    let result = Rc::new(SetObject::new(set.borrow().copied()));
    for other in &args.positional[1..] {
        ops::set_extend(vm, &result, other)?;
    }
    Ok(like(args, result))
}

fn symmetric_difference(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    folded(vm, args, SetOperation::SymmetricDifference)
}

fn difference_update(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = this(args, "difference_update")?;
    for other in &args.positional[1..] {
        let other = ops::set_of_any(vm, other)?;
        ops::set_update(vm, SetOperation::Difference, set, &other)?;
    }
    Ok(Value::None)
}

fn intersection_update(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = this(args, "intersection_update")?;
    if let Value::Set(result) = folded(vm, args, SetOperation::Intersection)? {
        ops::replace_set(set, &result);
    }
    Ok(Value::None)
}

fn symmetric_difference_update(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = this(args, "symmetric_difference_update")?;
    let other = ops::set_of_any(vm, &args.positional[1])?;
    ops::set_update(vm, SetOperation::SymmetricDifference, set, &other)?;
    Ok(Value::None)
}

fn update(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = this(args, "update")?;
    for other in &args.positional[1..] {
        ops::set_extend(vm, set, other)?;
    }
    Ok(Value::None)
}

fn discard(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    ops::set_remove(vm, this(args, "discard")?, &args.positional[1])?;
    Ok(Value::None)
}

fn remove(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    if ops::set_remove(vm, this(args, "remove")?, &args.positional[1])? {
        return Ok(Value::None);
    }
    Err(raise_value(&KEY_ERROR, args.positional[1].clone()))
}

fn pop(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let popped = this(args, "pop")?.borrow_mut().pop();
    popped.ok_or_else(|| raise(&KEY_ERROR, "pop from an empty set"))
}

fn is_disjoint(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = any(args, "isdisjoint")?;
    let mut disjoint = true;
    ops::for_each(vm, &args.positional[1], &mut |vm, item| {
        disjoint = !ops::set_contains(vm, set, &item)?;
        Ok(disjoint)
    })?;
    Ok(Value::Bool(disjoint))
}

fn is_subset(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = any(args, "issubset")?;
    let other = ops::set_of_any(vm, &args.positional[1])?;
    ops::set_compare(vm, Compare::Le, set, &other).map(Value::Bool)
}

fn is_superset(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let set = any(args, "issuperset")?;
    let other = ops::set_of_any(vm, &args.positional[1])?;
    ops::set_compare(vm, Compare::Ge, set, &other).map(Value::Bool)
}
