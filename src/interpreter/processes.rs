//! Processes: each has shared variables of its own, and what is sent between them is copied.
//!
//! A process begins with a copy of the variables as they are when it runs for the first time, as a
//! forked one does. While one of its threads runs, its variables stand in the place of the others.
//! Classes and functions are the same everywhere.
//!
//! Source: `CPython` `Lib/concurrent/futures/process.py`, `Lib/pickle.py` (what cannot be sent).

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::vm::Interp;
use super::{build, ops};
use crate::index::ProcessId;
use crate::program::exception::{ATTRIBUTE_ERROR, PICKLING_ERROR, raise, type_error};
use crate::program::value::{
    DictObject, GeneratorKind, Instance, ListObject, PyResult, Stop, Table, Value, Vm as _,
};
use crate::trace::PythonVersion;

/// Copies made so far, by the address of what was copied; that is kept alive meanwhile.
type Memo = FxHashMap<usize, (Value, Value)>;

struct Copier<'v, 'w> {
    vm: &'v mut Interp<'w>,
    memo: Memo,
    /// Whether what cannot be sent is an error; else it is shared.
    strict: bool,
}

/// Begins to run in a process: makes its variables, if it has none yet.
pub(super) fn enter(vm: &mut Interp<'_>) -> PyResult<()> {
    let world = Rc::clone(vm.world);
    let process = world.threads.process(world.threads.current());
    if process == ProcessId::MAIN || world.process_globals.borrow().contains_key(&process) {
        return Ok(());
    }
    let values = world.globals.borrow().clone();
    let mut copier = Copier { vm, memo: Memo::default(), strict: false };
    let own: PyResult<Vec<Value>> = values.iter().map(|value| copier.copy(value)).collect();
    let outer = std::mem::replace(&mut *world.globals.borrow_mut(), own?);
    world.process_globals.borrow_mut().insert(process, outer);
    Ok(())
}

/// Another process runs, or does no longer: its variables change places with the others.
pub(super) fn swap(world: &super::World, process: ProcessId) {
    if let Some(other) = world.process_globals.borrow_mut().get_mut(&process) {
        std::mem::swap(&mut *world.globals.borrow_mut(), other);
    }
}

/// A value as it arrives in another process; an error if it cannot be sent.
pub(super) fn copy(vm: &mut Interp<'_>, value: &Value) -> PyResult<Value> {
    Copier { vm, memo: Memo::default(), strict: true }.copy(value)
}

/// The address of an object that can be changed, or holds some that can.
fn address(value: &Value) -> Option<usize> {
    Some(match value {
        Value::List(list) => Rc::as_ptr(list).addr(),
        Value::Dict(dict) => Rc::as_ptr(dict).addr(),
        Value::Instance(instance) => Rc::as_ptr(instance).addr(),
        Value::Set(set) | Value::FrozenSet(set) => Rc::as_ptr(set).addr(),
        _ => return None,
    })
}

impl Copier<'_, '_> {
    fn copy(&mut self, value: &Value) -> PyResult<Value> {
        if let Some(address) = address(value)
            && let Some((_, known)) = self.memo.get(&address)
        {
            return Ok(known.clone());
        }
        self.vm.enter(" while pickling an object")?;
        let copied = self.copy_new(value);
        self.vm.leave();
        copied
    }

    fn keep(&mut self, original: &Value, copy: &Value) {
        if let Some(address) = address(original) {
            self.memo.insert(address, (original.clone(), copy.clone()));
        }
    }

    fn copy_all(&mut self, values: Vec<Value>) -> PyResult<Vec<Value>> {
        self.vm.spend(values.len() as u64)?;
        values.iter().map(|value| self.copy(value)).collect()
    }

