//! `asyncio.Event`.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::nothing;
use super::bound::Bound;
use super::leaf::{SyncLeaf, coroutine};
use super::name::name_of;
use super::{foreign, shown};
use crate::interpreter::natives::{closed, world_of};
use crate::interpreter::world::World;
use crate::program::value::{
    Arguments, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};
use crate::sync::Event;

pub(super) static EVENT_TYPE: TypeObject = TypeObject {
    name: "Event",
    module: "asyncio.locks",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

#[derive(Debug)]
struct EventObject {
    world: Weak<World>,
    event: Event,
    bound: Bound,
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    nothing(&"Event.__init__", args.positional, args.keywords)?;
    let world = world_of(vm)?;
    let event = Event::new(&world.cx, &name_of(&world, "Event"));
    let bound = Bound::default();
    Ok(foreign(EventObject { world: Rc::downgrade(&world), event, bound }))
}

const METHODS: &[&str] = &["set", "clear", "is_set", "wait"];

impl ForeignObject for EventObject {
    fn type_object(&self) -> &'static TypeObject {
        &EVENT_TYPE
    }

    fn repr_as(&self, _vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let state = if self.event.is_set() { "set" } else { "unset" };
        Ok(Some(shown(this, state, self.event.waiters())))
    }

    fn call_method(
        &self,
        _vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let name = name.as_str();
        if !METHODS.contains(&name) {
            return Ok(None);
        }
        nothing(&format_args!("Event.{name}"), args, kwargs)?;
        Ok(Some(match name {
            "set" => {
                self.event.set();
                Value::None
            }
            "clear" => {
                self.event.clear();
                Value::None
            }
            "is_set" => Value::Bool(self.event.is_set()),
            _ => {
                let waits = !self.event.is_set();
                if let Some(refusal) = self.bound.refusal(&self.world, this, "Event.wait", waits) {
                    return Ok(Some(refusal));
                }
                let world = self.world.upgrade().ok_or_else(closed)?;
                coroutine(&world, "Event.wait", SyncLeaf::Event(self.event.wait()))
            }
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
