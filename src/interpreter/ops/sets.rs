//! The algebra of sets, in the steps in which `CPython` does it: the order of the result's items
//! depends on them.
//!
//! Source: `CPython` `Objects/setobject.c`.

use std::rc::Rc;

use super::compare::Compare;
use super::mapping::{
    set_add, set_add_hashed, set_contains_hashed, set_from, set_remove_hashed, view_contains,
};
use super::{collect, contains, for_each};
use crate::program::value::{DictView, PyResult, SetObject, SetTable, Value, ViewKind, Vm, heap};

/// What is made of two sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SetOperation {
    /// `|`.
    Union,
    /// `&`.
    Intersection,
    /// `-`.
    Difference,
    /// `^`.
    SymmetricDifference,
}

fn copy(set: &SetObject) -> PyResult<SetObject> {
    heap::reserve(set.len() as u64 * 32)?;
    Ok(SetObject::new(set.borrow().copied()))
}

/// `a op b`.
pub fn set_operation(
    vm: &mut dyn Vm,
    operation: SetOperation,
    a: &Rc<SetObject>,
    b: &Rc<SetObject>,
) -> PyResult<SetObject> {
    vm.spend((a.len() + b.len()) as u64 / 4)?;
    match operation {
        SetOperation::Union => {
            let result = copy(a)?;
            merge(vm, &result, b)?;
            Ok(result)
        }
        SetOperation::Intersection => intersection(vm, a, b),
        SetOperation::Difference => {
            if a.len() >> 2 > b.len() {
                let result = copy(a)?;
                remove_all(vm, &result, b)?;
                return Ok(result);
            }
            let result = SetObject::new(SetTable::default());
            let items = a.borrow().items();
            for (hash, item) in items {
                if !set_contains_hashed(vm, b, hash, &item)? {
                    set_add_hashed(vm, &result, hash, item)?;
                }
            }
            Ok(result)
        }
        SetOperation::SymmetricDifference => {
            let result = copy(b)?;
            toggle_all(vm, &result, a)?;
            Ok(result)
        }
    }
}

/// `a op= b`.
pub(in crate::interpreter) fn set_update(
    vm: &mut dyn Vm,
    operation: SetOperation,
    a: &Rc<SetObject>,
    b: &Rc<SetObject>,
) -> PyResult<()> {
    vm.spend((a.len() + b.len()) as u64 / 4)?;
    match operation {
        SetOperation::Union => merge(vm, a, b),
        SetOperation::Intersection => {
            let result = intersection(vm, a, b)?;
            replace(a, &result);
            Ok(())
        }
        SetOperation::Difference if Rc::ptr_eq(a, b) => {
            clear(a);
            Ok(())
        }
        SetOperation::Difference => remove_all(vm, a, b),
        SetOperation::SymmetricDifference if Rc::ptr_eq(a, b) => {
            clear(a);
            Ok(())
        }
        SetOperation::SymmetricDifference => toggle_all(vm, a, b),
    }
}

/// `set.clear()`.
pub(in crate::interpreter) fn clear(set: &SetObject) {
    let old = std::mem::take(&mut *set.borrow_mut());
    set.recount();
    drop(old);
}

/// Puts the items of `from` in place of those of `set`.
pub(in crate::interpreter) fn replace(set: &SetObject, from: &SetObject) {
    let old = std::mem::replace(&mut *set.borrow_mut(), std::mem::take(&mut *from.borrow_mut()));
    set.recount();
    from.recount();
    drop(old);
}

fn intersection(vm: &mut dyn Vm, a: &Rc<SetObject>, b: &Rc<SetObject>) -> PyResult<SetObject> {
    if Rc::ptr_eq(a, b) {
        return copy(a);
    }
    let (searched, walked) = if b.len() > a.len() { (b, a) } else { (a, b) };
    let result = SetObject::new(SetTable::default());
    let items = walked.borrow().items();
    for (hash, item) in items {
        if set_contains_hashed(vm, searched, hash, &item)? {
            set_add_hashed(vm, &result, hash, item)?;
        }
    }
    Ok(result)
}

fn merge(vm: &mut dyn Vm, set: &SetObject, other: &SetObject) -> PyResult<()> {
    if std::ptr::eq(set, other) || other.is_empty() {
        return Ok(());
    }
    heap::reserve(other.len() as u64 * 32)?;
    if set.is_empty() && set.borrow().is_fresh() {
        let table = other.borrow().copied();
        *set.borrow_mut() = table;
        set.recount();
        return Ok(());
    }
    set.borrow_mut().prepare_merge(other.len());
    let items = other.borrow().items();
    for (hash, item) in items {
        set_add_hashed(vm, set, hash, item)?;
    }
    set.recount();
    Ok(())
}

fn remove_all(vm: &mut dyn Vm, set: &SetObject, other: &Rc<SetObject>) -> PyResult<()> {
    let items = other.borrow().items();
    for (hash, item) in items {
        set_remove_hashed(vm, set, hash, &item)?;
    }
    set.borrow_mut().shrink_after_removals();
    set.recount();
    Ok(())
}

/// Puts in what is not there, takes out what is.
pub(in crate::interpreter) fn toggle_all(
    vm: &mut dyn Vm,
    set: &SetObject,
    other: &SetObject,
) -> PyResult<()> {
    let items = other.borrow().items();
    for (hash, item) in items {
        if !set_remove_hashed(vm, set, hash, &item)? {
            set_add_hashed(vm, set, hash, item)?;
        }
    }
    Ok(())
}

