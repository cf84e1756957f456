//! Exceptions of the program on their way through the loop, and what is said about those that
//! nobody takes.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::path::Path;
use std::rc::{Rc, Weak};

use super::natives::asyncio::{About, Report, report, shown_coroutine};
use super::text;
use super::vm::{Interp, Place};
use super::world::World;
use crate::executor::{self, Failure};
use crate::index::SiteId;
use crate::program::exception::{
    BASE_EXCEPTION_GROUP, CANCELLED_ERROR, EXCEPTION_TYPES, ExceptionObject, KEYBOARD_INTERRUPT,
    RUNTIME_ERROR, SYSTEM_EXIT, TracebackFrame,
};
use crate::program::value::{Raised, Stop, StopKind, Value};
use crate::python::{Marks, excerpt};
use crate::trace::PythonVersion;
use crate::trace::outcome::{Frame, Link, Raised as RaisedData};

/// An exception of the program in a future.
pub(super) struct Carried {
    raised: Raised,
    /// Its traceback when it came here, until it is first taken: who awaits it adds to that. Who
    /// takes it later begins with none, as in `CPython` (`Modules/_asynciomodule.c`,
    /// `future_get_result`).
    frames: RefCell<Option<Vec<TracebackFrame>>>,
    /// Said if nobody ever takes it.
    unretrieved: Option<Box<Unretrieved>>,
    seen: Cell<bool>,
    world: Weak<World>,
}

/// What is said of an exception in a future that nobody ever takes.
#[derive(Clone, Debug)]
pub(super) struct Unretrieved {
    /// `Task`, `Future`, `_GatheringFuture`.
    holder: &'static str,
    /// The name of a task, and how its coroutine is shown.
    task: Option<(String, String)>,
    /// Where in the program the future was made.
    made_at: SiteId,
}

impl Unretrieved {
    /// Of a future.
    pub(super) fn of_future(made_at: SiteId) -> Self {
        Self { holder: "Future", task: None, made_at }
    }

    /// Of the task that runs. `label` is the number of its code.
    pub(super) fn of_task(world: &World, label: u32) -> Self {
        let current = world.cx.current_task();
        let name = current.as_ref().map_or_else(String::new, executor::TaskRef::name);
        let made_at = current.map_or(SiteId::NONE, |task| task.made_at());
        let coroutine = shown_coroutine(world, label, None, true);
        Self { holder: "Task", task: Some((name, coroutine)), made_at }
    }

    fn report(&self, world: &Rc<World>, raised: &Raised) -> Report {
        let exception = shown(world, &Value::Exception(Rc::clone(raised)));
        let holder = self.holder;
        let (name, about) = match &self.task {
            Some((name, coroutine)) => {
                let quoted = shown(world, &Value::from(name.as_str()));
                let about = format!(
                    "<{holder} finished name={quoted} coro=<{coroutine}> exception={exception}>"
                );
                (Some(name.clone()), about)
            }
            None => (None, format!("<{holder} finished exception={exception}>")),
        };
        Report {
            message: format!("{holder} exception was never retrieved"),
            exception: Some(Rc::clone(raised)),
            about: Some(("future", About::Gone(name, about))),
            made_at: self.made_at,
        }
    }
}

impl Carried {
    /// It is raised where the future is awaited or asked for its result.
    fn take_frames(&self) {
        self.seen.set(true);
        let is_cancelled = self.raised.is_a(&CANCELLED_ERROR);
        let mut saved = self.frames.borrow_mut();
        let frames = if is_cancelled { saved.clone() } else { saved.take() };
        if frames.is_none() {
            drop(self.raised.held.take());
        }
        *self.raised.traceback.borrow_mut() = frames.unwrap_or_default();
    }
}

impl fmt::Debug for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", short_text(&self.raised))
    }
}

impl executor::ExceptionObject for Carried {
    fn type_name(&self) -> String {
        self.raised.ty.name().to_string()
    }

    fn message(&self) -> String {
        self.world.upgrade().map_or_else(String::new, |world| message(&world, &self.raised))
    }

    fn mark_seen(&self) {
        self.seen.set(true);
    }

    fn is_fatal(&self) -> bool {
        self.raised.is_a(&SYSTEM_EXIT) || self.raised.is_a(&KEYBOARD_INTERRUPT)
    }

