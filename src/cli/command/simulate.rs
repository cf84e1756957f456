//! What every command that runs a program does with the arguments of the simulated world.

use crate::cli::args::SimulationArguments;
use crate::program::Program;
use crate::simulation::Options;

/// Handles, and lines of output, of a run whose trace is kept in memory: about 2 GiB of it.
const MAX_KEPT: u64 = 10_000_000;

/// Whether the trace of a run is kept until its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Keeps {
    /// All of it.
    Everything,
    /// At most a part that is on its way to a file.
    Little,
}

/// The options that the arguments ask for; where they are silent the program's own hold.
pub(in crate::cli) fn options(
    arguments: &SimulationArguments,
    program: &Program,
    keeps: Keeps,
) -> Options {
    let mut options = Options::of(program);
    if let Some(seed) = arguments.seed {
        options.seed = Some(seed);
    }
    options.schedule.clone_from(&arguments.schedule);
    options.epoch = arguments.epoch;
    options.op_cost = arguments.op_cost;
    options.python = arguments.python_version.map(|version| version.0);
    if keeps == Keeps::Everything {
        // A runaway program should meet a limit before it has taken all memory.
        options.limits.handles = options.limits.handles.min(MAX_KEPT);
        options.limits.output = options.limits.output.min(MAX_KEPT);
    }
    for limit in &arguments.limits {
        limit.apply(&mut options.limits);
    }
    options
}
