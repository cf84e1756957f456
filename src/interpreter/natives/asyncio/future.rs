//! `asyncio.Future` and `asyncio.Task`.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::{Rc, Weak};

use super::callback::{self, callable_name};
use super::shown::brief;
use super::stack;
use crate::executor::{Callback, DoneId, Failure, Future, InvalidState, Message, Task};
use crate::index::{LaneId, SiteId};
use crate::interpreter::builtins::{no_keywords, unexpected_keyword};
use crate::interpreter::failure::{Unretrieved, carry, look_at, peek, to_stop};
use crate::interpreter::world::World;
use crate::interpreter::{modules, ops, text};
use crate::program::exception::{
    BASE_EXCEPTION, CANCELLED_ERROR, ExceptionObject, INVALID_STATE_ERROR, RECURSION_ERROR,
    RUNTIME_ERROR, STOP_ITERATION, raise, type_error,
};
use crate::program::value::{
    Arguments, CodeId, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Raised, Str, TypeKind,
    TypeObject, TypeRef, Value, Vm,
};
use crate::trace::PythonVersion;

pub(super) static FUTURE_TYPE: TypeObject = TypeObject {
    name: "Future",
    module: "_asyncio",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(super::functions::create_future),
};

pub(super) static TASK_TYPE: TypeObject = TypeObject {
    name: "Task",
    module: "_asyncio",
    bases: &[&FUTURE_TYPE],
    kind: TypeKind::Foreign,
    construct: Some(super::functions::task),
};

static GATHERING_TYPE: TypeObject = TypeObject {
    name: "_GatheringFuture",
    module: "asyncio.tasks",
    bases: &[&FUTURE_TYPE],
    kind: TypeKind::Foreign,
    construct: None,
};

/// A future of the loop, as an object of the program.
pub(super) struct FutureObject {
    world: Weak<World>,
    pub future: Future<Value>,
    kind: Kind,
    /// The done callbacks that the program gave, to find those to remove.
    callbacks: RefCell<Vec<(Value, DoneId)>>,
    /// How it is shown, of one that stands for one that is gone.
    stands_for: Option<String>,
    /// The context that the task was given, if it has one of its own.
    context: RefCell<Option<Value>>,
    /// What the program has set on it.
    attributes: RefCell<Vec<(Str, Value)>>,
}

enum Kind {
    Future,
    Gathering,
    Task(Task<Value>),
}

impl fmt::Debug for FutureObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.future.fmt(f)
    }
}

impl Drop for FutureObject {
    fn drop(&mut self) {
        if let Some(world) = self.world.upgrade() {
            world.registry.remove(self.future.address());
        }
    }
}

/// The object of a future: the one the program has, or a new one.
pub(super) fn object(world: &Rc<World>, future: &Future<Value>) -> Value {
    let kind = match future.as_task() {
        Some(task) => Kind::Task(task),
        None => Kind::Future,
    };
    object_of_kind(world, future, kind)
}

/// The object of a gather's future.
pub(super) fn gathering(world: &Rc<World>, future: &Future<Value>) -> Value {
    object_of_kind(world, future, Kind::Gathering)
}

fn object_of_kind(world: &Rc<World>, future: &Future<Value>, kind: Kind) -> Value {
    let address = future.address();
    if let Some(known) = world.registry.find(address) {
        return known;
    }
    let future = future.clone();
    let foreign = Rc::new(Foreign::new(Box::new(FutureObject::new(world, future, kind))));
    world.registry.add(address, &foreign);
    Value::Foreign(foreign)
}

/// The object of a task.
pub(super) fn task_object(world: &Rc<World>, task: &Task<Value>) -> Value {
    object(world, &task.future())
}

/// An object that stands for a task or future that is gone, for exception handlers.
pub(super) fn stand_in(
    world: &Rc<World>,
    name: Option<&str>,
    shown: &str,
    exception: Option<&Raised>,
) -> Value {
    let cx = &world.cx;
    let result = match exception {
        Some(raised) => {
            let failure = carry(world, Rc::clone(raised), None);
            Err(failure)
        }
        None => Err(Failure::Cancelled(None)),
    };
    let (future, kind) = match name {
        Some(name) => {
            let task = cx.done_task(name, result);
            (task.future(), Kind::Task(task))
        }
        None => {
            let future = cx.create_future();
            future.set(result).unwrap_or_default();
            (future, Kind::Future)
        }
    };
    let mut object = FutureObject::new(world, future, kind);
    object.stands_for = Some(shown.to_owned());
    Value::Foreign(Rc::new(Foreign::new(Box::new(object))))
}

