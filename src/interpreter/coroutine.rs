//! A coroutine of the program as a future that the loop polls.

use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context as PollContext, Poll};

use futures::FutureExt as _;

use super::failure::{machine_name, shown, to_failure, to_stop, unretrieved_task};
use super::machine::{Awaited, Exit, Machine};
use super::modules::{self, Context};
use super::natives::asyncio;
use super::run::Next;
use super::vm::{Interp, Place};
use super::world::World;
use crate::executor::{Failure, FutureWait, Io, Sleep};
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::value::{PyResult, Value};
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
        let context = modules::inherited_context(world);
        Self { world: Rc::clone(world), machine, leaf: Leaf::None, context }
    }

    fn poll_leaf(&mut self, poll: &mut PollContext<'_>) -> Poll<Result<Value, Failure>> {
        match &mut self.leaf {
            Leaf::None => Poll::Ready(Ok(Value::None)),
            Leaf::Sleep(sleep) => sleep.poll_unpin(poll).map_ok(|()| Value::None),
            Leaf::Io(io) => io.poll_unpin(poll).map_ok(|()| Value::None),
            Leaf::Future(future) => future.poll_unpin(poll),
            Leaf::Other(leaf) => leaf.as_mut().poll(poll),
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
            match exit {
                Exit::Awaiting(Awaited::Bare(value)) => match self.bare_leaf(&value) {
                    Ok(leaf) => self.leaf = leaf,
                    Err(stop) => {
                        result = Err(to_failure(&self.world, stop, None));
                        continue;
                    }
                },
                Exit::Awaiting(awaited) => self.leaf = self.leaf_of(awaited),
                Exit::Returned(value) => return Poll::Ready(Ok(value)),
                Exit::Raised(stop) => {
                    let name = machine_name(&self.world, &self.machine);
                    let unretrieved =
                        stop.exception().map(|raised| unretrieved_task(&self.world, &name, raised));
                    return Poll::Ready(Err(to_failure(&self.world, stop, unretrieved)));
                }
                Exit::Yielded(_) | Exit::Spending(..) => {
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

    fn leaf_of(&self, awaited: Awaited) -> Leaf {
        match awaited {
            Awaited::Sleep(delay) => Leaf::Sleep(self.world.cx.sleep(delay)),
            Awaited::Io(delay) => Leaf::Io(self.world.cx.io(delay)),
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

impl Future for Coroutine {
    type Output = Result<Value, Failure>;

    fn poll(mut self: Pin<&mut Self>, poll: &mut PollContext<'_>) -> Poll<Self::Output> {
        let this = &mut *self;
        if this.world.cx.inspecting() {
            for site in this.machine.sites(&this.world.image) {
                this.world.cx.inspect_frame(site);
            }
            // A place in line tells of itself; nothing goes on.
            drop(this.poll_leaf(poll));
            return Poll::Pending;
        }
        let Poll::Ready(result) = this.poll_leaf(poll) else { return Poll::Pending };
        this.world.begin_step();
        let result = match this.context.clone() {
            None => this.step(result, poll),
            Some(context) => {
                let world = Rc::clone(&this.world);
                modules::within(&world, &context, || this.step(result, poll))
            }
        };
        World::end_step(&this.world);
        result
    }
}
