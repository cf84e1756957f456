use super::index::position;
use super::mapping::{dict_get, dict_remove, dict_set};
use super::slice::{delete_slice, get_slice, set_slice};
use super::special::{Special, call_special, has_special, payload};
use crate::program::exception::{INDEX_ERROR, KEY_ERROR, raise, raise_value, type_error};
use crate::program::value::{Class, PyResult, Stop, Str, TypeKind, Value, Vm};

/// `object[key]`.
#[inline]
pub fn get_item(vm: &mut dyn Vm, object: &Value, key: &Value) -> PyResult<Value> {
    match (object, key) {
        (Value::List(list), Value::Int(index)) => {
            let items = list.borrow();
            let at =
                if *index < 0 { index.wrapping_add_unsigned(items.len() as u64) } else { *index };
            match usize::try_from(at).ok().and_then(|at| items.get(at)) {
                Some(item) => Ok(item.clone()),
                None => Err(raise(&INDEX_ERROR, "list index out of range")),
            }
        }
        (Value::Dict(dict), Value::Str(name)) => match dict.borrow().get_str(name) {
            Some(found) => Ok(found.clone()),
            None => Err(raise_value(&KEY_ERROR, key.clone())),
        },
        _ => get_item_slow(vm, object, key),
    }
}

fn get_item_slow(vm: &mut dyn Vm, object: &Value, key: &Value) -> PyResult<Value> {
    if let Value::Slice(slice) = key
        && let Some(result) = get_slice(vm, object, slice)?
    {
        return Ok(result);
    }
    match object {
        Value::List(list) => {
            match position(vm, key, list.len(), "list index out of range")? {
                // The length may have changed while `__index__` ran.
                Some(at) => {
                    list.get(at).ok_or_else(|| raise(&INDEX_ERROR, "list index out of range"))
                }
                None => Err(bad_index("list", key)),
            }
        }
        Value::Tuple(items) => match position(vm, key, items.len(), "tuple index out of range")? {
            Some(at) => Ok(items[at].clone()),
            None => Err(bad_index("tuple", key)),
        },
        Value::Str(text) => match position(vm, key, text.count(), "string index out of range")? {
            Some(at) => Ok(Value::Str(text.char_at(at).map_or_else(Str::empty, Str::from_char))),
            None => Err(type_error(format!(
                "string indices must be integers, not '{}'",
                key.type_name()
            ))),
        },
        Value::Bytes(data) => match position(vm, key, data.len(), "index out of range")? {
            Some(at) => Ok(Value::Int(i64::from(data[at]))),
            None => Err(type_error(format!(
                "byte indices must be integers or slices, not {}",
                key.type_name()
            ))),
        },
        Value::Dict(dict) => match dict_get(vm, dict, key)? {
            Some(found) => Ok(found),
            None => Err(raise_value(&KEY_ERROR, key.clone())),
        },
        Value::Range(range) => {
            let len = usize::try_from(range.len).unwrap_or(usize::MAX);
            match position(vm, key, len, "range object index out of range")? {
                Some(at) => Ok(Value::Int(range.at(at as u64))),
                None => Err(type_error(format!(
                    "range indices must be integers or slices, not {}",
                    key.type_name()
                ))),
            }
        }
        _ => get_item_of_other(vm, object, key),
    }
}

fn get_item_of_other(vm: &mut dyn Vm, object: &Value, key: &Value) -> PyResult<Value> {
    match object {
        Value::Foreign(foreign) => {
            let name = Special::GetItem.name();
            let args = std::slice::from_ref(key);
            match foreign.object.call_method(vm, object, &name, args, &[])? {
                Some(found) => Ok(found),
                None => Err(not_subscriptable(object)),
            }
        }
        // `list[int]` and its kin are only ever annotations.
        Value::Type(ty)
            if matches!(
                ty.kind,
                TypeKind::List
                    | TypeKind::Tuple
                    | TypeKind::Dict
                    | TypeKind::Set
                    | TypeKind::FrozenSet
                    | TypeKind::Type
                    | TypeKind::Foreign
            ) =>
        {
            Ok(object.clone())
        }
        Value::Type(ty) => Err(type_error(format!("type '{}' is not subscriptable", ty.name))),
        Value::Class(class) => {
            let args = std::slice::from_ref(key);
            if let Some(found) = call_special(vm, object, Special::GetItem, args)? {
                return Ok(found);
            }
            let name = Special::ClassGetItem.name();
            match super::class_attribute(vm, class, &name)? {
                Some(method) => vm.call(&method, args, &[]),
                None if is_generic(class) => Ok(object.clone()),
                None => Err(type_error(format!("type '{}' is not subscriptable", class.name))),
            }
        }
        _ => match call_special(vm, object, Special::GetItem, std::slice::from_ref(key))? {
            Some(found) => Ok(found),
            None => match payload(object) {
                Some(payload) => get_item_of_payload(vm, object, payload, key),
                None => Err(not_subscriptable(object)),
            },
        },
    }
}

