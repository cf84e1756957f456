//! From a front end's model to a [`Program`](crate::program::Program).
//!
//! [`scenario`] compiles a scenario, [`python`] a Python file. Names are resolved here: variables become registers, shared
//! variables slots, the rest must be a builtin. All mistakes of a file are collected; a program is
//! only made when there are none.
//!
//! * `names` finds out which names a routine binds, and which of them functions inside it use.
//! * `function` holds one routine in the making: registers, labels, constants.
//! * `expression`, `literal`, `text`, `call`, `display`, `target` compile expressions and
//!   assignments; `check` says what is certainly wrong with a call.
//! * `block`, `loops` and `manager` compile control flow: `try`, loops, `with`, and the ways out.
//! * `step`, `step_names` and `scenario` compile what is particular to scenarios.
//! * `scope` says what of `globals()` can be used.
//! * `compound`, `define`, `star`, `pattern`, `import` and `python` what is particular to Python.
//!
//! Architecture invariant: the compiler does not run anything and knows no object of a program; it
//! reads no text, only what a front end has parsed.

mod block;
mod call;
mod check;
mod compiler;
mod compound;
mod define;
mod display;
mod expression;
mod function;
mod import;
mod literal;
mod loops;
mod manager;
mod names;
mod nested;
mod pattern;
mod python;
mod scenario;
mod scope;
mod star;
mod statement;
mod step;
mod step_names;
mod target;
mod text;

pub use python::python;
pub use scenario::scenario;

#[cfg(test)]
mod tests;
