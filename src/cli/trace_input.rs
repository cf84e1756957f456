//! A trace to be looked at: read from a file, or made by running a program.

use std::fs::File;
use std::path::Path;

use super::args::SimulationArguments;
use super::command::{Keeps, options};
use super::exit::Exit;
use super::files::FileError;
use super::host::{Attendant, Lines};
use super::load::load_or_tell;
use super::terminal::Terminal;
use crate::simulation::{self, Recording};
use crate::trace::Trace;
use crate::trace::file::{self, Form};

/// Whether a file is a trace, by its name.
pub(super) fn is_trace(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.and_then(Form::of_extension).is_some()
}

/// Reads a trace.
pub(super) fn read_trace(path: &Path) -> Result<file::ReadTrace, FileError> {
    let opened = File::open(path).map_err(|error| FileError::reading(path, &error))?;
    file::read(opened).map_err(|error| FileError::new("read", path, error.to_string()))
}

/// Reads a trace, or runs a program for it; tells what is wrong otherwise.
pub(super) fn trace_of(
    path: &Path,
    arguments: &SimulationArguments,
    terminal: &Terminal,
) -> Result<Trace, Exit> {
    if is_trace(path) {
        let read = read_trace(path).map_err(|error| {
            terminal.error(&error.to_string());
            Exit::Unreadable
        })?;
        if let Some(cut) = read.cut {
            terminal.err_line(&format!("{}: {cut}", path.display()));
        }
        return Ok(read.trace);
    }
    let program = load_or_tell(path, arguments, terminal)?;
    let mut options = options(arguments, &program, Keeps::Everything);
    options.recording = Recording::Memory;
    let attendant = Attendant::new(terminal, Lines::Kept);
    Ok(simulation::run(&program, options, Box::new(attendant)).trace)
}