/// The number of what was made before there was a loop: the objects of a scenario.
pub(super) const NO_LOOP: u32 = 0;

/// Whether it belongs to another loop than the one that is used. What was made without a loop
/// belongs to any.
pub(super) fn is_of_another_loop(world: &World, future: &Future<Value>) -> bool {
    let own = future.loop_number();
    own != NO_LOOP && own != world.cx.loop_number()
}

/// A coroutine as a task shows it: `f() running at x.py:3`. `label` is the number of its code.
pub(in crate::interpreter) fn shown_coroutine(
    world: &World,
    label: u32,
    at: Option<SiteId>,
    done: bool,
) -> String {
    match label {
        super::spawn::ASEND => return "<async_generator_asend without __name__>()".to_owned(),
        super::spawn::ATHROW => return "<async_generator_athrow without __name__>()".to_owned(),
        _ => {}
    }
    if let Some(name) = world.asyncio.native_names.named(label) {
        return match done {
            true => format!("{name}() done, defined at <asyncio>"),
            false => format!("{name}() running at <asyncio>"),
        };
    }
    let Some(loaded) = world.image.get(CodeId(label)) else { return "coroutine()".to_owned() };
    let name = &loaded.qualname;
    match at {
        _ if done => {
            format!("{name}() done, defined at {}", world.place(loaded.code.first_site))
        }
        Some(at) if at != SiteId::NONE => format!("{name}() running at {}", world.place(at)),
        _ => format!("{name}() running at {}", world.place(loaded.code.first_site)),
    }
}

/// A task that may be done, as it is shown: found by its lane.
pub(super) fn shown_task(world: &Rc<World>, lane: LaneId) -> String {
    let alive = world.cx.all_tasks().into_iter().find(|task| task.lane() == lane);
    match alive.and_then(|task| task.downcast::<Value>()) {
        Some(task) => {
            let object = object(world, &task.future());
            crate::interpreter::failure::shown(world, &object)
        }
        None => "<Task finished>".to_owned(),
    }
}

/// The future that a value is, if it is one.
pub(super) fn future_of(value: &Value) -> Option<&FutureObject> {
    match value {
        Value::Foreign(foreign) => foreign.object.as_any().downcast_ref(),
        _ => None,
    }
}

/// The result of a future as a method gives it.
fn result(future: &Future<Value>) -> PyResult<Value> {
    match future.result() {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(failure)) => Err(to_stop(&failure)),
        Err(InvalidState::NotDone | InvalidState::Done) => {
            Err(raise(&INVALID_STATE_ERROR, "Result is not set."))
        }
    }
}

fn exception(future: &Future<Value>) -> PyResult<Value> {
    match future.result() {
        Ok(Ok(_)) => Ok(Value::None),
        Ok(Err(failure)) if future.cancelled() => Err(to_stop(&failure)),
        Ok(Err(failure)) => Ok(Value::Exception(look_at(&failure))),
        Err(_) => Err(raise(&INVALID_STATE_ERROR, "Exception is not set.")),
    }
}

