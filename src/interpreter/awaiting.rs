//! `await`: of coroutines, which run in frames of the same machine, and of everything else.

use std::rc::Rc;

use super::async_generator;
use super::build::clear_all;
use super::generator::{self, Taken};
use super::machine::{Awaited, Exit, FrameKind, Machine};
use super::natives::asyncio;
use super::ops;
use super::run::Next;
use super::vm::Interp;
use crate::program::code::CodeKind;
use crate::program::exception::{RUNTIME_ERROR, raise, type_error};
use crate::program::instruction::Reg;
use crate::program::value::{GeneratorKind, PyResult, Stop, Str, Value, Vm};
use crate::trace::PythonVersion;

impl Machine {
    /// `dst = await base(base + 1, …)`: a coroutine is entered without making its object.
    pub(super) fn call_await(
        &mut self,
        vm: &mut Interp<'_>,
        base: Reg,
        argc: usize,
        dst: Reg,
    ) -> PyResult<Next> {
        let first = self.window(base, 0).start;
        if let Value::Function(function) = &self.stack[first] {
            let loaded = vm.world.image.code(function.code);
            if loaded.code.kind == CodeKind::Coroutine {
                let function = Rc::clone(function);
                let kind = FrameKind::Call;
                self.enter_function(vm, &function, loaded, first + 1, argc, dst, kind)?;
                return Ok(Next::Reload);
            }
        }
        let window = first..first + argc + 1;
        self.tell_site(vm);
        let callee = self.stack[first].clone();
        let args = &self.stack[first + 1..window.end];
        let result = vm.call(&callee, args, &[])?;
        clear_all(&mut self.stack[window]);
        self.await_value(vm, result, dst)
    }

    /// `dst = await src`
    pub(super) fn await_register(
        &mut self,
        vm: &mut Interp<'_>,
        src: Reg,
        dst: Reg,
    ) -> PyResult<Next> {
        let at = self.window(src, 0).start;
        let value = std::mem::replace(&mut self.stack[at], Value::Unbound);
        self.await_value(vm, value, dst)
    }

    pub(super) fn await_value(
        &mut self,
        vm: &mut Interp<'_>,
        value: Value,
        dst: Reg,
    ) -> PyResult<Next> {
        self.tell_site(vm);
        if let Value::Generator(object) = &value
            && object.kind == GeneratorKind::Coroutine
        {
            let suspended = match generator::take(object) {
                Taken::Suspended(suspended) => suspended,
                Taken::Running => {
                    return Err(raise(&RUNTIME_ERROR, "coroutine is being awaited already"));
                }
                Taken::Over => {
                    let error = "cannot reuse already awaited coroutine";
                    return Err(raise(&RUNTIME_ERROR, error));
                }
            };
            let ret = self.frame.base + u32::from(dst);
            self.enter_suspended(vm, suspended, object, ret, FrameKind::Coroutine)?;
            return Ok(Next::Reload);
        }
        if let Some(step) = async_generator::step_of(&value) {
            return self.enter_step(vm, step, dst);
        }
        match asyncio::awaited(vm.world, &value)? {
            Some(awaited) => Ok(Next::Exit(Exit::Awaiting(awaited))),
            None => self.await_object(vm, &value, dst),
        }
    }

    /// Awaits what has an `__await__`.
    #[cold]
    pub(super) fn await_object(
        &mut self,
        vm: &mut Interp<'_>,
        value: &Value,
        dst: Reg,
    ) -> PyResult<Next> {
        let name = Str::from("__await__");
        let plain = matches!(value, Value::Instance(_) | Value::Foreign(_) | Value::Exception(_));
        if !plain || !ops::has_attribute(vm, value, &name)? {
            return Err(not_awaitable(vm, value));
        }
        let method = ops::get_attribute(vm, value, &name)?;
        let iterator = vm.call(&method, &[], &[])?;
        if let Value::Generator(object) = &iterator
            && object.kind == GeneratorKind::Generator
        {
            let Taken::Suspended(suspended) = generator::take(object) else {
                return Err(raise(&RUNTIME_ERROR, "cannot reuse already awaited coroutine"));
            };
            let ret = self.frame.base + u32::from(dst);
            self.enter_suspended(vm, suspended, object, ret, FrameKind::Coroutine)?;
            return Ok(Next::Reload);
        }
        if iterator.is(value) {
            return Err(not_awaitable(vm, value));
        }
        let is_awaitable = matches!(&iterator, Value::Generator(_))
            || async_generator::step_of(&iterator).is_some();
        if !is_awaitable {
            if let Some(awaited) = asyncio::awaited(vm.world, &iterator)? {
                return Ok(Next::Exit(Exit::Awaiting(awaited)));
            }
            let ty = iterator.type_name();
            let error = format!("__await__() returned non-iterator of type '{ty}'");
            return Err(type_error(error));
        }
        self.await_value(vm, iterator, dst)
    }
}

#[cold]
fn not_awaitable(vm: &Interp<'_>, value: &Value) -> Stop {
    type_error(cannot_await(vm.world.python(), value))
}

/// What is said when an object that cannot be awaited is.
pub(super) fn cannot_await(python: PythonVersion, value: &Value) -> String {
    let ty = value.type_name();
    if python >= PythonVersion::V3_14 {
        format!("'{ty}' object can't be awaited")
    } else {
        format!("object {ty} can't be used in 'await' expression")
    }
}

/// What a job or callback awaits, which it cannot.
pub(super) fn cannot_wait(awaited: &Awaited) -> Stop {
    let what = match awaited {
        Awaited::Sleep(_) => "sleep",
        Awaited::Io(_) => "io",
        Awaited::Future(_) | Awaited::Other(_) | Awaited::Bare(_) => "await",
    };
    raise(&RUNTIME_ERROR, format!("cannot {what} outside of a coroutine"))
}
