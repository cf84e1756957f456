//! Where attributes of instances were found, remembered per name and routine.
//!
//! A class changes its version whenever it or one of its bases is changed, and no version comes
//! twice; so one comparison tells whether what was found still holds.

use std::rc::Rc;

use super::classes::{getter_of, habits, is_slot};
use super::ops::is_data_descriptor;
use crate::program::value::{Class, Function, Instance, Str, TypeRef, Value};

/// What is known of an attribute of the instances of a class.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    /// The version of the class; 0 for nothing known.
    version: u32,
    /// Where in the attributes of the instance or of a class.
    position: u32,
    /// In which class: 0 for the instance's own, else one more than the place among the bases.
    depth: u16,
    kind: Kind,
    /// Whether setting it does no more than to put it into the instance.
    is_plain_store: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Unknown,
    /// The instance has it, at about that position.
    Own,
    /// A function of a class.
    Method,
    /// A property of a class, with a function of the program as its getter.
    Property,
    /// Something else of a class that is the same for the instance.
    Shared,
}

/// What an attribute turned out to be.
pub(super) enum Attribute {
    /// This value.
    Value(Value),
    /// What this function of the instance gives.
    Getter(Rc<Function>),
}

impl Found {
    /// Looks for an attribute of an instance, in a way that can be repeated.
    #[inline(never)]
    pub(super) fn of(instance: &Instance, name: &Str) -> Self {
        let class = &instance.class;
        let habits = habits(class);
        let mut found = Self { version: class.version.get(), ..Self::default() };
        if habits.getattribute {
            return found;
        }
        let in_class = place_of(class, name);
        let is_data = in_class.as_ref().is_some_and(|(_, _, value)| is_data_descriptor(value));
        let slot = in_class.as_ref().is_some_and(|(_, _, value)| is_slot(value));
        if !is_data || slot {
            found.is_plain_store = !habits.setattr
                && (slot || class.has_dict)
                && name.as_str() != "__dict__"
                && name.as_str() != "__class__";
            if let Some(position) = instance.attributes().find_str(name) {
                found.kind = Kind::Own;
                found.position = u32::try_from(position).unwrap_or(u32::MAX);
                return found;
            }
        }
        if let Some((depth, position, value)) = in_class {
            let (Ok(depth), Ok(position)) = (u16::try_from(depth), u32::try_from(position)) else {
                return found;
            };
            (found.depth, found.position) = (depth, position);
            found.kind = match &value {
                Value::Function(_) => Kind::Method,
                Value::Foreign(_) if getter_of(&value).is_some() => Kind::Property,
                Value::Foreign(_) | Value::Instance(_) | Value::Builtin(_) => Kind::Unknown,
                _ => Kind::Shared,
            };
        }
        found
    }

    /// The attribute, if what is known says where it is.
    #[inline]
    pub(super) fn get(self, instance: &Instance, name: &Str) -> Option<Attribute> {
        if self.version != instance.class.version.get() {
            return None;
        }
        match self.kind {
            Kind::Own => {
                let attributes = instance.attributes();
                let value = attributes.value_at(self.position as usize, name)?;
                Some(Attribute::Value(value.clone()))
            }
            Kind::Shared if instance.attributes().find_str(name).is_none() => {
                self.in_class(&instance.class).map(Attribute::Value)
            }
            Kind::Property => getter_of(&self.in_class(&instance.class)?).map(Attribute::Getter),
            _ => None,
        }
    }

    /// The function that a call of the method runs, if what is known says where it is.
    #[inline]
    pub(super) fn method(self, instance: &Instance, name: &Str) -> Option<Rc<Function>> {
        if self.version != instance.class.version.get()
            || self.kind != Kind::Method
            || instance.attributes().find_str(name).is_some()
        {
            return None;
        }
        match self.in_class(&instance.class)? {
            Value::Function(function) => Some(function),
            _ => None,
        }
    }

    /// Whether setting the attribute does no more than to put it into the instance.
    #[inline]
    pub(super) fn is_plain_store(self, instance: &Instance) -> bool {
        self.is_plain_store && self.version == instance.class.version.get()
    }

    /// Whether it is about the class of that instance, as it is now.
    #[inline]
    pub(super) fn is_of(self, instance: &Instance) -> bool {
        self.version == instance.class.version.get()
    }

    /// Whether looking anew would find no more.
    #[cold]
    pub(super) fn is_settled(self, instance: &Instance, name: &Str) -> bool {
        self.is_of(instance)
            && match self.kind {
                Kind::Own => false,
                Kind::Unknown => instance.attributes().find_str(name).is_none(),
                Kind::Method | Kind::Property | Kind::Shared => true,
            }
    }

    fn in_class(self, class: &Class) -> Option<Value> {
        let value_in = |class: &Class| {
            class.attributes.borrow().at(self.position as usize).map(|entry| entry.value.clone())
        };
        match usize::from(self.depth).checked_sub(1) {
            None => value_in(class),
            Some(at) => match class.mro.get(at)? {
                TypeRef::Class(base) => value_in(base),
                TypeRef::Builtin(_) => None,
            },
        }
    }
}

/// The class that has the attribute, its place in that class, and the attribute.
fn place_of(class: &Class, name: &Str) -> Option<(usize, usize, Value)> {
    let place_in = |class: &Class| {
        let attributes = class.attributes.borrow();
        let position = attributes.find_str(name)?;
        Some((position, attributes.at(position)?.value.clone()))
    };
    if let Some((position, value)) = place_in(class) {
        return Some((0, position, value));
    }
    class.mro.iter().enumerate().find_map(|(at, base)| match base {
        TypeRef::Class(base) => place_in(base).map(|(position, value)| (at + 1, position, value)),
        TypeRef::Builtin(_) => None,
    })
}
