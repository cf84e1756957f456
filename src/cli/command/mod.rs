//! The commands, each from its arguments to its exit code.

mod check;
mod diff;
mod explore;
mod export;
mod junit;
mod manual;
mod record;
mod run;
mod simulate;
mod test;
mod verify;
#[cfg(feature = "tui")]
mod view;
mod why;

pub(super) use check::check;
pub(super) use diff::diff;
pub(super) use explore::{ExploreArguments, explore};
pub(super) use export::export;
pub(super) use manual::{completions, man, schema};
pub(super) use run::run;
pub(super) use simulate::{Keeps, options};
pub(super) use test::test;
pub(super) use verify::verify;
#[cfg(feature = "tui")]
pub(super) use view::view;
pub(super) use why::why;
