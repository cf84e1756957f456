//! From the process's arguments to its exit code.

use std::process::ExitCode;
use std::thread;

use clap::Parser;

use super::args::{Arguments, Command};
use super::exit::Exit;
use super::terminal::Terminal;
use super::{command, crash, interrupt};

/// Room for deeply nested programs: parsers recurse, and what is never used costs nothing.
const STACK_BYTES: usize = 256 << 20;

/// The whole command.
pub fn main() -> ExitCode {
    crash::ask_for_reports();
    // Prints help and version, and ends with 2 if the arguments make no sense.
    let arguments = Arguments::parse();
    interrupt::listen();
    let worker = thread::Builder::new().stack_size(STACK_BYTES).spawn(move || run(&arguments));
    let exit = match worker.map(thread::JoinHandle::join) {
        Ok(Ok(exit)) => exit,
        // The hook has told already.
        Ok(Err(_)) => Exit::Bug,
        Err(error) => {
            Terminal::new(super::args::ColorArgument::Never)
                .error(&format!("cannot start a thread: {error}"));
            Exit::Unreadable
        }
    };
    exit.into()
}

fn run(arguments: &Arguments) -> Exit {
    let terminal = Terminal::new(arguments.color);
    let exit = match &arguments.command {
        Command::Run(arguments) => command::run(arguments, &terminal),
        Command::Check(arguments) => command::check(arguments, &terminal),
        Command::Test(arguments) => command::test(arguments, &terminal),
        Command::Explore(arguments) => command::explore(arguments, &terminal),
        Command::Verify(arguments) => command::verify(arguments, &terminal),
        #[cfg(feature = "tui")]
        Command::View(arguments) => command::view(arguments, &terminal),
        Command::Why(arguments) => command::why(arguments, &terminal),
        Command::Diff(arguments) => command::diff(arguments, &terminal),
        Command::Export(arguments) => command::export(arguments, &terminal),
        Command::Schema => command::schema(&terminal),
        Command::Completions(arguments) => command::completions(arguments, &terminal),
        Command::Man => command::man(&terminal),
    };
    terminal.flush();
    if !terminal.has_failed() {
        return exit;
    }
    // Whoever read our output has gone: there is nobody to tell how it ended.
    let Some(error) = terminal.take_failure() else { return Exit::Fine };
    terminal.error(&format!("cannot write to standard output: {error}"));
    Exit::Unreadable
}
