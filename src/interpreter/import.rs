//! Imports: native modules, and modules written in Python that come with the program.

use std::any::Any;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::machine::{Exit, Machine, Registers};
use super::modules;
use super::natives::{asyncio, world_of};
use super::ops;
use super::vm::{Interp, Place};
use super::world::World;
use crate::program::exception::{
    ATTRIBUTE_ERROR, ExceptionObject, IMPORT_ERROR, MODULE_NOT_FOUND_ERROR, RUNTIME_ERROR, raise,
};
use crate::program::value::{
    Foreign, ForeignObject, OBJECT, PyResult, Stop, Str, Table, TypeKind, TypeObject, Value, Vm,
};
use crate::program::{ModuleCode, vocabulary};

static MODULE_TYPE: TypeObject = TypeObject {
    name: "module",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// The modules written in Python of a run.
#[derive(Debug, Default)]
pub(super) struct PythonModules {
    codes: Box<[ModuleCode]>,
    loaded: RefCell<Vec<(usize, Value)>>,
}

impl PythonModules {
    pub(super) fn new(codes: &[ModuleCode]) -> Self {
        Self { codes: codes.into(), loaded: RefCell::default() }
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.codes.iter().position(|module| *module.name == *name)
    }

    /// The shared variables of the module whose file has that number, of `n` in all.
    pub(super) fn slots_of(&self, file: u32, n: usize) -> std::ops::Range<u32> {
        let first = |at: usize| {
            let module = self.codes.get(at)?;
            module.names.iter().map(|(_, slot)| *slot).min()
        };
        let end = u32::try_from(n).unwrap_or(u32::MAX);
        // The program's own module comes before those of the library.
        let start = (file as usize).checked_sub(1).map_or(0, |at| first(at).unwrap_or(end));
        start..first(file as usize).unwrap_or(end)
    }

    /// Lets go of all modules.
    pub(super) fn clear(&self) {
        let loaded = std::mem::take(&mut *self.loaded.borrow_mut());
        drop(loaded);
    }
}

/// A module whose names are shared variables.
struct PythonModule {
    index: usize,
    name: Box<str>,
    world: Weak<World>,
}

impl std::fmt::Debug for PythonModule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<module {}>", self.name)
    }
}

impl PythonModule {
    fn slot(&self, world: &World, name: &str) -> Option<u32> {
        let names = &world.python_modules.codes.get(self.index)?.names;
        let at = names.binary_search_by(|(known, _)| (**known).cmp(name)).ok()?;
        names.get(at).map(|(_, slot)| *slot)
    }
}

