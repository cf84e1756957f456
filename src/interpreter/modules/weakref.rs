//! The part of `weakref` that is not written in Python: references that do not keep alive.

use std::any::Any;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::{Native, function};
use crate::interpreter::ops;
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, Builtin, Class, Foreign, ForeignObject, Function, GeneratorObject, Instance,
    Keywords, OBJECT, PyResult, Signature::One, Str, TypeKind, TypeObject, Value, Vm,
};

pub(super) static MODULE: Native = Native { name: "_weakref", functions: &[FUNCTIONS], others };

static FUNCTIONS: &[Builtin] = &[function("can_refer", One, |_, args| {
    Ok(Value::Bool(Target::of(&args.positional[0]).is_some()))
})];

fn others() -> Vec<(&'static str, Value)> {
    vec![("ref", Value::Type(&REF_TYPE))]
}

static REF_TYPE: TypeObject = TypeObject {
    name: "ReferenceType",
    module: "weakref",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(new_ref),
};

/// What is referred to.
#[derive(Debug)]
enum Target {
    Instance(Weak<Instance>),
    Function(Weak<Function>),
    Class(Weak<Class>),
    Generator(Weak<GeneratorObject>),
    Foreign(Weak<Foreign>),
}

impl Target {
    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Instance(instance) => Self::Instance(Rc::downgrade(instance)),
            Value::Function(function) => Self::Function(Rc::downgrade(function)),
            Value::Class(class) => Self::Class(Rc::downgrade(class)),
            Value::Generator(generator) => Self::Generator(Rc::downgrade(generator)),
            Value::Foreign(foreign) => Self::Foreign(Rc::downgrade(foreign)),
            _ => return None,
        })
    }

    fn get(&self) -> Option<Value> {
        Some(match self {
            Self::Instance(target) => Value::Instance(target.upgrade()?),
            Self::Function(target) => Value::Function(target.upgrade()?),
            Self::Class(target) => Value::Class(target.upgrade()?),
            Self::Generator(target) => Value::Generator(target.upgrade()?),
            Self::Foreign(target) => Value::Foreign(target.upgrade()?),
        })
    }
}

/// `weakref.ref(object)`. What it refers to is gone once nothing else holds it; a callback is not
/// called at that moment, which is why there can be none.
#[derive(Debug)]
struct Reference {
    target: Target,
    hash: RefCell<Option<i64>>,
    shown: String,
}

fn new_ref(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let Some(object) = args.positional.first() else {
        return Err(type_error("__new__ expected at least 1 argument, got 0"));
    };
    let Some(target) = Target::of(object) else {
        return Err(type_error(format!(
            "cannot create weak reference to '{}' object",
            object.type_name()
        )));
    };
    if args.positional.get(1).is_some_and(|callback| !matches!(callback, Value::None)) {
        let message = "a weak reference has no callback here; look whether it is dead instead";
        return Err(crate::program::exception::raise(
            &crate::program::exception::NOT_IMPLEMENTED_ERROR,
            message,
        ));
    }
    let hash = RefCell::new(ops::hash(vm, object).ok());
    let shown = format!("'{}'", object.type_name());
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(Reference { target, hash, shown })))))
}

impl ForeignObject for Reference {
    fn type_object(&self) -> &'static TypeObject {
        &REF_TYPE
    }

    fn repr(&self, _: &mut dyn Vm) -> PyResult<Option<Str>> {
        let state = match self.target.get() {
            Some(_) => format!("to {}", self.shown),
            None => "dead".to_owned(),
        };
        Ok(Some(Str::from(format!("<weakref at 0x7f0000000000; {state}>"))))
    }

    fn call_method(
        &self,
        _: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        _args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok((name.as_str() == "__call__").then(|| self.target.get().unwrap_or(Value::None)))
    }

    fn has_method(&self, name: &str) -> bool {
        name == "__call__"
    }

    fn equals(&self, other: &Value) -> Option<bool> {
        let Value::Foreign(foreign) = other else { return Some(false) };
        let other = foreign.object.as_any().downcast_ref::<Self>()?;
        match (self.target.get(), other.target.get()) {
            (Some(own), Some(other)) => Some(own.is(&other)),
            _ => None,
        }
    }

    fn hash(&self) -> Option<i64> {
        *self.hash.borrow()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
