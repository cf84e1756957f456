//! A primitive belongs to the loop in which somebody first waited for it.

use std::cell::Cell;
use std::rc::{Rc, Weak};

use crate::interpreter::failure::{shown, to_failure};
use crate::interpreter::natives::asyncio::native;
use crate::interpreter::world::World;
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::value::Value;

/// The loop of a primitive, once it has one.
#[derive(Debug, Default)]
pub(super) struct Bound(Cell<Option<u32>>);

impl Bound {
    /// Somebody calls what waits now, as `waits` says. In another loop than the first one that is
    /// an error once it is awaited: the coroutine that raises it.
    ///
    /// Source: `Lib/asyncio/mixins.py` (`_LoopBoundMixin._get_loop`).
    #[inline]
    pub(super) fn refusal(
        &self,
        world: &Weak<World>,
        this: &Value,
        name: &'static str,
        waits: bool,
    ) -> Option<Value> {
        if !waits {
            return None;
        }
        let world = world.upgrade()?;
        let here = world.cx.loop_number();
        match self.0.get() {
            Some(own) if own != here => Some(refused(&world, this, name)),
            Some(_) => None,
            None => {
                self.0.set(Some(here));
                None
            }
        }
    }
}

#[cold]
fn refused(world: &Rc<World>, this: &Value, name: &'static str) -> Value {
    let error = format!("{} is bound to a different event loop", shown(world, this));
    native::object(world, name, move |world| {
        let failure = to_failure(world, raise(&RUNTIME_ERROR, error), None);
        Box::pin(async move { Err(failure) })
    })
}
