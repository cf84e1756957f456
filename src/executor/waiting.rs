//! Who waits for what, where, when nothing can go on.

use std::rc::Rc;
use std::task::Context as PollContext;

use super::core::Core;
use super::future::{AnyFuture, Kind};
use super::table::Waiting;
use crate::index::{LaneId, SiteId, TaskId};

/// A task that is not done, and what it waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingTask {
    /// Its name.
    pub name: String,
    /// Its lane.
    pub lane: LaneId,
    /// What it waits for, in words.
    pub on: String,
    /// The task it waits for, if it is one.
    pub on_task: Option<LaneId>,
    /// Where its coroutines are, outermost first.
    pub frames: Vec<SiteId>,
}

impl Core {
    /// All tasks that wait, in order of creation.
    pub(super) fn waiting(&self) -> Vec<WaitingTask> {
        let mut tasks = self.tasks.borrow().alive();
        tasks.sort_by_key(|task| task.base().lane);
        tasks.iter().map(|task| self.waiting_task(task)).collect()
    }

    fn waiting_task(&self, object: &Rc<dyn AnyFuture>) -> WaitingTask {
        let task = object.base().task_id.get();
        let (waiting, future) = {
            let mut tasks = self.tasks.borrow_mut();
            let slot = tasks.slot(task);
            (slot.waiting, slot.future.clone())
        };
        let frames = self.inspect(task);
        let told = self.told_wait.borrow_mut().take();
        let mut on_task = None;
        let on = match (waiting, future) {
            (Waiting::Place, _) if told.is_some() => {
                let told = told.unwrap_or_default();
                let is_alive = |lane: &LaneId| {
                    self.tasks.borrow().alive().iter().any(|task| task.base().lane == *lane)
                };
                on_task = told.holders.iter().copied().find(is_alive);
                told.on
            }
            (Waiting::Turn, _) => "its next turn".to_owned(),
            (Waiting::Sleep, _) => "a sleep".to_owned(),
            (Waiting::Io, _) => "an answer from outside".to_owned(),
            (Waiting::Future, Some(future)) => match future.base().kind {
                Kind::Task => {
                    on_task = Some(future.base().lane);
                    format!("task {}", future.base().name())
                }
                Kind::Plain => "a future that nothing resolves".to_owned(),
                Kind::Gather => "a gather".to_owned(),
                Kind::Job(_) => "a job on a pool".to_owned(),
                Kind::Place(what) => what.to_owned(),
            },
            _ => "a waker that nobody wakes".to_owned(),
        };
        let base = object.base();
        WaitingTask { name: base.name(), lane: base.lane, on, on_task, frames }
    }

    /// Asks the suspended coroutine of a lane's task where it is.
    pub(super) fn inspect_lane(&self, lane: LaneId) -> Vec<SiteId> {
        let alive = self.tasks.borrow().alive();
        let task = alive.iter().find(|task| task.base().lane == lane);
        task.map_or_else(Vec::new, |task| self.inspect(task.base().task_id.get()))
    }

    /// Asks a suspended coroutine where it is.
    pub(super) fn inspect(&self, task: TaskId) -> Vec<SiteId> {
        let taken = self.tasks.borrow_mut().slot(task).coroutine.take();
        let Some(mut coroutine) = taken else { return Vec::new() };
        *self.inspection.borrow_mut() = Some(Vec::new());
        self.inspecting.set(true);
        let polled = coroutine.as_mut().poll(&mut PollContext::from_waker(&self.shared_waker));
        debug_assert!(polled.is_pending(), "a coroutine that is asked where it is stays there");
        self.inspecting.set(false);
        self.tasks.borrow_mut().slot(task).coroutine = Some(coroutine);
        self.inspection.borrow_mut().take().unwrap_or_default()
    }
}
