//! `sim export`: other forms of what `sim` knows.

use super::super::args::{ExportArguments, ExportForm};
use crate::analysis::Labels;
use crate::cli::exit::Exit;
use crate::cli::files;
use crate::cli::load::load_or_tell;
use crate::cli::terminal::Terminal;
use crate::cli::trace_input::trace_of;
use crate::diagnostic::Diagnostics;
use crate::{export, scenario};

/// Exports one file, to standard output or to `--output`.
pub(in crate::cli) fn export(arguments: &ExportArguments, terminal: &Terminal) -> Exit {
    let made = match arguments.to {
        ExportForm::Python => to_python(arguments, terminal).map(String::into_bytes),
        _ => of_trace(arguments, terminal),
    };
    let bytes = match made {
        Ok(bytes) => bytes,
        Err(exit) => return exit,
    };
    let Some(path) = &arguments.output else {
        if arguments.to == ExportForm::Perfetto && terminal.is_terminal_out() {
            terminal.error("a Perfetto trace is no text for a terminal: give a file with -o");
            return Exit::Usage;
        }
        terminal.out_bytes(&bytes);
        return Exit::Fine;
    };
    match files::write_bytes(path, &bytes) {
        Ok(()) => Exit::Fine,
        Err(error) => {
            terminal.error(&error.to_string());
            Exit::Unreadable
        }
    }
}

/// A run, read or made, in another form. Its lanes go by their labels.
fn of_trace(arguments: &ExportArguments, terminal: &Terminal) -> Result<Vec<u8>, Exit> {
    let mut trace = trace_of(&arguments.file, &arguments.simulation, terminal)?;
    let labels = Labels::of(&trace);
    trace.rename_lanes(|lane, _| labels.get(lane).to_owned());
    let text = match arguments.to {
        ExportForm::Dot => export::dot(&trace).map_err(|error| error.to_string()),
        ExportForm::Mermaid => export::mermaid(&trace).map_err(|error| error.to_string()),
        ExportForm::Perfetto => return Ok(export::perfetto(&trace)),
        ExportForm::Svg => Ok(export::svg(&trace)),
        ExportForm::Html => Ok(export::html(&trace)),
        ExportForm::Chrome | ExportForm::Python => Ok(export::chrome(&trace)),
    };
    text.map(String::into_bytes).map_err(|problem| {
        terminal.error(&problem);
        Exit::Failed
    })
}

fn to_python(arguments: &ExportArguments, terminal: &Terminal) -> Result<String, Exit> {
    let file = &arguments.file;
    if file.extension().is_none_or(|extension| extension != files::SCENARIO) {
        terminal.error(&format!("only a scenario can be exported to Python: {}", file.display()));
        return Err(Exit::Usage);
    }
    load_or_tell(file, &arguments.simulation, terminal)?;
    let unreadable = |error: files::FileError| {
        terminal.error(&error.to_string());
        Exit::Unreadable
    };
    let source = files::read_source(file).map_err(unreadable)?;
    let scenario = scenario::parse(source, &mut Diagnostics::default());
    scenario.map(|scenario| export::python::program(&scenario)).ok_or(Exit::Rejected)
}
