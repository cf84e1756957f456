use std::rc::Rc;

use super::special::{Special, call_special, has_special, payload};
use super::{add, truth};
use crate::program::exception::{
    INDEX_ERROR, RUNTIME_ERROR, STOP_ITERATION, TYPE_ERROR, raise, type_error, value_error,
};
use crate::program::value::{
    DictObject, GeneratorKind, Iteration, IteratorObject, PyResult, Str, Value, ViewKind, Vm, heap,
};

/// Items between two counts of the work done.
const BATCH: usize = 64;
/// Plain operations that an item taken by native code counts for.
const ITEM_COST: u64 = 3;

/// `iter(value)`.
#[inline]
pub fn iter(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    let state = match value {
        Value::List(list) => Iteration::List(Rc::clone(list), 0),
        Value::Range(range) => {
            Iteration::Range { next: range.start, step: range.step, left: range.len }
        }
        Value::Tuple(items) => Iteration::Tuple(Rc::clone(items), 0),
        Value::Dict(dict) => dict_iteration(dict, ViewKind::Keys, false),
        Value::DictView(view) => dict_iteration(&view.dict, view.kind, false),
        Value::Str(text) => Iteration::Str(text.clone(), 0),
        Value::Set(set) | Value::FrozenSet(set) => {
            Iteration::Set { set: Rc::clone(set), position: 0, expected: set.len() }
        }
        Value::Bytes(data) => Iteration::Bytes(Rc::clone(data), 0),
        Value::Iterator(_) => return Ok(value.clone()),
        Value::Generator(generator) if generator.kind == GeneratorKind::Generator => {
            return Ok(value.clone());
        }
        other => return iter_of_object(vm, other),
    };
    Ok(Value::Iterator(Rc::new(IteratorObject::new(state))))
}

/// An iteration over a dict, from its beginning or its end.
pub(in crate::interpreter) fn dict_iteration(
    dict: &Rc<DictObject>,
    kind: ViewKind,
    reversed: bool,
) -> Iteration {
    let position = if reversed { dict.borrow().end() } else { 0 };
    let expected = dict.len();
    Iteration::Dict { dict: Rc::clone(dict), kind, position, expected, reversed }
}

fn iter_of_object(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    if let Value::Foreign(foreign) = value {
        if foreign.object.is_iterator() {
            return Ok(value.clone());
        }
        let name = Special::Iter.name();
        if let Some(iterator) = foreign.object.call_method(vm, value, &name, &[], &[])? {
            return Ok(iterator);
        }
    }
    match call_special(vm, value, Special::Iter, &[])? {
        Some(iterator) if is_iterator(&iterator) => Ok(iterator),
        Some(other) => {
            Err(type_error(format!("iter() returned non-iterator of type '{}'", other.type_name())))
        }
        None if has_special(value, Special::GetItem) => {
            let state = Iteration::Sequence(value.clone(), 0);
            Ok(Value::Iterator(Rc::new(IteratorObject::new(state))))
        }
        None if let Some(payload) = payload(value) => iter(vm, payload),
        None => Err(type_error(format!("'{}' object is not iterable", value.type_name()))),
    }
}

/// Whether `next()` can be asked of it.
fn is_iterator(value: &Value) -> bool {
    match value {
        Value::Iterator(_) => true,
        Value::Generator(generator) => generator.kind == GeneratorKind::Generator,
        Value::Foreign(foreign) => {
            foreign.object.is_iterator() || foreign.object.has_method(Special::Next.text())
        }
        other => has_special(other, Special::Next),
    }
}

/// Whether `iter()` can be asked of it.
pub(in crate::interpreter) fn is_iterable(value: &Value) -> bool {
    match value {
        Value::List(_)
        | Value::Tuple(_)
        | Value::Str(_)
        | Value::Bytes(_)
        | Value::Dict(_)
        | Value::DictView(_)
        | Value::Set(_)
        | Value::FrozenSet(_)
        | Value::Range(_)
        | Value::Iterator(_) => true,
        Value::Generator(generator) => generator.kind == GeneratorKind::Generator,
        Value::Foreign(foreign) => {
            foreign.object.is_iterator() || foreign.object.has_method(Special::Iter.text())
        }
        other => {
            has_special(other, Special::Iter)
                || has_special(other, Special::GetItem)
                || payload(other).is_some_and(is_iterable)
        }
    }
}

/// The next item of an iterator; `None` at its end.
#[inline]
pub fn next(vm: &mut dyn Vm, iterator: &Value) -> PyResult<Option<Value>> {
    match iterator {
        Value::Iterator(iterator) => next_of_builtin(vm, iterator),
        Value::Generator(generator) if generator.kind == GeneratorKind::Generator => {
            vm.next(iterator)
        }
        other => next_of_object(vm, other),
    }
}

