//! The threads of a run.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::{Rc, Weak};

use corosensei::stack::DefaultStack;
use corosensei::{Coroutine, CoroutineResult};

use super::parker::{Parker, Yielder};
use crate::executor::{Context, Go};
use crate::index::{EventId, LaneId, ProcessId, SiteId, ThreadId};
use crate::trace::What;

/// What runs on a thread, with the stack it runs on.
type Routine = Coroutine<(), (), (), DefaultStack>;

/// Room for deeply nested programs; what is never used costs nothing.
const STACK_BYTES: usize = 16 << 20;
/// Stacks kept to be used again.
const SPARE_STACKS: usize = 32;
/// Threads alive at once.
const MAX_THREADS: usize = 4000;

thread_local! {
    /// Stacks of threads that have ended, also of those of other runs: making one takes much longer
    /// than most threads of a program that is explored.
    static SPARE: RefCell<Vec<DefaultStack>> = const { RefCell::new(Vec::new()) };
}

/// No more threads can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("can't start new thread")]
pub struct NoRoom;

/// The threads of a run. Clones are the same.
#[derive(Clone)]
pub struct Threads(pub(super) Rc<Inner>);

pub(super) struct Inner {
    pub(super) cx: Context,
    /// By number; the first is the loop's.
    slots: RefCell<Vec<Slot>>,
    /// Who runs.
    current: Cell<ThreadId>,
    /// A number that every thread has of its own: how deep its native code is nested.
    depth: Rc<Cell<u32>>,
    /// Threads that run something, and workers.
    n_alive: Cell<usize>,
    /// Called when another thread runs, and when it does no longer.
    on_switch: RefCell<Option<OnSwitch>>,
}

/// What is told of a switch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switch {
    /// Who runs from now on, or has run until now.
    pub thread: ThreadId,
    /// Its process.
    pub process: ProcessId,
    /// Whether it runs from now on.
    pub begins: bool,
}

type OnSwitch = Rc<dyn Fn(Switch)>;

struct Slot {
    lane: LaneId,
    process: ProcessId,
    name: Rc<str>,
    routine: Option<Routine>,
    /// Called when the routine has ended.
    after: Option<After>,
    /// Called when it has the baton and no routine.
    idle: Option<Go>,
    depth: u32,
    /// It was woken, not by its timeout.
    woken: bool,
    /// The event that woke it.
    woken_by: EventId,
    /// What it waits for, and where.
    waits: Option<(Rc<str>, SiteId)>,
}

type After = Box<dyn FnOnce(&Context)>;

/// A thread that waits for another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingThread {
    /// Its name.
    pub name: String,
    /// What it waits for.
    pub on: String,
    /// Where.
    pub site: SiteId,
}

impl fmt::Debug for Threads {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Threads({})", self.0.slots.borrow().len())
    }
}

impl Threads {
    /// The threads beside that loop.
    pub fn of(cx: &Context) -> Self {
        cx.extension(|| Self::new(cx)).unwrap_or_else(|| Self::new(cx))
    }

    fn new(cx: &Context) -> Self {
        let main = Slot::new(LaneId::LOOP, ProcessId::MAIN, "MainThread".into(), None);
        Self(Rc::new(Inner {
            cx: cx.clone(),
            slots: RefCell::new(vec![main]),
            current: Cell::new(ThreadId::MAIN),
            depth: Rc::default(),
            n_alive: Cell::new(0),
            on_switch: RefCell::default(),
        }))
    }

    /// Has something called when a thread besides the loop's begins to run, and when it stops.
    pub fn on_switch(&self, call: impl Fn(Switch) + 'static) {
        *self.0.on_switch.borrow_mut() = Some(Rc::new(call));
    }

    fn switch(&self, switch: Switch) {
        let call = self.0.on_switch.borrow().clone();
        if let Some(call) = call {
            call(switch);
        }
    }

    /// Who runs.
    #[inline]
    pub fn current(&self) -> ThreadId {
        self.0.current.get()
    }

