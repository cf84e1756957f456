//! `sim explore`: every schedule that could happen, and what it comes to.

mod args;
mod progress;
mod saved;
mod shrink;
mod table;

use std::ops::ControlFlow;
use std::path::Path;

pub(in crate::cli) use args::ExploreArguments;
use args::{ExploreCommand, Ignored, MergeArguments, ShownArguments, ShownFormat};
use progress::Watch;
pub(in crate::cli) use saved::Saved;
use shrink::Wanted;
pub(in crate::cli) use table::{Look, text};

use super::simulate::{Keeps, options};
use crate::cli::args::SimulationArguments;
use crate::cli::exit::Exit;
use crate::cli::load::load_or_tell;
use crate::cli::terminal::Terminal;
use crate::cli::{files, interrupt};
use crate::explore::{self, Explored, Open, Search};
use crate::program::{Exploring, Program};
use crate::trace::outcome::LimitKind;

/// Room for deeply nested programs on each of the threads.
const STACK_BYTES: usize = 256 << 20;

/// Schedules that are drawn to estimate shares where scenarios are tested.
const DRAWS_IN_TEST: u64 = 200;

/// Handles that a run may take when it is one of many.
const MAX_HANDLES: u64 = 1_000_000;
/// Operations that it may take then: about a second's worth.
const MAX_OPERATIONS: u64 = 50_000_000;

/// Explores a program, or merges what parts of an exploration came to.
pub(in crate::cli) fn explore(arguments: &ExploreArguments, terminal: &Terminal) -> Exit {
    if let Some(ExploreCommand::Merge(arguments)) = &arguments.merge {
        return merge(arguments, terminal);
    }
    let Some(file) = &arguments.file else { return Exit::Usage };
    let program = match load_or_tell(file, &arguments.simulation, terminal) {
        Ok(program) => program,
        Err(exit) => return exit,
    };
    let said = program.expectations.exploring.clone().unwrap_or_default();
    let open = arguments.open.open(&said.open);
    let seed = arguments.simulation.seed.unwrap_or(program.settings.seed);
    let search = arguments.search.search(seed, &said);
    let ignored = Ignored::all(&arguments.shown.ignore, &said);
    let explored = explored(&program, &arguments.simulation, open, &ignored);
    let watch = Watch::new(terminal, arguments.search.time);
    let saved = match in_threads(arguments.search.threads, || {
        let simulation = &arguments.simulation;
        result(file, simulation, &explored, &search, &|progress| watch.told(progress))
    }) {
        Ok(saved) => saved,
        Err(message) => {
            terminal.error(&message);
            return Exit::Unreadable;
        }
    };
    watch.end();
    if let Some(path) = &arguments.search.save
        && let Err(error) = files::write(path, &saved.to_json())
    {
        terminal.error(&error.to_string());
        return Exit::Unreadable;
    }
    let exit = show(&saved, &arguments.shown, terminal);
    if let Some(to) = &arguments.shown.shrink {
        let text = program.sources.first().map_or("", |source| source.text());
        let wanted = Wanted {
            file,
            text,
            simulation: &arguments.simulation,
            open: &explored.open,
            search: &search,
            ignored: &ignored,
        };
        let small = in_threads(arguments.search.threads, || shrink::shrunk(&wanted, &saved));
        match small {
            Ok(Some(small)) => return written(to, &small, exit, terminal),
            Ok(None) => terminal.error("nothing fails, so there is nothing to be made smaller"),
            Err(message) => terminal.error(&message),
        }
    }
    exit
}

/// Writes the program that was made smaller.
fn written(to: &Path, small: &str, exit: Exit, terminal: &Terminal) -> Exit {
    if to.as_os_str() == "-" {
        terminal.out("\nthe smallest program found that fails in the same way:\n\n");
        terminal.out(small);
        return exit;
    }
    match files::write(to, small) {
        Ok(()) => exit,
        Err(error) => {
            terminal.error(&error.to_string());
            Exit::Unreadable
        }
    }
}

