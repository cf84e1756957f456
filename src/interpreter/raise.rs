//! Exceptions on their way up: context, handlers, traceback.
//!
//! Source: `CPython` `Python/errors.c` (`_PyErr_SetObject`: context and its cycles),
//! `Python/ceval.c` (`do_raise`), `Objects/genobject.c` (`StopIteration` that leaves a generator).

use std::rc::Rc;

use super::image::Image;
use super::machine::{Asked, Exit, FrameKind, Machine};
use super::run::Next;
use super::vm::Interp;
use super::world::World;
use crate::program::code::{CodeKind, Handled};
use crate::program::exception::{
    ATTRIBUTE_ERROR, BASE_EXCEPTION, ExceptionObject, GENERATOR_EXIT, RUNTIME_ERROR,
    STOP_ASYNC_ITERATION, STOP_ITERATION, TracebackFrame, raise, type_error,
};
use crate::program::instruction::{Instr, NO_REG, Reg};
use crate::program::value::{
    GeneratorKind, PyResult, Raised, Stop, StopKind, TypeKind, TypeRef, Value, Vm,
};
use crate::source::Part;
use crate::trace::outcome::LimitKind;

/// How many plain operations a frame counts for that an exception leaves.
const LEAVE_COST: i64 = 20;
/// How many plain operations an exception counts for.
const RAISE_COST: i64 = 20;

impl Machine {
    /// An operation of the current frame failed.
    #[cold]
    pub(super) fn unwind(&mut self, vm: &mut Interp<'_>, stop: Stop) -> Next {
        let exception = match stop.kind() {
            StopKind::Raised(exception) => exception,
            StopKind::Limit(limit) => {
                return Next::Exit(Exit::Raised(self.limit(vm, limit)));
            }
        };
        if let Err(stop) = vm.world.spend(RAISE_COST) {
            let limit = match stop.kind() {
                StopKind::Limit(limit) => limit,
                StopKind::Raised(_) => LimitKind::Operations,
            };
            return Next::Exit(Exit::Raised(self.limit(vm, limit)));
        }
        // One that comes out of native code may have been raised by code that it called.
        let mut part = Part::Whole;
        if exception.traceback.borrow().is_empty() {
            self.is_raised(vm, &exception);
            part = self.failed_part(&vm.world.image, &exception);
            super::suggestion::remember(self, vm.world, &exception);
        }
        self.propagate(vm, exception, Some(part))
    }

    /// A limit was reached: the run ends here.
    fn limit(&self, vm: &Interp<'_>, limit: LimitKind) -> Stop {
        let world = vm.world;
        let sites: Vec<_> = self.sites(&world.image).collect();
        world.limit_frames.borrow_mut().extend(sites.into_iter().rev());
        world.reached(limit);
        Stop::limit(limit)
    }

    /// Which part of what the current instruction does has failed, if that failed by itself.
    fn failed_part(&self, image: &Image, exception: &ExceptionObject) -> Part {
        let code = &image.code(self.frame.code).code;
        match self.last_instruction(image) {
            Some(Instr::FindMethod { .. }) => Part::Callee,
            Some(Instr::CallMethod { name, .. }) if exception.is_a(&ATTRIBUTE_ERROR) => {
                let wanted = code.names.get(usize::from(name)).map(|name| &**name);
                match exception.attribute("name") {
                    Some(Value::Str(missing)) if Some(missing.as_str()) == wanted => Part::Callee,
                    _ => Part::Whole,
                }
            }
            Some(Instr::CallAwait { .. }) => match exception.args.borrow().first() {
                Some(Value::Str(text)) if is_about_await(text) => Part::Whole,
                _ => Part::Awaited,
            },
            _ => Part::Whole,
        }
    }

    /// `raise value from cause`
    pub(super) fn raise(
        &mut self,
        vm: &mut Interp<'_>,
        value: Value,
        cause: Option<Value>,
    ) -> Next {
        let exception = match instantiate(vm, value, "exceptions must derive from BaseException") {
            Ok(exception) => exception,
            Err(stop) => return self.unwind(vm, stop),
        };
        if let Some(cause) = cause {
            let cause = match cause {
                Value::None => None,
                cause => {
                    let wrong = "exception causes must derive from BaseException";
                    match instantiate(vm, cause, wrong) {
                        Ok(cause) => Some(cause),
                        Err(stop) => return self.unwind(vm, stop),
                    }
                }
            };
            *exception.cause.borrow_mut() = cause;
            exception.suppress_context.set(true);
        }
        self.is_raised(vm, &exception);
        self.propagate(vm, exception, Some(Part::Whole))
    }

