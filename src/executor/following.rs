//! What follows from what in the loop's own order, for whoever explores schedules.
//!
//! Answers from outside that come at one instant can come in any order, and all that follows from
//! them keeps that order: first in, first out. So the order of two steps is up to the answers they
//! follow from; and if no two steps that follow from two answers use the same thing, the order of
//! these answers makes no difference. Here each handle is kept with the step that made it ready.
//!
//! With threads besides the loop's this is not followed: every order of answers is tried then.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::Cause;
use super::core::{Core, Ready};
use crate::index::{CallId, TaskId};

/// The causes of what is ready, or waits for time to pass.
#[derive(Debug, Default)]
pub(super) struct Following {
    /// Whether it is wanted.
    pub(super) is_on: Cell<bool>,
    /// Of the handles in the ready queue, in their order.
    ready: RefCell<VecDeque<Cause>>,
    sleepers: RefCell<FxHashMap<TaskId, Cause>>,
    timers: RefCell<FxHashMap<(CallId, u32), Cause>>,
}

impl Core {
    /// A handle was put into the ready queue by what runs now.
    #[cold]
    pub(super) fn note_ready(&self) {
        let here = self.chooser.borrow_mut().watcher().here();
        self.following.ready.borrow_mut().push_back(here);
    }

    /// A handle was put into the ready queue because its time has come.
    #[cold]
    pub(super) fn note_due(&self, handle: Ready) {
        let cause = match handle {
            Ready::Slept { task, .. } => self.sleeper(task),
            Ready::Call { call, number, .. } => {
                self.following.timers.borrow_mut().remove(&(call, number)).unwrap_or_default()
            }
            _ => Cause::default(),
        };
        self.following.ready.borrow_mut().push_back(cause);
    }

    /// A task waits from now on for time to pass or for an answer.
    #[cold]
    pub(super) fn note_wait(&self, task: TaskId) {
        let here = self.chooser.borrow_mut().watcher().here();
        self.following.sleepers.borrow_mut().insert(task, here);
    }

    /// A callback waits from now on for its time.
    #[cold]
    pub(super) fn note_timer(&self, call: CallId, number: u32) {
        let here = self.chooser.borrow_mut().watcher().here();
        self.following.timers.borrow_mut().insert((call, number), here);
    }

    fn sleeper(&self, task: TaskId) -> Cause {
        self.following.sleepers.borrow_mut().remove(&task).unwrap_or_default()
    }

    /// The first handle of the ready queue runs: a step of its own.
    #[cold]
    pub(super) fn tell_first(&self) {
        let cause = self.following.ready.borrow_mut().pop_front().unwrap_or_default();
        let first = self.ready.borrow().front().copied();
        let Some(handle) = first else { return };
        self.only(self.actor_of(handle));
        self.chooser.borrow_mut().watcher().caused(cause, false);
        self.tell_uses_of(handle);
    }

    /// An answer comes: the step that it is was chosen just now.
    #[cold]
    pub(super) fn tell_answer(&self, task: TaskId) {
        let cause = self.sleeper(task);
        self.chooser.borrow_mut().watcher().caused(cause, true);
    }

    /// There are threads: what follows from what is not told any more.
    pub(super) fn stop_following(&self) {
        if self.following.is_on.replace(false) {
            self.chooser.borrow_mut().watcher().loses_track();
        }
    }
}
