use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::interpreter::builtins::bind_keywords;
use crate::interpreter::ops;
use crate::program::exception::{ATTRIBUTE_ERROR, raise};
use crate::program::value::{
    Arguments, Class, Foreign, ForeignObject, Function, Keywords, OBJECT, PyResult, Stop, Str,
    TypeKind, TypeObject, TypeRef, Value, Vm,
};

/// `property`.
pub(in crate::interpreter) static PROPERTY: TypeObject = TypeObject {
    name: "property",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

fn construct(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["fget", "fset", "fdel", "doc"];
    let [get, set, delete, doc] =
        bind_keywords("property", names, 4, 0, args.positional, args.keywords)?;
    let given = |value: Option<Value>| value.filter(|value| !matches!(value, Value::None));
    let property = Property {
        get: given(get),
        set: given(set),
        delete: given(delete),
        doc: given(doc),
        name: RefCell::default(),
    };
    Ok(property.into_value())
}

/// An attribute that is computed.
#[derive(Clone, Debug)]
struct Property {
    get: Option<Value>,
    set: Option<Value>,
    delete: Option<Value>,
    doc: Option<Value>,
    name: RefCell<Option<Str>>,
}

/// The getter of a property, if it is a function of the program.
pub(in crate::interpreter) fn getter_of(value: &Value) -> Option<Rc<Function>> {
    let Value::Foreign(foreign) = value else { return None };
    match &foreign.object.as_any().downcast_ref::<Property>()?.get {
        Some(Value::Function(function)) => Some(Rc::clone(function)),
        _ => None,
    }
}

impl Property {
    fn into_value(self) -> Value {
        Value::Foreign(Rc::new(Foreign::new(Box::new(self))))
    }

    #[cold]
    fn lacks(&self, what: &str, receiver: &Value) -> Stop {
        let ty = match receiver.type_of() {
            TypeRef::Class(class) => class.qualname.clone(),
            TypeRef::Builtin(ty) => Str::from(ty.name),
        };
        let name = self.name.borrow();
        let name = name.as_ref().map_or_else(String::new, |name| format!(" '{name}'"));
        raise(&ATTRIBUTE_ERROR, format!("property{name} of '{ty}' object has no {what}"))
    }

    fn read(&self, vm: &mut dyn Vm, receiver: &Value) -> PyResult<Value> {
        match &self.get {
            Some(get) => vm.call(get, std::slice::from_ref(receiver), &[]),
            None => Err(self.lacks("getter", receiver)),
        }
    }
}

impl ForeignObject for Property {
    fn type_object(&self) -> &'static TypeObject {
        &PROPERTY
    }

    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let or_none = |value: &Option<Value>| Some(value.clone().unwrap_or(Value::None));
        Ok(match name.as_str() {
            "fget" => or_none(&self.get),
            "fset" => or_none(&self.set),
            "fdel" => or_none(&self.delete),
            "__doc__" if self.doc.is_some() => self.doc.clone(),
            "__doc__" | "__isabstractmethod__" => match &self.get {
                Some(get) => ops::find_attribute(vm, get, name)?,
                None => None,
            },
            "__name__" => self.name.borrow().clone().map(Value::Str),
            _ => None,
        })
    }

    fn has_method(&self, name: &str) -> bool {
        matches!(name, "getter" | "setter" | "deleter" | "__get__" | "__set__" | "__delete__")
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _: &Value,
        name: &Str,
        args: &[Value],
        _: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let mut new = self.clone();
        match (name.as_str(), args) {
            ("getter", [function]) => new.get = Some(function.clone()),
            ("setter", [function]) => new.set = Some(function.clone()),
            ("deleter", [function]) => new.delete = Some(function.clone()),
            ("__get__", [receiver, ..]) => return self.read(vm, receiver).map(Some),
            ("__set__", [receiver, value]) => {
                self.bind_set(vm, receiver, name, Some(value.clone()))?;
                return Ok(Some(Value::None));
            }
            ("__delete__", [receiver]) => {
                self.bind_set(vm, receiver, name, None)?;
                return Ok(Some(Value::None));
            }
            _ => return Ok(None),
        }
        Ok(Some(new.into_value()))
    }

    fn bind(
        &self,
        vm: &mut dyn Vm,
        receiver: Option<&Value>,
        _: Option<&Rc<Class>>,
    ) -> PyResult<Option<Value>> {
        match receiver {
            Some(receiver) => self.read(vm, receiver).map(Some),
            None => Ok(None),
        }
    }

    fn is_data_descriptor(&self) -> bool {
        true
    }

    fn bind_set(
        &self,
        vm: &mut dyn Vm,
        receiver: &Value,
        _: &Str,
        value: Option<Value>,
    ) -> PyResult<()> {
        let done = match (value, &self.set, &self.delete) {
            (Some(value), Some(set), _) => vm.call(set, &[receiver.clone(), value], &[]),
            (Some(_), None, _) => Err(self.lacks("setter", receiver)),
            (None, _, Some(delete)) => vm.call(delete, std::slice::from_ref(receiver), &[]),
            (None, _, None) => Err(self.lacks("deleter", receiver)),
        };
        done.map(|_| ())
    }

    fn set_name(&self, _: &mut dyn Vm, _: &Value, name: &Str) -> PyResult<()> {
        *self.name.borrow_mut() = Some(name.clone());
        Ok(())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
