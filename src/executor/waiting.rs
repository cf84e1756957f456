//! Who waits for what, where, when nothing can go on.

use std::task::Context as PollContext;

use super::core::Core;
use super::future::Kind;
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
        let tasks: Vec<TaskId> = {
            let tasks = self.tasks.borrow();
            let mut alive: Vec<(LaneId, TaskId)> = tasks
                .alive()
                .filter_map(|slot| Some((slot.lane, slot.object()?.base().task_id.get())))
                .collect();
            alive.sort_unstable();
            alive.into_iter().map(|(_, task)| task).collect()
        };
        tasks.into_iter().filter_map(|task| self.waiting_task(task)).collect()
    }

    fn waiting_task(&self, task: TaskId) -> Option<WaitingTask> {
        let (object, waiting) = {
            let mut tasks = self.tasks.borrow_mut();
            let slot = tasks.slot(task);
            (slot.object()?, slot.waiting.clone())
        };
        let mut on_task = None;
        let on = match waiting {
            Waiting::Nothing | Waiting::Woken => "a waker that nobody wakes".to_owned(),
            Waiting::Turn => "its next turn".to_owned(),
            Waiting::Sleep => "a sleep".to_owned(),
            Waiting::Io => "an answer from outside".to_owned(),
            Waiting::On(future) => match future.base().kind {
                Kind::Task => {
                    on_task = Some(future.base().lane);
                    format!("task {}", future.base().name())
                }
                Kind::Plain => "a future that nothing resolves".to_owned(),
                Kind::Gather => "a gather".to_owned(),
                Kind::Job(_) => "a job on a pool".to_owned(),
            },
        };
        let base = object.base();
        let frames = self.inspect(task);
        Some(WaitingTask { name: base.name(), lane: base.lane, on, on_task, frames })
    }

    /// Asks a suspended coroutine where it is.
    fn inspect(&self, task: TaskId) -> Vec<SiteId> {
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
