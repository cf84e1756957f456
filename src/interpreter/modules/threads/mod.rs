//! `_thread`: threads, locks and pools, as `threading`, `queue` and `concurrent.futures` use them.
//!
//! Source: `CPython` `Modules/_threadmodule.c`, `Python/thread_pthread.h`.

mod handle;
mod lock;
mod pools;

use std::rc::Rc;

use super::{Native, function, world_of};
use crate::interpreter::failure::traceback;
use crate::interpreter::spend::nanos;
use crate::interpreter::{ops, text};
use crate::program::exception::{OVERFLOW_ERROR, RUNTIME_ERROR, raise, type_error, value_error};
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Free, Nothing, Positional},
    Stop, Value, Vm,
};
use crate::thread::Parker;
use crate::time::{Duration, Instant};
use crate::trace::PythonVersion;

pub(in crate::interpreter) use handle::{Handles, join_all};
pub(in crate::interpreter) use pools::pool_of;

pub(super) static MODULE: Native = Native { name: "_thread", functions: &[FUNCTIONS], others };

/// What scenarios use without a module.
pub(in crate::interpreter) static STEPS: &[Builtin] = &[
    function("ThreadLock", Nothing, lock::new_lock),
    function("join_thread", Positional(1, 1), handle::join_step),
    function("start_thread", Free, handle::start_step),
];

static FUNCTIONS: &[Builtin] = &[
    function("_excepthook", Positional(2, 2), excepthook),
    function("_pool", Positional(6, 6), pools::new_pool),
    function("_place", Nothing, lock::place),
    function("_say", Positional(2, 2), say),
    function("_signal", Positional(1, 1), lock::new_signal),
    function("await_begin", Positional(1, 1), handle::await_begin),
    function("begun", Nothing, handle::begun),
    function("current_handle", Nothing, handle::current_handle),
    function("get_ident", Nothing, get_ident),
    function("get_native_id", Nothing, get_ident),
    function("main_handle", Nothing, handle::main_handle),
    function("start_joinable_thread", Positional(3, 3), handle::start),
];

fn others() -> Vec<(&'static str, Value)> {
    vec![
        ("RLock", Value::Type(&lock::RLOCK_TYPE)),
        ("allocate_lock", Value::Type(&lock::LOCK_TYPE)),
        ("error", Value::Type(&RUNTIME_ERROR)),
    ]
}

/// `CPython`'s numbers are addresses; here they count.
fn get_ident(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Int(ident(world_of(vm)?.threads.current())))
}

fn ident(thread: crate::index::ThreadId) -> i64 {
    i64::from(thread.0) + 1
}

/// What the running thread waits with.
fn parker(vm: &dyn Vm) -> PyResult<Parker<'_>> {
    let parker = vm.parker().filter(Parker::is_current);
    parker.ok_or_else(|| raise(&RUNTIME_ERROR, "nothing can wait here"))
}

/// Until when a timeout lasts; `None` for ever.
fn deadline(vm: &mut dyn Vm, seconds: &Value) -> PyResult<Option<Instant>> {
    if matches!(seconds, Value::None) {
        return Ok(None);
    }
    let Some(given) = ops::to_float(seconds)? else {
        let ty = seconds.type_name();
        return Err(type_error(format!(
            "'{ty}' object cannot be interpreted as an integer or float"
        )));
    };
    let world = world_of(vm)?;
    let python = world.python();
    if given < 0.0 {
        return Err(value_error(if python >= PythonVersion::V3_13 {
            "timeout value must be a non-negative number"
        } else {
            "timeout value must be positive"
        }));
    }
    // Upwards, so that whoever computes what is left of a timeout does not wait for no time.
    let nanos = nanos(given).filter(|nanos| i64::try_from(*nanos).is_ok());
    match nanos {
        Some(nanos) => {
            Ok(Some(world.cx.now() + Duration::from_nanos(nanos.max(u64::from(given > 0.0)))))
        }
        None => Err(raise(
            &OVERFLOW_ERROR,
            if python >= PythonVersion::V3_14 {
                "timestamp out of range for C PyTime_t"
            } else {
                "timestamp out of range for platform time_t"
            },
        )),
    }
}

/// `threading.excepthook`.
fn excepthook(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let name = text::str(vm, &args.positional[0])?;
    tell(vm, &format!("Exception in thread {name}:"), &args.positional[1])
}

/// Says something about an exception that nobody will see otherwise.
fn say(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let what = text::str(vm, &args.positional[0])?;
    tell(vm, &what, &args.positional[1])
}

fn tell(vm: &mut dyn Vm, what: &str, error: &Value) -> PyResult<Value> {
    let world = world_of(vm)?;
    if let Value::Exception(raised) = error {
        world.cx.say(&format!("{what}\n{}", traceback(&world, raised)));
    }
    Ok(Value::None)
}

/// An exception left a thread: it is said, as for one that nobody retrieves.
fn tell_uncaught(world: &Rc<super::World>, name: &str, stop: Stop) {
    match stop.kind() {
        crate::program::value::StopKind::Raised(raised) => {
            let traceback = traceback(world, &raised);
            world.cx.say(&format!("Exception in thread {name}:\n{traceback}"));
        }
        crate::program::value::StopKind::Limit(limit) => world.reached(limit),
    }
}
