//! Running loops: `asyncio.run`, `asyncio.Runner`, `loop.run_until_complete` and how they end.
//!
//! Source: CPython `Lib/asyncio/runners.py`, `base_events.py`, semantics §13. What is cancelled at the
//! end, in an order that asyncio leaves open, is cancelled in the order of creation.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::arguments::{argument, check, given, required};
use super::awaitable;
use super::future::{future_of, object as future_object};
use super::loop_object::{self, loop_of};
use super::loops::LoopData;
use super::reports::{About, Report, report_now};
use super::spawn::{Wanted, create_task, is_coroutine};
use crate::executor::{Context, Failure, Future, Halt, Task};
use crate::interpreter::failure::{look_at, to_stop};
use crate::interpreter::machine::Awaited;
use crate::interpreter::natives::world_of;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::interpreter::{BoxedLeaf, async_generator, modules, ops, running};
use crate::program::exception::{
    NOT_IMPLEMENTED_ERROR, RECURSION_ERROR, RUNTIME_ERROR, raise, type_error,
};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, GeneratorObject, Keywords, OBJECT, PyResult, Stop, Str,
    TypeKind, TypeObject, Value, Vm,
};
use crate::tasks::{Gather, gather};
use crate::trace::outcome::LimitKind;

/// Loops run on the main thread alone.
fn check_is_main(world: &World) -> PyResult<()> {
    if world.threads.is_main() {
        return Ok(());
    }
    let error = "an event loop in a thread of its own is not simulated: run it in the main thread, \
                 and reach it from others with asyncio.run_coroutine_threadsafe()";
    Err(raise(&NOT_IMPLEMENTED_ERROR, error))
}

/// An error unless the loop can be run now.
pub(super) fn check_can_run(world: &World, data: &Rc<LoopData>) -> PyResult<()> {
    data.check_open()?;
    check_is_main(world)?;
    if world.asyncio.is_running(world, data) {
        return Err(raise(&RUNTIME_ERROR, "This event loop is already running"));
    }
    if world.cx.is_running() {
        let error = "Cannot run the event loop while another loop is running";
        return Err(raise(&RUNTIME_ERROR, error));
    }
    Ok(())
}

/// What the program gets when the loop does not run any more.
fn halted(halt: Halt) -> Stop {
    match halt {
        Halt::Escaped(failure) => to_stop(&failure),
        // The run is over, and has a reason; this only takes the program off the stage.
        Halt::Stopped(_) => Stop::limit(LimitKind::Operations),
    }
}

/// Runs a loop until a future is done.
pub(super) fn run_until_complete(
    world: &Rc<World>,
    data: &Rc<LoopData>,
    future: &Future<Value>,
) -> PyResult<Value> {
    let ended =
        world.asyncio.with(world, data, || world.in_loop(|| world.cx.run_until_done(future)));
    match ended {
        Ok(Some(Ok(value))) => Ok(value),
        Ok(Some(Err(failure))) => Err(to_stop(&failure)),
        Ok(None) => Err(raise(&RUNTIME_ERROR, "Event loop stopped before Future completed.")),
        Err(halt) => Err(halted(halt)),
    }
}

/// Runs a loop until it is stopped.
pub(super) fn run_forever(world: &Rc<World>, data: &Rc<LoopData>) -> PyResult<()> {
    let ended = world.asyncio.with(world, data, || world.cx.run_forever());
    ended.map_err(halted)
}

/// `loop.close()`
pub(super) fn close(world: &Rc<World>, data: &Rc<LoopData>) -> PyResult<()> {
    if world.asyncio.is_running(world, data) {
        return Err(raise(&RUNTIME_ERROR, "Cannot close a running event loop"));
    }
    if !data.is_closed.replace(true) {
        world.asyncio.with(world, data, || world.cx.close_loop());
    }
    Ok(())
}

