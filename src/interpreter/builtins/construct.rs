use std::rc::Rc;

use super::arguments::{bind_keywords, check_count, no_keywords, text_argument};
use super::construct_exception;
use super::iterators::{enumerate, filter, map, reversed, zip};
use super::numbers::float_to_int;
use crate::interpreter::classes::type_call;
use crate::interpreter::methods;
use crate::interpreter::ops::{self, Int, Special};
use crate::interpreter::text;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{
    BoundMethod, BytesObject, DictObject, Keywords, PyResult, RangeObject, SetObject, SetTable,
    SliceObject, Str, Table, TypeKind, TypeObject, TypeRef, Value, Vm, heap,
};

/// Calls a builtin type.
pub fn construct(
    vm: &mut dyn Vm,
    ty: &'static TypeObject,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Value> {
    match ty.kind {
        TypeKind::Int => int(vm, args, kwargs),
        TypeKind::Float => float(vm, one(ty, args, kwargs)?),
        TypeKind::Bool => match one(ty, args, kwargs)? {
            Some(value) => ops::truth(vm, value).map(Value::Bool),
            None => Ok(Value::Bool(false)),
        },
        TypeKind::Str => str(vm, args, kwargs),
        TypeKind::Bytes => bytes(vm, args, kwargs),
        TypeKind::List => match one(ty, args, kwargs)? {
            Some(items) => ops::collect(vm, items).map(Value::list),
            None => Ok(Value::list(Vec::new())),
        },
        TypeKind::Tuple => match one(ty, args, kwargs)? {
            Some(Value::Tuple(items)) => Ok(Value::Tuple(Rc::clone(items))),
            Some(items) => ops::collect(vm, items).map(Value::tuple),
            None => Ok(Value::tuple(Vec::new())),
        },
        TypeKind::Dict => dict(vm, args, kwargs),
        TypeKind::Set => set(vm, one(ty, args, kwargs)?).map(Value::Set),
        TypeKind::FrozenSet => match one(ty, args, kwargs)? {
            Some(frozen @ Value::FrozenSet(_)) => Ok(frozen.clone()),
            items => set(vm, items).map(Value::FrozenSet),
        },
        TypeKind::Range => range(vm, args, kwargs),
        TypeKind::Slice => slice(args, kwargs),
        TypeKind::Enumerate => enumerate(vm, args, kwargs),
        TypeKind::Zip => zip(vm, args, kwargs),
        TypeKind::Map => map(vm, args, kwargs),
        TypeKind::Filter => filter(vm, args, kwargs),
        TypeKind::Reversed => reversed(vm, args, kwargs),
        TypeKind::Type => type_of(vm, args, kwargs),
        TypeKind::Object => {
            if args.is_empty() && kwargs.is_empty() {
                return Ok(super::types::plain_object());
            }
            Err(type_error("object() takes no arguments"))
        }
        TypeKind::NoneType if args.is_empty() => Ok(Value::None),
        TypeKind::Method => match args {
            [function, receiver] if ops::is_callable(function) => {
                let (function, receiver) = (function.clone(), receiver.clone());
                Ok(Value::BoundMethod(Rc::new(BoundMethod { function, receiver })))
            }
            [_, _] => Err(type_error("first argument must be callable")),
            _ => Err(type_error(format!("method expected 2 arguments, got {}", args.len()))),
        },
        TypeKind::Exception => construct_exception(vm, &TypeRef::Builtin(ty), args, kwargs),
        _ => match ty.construct {
            Some(call) => {
                call(vm, crate::program::value::Arguments { positional: args, keywords: kwargs })
            }
            None => Err(type_error(format!("cannot create '{}' instances", ty.name))),
        },
    }
}

/// At most one argument.
fn one<'a>(
    ty: &TypeObject,
    args: &'a [Value],
    kwargs: Keywords<'_>,
) -> PyResult<Option<&'a Value>> {
    no_keywords(ty.name, kwargs)?;
    check_count(ty.name, args.len(), 0, 1)?;
    Ok(args.first())
}