/// The exception that `cancel(msg)` is to throw.
fn cancel_message(
    world: &Rc<World>,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Option<Message>> {
    let mut message = args.first();
    for (name, value) in kwargs {
        match name.as_str() {
            "msg" => message = Some(value),
            other => return Err(unexpected_keyword("cancel", other)),
        }
    }
    let Some(message) = message.filter(|message| !matches!(message, Value::None)) else {
        return Ok(None);
    };
    let raised = Rc::new(ExceptionObject::new(&CANCELLED_ERROR, [message.clone()]));
    match carry(world, raised, None) {
        Failure::Cancelled(message) => Ok(message),
        Failure::Raised(_) => Ok(None),
    }
}

impl FutureObject {
    fn new(world: &Rc<World>, future: Future<Value>, kind: Kind) -> Self {
        Self {
            world: Rc::downgrade(world),
            future,
            kind,
            callbacks: RefCell::default(),
            stands_for: None,
            context: RefCell::default(),
            attributes: RefCell::default(),
        }
    }

    /// The context of variables in which the task runs.
    pub(super) fn set_context(&self, context: Value) {
        *self.context.borrow_mut() = Some(context);
    }

    fn world(&self) -> PyResult<Rc<World>> {
        self.world.upgrade().ok_or_else(|| raise(&RUNTIME_ERROR, "Event loop is closed"))
    }

    fn task(&self) -> Option<&Task<Value>> {
        if let Kind::Task(task) = &self.kind { Some(task) } else { None }
    }

    fn set_result(&self, args: &[Value]) -> PyResult<Value> {
        if self.task().is_some() {
            return Err(raise(&RUNTIME_ERROR, "Task does not support set_result operation"));
        }
        let [value] = args else {
            let n = args.len();
            let error = format!("Future.set_result() takes exactly one argument ({n} given)");
            return Err(type_error(error));
        };
        self.set(Ok(value.clone()))
    }

    /// Sets what it came to. On another thread than the loop's it is an error in debug mode to set
    /// what somebody waits for, who then waits for ever.
    ///
    /// Source: `Future.__schedule_callbacks`, `BaseEventLoop._check_thread`.
    fn set(&self, result: Result<Value, Failure>) -> PyResult<Value> {
        let world = self.world()?;
        let is_forbidden = !world.threads.is_main()
            && world.cx.debug()
            && !self.future.done()
            && !self.future.waiting_callbacks().is_empty();
        if is_forbidden {
            self.future.forget_callbacks();
        }
        let set = super::loops::quietly(&world, || self.future.set(result));
        set.map_err(|_| raise(&INVALID_STATE_ERROR, "invalid state"))?;
        if is_forbidden {
            return Err(raise(&RUNTIME_ERROR, super::loops::WRONG_THREAD));
        }
        Ok(Value::None)
    }

    fn set_exception(&self, vm: &mut dyn Vm, args: &[Value]) -> PyResult<Value> {
        if self.task().is_some() {
            return Err(raise(&RUNTIME_ERROR, "Task does not support set_exception operation"));
        }
        let [value] = args else {
            let n = args.len();
            let error = format!("Future.set_exception() takes exactly one argument ({n} given)");
            return Err(type_error(error));
        };
        if self.future.done() {
            return Err(raise(&INVALID_STATE_ERROR, "invalid state"));
        }
        let world = self.world()?;
        let raised = stored_exception(vm, &world, value)?;
        let unretrieved = Unretrieved::of_future(self.future.made_at());
        let failure = match carry(&world, raised, Some(unretrieved)) {
            Failure::Cancelled(Some(object)) => Failure::Raised(object),
            failure => failure,
        };
        self.set(Err(failure))
    }

    fn add_done_callback(&self, args: Arguments<'_>) -> PyResult<Value> {
        super::arguments::check(args, "add_done_callback", 1, &["context"])?;
        let Some(callee) = args.positional.first() else {
            return Err(type_error(
                "add_done_callback() takes exactly 1 positional argument (0 given)",
            ));
        };
        let world = self.world()?;
        let (function, weak) = (callee.clone(), Rc::downgrade(&world));
        let context = callback::context_for(&world, args);
        let id = self.future.add_done_callback(&callable_name(callee), move |_, future| {
            if let Some(world) = weak.upgrade() {
                let argument = object(&world, future);
                callback::run_in(&world, context.as_ref(), &function, &[argument]);
            }
        });
        self.callbacks.borrow_mut().push((callee.clone(), id));
        Ok(Value::None)
    }

    fn remove_done_callback(&self, vm: &mut dyn Vm, args: &[Value]) -> PyResult<Value> {
        let Some(callee) = args.first() else {
            return Err(type_error(
                "remove_done_callback() takes exactly 1 positional argument (0 given)",
            ));
        };
        let known = std::mem::take(&mut *self.callbacks.borrow_mut());
        let (mut removed, mut kept) = (0_i64, Vec::new());
        for (function, id) in known {
            if !ops::eq(vm, &function, callee)? {
                kept.push((function, id));
            } else if self.future.remove_done_callback(id) {
                removed += 1;
            }
        }
        self.callbacks.borrow_mut().extend(kept);
        Ok(Value::Int(removed))
    }

    fn task_method(
        &self,
        vm: &mut dyn Vm,
        task: &Task<Value>,
        name: &str,
        args: Arguments<'_>,
    ) -> PyResult<Option<Value>> {
        Ok(Some(match name {
            "uncancel" => Value::Int(task.as_ref().uncancel().into()),
            "cancelling" => Value::Int(task.as_ref().cancelling().into()),
            "get_name" => Value::from(task.name()),
            "set_name" => {
                let Some(value) = args.positional.first() else {
                    return Err(type_error("Task.set_name() takes exactly one argument (0 given)"));
                };
                task.as_ref().set_name(&text::str(vm, value)?);
                Value::None
            }
            "get_coro" => stack::coroutine(&self.world()?, task),
            "get_context" => match self.context.borrow().clone() {
                Some(own) => own,
                None => modules::current_context(&*self.world()?),
            },
            "get_stack" => stack::get_stack(&self.world()?, task, args)?,
            "print_stack" => stack::print_stack(vm, &self.world()?, task, args)?,
            _ => return Ok(None),
        }))
    }

    /// What it waits for, as it is shown.
    fn shown_wait(&self, vm: &mut dyn Vm, task: &Task<Value>) -> PyResult<Option<String>> {
        const WAKEUP: &str = "cb=[Task.task_wakeup()]";
        let task = task.as_ref();
        if let Some(future) = task.waits_for::<Value>() {
            let object = object(&self.world()?, &future);
            return Ok(Some(text::repr(vm, &object)?.to_string()));
        }
        if task.waits_alone() || task.waits_for_any() {
            return Ok(Some(format!("<Future pending {WAKEUP}>")));
        }
        Ok(task.wait_is_cancelled().then(|| "<Future cancelled>".to_owned()))
    }

    /// Its callbacks, as they are shown.
    fn shown_callbacks(&self, world: &Rc<World>) -> Option<String> {
        let callbacks = self.future.waiting_callbacks();
        let own = self.callbacks.borrow();
        let show = |callback: &Callback| match callback {
            Callback::Task => "Task.task_wakeup()".to_owned(),
            Callback::Loop => "_run_until_complete_cb()".to_owned(),
            Callback::Other(id) => match own.iter().find(|(_, known)| known == id) {
                Some((callee, _)) => callback::described(world, callee, &[]),
                None => "_done_callback()".to_owned(),
            },
        };
        Some(match &callbacks[..] {
            [] => return None,
            [one] => format!("cb=[{}]", show(one)),
            [one, two] => format!("cb=[{}, {}]", show(one), show(two)),
            [first, .., last] => {
                let more = callbacks.len() - 2;
                format!("cb=[{}, <{more} more>, {}]", show(first), show(last))
            }
        })
    }

    fn shown(&self, vm: &mut dyn Vm) -> PyResult<String> {
        if let Some(shown) = &self.stands_for {
            return Ok(shown.clone());
        }
        let world = self.world()?;
        let name = self.type_object().name;
        let mut parts = vec![self.state().to_owned()];
        if let Some(task) = self.task() {
            parts.push(format!("name={}", text::repr(vm, &Value::from(task.name()))?));
            let reference = task.as_ref();
            let at = reference.where_it_is().first().copied();
            let at = at.filter(|_| reference.has_started());
            let is_current = world.cx.current_task().is_some_and(|current| current.is(&reference));
            let at = if is_current { stack::outermost_site(&world).or(at) } else { at };
            if task.label() != super::spawn::FORGOTTEN {
                let coroutine = shown_coroutine(&world, task.label(), at, task.done());
                parts.push(format!("coro=<{coroutine}>"));
            }
            if let Some(wait) = self.shown_wait(vm, task)? {
                parts.push(format!("wait_for={wait}"));
            }
        }
        let outcome = self.future.peek(Clone::clone);
        match outcome {
            Some(Ok(value)) => parts.push(format!("result={}", brief(vm, &value)?)),
            Some(Err(failure)) if !self.future.cancelled() => {
                let raised = peek(&failure);
                parts.push(format!("exception={}", text::repr(vm, &Value::Exception(raised))?));
            }
            _ => {}
        }
        parts.extend(self.shown_callbacks(&world));
        if world.cx.debug() && self.future.made_at() != SiteId::NONE {
            parts.push(format!("created at {}", world.place(self.future.made_at())));
        }
        Ok(format!("<{name} {}>", parts.join(" ")))
    }

    fn state(&self) -> &'static str {
        let cancelling = self.task().is_some_and(|task| task.as_ref().cancelling() > 0);
        if self.future.cancelled() {
            "cancelled"
        } else if self.future.done() {
            "finished"
        } else if cancelling {
            "cancelling"
        } else {
            "pending"
        }
    }
}