/// `loop.shutdown_asyncgens()`
pub(super) fn shut_down_asyncgens(world: &Rc<World>) -> BoxedLeaf {
    let open = world.async_generators.take();
    if open.is_empty() {
        return Box::pin(async { Ok(Value::None) });
    }
    let closing: Vec<Future<Value>> =
        open.iter().filter_map(|generator| closing_task(world, generator)).collect();
    let all = gather(&world.cx, closing.clone(), Gather::Collect, |_| ());
    let world = Rc::clone(world);
    Box::pin(async move {
        all.wait().await?;
        for (generator, closed) in open.iter().zip(&closing) {
            tell_of_closing(&world, generator, closed);
        }
        Ok(Value::None)
    })
}

/// Tells of what went wrong when an async generator was closed.
fn tell_of_closing(world: &Rc<World>, generator: &Rc<GeneratorObject>, closed: &Future<Value>) {
    let failure = closed.peek(|result| result.as_ref().err().cloned()).flatten();
    let Some(failure @ Failure::Raised(_)) = failure else { return };
    failure.mark_seen();
    let object = Value::Generator(Rc::clone(generator));
    let shown = crate::interpreter::failure::shown(world, &object);
    report_now(
        world,
        Report {
            message: format!("an error occurred during closing of asynchronous generator {shown}"),
            exception: Some(look_at(&failure)),
            about: Some(("asyncgen", About::Object(object))),
            made_at: closed.made_at(),
        },
    );
}

/// A task that closes an async generator.
fn closing_task(world: &Rc<World>, generator: &Rc<GeneratorObject>) -> Option<Future<Value>> {
    let step = async_generator::step(generator, async_generator::Work::Close);
    let mut vm = Interp::new(world, Place::Loop);
    let task = create_task(&mut vm, world, &step, &Wanted::default().by_loop()).ok()?;
    future_of(&task).map(|object| object.future.clone())
}

/// Closes an async generator that nobody holds any more, in a task of its own; if its loop can still
/// run.
///
/// Source: `BaseEventLoop._asyncgen_finalizer_hook`.
pub(in crate::interpreter) fn close_soon(world: &Rc<World>, generator: &Rc<GeneratorObject>) {
    let is_open = || world.asyncio.active().is_some_and(|data| !data.is_closed.get());
    if !world.cx.is_running() && !is_open() {
        return;
    }
    let generator = Rc::clone(generator);
    let weak = Rc::downgrade(world);
    let handle = world.cx.call_soon("create_task", move |_: &Context| {
        if let Some(world) = weak.upgrade() {
            drop(closing_task(&world, &generator));
        }
    });
    drop(handle);
}

/// What a coroutine that is driven by `send()` yields when it waits.
pub(in crate::interpreter) fn driven_by_hand(world: &Rc<World>, awaited: Awaited) -> Value {
    match awaited {
        Awaited::Future(waited) => future_object(world, &waited),
        Awaited::Bare(value) => value,
        Awaited::Sleep(_) | Awaited::Io(_) | Awaited::Other(_) => Value::None,
    }
}

/// `loop.shutdown_default_executor()`
pub(super) fn shut_down_executor(world: &Rc<World>) -> BoxedLeaf {
    let done = running::shut_down_pools(world).filter(|done| !done.done());
    Box::pin(async move {
        if let Some(done) = done {
            done.wait().await?;
        }
        Ok(Value::None)
    })
}

/// `asyncio.Runner`.
pub(super) static RUNNER_TYPE: TypeObject = TypeObject {
    name: "Runner",
    module: "asyncio.runners",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Created,
    Initialized,
    Closed,
}

/// A runner: makes a loop when it is first needed, and closes it in the end.
#[derive(Debug)]
struct Runner {
    world: Weak<World>,
    state: Cell<State>,
    debug: Option<bool>,
    factory: Option<Value>,
    data: RefCell<Option<Rc<LoopData>>>,
    has_set_loop: Cell<bool>,
    context: RefCell<Option<Value>>,
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "Runner.__init__", 0, &["debug", "loop_factory"])?;
    let runner = Runner::of(vm, args)?;
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(runner)))))
}

