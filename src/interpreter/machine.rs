//! A stack of frames: one per task, callback or job.
//!
//! All registers of all frames lie in one vector. The arguments of a call are put where the callee
//! has its first registers, so a call copies nothing. A coroutine that awaits another one calls it
//! on the same stack: no Rust recursion, no hop.

use smallvec::SmallVec;

use super::generator::Suspended;
use super::image::{Image, LoadedCode};
use super::world::World;
use crate::executor::Future;
use crate::index::SiteId;
use crate::program::code::CodeKind;
use crate::program::exception::{RECURSION_ERROR, raise};
use crate::program::instruction::{Instr, Reg};
use crate::program::value::{CodeId, PyResult, Stop, Value};
use crate::time::Duration;

/// A routine that runs, or waits for one that it called.
#[derive(Debug)]
pub(super) struct Frame {
    /// What it runs.
    pub code: CodeId,
    /// The next instruction.
    pub pc: u32,
    /// Where its registers begin.
    pub base: u32,
    /// Which register of the stack gets its result.
    pub ret: u32,
}

/// A frame that waits for another one.
#[derive(Debug)]
pub(super) struct Caller {
    pub frame: Frame,
    /// How it called the other one.
    pub kind: FrameKind,
}

/// Registers. Those of a routine that calls nothing need no allocation of their own, so that a
/// task is one piece of memory.
pub(super) type Registers = SmallVec<[Value; 8]>;

/// What called a frame, and so what happens when it ends.
#[derive(Debug)]
pub(super) enum FrameKind {
    /// A call: its result goes to a register.
    Call,
    /// A call of a class: the frame is its `__init__`, and the result is this instance.
    Init(Value),
    /// A method that says what an operator does: what comes of its result depends on the
    /// instruction.
    Operator,
    /// `__next__` of an instance: its `StopIteration` ends the loop.
    NextItem,
    /// The await of a coroutine object.
    Coroutine(Box<Suspended>),
    /// A generator that is asked for its next item.
    Generator(Box<Suspended>),
    /// An async generator that is asked for its next item, or closed.
    AsyncGenerator(Box<Suspended>, Asked),
}

/// What an async generator is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The next item, for an `async for`: its end ends the loop.
    ForItem,
    /// The next item: its end is a `StopAsyncIteration`.
    Item,
    /// Its end.
    Close,
}

/// Why a machine stopped running.
pub(super) enum Exit {
    /// The outermost frame returned.
    Returned(Value),
    /// An exception left the outermost frame, or a limit was reached.
    Raised(Stop),
    /// It waits; its result is to be given to [`Machine::resume`].
    Awaiting(Awaited),
    /// The outermost frame is a generator, and this is its next item.
    Yielded(Value),
}

/// What a machine waits for.
pub(super) enum Awaited {
    Sleep(Duration),
    Io(Duration),
    Future(Future<Value>),
    /// A leaf of its own.
    Other(super::coroutine::BoxedLeaf),
    /// What `__await__` of the program yields: a future, or None for one turn of the loop.
    Bare(Value),
}

/// A stack of frames.
#[derive(Debug)]
pub(super) struct Machine {
    pub stack: Registers,
    /// The frame that runs.
    pub frame: Frame,
    /// The frames that wait for it, outermost first.
    pub callers: Vec<Caller>,
}

/// How many plain operations a call counts for.
const CALL_COST: i64 = 8;

impl Machine {
    /// A machine that is about to run a routine whose parameters are in `registers`.
    pub(super) fn new(image: &Image, code: CodeId, registers: Registers) -> Self {
        let frame = Frame { code, pc: 0, base: 0, ret: 0 };
        let mut machine = Self { stack: registers, frame, callers: Vec::new() };
        machine.make_room(usize::from(image.code(code).code.n_registers));
        machine
    }

    /// A machine that runs nothing: what is left where one was taken.
    pub(super) fn empty() -> Self {
        let frame = Frame { code: CodeId(0), pc: 0, base: 0, ret: 0 };
        Self { stack: Registers::new(), frame, callers: Vec::new() }
    }

    fn make_room(&mut self, len: usize) {
        if self.stack.len() < len {
            // A task should not hold more than it needs; what calls need is kept for the next one.
            self.stack.reserve_exact(len - self.stack.len());
            self.stack.resize(len, Value::Unbound);
        }
    }

    /// Begins a frame whose first `filled` registers are at `base` of the stack.
    #[inline]
    pub(super) fn enter(
        &mut self,
        world: &World,
        callee: &LoadedCode,
        frame: Frame,
        kind: FrameKind,
        filled: usize,
    ) -> PyResult<()> {
        if self.callers.len() + 1 >= world.max_frames() {
            return Err(too_deep());
        }
        world.spend(CALL_COST)?;
        let base = frame.base as usize;
        let end = base + usize::from(callee.code.n_registers);
        if self.stack.len() < end {
            self.stack.resize(end, Value::Unbound);
        }
        for register in &mut self.stack[base + filled..end] {
            clear(register);
        }
        let frame = std::mem::replace(&mut self.frame, frame);
        self.callers.push(Caller { frame, kind });
        Ok(())
    }

