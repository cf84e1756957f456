use std::any::Any;
use std::cell::Cell;
use std::rc::Rc;

use super::deque_of;
use crate::program::exception::{RUNTIME_ERROR, raise};
use crate::program::value::{
    Foreign, ForeignObject, OBJECT, PyResult, TypeKind, TypeObject, Value, Vm,
};

static ITERATOR_TYPE: TypeObject = TypeObject {
    name: "_deque_iterator",
    module: "_collections",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

static REVERSE_TYPE: TypeObject = TypeObject {
    name: "_deque_reverse_iterator",
    module: "_collections",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// An iterator over a deque.
#[derive(Debug)]
struct DequeIterator {
    deque: Value,
    at: Cell<usize>,
    reversed: bool,
    /// How often the deque had been changed.
    changes: u64,
}

/// `iter(deque)` and `reversed(deque)`.
pub(super) fn new(this: &Value, reversed: bool) -> Value {
    let changes = deque_of(this).map_or(0, |deque| deque.changes.get());
    let iterator = DequeIterator { deque: this.clone(), at: Cell::new(0), reversed, changes };
    Value::Foreign(Rc::new(Foreign::new(Box::new(iterator))))
}

impl ForeignObject for DequeIterator {
    fn type_object(&self) -> &'static TypeObject {
        if self.reversed { &REVERSE_TYPE } else { &ITERATOR_TYPE }
    }

    fn is_iterator(&self) -> bool {
        true
    }

    fn next(&self, _: &mut dyn Vm) -> PyResult<Option<Value>> {
        let Some(deque) = deque_of(&self.deque) else { return Ok(None) };
        let (at, len) = (self.at.get(), deque.count());
        if at == usize::MAX {
            return Ok(None);
        }
        if deque.changes.get() != self.changes {
            self.at.set(usize::MAX);
            return Err(raise(&RUNTIME_ERROR, "deque mutated during iteration"));
        }
        if at >= len {
            return Ok(None);
        }
        self.at.set(at + 1);
        Ok(deque.get(if self.reversed { len - 1 - at } else { at }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