impl ForeignObject for PythonModule {
    fn type_object(&self) -> &'static TypeObject {
        &MODULE_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        Ok(self.module_name().map(|name| Str::from(format!("<module '{name}'>"))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let Some(world) = self.world.upgrade() else { return Ok(None) };
        let value = self.slot(&world, name).map(|slot| world.global(slot));
        Ok(value.filter(|value| !matches!(value, Value::Unbound)))
    }

    fn set_attribute(&self, _vm: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<bool> {
        let Some(world) = self.world.upgrade() else { return Ok(false) };
        let Some(slot) = self.slot(&world, name) else { return Ok(false) };
        let old = std::mem::replace(&mut world.globals.borrow_mut()[slot as usize], value.clone());
        drop(old);
        Ok(true)
    }

    fn module_name(&self) -> Option<&str> {
        Some(&self.name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What stands for a primitive of asyncio as the base of a class: its likeness in Python. `None` if
/// there is none, or if it is the one that is just being made.
pub(super) fn derivable(vm: &mut dyn Vm, ty: &TypeObject) -> PyResult<Option<Value>> {
    let (module, names) = vocabulary::asyncio::SUBCLASSED;
    if !ty.module.starts_with("asyncio.") || !names.contains(&ty.name) {
        return Ok(None);
    }
    let world = world_of(vm)?;
    let Some(index) = world.python_modules.find(module) else { return Ok(None) };
    let mut interp = Interp::new(&world, Place::Loop);
    let module = python_module(&mut interp, index)?;
    let found = ops::get_attribute(&mut interp, &module, &Str::from(ty.name));
    Ok(found.ok())
}

/// `import name`
pub(super) fn import(vm: &mut Interp<'_>, name: &Str) -> PyResult<Value> {
    let world = vm.world;
    if let Some(index) = world.python_modules.find(name) {
        return python_module(vm, index);
    }
    if name.as_str() == "asyncio" {
        let module = asyncio::module(world);
        load_parts(vm, &module)?;
        return Ok(module);
    }
    if let Some(found) = modules::find(world, name) {
        return Ok(found);
    }
    package(vm, name)
        .ok_or_else(|| raise(&MODULE_NOT_FOUND_ERROR, format!("No module named '{name}'")))
}

/// A package that is there only for the modules in it: `concurrent` of `concurrent.futures`.
fn package(vm: &mut Interp<'_>, name: &str) -> Option<Value> {
    let mut own = None;
    let mut table = Table::new();
    for known in vocabulary::modules::modules() {
        let part = known.name.strip_prefix(name).and_then(|rest| rest.strip_prefix('.'));
        let Some(part) = part.filter(|part| !part.contains('.')) else { continue };
        own = known.name.get(..name.len());
        if let Ok(module) = import(vm, &Str::from(known.name)) {
            table.set_str(&Str::from(part), module);
        }
    }
    own.map(|own| modules::ModuleObject::value(own, table))
}

/// What of asyncio is written in Python is put in its module, if the program has it.
fn load_parts(vm: &mut Interp<'_>, asyncio: &Value) -> PyResult<()> {
    for (part, names) in vocabulary::asyncio::PARTS {
        let modules = &vm.world.python_modules;
        let Some(index) = modules.find(part) else { continue };
        if modules.loaded.borrow().iter().any(|(loaded, _)| *loaded == index) {
            continue;
        }
        let module = python_module(vm, index)?;
        for name in *names {
            let name = Str::from(*name);
            let value = ops::get_attribute(vm, &module, &name)?;
            ops::set_attribute(vm, asyncio, &name, value)?;
        }
    }
    Ok(())
}

/// A module written in Python; its text is run the first time.
fn python_module(vm: &mut Interp<'_>, index: usize) -> PyResult<Value> {
    let world = vm.world;
    let modules = &world.python_modules;
    let known = modules.loaded.borrow().iter().find(|(known, _)| *known == index).cloned();
    if let Some((_, module)) = known {
        return Ok(module);
    }
    let name = modules.codes.get(index).map(|module| module.name.clone()).unwrap_or_default();
    let module = PythonModule { index, name, world: Rc::downgrade(world) };
    let module = Value::Foreign(Rc::new(Foreign::new(Box::new(module))));
    modules.loaded.borrow_mut().push((index, module.clone()));
    let Some(code) = modules.codes.get(index).map(|module| module.code) else {
        return Ok(module);
    };
    let mut machine = Machine::new(&world.image, code, Registers::new());
    match vm.run_nested(&mut machine)? {
        Exit::Returned(_) => Ok(module),
        Exit::Raised(stop) => Err(stop),
        _ => Err(raise(&RUNTIME_ERROR, "a module cannot wait")),
    }
}

/// `from module import name`
pub(super) fn import_from(vm: &mut Interp<'_>, module: &Value, name: &Str) -> PyResult<Value> {
    match ops::get_attribute(vm, module, name) {
        Err(stop) if stop.is_a(&ATTRIBUTE_ERROR) => {}
        found => return found,
    }
    let own = match module {
        Value::Foreign(foreign) => foreign.object.module_name().unwrap_or_default(),
        _ => "",
    };
    let part = Str::from(format!("{own}.{name}"));
    match import(vm, &part) {
        Err(stop) if stop.is_a(&MODULE_NOT_FOUND_ERROR) => Err(cannot_import(own, name)),
        found => found,
    }
}

fn cannot_import(module: &str, name: &str) -> Stop {
    let message = format!("cannot import name '{name}' from '{module}' (unknown location)");
    let error = ExceptionObject::new(&IMPORT_ERROR, [Value::from(message)]);
    for (attribute, value) in [("name", module), ("name_from", name)] {
        error.set_attribute(attribute, Value::from(value));
    }
    Stop::from(Rc::new(error))
}
