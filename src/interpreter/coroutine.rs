//! A coroutine of the program as a future that the loop polls.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as PollContext, Poll};

use futures::FutureExt as _;

use super::failure::{Unretrieved, shown, to_failure, to_stop};
use super::machine::{Awaited, Exit, Machine, Registers};
use super::modules::{self, Context};
use super::natives::asyncio::{self, Slow, slow};
use super::observe;
use super::run::Next;
use super::vm::{Interp, Place};
use super::world::World;
use crate::executor::{Failure, FutureWait, Io, Mode, Sleep};
use crate::program::exception::{OS_ERROR, RUNTIME_ERROR, raise};
use crate::program::value::{PyResult, Stop, Value};
use crate::time::Duration;

/// Something of a library that a coroutine can wait for.
pub type BoxedLeaf = Pin<Box<dyn Future<Output = Result<Value, Failure>>>>;

/// A coroutine of the program, from its first instruction to its result. A chain of coroutines
/// that await each other is one of these.
pub(super) struct Coroutine {
    world: Rc<World>,
    machine: Machine,
    leaf: Leaf,
    /// The values of the program's context variables, if it has any.
    context: Option<Context>,
}

/// What it waits for.
enum Leaf {
    None,
    Sleep(Sleep),
    Io(Io),
    Future(FutureWait<Value>),
    Other(BoxedLeaf),
}

impl Coroutine {
    pub(super) fn new(world: &Rc<World>, machine: Machine) -> Self {
        Self { world: Rc::clone(world), machine, leaf: Leaf::None, context: None }
    }

    /// The same, in a context of its own: that of a task.
    pub(super) fn in_context(mut self, context: Option<Context>) -> Self {
        self.context = context;
        self
    }

    fn poll_leaf(&mut self, poll: &mut PollContext<'_>) -> Poll<Result<Value, Failure>> {
        match &mut self.leaf {
            Leaf::None => Poll::Ready(Ok(Value::None)),
            Leaf::Sleep(sleep) => sleep.poll_unpin(poll).map_ok(|()| Value::None),
            Leaf::Io(io) => io.poll_unpin(poll).map_ok(|()| Value::None),
            Leaf::Future(future) => future.poll_unpin(poll),
            Leaf::Other(leaf) => {
                self.world.cx.touch(observe::PROGRAM, Mode::Write);
                leaf.as_mut().poll(poll)
            }
        }
    }

