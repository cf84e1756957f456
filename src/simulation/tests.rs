//! Small scenarios from text to outcome.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::{Options, Run, run};
use crate::diagnostic::Diagnostics;
use crate::executor::{Host, Progress};
use crate::source::SourceFile;
use crate::{compile, scenario};

#[derive(Clone, Default)]
struct Listening(Rc<RefCell<String>>);

impl Host for Listening {
    fn output(&mut self, line: &str) {
        self.0.borrow_mut().push_str(line);
        self.0.borrow_mut().push('\n');
    }
    fn error(&mut self, text: &str) {
        self.0.borrow_mut().push_str("! ");
        self.0.borrow_mut().push_str(&text.replace('\n', "\n! "));
        self.0.borrow_mut().push('\n');
    }
    fn tick(&mut self, _progress: &Progress) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}

#[track_caller]
fn simulate(text: &str) -> (String, Run) {
    let mut diagnostics = Diagnostics::default();
    let model = scenario::parse(SourceFile::new("x.toml", text), &mut diagnostics);
    let (program, found) = compile::scenario(&model.expect("a scenario"));
    diagnostics.append(found);
    assert!(!diagnostics.has_errors(), "{diagnostics:#?}");
    let program = program.expect("a program");
    let host = Listening::default();
    let run = run(&program, Options::of(&program), Box::new(host.clone()));
    let out = host.0.borrow().clone();
    (out, run)
}

/// Runs a scenario; what it prints, what goes to standard error (after `!`), and how it ended.
#[track_caller]
fn check(text: &str, expected: &str) {
    let (mut out, run) = simulate(text);
    out = format!("{out}= {}", run.outcome);
    assert_eq!(out.trim(), expected.trim());
}

#[test]
fn numbers_and_letters() {
    check(
        r#"
epoch = "2023-10-29T12:00:00"
[coroutines.print_numbers]
steps = [
  { for = "i in range(1, 4)", steps = [
    { print = "{ctime()} Number: {i}" },
    { sleep = 1 },
  ] },
]
[coroutines.print_letters]
steps = [
  { for = "c in 'abc'", steps = [
    { print = "{ctime()} Letter: {c}" },
    { sleep = 1 },
  ] },
]
[coroutines.fetch]
params = ["request_id", "delay = 1"]
steps = [ { io = "delay" }, { return = "request_id * 2" } ]
[functions.crunch]
params = ["n"]
steps = [ { print = "crunching" }, { compute = 2 }, { print = "crunched" }, { return = "sum(i * i for i in range(n))" } ]
[pools.crunch]
kind = "process"
max_workers = 2
[coroutines.main]
steps = [
  { gather = ["print_numbers()", "print_letters()"] },
  { gather = "fetch(i) for i in range(10)", as = "replies" },
  { print = "{replies} {time()}" },
  { run_in_executor = "crunch(10)", pool = "crunch", as = "total" },
  { print = "{total} {time()}" },
  { to_thread = "crunch(n=3)", as = "total" },
  { print = "{total} {time()}" },
]
"#,
        "
Sun Oct 29 12:00:00 2023 Number: 1
Sun Oct 29 12:00:00 2023 Letter: a
Sun Oct 29 12:00:01 2023 Number: 2
Sun Oct 29 12:00:01 2023 Letter: b
Sun Oct 29 12:00:02 2023 Number: 3
Sun Oct 29 12:00:02 2023 Letter: c
[0, 2, 4, 6, 8, 10, 12, 14, 16, 18] 4.0
crunching
crunched
285 6.0
crunching
crunched
5 8.0
= completed",
    );
}
