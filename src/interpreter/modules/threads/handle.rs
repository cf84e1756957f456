//! Threads as objects, and how they are started and joined.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{deadline, ident, parker, tell_uncaught};
use crate::executor::{Back, Mode};
use crate::index::{EventId, ProcessId, ThreadId};
use crate::interpreter::job::Setup;
use crate::interpreter::natives::asyncio::callable_name;
use crate::interpreter::natives::world_of;
use crate::interpreter::vm::{Interp, Place, over};
use crate::interpreter::world::World;
use crate::interpreter::{ops, text};
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject,
    Value, Vm,
};
use crate::thread::{Over, Parker};
use crate::time::Instant;
use crate::trace::event::End;
use crate::trace::{Lane, LaneKind, What};

/// The beginnings and ends of threads, among what a scheduler may know.
const STARTS: u64 = 21 << 56;
const ENDS: u64 = 22 << 56;
const BEGINS: u64 = 25 << 56;

static HANDLE_TYPE: TypeObject = TypeObject {
    name: "_ThreadHandle",
    module: "_thread",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// A thread.
#[derive(Debug)]
pub(in crate::interpreter) struct Thread {
    id: ThreadId,
    name: Rc<str>,
    daemon: bool,
    /// The event of its beginning.
    began: Cell<EventId>,
    /// It has told that it runs.
    begun: Cell<bool>,
    /// Who waits for that.
    starter: Cell<Option<ThreadId>>,
    done: Cell<bool>,
    /// The event of its end.
    ended: Cell<EventId>,
    joiners: RefCell<Vec<ThreadId>>,
}

/// The threads of a program, in the order in which they were started.
#[derive(Debug, Default)]
pub(in crate::interpreter) struct Handles(RefCell<Vec<Rc<Thread>>>, RefCell<Vec<Setup>>);

impl Handles {
    fn thread(&self, id: ThreadId) -> Option<Rc<Thread>> {
        self.0.borrow().iter().find(|thread| thread.id == id).cloned()
    }

    /// Takes down a pool.
    pub(super) fn add_pool(&self, setup: &Setup) {
        self.1.borrow_mut().push(setup.clone());
    }
}

#[derive(Debug)]
struct Handle(Rc<Thread>);

fn object(thread: Rc<Thread>) -> Value {
    Value::Foreign(Rc::new(Foreign::new(Box::new(Handle(thread)))))
}

/// `start_joinable_thread(function, name, daemon)`.
pub(super) fn start(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [function, name, daemon] = args.positional else { return Ok(Value::None) };
    let name = text::str(vm, name)?;
    let daemon = ops::truth(vm, daemon)?;
    let world = world_of(vm)?;
    let call = (function.clone(), Vec::new(), Vec::new());
    start_thread(&world, &name, (daemon, false), call).map(object)
}

/// `await_begin(handle)`: waits until a thread that was started tells that it runs.
///
/// Source: `Thread.start`, which waits for `_started`.
pub(super) fn await_begin(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [given] = args.positional else { return Ok(Value::None) };
    let Value::Foreign(foreign) = given else { return Err(not_a_thread(given)) };
    let Some(Handle(thread)) = foreign.object.as_any().downcast_ref() else {
        return Err(not_a_thread(given));
    };
    let world = world_of(vm)?;
    let parker = parker(vm)?;
    let on: Rc<str> = format!("the start of {}", thread.name).into();
    while !thread.begun.get() {
        world.cx.tell_waits();
        thread.starter.set(Some(world.threads.current()));
        parker.wait(&on, None).map_err(over)?;
    }
    world.cx.touch(BEGINS | u64::from(thread.id.0), Mode::Read);
    Ok(Value::None)
}

/// `begun()`: the running thread tells whoever started it that it runs.
pub(super) fn begun(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let id = world.threads.current();
    let Some(thread) = world.handles.thread(id) else { return Ok(Value::None) };
    thread.begun.set(true);
    world.cx.touch(BEGINS | u64::from(id.0), Mode::Release);
    if let Some(starter) = thread.starter.take() {
        world.threads.wake(starter, thread.began.get());
    }
    Ok(Value::None)
}

/// A callee with its arguments.
type Call = (Value, Vec<Value>, Vec<(Str, Value)>);

fn start_thread(
    world: &Rc<World>,
    name: &str,
    (daemon, passes): (bool, bool),
    (function, args, kwargs): Call,
) -> PyResult<Rc<Thread>> {
    let (cx, threads) = (&world.cx, &world.threads);
    let lane = Lane::named(LaneKind::Thread, name).running(callable_name(&function));
    let lane = cx.add_lane(lane);
    let process = threads.process(threads.current());
    let id = threads.add(process, name, lane, None);
    let thread = Rc::new(Thread {
        id,
        name: name.into(),
        daemon: daemon || process != ProcessId::MAIN,
        began: Cell::new(EventId::NONE),
        begun: Cell::new(false),
        starter: Cell::new(None),
        done: Cell::new(false),
        ended: Cell::new(EventId::NONE),
        joiners: RefCell::default(),
    });
    world.begin_sharing();
    world.orders_threads();
    let number = u64::from(id.0);
    cx.touch(STARTS | number, Mode::Release);
    let started = cx.record(EventId::NONE, What::ThreadStarted { thread: lane });
    let end = Rc::new(Cell::new(End::Returned));
    let (in_body, body_end, shown) = (Rc::clone(world), Rc::clone(&end), Rc::clone(&thread));
    let body = move |parker: Parker<'_>| {
        in_body.cx.touch(STARTS | number, Mode::Read);
        shown.began.set(in_body.cx.record(started, What::ThreadBegin));
        in_body.begin_step();
        let mut vm = Interp::new(&in_body, Place::Thread(parker));
        // Whoever started it can go on before it does anything.
        let began = if passes { vm.pass() } else { Ok(()) };
        if let Err(stop) = began.and_then(|()| vm.call(&function, &args, &kwargs)) {
            body_end.set(End::Raised);
            tell_uncaught(&in_body, &shown.name, stop);
        }
        World::end_step(&in_body);
        in_body.cx.touch(ENDS | number, Mode::Release);
    };
    let (after_world, after_thread) = (Rc::clone(world), Rc::clone(&thread));
    let after = move |_: &crate::executor::Context| {
        after_world.orders_threads();
        let ended = after_world.cx.record(EventId::NONE, What::ThreadFinished { end: end.get() });
        after_thread.ended.set(ended);
        after_thread.done.set(true);
        let joiners = std::mem::take(&mut *after_thread.joiners.borrow_mut());
        for joiner in joiners {
            after_world.threads.wake(joiner, ended);
        }
    };
    threads.load(id, body, after).map_err(|error| raise(&RUNTIME_ERROR, error.to_string()))?;
    world.handles.0.borrow_mut().push(Rc::clone(&thread));
    threads.wake(id, started);
    Ok(thread)
}

