//! `+`, `*` and `%` of sequences.

use std::rc::Rc;

use super::for_each;
use super::index::{as_index, to_size};
use crate::program::exception::type_error;
use crate::program::value::{BytesObject, ListObject, PyResult, Stop, Str, Value, Vm, heap};

/// `text += addition`: in place if nobody else holds the text.
pub(in crate::interpreter) fn append(
    vm: &mut dyn Vm,
    text: &mut Str,
    addition: &Str,
) -> PyResult<()> {
    let all = (text.len() + addition.len()) as u64;
    heap::reserve(all)?;
    if text.is_shared() {
        vm.spend(all / 256)?;
    }
    text.push(addition);
    Ok(())
}

pub(super) fn concatenate(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<Option<Value>> {
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => {
            let mut text = x.clone();
            append(vm, &mut text, y)?;
            Ok(Some(Value::Str(text)))
        }
        (Value::List(x), Value::List(y)) => {
            let (x, y) = (x.borrow(), y.borrow());
            Ok(Some(Value::list(joined(vm, &x, &y)?)))
        }
        (Value::Tuple(x), Value::Tuple(y)) => Ok(Some(Value::tuple(joined(vm, x, y)?))),
        (Value::Bytes(x), Value::Bytes(y)) => {
            heap::reserve((x.len() + y.len()) as u64)?;
            Ok(Some(Value::Bytes(Rc::new(BytesObject::new([&x[..], &y[..]].concat())))))
        }
        (Value::Bytes(_), other) => {
            Err(type_error(format!("can't concat {} to bytes", other.type_name())))
        }
        (Value::Str(_) | Value::List(_) | Value::Tuple(_), other) => {
            let own = a.type_name();
            let other = other.type_name();
            Err(type_error(format!("can only concatenate {own} (not \"{other}\") to {own}")))
        }
        _ => Ok(None),
    }
}

/// `template % values` of bytes: like that of texts whose letters are the bytes.
pub(super) fn percent_of_bytes(
    vm: &mut dyn Vm,
    template: &BytesObject,
    values: &Value,
) -> PyResult<Value> {
    let text = |data: &[u8]| data.iter().map(|byte| char::from(*byte)).collect::<String>();
    let as_text = |value: &Value| match value {
        Value::Bytes(data) => Ok(Value::from(text(data))),
        Value::Str(_) => Err(type_error(
            "%b requires a bytes-like object, or an object that implements __bytes__, not 'str'",
        )),
        other => Ok(other.clone()),
    };
    let values = match values {
        Value::Tuple(items) => {
            Value::tuple(items.iter().map(as_text).collect::<PyResult<Vec<Value>>>()?)
        }
        one => as_text(one)?,
    };
    let template = Str::from(text(template).replace("%b", "%s"));
    let made = crate::interpreter::text::percent(vm, &template, &values)?;
    let Value::Str(made) = made else { return Ok(made) };
    // All letters are bytes, except those of what is no bytes itself.
    let bytes = made.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?'));
    Ok(Value::Bytes(Rc::new(BytesObject::new(bytes.collect::<Vec<u8>>()))))
}

pub(super) fn joined(vm: &mut dyn Vm, x: &[Value], y: &[Value]) -> PyResult<Vec<Value>> {
    heap::reserve_values(x.len() + y.len())?;
    vm.spend((x.len() + y.len()) as u64 / 16)?;
    Ok([x, y].concat())
}

pub(super) fn repeat(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<Option<Value>> {
    let is_sequence = |value: &Value| {
        matches!(value, Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_))
    };
    let (sequence, count) = if is_sequence(a) {
        (a, b)
    } else if is_sequence(b) {
        (b, a)
    } else {
        return Ok(None);
    };
    let count = repeat_count(vm, count)?;
    Ok(Some(match sequence {
        Value::Str(text) => Value::Str(repeated_text(text, count)?),
        Value::List(list) => Value::list(repeated(vm, &list.borrow(), count)?),
        Value::Tuple(_) if count == 1 => sequence.clone(),
        Value::Tuple(items) => Value::tuple(repeated(vm, items, count)?),
        Value::Bytes(data) => {
            heap::reserve((data.len() as u64).saturating_mul(count as u64))?;
            Value::Bytes(Rc::new(BytesObject::new(data.repeat(count))))
        }
        _ => return Ok(None),
    }))
}

pub(super) fn repeat_count(vm: &mut dyn Vm, count: &Value) -> PyResult<usize> {
    match as_index(vm, count)? {
        Some(count) => to_size(&count),
        None => Err(not_a_count(count)),
    }
}

#[cold]
pub(super) fn not_a_count(count: &Value) -> Stop {
    let ty = count.type_name();
    type_error(format!("can't multiply sequence by non-int of type '{ty}'"))
}

pub(super) fn repeated_text(text: &Str, count: usize) -> PyResult<Str> {
    if text.is_empty() || count == 0 {
        return Ok(Str::empty());
    }
    heap::reserve((text.len() as u64).saturating_mul(count as u64))?;
    Ok(if count == 1 { text.clone() } else { Str::from(text.repeat(count)) })
}

pub(super) fn repeated(vm: &mut dyn Vm, items: &[Value], count: usize) -> PyResult<Vec<Value>> {
    let total = items.len().saturating_mul(count);
    heap::reserve_values(total)?;
    vm.spend(total as u64 / 16)?;
    let mut all = Vec::with_capacity(total);
    if let [item] = items {
        all.resize(count, item.clone());
    } else if !items.is_empty() {
        for _ in 0..count {
            all.extend_from_slice(items);
        }
    }
    Ok(all)
}

/// `list += items` and `list.extend(items)`.
pub(in crate::interpreter) fn extend(
    vm: &mut dyn Vm,
    list: &Rc<ListObject>,
    items: &Value,
) -> PyResult<()> {
    let addition = match items {
        Value::List(other) => other.borrow().clone(),
        Value::Tuple(other) => other.to_vec(),
        other => return for_each(vm, other, &mut |_, item| list.push(item).map(|()| true)),
    };
    heap::reserve_values(addition.len())?;
    vm.spend(addition.len() as u64 / 16)?;
    list.borrow_mut().extend(addition);
    list.recount();
    Ok(())
}
