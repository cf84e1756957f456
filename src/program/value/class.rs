use std::cell::{Cell, OnceCell, Ref, RefCell, RefMut};
use std::rc::{Rc, Weak};

use super::heap::{self, Identity};
use super::{DictObject, Function, Str, Table, TypeKind, TypeObject, TypeRef, Value};

thread_local! {
    static VERSIONS: Cell<u32> = const { Cell::new(0) };
}

/// A number that no class has had before; never 0.
fn fresh_version() -> u32 {
    VERSIONS.set(VERSIONS.get().wrapping_add(1).max(1));
    VERSIONS.get()
}

/// A class of the program.
#[derive(Debug)]
pub struct Class {
    /// `__name__`.
    pub name: Str,
    /// `__qualname__`.
    pub qualname: Str,
    /// The bases as written.
    pub bases: Vec<TypeRef>,
    /// The order in which attributes are looked up, without the class itself: with all builtin types
    /// that it is derived from, to the last.
    pub mro: Vec<TypeRef>,
    /// What the class body has bound, and what was set since.
    pub attributes: RefCell<Table<Value>>,
    /// The class of the class, if that is not `type`.
    pub metaclass: Option<Rc<Self>>,
    /// Whether its instances can have attributes that `__slots__` does not name.
    pub has_dict: bool,
    /// Whether it or one of its bases has a `__del__`.
    pub has_del: bool,
    /// Changes whenever an attribute of the class or of one of its bases does; no other class has
    /// ever had the same one. For those who remember what they found.
    pub version: Cell<u32>,
    /// Those that are derived from it directly.
    pub subclasses: RefCell<Vec<Weak<Self>>>,
    /// What was found out about it, and at which version.
    pub habits: Cell<(u32, Habits)>,
    /// The `__init__` that a call of it runs on a plain instance or an exception, if it does no more than that; and
    /// at which version this was found out.
    pub kept_init: RefCell<(u32, Option<Rc<Function>>)>,
    /// Tells it from other classes.
    pub identity: Identity,
}

/// What a class does not leave to `object`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each says something of its own")]
pub struct Habits {
    /// It has a `__getattribute__`.
    pub getattribute: bool,
    /// It has a `__setattr__`.
    pub setattr: bool,
    /// It has a `__delattr__`.
    pub delattr: bool,
    /// A call of it makes a plain instance, or an exception, and calls `__init__`, a function of the
    /// program.
    pub plain_init: bool,
    /// It is derived from a builtin exception type.
    pub is_exception: bool,
}

impl Class {
    /// A class that nothing is derived from yet.
    pub fn new(
        name: Str,
        qualname: Str,
        bases: Vec<TypeRef>,
        mro: Vec<TypeRef>,
        attributes: Table<Value>,
        metaclass: Option<Rc<Self>>,
        has_dict: bool,
    ) -> Rc<Self> {
        let del = Str::from("__del__");
        let has_del = attributes.get_str(&del).is_some()
            || mro.iter().any(|base| matches!(base, TypeRef::Class(base) if base.has_del));
        let class = Rc::new(Self {
            name,
            qualname,
            bases,
            mro,
            attributes: RefCell::new(attributes),
            metaclass,
            has_dict,
            has_del,
            version: Cell::new(fresh_version()),
            subclasses: RefCell::default(),
            habits: Cell::default(),
            kept_init: RefCell::default(),
            identity: Identity::default(),
        });
        for base in &class.bases {
            if let TypeRef::Class(base) = base {
                base.subclasses.borrow_mut().push(Rc::downgrade(&class));
            }
        }
        class
    }

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

    /// An attribute of its own.
    pub fn own(&self, name: &str) -> Option<Value> {
        self.attributes.borrow().get_str(&Str::from(name)).cloned()
    }

    /// Sets an attribute.
    pub fn set(&self, name: &Str, value: Value) {
        self.has_changed();
        let old = {
            let mut attributes = self.attributes.borrow_mut();
            match attributes.find_str(name) {
                Some(at) => {
                    attributes.at_mut(at).map(|entry| std::mem::replace(&mut entry.value, value))
                }
                None => {
                    attributes.insert_new(name.hash(), Value::Str(name.clone()), value);
                    None
                }
            }
        };
        drop(old);
    }

