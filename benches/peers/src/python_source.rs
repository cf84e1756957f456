//! loopsim once more: the same workloads as Python source.

use loopsim::diagnostic::Diagnostics;
use loopsim::scenario::model::Runtime;
use loopsim::source::SourceFile;
use loopsim::{compile, python};

use crate::toml_scenario::finish;
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
    finish(&program, record)
}
