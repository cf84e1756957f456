//! What asyncio tells about mistakes: exceptions that nobody took, tasks that were dropped,
//! coroutines that were never awaited, callbacks that were slow.
//!
//! CPython tells in the moment an object is destroyed. Here that is the same moment if the default
//! handler writes it; a handler of the program's own runs when the handle at hand is done.
//!
//! Source: CPython `Lib/asyncio/base_events.py` (`call_exception_handler`,
//! `default_exception_handler`), `futures.py` and `tasks.py` (`__del__`), semantics §15.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use super::loops::LoopData;
use super::{future, loop_object};
use crate::executor::{Notice, Observer};
use crate::index::{LaneId, SiteId};
use crate::interpreter::failure::{shown, traceback};
use crate::interpreter::ops;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::program::exception::{KEYBOARD_INTERRUPT, SYSTEM_EXIT};
use crate::program::value::{Raised, Stop, StopKind, Str, Value, Vm as _};

/// What goes to the exception handler: its context.
#[derive(Debug)]
pub(in crate::interpreter) struct Report {
    pub message: String,
    pub exception: Option<Raised>,
    /// The object it is about: its key, and how it is shown.
    pub about: Option<(&'static str, About)>,
    /// Where in the program the object was made.
    pub made_at: SiteId,
}

/// What a report is about.
#[derive(Debug)]
pub(in crate::interpreter) enum About {
    /// An object that is still there.
    Object(Value),
    /// One that is gone: its name, if it was a task, and how it was shown.
    Gone(Option<String>, String),
}

/// Reports that wait for the end of a handle.
#[derive(Debug, Default)]
pub(in crate::interpreter) struct Reports {
    queue: RefCell<Vec<Report>>,
    /// Tasks and callbacks that held the loop for long: what, and for how many nanoseconds.
    slow: RefCell<Vec<(Slow, u64)>>,
}

/// What held the loop for long.
#[derive(Debug)]
pub(in crate::interpreter) enum Slow {
    /// A step of the task of that lane.
    Task(LaneId),
    /// A callback, as its handle is shown.
    Call(String),
}

/// Tells, or takes note to tell when the handle at hand is done.
pub(in crate::interpreter) fn report(world: &Rc<World>, report: Report) {
    let has_handler =
        loop_in_charge(world).is_some_and(|data| data.exception_handler.borrow().is_some());
    if has_handler && world.cx.is_running() {
        world.asyncio.reports.queue.borrow_mut().push(report);
        world.cx.call_me();
    } else {
        deliver(world, report);
    }
}

/// The same for one that is told at once, whoever handles it.
pub(super) fn report_now(world: &Rc<World>, report: Report) {
    deliver(world, report);
}

fn loop_in_charge(world: &World) -> Option<Rc<LoopData>> {
    world.asyncio.active()
}

fn deliver(world: &Rc<World>, report: Report) {
    record(world, &report.message, report.made_at);
    let Some(data) = loop_in_charge(world) else { return say(world, &report) };
    let handler = data.exception_handler.borrow().clone();
    let Some(handler) = handler else { return say(world, &report) };
    let mut vm = Interp::new(world, Place::Loop);
    let context = context(&mut vm, world, &report);
    let called = context.and_then(|context| {
        let object = loop_object::object(world, &data);
        vm.call(&handler, &[object, context], &[])
    });
    match called {
        Ok(result) => drop(result),
        Err(stop) => handler_failed(world, stop, &report.message),
    }
}

/// An exception in the handler is told of, and nothing more.
fn handler_failed(world: &Rc<World>, stop: Stop, about: &str) {
    match stop.kind() {
        StopKind::Limit(limit) => world.reached(limit),
        StopKind::Raised(raised) => {
            if raised.is_a(&SYSTEM_EXIT) || raised.is_a(&KEYBOARD_INTERRUPT) {
                world.cx.escape(crate::interpreter::failure::carry(world, raised, None));
                return;
            }
            let message = "Unhandled error in exception handler";
            let about = shown(world, &Value::from(about));
            let text = format!("{message}\ncontext: {{'message': {about}}}");
            world.cx.say(&format!("{text}\n{}", traceback(world, &raised)));
        }
    }
}

/// The context as the program's handler gets it.
fn context(
    vm: &mut Interp<'_>,
    world: &Rc<World>,
    report: &Report,
) -> crate::program::value::PyResult<Value> {
    let mut pairs = vec![(Value::from("message"), Value::from(report.message.as_str()))];
    if let Some(exception) = &report.exception {
        pairs.push((Value::from("exception"), Value::Exception(Rc::clone(exception))));
    }
    if let Some((key, about)) = &report.about {
        let object = match about {
            About::Object(object) => object.clone(),
            About::Gone(name, shown) => {
                future::stand_in(world, name.as_deref(), shown, report.exception.as_ref())
            }
        };
        pairs.push((Value::from(*key), object));
    }
    ops::dict_from(vm, pairs)
}

/// What the default handler logs.
fn say(world: &Rc<World>, report: &Report) {
    let mut text = report.message.clone();
    if let Some((key, about)) = &report.about {
        let about = match about {
            About::Object(object) => shown(world, object),
            About::Gone(_, shown) => shown.clone(),
        };
        text.push_str(&format!("\n{key}: {about}"));
    }
    if let Some(exception) = &report.exception {
        text.push('\n');
        text.push_str(&traceback(world, exception));
    }
    world.cx.say(&text);
}

/// `loop.default_exception_handler(context)`
pub(super) fn by_default(world: &Rc<World>, context: &Value) {
    let mut vm = Interp::new(world, Place::Loop);
    let mut get = |key: &str| ops::get_item(&mut vm, context, &Value::from(key)).ok();
    let message = match get("message") {
        Some(Value::Str(message)) if !message.is_empty() => message.to_string(),
        _ => "Unhandled exception in event loop".to_owned(),
    };
    let exception = match get("exception") {
        Some(Value::Exception(exception)) => Some(exception),
        _ => None,
    };
    let mut text = message.clone();
    if let Ok(keys) = ops::collect(&mut vm, context) {
        let mut keys: Vec<Str> = keys
            .into_iter()
            .filter_map(|key| if let Value::Str(key) = key { Some(key) } else { None })
            .filter(|key| !matches!(key.as_str(), "message" | "exception"))
            .collect();
        keys.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        for key in keys {
            if let Ok(value) = ops::get_item(&mut vm, context, &Value::Str(key.clone())) {
                text.push_str(&format!("\n{key}: {}", shown(world, &value)));
            }
        }
    }
    if let Some(exception) = &exception {
        text.push('\n');
        text.push_str(&traceback(world, exception));
    }
    world.cx.say(&text);
}

/// `loop.call_exception_handler(context)`
pub(super) fn call_handler(world: &Rc<World>, data: &Rc<LoopData>, context: &Value) {
    let handler = data.exception_handler.borrow().clone();
    let mut vm = Interp::new(world, Place::Loop);
    if let Ok(Value::Str(message)) = ops::get_item(&mut vm, context, &Value::from("message")) {
        record(world, &message, SiteId::NONE);
    }
    let Some(handler) = handler else { return by_default(world, context) };
    let object = loop_object::object(world, data);
    if let Err(stop) = vm.call(&handler, &[object, context.clone()], &[]) {
        handler_failed(world, stop, "");
    }
}

/// Keeps it as a finding of the run.
fn record(world: &World, message: &str, made_at: SiteId) {
    world.cx.record_finding(message, made_at);
}

/// A coroutine was called and dropped. `at` is where.
pub(in crate::interpreter) fn never_awaited(world: &World, qualname: &str, made_at: SiteId) {
    if world.cx.has_stopped() {
        // The run did not come that far.
        return;
    }
    let text = format!("coroutine '{qualname}' was never awaited");
    record(world, &text, made_at);
    let mut said = match world.place(made_at) {
        place if place.is_empty() => format!("RuntimeWarning: {text}"),
        place => format!("{place}: RuntimeWarning: {text}"),
    };
    let line = world.source_line(made_at);
    if !line.is_empty() {
        said.push_str(&format!("\n  {line}"));
    }
    said.push_str("\nRuntimeWarning: Enable tracemalloc to get the object allocation traceback");
    world.cx.say(&said);
}

/// Takes note of what held the loop for long, to be told when the handle is done.
pub(in crate::interpreter) fn slow(world: &World, what: Slow, nanos: u64) {
    world.asyncio.reports.slow.borrow_mut().push((what, nanos));
    world.cx.call_me();
}

fn tell_slow(world: &Rc<World>) {
    let slow = std::mem::take(&mut *world.asyncio.reports.slow.borrow_mut());
    for (what, nanos) in slow {
        let shown = match what {
            Slow::Call(shown) => shown,
            Slow::Task(lane) => future::shown_task(world, lane),
        };
        let millis = (nanos + 500_000) / 1_000_000;
        let text = format!("Executing {shown} took {}.{:03} seconds", millis / 1000, millis % 1000);
        record(world, &text, SiteId::NONE);
        world.cx.say(&text);
    }
}

/// Tells of tasks that are not done when the program is over.
pub(in crate::interpreter) fn tell_of_pending(world: &Rc<World>) {
    for task in world.cx.all_tasks() {
        let Some(task) = task.downcast::<Value>() else { continue };
        let object = future::task_object(world, &task);
        let about = About::Gone(Some(task.name()), shown(world, &object));
        let report = Report {
            message: "Task was destroyed but it is pending!".to_owned(),
            exception: None,
            about: Some(("task", about)),
            made_at: task.future().made_at(),
        };
        record(world, &report.message, report.made_at);
        say(world, &report);
    }
}

/// Hears of what the engine alone knows.
#[derive(Debug)]
pub(in crate::interpreter) struct Listener(pub Weak<World>);

impl Observer for Listener {
    fn notice(&self, notice: Notice) {
        let Some(world) = self.0.upgrade() else { return };
        match notice {
            Notice::PendingTaskDropped { name, label, made_at, frames, waits } => {
                let coroutine =
                    future::shown_coroutine(&world, label, frames.first().copied(), false);
                let waits =
                    if waits { " wait_for=<Future pending cb=[Task.task_wakeup()]>" } else { "" };
                let quoted = shown(&world, &Value::from(name.as_str()));
                let shown = format!("<Task pending name={quoted} coro=<{coroutine}>{waits}>");
                report(
                    &world,
                    Report {
                        message: "Task was destroyed but it is pending!".to_owned(),
                        exception: None,
                        about: Some(("task", About::Gone(Some(name), shown))),
                        made_at,
                    },
                );
            }
            Notice::Called => {
                if world.finalizers.is_needed.get() {
                    Interp::new(&world, Place::Loop).finalize();
                }
                let reports = std::mem::take(&mut *world.asyncio.reports.queue.borrow_mut());
                for report in reports {
                    deliver(&world, report);
                }
                tell_slow(&world);
            }
        }
    }
}