fn int(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    if args.len() > 2 {
        check_count("int", args.len(), 0, 2)?;
    }
    let mut base = args.get(1).cloned();
    for (name, value) in kwargs {
        if name.as_str() != "base" {
            return Err(super::unexpected_keyword("int", name));
        }
        base = Some(value.clone());
    }
    match (args.first(), base) {
        (None, None) => Ok(Value::Int(0)),
        (None, Some(_)) => Err(type_error("int() missing string argument")),
        (Some(value), None) => int_of(vm, value),
        (Some(value), Some(base)) => {
            let base = ops::index_of(vm, &base)?;
            let Some(base) =
                u32::try_from(base).ok().filter(|base| *base == 0 || (2..=36).contains(base))
            else {
                return Err(value_error("int() base must be >= 2 and <= 36, or 0"));
            };
            match value {
                Value::Str(text) => text::parse_int(text, base),
                Value::Bytes(data) => int_of_bytes(data, base),
                _ => Err(type_error("int() can't convert non-string with explicit base")),
            }
        }
    }
}

fn int_of_bytes(data: &[u8], base: u32) -> PyResult<Value> {
    std::str::from_utf8(data).map_or(None, |text| text::parse_int(text, base).ok()).ok_or_else(
        || {
            let shown = text::quote_bytes(data);
            value_error(format!("invalid literal for int() with base {base}: {shown}"))
        },
    )
}

/// `int(value)`.
pub(super) fn int_of(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    match value {
        Value::Int(_) | Value::BigInt(_) => Ok(value.clone()),
        Value::Bool(bool) => Ok(Value::Int(i64::from(*bool))),
        Value::Float(float) => float_to_int(*float),
        Value::Str(text) => text::parse_int(text, 10),
        Value::Bytes(data) => int_of_bytes(data, 10),
        other => {
            for special in [Special::Int, Special::Index, Special::Trunc] {
                if let Some(result) = ops::call_special(vm, other, special, &[])? {
                    return match Int::of(&result) {
                        Some(int) => Ok(Value::int(int.to_big().into_owned())),
                        None => Err(type_error(format!(
                            "{} returned non-int (type {})",
                            special.text(),
                            result.type_name()
                        ))),
                    };
                }
            }
            if let Some(payload) = ops::payload(other) {
                return int_of(vm, payload);
            }
            Err(type_error(format!(
                "int() argument must be a string, a bytes-like object or a real number, not '{}'",
                other.type_name()
            )))
        }
    }
}

fn float(vm: &mut dyn Vm, value: Option<&Value>) -> PyResult<Value> {
    let Some(value) = value else { return Ok(Value::Float(0.0)) };
    if let Value::Str(text) = value {
        return text::parse_float(text).map(Value::Float);
    }
    if let Value::Bytes(data) = value
        && let Ok(text) = std::str::from_utf8(data)
    {
        return text::parse_float(text).map(Value::Float);
    }
    let own = matches!(value, Value::Instance(_)) && ops::has_special(value, Special::Float);
    if !own && let Some(float) = ops::to_float(value)? {
        return Ok(Value::Float(float));
    }
    match ops::call_special(vm, value, Special::Float, &[])? {
        Some(Value::Float(float)) => return Ok(Value::Float(float)),
        Some(other) => {
            return Err(type_error(format!(
                "{}.__float__ returned non-float (type {})",
                value.type_name(),
                other.type_name()
            )));
        }
        None => {}
    }
    if let Some(payload) = ops::payload(value) {
        return float(vm, Some(payload));
    }
    match ops::as_index(vm, value)? {
        Some(index) => float(vm, Some(&index)),
        None => Err(type_error(format!(
            "float() argument must be a string or a real number, not '{}'",
            value.type_name()
        ))),
    }
}

fn str(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    if let ([value], []) = (args, kwargs) {
        return text::str(vm, value).map(Value::Str);
    }
    let names = ["object", "encoding", "errors"];
    let [object, encoding, errors] = bind_keywords("str", names, 3, 0, args, kwargs)?;
    let name = |value: &Option<Value>, what: &str, default: &str| match value {
        Some(value) => text_argument("str", what, value).cloned(),
        None => Ok(Str::from(default)),
    };
    let decoding = encoding.is_some() || errors.is_some();
    let encoding = name(&encoding, "argument 'encoding'", "utf-8")?;
    let errors = name(&errors, "argument 'errors'", "strict")?;
    match object {
        Some(Value::Bytes(data)) if decoding => methods::decode(&data, &encoding, &errors),
        Some(Value::Str(_)) if decoding => Err(type_error("decoding str is not supported")),
        Some(other) if decoding => Err(type_error(format!(
            "decoding to str: need a bytes-like object, {} found",
            other.type_name()
        ))),
        Some(value) => text::str(vm, &value).map(Value::Str),
        None => Ok(Value::Str(Str::empty())),
    }
}

