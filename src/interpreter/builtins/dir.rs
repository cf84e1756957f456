//! The names of an object's attributes.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::interpreter::classes::full_mro;
use crate::interpreter::methods;
use crate::interpreter::natives::asyncio::type_methods;
use crate::interpreter::ops::{self, Special};
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, DictObject, PyResult, Str, Table, TypeKind, TypeRef, Value, Vm,
};

/// What every object has, as `dir(object())` of `CPython` 3.14 says.
const OF_OBJECT: &[&str] = &[
    "__class__",
    "__delattr__",
    "__dir__",
    "__doc__",
    "__eq__",
    "__format__",
    "__ge__",
    "__getattribute__",
    "__getstate__",
    "__gt__",
    "__hash__",
    "__init__",
    "__init_subclass__",
    "__le__",
    "__lt__",
    "__ne__",
    "__new__",
    "__reduce__",
    "__reduce_ex__",
    "__repr__",
    "__setattr__",
    "__sizeof__",
    "__str__",
    "__subclasshook__",
];

const OF_CLASS: &[&str] =
    &["__dict__", "__firstlineno__", "__module__", "__static_attributes__", "__weakref__"];

const OF_EXCEPTION: &[&str] = &[
    "__cause__",
    "__context__",
    "__dict__",
    "__setstate__",
    "__suppress_context__",
    "__traceback__",
    "add_note",
    "args",
    "with_traceback",
];

/// `dir(object)`.
pub(super) fn dir(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Some(object) = args.positional.first() else {
        let mut names: Vec<Str> =
            vm.asked().scope.locals.into_iter().map(|(name, _)| name).collect();
        names.sort();
        return Ok(Value::list(names.into_iter().map(Value::Str).collect()));
    };
    if let Some(own) = ops::call_special(vm, object, Special::Dir, &[])? {
        let mut names = ops::collect(vm, &own)?;
        super::sort_values(vm, &mut names, None, false)?;
        return Ok(Value::list(names));
    }
    Ok(Value::list(names(object).into_iter().map(Value::Str).collect()))
}

/// The names of the attributes of an object, sorted.
#[expect(clippy::mutable_key_type, reason = "what can change of a text does not order it")]
pub(in crate::interpreter) fn names(object: &Value) -> Vec<Str> {
    let mut names: BTreeSet<Str> = OF_OBJECT.iter().map(|name| Str::from(*name)).collect();
    let mut add_table = |value: Option<Value>| {
        if let Some(Value::Dict(dict)) = value {
            names.extend(dict.borrow().iter().filter_map(|entry| match &entry.key {
                Value::Str(name) => Some(name.clone()),
                _ => None,
            }));
        }
    };
    let ty = match object {
        Value::Class(class) => TypeRef::Class(Rc::clone(class)),
        Value::Type(ty) => TypeRef::Builtin(ty),
        other => {
            add_table(methods::attribute_dict(other));
            other.type_of()
        }
    };
    for ty in full_mro(&ty) {
        match ty {
            TypeRef::Class(class) => {
                names.extend(OF_CLASS.iter().map(|name| Str::from(*name)));
                names.extend(class.attributes.borrow().iter().filter_map(
                    |entry| match &entry.key {
                        Value::Str(name) => Some(name.clone()),
                        _ => None,
                    },
                ));
            }
            TypeRef::Builtin(ty) => {
                if ty.kind == TypeKind::Exception {
                    names.extend(OF_EXCEPTION.iter().map(|name| Str::from(*name)));
                }
                names.extend(methods::names_in_type(ty).map(Str::from));
                names.extend(type_methods(ty).iter().map(|name| Str::from(*name)));
            }
        }
    }
    names.into_iter().collect()
}

/// `globals()`: a dict of its own, since Python's variables are not in one here.
pub(super) fn globals(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let variables = vm.asked().scope.globals;
    Ok(dict_of(variables))
}

/// `locals()`: a dict of its own, as in a function of `CPython` since 3.13.
pub(super) fn locals(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let variables = vm.asked().scope.locals;
    Ok(dict_of(variables))
}

fn dict_of(variables: Vec<(Str, Value)>) -> Value {
    let mut table = Table::new();
    for (name, value) in variables {
        table.set_str(&name, value);
    }
    Value::Dict(Rc::new(DictObject::new(table)))
}

/// `vars(object)`; without one it is `locals()`.
pub(super) fn vars(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Some(object) = args.positional.first() else { return locals(vm, args) };
    methods::attribute_dict(object)
        .ok_or_else(|| type_error("vars() argument must have __dict__ attribute"))
}
