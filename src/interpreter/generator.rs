//! Calls that can be suspended as objects: generators, and coroutines that nobody awaits yet.

use std::any::Any;
use std::rc::Rc;

use super::image::{Image, LoadedCode};
use super::machine::{Awaited, Caller, Exit, Frame, FrameKind, Machine, Registers};
use super::run::Next;
use super::vm::Interp;
use super::world::World;
use crate::index::SiteId;
use crate::program::code::CodeKind;
use crate::program::exception::{RUNTIME_ERROR, raise, type_error, value_error};
use crate::program::instruction::{Instr, Reg};
use crate::program::value::heap::{self, Identity};
use crate::program::value::{Function, GeneratorKind, GeneratorObject, PyResult, Value};

/// A call that is not running.
pub(super) struct Suspended {
    /// Where it goes on; of its frames only the outermost is there.
    pub machine: Machine,
    pub world: Rc<World>,
    /// The object it belongs to, while it runs in the frames of another machine.
    object: Option<Rc<GeneratorObject>>,
    /// Whether somebody has taken it to run it.
    pub taken: bool,
    /// Where in the program it was made, as far as the loop was told.
    pub made_at: SiteId,
}

/// Bytes that a suspended call is counted for, about.
pub(super) const WEIGHT: u64 = 400;

/// Stands for a call in its object while it runs.
struct Running;

impl std::fmt::Debug for Suspended {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Suspended({:?})", self.machine.frame)
    }
}

impl Suspended {
    /// Gives away the machine, to run as something of its own.
    #[expect(clippy::boxed_local, reason = "it comes in a box, and goes with it")]
    pub(super) fn into_machine(mut self: Box<Self>) -> Machine {
        self.taken = true;
        std::mem::replace(&mut self.machine, Machine::empty())
    }
}

/// The object of a call that lost its own.
pub(super) fn object_of(
    world: &Rc<World>,
    loaded: &LoadedCode,
    machine: Machine,
) -> Rc<GeneratorObject> {
    heap::charge(WEIGHT);
    let suspended: Box<dyn Any> = Box::new(Suspended {
        machine,
        world: Rc::clone(world),
        object: None,
        taken: false,
        made_at: SiteId::NONE,
    });
    Rc::new(GeneratorObject {
        kind: kind_of(loaded.code.kind),
        name: loaded.name.clone(),
        qualname: loaded.qualname.clone(),
        state: Some(suspended).into(),
        identity: Identity::default(),
    })
}

fn kind_of(kind: CodeKind) -> GeneratorKind {
    match kind {
        CodeKind::Generator => GeneratorKind::Generator,
        CodeKind::AsyncGenerator => GeneratorKind::AsyncGenerator,
        _ => GeneratorKind::Coroutine,
    }
}

/// Makes the object of a call that runs later.
pub(super) fn make(
    world: &Rc<World>,
    function: &Function,
    loaded: &LoadedCode,
    registers: Registers,
) -> Value {
    let kind = kind_of(loaded.code.kind);
    heap::charge(WEIGHT);
    let suspended: Box<dyn Any> = Box::new(Suspended {
        machine: Machine::new(&world.image, function.code, registers),
        world: Rc::clone(world),
        object: None,
        taken: false,
        made_at: world.cx.site(),
    });
    Value::Generator(Rc::new(GeneratorObject {
        kind,
        name: function.name.clone(),
        qualname: function.qualname.clone(),
        state: Some(suspended).into(),
        identity: Identity::default(),
    }))
}

/// What became of a suspended call that somebody wants to run.
pub(super) enum Taken {
    Suspended(Box<Suspended>),
    /// It runs at the moment.
    Running,
    /// It has ended.
    Over,
}

/// Takes the call out of its object, to run it.
pub(super) fn take(object: &GeneratorObject) -> Taken {
    let mut state = object.state.borrow_mut();
    match state.take().map(|state: Box<dyn Any>| state.downcast::<Suspended>()) {
        None => Taken::Over,
        Some(Ok(mut suspended)) => {
            suspended.taken = true;
            *state = Some(Box::new(Running));
            Taken::Suspended(suspended)
        }
        Some(Err(running)) => {
            *state = Some(running);
            Taken::Running
        }
    }
}

/// Puts the call back after it has yielded.
pub(super) fn put_back(object: &GeneratorObject, suspended: Box<Suspended>) {
    let mut suspended = suspended;
    suspended.taken = false;
    *object.state.borrow_mut() = Some(suspended);
}

/// The call has ended for good.
pub(super) fn close(object: &GeneratorObject) {
    let running = object.state.borrow_mut().take();
    drop(running);
}

impl Machine {
    /// `IterNext` of a generator: it runs in a frame of its own until it yields.
    pub(super) fn next_of_generator(
        &mut self,
        vm: &mut Interp<'_>,
        object: &Rc<GeneratorObject>,
        dst: Reg,
    ) -> PyResult<Next> {
        if object.kind != GeneratorKind::Generator {
            return Err(type_error(format!("'{}' object is not an iterator", kind_name(object))));
        }
        match take(object) {
            Taken::Suspended(suspended) => {
                let ret = self.frame.base + u32::from(dst);
                self.enter_suspended(vm, suspended, object, ret, FrameKind::Generator)?;
            }
            Taken::Running => return Err(value_error("generator already executing")),
            Taken::Over => self.iteration_is_over(&vm.world.image, Value::None),
        }
        Ok(Next::Reload)
    }

