//! What the user typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::command::ExploreArguments;
#[cfg(feature = "tui")]
use super::settings::{FrameSize, ThemeArgument};
use super::settings::{LimitSetting, PythonArgument, RuntimeSetting, Shard};
use super::trace_file::TracePath;
use crate::time::CivilDateTime;
use crate::trace::Schedule;

const AFTER_HELP: &str = "\
Exit codes:
  0    all is well
  1    the program failed, an expectation did not hold, or a snapshot differs
  2    the command line makes no sense
  3    the input was rejected
  4    a file could not be read or written
  101  a bug in sim";

/// Run asyncio programs on a virtual clock, and see in which order things happen and why
#[derive(Debug, Parser)]
#[command(name = "sim", version, after_help = AFTER_HELP, max_term_width = 100)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Command,

    /// When to use colors; `auto` follows the terminal and `NO_COLOR`
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: ColorArgument,
}

#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one, made once")]
pub(super) enum Command {
    /// Run programs: print what they print, and a summary
    Run(RunArguments),
    /// Tell all mistakes of programs without running them
    Check(CheckArguments),
    /// Run scenarios and compare the order of events with snapshots
    Test(TestArguments),
    /// Try every schedule that could happen: what the program can come to, and how
    Explore(ExploreArguments),
    /// Run programs here and on a real CPython, and compare what they print and when
    Verify(VerifyArguments),
    /// Look at a run: who ran when, who waited for whom, and why
    #[cfg(feature = "tui")]
    View(ViewArguments),
    /// Tell the chain of causes that led to an event
    Why(WhyArguments),
    /// Tell where two runs begin to differ, and what caused it
    Diff(DiffArguments),
    /// Write a program or a trace in another form
    Export(ExportArguments),
    /// Print the JSON Schema of scenarios, for editors
    Schema,
    /// Print a script that completes the command line in a shell
    Completions(CompletionsArguments),
    /// Print the manual page
    Man,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArguments {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(super) shell: clap_complete::Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArgument {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// What the program prints; a summary on standard error
    Text,
    /// One JSON document about the run
    Json,
    /// Lanes over time, and every decision in words
    Timeline,
}

#[derive(Debug, Args)]
pub(super) struct RunArguments {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Write the trace to this file while running: .arrow or .jsonl
    #[arg(long, value_name = "FILE")]
    pub(super) trace: Option<TracePath>,

    /// What to print on standard output
    #[arg(long, default_value = "text")]
    pub(super) format: Format,

    /// Look for races and lost updates even where that takes long, and tell the trace which shared
    /// variables are used
    #[arg(long)]
    pub(super) findings: bool,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    /// Scenario files
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[derive(Debug, Args)]
pub(super) struct TestArguments {
    /// Scenario files, and folders of them
    #[arg(value_name = "PATH", default_value = "scenarios")]
    pub(super) paths: Vec<PathBuf>,

    /// Accept what differs: write it to the snapshots
    #[arg(long)]
    pub(super) update: bool,

    /// Run only the K-th of N parts of the scenarios
    #[arg(long, value_name = "K/N")]
    pub(super) shard: Option<Shard>,

    /// Write the results to this file in JUnit's XML form
    #[arg(long, value_name = "FILE")]
    pub(super) junit: Option<PathBuf>,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// Scenarios and Python programs
    #[arg(required = true, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// The interpreter: CPython 3.11 or later; its version is the one that is modelled
    #[arg(long, value_name = "COMMAND", default_value = "python3")]
    pub(super) python: PathBuf,

    /// Make what CPython prints the expectation: `[expect] output`, or a file `.out`
    #[arg(long)]
    pub(super) record: bool,

    /// Seconds of real time that the interpreter may take
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub(super) timeout: u64,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExportForm {
    /// A scenario as a program for asyncio
    Python,
    /// A run for ui.perfetto.dev, in its own form
    Perfetto,
    /// A run for Chrome's tracing, the Firefox Profiler, speedscope and Perfetto
    Chrome,
    /// The timeline of a run as a picture
    Svg,
    /// A run as one page to step through in a browser; nothing else is needed
    Html,
    /// A short run as a graph of causes for Graphviz
    Dot,
    /// A short run as a sequence diagram for Markdown
    Mermaid,
}

#[derive(Debug, Args)]
pub(super) struct WhyArguments {
    /// A program, or a trace (.arrow, .jsonl)
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// The event: #31, a lane such as Task-2 for its last one, a part of what it printed, or `end`
    #[arg(value_name = "EVENT", default_value = "end")]
    pub(super) event: String,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[derive(Debug, Args)]
pub(super) struct DiffArguments {
    /// A program, or a trace (.arrow, .jsonl)
    #[arg(value_name = "A")]
    pub(super) left: PathBuf,

    /// Another one
    #[arg(value_name = "B")]
    pub(super) right: PathBuf,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[derive(Debug, Args)]
pub(super) struct ExportArguments {
    /// The file to export
    #[arg(value_name = "FILE")]
    pub(super) file: PathBuf,

    /// The form
    #[arg(long, value_name = "FORM")]
    pub(super) to: ExportForm,

    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

#[cfg(feature = "tui")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum AxisArgument {
    /// Virtual time
    Time,
    /// Events, one after the other
    Step,
}

#[cfg(feature = "tui")]
#[derive(Clone, Debug, Args)]
pub(super) struct ViewArguments {
    /// A program, or a trace (.arrow, .jsonl); two are compared
    #[arg(required = true, num_args = 1..=2, value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Where to open: 25ms, #31, 50%, @task
    #[arg(long, value_name = "WHERE")]
    pub(super) at: Option<String>,

    /// Keys to press first, such as `] ] +` or `/fetch<Enter>`
    #[arg(long, value_name = "KEYS", allow_hyphen_values = true)]
    pub(super) keys: Option<String>,

    /// Print the timeline as text, as is done where there is no screen
    #[arg(long, conflicts_with = "snapshot")]
    pub(super) plain: bool,

    /// Print one frame of this size instead of opening a screen
    #[arg(long, value_name = "WIDTHxHEIGHT")]
    pub(super) snapshot: Option<FrameSize>,

    /// Print the frame as a picture
    #[arg(long, requires = "snapshot")]
    pub(super) svg: bool,

    /// Colors: mono, 16 or okabe-ito
    #[arg(long, value_name = "THEME")]
    pub(super) theme: Option<ThemeArgument>,

    /// Draw with ASCII only
    #[arg(long)]
    pub(super) ascii: bool,

    /// A file of other keys, as lines such as `next-event = "n"`; or named by `$SIM_VIEW_KEYS`
    #[arg(long, value_name = "FILE")]
    pub(super) keys_file: Option<PathBuf>,

    /// Select this lane, by its name or a part of it
    #[arg(long, value_name = "LANE")]
    pub(super) lane: Option<String>,

    /// What the axis counts
    #[arg(long, value_name = "AXIS")]
    pub(super) axis: Option<AxisArgument>,

    /// Leave the mouse to the terminal
    #[arg(long)]
    pub(super) no_mouse: bool,

    #[command(flatten)]
    pub(super) simulation: SimulationArguments,
}

/// What every command that runs a program takes.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "The simulated world")]
pub(super) struct SimulationArguments {
    /// Seed of everything random
    #[arg(long, value_name = "N")]
    pub(super) seed: Option<u64>,

    /// Choices to follow instead of asyncio's own, as an earlier run told them
    #[arg(long, value_name = "SCHEDULE")]
    pub(super) schedule: Option<Schedule>,

    /// Wall clock at virtual time 0, such as 2023-10-29T12:00:00
    #[arg(long, value_name = "DATE-TIME")]
    pub(super) epoch: Option<CivilDateTime>,

    /// The CPython whose asyncio is followed
    #[arg(long, value_name = "3.X")]
    pub(super) python_version: Option<PythonArgument>,

    /// Virtual time that a plain operation takes, such as 30ns: a turn of a loop, a call
    #[arg(long, value_name = "DURATION")]
    pub(super) op_cost: Option<crate::time::Duration>,

    /// Bound of a run, such as time=10h or tasks=1000
    #[arg(long = "limit", value_name = "NAME=VALUE")]
    pub(super) limits: Vec<LimitSetting>,

    /// Any key of [runtime], such as runtime.cores=2
    #[arg(long = "set", value_name = "runtime.KEY=VALUE")]
    pub(super) runtime: Vec<RuntimeSetting>,

    /// The program's own arguments, behind `--`: `sys.argv` of a Python program
    #[arg(last = true, value_name = "ARGUMENT")]
    pub(super) own: Vec<String>,
}

impl SimulationArguments {
    /// The options as they are said again for another run, but for the schedule: each with a space
    /// before it; and what comes last, behind all other options.
    pub(super) fn again(&self) -> (String, String) {
        let option = |name: &str, value: String| format!(" --{name} {}", quoted(&value));
        let seed = self.seed.map(|seed| option("seed", seed.to_string()));
        let epoch = self.epoch.map(|epoch| option("epoch", epoch.to_string()));
        let python =
            self.python_version.map(|python| option("python-version", python.0.name().into()));
        let cost = self.op_cost.map(|cost| option("op-cost", cost.to_string()));
        let limits = self.limits.iter().map(|limit| option("limit", limit.to_string()));
        let runtime = self.runtime.iter().map(|setting| option("set", setting.to_string()));
        let options =
            [seed, epoch, python, cost].into_iter().flatten().chain(limits).chain(runtime);
        let own: String = self.own.iter().map(|word| format!(" {}", quoted(word))).collect();
        let own = if own.is_empty() { own } else { format!(" --{own}") };
        (options.collect(), own)
    }
}

/// A word as a shell takes it for one.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_=.,:/+%@".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', "'\\''"))
}
