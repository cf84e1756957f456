use std::rc::Rc;

use super::arguments::{bind_keywords, check_count, no_keywords, unexpected_keyword};
use crate::interpreter::ops::{self, Special};
use crate::program::exception::{ExceptionObject, STOP_ITERATION, type_error};
use crate::program::value::{
    Arguments, GeneratorKind, Iteration, IteratorObject, Keywords, PyResult, Value, ViewKind, Vm,
};

fn iterator(state: Iteration) -> Value {
    Value::Iterator(Rc::new(IteratorObject::new(state)))
}

/// `enumerate(iterable, start=0)`.
pub(super) fn enumerate(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    let [iterable, start] = bind_keywords("enumerate", ["iterable", "start"], 2, 1, args, kwargs)?;
    let start = match start {
        Some(start) => ops::as_index(vm, &start)?.ok_or_else(|| ops::not_an_integer(&start))?,
        None => Value::Int(0),
    };
    let inner = ops::iter(vm, &iterable.unwrap_or(Value::None))?;
    Ok(iterator(Iteration::Enumerate(inner, start)))
}

/// The only keyword of `zip` and `map`.
fn strict(vm: &mut dyn Vm, function: &str, kwargs: Keywords<'_>) -> PyResult<bool> {
    let mut strict = false;
    for (name, value) in kwargs {
        if name.as_str() != "strict" {
            return Err(unexpected_keyword(function, name));
        }
        strict = ops::truth(vm, value)?;
    }
    Ok(strict)
}

fn iterators(vm: &mut dyn Vm, items: &[Value]) -> PyResult<Rc<[Value]>> {
    items.iter().map(|item| ops::iter(vm, item)).collect()
}

/// `zip(*iterables, strict=False)`.
pub(super) fn zip(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    let strict = strict(vm, "zip", kwargs)?;
    let inner = iterators(vm, args)?;
    Ok(iterator(Iteration::Zip(inner, strict)))
}

/// `map(function, *iterables, strict=False)`.
pub(super) fn map(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    let strict = strict(vm, "map", kwargs)?;
    let [function, iterables @ ..] = args else {
        return Err(type_error("map() must have at least two arguments."));
    };
    if iterables.is_empty() {
        return Err(type_error("map() must have at least two arguments."));
    }
    let inner = iterators(vm, iterables)?;
    Ok(iterator(Iteration::Map(function.clone(), inner, strict)))
}

/// `filter(function, iterable)`.
pub(super) fn filter(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    no_keywords("filter", kwargs)?;
    check_count("filter", args.len(), 2, 2)?;
    let inner = ops::iter(vm, &args[1])?;
    Ok(iterator(Iteration::Filter(args[0].clone(), inner)))
}

/// `reversed(sequence)`.
pub(super) fn reversed(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    no_keywords("reversed", kwargs)?;
    check_count("reversed", args.len(), 1, 1)?;
    let sequence = &args[0];
    let state = match sequence {
        Value::List(list) => Iteration::ListReversed(Rc::clone(list), list.len()),
        Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) => {
            let len = ops::len(vm, sequence)?;
            Iteration::SequenceReversed(sequence.clone(), i64::try_from(len).unwrap_or(i64::MAX))
        }
        Value::Range(range) => Iteration::Range {
            next: range.at(range.len.wrapping_sub(1)),
            step: range.step.wrapping_neg(),
            left: range.len,
        },
        Value::Dict(dict) => ops::dict_iteration(dict, ViewKind::Keys, true),
        Value::DictView(view) => ops::dict_iteration(&view.dict, view.kind, true),
        other => return reversed_object(vm, other),
    };
    Ok(iterator(state))
}

fn reversed_object(vm: &mut dyn Vm, object: &Value) -> PyResult<Value> {
    if let Value::Foreign(foreign) = object {
        let name = Special::Reversed.name();
        if let Some(result) = foreign.object.call_method(vm, object, &name, &[], &[])? {
            return Ok(result);
        }
    }
    match ops::special_method(vm, object, Special::Reversed)? {
        Some(Value::None) => {}
        Some(method) => return vm.call(&method, &[], &[]),
        None if ops::has_special(object, Special::GetItem)
            && ops::has_special(object, Special::Len) =>
        {
            let len = ops::len(vm, object)?;
            let end = i64::try_from(len).unwrap_or(i64::MAX);
            return Ok(iterator(Iteration::SequenceReversed(object.clone(), end)));
        }
        None if let Some(payload) = ops::payload(object) => {
            return reversed(vm, std::slice::from_ref(payload), &[]);
        }
        None => {}
    }
    Err(type_error(format!("'{}' object is not reversible", object.type_name())))
}

/// `iter(object)` and `iter(callable, sentinel)`.
pub(super) fn iter(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    match args.positional {
        [callable, sentinel] => {
            if !ops::is_callable(callable) {
                return Err(type_error("iter(v, w): v must be callable"));
            }
            Ok(iterator(Iteration::Callable(callable.clone(), sentinel.clone())))
        }
        [object, ..] => ops::iter(vm, object),
        [] => Ok(Value::None),
    }
}

/// `next(iterator, default)`.
pub(super) fn next(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    if let ([iterator], []) = (args.positional, args.keywords) {
        // What the iterator says at its end is told.
        match iterator {
            Value::Generator(object) if object.kind == GeneratorKind::Generator => {
                return vm.generator(iterator, "__next__", &[]);
            }
            Value::Instance(_) => {
                if let Some(item) = ops::call_special(vm, iterator, Special::Next, &[])? {
                    return Ok(item);
                }
            }
            _ => {}
        }
    }
    match (ops::next(vm, &args.positional[0])?, args.positional.get(1)) {
        (Some(item), _) => Ok(item),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(Rc::new(ExceptionObject::new(&STOP_ITERATION, Vec::new())).into()),
    }
}
