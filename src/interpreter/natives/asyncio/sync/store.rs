//! What the queues of a program keep their items in.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use crate::executor::Failure;
use crate::interpreter::failure::to_failure;
use crate::interpreter::ops;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::program::value::{Stop, Value, heap};
use crate::sync::{Fifo, Lifo, Store, heap_pop, heap_push};

/// The items of a queue.
pub(super) enum Kept {
    Fifo(Fifo<Value>),
    Lifo(Lifo<Value>),
    Priority(Heap),
}

/// Items in the order of `heapq`, compared as the program says.
pub(super) struct Heap {
    world: Weak<World>,
    items: RefCell<Vec<Value>>,
}

/// What an item weighs besides itself.
const WEIGHT: u64 = size_of::<Value>() as u64;

impl Heap {
    pub(super) fn new(world: &Rc<World>) -> Self {
        Self { world: Rc::downgrade(world), items: RefCell::default() }
    }

    /// Works on the items, which are not there meanwhile: comparing runs code of the program.
    fn with<R>(
        &self,
        work: impl FnOnce(&mut Vec<Value>, &mut Interp<'_>) -> Result<R, Stop>,
    ) -> Result<R, Failure> {
        let Some(world) = self.world.upgrade() else { return Err(Failure::Cancelled(None)) };
        let mut items = self.items.take();
        let result = work(&mut items, &mut Interp::new(&world, Place::Loop));
        items.append(&mut self.items.borrow_mut());
        *self.items.borrow_mut() = items;
        result.map_err(|stop| to_failure(&world, stop, None))
    }
}

impl Store<Value> for Kept {
    fn put(&self, item: Value) -> Result<(), Failure> {
        heap::charge(WEIGHT);
        match self {
            Self::Fifo(items) => items.put(item),
            Self::Lifo(items) => items.put(item),
            Self::Priority(heap) => {
                heap.with(|items, vm| heap_push(items, item, |a, b| ops::less(vm, a, b)))
            }
        }
    }

    fn get(&self) -> Result<Option<Value>, Failure> {
        let before = self.len();
        let got = match self {
            Self::Fifo(items) => items.get(),
            Self::Lifo(items) => items.get(),
            Self::Priority(heap) => {
                heap.with(|items, vm| heap_pop(items, |a, b| ops::less(vm, a, b)))
            }
        };
        heap::release(WEIGHT * before.saturating_sub(self.len()) as u64);
        got
    }

    fn len(&self) -> usize {
        match self {
            Self::Fifo(items) => items.len(),
            Self::Lifo(items) => items.len(),
            Self::Priority(heap) => heap.items.borrow().len(),
        }
    }

    fn items(&self) -> Vec<Value> {
        match self {
            Self::Fifo(items) => items.items(),
            Self::Lifo(items) => items.items(),
            Self::Priority(heap) => heap.items.borrow().clone(),
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        heap::release(WEIGHT * self.len() as u64);
    }
}
