//! `asyncio.Lock`.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::nothing;
use super::bound::Bound;
use super::leaf::{SyncLeaf, coroutine};
use super::name::name_of;
use super::{done, foreign, shown};
use crate::interpreter::natives::{closed, world_of};
use crate::interpreter::world::World;
use crate::program::value::{
    Arguments, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};
use crate::sync::Lock;

pub(super) static LOCK_TYPE: TypeObject = TypeObject {
    name: "Lock",
    module: "asyncio.locks",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

#[derive(Debug)]
pub(super) struct LockObject {
    world: Weak<World>,
    pub(super) lock: Lock,
    bound: Bound,
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    nothing(&"Lock.__init__", args.positional, args.keywords)?;
    let world = world_of(vm)?;
    let lock = Lock::new(&world.cx, &name_of(&world, "Lock"));
    Ok(foreign(LockObject { world: Rc::downgrade(&world), lock, bound: Bound::default() }))
}

/// What `Lock` and `Condition` have of a lock; `None` if it is none of these methods.
pub(super) fn lock_method(
    world: &Weak<World>,
    lock: &Lock,
    owner: &str,
    name: &str,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Option<Value>> {
    let world = || world.upgrade().ok_or_else(closed);
    if name == "__aexit__" {
        let leaf = SyncLeaf::ReleaseLock(lock.clone());
        return Ok(Some(coroutine(&world()?, "_ContextManagerMixin.__aexit__", leaf)));
    }
    if !LOCK_METHODS.contains(&name) {
        return Ok(None);
    }
    nothing(&format_args!("{owner}.{name}"), args, kwargs)?;
    Ok(Some(match name {
        "acquire" => {
            let leaf = SyncLeaf::Lock(lock.acquire(), Value::Bool(true));
            coroutine(&world()?, "Lock.acquire", leaf)
        }
        "__aenter__" => {
            let leaf = SyncLeaf::Lock(lock.acquire(), Value::None);
            coroutine(&world()?, "_ContextManagerMixin.__aenter__", leaf)
        }
        "release" => done(lock.release())?,
        _ => Value::Bool(lock.locked()),
    }))
}

pub(super) const LOCK_METHODS: &[&str] =
    &["acquire", "release", "locked", "__aenter__", "__aexit__"];

impl ForeignObject for LockObject {
    fn type_object(&self) -> &'static TypeObject {
        &LOCK_TYPE
    }

    fn repr_as(&self, _vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let state = if self.lock.locked() { "locked" } else { "unlocked" };
        Ok(Some(shown(this, state, self.lock.waiters())))
    }

    fn call_method(
        &self,
        _vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let waits = matches!(name.as_str(), "acquire" | "__aenter__")
            && (self.lock.locked() || self.lock.waiters() > 0);
        if let Some(refusal) = self.bound.refusal(&self.world, this, "Lock.acquire", waits) {
            return Ok(Some(refusal));
        }
        lock_method(&self.world, &self.lock, "Lock", name, args, kwargs)
    }

    fn has_method(&self, name: &str) -> bool {
        LOCK_METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
