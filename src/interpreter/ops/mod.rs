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
mod foreign;
mod index;
mod iterate;
mod joining;
mod mapping;
mod number;
mod power;
mod sets;
mod slice;
mod special;
mod store;
mod subscript;
mod truth;
mod unary;

pub use attribute::{class_attribute, get_attribute, has_attribute, no_attribute};
pub use binary::{Binary, add, binary, in_place, mul, sub};
pub use compare::{Compare, compare, contains, eq, less};
pub use division::{div_mod, float_div_mod, floor_div, modulo, true_div};
pub use index::{as_index, clamp_index, index_of, to_size};
pub use iterate::{collect, for_each, iter, length_hint, next, unpack, unpack_starred};
pub use mapping::{
    dict_from, dict_get, dict_get_value, dict_remove, dict_set, dict_update, set_add, set_contains,
    set_display, set_from, set_remove,
};
pub use number::{Int, checked_int, int_to_float, to_big, to_float};
pub use power::{modular_power, power};
pub use sets::{SetOperation, set_compare, set_operation};
pub use slice::{Span, resolve_slice};
pub use special::{Special, call_special, call_special_with, has_special, special_method};
pub use store::{delete_attribute, set_attribute};
pub use subscript::{delete_item, get_item, set_item};
pub use truth::{KeyUse, hash, hash_key, is_callable, len, length, truth};
pub use unary::{absolute, invert, negative, positive};

pub(in crate::interpreter) use attribute::{
    attribute_as_object, bind, bind_in_class, find_attribute, is_data_descriptor,
};
pub(in crate::interpreter) use binary::{
    binary_after, binary_or_none, in_place_after, of_instances, unsupported,
};
pub(in crate::interpreter) use compare::{compare_after, compare_or_none, same_or_equal, test};
pub(in crate::interpreter) use division::float_modulo;
pub(in crate::interpreter) use index::{normalized, not_an_integer};
pub(in crate::interpreter) use iterate::{dict_iteration, is_iterable};
pub(in crate::interpreter) use joining::{append, extend};
pub(in crate::interpreter) use mapping::{dict_set_default, set_add_hashed, set_contains_hashed};
pub(in crate::interpreter) use number::check_bits;
pub(in crate::interpreter) use sets::{
    clear as clear_set, replace as replace_set, set_of_any, set_update, toggle_all,
    update as set_extend,
};
pub(in crate::interpreter) use special::{class_lookup, payload};
pub(in crate::interpreter) use store::{remove_attribute, store_attribute};
pub(in crate::interpreter) use truth::{hash_as_object, identity};
