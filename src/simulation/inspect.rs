//! Runs a program up to an event and looks into one of its tasks.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::options::Options;
use super::run::{config, header, settings};
use crate::executor::{EventLoop, Fifo, Host, Progress, Replay, Scheduler};
use crate::index::{EventId, LaneId};
use crate::interpreter::{self, Built, SeenFrame, World};
use crate::program::Program;
use crate::program::value::heap;
use crate::trace::{Batch, Outcome, Recorder, Sink};

/// A coroutine that waits, and its variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inspected {
    /// The function it runs.
    pub function: String,
    /// The line it waits in, from 1.
    pub line: u32,
    /// Names and values, as `repr()` shows them.
    pub variables: Vec<(String, String)>,
}

/// The coroutines of the task of `lane` after the handle that `event` is part of, outermost first.
/// None if the task is not there then, or the run ends with that handle.
///
/// The options are those of the run whose event it is.
pub fn inspect(
    program: &Program,
    options: Options,
    event: EventId,
    lane: LaneId,
) -> Vec<Inspected> {
    let settings = settings(program, &options);
    let config = config(&settings, &options);
    let recorder = Recorder::to_sink(header(program, &options), Box::new(Nowhere), false);
    let scheduler: Box<dyn Scheduler> = match (options.scheduler, options.schedule) {
        (Some(scheduler), _) => scheduler,
        (None, Some(schedule)) => Box::new(Replay::new(schedule)),
        (None, None) => Box::new(Fifo),
    };
    heap::begin(options.limits.memory);
    let shared = Rc::new(Shared::default());
    let watcher = Watcher { event, lane, shared: Rc::clone(&shared) };
    let event_loop = EventLoop::with(config, scheduler, recorder, Box::new(watcher));
    let world = World::new(event_loop.context(), program, settings);
    *shared.world.borrow_mut() = Some(Rc::clone(&world));
    if let (Built::Fine, Some(entry)) = (interpreter::build(&world, program.module), program.entry)
    {
        // How it ends does not matter: what was to be seen was seen, or there is nothing.
        drop(interpreter::run_entry(&world, entry.slot));
    }
    shared.world.borrow_mut().take();
    let mut seen = std::mem::take(&mut *shared.seen.borrow_mut());
    if seen.is_empty() {
        // Where nothing can go on no handle comes after the event, and all wait where they are.
        seen = interpreter::inspect(&world, lane);
    }
    let inspected = seen.iter().map(|frame| told(program, &world, frame)).collect();
    drop(seen);
    world.clear_globals();
    event_loop.finish(Outcome::Interrupted);
    inspected
}

fn told(program: &Program, world: &Rc<World>, frame: &SeenFrame) -> Inspected {
    let site = program.site(frame.site);
    Inspected {
        function: site.map_or_else(String::new, |site| site.function.clone()),
        line: site.map_or(0, |site| site.line),
        variables: frame.variables(world),
    }
}

#[derive(Default)]
struct Shared {
    world: RefCell<Option<Rc<World>>>,
    seen: RefCell<Vec<SeenFrame>>,
}

/// Stops the run behind an event, and looks.
struct Watcher {
    event: EventId,
    lane: LaneId,
    shared: Rc<Shared>,
}

impl Host for Watcher {
    fn output(&mut self, _line: &str) {}
    fn error(&mut self, _text: &str) {}

    fn tick(&mut self, progress: &Progress) -> ControlFlow<()> {
        if progress.events <= u64::from(self.event.0) {
            return ControlFlow::Continue(());
        }
        if let Some(world) = &*self.shared.world.borrow() {
            *self.shared.seen.borrow_mut() = interpreter::inspect(world, self.lane);
        }
        ControlFlow::Break(())
    }

    fn wants_every_handle(&self) -> bool {
        true
    }
}

/// Keeps nothing.
struct Nowhere;

impl Sink for Nowhere {
    fn batch(&mut self, _batch: Batch<'_>) {}
    fn finish(&mut self, _outcome: &Outcome) {}
}
