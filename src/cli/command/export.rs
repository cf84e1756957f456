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
    let text = match arguments.to {
        ExportForm::Python => to_python(arguments, terminal),
        ExportForm::Chrome | ExportForm::Dot | ExportForm::Mermaid => of_trace(arguments, terminal),
    };
    let text = match text {
        Ok(text) => text,
        Err(exit) => return exit,
    };
    let Some(path) = &arguments.output else {
        terminal.out(&text);
        return Exit::Fine;
    };
    match files::write(path, &text) {
        Ok(()) => Exit::Fine,
        Err(error) => {
            terminal.error(&error.to_string());
            Exit::Unreadable
        }
    }
}

/// A run, read or made, in another form. Its lanes go by their labels.
fn of_trace(arguments: &ExportArguments, terminal: &Terminal) -> Result<String, Exit> {
    let mut trace = trace_of(&arguments.file, &arguments.simulation, terminal)?;
    let labels = Labels::of(&trace);
    trace.rename_lanes(|lane, _| labels.get(lane).to_owned());
    let text = match arguments.to {
        ExportForm::Dot => export::dot(&trace).map_err(|error| error.to_string()),
        ExportForm::Mermaid => export::mermaid(&trace).map_err(|error| error.to_string()),
        _ => Ok(export::chrome(&trace)),
    };
    text.map_err(|problem| {
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
