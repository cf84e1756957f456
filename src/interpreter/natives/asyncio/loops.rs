//! The loops of a program, as far as the program sees them. There is one engine; each loop has
//! queues of its own, which are put into it while that loop is the one that is used.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use super::native::NativeNames;
use super::reports::Reports;
use crate::executor::LoopState;
use crate::interpreter::world::World;
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::value::{Foreign, PyResult, Value};

/// What the program has of asyncio besides its objects.
#[derive(Debug, Default)]
pub(in crate::interpreter) struct Asyncio {
    /// The loop whose queues the engine has.
    active: RefCell<Option<Rc<LoopData>>>,
    /// What `set_event_loop` was given.
    set: RefCell<Option<Rc<LoopData>>>,
    /// The loops that there were, by number.
    known: RefCell<Vec<Weak<LoopData>>>,
    /// Whether `set_event_loop` was called, or a loop was made for somebody who asked.
    pub(super) was_set: Cell<bool>,
    pub(super) reports: Reports,
    pub(super) native_names: NativeNames,
    /// The module, once it is imported.
    pub(in crate::interpreter) module: RefCell<Option<Value>>,
}

/// A loop.
pub(super) struct LoopData {
    /// Its object, as long as the program has it.
    pub(super) object: RefCell<Weak<Foreign>>,
    pub(super) is_closed: Cell<bool>,
    /// Its queues, while the engine has others.
    parked: RefCell<Option<LoopState>>,
    pub(super) exception_handler: RefCell<Option<Value>>,
    pub(super) task_factory: RefCell<Option<Value>>,
    /// The pool for `run_in_executor(None, …)`, if the program has set one.
    pub(super) default_executor: RefCell<Option<Value>>,
    pub(super) slow_callback_duration: Cell<f64>,
    /// What the program has set on it.
    pub(super) attributes: RefCell<Vec<(String, Value)>>,
}

impl std::fmt::Debug for LoopData {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LoopData(closed: {})", self.is_closed.get())
    }
}

impl LoopData {
    /// A new loop.
    pub(super) fn new(world: &World) -> Rc<Self> {
        let mut known = world.asyncio.known.borrow_mut();
        // What runs without a loop has the number 0.
        let number = u32::try_from(known.len() + 1).unwrap_or(u32::MAX);
        let new = Rc::new(Self {
            object: RefCell::default(),
            is_closed: Cell::new(false),
            parked: RefCell::new(Some(LoopState::new(world.cx.config().debug, number))),
            exception_handler: RefCell::default(),
            task_factory: RefCell::default(),
            default_executor: RefCell::default(),
            slow_callback_duration: Cell::new(0.1),
            attributes: RefCell::default(),
        });
        known.push(Rc::downgrade(&new));
        new
    }

    /// An error when it is closed.
    pub(super) fn check_open(&self) -> PyResult<()> {
        if self.is_closed.get() {
            return Err(raise(&RUNTIME_ERROR, "Event loop is closed"));
        }
        Ok(())
    }
}

impl Asyncio {
    /// The loop that runs, if one does on this thread.
    pub(super) fn running(&self, world: &World) -> Option<Rc<LoopData>> {
        if !world.cx.is_running() || world.cx.is_on_another_thread() {
            return None;
        }
        self.active.borrow().clone()
    }

    /// The loop that is used: it runs, or did last.
    pub(super) fn active(&self) -> Option<Rc<LoopData>> {
        self.active.borrow().clone()
    }

    /// The loop of that number, if it is still there.
    pub(super) fn numbered(&self, number: u32) -> Option<Rc<LoopData>> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        self.known.borrow().get(at)?.upgrade()
    }

    /// Whether that loop runs.
    pub(super) fn is_running(&self, world: &World, wanted: &Rc<LoopData>) -> bool {
        world.cx.is_running()
            && self.active.borrow().as_ref().is_some_and(|active| Rc::ptr_eq(active, wanted))
    }

    /// What `set_event_loop` was given last.
    pub(super) fn set_loop(&self) -> Option<Rc<LoopData>> {
        self.set.borrow().clone()
    }

    /// `set_event_loop`
    pub(super) fn set(&self, wanted: Option<Rc<LoopData>>) {
        let before = std::mem::replace(&mut *self.set.borrow_mut(), wanted);
        drop(before);
    }

    /// Gives the engine the queues of that loop.
    fn activate(&self, world: &World, wanted: Rc<LoopData>) -> Option<Rc<LoopData>> {
        let before = self.active.borrow().clone();
        if before.as_ref().is_some_and(|active| Rc::ptr_eq(active, &wanted)) {
            return before;
        }
        let state = wanted.parked.borrow_mut().take();
        let parked = world.cx.exchange(state.unwrap_or_else(|| LoopState::new(false, 0)));
        if let Some(before) = &before {
            *before.parked.borrow_mut() = Some(parked);
        }
        *self.active.borrow_mut() = Some(wanted);
        before
    }

    /// Does something with that loop in the engine. If another one runs, that is put back.
    pub(super) fn with<R>(
        &self,
        world: &World,
        wanted: &Rc<LoopData>,
        work: impl FnOnce() -> R,
    ) -> R {
        let before = self.activate(world, Rc::clone(wanted));
        let result = work();
        if let Some(before) = before
            && world.cx.is_running()
        {
            self.activate(world, before);
        }
        result
    }

    /// Lets go of everything: the run is over.
    pub(in crate::interpreter) fn clear(&self) {
        let (active, set) = (self.active.borrow_mut().take(), self.set.borrow_mut().take());
        drop((active, set));
    }
}
