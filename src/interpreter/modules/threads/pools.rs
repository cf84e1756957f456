//! Pools as objects: what `concurrent.futures` makes its executors of.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use super::parker;
use crate::interpreter::job::{Setup, call_on_worker};
use crate::interpreter::natives::asyncio::callable_name;
use crate::interpreter::natives::world_of;
use crate::interpreter::processes;
use crate::interpreter::vm::{Interp, Place, over};
use crate::interpreter::{failure, ops, text};
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::value::{
    Arguments, Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject,
    Value, Vm,
};
use crate::thread::Parker;
use crate::thread::pool::{Pool, PoolConfig, PoolKind};
use crate::time::Duration;

static POOL_TYPE: TypeObject = TypeObject {
    name: "_pool",
    module: "_thread",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// Starting a process and moving a call: a Python program cannot say what that costs, so it costs
/// nothing, as all else that Python itself does. A pool of a scenario can say.
const PROCESS_START: Duration = Duration::ZERO;
const PROCESS_TRANSFER: Duration = Duration::ZERO;

struct PoolObject {
    pool: Pool,
    setup: Setup,
    on: Rc<str>,
}

impl fmt::Debug for PoolObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pool.fmt(f)
    }
}

/// `_pool(kind, max_workers, name, initializer, initargs)`.
pub(super) fn new_pool(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [kind, max_workers, name, initializer, initargs] = args.positional else {
        return Ok(Value::None);
    };
    let name = text::str(vm, name)?.trim_end_matches('_').to_owned();
    let processes = matches!(kind, Value::Str(kind) if kind.as_str() == "process");
    let max_workers = match max_workers {
        Value::None => None,
        given => u32::try_from(ops::index_of(vm, given)?).ok(),
    };
    let initializer = match initializer {
        Value::None => None,
        given => Some((given.clone(), ops::collect(vm, initargs)?)),
    };
    let world = world_of(vm)?;
    let (kind, start, transfer) = if processes {
        (PoolKind::Process, PROCESS_START, PROCESS_TRANSFER)
    } else {
        (PoolKind::Thread, Duration::ZERO, Duration::ZERO)
    };
    let on = format!("the jobs of {name}").into();
    let config = PoolConfig { name, kind, max_workers, start, transfer };
    let setup = Setup::new(initializer, processes);
    world.handles.add_pool(&setup);
    let pool = PoolObject { pool: Pool::new(&world.cx, config), setup, on };
    Ok(Value::Foreign(Rc::new(Foreign::new(Box::new(pool)))))
}

/// The pool of an executor object, with what each worker does first.
pub(in crate::interpreter) fn pool_of(value: &Value) -> Option<(Pool, Setup)> {
    let Value::Foreign(foreign) = value else { return None };
    let object = foreign.object.as_any().downcast_ref::<PoolObject>()?;
    Some((object.pool.clone(), object.setup.clone()))
}

impl PoolObject {
    /// Gives a call to the pool.
    fn submit(&self, vm: &mut dyn Vm, function: &Value, args: &[Value]) -> PyResult<()> {
        let world = world_of(vm)?;
        let call = call_on_worker(&world, &self.setup, function.clone(), args.to_vec(), Vec::new());
        let call = Box::new(|parker: Parker<'_>| call(parker).map(drop));
        let parker = parker(vm)?;
        let submitted = self.pool.submit_quietly(&callable_name(function), call, parker);
        submitted.map_err(|error| raise(&RUNTIME_ERROR, error.to_string()))
    }

    /// Gives a call to a process; `future` gets what it comes to.
    fn submit_to_process(&self, vm: &mut dyn Vm, args: &[Value]) -> PyResult<()> {
        let [future, function, positional, keywords] = args else { return Ok(()) };
        let world = world_of(vm)?;
        let sent = {
            let mut own = Interp::new(&world, Place::Loop);
            let call = Value::tuple([function.clone(), positional.clone(), keywords.clone()]);
            processes::copy(&mut own, &call)
        };
        let sent = match sent {
            Ok(Value::Tuple(parts)) => parts,
            Ok(_) => return Ok(()),
            Err(stop) => {
                let Some(raised) = stop.exception() else { return Err(stop) };
                let error = Value::Exception(Rc::clone(raised));
                return call_method(vm, future, "set_exception", error);
            }
        };
        let [function, positional, keywords] = &sent[..] else { return Ok(()) };
        let positional = ops::collect(vm, positional)?;
        let keywords = match keywords {
            Value::Dict(dict) => dict
                .borrow()
                .iter()
                .filter_map(|entry| match &entry.key {
                    Value::Str(name) => Some((name.clone(), entry.value.clone())),
                    _ => None,
                })
                .collect(),
            _ => Vec::new(),
        };
        let name = callable_name(function);
        let call = call_on_worker(&world, &self.setup, function.clone(), positional, keywords);
        let (world, future) = (Rc::clone(&world), future.clone());
        let job = Box::new(move |parker: Parker<'_>| {
            let mut vm = Interp::new(&world, Place::Thread(parker));
            let result = call(parker);
            let (method, value) = match &result {
                Ok(value) => ("set_result", value.clone()),
                Err(failure) => ("set_exception", Value::Exception(failure::to_raised(failure))),
            };
            call_method(&mut vm, &future, "set_running_or_notify_cancel", Value::Unbound)
                .and_then(|()| call_method(&mut vm, &future, method, value))
                .map_err(|stop| failure::to_failure(&world, stop, None))
        });
        let parker = parker(vm)?;
        let submitted = self.pool.submit_quietly(&name, job, parker);
        submitted.map_err(|error| raise(&RUNTIME_ERROR, error.to_string()))
    }

    /// Waits until all jobs are done.
    fn join(&self, vm: &mut dyn Vm) -> PyResult<()> {
        let world = world_of(vm)?;
        while self.setup.is_busy() {
            self.setup.add_joiner(world.threads.current());
            let parker = parker(vm)?;
            parker.wait(&self.on, None).map_err(over)?;
        }
        Ok(())
    }
}

fn call_method(vm: &mut dyn Vm, object: &Value, name: &str, value: Value) -> PyResult<()> {
    let method = ops::get_attribute(vm, object, &Str::from(name))?;
    let args = [value];
    let args = if matches!(args[0], Value::Unbound) { &[][..] } else { &args[..] };
    vm.call(&method, args, &[]).map(drop)
}

impl ForeignObject for PoolObject {
    fn type_object(&self) -> &'static TypeObject {
        &POOL_TYPE
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok((name.as_str() == "max_workers").then(|| Value::Int(self.pool.max_workers().into())))
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        _this: &Value,
        name: &Str,
        args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        match (name.as_str(), args) {
            ("submit", [function, rest @ ..]) => self.submit(vm, function, rest)?,
            ("submit_to_process", _) => self.submit_to_process(vm, args)?,
            ("shutdown", _) => drop(self.pool.shut_down()),
            ("join", _) => self.join(vm)?,
            _ => return Ok(None),
        }
        Ok(Some(Value::None))
    }

    fn has_method(&self, name: &str) -> bool {
        matches!(name, "submit" | "submit_to_process" | "shutdown" | "join")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
