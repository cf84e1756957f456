//! The `sim` command: arguments, files, the terminal, exit codes.
//!
//! * `args` is what the user typed; `settings` is what follows from it.
//! * `command` has a module for each command.
//! * `load` reads a file and makes a program of it; `render` shows what is wrong with it.
//! * `cpython` runs programs on a real interpreter.
//! * `host` is what a run is attended by: output, progress, Ctrl-C.
//! * `terminal` is where text goes, in which color and width.
//!
//! Architecture invariant: only this module reads files, the environment and the wall clock, and
//! only it writes to a terminal. Nothing below it knows that there is one.

mod args;
mod command;
mod cpython;
mod crash;
mod exit;
mod files;
mod host;
mod interrupt;
mod load;
mod render;
mod settings;
mod start;
mod terminal;
mod trace_file;
mod trace_input;

pub use exit::Exit;
pub use start::main;
