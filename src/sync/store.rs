//! What a queue keeps its items in: the order in which they come out.

use std::cell::RefCell;
use std::collections::VecDeque;

use super::heap;
use crate::executor::Failure;

/// Keeps the items of a queue. Comparing items may run code that looks at the queue, so a store is
/// used through a shared reference.
pub trait Store<T> {
    /// Puts an item in.
    ///
    /// # Errors
    /// If items cannot be compared.
    fn put(&self, item: T) -> Result<(), Failure>;
    /// Takes the next item out.
    ///
    /// # Errors
    /// If items cannot be compared.
    fn get(&self) -> Result<Option<T>, Failure>;
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// All of them, in the order of memory.
    fn items(&self) -> Vec<T>
    where
        T: Clone;
}

/// First in, first out.
#[derive(Clone, Debug)]
pub struct Fifo<T>(RefCell<VecDeque<T>>);

/// Last in, first out.
#[derive(Clone, Debug)]
pub struct Lifo<T>(RefCell<Vec<T>>);

/// The smallest first.
#[derive(Clone, Debug)]
pub struct Smallest<T>(RefCell<Vec<T>>);

impl<T> Default for Fifo<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T> Default for Lifo<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T> Default for Smallest<T> {
    fn default() -> Self {
        Self(RefCell::default())
    }
}

impl<T> Store<T> for Fifo<T> {
    #[inline]
    fn put(&self, item: T) -> Result<(), Failure> {
        self.0.borrow_mut().push_back(item);
        Ok(())
    }
    #[inline]
    fn get(&self) -> Result<Option<T>, Failure> {
        Ok(self.0.borrow_mut().pop_front())
    }
    #[inline]
    fn len(&self) -> usize {
        self.0.borrow().len()
    }
    fn items(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.0.borrow().iter().cloned().collect()
    }
}

impl<T> Store<T> for Lifo<T> {
    fn put(&self, item: T) -> Result<(), Failure> {
        self.0.borrow_mut().push(item);
        Ok(())
    }
    fn get(&self) -> Result<Option<T>, Failure> {
        Ok(self.0.borrow_mut().pop())
    }
    fn len(&self) -> usize {
        self.0.borrow().len()
    }
    fn items(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.0.borrow().clone()
    }
}

impl<T: Ord> Smallest<T> {
    /// Works on the items, which are not there meanwhile.
    fn with<R>(&self, work: impl FnOnce(&mut Vec<T>) -> R) -> R {
        let mut items = self.0.take();
        let result = work(&mut items);
        items.append(&mut self.0.borrow_mut());
        *self.0.borrow_mut() = items;
        result
    }
}

impl<T: Ord> Store<T> for Smallest<T> {
    fn put(&self, item: T) -> Result<(), Failure> {
        self.with(|items| heap::push(items, item, |a, b| Ok(a < b)))
    }
    fn get(&self) -> Result<Option<T>, Failure> {
        self.with(|items| heap::pop(items, |a, b| Ok(a < b)))
    }
    fn len(&self) -> usize {
        self.0.borrow().len()
    }
    fn items(&self) -> Vec<T>
    where
        T: Clone,
    {
        self.0.borrow().clone()
    }
}