    /// `raise` alone
    pub(super) fn raise_again(&mut self, vm: &mut Interp<'_>) -> Next {
        match self.handled(&vm.world.image) {
            Some(exception) => self.propagate(vm, exception, None),
            None => {
                let stop = raise(&RUNTIME_ERROR, "No active exception to reraise");
                self.unwind(vm, stop)
            }
        }
    }

    /// Lets an exception go on that was stopped here.
    pub(super) fn rethrow(&mut self, vm: &mut Interp<'_>, value: Value) -> Next {
        match value {
            Value::Exception(exception) => self.propagate(vm, exception, None),
            _ => Next::Reload,
        }
    }

    /// What the current frame awaits failed.
    pub(super) fn throw(&mut self, vm: &mut Interp<'_>, stop: Stop) -> Next {
        match stop.kind() {
            StopKind::Raised(exception) => {
                self.set_context(vm.world, &exception);
                self.propagate(vm, exception, Some(Part::Whole))
            }
            StopKind::Limit(limit) => self.unwind(vm, Stop::limit(limit)),
        }
    }

    /// A new exception is raised: its context is what is being handled, and the trace is told.
    fn is_raised(&self, vm: &Interp<'_>, exception: &Raised) {
        self.set_context(vm.world, exception);
        let cx = &vm.world.cx;
        if cx.is_recording() {
            self.tell_site(vm.world);
            cx.raised(&super::failure::short_text(exception));
        }
    }

    fn set_context(&self, world: &World, exception: &Raised) {
        let Some(handled) = self.handled(&world.image) else { return };
        if Rc::ptr_eq(&handled, exception) {
            return;
        }
        let links = cut_from_chain(&handled, exception);
        *exception.context.borrow_mut() = Some(handled);
        world.count(links);
    }

    /// The exception that is being handled: by the innermost frame that handles one.
    pub(super) fn handled(&self, image: &Image) -> Option<Raised> {
        let waiting = self.callers.iter().map(|caller| &caller.frame);
        waiting.chain([&self.frame]).rev().find_map(|frame| {
            let code = &image.code(frame.code).code;
            let register = |reg: u16| self.stack.get(frame.base as usize + usize::from(reg));
            code.handled(frame.pc.saturating_sub(1)).find_map(|range| {
                let is_raising = range.path == NO_REG
                    || matches!(register(range.path), Some(Value::Int(Handled::RAISING)));
                match register(range.register) {
                    Some(Value::Exception(exception)) if is_raising => Some(Rc::clone(exception)),
                    _ => None,
                }
            })
        })
    }

    /// The traceback of an exception holds the frames that it left, with their variables. Of what is
    /// in these, only the end of a generator can be noticed.
    fn hold_generators(&self, image: &Image, exception: &Raised) {
        let base = self.frame.base as usize;
        let registers = base..base + image.code(self.frame.code).code.variables.len();
        let held = self.stack.get(registers).unwrap_or_default().iter().filter(|value| {
            matches!(value, Value::Generator(object) if object.kind != GeneratorKind::Coroutine)
        });
        for generator in held {
            exception.held.borrow_mut().get_or_insert_default().push(generator.clone());
        }
    }

    /// What a statement that an exception left was going through is let go of.
    fn drop_generators(&mut self, from: Reg, to: Reg) {
        let base = self.frame.base as usize;
        let registers = base + usize::from(from)..base + usize::from(to);
        for register in self.stack.get_mut(registers).unwrap_or_default() {
            if let Value::Generator(_) = register {
                *register = Value::Unbound;
            }
        }
    }

    /// Looks for a handler, from the current frame up. `new_here` is what failed in the current
    /// frame, if its traceback does not tell of that yet.
    fn propagate(&mut self, vm: &mut Interp<'_>, raised: Raised, new_here: Option<Part>) -> Next {
        let image = &vm.world.image;
        let mut exception = raised;
        let mut new_here = new_here;
        loop {
            let loaded = image.code(self.frame.code);
            let at = self.frame.pc.saturating_sub(1);
            if let Some(part) = new_here {
                let (site, span) = (self.frame.site(image), loaded.code.span(at as usize));
                let frame = TracebackFrame { site, span, part, function: loaded.name.clone() };
                exception.traceback.borrow_mut().push(frame);
            }
            new_here = Some(Part::Whole);
            if exception.is_a(&STOP_ASYNC_ITERATION)
                && let Some(Instr::NextAwaited { iter, .. }) = self.last_instruction(image)
            {
                // The end of an `async for`: the jump behind it is taken.
                self.set(iter, Value::Unbound);
                return Next::Reload;
            }
            if let Some(handler) = loaded.code.handler(at).copied() {
                self.drop_generators(handler.register, loaded.code.n_registers);
                self.set(handler.register, Value::Exception(exception));
                self.frame.pc = handler.target;
                return Next::Reload;
            }
            exception = leaving(loaded.code.kind, exception);
            self.hold_generators(image, &exception);
            vm.world.count(LEAVE_COST);
            match self.leave(image) {
                Some((ret, FrameKind::AsyncGenerator(suspended, Asked::Close)))
                    if exception.is_a(&GENERATOR_EXIT) || exception.is_a(&STOP_ASYNC_ITERATION) =>
                {
                    FrameKind::Generator(suspended).close();
                    self.put_awaited(image, ret, Value::None);
                    return Next::Reload;
                }
                Some((_, FrameKind::NextItem)) if exception.is_a(&STOP_ITERATION) => {
                    self.iteration_is_over(image, Value::None);
                    return Next::Reload;
                }
                Some((_, kind)) => kind.close(),
                None => return Next::Exit(Exit::Raised(exception.into())),
            }
        }
    }
}

