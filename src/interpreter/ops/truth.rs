use super::special::{Special, call_special, class_lookup, is_instance, payload};
use crate::program::exception::{OVERFLOW_ERROR, TYPE_ERROR, raise, type_error, value_error};
use crate::program::value::hash::{self, FrozenSetHash, TupleHash};
use crate::program::value::{DictView, PyResult, Stop, TypeKind, TypeRef, Value, ViewKind, Vm};

/// `bool(value)`.
#[inline]
pub fn truth(vm: &mut dyn Vm, value: &Value) -> PyResult<bool> {
    match value {
        Value::Bool(bool) => Ok(*bool),
        Value::None => Ok(false),
        Value::Int(int) => Ok(*int != 0),
        other => truth_slow(vm, other),
    }
}

fn truth_slow(vm: &mut dyn Vm, value: &Value) -> PyResult<bool> {
    Ok(match value {
        Value::Float(float) => *float != 0.0,
        Value::Range(range) => range.len != 0,
        Value::NotImplemented => {
            return Err(type_error("NotImplemented should not be used in a boolean context"));
        }
        Value::Foreign(foreign) => match foreign.object.truth() {
            Some(truth) => truth,
            None => foreign.object.len().is_none_or(|len| len != 0),
        },
        other if is_instance(other) => {
            return truth_of_instance(vm, other);
        }
        other => length(other).is_none_or(|len| len != 0),
    })
}

fn truth_of_instance(vm: &mut dyn Vm, value: &Value) -> PyResult<bool> {
    match call_special(vm, value, Special::Bool, &[])? {
        Some(Value::Bool(bool)) => return Ok(bool),
        Some(other) => {
            return Err(type_error(format!(
                "__bool__ should return bool, returned {}",
                other.type_name()
            )));
        }
        None => {}
    }
    if class_lookup(value, &Special::Len.name()).is_some() {
        return len(vm, value).map(|len| len != 0);
    }
    match payload(value) {
        Some(payload) => truth(vm, payload),
        None => Ok(true),
    }
}

/// The length of an object of a builtin type; `None` if it has none.
#[inline]
pub fn length(value: &Value) -> Option<usize> {
    Some(match value {
        Value::List(list) => list.len(),
        Value::Tuple(items) => items.len(),
        Value::Str(text) => text.count(),
        Value::Dict(dict) => dict.len(),
        Value::Set(set) | Value::FrozenSet(set) => set.len(),
        Value::Bytes(data) => data.len(),
        Value::Range(range) => usize::try_from(range.len).unwrap_or(usize::MAX),
        Value::DictView(view) => view.dict.len(),
        _ => return None,
    })
}

/// `len(value)`.
#[inline]
pub fn len(vm: &mut dyn Vm, value: &Value) -> PyResult<usize> {
    match length(value) {
        Some(len) if i64::try_from(len).is_ok() => Ok(len),
        Some(_) => Err(raise(&OVERFLOW_ERROR, "Python int too large to convert to C ssize_t")),
        None => len_of_object(vm, value),
    }
}

fn len_of_object(vm: &mut dyn Vm, value: &Value) -> PyResult<usize> {
    if let Value::Foreign(foreign) = value
        && let Some(len) = foreign.object.len()
    {
        return Ok(len);
    }
    match call_special(vm, value, Special::Len, &[])? {
        Some(result) => match super::as_index(vm, &result)? {
            Some(Value::Int(len)) => {
                usize::try_from(len).map_err(|_| value_error("__len__() should return >= 0"))
            }
            Some(_) => Err(raise(&OVERFLOW_ERROR, "cannot fit 'int' into an index-sized integer")),
            None => Err(super::index::not_an_integer(&result)),
        },
        None if let Some(payload) = payload(value) => len(vm, payload),
        None => Err(type_error(format!("object of type '{}' has no len()", value.type_name()))),
    }
}

/// `hash(value)`.
#[inline]
pub fn hash(vm: &mut dyn Vm, value: &Value) -> PyResult<i64> {
    match value {
        Value::Str(text) => Ok(text.hash()),
        Value::Int(int) => Ok(hash::of_int(*int)),
        other => hash_slow(vm, other),
    }
}

fn hash_slow(vm: &mut dyn Vm, value: &Value) -> PyResult<i64> {
    if is_instance(value) {
        return hash_of_instance(vm, value);
    }
    Ok(match value {
        Value::Bool(bool) => i64::from(*bool),
        Value::None => hash::NONE,
        Value::Float(float) => hash::of_float(*float, 0),
        Value::BigInt(int) => hash::of_big_int(int),
        Value::Bytes(data) => data.hash(),
        Value::Tuple(items) => {
            vm.enter("")?;
            let mut collected = TupleHash::default();
            let result: PyResult<()> = items.iter().try_for_each(|item| {
                collected.add(hash(vm, item)?);
                Ok(())
            });
            vm.leave();
            result.map(|()| collected.finish())?
        }
        Value::FrozenSet(set) => hash_frozen_set(set),
        Value::Range(range) => {
            let len = i64::try_from(range.len).unwrap_or(i64::MAX);
            let start = if len == 0 { hash::NONE } else { hash::of_int(range.start) };
            let step = if len <= 1 { hash::NONE } else { hash::of_int(range.step) };
            let mut collected = TupleHash::default();
            [hash::of_int(len), start, step].into_iter().for_each(|hash| collected.add(hash));
            collected.finish()
        }
        Value::Slice(slice) => {
            let mut collected = TupleHash::default();
            for part in [&slice.start, &slice.stop, &slice.step] {
                collected.add(hash(vm, part)?);
            }
            collected.finish_slice()
        }
        Value::List(_) | Value::Dict(_) | Value::Set(_) => return Err(unhashable(value)),
        Value::DictView(view) if !is_hashable(view) => return Err(unhashable(value)),
        Value::Foreign(foreign) if !foreign.object.is_hashable() => return Err(unhashable(value)),
        other => hash_of_identity(vm, other)?,
    })
}

