//! From a path to a program.

use std::path::Path;

use super::args::SimulationArguments;
use super::exit::Exit;
use super::files::{self, FileError};
use super::render::{self, Look};
use super::terminal::Terminal;
use crate::diagnostic::Diagnostics;
use crate::program::Program;
use crate::scenario::model::Runtime;
use crate::source::{SourceFile, SpanSet};
use crate::{compile, python, scenario};

/// A file that was read, with what was found in it.
pub(super) struct Loaded {
    pub(super) source: SourceFile,
    pub(super) diagnostics: Diagnostics,
    /// `None` if there are mistakes.
    pub(super) program: Option<Program>,
}

/// Reads and compiles a file.
pub(super) fn load(path: &Path, arguments: &SimulationArguments) -> Result<Loaded, FileError> {
    let source = files::read_source(path)?;
    let is_python = path.extension().is_some_and(|extension| extension == "py");
    Ok(compiled(source, is_python, arguments))
}

/// Compiles a text.
pub(super) fn compiled(
    source: SourceFile,
    is_python: bool,
    arguments: &SimulationArguments,
) -> Loaded {
    if is_python {
        return load_python(source, arguments);
    }
    let mut diagnostics = Diagnostics::default();
    let scenario = scenario::parse(source.clone(), &mut diagnostics);
    let program = scenario.and_then(|mut scenario| {
        for setting in &arguments.runtime {
            setting.apply(&mut scenario.runtime);
        }
        let (program, mut found) = compile::scenario(&scenario);
        leave_out_known_places(&diagnostics, &mut found);
        diagnostics.append(found);
        program
    });
    let program = program.filter(|_| !diagnostics.has_errors());
    Loaded { source, diagnostics, program }
}

fn load_python(source: SourceFile, arguments: &SimulationArguments) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let module = python::parse(source.clone(), &mut diagnostics);
    let program = module.and_then(|module| {
        let mut runtime = Runtime::default();
        for setting in &arguments.runtime {
            setting.apply(&mut runtime);
        }
        let (program, found) = compile::python(&module, &runtime);
        diagnostics.append(found);
        let mut program = program?;
        program.settings.arguments.clone_from(&arguments.own);
        Some(program)
    });
    Loaded { source, diagnostics, program }
}

/// Where a mistake in the form has been told about, what the compiler made of the same words would
/// only confuse.
fn leave_out_known_places(known: &Diagnostics, found: &mut Diagnostics) {
    let known: SpanSet = known.iter().filter_map(|diagnostic| diagnostic.span).collect();
    found.retain(|diagnostic| !diagnostic.span.is_some_and(|span| known.touches(span)));
}

/// Reads and compiles a file and tells what is wrong; the program, or how the command is to end.
pub(super) fn load_or_tell(
    path: &Path,
    arguments: &SimulationArguments,
    terminal: &Terminal,
) -> Result<Program, Exit> {
    let loaded = load(path, arguments).map_err(|error| {
        terminal.error(&error.to_string());
        Exit::Unreadable
    })?;
    let look = Look { colored: terminal.colors_err(), columns: terminal.columns_err() };
    terminal.err(&render::diagnostics(&loaded.source, &loaded.diagnostics, look));
    loaded.program.ok_or(Exit::Rejected)
}
