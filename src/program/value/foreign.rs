use std::any::Any;
use std::fmt::Debug;
use std::rc::Rc;

use super::heap::Identity;
use super::{Class, Keywords, PyResult, Str, TypeObject, Value, Vm};

/// An object of a library: a lock, a task, a module.
#[derive(Debug)]
pub struct Foreign {
    /// What it is.
    pub object: Box<dyn ForeignObject>,
    /// Tells it from others.
    pub identity: Identity,
}

impl Foreign {
    /// A new object.
    pub fn new(object: Box<dyn ForeignObject>) -> Self {
        Self { object, identity: Identity::default() }
    }
}

/// What an object of a library can do. Everything has the answer of a plain object, except its
/// type.
#[expect(clippy::len_without_is_empty, reason = "these are Python's `len()` and `bool()`")]
pub trait ForeignObject: Any + Debug {
    /// Its type.
    fn type_object(&self) -> &'static TypeObject;

    /// `repr()`; `None` for that of a plain object.
    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let _ = vm;
        Ok(None)
    }

    /// `repr()`, with the object as a value, for those that show where they are.
    fn repr_as(&self, vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let _ = this;
        self.repr(vm)
    }

    /// An attribute that is no method; `None` if there is none.
    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let _ = (vm, name);
        Ok(None)
    }

    /// Sets an attribute; `false` if that cannot be.
    fn set_attribute(&self, vm: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<bool> {
        let _ = (vm, name, value);
        Ok(false)
    }

    /// Calls a method; `None` if there is none of that name. `this` is the object as a value.
    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let _ = (vm, this, name, args, kwargs);
        Ok(None)
    }

    /// Whether there is a method of that name, which makes it an attribute too.
    fn has_method(&self, name: &str) -> bool {
        let _ = name;
        false
    }

    /// Whether it is its own iterator, whose items [`ForeignObject::next`] gives.
    fn is_iterator(&self) -> bool {
        false
    }

    /// The next item of an iterator; `None` at its end.
    fn next(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let _ = vm;
        Ok(None)
    }

    /// `bool()`; `len()` decides if this does not.
    fn truth(&self) -> Option<bool> {
        None
    }

    /// `len()`; `None` if it has none.
    fn len(&self) -> Option<usize> {
        None
    }

    /// `==`; `None` for identity.
    fn equals(&self, other: &Value) -> Option<bool> {
        let _ = other;
        None
    }

    /// `hash()`; `None` for that of identity.
    fn hash(&self) -> Option<i64> {
        None
    }

    /// Whether it has a hash at all.
    fn is_hashable(&self) -> bool {
        true
    }

    /// What it becomes as an attribute of a class, seen from an instance or from the class:
    /// properties and their kin. `None` if it stays what it is.
    fn bind(
        &self,
        vm: &mut dyn Vm,
        receiver: Option<&Value>,
        class: Option<&Rc<Class>>,
    ) -> PyResult<Option<Value>> {
        let _ = (vm, receiver, class);
        Ok(None)
    }

    /// Whether it goes before the instance's own attributes, and is asked to set itself.
    fn is_data_descriptor(&self) -> bool {
        false
    }

    /// Sets what it stands for in `receiver`, or deletes it. Called for data descriptors only.
    fn bind_set(
        &self,
        vm: &mut dyn Vm,
        receiver: &Value,
        name: &Str,
        value: Option<Value>,
    ) -> PyResult<()> {
        let _ = (vm, receiver, name, value.as_ref());
        Ok(())
    }

    /// It was bound to `name` in the body of `class`, which is ready now.
    fn set_name(&self, vm: &mut dyn Vm, class: &Value, name: &Str) -> PyResult<()> {
        let _ = (vm, class, name);
        Ok(())
    }

    /// The name of the module, if it is one.
    fn module_name(&self) -> Option<&str> {
        None
    }

    /// The object itself, to be downcast.
    fn as_any(&self) -> &dyn Any;
}
