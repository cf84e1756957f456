//! loopsim once more: the same workloads as Python source.

use loopsim::diagnostic::Diagnostics;
use loopsim::executor::Unattended;
use loopsim::scenario::model::Runtime;
use loopsim::simulation::{self, Options, Recording};
use loopsim::source::SourceFile;
use loopsim::{compile, python};

use crate::workload::Workload;

/// The workloads; CPython runs the same text.
pub const SOURCE: &str = include_str!("workloads.py");

/// Runs as a Python program; returns the virtual time and the number of events recorded.
pub fn run(workload: Workload, n: u32, record: bool) -> (u64, u64) {
    let name = workload.name();
    let text = format!("{SOURCE}\n\nasyncio.run({name}({n}))\n");
    let mut diagnostics = Diagnostics::default();
    let source = SourceFile::new("workloads.py", text);
    let module = python::parse(source, &mut diagnostics).expect("a program");
    let (program, _) = compile::python(&module, &Runtime::default());
    let program = program.expect("no mistakes");
    let mut options = Options::of(&program);
    options.limits.memory = u64::MAX;
    options.recording = if record { Recording::Memory } else { Recording::Off };
    let run = simulation::run(&program, options, Box::new(Unattended));
    assert!(run.outcome.is_completed(), "{:?}", run.outcome);
    (run.summary.end.as_nanos(), run.summary.events)
}
