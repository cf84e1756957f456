//! `send`, `throw` and `close` of generators, and `yield from`.
//!
//! Source: `CPython` `Objects/genobject.c` (`gen_send_ex2`, `_gen_throw`, `gen_close`).

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::async_generator::{self, Work};
use super::generator::{self, Suspended, Taken};
use super::machine::{Awaited, Exit, FrameKind, Machine};
use super::ops;
use super::raise::instantiate;
use super::run::Next;
use super::vm::Interp;
use crate::program::exception::{
    ExceptionObject, GENERATOR_EXIT, RUNTIME_ERROR, STOP_ITERATION, raise, type_error, value_error,
};
use crate::program::instruction::{Instr, Reg};
use crate::program::value::{
    GeneratorKind, GeneratorObject, PyResult, Raised, Stop, Str, Value, Vm,
};

/// The async generators of a run that have begun: what is left of them is closed at its end.
#[derive(Debug, Default)]
pub(super) struct AsyncGenerators(RefCell<Vec<Weak<GeneratorObject>>>);

impl AsyncGenerators {
    /// One begins.
    pub(super) fn add(&self, object: &Rc<GeneratorObject>) {
        let mut known = self.0.borrow_mut();
        if known.len() == known.capacity() {
            known.retain(|object| object.strong_count() > 0);
        }
        known.push(Rc::downgrade(object));
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().iter().all(|known| known.upgrade().is_none())
    }

    /// Those that somebody still holds, in the order they began: as in `CPython`
    /// (`BaseEventLoop._asyncgens`) also those that have ended.
    pub(super) fn take(&self) -> Vec<Rc<GeneratorObject>> {
        let known = std::mem::take(&mut *self.0.borrow_mut());
        known.iter().filter_map(Weak::upgrade).collect()
    }
}

/// What a generator does when it is resumed.
pub(super) enum Resumed {
    /// It yields.
    Yielded(Value),
    /// It returns.
    Returned(Value),
}

/// What it is resumed with.
pub(super) enum With {
    /// A value.
    Value(Value),
    /// An exception that is raised in it.
    Raised(Raised),
}

