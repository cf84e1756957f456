//! Classes of the program: how they are made and called, and what helps their attributes.
//!
//! * [`build_class`] is what a `class` statement and `type(name, bases, namespace)` do;
//!   `mro` finds the order of the bases.
//! * [`instantiate`] is a call of a class.
//! * `property`, `classmethod`, `staticmethod` and `super` are objects of their own here.
//!
//! Source: `CPython` `Objects/typeobject.c`, `Objects/descrobject.c`, `Objects/funcobject.c`.
//!
//! Architecture invariant: nothing here knows how a program is run, only that it can be asked to
//! call something.

mod create;
mod instantiate;
mod methods;
mod mro;
mod property;
mod slots;
mod supers;
mod wrappers;

pub use create::{BUILD_CLASS, build_class};
pub use instantiate::instantiate;
pub use mro::{builtin_mro, full_mro};

pub(in crate::interpreter) use create::type_call;
pub(in crate::interpreter) use instantiate::{
    habits, has_plain_init, init_as_object, init_returned,
};
pub(in crate::interpreter) use methods::type_method;
pub(in crate::interpreter) use property::{PROPERTY, getter_of};
pub(in crate::interpreter) use slots::is_slot;
pub(in crate::interpreter) use supers::{SUPER, method_of_super};
pub(in crate::interpreter) use wrappers::{CLASS_METHOD, STATIC_METHOD};
