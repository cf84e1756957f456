use std::rc::Rc;

use super::special::{Special, call_special, class_lookup};
use crate::interpreter::methods;
use crate::program::exception::{ATTRIBUTE_ERROR, ExceptionObject, raise, type_error};
use crate::program::value::{
    BoundMethod, Class, Function, Instance, PyResult, Stop, Str, TypeRef, Value, Vm,
};

/// `object.name`.
pub fn get_attribute(vm: &mut dyn Vm, object: &Value, name: &Str) -> PyResult<Value> {
    match find_attribute(vm, object, name)? {
        Some(found) => Ok(found),
        None => Err(no_attribute(object, name)),
    }
}

/// `hasattr(object, name)`.
pub fn has_attribute(vm: &mut dyn Vm, object: &Value, name: &Str) -> PyResult<bool> {
    match find_attribute(vm, object, name) {
        Ok(found) => Ok(found.is_some()),
        Err(stop) if stop.is_a(&ATTRIBUTE_ERROR) => Ok(false),
        Err(stop) => Err(stop),
    }
}

/// The error of an attribute that is not there.
#[cold]
pub fn no_attribute(object: &Value, name: &Str) -> Stop {
    let message = match object {
        Value::Type(ty) => format!("type object '{}' has no attribute '{name}'", ty.name),
        Value::Class(class) => format!("type object '{}' has no attribute '{name}'", class.name),
        Value::Foreign(foreign) if foreign.object.type_object().name == "module" => {
            let module = foreign.object.module_name().unwrap_or("module");
            format!("module '{module}' has no attribute '{name}'")
        }
        other => format!("'{}' object has no attribute '{name}'", other.type_name()),
    };
    let error = ExceptionObject::new(&ATTRIBUTE_ERROR, [Value::from(message)]);
    error.set_attribute("name", Value::Str(name.clone()));
    error.set_attribute("obj", object.clone());
    Rc::new(error).into()
}

/// The attribute; `None` if there is none.
pub(in crate::interpreter) fn find_attribute(
    vm: &mut dyn Vm,
    object: &Value,
    name: &Str,
) -> PyResult<Option<Value>> {
    match object {
        Value::Instance(instance) => of_instance(vm, object, instance, name),
        Value::Class(class) => of_class(vm, object, class, name),
        Value::Exception(exception) => of_exception(vm, object, exception, name),
        Value::Function(function) => {
            Ok(of_function(function, name).or_else(|| common(object, name)))
        }
        Value::Type(ty) => Ok(methods::type_attribute(ty, name).or_else(|| common(object, name))),
        Value::Foreign(foreign) => {
            if let Some(found) = foreign.object.attribute(vm, name)? {
                return Ok(Some(found));
            }
            if foreign.object.has_method(name) {
                return Ok(Some(bound(Value::Str(name.clone()), object)));
            }
            Ok(common(object, name))
        }
        other => Ok(of_builtin(other, name)),
    }
}

fn bound(function: Value, receiver: &Value) -> Value {
    Value::BoundMethod(Rc::new(BoundMethod { function, receiver: receiver.clone() }))
}

/// What an attribute of a class is, seen from an instance: functions become methods.
pub(super) fn bind(vm: &mut dyn Vm, found: Value, receiver: &Value) -> PyResult<Value> {
    match &found {
        Value::Function(_) => Ok(bound(found, receiver)),
        Value::Foreign(foreign) => {
            let class = class_of(receiver);
            Ok(foreign.object.bind(vm, Some(receiver), class.as_ref())?.unwrap_or(found))
        }
        _ => Ok(found),
    }
}

fn class_of(value: &Value) -> Option<Rc<Class>> {
    match value.type_of() {
        TypeRef::Class(class) => Some(class),
        TypeRef::Builtin(_) => None,
    }
}

fn is_data_descriptor(value: &Value) -> bool {
    matches!(value, Value::Foreign(foreign) if foreign.object.is_data_descriptor())
}

fn of_instance(
    vm: &mut dyn Vm,
    object: &Value,
    instance: &Rc<Instance>,
    name: &Str,
) -> PyResult<Option<Value>> {
    let in_class = instance.class.lookup(name);
    if let Some(found) = &in_class
        && is_data_descriptor(found)
    {
        return bind(vm, found.clone(), object).map(Some);
    }
    if let Some(own) = instance.attributes.borrow().get_str(name) {
        return Ok(Some(own.clone()));
    }
    if let Some(found) = in_class {
        return bind(vm, found, object).map(Some);
    }
    if let Some(found) = common(object, name) {
        return Ok(Some(found));
    }
    call_special(vm, object, Special::GetAttr, &[Value::Str(name.clone())])
}

fn of_exception(
    vm: &mut dyn Vm,
    object: &Value,
    exception: &Rc<ExceptionObject>,
    name: &Str,
) -> PyResult<Option<Value>> {
    let in_class = class_lookup(object, name);
    if let Some(found) = &in_class
        && is_data_descriptor(found)
    {
        return bind(vm, found.clone(), object).map(Some);
    }
    if let Some(own) = exception.attributes.borrow().get_str(name) {
        return Ok(Some(own.clone()));
    }
    if let Some(found) = in_class {
        return bind(vm, found, object).map(Some);
    }
    if let Some(found) = methods::exception_attribute(exception, name) {
        return Ok(Some(found));
    }
    if let Some(method) = methods::find_in_exception(exception, name) {
        return Ok(Some(bound(Value::Builtin(method), object)));
    }
    if let Some(found) = common(object, name) {
        return Ok(Some(found));
    }
    call_special(vm, object, Special::GetAttr, &[Value::Str(name.clone())])
}