impl Interp<'_> {
    /// Lets a generator or a coroutine go on, inside native code.
    pub(super) fn resume_generator(
        &mut self,
        object: &Rc<GeneratorObject>,
        with: With,
    ) -> PyResult<Resumed> {
        let mut suspended = match generator::take(object) {
            Taken::Suspended(suspended) => suspended,
            Taken::Running => return Err(already_running(object)),
            Taken::Over => {
                return match with {
                    With::Raised(raised) => Err(raised.into()),
                    With::Value(_) if object.kind == GeneratorKind::Coroutine => {
                        Err(raise(&RUNTIME_ERROR, "cannot reuse already awaited coroutine"))
                    }
                    With::Value(_) => Ok(Resumed::Returned(Value::None)),
                };
            }
        };
        let machine = &mut suspended.machine;
        let is_new = machine.callers.is_empty() && machine.frame.pc == 0;
        let thrown = match with {
            With::Value(value) if is_new => {
                if !matches!(value, Value::None) {
                    generator::put_back(object, suspended);
                    let kind = generator::kind_name(object);
                    let error = format!("can't send non-None value to a just-started {kind}");
                    return Err(type_error(error));
                }
                None
            }
            With::Value(value) => {
                machine.resume(&self.world.image, value);
                None
            }
            With::Raised(raised) if is_new => {
                generator::close(object);
                return Err(raised.into());
            }
            With::Raised(raised) => Some(raised),
        };
        let exit = match thrown {
            None => self.run_nested(machine),
            Some(raised) => match machine.throw(self, raised.into()) {
                Next::Exit(exit) => Ok(exit),
                Next::Reload => self.run_nested(machine),
            },
        };
        self.resumed(object, suspended, exit)
    }

    /// What became of a generator that was resumed.
    fn resumed(
        &mut self,
        object: &Rc<GeneratorObject>,
        suspended: Box<Suspended>,
        exit: PyResult<Exit>,
    ) -> PyResult<Resumed> {
        let value = match exit {
            Ok(Exit::Yielded(value) | Exit::Awaiting(Awaited::Bare(value))) => value,
            Ok(Exit::Awaiting(awaited)) if object.kind == GeneratorKind::Coroutine => {
                super::natives::asyncio::driven_by_hand(self.world, awaited)
            }
            ended => {
                generator::close(object);
                return match ended {
                    Ok(Exit::Returned(value)) => Ok(Resumed::Returned(value)),
                    Ok(Exit::Raised(stop)) | Err(stop) => Err(stop),
                    Ok(_) => {
                        let error = "a generator called from native code cannot wait";
                        Err(raise(&RUNTIME_ERROR, error))
                    }
                };
            }
        };
        generator::put_back(object, suspended);
        Ok(Resumed::Yielded(value))
    }

    /// A method of a generator, a coroutine or an async generator; `None` if it has none of that
    /// name.
    pub(super) fn generator_method(
        &mut self,
        object: &Rc<GeneratorObject>,
        name: &str,
        args: &[Value],
    ) -> PyResult<Option<Value>> {
        if object.kind == GeneratorKind::AsyncGenerator {
            return self.async_generator_method(object, name, args);
        }
        let resumed = match (name, args) {
            ("send", [value]) => self.resume_generator(object, With::Value(value.clone())),
            ("__next__", []) if object.kind == GeneratorKind::Generator => {
                self.resume_generator(object, With::Value(Value::None))
            }
            ("throw", [first, rest @ ..]) if rest.len() <= 2 => {
                let raised = thrown(self, first, rest)?;
                self.resume_generator(object, With::Raised(raised))
            }
            ("close", []) => return self.close_generator(object).map(Some),
            ("__iter__", []) if object.kind == GeneratorKind::Generator => {
                return Ok(Some(Value::Generator(Rc::clone(object))));
            }
            ("__await__", []) if object.kind == GeneratorKind::Coroutine => {
                return Ok(Some(Value::Generator(Rc::clone(object))));
            }
            _ => return Ok(None),
        };
        match resumed? {
            Resumed::Yielded(value) => Ok(Some(value)),
            Resumed::Returned(value) => Err(stop_iteration(value)),
        }
    }

    /// `close()`
    pub(super) fn close_generator(&mut self, object: &Rc<GeneratorObject>) -> PyResult<Value> {
        let exit = Rc::new(ExceptionObject::new(&GENERATOR_EXIT, Vec::new()));
        match self.resume_generator(object, With::Raised(exit)) {
            Ok(Resumed::Yielded(_)) => {
                let kind = generator::kind_name(object);
                Err(raise(&RUNTIME_ERROR, format!("{kind} ignored GeneratorExit")))
            }
            Ok(Resumed::Returned(value)) => Ok(value),
            Err(stop) if stop.is_a(&GENERATOR_EXIT) || stop.is_a(&STOP_ITERATION) => {
                Ok(Value::None)
            }
            Err(stop) => Err(stop),
        }
    }

    fn async_generator_method(
        &mut self,
        object: &Rc<GeneratorObject>,
        name: &str,
        args: &[Value],
    ) -> PyResult<Option<Value>> {
        let work = match (name, args) {
            ("__anext__", []) => Work::Send(Value::None),
            ("asend", [value]) => Work::Send(value.clone()),
            ("athrow", [first, rest @ ..]) if rest.len() <= 2 => {
                Work::Throw(thrown(self, first, rest)?)
            }
            ("aclose", []) => Work::Close,
            ("__aiter__", []) => return Ok(Some(Value::Generator(Rc::clone(object)))),
            _ => return Ok(None),
        };
        Ok(Some(async_generator::step(object, work)))
    }
}

/// The exception that `throw(type, value, traceback)` raises.
fn thrown(vm: &mut Interp<'_>, first: &Value, rest: &[Value]) -> PyResult<Raised> {
    let wrong = "exceptions must be classes or instances deriving from BaseException, not ";
    let wrong = format!("{wrong}{}", first.type_name());
    match rest.first() {
        None | Some(Value::None) => instantiate(vm, first.clone(), &wrong),
        Some(value @ Value::Exception(_)) => instantiate(vm, value.clone(), &wrong),
        Some(value) => {
            let made = vm.call(first, std::slice::from_ref(value), &[])?;
            instantiate(vm, made, &wrong)
        }
    }
}

/// What tells that a generator has returned.
fn stop_iteration(value: Value) -> Stop {
    let args = if let Value::None = value { Vec::new() } else { vec![value.clone()] };
    let stop = ExceptionObject::new(&STOP_ITERATION, args);
    stop.set_attribute("value", value);
    Rc::new(stop).into()
}

fn already_running(object: &GeneratorObject) -> Stop {
    match object.kind {
        GeneratorKind::Coroutine => value_error("coroutine already executing"),
        _ => value_error("generator already executing"),
    }
}

