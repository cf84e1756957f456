//! The names of an object's attributes.

use std::collections::BTreeSet;

use crate::interpreter::classes::full_mro;
use crate::interpreter::methods;
use crate::interpreter::natives::asyncio::type_methods;
use crate::interpreter::ops::{self, Special};
use crate::program::exception::type_error;
use crate::program::value::{Arguments, PyResult, Str, TypeKind, TypeRef, Value, Vm};

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
    let object = &args.positional[0];
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
        Value::Class(class) => TypeRef::Class(std::rc::Rc::clone(class)),
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

/// What `vars()` without an argument would be is refused by the compiler; here is the rest.
pub(super) fn vars(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    methods::attribute_dict(&args.positional[0])
        .ok_or_else(|| type_error("vars() argument must have __dict__ attribute"))
}
