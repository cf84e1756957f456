//! Coroutines that are not the program's own: what `sleep(1)` or `to_thread(f)` is before it is
//! awaited.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use super::reports::never_awaited;
use crate::index::SiteId;
use crate::interpreter::coroutine::BoxedLeaf;
use crate::interpreter::text::pretended_address;
use crate::interpreter::world::World;
use crate::program::exception::{RUNTIME_ERROR, raise};
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

/// The names of the native coroutines that tasks were made of: a task knows its coroutine by a
/// number only.
#[derive(Debug, Default)]
pub(in crate::interpreter) struct NativeNames(RefCell<Vec<&'static str>>);

/// Where the numbers of native coroutines begin, far above those of the program's code.
const FIRST_LABEL: u32 = 1 << 31;

impl NativeNames {
    /// The number that a task of such a coroutine is labelled with.
    pub(super) fn label(&self, name: &'static str) -> u32 {
        let mut names = self.0.borrow_mut();
        let index = names.iter().position(|known| *known == name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        });
        u32::try_from(index).map_or(u32::MAX, |index| FIRST_LABEL + index)
    }

    /// The name behind such a number.
    pub(super) fn named(&self, label: u32) -> Option<&'static str> {
        let index = label.checked_sub(FIRST_LABEL)?;
        self.0.borrow().get(index as usize).copied()
    }
}

/// A coroutine that is a future of the loop once it is awaited.
pub(super) struct NativeCoroutine {
    pub name: &'static str,
    begin: RefCell<Option<Begin>>,
    world: Weak<World>,
    made_at: SiteId,
}

impl fmt::Debug for NativeCoroutine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<coroutine {}>", self.name)
    }
}

/// What it does when it is awaited; an error if it was awaited already.
pub(super) fn take(coroutine: &NativeCoroutine) -> PyResult<Begin> {
    coroutine
        .begin
        .borrow_mut()
        .take()
        .ok_or_else(|| raise(&RUNTIME_ERROR, "cannot reuse already awaited coroutine"))
}

/// It is not to be awaited any more, and nobody is told.
pub(super) fn close(coroutine: &NativeCoroutine) {
    let begin = coroutine.begin.borrow_mut().take();
    drop(begin);
}

impl Drop for NativeCoroutine {
    fn drop(&mut self) {
        if self.begin.get_mut().is_some()
            && let Some(world) = self.world.upgrade()
        {
            never_awaited(&world, self.name, self.made_at);
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

/// How many plain operations a coroutine object counts for.
const COST: i64 = 64;

fn of_begin(world: &Rc<World>, name: &'static str, begin: Begin) -> Value {
    world.count(COST);
    let begin = RefCell::new(Some(begin));
    let made_at = world.cx.site();
    let coroutine = NativeCoroutine { name, begin, world: Rc::downgrade(world), made_at };
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

    fn repr_as(&self, _vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let address = pretended_address(this);
        Ok(Some(Str::from(format!("<coroutine object {} at {address}>", self.name))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "__qualname__" => Some(Value::from(self.name)),
            "__name__" => Some(Value::from(self.name.rsplit('.').next().unwrap_or(self.name))),
            _ => None,
        })
    }

    fn call_method(
        &self,
        _vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        _args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "close" => {
                close(self);
                Some(Value::None)
            }
            "__await__" => Some(this.clone()),
            _ => None,
        })
    }

    fn has_method(&self, name: &str) -> bool {
        matches!(name, "close" | "__await__")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
