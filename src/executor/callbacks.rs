//! Plain callbacks: `call_soon`, `call_later`, `call_at`, and what a future calls when it is done.

use std::cell::Cell;
use std::fmt;
use std::rc::Rc;

use super::Context;
use super::chunks::Chunks;
use super::core::{Core, Ready};
use super::future::AnyFuture;
use super::timers::{Target, Timer};
use crate::index::{CallId, EventId, SiteId, TextId};
use crate::time::{Duration, Instant};
use crate::trace::What;
use crate::trace::event::End;

/// A plain callback.
pub(super) type Callback = Box<dyn FnOnce(&Context)>;

struct CallSlot {
    /// `None` when it has run or was cancelled.
    callback: Option<Callback>,
    /// The future whose callback it is, kept until it has run.
    keeps: Option<Rc<dyn AnyFuture>>,
    /// Goes up each time the slot is used, so that handles left behind are known.
    number: u32,
    name: TextId,
    /// `TimerSet`, for one that waits for its deadline.
    timer: EventId,
}

/// Callbacks that are ready or wait for their deadline.
#[derive(Default)]
pub(super) struct CallTable {
    slots: Chunks<CallSlot>,
    free: Vec<CallId>,
}

impl CallTable {
    fn insert(&mut self, callback: Callback, name: TextId) -> (CallId, u32) {
        if let Some(call) = self.free.pop() {
            let slot = &mut self.slots[call.index()];
            slot.callback = Some(callback);
            slot.number = slot.number.wrapping_add(1);
            slot.name = name;
            slot.timer = EventId::NONE;
            return (call, slot.number);
        }
        let timer = EventId::NONE;
        let slot = CallSlot { callback: Some(callback), keeps: None, number: 0, name, timer };
        (CallId::from_index(self.slots.push(slot)), 0)
    }

    /// The slot of a call, if it still is the one of that number.
    fn slot(&mut self, call: CallId, number: u32) -> Option<&mut CallSlot> {
        self.slots.get_mut(call.index()).filter(|slot| slot.number == number)
    }

    /// Whether a timer's callback was cancelled, or is of an earlier use of the slot.
    pub(super) fn is_gone(&self, call: CallId, number: u32) -> bool {
        let slot = self.slots.get(call.index());
        slot.is_none_or(|slot| slot.number != number || slot.callback.is_none())
    }

    /// The name of a callback.
    pub(super) fn name(&self, call: CallId, number: u32) -> Option<TextId> {
        let slot = self.slots.get(call.index()).filter(|slot| slot.number == number);
        slot.map(|slot| slot.name)
    }

    /// The `TimerSet` of a callback that waits for its deadline.
    pub(super) fn timer_event(&self, call: CallId, number: u32) -> EventId {
        let slot = self.slots.get(call.index()).filter(|slot| slot.number == number);
        slot.map_or(EventId::NONE, |slot| slot.timer)
    }

    /// Takes the callback out and frees the slot.
    fn take(&mut self, call: CallId, number: u32) -> Option<Taken> {
        let slot = self.slot(call, number)?;
        let callback = slot.callback.take()?;
        let keeps = slot.keeps.take();
        let taken = Taken { callback, keeps, name: slot.name, timer: slot.timer };
        self.free.push(call);
        Some(taken)
    }

    #[must_use]
    pub(super) fn take_all(&mut self) -> Vec<Dropped> {
        self.slots.iter_mut().map(|slot| (slot.callback.take(), slot.keeps.take())).collect()
    }
}

/// What is left of a callback that will not run.
pub(super) type Dropped = (Option<Callback>, Option<Rc<dyn AnyFuture>>);

/// A callback that is about to run.
struct Taken {
    callback: Callback,
    keeps: Option<Rc<dyn AnyFuture>>,
    name: TextId,
    timer: EventId,
}

/// A callback that is scheduled: asyncio's `Handle` and `TimerHandle`.
#[derive(Clone)]
pub struct Handle(Rc<Scheduled>);

struct Scheduled {
    cx: Context,
    call: CallId,
    number: u32,
    when: Option<Instant>,
    cancelled: Cell<bool>,
}

impl fmt::Debug for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Handle").field("when", &self.0.when).finish_non_exhaustive()
    }
}

impl Handle {
    /// Cancels the callback, if it has not run yet.
    pub fn cancel(&self) {
        if !self.0.cancelled.replace(true) {
            self.0.cx.core().cancel_call(self.0.call, self.0.number, self.0.when.is_some());
        }
    }

    /// Whether it was cancelled.
    pub fn cancelled(&self) -> bool {
        self.0.cancelled.get()
    }

    /// Its deadline, if it has one.
    pub fn when(&self) -> Option<Instant> {
        self.0.when
    }
}

