//! Wakers, for futures that are not asyncio's.
//!
//! asyncio's own leaves need no waker: they know which task is current and register it with the
//! loop. A waker of its own for each task would cost an allocation a task, so all tasks are polled
//! with *one shared* waker. If a future of another library (a channel, `FuturesUnordered` …) keeps
//! a clone of it, the reference count tells; that task is then polled again at once, in the same
//! step, with a waker of its own, which replaces the clone. Polling once more than necessary is
//! what the contract of `Future::poll` allows.
//!
//! Wakes may come from inside a borrowed loop, so they are queued and taken at the next append to
//! the ready queue: their place in it is the one of the moment of waking.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Wake, Waker};

use super::core::{Core, Ready};
use crate::index::{EventId, LaneId, TaskId};
use crate::trace::What;

/// The waker that tasks are polled with as long as nobody keeps it. Waking it does nothing.
#[derive(Debug)]
pub(super) struct SharedWaker;

impl Wake for SharedWaker {
    fn wake(self: Arc<Self>) {}
}

/// Tasks woken by wakers of their own, until the loop takes note.
#[derive(Debug, Default)]
pub(super) struct WakeQueue {
    waiting: AtomicBool,
    woken: Mutex<Vec<(TaskId, LaneId)>>,
}

impl WakeQueue {
    #[inline]
    pub(super) fn is_waiting(&self) -> bool {
        self.waiting.load(Ordering::Relaxed)
    }
}

/// A task's own waker.
#[derive(Debug)]
struct TaskWaker {
    task: TaskId,
    /// The task's lane, which tells it from a later one in the same slot.
    birth: LaneId,
    queue: Arc<WakeQueue>,
}

impl Wake for TaskWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let mut woken = self.queue.woken.lock().unwrap_or_else(PoisonError::into_inner);
        woken.push((self.task, self.birth));
        self.queue.waiting.store(true, Ordering::Relaxed);
    }
}

/// References to the shared waker that the loop itself holds.
const OWN_REFERENCES: usize = 2;

impl Core {
    /// Whether a waker is the shared one, that is: whether a leaf stands directly in a task.
    #[inline]
    pub(super) fn is_shared(&self, waker: &Waker) -> bool {
        waker.will_wake(&self.shared_waker)
    }

    /// Whether somebody kept a clone of the shared waker since the last look.
    #[inline]
    pub(super) fn shared_waker_was_kept(&self) -> bool {
        Arc::strong_count(&self.shared_count) > OWN_REFERENCES
    }

    /// The waker of a task's own, made when first asked for.
    pub(super) fn own_waker(&self, task: TaskId) -> Waker {
        if let Some(waker) = self.tasks.borrow().waker(task) {
            return waker;
        }
        let birth = self.tasks.borrow_mut().slot(task).lane;
        let queue = Arc::clone(&self.foreign_wakes);
        let waker = Waker::from(Arc::new(TaskWaker { task, birth, queue }));
        self.tasks.borrow_mut().set_waker(task, waker.clone());
        waker
    }

    /// Schedules the tasks whose own wakers were woken.
    #[cold]
    pub(super) fn take_foreign_wakes(&self) {
        let woken = {
            let mut woken = self.foreign_wakes.woken.lock().unwrap_or_else(PoisonError::into_inner);
            self.foreign_wakes.waiting.store(false, Ordering::Relaxed);
            std::mem::take(&mut *woken)
        };
        for (task, birth) in woken {
            let mut tasks = self.tasks.borrow_mut();
            let slot = tasks.slot(task);
            if slot.lane != birth || !slot.is_used() || !slot.schedule() {
                continue;
            }
            drop(tasks);
            let cause = self.record(EventId::NONE, What::Woken);
            self.ready.borrow_mut().push_back(Ready::Step { task, cause });
            if self.following.is_on.get() {
                self.note_ready();
            }
        }
    }
}