/// What `set_exception` stores: an exception, or a new one of a class.
fn stored_exception(vm: &mut dyn Vm, world: &Rc<World>, value: &Value) -> PyResult<Raised> {
    let made = match value {
        Value::Type(ty) if ty.is_subtype_of(&BASE_EXCEPTION) => vm.call(value, &[], &[])?,
        Value::Class(class) if TypeRef::Class(Rc::clone(class)).is_a(&BASE_EXCEPTION) => {
            vm.call(value, &[], &[])?
        }
        other => other.clone(),
    };
    let Value::Exception(raised) = made else {
        return Err(type_error("invalid exception object"));
    };
    if !raised.is_a(&STOP_ITERATION) {
        return Ok(raised);
    }
    let error = "StopIteration interacts badly with generators and cannot be raised into a Future";
    if world.python() < PythonVersion::V3_13 {
        return Err(type_error(error));
    }
    let replaced = ExceptionObject::new(&RUNTIME_ERROR, [Value::from(error)]);
    *replaced.cause.borrow_mut() = Some(Rc::clone(&raised));
    *replaced.context.borrow_mut() = Some(raised);
    Ok(Rc::new(replaced))
}

pub(super) const METHODS: &[&str] = &[
    "__await__",
    "__iter__",
    "add_done_callback",
    "cancel",
    "cancelled",
    "done",
    "exception",
    "get_loop",
    "remove_done_callback",
    "result",
    "set_exception",
    "set_result",
];

