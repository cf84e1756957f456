use super::arguments::text_argument;
use super::types;
use crate::interpreter::ops::{self, Int};
use crate::interpreter::text;
use crate::program::exception::{ATTRIBUTE_ERROR, type_error, value_error};
use crate::program::value::{Arguments, PyResult, Str, Value, Vm};

/// `abs(x)`.
pub(super) fn abs(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    ops::absolute(vm, &args.positional[0])
}

/// `ascii(x)`.
pub(super) fn ascii(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    text::ascii(vm, &args.positional[0]).map(Value::Str)
}

fn in_radix(vm: &mut dyn Vm, args: Arguments<'_>, radix: u32, prefix: &str) -> PyResult<Value> {
    let value = &args.positional[0];
    let index = ops::as_index(vm, value)?.ok_or_else(|| ops::not_an_integer(value))?;
    let Some(int) = Int::of(&index) else { return Err(ops::not_an_integer(value)) };
    let sign = if int.is_negative() { "-" } else { "" };
    Ok(Value::from(format!("{sign}{prefix}{}", text::int_to_radix(int, radix))))
}

/// `bin(x)`.
pub(super) fn bin(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    in_radix(vm, args, 2, "0b")
}

/// `oct(x)`.
pub(super) fn oct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    in_radix(vm, args, 8, "0o")
}

/// `hex(x)`.
pub(super) fn hex(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    in_radix(vm, args, 16, "0x")
}

/// `callable(x)`.
pub(super) fn callable(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(ops::is_callable(&args.positional[0])))
}

/// `chr(x)`. Surrogates are no characters here.
pub(super) fn chr(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let code = ops::clamp_index(vm, &args.positional[0])?
        .ok_or_else(|| ops::not_an_integer(&args.positional[0]))?;
    match u32::try_from(code).ok().and_then(char::from_u32) {
        Some(c) => Ok(Value::Str(Str::from_char(c))),
        None => Err(value_error("chr() arg not in range(0x110000)")),
    }
}

/// `ord(c)`.
pub(super) fn ord(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (count, code) = match &args.positional[0] {
        Value::Str(text) => (text.count(), text.chars().next().map(u32::from)),
        Value::Bytes(data) => (data.len(), data.first().map(|byte| u32::from(*byte))),
        other => {
            return Err(type_error(format!(
                "ord() expected string of length 1, but {} found",
                other.type_name()
            )));
        }
    };
    match (count, code) {
        (1, Some(code)) => Ok(Value::Int(i64::from(code))),
        _ => Err(type_error(format!(
            "ord() expected a character, but string of length {count} found"
        ))),
    }
}

/// `format(value, spec)`.
pub(super) fn format(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let spec = match args.positional.get(1) {
        Some(spec) => text_argument("format", "argument 2", spec)?.clone(),
        None => Str::empty(),
    };
    text::format_value(vm, &args.positional[0], &spec).map(Value::Str)
}

/// The name of an attribute.
pub(in crate::interpreter) fn attribute_name(value: &Value) -> PyResult<Str> {
    match value {
        Value::Str(name) => Ok(name.clone()),
        other => {
            Err(type_error(format!("attribute name must be string, not '{}'", other.type_name())))
        }
    }
}

/// `getattr(object, name, default)`.
pub(super) fn get_attribute(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let name = attribute_name(&args.positional[1])?;
    match (ops::find_attribute(vm, &args.positional[0], &name), args.positional.get(2)) {
        (Ok(Some(found)), _) => Ok(found),
        (Ok(None), Some(default)) => Ok(default.clone()),
        (Ok(None), None) => Err(ops::no_attribute(&args.positional[0], &name)),
        (Err(stop), Some(default)) if stop.is_a(&ATTRIBUTE_ERROR) => Ok(default.clone()),
        (Err(stop), _) => Err(stop),
    }
}

/// `hasattr(object, name)`.
pub(super) fn has_attribute(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let name = attribute_name(&args.positional[1])?;
    ops::has_attribute(vm, &args.positional[0], &name).map(Value::Bool)
}

/// `setattr(object, name, value)`.
pub(super) fn set_attribute(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let name = attribute_name(&args.positional[1])?;
    ops::set_attribute(vm, &args.positional[0], &name, args.positional[2].clone())?;
    Ok(Value::None)
}

/// `delattr(object, name)`.
pub(super) fn delete_attribute(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let name = attribute_name(&args.positional[1])?;
    ops::delete_attribute(vm, &args.positional[0], &name)?;
    Ok(Value::None)
}

/// `hash(x)`.
pub(super) fn hash(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    ops::hash(vm, &args.positional[0]).map(Value::Int)
}

/// `id(x)`: a number that stands for the address, the same in every run.
pub(super) fn id(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = &args.positional[0];
    let number = match ops::identity(value) {
        // Values without an identity of their own are the same if they are equal.
        0 => ops::hash(vm, value).unwrap_or(0) & 0xffff_ffff,
        number => i64::from(number),
    };
    Ok(Value::Int(0x7f00_0000_0000 + number * 0x10))
}

/// `isinstance(object, info)`.
pub(super) fn is_instance(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    types::is_instance(vm, &args.positional[0], &args.positional[1]).map(Value::Bool)
}

/// `issubclass(class, info)`.
pub(super) fn is_subclass(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    types::is_subclass(vm, &args.positional[0], &args.positional[1]).map(Value::Bool)
}

/// `len(x)`.
pub(super) fn len(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    ops::len(vm, &args.positional[0]).map(Value::from)
}

/// `repr(x)`.
pub(super) fn repr(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    text::repr(vm, &args.positional[0]).map(Value::Str)
}
