use std::cell::RefCell;
use std::rc::Rc;

use super::heap::{self, Identity};
use super::{Str, Table, TypeObject, TypeRef, Value};

/// A class of the program.
#[derive(Debug)]
pub struct Class {
    /// `__name__`.
    pub name: Str,
    /// `__qualname__`.
    pub qualname: Str,
    /// The bases as written.
    pub bases: Vec<TypeRef>,
    /// The order in which attributes are looked up, without the class itself.
    pub mro: Vec<TypeRef>,
    /// What the class body has bound.
    pub attributes: RefCell<Table<Value>>,
    /// Tells it from other classes.
    pub identity: Identity,
}

impl Class {
    /// An attribute of the class or of a base of the program.
    pub fn lookup(&self, name: &Str) -> Option<Value> {
        if let Some(found) = self.attributes.borrow().get_str(name) {
            return Some(found.clone());
        }
        self.mro.iter().find_map(|base| match base {
            TypeRef::Class(class) => class.attributes.borrow().get_str(name).cloned(),
            TypeRef::Builtin(_) => None,
        })
    }

    /// Whether it is derived from `ancestor`.
    pub fn is_subclass_of(&self, ancestor: &TypeRef) -> bool {
        self.mro.iter().any(|base| base == ancestor)
    }

    /// The builtin type that its instances are made of: an exception type, or `object`.
    pub fn builtin_base(&self) -> &'static TypeObject {
        let first = self.mro.iter().find_map(|base| match base {
            TypeRef::Builtin(ty) => Some(*ty),
            TypeRef::Class(_) => None,
        });
        first.unwrap_or(&super::types::OBJECT)
    }
}

/// An instance of a class of the program.
#[derive(Debug)]
pub struct Instance {
    /// Its class.
    pub class: Rc<Class>,
    /// `__dict__`.
    pub attributes: RefCell<Table<Value>>,
    /// Tells it from other instances.
    pub identity: Identity,
}

impl Instance {
    /// An instance without attributes.
    pub fn new(class: Rc<Class>) -> Self {
        heap::charge(Self::WEIGHT);
        Self { class, attributes: RefCell::new(Table::new()), identity: Identity::default() }
    }

    const WEIGHT: u64 = size_of::<Self>() as u64 + 16;
}

impl Drop for Instance {
    fn drop(&mut self) {
        heap::release(Self::WEIGHT);
        heap::bury(self.attributes.get_mut().take().into_entries().map(|entry| entry.value));
    }
}
