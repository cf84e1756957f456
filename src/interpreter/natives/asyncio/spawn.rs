//! Tasks of coroutines, and what an `await` of an object waits for.

use std::rc::Rc;
use std::sync::Arc;

use super::arguments::given;
use super::future::{future_of, is_of_another_loop, task_object};
use super::native::{self, native_of};
use crate::executor::{Failure, Task};
use crate::interpreter::coroutine::{BoxedLeaf, Coroutine};
use crate::interpreter::failure::{Unretrieved, renewed, to_failure};
use crate::interpreter::generator::{self, Taken};
use crate::interpreter::machine::Awaited;
use crate::interpreter::world::World;
use crate::interpreter::{async_generator, modules, ops, text};
use crate::program::exception::{RECURSION_ERROR, RUNTIME_ERROR, raise, type_error};
use crate::program::value::{Arguments, GeneratorKind, GeneratorObject, PyResult, Str, Value, Vm};
use crate::time::Duration;
use crate::trace::outcome::LimitKind;

/// What awaiting an object waits for; `None` if it cannot be awaited. Coroutines of the program are
/// not asked about: they are called.
pub(in crate::interpreter) fn awaited(
    world: &Rc<World>,
    value: &Value,
) -> PyResult<Option<Awaited>> {
    if let Some(object) = future_of(value) {
        let current = world.cx.current_task().and_then(|task| task.downcast::<Value>());
        if current.is_some_and(|current| current.future().is(&object.future)) {
            return Ok(Some(Awaited::Other(await_itself(world, value))));
        }
        if is_of_another_loop(world, &object.future) && !object.future.done() {
            return Ok(Some(Awaited::Other(await_foreign(world, value))));
        }
        return Ok(Some(Awaited::Future(object.future.clone())));
    }
    if let Some(native) = native_of(value) {
        let begin = native::take(native)?;
        return Ok(Some(Awaited::Other(begin.begin(world))));
    }
    Ok(None)
}

/// A task that awaits itself is resumed at once with an error.
fn await_itself(world: &Rc<World>, value: &Value) -> BoxedLeaf {
    let shown = crate::interpreter::failure::shown(world, value);
    fail_next_turn(world, format!("Task cannot await on itself: {shown}"))
}

/// So is one that awaits a future of another loop.
pub(super) fn await_foreign(world: &Rc<World>, value: &Value) -> BoxedLeaf {
    let shown = |value: &Value| crate::interpreter::failure::shown(world, value);
    let current = world.cx.current_task().and_then(|task| task.downcast::<Value>());
    let task = current.map_or("Task".to_owned(), |task| shown(&task_object(world, &task)));
    let error = format!("Task {task} got Future {} attached to a different loop", shown(value));
    fail_next_turn(world, error)
}

fn fail_next_turn(world: &Rc<World>, error: String) -> BoxedLeaf {
    let (world, turn) = (Rc::clone(world), world.cx.sleep(Duration::ZERO));
    Box::pin(async move {
        turn.await?;
        Err(to_failure(&world, raise(&RUNTIME_ERROR, error), None))
    })
}

/// Whether it is a coroutine object.
pub(super) fn is_coroutine(value: &Value) -> bool {
    matches!(value, Value::Generator(object) if object.kind == GeneratorKind::Coroutine)
        || native_of(value).is_some()
        || async_generator::step_of(value).is_some()
}

/// It is not to be awaited any more, and nobody is told.
pub(super) fn close_coroutine(value: &Value) {
    if let Some(native) = native_of(value) {
        native::close(native);
    }
    if let Value::Generator(object) = value
        && let Taken::Suspended(suspended) = generator::take(object)
    {
        generator::close(object);
        drop(suspended.into_machine());
    }
}

/// How a task is wanted.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    name: Option<Str>,
    context: Option<Value>,
    eager_start: Option<bool>,
    /// Whether the name is no name that asyncio would set afterwards: `loop.create_task(name=)`.
    by_loop: bool,
}

