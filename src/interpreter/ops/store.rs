//! Setting and deleting attributes.

use super::attribute::{is_data_descriptor, no_attribute, of_builtin};
use super::special::{Special, call_special, class_lookup};
use crate::interpreter::classes::habits;
use crate::interpreter::methods;
use crate::program::exception::{ATTRIBUTE_ERROR, raise, type_error};
use crate::program::value::{PyResult, Stop, Str, Table, Value, Vm};

/// `object.name = value`.
pub fn set_attribute(vm: &mut dyn Vm, object: &Value, name: &Str, value: Value) -> PyResult<()> {
    let overridden = match object {
        Value::Instance(instance) => habits(&instance.class).setattr,
        Value::Exception(_) | Value::Class(_) => {
            class_lookup(object, &Special::SetAttr.name()).is_some()
        }
        _ => false,
    };
    if overridden {
        let args = [Value::Str(name.clone()), value];
        return call_special(vm, object, Special::SetAttr, &args).map(|_| ());
    }
    store_attribute(vm, object, name, value)
}

/// Asks a data descriptor in the class to set or delete; whether there is one.
fn set_by_descriptor(
    vm: &mut dyn Vm,
    object: &Value,
    name: &Str,
    value: Option<&Value>,
) -> PyResult<bool> {
    let Some(in_class) = class_lookup(object, name) else { return Ok(false) };
    match &in_class {
        Value::Foreign(descriptor) if descriptor.object.is_data_descriptor() => {
            descriptor.object.bind_set(vm, object, name, value.cloned())?;
            Ok(true)
        }
        Value::Instance(_) => {
            let (special, args) = match value {
                Some(value) => (Special::Set, vec![object.clone(), value.clone()]),
                None => (Special::Delete, vec![object.clone()]),
            };
            if call_special(vm, &in_class, special, &args)?.is_some() {
                return Ok(true);
            }
            if is_data_descriptor(&in_class) {
                return Err(raise(&ATTRIBUTE_ERROR, special.text()));
            }
            Ok(false)
        }
        _ => Ok(false),
    }
}

/// `object.__setattr__(name, value)`, as the object itself does it.
pub(in crate::interpreter) fn store_attribute(
    vm: &mut dyn Vm,
    object: &Value,
    name: &Str,
    value: Value,
) -> PyResult<()> {
    if set_by_descriptor(vm, object, name, Some(&value))? {
        return Ok(());
    }
    match object {
        Value::Instance(instance) if name.as_str() == "__dict__" => match &value {
            Value::Dict(new) => {
                let table = new.borrow().clone();
                let old = std::mem::replace(&mut *instance.attributes_mut(), table);
                drop(old);
                Ok(())
            }
            other => Err(type_error(format!(
                "__dict__ must be set to a dictionary, not a '{}'",
                other.type_name()
            ))),
        },
        Value::Instance(instance) if instance.class.has_dict => {
            instance.set(name, value);
            Ok(())
        }
        Value::Instance(instance) => Err(match instance.class.lookup(name) {
            Some(_) => {
                let ty = &instance.class.name;
                let error = format!("'{ty}' object attribute '{name}' is read-only");
                raise(&ATTRIBUTE_ERROR, error)
            }
            None => cannot_set(object, name),
        }),
        Value::Class(class) => {
            class.set(name, value);
            Ok(())
        }
        Value::Function(function) => {
            function.attributes.borrow_mut().set_str(name, value);
            Ok(())
        }
        Value::Exception(exception) => methods::set_exception_attribute(vm, exception, name, value),
        Value::Foreign(foreign) if foreign.object.set_attribute(vm, name, &value)? => Ok(()),
        other => Err(cannot_set(other, name)),
    }
}

#[cold]
fn cannot_set(object: &Value, name: &Str) -> Stop {
    if let Value::Type(ty) = object {
        return type_error(format!(
            "cannot set '{name}' attribute of immutable type '{}'",
            ty.name
        ));
    }
    let type_name = object.type_name();
    if of_builtin(object, name).is_some() {
        let message = match object {
            Value::Int(_) | Value::Float(_) | Value::Bool(_) | Value::BigInt(_)
                if methods::data_attribute(object, name).is_some() =>
            {
                format!("attribute '{name}' of '{type_name}' objects is not writable")
            }
            _ => format!("'{type_name}' object attribute '{name}' is read-only"),
        };
        return raise(&ATTRIBUTE_ERROR, message);
    }
    raise(
        &ATTRIBUTE_ERROR,
        format!(
            "'{type_name}' object has no attribute '{name}' and no __dict__ for setting new \
             attributes"
        ),
    )
}

/// `del object.name`.
pub fn delete_attribute(vm: &mut dyn Vm, object: &Value, name: &Str) -> PyResult<()> {
    let args = [Value::Str(name.clone())];
    if call_special(vm, object, Special::DelAttr, &args)?.is_some() {
        return Ok(());
    }
    remove_attribute(vm, object, name)
}

/// `object.__delattr__(name)`, as the object itself does it.
pub(in crate::interpreter) fn remove_attribute(
    vm: &mut dyn Vm,
    object: &Value,
    name: &Str,
) -> PyResult<()> {
    if set_by_descriptor(vm, object, name, None)? {
        return Ok(());
    }
    let removed = match object {
        Value::Instance(instance) => instance.remove(name),
        Value::Class(class) => class.remove(name),
        Value::Function(function) => remove(&mut function.attributes.borrow_mut(), name),
        Value::Exception(exception) => remove(&mut exception.attributes.borrow_mut(), name),
        other => return Err(cannot_set(other, name)),
    };
    match (removed, object) {
        (Some(_), _) => Ok(()),
        (None, Value::Instance(instance)) if !instance.class.has_dict => {
            Err(cannot_set(object, name))
        }
        (None, _) => Err(no_attribute(object, name)),
    }
}

fn remove(table: &mut Table<Value>, name: &Str) -> Option<Value> {
    let position = table.find_str(name)?;
    table.remove(position).map(|entry| entry.value)
}
