//! `classmethod` and `staticmethod`.

use std::any::Any;
use std::rc::Rc;

use crate::interpreter::builtins::check_count;
use crate::interpreter::ops;
use crate::interpreter::text;
use crate::program::value::{
    Arguments, BoundMethod, Class, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str,
    TypeKind, TypeObject, Value, Vm,
};

/// `classmethod`.
pub(in crate::interpreter) static CLASS_METHOD: TypeObject = TypeObject {
    name: "classmethod",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(|_, args| {
        check_count("classmethod", args.positional.len(), 1, 1)?;
        Ok(class_method(first(args)))
    }),
};

/// `staticmethod`.
pub(in crate::interpreter) static STATIC_METHOD: TypeObject = TypeObject {
    name: "staticmethod",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(|_, args| {
        check_count("staticmethod", args.positional.len(), 1, 1)?;
        Ok(static_method(first(args)))
    }),
};

fn first(args: Arguments<'_>) -> Value {
    args.positional.first().cloned().unwrap_or(Value::None)
}

/// `classmethod(function)`
pub(super) fn class_method(function: Value) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(Wrapper { function, is_static: false }))))
}

/// `staticmethod(function)`
pub(super) fn static_method(function: Value) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(Wrapper { function, is_static: true }))))
}

/// The function in a `staticmethod` or `classmethod`, or the value itself.
pub(in crate::interpreter) fn unwrap(value: Value) -> Value {
    match &value {
        Value::Foreign(foreign) => match foreign.object.as_any().downcast_ref::<Wrapper>() {
            Some(wrapper) => wrapper.function.clone(),
            None => value,
        },
        _ => value,
    }
}

/// A function that is bound to the class, or to nothing.
#[derive(Debug)]
struct Wrapper {
    function: Value,
    is_static: bool,
}

impl ForeignObject for Wrapper {
    fn type_object(&self) -> &'static TypeObject {
        if self.is_static { &STATIC_METHOD } else { &CLASS_METHOD }
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let function = text::repr(vm, &self.function)?;
        Ok(Some(Str::from(format!("<{}({function})>", self.type_object().name))))
    }

    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        match name.as_str() {
            "__func__" | "__wrapped__" => Ok(Some(self.function.clone())),
            "__name__" | "__qualname__" | "__doc__" | "__module__" | "__isabstractmethod__" => {
                ops::find_attribute(vm, &self.function, name)
            }
            _ => Ok(None),
        }
    }

    fn has_method(&self, name: &str) -> bool {
        name == "__get__" || self.is_static && name == "__call__"
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        match (name.as_str(), args) {
            ("__call__", _) if self.is_static => vm.call(&self.function, args, kwargs).map(Some),
            ("__get__", [receiver, rest @ ..]) => match rest {
                [Value::Class(class), ..] => self.bind(vm, Some(receiver), Some(class)),
                _ => self.bind(vm, Some(receiver), None),
            },
            _ => Ok(None),
        }
    }

    fn bind(
        &self,
        _: &mut dyn Vm,
        receiver: Option<&Value>,
        class: Option<&Rc<Class>>,
    ) -> PyResult<Option<Value>> {
        if self.is_static {
            return Ok(Some(self.function.clone()));
        }
        let receiver = match (class, receiver) {
            (Some(class), _) => Value::Class(Rc::clone(class)),
            (None, Some(receiver)) => Value::from(receiver.type_of()),
            (None, None) => return Ok(None),
        };
        let function = self.function.clone();
        Ok(Some(Value::BoundMethod(Rc::new(BoundMethod { function, receiver }))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
