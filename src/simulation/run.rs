use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::expectation::{self, BrokenExpectation, Observed};
use super::options::{Options, Recording};
use super::outcome;
use crate::executor::{Config, EventLoop, Grain, Host, Progress, Replay, Scheduler, Seeded};
use crate::interpreter::{self, Built, World};
use crate::program::value::{Value, heap};
use crate::program::{Program, Settings};
use crate::time::{Duration, Instant};
use crate::trace::outcome::Outcome;
use crate::trace::{Header, Recorder, Trace};

/// A finished run.
#[derive(Debug)]
pub struct Run {
    /// What was recorded.
    pub trace: Trace,
    /// How it ended.
    pub outcome: Outcome,
    /// Its figures.
    pub summary: Summary,
    /// What was expected and did not come.
    pub expectations: Vec<BrokenExpectation>,
    /// The shared variables that hold plain values at the end, if that was asked for.
    pub finals: Vec<(String, String)>,
}

/// The figures of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Virtual time at its end.
    pub end: Instant,
    /// Tasks created.
    pub tasks: u64,
    /// Turns of the loop.
    pub iterations: u64,
    /// What asyncio told of.
    pub findings: u64,
    /// Handles run.
    pub handles: u64,
    /// Events recorded.
    pub events: u64,
    /// Whether there were threads besides the loop's.
    pub threads: bool,
    /// How late the loop was at most, when a timer was due.
    pub late: Duration,
    /// Plain operations of the program.
    pub operations: u64,
}

/// What a trace of such a run begins with.
pub fn header(program: &Program, options: &Options) -> Header {
    let settings = settings(program, options);
    let sources = program.sources.iter();
    Header {
        program: program.name.clone(),
        seed: settings.seed,
        schedule: options.schedule.as_ref().map_or_else(String::new, ToString::to_string),
        epoch: settings.epoch.to_string(),
        python: settings.python,
        sources: sources.map(|file| (file.name().to_owned(), file.text().to_owned())).collect(),
        sites: program.sites.to_vec(),
    }
}

/// The program's settings with what the options change.
pub(super) fn settings(program: &Program, options: &Options) -> Settings {
    let mut settings = program.settings.clone();
    settings.seed = options.seed.unwrap_or(settings.seed);
    settings.epoch = options.epoch.unwrap_or(settings.epoch);
    settings.op_cost = options.op_cost.unwrap_or(settings.op_cost);
    settings.python = options.python.unwrap_or(settings.python);
    settings
}

pub(super) fn config(settings: &Settings, options: &Options) -> Config {
    let mut config = Config::new();
    config.python = settings.python;
    config.cores = settings.cores.unwrap_or(config.cores);
    config.gil = settings.gil;
    config.switch_interval = settings.switch_interval.unwrap_or(config.switch_interval);
    config.debug = settings.debug;
    config.open = match &options.schedule {
        Some(schedule) => schedule.open.clone(),
        None => options.open.clone(),
    };
    config.limits = options.limits;
    config
}

/// Runs a program.
pub fn run(program: &Program, options: Options, host: Box<dyn Host>) -> Run {
    let settings = settings(program, &options);
    let config = config(&settings, &options);
    let limits = options.limits;
    let header = header(program, &options);
    let recorder = match options.recording {
        Recording::Off => Recorder::off(),
        Recording::Memory => Recorder::in_memory(header),
        Recording::Sink(sink, keep) => Recorder::to_sink(header, sink, keep),
    };
    let scheduler: Box<dyn Scheduler> = match (options.scheduler, options.schedule) {
        (Some(scheduler), _) => scheduler,
        (None, Some(schedule)) => Box::new(Replay::new(schedule)),
        (None, None) => {
            let parallel = !settings.gil || settings.preempt_at_access;
            let grain = if parallel { Grain::Fine } else { Grain::Coarse };
            Box::new(Seeded::new(settings.seed, grain))
        }
    };
    let (host, lines) = listening(program, host);
    heap::begin(limits.memory);
    let event_loop = EventLoop::with(config, scheduler, recorder, host);
    let world = World::new(event_loop.context(), program, settings);
    if options.records_uses {
        world.record_uses();
    }
    let mut outcome = run_to_end(program, &event_loop, &world);
    event_loop.context().end_watching();
    let finals = if options.tells_finals { finals(program, &world) } else { Vec::new() };
    if program.entry.is_none() && event_loop.stopped().is_none() {
        interpreter::finish_module(&world);
    }
    interpreter::finish(&world);
    let lines = lines.map(|lines| lines.take());
    let ended = event_loop.context().now();
    let observed =
        Observed { outcome: &outcome, lines: lines.as_deref(), took: ended.since(Instant::ZERO) };
    let expectations = expectation::broken(program, &world, &observed);
    outcome::trim(&mut outcome);
    world.threads.abandon_all();
    world.clear_globals();
    let counts = event_loop.counts();
    let summary = Summary {
        end: ended,
        tasks: counts.tasks,
        iterations: counts.iterations,
        findings: counts.findings,
        handles: counts.handles,
        // With the end of the run, which is recorded now.
        events: counts.events + u64::from(counts.events > 0),
        threads: counts.threads,
        late: counts.late,
        operations: world.operations(),
    };
    let trace = event_loop.finish(outcome.clone());
    Run { trace, outcome, summary, expectations, finals }
}

