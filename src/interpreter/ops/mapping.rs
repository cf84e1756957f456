//! Dicts and sets, where the keys' own `__hash__` and `__eq__` may have to be called.
//!
//! While they run, the program may change the very container that is searched; a search that finds
//! it changed begins again.

use std::rc::Rc;

use super::compare::eq;
use super::truth::{KeyUse, hash_key};
use super::{collect, for_each, has_special};
use crate::interpreter::ops::Special;
use crate::program::exception::{TYPE_ERROR, type_error, value_error};
use crate::program::value::{
    DictObject, DictView, Probe, PyResult, SetObject, SetTable, Str, Table, Value, ViewKind, Vm,
    heap,
};

/// Finds a key where the table alone cannot tell. `probe` searches from the beginning or after a
/// position; `key_at` gives the key at a position.
fn decide(
    vm: &mut dyn Vm,
    key: &Value,
    probe: &dyn Fn(Option<usize>) -> Probe,
    key_at: &dyn Fn(usize) -> Option<Value>,
) -> PyResult<Option<usize>> {
    let mut after = None;
    loop {
        match probe(after) {
            Probe::Found(position) => return Ok(Some(position)),
            Probe::Missing => return Ok(None),
            Probe::Ask(position) => {
                let Some(candidate) = key_at(position) else { return Ok(None) };
                vm.spend(1)?;
                let equal = eq(vm, &candidate, key)?;
                let unchanged = key_at(position).is_some_and(|now| now.is(&candidate));
                if equal && unchanged {
                    return Ok(Some(position));
                }
                after = unchanged.then_some(position);
            }
        }
    }
}

#[inline]
fn find_in_dict(
    vm: &mut dyn Vm,
    dict: &DictObject,
    hash: i64,
    key: &Value,
) -> PyResult<Option<usize>> {
    match dict.borrow().find(hash, key) {
        Probe::Found(position) => return Ok(Some(position)),
        Probe::Missing => return Ok(None),
        Probe::Ask(_) => {}
    }
    let probe = |after: Option<usize>| match after {
        Some(position) => dict.borrow().find_after(position, hash, key),
        None => dict.borrow().find(hash, key),
    };
    decide(vm, key, &probe, &|at| dict.borrow().at(at).map(|entry| entry.key.clone()))
}

/// What `key` leads to.
#[inline]
pub fn dict_get(vm: &mut dyn Vm, dict: &DictObject, key: &Value) -> PyResult<Option<Value>> {
    if let Value::Str(text) = key {
        return Ok(dict.borrow().get_str(text).cloned());
    }
    let hash = hash_key(vm, key, KeyUse::Dict)?;
    let position = find_in_dict(vm, dict, hash, key)?;
    let found = position.and_then(|at| dict.borrow().at(at).map(|entry| entry.value.clone()));
    Ok(found)
}

/// What the text `key` leads to.
pub fn dict_get_value(dict: &DictObject, key: &str) -> Option<Value> {
    dict.borrow().get_str(&Str::from(key)).cloned()
}

/// `dict[key] = value`.
#[inline]
pub fn dict_set(vm: &mut dyn Vm, dict: &DictObject, key: Value, value: Value) -> PyResult<()> {
    let hash = hash_key(vm, &key, KeyUse::Dict)?;
    match find_in_dict(vm, dict, hash, &key)? {
        Some(position) => {
            let old = dict
                .borrow_mut()
                .at_mut(position)
                .map(|entry| std::mem::replace(&mut entry.value, value));
            drop(old);
            Ok(())
        }
        None => insert_new(dict, hash, key, value),
    }
}

/// Adds an entry whose key is known not to be there.
#[inline]
fn insert_new(dict: &DictObject, hash: i64, key: Value, value: Value) -> PyResult<()> {
    let mut table = dict.borrow_mut();
    if table.is_full() {
        heap::reserve(table.weight())?;
        table.insert_new(hash, key, value);
        drop(table);
        dict.recount();
    } else {
        table.insert_new(hash, key, value);
    }
    Ok(())
}

/// What `key` leads to; `value` is put there if there is nothing.
pub(in crate::interpreter) fn dict_set_default(
    vm: &mut dyn Vm,
    dict: &DictObject,
    key: Value,
    value: Value,
) -> PyResult<Value> {
    let hash = hash_key(vm, &key, KeyUse::Dict)?;
    let position = find_in_dict(vm, dict, hash, &key)?;
    if let Some(found) =
        position.and_then(|at| dict.borrow().at(at).map(|entry| entry.value.clone()))
    {
        return Ok(found);
    }
    insert_new(dict, hash, key, value.clone())?;
    Ok(value)
}

