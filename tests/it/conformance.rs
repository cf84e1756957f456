//! Programs written twice, as a scenario and for `CPython` on a virtual clock: both print the same
//! lines at the same times in the same iterations of the loop, for each modelled version.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use loopsim::diagnostic::Diagnostics;
use loopsim::executor::Unattended;
use loopsim::scenario::model::Runtime;
use loopsim::simulation::{Options, Recording, Run};
use loopsim::source::SourceFile;
use loopsim::trace::event::{End, What};
use loopsim::trace::outcome::Outcome;
use loopsim::trace::{LaneKind, PythonVersion};
use loopsim::{compile, python, scenario, simulation};

use crate::sim;

/// Programs for `CPython`, and what it printed.
const HEADER: &str = "# CPython ";

fn folder() -> PathBuf {
    sim::root().join("tests/conformance")
}

/// The scenarios that have a program for `CPython` beside them.
fn scenarios() -> Vec<PathBuf> {
    let files = sim::files_below(&folder()).into_iter();
    let found: Vec<PathBuf> = files
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .collect();
    assert!(!found.is_empty(), "there are scenarios");
    found
}

/// The programs that need no virtual loop but the one that runs them here: workers of pools are
/// generators there, and functions here.
fn programs() -> Vec<PathBuf> {
    let files = sim::files_below(&folder()).into_iter();
    let helpers = ["record.py", "virtual_loop.py"];
    let is_one = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        path.extension().is_some_and(|extension| extension == "py")
            && !helpers.contains(&path.file_name().unwrap().to_str().unwrap())
            && !text.contains("run_in_executor")
            && !text.contains("to_thread")
    };
    files.filter(is_one).collect()
}

/// The same program with what a simulated program has of itself.
fn own_text(text: &str) -> String {
    let import = text.lines().find(|line| line.starts_with("from virtual_loop import "));
    let import = import.expect("the programs run on the virtual loop");
    let own = match import.contains("block") {
        true => "run = asyncio.run; from time import sleep as block",
        false => "run = asyncio.run",
    };
    text.replacen(import, own, 1)
}

fn run(path: &Path, python: PythonVersion) -> Run {
    let text = fs::read_to_string(path).unwrap();
    let mut diagnostics = Diagnostics::default();
    let (program, found) = if path.extension().is_some_and(|extension| extension == "py") {
        let source = SourceFile::new(path.to_str().unwrap(), own_text(&text));
        let module = python::parse(source, &mut diagnostics);
        compile::python(&module.unwrap(), &Runtime::default())
    } else {
        let source = SourceFile::new(path.to_str().unwrap(), text);
        let model = scenario::parse(source, &mut diagnostics);
        compile::scenario(&model.unwrap())
    };
    diagnostics.append(found);
    assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", path.display());
    let program = program.unwrap();
    let mut options = Options::of(&program);
    options.python = Some(python);
    options.recording = Recording::Memory;
    simulation::run(&program, options, Box::new(Unattended))
}

/// How main ended, in the words of the recordings.
fn ending(run: &Run, end: End) -> String {
    match (end, &run.outcome) {
        (End::Returned, _) => "main returned".to_owned(),
        (End::Cancelled, _) => "main was cancelled".to_owned(),
        (End::Raised, Outcome::Raised { error: raised }) => {
            format!("main raised {}('{}')", raised.type_name, raised.message)
        }
        (End::Raised, other) => format!("main raised, but the run ended with {other:?}"),
    }
}

/// The lines of a run: time, iteration, text. That of main's end stands where the loop stops: after
/// the iteration in which the callback of its task runs.
fn lines(run: &Run) -> Vec<String> {
    let trace = &run.trace;
    let main = trace.lanes().iter().position(|lane| lane.kind == LaneKind::Task).unwrap();
    let mut found = Vec::new();
    let mut iteration = 0_u32;
    let mut end: Option<(u32, String)> = None;
    let line = |at: loopsim::time::Instant, iteration: &str, text: &str| {
        let micros = at.as_nanos() / 1000;
        format!("{}.{:06} {iteration} {text}", micros / 1_000_000, micros % 1_000_000)
    };
    for event in trace.events() {
        match event.what {
            What::IterationBegin { .. } => {
                iteration += 1;
                if end.as_ref().is_some_and(|(last, _)| iteration > *last) {
                    found.extend(end.take().map(|(_, text)| text));
                }
            }
            What::TaskFinished { end: how } if event.lane.index() == main => {
                let last = iteration + 1;
                end = Some((last, line(event.at, &last.to_string(), &ending(run, how))));
            }
            What::Output { text } => {
                let on_worker = trace.lanes()[event.lane.index()].kind == LaneKind::Worker;
                let iteration = if on_worker { "-".to_owned() } else { iteration.to_string() };
                found.push(line(event.at, &iteration, trace.text(text)));
            }
            _ => {}
        }
    }
    found.extend(end.map(|(_, text)| text));
    found
}

