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
    Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};

static COROUTINE_TYPE: TypeObject = TypeObject {
    name: "coroutine",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// What makes the future when it is awaited.
pub(super) enum Begin {
    Call(Box<dyn FnOnce(&Rc<World>) -> BoxedLeaf>),
    /// It is there already.
    Leaf(BoxedLeaf),
}

impl Begin {
    /// What it waits for, once it is awaited.
    pub(super) fn begin(self, world: &Rc<World>) -> BoxedLeaf {
        match self {
            Self::Call(make) => make(world),
            Self::Leaf(leaf) => leaf,
        }
    }
}

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
    of_begin(world, name, Begin::Call(Box::new(begin)))
}

/// A coroutine object of what it waits for.
pub(super) fn of_leaf(world: &Rc<World>, name: &'static str, leaf: BoxedLeaf) -> Value {
    of_begin(world, name, Begin::Leaf(leaf))
}

fn of_begin(world: &Rc<World>, name: &'static str, begin: Begin) -> Value {
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

    fn has_method(&self, name: &str) -> bool {
        name == "__await__"
    }

    fn call_method(
        &self,
        _vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        _args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok((name.as_str() == "__await__").then(|| this.clone()))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
