//! Coroutines that are not the program's own: what `sleep(1)` or `to_thread(f)` is before it is
//! awaited.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use crate::interpreter::coroutine::BoxedLeaf;
use crate::interpreter::failure::never_awaited;
use crate::interpreter::world::World;
use crate::program::value::{
    Foreign, ForeignObject, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};

static COROUTINE_TYPE: TypeObject = TypeObject {
    name: "coroutine",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// What makes the future when it is awaited.
type Begin = Box<dyn FnOnce(&Rc<World>) -> BoxedLeaf>;

/// A coroutine that is a future of the loop once it is awaited.
pub(super) struct NativeCoroutine {
    pub name: &'static str,
    begin: RefCell<Option<Begin>>,
    world: Weak<World>,
}

impl fmt::Debug for NativeCoroutine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<coroutine {}>", self.name)
    }
}

impl NativeCoroutine {
    /// What it does when it is awaited; `None` if it was awaited already.
    pub(in crate::interpreter) fn take(&self) -> Option<Begin> {
        self.begin.borrow_mut().take()
    }
}

impl Drop for NativeCoroutine {
    fn drop(&mut self) {
        if self.begin.get_mut().is_some()
            && let Some(world) = self.world.upgrade()
        {
            never_awaited(&world, &Str::from(self.name));
        }
    }
}

/// A coroutine object.
pub(super) fn object(
    world: &Rc<World>,
    name: &'static str,
    begin: impl FnOnce(&Rc<World>) -> BoxedLeaf + 'static,
) -> Value {
    let begin: Begin = Box::new(begin);
    let begin = RefCell::new(Some(begin));
    let coroutine = NativeCoroutine { name, begin, world: Rc::downgrade(world) };
    Value::Foreign(Rc::new(Foreign::new(Box::new(coroutine))))
}

/// The native coroutine that a value is, if it is one.
pub(super) fn native_of(value: &Value) -> Option<&NativeCoroutine> {
    match value {
        Value::Foreign(foreign) => foreign.object.as_any().downcast_ref(),
        _ => None,
    }
}

impl ForeignObject for NativeCoroutine {
    fn type_object(&self) -> &'static TypeObject {
        &COROUTINE_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        Ok(Some(Str::from(format!("<coroutine object {}>", self.name))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
