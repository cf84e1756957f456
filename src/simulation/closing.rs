//! What `asyncio.run()` does when the entry is done.
//!
//! Source: `CPython` `Lib/asyncio/runners.py` (`Runner.close`, `_cancel_all_tasks`), semantics §13.

use std::rc::Rc;

use crate::executor::{EventLoop, Failure, Future, Stopped, Task};
use crate::interpreter::{self, World};
use crate::program::value::Value;
use crate::tasks::{Gather, gather};

/// Cancels what is left and waits for it; then lets what is still ready run, as the shutdown of
/// async generators does; then waits for the default pool.
pub(super) fn close(event_loop: &mut EventLoop, world: &Rc<World>) -> Result<(), Stopped> {
    cancel_all_tasks(event_loop, world)?;
    if event_loop.has_ready() {
        // A task of no other use: it ends after what is ready has run.
        let ended = event_loop.run_until_complete("shutdown_asyncgens", |_| async { Ok(()) })?;
        ended.unwrap_or_default();
    }
    interpreter::shut_down_pools(world).map_or(Ok(()), |done| wait_for_pools(event_loop, done))
}

fn wait_for_pools(event_loop: &mut EventLoop, done: Future<()>) -> Result<(), Stopped> {
    if done.done() {
        return Ok(());
    }
    let runs = "shutdown_default_executor";
    let ended = event_loop.run_until_complete(runs, |_| async move { done.wait().await })?;
    ended.unwrap_or_default();
    Ok(())
}

fn cancel_all_tasks(event_loop: &mut EventLoop, world: &Rc<World>) -> Result<(), Stopped> {
    let cx = event_loop.context().clone();
    let left: Vec<Task<Value>> =
        cx.all_tasks().iter().filter_map(|task| task.downcast::<Value>()).collect();
    if left.is_empty() {
        return Ok(());
    }
    for task in &left {
        task.cancel(None);
    }
    let futures = left.iter().map(Task::future).collect();
    let all = gather(&cx, futures, Gather::Collect, |_| ());
    event_loop.run_future(&all)?.unwrap_or_default();
    for task in &left {
        let failure = task.future().peek(|result| result.as_ref().err().cloned()).flatten();
        if let Some(failure @ Failure::Raised(_)) = failure {
            failure.mark_seen();
            interpreter::report_at_shutdown(world, task, &failure);
        }
    }
    Ok(())
}