/// `set.update(items)`.
pub(in crate::interpreter) fn update(
    vm: &mut dyn Vm,
    set: &SetObject,
    items: &Value,
) -> PyResult<()> {
    match items {
        Value::Set(other) | Value::FrozenSet(other) => merge(vm, set, other),
        other => {
            if let Value::Dict(dict) = other {
                set.borrow_mut().prepare_merge(dict.len());
            }
            for_each(vm, other, &mut |vm, item| set_add(vm, set, item).map(|_| true))
        }
    }
}

/// The methods `intersection`, `difference` … take any iterable where the operators take sets.
pub(in crate::interpreter) fn set_of_any(
    vm: &mut dyn Vm,
    items: &Value,
) -> PyResult<Rc<SetObject>> {
    match items {
        Value::Set(set) | Value::FrozenSet(set) => Ok(Rc::clone(set)),
        other => set_from(vm, other).map(Rc::new),
    }
}

/// `a op b`: subsets and supersets.
pub fn set_compare(
    vm: &mut dyn Vm,
    op: Compare,
    a: &Rc<SetObject>,
    b: &Rc<SetObject>,
) -> PyResult<bool> {
    let (x, y) = (a.len(), b.len());
    match op {
        Compare::Eq => Ok(x == y && is_subset(vm, a, b)?),
        Compare::Ne => Ok(x != y || !is_subset(vm, a, b)?),
        Compare::Le => Ok(x <= y && is_subset(vm, a, b)?),
        Compare::Lt => Ok(x < y && is_subset(vm, a, b)?),
        Compare::Ge => Ok(x >= y && is_subset(vm, b, a)?),
        Compare::Gt => Ok(x > y && is_subset(vm, b, a)?),
    }
}

fn is_subset(vm: &mut dyn Vm, a: &Rc<SetObject>, b: &Rc<SetObject>) -> PyResult<bool> {
    let items = a.borrow().items();
    vm.spend(items.len() as u64 / 8)?;
    for (hash, item) in items {
        if !set_contains_hashed(vm, b, hash, &item)? {
            return Ok(false);
        }
    }
    Ok(true)
}

fn is_set_like(value: &Value) -> bool {
    match value {
        Value::Set(_) | Value::FrozenSet(_) => true,
        Value::DictView(view) => view.kind != ViewKind::Values,
        _ => false,
    }
}

/// Views of keys and items compare as sets.
pub(super) fn view_compare(
    vm: &mut dyn Vm,
    op: Compare,
    a: &Value,
    b: &Value,
) -> PyResult<Option<bool>> {
    if !is_set_like(a) || !is_set_like(b) {
        return Ok(None);
    }
    let (x, y) = (super::len(vm, a)?, super::len(vm, b)?);
    let (small, large, possible) = match op {
        Compare::Eq | Compare::Ne => (a, b, x == y),
        Compare::Le => (a, b, x <= y),
        Compare::Lt => (a, b, x < y),
        Compare::Ge => (b, a, x >= y),
        Compare::Gt => (b, a, x > y),
    };
    let mut all = possible;
    if possible {
        for item in collect(vm, small)? {
            if !contains(vm, large, &item)? {
                all = false;
                break;
            }
        }
    }
    Ok(Some(all == (op != Compare::Ne)))
}

/// `&`, `|`, `-` and `^` with a view of a dict on one side; `None` if that side's view or the other
/// side cannot be taken as a set.
pub(super) fn view_operation(
    vm: &mut dyn Vm,
    operation: SetOperation,
    a: &Value,
    b: &Value,
) -> PyResult<Option<Value>> {
    let is_view = |value: &Value| matches!(value, Value::DictView(_));
    if is_view(a) && !is_set_like(a) || is_view(b) && !is_set_like(b) {
        return Ok(None);
    }
    if operation == SetOperation::Intersection
        && let Value::DictView(view) = a
        && is_set_like(b)
    {
        return intersect_view(vm, view, b).map(Some);
    }
    let x = Rc::new(set_from(vm, a)?);
    match operation {
        SetOperation::Union => update(vm, &x, b)?,
        SetOperation::Intersection => {
            let y = set_of_any(vm, b)?;
            return Ok(Some(Value::Set(Rc::new(intersection(vm, &x, &y)?))));
        }
        SetOperation::Difference => {
            let y = set_of_any(vm, b)?;
            remove_all(vm, &x, &y)?;
        }
        SetOperation::SymmetricDifference => {
            let y = set_of_any(vm, b)?;
            toggle_all(vm, &x, &y)?;
        }
    }
    Ok(Some(Value::Set(x)))
}

fn intersect_view(vm: &mut dyn Vm, view: &Rc<DictView>, other: &Value) -> PyResult<Value> {
    let own = Value::DictView(Rc::clone(view));
    let (walked, searched) =
        if super::len(vm, other)? > view.dict.len() { (&own, other) } else { (other, &own) };
    let result = SetObject::new(SetTable::default());
    for item in collect(vm, walked)? {
        let found = match searched {
            Value::DictView(view) => view_contains(vm, view, &item)?,
            other => contains(vm, other, &item)?,
        };
        if found {
            set_add(vm, &result, item)?;
        }
    }
    Ok(Value::Set(Rc::new(result)))
}