/// Whether an error is about what a call gave, not about the call.
fn is_about_await(text: &str) -> bool {
    text.ends_with("can't be awaited") || text.ends_with("in 'await' expression")
}

/// A `StopIteration` that leaves a generator or a coroutine would end a loop that it has nothing
/// to do with.
fn leaving(kind: CodeKind, exception: Raised) -> Raised {
    let (what, stops) = match kind {
        CodeKind::Module | CodeKind::Function => return exception,
        CodeKind::Coroutine => ("coroutine", exception.is_a(&STOP_ITERATION)),
        CodeKind::Generator => ("generator", exception.is_a(&STOP_ITERATION)),
        CodeKind::AsyncGenerator => (
            "async generator",
            exception.is_a(&STOP_ITERATION) || exception.is_a(&STOP_ASYNC_ITERATION),
        ),
    };
    if !stops {
        return exception;
    }
    let name = exception.ty.name();
    let message = Value::from(format!("{what} raised {name}"));
    let error = ExceptionObject::new(&RUNTIME_ERROR, [message]);
    *error.context.borrow_mut() = Some(Rc::clone(&exception));
    *error.cause.borrow_mut() = Some(exception);
    error.suppress_context.set(true);
    Rc::new(error)
}

/// Takes an exception out of the chain of contexts that it is to be put before, and gives how many
/// links were looked at. A program may have closed the chain to a ring that the exception is not
/// part of: a second walker at half the speed meets the first there (Floyd).
fn cut_from_chain(handled: &Raised, exception: &Raised) -> i64 {
    let context = |of: &Raised| of.context.borrow().clone();
    let (mut link, mut slow) = (Rc::clone(handled), Rc::clone(handled));
    let mut links = 0;
    while let Some(next) = context(&link) {
        links += 1;
        if Rc::ptr_eq(&next, exception) {
            *link.context.borrow_mut() = None;
            break;
        }
        link = next;
        if Rc::ptr_eq(&link, &slow) {
            break;
        }
        if links % 2 == 0
            && let Some(next) = context(&slow)
        {
            slow = next;
        }
    }
    links
}

/// An exception, from an object or a class of one.
pub(super) fn instantiate(vm: &mut Interp<'_>, value: Value, wrong: &str) -> PyResult<Raised> {
    match value {
        Value::Exception(exception) => Ok(exception),
        Value::Type(_) | Value::Class(_) if is_exception_type(&value) => {
            match vm.call(&value, &[], &[])? {
                Value::Exception(exception) => Ok(exception),
                _ => Err(type_error(wrong)),
            }
        }
        _ => Err(type_error(wrong)),
    }
}

fn is_exception_type(value: &Value) -> bool {
    match value {
        Value::Type(ty) => ty.kind == TypeKind::Exception,
        Value::Class(class) => TypeRef::Class(Rc::clone(class)).is_a(&BASE_EXCEPTION),
        _ => false,
    }
}

/// Whether an `except` of these types catches the exception.
pub(super) fn catches(types: &Value, exception: &Value) -> PyResult<bool> {
    let Value::Exception(exception) = exception else { return Ok(false) };
    let given = match types {
        Value::Tuple(items) => &items[..],
        one => std::slice::from_ref(one),
    };
    if !given.iter().all(is_exception_type) {
        let error = "catching classes that do not inherit from BaseException is not allowed";
        return Err(type_error(error));
    }
    Ok(given.iter().any(|ty| match ty {
        Value::Type(ty) => exception.is_a(ty),
        Value::Class(class) => exception.ty.is_subtype_of(&TypeRef::Class(Rc::clone(class))),
        _ => false,
    }))
}
