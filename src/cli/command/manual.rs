//! `sim schema`, `sim completions`, `sim man`: what other programs know of this one.

use clap::CommandFactory;

use crate::cli::args::{Arguments, CompletionsArguments};
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::scenario;

/// The JSON Schema of scenarios.
pub(in crate::cli) fn schema(terminal: &Terminal) -> Exit {
    terminal.out(&scenario::json_schema());
    Exit::Fine
}

/// A script that completes the command line.
pub(in crate::cli) fn completions(arguments: &CompletionsArguments, terminal: &Terminal) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "sim", &mut script);
    terminal.out_bytes(&script);
    Exit::Fine
}

/// The manual page, with the commands one after the other.
pub(in crate::cli) fn man(terminal: &Terminal) -> Exit {
    let mut command = Arguments::command();
    command.build();
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command).render(&mut page);
    // Writing to memory does not fail.
    written.map_or(Exit::Bug, |()| {
        terminal.out_bytes(&page);
        Exit::Fine
    })
}