/// `asyncio.run(main, *, debug=None, loop_factory=None)`
pub(super) fn run(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "run", 1, &["main", "debug", "loop_factory"])?;
    let main = required(args, "run", 0, "main")?;
    let world = world_of(vm)?;
    check_is_main(&world)?;
    if world.asyncio.running(&world).is_some() {
        let error = "asyncio.run() cannot be called from a running event loop";
        return Err(raise(&RUNTIME_ERROR, error));
    }
    let runner = Runner::of(vm, args)?;
    runner.run_and_close(vm, &world, &main)
}

/// Runs the coroutine of an entry, as `asyncio.run` does.
pub(in crate::interpreter) fn run_entry(
    vm: &mut dyn Vm,
    world: &Rc<World>,
    main: &Value,
) -> PyResult<Value> {
    Runner::new(world, None, None).run_and_close(vm, world, main)
}

impl Runner {
    fn new(world: &Rc<World>, debug: Option<bool>, factory: Option<Value>) -> Self {
        Self {
            world: Rc::downgrade(world),
            state: Cell::new(State::Created),
            debug,
            factory,
            data: RefCell::default(),
            has_set_loop: Cell::new(false),
            context: RefCell::default(),
        }
    }

    fn of(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Self> {
        let debug = match given(args, usize::MAX, "debug") {
            Some(debug) => Some(ops::truth(vm, &debug)?),
            None => None,
        };
        let world = world_of(vm)?;
        Ok(Self::new(&world, debug, given(args, usize::MAX, "loop_factory")))
    }

    fn world(&self) -> PyResult<Rc<World>> {
        self.world.upgrade().ok_or_else(|| raise(&RUNTIME_ERROR, "Event loop is closed"))
    }

    fn run_and_close(&self, vm: &mut dyn Vm, world: &Rc<World>, main: &Value) -> PyResult<Value> {
        let result = self.initialized(vm, world).and_then(|_| self.run(vm, world, main, None));
        if world.cx.has_stopped() {
            return result;
        }
        self.close(vm, world)?;
        result
    }

    /// The context of all that a runner runs: a copy of the one in which it was first used.
    fn own_context(&self, world: &Rc<World>) -> Option<Value> {
        let mut own = self.context.borrow_mut();
        if own.is_none() {
            *own =
                modules::inherited_context(world).map(|context| modules::context_object(&context));
        }
        own.clone()
    }

    /// `_lazy_init`
    fn initialized(&self, vm: &mut dyn Vm, world: &Rc<World>) -> PyResult<Rc<LoopData>> {
        match self.state.get() {
            State::Closed => return Err(raise(&RUNTIME_ERROR, "Runner is closed")),
            State::Initialized => {}
            State::Created => {
                let data = self.new_loop(vm, world)?;
                if let Some(debug) = self.debug {
                    world.asyncio.with(world, &data, || world.cx.set_debug(debug));
                }
                *self.data.borrow_mut() = Some(data);
                self.state.set(State::Initialized);
            }
        }
        let data = self.data.borrow().clone();
        data.ok_or_else(|| raise(&RUNTIME_ERROR, "Runner is closed"))
    }

    fn new_loop(&self, vm: &mut dyn Vm, world: &Rc<World>) -> PyResult<Rc<LoopData>> {
        let Some(factory) = &self.factory else {
            let data = LoopData::new(world);
            world.asyncio.set(Some(Rc::clone(&data)));
            world.asyncio.was_set.set(true);
            self.has_set_loop.set(true);
            return Ok(data);
        };
        let made = vm.call(factory, &[], &[])?;
        match loop_of(&made) {
            Some(data) => Ok(Rc::clone(data)),
            None => Err(type_error("loop_factory() must return an event loop")),
        }
    }

    fn run(
        &self,
        vm: &mut dyn Vm,
        world: &Rc<World>,
        main: &Value,
        context: Option<Value>,
    ) -> PyResult<Value> {
        if world.asyncio.running(world).is_some() {
            let error = "Runner.run() cannot be called from a running event loop";
            return Err(raise(&RUNTIME_ERROR, error));
        }
        let data = self.initialized(vm, world)?;
        let is_future = future_of(main).is_some();
        if !is_coroutine(main) && (is_future || !awaitable::is_awaitable(main)) {
            return Err(not_a_coroutine(world, main));
        }
        let context = context.or_else(|| self.own_context(world));
        let wanted = Wanted::default().by_loop().in_context(context);
        let task = world.asyncio.with(world, &data, || {
            if is_coroutine(main) {
                create_task(vm, world, main, &wanted)
            } else {
                awaitable::ensure_future(vm, world, main)
            }
        })?;
        let Some(future) = future_of(&task).map(|object| object.future.clone()) else {
            return Err(not_a_coroutine(world, main));
        };
        check_can_run(world, &data)?;
        run_until_complete(world, &data, &future)
    }

    fn close(&self, _vm: &mut dyn Vm, world: &Rc<World>) -> PyResult<()> {
        if self.state.get() != State::Initialized {
            return Ok(());
        }
        let data = self.data.borrow_mut().take();
        self.state.set(State::Closed);
        let Some(data) = data else { return Ok(()) };
        let ended = finish(world, &data);
        if self.has_set_loop.get() {
            world.asyncio.set(None);
        }
        if world.cx.has_stopped() {
            return ended;
        }
        close(world, &data)?;
        ended
    }
}

fn not_a_coroutine(world: &Rc<World>, main: &Value) -> Stop {
    if world.python() >= crate::trace::PythonVersion::V3_14 {
        return type_error("An asyncio.Future, a coroutine or an awaitable is required");
    }
    let shown = crate::interpreter::failure::shown(world, main);
    crate::program::exception::value_error(format!("a coroutine was expected, got {shown}"))
}

/// What is done before a runner's loop is closed: what is left is cancelled and waited for, then
/// async generators and the default pool are shut down.
fn finish(world: &Rc<World>, data: &Rc<LoopData>) -> PyResult<()> {
    world.asyncio.with(world, data, || {
        cancel_all_tasks(world)?;
        // What only these held is closed by the loop before it ends.
        Interp::new(world, Place::Loop).finalize();
        // With a job that still runs, what it does may show how long all this takes.
        let is_open = !world.async_generators.is_empty() || running::default_pool_is_busy(world);
        shut_down(world, "shutdown_asyncgens", shut_down_asyncgens, is_open)?;
        let is_busy = running::has_default_pool(world);
        shut_down(world, "shutdown_default_executor", shut_down_executor, is_busy)
    })
}

/// Runs one of the loop's own last tasks. If there is nothing to do, it only costs a number.
fn shut_down(
    world: &Rc<World>,
    runs: &str,
    work: fn(&Rc<World>) -> BoxedLeaf,
    is_needed: bool,
) -> PyResult<()> {
    if !is_needed && !world.cx.has_ready() {
        world.cx.skip_task_number();
        return Ok(());
    }
    let world2 = Rc::clone(world);
    let coroutine = async move { work(&world2).await };
    let task: Task<Value> = world.cx.create_task(None, runs, coroutine);
    match world.in_loop(|| world.cx.run_until_done(&task.future())) {
        Ok(_) => Ok(()),
        Err(halt) => Err(halted(halt)),
    }
}

fn cancel_all_tasks(world: &Rc<World>) -> PyResult<()> {
    let cx = &world.cx;
    let left: Vec<Task<Value>> =
        cx.all_tasks().iter().filter_map(|task| task.downcast::<Value>()).collect();
    if left.is_empty() {
        return Ok(());
    }
    for task in &left {
        task.cancel(None);
        if cx.cancel_went_too_deep() {
            return Err(raise(&RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
    }
    let futures = left.iter().map(Task::future).collect();
    let all = gather(cx, futures, Gather::Collect, |_| ());
    cx.run_until_done(&all).map_err(halted)?;
    for task in left {
        let failure = task.future().peek(|result| result.as_ref().err().cloned()).flatten();
        if let Some(failure @ Failure::Raised(_)) = failure {
            failure.mark_seen();
            let made_at = task.future().made_at();
            let object = future_object(world, &task.future());
            report_now(
                world,
                Report {
                    message: "unhandled exception during asyncio.run() shutdown".to_owned(),
                    exception: Some(look_at(&failure)),
                    about: Some(("task", About::Object(object))),
                    made_at,
                },
            );
        }
    }
    Ok(())
}

pub(super) const METHODS: &[&str] = &["__enter__", "__exit__", "close", "get_loop", "run"];

impl ForeignObject for Runner {
    fn type_object(&self) -> &'static TypeObject {
        &RUNNER_TYPE
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let world = self.world()?;
        let args = Arguments { positional: args, keywords: kwargs };
        Ok(Some(match name.as_str() {
            "run" => {
                check(args, "Runner.run", 1, &["coro", "context"])?;
                let main = required(args, "Runner.run", 0, "coro")?;
                let context = given(args, usize::MAX, "context");
                self.run(vm, &world, &main, context)?
            }
            "close" => {
                self.close(vm, &world)?;
                Value::None
            }
            "get_loop" => {
                let data = self.initialized(vm, &world)?;
                loop_object::object(&world, &data)
            }
            "__enter__" => {
                self.initialized(vm, &world)?;
                this.clone()
            }
            "__exit__" => {
                self.close(vm, &world)?;
                Value::None
            }
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `asyncio.get_running_loop()`
pub(super) fn get_running_loop(vm: &mut dyn Vm, _args: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    match world.asyncio.running(&world) {
        Some(data) => Ok(loop_object::object(&world, &data)),
        None => Err(raise(&RUNTIME_ERROR, "no running event loop")),
    }
}

/// `asyncio._get_running_loop()`
pub(super) fn running_loop_or_none(vm: &mut dyn Vm, _args: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let running = world.asyncio.running(&world);
    Ok(running.map_or(Value::None, |data| loop_object::object(&world, &data)))
}

/// `asyncio.get_event_loop()`
pub(super) fn get_event_loop(vm: &mut dyn Vm, _args: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let asyncio = &world.asyncio;
    if let Some(data) = asyncio.running(&world).or_else(|| asyncio.set_loop()) {
        return Ok(loop_object::object(&world, &data));
    }
    let makes_one = world.python() < crate::trace::PythonVersion::V3_14 && !asyncio.was_set.get();
    if !makes_one || world.cx.is_on_another_thread() {
        let thread = if world.cx.is_on_another_thread() { "Thread-1" } else { "MainThread" };
        let error = format!("There is no current event loop in thread '{thread}'.");
        return Err(raise(&RUNTIME_ERROR, error));
    }
    let data = LoopData::new(&world);
    asyncio.set(Some(Rc::clone(&data)));
    asyncio.was_set.set(true);
    Ok(loop_object::object(&world, &data))
}

/// `asyncio.new_event_loop()`
pub(super) fn new_event_loop(vm: &mut dyn Vm, _args: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    Ok(loop_object::object(&world, &LoopData::new(&world)))
}

/// `asyncio.set_event_loop(loop)`
pub(super) fn set_event_loop(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "set_event_loop", 1, &["loop"])?;
    let wanted = argument(args, 0, "loop").unwrap_or(Value::None);
    let world = world_of(vm)?;
    world.asyncio.was_set.set(true);
    match (&wanted, loop_of(&wanted)) {
        (Value::None, _) => world.asyncio.set(None),
        (_, Some(data)) => world.asyncio.set(Some(Rc::clone(data))),
        (other, None) => {
            let ty = other.type_name();
            return Err(type_error(format!(
                "loop must be an instance of AbstractEventLoop or None, not '{ty}'"
            )));
        }
    }
    Ok(Value::None)
}
