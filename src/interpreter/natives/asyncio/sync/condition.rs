//! `asyncio.Condition`.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::{bind, nothing};
use super::bound::Bound;
use super::lock::{LOCK_METHODS, LockObject, lock_method};
use super::name::name_of;
use super::{done, foreign, shown};
use crate::interpreter::failure::to_failure;
use crate::interpreter::import::derivable;
use crate::interpreter::natives::asyncio::native;
use crate::interpreter::natives::{closed, world_of};
use crate::interpreter::ops;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::program::exception::type_error;
use crate::program::value::{
    Arguments, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};
use crate::sync::Condition;

pub(super) static CONDITION_TYPE: TypeObject = TypeObject {
    name: "Condition",
    module: "asyncio.locks",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

#[derive(Debug)]
struct ConditionObject {
    world: Weak<World>,
    condition: Condition,
    bound: Bound,
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [lock] = bind("Condition.__init__", ["lock"], 0, args.positional, args.keywords)?;
    let world = world_of(vm)?;
    let name = name_of(&world, "Condition");
    let condition = match &lock {
        None | Some(Value::None) => Condition::new(&world.cx, &name),
        Some(value) => {
            let lock = match value {
                Value::Foreign(foreign) => foreign.object.as_any().downcast_ref::<LockObject>(),
                _ => None,
            };
            let Some(lock) = lock else {
                if let Some(likeness) = derivable(vm, &CONDITION_TYPE)? {
                    return vm.call(&likeness, std::slice::from_ref(value), &[]);
                }
                let ty = value.type_name();
                let error = format!("a Condition can only be made of an asyncio.Lock, not {ty}");
                return Err(type_error(error));
            };
            Condition::with_lock(&world.cx, &name, lock.lock.clone())
        }
    };
    let bound = Bound::default();
    Ok(foreign(ConditionObject { world: Rc::downgrade(&world), condition, bound }))
}

const METHODS: &[&str] = &["wait", "wait_for", "notify", "notify_all"];

impl ConditionObject {
    fn wait(&self) -> PyResult<Value> {
        let world = self.world.upgrade().ok_or_else(closed)?;
        let condition = self.condition.clone();
        Ok(native::object(&world, "Condition.wait", move |_| {
            Box::pin(async move { condition.wait().await.map(|()| Value::Bool(true)) })
        }))
    }

    fn wait_for(&self, predicate: Value) -> PyResult<Value> {
        let world = self.world.upgrade().ok_or_else(closed)?;
        let condition = self.condition.clone();
        Ok(native::object(&world, "Condition.wait_for", move |world| {
            let world = Rc::clone(world);
            let holds = move || {
                let mut vm = Interp::new(&world, Place::Loop);
                let result = vm.call(&predicate, &[], &[]);
                let is_true = result.and_then(|value| Ok((ops::truth(&mut vm, &value)?, value)));
                match is_true {
                    Ok((is_true, value)) => Ok(is_true.then_some(value)),
                    Err(stop) => Err(to_failure(&world, stop, None)),
                }
            };
            Box::pin(async move { condition.wait_for(holds).await })
        }))
    }
}

impl ForeignObject for ConditionObject {
    fn type_object(&self) -> &'static TypeObject {
        &CONDITION_TYPE
    }

    fn repr_as(&self, _vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let state = if self.condition.lock().locked() { "locked" } else { "unlocked" };
        Ok(Some(shown(this, state, self.condition.waiters())))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let waits = name.as_str() == "wait" && self.condition.lock().locked();
        if let Some(refusal) = self.bound.refusal(&self.world, this, "Condition.wait", waits) {
            return Ok(Some(refusal));
        }
        Ok(Some(match name.as_str() {
            "wait" => {
                nothing(&"Condition.wait", args, kwargs)?;
                self.wait()?
            }
            "wait_for" => {
                let [predicate] = bind("Condition.wait_for", ["predicate"], 1, args, kwargs)?;
                self.wait_for(predicate.unwrap_or(Value::None))?
            }
            "notify" => {
                let [n] = bind("Condition.notify", ["n"], 0, args, kwargs)?;
                let n = match n {
                    None => 1,
                    Some(n) => ops::index_of(vm, &n)?.max(0),
                };
                done(self.condition.notify(usize::try_from(n).unwrap_or(usize::MAX)))?
            }
            "notify_all" => {
                nothing(&"Condition.notify_all", args, kwargs)?;
                done(self.condition.notify_all())?
            }
            name => {
                let lock = self.condition.lock();
                return lock_method(&self.world, lock, "Condition", name, args, kwargs);
            }
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name) || LOCK_METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