pub(super) const TASK_METHODS: &[&str] = &[
    "cancelling",
    "get_context",
    "get_coro",
    "get_name",
    "get_stack",
    "print_stack",
    "set_name",
    "uncancel",
];

impl ForeignObject for FutureObject {
    fn type_object(&self) -> &'static TypeObject {
        match self.kind {
            Kind::Future => &FUTURE_TYPE,
            Kind::Gathering => &GATHERING_TYPE,
            Kind::Task(_) => &TASK_TYPE,
        }
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        Ok(Some(Str::from(self.shown(vm)?)))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let attributes = self.attributes.borrow();
        let own = attributes.iter().find(|(known, _)| known.as_str() == name.as_str());
        Ok(own.map(|(_, value)| value.clone()))
    }

    fn set_attribute(&self, _vm: &mut dyn Vm, name: &Str, value: &Value) -> PyResult<bool> {
        let mut attributes = self.attributes.borrow_mut();
        attributes.retain(|(known, _)| known.as_str() != name.as_str());
        attributes.push((name.clone(), value.clone()));
        Ok(true)
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let arguments = Arguments { positional: args, keywords: kwargs };
        if let Some(task) = self.task()
            && let Some(result) = self.task_method(vm, task, name, arguments)?
        {
            return Ok(Some(result));
        }
        if !METHODS.contains(&name.as_str()) {
            return Ok(None);
        }
        if name.as_str() != "cancel" && name.as_str() != "add_done_callback" {
            no_keywords(&format!("{}.{name}", self.type_object().name), kwargs)?;
        }
        Ok(Some(match name.as_str() {
            // Whoever iterates over it awaits it.
            "__await__" | "__iter__" => this.clone(),
            "get_loop" => {
                let world = self.world()?;
                match world.asyncio.numbered(self.future.loop_number()) {
                    Some(data) => super::loop_object::object(&world, &data),
                    None => Value::None,
                }
            }
            "done" => Value::Bool(self.future.done()),
            "cancelled" => Value::Bool(self.future.cancelled()),
            "result" => result(&self.future)?,
            "exception" => exception(&self.future)?,
            "cancel" => {
                let message = cancel_message(&self.world()?, args, kwargs)?;
                let taken = self.future.cancel(message);
                if self.world()?.cx.cancel_went_too_deep() {
                    let error = "maximum recursion depth exceeded";
                    return Err(raise(&RECURSION_ERROR, error));
                }
                Value::Bool(taken)
            }
            "set_result" => self.set_result(args)?,
            "set_exception" => self.set_exception(vm, args)?,
            "add_done_callback" => self.add_done_callback(arguments)?,
            _ => self.remove_done_callback(vm, args)?,
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name) || self.task().is_some() && TASK_METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
