//! `sim check`: diagnostics only.

use crate::cli::args::CheckArguments;
use crate::cli::exit::Exit;
use crate::cli::load::load_or_tell;
use crate::cli::terminal::Terminal;

/// Tells the mistakes of all files; without any it says so.
pub(in crate::cli) fn check(arguments: &CheckArguments, terminal: &Terminal) -> Exit {
    let mut worst = Exit::Fine;
    for file in &arguments.files {
        let exit = load_or_tell(file, &arguments.simulation, terminal).err();
        worst = worst.max(exit.unwrap_or(Exit::Fine));
    }
    if worst == Exit::Fine {
        let n_files = arguments.files.len();
        let files = if n_files == 1 { "1 file" } else { &format!("{n_files} files") };
        terminal.err_line(&format!("{files} checked, no errors"));
    }
    worst
}
