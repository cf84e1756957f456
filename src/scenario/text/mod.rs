//! What stands in the strings of a scenario: expressions, f-strings and statements.
//!
//! A string is first decoded ([`Text`]), with a map that leads from each byte of it back into the
//! file. Then ruff parses it, and what is wrong is told at its place in the file.
//!
//! Architecture invariant: this module knows strings and Python, not scenarios.

mod decode;
mod expression;
mod fstring;
mod statement;
mod syntax_error;

pub(crate) use decode::Text;
pub(crate) use expression::{
    expression, first_await, first_await_in, iterable, loop_clause, parameter, raise_clause,
    target_name,
};
pub(crate) use fstring::fstring;
pub(crate) use statement::statement;
pub(crate) use syntax_error::{SyntaxError, shown};

#[cfg(test)]
mod tests;
