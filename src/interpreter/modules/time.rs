//! `time`: the virtual clock. Programs see UTC; the wall clock begins at the run's epoch.

use num_bigint::BigInt;

use super::clock::{self, in_seconds, wall_nanos};
use super::{Native, function, world_of};
use crate::interpreter::ops;
use crate::interpreter::spend;
use crate::program::exception::type_error;
use crate::program::instruction::Spend;
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Nothing, One, Positional},
    Value, Vm,
};

pub(super) static MODULE: Native = Native { name: "time", functions: &[FUNCTIONS], others };

static FUNCTIONS: &[Builtin] = &[
    function("ctime", Positional(0, 1), ctime),
    function("monotonic", Nothing, monotonic),
    function("monotonic_ns", Nothing, monotonic_ns),
    function("perf_counter", Nothing, monotonic),
    function("perf_counter_ns", Nothing, monotonic_ns),
    function("sleep", One, sleep),
    function("time", Nothing, time),
    function("time_ns", Nothing, time_ns),
];

fn others() -> Vec<(&'static str, Value)> {
    vec![
        ("altzone", Value::Int(0)),
        ("daylight", Value::Int(0)),
        ("timezone", Value::Int(0)),
        ("tzname", Value::tuple([Value::from("UTC"), Value::from("UTC")])),
    ]
}

fn time(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Float(in_seconds(wall_nanos(vm)?)))
}

fn time_ns(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::int(BigInt::from(wall_nanos(vm)?)))
}

/// Virtual seconds since the run began, as the loop's own clock.
fn monotonic(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    let now = world_of(vm)?.cx.now().as_nanos();
    Ok(Value::Float(in_seconds(i128::from(now))))
}

fn monotonic_ns(vm: &mut dyn Vm, _: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::int(BigInt::from(world_of(vm)?.cx.now().as_nanos())))
}

/// Blocks the thread that calls it.
fn sleep(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let duration = spend::duration(vm, Spend::Block, &args.positional[0])?;
    vm.block(duration)?;
    Ok(Value::None)
}

/// The moment an argument means: seconds since 1970, or now.
fn moment(vm: &mut dyn Vm, seconds: Option<&Value>) -> PyResult<clock::Moment> {
    let nanos = match seconds {
        None | Some(Value::None) => wall_nanos(vm)?,
        Some(seconds) => match ops::to_float(seconds)? {
            #[expect(clippy::cast_possible_truncation, reason = "a float beyond is cut")]
            Some(float) => (float.floor() as i64).into(),
            None => {
                return Err(type_error(format!(
                    "'{}' object cannot be interpreted as an integer",
                    seconds.type_name()
                )));
            }
        },
    };
    let seconds = match seconds {
        None | Some(Value::None) => nanos.div_euclid(clock::SECOND),
        Some(_) => nanos,
    };
    Ok(clock::Moment::of_seconds(i64::try_from(seconds).unwrap_or(0)))
}

fn ctime(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    moment(vm, args.positional.first()).map(|moment| Value::from(moment.ctime()))
}
