//! Async generators: they run in the frames of whoever awaits their next item.
//!
//! Source: `CPython` `Objects/genobject.c` (`async_gen_asend_send`, `async_gen_athrow_send`).

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use super::coroutine::BoxedLeaf;
use super::failure::{carry, to_raised};
use super::generator::{self, Taken};
use super::machine::{Asked, FrameKind, Machine};
use super::ops;
use super::run::Next;
use super::vm::Interp;
use super::world::World;
use crate::executor::Failure;
use crate::program::exception::{
    ExceptionObject, GENERATOR_EXIT, RUNTIME_ERROR, STOP_ASYNC_ITERATION, raise, type_error,
};
use crate::program::instruction::{Instr, Reg};
use crate::program::value::{
    Foreign, ForeignObject, GeneratorKind, GeneratorObject, OBJECT, PyResult, Raised, Str,
    TypeKind, TypeObject, Value, Vm as _,
};
use crate::trace::PythonVersion;

static ASEND_TYPE: TypeObject = TypeObject {
    name: "async_generator_asend",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

static ATHROW_TYPE: TypeObject = TypeObject {
    name: "async_generator_athrow",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// What `asend()`, `athrow()`, `aclose()` and `__anext__()` return: to be awaited once.
pub(super) struct Step {
    generator: Rc<GeneratorObject>,
    work: RefCell<Option<Work>>,
    pub(super) throws: bool,
}

/// What is done with the generator.
pub(super) enum Work {
    /// It goes on with this value.
    Send(Value),
    /// This is thrown into it.
    Throw(Raised),
    /// It is closed.
    Close,
    /// This is thrown into it, in order to close it.
    CloseWith(Raised),
}

impl Work {
    /// What it throws into the generator.
    fn exception(&self) -> Option<Raised> {
        match self {
            Self::Send(_) => None,
            Self::Throw(raised) | Self::CloseWith(raised) => Some(Rc::clone(raised)),
            Self::Close => Some(Rc::new(ExceptionObject::new(&GENERATOR_EXIT, Vec::new()))),
        }
    }

    /// What is done instead if the task that was to do it is cancelled before its first step: as in
    /// `CPython`, where an unstarted step hands on what is thrown into it.
    fn interrupted(self, by: Raised) -> Self {
        match self {
            Self::Close | Self::CloseWith(_) => Self::CloseWith(by),
            Self::Send(_) | Self::Throw(_) => Self::Throw(by),
        }
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.type_object().name)
    }
}

impl ForeignObject for Step {
    fn type_object(&self) -> &'static TypeObject {
        if self.throws { &ATHROW_TYPE } else { &ASEND_TYPE }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// An object to await that does this.
pub(super) fn step(generator: &Rc<GeneratorObject>, work: Work) -> Value {
    let throws = !matches!(work, Work::Send(_));
    let step = Step { generator: Rc::clone(generator), work: RefCell::new(Some(work)), throws };
    Value::Foreign(Rc::new(Foreign::new(Box::new(step))))
}

/// A step as a task makes it.
pub(super) struct InTask {
    world: Rc<World>,
    generator: Rc<GeneratorObject>,
    work: Option<Work>,
    begun: Option<BoxedLeaf>,
    /// Before 3.13 a step that is interrupted before it begins begins once more: what it then
    /// throws in.
    again: Option<Raised>,
}

impl InTask {
    /// What the step does; an error if it was done already.
    pub(super) fn new(world: &Rc<World>, step: &Step) -> PyResult<Self> {
        let work = step.take()?;
        let (world, generator) = (Rc::clone(world), Rc::clone(&step.generator));
        Ok(Self { world, generator, work: Some(work), begun: None, again: None })
    }
}

impl Future for InTask {
    type Output = Result<Value, Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut Context<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.begun.is_none() && this.world.cx.inspecting() {
            return Poll::Pending;
        }
        if let Some(begun) = &mut this.begun {
            if let Some(raised) = this.again.take_if(|_| !this.world.cx.inspecting()) {
                this.world.cx.throw(carry(&this.world, raised, None));
            }
            return begun.as_mut().poll(poll);
        }
        let work = this.work.take().unwrap_or(Work::Close);
        let work = match this.world.cx.take_thrown() {
            Some(failure) => {
                let repeats = this.world.python() < PythonVersion::V3_13;
                this.again = if repeats { work.exception() } else { None };
                work.interrupted(to_raised(&failure))
            }
            None => work,
        };
        let begun = super::coroutine::awaiting(&this.world, step(&this.generator, work)).1;
        this.begun.insert(begun).as_mut().poll(poll)
    }
}

impl Step {
    fn take(&self) -> PyResult<Work> {
        self.work.borrow_mut().take().ok_or_else(|| {
            let name = if self.throws { "athrow()/aclose()" } else { "__anext__()/asend()" };
            raise(&RUNTIME_ERROR, format!("cannot reuse already awaited {name}"))
        })
    }

    /// What a task that makes it runs, for the trace.
    pub(super) fn runs(&self) -> &'static str {
        match (&*self.work.borrow(), self.throws) {
            (Some(Work::Throw(_)), _) => "athrow",
            (_, true) => "aclose",
            (_, false) => "asend",
        }
    }
}