/// Explores a scenario as it says itself.
pub(in crate::cli) fn as_it_says(
    file: &Path,
    program: &Program,
    said: &Exploring,
    simulation: &SimulationArguments,
) -> Result<Saved, String> {
    let open = args::OpenArguments::default().open(&said.open);
    let seed = simulation.seed.unwrap_or(program.settings.seed);
    let mut search = args::SearchArguments::default().search(seed, said);
    search.draws = DRAWS_IN_TEST;
    let explored = explored(program, simulation, open, &Ignored::all(&[], said));
    in_threads(None, || {
        result(file, simulation, &explored, &search, &|_| match interrupt::is_requested() {
            true => ControlFlow::Break(()),
            false => ControlFlow::Continue(()),
        })
    })
}

/// The program as it is to be explored.
fn explored<'p>(
    program: &'p Program,
    simulation: &SimulationArguments,
    open: Open,
    ignored: &[Ignored],
) -> Explored<'p> {
    let options = options(simulation, program, Keeps::Little);
    let mut limits = options.limits;
    if !simulation.limits.iter().any(|limit| limit.is_of(LimitKind::Handles)) {
        limits.handles = limits.handles.min(MAX_HANDLES);
    }
    if !simulation.limits.iter().any(|limit| limit.is_of(LimitKind::Operations)) {
        limits.operations = limits.operations.min(MAX_OPERATIONS);
    }
    Explored {
        program,
        seed: options.seed,
        epoch: options.epoch,
        python: options.python,
        limits,
        open,
        by_output: !ignored.contains(&Ignored::Output),
        by_values: !ignored.contains(&Ignored::Values),
    }
}

/// Explores.
fn result(
    file: &Path,
    simulation: &SimulationArguments,
    explored: &Explored<'_>,
    search: &Search,
    watcher: &explore::Watcher<'_>,
) -> Saved {
    let found = explore::explore(explored, search, &explored.open, watcher);
    let settings = format!("{:?} seed {} open{}", search.strategy, search.seed, explored.open);
    Saved::new(
        (&file.to_string_lossy(), simulation.again()),
        settings,
        search.shard,
        &found,
        |outcome| explored.strike(&outcome.shown.schedule),
    )
}

/// Runs something on threads with enough room.
fn in_threads<R: Send>(
    n_threads: Option<usize>,
    run: impl FnOnce() -> R + Send,
) -> Result<R, String> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(n_threads.unwrap_or(0))
        .stack_size(STACK_BYTES)
        .build();
    match pool {
        Ok(pool) => Ok(pool.install(run)),
        Err(error) => Err(format!("cannot start threads: {error}")),
    }
}

fn show(saved: &Saved, shown: &ShownArguments, terminal: &Terminal) -> Exit {
    match shown.format {
        ShownFormat::Text => {
            let look = Look { colored: terminal.colors_out(), rows: shown.rows };
            terminal.out(&text(saved, look));
        }
        ShownFormat::Json => terminal.out(&saved.to_json()),
    }
    if saved.fails() || saved.differs.is_some() { Exit::Failed } else { Exit::Fine }
}

fn merge(arguments: &MergeArguments, terminal: &Terminal) -> Exit {
    let mut all: Option<Saved> = None;
    for path in &arguments.files {
        let read = match files::read_source(path) {
            Ok(source) => source.text().to_owned(),
            Err(error) => {
                terminal.error(&error.to_string());
                return Exit::Unreadable;
            }
        };
        let merged = Saved::parse(&read).and_then(|part| match &mut all {
            Some(all) => all.merge(part),
            none => {
                *none = Some(part);
                Ok(())
            }
        });
        if let Err(error) = merged {
            terminal.error(&format!("could not merge {}: {error}", path.display()));
            return Exit::Unreadable;
        }
    }
    match all {
        Some(all) => show(&all, &arguments.shown, terminal),
        None => Exit::Usage,
    }
}
