use std::cell::{Cell, RefCell};
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
    /// What the class body has bound, and what was set since.
    pub attributes: RefCell<Table<Value>>,
    /// Counts the changes of `attributes`, for those who remember what they found.
    pub version: Cell<u32>,
    /// Tells it from other classes.
    pub identity: Identity,
}

impl Class {
    /// An attribute of the class or of a base of the program.
    #[inline]
    pub fn lookup(&self, name: &Str) -> Option<Value> {
        if let Some(found) = self.attributes.borrow().get_str(name) {
            return Some(found.clone());
        }
        self.mro.iter().find_map(|base| match base {
            TypeRef::Class(class) => class.attributes.borrow().get_str(name).cloned(),
            TypeRef::Builtin(_) => None,
        })
    }

    /// Sets an attribute.
    pub fn set(&self, name: &Str, value: Value) {
        self.version.set(self.version.get().wrapping_add(1));
        self.attributes.borrow_mut().set_str(name, value);
    }

    /// Takes out an attribute of its own.
    pub fn remove(&self, name: &Str) -> Option<Value> {
        self.version.set(self.version.get().wrapping_add(1));
        let mut attributes = self.attributes.borrow_mut();
        let position = attributes.find_str(name)?;
        attributes.remove(position).map(|entry| entry.value)
    }

    /// Whether it is derived from `ancestor`.
    pub fn is_subclass_of(&self, ancestor: &TypeRef) -> bool {
        self.mro.iter().any(|base| base == ancestor)
            || matches!(ancestor, TypeRef::Builtin(ancestor)
                if self.builtin_bases().any(|base| base.is_subtype_of(ancestor)))
    }

    fn builtin_bases(&self) -> impl Iterator<Item = &'static TypeObject> {
        self.mro.iter().filter_map(|base| match base {
            TypeRef::Builtin(ty) => Some(*ty),
            TypeRef::Class(_) => None,
        })
    }

    /// The builtin type that its instances are made of: an exception type, or `object`.
    pub fn builtin_base(&self) -> &'static TypeObject {
        self.builtin_bases().next().unwrap_or(&super::types::OBJECT)
    }
}

/// An instance of a class of the program.
#[derive(Debug)]
pub struct Instance {
    /// Its class.
    pub class: Rc<Class>,
    /// `__dict__`. To set one, use [`Instance::set`], which counts what it weighs.
    pub attributes: RefCell<Table<Value>>,
    /// Tells it from other instances.
    pub identity: Identity,
    charged: Cell<u64>,
}

impl Instance {
    /// An instance without attributes.
    pub fn new(class: Rc<Class>) -> Self {
        let weight = size_of::<Self>() as u64 + 16;
        heap::charge(weight);
        Self {
            class,
            attributes: RefCell::new(Table::new()),
            identity: Identity::default(),
            charged: Cell::new(weight),
        }
    }

    /// Sets an attribute.
    #[inline]
    pub fn set(&self, name: &Str, value: Value) {
        let mut attributes = self.attributes.borrow_mut();
        let old = match attributes.find_str(name) {
            Some(position) => {
                attributes.at_mut(position).map(|entry| std::mem::replace(&mut entry.value, value))
            }
            None => {
                let before = attributes.weight();
                attributes.insert_new(name.hash(), Value::Str(name.clone()), value);
                let grown = attributes.weight().saturating_sub(before);
                heap::charge(grown);
                self.charged.set(self.charged.get() + grown);
                None
            }
        };
        // What is dropped may look at this instance.
        drop(attributes);
        drop(old);
    }

    /// Takes out an attribute.
    pub fn remove(&self, name: &Str) -> Option<Value> {
        let mut attributes = self.attributes.borrow_mut();
        let position = attributes.find_str(name)?;
        attributes.remove(position).map(|entry| entry.value)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        heap::release(self.charged.get());
        heap::bury(self.attributes.get_mut().take().into_entries().map(|entry| entry.value));
    }
}