    /// Ends the running frame. Its caller runs on; `None` if there is none. Gives the register of
    /// the stack that wants its result, and how it was called.
    #[inline]
    pub(super) fn leave(&mut self, image: &Image) -> Option<(usize, FrameKind)> {
        let Caller { frame, kind } = self.callers.pop()?;
        let left = std::mem::replace(&mut self.frame, frame);
        let base = left.base as usize;
        let end = base + usize::from(image.code(left.code).code.n_registers);
        for register in &mut self.stack[base..end] {
            clear(register);
        }
        Some((left.ret as usize, kind))
    }

    /// What the outermost frame runs.
    pub(super) fn outermost_code(&self) -> CodeId {
        self.callers.first().map_or(&self.frame, |caller| &caller.frame).code
    }

    /// The first register of the stack that no frame uses.
    pub(super) fn top(&self, image: &Image) -> usize {
        self.frame.base as usize + usize::from(image.code(self.frame.code).code.n_registers)
    }

    /// All frames, outermost first.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.callers.iter().map(|caller| &caller.frame).chain([&self.frame])
    }

    /// The places of all frames, outermost first.
    pub(super) fn sites<'m>(&'m self, image: &'m Image) -> impl Iterator<Item = SiteId> + 'm {
        let waiting = self.callers.iter().map(|caller| &caller.frame);
        waiting.chain([&self.frame]).map(|frame| frame.site(image))
    }

    /// Puts the result of what was awaited where the program wants it.
    pub(super) fn resume(&mut self, image: &Image, value: Value) {
        match self.last_instruction(image) {
            Some(
                Instr::Await { dst, .. }
                | Instr::CallAwait { dst, .. }
                | Instr::Send { dst, .. }
                | Instr::Throw { dst, .. }
                | Instr::Yield { dst, .. },
            ) => self.set(dst, value),
            Some(Instr::NextAwaited { dst, .. }) => {
                self.set(dst, value);
                // Over the jump behind it.
                self.frame.pc += 1;
            }
            _ => {}
        }
    }

    /// Puts the result of an await into a register of the stack, and goes on behind it.
    pub(super) fn put_awaited(&mut self, image: &Image, ret: usize, value: Value) {
        if let Some(register) = self.stack.get_mut(ret) {
            *register = value;
        }
        if let Some(Instr::NextAwaited { .. }) = self.last_instruction(image) {
            // Over the jump behind it.
            self.frame.pc += 1;
        }
    }

    /// What is in a register of the running frame.
    pub(super) fn register(&self, reg: Reg) -> Value {
        let index = self.frame.base as usize + usize::from(reg);
        self.stack.get(index).cloned().unwrap_or(Value::Unbound)
    }

    /// Takes what is in a register of the running frame.
    pub(super) fn take_register(&mut self, reg: Reg) -> Value {
        let index = self.frame.base as usize + usize::from(reg);
        let register = self.stack.get_mut(index);
        register.map_or(Value::Unbound, |held| std::mem::replace(held, Value::Unbound))
    }

    /// The instruction that the running frame stopped at.
    pub(super) fn last_instruction(&self, image: &Image) -> Option<Instr> {
        let code = &image.code(self.frame.code).code;
        code.instructions.get((self.frame.pc as usize).checked_sub(1)?).copied()
    }

    /// Sets a register of the running frame.
    pub(super) fn set(&mut self, reg: Reg, value: Value) {
        let index = self.frame.base as usize + usize::from(reg);
        if let Some(register) = self.stack.get_mut(index) {
            *register = value;
        }
    }
}

impl Frame {
    /// Where in the source it is.
    pub(super) fn site(&self, image: &Image) -> SiteId {
        image.code(self.code).code.site((self.pc as usize).saturating_sub(1))
    }
}

impl World {
    /// How many frames a machine may have.
    #[inline]
    pub(super) fn max_frames(&self) -> usize {
        self.frame_limit.get()
    }
}

/// Empties a register.
#[inline]
pub(super) fn clear(register: &mut Value) {
    // Most hold nothing that has to be dropped; this saves the call.
    match register {
        Value::Unbound | Value::None | Value::Bool(_) | Value::Int(_) | Value::Float(_) => {}
        held => {
            *held = Value::Unbound;
            return;
        }
    }
    *register = Value::Unbound;
}

#[cold]
fn too_deep() -> Stop {
    raise(&RECURSION_ERROR, "maximum recursion depth exceeded")
}

/// Whether a call of such a code makes an object that runs later.
pub(super) fn is_suspendable(kind: CodeKind) -> bool {
    matches!(kind, CodeKind::Coroutine | CodeKind::Generator | CodeKind::AsyncGenerator)
}
