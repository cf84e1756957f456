//! `sim verify`: the same program here and on a real CPython, line by line.

use std::path::Path;
use std::time::Duration;

use super::record;
use super::simulate::{Keeps, options};
use crate::cli::args::VerifyArguments;
use crate::cli::cpython::{self, CPython, Ran, World};
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::host::{Attendant, Lines};
use crate::cli::interrupt;
use crate::cli::load::load_or_tell;
use crate::cli::terminal::{Mark, Terminal};
use crate::diagnostic::Diagnostics;
use crate::program::Program;
use crate::report::{Words, decisions};
use crate::simulation::{self, Options, Recording, Run};
use crate::time::Duration as VirtualDuration;
use crate::trace::Trace;
use crate::verify::{Difference, Line, Observed, compare};
use crate::{export, scenario};

/// Lines, and decisions, that are shown before a difference.
const BEFORE: usize = 8;

/// Verifies all files; the worst end counts.
pub(in crate::cli) fn verify(arguments: &VerifyArguments, terminal: &Terminal) -> Exit {
    let python = match CPython::find(&arguments.python) {
        Ok(python) => python,
        Err(error) => {
            terminal.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    let mut worst = Exit::Fine;
    for file in &arguments.files {
        let exit = verify_file(file, &python, arguments, terminal).unwrap_or_else(|exit| exit);
        worst = worst.max(exit);
        if terminal.has_failed() || interrupt::is_requested() {
            break;
        }
    }
    worst
}

fn verify_file(
    file: &Path,
    python: &CPython,
    arguments: &VerifyArguments,
    terminal: &Terminal,
) -> Result<Exit, Exit> {
    let mut program = load_or_tell(file, &arguments.simulation, terminal)?;
    forget_costs(&mut program);
    let mut options = options(&arguments.simulation, &program, Keeps::Everything);
    options.python = Some(python.models);
    options.recording = Recording::Memory;
    let world = world_of(&program, &options, arguments);
    let attendant = Attendant::new(terminal, Lines::Kept);
    let run = simulation::run(&program, options, Box::new(attendant));
    let unreadable = |message: String| {
        terminal.error(&format!("{}: {message}", file.display()));
        Exit::Unreadable
    };
    let python_program = as_python(file).map_err(unreadable)?;
    let real =
        python.run(&python_program, &world).map_err(|error| unreadable(error.to_string()))?;
    if arguments.record {
        record::record(file, &real.observed, &python.version)
            .map_err(|error| unreadable(error.to_string()))?;
    }
    Ok(tell(file, &run, &real, python, terminal))
}

/// What starting a process and sending it a call costs is not CPython's to tell.
fn forget_costs(program: &mut Program) {
    for pool in &mut program.settings.pools {
        pool.start = VirtualDuration::ZERO;
        pool.transfer = VirtualDuration::ZERO;
    }
}

fn world_of<'a>(program: &Program, options: &Options, arguments: &'a VerifyArguments) -> World<'a> {
    let epoch = options.epoch.unwrap_or(program.settings.epoch);
    World {
        seed: options.seed.unwrap_or(program.settings.seed),
        epoch: i128::from(epoch.unix_seconds()) * 1_000_000_000,
        cores: program.settings.cores.unwrap_or(4),
        patience: Duration::from_secs(arguments.timeout),
        arguments: &[],
    }
}

/// The program as Python.
fn as_python(file: &Path) -> Result<cpython::Program, String> {
    if file.extension().is_none_or(|extension| extension != files::SCENARIO) {
        return Ok(cpython::Program::File(file.to_owned()));
    }
    let source = files::read_source(file).map_err(|error| error.to_string())?;
    let stem = file.file_stem().map_or_else(|| "program".into(), |stem| stem.to_string_lossy());
    let name = format!("{stem}.py");
    let scenario = scenario::parse(source, &mut Diagnostics::default());
    let scenario = scenario.ok_or_else(|| "it is no scenario".to_owned())?;
    Ok(cpython::Program::Text { name, text: export::python::program(&scenario) })
}

fn tell(file: &Path, run: &Run, real: &Ran, python: &CPython, terminal: &Terminal) -> Exit {
    let here = Observed::of_trace(&run.trace);
    let there = &real.observed;
    let colored = terminal.colors_out();
    let name = file.display();
    let Some(difference) = compare(&here, there) else {
        let lines = match here.lines.len() {
            1 => "1 line".to_owned(),
            n => format!("{n} lines"),
        };
        let word = Mark::Good.paint("same   ", colored);
        let ended = format!("{} at {}", here.ending, run.summary.end);
        terminal.out_line(&format!("{word}  {name}: {lines}, {ended}; CPython {}", python.version));
        return Exit::Fine;
    };
    let word = Mark::Bad.paint("DIFFERS", colored);
    terminal.out_line(&format!("{word}  {name}: CPython {}", python.version));
    tell_difference(difference, &here, there, terminal);
    tell_decisions(&run.trace, &here, difference, terminal);
    if !real.errors.trim().is_empty() {
        terminal.out_line("");
        terminal.out_line("CPython's standard error:");
        for line in real.errors.trim_end().lines() {
            terminal.out_line(&format!("  {line}"));
        }
    }
    Exit::Failed
}

fn tell_difference(difference: Difference, here: &Observed, there: &Observed, terminal: &Terminal) {
    let end = match difference {
        Difference::Line(line) => line,
        Difference::Ending => here.lines.len(),
    };
    terminal.out_line("");
    let same = &here.lines[end.saturating_sub(BEFORE)..end];
    for line in same {
        terminal.out_line(&format!("  both     {}", shown(line)));
    }
    let (a, b) = match difference {
        Difference::Line(line) => (
            here.lines.get(line).map_or_else(|| format!("{} here", here.ending), shown),
            there.lines.get(line).map_or_else(|| format!("{} here", there.ending), shown),
        ),
        Difference::Ending => (here.ending.to_string(), there.ending.to_string()),
    };
    let colored = terminal.colors_out();
    terminal.out_line(&Mark::Bad.paint(&format!("  sim      {a}"), colored));
    terminal.out_line(&Mark::Good.paint(&format!("  CPython  {b}"), colored));
}

/// `1.5s  the line`
fn shown(line: &Line) -> String {
    format!("{:>8}  {}", line.at.to_string(), line.text)
}

/// What was decided here before the difference.
fn tell_decisions(trace: &Trace, here: &Observed, difference: Difference, terminal: &Terminal) {
    let last = match difference {
        Difference::Line(line) => here.lines.get(line).map(|line| line.event),
        Difference::Ending => None,
    };
    let words = Words::of(trace);
    let until = |event: crate::index::EventId| last.is_none_or(|last| event <= last);
    let mut told: Vec<String> = Vec::new();
    for decision in decisions(trace).take_while(|decision| until(decision.event.id)) {
        let event = &decision.event;
        let because = words.because(&decision).map(|cause| format!("  <- {cause}"));
        let (at, lane) = (event.at.to_string(), words.lane(event.lane));
        let what = words.what(event);
        told.push(format!("  {at:>8}  {lane}: {what}{}", because.unwrap_or_default()));
    }
    terminal.out_line("");
    terminal.out_line("what sim decided before:");
    for line in &told[told.len().saturating_sub(BEFORE)..] {
        terminal.out_line(line);
    }
}
