//! `asyncio.timeout`, `asyncio.timeout_at` and `asyncio.Timeout`.

use std::any::Any;
use std::cell::Cell;
use std::rc::{Rc, Weak};

use super::arguments::{check, duration, instant, required, seconds_to_add, seconds_to_compare};
use super::native;
use crate::executor::Failure;
use crate::interpreter::failure::to_failure;
use crate::interpreter::natives::world_of;
use crate::interpreter::spend::seconds;
use crate::interpreter::text;
use crate::interpreter::world::World;
use crate::program::exception::{
    CANCELLED_ERROR, EXCEPTION_GROUP, ExceptionObject, RUNTIME_ERROR, TIMEOUT_ERROR, raise,
};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Raised, Str, TypeKind,
    TypeObject, Value, Vm,
};
use crate::tasks::{Misuse, Timeout, TimeoutState};
use crate::trace::PythonVersion;

/// `asyncio.Timeout`.
pub(super) static TIMEOUT_TYPE: TypeObject = TypeObject {
    name: "Timeout",
    module: "asyncio.timeouts",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: Some(construct),
};

#[derive(Debug)]
struct TimeoutObject {
    world: Weak<World>,
    timeout: Timeout,
    /// The deadline as the program gave it.
    when: Cell<Option<f64>>,
}

fn object(world: &Rc<World>, timeout: Timeout, when: Option<f64>) -> Value {
    let (world, when) = (Rc::downgrade(world), Cell::new(when));
    let object = TimeoutObject { world, timeout, when };
    Value::Foreign(Rc::new(Foreign::new(Box::new(object))))
}

fn needs_a_running_loop(world: &World) -> PyResult<()> {
    if world.cx.is_running() {
        return Ok(());
    }
    Err(raise(&RUNTIME_ERROR, "no running event loop"))
}

/// `timeout(delay)`
pub(super) fn timeout(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "timeout", 1, &["delay"])?;
    let delay = required(args, "timeout", 0, "delay")?;
    let world = world_of(vm)?;
    needs_a_running_loop(&world)?;
    if let Value::None = delay {
        return Ok(object(&world, Timeout::at(&world.cx, None), None));
    }
    let delay = seconds_to_add(&delay)?;
    let when = seconds(world.cx.now().as_nanos()) + delay;
    let timeout = Timeout::after(&world.cx, duration(delay));
    Ok(object(&world, timeout, Some(when)))
}

/// `timeout_at(when)`
pub(super) fn timeout_at(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "timeout_at", 1, &["when"])?;
    let when = required(args, "timeout_at", 0, "when")?;
    at(&*vm, &when)
}

fn construct(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check(args, "Timeout.__init__", 1, &["when"])?;
    let when = required(args, "Timeout.__init__", 0, "when")?;
    at(&*vm, &when)
}

fn at(vm: &dyn Vm, when: &Value) -> PyResult<Value> {
    let world = world_of(vm)?;
    let when = deadline(when)?;
    Ok(object(&world, Timeout::at(&world.cx, when.map(instant)), when))
}

/// A deadline, or none.
fn deadline(when: &Value) -> PyResult<Option<f64>> {
    if let Value::None = when { Ok(None) } else { seconds_to_compare(when).map(Some) }
}

/// What a misuse raises.
pub(super) fn misused(misuse: &Misuse) -> crate::program::value::Stop {
    raise(&RUNTIME_ERROR, misuse.0.as_str())
}

impl TimeoutObject {
    fn world(&self) -> PyResult<Rc<World>> {
        self.world.upgrade().ok_or_else(|| raise(&RUNTIME_ERROR, "Event loop is closed"))
    }

    fn enter(&self, this: &Value) -> PyResult<Value> {
        let (world, timeout, this) = (self.world()?, self.timeout.clone(), this.clone());
        Ok(native::object(&world, "Timeout.__aenter__", move |world| {
            let entered = timeout.enter();
            let world = Rc::clone(world);
            Box::pin(async move {
                entered.map_err(|misuse| to_failure(&world, misused(&misuse), None))?;
                Ok(this)
            })
        }))
    }