/// Whether `Class[int]` is an annotation, because it has type parameters or a base is one that can
/// be annotated so.
fn is_generic(class: &Class) -> bool {
    class.builtin_base().kind != TypeKind::Object
        || class.lookup(&Str::from("__type_params__")).is_some()
}

/// What a class derived from `dict` and its kin finds; `__missing__` may know more.
fn get_item_of_payload(
    vm: &mut dyn Vm,
    object: &Value,
    payload: &Value,
    key: &Value,
) -> PyResult<Value> {
    if let Value::Dict(dict) = payload
        && has_special(object, Special::Missing)
    {
        return match dict_get(vm, dict, key)? {
            Some(found) => Ok(found),
            None => {
                let args = std::slice::from_ref(key);
                let found = call_special(vm, object, Special::Missing, args)?;
                Ok(found.unwrap_or(Value::None))
            }
        };
    }
    get_item(vm, payload, key)
}

#[cold]
fn not_subscriptable(object: &Value) -> Stop {
    type_error(format!("'{}' object is not subscriptable", object.type_name()))
}

#[cold]
fn bad_index(what: &str, key: &Value) -> Stop {
    type_error(format!("{what} indices must be integers or slices, not {}", key.type_name()))
}

/// `object[key] = value`.
#[inline]
pub fn set_item(vm: &mut dyn Vm, object: &Value, key: &Value, value: Value) -> PyResult<()> {
    if let (Value::List(list), Value::Int(index)) = (object, key) {
        let mut items = list.borrow_mut();
        let at = if *index < 0 { index.wrapping_add_unsigned(items.len() as u64) } else { *index };
        if let Some(slot) = usize::try_from(at).ok().and_then(|at| items.get_mut(at)) {
            let old = std::mem::replace(slot, value);
            drop(items);
            drop(old);
            return Ok(());
        }
    }
    set_item_slow(vm, object, key, value)
}

fn set_item_slow(vm: &mut dyn Vm, object: &Value, key: &Value, value: Value) -> PyResult<()> {
    match (object, key) {
        (Value::Dict(dict), _) => dict_set(vm, dict, key.clone(), value),
        (Value::List(list), Value::Slice(slice)) => set_slice(vm, list, slice, &value),
        (Value::List(list), _) => {
            let message = "list assignment index out of range";
            let Some(at) = position(vm, key, list.len(), message)? else {
                return Err(bad_index("list", key));
            };
            let old = match list.borrow_mut().get_mut(at) {
                Some(slot) => std::mem::replace(slot, value),
                None => return Err(raise(&INDEX_ERROR, message)),
            };
            drop(old);
            Ok(())
        }
        (Value::Foreign(foreign), _) => {
            let args = [key.clone(), value];
            let name = Special::SetItem.name();
            match foreign.object.call_method(vm, object, &name, &args, &[])? {
                Some(_) => Ok(()),
                None => Err(no_assignment(object)),
            }
        }
        _ => match call_special(vm, object, Special::SetItem, &[key.clone(), value.clone()])? {
            Some(_) => Ok(()),
            None => match payload(object) {
                Some(payload) => set_item(vm, payload, key, value),
                None => Err(no_assignment(object)),
            },
        },
    }
}

#[cold]
fn no_assignment(object: &Value) -> Stop {
    type_error(format!("'{}' object does not support item assignment", object.type_name()))
}

/// `del object[key]`.
pub fn delete_item(vm: &mut dyn Vm, object: &Value, key: &Value) -> PyResult<()> {
    let unsupported = || {
        let does_not = match object {
            Value::Tuple(_) | Value::Str(_) | Value::Bytes(_) | Value::Range(_) => "doesn't",
            _ => "does not",
        };
        type_error(format!("'{}' object {does_not} support item deletion", object.type_name()))
    };
    match (object, key) {
        (Value::Dict(dict), _) => match dict_remove(vm, dict, key)? {
            Some(_) => Ok(()),
            None => Err(raise_value(&KEY_ERROR, key.clone())),
        },
        (Value::List(list), Value::Slice(slice)) => delete_slice(vm, list, slice),
        (Value::List(list), _) => {
            let message = "list assignment index out of range";
            let Some(at) = position(vm, key, list.len(), message)? else {
                return Err(bad_index("list", key));
            };
            let removed = list.borrow_mut().remove(at);
            drop(removed);
            Ok(())
        }
        (Value::Foreign(foreign), _) => {
            let name = Special::DelItem.name();
            let args = std::slice::from_ref(key);
            match foreign.object.call_method(vm, object, &name, args, &[])? {
                Some(_) => Ok(()),
                None => Err(unsupported()),
            }
        }
        _ => match call_special(vm, object, Special::DelItem, std::slice::from_ref(key))? {
            Some(_) => Ok(()),
            None => match payload(object) {
                Some(payload) => delete_item(vm, payload, key),
                None => Err(unsupported()),
            },
        },
    }
}
