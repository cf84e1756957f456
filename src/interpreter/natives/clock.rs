//! The virtual clock, as programs read it.

use super::world_of;
use crate::interpreter::spend;
use crate::program::exception::type_error;
use crate::program::value::{Arguments, Builtin, PyResult, Signature, Value, Vm};
use crate::time::Instant;

/// The functions of the clock.
pub(super) static FUNCTIONS: &[Builtin] = &[
    Builtin { name: "time", owner: None, signature: Signature::Nothing, call: time },
    Builtin { name: "ctime", owner: None, signature: Signature::Positional(0, 1), call: ctime },
];

/// Virtual seconds since the beginning.
fn time(vm: &mut dyn Vm, _args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Float(spend::seconds(world_of(vm)?.cx.now().as_nanos())))
}

/// The wall clock as text: now, or a number of seconds after the beginning.
fn ctime(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let world = world_of(vm)?;
    let at = match args.positional.first() {
        None | Some(Value::None) => world.cx.now(),
        Some(seconds) => {
            let nanos = crate::interpreter::ops::to_float(seconds)?.map(spend::nanos);
            let Some(nanos) = nanos else {
                let error = format!("must be real number, not {}", seconds.type_name());
                return Err(type_error(error));
            };
            Instant::from_nanos(nanos.unwrap_or(u64::MAX))
        }
    };
    Ok(Value::from(world.settings.epoch.at(at).ctime()))
}