/// The lines that were recorded for that version, if there are any.
fn recorded(recording: &str, python: PythonVersion) -> Option<Vec<&str>> {
    let is_of = |header: &str| {
        let versions = header.strip_prefix(HEADER).into_iter().flat_map(|all| all.split(", "));
        versions.filter_map(minor).any(|version| version == python.name())
    };
    let mut lines = recording.lines().skip_while(|line| !is_of(line));
    lines.next()?;
    Some(lines.take_while(|line| !line.starts_with(HEADER)).collect())
}

/// `3.11` of `3.11.7`.
fn minor(version: &str) -> Option<&str> {
    version.rsplit_once('.').map(|(minor, _)| minor)
}

/// What differs between a run and its recording.
fn difference(path: &Path, python: PythonVersion) -> Option<String> {
    let recording = fs::read_to_string(path.with_extension("out")).unwrap();
    let expected = recorded(&recording, python);
    let found = lines(&run(path, python));
    if expected.as_ref().is_some_and(|expected| *expected == found) {
        return None;
    }
    let expected = expected.unwrap_or_default().join("\n  ");
    let name = path.file_stem().unwrap().to_string_lossy();
    let version = python.name();
    Some(format!("{name}, {version}: CPython\n  {expected}\nsim\n  {}\n", found.join("\n  ")))
}

#[test]
fn scenarios_do_what_cpython_did() {
    check_all(&scenarios());
}

#[test]
fn programs_do_what_cpython_did() {
    check_all(&programs());
}

#[track_caller]
fn check_all(paths: &[PathBuf]) {
    let differences: Vec<String> = paths
        .iter()
        .flat_map(|path| PythonVersion::ALL.map(|python| difference(path, python)))
        .flatten()
        .collect();
    let count = differences.len();
    assert!(differences.is_empty(), "{count} differences\n{}", differences.concat());
}

#[test]
fn another_recording_is_a_difference() {
    let path = folder().join("tasks.toml");
    let place = sim::Place::new(&[]);
    let recording = fs::read_to_string(path.with_extension("out")).unwrap();
    let copy = place.write("tasks.toml", fs::read(&path).unwrap());
    place.write("tasks.out", &recording);
    assert_eq!(difference(&copy, PythonVersion::V3_14), None);
    for (from, to) in [("2 child 1 begins", "3 child 1 begins"), ("2.000000 ", "2.000001 ")] {
        place.write("tasks.out", recording.replacen(from, to, 1));
        assert!(difference(&copy, PythonVersion::V3_14).is_some(), "{from}");
    }
    place.write("tasks.out", recording.replace(HEADER, "# "));
    assert!(difference(&copy, PythonVersion::V3_14).is_some(), "nothing is recorded");
}

/// What the `python3` of this machine prints, and its version.
fn python3(arguments: &[&str]) -> Option<String> {
    let output = Command::new("python3").args(arguments).current_dir(folder()).output().ok()?;
    let text = String::from_utf8(output.stdout).unwrap();
    output.status.success().then(|| text.replace("\r\n", "\n"))
}

#[test]
fn cpython_still_does_what_was_recorded() {
    let asked = python3(&["-c", "import platform; print(platform.python_version())"]);
    let python = asked.as_deref().and_then(|version| PythonVersion::named(minor(version)?));
    let Some(python) = python else { return };
    for path in scenarios() {
        let program = path.with_extension("py");
        let printed = python3(&["-B", program.file_name().unwrap().to_str().unwrap()]);
        let recording = fs::read_to_string(path.with_extension("out")).unwrap();
        let Some(expected) = recorded(&recording, python) else { continue };
        assert_eq!(printed.unwrap().lines().collect::<Vec<_>>(), expected, "{}", program.display());
    }
}
