//! The arguments of `sim explore`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Subcommand, ValueEnum};

use crate::cli::args::SimulationArguments;
use crate::cli::settings::Shard;
use crate::explore::{Draw, Open, Reduction, Search, Strategy, USUAL_DRAWS, USUAL_RUNS};
use crate::program::Exploring;
use crate::time::Duration;

/// `sim explore`.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(in crate::cli) struct ExploreArguments {
    #[command(subcommand)]
    pub(super) merge: Option<ExploreCommand>,

    /// A scenario or a Python program
    #[arg(required = true, value_name = "FILE")]
    pub(super) file: Option<PathBuf>,

    #[command(flatten)]
    pub(super) open: OpenArguments,

    #[command(flatten)]
    pub(super) search: SearchArguments,

    #[command(flatten)]
    pub(super) shown: ShownArguments,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[derive(Debug, Subcommand)]
pub(in crate::cli) enum ExploreCommand {
    /// Put the results of the parts of a search together
    Merge(MergeArguments),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct MergeArguments {
    /// What the parts were saved as
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) shown: ShownArguments,
}

/// What is left open, besides what reality leaves open.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "What is left open")]
pub(super) struct OpenArguments {
    /// Run what is ready at once in any order: does the program lean on asyncio's?
    #[arg(long, value_name = "ORDER")]
    pub(super) order: Option<Order>,

    /// Let answers from outside come so much earlier or later, such as 2ms
    #[arg(long, value_name = "DURATION")]
    pub(super) jitter: Option<Jitter>,

    /// Cancel the task of this name at each of its awaits, one in each run
    #[arg(long, value_name = "TASK")]
    pub(super) cancel: Option<String>,

    /// Let answers from outside and jobs on pools fail, with `OSError`
    #[arg(long)]
    pub(super) faults: bool,

    /// Choose numbers that are drawn from at most so many; 0 for none [default: 8]
    #[arg(long, value_name = "N")]
    pub(super) values: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Order {
    /// Any order of what is ready, and of timers that are due together
    Any,
}

/// `±2ms`, or `2ms`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Jitter(Duration);

impl FromStr for Jitter {
    type Err = <Duration as FromStr>::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.trim_start_matches(['±', '+']).parse().map(Self)
    }
}

impl Ignored {
    /// All that is ignored: what the arguments say, and what the scenario says.
    pub(super) fn all(given: &[Self], said: &Exploring) -> Vec<Self> {
        let said =
            said.ignore.iter().filter_map(|word| <Self as ValueEnum>::from_str(word, false).ok());
        given.iter().copied().chain(said).collect()
    }
}

impl OpenArguments {
    /// What is left open; where the arguments are silent, what the scenario says.
    pub(super) fn open(&self, said: &Open) -> Open {
        let values = self.values.or(said.values).unwrap_or(USUAL_VALUES);
        Open {
            order: self.order.is_some() || said.order,
            jitter: self.jitter.map(|jitter| jitter.0).or(said.jitter),
            cancel: self.cancel.clone().or_else(|| said.cancel.clone()),
            faults: self.faults || said.faults,
            values: Some(values).filter(|values| *values > 1),
        }
    }
}

/// Numbers that are drawn from at most so many are chosen.
const USUAL_VALUES: u32 = 8;

/// How schedules are looked for.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "The search")]
pub(super) struct SearchArguments {
    /// How schedules are looked for [default: exhaustive]
    #[arg(long, value_name = "HOW")]
    pub(super) strategy: Option<How>,

    /// End after so many runs; 1,000 are drawn if that is the strategy
    #[arg(long, value_name = "N")]
    pub(super) runs: Option<u64>,

    /// End when all runs together have passed so many choice points [default: 4000000, unless
    /// --runs or --time is given]
    #[arg(long, value_name = "N")]
    pub(super) steps: Option<u64>,

    /// End after so much real time, such as 10s; then the result depends on the machine
    #[arg(long, value_name = "DURATION")]
    pub(super) time: Option<Duration>,

