//! `super()`.

use std::any::Any;
use std::rc::Rc;

use super::methods::type_method;
use crate::interpreter::ops;
use crate::interpreter::text;
use crate::program::exception::{RUNTIME_ERROR, raise, type_error};
use crate::program::value::{
    Arguments, BoundMethod, Builtin, Foreign, ForeignObject, Function, Keywords, OBJECT, PyResult,
    Str, TypeKind, TypeObject, TypeRef, Value, Vm,
};

/// `super`.
pub(in crate::interpreter) static SUPER: TypeObject = TypeObject {
    name: "super",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

/// `super(class, receiver)`. The compiler gives both where they are not written.
fn construct(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (start, receiver) = match args.positional {
        [start, receiver] => (start, receiver),
        [] => return Err(raise(&RUNTIME_ERROR, "super(): no arguments")),
        [_] => return Err(raise(&RUNTIME_ERROR, "super(): one argument is not supported")),
        more => {
            let error = format!("super() expected at most 2 arguments, got {}", more.len());
            return Err(type_error(error));
        }
    };
    let start = match start {
        Value::Class(class) => TypeRef::Class(Rc::clone(class)),
        Value::Type(ty) => TypeRef::Builtin(ty),
        other => {
            let error = format!("super() argument 1 must be a type, not {}", other.type_name());
            return Err(type_error(error));
        }
    };
    let as_type = match receiver {
        Value::Class(class) => Some(TypeRef::Class(Rc::clone(class))),
        Value::Type(ty) => Some(TypeRef::Builtin(ty)),
        _ => None,
    };
    let (ty, as_class) = match as_type {
        Some(ty) if ty.is_subtype_of(&start) => (ty, true),
        _ => (receiver.type_of(), false),
    };
    if !ty.is_subtype_of(&start) {
        return Err(type_error(format!(
            "super(type, obj): obj ({} {}) is not an instance or subtype of type ({}).",
            if as_class { "type" } else { "instance of" },
            ty.name(),
            start.name()
        )));
    }
    let object = Super { start, ty, receiver: receiver.clone(), as_class };
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(object)))))
}

/// The attributes of an object, from a place in the order of its bases on.
#[derive(Debug)]
struct Super {
    start: TypeRef,
    ty: TypeRef,
    receiver: Value,
    as_class: bool,
}

/// The attribute that the bases behind `start` have; not bound.
fn find(ty: &TypeRef, start: &TypeRef, name: &Str) -> Option<Value> {
    let class = match ty {
        TypeRef::Class(class) => class,
        TypeRef::Builtin(ty) => {
            let mro = super::builtin_mro(ty);
            let from = mro.iter().position(|base| TypeRef::Builtin(base) == *start)? + 1;
            return mro[from..].iter().find_map(|base| type_method(base, name));
        }
    };
    let from = if ty == start {
        0
    } else {
        class.mro.iter().position(|base| base == start).map_or(class.mro.len(), |at| at + 1)
    };
    class.mro[from..].iter().find_map(|base| match base {
        TypeRef::Class(class) => class.attributes.borrow().get_str(name).cloned(),
        TypeRef::Builtin(ty) => type_method(ty, name),
    })
}

/// The function that a call of a method of `super()` runs, and what it is called on, if that is
/// certain.
pub(in crate::interpreter) fn method_of_super(
    foreign: &Foreign,
    name: &Str,
) -> Option<(Rc<Function>, Value)> {
    let object = foreign.object.as_any().downcast_ref::<Super>()?;
    if object.as_class {
        return None;
    }
    match find(&object.ty, &object.start, name)? {
        Value::Function(function) => Some((function, object.receiver.clone())),
        _ => None,
    }
}

/// An attribute of a class from the bases behind `start`, bound to that class.
pub(super) fn inherited(
    vm: &mut dyn Vm,
    ty: &TypeRef,
    start: &TypeRef,
    receiver: &Value,
    name: &Str,
) -> PyResult<Option<Value>> {
    match find(ty, start, name) {
        Some(found) => bind_to_class(vm, found, receiver).map(Some),
        None => Ok(None),
    }
}

fn bound(function: Value, receiver: &Value) -> Value {
    Value::BoundMethod(Rc::new(BoundMethod { function, receiver: receiver.clone() }))
}

fn bind_to_class(vm: &mut dyn Vm, found: Value, receiver: &Value) -> PyResult<Value> {
    match &found {
        Value::Builtin(Builtin { name: "__init_subclass__", .. }) => Ok(bound(found, receiver)),
        Value::Foreign(_) | Value::Instance(_) => match receiver {
            Value::Class(class) => ops::bind_in_class(vm, found, class),
            _ => Ok(found),
        },
        _ => Ok(found),
    }
}

impl Super {
    fn get(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let Some(found) = find(&self.ty, &self.start, name) else {
            return Ok(self.of_payload(name));
        };
        if self.as_class {
            return bind_to_class(vm, found, &self.receiver).map(Some);
        }
        match &found {
            Value::Builtin(Builtin { name: "__new__", .. }) => Ok(Some(found)),
            Value::Builtin(_) => Ok(Some(bound(found, &self.receiver))),
            _ => ops::bind(vm, found, &self.receiver).map(Some),
        }
    }

    /// A method of a library's object that the instance extends.
    fn of_payload(&self, name: &Str) -> Option<Value> {
        let payload = ops::payload(&self.receiver)?;
        match payload {
            Value::Foreign(foreign) if foreign.object.has_method(name) => {
                Some(bound(Value::Str(name.clone()), payload))
            }
            _ => None,
        }
    }
}

impl ForeignObject for Super {
    fn type_object(&self) -> &'static TypeObject {
        &SUPER
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let start = text::repr(vm, &Value::from(self.start.clone()))?;
        let name = self.ty.name();
        Ok(Some(Str::from(format!("<super: {start}, <{name} object>>"))))
    }

    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        match name.as_str() {
            "__class__" => Ok(Some(Value::Type(&SUPER))),
            "__thisclass__" => Ok(Some(Value::from(self.start.clone()))),
            "__self__" => Ok(Some(self.receiver.clone())),
            "__self_class__" => Ok(Some(Value::from(self.ty.clone()))),
            _ => self.get(vm, name),
        }
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        if name.starts_with("__") && !self.knows(name) {
            return Ok(None);
        }
        if !self.as_class
            && let Some(function @ Value::Function(_)) = find(&self.ty, &self.start, name)
        {
            let mut all = Vec::with_capacity(args.len() + 1);
            all.push(self.receiver.clone());
            all.extend_from_slice(args);
            return vm.call(&function, &all, kwargs).map(Some);
        }
        match self.get(vm, name)? {
            Some(method) => vm.call(&method, args, kwargs).map(Some),
            None => Ok(None),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Super {
    fn knows(&self, name: &Str) -> bool {
        find(&self.ty, &self.start, name).is_some()
    }
}