    /// Takes out an attribute of its own.
    pub fn remove(&self, name: &Str) -> Option<Value> {
        self.has_changed();
        let mut attributes = self.attributes.borrow_mut();
        let position = attributes.find_str(name)?;
        attributes.remove(position).map(|entry| entry.value)
    }

    fn has_changed(&self) {
        self.version.set(fresh_version());
        let derived: Vec<Rc<Self>> =
            self.subclasses.borrow().iter().filter_map(Weak::upgrade).collect();
        for class in derived {
            class.has_changed();
        }
    }

    /// Whether it is derived from `ancestor`.
    pub fn is_subclass_of(&self, ancestor: &TypeRef) -> bool {
        self.mro.iter().any(|base| base == ancestor)
    }

    fn builtin_bases(&self) -> impl Iterator<Item = &'static TypeObject> {
        self.mro.iter().filter_map(|base| match base {
            TypeRef::Builtin(ty) => Some(*ty),
            TypeRef::Class(_) => None,
        })
    }

    /// The builtin type that its instances are made of: an exception type, `dict`, … or `object`.
    pub fn builtin_base(&self) -> &'static TypeObject {
        let mut bases = self.builtin_bases();
        bases.find(|base| base.kind != TypeKind::Object).unwrap_or(&super::types::OBJECT)
    }
}

/// An instance of a class of the program.
#[derive(Debug)]
pub struct Instance {
    /// Its class.
    pub class: Rc<Class>,
    /// The object of a builtin type that it extends, for a class derived from `dict`, `int` ….
    pub payload: OnceCell<Value>,
    /// Tells it from other instances.
    pub identity: Identity,
    /// `__dict__`, as long as nobody has asked for it as a dict.
    own: RefCell<Table<Value>>,
    dict: OnceCell<Rc<DictObject>>,
    charged: Cell<u64>,
    /// Whether `__del__` has been called, or is about to be.
    is_finalized: bool,
}

impl Instance {
    /// An instance without attributes.
    pub fn new(class: Rc<Class>) -> Self {
        let weight = size_of::<Self>() as u64 + 16;
        heap::charge(weight);
        Self {
            class,
            payload: OnceCell::new(),
            identity: Identity::default(),
            own: RefCell::new(Table::new()),
            dict: OnceCell::new(),
            charged: Cell::new(weight),
            is_finalized: false,
        }
    }

    /// What is in it, as an instance of its own, which is not kept a second time.
    fn revived(&mut self) -> Self {
        Self {
            class: Rc::clone(&self.class),
            payload: self.payload.take().map_or_else(OnceCell::new, OnceCell::from),
            identity: std::mem::take(&mut self.identity),
            own: RefCell::new(self.own.get_mut().take()),
            dict: self.dict.take().map_or_else(OnceCell::new, OnceCell::from),
            charged: Cell::new(self.charged.take()),
            is_finalized: true,
        }
    }

    /// Its attributes, to look at.
    #[inline]
    pub fn attributes(&self) -> Ref<'_, Table<Value>> {
        match self.dict.get() {
            None => self.own.borrow(),
            Some(dict) => dict.borrow(),
        }
    }

    /// Its attributes, to change. To set one, use [`Instance::set`], which counts what it weighs.
    #[inline]
    pub fn attributes_mut(&self) -> RefMut<'_, Table<Value>> {
        match self.dict.get() {
            None => self.own.borrow_mut(),
            Some(dict) => dict.borrow_mut(),
        }
    }

    /// `__dict__`: from now on the attributes are in there.
    pub fn dict(&self) -> Rc<DictObject> {
        Rc::clone(self.dict.get_or_init(|| {
            let table = self.own.borrow_mut().take();
            Rc::new(DictObject::new(table))
        }))
    }

    /// An attribute of its own.
    #[inline]
    pub fn get(&self, name: &Str) -> Option<Value> {
        self.attributes().get_str(name).cloned()
    }

    /// Sets an attribute.
    #[inline]
    pub fn set(&self, name: &Str, value: Value) {
        let mut attributes = self.attributes_mut();
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
        let mut attributes = self.attributes_mut();
        let position = attributes.find_str(name)?;
        attributes.remove(position).map(|entry| entry.value)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        if self.class.has_del && !self.is_finalized {
            let revived = self.revived();
            drop(super::doomed::add(revived));
            return;
        }
        heap::release(self.charged.get());
        let payload = self.payload.take();
        heap::bury(
            self.own.get_mut().take().into_entries().map(|entry| entry.value).chain(payload),
        );
    }
}
