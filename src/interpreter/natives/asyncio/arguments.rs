//! Arguments of asyncio's functions, checked in the words of functions written in Python.

use crate::interpreter::builtins::unexpected_keyword;
use crate::interpreter::ops;
use crate::interpreter::spend::nanos;
use crate::program::exception::type_error;
use crate::program::value::{Arguments, PyResult, Stop, Value};
use crate::time::{Duration, Instant};

/// The argument at a position, or of a name.
pub(super) fn argument(args: Arguments<'_>, at: usize, name: &str) -> Option<Value> {
    let named = args.keywords.iter().find(|(known, _)| known.as_str() == name);
    args.positional.get(at).or(named.map(|(_, value)| value)).cloned()
}

/// Checks that only these arguments are given by name, and not too many by position.
pub(super) fn check(
    args: Arguments<'_>,
    function: &str,
    most: usize,
    names: &[&str],
) -> PyResult<()> {
    let given = args.positional.len();
    if given > most {
        let (plural, were) =
            (if most == 1 { "" } else { "s" }, if given == 1 { "was" } else { "were" });
        return Err(type_error(format!(
            "{function}() takes {most} positional argument{plural} but {given} {were} given"
        )));
    }
    match args.keywords.iter().find(|(name, _)| !names.contains(&name.as_str())) {
        Some((name, _)) => Err(unexpected_keyword(function, name)),
        None => Ok(()),
    }
}

#[cold]
pub(super) fn missing(function: &str, name: &str) -> Stop {
    type_error(format!("{function}() missing 1 required positional argument: '{name}'"))
}

/// An argument that must be given.
pub(super) fn required(
    args: Arguments<'_>,
    function: &str,
    at: usize,
    name: &str,
) -> PyResult<Value> {
    argument(args, at, name).ok_or_else(|| missing(function, name))
}

/// What is given and is not None.
pub(super) fn given(args: Arguments<'_>, at: usize, name: &str) -> Option<Value> {
    argument(args, at, name).filter(|value| !matches!(value, Value::None))
}

/// A time in seconds, to be added to that of the loop.
pub(super) fn seconds_to_add(value: &Value) -> PyResult<f64> {
    ops::to_float(value)?.ok_or_else(|| {
        let ty = value.type_name();
        type_error(format!("unsupported operand type(s) for +: 'float' and '{ty}'"))
    })
}

/// A time in seconds, to be compared with that of the loop.
pub(super) fn seconds_to_compare(value: &Value) -> PyResult<f64> {
    ops::to_float(value)?.ok_or_else(|| {
        let ty = value.type_name();
        type_error(format!("'<=' not supported between instances of '{ty}' and 'float'"))
    })
}

/// Seconds as a duration; less than nothing is nothing.
pub(super) fn duration(seconds: f64) -> Duration {
    Duration::from_nanos(whole_nanos(seconds))
}

/// Seconds of the loop's clock as an instant; what lies before the beginning is the beginning.
pub(super) fn instant(seconds: f64) -> Instant {
    Instant::from_nanos(whole_nanos(seconds))
}

fn whole_nanos(seconds: f64) -> u64 {
    nanos(seconds).unwrap_or(if seconds > 0.0 { u64::MAX } else { 0 })
}