    /// Only schedules with at most so many preemptions
    #[arg(long, value_name = "N")]
    pub(super) preemptions: Option<u32>,

    /// For `pct`: how many steps must come in a certain order [default: 3]
    #[arg(long, value_name = "N")]
    pub(super) depth: Option<u32>,

    /// Draw so many schedules to estimate how likely each outcome is, where not every schedule is
    /// run; 0 for none [default: 1000]
    #[arg(long, value_name = "N")]
    pub(super) draws: Option<u64>,

    /// Make only the K-th of N parts of the search
    #[arg(long, value_name = "K/N")]
    pub(super) shard: Option<Shard>,

    /// Save the result, to be merged with other parts
    #[arg(long, value_name = "FILE.json")]
    pub(super) save: Option<PathBuf>,

    /// Use so many cores; the result is the same for any number
    #[arg(long, value_name = "N")]
    pub(super) threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum How {
    /// One schedule of each class of those that differ only in the order of independent steps
    Exhaustive,
    /// Every single schedule
    Naive,
    /// Draw schedules: each choice at random
    Random,
    /// Draw schedules: by priorities that change at a few random moments
    Pct,
    /// Draw schedules: by priorities that are drawn anew where steps race
    Pos,
}

const USUALLY_DRAWN: u64 = 1_000;
const USUAL_DEPTH: u32 = 3;
/// Choice points that a search passes which nobody bounded: less than a minute, mostly.
const USUAL_STEPS: u64 = 4_000_000;

impl SearchArguments {
    /// The search; where the arguments are silent, as the scenario says.
    pub(super) fn search(&self, seed: u64, said: &Exploring) -> Search {
        let preemptions = self.preemptions.or(said.preemptions);
        let runs = self.runs.or(said.runs);
        let is_bounded = runs.is_some() || self.time.is_some();
        let usual_steps = if is_bounded { u64::MAX } else { USUAL_STEPS };
        let usual_runs = if self.time.is_some() { u64::MAX } else { USUAL_RUNS };
        let exhaustive = |reduction| Strategy::Exhaustive { reduction, preemptions };
        let sample = |draw| Strategy::Sample { draw, runs: runs.unwrap_or(USUALLY_DRAWN) };
        let said_how = said.strategy.and_then(|how| How::from_str(how, false).ok());
        let depth = self.depth.unwrap_or(USUAL_DEPTH);
        Search {
            strategy: match self.strategy.or(said_how).unwrap_or(How::Exhaustive) {
                How::Exhaustive => exhaustive(Reduction::Races),
                How::Naive => exhaustive(Reduction::None),
                How::Random => sample(Draw::Random),
                How::Pct => sample(Draw::Pct { changes: depth.saturating_sub(1) }),
                How::Pos => sample(Draw::Pos),
            },
            seed,
            max_runs: runs.unwrap_or(usual_runs),
            max_steps: self.steps.unwrap_or(usual_steps),
            widens: true,
            shard: self.shard.map(Shard::parts),
            counts_schedules: true,
            draws: self.draws.unwrap_or(USUAL_DRAWS),
        }
    }
}

/// What is shown.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "The result")]
pub(super) struct ShownArguments {
    /// Count runs as one outcome that differ only in this
    #[arg(long, value_name = "WHAT")]
    pub(super) ignore: Vec<Ignored>,

    /// Leave out of the program whatever it does not need to fail as it does, and write the rest to
    /// this file; to standard output if none is given
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "-")]
    pub(super) shrink: Option<PathBuf>,

    /// Show at most so many outcomes
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub(super) rows: usize,

    /// What to print on standard output
    #[arg(long, default_value = "text")]
    pub(super) format: ShownFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Ignored {
    /// The lines that are printed
    Output,
    /// What shared variables hold at the end
    Values,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ShownFormat {
    /// A table, and a schedule for each outcome
    Text,
    /// One JSON document
    Json,
}
