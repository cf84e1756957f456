//! `asyncio.TaskGroup`.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::{check, required};
use super::future::future_of;
use super::native;
use super::spawn::{Wanted, close_coroutine, create_task};
use super::timeout::misused;
use crate::executor::Failure;
use crate::interpreter::failure::{carry, to_failure};
use crate::interpreter::natives::world_of;
use crate::interpreter::world::World;
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject,
    Value, Vm,
};
use crate::tasks::{Left, TaskGroup};
use crate::trace::PythonVersion;

/// `asyncio.TaskGroup`.
pub(super) static TASK_GROUP_TYPE: TypeObject = TypeObject {
    name: "TaskGroup",
    module: "asyncio.taskgroups",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

#[derive(Debug)]
struct GroupObject {
    world: Weak<World>,
    group: TaskGroup,
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "TaskGroup.__init__", 0, &[])?;
    let world = world_of(vm)?;
    let group = TaskGroup::new(&world.cx);
    let object = GroupObject { world: Rc::downgrade(&world), group };
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(object)))))
}

impl GroupObject {
    fn world(&self) -> PyResult<Rc<World>> {
        self.world.upgrade().ok_or_else(|| raise(&RUNTIME_ERROR, "Event loop is closed"))
    }

    fn create_task(&self, vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
        let world = self.world()?;
        let names: &[&str] = if world.python() >= PythonVersion::V3_14 {
            &["coro", "name", "context", "eager_start"]
        } else {
            &["coro", "name", "context"]
        };
        check(args, "TaskGroup.create_task", 1, names)?;
        let coroutine = required(args, "TaskGroup.create_task", 0, "coro")?;
        if let Err(misuse) = self.group.check_open() {
            if world.python() >= PythonVersion::V3_13 {
                close_coroutine(&coroutine);
            }
            return Err(misused(&misuse));
        }
        let wanted = Wanted::of(vm, args)?;
        let task = create_task(vm, &world, &coroutine, &wanted)?;
        if let Some(task) = future_of(&task).and_then(|object| object.future.as_task()) {
            self.group.adopt(&task.as_ref());
        }
        Ok(task)
    }

    fn enter(&self, this: &Value) -> PyResult<Value> {
        let (world, group, this) = (self.world()?, self.group.clone(), this.clone());
        Ok(native::object(&world, "TaskGroup.__aenter__", move |world| {
            let entered = group.enter();
            let world = Rc::clone(world);
            Box::pin(async move {
                entered.map_err(|misuse| to_failure(&world, misused(&misuse), None))?;
                Ok(this)
            })
        }))
    }

    fn exit(&self, args: &[Value]) -> PyResult<Value> {
        let (world, group) = (self.world()?, self.group.clone());
        let left = match args.get(1) {
            Some(Value::Exception(raised)) => Some(carry(&world, Rc::clone(raised), None)),
            _ => None,
        };
        Ok(native::object(&world, "TaskGroup.__aexit__", move |world| {
            let world = Rc::clone(world);
            Box::pin(async move {
                match group.exit(left.as_ref()).await {
                    Ok(Left::Nothing) => Ok(Value::Bool(true)),
                    Ok(Left::BodysOwn) => Ok(Value::None),
                    Err(failure) => Err(of_group(&world, failure)),
                }
            })
        }))
    }
}

/// The exception that a group ends with: `raise … from None`.
fn of_group(world: &Rc<World>, failure: Failure) -> Failure {
    let is_group = matches!(&failure, Failure::Raised(object) if object.members().is_some());
    if !is_group {
        return failure;
    }
    let raised = crate::interpreter::failure::look_at(&failure);
    raised.suppress_context.set(true);
    carry(world, raised, None)
}

pub(super) const METHODS: &[&str] = &["__aenter__", "__aexit__", "cancel", "create_task"];

impl ForeignObject for GroupObject {
    fn type_object(&self) -> &'static TypeObject {
        &TASK_GROUP_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        Ok(Some(Str::from(self.group.shown())))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let arguments = Arguments { positional: args, keywords: kwargs };
        Ok(Some(match name.as_str() {
            "create_task" => self.create_task(vm, arguments)?,
            "__aenter__" => self.enter(this)?,
            "__aexit__" => self.exit(args)?,
            "cancel" if self.world()?.python() >= PythonVersion::V3_15 => {
                self.group.cancel();
                Value::None
            }
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
            && (name != "cancel"
                || self.world().is_ok_and(|world| world.python() >= PythonVersion::V3_15))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
