use std::any::Any;
use std::cell::RefMut;

use super::{PyResult, Raised, Str, Value};
use crate::index::SiteId;
use crate::rng::Stream;
use crate::thread::Parker;
use crate::time::Duration;

/// Keyword arguments of a call, in order.
pub type Keywords<'a> = &'a [(Str, Value)];

/// Where a program is, for those few native functions that ask.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The exception that is being handled.
    pub handled: Option<Raised>,
    /// The places of all frames with the names of their functions, outermost first.
    pub places: Vec<(SiteId, Str)>,
    /// The variables that the running frame sees, where those are asked for.
    pub scope: Scope,
}

/// The variables that a frame sees, with their values.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// Its own.
    pub locals: Vec<(Str, Value)>,
    /// Those of its module.
    pub globals: Vec<(Str, Value)>,
}

/// Whoever runs the program, as native functions see it: the way back into the program's own code.
pub trait Vm {
    /// Calls anything that can be called.
    fn call(&mut self, callee: &Value, args: &[Value], kwargs: Keywords<'_>) -> PyResult<Value>;

    /// The next item of a generator of the program; `None` when it has returned.
    fn next(&mut self, generator: &Value) -> PyResult<Option<Value>>;

    /// Calls a method of a generator, a coroutine or an async generator of the program.
    fn generator(&mut self, generator: &Value, method: &str, args: &[Value]) -> PyResult<Value>;

    /// The program's stream of random numbers.
    fn stream(&mut self) -> RefMut<'_, Stream>;

    /// Blocks the thread that the program runs on for a time. A limit if the run has been ended
    /// meanwhile.
    fn block(&mut self, duration: Duration) -> PyResult<()> {
        let _ = duration;
        Ok(())
    }

    /// What the thread that the program runs on waits with; `None` where nothing can wait.
    fn parker(&self) -> Option<Parker<'_>> {
        None
    }

    /// Where the program was when it called a native function that asks that.
    fn asked(&mut self) -> Asked {
        Asked::default()
    }

    /// What native functions of the runtime itself (asyncio's, `print`) work on, to be downcast.
    fn runtime(&self) -> &dyn Any {
        &()
    }

    /// Counts native work that takes long: about as many units as plain operations of the program
    /// would. A limit of the run when there were too many.
    fn spend(&mut self, operations: u64) -> PyResult<()>;

    /// Goes one level down in nested native work (comparing or printing nested containers); a
    /// `RecursionError` when that is too deep. `doing` ends the message, as in " in comparison".
    fn enter(&mut self, doing: &'static str) -> PyResult<()>;

    /// Comes back up.
    fn leave(&mut self);
}