/// The value of a `StopIteration`.
fn value_of(stop: &Stop) -> Option<Value> {
    let exception = stop.exception().filter(|exception| exception.is_a(&STOP_ITERATION))?;
    Some(exception.args.borrow().first().cloned().unwrap_or(Value::None))
}

/// Whether it is a future, or a coroutine or its kin that are not of the program.
pub(super) fn can_be_awaited(value: &Value) -> bool {
    matches!(value, Value::Foreign(_))
        && (super::natives::asyncio::is_awaitable(value)
            || async_generator::step_of(value).is_some())
}

impl Machine {
    /// `Send`
    pub(super) fn send(
        &mut self,
        vm: &mut Interp<'_>,
        dst: Reg,
        iter: Reg,
        src: Reg,
    ) -> PyResult<Next> {
        let iterator = self.register(iter);
        let value = self.take_register(src);
        match &iterator {
            Value::Generator(object) if object.kind == GeneratorKind::Generator => {
                let mut suspended = match generator::take(object) {
                    Taken::Suspended(suspended) => suspended,
                    Taken::Running => return Err(already_running(object)),
                    Taken::Over => {
                        self.iteration_is_over(&vm.world.image, Value::None);
                        return Ok(Next::Reload);
                    }
                };
                if let Some(Instr::Yield { dst, .. }) =
                    suspended.machine.last_instruction(&vm.world.image)
                {
                    suspended.machine.set(dst, value);
                }
                let ret = self.frame.base + u32::from(dst);
                self.enter_suspended(vm, suspended, object, ret, FrameKind::Generator)?;
                Ok(Next::Reload)
            }
            Value::Generator(object) if object.kind == GeneratorKind::Coroutine => {
                self.await_value(vm, iterator, dst)
            }
            Value::Foreign(_) if can_be_awaited(&iterator) => self.await_value(vm, iterator, dst),
            _ => {
                let item = if let Value::None = value {
                    ops::next(vm, &iterator)
                } else {
                    let send = ops::get_attribute(vm, &iterator, &Str::from("send"))?;
                    vm.call(&send, &[value], &[]).map(Some)
                };
                self.sent(vm, dst, item)
            }
        }
    }

    /// What a foreign iterator gave: an item, or its end.
    fn sent(
        &mut self,
        vm: &mut Interp<'_>,
        dst: Reg,
        item: PyResult<Option<Value>>,
    ) -> PyResult<Next> {
        match item {
            Ok(Some(item)) => {
                self.set(dst, item);
                self.frame.pc += 1;
            }
            Ok(None) => self.iteration_is_over(&vm.world.image, Value::None),
            Err(stop) => match value_of(&stop) {
                Some(value) => self.iteration_is_over(&vm.world.image, value),
                None => return Err(stop),
            },
        }
        Ok(Next::Reload)
    }

    /// `Throw`
    pub(super) fn throw_into(
        &mut self,
        vm: &mut Interp<'_>,
        dst: Reg,
        iter: Reg,
        src: Reg,
    ) -> PyResult<Next> {
        let iterator = self.register(iter);
        let Value::Exception(raised) = self.take_register(src) else { return Ok(Next::Reload) };
        if let Value::Generator(object) = &iterator
            && object.kind == GeneratorKind::Generator
        {
            let Taken::Suspended(suspended) = generator::take(object) else {
                return Ok(self.rethrow(vm, Value::Exception(raised)));
            };
            if raised.is_a(&GENERATOR_EXIT) {
                generator::put_back(object, suspended);
                vm.close_generator(object)?;
                return Ok(self.rethrow(vm, Value::Exception(raised)));
            }
            let ret = self.frame.base + u32::from(dst);
            self.enter_suspended(vm, suspended, object, ret, FrameKind::Generator)?;
            return Ok(self.throw(vm, raised.into()));
        }
        let name = Str::from(if raised.is_a(&GENERATOR_EXIT) { "close" } else { "throw" });
        if !matches!(iterator, Value::Instance(_)) || !ops::has_attribute(vm, &iterator, &name)? {
            return Ok(self.rethrow(vm, Value::Exception(raised)));
        }
        let method = ops::get_attribute(vm, &iterator, &name)?;
        if raised.is_a(&GENERATOR_EXIT) {
            vm.call(&method, &[], &[])?;
            return Ok(self.rethrow(vm, Value::Exception(raised)));
        }
        let item = vm.call(&method, &[Value::Exception(raised)], &[]).map(Some);
        self.sent(vm, dst, item)
    }
}
