use std::cell::{Ref, RefCell, RefMut};

use super::heap::{self, Identity};
use super::{PyResult, Value};

/// The items of a list.
///
/// No borrow may be held while code of the program can run: it could reach the same list.
#[derive(Debug)]
pub struct ListObject {
    items: RefCell<Vec<Value>>,
    /// Bytes counted for it; brought up to date when it grows.
    charged: std::cell::Cell<u64>,
    /// Tells it from other lists.
    pub identity: Identity,
}

impl ListObject {
    /// A list of these items.
    pub fn new(items: Vec<Value>) -> Self {
        let charged = weight(items.capacity());
        heap::charge(charged);
        let identity = Identity::default();
        Self { items: RefCell::new(items), charged: std::cell::Cell::new(charged), identity }
    }

    /// The items, to look at.
    #[inline]
    pub fn borrow(&self) -> Ref<'_, Vec<Value>> {
        self.items.borrow()
    }

    /// The items, to change. After growing them by more than one, call [`ListObject::recount`].
    #[inline]
    pub fn borrow_mut(&self) -> RefMut<'_, Vec<Value>> {
        self.items.borrow_mut()
    }

    /// How many items there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at `index`.
    #[inline]
    pub fn get(&self, index: usize) -> Option<Value> {
        self.items.borrow().get(index).cloned()
    }

    /// `list.append`.
    #[inline]
    pub fn push(&self, value: Value) -> PyResult<()> {
        let mut items = self.items.borrow_mut();
        if items.len() == items.capacity() {
            heap::reserve_values(items.len().max(4))?;
            items.push(value);
            let capacity = items.capacity();
            drop(items);
            self.charge_capacity(capacity);
        } else {
            items.push(value);
        }
        Ok(())
    }

    /// Counts anew what the list holds.
    pub fn recount(&self) {
        let capacity = self.items.borrow().capacity();
        self.charge_capacity(capacity);
    }

    fn charge_capacity(&self, capacity: usize) {
        let now = weight(capacity);
        heap::release(self.charged.replace(now));
        heap::charge(now);
    }
}

fn weight(capacity: usize) -> u64 {
    (size_of::<ListObject>() + 16 + capacity * size_of::<Value>()) as u64
}

impl Drop for ListObject {
    fn drop(&mut self) {
        heap::release(self.charged.get());
        let items = std::mem::take(self.items.get_mut());
        if !items.is_empty() {
            heap::bury(items);
        }
    }
}
