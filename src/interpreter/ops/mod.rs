//! Python's operators: what `+`, `==`, `[]`, `in`, `for` and `.` do.
//!
//! Whatever might run code of the program takes a [`Vm`](crate::program::value::Vm). The functions
//! named after operators begin with the cases that make up almost all of what programs do, and are
//! inlined up to there.
//!
//! Architecture invariant: nothing here knows how a program is run, only that it can be asked to
//! call something.

mod attribute;
mod binary;
mod bits;
mod compare;
mod division;
mod index;
mod iterate;
mod mapping;
mod number;
mod power;
mod sets;
mod slice;
mod special;
mod subscript;
mod truth;
mod unary;

pub use attribute::{
    class_attribute, delete_attribute, get_attribute, has_attribute, no_attribute, set_attribute,
};
pub use binary::{Binary, add, binary, in_place, mul, sub};
pub use compare::{Compare, compare, contains, eq, less};
pub use division::{div_mod, float_div_mod, floor_div, modulo, true_div};
pub use index::{as_index, clamp_index, index_of, to_size};
pub(in crate::interpreter) use iterate::is_iterable;
pub use iterate::{collect, for_each, iter, length_hint, next, unpack, unpack_starred};
pub use mapping::{
    dict_from, dict_get, dict_get_value, dict_remove, dict_set, dict_update, set_add, set_contains,
    set_from, set_remove,
};
pub use number::{Int, checked_int, int_to_float, to_big, to_float};
pub use power::{modular_power, power};
pub use sets::{SetOperation, set_compare, set_operation};
pub use slice::{Span, resolve_slice};
pub use special::{Special, call_special, has_special, special_method};
pub use subscript::{delete_item, get_item, set_item};
pub use truth::{KeyUse, hash, hash_key, is_callable, len, length, truth};
pub use unary::{absolute, invert, negative, positive};