impl Thread {
    /// Waits for its end; false if that did not come in time.
    fn join(
        &self,
        world: &World,
        parker: &Parker<'_>,
        until: Option<Instant>,
    ) -> Result<bool, Over> {
        let me = world.threads.current();
        let on: Rc<str> = format!("the end of {}", self.name).into();
        while !self.done.get() {
            if until.is_some_and(|until| until <= world.cx.now()) {
                return Ok(false);
            }
            world.cx.tell_waits();
            self.joiners.borrow_mut().push(me);
            let woken = parker.wait(&on, until)?;
            if !woken {
                self.joiners.borrow_mut().retain(|joiner| *joiner != me);
            }
        }
        world.cx.touch(ENDS | u64::from(self.id.0), Mode::Read);
        world.orders_threads();
        world.cx.record(self.ended.get(), What::ThreadWoke);
        Ok(true)
    }
}

/// The loop's thread, as an object.
pub(super) fn main_handle(_: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(object(Rc::new(Thread {
        id: ThreadId::MAIN,
        name: "MainThread".into(),
        daemon: false,
        began: Cell::new(EventId::NONE),
        begun: Cell::new(false),
        starter: Cell::new(None),
        done: Cell::new(false),
        ended: Cell::new(EventId::NONE),
        joiners: RefCell::default(),
    })))
}

