use std::rc::Rc;

use super::{methods, wrong_receiver};
use crate::interpreter::ops;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{
    Arguments, PyResult, RangeObject,
    Signature::{One, Positional},
    TupleObject, Value, Vm,
};

methods! { TUPLE_METHODS "tuple":
    "count" One => tuple_count;
    "index" Positional(1, 3) => tuple_index;
}

methods! { RANGE_METHODS "range":
    "count" One => range_count;
    "index" One => range_index;
}

methods! { SLICE_METHODS "slice":
    "indices" One => slice_indices;
}

fn tuple<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a Rc<TupleObject>> {
    match &args.positional[0] {
        Value::Tuple(items) => Ok(items),
        other => Err(wrong_receiver(method, "tuple", other)),
    }
}

fn range<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a RangeObject> {
    match &args.positional[0] {
        Value::Range(range) => Ok(range),
        other => Err(wrong_receiver(method, "range", other)),
    }
}

/// How many items are `wanted` or equal to it.
pub(super) fn count_equal(vm: &mut dyn Vm, items: &Value, wanted: &Value) -> PyResult<Value> {
    let mut count = 0i64;
    ops::for_each(vm, items, &mut |vm, item| {
        count += i64::from(ops::same_or_equal(vm, &item, wanted)?);
        Ok(true)
    })?;
    Ok(Value::Int(count))
}

/// The optional arguments `start` and `stop` from position `at` on, as positions.
pub(super) fn bounds(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    at: usize,
    len: usize,
) -> PyResult<(usize, usize)> {
    let mut bound = |value: Option<&Value>, missing: usize| -> PyResult<usize> {
        let Some(value) = value else { return Ok(missing) };
        let Some(index) = ops::clamp_index(vm, value)? else {
            return Err(type_error("slice indices must be integers or have an __index__ method"));
        };
        let index =
            if index < 0 { index.saturating_add_unsigned(len as u64).max(0) } else { index };
        Ok(usize::try_from(index).unwrap_or(usize::MAX))
    };
    Ok((bound(args.positional.get(at), 0)?, bound(args.positional.get(at + 1), usize::MAX)?))
}

fn tuple_count(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    tuple(args, "count")?;
    count_equal(vm, &args.positional[0], &args.positional[1])
}

fn tuple_index(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let items = tuple(args, "index")?;
    let (start, stop) = bounds(vm, args, 2, items.len())?;
    for (at, item) in items.iter().enumerate().take(stop).skip(start) {
        if at.is_multiple_of(64) {
            vm.spend(16)?;
        }
        if ops::same_or_equal(vm, item, &args.positional[1])? {
            return Ok(Value::from(at));
        }
    }
    Err(value_error("tuple.index(x): x not in tuple"))
}

fn range_count(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let range = range(args, "count")?;
    match args.positional[1].as_i64() {
        Some(number) => Ok(Value::Int(i64::from(range.position(number).is_some()))),
        None => count_equal(vm, &args.positional[0], &args.positional[1]),
    }
}

fn range_index(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let range = range(args, "index")?;
    let wanted = &args.positional[1];
    if let Some(number) = wanted.as_i64() {
        return match range.position(number) {
            Some(at) => Ok(Value::Int(at.cast_signed())),
            None => Err(value_error("range.index(x): x not in range")),
        };
    }
    for at in 0..range.len {
        vm.spend(1)?;
        if ops::same_or_equal(vm, &Value::Int(range.at(at)), wanted)? {
            return Ok(Value::Int(at.cast_signed()));
        }
    }
    Err(value_error("sequence.index(x): x not in sequence"))
}

fn slice_indices(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Value::Slice(slice) = &args.positional[0] else {
        return Err(wrong_receiver("indices", "slice", &args.positional[0]));
    };
    let len = ops::index_of(vm, &args.positional[1])?;
    let Ok(len) = usize::try_from(len) else {
        return Err(value_error("length should not be negative"));
    };
    let span = ops::resolve_slice(vm, slice, len)?;
    Ok(Value::tuple([Value::Int(span.start), Value::Int(span.stop), Value::Int(span.step)]))
}
