//! Functions of the program as jobs of a pool.

use std::collections::VecDeque;
use std::rc::Rc;

use super::call::cannot_wait;
use super::failure::{Unretrieved, to_failure};
use super::machine::{Exit, Machine};
use super::vm::{Interp, Place};
use super::world::World;
use crate::executor::{Context, Failure};
use crate::pool::{Job, Progress};
use crate::program::code::CodeKind;
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::instruction::Spend;
use crate::program::value::{PyResult, Stop, Str, Value, Vm};
use crate::time::Duration;

/// A call that is made on a worker.
pub(super) struct FunctionJob {
    world: Rc<World>,
    state: State,
    /// Time that is to pass before anything else happens.
    owed: VecDeque<(Spend, Duration)>,
}

enum State {
    New {
        callee: Value,
        args: Vec<Value>,
        kwargs: Vec<(Str, Value)>,
    },
    Running(Machine),
    /// It is done, but not all of its time has passed.
    Ended(Result<Value, Failure>),
    Over,
}

impl FunctionJob {
    pub(super) fn new(
        world: &Rc<World>,
        callee: Value,
        args: Vec<Value>,
        kwargs: Vec<(Str, Value)>,
    ) -> Self {
        let state = State::New { callee, args, kwargs };
        Self { world: Rc::clone(world), state, owed: VecDeque::new() }
    }

    /// Runs up to the next thing that takes time, or to the end.
    fn run(&mut self, state: State, vm: &mut Interp<'_>) -> PyResult<Ran> {
        let mut machine = match state {
            State::New { callee: Value::Function(function), args, kwargs }
                if vm.world.image.code(function.code).code.kind == CodeKind::Function =>
            {
                let loaded = vm.world.image.code(function.code);
                let registers = vm.registers(&function, loaded, &args, &kwargs)?;
                Machine::new(&vm.world.image, function.code, registers)
            }
            State::New { callee, args, kwargs } => {
                return vm.call(&callee, &args, &kwargs).map(Ran::Done);
            }
            State::Running(machine) => machine,
            State::Ended(_) | State::Over => {
                return Err(raise(&RUNTIME_ERROR, "a job cannot run twice"));
            }
        };
        match machine.run(vm) {
            Exit::Returned(value) => Ok(Ran::Done(value)),
            Exit::Raised(stop) => Err(stop),
            Exit::Spending(what, duration) => Ok(Ran::Spends(machine, what, duration)),
            Exit::Awaiting(awaited) => Err(cannot_wait(&awaited)),
            Exit::Yielded(_) => Err(raise(&RUNTIME_ERROR, "a job cannot yield")),
        }
    }

    fn pay(what: Spend, duration: Duration) -> Progress<Value> {
        match what {
            Spend::Compute => Progress::Compute(duration),
            _ => Progress::Block(duration),
        }
    }
}

enum Ran {
    Done(Value),
    Spends(Machine, Spend, Duration),
}

impl Job<Value> for FunctionJob {
    #[expect(clippy::only_used_in_recursion, reason = "the trait gives it")]
    fn advance(&mut self, cx: &Context) -> Progress<Value> {
        if let Some((what, duration)) = self.owed.pop_front() {
            return Self::pay(what, duration);
        }
        let state = match std::mem::replace(&mut self.state, State::Over) {
            State::Ended(result) => return Progress::Done(result),
            state => state,
        };
        let world = Rc::clone(&self.world);
        world.begin_step();
        let mut vm = Interp::new(&world, Place::Worker);
        let ran = self.run(state, &mut vm);
        self.owed.extend(vm.take_owed());
        match ran {
            Ok(Ran::Done(value)) => self.state = State::Ended(Ok(value)),
            Ok(Ran::Spends(machine, what, duration)) => {
                self.owed.push_back((what, duration));
                self.state = State::Running(machine);
            }
            Err(stop) => self.state = State::Ended(Err(failed(&world, stop))),
        }
        World::end_step(&world);
        self.advance(cx)
    }
}

fn failed(world: &Rc<World>, stop: Stop) -> Failure {
    let unretrieved = stop.exception().map(|_| Unretrieved::of_future(world.cx.site()));
    to_failure(world, stop, unretrieved)
}
