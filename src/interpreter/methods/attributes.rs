use std::rc::Rc;

use super::{bytes, bytes_text, dict, find_in_type, float, int, str};
use crate::interpreter::classes::builtin_mro;
use crate::program::value::{Builtin, DictObject, Str, Table, TypeKind, TypeObject, Value};

/// An attribute of a builtin type, seen from the type.
pub fn type_attribute(ty: &'static TypeObject, name: &Str) -> Option<Value> {
    if ty.kind == TypeKind::Foreign
        && let Some(method) = crate::interpreter::modules::class_method(ty, name)
    {
        return Some(Value::Builtin(method));
    }
    if let Some(method) = class_method(ty.kind, name) {
        return Some(Value::Builtin(method));
    }
    if let Some(method) = find_in_type(ty, name) {
        return Some(Value::Builtin(method));
    }
    match name.as_str() {
        "__name__" | "__qualname__" => Some(Value::from(ty.name)),
        "__module__" => Some(Value::from(ty.module)),
        "__bases__" => {
            Some(Value::tuple(ty.bases.iter().map(|base| Value::Type(base)).collect::<Vec<_>>()))
        }
        "__mro__" => {
            Some(Value::tuple(builtin_mro(ty).into_iter().map(Value::Type).collect::<Vec<_>>()))
        }
        text if text.starts_with("__") => {
            super::special::find_in_type(ty, text).map(Value::Builtin)
        }
        _ => None,
    }
}

/// Methods that are called on the type and need no object of it.
fn class_method(kind: TypeKind, name: &str) -> Option<&'static Builtin> {
    match (kind, name) {
        (TypeKind::Dict, "fromkeys") => Some(&dict::FROM_KEYS),
        (TypeKind::Str, "maketrans") => Some(&str::MAKE_TRANS),
        (TypeKind::Bytes, "maketrans") => Some(&bytes_text::MAKE_TRANS),
        (TypeKind::Int | TypeKind::Bool, "from_bytes") => Some(&int::FROM_BYTES),
        (TypeKind::Float, "fromhex") => Some(&float::FROM_HEX),
        (TypeKind::Bytes, "fromhex") => Some(&bytes::FROM_HEX),
        _ => None,
    }
}

/// An attribute of an object of a builtin type that is no method.
pub fn data_attribute(object: &Value, name: &str) -> Option<Value> {
    match (object, name) {
        (Value::Int(_) | Value::Bool(_) | Value::BigInt(_), "real" | "numerator") => {
            crate::interpreter::ops::to_big(object).map(|int| Value::int(int.into_owned()))
        }
        (Value::Int(_) | Value::Bool(_) | Value::BigInt(_), "imag") => Some(Value::Int(0)),
        (Value::Int(_) | Value::Bool(_) | Value::BigInt(_), "denominator") => Some(Value::Int(1)),
        (Value::Float(_), "real") => Some(object.clone()),
        (Value::Float(_), "imag") => Some(Value::Float(0.0)),
        (Value::Range(range), "start") => Some(Value::Int(range.start)),
        (Value::Range(range), "stop") => Some(Value::Int(range.stop)),
        (Value::Range(range), "step") => Some(Value::Int(range.step)),
        (Value::Slice(slice), "start") => Some(slice.start.clone()),
        (Value::Slice(slice), "stop") => Some(slice.stop.clone()),
        (Value::Slice(slice), "step") => Some(slice.step.clone()),
        (Value::DictView(view), "mapping") => Some(Value::Dict(Rc::clone(&view.dict))),
        (Value::Builtin(builtin), "__name__") => Some(Value::from(builtin.name)),
        (Value::Builtin(builtin), "__qualname__") => Some(match builtin.owner {
            Some(owner) => Value::from(format!("{owner}.{}", builtin.name)),
            None => Value::from(builtin.name),
        }),
        (Value::Builtin(_), "__module__") => Some(Value::from("builtins")),
        (Value::BoundMethod(method), "__self__") => Some(method.receiver.clone()),
        (Value::BoundMethod(method), "__func__") => Some(method.function.clone()),
        (Value::BoundMethod(method), "__name__") => match &method.function {
            Value::Builtin(builtin) => Some(Value::from(builtin.name)),
            Value::Str(name) => Some(Value::Str(name.clone())),
            _ => None,
        },
        (Value::Generator(generator), "__name__") => Some(Value::Str(generator.name.clone())),
        (Value::Generator(generator), "__qualname__") => {
            Some(Value::Str(generator.qualname.clone()))
        }
        (Value::Cell(cell), "cell_contents") => cell.0.borrow().clone(),
        (Value::Dict(_), "fromkeys") => Some(Value::Builtin(&dict::FROM_KEYS)),
        (Value::Str(_), "maketrans") => Some(Value::Builtin(&str::MAKE_TRANS)),
        _ => None,
    }
}

/// `__dict__`: that of an instance, and copies of the attributes of what does not keep them as a
/// dict.
pub fn attribute_dict(object: &Value) -> Option<Value> {
    let table: Table<Value> = match object {
        Value::Instance(instance) if instance.class.has_dict => {
            return Some(Value::Dict(instance.dict()));
        }
        Value::Exception(exception) => exception.attributes.borrow().clone(),
        Value::Function(function) => function.attributes.borrow().clone(),
        Value::Class(class) => class.attributes.borrow().clone(),
        _ => return None,
    };
    Some(Value::Dict(Rc::new(DictObject::new(table))))
}