fn bytes(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    let names = ["source", "encoding", "errors"];
    let [source, encoding, errors] = bind_keywords("bytes", names, 3, 0, args, kwargs)?;
    let Some(source) = source else {
        return Ok(Value::Bytes(Rc::new(BytesObject::new(Vec::new()))));
    };
    if let Value::Str(source) = &source {
        let Some(encoding) = encoding else {
            return Err(type_error("string argument without an encoding"));
        };
        let encoding = text_argument("bytes", "argument 'encoding'", &encoding)?.clone();
        let errors = match &errors {
            Some(errors) => text_argument("bytes", "argument 'errors'", errors)?.clone(),
            None => Str::from("strict"),
        };
        return methods::encode(source, &encoding, &errors);
    }
    if encoding.is_some() {
        return Err(type_error("encoding without a string argument"));
    }
    if let Value::Bytes(_) = source {
        return Ok(source);
    }
    match ops::call_special(vm, &source, Special::Bytes, &[])? {
        Some(data @ Value::Bytes(_)) => return Ok(data),
        Some(other) => {
            let ty = other.type_name();
            return Err(type_error(format!("__bytes__ returned non-bytes (type {ty})")));
        }
        None => {}
    }
    if let Some(data @ Value::Bytes(_)) = ops::payload(&source) {
        return Ok(data.clone());
    }
    if let Some(count) = ops::as_index(vm, &source)? {
        if Int::of(&count).is_some_and(Int::is_negative) {
            return Err(value_error("negative count"));
        }
        let count = ops::to_size(&count)?;
        heap::reserve(count as u64)?;
        return Ok(methods::bytes(vec![0; count]));
    }
    bytes_of_items(vm, &source).map(methods::bytes)
}

/// The bytes that an iterable of ints stands for.
pub(in crate::interpreter) fn bytes_of_items(vm: &mut dyn Vm, items: &Value) -> PyResult<Vec<u8>> {
    let mut data = Vec::new();
    if !ops::is_iterable(items) {
        return Err(type_error(format!("cannot convert '{}' object to bytes", items.type_name())));
    }
    ops::for_each(vm, items, &mut |vm, item| {
        let byte = ops::index_of(vm, &item)?;
        let byte = u8::try_from(byte).map_err(|_| value_error("bytes must be in range(0, 256)"))?;
        if data.len() == data.capacity() {
            heap::reserve(data.len() as u64 * 2)?;
        }
        data.push(byte);
        Ok(true)
    })?;
    Ok(data)
}

fn dict(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    check_count("dict", args.len(), 0, 1)?;
    let dict = match args.first() {
        Some(Value::Dict(source)) => {
            heap::reserve(source.borrow().weight())?;
            Rc::new(DictObject::new(source.borrow().clone()))
        }
        source => {
            let dict = Rc::new(DictObject::new(Table::new()));
            if let Some(source) = source {
                ops::dict_update(vm, &dict, source)?;
            }
            dict
        }
    };
    for (name, value) in kwargs {
        ops::dict_set(vm, &dict, Value::Str(name.clone()), value.clone())?;
    }
    Ok(Value::Dict(dict))
}

fn set(vm: &mut dyn Vm, items: Option<&Value>) -> PyResult<Rc<SetObject>> {
    Ok(Rc::new(match items {
        Some(items) => ops::set_from(vm, items)?,
        None => SetObject::new(SetTable::default()),
    }))
}

fn range(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    no_keywords("range", kwargs)?;
    check_count("range", args.len(), 1, 3)?;
    let mut bounds = [0, 0, 1];
    match args {
        [stop] => bounds[1] = ops::index_of(vm, stop)?,
        _ => {
            for (bound, value) in bounds.iter_mut().zip(args) {
                *bound = ops::index_of(vm, value)?;
            }
        }
    }
    let [start, stop, step] = bounds;
    if step == 0 {
        return Err(value_error("range() arg 3 must not be zero"));
    }
    Ok(Value::Range(Rc::new(RangeObject::new(start, stop, step))))
}

fn slice(args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    no_keywords("slice", kwargs)?;
    check_count("slice", args.len(), 1, 3)?;
    let at = |at: usize| args.get(at).cloned().unwrap_or(Value::None);
    let (start, stop) = if args.len() == 1 { (Value::None, at(0)) } else { (at(0), at(1)) };
    Ok(Value::Slice(Rc::new(SliceObject { start, stop, step: at(2) })))
}

fn type_of(vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
    match args {
        [value] if kwargs.is_empty() => Ok(Value::from(value.type_of())),
        _ => type_call(vm, None, args, kwargs),
    }
}
