//! `asyncio.Queue`, `asyncio.LifoQueue` and `asyncio.PriorityQueue`.

use std::any::Any;
use std::fmt::{self, Write as _};
use std::rc::{Rc, Weak};

use super::arguments::{bind, nothing};
use super::bound::Bound;
use super::leaf::{SyncLeaf, coroutine};
use super::name::name_of;
use super::store::{Heap, Kept};
use super::{done, foreign};
use crate::interpreter::failure::to_stop;
use crate::interpreter::natives::{closed, world_of};
use crate::interpreter::ops::{self, Compare};
use crate::interpreter::text;
use crate::interpreter::world::World;
use crate::program::value::{
    Arguments, ForeignObject, Keywords, NativeFn, OBJECT, PyResult, Str, TypeKind, TypeObject,
    Value, Vm,
};
use crate::sync::{Fifo, Lifo, Queue};
use crate::trace::PythonVersion;

const fn queue_type(
    name: &'static str,
    bases: &'static [&'static TypeObject],
    construct: NativeFn,
) -> TypeObject {
    TypeObject {
        name,
        module: "asyncio.queues",
        bases,
        kind: TypeKind::Foreign,
        construct: Some(construct),
    }
}

pub(super) static QUEUE_TYPE: TypeObject = queue_type("Queue", &[&OBJECT], construct);
pub(super) static LIFO_QUEUE_TYPE: TypeObject =
    queue_type("LifoQueue", &[&QUEUE_TYPE], construct_lifo);
pub(super) static PRIORITY_QUEUE_TYPE: TypeObject =
    queue_type("PriorityQueue", &[&QUEUE_TYPE], construct_priority);

struct QueueObject {
    world: Weak<World>,
    queue: Queue<Value, Kept>,
    ty: &'static TypeObject,
    max_size: Value,
    bound: Bound,
}

impl fmt::Debug for QueueObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.queue.fmt(f)
    }
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    make(vm, args, &QUEUE_TYPE, |_| Kept::Fifo(Fifo::default()))
}

fn construct_lifo(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    make(vm, args, &LIFO_QUEUE_TYPE, |_| Kept::Lifo(Lifo::default()))
}

fn construct_priority(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    make(vm, args, &PRIORITY_QUEUE_TYPE, |world| Kept::Priority(Heap::new(world)))
}

fn make(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    ty: &'static TypeObject,
    store: impl FnOnce(&Rc<World>) -> Kept,
) -> PyResult<Value> {
    let [max_size] = bind("Queue.__init__", ["maxsize"], 0, args.positional, args.keywords)?;
    let max_size = max_size.unwrap_or(Value::Int(0));
    let unlimited = ops::compare(vm, Compare::Le, &max_size, &Value::Int(0))?;
    let limit = match &max_size {
        _ if ops::truth(vm, &unlimited)? => None,
        Value::Float(size) => Some(whole(*size)),
        size => Some(usize::try_from(ops::index_of(vm, size)?).unwrap_or(usize::MAX)),
    };
    let world = world_of(vm)?;
    let queue = Queue::with_store(&world.cx, &name_of(&world, ty.name), limit, store(&world));
    let (world, bound) = (Rc::downgrade(&world), Bound::default());
    Ok(foreign(QueueObject { world, queue, ty, max_size, bound }))
}

/// How many items there must be for a queue to be full that has a float for a size.
fn whole(size: f64) -> usize {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is positive, and more items than that cannot be"
    )]
    let whole = size.ceil() as usize;
    whole
}

const METHODS: &[&str] = &[
    "put",
    "put_nowait",
    "get",
    "get_nowait",
    "task_done",
    "join",
    "qsize",
    "empty",
    "full",
    "shutdown",
];

impl QueueObject {
    /// What `repr()` and `str()` have in common.
    fn format(&self, vm: &mut dyn Vm) -> PyResult<String> {
        let mut out = format!("maxsize={}", text::repr(vm, &self.max_size)?);
        let queue = &self.queue;
        if !queue.is_empty() {
            let items = Value::list(queue.items());
            out.push_str(&format!(" _queue={}", text::repr(vm, &items)?));
        }
        let parts = [("_getters", queue.getters()), ("_putters", queue.putters())];
        for (name, count) in parts.into_iter().filter(|(_, count)| *count > 0) {
            // Writing to a String cannot fail.
            let _ = write!(out, " {name}[{count}]");
        }
        if queue.unfinished() > 0 {
            let _ = write!(out, " tasks={}", queue.unfinished());
        }
        if queue.is_shut_down() {
            out.push_str(" shutdown");
        }
        Ok(out)
    }

    fn can_shut_down(&self) -> bool {
        let world = self.world.upgrade();
        world.is_some_and(|world| world.cx.config().python >= PythonVersion::V3_13)
    }

    fn knows(&self, name: &str) -> bool {
        METHODS.contains(&name) && (name != "shutdown" || self.can_shut_down())
    }
}

impl ForeignObject for QueueObject {
    fn type_object(&self) -> &'static TypeObject {
        self.ty
    }

    fn repr_as(&self, vm: &mut dyn Vm, this: &Value) -> PyResult<Option<Str>> {
        let (name, address) = (self.ty.name, text::pretended_address(this));
        Ok(Some(Str::from(format!("<{name} at {address} {}>", self.format(vm)?))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "maxsize" => Some(self.max_size.clone()),
            "_unfinished_tasks" => Some(Value::from(self.queue.unfinished())),
            _ => None,
        })
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let (name, queue) = (name.as_str(), &self.queue);
        if name == "__str__" {
            let text = format!("<{} {}>", self.ty.name, self.format(vm)?);
            return Ok(Some(Value::from(text)));
        }
        if !self.knows(name) {
            return Ok(None);
        }
        let (waits, waiting) = match name {
            "get" => (queue.is_empty(), "Queue.get"),
            "put" => (queue.is_full(), "Queue.put"),
            _ => (false, ""),
        };
        if let Some(refusal) = self.bound.refusal(&self.world, this, waiting, waits) {
            return Ok(Some(refusal));
        }
        let world = || self.world.upgrade().ok_or_else(closed);
        match name {
            "put" | "put_nowait" => {
                let function = if name == "put" { "Queue.put" } else { "Queue.put_nowait" };
                let [item] = bind(function, ["item"], 1, args, kwargs)?;
                let item = item.unwrap_or(Value::None);
                if name == "put_nowait" {
                    return done(queue.put_nowait(item)).map(Some);
                }
                let leaf = SyncLeaf::Put(queue.put(item));
                return Ok(Some(coroutine(&world()?, "Queue.put", leaf)));
            }
            "shutdown" => {
                let [immediate] = bind("Queue.shutdown", ["immediate"], 0, args, kwargs)?;
                let immediate = match immediate {
                    Some(value) => ops::truth(vm, &value)?,
                    None => false,
                };
                return done(queue.shutdown(immediate)).map(Some);
            }
            _ => nothing(&format_args!("Queue.{name}"), args, kwargs)?,
        }
        Ok(Some(match name {
            "get" => coroutine(&world()?, "Queue.get", SyncLeaf::Get(queue.get())),
            "get_nowait" => queue.get_nowait().map_err(|failure| to_stop(&failure))?,
            "task_done" => done(queue.task_done())?,
            "join" => coroutine(&world()?, "Queue.join", SyncLeaf::Join(queue.join())),
            "qsize" => Value::from(queue.len()),
            "empty" => Value::Bool(queue.is_empty()),
            _ => Value::Bool(queue.is_full()),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        self.knows(name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