/// Takes out what `key` leads to.
pub fn dict_remove(vm: &mut dyn Vm, dict: &DictObject, key: &Value) -> PyResult<Option<Value>> {
    let hash = hash_key(vm, key, KeyUse::Dict)?;
    let Some(position) = find_in_dict(vm, dict, hash, key)? else { return Ok(None) };
    let removed = dict.borrow_mut().remove(position);
    Ok(removed.map(|entry| entry.value))
}

/// A dict of pairs.
pub fn dict_from(vm: &mut dyn Vm, pairs: Vec<(Value, Value)>) -> PyResult<Value> {
    let dict = Rc::new(DictObject::new(Table::with_capacity(pairs.len())));
    for (key, value) in pairs {
        dict_set(vm, &dict, key, value)?;
    }
    Ok(Value::Dict(dict))
}

/// `dict.update(source)`: a mapping, or an iterable of pairs.
pub fn dict_update(vm: &mut dyn Vm, dict: &Rc<DictObject>, source: &Value) -> PyResult<()> {
    match source {
        Value::Dict(other) => {
            if !Rc::ptr_eq(dict, other) {
                update_from_dict(vm, dict, other)?;
            }
            Ok(())
        }
        other
            if let Some(payload) = super::payload(other)
                && !has_special(other, Special::GetItem) =>
        {
            dict_update(vm, dict, payload)
        }
        Value::Instance(_) | Value::Foreign(_) | Value::Class(_)
            if super::has_attribute(vm, source, &Str::from("keys"))? =>
        {
            update_from_mapping(vm, dict, source)
        }
        other => update_from_pairs(vm, dict, other),
    }
}

fn update_from_dict(vm: &mut dyn Vm, dict: &DictObject, other: &DictObject) -> PyResult<()> {
    vm.spend(other.len() as u64 / 8)?;
    heap::reserve(other.borrow().weight())?;
    let entries: Vec<_> =
        other.borrow().iter().map(|e| (e.hash, e.key.clone(), e.value.clone())).collect();
    for (hash, key, value) in entries {
        match find_in_dict(vm, dict, hash, &key)? {
            Some(position) => {
                let old = dict
                    .borrow_mut()
                    .at_mut(position)
                    .map(|entry| std::mem::replace(&mut entry.value, value));
                drop(old);
            }
            None => insert_new(dict, hash, key, value)?,
        }
    }
    Ok(())
}

fn update_from_mapping(vm: &mut dyn Vm, dict: &Rc<DictObject>, mapping: &Value) -> PyResult<()> {
    let keys = super::get_attribute(vm, mapping, &Str::from("keys"))?;
    let keys = vm.call(&keys, &[], &[])?;
    for_each(vm, &keys, &mut |vm, key| {
        let value = super::get_item(vm, mapping, &key)?;
        dict_set(vm, dict, key, value).map(|()| true)
    })
}

fn update_from_pairs(vm: &mut dyn Vm, dict: &Rc<DictObject>, pairs: &Value) -> PyResult<()> {
    let mut at = 0;
    for_each(vm, pairs, &mut |vm, pair| {
        let items = match &pair {
            Value::Tuple(items) => items.to_vec(),
            other => collect(vm, other).map_err(|stop| {
                if stop.is_a(&TYPE_ERROR) { type_error("object is not iterable") } else { stop }
            })?,
        };
        let Ok([key, value]) = <[Value; 2]>::try_from(items.as_slice().to_vec()) else {
            return Err(value_error(format!(
                "dictionary update sequence element #{at} has length {}; 2 is required",
                items.len()
            )));
        };
        at += 1;
        dict_set(vm, dict, key, value).map(|()| true)
    })
}

fn find_in_set(
    vm: &mut dyn Vm,
    set: &SetObject,
    hash: i64,
    item: &Value,
) -> PyResult<Option<usize>> {
    match set.borrow().find(hash, item) {
        Probe::Found(position) => return Ok(Some(position)),
        Probe::Missing => return Ok(None),
        Probe::Ask(_) => {}
    }
    let probe = |after: Option<usize>| match after {
        Some(position) => set.borrow().find_after(position, hash, item),
        None => set.borrow().find(hash, item),
    };
    decide(vm, item, &probe, &|at| set.borrow().at(at).map(|(_, item)| item.clone()))
}

