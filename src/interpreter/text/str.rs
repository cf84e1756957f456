use std::rc::Rc;

use super::{quote_text, repr, repr_text};
use crate::interpreter::ops::{self, Special};
use crate::program::exception::{
    BASE_EXCEPTION_GROUP, ExceptionObject, IMPORT_ERROR, KEY_ERROR, OS_ERROR, UNICODE_DECODE_ERROR,
    UNICODE_ENCODE_ERROR, type_error,
};
use crate::program::value::{PyResult, Str, Value, Vm, heap};

/// `str(value)`.
pub fn str(vm: &mut dyn Vm, value: &Value) -> PyResult<Str> {
    match value {
        Value::Str(text) => Ok(text.clone()),
        Value::Exception(exception) => str_of_exception(vm, value, exception),
        Value::Instance(_) => match own_str(vm, value)? {
            Some(text) => Ok(text),
            None => str_as_object(vm, value),
        },
        Value::Class(class) if class.metaclass.is_some() => match own_str(vm, value)? {
            Some(text) => Ok(text),
            None => repr(vm, value),
        },
        Value::Foreign(foreign) => {
            let name = Special::Str.name();
            match foreign.object.call_method(vm, value, &name, &[], &[])? {
                Some(Value::Str(text)) => Ok(text),
                _ => repr(vm, value),
            }
        }
        other => repr(vm, other),
    }
}

fn own_str(vm: &mut dyn Vm, value: &Value) -> PyResult<Option<Str>> {
    match ops::call_special(vm, value, Special::Str, &[])? {
        Some(Value::Str(text)) => Ok(Some(text)),
        Some(other) => {
            Err(type_error(format!("__str__ returned non-string (type {})", other.type_name())))
        }
        None => Ok(None),
    }
}

/// `str()` of an exception: its message.
pub fn str_of_exception(
    vm: &mut dyn Vm,
    value: &Value,
    exception: &Rc<ExceptionObject>,
) -> PyResult<Str> {
    match own_str(vm, value)? {
        Some(text) => Ok(text),
        None => message(vm, exception),
    }
}

/// `str(value)` without asking a class of the program for its `__str__`.
pub(in crate::interpreter) fn str_as_object(vm: &mut dyn Vm, value: &Value) -> PyResult<Str> {
    match value {
        Value::Exception(exception) => message(vm, exception),
        Value::Instance(_) => match ops::payload(value) {
            Some(Value::Str(text)) => Ok(text.clone()),
            _ => repr_as_str(vm, value),
        },
        other => str(vm, other),
    }
}

/// `repr(value)` where a `__str__` was wanted.
fn repr_as_str(vm: &mut dyn Vm, value: &Value) -> PyResult<Str> {
    match ops::call_special(vm, value, Special::Repr, &[])? {
        Some(Value::Str(text)) => Ok(text),
        Some(other) => {
            Err(type_error(format!("__str__ returned non-string (type {})", other.type_name())))
        }
        None => super::repr_as_object(vm, value),
    }
}

fn message(vm: &mut dyn Vm, exception: &Rc<ExceptionObject>) -> PyResult<Str> {
    let args = Rc::clone(&exception.args.borrow());
    if let Some(text) = special_message(vm, exception, &args)? {
        return Ok(text);
    }
    match &args[..] {
        [] => Ok(Str::empty()),
        [one] if exception.is_a(&KEY_ERROR) => repr(vm, one),
        [one] => str(vm, one),
        _ => repr(vm, &Value::Tuple(args)),
    }
}

fn special_message(
    vm: &mut dyn Vm,
    exception: &ExceptionObject,
    args: &[Value],
) -> PyResult<Option<Str>> {
    if exception.is_a(&BASE_EXCEPTION_GROUP)
        && let [Value::Str(message), members, ..] = args
    {
        let count = ops::len(vm, members)?;
        let plural = if count == 1 { "" } else { "s" };
        return Ok(Some(Str::from(format!("{message} ({count} sub-exception{plural})"))));
    }
    if exception.is_a(&OS_ERROR) && (2..=5).contains(&args.len()) {
        let mut text = format!("[Errno {}] {}", str(vm, &args[0])?, str(vm, &args[1])?);
        if let Some(name) = exception.attribute("filename") {
            text.push_str(": ");
            repr_text(vm, &mut text, &name)?;
        }
        return Ok(Some(Str::from(text)));
    }
    if exception.is_a(&UNICODE_DECODE_ERROR) || exception.is_a(&UNICODE_ENCODE_ERROR) {
        return Ok(unicode_message(args));
    }
    if exception.is_a(&IMPORT_ERROR)
        && let [Value::Str(message)] = args
    {
        return Ok(Some(message.clone()));
    }
    Ok(None)
}

fn unicode_message(args: &[Value]) -> Option<Str> {
    let [Value::Str(codec), object, Value::Int(start), Value::Int(end), Value::Str(reason)] = args
    else {
        return None;
    };
    let at = usize::try_from(*start).ok()?;
    let one = *end == start + 1;
    let text = match object {
        Value::Bytes(data) if one => format!(
            "'{codec}' codec can't decode byte 0x{:02x} in position {start}: {reason}",
            data.get(at)?
        ),
        Value::Bytes(_) => {
            let last = end - 1;
            format!("'{codec}' codec can't decode bytes in position {start}-{last}: {reason}")
        }
        Value::Str(text) if one => {
            let shown = super::ascii_only(&quote_text(&text.char_at(at)?.to_string()));
            format!("'{codec}' codec can't encode character {shown} in position {start}: {reason}")
        }
        Value::Str(_) => {
            let last = end - 1;
            format!("'{codec}' codec can't encode characters in position {start}-{last}: {reason}")
        }
        _ => return None,
    };
    Some(Str::from(text))
}

/// What `print(*values, sep=separator, end=end)` writes.
pub fn print_line(vm: &mut dyn Vm, values: &[Value], separator: &str, end: &str) -> PyResult<Str> {
    if let ([Value::Str(only)], "") = (values, end) {
        return Ok(only.clone());
    }
    let mut out = String::new();
    for (at, value) in values.iter().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        let text = str(vm, value)?;
        heap::reserve((out.len() + text.len()) as u64)?;
        out.push_str(&text);
    }
    out.push_str(end);
    Ok(Str::from(out))
}