/// The step that a value is, if it is one.
pub(super) fn step_of(value: &Value) -> Option<&Step> {
    match value {
        Value::Foreign(foreign) => foreign.object.as_any().downcast_ref(),
        _ => None,
    }
}

impl Machine {
    /// `NextAwaited`
    pub(super) fn next_awaited(
        &mut self,
        vm: &mut Interp<'_>,
        dst: Reg,
        iter: Reg,
    ) -> PyResult<Next> {
        let iterator = self.register(iter);
        if let Value::Generator(object) = &iterator
            && object.kind == GeneratorKind::AsyncGenerator
        {
            return self.enter_async(vm, object, Work::Send(Value::None), Asked::ForItem, dst);
        }
        let method = ops::get_attribute(vm, &iterator, &Str::from("__anext__"))?;
        let item = vm.call(&method, &[], &[])?;
        self.await_value(vm, item, dst)
    }

    /// Awaits a step.
    pub(super) fn enter_step(
        &mut self,
        vm: &mut Interp<'_>,
        step: &Step,
        dst: Reg,
    ) -> PyResult<Next> {
        let work = step.take()?;
        let closes = matches!(work, Work::Close | Work::CloseWith(_));
        let asked = if closes { Asked::Close } else { Asked::Item };
        self.enter_async(vm, &step.generator, work, asked, dst)
    }

    fn enter_async(
        &mut self,
        vm: &mut Interp<'_>,
        object: &Rc<GeneratorObject>,
        work: Work,
        asked: Asked,
        dst: Reg,
    ) -> PyResult<Next> {
        let ret = self.frame.base + u32::from(dst);
        let mut suspended = match generator::take(object) {
            Taken::Suspended(suspended) => suspended,
            Taken::Running => {
                let name = if let Work::Send(_) = work { "anext()" } else { "athrow()" };
                let error = format!("{name}: asynchronous generator is already running");
                return Err(raise(&RUNTIME_ERROR, error));
            }
            Taken::Over => {
                return Ok(match work {
                    Work::Throw(raised) | Work::CloseWith(raised) => self.throw(vm, raised.into()),
                    _ => self.async_generator_is_over(vm, asked, ret as usize),
                });
            }
        };
        let is_new = suspended.machine.frame.pc == 0;
        match work {
            Work::Send(value) => {
                if is_new {
                    if !matches!(value, Value::None) {
                        generator::put_back(object, suspended);
                        let error = "can't send non-None value to a just-started async generator";
                        return Err(type_error(error));
                    }
                    vm.world.async_generators.add(object);
                } else if let Some(Instr::Yield { dst, .. }) =
                    suspended.machine.last_instruction(&vm.world.image)
                {
                    suspended.machine.set(dst, value);
                }
                let kind = |suspended| FrameKind::AsyncGenerator(suspended, asked);
                self.enter_suspended(vm, suspended, object, ret, kind)?;
                Ok(Next::Reload)
            }
            Work::Close if is_new => {
                generator::close(object);
                drop(suspended);
                Ok(self.async_generator_is_over(vm, asked, ret as usize))
            }
            Work::Throw(_) | Work::CloseWith(_) | Work::Close => {
                let raised = match work {
                    Work::Throw(raised) | Work::CloseWith(raised) => raised,
                    _ => Rc::new(ExceptionObject::new(&GENERATOR_EXIT, Vec::new())),
                };
                if is_new {
                    generator::close(object);
                    drop(suspended);
                    return Ok(self.throw(vm, raised.into()));
                }
                let kind = |suspended| FrameKind::AsyncGenerator(suspended, asked);
                self.enter_suspended(vm, suspended, object, ret, kind)?;
                Ok(self.throw(vm, raised.into()))
            }
        }
    }

    /// The async generator that the current frame has asked has ended.
    pub(super) fn async_generator_is_over(
        &mut self,
        vm: &mut Interp<'_>,
        asked: Asked,
        ret: usize,
    ) -> Next {
        let image = &vm.world.image;
        match asked {
            Asked::ForItem => {
                if let Some(Instr::NextAwaited { iter, .. }) = self.last_instruction(image) {
                    self.set(iter, Value::Unbound);
                }
                Next::Reload
            }
            Asked::Item => {
                let over = ExceptionObject::new(&STOP_ASYNC_ITERATION, Vec::new());
                self.unwind(vm, Rc::new(over).into())
            }
            Asked::Close => {
                self.put_awaited(image, ret, Value::None);
                Next::Reload
            }
        }
    }

    /// The async generator that the current frame has asked gives an item.
    pub(super) fn async_item(
        &mut self,
        vm: &mut Interp<'_>,
        asked: Asked,
        ret: usize,
        value: Value,
    ) -> Next {
        if asked == Asked::Close {
            let stop = raise(&RUNTIME_ERROR, "async generator ignored GeneratorExit");
            return self.unwind(vm, stop);
        }
        self.put_awaited(&vm.world.image, ret, value);
        Next::Reload
    }
}