impl Context {
    /// Runs a callback in the next iteration, behind all that is ready.
    ///
    /// Source: `BaseEventLoop.call_soon`.
    pub fn call_soon(&self, name: &str, callback: impl FnOnce(&Self) + 'static) -> Handle {
        let core = self.core();
        let name = core.name(name);
        let (call, number) = core.calls.borrow_mut().insert(Box::new(callback), name);
        let cause = core.record(EventId::NONE, What::CallScheduled { call, name });
        core.push_ready(Ready::Call { call, number, cause });
        self.handle(call, number, None)
    }

    /// Runs a callback after a delay. Equal delays keep their order.
    ///
    /// Source: `BaseEventLoop.call_later`.
    pub fn call_later(
        &self,
        delay: Duration,
        name: &str,
        callback: impl FnOnce(&Self) + 'static,
    ) -> Handle {
        let stamp = self.core().read_clock();
        self.timer(self.now() + delay, stamp, name, Box::new(callback))
    }

    /// Runs a callback at an instant. Among equal ones the order is that of CPython's heap.
    ///
    /// Source: `BaseEventLoop.call_at`.
    pub fn call_at(
        &self,
        when: Instant,
        name: &str,
        callback: impl FnOnce(&Self) + 'static,
    ) -> Handle {
        let core = self.core();
        core.follow_heapq();
        self.timer(when, core.program_reading.get(), name, Box::new(callback))
    }

    /// Reads the clock to compute a deadline that is registered later.
    pub(crate) fn stamp(&self) -> u64 {
        self.core().read_clock()
    }

    /// Runs a callback at an instant that was computed when the clock was read for `stamp`.
    pub(crate) fn call_at_stamp(
        &self,
        when: Instant,
        stamp: u64,
        name: &str,
        callback: impl FnOnce(&Self) + 'static,
    ) -> Handle {
        self.timer(when, stamp, name, Box::new(callback))
    }

    fn timer(&self, when: Instant, stamp: u64, name: &str, callback: Callback) -> Handle {
        let core = self.core();
        let name = core.name(name);
        let (call, number) = core.calls.borrow_mut().insert(callback, name);
        let set = core.record(EventId::NONE, What::TimerSet { deadline: when });
        if let Some(slot) = core.calls.borrow_mut().slot(call, number) {
            slot.timer = set;
        }
        let target = Target::call(call, number);
        core.timers.borrow_mut().push(Timer { deadline: when.as_nanos(), stamp, target });
        if core.following.is_on.get() {
            core.note_timer(call, number);
        }
        self.handle(call, number, Some(when))
    }

    fn handle(&self, call: CallId, number: u32, when: Option<Instant>) -> Handle {
        let cx = self.clone();
        Handle(Rc::new(Scheduled { cx, call, number, when, cancelled: Cell::new(false) }))
    }
}

impl Core {
    /// Makes a future's callback ready.
    pub(super) fn call_when_done(
        &self,
        callback: Callback,
        name: TextId,
        keeps: Option<Rc<dyn AnyFuture>>,
        cause: EventId,
    ) {
        let mut calls = self.calls.borrow_mut();
        let (call, number) = calls.insert(callback, name);
        calls.slots[call.index()].keeps = keeps;
        drop(calls);
        self.push_ready(Ready::Call { call, number, cause });
    }

    /// Runs the handle of a callback. A cancelled one is skipped.
    pub(super) fn run_call(&self, cx: &Context, call: CallId, number: u32, cause: EventId) {
        let taken = self.calls.borrow_mut().take(call, number);
        let Some(Taken { callback, keeps, name, timer }) = taken else { return };
        let cause = match timer.some() {
            Some(set) => self.record_loop(set, What::TimerFired),
            None => cause,
        };
        self.record_loop(cause, What::CallBegin { call, name });
        self.site.set(SiteId::NONE);
        callback(cx);
        drop(keeps);
        self.record_loop(EventId::NONE, What::CallEnd { end: End::Returned });
    }

    /// Drops callbacks whose handles will not run.
    pub(super) fn drop_calls(&self, handles: &std::collections::VecDeque<Ready>) {
        for handle in handles {
            if let Ready::Call { call, number, .. } = *handle {
                let taken = self.calls.borrow_mut().take(call, number);
                drop(taken);
            }
        }
    }

    fn cancel_call(&self, call: CallId, number: u32, is_timer: bool) {
        let taken = self.calls.borrow_mut().take(call, number);
        let Some(Taken { callback, timer, .. }) = taken else { return };
        drop(callback);
        if is_timer {
            self.record(EventId::NONE, What::TimerCancelled { timer });
            self.timer_was_cancelled();
        }
    }
}
