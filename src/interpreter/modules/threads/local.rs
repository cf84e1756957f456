//! `threading.local`: attributes that each thread has of its own.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::index::ThreadId;
use crate::interpreter::natives::world_of;
use crate::program::value::{
    Arguments, Foreign, ForeignObject, OBJECT, PyResult, Str, Table, TypeKind, TypeObject, Value,
    Vm,
};

pub(super) static LOCAL_TYPE: TypeObject = TypeObject {
    name: "_local",
    module: "_thread",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(make),
};

#[derive(Debug, Default)]
struct Local(RefCell<BTreeMap<ThreadId, Table<Value>>>);

fn make(_: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(Local::default())))))
}

impl ForeignObject for Local {
    fn type_object(&self) -> &'static TypeObject {
        &LOCAL_TYPE
    }

    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let thread = world_of(vm)?.threads.current();
        Ok(self.0.borrow().get(&thread).and_then(|table| table.get_str(name).cloned()))
    }

    fn set_attribute(&self, vm: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<bool> {
        let thread = world_of(vm)?.threads.current();
        let mut tables = self.0.borrow_mut();
        tables.entry(thread).or_default().set_str(name, value.clone());
        Ok(true)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