    /// A number that every thread has of its own: how deep its native code is nested.
    pub fn depth(&self) -> Rc<Cell<u32>> {
        Rc::clone(&self.0.depth)
    }

    /// Whether the loop's thread runs.
    #[inline]
    pub fn is_main(&self) -> bool {
        self.current() == ThreadId::MAIN
    }

    /// The lane of a thread.
    pub fn lane(&self, thread: ThreadId) -> LaneId {
        self.0.slots.borrow()[thread.index()].lane
    }

    /// The name of a thread.
    pub fn name(&self, thread: ThreadId) -> Rc<str> {
        Rc::clone(&self.0.slots.borrow()[thread.index()].name)
    }

    /// The process of a thread.
    pub fn process(&self, thread: ThreadId) -> ProcessId {
        self.0.slots.borrow()[thread.index()].process
    }

    /// What the loop's thread waits with.
    pub fn main(&self) -> Parker<'_> {
        Parker { threads: self, thread: ThreadId::MAIN, yielder: None }
    }

    /// Whether another thread can be started.
    pub fn has_room(&self) -> bool {
        self.0.n_alive.get() < MAX_THREADS
    }

    fn count(&self, more: bool) {
        let n = self.0.n_alive.get();
        self.0.n_alive.set(if more { n + 1 } else { n.saturating_sub(1) });
    }

    /// A new thread, which does nothing yet. `idle` is called when it was woken and has nothing to
    /// run; a thread that has it is a worker, and is alive whether it runs something or not.
    pub fn add(
        &self,
        process: ProcessId,
        name: &str,
        lane: LaneId,
        idle: Option<Box<dyn Fn(&Context)>>,
    ) -> ThreadId {
        let name: Rc<str> = name.into();
        // Known after the thread is; what runs is found by it.
        let number = Rc::new(Cell::new(ThreadId::MAIN));
        let (threads, own): (Weak<Inner>, _) = (Rc::downgrade(&self.0), Rc::clone(&number));
        let go: Go = Rc::new(move |_| {
            if let Some(inner) = threads.upgrade() {
                Self(inner).go_on(own.get());
            }
        });
        let thread = self.0.cx.add_thread(process, &name, lane, go);
        number.set(thread);
        if idle.is_some() {
            self.count(true);
        }
        let mut slots = self.0.slots.borrow_mut();
        debug_assert_eq!(slots.len(), thread.index(), "all threads are made here");
        slots.push(Slot::new(lane, process, name, idle.map(Rc::from)));
        thread
    }

    /// Gives a thread that has nothing to run something. It begins when the thread is woken; `after`
    /// is called when it has ended, still on the thread's lane.
    pub fn load(
        &self,
        thread: ThreadId,
        body: impl FnOnce(Parker<'_>) + 'static,
        after: impl FnOnce(&Context) + 'static,
    ) -> Result<(), NoRoom> {
        let is_worker = self.0.slots.borrow()[thread.index()].idle.is_some();
        if !is_worker && !self.has_room() {
            return Err(NoRoom);
        }
        let stack = match SPARE.with_borrow_mut(Vec::pop) {
            Some(stack) => stack,
            None => DefaultStack::new(STACK_BYTES).map_err(|_| NoRoom)?,
        };
        let threads = Rc::downgrade(&self.0);
        let routine = Routine::with_stack(stack, move |yielder: &Yielder, ()| {
            if let Some(inner) = threads.upgrade() {
                body(Parker { threads: &Self(inner), thread, yielder: Some(yielder) });
            }
        });
        if !is_worker {
            self.count(true);
        }
        let slot = &mut self.0.slots.borrow_mut()[thread.index()];
        slot.routine = Some(routine);
        slot.after = Some(Box::new(after));
        slot.depth = 0;
        Ok(())
    }

    /// Lets a thread that has something to run begin, or go on. Called with the baton in its hand.
    pub(super) fn go_on(&self, thread: ThreadId) {
        let inner = &*self.0;
        let mut slots = inner.slots.borrow_mut();
        let slot = &mut slots[thread.index()];
        let Some(mut routine) = slot.routine.take() else {
            let (lane, idle) = (slot.lane, slot.idle.clone());
            drop(slots);
            if let Some(idle) = idle {
                inner.current.set(thread);
                inner.cx.on_lane(lane, || idle(&inner.cx));
                inner.current.set(ThreadId::MAIN);
            }
            return;
        };
        let (lane, depth, process) = (slot.lane, slot.depth, slot.process);
        drop(slots);
        self.switch(Switch { thread, process, begins: true });
        let outer_depth = inner.depth.replace(depth);
        let outer = inner.current.replace(thread);
        inner.cx.on_lane(lane, || {
            let result = routine.resume(());
            let mut slots = inner.slots.borrow_mut();
            let slot = &mut slots[thread.index()];
            slot.depth = inner.depth.get();
            match result {
                CoroutineResult::Yield(()) => slot.routine = Some(routine),
                CoroutineResult::Return(()) => {
                    let after = slot.after.take();
                    let is_worker = slot.idle.is_some();
                    drop(slots);
                    if !is_worker {
                        self.count(false);
                    }
                    keep_stack(routine);
                    if let Some(after) = after {
                        after(&inner.cx);
                    }
                }
            }
        });
        inner.current.set(outer);
        inner.depth.set(outer_depth);
        self.switch(Switch { thread, process, begins: false });
    }

    /// Ends the wait of a thread, because of an event.
    pub fn wake(&self, thread: ThreadId, cause: EventId) {
        let slot = &mut self.0.slots.borrow_mut()[thread.index()];
        slot.woken = true;
        slot.woken_by = cause;
        self.0.cx.wake(thread);
    }

    /// Notes what a thread waits for.
    pub(super) fn begin_wait(&self, thread: ThreadId, on: &Rc<str>) {
        let site = self.0.cx.site();
        let slot = &mut self.0.slots.borrow_mut()[thread.index()];
        slot.waits = Some((Rc::clone(on), site));
        slot.woken = false;
        slot.woken_by = EventId::NONE;
    }

    /// The wait is over. Whether it was woken, and by which event.
    pub(super) fn end_wait(&self, thread: ThreadId) -> (bool, EventId) {
        let slot = &mut self.0.slots.borrow_mut()[thread.index()];
        slot.waits = None;
        (slot.woken, slot.woken_by)
    }

    /// Who waits for another thread, in order of creation.
    pub fn waiting(&self) -> Vec<WaitingThread> {
        let slots = self.0.slots.borrow();
        let waits = |slot: &Slot| {
            let (on, site) = slot.waits.clone()?;
            Some(WaitingThread { name: slot.name.to_string(), on: on.to_string(), site })
        };
        slots.iter().filter_map(waits).collect()
    }

    /// Drops what runs on threads and has not ended, wherever it is.
    pub fn abandon(&self) {
        loop {
            let mut slots = self.0.slots.borrow_mut();
            let Some(slot) = slots.iter_mut().find(|slot| slot.routine.is_some()) else { return };
            let routine = slot.routine.take();
            let after = slot.after.take();
            drop(slots);
            drop(routine);
            drop(after);
        }
    }

    /// The same, and what idle workers hold goes too: threads cannot be used any more.
    pub fn abandon_all(&self) {
        self.abandon();
        *self.0.on_switch.borrow_mut() = None;
        let idle: Vec<Option<Go>> =
            self.0.slots.borrow_mut().iter_mut().map(|slot| slot.idle.take()).collect();
        drop(idle);
    }

    pub(super) fn record(&self, cause: EventId, what: What) -> EventId {
        self.0.cx.record(cause, what)
    }
}

impl Slot {
    fn new(lane: LaneId, process: ProcessId, name: Rc<str>, idle: Option<Go>) -> Self {
        Self {
            lane,
            process,
            name,
            routine: None,
            after: None,
            idle,
            depth: 0,
            woken: false,
            woken_by: EventId::NONE,
            waits: None,
        }
    }
}

fn keep_stack(routine: Routine) {
    SPARE.with_borrow_mut(|spare| {
        if spare.len() < SPARE_STACKS {
            spare.push(routine.into_stack());
        }
    });
}