    fn exit(&self, args: &[Value]) -> PyResult<Value> {
        let (world, timeout) = (self.world()?, self.timeout.clone());
        let left = match args.get(1) {
            Some(Value::Exception(raised)) => Some(Rc::clone(raised)),
            _ => None,
        };
        Ok(native::object(&world, "Timeout.__aexit__", move |world| {
            let is_over = timeout.exit();
            let result = match left {
                Some(left) if is_over => leave(world, &left),
                _ => Ok(Value::None),
            };
            Box::pin(async move { result })
        }))
    }

    fn reschedule(&self, args: Arguments<'_>) -> PyResult<Value> {
        check(args, "Timeout.reschedule", 1, &["when"])?;
        let when = deadline(&required(args, "Timeout.reschedule", 0, "when")?)?;
        self.timeout.reschedule(when.map(instant)).map_err(|misuse| misused(&misuse))?;
        self.when.set(when);
        Ok(Value::None)
    }
}

/// The time was over, and this leaves the block.
fn leave(world: &Rc<World>, left: &Raised) -> Result<Value, Failure> {
    if left.is_a(&CANCELLED_ERROR) {
        let error = ExceptionObject::new(&TIMEOUT_ERROR, Vec::new());
        *error.cause.borrow_mut() = Some(Rc::clone(left));
        *error.context.borrow_mut() = Some(Rc::clone(left));
        error.suppress_context.set(true);
        return Err(crate::interpreter::failure::carry(world, Rc::new(error), None));
    }
    if world.python() >= PythonVersion::V3_13 {
        insert_timeout_error(left);
        if left.is_a(&EXCEPTION_GROUP)
            && let Some(Value::List(members)) = left.args.borrow().get(1)
        {
            for member in members.borrow().iter() {
                if let Value::Exception(member) = member {
                    insert_timeout_error(member);
                }
            }
        }
    }
    Ok(Value::None)
}

/// `Timeout._insert_timeout_error`
fn insert_timeout_error(error: &Raised) {
    let mut current = Rc::clone(error);
    // A chain has no cycles that are longer than this.
    for _ in 0..1000 {
        let Some(context) = current.context.borrow().clone() else { return };
        if context.is_a(&CANCELLED_ERROR) {
            let timeout = ExceptionObject::new(&TIMEOUT_ERROR, Vec::new());
            *timeout.cause.borrow_mut() = Some(Rc::clone(&context));
            *timeout.context.borrow_mut() = Some(context);
            timeout.suppress_context.set(true);
            *current.context.borrow_mut() = Some(Rc::new(timeout));
            return;
        }
        current = context;
    }
}

pub(super) const METHODS: &[&str] = &["__aenter__", "__aexit__", "expired", "reschedule", "when"];

impl ForeignObject for TimeoutObject {
    fn type_object(&self) -> &'static TypeObject {
        &TIMEOUT_TYPE
    }

    fn repr(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let state = self.timeout.state();
        let mut shown = format!("<Timeout [{}]", state.name());
        if state == TimeoutState::Active {
            let when = match self.when.get() {
                None => "None".to_owned(),
                Some(when) => {
                    let rounded = crate::interpreter::builtins::round_float(when, 3)?;
                    text::repr(vm, &Value::Float(rounded))?.to_string()
                }
            };
            shown.push_str(&format!(" when={when}"));
        }
        shown.push('>');
        Ok(Some(Str::from(shown)))
    }

    fn call_method(
        &self,
        _vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        let arguments = Arguments { positional: args, keywords: kwargs };
        Ok(Some(match name.as_str() {
            "__aenter__" => self.enter(this)?,
            "__aexit__" => self.exit(args)?,
            "when" => self.when.get().map_or(Value::None, Value::Float),
            "expired" => Value::Bool(self.timeout.expired()),
            "reschedule" => self.reschedule(arguments)?,
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
