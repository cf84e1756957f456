use std::any::Any;
use std::rc::Rc;

use crate::interpreter::ops::{self, Special};
use crate::interpreter::text;
use crate::program::exception::type_error;
use crate::program::value::{
    Foreign, ForeignObject, OBJECT, PyResult, Str, TypeKind, TypeObject, TypeRef, Value, Vm,
};

/// The type of `int | str`.
static UNION: TypeObject = TypeObject {
    name: "Union",
    module: "typing",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// `int | str`.
#[derive(Debug)]
struct Union(Vec<Value>);

impl ForeignObject for Union {
    fn type_object(&self) -> &'static TypeObject {
        &UNION
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let mut out = String::new();
        for (at, member) in self.0.iter().enumerate() {
            if at > 0 {
                out.push_str(" | ");
            }
            match member {
                Value::Type(ty) => out.push_str(&text::qualified(&TypeRef::Builtin(ty))),
                Value::Class(class) => {
                    out.push_str(&text::qualified(&TypeRef::Class(Rc::clone(class))));
                }
                other => text::repr_text(vm, &mut out, other)?,
            }
        }
        Ok(Some(Str::from(out)))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What `object()` gives.
#[derive(Debug)]
struct Plain;

impl ForeignObject for Plain {
    fn type_object(&self) -> &'static TypeObject {
        &OBJECT
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A new object without any properties.
pub(super) fn plain_object() -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(Plain))))
}

fn members(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Type(_) | Value::Class(_) | Value::None => Some(vec![value.clone()]),
        Value::Foreign(foreign) => {
            foreign.object.as_any().downcast_ref::<Union>().map(|union| union.0.clone())
        }
        _ => None,
    }
}

/// `a | b` of types; `None` if they are none.
pub(in crate::interpreter) fn type_union(a: &Value, b: &Value) -> Option<Value> {
    if let (Value::None, Value::None) = (a, b) {
        return None;
    }
    let mut all = members(a)?;
    for member in members(b)? {
        if !all.iter().any(|known| known.is(&member)) {
            all.push(member);
        }
    }
    if let [only] = &all[..] {
        return Some(only.clone());
    }
    Some(Value::Foreign(Rc::new(Foreign::new(Box::new(Union(all))))))
}

fn type_ref(value: &Value) -> Option<TypeRef> {
    match value {
        Value::Type(ty) => Some(TypeRef::Builtin(ty)),
        Value::Class(class) => Some(TypeRef::Class(Rc::clone(class))),
        Value::None => Some(TypeRef::Builtin(&crate::program::value::types::NONE_TYPE)),
        _ => None,
    }
}

/// The types that a type or a (nested) tuple of types stands for; `None` if something else is
/// among them.
pub fn class_info(value: &Value) -> Option<Vec<TypeRef>> {
    match value {
        Value::Type(_) | Value::Class(_) => type_ref(value).map(|ty| vec![ty]),
        Value::Tuple(items) => {
            let mut all = Vec::new();
            for item in items.iter() {
                all.extend(class_info(item)?);
            }
            Some(all)
        }
        Value::Foreign(_) => members(value)?.iter().map(type_ref).collect(),
        _ => None,
    }
}

/// Whether `ty` is derived from one of the types that `info` stands for.
fn matches(
    vm: &mut dyn Vm,
    ty: &TypeRef,
    object: &Value,
    info: &Value,
    special: Special,
    error: &'static str,
) -> PyResult<bool> {
    match info {
        Value::Type(ancestor) => Ok(ty.is_subtype_of(&TypeRef::Builtin(ancestor))),
        Value::Class(ancestor) => {
            let wanted = TypeRef::Class(Rc::clone(ancestor));
            if *ty != wanted
                && ancestor.metaclass.is_some()
                && let Some(result) =
                    ops::call_special(vm, info, special, std::slice::from_ref(object))?
            {
                return ops::truth(vm, &result);
            }
            Ok(ty.is_subtype_of(&wanted))
        }
        Value::Tuple(items) => {
            vm.enter(" in __instancecheck__")?;
            let mut result = Ok(false);
            for item in items.iter() {
                result = matches(vm, ty, object, item, special, error);
                if !matches!(result, Ok(false)) {
                    break;
                }
            }
            vm.leave();
            result
        }
        Value::Foreign(_) => match class_info(info) {
            Some(types) => Ok(types.iter().any(|ancestor| ty.is_subtype_of(ancestor))),
            None => Err(type_error(error)),
        },
        Value::Instance(_) => {
            match ops::call_special(vm, info, special, std::slice::from_ref(object))? {
                Some(result) => ops::truth(vm, &result),
                None => Err(type_error(error)),
            }
        }
        _ => Err(type_error(error)),
    }
}

/// `isinstance(object, info)`.
pub fn is_instance(vm: &mut dyn Vm, object: &Value, info: &Value) -> PyResult<bool> {
    let error = "isinstance() arg 2 must be a type, a tuple of types, or a union";
    matches(vm, &object.type_of(), object, info, Special::InstanceCheck, error)
}

/// `issubclass(class, info)`.
pub fn is_subclass(vm: &mut dyn Vm, class: &Value, info: &Value) -> PyResult<bool> {
    let Some(ty) = type_ref(class).filter(|_| !matches!(class, Value::None)) else {
        return Err(type_error("issubclass() arg 1 must be a class"));
    };
    let error = "issubclass() arg 2 must be a class, a tuple of classes, or a union";
    matches(vm, &ty, class, info, Special::SubclassCheck, error)
}
