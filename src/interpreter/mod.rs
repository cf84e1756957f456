//! Runs programs: operators, builtins and methods on the values of a program.
//!
//! Architecture invariant: this module knows neither files nor terminals.

pub mod ops;