fn is_hashable(view: &DictView) -> bool {
    view.kind == ViewKind::Values
}

#[cold]
fn unhashable(value: &Value) -> Stop {
    if let Value::Foreign(foreign) = value {
        let ty = foreign.object.type_object();
        return type_error(format!("unhashable type: '{}.{}'", ty.module, ty.name));
    }
    type_error(format!("unhashable type: '{}'", value.type_name()))
}

fn hash_frozen_set(set: &crate::program::value::SetObject) -> i64 {
    if let Some(known) = set.known_hash().get() {
        return known;
    }
    let mut collected = FrozenSetHash::default();
    set.borrow().items().into_iter().for_each(|(hash, _)| collected.add(hash));
    set.known_hash().set(Some(collected.finish()));
    collected.finish()
}

fn hash_of_instance(vm: &mut dyn Vm, value: &Value) -> PyResult<i64> {
    match class_lookup(value, &Special::Hash.name()) {
        Some(Value::None) => Err(unhashable(value)),
        Some(_) => match call_special(vm, value, Special::Hash, &[])? {
            Some(Value::Int(hash)) => Ok(if hash == -1 { -2 } else { hash }),
            Some(Value::Bool(hash)) => Ok(i64::from(hash)),
            Some(Value::BigInt(hash)) => Ok(hash::of_big_int(&hash)),
            _ => Err(type_error("__hash__ method should return an integer")),
        },
        None => match payload(value) {
            Some(Value::Foreign(_)) | None => hash_of_identity(vm, value),
            Some(Value::List(_) | Value::Dict(_) | Value::Set(_)) => Err(unhashable(value)),
            Some(payload) => hash(vm, payload),
        },
    }
}

/// The hash of what is equal only to itself.
fn hash_of_identity(vm: &mut dyn Vm, value: &Value) -> PyResult<i64> {
    if let Value::Foreign(foreign) = value
        && let Some(hash) = foreign.object.hash()
    {
        return Ok(hash);
    }
    Ok(match value {
        Value::BoundMethod(method) => {
            let receiver = hash(vm, &method.receiver).unwrap_or(0);
            receiver ^ hash(vm, &method.function)?
        }
        Value::Builtin(builtin) => hash::of_text(builtin.name),
        Value::Type(ty) => hash::of_text(ty.name),
        Value::Ellipsis => 0x0e11,
        Value::NotImplemented => 0x0e12,
        other => i64::from(identity(other)),
    })
}

/// The number that stands for the object's address.
pub(in crate::interpreter) fn identity(value: &Value) -> u32 {
    match value {
        Value::Function(function) => function.identity.get(),
        Value::Class(class) => class.identity.get(),
        Value::Instance(instance) => instance.identity.get(),
        Value::Exception(exception) => exception.identity.get(),
        Value::Generator(generator) => generator.identity.get(),
        Value::Foreign(foreign) => foreign.identity.get(),
        Value::Iterator(iterator) => iterator.identity.get(),
        Value::List(list) => list.identity.get(),
        Value::Dict(dict) => dict.identity.get(),
        Value::Set(set) | Value::FrozenSet(set) => set.identity.get(),
        _ => 0,
    }
}

/// `hash(value)` without asking a class of the program.
pub(in crate::interpreter) fn hash_as_object(vm: &mut dyn Vm, value: &Value) -> PyResult<i64> {
    if is_instance(value) { hash_of_identity(vm, value) } else { hash(vm, value) }
}

/// What a value that cannot be hashed was wanted for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// The key of a dict.
    Dict,
    /// The item of a set.
    Set,
}

/// `hash(value)` of a key of a dict or an item of a set.
#[inline]
pub fn hash_key(vm: &mut dyn Vm, value: &Value, used: KeyUse) -> PyResult<i64> {
    match value {
        Value::Str(text) => Ok(text.hash()),
        Value::Int(int) => Ok(hash::of_int(*int)),
        other => hash_slow(vm, other).map_err(|stop| explain(stop, other, used)),
    }
}

#[cold]
fn explain(stop: Stop, value: &Value, used: KeyUse) -> Stop {
    let plain = stop
        .exception()
        .filter(|exception| exception.ty == TypeRef::Builtin(&TYPE_ERROR))
        .and_then(|exception| exception.args.borrow().first().cloned());
    match plain {
        Some(Value::Str(message)) => {
            let what = match used {
                KeyUse::Dict => "dict key",
                KeyUse::Set => "set element",
            };
            type_error(format!("cannot use '{}' as a {what} ({message})", value.type_name()))
        }
        _ => stop,
    }
}

/// `callable(value)`.
pub fn is_callable(value: &Value) -> bool {
    match value {
        Value::Function(_) | Value::BoundMethod(_) | Value::Builtin(_) | Value::Class(_) => true,
        Value::Type(ty) => ty.kind != TypeKind::Foreign || ty.construct.is_some(),
        Value::Foreign(foreign) => foreign.object.has_method(Special::Call.text()),
        other => class_lookup(other, &Special::Call.name()).is_some(),
    }
}