    fn copy_new(&mut self, value: &Value) -> PyResult<Value> {
        match value {
            Value::List(list) => {
                let copy = Rc::new(ListObject::new(Vec::new()));
                self.keep(value, &Value::List(Rc::clone(&copy)));
                let items = list.borrow().clone();
                for item in self.copy_all(items)? {
                    copy.push(item)?;
                }
                Ok(Value::List(copy))
            }
            Value::Tuple(items) => Ok(Value::tuple(self.copy_all(items.to_vec())?)),
            Value::Dict(dict) => {
                let copy = Rc::new(DictObject::new(Table::new()));
                self.keep(value, &Value::Dict(Rc::clone(&copy)));
                let entries: Vec<(Value, Value)> =
                    dict.borrow().iter().map(|e| (e.key.clone(), e.value.clone())).collect();
                for (key, item) in entries {
                    let (key, item) = (self.copy(&key)?, self.copy(&item)?);
                    ops::dict_set(self.vm, &copy, key, item)?;
                }
                Ok(Value::Dict(copy))
            }
            Value::Set(_) => {
                let items = ops::collect(self.vm, value)?;
                let items = self.copy_all(items)?;
                build::set_of(self.vm, items)
            }
            Value::Instance(instance) => self.copy_instance(value, instance),
            Value::Function(function) if self.strict => {
                let name = function.qualname.as_str();
                if name.contains("<lambda>") || name.contains("<locals>") {
                    return Err(self.local(name, &format!("<function {name} at 0x0>")));
                }
                Ok(value.clone())
            }
            Value::Class(class) if self.strict && class.qualname.as_str().contains("<locals>") => {
                let name = class.qualname.as_str();
                Err(self.local(name, &format!("<class '__main__.{name}'>")))
            }
            Value::BoundMethod(method) => {
                let receiver = self.copy(&method.receiver)?;
                let function = method.function.clone();
                let bound = crate::program::value::BoundMethod { function, receiver };
                Ok(Value::BoundMethod(Rc::new(bound)))
            }
            Value::Generator(object) if self.strict => {
                let name = match object.kind {
                    GeneratorKind::Generator => "generator",
                    GeneratorKind::Coroutine => "coroutine",
                    GeneratorKind::AsyncGenerator => "async_generator",
                };
                Err(type_error(format!("cannot pickle '{name}' object")))
            }
            Value::Foreign(foreign) if self.strict => {
                let ty = foreign.object.type_object();
                let refused = foreign.object.module_name().is_some()
                    || ty.module == "_thread"
                    || ty.module.starts_with("asyncio");
                if refused {
                    let module = if ty.module == "builtins" { "" } else { ty.module };
                    let dot = if module.is_empty() { "" } else { "." };
                    return Err(type_error(format!(
                        "cannot pickle '{module}{dot}{}' object",
                        ty.name
                    )));
                }
                Ok(value.clone())
            }
            other => Ok(other.clone()),
        }
    }

    fn copy_instance(&mut self, value: &Value, instance: &Rc<Instance>) -> PyResult<Value> {
        self.copy(&Value::Class(Rc::clone(&instance.class)))?;
        let copy = Rc::new(Instance::new(Rc::clone(&instance.class)));
        self.keep(value, &Value::Instance(Rc::clone(&copy)));
        let attributes: Vec<(Value, Value)> = instance
            .attributes()
            .iter()
            .map(|entry| (entry.key.clone(), entry.value.clone()))
            .collect();
        for (name, attribute) in attributes {
            let attribute = self.copy(&attribute)?;
            if let Value::Str(name) = name {
                copy.set(&name, attribute);
            }
        }
        Ok(Value::Instance(copy))
    }

    /// Something that cannot be found by its name.
    fn local(&self, name: &str, shown: &str) -> Stop {
        let python = self.vm.world.python();
        // A lambda of the module itself is looked for like all that has a name.
        if !name.contains("<locals>") {
            let why = if python >= PythonVersion::V3_14 {
                format!("it's not found as __main__.{name}")
            } else {
                format!("attribute lookup {name} on __main__ failed")
            };
            return raise(&PICKLING_ERROR, format!("Can't pickle {shown}: {why}"));
        }
        if python >= PythonVersion::V3_14 {
            return raise(&PICKLING_ERROR, format!("Can't pickle local object {shown}"));
        }
        let verb = if python >= PythonVersion::V3_13 { "get" } else { "pickle" };
        raise(&ATTRIBUTE_ERROR, format!("Can't {verb} local object '{name}'"))
    }
}