/// An attribute of a class, seen from the class.
fn of_class(
    vm: &mut dyn Vm,
    object: &Value,
    class: &Rc<Class>,
    name: &Str,
) -> PyResult<Option<Value>> {
    if let Some(found) = class_attribute(vm, class, name)? {
        return Ok(Some(found));
    }
    Ok(match name.as_str() {
        "__name__" => Some(Value::Str(class.name.clone())),
        "__qualname__" => Some(Value::Str(class.qualname.clone())),
        "__module__" => Some(Value::from("__main__")),
        "__bases__" => Some(type_tuple(class.bases.iter().cloned())),
        "__mro__" => {
            let own = TypeRef::Class(Rc::clone(class));
            Some(type_tuple(std::iter::once(own).chain(class.mro.iter().cloned())))
        }
        _ => methods::type_attribute(class.builtin_base(), name).or_else(|| common(object, name)),
    })
}

fn type_tuple(types: impl Iterator<Item = TypeRef>) -> Value {
    Value::tuple(types.map(Value::from).collect::<Vec<_>>())
}

/// An attribute that the class or one of its bases of the program binds.
pub fn class_attribute(vm: &mut dyn Vm, class: &Rc<Class>, name: &Str) -> PyResult<Option<Value>> {
    let Some(found) = class.lookup(name) else { return Ok(None) };
    if let Value::Foreign(foreign) = &found
        && let Some(bound) = foreign.object.bind(vm, None, Some(class))?
    {
        return Ok(Some(bound));
    }
    Ok(Some(found))
}

fn of_function(function: &Function, name: &Str) -> Option<Value> {
    if let Some(own) = function.attributes.borrow().get_str(name) {
        return Some(own.clone());
    }
    match name.as_str() {
        "__name__" => Some(Value::Str(function.name.clone())),
        "__qualname__" => Some(Value::Str(function.qualname.clone())),
        "__module__" => Some(Value::from("__main__")),
        "__doc__" => Some(Value::None),
        "__defaults__" => Some(if function.defaults.is_empty() {
            Value::None
        } else {
            Value::tuple(&function.defaults[..])
        }),
        _ => None,
    }
}

fn of_builtin(object: &Value, name: &Str) -> Option<Value> {
    if let Some(method) = methods::find(object, name) {
        return Some(bound(Value::Builtin(method), object));
    }
    if let Some(found) = methods::data_attribute(object, name) {
        return Some(found);
    }
    if let Value::BoundMethod(method) = object
        && let Value::Function(function) = &method.function
        && let Some(found) = of_function(function, name)
    {
        return Some(found);
    }
    common(object, name)
}

/// What every object has.
fn common(object: &Value, name: &Str) -> Option<Value> {
    match name.as_str() {
        "__class__" => Some(Value::from(object.type_of())),
        "__doc__" => Some(Value::None),
        "__module__" => match object {
            Value::Instance(_) => Some(Value::from("__main__")),
            _ => None,
        },
        "__dict__" => methods::attribute_dict(object),
        text if text.starts_with("__") => {
            methods::find_special(object, text).map(|method| bound(Value::Builtin(method), object))
        }
        _ => None,
    }
}

/// `object.name = value`.
pub fn set_attribute(vm: &mut dyn Vm, object: &Value, name: &Str, value: Value) -> PyResult<()> {
    if let Some(in_class) = class_lookup(object, name)
        && let Value::Foreign(descriptor) = &in_class
        && descriptor.object.is_data_descriptor()
    {
        return descriptor.object.bind_set(vm, object, name, Some(value));
    }
    let args = [Value::Str(name.clone()), value.clone()];
    if class_lookup(object, &Special::SetAttr.name()).is_some() {
        return call_special(vm, object, Special::SetAttr, &args).map(|_| ());
    }
    store_attribute(vm, object, name, value)
}

/// `object.__setattr__(name, value)`, as the object itself does it.
pub(in crate::interpreter) fn store_attribute(
    vm: &mut dyn Vm,
    object: &Value,
    name: &Str,
    value: Value,
) -> PyResult<()> {
    match object {
        Value::Instance(instance) => {
            instance.set(name, value);
            Ok(())
        }
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
    if let Some(Value::Foreign(descriptor)) = class_lookup(object, name)
        && descriptor.object.is_data_descriptor()
    {
        return descriptor.object.bind_set(vm, object, name, None);
    }
    let args = [Value::Str(name.clone())];
    if call_special(vm, object, Special::DelAttr, &args)?.is_some() {
        return Ok(());
    }
    remove_attribute(vm, object, name)
}

/// `object.__delattr__(name)`, as the object itself does it.
pub(in crate::interpreter) fn remove_attribute(
    _: &mut dyn Vm,
    object: &Value,
    name: &Str,
) -> PyResult<()> {
    let removed = match object {
        Value::Instance(instance) => instance.remove(name),
        Value::Class(class) => class.remove(name),
        Value::Function(function) => remove(&mut function.attributes.borrow_mut(), name),
        Value::Exception(exception) => remove(&mut exception.attributes.borrow_mut(), name),
        other => return Err(cannot_set(other, name)),
    };
    match removed {
        Some(_) => Ok(()),
        None => Err(no_attribute(object, name)),
    }
}

fn remove(table: &mut crate::program::value::Table<Value>, name: &Str) -> Option<Value> {
    let position = table.find_str(name)?;
    table.remove(position).map(|entry| entry.value)
}
