//! The part of `json` that is not written in Python: text of values, and values of text.

mod decode;
mod encode;

use super::{Native, function};
use crate::program::value::{Builtin, Signature::Positional};

pub(super) static MODULE: Native =
    Native { name: "_json", functions: &[FUNCTIONS], others: Vec::new };

static FUNCTIONS: &[Builtin] = &[
    function("decode", Positional(8, 8), decode::decode),
    function("encode", Positional(9, 9), encode::encode),
];
