//! What all primitives have: an identity in the trace, and a line of those who wait.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;
use std::task::Context as PollContext;

use crate::executor::{Context, PlaceWait, ToldWait, Waiter, WaiterState};
use crate::index::{EventId, LaneId, PrimitiveId};
use crate::trace::event::Change;

/// A primitive as the trace knows it.
pub(super) struct Identity {
    pub(super) cx: Context,
    pub(super) id: PrimitiveId,
    kind: &'static str,
    name: Rc<str>,
    /// It is a part of another one, which tells what happens.
    is_part: bool,
}

impl Identity {
    /// A new one. An empty name is replaced by a number.
    pub(super) fn new(cx: &Context, kind: &'static str, name: &str) -> Self {
        let id = cx.primitive_made(|id| label(kind, name, id));
        Self { cx: cx.clone(), id, kind, name: name.into(), is_part: false }
    }

    /// That of a part of it.
    pub(super) fn part(&self) -> Self {
        let (cx, name) = (self.cx.clone(), Rc::clone(&self.name));
        Self { cx, id: self.id, kind: self.kind, name, is_part: true }
    }

    /// What it is and how it is called: "lock `a`", or "lock 3" without a name.
    pub(super) fn label(&self) -> String {
        label(self.kind, &self.name, self.id)
    }

    #[inline]
    pub(super) fn changed(&self, change: Change, now: usize) -> EventId {
        if self.is_part { EventId::NONE } else { self.cx.primitive_changed(self.id, change, now) }
    }

    /// Says what the current coroutine waits for, if that is asked; then nothing may change.
    #[inline]
    pub(super) fn tells(&self, tell: impl FnOnce() -> ToldWait) -> bool {
        if !self.cx.inspecting() {
            return false;
        }
        self.cx.inspect_wait(tell());
        true
    }

    /// "held by Task-2", for those of `holders` that are not done; empty if there are none.
    pub(super) fn held_by(&self, holders: &[LaneId]) -> String {
        let mut names: Vec<String> = Vec::new();
        for name in holders.iter().filter_map(|holder| self.cx.task_name(*holder)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        match &names[..] {
            [] if holders.is_empty() => String::new(),
            [] => ", held by a task that is done".to_owned(),
            names => format!(", held by {}", names.join(", ")),
        }
    }
}

fn label(kind: &str, name: &str, id: PrimitiveId) -> String {
    if name.is_empty() {
        format!("{kind} {}", u64::from(id.0) + 1)
    } else {
        format!("{kind} `{name}`")
    }
}

/// Those who wait, in order of arrival.
#[derive(Default)]
pub(super) struct Line(RefCell<VecDeque<Waiter>>);

impl Line {
    /// The current task gets in line.
    #[inline]
    pub(super) fn enter(&self, of: &Identity, poll: &PollContext<'_>) -> PlaceWait {
        let wait = of.cx.wait_at(poll, of.id);
        self.0.borrow_mut().push_back(wait.waiter().clone());
        wait
    }

    /// A wait is over, or was given up.
    #[inline]
    pub(super) fn leave(&self, wait: &PlaceWait) {
        let mut waiters = self.0.borrow_mut();
        if waiters.front().is_some_and(|first| first.is(wait.waiter())) {
            waiters.pop_front();
        } else if let Some(at) = waiters.iter().position(|waiter| waiter.is(wait.waiter())) {
            waiters.remove(at);
        }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.0.borrow().len()
    }

    /// Whether one of them is not cancelled.
    #[inline]
    pub(super) fn is_wanted(&self, of: &Identity) -> bool {
        let waiters = self.0.borrow();
        waiters.iter().any(|waiter| of.cx.waiter_state(waiter) != WaiterState::Cancelled)
    }

    /// Wakes the first one, unless it is on its way already, to go on or to fail.
    #[inline]
    pub(super) fn wake_first(&self, of: &Identity, cause: EventId) {
        if let Some(first) = self.0.borrow().front() {
            of.cx.wake_waiter(first, of.id, cause);
        }
    }

    /// Wakes up to so many of those that wait; says how many.
    #[inline]
    pub(super) fn wake(&self, of: &Identity, most: usize, cause: EventId) -> usize {
        let mut woken = 0;
        for waiter in self.0.borrow().iter() {
            if woken == most {
                break;
            }
            woken += usize::from(of.cx.wake_waiter(waiter, of.id, cause));
        }
        woken
    }

    /// Takes out those in front that are on their way, and then one that waits, which is woken.
    #[inline]
    pub(super) fn take_and_wake(&self, of: &Identity, cause: EventId) {
        let mut waiters = self.0.borrow_mut();
        while let Some(waiter) = waiters.pop_front() {
            if of.cx.wake_waiter(&waiter, of.id, cause) {
                break;
            }
        }
    }

    /// Takes all out and wakes them.
    pub(super) fn take_and_wake_all(&self, of: &Identity, cause: EventId) {
        for waiter in self.0.borrow_mut().drain(..) {
            of.cx.wake_waiter(&waiter, of.id, cause);
        }
    }
}
