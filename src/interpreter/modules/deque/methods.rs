use std::collections::VecDeque;

use super::{Deque, deque_of, iterator};
use crate::interpreter::builtins::no_keywords;
use crate::interpreter::ops::{self, Compare};
use crate::program::exception::{INDEX_ERROR, RUNTIME_ERROR, raise, type_error, value_error};
use crate::program::value::{Keywords, PyResult, Stop, Str, Value, Vm, heap};

pub(super) const NAMES: &[&str] = &[
    "__add__",
    "__contains__",
    "__copy__",
    "__delitem__",
    "__eq__",
    "__ge__",
    "__getitem__",
    "__gt__",
    "__iadd__",
    "__imul__",
    "__iter__",
    "__le__",
    "__len__",
    "__lt__",
    "__mul__",
    "__ne__",
    "__reversed__",
    "__rmul__",
    "__setitem__",
    "append",
    "appendleft",
    "clear",
    "copy",
    "count",
    "extend",
    "extendleft",
    "index",
    "insert",
    "pop",
    "popleft",
    "remove",
    "reverse",
    "rotate",
];

/// Calls a method of a deque; `None` if it has none of that name.
pub(super) fn call(
    deque: &Deque,
    vm: &mut dyn Vm,
    this: &Value,
    name: &Str,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Option<Value>> {
    let name = name.as_str();
    match (name, args) {
        ("append", [item]) => drop(deque.push(item.clone(), false)?),
        ("appendleft", [item]) => drop(deque.push(item.clone(), true)?),
        ("pop", []) => return pop(deque, false).map(Some),
        ("popleft", []) => return pop(deque, true).map(Some),
        ("__iter__", []) => return Ok(Some(iterator::new(this, false))),
        ("__getitem__", [key]) => {
            let at = position(deque, vm, key)?;
            return Ok(Some(deque.get(at).unwrap_or(Value::None)));
        }
        _ if !NAMES.contains(&name) => return Ok(None),
        _ => {
            no_keywords(&format!("deque.{name}"), kwargs)?;
            return other(deque, vm, this, name, args);
        }
    }
    Ok(Some(Value::None))
}

fn pop(deque: &Deque, left: bool) -> PyResult<Value> {
    let mut items = deque.items.borrow_mut();
    let item = if left { items.pop_front() } else { items.pop_back() };
    drop(items);
    deque.has_changed();
    item.ok_or_else(|| raise(&INDEX_ERROR, "pop from an empty deque"))
}

fn position(deque: &Deque, vm: &mut dyn Vm, key: &Value) -> PyResult<usize> {
    match ops::as_index(vm, key)? {
        Some(Value::Int(index)) => ops::normalized(index, deque.count())
            .ok_or_else(|| raise(&INDEX_ERROR, "deque index out of range")),
        Some(_) => Err(raise(&INDEX_ERROR, "cannot fit 'int' into an index-sized integer")),
        None => {
            Err(type_error(format!("sequence index must be integer, not '{}'", key.type_name())))
        }
    }
}

fn other(
    deque: &Deque,
    vm: &mut dyn Vm,
    this: &Value,
    name: &str,
    args: &[Value],
) -> PyResult<Option<Value>> {
    let result = match (name, args) {
        ("__len__", []) => Value::from(deque.count()),
        ("__reversed__", []) => iterator::new(this, true),
        ("__contains__", [item]) => Value::Bool(find(deque, vm, item, 0, usize::MAX)?.is_some()),
        ("__setitem__", [key, value]) => {
            let at = position(deque, vm, key)?;
            let old = deque
                .items
                .borrow_mut()
                .get_mut(at)
                .map(|slot| std::mem::replace(slot, value.clone()));
            drop(old);
            Value::None
        }
        ("__delitem__", [key]) => {
            let at = position(deque, vm, key)?;
            remove_at(deque, at);
            Value::None
        }
        ("clear", []) => clear(deque),
        ("count", [item]) => count(deque, vm, item)?,
        ("copy", []) => copied(deque)?.into_value(),
        ("extend", [items]) => {
            deque.extend(vm, items)?;
            Value::None
        }
        ("extendleft", [items]) => {
            let items = ops::collect(vm, items)?;
            for item in items {
                deque.push(item, true)?;
            }
            Value::None
        }
        ("index", [item, range @ ..]) if range.len() <= 2 => index(deque, vm, item, range)?,
        ("insert", [at, item]) => insert(deque, vm, at, item)?,
        ("remove", [item]) => match find(deque, vm, item, 0, usize::MAX)? {
            Some(at) => {
                remove_at(deque, at);
                Value::None
            }
            None => return Err(value_error("deque.remove(x): x not in deque")),
        },
        ("reverse", []) => {
            deque.items.borrow_mut().make_contiguous().reverse();
            Value::None
        }
        ("rotate", [] | [_]) => rotate(deque, vm, args.first())?,
        _ if name.starts_with("__") => return operator(deque, vm, this, name, args),
        _ => return Err(wrong_count(name, args.len())),
    };
    Ok(Some(result))
}

fn clear(deque: &Deque) -> Value {
    let old = std::mem::take(&mut *deque.items.borrow_mut());
    deque.recount();
    deque.has_changed();
    drop(old);
    Value::None
}

fn count(deque: &Deque, vm: &mut dyn Vm, item: &Value) -> PyResult<Value> {
    let mut count = 0;
    let changes = deque.changes.get();
    for candidate in deque.snapshot() {
        count += i64::from(ops::same_or_equal(vm, &candidate, item)?);
        check_unchanged(deque, changes)?;
    }
    Ok(Value::Int(count))
}

/// The methods that stand for operators.
fn operator(
    deque: &Deque,
    vm: &mut dyn Vm,
    this: &Value,
    name: &str,
    args: &[Value],
) -> PyResult<Option<Value>> {
    let result = match (name, args) {
        ("__copy__", []) => copied(deque)?.into_value(),
        ("__eq__" | "__ne__" | "__lt__" | "__le__" | "__gt__" | "__ge__", [other]) => {
            compare(deque, vm, name, other)?
        }
        ("__add__", [other]) => match deque_of(other) {
            Some(_) => {
                let sum = copied(deque)?;
                sum.extend(vm, other)?;
                sum.into_value()
            }
            None => {
                return Err(type_error(format!(
                    "can only concatenate deque (not \"{}\") to deque",
                    other.type_name()
                )));
            }
        },
        ("__iadd__", [other]) => {
            deque.extend(vm, other)?;
            this.clone()
        }
        ("__mul__" | "__rmul__" | "__imul__", [count]) => repeat(deque, vm, this, name, count)?,
        _ => return Err(wrong_count(name, args.len())),
    };
    Ok(Some(result))
}

#[cold]
fn wrong_count(name: &str, given: usize) -> Stop {
    let (wanted, plural) = match name {
        "pop" | "popleft" | "clear" | "copy" | "reverse" => {
            return type_error(format!("deque.{name}() takes no arguments ({given} given)"));
        }
        "append" | "appendleft" | "count" | "extend" | "extendleft" | "remove" => {
            return type_error(format!(
                "deque.{name}() takes exactly one argument ({given} given)"
            ));
        }
        "insert" => ("2", "s"),
        "rotate" => ("at most 1", ""),
        _ => ("at least 1", ""),
    };
    type_error(format!("{name} expected {wanted} argument{plural}, got {given}"))
}

fn check_unchanged(deque: &Deque, changes: u64) -> PyResult<()> {
    if deque.changes.get() == changes {
        return Ok(());
    }
    Err(raise(&RUNTIME_ERROR, "deque mutated during iteration"))
}

fn copied(deque: &Deque) -> PyResult<Deque> {
    heap::reserve_values(deque.count())?;
    Ok(Deque::new(deque.items.borrow().clone(), deque.maxlen))
}

fn find(
    deque: &Deque,
    vm: &mut dyn Vm,
    item: &Value,
    start: usize,
    stop: usize,
) -> PyResult<Option<usize>> {
    let changes = deque.changes.get();
    let mut at = start;
    while at < stop {
        let Some(candidate) = deque.get(at) else { break };
        vm.spend(1)?;
        let equal = ops::same_or_equal(vm, &candidate, item)?;
        check_unchanged(deque, changes)?;
        if equal {
            return Ok(Some(at));
        }
        at += 1;
    }
    Ok(None)
}

fn remove_at(deque: &Deque, at: usize) {
    let removed = deque.items.borrow_mut().remove(at);
    deque.has_changed();
    drop(removed);
}

fn index(deque: &Deque, vm: &mut dyn Vm, item: &Value, range: &[Value]) -> PyResult<Value> {
    let len = i64::try_from(deque.count()).unwrap_or(i64::MAX);
    let mut bounds = [0, len];
    for (bound, given) in bounds.iter_mut().zip(range) {
        let given = ops::index_of(vm, given)?;
        *bound = if given < 0 { (given + len).max(0) } else { given.min(len) };
    }
    let [start, stop] = bounds.map(|bound| usize::try_from(bound).unwrap_or(0));
    match find(deque, vm, item, start, stop)? {
        Some(at) => Ok(Value::from(at)),
        None => Err(value_error("deque.index(x): x not in deque")),
    }
}

fn insert(deque: &Deque, vm: &mut dyn Vm, at: &Value, item: &Value) -> PyResult<Value> {
    let at = ops::index_of(vm, at)?;
    let len = deque.count();
    if deque.maxlen.is_some_and(|maxlen| len >= maxlen) {
        return Err(raise(&INDEX_ERROR, "deque already at its maximum size"));
    }
    let whole = i64::try_from(len).unwrap_or(i64::MAX);
    let at = if at < 0 { (at + whole).max(0) } else { at.min(whole) };
    heap::reserve_values(len + 1)?;
    deque.items.borrow_mut().insert(usize::try_from(at).unwrap_or(0), item.clone());
    deque.recount();
    deque.has_changed();
    Ok(Value::None)
}

fn rotate(deque: &Deque, vm: &mut dyn Vm, steps: Option<&Value>) -> PyResult<Value> {
    let steps = match steps {
        Some(steps) => ops::index_of(vm, steps)?,
        None => 1,
    };
    let len = deque.count();
    if len > 1 {
        let by = steps.rem_euclid(i64::try_from(len).unwrap_or(i64::MAX));
        deque.items.borrow_mut().rotate_right(usize::try_from(by).unwrap_or(0));
        deque.has_changed();
    }
    Ok(Value::None)
}

fn compare(deque: &Deque, vm: &mut dyn Vm, name: &str, other: &Value) -> PyResult<Value> {
    let Some(other) = deque_of(other) else { return Ok(Value::NotImplemented) };
    let op = match name {
        "__eq__" => Compare::Eq,
        "__ne__" => Compare::Ne,
        "__lt__" => Compare::Lt,
        "__le__" => Compare::Le,
        "__gt__" => Compare::Gt,
        _ => Compare::Ge,
    };
    let (own, other) = (Value::list(deque.snapshot()), Value::list(other.snapshot()));
    ops::compare(vm, op, &own, &other)
}

fn repeat(
    deque: &Deque,
    vm: &mut dyn Vm,
    this: &Value,
    name: &str,
    count: &Value,
) -> PyResult<Value> {
    let Some(count) = ops::clamp_index(vm, count)? else {
        return Err(type_error(format!(
            "can't multiply sequence by non-int of type '{}'",
            count.type_name()
        )));
    };
    let count = usize::try_from(count).unwrap_or(0);
    let items = deque.snapshot();
    let most = deque.maxlen.unwrap_or(usize::MAX);
    let total = items.len().saturating_mul(count);
    heap::reserve_values(total.min(most.saturating_add(items.len())))?;
    let kept = total.min(most);
    let repeated: VecDeque<Value> = items
        .iter()
        .cycle()
        .skip((total - kept) % items.len().max(1))
        .take(kept)
        .cloned()
        .collect();
    if name != "__imul__" {
        return Ok(Deque::new(repeated, deque.maxlen).into_value());
    }
    let old = std::mem::replace(&mut *deque.items.borrow_mut(), repeated);
    deque.recount();
    deque.has_changed();
    drop(old);
    Ok(this.clone())
}