fn next_of_object(vm: &mut dyn Vm, iterator: &Value) -> PyResult<Option<Value>> {
    let result = match iterator {
        Value::Foreign(foreign) if foreign.object.is_iterator() => return foreign.object.next(vm),
        Value::Foreign(foreign) => {
            foreign.object.call_method(vm, iterator, &Special::Next.name(), &[], &[])
        }
        other => match call_special(vm, other, Special::Next, &[]) {
            Ok(None) if let Some(payload) = payload(other) => return next(vm, payload),
            result => result,
        },
    };
    match result {
        Ok(Some(item)) => Ok(Some(item)),
        Ok(None) => {
            Err(type_error(format!("'{}' object is not an iterator", iterator.type_name())))
        }
        Err(stop) if stop.is_a(&STOP_ITERATION) => Ok(None),
        Err(stop) => Err(stop),
    }
}

#[inline]
fn next_of_builtin(vm: &mut dyn Vm, iterator: &IteratorObject) -> PyResult<Option<Value>> {
    let mut state = iterator.state.borrow_mut();
    match &mut *state {
        Iteration::Range { next, step, left } => {
            if *left == 0 {
                return Ok(None);
            }
            let item = *next;
            *left -= 1;
            *next = item.wrapping_add(*step);
            Ok(Some(Value::Int(item)))
        }
        Iteration::List(list, at) => match list.get(*at) {
            Some(item) => {
                *at += 1;
                Ok(Some(item))
            }
            None => {
                let ended = std::mem::replace(&mut *state, Iteration::Exhausted);
                drop(state);
                drop(ended);
                Ok(None)
            }
        },
        Iteration::Tuple(items, at) => {
            let item = items.get(*at).cloned();
            *at += 1;
            Ok(item)
        }
        Iteration::Exhausted => Ok(None),
        _ => {
            drop(state);
            next_of_plain(vm, iterator)
        }
    }
}

fn next_of_plain(vm: &mut dyn Vm, iterator: &IteratorObject) -> PyResult<Option<Value>> {
    let mut state = iterator.state.borrow_mut();
    match &mut *state {
        Iteration::Str(text, offset) => {
            let next = text[*offset..].chars().next();
            *offset += next.map_or(0, char::len_utf8);
            Ok(next.map(|c| Value::Str(Str::from_char(c))))
        }
        Iteration::Bytes(data, at) => {
            let item = data.get(*at).map(|byte| Value::Int(i64::from(*byte)));
            *at += 1;
            Ok(item)
        }
        Iteration::ListReversed(list, end) => {
            let item = end.checked_sub(1).and_then(|at| list.get(at));
            *end = if item.is_some() { *end - 1 } else { 0 };
            Ok(item)
        }
        Iteration::Dict { .. } => next_of_dict(&mut state),
        Iteration::Set { set, position, expected } => {
            if set.len() != *expected {
                *expected = usize::MAX;
                return Err(raise(&RUNTIME_ERROR, "Set changed size during iteration"));
            }
            let next = set.borrow().next_from(*position).map(|(at, _, item)| (at, item.clone()));
            Ok(next.map(|(at, item)| {
                *position = at + 1;
                item
            }))
        }
        _ => {
            let working = state.clone();
            drop(state);
            next_of_working(vm, iterator, working)
        }
    }
}

fn next_of_dict(state: &mut Iteration) -> PyResult<Option<Value>> {
    let Iteration::Dict { dict, kind, position, expected, reversed } = state else {
        return Ok(None);
    };
    let table = dict.borrow();
    if table.len() != *expected {
        *expected = usize::MAX;
        return Err(raise(&RUNTIME_ERROR, "dictionary changed size during iteration"));
    }
    let found = if *reversed { table.last_before(*position) } else { table.next_from(*position) };
    let Some((at, entry)) = found else { return Ok(None) };
    *position = if *reversed { at } else { at + 1 };
    Ok(Some(match kind {
        ViewKind::Keys => entry.key.clone(),
        ViewKind::Values => entry.value.clone(),
        ViewKind::Items => Value::tuple([entry.key.clone(), entry.value.clone()]),
    }))
}