/// The thread that runs, as an object: a worker of a pool, mostly.
pub(super) fn current_handle(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let id = world.threads.current();
    Ok(object(world.handles.thread(id).unwrap_or_else(|| {
        Rc::new(Thread {
            id,
            name: world.threads.name(id),
            daemon: false,
            began: Cell::new(EventId::NONE),
            begun: Cell::new(false),
            starter: Cell::new(None),
            done: Cell::new(false),
            ended: Cell::new(EventId::NONE),
            joiners: RefCell::default(),
        })
    })))
}

/// At the end of a program its threads are waited for, but for those that are daemons.
///
/// Source: `threading._shutdown`.
pub(in crate::interpreter) fn join_all(world: &Rc<World>) -> Result<(), Over> {
    loop {
        let next = world.handles.0.borrow().iter().find(|t| !t.done.get() && !t.daemon).cloned();
        if let Some(thread) = next {
            thread.join(world, &world.threads.main(), None)?;
            continue;
        }
        let busy = world.handles.1.borrow().iter().find(|setup| setup.is_busy()).cloned();
        let Some(pool) = busy else { return Ok(()) };
        pool.add_joiner(ThreadId::MAIN);
        world.threads.main().wait(&"the jobs of a pool".into(), None)?;
    }
}

/// The step `start_thread`: `start_thread(name or None, function, *args, **kwargs)`.
pub(super) fn start_step(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [name, function, rest @ ..] = args.positional else {
        return Err(raise(&RUNTIME_ERROR, "start_thread() needs a function"));
    };
    let world = world_of(vm)?;
    let name = match name {
        Value::None => {
            let number = world.handles.0.borrow().len() + 1;
            format!("Thread-{number} ({})", callable_name(function))
        }
        name => text::str(vm, name)?.to_string(),
    };
    let call = (function.clone(), rest.to_vec(), args.keywords.to_vec());
    let thread = start_thread(&world, &name, (false, true), call)?;
    let parker = parker(vm)?;
    // As `Thread.start`, which waits until the new thread runs.
    parker.hand_over(thread.id, Back::Last).map_err(over)?;
    Ok(object(thread))
}

/// The step `join`.
pub(super) fn join_step(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    for given in args.positional {
        let Value::Foreign(foreign) = given else { return Err(not_a_thread(given)) };
        let Some(handle) = foreign.object.as_any().downcast_ref::<Handle>() else {
            return Err(not_a_thread(given));
        };
        handle.join(vm, None)?;
    }
    Ok(Value::None)
}

fn not_a_thread(value: &Value) -> crate::program::value::Stop {
    let error = format!("a thread was expected, got {}", value.type_name());
    crate::program::exception::type_error(error)
}

impl Handle {
    fn join(&self, vm: &mut dyn Vm, timeout: Option<&Value>) -> PyResult<bool> {
        let until = match timeout {
            Some(timeout) => deadline(vm, timeout)?,
            None => None,
        };
        let world = world_of(vm)?;
        if world.threads.current() == self.0.id {
            return Err(raise(&RUNTIME_ERROR, "Cannot join current thread"));
        }
        let parker = parker(vm)?;
        self.0.join(&world, &parker, until).map_err(over)
    }
}

impl ForeignObject for Handle {
    fn type_object(&self) -> &'static TypeObject {
        &HANDLE_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let state = if self.0.done.get() { "stopped" } else { "started" };
        Ok(Some(Str::from(format!("<Thread({}, {state} {})>", self.0.name, ident(self.0.id)))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "ident" => Some(Value::Int(ident(self.0.id))),
            "name" => Some(Value::from(&*self.0.name)),
            "daemon" => Some(Value::Bool(self.0.daemon)),
            _ => None,
        })
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok(Some(match name.as_str() {
            "join" => {
                self.join(vm, args.first())?;
                Value::None
            }
            "is_done" | "is_alive" => {
                world_of(vm)?.cx.touch(ENDS | u64::from(self.0.id.0), Mode::Write);
                Value::Bool(self.0.done.get() == (name.as_str() == "is_done"))
            }
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        matches!(name, "join" | "is_done" | "is_alive")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
