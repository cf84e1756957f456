//! Calls on pools.

use std::rc::Rc;

use crate::executor::Future;
use crate::interpreter::job::{Setup, call_on_worker};
use crate::interpreter::modules::pool_of;
use crate::interpreter::processes;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::interpreter::{failure, ops};
use crate::program::PoolSettings;
use crate::program::exception::{RUNTIME_ERROR, raise, type_error, value_error};
use crate::program::value::{Keywords, PyResult, Str, Value, Vm};
use crate::thread::pool::{Pool, PoolConfig, PoolKind};
use crate::time::Duration;

/// The pool of that name; made when it is first used.
fn pool(world: &Rc<World>, name: &str) -> PyResult<(Pool, Setup)> {
    let known = world.pools.borrow();
    if let Some((_, pool, setup)) = known.iter().find(|(known, ..)| **known == *name) {
        return Ok((pool.clone(), setup.clone()));
    }
    drop(known);
    let settings = world.settings.pools.iter().find(|settings| *settings.name == *name);
    let config = match settings {
        Some(settings) => PoolConfig {
            name: name.to_owned(),
            workers: format!("{name}-"),
            kind: if settings.processes { PoolKind::Process } else { PoolKind::Thread },
            max_workers: settings.max_workers,
            start: settings.start,
            transfer: settings.transfer,
        },
        None if name == PoolSettings::DEFAULT => PoolConfig {
            name: name.to_owned(),
            // `asyncio.base_events`: the prefix of the default executor.
            workers: if world.is_scenario { format!("{name}-") } else { "asyncio_".to_owned() },
            kind: PoolKind::Thread,
            max_workers: None,
            start: Duration::ZERO,
            transfer: Duration::ZERO,
        },
        None => return Err(value_error(format!("there is no pool '{name}'"))),
    };
    let setup = Setup::new(config.kind == PoolKind::Process);
    let pool = Pool::new(&world.cx, config);
    world.pools.borrow_mut().push((name.into(), pool.clone(), setup.clone()));
    Ok((pool, setup))
}

/// The pool that a program means: by name, an executor, or `None` for the default one, which the
/// program may have chosen.
fn meant(world: &Rc<World>, which: &Value) -> PyResult<(Pool, Setup)> {
    let chosen = match which {
        Value::None => {
            world.asyncio.active().and_then(|data| data.default_executor.borrow().clone())
        }
        _ => None,
    };
    match chosen.as_ref().unwrap_or(which) {
        Value::None => pool(world, PoolSettings::DEFAULT),
        Value::Str(name) => pool(world, name),
        other => {
            let mut vm = Interp::new(world, Place::Loop);
            let inner = ops::get_attribute(&mut vm, other, &Str::from("_pool")).ok();
            inner.as_ref().and_then(pool_of).ok_or_else(|| {
                let ty = other.type_name();
                type_error(format!("an executor must be a pool, its name or None, not {ty}"))
            })
        }
    }
}

/// Whether a value is an executor that is not one of the simulator's: it has a `submit` of its own.
pub(super) fn is_own_executor(vm: &mut dyn Vm, which: &Value) -> bool {
    let is_instance = matches!(which, Value::Instance(_));
    let mut has = |name: &str| ops::get_attribute(vm, which, &Str::from(name)).is_ok();
    is_instance && !has("_pool") && has("submit")
}

/// Whether a value can be asyncio's default executor.
pub(super) fn is_thread_pool(vm: &mut dyn Vm, value: &Value) -> bool {
    let inner = ops::get_attribute(vm, value, &Str::from("_pool")).ok();
    let pool = inner.as_ref().and_then(pool_of);
    pool.is_some_and(|(pool, _)| pool.kind() == PoolKind::Thread)
}

/// Gives a call to a pool; `None` for the default one.
pub(super) fn submit(
    world: &Rc<World>,
    which: &Value,
    callee: &Value,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Future<Value>> {
    let (pool, setup) = meant(world, which)?;
    setup.check()?;
    let (mut callee, mut args, mut kwargs) = (callee.clone(), args.to_vec(), kwargs.to_vec());
    if setup.processes() {
        match sent(world, &callee, &args, &kwargs) {
            Ok(copies) => (callee, args, kwargs) = copies,
            Err(stop) => {
                // As in CPython, it is the future that fails.
                let future = world.cx.create_future();
                let failed = failure::to_failure(world, stop, None);
                future.set_exception(failed).unwrap_or_default();
                return Ok(future);
            }
        }
    }
    let call = call_on_worker(world, &setup, callee, args, kwargs);
    let submitted = pool.submit_call(call, world.threads.main());
    submitted.map_err(|error| raise(&RUNTIME_ERROR, error.to_string()))
}

type Call = (Value, Vec<Value>, Vec<(Str, Value)>);

/// A call as it arrives in another process.
fn sent(world: &Rc<World>, callee: &Value, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Call> {
    let mut vm = Interp::new(world, Place::Loop);
    let callee = processes::copy(&mut vm, callee)?;
    let args: PyResult<Vec<Value>> =
        args.iter().map(|value| processes::copy(&mut vm, value)).collect();
    let kwargs: PyResult<Vec<(Str, Value)>> = kwargs
        .iter()
        .map(|(name, value)| Ok((name.clone(), processes::copy(&mut vm, value)?)))
        .collect();
    Ok((callee, args?, kwargs?))
}
