//! The builtin functions and types.
//!
//! * [`invoke`] calls a native function after checking its arguments; [`construct`] calls a builtin
//!   type; [`call_native`] calls whatever can be called without running code of the program.
//! * [`find`] looks up a builtin by name.
//!
//! What needs the event loop or writes output (`print`, `input`) is not here.
//!
//! Architecture invariant: nothing here knows how a program is run, only that it can be asked to
//! call something.

mod aggregate;
mod arguments;
mod construct;
mod dir;
mod distributions;
mod exceptions;
mod functions;
mod invoke;
mod iterators;
mod numbers;
mod random;
mod seed;
mod sort;
mod table;
mod types;

pub use construct::construct;
pub use exceptions::construct_exception;
pub use invoke::{call_native, invoke, not_callable};
pub use numbers::{float_to_int, round_float};
pub use random::RANDOM_FUNCTIONS;
pub use sort::{sort_values, sorted};
pub use table::{FUNCTIONS, find};
pub use types::{class_info, is_instance, is_subclass};

pub(in crate::interpreter) use arguments::{
    bind_keywords, check_count, no_keywords, text_argument, unexpected_keyword,
};
pub(in crate::interpreter) use construct::bytes_of_items;
pub(in crate::interpreter) use dir::names as attribute_names;
pub(in crate::interpreter) use functions::attribute_name;
pub(in crate::interpreter) use types::type_union;