impl Wanted {
    /// What the keywords of `create_task` say.
    pub(super) fn of(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Self> {
        let name = match given(args, usize::MAX, "name") {
            None => None,
            Some(name) => Some(text::str(vm, &name)?),
        };
        let eager_start = match given(args, usize::MAX, "eager_start") {
            None => None,
            Some(eager) => Some(ops::truth(vm, &eager)?),
        };
        let context = given(args, usize::MAX, "context");
        Ok(Self { name, context, eager_start, by_loop: false })
    }

    /// It was the loop itself that was asked.
    pub(super) fn by_loop(mut self) -> Self {
        self.by_loop = true;
        self
    }

    /// It runs in that context of variables, if one is given.
    pub(super) fn in_context(mut self, context: Option<Value>) -> Self {
        self.context = context;
        self
    }

    /// That the first step is made at once.
    pub(super) fn eagerly(mut self) -> Self {
        self.eager_start = Some(true);
        self
    }

    /// Whether the first step is not to be made at once.
    pub(super) fn is_lazy(&self) -> bool {
        self.eager_start == Some(false)
    }
}

/// A coroutine object, to be run by somebody else: what it is called, and itself.
pub(super) fn coroutine_of(
    world: &Rc<World>,
    value: &Value,
) -> PyResult<Option<(Arc<str>, BoxedLeaf)>> {
    let Value::Generator(object) = value else { return Ok(None) };
    if object.kind != GeneratorKind::Coroutine {
        return Ok(None);
    }
    match generator::take(object) {
        Taken::Suspended(suspended) => {
            generator::close(object);
            let code = suspended.machine.frame.code;
            let runs = Arc::clone(&world.image.code(code).runs);
            let coroutine = Coroutine::new(world, suspended.into_machine());
            Ok(Some((runs, Box::pin(coroutine))))
        }
        Taken::Running => Err(raise(&RUNTIME_ERROR, "coroutine is being awaited already")),
        Taken::Over => Err(raise(&RUNTIME_ERROR, "cannot reuse already awaited coroutine")),
    }
}

/// The label of a task that ended in its eager first step, and so does not know its coroutine.
pub(super) const FORGOTTEN: u32 = u32::MAX - 1;

fn spawn_as(
    world: &Rc<World>,
    object: &GeneratorObject,
    name: Option<&str>,
    eager: bool,
    context: Option<modules::Context>,
) -> Task<Value> {
    let cx = &world.cx;
    let error = match generator::take(object) {
        Taken::Suspended(suspended) => {
            generator::close(object);
            let code = suspended.machine.frame.code;
            let runs = Arc::clone(&world.image.code(code).runs);
            let coroutine = Coroutine::new(world, suspended.into_machine()).in_context(context);
            let task = if eager {
                cx.create_eager_labelled(name, runs, code.0, coroutine)
            } else {
                cx.create_task(name, runs, coroutine)
            };
            task.set_label(if task.done() { FORGOTTEN } else { code.0 });
            return task;
        }
        Taken::Running => "coroutine is being awaited already",
        Taken::Over => "cannot reuse already awaited coroutine",
    };
    let failure = to_failure(world, raise(&RUNTIME_ERROR, error), None);
    cx.create_task(name, &*object.name, async move { Err::<Value, Failure>(failure) })
}

/// `create_task`: the object of a new task, made by the loop's task factory if it has one.
pub(super) fn create_task(
    vm: &mut dyn Vm,
    world: &Rc<World>,
    value: &Value,
    wanted: &Wanted,
) -> PyResult<Value> {
    let factory = world.asyncio.active().and_then(|data| data.task_factory.borrow().clone());
    if let Some(factory) = factory {
        return super::factory::by_factory(vm, world, &factory, value, wanted);
    }
    new_task(world, value, wanted)
}

/// The object of a new task.
pub(super) fn new_task(world: &Rc<World>, value: &Value, wanted: &Wanted) -> PyResult<Value> {
    if world.cx.has_stopped() {
        return Err(crate::program::value::Stop::limit(LimitKind::Tasks));
    }
    let name = wanted.name.as_deref();
    if wanted.by_loop && name.is_some() {
        world.cx.name_costs_nothing();
    }
    let eager = wanted.eager_start == Some(true) && world.asyncio.running(world).is_some();
    if let Value::Generator(object) = value
        && object.kind == GeneratorKind::Coroutine
    {
        let context = wanted.context.as_ref().and_then(modules::context_of);
        let context = context.or_else(|| modules::inherited_context(world));
        let shown =
            wanted.context.clone().or_else(|| context.as_ref().map(modules::context_object));
        if !eager {
            let task = task_object(world, &spawn_as(world, object, name, false, context));
            return Ok(with_context(task, shown));
        }
        let nesting = world.nesting.get();
        if nesting > 800 {
            return Err(raise(&RECURSION_ERROR, "maximum recursion depth exceeded"));
        }
        world.nesting.set(nesting + 9);
        let task = spawn_as(world, object, name, true, context);
        world.nesting.set(nesting);
        return Ok(with_context(task_object(world, &task), shown));
    }
    if let Some(native) = native_of(value) {
        let begin = native::take(native)?;
        let label = world.asyncio.native_names.label(native.name);
        let world2 = Rc::clone(world);
        let coroutine = async move {
            begin.begin(&world2).await.map_err(|failure| {
                let unretrieved = Unretrieved::of_task(&world2, label);
                renewed(&world2, failure, unretrieved)
            })
        };
        let task = if eager {
            world.cx.create_eager_labelled(name, native.name, label, coroutine)
        } else {
            world.cx.create_task(name, native.name, coroutine)
        };
        task.set_label(label);
        return Ok(task_object(world, &task));
    }
    if let Some(step) = async_generator::step_of(value) {
        return Ok(task_object(world, &step_task(world, step, name, eager)?));
    }
    let shown = crate::interpreter::failure::shown(world, value);
    Err(type_error(format!("a coroutine was expected, got {shown}")))
}

/// The label of a task that makes a step of an async generator, and of one that throws into it.
pub(super) const ASEND: u32 = u32::MAX - 2;
pub(super) const ATHROW: u32 = u32::MAX - 3;

/// A task that makes a step of an async generator.
fn step_task(
    world: &Rc<World>,
    step: &async_generator::Step,
    name: Option<&str>,
    eager: bool,
) -> PyResult<Task<Value>> {
    let label = if step.throws { ATHROW } else { ASEND };
    let runs = step.runs();
    let coroutine = async_generator::InTask::new(world, step)?;
    if eager {
        return Ok(world.cx.create_eager_labelled(name, runs, label, coroutine));
    }
    let task = world.cx.create_task(name, runs, coroutine);
    task.set_label(label);
    task.start_even_if_cancelled();
    Ok(task)
}

fn with_context(task: Value, context: Option<Value>) -> Value {
    if let (Some(object), Some(context)) = (future_of(&task), context) {
        object.set_context(context);
    }
    task
}

/// The context that is wanted, for factories.
pub(super) fn keywords(wanted: &Wanted) -> Vec<(Str, Value)> {
    let mut keywords = Vec::new();
    if let Some(name) = &wanted.name {
        keywords.push((Str::from("name"), Value::Str(name.clone())));
    }
    if let Some(context) = &wanted.context {
        keywords.push((Str::from("context"), context.clone()));
    }
    if let Some(eager) = wanted.eager_start {
        keywords.push((Str::from("eager_start"), Value::Bool(eager)));
    }
    keywords
}
