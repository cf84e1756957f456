//! The `sim` command.

use std::process::ExitCode;

/// Programs make and drop many small values.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    loopsim::cli::main()
}
