//! What a suspended task is about to go on with: its coroutines and their variables.

use std::rc::Rc;

use super::machine::Machine;
use super::running::repr_of;
use super::world::World;
use crate::index::{LaneId, SiteId};
use crate::program::value::Value;

/// A coroutine that waits, with its variables.
#[derive(Clone, Debug)]
pub struct SeenFrame {
    /// Where it is.
    pub site: SiteId,
    variables: Vec<(Box<str>, Value)>,
}

impl SeenFrame {
    /// Names and values, as `repr()` shows them; runs code of the program if it says so.
    pub fn variables(&self, world: &Rc<World>) -> Vec<(String, String)> {
        let shown = |(name, value): &(Box<str>, Value)| (name.to_string(), repr_of(world, value));
        self.variables.iter().map(shown).collect()
    }
}

/// The coroutines of the task of a lane, outermost first. Only between handles.
pub fn inspect(world: &World, lane: LaneId) -> Vec<SeenFrame> {
    *world.seen.borrow_mut() = Some(Vec::new());
    // Those that are asked where they are put themselves there.
    drop(world.cx.inspect_lane(lane));
    world.seen.borrow_mut().take().unwrap_or_default()
}

impl World {
    /// Notes the variables of a suspended machine, if somebody wants to see them.
    pub(super) fn see(&self, machine: &Machine) {
        if let Some(seen) = &mut *self.seen.borrow_mut() {
            seen.extend(machine.frames().map(|frame| {
                let code = &self.image.code(frame.code).code;
                let base = frame.base as usize;
                let registers = machine.stack.get(base..).unwrap_or(&[]);
                let named = code.variables.iter().zip(registers);
                let known = named.filter_map(|(name, value)| Some((name.clone(), held(value)?)));
                SeenFrame { site: frame.site(&self.image), variables: known.collect() }
            }));
        }
    }
}

/// The value of a variable; one that inner functions share is in a cell.
fn held(value: &Value) -> Option<Value> {
    match value {
        Value::Unbound => None,
        Value::Cell(cell) => cell.0.borrow().clone(),
        value => Some(value.clone()),
    }
}
