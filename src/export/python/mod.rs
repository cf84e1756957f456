//! A scenario as a Python program that behaves alike under CPython's asyncio.
//!
//! The program needs nothing but Python 3.11 or later. Expressions stand in it as they stand in the
//! scenario, so the names that a scenario uses without a module are imported or defined at its top.
//!
//! ```
//! use loopsim::{diagnostic::Diagnostics, export, scenario, source::SourceFile};
//! let text = r#"
//!     [coroutines.main]
//!     steps = [{ sleep = "250ms" }, { print = "it is {time()}" }]
//! "#;
//! let mut diagnostics = Diagnostics::default();
//! let scenario = scenario::parse(SourceFile::new("hello.toml", text), &mut diagnostics).unwrap();
//! let program = export::python::program(&scenario);
//! assert!(program.contains("    await asyncio.sleep(0.25)\n    print(f\"it is {time()}\")\n"));
//! ```
//!
//! What CPython cannot be told is left out: the costs of a process pool (`start`, `transfer`), the
//! number of cores, and what `[expect]` says.
//!
//! Architecture invariant: nothing here runs anything, and nothing checks the scenario: it is one
//! that compiles.

mod names;
mod prelude;
mod step;
mod text;

use std::fmt::Write as _;

use names::Names;

use crate::scenario::Scenario;
use crate::scenario::model::{Literal, Param, PoolKind, Routine, RoutineKind};

/// The program's text.
pub fn program(scenario: &Scenario) -> String {
    let names = Names::of(scenario);
    let mut writer = Writer { text: String::new(), depth: 0, names: &names, in_coroutine: false };
    writer.heading(scenario);
    prelude::write(&mut writer, scenario);
    writer.globals(scenario);
    for routine in &scenario.routines {
        writer.routine(routine);
    }
    writer.main(scenario);
    writer.text
}

/// A program in the making.
struct Writer<'a> {
    text: String,
    depth: usize,
    names: &'a Names,
    /// Whether what is written is in a coroutine.
    in_coroutine: bool,
}

impl Writer<'_> {
    fn line(&mut self, line: &str) {
        if !line.is_empty() {
            for _ in 0..self.depth {
                self.text.push_str("    ");
            }
        }
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn blank(&mut self, lines: usize) {
        (0..lines).for_each(|_| self.line(""));
    }

    /// Lines of a block; `pass` if there are none.
    fn block(&mut self, inside: impl FnOnce(&mut Self)) {
        self.depth += 1;
        let before = self.text.len();
        inside(self);
        if self.text.len() == before {
            self.line("pass");
        }
        self.depth -= 1;
    }

    fn heading(&mut self, scenario: &Scenario) {
        let mut doc = scenario.name.replace('\\', "\\\\").replace('"', "'");
        if !doc.ends_with(['.', '!', '?']) {
            doc.push('.');
        }
        self.line(&format!("\"\"\"{doc}\"\"\""));
    }

    fn globals(&mut self, scenario: &Scenario) {
        for global in &scenario.globals {
            let value = literal(&global.value);
            self.line(&format!("{} = {value}", global.name.text));
        }
    }

    fn routine(&mut self, routine: &Routine) {
        self.blank(2);
        let word = match routine.kind {
            RoutineKind::Coroutine => "async def",
            RoutineKind::Function => "def",
        };
        let params: Vec<String> = routine.params.iter().map(param).collect();
        self.in_coroutine = routine.kind == RoutineKind::Coroutine;
        self.line(&format!("{word} {}({}):", routine.name.text, params.join(", ")));
        self.block(|this| {
            this.declare(this.names.assigned_in(&routine.name.text));
            this.steps(&routine.steps);
        });
    }

    /// `global` for the shared variables that a routine assigns to.
    fn declare(&mut self, names: Vec<&str>) {
        if !names.is_empty() {
            self.line(&format!("global {}", names.join(", ")));
        }
    }

    /// The entry, behind what has to be there before it.
    fn main(&mut self, scenario: &Scenario) {
        self.blank(2);
        self.line("async def _main():");
        self.block(|this| {
            this.declare(scenario.objects.iter().map(|object| object.name.text.as_str()).collect());
            let default = scenario.pools.iter().find(|pool| pool.name.text == "default");
            if default.is_some() {
                this.line("asyncio.get_running_loop().set_default_executor(_pools[\"default\"])");
            }
            if scenario.runtime.eager_tasks == Some(true) {
                this.line(
                    "asyncio.get_running_loop().set_task_factory(asyncio.eager_task_factory)",
                );
            }
            for object in &scenario.objects {
                this.line(&format!("{} = {}", object.name.text, text::expr(&object.value)));
            }
            this.line(&format!("return await {}()", scenario.entry.text));
        });
        self.blank(2);
        self.line("if __name__ == \"__main__\":");
        let debug = if scenario.runtime.debug == Some(true) { ", debug=True" } else { "" };
        self.block(|this| this.line(&format!("asyncio.run(_main(){debug})")));
    }
}

fn param(param: &Param) -> String {
    match &param.default {
        Some(default) => format!("{}={}", param.name.text, text::expr(default)),
        None => param.name.text.clone(),
    }
}

/// What makes a pool.
fn pool(pool: &crate::scenario::model::Pool) -> String {
    let class = match pool.kind {
        PoolKind::Thread => "ThreadPoolExecutor",
        PoolKind::Process => "ProcessPoolExecutor",
    };
    let workers = pool.max_workers.map(|workers| format!("max_workers={workers}"));
    format!("concurrent.futures.{class}({})", workers.unwrap_or_default())
}

fn literal(value: &Literal) -> String {
    match value {
        Literal::Bool(value) => if *value { "True" } else { "False" }.to_owned(),
        Literal::Int(value) => value.to_string(),
        Literal::Float(value) if value.is_nan() => "float(\"nan\")".to_owned(),
        Literal::Float(value) if value.is_infinite() => {
            format!("float(\"{}inf\")", if *value < 0.0 { "-" } else { "" })
        }
        Literal::Float(value) => format!("{value:?}"),
        Literal::Str(value) => text::quoted(value),
        Literal::List(items) => {
            format!("[{}]", items.iter().map(literal).collect::<Vec<_>>().join(", "))
        }
        Literal::Dict(entries) => {
            let mut text = String::from("{");
            for (index, (key, value)) in entries.iter().enumerate() {
                let comma = if index == 0 { "" } else { ", " };
                let _ = write!(text, "{comma}{}: {}", text::quoted(key), literal(value));
            }
            text.push('}');
            text
        }
    }
}