/// Whether `item` is in the set. A set as item stands for the frozenset of its items.
pub fn set_contains(vm: &mut dyn Vm, set: &SetObject, item: &Value) -> PyResult<bool> {
    let item = as_set_item(item);
    let hash = hash_key(vm, &item, KeyUse::Set)?;
    set_contains_hashed(vm, set, hash, &item)
}

/// Whether an item of known hash is in the set.
pub(in crate::interpreter) fn set_contains_hashed(
    vm: &mut dyn Vm,
    set: &SetObject,
    hash: i64,
    item: &Value,
) -> PyResult<bool> {
    Ok(find_in_set(vm, set, hash, item)?.is_some())
}

fn as_set_item(item: &Value) -> Value {
    match item {
        Value::Set(set) => Value::FrozenSet(Rc::new(SetObject::new(set.borrow().copied()))),
        other => other.clone(),
    }
}

/// `set.add(item)`; whether it was new.
#[inline]
pub fn set_add(vm: &mut dyn Vm, set: &SetObject, item: Value) -> PyResult<bool> {
    let hash = hash_key(vm, &item, KeyUse::Set)?;
    set_add_hashed(vm, set, hash, item)
}

/// Adds an item of known hash; whether it was new.
pub(in crate::interpreter) fn set_add_hashed(
    vm: &mut dyn Vm,
    set: &SetObject,
    hash: i64,
    item: Value,
) -> PyResult<bool> {
    if find_in_set(vm, set, hash, &item)?.is_some() {
        return Ok(false);
    }
    let mut table = set.borrow_mut();
    if table.len().is_power_of_two() || table.len().is_multiple_of(1024) {
        heap::reserve(table.len() as u64 * 96)?;
        table.insert_new(hash, item);
        drop(table);
        set.recount();
    } else {
        table.insert_new(hash, item);
    }
    Ok(true)
}

/// `set.discard(item)`; whether it was there.
pub fn set_remove(vm: &mut dyn Vm, set: &SetObject, item: &Value) -> PyResult<bool> {
    let item = as_set_item(item);
    let hash = hash_key(vm, &item, KeyUse::Set)?;
    set_remove_hashed(vm, set, hash, &item)
}

/// Takes out an item of known hash; whether it was there.
pub(super) fn set_remove_hashed(
    vm: &mut dyn Vm,
    set: &SetObject,
    hash: i64,
    item: &Value,
) -> PyResult<bool> {
    let Some(position) = find_in_set(vm, set, hash, item)? else { return Ok(false) };
    let removed = set.borrow_mut().remove(position);
    Ok(removed.is_some())
}

/// A set of the items of an iterable.
pub fn set_from(vm: &mut dyn Vm, items: &Value) -> PyResult<SetObject> {
    match items {
        Value::Set(other) | Value::FrozenSet(other) => {
            heap::reserve(other.len() as u64 * 32)?;
            Ok(SetObject::new(other.borrow().copied()))
        }
        other => {
            let set = SetObject::new(SetTable::default());
            super::sets::update(vm, &set, other)?;
            Ok(set)
        }
    }
}

/// `{a, b, …}`. `constant` says that the items are three or more constants, which `CPython` puts
/// into a frozenset first; the order of the items depends on it.
pub fn set_display(vm: &mut dyn Vm, items: Vec<Value>, constant: bool) -> PyResult<Value> {
    let folded = constant && items.len() >= 3;
    let set = SetObject::new(SetTable::default());
    for item in items {
        set_add(vm, &set, item)?;
    }
    let table = if folded { Some(set.borrow().copied()) } else { None };
    Ok(Value::Set(Rc::new(table.map_or(set, SetObject::new))))
}

/// `item in dict.keys()` and `item in dict.items()`.
pub(super) fn view_contains(vm: &mut dyn Vm, view: &DictView, item: &Value) -> PyResult<bool> {
    if view.kind == ViewKind::Keys {
        return Ok(dict_get(vm, &view.dict, item)?.is_some());
    }
    let Value::Tuple(pair) = item else { return Ok(false) };
    let [key, value] = &pair[..] else { return Ok(false) };
    match dict_get(vm, &view.dict, key)? {
        Some(found) => super::compare::same_or_equal(vm, &found, value),
        None => Ok(false),
    }
}
