//! Functions of the program as jobs of a pool.

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::rc::Rc;

use super::coroutine::injected_fault;
use super::failure::{Unretrieved, to_failure, traceback};
use super::modules;
use super::processes;
use super::vm::{Interp, Place};
use super::world::World;
use crate::executor::Failure;
use crate::index::{EventId, ThreadId};
use crate::program::value::{PyResult, Raised, Stop, Str, Value, Vm as _};
use crate::thread::Parker;
use crate::thread::pool::Call;

/// What a pool's workers have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct Setup(Rc<Common>);

#[derive(Debug, Default)]
struct Common {
    /// What each worker calls first.
    initializer: Option<(Value, Vec<Value>)>,
    /// What is called when that fails; it gives the exception that all jobs fail with.
    breaks: Option<Value>,
    /// That exception, once it is there.
    broken: RefCell<Option<Raised>>,
    /// Whether they are processes.
    processes: bool,
    initialized: RefCell<BTreeSet<ThreadId>>,
    /// Jobs that are not done.
    open: Cell<u64>,
    /// Threads that wait until there are none.
    joiners: RefCell<Vec<ThreadId>>,
}

impl Setup {
    pub(super) fn new(processes: bool) -> Self {
        Self(Rc::new(Common { processes, ..Common::default() }))
    }

    /// The same, with what each worker calls first, and what is called when that fails.
    pub(super) fn with(processes: bool, initializer: (Value, Vec<Value>), breaks: Value) -> Self {
        let (initializer, breaks) = (Some(initializer), Some(breaks));
        Self(Rc::new(Common { initializer, breaks, processes, ..Common::default() }))
    }

    /// An error if no job can succeed any more: an initializer has failed.
    pub(super) fn check(&self) -> PyResult<()> {
        match &*self.0.broken.borrow() {
            Some(error) => Err(Rc::clone(error).into()),
            None => Ok(()),
        }
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
            vm.call(initializer, args, &[]).map_err(|stop| self.broke(vm, stop))?;
        }
        self.check()
    }

    /// An initializer has failed: that is said, and the pool takes no more jobs.
    ///
    /// Source: `concurrent/futures/thread.py` (`_worker`, `_initializer_failed`).
    fn broke(&self, vm: &mut Interp<'_>, stop: Stop) -> Stop {
        let (Some(raised), Some(breaks)) = (stop.exception(), &self.0.breaks) else { return stop };
        let traceback = traceback(vm.world, raised);
        vm.world.cx.say(&format!("Exception in initializer:\n{traceback}"));
        match vm.call(breaks, &[], &[]) {
            Ok(Value::Exception(error)) => {
                *self.0.broken.borrow_mut() = Some(Rc::clone(&error));
                error.into()
            }
            Ok(_) => stop,
            Err(stop) => stop,
        }
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
