//! `asyncio.Barrier`.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::{bind, nothing};
use super::leaf::{SyncLeaf, coroutine};
use super::name::name_of;
use super::{foreign, shown};
use crate::interpreter::failure::to_stop;
use crate::interpreter::natives::asyncio::native;
use crate::interpreter::natives::{closed, world_of};
use crate::interpreter::ops;
use crate::interpreter::world::World;
use crate::program::value::{
    Arguments, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};
use crate::sync::Barrier;

pub(super) static BARRIER_TYPE: TypeObject = TypeObject {
    name: "Barrier",
    module: "asyncio.locks",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

#[derive(Debug)]
struct BarrierObject {
    world: Weak<World>,
    barrier: Barrier,
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [parties] = bind("Barrier.__init__", ["parties"], 1, args.positional, args.keywords)?;
    let parties = ops::index_of(vm, &parties.unwrap_or(Value::None))?;
    let world = world_of(vm)?;
    let parties = usize::try_from(parties).unwrap_or(0);
    let barrier = Barrier::new(&world.cx, &name_of(&world, "Barrier"), parties);
    let barrier = barrier.map_err(|failure| to_stop(&failure))?;
    Ok(foreign(BarrierObject { world: Rc::downgrade(&world), barrier }))
}

const METHODS: &[&str] = &["wait", "reset", "abort", "__aenter__", "__aexit__"];

impl BarrierObject {
    fn wait(&self, world: &Rc<World>, name: &'static str) -> Value {
        let barrier = self.barrier.clone();
        native::object(world, name, move |_| {
            Box::pin(async move { barrier.wait().await.map(Value::from) })
        })
    }
}

impl ForeignObject for BarrierObject {
    fn type_object(&self) -> &'static TypeObject {
        &BARRIER_TYPE
    }

    fn repr_as(&self, _vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let barrier = &self.barrier;
        let mut state = barrier.state_name().to_owned();
        if !barrier.broken() {
            let (waiting, parties) = (barrier.n_waiting(), barrier.parties());
            state.push_str(&format!(", waiters:{waiting}/{parties}"));
        }
        Ok(Some(shown(this, &state, 0)))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "parties" => Some(Value::from(self.barrier.parties())),
            "n_waiting" => Some(Value::from(self.barrier.n_waiting())),
            "broken" => Some(Value::Bool(self.barrier.broken())),
            _ => None,
        })
    }

    fn call_method(
        &self,
        _vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let name = name.as_str();
        if !METHODS.contains(&name) {
            return Ok(None);
        }
        let world = self.world.upgrade().ok_or_else(closed)?;
        if name == "__aexit__" {
            return Ok(Some(coroutine(&world, "Barrier.__aexit__", SyncLeaf::Nothing)));
        }
        nothing(&format_args!("Barrier.{name}"), args, kwargs)?;
        let barrier = self.barrier.clone();
        Ok(Some(match name {
            "wait" => self.wait(&world, "Barrier.wait"),
            "__aenter__" => self.wait(&world, "Barrier.__aenter__"),
            "reset" => native::object(&world, "Barrier.reset", move |_| {
                Box::pin(async move { barrier.reset().await.map(|()| Value::None) })
            }),
            _ => native::object(&world, "Barrier.abort", move |_| {
                Box::pin(async move { barrier.abort().await.map(|()| Value::None) })
            }),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
