//! `asyncio.Semaphore` and `asyncio.BoundedSemaphore`.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::{bind, nothing};
use super::bound::Bound;
use super::leaf::{SyncLeaf, coroutine};
use super::name::name_of;
use super::{done, foreign, shown};
use crate::interpreter::natives::{closed, world_of};
use crate::interpreter::ops;
use crate::interpreter::world::World;
use crate::program::exception::value_error;
use crate::program::value::{
    Arguments, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};
use crate::sync::Semaphore;

pub(super) static SEMAPHORE_TYPE: TypeObject = TypeObject {
    name: "Semaphore",
    module: "asyncio.locks",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

pub(super) static BOUNDED_SEMAPHORE_TYPE: TypeObject = TypeObject {
    name: "BoundedSemaphore",
    module: "asyncio.locks",
    bases: &[&SEMAPHORE_TYPE],
    kind: TypeKind::Foreign,
    construct: Some(construct_bounded),
};

#[derive(Debug)]
struct SemaphoreObject {
    world: Weak<World>,
    semaphore: Semaphore,
    bound: Bound,
}

fn value_of(vm: &mut dyn Vm, function: &str, args: Arguments<'_>) -> PyResult<u64> {
    let [value] = bind(function, ["value"], 0, args.positional, args.keywords)?;
    let Some(value) = value else { return Ok(1) };
    let value = ops::index_of(vm, &value)?;
    u64::try_from(value).map_err(|_| value_error("Semaphore initial value must be >= 0"))
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = value_of(vm, "Semaphore.__init__", args)?;
    let world = world_of(vm)?;
    let semaphore = Semaphore::new(&world.cx, &name_of(&world, "Semaphore"), value);
    Ok(foreign(SemaphoreObject {
        world: Rc::downgrade(&world),
        semaphore,
        bound: Bound::default(),
    }))
}

fn construct_bounded(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = value_of(vm, "BoundedSemaphore.__init__", args)?;
    let world = world_of(vm)?;
    let semaphore = Semaphore::bounded(&world.cx, &name_of(&world, "BoundedSemaphore"), value);
    Ok(foreign(SemaphoreObject {
        world: Rc::downgrade(&world),
        semaphore,
        bound: Bound::default(),
    }))
}

const METHODS: &[&str] = &["acquire", "release", "locked", "__aenter__", "__aexit__"];

impl ForeignObject for SemaphoreObject {
    fn type_object(&self) -> &'static TypeObject {
        if self.semaphore.is_bounded() { &BOUNDED_SEMAPHORE_TYPE } else { &SEMAPHORE_TYPE }
    }

    fn repr_as(&self, _vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let state = match self.semaphore.locked() {
            true => "locked".to_owned(),
            false => format!("unlocked, value:{}", self.semaphore.value()),
        };
        Ok(Some(shown(this, &state, self.semaphore.waiters())))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let value = || Value::Int(i64::try_from(self.semaphore.value()).unwrap_or(i64::MAX));
        Ok((name.as_str() == "_value").then(value))
    }

    fn call_method(
        &self,
        _vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let (name, semaphore) = (name.as_str(), &self.semaphore);
        let world = || self.world.upgrade().ok_or_else(closed);
        if name == "__aexit__" {
            let leaf = SyncLeaf::ReleaseSemaphore(semaphore.clone());
            return Ok(Some(coroutine(&world()?, "_ContextManagerMixin.__aexit__", leaf)));
        }
        if !METHODS.contains(&name) {
            return Ok(None);
        }
        let waits = matches!(name, "acquire" | "__aenter__") && semaphore.locked();
        if let Some(refusal) = self.bound.refusal(&self.world, this, "Semaphore.acquire", waits) {
            return Ok(Some(refusal));
        }
        nothing(&format_args!("{}.{name}", self.type_object().name), args, kwargs)?;
        Ok(Some(match name {
            "acquire" => {
                let leaf = SyncLeaf::Semaphore(semaphore.acquire(), Value::Bool(true));
                coroutine(&world()?, "Semaphore.acquire", leaf)
            }
            "__aenter__" => {
                let leaf = SyncLeaf::Semaphore(semaphore.acquire(), Value::None);
                coroutine(&world()?, "_ContextManagerMixin.__aenter__", leaf)
            }
            "release" => done(semaphore.release())?,
            _ => Value::Bool(semaphore.locked()),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