/// Iterators that ask others: nothing is borrowed while they do.
fn next_of_working(
    vm: &mut dyn Vm,
    iterator: &IteratorObject,
    state: Iteration,
) -> PyResult<Option<Value>> {
    match state {
        Iteration::Enumerate(inner, count) => {
            let Some(item) = next(vm, &inner)? else { return Ok(None) };
            let following = add(vm, &count, &Value::Int(1))?;
            if let Iteration::Enumerate(_, count) = &mut *iterator.state.borrow_mut() {
                *count = following;
            }
            Ok(Some(Value::tuple([count, item])))
        }
        Iteration::Zip(inner, strict) => match next_of_all(vm, "zip", &inner, strict)? {
            Some(items) => Ok((!items.is_empty()).then(|| Value::tuple(items))),
            None => Ok(None),
        },
        Iteration::Map(function, inner, strict) => match next_of_all(vm, "map", &inner, strict)? {
            Some(args) => vm.call(&function, &args, &[]).map(Some),
            None => Ok(None),
        },
        Iteration::Filter(function, inner) => loop {
            let Some(item) = next(vm, &inner)? else { return Ok(None) };
            vm.spend(1)?;
            let kept = match &function {
                Value::None => truth(vm, &item)?,
                function => {
                    let result = vm.call(function, std::slice::from_ref(&item), &[])?;
                    truth(vm, &result)?
                }
            };
            if kept {
                return Ok(Some(item));
            }
        },
        Iteration::Sequence(object, at) => {
            let item = call_special(vm, &object, Special::GetItem, &[Value::Int(at)]);
            settle(iterator, item, at + 1)
        }
        Iteration::SequenceReversed(_, end) if end <= 0 => Ok(None),
        Iteration::SequenceReversed(object, end) => {
            let item = super::get_item(vm, &object, &Value::Int(end - 1)).map(Some);
            settle(iterator, item, end - 1)
        }
        Iteration::Callable(function, sentinel) => {
            let item = vm.call(&function, &[], &[])?;
            if super::compare::same_or_equal(vm, &item, &sentinel)? {
                *iterator.state.borrow_mut() = Iteration::Exhausted;
                return Ok(None);
            }
            Ok(Some(item))
        }
        _ => Ok(None),
    }
}

/// An `IndexError` or `StopIteration` of `__getitem__` ends the iteration.
fn settle(
    iterator: &IteratorObject,
    item: PyResult<Option<Value>>,
    following: i64,
) -> PyResult<Option<Value>> {
    match item {
        Ok(item) => {
            if let Iteration::Sequence(_, at) | Iteration::SequenceReversed(_, at) =
                &mut *iterator.state.borrow_mut()
            {
                *at = following;
            }
            Ok(item)
        }
        Err(stop) if stop.is_a(&INDEX_ERROR) || stop.is_a(&STOP_ITERATION) => {
            *iterator.state.borrow_mut() = Iteration::Exhausted;
            Ok(None)
        }
        Err(stop) => Err(stop),
    }
}

/// The next items of several iterators; `None` when one has ended.
fn next_of_all(
    vm: &mut dyn Vm,
    function: &str,
    inner: &[Value],
    strict: bool,
) -> PyResult<Option<Vec<Value>>> {
    let mut items = Vec::with_capacity(inner.len());
    for (at, iterator) in inner.iter().enumerate() {
        match next(vm, iterator)? {
            Some(item) => items.push(item),
            None if !strict => return Ok(None),
            None if at > 0 => return Err(different_lengths(function, at + 1, "shorter")),
            None => {
                for (at, iterator) in inner.iter().enumerate().skip(1) {
                    if next(vm, iterator)?.is_some() {
                        return Err(different_lengths(function, at + 1, "longer"));
                    }
                }
                return Ok(None);
            }
        }
    }
    Ok(Some(items))
}

fn different_lengths(
    function: &str,
    argument: usize,
    relation: &str,
) -> crate::program::value::Stop {
    let others = match argument {
        2 => "argument 1".to_owned(),
        _ => format!("arguments 1-{}", argument - 1),
    };
    value_error(format!("{function}() argument {argument} is {relation} than {others}"))
}

/// What is done with each item; `false` ends the loop.
type Visit<'a> = &'a mut dyn FnMut(&mut dyn Vm, Value) -> PyResult<bool>;

