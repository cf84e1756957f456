//! The commands, each from its arguments to its exit code.

mod check;
mod junit;
mod run;
mod simulate;
mod test;

pub(super) use check::check;
pub(super) use run::run;
pub(super) use test::test;