    fn in_future(&self, holder: &'static str) -> Option<executor::Message> {
        self.seen.set(true);
        let unretrieved = Unretrieved { holder, task: None, made_at: SiteId::NONE };
        Some(Rc::new(Self {
            raised: Rc::clone(&self.raised),
            frames: RefCell::new(Some(self.raised.traceback.borrow().clone())),
            unretrieved: Some(Box::new(unretrieved)),
            seen: Cell::new(false),
            world: Weak::clone(&self.world),
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Drop for Carried {
    fn drop(&mut self) {
        if let (Some(unretrieved), false) = (&self.unretrieved, self.seen.get())
            && !executor::ExceptionObject::is_fatal(self)
            && let Some(world) = self.world.upgrade()
            && !world.cx.has_stopped()
        {
            report(&world, unretrieved.report(&world, &self.raised));
        }
    }
}

/// An exception as the loop carries it. `unretrieved` is said if nobody ever takes it.
pub(super) fn carry(
    world: &Rc<World>,
    raised: Raised,
    unretrieved: Option<Unretrieved>,
) -> Failure {
    let cancelled = raised.is_a(&CANCELLED_ERROR);
    let frames = RefCell::new(Some(raised.traceback.borrow().clone()));
    let unretrieved = unretrieved.filter(|_| !cancelled).map(Box::new);
    let (seen, world) = (Cell::new(false), Rc::downgrade(world));
    let carried = Rc::new(Carried { raised, frames, unretrieved, seen, world });
    if cancelled { Failure::Cancelled(Some(carried)) } else { Failure::Raised(carried) }
}

/// The same failure in a task that ends with it.
pub(super) fn renewed(world: &Rc<World>, failure: Failure, unretrieved: Unretrieved) -> Failure {
    match failure {
        failure @ Failure::Cancelled(_) => failure,
        failure => carry(world, to_raised(&failure), Some(unretrieved)),
    }
}

/// Why an operation gave no value, as the loop carries it.
pub(super) fn to_failure(
    world: &Rc<World>,
    stop: Stop,
    unretrieved: Option<Unretrieved>,
) -> Failure {
    match stop.kind() {
        StopKind::Raised(raised) => carry(world, raised, unretrieved),
        StopKind::Limit(limit) => {
            world.reached(limit);
            Failure::raised("limit", limit.name())
        }
    }
}

/// What the loop brings, as an exception of the program.
pub(super) fn to_raised(failure: &Failure) -> Raised {
    let object = match failure {
        Failure::Cancelled(None) => {
            return Rc::new(ExceptionObject::new(&CANCELLED_ERROR, Vec::new()));
        }
        Failure::Cancelled(Some(object)) | Failure::Raised(object) => object,
    };
    if let Some(carried) = object.as_any().downcast_ref::<Carried>() {
        carried.take_frames();
        return Rc::clone(&carried.raised);
    }
    let name = object.type_name();
    let ty = EXCEPTION_TYPES.iter().copied().find(|ty| ty.name == name).unwrap_or(&RUNTIME_ERROR);
    let message = object.message();
    if let Some(members) = object.members() {
        let message = message.rsplit_once(" (").map_or(&*message, |(message, _)| message);
        let members = members.iter().map(|member| Value::Exception(look_at(member)));
        let args = [Value::from(message), Value::list(members.collect())];
        return Rc::new(ExceptionObject::new(ty, args));
    }
    let args = if message.is_empty() { Vec::new() } else { vec![Value::from(message)] };
    let raised = ExceptionObject::new(ty, args);
    if let Some(cause) = object.cause() {
        let cause = to_raised(cause);
        *raised.cause.borrow_mut() = Some(Rc::clone(&cause));
        *raised.context.borrow_mut() = Some(cause);
        raised.suppress_context.set(true);
    }
    Rc::new(raised)
}

/// The exception of a failure, to look at: that is not taking it.
pub(super) fn peek(failure: &Failure) -> Raised {
    match failure {
        Failure::Cancelled(Some(object)) | Failure::Raised(object) => {
            match object.as_any().downcast_ref::<Carried>() {
                Some(carried) => Rc::clone(&carried.raised),
                None => to_raised(failure),
            }
        }
        Failure::Cancelled(None) => to_raised(failure),
    }
}

/// What `exception()` of a future gives: its traceback stays as it is.
pub(super) fn look_at(failure: &Failure) -> Raised {
    failure.mark_seen();
    peek(failure)
}

/// The same, on its way up.
pub(super) fn to_stop(failure: &Failure) -> Stop {
    to_raised(failure).into()
}

/// `str()` of an exception.
pub(super) fn message(world: &Rc<World>, raised: &Raised) -> String {
    let mut vm = Interp::new(world, Place::Loop);
    let value = Value::Exception(Rc::clone(raised));
    text::str(&mut vm, &value)
        .map_or_else(|_| "<exception str() failed>".to_owned(), |t| t.to_string())
}

/// `repr()` of a value, for messages.
pub(super) fn shown(world: &Rc<World>, value: &Value) -> String {
    let mut vm = Interp::new(world, Place::Loop);
    text::repr(&mut vm, value)
        .map_or_else(|_| "<repr() failed>".to_owned(), |text| text.to_string())
}

/// Type and message, made without running code of the program.
pub(super) fn short_text(raised: &ExceptionObject) -> String {
    let name = raised.ty.name();
    let args = raised.args.borrow();
    match &args[..] {
        [Value::Str(text)] => format!("{name}: {text}"),
        [Value::Int(number)] => format!("{name}: {number}"),
        [] => name.to_string(),
        _ => format!("{name}: …"),
    }
}

/// How deep groups in groups are described.
const MAX_GROUPS: usize = 12;

/// All there is to say about an exception, as data.
pub fn describe(world: &Rc<World>, raised: &Raised) -> RaisedData {
    describe_seen(world, raised, &mut Vec::new(), 0)
}

fn describe_seen(
    world: &Rc<World>,
    raised: &Raised,
    seen: &mut Vec<Raised>,
    depth: usize,
) -> RaisedData {
    seen.push(Rc::clone(raised));
    let mut described = describe_one(world, raised, seen, depth);
    let mut current = Rc::clone(raised);
    loop {
        let cause = current.cause.borrow().clone();
        let context = current.context.borrow().clone();
        let (explicit, next) = match (cause, context) {
            (Some(cause), _) => (true, cause),
            (None, Some(context)) if !current.suppress_context.get() => (false, context),
            _ => return described,
        };
        if seen.iter().any(|known| Rc::ptr_eq(known, &next)) {
            return described;
        }
        seen.push(Rc::clone(&next));
        let raised = describe_one(world, &next, seen, depth);
        described.chain.push(Link { explicit, raised });
        current = next;
    }
}

fn describe_one(
    world: &Rc<World>,
    raised: &Raised,
    seen: &mut Vec<Raised>,
    depth: usize,
) -> RaisedData {
    let frames: Vec<Frame> = {
        let frames = raised.traceback.borrow();
        frames.iter().rev().map(|frame| traceback_line(world, frame)).collect()
    };
    let name = text::qualified(&raised.ty);
    let mut message = message(world, raised);
    message.extend(super::suggestion::suggestion(world, raised));
    let members = if depth < MAX_GROUPS && raised.is_a(&BASE_EXCEPTION_GROUP) {
        super::methods::members(raised)
    } else {
        Vec::new()
    };
    let members = members
        .iter()
        .filter_map(|member| match member {
            Value::Exception(member) => Some(describe_seen(world, member, seen, depth + 1)),
            _ => None,
        })
        .collect();
    RaisedData {
        type_name: name.strip_prefix("__main__.").unwrap_or(&name).to_owned(),
        message,
        frames,
        chain: Vec::new(),
        notes: notes(world, raised),
        members,
        exit: exit_code(world, raised),
    }
}

/// The exit code that a `SystemExit` asks for; `None` for other exceptions.
///
/// Source: `CPython` `Python/pythonrun.c` (`_Py_HandleSystemExitAndKeyboardInterrupt`).
pub(super) fn exit_code(world: &Rc<World>, raised: &Raised) -> Option<u8> {
    if !raised.is_a(&SYSTEM_EXIT) {
        return None;
    }
    Some(match code_of(world, raised) {
        Value::None => 0,
        Value::Bool(code) => u8::from(code),
        // The operating system keeps the last byte.
        Value::Int(code) => i32::try_from(code).map_or(u8::MAX, |code| code.to_le_bytes()[0]),
        Value::BigInt(_) => u8::MAX,
        _ => 1,
    })
}

/// `code` of a `SystemExit`.
pub(super) fn code_of(world: &Rc<World>, raised: &Raised) -> Value {
    let mut vm = Interp::new(world, Place::Loop);
    let value = Value::Exception(Rc::clone(raised));
    super::ops::get_attribute(&mut vm, &value, &"code".into()).unwrap_or(Value::None)
}

fn notes(world: &Rc<World>, raised: &Raised) -> Vec<String> {
    let Some(Value::List(notes)) = raised.attribute("__notes__") else { return Vec::new() };
    let notes = notes.borrow().clone();
    let mut vm = Interp::new(world, Place::Loop);
    notes
        .iter()
        .map(|note| {
            text::str(&mut vm, note)
                .map_or_else(|_| "<note str() failed>".to_owned(), |text| text.to_string())
        })
        .collect()
}

/// A line of a traceback, with what it shows of the program.
pub(super) fn traceback_line(world: &World, frame: &TracebackFrame) -> Frame {
    let mut line = place(world, frame.site, &frame.function);
    let file = world.site(frame.site).and_then(|site| world.source(site.source));
    let is_python = Path::new(&line.file).extension().is_none_or(|extension| extension == "py");
    if let Some(file) = file.filter(|_| is_python && frame.span.end > frame.span.start) {
        let is_new = world.python() >= PythonVersion::V3_13;
        let marks = if is_new { Marks::AllLines } else { Marks::FirstLine };
        line.marked = excerpt(file, frame.span, frame.part, marks);
    }
    line
}

/// A place in the program.
pub fn place(world: &World, site: SiteId, function: &str) -> Frame {
    let known = world.site(site);
    let source = known.and_then(|site| world.source(site.source));
    let line = known.map_or(0, |site| site.line);
    Frame {
        function: function.to_owned(),
        file: source.map_or_else(String::new, |file| file.name().to_owned()),
        line,
        source: source.map_or_else(String::new, |file| file.line(line).trim().to_owned()),
        marked: Vec::new(),
        repeated: 0,
    }
}

/// The traceback of an exception as `CPython` prints it.
pub(super) fn traceback(world: &Rc<World>, raised: &Raised) -> String {
    describe(world, raised).traceback().join("\n")
}
