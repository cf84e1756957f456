//! The methods and attributes of the builtin types.
//!
//! [`find`] gives the method of an object by name; whoever runs programs can remember what it gave
//! per place in the program and type of object, because the methods of builtin types never change.
//!
//! Architecture invariant: nothing here knows how a program is run, only that it can be asked to
//! call something.

mod attributes;
mod bytes;
mod bytes_text;
mod dict;
mod encodings;
mod exception;
mod find;
mod float;
mod generator;
mod int;
mod list;
mod sequence;
mod set;
mod special;
mod str;
mod str_case;
mod str_search;
mod str_split;

pub use attributes::{attribute_dict, data_attribute, type_attribute};
pub(in crate::interpreter) use bytes::bytes;
pub(in crate::interpreter) use encodings::{decode, encode};
pub use exception::{
    exception_attribute, exception_method, find_in_exception, set_exception_attribute,
};
pub(in crate::interpreter) use exception::{members, note};
pub(in crate::interpreter) use find::names_in_type;
pub use find::{find, find_in_type};
pub(in crate::interpreter) use special::find_in_type as find_special_in_type;
pub use special::find_special;

use crate::program::exception::type_error;
use crate::program::value::{Stop, Value};

/// The error of a method that is called on an object of another type.
#[cold]
fn wrong_receiver(method: &str, owner: &str, receiver: &Value) -> Stop {
    type_error(format!(
        "descriptor '{method}' for '{owner}' objects doesn't apply to a '{}' object",
        receiver.type_name()
    ))
}

/// Defines the methods of a type, in the order of their names.
macro_rules! methods {
    ($table:ident $owner:literal: $($name:literal $signature:expr => $call:expr;)*) => {
        /// The methods, in the order of their names.
        pub(super) static $table: &[crate::program::value::Builtin] = &[$(
            crate::program::value::Builtin {
                name: $name,
                owner: Some($owner),
                signature: $signature,
                call: $call,
            },
        )*];
    };
}
use methods;
