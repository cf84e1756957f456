//! `_thread.lock` and `_thread.RLock`.
//!
//! A lock that is released wakes the one that has waited longest, but is not handed to it: whoever
//! comes first takes it, and one that comes too late waits on at the front.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use super::{deadline, ident, parker};
use crate::executor::Mode;
use crate::index::{EventId, ThreadId};
use crate::interpreter::builtins::bind_keywords;
use crate::interpreter::natives::world_of;
use crate::interpreter::vm::over;
use crate::interpreter::{ops, text, world::World};
use crate::program::exception::{RUNTIME_ERROR, raise, value_error};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject,
    Value, Vm,
};
use crate::trace::What;
use crate::trace::event::SIGNAL;

pub(super) static LOCK_TYPE: TypeObject = TypeObject {
    name: "lock",
    module: "_thread",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(|vm, args| make(vm, args, false)),
};

pub(super) static RLOCK_TYPE: TypeObject = TypeObject {
    name: "RLock",
    module: "_thread",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(|vm, args| make(vm, args, true)),
};

#[derive(Debug)]
struct Lock {
    reentrant: bool,
    /// What reports call it.
    name: Rc<str>,
    number: u64,
    owner: Cell<Option<ThreadId>>,
    /// How often the owner has taken it.
    count: Cell<u32>,
    waiters: RefCell<VecDeque<ThreadId>>,
    /// The event by which it became free.
    released: Cell<EventId>,
}

/// `_signal(of)`: a lock that one thread holds until another one gives it back, which is a signal.
pub(super) fn new_signal(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let of = text::str(vm, &args.positional[0])?;
    let world = world_of(vm)?;
    let name = format!("{SIGNAL}{of}");
    Ok(object(name.into(), world.count_lock(), false))
}

/// `_place()`: where the program is, in brackets, to tell things that are made there from others.
pub(super) fn place(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let place = world.place(world.cx.site());
    Ok(Value::from(&*if place.is_empty() { place } else { format!(" ({place})") }))
}

/// `ThreadLock()`: a lock for scenarios.
pub(super) fn new_lock(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    make(vm, args, false)
}

fn make(vm: &mut dyn Vm, _: Arguments<'_>, reentrant: bool) -> PyResult<Value> {
    let world = world_of(vm)?;
    let number = world.count_lock();
    // The place where it is made tells it from others best.
    let made_at = world.place(world.cx.site());
    let kind = if reentrant { "RLock" } else { "Lock" };
    let name = if made_at.is_empty() {
        format!("{kind} {number}")
    } else {
        format!("{kind} {number} ({made_at})")
    };
    Ok(object(name.into(), number, reentrant))
}

fn object(name: Rc<str>, number: u64, reentrant: bool) -> Value {
    let lock = Lock {
        reentrant,
        name,
        number,
        owner: Cell::new(None),
        count: Cell::new(0),
        waiters: RefCell::default(),
        released: Cell::new(EventId::NONE),
    };
    Value::Foreign(Rc::new(Foreign::new(Box::new(lock))))
}

/// Locks among the objects that a scheduler may know.
const LOCKS: u64 = 26 << 56;

impl Lock {
    fn try_take(&self, world: &World, thread: ThreadId) -> bool {
        match self.owner.get() {
            None => {
                self.owner.set(Some(thread));
                self.count.set(1);
                self.touch(world, Mode::Acquire);
                self.record(world, self.released.get(), true);
                true
            }
            Some(owner) if self.reentrant && owner == thread => {
                self.count.set(self.count.get() + 1);
                self.touch(world, Mode::Acquire);
                true
            }
            Some(_) => false,
        }
    }

    fn touch(&self, world: &World, mode: Mode) {
        world.cx.touch(LOCKS | self.number, mode);
    }

    fn record(&self, world: &World, cause: EventId, taken: bool) -> EventId {
        world.orders_threads();
        if !world.cx.is_recording() {
            return EventId::NONE;
        }
        let lock = world.cx.name(&self.name);
        let what = if taken { What::LockTaken { lock } } else { What::LockReleased { lock } };
        world.cx.record(cause, what)
    }

    /// `acquire(blocking=True, timeout=-1)`.
    fn acquire(&self, vm: &mut dyn Vm, args: &[Value], kwargs: Keywords<'_>) -> PyResult<bool> {
        let names = ["blocking", "timeout"];
        let [blocking, timeout] = bind_keywords("acquire", names, 2, 0, args, kwargs)?;
        let blocking = match blocking {
            Some(blocking) => ops::truth(vm, &blocking)?,
            None => true,
        };
        let timeout = timeout.filter(|timeout| !is_minus_one(timeout));
        if !blocking && timeout.is_some() {
            return Err(value_error("can't specify a timeout for a non-blocking call"));
        }
        let until = match timeout {
            Some(timeout) => deadline(vm, &timeout)?,
            None => None,
        };
        self.take(vm, blocking, until)
    }

