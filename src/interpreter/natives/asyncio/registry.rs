use std::cell::RefCell;
use std::rc::{Rc, Weak};

use rustc_hash::FxHashMap;

use crate::program::value::{Foreign, Value};

/// The objects that programs have of the loop's futures and tasks, so that one future is one
/// object as long as somebody holds it.
#[derive(Debug, Default)]
pub(in crate::interpreter) struct Registry(RefCell<FxHashMap<usize, Weak<Foreign>>>);

impl Registry {
    /// The object of the future at that address.
    pub(in crate::interpreter) fn find(&self, address: usize) -> Option<Value> {
        self.0.borrow().get(&address).and_then(Weak::upgrade).map(Value::Foreign)
    }

    /// Takes down the object of a future.
    pub(in crate::interpreter) fn add(&self, address: usize, object: &Rc<Foreign>) {
        self.0.borrow_mut().insert(address, Rc::downgrade(object));
    }

    /// The object is gone.
    pub(in crate::interpreter) fn remove(&self, address: usize) {
        self.0.borrow_mut().remove(&address);
    }
}
