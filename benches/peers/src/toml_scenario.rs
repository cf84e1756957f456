//! loopsim again: the same workloads as TOML scenarios.

use loopsim::diagnostic::Diagnostics;
use loopsim::executor::Unattended;
use loopsim::program::Program;
use loopsim::simulation::{self, Options, Recording};
use loopsim::source::SourceFile;
use loopsim::{compile, scenario};

use crate::workload::Workload;

const W1: &str = r#"
[coroutines.worker]
params = ["x"]
steps = [
  { for = "_ in range(10)", steps = [
    { do = "x = (x * 1103515245 + 12345) % 2147483648" },
    { sleep = "(1 + x % 1000) / 1000" },
  ] },
]
[coroutines.main]
steps = [
  { do = "tasks = [create_task(worker(i)) for i in range(N)]" },
  { for = "task in tasks", steps = [{ await = "task" }] },
]
"#;

const W3: &str = r#"
[coroutines.worker]
steps = [{ sleep = 0 }]
[coroutines.main]
steps = [{ gather = "worker() for i in range(N)" }]
"#;

const W2: &str = r#"
[objects]
there = "Queue(1)"
back = "Queue(1)"
[coroutines.pong]
steps = [
  { for = "_ in range(10 * N)", steps = [
    { await = "there.get()", as = "item" },
    { await = "back.put(item)" },
  ] },
]
[coroutines.main]
steps = [
  { create_task = "pong()", as = "task" },
  { for = "round in range(10 * N)", steps = [
    { await = "there.put(round)" },
    { await = "back.get()" },
  ] },
  { await = "task" },
]
"#;

const W5: &str = r#"
[objects]
lock = "Lock()"
[coroutines.worker]
steps = [
  { for = "_ in range(10)", steps = [
    { with = "lock", steps = [{ sleep = 0 }] },
  ] },
]
[coroutines.main]
steps = [{ gather = "worker() for i in range(N)" }]
"#;

/// Runs as a scenario; returns the virtual time and the number of events recorded.
pub fn run(workload: Workload, n: u32, record: bool) -> (u64, u64) {
    let text = match workload {
        Workload::W1 => W1,
        Workload::W2 => W2,
        Workload::W3 => W3,
        Workload::W5 => W5,
    };
    let source = SourceFile::new("workload.toml", text.replace('N', &n.to_string()));
    let mut diagnostics = Diagnostics::default();
    let model = scenario::parse(source, &mut diagnostics).expect("a scenario");
    let (program, _) = compile::scenario(&model);
    let program = program.expect("no mistakes");
    finish(&program, record)
}

/// Runs a program; returns the virtual time and the number of events recorded.
pub fn finish(program: &Program, record: bool) -> (u64, u64) {
    let mut options = Options::of(program);
    options.limits.memory = u64::MAX;
    options.recording = if record { Recording::Memory } else { Recording::Off };
    let run = simulation::run(program, options, Box::new(Unattended));
    assert!(run.outcome.is_completed(), "{:?}", run.outcome);
    (run.summary.end.as_nanos(), run.summary.events)
}
