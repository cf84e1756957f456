//! What runs code: the way from native functions back into the program.

use std::any::Any;
use std::cell::RefMut;
use std::rc::Rc;

use super::arguments;
use super::builtins::{call_native, not_callable};
use super::generator::{self, Taken};
use super::image::LoadedCode;
use super::machine::{Awaited, Exit, Machine, Registers, is_suspendable};
use super::run::Next;
use super::world::World;
use crate::program::code::Code;
use crate::program::exception::{RECURSION_ERROR, RUNTIME_ERROR, raise, type_error, value_error};
use crate::program::instruction::Spend;
use crate::program::value::{
    Asked, BoundMethod, Function, Keywords, PyResult, Stop, Str, Value, Vm,
};
use crate::rng::Stream;
use crate::thread::{Over, Parker};
use crate::time::Duration;
use crate::trace::outcome::LimitKind;

/// Who runs code at the moment: a task, a callback, or a job on a worker.
pub(super) struct Interp<'w> {
    pub world: &'w Rc<World>,
    /// What it waits with.
    parker: Parker<'w>,
    /// Where the program was when a native function asked.
    pub asked: Asked,
    /// Whether what uses something shared at the moment is code of the library.
    pub in_library: bool,
    /// Whether that is of no interest to others.
    pub is_quiet: bool,
}

/// On whose thread code runs.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place<'w> {
    /// The loop's own.
    Loop,
    /// Another one.
    Thread(Parker<'w>),
}

/// The run has been ended while the program waited: this only takes it off the stage.
#[cold]
pub(in crate::interpreter) fn over(_: Over) -> Stop {
    Stop::limit(LimitKind::Operations)
}

/// How deep native code may be nested. A call back into the program needs much more of the real
/// stack than a comparison of nested lists does.
const MAX_NESTING: u32 = 900;
const CALL_WEIGHT: u32 = 9;

/// How many plain operations a call out of native code counts for.
const NESTED_COST: i64 = 8;

impl<'w> Interp<'w> {
    pub(super) fn new(world: &'w Rc<World>, place: Place<'w>) -> Self {
        let parker = match place {
            Place::Loop => world.threads.main(),
            Place::Thread(parker) => parker,
        };
        Self { world, parker, asked: Asked::default(), in_library: false, is_quiet: false }
    }

    /// Tells the loop where the program is.
    #[inline]
    pub(super) fn set_site(&self, code: &Code, pc: usize) {
        self.world.cx.set_site(code.site(pc - 1));
    }

    /// Spends time, or waits.
    pub(super) fn spend_time(&mut self, what: Spend, duration: Duration) -> PyResult<Next> {
        match what {
            Spend::Sleep => return Ok(Next::Exit(Exit::Awaiting(Awaited::Sleep(duration)))),
            Spend::Io => return Ok(Next::Exit(Exit::Awaiting(Awaited::Io(duration)))),
            Spend::Jitter => {
                self.world.cx.spread_next_answer(duration);
                return Ok(Next::Reload);
            }
            Spend::Block => self.parker.block(duration),
            Spend::Compute => self.parker.compute(duration),
        }
        .map_err(over)?;
        Ok(Next::Reload)
    }

    /// Spends the virtual time of the work that was done, if plain operations take any.
    #[inline]
    pub(super) fn charge(&mut self) -> PyResult<()> {
        if self.world.settings.op_cost.is_zero() {
            return Ok(());
        }
        let cost = self.world.take_cost();
        if !cost.is_zero() {
            self.spend_time(Spend::Compute, cost)?;
        }
        Ok(())
    }

    /// Passes a point at which threads can be switched.
    #[inline]
    pub(super) fn pass(&self) -> PyResult<()> {
        self.parker.pass().map_err(over)
    }