    /// Runs until it waits or ends, from the result of what it waited for.
    fn step(
        &mut self,
        first: Result<Value, Failure>,
        poll: &mut PollContext<'_>,
    ) -> Poll<Result<Value, Failure>> {
        let mut result = first;
        loop {
            self.leaf = Leaf::None;
            let Self { world, machine, .. } = self;
            let mut vm = Interp::new(world, Place::Loop);
            let exit = resume(machine, &mut vm, result);
            let exit = vm.charge().map_or_else(Exit::Raised, |()| exit);
            match exit {
                Exit::Awaiting(Awaited::Bare(value)) => match self.bare_leaf(&value) {
                    Ok(leaf) => self.leaf = leaf,
                    Err(stop) => {
                        result = Err(to_failure(&self.world, stop, None));
                        continue;
                    }
                },
                Exit::Awaiting(awaited) => self.leaf = self.leaf_of(awaited),
                Exit::Returned(value) => {
                    self.let_go();
                    return Poll::Ready(Ok(value));
                }
                Exit::Raised(stop) => {
                    let label = self.machine.outermost_code().0;
                    let unretrieved =
                        stop.exception().map(|_| Unretrieved::of_task(&self.world, label));
                    self.let_go();
                    return Poll::Ready(Err(to_failure(&self.world, stop, unretrieved)));
                }
                Exit::Yielded(_) => {
                    let stop = raise(&RUNTIME_ERROR, "a coroutine cannot yield");
                    return Poll::Ready(Err(to_failure(&self.world, stop, None)));
                }
            }
            match self.poll_leaf(poll) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(next) => result = next,
            }
        }
    }

    /// The coroutine is over: what it holds goes before anybody hears of its end.
    fn let_go(&mut self) {
        drop(std::mem::replace(&mut self.machine, Machine::empty()));
        if self.world.finalizers.is_needed.get() {
            Interp::new(&self.world, Place::Loop).finalize();
        }
    }

    /// The same in the context of the task, if the program uses contexts.
    #[inline]
    fn step_in_context(
        &mut self,
        first: Result<Value, Failure>,
        poll: &mut PollContext<'_>,
    ) -> Poll<Result<Value, Failure>> {
        let Some(context) = self.context.clone() else { return self.step(first, poll) };
        let world = Rc::clone(&self.world);
        modules::within(&world, &context, || self.step(first, poll))
    }

    fn leaf_of(&self, awaited: Awaited) -> Leaf {
        match awaited {
            Awaited::Sleep(delay) => Leaf::Sleep(self.world.cx.sleep(delay)),
            Awaited::Io(delay) => {
                let answers = self.world.cx.io(delay);
                if self.world.strikes("answer") {
                    let world = Rc::clone(&self.world);
                    return Leaf::Other(Box::pin(async move {
                        answers.await?;
                        Err(to_failure(&world, injected_fault(), None))
                    }));
                }
                Leaf::Io(answers)
            }
            Awaited::Future(future) => Leaf::Future(future.wait()),
            Awaited::Other(leaf) => Leaf::Other(leaf),
            Awaited::Bare(_) => Leaf::None,
        }
    }

    /// What a yielded value waits for.
    fn bare_leaf(&self, value: &Value) -> PyResult<Leaf> {
        if let Value::None = value {
            return Ok(Leaf::Sleep(self.world.cx.sleep(Duration::ZERO)));
        }
        if let Some(awaited) = asyncio::awaited(&self.world, value)? {
            return Ok(self.leaf_of(awaited));
        }
        let shown = shown(&self.world, value);
        Err(raise(&RUNTIME_ERROR, format!("Task got bad yield: {shown}")))
    }
}

/// Goes on with the result of what was awaited, to the next exit.
#[inline]
fn resume(machine: &mut Machine, vm: &mut Interp<'_>, result: Result<Value, Failure>) -> Exit {
    match result {
        Ok(value) => machine.resume(&vm.world.image, value),
        Err(failure) => {
            if let Next::Exit(exit) = machine.throw(vm, to_stop(&failure)) {
                return exit;
            }
        }
    }
    machine.run(vm)
}

/// What a call to the outside fails with, when a fault strikes it.
pub(super) fn injected_fault() -> Stop {
    raise(&OS_ERROR, "injected fault")
}

impl Future for Coroutine {
    type Output = Result<Value, Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.world.cx.inspecting() {
            for site in this.machine.sites(&this.world.image) {
                this.world.cx.inspect_frame(site);
            }
            this.world.see(&this.machine);
            // A place in line tells of itself; nothing goes on.
            drop(this.poll_leaf(poll));
            return Poll::Pending;
        }
        let Poll::Ready(result) = this.poll_leaf(poll) else { return Poll::Pending };
        this.world.begin_step();
        if this.world.cx.debug() {
            return this.timed_step(result, poll);
        }
        let result = this.step_in_context(result, poll);
        World::end_step(&this.world);
        result
    }
}

impl Coroutine {
    /// A step in debug mode: one that holds the loop for long is told of.
    #[cold]
    fn timed_step(
        &mut self,
        first: Result<Value, Failure>,
        poll: &mut PollContext<'_>,
    ) -> Poll<Result<Value, Failure>> {
        let begun = self.world.cx.now();
        let result = self.step_in_context(first, poll);
        World::end_step(&self.world);
        let took = self.world.cx.now().since(begun);
        if took >= self.world.cx.slow_after()
            && let Some(task) = self.world.cx.current_task()
        {
            slow(&self.world, Slow::Task(task.lane()), took.as_nanos());
        }
        result
    }
}

/// A coroutine that awaits an object of any kind, and the number of its code.
pub(super) fn awaiting(world: &Rc<World>, value: Value) -> (u32, BoxedLeaf) {
    let code = world.image.await_one;
    let machine = Machine::new(&world.image, code, Registers::from_iter([value]));
    (code.0, Box::pin(Coroutine::new(world, machine)))
}
