use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::{Stream, stream_of};
use crate::interpreter::builtins::invoke;
use crate::program::value::{
    Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, Table, TypeKind, TypeObject, Value, Vm,
};

static MODULE_TYPE: TypeObject = TypeObject {
    name: "module",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// A module, as an object of the program.
#[derive(Debug)]
pub(in crate::interpreter) struct ModuleObject {
    name: &'static str,
    attributes: RefCell<Table<Value>>,
}

impl ModuleObject {
    /// A module with these contents.
    pub(in crate::interpreter) fn value(name: &'static str, attributes: Table<Value>) -> Value {
        let module = Self { name, attributes: RefCell::new(attributes) };
        Value::Foreign(Rc::new(Foreign::new(Box::new(module))))
    }
}

/// `sys.stdout = value`: from now on `print` writes there.
fn replace_stream(vm: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<()> {
    for (at, stream) in Stream::BOTH.into_iter().enumerate() {
        if stream.name() == name.as_str() {
            let replaced = Some(value.clone()).filter(|value| stream_of(value) != Some(stream));
            super::world_of(vm)?.modules.replaced.borrow_mut()[at] = replaced;
        }
    }
    Ok(())
}

impl ForeignObject for ModuleObject {
    fn type_object(&self) -> &'static TypeObject {
        &MODULE_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        Ok(Some(Str::from(format!("<module '{}' (built-in)>", self.name))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        if let Some(found) = self.attributes.borrow().get_str(name) {
            return Ok(Some(found.clone()));
        }
        Ok((name.as_str() == "__name__").then(|| Value::from(self.name)))
    }

    fn set_attribute(&self, vm: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<bool> {
        if self.name == "sys" {
            replace_stream(vm, name, value)?;
        }
        self.attributes.borrow_mut().set_str(name, value.clone());
        Ok(true)
    }

    /// Native functions are called at once; for all else the attribute is taken first, so that a
    /// function of the program is entered and not nested.
    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let found = self.attributes.borrow().get_str(name).cloned();
        match found {
            Some(Value::Builtin(builtin)) if !super::asks(builtin) => {
                invoke(vm, builtin, args, kwargs).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn module_name(&self) -> Option<&str> {
        Some(self.name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