/// The program's own shared variables that hold plain values, with what they hold.
fn finals(program: &Program, world: &Rc<World>) -> Vec<(String, String)> {
    let modules = program.modules.iter();
    let of_library: BTreeSet<u32> =
        modules.flat_map(|module| module.names.iter().map(|(_, slot)| *slot)).collect();
    let told = |(slot, name): (usize, &str)| {
        let slot = u32::try_from(slot).ok()?;
        if name.starts_with('_') || of_library.contains(&slot) {
            return None;
        }
        let value = world.global(slot);
        let told = if value.is_plain() {
            interpreter::repr_of(world, &value)
        } else {
            state_of_lock(&value.type_name(), &interpreter::repr_of(world, &value))?
        };
        Some((name.to_string(), told))
    };
    program.globals.iter().map(AsRef::as_ref).enumerate().filter_map(told).collect()
}

/// How a lock or a semaphore stands, from what it is shown as: `locked`, `unlocked, value:1`.
fn state_of_lock(type_name: &str, shown: &str) -> Option<String> {
    match type_name {
        "Lock" | "Semaphore" | "BoundedSemaphore" => {
            let state = shown.split_once('[')?.1.split_once(']')?.0;
            Some(state.split(", waiters").next().unwrap_or(state).to_owned())
        }
        "lock" => shown.trim_start_matches('<').split(' ').next().map(str::to_owned),
        _ => None,
    }
}

fn run_to_end(program: &Program, event_loop: &EventLoop, world: &Rc<World>) -> Outcome {
    let ended = match (interpreter::build(world, program.module), program.entry.as_ref()) {
        (Built::Fine, Some(entry)) => interpreter::run_entry(world, entry.slot),
        (Built::Fine, None) => Ok(Value::None),
        (failed, _) => Err(failed),
    };
    interpreter::join_threads(world);
    if let Some(why) = event_loop.stopped() {
        return outcome::stopped(event_loop, world, why);
    }
    match ended {
        Ok(value) => Outcome::Completed { value: interpreter::repr_of(world, &value) },
        Err(Built::Raised(raised)) if interpreter::exits_well(world, &raised) => {
            Outcome::Completed { value: "None".to_owned() }
        }
        Err(Built::Raised(raised)) => {
            Outcome::Raised { error: interpreter::describe(world, &raised) }
        }
        Err(Built::Limit(limit)) => outcome::limit(event_loop, world, limit),
        Err(Built::Fine) => Outcome::Completed { value: "None".to_owned() },
    }
}

type Lines = Rc<RefCell<Vec<String>>>;

/// The host; with the lines that the program prints, if they are expected to be certain ones.
fn listening(program: &Program, host: Box<dyn Host>) -> (Box<dyn Host>, Option<Lines>) {
    let expect = &program.expectations;
    if expect.output.is_none() && expect.order.is_none() {
        return (host, None);
    }
    let lines = Lines::default();
    (Box::new(Listener { host, lines: Rc::clone(&lines) }), Some(lines))
}

/// Passes everything on, and keeps the output.
struct Listener {
    host: Box<dyn Host>,
    lines: Lines,
}

impl Host for Listener {
    fn output(&mut self, line: &str) {
        self.lines.borrow_mut().push(line.to_owned());
        self.host.output(line);
    }

    fn error(&mut self, text: &str) {
        self.host.error(text);
    }

    fn tick(&mut self, progress: &Progress) -> ControlFlow<()> {
        self.host.tick(progress)
    }
}

/// Virtual time of a whole run.
pub(super) type Took = Duration;
