//! Calls on pools.

use std::rc::Rc;

use super::callback::callable_name;
use crate::executor::Future;
use crate::interpreter::job::call_on_worker;
use crate::interpreter::world::World;
use crate::program::PoolSettings;
use crate::program::exception::{RUNTIME_ERROR, raise, type_error, value_error};
use crate::program::value::{Keywords, PyResult, Value};
use crate::thread::pool::{Pool, PoolConfig, PoolKind};
use crate::time::Duration;

/// The pool of that name; made when it is first used.
fn pool(world: &Rc<World>, name: &str) -> PyResult<Pool> {
    if let Some((_, pool)) = world.pools.borrow().iter().find(|(known, _)| **known == *name) {
        return Ok(pool.clone());
    }
    let settings = world.settings.pools.iter().find(|settings| *settings.name == *name);
    let config = match settings {
        Some(settings) => PoolConfig {
            name: name.to_owned(),
            kind: if settings.processes { PoolKind::Process } else { PoolKind::Thread },
            max_workers: settings.max_workers,
            start: settings.start,
            transfer: settings.transfer,
        },
        None if name == PoolSettings::DEFAULT => PoolConfig {
            name: name.to_owned(),
            kind: PoolKind::Thread,
            max_workers: None,
            start: Duration::ZERO,
            transfer: Duration::ZERO,
        },
        None => return Err(value_error(format!("there is no pool '{name}'"))),
    };
    let pool = Pool::new(&world.cx, config);
    world.pools.borrow_mut().push((name.into(), pool.clone()));
    Ok(pool)
}

/// Gives a call to a pool; `None` for the default one.
pub(super) fn submit(
    world: &Rc<World>,
    which: &Value,
    callee: &Value,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Future<Value>> {
    let pool = match which {
        Value::None => pool(world, PoolSettings::DEFAULT)?,
        Value::Str(name) => pool(world, name)?,
        other => {
            let ty = other.type_name();
            return Err(type_error(format!("a pool's name must be a str or None, not {ty}")));
        }
    };
    let name = callable_name(callee);
    let call = call_on_worker(world, callee.clone(), args.to_vec(), kwargs.to_vec());
    let submitted = pool.submit_call(&name, call, world.threads.main());
    submitted.map_err(|error| raise(&RUNTIME_ERROR, error.to_string()))
}
