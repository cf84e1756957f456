//! `--shrink`: the smallest program that still fails in the same way.

use std::ops::ControlFlow;
use std::path::Path;

use super::saved::Saved;
use super::{Ignored, explored};
use crate::cli::args::SimulationArguments;
use crate::cli::interrupt;
use crate::cli::load;
use crate::explore::{self, Cut, Open, ProgramEnd, Search};
use crate::source::SourceFile;

/// Runs and choice points of the search that looks whether a smaller program still fails.
const RUNS: u64 = 300;
const STEPS: u64 = 20_000;

/// What is looked for: how the program is explored, and with what.
pub(super) struct Wanted<'w> {
    pub(super) file: &'w Path,
    pub(super) text: &'w str,
    pub(super) simulation: &'w SimulationArguments,
    pub(super) open: &'w Open,
    pub(super) search: &'w Search,
    pub(super) ignored: &'w [Ignored],
}

/// The smallest program that fails as the first failure of the result does; `None` if there is none.
pub(super) fn shrunk(wanted: &Wanted<'_>, saved: &Saved) -> Option<String> {
    let failure = saved.outcomes.iter().find(|outcome| outcome.is_failure)?;
    let wanted_way = way_of(&failure.end);
    // Where it only fails sometimes, it is to go well sometimes.
    let passes = saved.outcomes.iter().any(|outcome| !outcome.is_failure);
    let cuts: &dyn Fn(&str) -> Vec<Cut> = match is_python(wanted.file) {
        true => &explore::cuts_of_python,
        false => &explore::cuts_of_scenario,
    };
    let fails = |text: &str| fails(wanted, text, &wanted_way, passes);
    Some(explore::shrink(wanted.text, cuts, &fails, &|| !interrupt::is_requested()))
}

fn is_python(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension == "py")
}

/// How something fails, but for names, numbers and places.
fn way_of(end: &ProgramEnd) -> (String, Vec<String>) {
    let first =
        |text: &str, marks: &[char]| text.split(marks).next().unwrap_or_default().trim().to_owned();
    let broken = end.broken.iter().map(|broken| match broken.split_once(" (") {
        Some((claim, _)) => claim.to_owned(),
        None => broken.clone(),
    });
    (first(&end.ending, &[':', ' ']), broken.collect())
}

fn fails(wanted: &Wanted<'_>, text: &str, way: &(String, Vec<String>), passes: bool) -> bool {
    let source = SourceFile::new(wanted.file.to_string_lossy(), text);
    let Some(program) = load::compiled(source, is_python(wanted.file), wanted.simulation).program
    else {
        return false;
    };
    let explored = explored(&program, wanted.simulation, wanted.open.clone(), wanted.ignored);
    let search = Search {
        max_runs: RUNS.min(wanted.search.max_runs),
        max_steps: STEPS,
        shard: None,
        counts_schedules: false,
        draws: 0,
        ..wanted.search.clone()
    };
    let found = explore::search(&explored, &search, &|_| ControlFlow::Continue(()));
    let is_failure = |end: &ProgramEnd| end.fails || !end.broken.is_empty();
    let ends = || found.tally.rows.keys();
    ends().any(|end| is_failure(end) && way_of(end) == *way)
        && (!passes || ends().any(|end| !is_failure(end)))
}
