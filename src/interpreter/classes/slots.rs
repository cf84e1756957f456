//! `__slots__`: attributes that instances have a place for.

use std::any::Any;
use std::rc::Rc;

use crate::interpreter::ops;
use crate::program::exception::{ATTRIBUTE_ERROR, raise, type_error, value_error};
use crate::program::value::{
    Class, Foreign, ForeignObject, OBJECT, PyResult, Stop, Str, Table, TypeKind, TypeObject, Value,
    Vm,
};

static MEMBER: TypeObject = TypeObject {
    name: "member_descriptor",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// What a class says about slots.
pub(super) enum Slots {
    /// Nothing.
    None,
    /// It names them; `__dict__` may be one.
    Named { dict: bool },
}

/// Reads `__slots__` and puts a member for each into the attributes.
pub(super) fn read(vm: &mut dyn Vm, attributes: &mut Table<Value>, class: &Str) -> PyResult<Slots> {
    let Some(slots) = attributes.get_str(&Str::from("__slots__")).cloned() else {
        return Ok(Slots::None);
    };
    let names = match &slots {
        Value::Str(_) => vec![slots.clone()],
        other => ops::collect(vm, other)?,
    };
    let mut dict = false;
    for name in names {
        let Value::Str(name) = name else {
            let ty = name.type_name();
            return Err(type_error(format!("__slots__ items must be strings, not '{ty}'")));
        };
        match name.as_str() {
            "__dict__" => dict = true,
            "__weakref__" => {}
            _ => {
                if attributes.find_str(&name).is_some() {
                    let error = format!("'{name}' in __slots__ conflicts with class variable");
                    return Err(value_error(error));
                }
                let name = mangled(&name, class);
                let member = Member { name: name.clone(), class: class.clone() };
                let member = Value::Foreign(Rc::new(Foreign::new(Box::new(member))));
                attributes.set_str(&name, member);
            }
        }
    }
    Ok(Slots::Named { dict })
}

/// A private name as the class has it.
fn mangled(name: &Str, class: &Str) -> Str {
    let class = class.trim_start_matches('_');
    if name.starts_with("__") && !name.ends_with("__") && !class.is_empty() {
        return Str::from(format!("_{class}{name}"));
    }
    name.clone()
}

/// The place of a slot, as an attribute of the class.
#[derive(Debug)]
struct Member {
    name: Str,
    class: Str,
}

/// Whether a descriptor does no more than keep an attribute in the instance.
pub(in crate::interpreter) fn is_slot(value: &Value) -> bool {
    matches!(value, Value::Foreign(foreign) if foreign.object.as_any().is::<Member>())
}

impl Member {
    #[cold]
    fn missing(&self, receiver: &Value) -> Stop {
        ops::no_attribute(receiver, &self.name)
    }

    #[cold]
    fn wrong_receiver(&self, receiver: &Value) -> Stop {
        type_error(format!(
            "descriptor '{}' for '{}' objects doesn't apply to a '{}' object",
            self.name,
            self.class,
            receiver.type_name()
        ))
    }
}

impl ForeignObject for Member {
    fn type_object(&self) -> &'static TypeObject {
        &MEMBER
    }

    fn repr(&self, _: &mut dyn Vm) -> PyResult<Option<Str>> {
        Ok(Some(Str::from(format!("<member '{}' of '{}' objects>", self.name, self.class))))
    }

    fn bind(
        &self,
        _: &mut dyn Vm,
        receiver: Option<&Value>,
        _: Option<&Rc<Class>>,
    ) -> PyResult<Option<Value>> {
        match receiver {
            None => Ok(None),
            Some(object @ Value::Instance(instance)) => match instance.get(&self.name) {
                Some(value) => Ok(Some(value)),
                None => Err(self.missing(object)),
            },
            Some(object @ Value::Exception(exception)) => {
                match exception.attributes.borrow().get_str(&self.name) {
                    Some(value) => Ok(Some(value.clone())),
                    None => Err(self.missing(object)),
                }
            }
            Some(other) => Err(self.wrong_receiver(other)),
        }
    }

    fn is_data_descriptor(&self) -> bool {
        true
    }

    fn bind_set(
        &self,
        _: &mut dyn Vm,
        receiver: &Value,
        _: &Str,
        value: Option<Value>,
    ) -> PyResult<()> {
        match (receiver, value) {
            (Value::Instance(instance), Some(value)) => {
                instance.set(&self.name, value);
                Ok(())
            }
            (Value::Instance(instance), None) => match instance.remove(&self.name) {
                Some(_) => Ok(()),
                None => Err(raise(&ATTRIBUTE_ERROR, self.name.clone())),
            },
            (Value::Exception(exception), Some(value)) => {
                exception.attributes.borrow_mut().set_str(&self.name, value);
                Ok(())
            }
            (other, _) => Err(self.wrong_receiver(other)),
        }
    }

    fn attribute(&self, _: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok((name.as_str() == "__name__").then(|| Value::Str(self.name.clone())))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
