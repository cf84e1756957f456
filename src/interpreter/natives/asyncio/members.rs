//! The methods of asyncio's types, seen from the types: `asyncio.Lock.acquire`.

use std::any::Any;
use std::rc::Rc;

use super::sync::TYPES as PRIMITIVES;
use super::{future, handle, loop_object, runner, task_group, timeout};
use crate::interpreter::ops;
use crate::program::exception::{ATTRIBUTE_ERROR, raise, type_error};
use crate::program::value::{
    BoundMethod, Class, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind,
    TypeObject, TypeRef, Value, Vm,
};

const LOCK: &[&str] = &["__aenter__", "__aexit__", "acquire", "locked", "release"];
const QUEUE: &[&str] = &[
    "empty",
    "full",
    "get",
    "get_nowait",
    "join",
    "put",
    "put_nowait",
    "qsize",
    "shutdown",
    "task_done",
];

/// What the primitives have, by name of the type.
const OF_PRIMITIVES: &[(&str, &[&str])] = &[
    ("Barrier", &["__aenter__", "__aexit__", "abort", "reset", "wait"]),
    ("BoundedSemaphore", LOCK),
    (
        "Condition",
        &[
            "__aenter__",
            "__aexit__",
            "acquire",
            "locked",
            "notify",
            "notify_all",
            "release",
            "wait",
            "wait_for",
        ],
    ),
    ("Event", &["clear", "is_set", "set", "wait"]),
    ("LifoQueue", QUEUE),
    ("Lock", LOCK),
    ("PriorityQueue", QUEUE),
    ("Queue", QUEUE),
    ("Semaphore", LOCK),
];

/// The other types, and what they have.
static OTHERS: &[(&TypeObject, &[&str])] = &[
    (&future::FUTURE_TYPE, future::METHODS),
    (&future::TASK_TYPE, future::TASK_METHODS),
    (&handle::HANDLE_TYPE, handle::METHODS),
    (&handle::TIMER_HANDLE_TYPE, &["when"]),
    (&loop_object::ABSTRACT_LOOP_TYPE, loop_object::METHODS),
    (&runner::RUNNER_TYPE, runner::METHODS),
    (&task_group::TASK_GROUP_TYPE, task_group::METHODS),
    (&timeout::TIMEOUT_TYPE, timeout::METHODS),
];

/// The names of the methods that a type of asyncio has of its own.
pub(in crate::interpreter) fn methods(ty: &TypeObject) -> &'static [&'static str] {
    if !ty.module.contains("asyncio") {
        return &[];
    }
    if let Some((_, methods)) = OTHERS.iter().find(|(known, _)| *known == ty) {
        return methods;
    }
    if !PRIMITIVES.contains(&ty) {
        return &[];
    }
    let found = OF_PRIMITIVES.iter().find(|(name, _)| *name == ty.name);
    found.map_or(&[], |(_, methods)| *methods)
}

/// The method of that name of a type of asyncio; not bound.
pub(in crate::interpreter) fn unbound(ty: &'static TypeObject, name: &str) -> Option<Value> {
    let own = methods(ty).iter().find(|known| **known == name);
    let Some(known) = own else { return ty.bases.iter().find_map(|base| unbound(base, name)) };
    let method = Method { ty, name: known };
    Some(Value::Foreign(Rc::new(Foreign::new(Box::new(method)))))
}

static METHOD_TYPE: TypeObject = TypeObject {
    name: "function",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

#[derive(Debug)]
struct Method {
    ty: &'static TypeObject,
    name: &'static str,
}

impl Method {
    fn call(
        &self,
        vm: &mut dyn Vm,
        receiver: &Value,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Value> {
        let name = Str::from(self.name);
        if !receiver.type_of().is_subtype_of(&TypeRef::Builtin(self.ty)) {
            let (name, ty, other) = (self.name, self.ty.name, receiver.type_name());
            let error = format!(
                "descriptor '{name}' for '{ty}' objects doesn't apply to a '{other}' object"
            );
            return Err(type_error(error));
        }
        let object = ops::payload(receiver).unwrap_or(receiver);
        let found = match object {
            Value::Foreign(foreign) => {
                foreign.object.call_method(vm, object, &name, args, kwargs)?
            }
            // One that is derived from the likeness in Python: what that itself does.
            Value::Instance(instance) => {
                let own = instance.class.mro.iter().rev().find_map(|base| match base {
                    TypeRef::Class(class) => class.attributes.borrow().get_str(&name).cloned(),
                    TypeRef::Builtin(_) => None,
                });
                match own {
                    Some(function) => {
                        let all: Vec<Value> =
                            std::iter::once(receiver).chain(args).cloned().collect();
                        Some(vm.call(&function, &all, kwargs)?)
                    }
                    None => None,
                }
            }
            _ => None,
        };
        found.ok_or_else(|| {
            let error = format!("'{}' object has no attribute '{name}'", receiver.type_name());
            raise(&ATTRIBUTE_ERROR, error)
        })
    }
}

impl ForeignObject for Method {
    fn type_object(&self) -> &'static TypeObject {
        &METHOD_TYPE
    }

    fn repr_as(&self, _vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let at = crate::interpreter::text::pretended_address(this);
        Ok(Some(Str::from(format!("<function {}.{} at {at}>", self.ty.name, self.name))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "__name__" => Some(Value::from(self.name)),
            "__qualname__" => Some(Value::from(format!("{}.{}", self.ty.name, self.name))),
            "__module__" => Some(Value::from(self.ty.module)),
            _ => None,
        })
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        if name.as_str() != "__call__" {
            return Ok(None);
        }
        let [receiver, rest @ ..] = args else {
            let (ty, name) = (self.ty.name, self.name);
            let error = format!("{ty}.{name}() missing 1 required positional argument: 'self'");
            return Err(type_error(error));
        };
        self.call(vm, receiver, rest, kwargs).map(Some)
    }

    fn has_method(&self, name: &str) -> bool {
        name == "__call__"
    }

    fn bind(
        &self,
        _vm: &mut dyn Vm,
        receiver: Option<&Value>,
        _class: Option<&Rc<Class>>,
    ) -> PyResult<Option<Value>> {
        let Some(receiver) = receiver else { return Ok(None) };
        let object = ops::payload(receiver).unwrap_or(receiver);
        let function = Value::from(self.name);
        let method = BoundMethod { function, receiver: object.clone() };
        Ok(Some(Value::BoundMethod(Rc::new(method))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
