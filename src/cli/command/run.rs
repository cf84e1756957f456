//! `sim run`: a program's output, and a summary.

use std::path::Path;

use super::simulate::{Keeps, options};
use crate::analysis::findings;
use crate::cli::args::{Format, RunArguments};
use crate::cli::exit::Exit;
use crate::cli::files::FileError;
use crate::cli::host::{Attendant, Lines};
use crate::cli::load::load_or_tell;
use crate::cli::render;
use crate::cli::terminal::{Mark, Terminal};
use crate::cli::trace_file::TraceFile;
use crate::executor::Unattended;
use crate::program::Program;
use crate::report::{self, Figures, Glyphs, TimelineStyle};
use crate::simulation::{self, Recording, Run, Summary};
use crate::time::Duration;
use crate::trace::{Batch, Outcome, Sink};

/// Runs all files, one after the other; the worst end counts.
pub(in crate::cli) fn run(arguments: &RunArguments, terminal: &Terminal) -> Exit {
    if let (Some(trace), true) = (&arguments.trace, arguments.files.len() > 1) {
        let n_files = arguments.files.len();
        let trace = trace.path().display();
        terminal.error(&format!("--trace {trace} holds one run, but there are {n_files} files"));
        return Exit::Usage;
    }
    let mut worst = Exit::Fine;
    for file in &arguments.files {
        if arguments.files.len() > 1 {
            let heading = Mark::Strong.paint(&file.display().to_string(), terminal.colors_err());
            terminal.err_line(&heading);
        }
        worst = worst.max(run_file(file, arguments, terminal));
        if terminal.has_failed() || crate::cli::interrupt::is_requested() {
            break;
        }
    }
    worst
}

fn run_file(file: &Path, arguments: &RunArguments, terminal: &Terminal) -> Exit {
    let program = match load_or_tell(file, &arguments.simulation, terminal) {
        Ok(program) => program,
        Err(exit) => return exit,
    };
    let (run, trace_file) = match simulate(&program, arguments, terminal) {
        Ok(done) => done,
        Err(error) => {
            terminal.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    print_report(&run, arguments.format, terminal);
    tell_end(&run, arguments.format, terminal);
    tell_findings(&program, arguments, &run, terminal);
    if let Some(trace_file) = trace_file {
        if let Err(error) = trace_file.result() {
            terminal.error(&error.to_string());
            return Exit::Unreadable;
        }
        terminal.err_line(&format!("trace: {}", trace_file.path().display()));
    }
    if is_fine(&program, &run) { Exit::Fine } else { failed(&run) }
}

fn simulate(
    program: &Program,
    arguments: &RunArguments,
    terminal: &Terminal,
) -> Result<(Run, Option<TraceFile>), FileError> {
    let is_reported = arguments.format != Format::Text;
    let keeps = if is_reported { Keeps::Everything } else { Keeps::Little };
    let mut options = options(&arguments.simulation, program, keeps);
    let mut trace_file = None;
    options.recording = match &arguments.trace {
        Some(trace) => {
            let header = simulation::header(program, &options);
            let (sink, file) = trace.create(&header)?;
            trace_file = Some(file);
            Recording::Sink(sink, is_reported)
        }
        None if is_reported => Recording::Memory,
        // The summary tells how many events there were.
        None => Recording::Sink(Box::new(Counted), false),
    };
    let lines = if is_reported { Lines::Kept } else { Lines::Shown };
    let attendant = Attendant::new(terminal, lines);
    Ok((simulation::run(program, options, Box::new(attendant)), trace_file))
}

/// Keeps nothing: the recorder counts.
struct Counted;

impl Sink for Counted {
    fn batch(&mut self, _batch: Batch<'_>) {}
    fn finish(&mut self, _outcome: &Outcome) {}
}

/// What goes to standard output besides the program's own lines.
fn print_report(run: &Run, format: Format, terminal: &Terminal) {
    match format {
        Format::Text => {}
        Format::Json => {
            let broken: Vec<String> = run.expectations.iter().map(ToString::to_string).collect();
            terminal.out(&report::json(&run.trace, &broken));
        }
        Format::Timeline => {
            let glyphs = if terminal.has_unicode() { Glyphs::Unicode } else { Glyphs::Ascii };
            let style = TimelineStyle::with_columns(terminal.columns_out());
            terminal.out(&report::timeline(&run.trace, TimelineStyle { glyphs, ..style }));
        }
    }
}

/// Tells on standard error how the run ended: why, which expectations broke, and the figures.
fn tell_end(run: &Run, format: Format, terminal: &Terminal) {
    let colored = terminal.colors_err();
    if let Some(failure) = report::failure(&run.outcome) {
        terminal.err_line(&failure);
    }
    for broken in &run.expectations {
        terminal.err_line(&render::broken_expectation(broken, colored));
    }
    if format == Format::Timeline {
        // It begins with that line.
        return;
    }
    let figures = Figures {
        end: run.summary.end,
        tasks: run.summary.tasks,
        iterations: run.summary.iterations,
        findings: run.summary.findings,
        events: run.summary.events,
    };
    let summary = report::summary(&run.outcome, &figures);
    let mark = if run.outcome.is_completed() { Mark::Good } else { Mark::Bad };
    terminal.err_line(&mark.paint(&summary, colored));
}

/// Runs with more events than this are not looked at again.
const MOST_EVENTS: u64 = 3_000_000;
/// From how late on a loop is worth a word.
const LATE: Duration = Duration::from_millis(10);

/// Tells on standard error of races, locks in opposite order and a late loop, where there were
/// threads or the loop was late. If the run's events were not kept it is made again, which changes
/// nothing, and looked at.
fn tell_findings(program: &Program, arguments: &RunArguments, run: &Run, terminal: &Terminal) {
    let Summary { threads, late, events, .. } = run.summary;
    if !(threads || late > LATE) || events > MOST_EVENTS {
        return;
    }
    let again = run.trace.is_empty().then(|| {
        let mut options = options(&arguments.simulation, program, Keeps::Everything);
        options.recording = Recording::Memory;
        simulation::run(program, options, Box::new(Unattended))
    });
    let trace = again.as_ref().map_or(&run.trace, |again| &again.trace);
    for finding in findings(trace) {
        let warning = format!("{}: {}", finding.kind.name(), finding.message);
        let warning = format!("warning: {warning}");
        terminal.err_line(&warning);
    }
}

/// What the shell gets for a program that was interrupted.
const INTERRUPTED: u8 = 130;

/// How the command ends if the run is not as it should be: as a program that ended itself, or that
/// was interrupted, would end where nothing else went wrong.
fn failed(run: &Run) -> Exit {
    let Outcome::Raised { error } = &run.outcome else { return Exit::Failed };
    match error.exit {
        _ if !run.expectations.is_empty() => Exit::Failed,
        Some(code) => Exit::Program(code),
        None if error.type_name == "KeyboardInterrupt" => Exit::Program(INTERRUPTED),
        None => Exit::Failed,
    }
}

/// Whether the run is as it should be: as expected where something is expected, else completed.
pub(super) fn is_fine(program: &Program, run: &Run) -> bool {
    let ended_well = run.outcome.is_completed() || program.expectations.outcome.is_some();
    ended_well && run.expectations.is_empty()
}
