//! Values as text: `repr`, `str`, `format`, f-strings, `%` and `str.format`.
//!
//! Source: `CPython` `Python/pystrtod.c` (`format_float_short`), `Python/formatter_unicode.c`,
//! `Objects/unicodeobject.c` (`unicode_format_arg_parse`), `Objects/stringlib/unicode_format.h`.
//!
//! Architecture invariant: nothing here writes anywhere; texts are returned.

mod float;
mod format;
mod int;
mod number;
mod percent;
mod quote;
mod repr;
mod spec;
mod str;
mod template;
mod unicode;

pub use float::{FloatStyle, float_repr, float_text};
pub use format::{format_float_with, format_int_with, format_value, format_value_text};
pub use int::{int_text, int_to_radix, parse_int};
pub use number::parse_float;
pub use percent::percent;
pub use quote::{ascii_only, quote_bytes, quote_text};
pub use repr::{ascii, repr, repr_text};
pub(in crate::interpreter) use repr::{
    plain, pretended_address, qualified, repr_as_object, repr_guarded,
};
pub use spec::{Align, FormatSpec, Grouping};
pub(in crate::interpreter) use str::str_as_object;
pub use str::{print_line, str, str_of_exception};
pub use template::{format_template, format_template_map};
pub(in crate::interpreter) use unicode::{
    decimal_value, is_alpha, is_digit, is_numeric, is_printable, is_space,
};

use crate::program::value::{Str, Value};

/// How a value is turned to text before it is formatted: `!s`, `!r`, `!a` of an f-string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    /// None.
    Plain,
    /// `!s`.
    Str,
    /// `!r`.
    Repr,
    /// `!a`.
    Ascii,
}

impl Conversion {
    /// What `!c` means.
    pub fn of_char(c: char) -> Option<Self> {
        match c {
            's' => Some(Self::Str),
            'r' => Some(Self::Repr),
            'a' => Some(Self::Ascii),
            _ => None,
        }
    }

    /// Applies it.
    pub fn apply(
        self,
        vm: &mut dyn crate::program::value::Vm,
        value: &Value,
    ) -> crate::program::value::PyResult<Value> {
        let text: Str = match self {
            Self::Plain => return Ok(value.clone()),
            Self::Str => str(vm, value)?,
            Self::Repr => repr(vm, value)?,
            Self::Ascii => ascii(vm, value)?,
        };
        Ok(Value::Str(text))
    }
}