    fn call_function(
        &mut self,
        function: &Rc<Function>,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Value> {
        let world = self.world;
        let loaded = world.image.code(function.code);
        // A thread that has just begun was chosen to.
        if !loaded.is_library && world.nesting.get() > 0 {
            self.pass()?;
        }
        let registers = self.registers(function, loaded, args, kwargs)?;
        if is_suspendable(loaded.code.kind) {
            return Ok(generator::make(world, function, loaded, registers));
        }
        let mut stack = world.spare_stacks.borrow_mut().pop().unwrap_or_default();
        stack.extend(registers);
        let mut machine = Machine::new(&world.image, function.code, stack);
        let exit = self.run_nested(&mut machine)?;
        let mut stack = machine.stack;
        if stack.spilled() {
            stack.clear();
            world.spare_stacks.borrow_mut().push(stack);
        }
        match exit {
            Exit::Returned(value) => Ok(value),
            Exit::Raised(stop) => Err(stop),
            Exit::Yielded(_) | Exit::Awaiting(_) => {
                Err(raise(&RUNTIME_ERROR, "a function called from native code cannot wait"))
            }
        }
    }

    /// The registers that a call begins with.
    pub(super) fn registers(
        &mut self,
        function: &Function,
        loaded: &LoadedCode,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Registers> {
        if kwargs.is_empty() && loaded.code.params.is_plain(args.len()) {
            let n = usize::from(loaded.code.n_registers);
            let mut registers = Registers::with_capacity(n);
            registers.extend(args.iter().cloned());
            registers.extend(function.closure.iter().map(|cell| Value::Cell(Rc::clone(cell))));
            return Ok(registers);
        }
        let mut registers =
            Registers::from_vec(arguments::bind(self, function, loaded, args, kwargs)?);
        registers.reserve_exact(usize::from(loaded.code.n_registers) - registers.len());
        Ok(registers)
    }

    /// Runs a machine to its next exit, inside native code.
    pub(super) fn run_nested(&mut self, machine: &mut Machine) -> PyResult<Exit> {
        let nesting = self.world.nesting.get() + CALL_WEIGHT;
        if nesting > MAX_NESTING {
            return Err(raise(&RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        self.world.spend(NESTED_COST)?;
        self.world.nesting.set(nesting);
        let exit = machine.run(self);
        self.world.nesting.set(nesting - CALL_WEIGHT);
        Ok(exit)
    }

    fn call_bound(
        &mut self,
        method: &BoundMethod,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Value> {
        let mut all = Vec::with_capacity(args.len() + 1);
        all.push(method.receiver.clone());
        all.extend_from_slice(args);
        self.call(&method.function, &all, kwargs)
    }
}

impl Vm for Interp<'_> {
    fn call(&mut self, callee: &Value, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value> {
        match callee {
            Value::Function(function) => return self.call_function(function, args, kwargs),
            Value::BoundMethod(method) if matches!(method.function, Value::Function(_)) => {
                return self.call_bound(method, args, kwargs);
            }
            _ => {}
        }
        match call_native(self, callee, args, kwargs)? {
            Some(value) => Ok(value),
            None => Err(not_callable(callee)),
        }
    }

    fn asked(&mut self) -> Asked {
        std::mem::take(&mut self.asked)
    }

    fn block(&mut self, duration: Duration) -> PyResult<()> {
        self.parker.block(duration).map_err(over)
    }

    fn parker(&self) -> Option<Parker<'_>> {
        Some(self.parker)
    }

    fn next(&mut self, value: &Value) -> PyResult<Option<Value>> {
        let Value::Generator(object) = value else {
            return Err(type_error(format!("'{}' object is not an iterator", value.type_name())));
        };
        let mut suspended = match generator::take(object) {
            Taken::Suspended(suspended) => suspended,
            Taken::Running => return Err(value_error("generator already executing")),
            Taken::Over => return Ok(None),
        };
        let exit = self.run_nested(&mut suspended.machine)?;
        if let Exit::Yielded(item) = exit {
            generator::put_back(object, suspended);
            return Ok(Some(item));
        }
        generator::close(object);
        match exit {
            Exit::Returned(_) => Ok(None),
            Exit::Raised(stop) => Err(stop),
            _ => Err(raise(&RUNTIME_ERROR, "a generator called from native code cannot wait")),
        }
    }

    fn generator(&mut self, generator: &Value, method: &str, args: &[Value]) -> PyResult<Value> {
        let found = match generator {
            Value::Generator(object) => self.generator_method(object, method, args)?,
            _ => None,
        };
        found.ok_or_else(|| {
            let ty = generator.type_name();
            type_error(format!("descriptor '{method}' does not apply to a '{ty}' object"))
        })
    }

    fn stream(&mut self) -> RefMut<'_, Stream> {
        self.world.stream.borrow_mut()
    }

    fn runtime(&self) -> &dyn Any {
        self.world
    }

    fn spend(&mut self, operations: u64) -> PyResult<()> {
        self.world.spend(i64::try_from(operations).unwrap_or(i64::MAX / 2))
    }

    fn enter(&mut self, doing: &'static str) -> PyResult<()> {
        let nesting = self.world.nesting.get() + 1;
        if nesting > MAX_NESTING {
            let error = format!("maximum recursion depth exceeded{doing}");
            return Err(raise(&RECURSION_ERROR, Str::from(error)));
        }
        self.world.nesting.set(nesting);
        Ok(())
    }

    fn leave(&mut self) {
        self.world.nesting.set(self.world.nesting.get().saturating_sub(1));
    }
}
