use std::rc::Rc;

use super::special::{Special, call_special, class_lookup, has_special};
use crate::interpreter::classes::{full_mro, habits, type_method};
use crate::interpreter::methods;
use crate::interpreter::natives::world_of;
use crate::program::exception::{ATTRIBUTE_ERROR, ExceptionObject};
use crate::program::value::{
    BoundMethod, Builtin, Class, DictObject, Function, Instance, PyResult, Signature, Stop, Str,
    Table, TypeObject, TypeRef, Value, Vm, types,
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
        // A method looks in its function, which then says that it has none.
        Value::BoundMethod(method) if matches!(method.function, Value::Function(_)) => {
            format!("'function' object has no attribute '{name}'")
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
        Value::Exception(exception) => match &exception.ty {
            TypeRef::Class(class) => of_own_exception(vm, object, exception, class, name),
            TypeRef::Builtin(_) => Ok(of_exception(object, exception, name)),
        },
        Value::Function(function) => match own_doc(vm, function, name) {
            Some(doc) => Ok(Some(doc)),
            None => Ok(of_function(object, function, name)),
        },
        Value::BoundMethod(method) if let Value::Function(function) = &method.function => {
            match own_doc(vm, function, name) {
                Some(doc) => Ok(Some(doc)),
                None => Ok(of_builtin(object, name)),
            }
        }
        Value::Type(ty) => Ok(of_type(object, ty, name)),
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
pub(in crate::interpreter) fn bind(
    vm: &mut dyn Vm,
    found: Value,
    receiver: &Value,
) -> PyResult<Value> {
    match &found {
        Value::Function(_) => Ok(bound(found, receiver)),
        Value::Builtin(builtin) if builtin.owner.is_some() => Ok(bound(found, receiver)),
        Value::Foreign(foreign) => {
            let class = class_of(receiver);
            Ok(foreign.object.bind(vm, Some(receiver), class.as_ref())?.unwrap_or(found))
        }
        Value::Instance(_) => {
            let args = [receiver.clone(), Value::from(receiver.type_of())];
            Ok(call_special(vm, &found, Special::Get, &args)?.unwrap_or(found))
        }
        _ => Ok(found),
    }
}

/// What an attribute of a class is, seen from that class.
pub(in crate::interpreter) fn bind_in_class(
    vm: &mut dyn Vm,
    found: Value,
    class: &Rc<Class>,
) -> PyResult<Value> {
    match &found {
        Value::Foreign(foreign) => Ok(foreign.object.bind(vm, None, Some(class))?.unwrap_or(found)),
        Value::Instance(_) => {
            let args = [Value::None, Value::Class(Rc::clone(class))];
            Ok(call_special(vm, &found, Special::Get, &args)?.unwrap_or(found))
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

/// Whether it goes before the instance's own attributes.
pub(in crate::interpreter) fn is_data_descriptor(value: &Value) -> bool {
    match value {
        Value::Foreign(foreign) => foreign.object.is_data_descriptor(),
        Value::Instance(_) => {
            has_special(value, Special::Set) || has_special(value, Special::Delete)
        }
        _ => false,
    }
}

fn of_instance(
    vm: &mut dyn Vm,
    object: &Value,
    instance: &Rc<Instance>,
    name: &Str,
) -> PyResult<Option<Value>> {
    let found = if habits(&instance.class).getattribute {
        call_special(vm, object, Special::GetAttribute, &[Value::Str(name.clone())])
    } else {
        instance_attribute(vm, object, instance, name)
    };
    or_get_attr(vm, object, name, found)
}

/// Where there is no attribute, `__getattr__` is asked.
fn or_get_attr(
    vm: &mut dyn Vm,
    object: &Value,
    name: &Str,
    found: PyResult<Option<Value>>,
) -> PyResult<Option<Value>> {
    match found {
        Ok(Some(found)) => Ok(Some(found)),
        Ok(None) => call_special(vm, object, Special::GetAttr, &[Value::Str(name.clone())]),
        Err(stop)
            if stop.is_a(&ATTRIBUTE_ERROR)
                && class_lookup(object, &Special::GetAttr.name()).is_some() =>
        {
            call_special(vm, object, Special::GetAttr, &[Value::Str(name.clone())])
        }
        Err(stop) => Err(stop),
    }
}

/// `object.__getattribute__(name)`, as the object itself does it.
pub(in crate::interpreter) fn attribute_as_object(
    vm: &mut dyn Vm,
    object: &Value,
    name: &Str,
) -> PyResult<Value> {
    let found = match object {
        Value::Instance(instance) => instance_attribute(vm, object, instance, name)?,
        other => find_attribute(vm, other, name)?,
    };
    found.ok_or_else(|| no_attribute(object, name))
}

fn instance_attribute(
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
    if let Some(own) = instance.get(name) {
        return Ok(Some(own));
    }
    if let Some(found) = in_class {
        return bind(vm, found, object).map(Some);
    }
    if let Some(payload) = instance.payload.get()
        && let Some(found) = of_payload(vm, payload, name)?
    {
        return Ok(Some(found));
    }
    Ok(common(object, name))
}

/// What an instance has from the builtin type that its class extends.
fn of_payload(vm: &mut dyn Vm, payload: &Value, name: &Str) -> PyResult<Option<Value>> {
    match payload {
        Value::Foreign(_) if !name.starts_with("__") => find_attribute(vm, payload, name),
        Value::Foreign(_) => Ok(None),
        other => Ok(methods::find(other, name)
            .map(|method| bound(Value::Builtin(method), other))
            .or_else(|| methods::data_attribute(other, name))),
    }
}

fn of_own_exception(
    vm: &mut dyn Vm,
    object: &Value,
    exception: &Rc<ExceptionObject>,
    class: &Rc<Class>,
    name: &Str,
) -> PyResult<Option<Value>> {
    let in_class = class.lookup(name);
    if let Some(found) = &in_class
        && is_data_descriptor(found)
    {
        let found = bind(vm, found.clone(), object).map(Some);
        return or_get_attr(vm, object, name, found);
    }
    let own = exception.attributes.borrow().get_str(name).cloned();
    if own.is_some() {
        return Ok(own);
    }
    if let Some(found) = in_class {
        return bind(vm, found, object).map(Some);
    }
    let found = of_exception(object, exception, name);
    or_get_attr(vm, object, name, Ok(found))
}

fn of_exception(object: &Value, exception: &Rc<ExceptionObject>, name: &Str) -> Option<Value> {
    if let Some(own) = exception.attributes.borrow().get_str(name) {
        return Some(own.clone());
    }
    if name.as_str() == "__traceback__" {
        return Some(crate::interpreter::traceback::of_exception(exception));
    }
    if let Some(found) = methods::exception_attribute(exception, name) {
        return Some(found);
    }
    if let Some(method) = methods::find_in_exception(exception, name) {
        return Some(bound(Value::Builtin(method), object));
    }
    common(object, name)
}

/// An attribute of a class, seen from the class.
fn of_class(
    vm: &mut dyn Vm,
    object: &Value,
    class: &Rc<Class>,
    name: &Str,
) -> PyResult<Option<Value>> {
    let in_metaclass = class.metaclass.as_ref().and_then(|metaclass| metaclass.lookup(name));
    if let Some(found) = &in_metaclass
        && is_data_descriptor(found)
    {
        return bind(vm, found.clone(), object).map(Some);
    }
    if let Some(found) = class_attribute(vm, class, name)? {
        return Ok(Some(found));
    }
    if let Some(found) = in_metaclass {
        return bind(vm, found, object).map(Some);
    }
    let found = match name.as_str() {
        "__name__" => Some(Value::Str(class.name.clone())),
        "__qualname__" => Some(Value::Str(class.qualname.clone())),
        "__bases__" => Some(type_tuple(class.bases.iter().cloned())),
        "__base__" => class.bases.first().cloned().map(Value::from),
        "__mro__" => Some(type_tuple(full_mro(&TypeRef::Class(Rc::clone(class))).into_iter())),
        "__dict__" => methods::attribute_dict(object),
        "__class__" => Some(Value::from(object.type_of())),
        "__annotations__" => Some(empty_dict()),
        "__type_params__" => Some(Value::tuple(Vec::new())),
        _ => methods::type_attribute(class.builtin_base(), name)
            .or_else(|| type_method(&types::TYPE, name).map(|method| bound(method, object))),
    };
    match found {
        Some(found) => Ok(Some(found)),
        None => or_get_attr(vm, object, name, Ok(None)),
    }
}

fn empty_dict() -> Value {
    Value::Dict(Rc::new(DictObject::new(Table::new())))
}

fn type_tuple(types: impl Iterator<Item = TypeRef>) -> Value {
    Value::tuple(types.map(Value::from).collect::<Vec<_>>())
}

fn of_type(object: &Value, ty: &'static TypeObject, name: &Str) -> Option<Value> {
    if let Some(found) = methods::type_attribute(ty, name) {
        return Some(found);
    }
    match name.as_str() {
        "__class__" => Some(Value::Type(&types::TYPE)),
        "__base__" => Some(ty.bases.first().map_or(Value::None, |base| Value::Type(base))),
        "__doc__" => Some(Value::None),
        _ => type_method(ty, name)
            .or_else(|| type_method(&types::TYPE, name).map(|method| bound(method, object))),
    }
}

/// An attribute that the class or one of its bases of the program binds.
pub fn class_attribute(vm: &mut dyn Vm, class: &Rc<Class>, name: &Str) -> PyResult<Option<Value>> {
    match class.lookup(name) {
        Some(found @ (Value::Foreign(_) | Value::Instance(_))) => {
            bind_in_class(vm, found, class).map(Some)
        }
        found => Ok(found),
    }
}

/// `function.__get__(receiver, class)`
static FUNCTION_GET: Builtin = Builtin {
    name: "__get__",
    owner: Some("function"),
    signature: Signature::Positional(1, 2),
    call: |_, args| match args.positional {
        [function, Value::None, ..] => Ok(function.clone()),
        [function, receiver, ..] => Ok(bound(function.clone(), receiver)),
        _ => Ok(Value::None),
    },
};

/// `function(…)` by its long name.
static FUNCTION_CALL: Builtin = Builtin {
    name: "__call__",
    owner: Some("function"),
    signature: Signature::Free,
    call: |vm, args| match args.positional {
        [function, rest @ ..] => vm.call(function, rest, args.keywords),
        [] => Ok(Value::None),
    },
};

/// `__code__` of a function; `__doc__`, if its code has one and the program has set no other.
fn own_doc(vm: &dyn Vm, function: &Function, name: &Str) -> Option<Value> {
    if name.as_str() == "__code__" {
        return Some(crate::interpreter::traceback::code_of(&*world_of(vm).ok()?, function));
    }
    if name.as_str() != "__doc__" || function.attributes.borrow().get_str(name).is_some() {
        return None;
    }
    world_of(vm).ok()?.doc_of(function.code).map(Value::from)
}

fn of_function(object: &Value, function: &Function, name: &Str) -> Option<Value> {
    function_attribute(function, name).or_else(|| match name.as_str() {
        "__get__" => Some(bound(Value::Builtin(&FUNCTION_GET), object)),
        "__call__" => Some(bound(Value::Builtin(&FUNCTION_CALL), object)),
        _ => common(object, name),
    })
}

fn function_attribute(function: &Function, name: &Str) -> Option<Value> {
    if let Some(own) = function.attributes.borrow().get_str(name) {
        return Some(own.clone());
    }
    match name.as_str() {
        "__name__" => Some(Value::Str(function.name.clone())),
        "__qualname__" => Some(Value::Str(function.qualname.clone())),
        "__module__" => Some(Value::from("__main__")),
        "__annotations__" => Some(empty_dict()),
        "__type_params__" => Some(Value::tuple(Vec::new())),
        "__defaults__" => Some(if function.defaults.is_empty() {
            Value::None
        } else {
            Value::tuple(&function.defaults[..])
        }),
        "__kwdefaults__" => Some(if function.kw_defaults.is_empty() {
            Value::None
        } else {
            let mut table = Table::new();
            for (name, value) in &function.kw_defaults {
                table.set_str(name, value.clone());
            }
            Value::Dict(Rc::new(DictObject::new(table)))
        }),
        "__closure__" => Some(if function.closure.is_empty() {
            Value::None
        } else {
            let cells = function.closure.iter().map(|cell| Value::Cell(Rc::clone(cell)));
            Value::tuple(cells.collect::<Vec<_>>())
        }),
        _ => None,
    }
}

pub(super) fn of_builtin(object: &Value, name: &Str) -> Option<Value> {
    if let Some(method) = methods::find(object, name) {
        return Some(bound(Value::Builtin(method), object));
    }
    if let Some(found) = methods::data_attribute(object, name) {
        return Some(found);
    }
    if let Value::BoundMethod(method) = object {
        if name.as_str() == "__call__" {
            return Some(bound(Value::Builtin(&FUNCTION_CALL), object));
        }
        if let Value::Function(function) = &method.function
            && let Some(found) = function_attribute(function, name)
        {
            return Some(found);
        }
    }
    common(object, name)
}

/// What every object has.
fn common(object: &Value, name: &Str) -> Option<Value> {
    match name.as_str() {
        "__class__" => Some(Value::from(object.type_of())),
        "__doc__" => Some(Value::None),
        "__dict__" => methods::attribute_dict(object),
        text if text.starts_with("__") => methods::find_special(object, text)
            .map(|method| bound(Value::Builtin(method), object))
            .or_else(|| {
                let ty = match object.type_of() {
                    TypeRef::Class(class) => class.builtin_base(),
                    TypeRef::Builtin(ty) => ty,
                };
                match type_method(ty, text)? {
                    new @ Value::Builtin(Builtin { name: "__new__", .. }) => Some(new),
                    method => Some(bound(method, object)),
                }
            }),
        _ => None,
    }
}
