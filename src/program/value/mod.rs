//! The values of a program: Python's objects.
//!
//! A [`Value`] is 16 bytes and cheap to clone; what is larger lives behind an `Rc`. The structures
//! here know how to hold things; what operators, methods and builtins do with them is in
//! `interpreter`.
//!
//! Architecture invariant: nothing here runs a program's code. Whatever might have to (equality of
//! instances, a generator's next item) is done by `interpreter` through the [`Vm`] trait.

mod builtin;
mod bytes;
mod class;
mod dict;
pub mod doomed;
mod equality;
mod foreign;
mod function;
mod generator;
pub mod hash;
pub mod heap;
mod iterator;
mod list;
mod long;
mod range;
mod set;
mod stop;
mod string;
mod table;
mod tuple;
pub mod types;
mod variant;
mod vm;

pub use builtin::{Arguments, Builtin, NativeFn, Signature};
pub use bytes::BytesObject;
pub use class::{Class, Habits, Instance};
pub use dict::{DictObject, DictView, ViewKind};
pub use foreign::{Foreign, ForeignObject};
pub use function::{BoundMethod, CellObject, CodeId, Function};
pub use generator::{GeneratorKind, GeneratorObject};
pub use iterator::{Iteration, IteratorObject};
pub use list::ListObject;
pub use long::Long;
pub use range::{RangeObject, SliceObject};
pub use set::{NumberSet, SetObject, SetTable};
pub use stop::{PyResult, Raised, Stop, StopKind};
pub use string::Str;
pub use table::{Entry, Probe, Table};
pub use tuple::TupleObject;
pub use types::{OBJECT, TypeKind, TypeObject, TypeRef};
pub use variant::Value;
pub use vm::{Asked, Keywords, Scope, Vm};
