//! Methods of bytes that do what those of str do: on a text of as many characters, in which bytes
//! that are no ASCII are characters without a case or a kind.

use crate::interpreter::builtins::invoke;
use crate::interpreter::ops;
use crate::program::exception::{type_error, value_error};
use std::rc::Rc;

use crate::program::value::Signature::Positional;
use crate::program::value::{Arguments, Builtin, BytesObject, PyResult, Str, Value, Vm, types};

/// Where the characters begin that stand for bytes from 128 on: in the private use area.
const PRIVATE: u32 = 0xe000;

fn text_of(data: &[u8]) -> Value {
    let text: String = data
        .iter()
        .map(|byte| match byte {
            0..=127 => char::from(*byte),
            _ => char::from_u32(PRIVATE + u32::from(*byte)).unwrap_or('?'),
        })
        .collect();
    Value::from(text)
}

fn data_of(text: &Str) -> Value {
    let data = text
        .chars()
        .map(|c| {
            let code = u32::from(c);
            let byte = if code >= PRIVATE { code - PRIVATE } else { code };
            u8::try_from(byte).unwrap_or(b'?')
        })
        .collect();
    super::bytes(data)
}

fn to_text(value: &Value) -> Value {
    match value {
        Value::Bytes(data) => text_of(data),
        Value::Tuple(items) => Value::tuple(items.iter().map(to_text).collect::<Vec<_>>()),
        other => other.clone(),
    }
}

fn to_bytes(value: Value) -> Value {
    match &value {
        Value::Str(text) => data_of(text),
        Value::List(items) => Value::list(items.borrow().iter().cloned().map(to_bytes).collect()),
        Value::Tuple(items) => {
            Value::tuple(items.iter().cloned().map(to_bytes).collect::<Vec<_>>())
        }
        _ => value,
    }
}

/// Calls the method of str of that name.
pub(super) fn as_text(vm: &mut dyn Vm, name: &str, args: Arguments<'_>) -> PyResult<Value> {
    if let Some(text) = args.positional.iter().find(|arg| matches!(arg, Value::Str(_))) {
        let error = format!("a bytes-like object is required, not '{}'", text.type_name());
        return Err(type_error(error));
    }
    let all: Vec<Value> = args.positional.iter().map(to_text).collect();
    let Some(method) = super::find_in_type(&types::STR, name) else {
        return Err(ops::no_attribute(&args.positional[0], &Str::from(name)));
    };
    invoke(vm, method, &all, args.keywords).map(to_bytes)
}

/// `bytes.maketrans`, which needs no receiver.
pub(super) static MAKE_TRANS: Builtin =
    Builtin { name: "maketrans", owner: None, signature: Positional(2, 2), call: make_trans };

fn make_trans(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let bytes_of = |value: &Value| match value {
        Value::Bytes(bytes) => Ok(Rc::clone(bytes)),
        other => {
            let ty = other.type_name();
            Err(type_error(format!("a bytes-like object is required, not '{ty}'")))
        }
    };
    let (from, to) = (bytes_of(&args.positional[0])?, bytes_of(&args.positional[1])?);
    if from.len() != to.len() {
        return Err(value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=u8::MAX).collect();
    for (from, to) in from.iter().zip(to.iter()) {
        table[usize::from(*from)] = *to;
    }
    Ok(Value::Bytes(Rc::new(BytesObject::new(table))))
}
