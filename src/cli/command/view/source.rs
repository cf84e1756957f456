//! What is viewed: a recording, or a program that is run for it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::super::simulate::{Keeps, options};
use crate::cli::args::ViewArguments;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::host::{Attendant, Lines};
use crate::cli::load::{load, load_or_tell};
use crate::cli::terminal::Terminal;
use crate::cli::trace_input::{is_trace, read_trace};
use crate::executor::Unattended;
use crate::index::{EventId, LaneId};
use crate::program::Program;
use crate::simulation::{self, Recording};
use crate::trace::{Header, Outcome, Trace};
use crate::tui::{InspectedFrame, Inspection};

/// What is viewed.
pub(super) struct Viewed {
    path: PathBuf,
    trace: Trace,
    notice: Option<String>,
    /// `None` for a recording.
    program: Option<Program>,
    arguments: ViewArguments,
    /// When the file was changed last, as far as is known.
    changed: Option<Stamp>,
}

/// What tells one content of a file from another without reading it.
type Stamp = (SystemTime, u64);

impl Viewed {
    /// Reads a trace, or runs a program; tells what is wrong otherwise.
    pub(super) fn open(
        path: &Path,
        arguments: &ViewArguments,
        terminal: &Terminal,
    ) -> Result<Self, Exit> {
        let changed = stamp(path);
        let base = |trace, notice, program| Self {
            path: path.to_owned(),
            trace,
            notice,
            program,
            arguments: arguments.clone(),
            changed,
        };
        if is_trace(path) {
            let read = read_trace(path).map_err(|error| {
                terminal.error(&error.to_string());
                Exit::Unreadable
            })?;
            return Ok(base(read.trace, read.cut.map(|cut| cut.to_string()), None));
        }
        let program = load_or_tell(path, &arguments.simulation, terminal)?;
        let options = recorded(&program, arguments);
        let attendant = Attendant::new(terminal, Lines::Kept);
        let run = simulation::run(&program, options, Box::new(attendant));
        Ok(base(run.trace, None, Some(program)))
    }

    pub(super) fn trace(&self) -> &Trace {
        &self.trace
    }

    pub(super) fn take_trace(&mut self) -> Trace {
        std::mem::replace(&mut self.trace, Trace::empty(Header::default(), Outcome::Interrupted))
    }

    /// What has to be said about it.
    pub(super) fn notice(&self) -> Option<String> {
        self.notice.clone()
    }

    /// Where a view of it is kept.
    fn sidecar(&self) -> PathBuf {
        self.path.with_extension(files::SAVED_VIEW)
    }

    /// The view that was kept, if one was, and where.
    pub(super) fn saved(&self) -> Option<(PathBuf, String)> {
        let path = self.sidecar();
        let text = files::read_if_there(&path).ok().flatten()?;
        Some((path, text))
    }

    /// Keeps a view; in words, what became of it.
    pub(super) fn save(&self, text: &str) -> String {
        let path = self.sidecar();
        match files::write(&path, text) {
            Ok(()) => {
                format!("saved to {}; it is taken up when this is opened again", path.display())
            }
            Err(error) => error.to_string(),
        }
    }

    pub(super) fn is_program(&self) -> bool {
        self.program.is_some()
    }

    /// Whether the program's file has been changed since this was asked last.
    pub(super) fn has_changed(&mut self) -> bool {
        let now = stamp(&self.path);
        // While it is being saved it may not be there.
        let has_changed = self.program.is_some() && now.is_some() && now != self.changed;
        if has_changed {
            self.changed = now;
        }
        has_changed
    }

    /// Reads the program again and runs it; what is wrong with it otherwise, on one line.
    pub(super) fn rerun(&mut self) -> Result<Trace, String> {
        let loaded =
            load(&self.path, &self.arguments.simulation).map_err(|error| error.to_string())?;
        let Some(program) = loaded.program else {
            let first = loaded.diagnostics.iter().next();
            return Err(first.map_or_else(
                || "the program has mistakes".to_owned(),
                |first| {
                    let line = first.span.map(|span| loaded.source.position(span.start).line);
                    let place = line.map_or(String::new(), |line| format!("line {line}: "));
                    format!("{place}{}; what is shown is the run before", first.message)
                },
            ));
        };
        let options = recorded(&program, &self.arguments);
        let run = simulation::run(&program, options, Box::new(Unattended));
        self.program = Some(program);
        Ok(run.trace)
    }

    /// The variables of a task right after an event, by running to there again.
    pub(super) fn inspect(&self, event: EventId, lane: LaneId) -> Inspection {
        let Some(program) = &self.program else { return Inspection::default() };
        let options = recorded(program, &self.arguments);
        let seen = simulation::inspect(program, options, event, lane);
        let problem = seen.is_empty().then(|| "it has no coroutine that waits here".to_owned());
        let frame = |seen: simulation::Inspected| InspectedFrame {
            function: seen.function,
            line: seen.line,
            variables: seen.variables,
        };
        Inspection { frames: seen.into_iter().map(frame).collect(), problem }
    }
}

/// The options of a run whose trace is kept.
fn recorded(program: &Program, arguments: &ViewArguments) -> simulation::Options {
    let mut options = options(&arguments.simulation, program, Keeps::Everything);
    options.recording = Recording::Memory;
    options
}

fn stamp(path: &Path) -> Option<Stamp> {
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}