/// Goes through the items of an iterable.
pub fn for_each(vm: &mut dyn Vm, iterable: &Value, visit: Visit<'_>) -> PyResult<()> {
    let mut at = 0;
    let mut count = move |vm: &mut dyn Vm| -> PyResult<usize> {
        at += 1;
        if at % BATCH == 0 {
            vm.spend(BATCH as u64 * ITEM_COST)?;
        }
        Ok(at - 1)
    };
    match iterable {
        Value::List(list) => {
            while let Some(item) = list.get(count(vm)?) {
                if !visit(vm, item)? {
                    break;
                }
            }
        }
        Value::Tuple(items) => {
            for item in items.iter() {
                count(vm)?;
                if !visit(vm, item.clone())? {
                    break;
                }
            }
        }
        Value::Range(range) => {
            for index in 0..range.len {
                count(vm)?;
                if !visit(vm, Value::Int(range.at(index)))? {
                    break;
                }
            }
        }
        other => {
            let iterator = iter(vm, other)?;
            while let Some(item) = next(vm, &iterator)? {
                count(vm)?;
                if !visit(vm, item)? {
                    break;
                }
            }
        }
    }
    Ok(())
}

/// `list(iterable)`, as a vector.
pub fn collect(vm: &mut dyn Vm, iterable: &Value) -> PyResult<Vec<Value>> {
    match iterable {
        Value::List(list) => {
            heap::reserve_values(list.len())?;
            return Ok(list.borrow().clone());
        }
        Value::Tuple(items) => {
            heap::reserve_values(items.len())?;
            return Ok(items.to_vec());
        }
        _ => {}
    }
    let expected = length_hint(iterable);
    heap::reserve_values(expected)?;
    let mut items = Vec::with_capacity(expected);
    for_each(vm, iterable, &mut |_, item| {
        if items.len() == items.capacity() {
            heap::reserve_values(items.len() * 2)?;
        }
        items.push(item);
        Ok(true)
    })?;
    Ok(items)
}

/// How many items an iterable has, as far as that can be told.
pub fn length_hint(iterable: &Value) -> usize {
    if let Some(len) = super::length(iterable) {
        return len;
    }
    match iterable {
        Value::Iterator(iterator) => match &*iterator.state.borrow() {
            Iteration::List(list, at) => list.len().saturating_sub(*at),
            Iteration::ListReversed(_, end) => *end,
            Iteration::Tuple(items, at) => items.len().saturating_sub(*at),
            Iteration::Range { left, .. } => usize::try_from(*left).unwrap_or(usize::MAX),
            Iteration::Enumerate(inner, _) => length_hint(inner),
            Iteration::Dict { expected, .. } | Iteration::Set { expected, .. }
                if *expected != usize::MAX =>
            {
                *expected
            }
            _ => 0,
        },
        _ => 0,
    }
}

/// `a, b, … = value` with `count` targets.
pub fn unpack(vm: &mut dyn Vm, value: &Value, count: usize) -> PyResult<Vec<Value>> {
    let (items, known) = match value {
        Value::Tuple(items) => (items.to_vec(), Some(items.len())),
        Value::List(list) => (list.borrow().clone(), Some(list.len())),
        other => (at_most(vm, other, count + 1)?, dict_length(other)),
    };
    if items.len() > count {
        let got = known.map_or_else(String::new, |len| format!(", got {len}"));
        return Err(value_error(format!("too many values to unpack (expected {count}{got})")));
    }
    if items.len() < count {
        return Err(value_error(format!(
            "not enough values to unpack (expected {count}, got {})",
            items.len()
        )));
    }
    Ok(items)
}

fn dict_length(value: &Value) -> Option<usize> {
    if let Value::Dict(dict) = value { Some(dict.len()) } else { None }
}

fn at_most(vm: &mut dyn Vm, value: &Value, count: usize) -> PyResult<Vec<Value>> {
    let iterator = iter_to_unpack(vm, value)?;
    let mut items = Vec::new();
    while items.len() < count {
        match next(vm, &iterator)? {
            Some(item) => items.push(item),
            None => break,
        }
    }
    Ok(items)
}

fn iter_to_unpack(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    if is_iterable(value) {
        return iter(vm, value);
    }
    iter(vm, value).map_err(|stop| {
        if stop.is_a(&TYPE_ERROR) {
            type_error(format!("cannot unpack non-iterable {} object", value.type_name()))
        } else {
            stop
        }
    })
}

/// `a, …, *rest, …, z = value` with `before` targets before the starred one and `after` after it;
/// the starred one gets a list.
pub fn unpack_starred(
    vm: &mut dyn Vm,
    value: &Value,
    before: usize,
    after: usize,
) -> PyResult<Vec<Value>> {
    let iterator = iter_to_unpack(vm, value)?;
    let mut items = collect(vm, &iterator)?;
    if items.len() < before + after {
        return Err(value_error(format!(
            "not enough values to unpack (expected at least {}, got {})",
            before + after,
            items.len()
        )));
    }
    let end = items.len() - after;
    let rest: Vec<Value> = items.drain(before..end).collect();
    items.insert(before, Value::list(rest));
    Ok(items)
}