    fn take(
        &self,
        vm: &mut dyn Vm,
        blocking: bool,
        until: Option<crate::time::Instant>,
    ) -> PyResult<bool> {
        let world = world_of(vm)?;
        let thread = world.threads.current();
        if self.try_take(&world, thread) {
            return Ok(true);
        }
        if !blocking || until.is_some_and(|until| until <= world.cx.now()) {
            self.touch(&world, Mode::Write);
            return Ok(false);
        }
        let parker = parker(vm)?;
        // Who wants it first gets it first.
        self.touch(&world, Mode::Acquire);
        self.waiters.borrow_mut().push_back(thread);
        loop {
            world.cx.tell_waits();
            world.note_holder(&self.name, self.owner.get());
            let woken = parker.wait(&self.name, until).map_err(over)?;
            if self.try_take(&world, thread) {
                self.waiters.borrow_mut().retain(|waiter| *waiter != thread);
                return Ok(true);
            }
            let mut waiters = self.waiters.borrow_mut();
            waiters.retain(|waiter| *waiter != thread);
            if !woken && until.is_some_and(|until| until <= world.cx.now()) {
                self.touch(&world, Mode::Write);
                return Ok(false);
            }
            self.touch(&world, Mode::Acquire);
            waiters.push_front(thread);
        }
    }

    fn release(&self, vm: &dyn Vm) -> PyResult<()> {
        let world = world_of(vm)?;
        let Some(owner) = self.owner.get() else {
            let error = if self.reentrant {
                "cannot release un-acquired lock"
            } else {
                "release unlocked lock"
            };
            return Err(raise(&RUNTIME_ERROR, error));
        };
        if self.reentrant && owner != world.threads.current() {
            return Err(raise(&RUNTIME_ERROR, "cannot release un-acquired lock"));
        }
        self.count.set(self.count.get() - 1);
        if self.count.get() == 0 {
            self.free(&world);
        }
        Ok(())
    }

    fn free(&self, world: &World) {
        self.owner.set(None);
        self.touch(world, Mode::Release);
        let released = self.record(world, EventId::NONE, false);
        self.released.set(released);
        let next = self.waiters.borrow_mut().pop_front();
        if let Some(next) = next {
            world.threads.wake(next, released);
        }
    }
}

fn is_minus_one(timeout: &Value) -> bool {
    matches!(timeout, Value::Int(-1)) || matches!(timeout, Value::Float(given) if *given == -1.0)
}

impl ForeignObject for Lock {
    fn type_object(&self) -> &'static TypeObject {
        if self.reentrant { &RLOCK_TYPE } else { &LOCK_TYPE }
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let state = if self.owner.get().is_some() { "locked" } else { "unlocked" };
        Ok(Some(Str::from(if self.reentrant {
            let owner = self.owner.get().map_or(0, ident);
            let count = self.count.get();
            format!("<{state} _thread.RLock object owner={owner} count={count} at 0x0>")
        } else {
            format!("<{state} _thread.lock object at 0x0>")
        })))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok(Some(match name.as_str() {
            "acquire" => Value::Bool(self.acquire(vm, args, kwargs)?),
            "__enter__" => Value::Bool(self.take(vm, true, None)?),
            "release" | "__exit__" => {
                self.release(vm)?;
                Value::None
            }
            "locked" => {
                self.touch(&*world_of(vm)?, Mode::Write);
                Value::Bool(self.owner.get().is_some())
            }
            "_is_owned" if self.reentrant => {
                Value::Bool(self.owner.get() == Some(world_of(vm)?.threads.current()))
            }
            "_release_save" if self.reentrant => {
                let count = self.count.replace(0);
                self.free(&*world_of(vm)?);
                Value::Int(i64::from(count))
            }
            "_acquire_restore" if self.reentrant => {
                self.take(vm, true, None)?;
                if let Some(Value::Int(count)) = args.first() {
                    self.count.set(u32::try_from(*count).unwrap_or(1));
                }
                Value::None
            }
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        matches!(name, "acquire" | "__enter__" | "release" | "__exit__" | "locked")
            || self.reentrant && matches!(name, "_is_owned" | "_release_save" | "_acquire_restore")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
