//! `asyncio.as_completed`: what it gives can be gone through with `for` and, from 3.13 on, with
//! `async for`.

use std::any::Any;
use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::arguments::{argument, check, duration, required, seconds_to_add};
use super::awaitable;
use super::future::{future_of, object as future_object};
use super::native;
use super::spawn::is_coroutine;
use crate::executor::{Failure, Future};
use crate::interpreter::failure::to_failure;
use crate::interpreter::natives::world_of;
use crate::interpreter::ops;
use crate::interpreter::world::World;
use crate::program::exception::{
    ExceptionObject, RUNTIME_ERROR, STOP_ASYNC_ITERATION, STOP_ITERATION, raise, type_error,
};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Stop, Str, TypeKind, TypeObject,
    Value, Vm,
};
use crate::tasks::AsCompleted;
use crate::time::Duration;
use crate::trace::PythonVersion;

static ITERATOR_TYPE: TypeObject = TypeObject {
    name: "_AsCompletedIterator",
    module: "asyncio.tasks",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

static GENERATOR_TYPE: TypeObject = TypeObject {
    name: "generator",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

#[derive(Debug)]
struct CompletedObject {
    world: Weak<World>,
    state: RefCell<State>,
}

#[derive(Debug)]
enum State {
    /// Before 3.13 nothing happens before the first `next()`.
    New(Vec<Value>, Option<Duration>),
    Begun(AsCompleted<Value>),
}

/// `as_completed(fs, *, timeout=None)`
pub(super) fn as_completed(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "as_completed", 1, &["fs", "timeout"])?;
    let awaitables = required(args, "as_completed", 0, "fs")?;
    let world = world_of(vm)?;
    if future_of(&awaitables).is_some() || is_coroutine(&awaitables) {
        let expects = if world.python() < PythonVersion::V3_13 {
            "expect an iterable of futures"
        } else {
            "expects an iterable of awaitables"
        };
        let ty = awaitables.type_name();
        return Err(type_error(format!("{expects}, not {ty}")));
    }
    let timeout = match argument(args, usize::MAX, "timeout") {
        None | Some(Value::None) => None,
        Some(seconds) => Some(duration(seconds_to_add(&seconds)?)),
    };
    let items = ops::collect(vm, &awaitables)?;
    let object = CompletedObject {
        world: Rc::downgrade(&world),
        state: RefCell::new(State::New(items, timeout)),
    };
    if world.python() >= PythonVersion::V3_13 {
        object.begun(vm)?;
    }
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(object)))))
}

impl CompletedObject {
    fn world(&self) -> PyResult<Rc<World>> {
        self.world.upgrade().ok_or_else(|| raise(&RUNTIME_ERROR, "Event loop is closed"))
    }

    fn begun(&self, vm: &mut dyn Vm) -> PyResult<AsCompleted<Value>> {
        let (items, timeout) = match &mut *self.state.borrow_mut() {
            State::Begun(completed) => return Ok(completed.clone()),
            State::New(items, timeout) => (std::mem::take(items), *timeout),
        };
        let world = self.world()?;
        let mut known: Vec<(Value, Future<Value>)> = Vec::with_capacity(items.len());
        let mut futures = Vec::with_capacity(items.len());
        for item in items {
            // A coroutine that is given twice is one.
            let twice = known.iter().find(|(other, _)| other.is(&item));
            if let Some((_, future)) = twice {
                futures.push(future.clone());
                continue;
            }
            let future = awaitable::future(vm, &world, &item)?;
            if is_coroutine(&item) {
                known.push((item, future.clone()));
            }
            futures.push(future);
        }
        let completed = AsCompleted::new(&world.cx, &futures, timeout);
        *self.state.borrow_mut() = State::Begun(completed.clone());
        Ok(completed)
    }

    /// `__next__`: a coroutine that gives the result of the next one.
    fn next(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let completed = self.begun(vm)?;
        if !completed.take_turn() {
            return Ok(None);
        }
        let name = if self.world()?.python() < PythonVersion::V3_13 {
            "as_completed.<locals>._wait_for_one"
        } else {
            "_AsCompletedIterator._wait_for_one"
        };
        Ok(Some(native::object(&self.world()?, name, move |_| {
            Box::pin(async move {
                let future = completed.next().await?;
                match future.told() {
                    Some(result) => result,
                    None => Err(Failure::raised("InvalidStateError", "Result is not set.")),
                }
            })
        })))
    }

    /// `__anext__`: a coroutine that gives the next one itself.
    fn next_async(&self, vm: &mut dyn Vm) -> PyResult<Value> {
        let completed = self.begun(vm)?;
        Ok(native::object(&self.world()?, "_AsCompletedIterator.__anext__", move |world| {
            let world = Rc::clone(world);
            Box::pin(async move {
                if !completed.take_turn() {
                    let over = ExceptionObject::new(&STOP_ASYNC_ITERATION, Vec::new());
                    return Err(to_failure(&world, Stop::from(Rc::new(over)), None));
                }
                let future = completed.next().await?;
                Ok(future_object(&world, &future))
            })
        }))
    }

    fn is_async(&self) -> bool {
        self.world().is_ok_and(|world| world.python() >= PythonVersion::V3_13)
    }
}

impl ForeignObject for CompletedObject {
    fn type_object(&self) -> &'static TypeObject {
        if self.is_async() { &ITERATOR_TYPE } else { &GENERATOR_TYPE }
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        _args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok(Some(match name.as_str() {
            "__iter__" => this.clone(),
            "__next__" => match self.next(vm)? {
                Some(next) => next,
                None => {
                    let over = ExceptionObject::new(&STOP_ITERATION, Vec::new());
                    return Err(Stop::from(Rc::new(over)));
                }
            },
            "__aiter__" if self.is_async() => this.clone(),
            "__anext__" if self.is_async() => self.next_async(vm)?,
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        match name {
            "__iter__" | "__next__" => true,
            "__aiter__" | "__anext__" => self.is_async(),
            _ => false,
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
