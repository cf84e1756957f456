//! What is done for generators that nobody holds any more and that stand inside a `try` or `with`:
//! they are closed, as `CPython` does at once. Here it is done before the next call or return, so
//! that no borrowed list is in the way.
//!
//! Source: `CPython` `Objects/genobject.c` (`_PyGen_Finalize`), `Lib/asyncio/base_events.py`
//! (`_asyncgen_finalizer_hook`).

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::generator::{self, Suspended};
use super::image::Image;
use super::machine::{Exit, Machine};
use super::natives::asyncio;
use super::run::Next;
use super::vm::{Interp, Place};
use super::world::World;
use crate::program::code::CodeKind;
use crate::program::exception::{
    ExceptionObject, GENERATOR_EXIT, RUNTIME_ERROR, STOP_ITERATION, raise,
};
use crate::program::value::{Instance, Stop, Str, Value, Vm, doomed, heap};
use crate::trace::PythonVersion;

/// Calls that were dropped in their midst, and are to be ended properly.
#[derive(Debug, Default)]
pub(super) struct Finalizers {
    dropped: RefCell<Vec<Machine>>,
    /// Whether there are any.
    pub is_needed: Rc<Cell<bool>>,
    closed: Cell<bool>,
}

/// How many rounds of dropping more are followed.
const MAX_ROUNDS: usize = 10_000;

impl Finalizers {
    /// Those of a run that begins.
    pub(super) fn begin() -> Self {
        let finalizers = Self::default();
        doomed::keep(Rc::clone(&finalizers.is_needed));
        finalizers
    }

    /// From now on nothing is ended properly any more: the run is over.
    pub(super) fn close(&self) {
        self.closed.set(true);
        doomed::forget();
        let dropped = std::mem::take(&mut *self.dropped.borrow_mut());
        drop(dropped);
    }
}

/// Whether dropping a suspended call would leave out something that it still has to do. An async
/// generator is always closed by a task, which others can see.
pub(super) fn has_more_to_do(image: &Image, machine: &Machine) -> bool {
    if machine.frame.pc == 0 {
        return false;
    }
    let waiting = machine.callers.iter().map(|caller| &caller.frame);
    waiting.chain([&machine.frame]).any(|frame| {
        let code = &image.code(frame.code).code;
        code.kind == CodeKind::AsyncGenerator || code.handler(frame.pc.saturating_sub(1)).is_some()
    })
}

/// A suspended call is dropped.
pub(super) fn dropped(world: &Rc<World>, machine: Machine) {
    let finalizers = &world.finalizers;
    if finalizers.closed.get() {
        return;
    }
    finalizers.dropped.borrow_mut().push(machine);
    finalizers.is_needed.set(true);
    // At the latest when the handle at hand is done: what dropped it may have been its last act.
    world.cx.call_me();
}

impl Interp<'_> {
    /// Ends properly what was dropped.
    #[cold]
    pub(super) fn finalize(&mut self) {
        for _ in 0..MAX_ROUNDS {
            let dropped = std::mem::take(&mut *self.world.finalizers.dropped.borrow_mut());
            self.world.finalizers.is_needed.set(false);
            let doomed = doomed::take();
            if dropped.is_empty() && doomed.is_empty() {
                return;
            }
            for instance in doomed {
                self.delete(instance);
            }
            for machine in dropped {
                self.end_properly(machine);
            }
        }
    }

    /// Calls `__del__` of an instance that nobody else holds.
    fn delete(&mut self, instance: Rc<Instance>) {
        let Some(method) = instance.class.lookup(&Str::from("__del__")) else { return };
        let result = self.call(&method, &[Value::Instance(instance)], &[]);
        let Err(stop) = result else { return };
        let Some(raised) = stop.exception() else { return };
        let name = super::failure::shown(self.world, &method);
        let traceback = super::failure::traceback(self.world, raised);
        let heading = if self.world.python() >= PythonVersion::V3_14 {
            format!("Exception ignored while calling deallocator {name}:")
        } else {
            format!("Exception ignored in: {name}")
        };
        self.world.cx.say(&format!("{heading}\n{traceback}"));
    }

    fn end_properly(&mut self, mut machine: Machine) {
        let world = self.world;
        let outermost = machine.callers.first().map_or(&machine.frame, |caller| &caller.frame);
        let loaded = world.image.code(outermost.code);
        if loaded.code.kind == CodeKind::AsyncGenerator {
            let object = generator::object_of(world, loaded, machine);
            asyncio::close_soon(world, &object);
            return;
        }
        let exit = ExceptionObject::new(&GENERATOR_EXIT, Vec::new());
        let ended = match machine.throw(self, Rc::new(exit).into()) {
            Next::Exit(exit) => Ok(exit),
            Next::Reload => self.run_nested(&mut machine),
        };
        let kind = if loaded.code.kind == CodeKind::Coroutine { "coroutine" } else { "generator" };
        let failed = match ended {
            Ok(Exit::Returned(_)) => None,
            Ok(Exit::Raised(stop)) | Err(stop) => {
                let expected = stop.is_a(&GENERATOR_EXIT) || stop.is_a(&STOP_ITERATION);
                Some(stop).filter(|_| !expected)
            }
            Ok(_) => Some(raise(&RUNTIME_ERROR, format!("{kind} ignored GeneratorExit"))),
        };
        if let Some(stop) = failed {
            self.tell_ignored(kind, &loaded.qualname, &stop);
        }
    }

    fn tell_ignored(&mut self, kind: &str, name: &str, stop: &Stop) {
        let Some(raised) = stop.exception() else { return };
        let traceback = super::failure::traceback(self.world, raised);
        let text = format!("Exception ignored in: <{kind} object {name}>\n{traceback}");
        self.world.cx.say(&text);
    }
}

/// The module has run: what it holds is let go of, as at the end of an interpreter.
pub(super) fn finish(world: &Rc<World>) {
    let n_globals = world.globals.borrow().len();
    let mut vm = Interp::new(world, Place::Loop);
    let mut slots = world.image.stores_of_module(0);
    slots.extend(0..u32::try_from(n_globals).unwrap_or(u32::MAX));
    for slot in slots.into_iter().map(|slot| slot as usize).filter(|slot| *slot < n_globals) {
        let old = std::mem::replace(&mut world.globals.borrow_mut()[slot], Value::Unbound);
        drop(old);
        if world.finalizers.is_needed.get() {
            vm.finalize();
        }
    }
}

impl Drop for Suspended {
    /// A coroutine that was called and never awaited: a mistake in most cases.
    fn drop(&mut self) {
        heap::release(generator::WEIGHT);
        if self.taken {
            return;
        }
        let world = Rc::clone(&self.world);
        if self.machine.frame.pc == 0 {
            let loaded = world.image.code(self.machine.frame.code);
            if loaded.code.kind == CodeKind::Coroutine {
                asyncio::never_awaited(&world, &loaded.qualname, self.made_at);
            }
            return;
        }
        if has_more_to_do(&world.image, &self.machine) {
            let machine = std::mem::replace(&mut self.machine, Machine::empty());
            dropped(&world, machine);
        }
    }
}
