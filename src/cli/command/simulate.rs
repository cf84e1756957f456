//! What every command that runs a program does with the arguments of the simulated world.

use crate::cli::args::SimulationArguments;
use crate::program::Program;
use crate::simulation::Options;

/// The options that the arguments ask for; where they are silent the program's own hold.
pub(super) fn options(arguments: &SimulationArguments, program: &Program) -> Options {
    let mut options = Options::of(program);
    if let Some(seed) = arguments.seed {
        options.seed = Some(seed);
    }
    options.schedule.clone_from(&arguments.schedule);
    options.epoch = arguments.epoch;
    options.python = arguments.python_version.map(|version| version.0);
    for limit in &arguments.limits {
        limit.apply(&mut options.limits);
    }
    options
}
