//! The `sim` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    loopsim::cli::main()
}
