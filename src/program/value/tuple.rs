use std::ops::Deref;
use std::rc::Rc;

use super::{Value, heap};

/// The items of a tuple. Up to three lie in the object itself.
pub struct TupleObject(Items);

enum Items {
    None,
    One([Value; 1]),
    Two([Value; 2]),
    Three([Value; 3]),
    Many(Box<[Value]>),
}

impl TupleObject {
    fn new(items: Items) -> Self {
        let tuple = Self(items);
        heap::charge(tuple.weight());
        tuple
    }

    fn weight(&self) -> u64 {
        let apart =
            if let Items::Many(items) = &self.0 { size_of_val::<[Value]>(items) } else { 0 };
        (size_of::<Self>() + 16 + apart) as u64
    }
}

impl Deref for TupleObject {
    type Target = [Value];

    #[inline]
    fn deref(&self) -> &[Value] {
        match &self.0 {
            Items::None => &[],
            Items::One(items) => items,
            Items::Two(items) => items,
            Items::Three(items) => items,
            Items::Many(items) => items,
        }
    }
}

impl Drop for TupleObject {
    fn drop(&mut self) {
        heap::release(self.weight());
        match std::mem::replace(&mut self.0, Items::None) {
            Items::None => {}
            Items::One(items) => heap::bury(items),
            Items::Two(items) => heap::bury(items),
            Items::Three(items) => heap::bury(items),
            Items::Many(items) => heap::bury(items.into_vec()),
        }
    }
}

impl std::fmt::Debug for TupleObject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<tuple of {}>", self.len())
    }
}

impl From<Vec<Value>> for TupleObject {
    fn from(items: Vec<Value>) -> Self {
        match items.len() {
            0 => Self::new(Items::None),
            1..=3 => Self::from(items.as_slice()),
            _ => Self::new(Items::Many(items.into_boxed_slice())),
        }
    }
}

impl From<&[Value]> for TupleObject {
    fn from(items: &[Value]) -> Self {
        Self::new(match items {
            [] => Items::None,
            [a] => Items::One([a.clone()]),
            [a, b] => Items::Two([a.clone(), b.clone()]),
            [a, b, c] => Items::Three([a.clone(), b.clone(), c.clone()]),
            _ => Items::Many(items.into()),
        })
    }
}

impl From<[Value; 1]> for TupleObject {
    fn from(items: [Value; 1]) -> Self {
        Self::new(Items::One(items))
    }
}

impl From<[Value; 2]> for TupleObject {
    fn from(items: [Value; 2]) -> Self {
        Self::new(Items::Two(items))
    }
}

impl From<[Value; 3]> for TupleObject {
    fn from(items: [Value; 3]) -> Self {
        Self::new(Items::Three(items))
    }
}

impl From<TupleObject> for Value {
    fn from(tuple: TupleObject) -> Self {
        Self::Tuple(Rc::new(tuple))
    }
}
