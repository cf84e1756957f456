//! The methods of builtin types as classes derived from them inherit them.

use std::rc::Rc;

use super::create::INIT_SUBCLASS;
use super::instantiate::{make, new_instance};
use crate::interpreter::builtins::{construct, is_instance, is_subclass};
use crate::interpreter::methods::{exception_method, find_in_type, find_special_in_type};
use crate::interpreter::natives::asyncio::unbound_method;
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, Builtin, Class, DictObject, PyResult, Signature, Table, TypeKind, TypeObject,
    TypeRef, Value, Vm,
};

/// The method `name` that a builtin type has of its own or from `object`; not bound.
pub(in crate::interpreter) fn type_method(ty: &'static TypeObject, name: &str) -> Option<Value> {
    let of_type = match name {
        "__new__" => Some(&NEW),
        "__init_subclass__" => Some(&INIT_SUBCLASS),
        _ if ty.kind == TypeKind::Type => TYPE_METHODS.iter().find(|method| method.name == name),
        _ => None,
    };
    of_type
        .or_else(|| match ty.kind {
            TypeKind::Exception => exception_method(ty, name),
            _ => find_in_type(ty, name),
        })
        .map(Value::Builtin)
        .or_else(|| unbound_method(ty, name))
        .or_else(|| find_special_in_type(ty, name).map(Value::Builtin))
}

/// `__new__` of every builtin type: what it makes is up to the class it is given.
static NEW: Builtin =
    Builtin { name: "__new__", owner: None, signature: Signature::Free, call: new };

fn new(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    match args.positional {
        [Value::Class(class), rest @ ..] => new_instance(vm, class, rest, args.keywords),
        [Value::Type(ty), rest @ ..] => construct(vm, ty, rest, args.keywords),
        [other, ..] => Err(type_error(format!(
            "object.__new__(X): X is not a type object ({})",
            other.type_name()
        ))),
        [] => Err(type_error("object.__new__(): not enough arguments")),
    }
}

const fn method(name: &'static str, call: crate::program::value::NativeFn) -> Builtin {
    Builtin { name, owner: Some("type"), signature: Signature::Free, call }
}

static TYPE_METHODS: &[Builtin] = &[
    method("__call__", |vm, args| match args.positional {
        [Value::Class(class), rest @ ..] => make(vm, class, rest, args.keywords),
        [Value::Type(ty), rest @ ..] => construct(vm, ty, rest, args.keywords),
        _ => Err(type_error("descriptor '__call__' of 'type' object needs an argument")),
    }),
    method("__init__", |_, _| Ok(Value::None)),
    method("__instancecheck__", |vm, args| match args.positional {
        [Value::Class(class), object] => {
            let class = TypeRef::Class(Rc::clone(class));
            Ok(Value::Bool(object.type_of().is_subtype_of(&class)))
        }
        [class, object] => is_instance(vm, object, class).map(Value::Bool),
        _ => Err(type_error("type.__instancecheck__() takes exactly one argument")),
    }),
    method("__subclasscheck__", |vm, args| match args.positional {
        [Value::Class(class), Value::Class(object)] => {
            let class = TypeRef::Class(Rc::clone(class));
            Ok(Value::Bool(TypeRef::Class(Rc::clone(object)).is_subtype_of(&class)))
        }
        [class, object] => is_subclass(vm, object, class).map(Value::Bool),
        _ => Err(type_error("type.__subclasscheck__() takes exactly one argument")),
    }),
    method("__prepare__", |_, _| Ok(Value::Dict(Rc::new(DictObject::new(Table::new()))))),
    method("__subclasses__", |_, args| match args.positional {
        [Value::Class(class)] => Ok(subclasses(class)),
        _ => Ok(Value::list(Vec::new())),
    }),
    method("mro", |_, args| match args.positional {
        [Value::Class(class)] => Ok(mro(&TypeRef::Class(Rc::clone(class)))),
        [Value::Type(ty)] => Ok(mro(&TypeRef::Builtin(ty))),
        _ => Err(type_error("unbound method type.mro() needs an argument")),
    }),
];

fn subclasses(class: &Class) -> Value {
    let known = class.subclasses.borrow();
    Value::list(known.iter().filter_map(|class| Some(Value::Class(class.upgrade()?))).collect())
}

fn mro(ty: &TypeRef) -> Value {
    Value::list(super::full_mro(ty).into_iter().map(Value::from).collect())
}
