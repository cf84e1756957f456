//! What `asyncio.run()` does when the entry is done.
//!
//! Source: `CPython` `Lib/asyncio/runners.py` (`Runner.close`, `_cancel_all_tasks`), semantics §13.

use std::rc::Rc;

use super::natives::asyncio;
use super::running::{report_at_shutdown, shut_down_pools};
use super::world::World;
use crate::executor::{Context, Failure, Future, Halt, Task};
use crate::program::value::Value;
use crate::tasks::{Gather, gather};

/// Cancels what is left and waits for it; then closes async generators; then waits for the default
/// pool.
pub(super) fn close(world: &Rc<World>) -> Result<(), Halt> {
    cancel_all_tasks(world)?;
    shut_down_async_generators(world)?;
    shut_down_pools(world).map_or(Ok(()), |done| wait_for_pools(&world.cx, &done))
}

/// Runs the loop for a coroutine of its own, whose result nobody wants.
fn run(
    cx: &Context,
    runs: &'static str,
    coroutine: impl std::future::Future<Output = Result<(), Failure>> + 'static,
) -> Result<(), Halt> {
    let task: Task<()> = cx.create_task(None, runs, coroutine);
    cx.run_until_done(&task.future()).map(|_| ())
}

/// What is still ready runs in the meantime, even if there are none.
fn shut_down_async_generators(world: &Rc<World>) -> Result<(), Halt> {
    let open = world.async_generators.take();
    if open.is_empty() && !world.cx.has_ready() {
        return Ok(());
    }
    let closing = open.iter().map(|generator| asyncio::closing_task(world, generator)).collect();
    let cx = world.cx.clone();
    let all = gather(&cx, closing, Gather::Collect, |_| ());
    run(&cx, "shutdown_asyncgens", async move { all.wait().await })
}

fn wait_for_pools(cx: &Context, done: &Future<()>) -> Result<(), Halt> {
    if done.done() {
        return Ok(());
    }
    let done = done.clone();
    run(cx, "shutdown_default_executor", async move { done.wait().await })
}

fn cancel_all_tasks(world: &Rc<World>) -> Result<(), Halt> {
    let cx = &world.cx;
    let left: Vec<Task<Value>> =
        cx.all_tasks().iter().filter_map(|task| task.downcast::<Value>()).collect();
    if left.is_empty() {
        return Ok(());
    }
    for task in &left {
        task.cancel(None);
        if cx.cancel_went_too_deep() {
            let error = "maximum recursion depth exceeded";
            return Err(Halt::Escaped(Failure::raised("RecursionError", error)));
        }
    }
    let futures = left.iter().map(Task::future).collect();
    let all = gather(cx, futures, Gather::Collect, |_| ());
    let ended = cx.run_until_done(&all)?;
    drop(ended);
    for task in &left {
        let failure = task.future().peek(|result| result.as_ref().err().cloned()).flatten();
        if let Some(failure @ Failure::Raised(_)) = failure {
            failure.mark_seen();
            report_at_shutdown(world, task, &failure);
        }
    }
    Ok(())
}
