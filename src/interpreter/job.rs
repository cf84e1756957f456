//! Functions of the program as jobs of a pool.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::coroutine::injected_fault;
use super::failure::{Unretrieved, to_failure};
use super::modules;
use super::processes;
use super::vm::{Interp, Place};
use super::world::World;
use crate::executor::Failure;
use crate::index::{EventId, ThreadId};
use crate::program::value::{PyResult, Stop, Str, Value, Vm as _};
use crate::thread::Parker;
use crate::thread::pool::Call;

/// What a pool's workers have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Setup(Rc<Common>);

#[derive(Debug, Default)]
struct Common {
    /// What each worker calls first.
    initializer: Option<(Value, Vec<Value>)>,
    /// Whether they are processes.
    processes: bool,
    initialized: RefCell<BTreeSet<ThreadId>>,
    /// Jobs that are not done.
    open: Cell<u64>,
    /// Threads that wait until there are none.
    joiners: RefCell<Vec<ThreadId>>,
}

impl Setup {
    pub(super) fn new(initializer: Option<(Value, Vec<Value>)>, processes: bool) -> Self {
        Self(Rc::new(Common { initializer, processes, ..Common::default() }))
    }

    /// Whether the workers are processes.
    pub(super) fn processes(&self) -> bool {
        self.0.processes
    }

    /// Whether a job is not done.
    pub(super) fn is_busy(&self) -> bool {
        self.0.open.get() > 0
    }

    /// A thread waits until no job is left.
    pub(super) fn add_joiner(&self, thread: ThreadId) {
        self.0.joiners.borrow_mut().push(thread);
    }

    /// Makes a worker ready for its first job.
    fn prepare(&self, vm: &mut Interp<'_>) -> PyResult<()> {
        let thread = vm.world.threads.current();
        if self.0.processes {
            processes::enter(vm)?;
        }
        if let Some((initializer, args)) = &self.0.initializer
            && self.0.initialized.borrow_mut().insert(thread)
        {
            vm.call(initializer, args, &[])?;
        }
        Ok(())
    }
}

/// A job that is not done, until it is dropped.
struct Open {
    world: Rc<World>,
    setup: Setup,
}

impl Drop for Open {
    fn drop(&mut self) {
        let common = &self.setup.0;
        common.open.set(common.open.get() - 1);
        if common.open.get() == 0 {
            for joiner in common.joiners.take() {
                self.world.threads.wake(joiner, EventId::NONE);
            }
        }
    }
}

/// A call that is made on a worker.
pub(super) fn call_on_worker(
    world: &Rc<World>,
    setup: &Setup,
    callee: Value,
    args: Vec<Value>,
    kwargs: Vec<(Str, Value)>,
) -> Call<Value> {
    let context = modules::passed_context(world);
    world.begin_sharing();
    let is_struck = world.strikes("job");
    setup.0.open.set(setup.0.open.get() + 1);
    let open = Open { world: Rc::clone(world), setup: setup.clone() };
    Box::new(move |parker: Parker<'_>| {
        let (world, setup) = (&open.world, &open.setup);
        world.begin_step();
        let mut vm = Interp::new(world, Place::Thread(parker));
        if let Some(context) = &context {
            modules::enter_context(world, context);
        }
        let result = setup.prepare(&mut vm).and_then(|()| match is_struck {
            true => Err(injected_fault()),
            false => vm.call(&callee, &args, &kwargs),
        });
        let result = vm.charge().and(result);
        if context.is_some() {
            modules::leave_context(world);
        }
        let result = match result {
            Ok(value) if setup.processes() => processes::copy(&mut vm, &value),
            other => other,
        };
        World::end_step(world);
        result.map_err(|stop| failed(world, stop))
    })
}

fn failed(world: &Rc<World>, stop: Stop) -> Failure {
    let unretrieved = stop.exception().map(|_| Unretrieved::of_future(world.cx.site()));
    to_failure(world, stop, unretrieved)
}
