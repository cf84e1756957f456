//! A program as something to explore.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::subject::{Oracle, Subject};
use crate::executor::{Host, Limits, Progress};
use crate::index::SiteId;
use crate::program::Program;
use crate::simulation::{self, Options, Recording, Run};
use crate::time::CivilDateTime;
use crate::trace::event::ChoiceKind;
use crate::trace::schedule::{Open, Schedule};
use crate::trace::{Outcome, PythonVersion, Trace, What};

/// How a program is explored.
pub struct Explored<'p> {
    /// The program.
    pub program: &'p Program,
    /// The seed of what is drawn and not chosen.
    pub seed: Option<u64>,
    /// The wall clock at virtual time 0.
    pub epoch: Option<CivilDateTime>,
    /// The modelled version.
    pub python: Option<PythonVersion>,
    /// The bounds of each run.
    pub limits: Limits,
    /// What there is to choose.
    pub open: Open,
    /// Whether runs that print different lines have different outcomes.
    pub by_output: bool,
    /// Whether runs in which a shared variable ends with different values have different outcomes.
    pub by_values: bool,
}

impl std::fmt::Debug for Explored<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Explored").field("program", &self.program.name).finish_non_exhaustive()
    }
}

/// How a run of a program ended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ProgramEnd {
    /// What became of it: `completed`, `ValueError: too big`, `deadlock: a → b → a`.
    pub ending: String,
    /// Whether that is a failure, as far as nothing else was expected.
    pub fails: bool,
    /// What was expected and did not hold.
    pub broken: Vec<String>,
    /// The shared variables that hold plain values.
    pub finals: Vec<(String, String)>,
    /// The lines it printed.
    pub output: Vec<String>,
}

/// Keeps what a run prints.
struct Listening {
    lines: Rc<RefCell<Vec<String>>>,
    wants_lines: bool,
}

impl Host for Listening {
    fn output(&mut self, line: &str) {
        if self.wants_lines {
            self.lines.borrow_mut().push(line.to_owned());
        }
    }

    fn error(&mut self, _text: &str) {}

    fn tick(&mut self, _progress: &Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

impl Explored<'_> {
    fn options(&self) -> Options {
        let mut options = Options::of(self.program);
        options.seed = self.seed;
        options.epoch = self.epoch;
        options.python = self.python;
        options.limits = self.limits;
        options.open = self.open.clone();
        options.tells_finals = self.by_values;
        options.recording = Recording::Off;
        options
    }

    fn end_of(&self, run: Run, output: Vec<String>) -> ProgramEnd {
        let expects = self.program.expectations.outcome.is_some();
        let mut broken: Vec<String> = run.expectations.iter().map(ToString::to_string).collect();
        // What was struck from outside must give back what it has taken.
        if self.open.cancel.is_some() || self.open.faults {
            let held = run.finals.iter().filter(|(_, state)| state == "locked");
            broken.extend(held.map(|(name, _)| format!("lock `{name}` is left held")));
        }
        ProgramEnd {
            ending: ending(&run.outcome),
            fails: !run.outcome.is_completed() && !expects,
            broken,
            finals: run.finals,
            output,
        }
    }

    /// Runs one schedule and records it.
    pub fn replay(&self, schedule: &Schedule) -> Trace {
        let mut options = self.options();
        options.schedule = Some(schedule.clone());
        options.recording = Recording::Memory;
        simulation::run(self.program, options, Box::new(crate::executor::Unattended)).trace
    }

    /// What struck a run from outside, and where: an injected cancellation or fault, in words.
    pub fn strike(&self, schedule: &Schedule) -> Option<String> {
        let is_struck = |step: &crate::trace::schedule::Step| step.kind == ChoiceKind::Fault;
        let struck = schedule.steps().iter().find(|step| is_struck(step))?;
        let trace = self.replay(schedule);
        let mut site = None;
        for event in trace.events() {
            if let What::Choice { kind: ChoiceKind::Fault, taken, .. } = event.what
                && taken != 0
            {
                break;
            }
            if event.site != SiteId::NONE {
                site = Some(event.site);
            }
        }
        let site = site?;
        let place = self.program.site(site)?;
        let file = self.program.sources.get(place.source as usize).map_or("", |file| file.name());
        let line = self.program.line_of(site);
        Some(format!("{} at {file}:{}, `{line}`", struck.taken.replace('-', " "), place.line))
    }
}

/// What became of a run, in a line.
fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed { value } if value == "None" => "completed".to_owned(),
        Outcome::Completed { value } => format!("returned {value}"),
        Outcome::Raised { error } if error.message.is_empty() => error.type_name.clone(),
        Outcome::Raised { error } => format!("{}: {}", error.type_name, error.message),
        Outcome::Deadlock { waiting, cycle } => match cycle.first() {
            Some(first) => format!("deadlock: {} → {first}", cycle.join(" → ")),
            None => {
                let waits = |one: &crate::trace::outcome::Waiting| {
                    format!("{} waits for {}", one.task, one.on)
                };
                let all: Vec<String> = waiting.iter().map(waits).collect();
                format!("deadlock: {}", all.join(", "))
            }
        },
        Outcome::LimitReached { bound, .. } => format!("reached its limit of {bound}"),
        Outcome::StaleSchedule { .. } | Outcome::Interrupted => outcome.to_string(),
    }
}

impl Subject for Explored<'_> {
    type End = ProgramEnd;

    fn run(&self, oracle: &Oracle) -> ProgramEnd {
        let mut options = self.options();
        options.scheduler = Some(Box::new(oracle.clone()));
        let lines = Rc::new(RefCell::new(Vec::new()));
        let host = Listening { lines: Rc::clone(&lines), wants_lines: self.by_output };
        let run = simulation::run(self.program, options, Box::new(host));
        let output = lines.take();
        self.end_of(run, output)
    }

    fn has_exact_steps(&self) -> bool {
        false
    }

    fn fails(&self, end: &ProgramEnd) -> bool {
        end.fails || !end.broken.is_empty()
    }
}
