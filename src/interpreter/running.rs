//! The ways into a program from outside: its module, its entry, its claims.

use std::rc::Rc;

use super::failure::{code_of, message};
use super::finalize;
use super::machine::{Exit, Machine, Registers};
use super::natives::{asyncio, output};
use super::vm::{Interp, Place};
use super::world::World;
use super::{modules, ops, text};
use crate::executor::Future;
use crate::program::PoolSettings;
use crate::program::exception::{RUNTIME_ERROR, SYSTEM_EXIT, raise};
use crate::program::value::{CodeId, PyResult, Raised, Stop, StopKind, Value, Vm as _};
use crate::trace::outcome::LimitKind;

/// What became of code that ran outside of the loop.
#[derive(Debug)]
pub enum Built {
    /// It ran to its end.
    Fine,
    /// It raised.
    Raised(Raised),
    /// It reached a limit.
    Limit(LimitKind),
}

/// Builds the shared variables of a program.
pub fn build(world: &Rc<World>, module: CodeId) -> Built {
    world.begin_step();
    match run_code(world, module) {
        Ok(_) => Built::Fine,
        Err(stop) => match stop.kind() {
            StopKind::Raised(raised) => Built::Raised(raised),
            StopKind::Limit(limit) => Built::Limit(limit),
        },
    }
}

/// Whether it is a `SystemExit` that means success. Another one tells its message on standard
/// error, if that is what it has.
pub fn exits_well(world: &Rc<World>, raised: &Raised) -> bool {
    if !raised.is_a(&SYSTEM_EXIT) {
        return false;
    }
    match code_of(world, raised) {
        Value::None | Value::Int(0) | Value::Bool(false) => true,
        Value::Int(_) | Value::BigInt(_) | Value::Bool(true) => false,
        other => {
            let mut vm = Interp::new(world, Place::Loop);
            if let Ok(text) = text::str(&mut vm, &other) {
                world.cx.say(&text);
            }
            false
        }
    }
}

/// Lets go of what a module that ran the loop itself holds, which may run code of the program.
pub fn finish_module(world: &Rc<World>) {
    run_at_exit(world);
    finalize::finish(world);
}

/// Calls what the program has registered with `atexit`.
fn run_at_exit(world: &Rc<World>) {
    for function in modules::at_exit(world) {
        let mut vm = Interp::new(world, Place::Loop);
        // What goes wrong in there is told by the function itself.
        drop(vm.call(&function, &[], &[]));
    }
}

/// Calls the entry and runs its coroutine as `asyncio.run` does: what it returns.
pub fn run_entry(world: &Rc<World>, slot: u32) -> Result<Value, Built> {
    let entry = world.global(slot);
    let mut vm = Interp::new(world, Place::Loop);
    let main = vm.call(&entry, &[], &[]);
    let result = main.and_then(|main| asyncio::run_entry(&mut vm, world, &main));
    result.map_err(|stop| match stop.kind() {
        StopKind::Raised(raised) => Built::Raised(raised),
        StopKind::Limit(limit) => Built::Limit(limit),
    })
}

/// Waits for the program's threads and the jobs of its pools, as the interpreter does when the
/// program has come to its end. If that never happens the run has been ended.
pub fn join_threads(world: &Rc<World>) {
    modules::join_all(world).unwrap_or_default();
}

/// Whether a job of the default pool waits or runs.
pub(super) fn default_pool_is_busy(world: &World) -> bool {
    let pools = world.pools.borrow();
    pools.iter().any(|(name, pool, _)| **name == *PoolSettings::DEFAULT && pool.is_busy())
}

/// Whether the default pool was ever used.
pub(super) fn has_default_pool(world: &World) -> bool {
    world.pools.borrow().iter().any(|(name, ..)| **name == *PoolSettings::DEFAULT)
}

/// Whether what `[expect]` claims is true; or what went wrong.
pub fn claim_holds(world: &Rc<World>, code: CodeId) -> Result<bool, String> {
    let mut vm = Interp::new(world, Place::Loop);
    let holds = run_code(world, code).and_then(|value| ops::truth(&mut vm, &value));
    holds.map_err(|stop| match stop.kind() {
        StopKind::Raised(raised) => {
            format!("{}: {}", raised.ty.name(), message(world, &raised))
        }
        StopKind::Limit(limit) => format!("limit {}", limit.name()),
    })
}

/// Runs a code without parameters.
fn run_code(world: &Rc<World>, code: CodeId) -> PyResult<Value> {
    let mut vm = Interp::new(world, Place::Loop);
    let mut machine = Machine::new(&world.image, code, Registers::new());
    match machine.run(&mut vm) {
        Exit::Returned(value) => Ok(value),
        Exit::Raised(stop) => Err(stop),
        Exit::Awaiting(awaited) => Err(super::awaiting::cannot_wait(&awaited)),
        Exit::Yielded(_) => Err(cannot_be()),
    }
}

fn cannot_be() -> Stop {
    raise(&RUNTIME_ERROR, "this cannot be done outside of a coroutine")
}

/// `repr()` of what the entry returned.
pub fn repr_of(world: &Rc<World>, value: &Value) -> String {
    let mut vm = Interp::new(world, Place::Loop);
    match text::repr(&mut vm, value) {
        Ok(text) => text.to_string(),
        Err(stop) => match stop.kind() {
            StopKind::Raised(raised) => format!("<repr() raised {}>", raised.ty.name()),
            StopKind::Limit(limit) => format!("<repr() reached limit {}>", limit.name()),
        },
    }
}

/// The program is over: prints what is left of a line without an end, and tells of tasks that are
/// left in loops that nobody closed.
pub fn finish(world: &Rc<World>) {
    run_at_exit(world);
    output::flush(world);
    if !world.cx.has_stopped() {
        asyncio::tell_of_pending(world);
    }
    world.asyncio.clear();
}

/// Lets pools take no more jobs; what they have is waited for by `asyncio.run()` only on the
/// default one. `None` if that was never used.
pub(super) fn shut_down_pools(world: &World) -> Option<Future<()>> {
    let pools = world.pools.borrow().clone();
    let mut default = None;
    for (name, pool, _) in pools {
        let done = pool.shut_down();
        if *name == *PoolSettings::DEFAULT {
            default = Some(done);
        }
    }
    default
}