    /// Goes on with a suspended call in a frame of its own.
    pub(super) fn enter_suspended(
        &mut self,
        vm: &mut Interp<'_>,
        mut suspended: Box<Suspended>,
        object: &Rc<GeneratorObject>,
        ret: u32,
        kind: impl FnOnce(Box<Suspended>) -> FrameKind,
    ) -> PyResult<()> {
        if !suspended.machine.callers.is_empty() {
            close(object);
            let error = "a coroutine that was driven by hand cannot be awaited any more";
            return Err(raise(&RUNTIME_ERROR, error));
        }
        let image = &vm.world.image;
        let Frame { code, pc, .. } = suspended.machine.frame;
        let loaded = image.code(code);
        let base = self.top(image);
        let filled = suspended.machine.stack.len();
        if self.stack.len() < base + filled {
            self.stack.resize(base + filled, Value::Unbound);
        }
        swap(&mut self.stack[base..base + filled], &mut suspended.machine.stack);
        suspended.object = Some(Rc::clone(object));
        let kind = kind(suspended);
        let base = u32::try_from(base).unwrap_or(u32::MAX);
        let frame = Frame { code, pc, base, ret };
        let entered = self.enter(vm.world, loaded, frame, kind, filled);
        if entered.is_err() {
            close(object);
        }
        entered
    }

    /// The iterator of the `IterNext` or `Send` that the frame stands at is exhausted. It lets go
    /// of it, and the jump behind it is taken.
    pub(super) fn iteration_is_over(&mut self, image: &Image, value: Value) {
        match self.last_instruction(image) {
            Some(Instr::IterNext { iter, .. }) => self.set(iter, Value::Unbound),
            Some(Instr::Send { dst, iter, .. } | Instr::Throw { dst, iter, .. }) => {
                self.set(iter, Value::Unbound);
                self.set(dst, value);
            }
            _ => {}
        }
    }

    /// `yield`
    pub(super) fn yield_value(&mut self, vm: &mut Interp<'_>, dst: Reg, value: Value) -> Next {
        // Where nothing is sent.
        self.set(dst, Value::None);
        let image = &vm.world.image;
        let base = self.frame.base as usize;
        let end = self.top(image);
        match self.callers.last_mut() {
            None => return Next::Exit(Exit::Yielded(value)),
            // What `__await__` yields is for the task.
            Some(Caller {
                kind:
                    FrameKind::Call
                    | FrameKind::Init(_)
                    | FrameKind::Operator
                    | FrameKind::NextItem
                    | FrameKind::Coroutine(_),
                ..
            }) => {
                return Next::Exit(Exit::Awaiting(Awaited::Bare(value)));
            }
            Some(Caller {
                kind: FrameKind::Generator(suspended) | FrameKind::AsyncGenerator(suspended, _),
                ..
            }) => {
                suspended.machine.frame.pc = self.frame.pc;
                swap(&mut self.stack[base..end], &mut suspended.machine.stack);
            }
        }
        let Some((ret, kind)) = self.leave(image) else { return Next::Reload };
        match kind {
            FrameKind::Generator(mut suspended) => {
                if let Some(object) = suspended.object.take() {
                    put_back(&object, suspended);
                }
                if let Some(register) = self.stack.get_mut(ret) {
                    *register = value;
                }
                // Over the jump behind the test.
                self.frame.pc += 1;
            }
            FrameKind::AsyncGenerator(mut suspended, asked) => {
                if let Some(object) = suspended.object.take() {
                    put_back(&object, suspended);
                }
                return self.async_item(vm, asked, ret, value);
            }
            FrameKind::Call
            | FrameKind::Init(_)
            | FrameKind::Operator
            | FrameKind::NextItem
            | FrameKind::Coroutine(_) => {}
        }
        Next::Reload
    }
}

/// Changes the registers of a frame with those that it has while it is suspended.
#[inline]
fn swap(registers: &mut [Value], suspended: &mut [Value]) {
    let len = registers.len().min(suspended.len());
    registers[..len].swap_with_slice(&mut suspended[..len]);
}

impl FrameKind {
    /// The frame has ended for good.
    pub(super) fn close(self) {
        if let Self::Coroutine(mut suspended)
        | Self::Generator(mut suspended)
        | Self::AsyncGenerator(mut suspended, _) = self
            && let Some(object) = suspended.object.take()
        {
            close(&object);
        }
    }
}

/// The name of the type of a suspendable call.
pub(super) fn kind_name(object: &GeneratorObject) -> &'static str {
    match object.kind {
        GeneratorKind::Generator => "generator",
        GeneratorKind::Coroutine => "coroutine",
        GeneratorKind::AsyncGenerator => "async_generator",
    }
}
