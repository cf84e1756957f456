//! A whole program.

use std::sync::Arc;

use super::code::Code;
use super::value::CodeId;
use crate::index::SiteId;
use crate::source::SourceFile;
use crate::time::{CivilDateTime, Duration};
use crate::trace::schedule::Open;
use crate::trace::{PythonVersion, Site};

/// What the interpreter runs: resolved and flat.
#[derive(Clone, Debug)]
pub struct Program {
    /// Its name.
    pub name: String,
    /// Its texts, for reports.
    pub sources: Arc<[SourceFile]>,
    /// The places that instructions stand for; [`SiteId`] 1 is the first.
    pub sites: Arc<[Site]>,
    /// All routines; [`CodeId`] is the index.
    pub codes: Vec<Arc<Code>>,
    /// The names of the shared variables; a slot is an index.
    pub globals: Vec<Box<str>>,
    /// Builds the shared variables; runs before the entry.
    pub module: CodeId,
    /// What `asyncio.run()` gets; `None` when the module itself runs the loop.
    pub entry: Option<Entry>,
    /// Modules written in Python that it imports.
    pub modules: Vec<ModuleCode>,
    /// How it is to be run.
    pub settings: Settings,
    /// What must come out.
    pub expectations: Expectations,
}

/// A module written in Python.
#[derive(Clone, Debug)]
pub struct ModuleCode {
    /// Its name.
    pub name: Box<str>,
    /// What importing it runs.
    pub code: CodeId,
    /// Its names, with the slots of the shared variables that they are.
    pub names: Vec<(Box<str>, u32)>,
}

/// The coroutine that `asyncio.run()` gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The shared variable that holds its function.
    pub slot: u32,
    /// Where the program names it.
    pub site: SiteId,
}

/// How a program is to be run, where the run's options do not say otherwise.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The wall clock at virtual time 0.
    pub epoch: CivilDateTime,
    /// The seed of all random numbers.
    pub seed: u64,
    /// The modelled version.
    pub python: PythonVersion,
    /// Cores of the machine; `None` for the simulator's default.
    pub cores: Option<u32>,
    /// Whether threads share a GIL.
    pub gil: bool,
    /// Whether threads may be switched between any two accesses.
    pub preempt_at_access: bool,
    /// How long a thread may keep the GIL when others want it.
    pub switch_interval: Option<Duration>,
    /// asyncio's debug mode.
    pub debug: bool,
    /// Whether tasks start eagerly.
    pub eager_tasks: bool,
    /// How long what is sent between streams is on the way.
    pub latency: Duration,
    /// How many bytes a second a connection carries; `None` for any number.
    pub bandwidth: Option<u64>,
    /// Virtual time that a plain operation takes.
    pub op_cost: Duration,
    /// The program's own arguments: `sys.argv[1:]`.
    pub arguments: Vec<String>,
    /// Pools; the one called `default` is what `run_in_executor(None, …)` uses.
    pub pools: Vec<PoolSettings>,
}

/// A pool of workers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolSettings {
    /// Its name.
    pub name: Box<str>,
    /// Whether its workers are processes.
    pub processes: bool,
    /// How many at most; `None` for `CPython`'s default.
    pub max_workers: Option<u32>,
    /// Starting one worker process.
    pub start: Duration,
    /// Moving a call and its result.
    pub transfer: Duration,
}

impl PoolSettings {
    /// The name of the default pool.
    pub const DEFAULT: &'static str = "default";
}

/// What must come out of a run.
#[derive(Clone, Debug, Default)]
pub struct Expectations {
    /// Exactly these lines.
    pub output: Option<(Vec<String>, SiteId)>,
    /// These lines in this order, others between.
    pub order: Option<(Vec<String>, SiteId)>,
    /// How long the run takes.
    pub duration: Option<(Duration, SiteId)>,
    /// How it ends, as [`Outcome`](crate::trace::Outcome) is displayed.
    pub outcome: Option<(String, SiteId)>,
    /// What holds at the end.
    pub finally: Vec<Claim>,
    /// What holds after every step.
    pub always: Vec<Claim>,
    /// How its schedules are explored, if it says so.
    pub exploring: Option<Exploring>,
}

/// How the schedules of a program are explored, where nobody says otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exploring {
    /// What is left open.
    pub open: Open,
    /// How schedules are looked for: `exhaustive`, `random` …
    pub strategy: Option<&'static str>,
    /// The most runs that are made.
    pub runs: Option<u64>,
    /// The most preemptions that a schedule has.
    pub preemptions: Option<u32>,
    /// What does not tell outcomes apart: `output`, `values`.
    pub ignore: Vec<&'static str>,
    /// Whether some schedule is to fail.
    pub fails: bool,
}

/// An expression that must be true.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The expression as it is written.
    pub text: String,
    /// A function without parameters that computes it.
    pub code: CodeId,
    /// Where it is written.
    pub site: SiteId,
}

impl Program {
    /// A routine.
    #[inline]
    pub fn code(&self, id: CodeId) -> &Code {
        &self.codes[id.index()]
    }

    /// The place a site stands for.
    pub fn site(&self, site: SiteId) -> Option<&Site> {
        self.sites.get(site.index().checked_sub(1)?)
    }

    /// The text that a site is in.
    pub fn source_of(&self, site: SiteId) -> Option<&SourceFile> {
        self.sources.get(self.site(site)?.source as usize)
    }

    /// The line of source a site is on, trimmed; empty for no place.
    pub fn line_of(&self, site: SiteId) -> &str {
        let Some(place) = self.site(site) else { return "" };
        self.sources.get(place.source as usize).map_or("", |file| file.line(place.line).trim())
    }
}

impl CodeId {
    /// The id as an index into [`Program::codes`].
    #[inline]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
