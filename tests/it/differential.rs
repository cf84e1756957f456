//! Python programs, random ones and one for each rule of the primitives, do here what they did on
//! `CPython` in virtual time: the same lines, at the same times, in the same iterations of the loop.
//!
//! The recordings are made by `tests/differential/compare.py`, which also compares any number of
//! further programs.

use std::fs;
use std::path::PathBuf;

use loopsim::diagnostic::Diagnostics;
use loopsim::executor::Unattended;
use loopsim::scenario::model::Runtime;
use loopsim::simulation::{Options, Recording, Run};
use loopsim::source::SourceFile;
use loopsim::trace::event::What;
use loopsim::trace::outcome::Outcome;
use loopsim::trace::{LaneKind, PythonVersion};
use loopsim::{compile, python, simulation};

use crate::sim;

const PROGRAM: &str = "### ";
const SECTION: &str = "## CPython ";

/// A program, and what `CPython` printed.
struct Recorded {
    name: String,
    text: String,
    /// Versions, and their lines.
    sections: Vec<(String, String)>,
}

fn folder() -> PathBuf {
    sim::root().join("tests/differential")
}

/// The programs of a recording.
fn read(file: &str) -> Vec<Recorded> {
    let text = fs::read_to_string(folder().join(file)).unwrap();
    let mut programs: Vec<Recorded> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix(PROGRAM) {
            let (name, text, sections) = (name.to_owned(), String::new(), Vec::new());
            programs.push(Recorded { name, text, sections });
            continue;
        }
        let program = programs.last_mut().expect("a program has a name");
        if let Some(versions) = line.strip_prefix(SECTION) {
            program.sections.push((versions.to_owned(), String::new()));
            continue;
        }
        let target = program.sections.last_mut().map_or(&mut program.text, |(_, lines)| lines);
        target.push_str(line);
        target.push('\n');
    }
    programs
}

fn run(recorded: &Recorded, version: PythonVersion) -> Run {
    let source = SourceFile::new("program.py", recorded.text.clone());
    let mut diagnostics = Diagnostics::default();
    let module = python::parse(source, &mut diagnostics).unwrap();
    let (program, found) = compile::python(&module, &Runtime::default());
    diagnostics.append(found);
    assert!(!diagnostics.has_errors(), "{}: {diagnostics:?}", recorded.name);
    let program = program.unwrap();
    let mut options = Options::of(&program);
    options.python = Some(version);
    options.recording = Recording::Memory;
    simulation::run(&program, options, Box::new(Unattended))
}

/// How a run ended, in the words of the recordings.
fn ending(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Completed { .. } => "completed".to_owned(),
        Outcome::Deadlock { .. } => "deadlock".to_owned(),
        Outcome::Raised { error } => {
            let name = error.type_name.rsplit('.').next().unwrap_or_default();
            match name {
                "RecursionError" => format!("raised {name}"),
                _ => format!("raised {name}: {}", error.message),
            }
        }
        other => format!("{other:?}"),
    }
}

/// The lines of a run: time in nanoseconds, iteration, text; and its end.
fn lines(run: &Run) -> String {
    let trace = &run.trace;
    let (mut iteration, mut found) = (0_u32, String::new());
    for event in trace.events() {
        match event.what {
            What::IterationBegin { .. } => iteration += 1,
            What::Output { text } => {
                let lane = trace.lanes()[event.lane.index()].kind;
                let iteration = match lane {
                    LaneKind::Worker | LaneKind::Thread => "-".to_owned(),
                    _ => iteration.to_string(),
                };
                let at = event.at.as_nanos();
                found.push_str(&format!("{at} {iteration} {}\n", trace.text(text)));
            }
            _ => {}
        }
    }
    found + &format!("= {}\n", ending(&run.outcome))
}

/// Lines without their iterations: a loop that has nothing to shut down takes none here, so later
/// loops of a program begin with other numbers.
fn without_iterations(lines: &str) -> String {
    let short = |line: &str| match line.splitn(3, ' ').collect::<Vec<_>>()[..] {
        [at, _, text] if !line.starts_with('=') => format!("{at} {text}\n"),
        _ => format!("{line}\n"),
    };
    lines.lines().map(short).collect()
}

/// What differs between runs and recordings.
fn differences(file: &str) -> Vec<String> {
    let same = |told: &str, expected: &str| match file {
        "recipes.txt" => without_iterations(told) == without_iterations(expected),
        _ => told == expected,
    };
    let mut found = Vec::new();
    for recorded in read(file) {
        for (versions, expected) in &recorded.sections {
            for version in versions.split(", ").filter_map(|full| full.rsplit_once('.')) {
                let version = PythonVersion::named(version.0).expect("a version that is modelled");
                let told = lines(&run(&recorded, version));
                if !same(&told, expected) {
                    let (name, version) = (&recorded.name, version.name());
                    found.push(format!(
                        "{name}, {version}: CPython\n{expected}sim\n{told}{}\n",
                        recorded.text
                    ));
                }
            }
        }
    }
    found
}

/// Some programs go as deep as the command's own stack allows.
const STACK_BYTES: usize = 256 << 20;

#[track_caller]
fn check(file: &'static str) {
    let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
    let found = worker.spawn(move || differences(file)).unwrap().join().unwrap();
    let shown: String = found.iter().take(3).map(String::as_str).collect();
    assert!(found.is_empty(), "{} differences, the first:\n{shown}", found.len());
}

#[test]
fn random_programs_do_what_they_did_on_cpython() {
    assert!(read("random.txt").len() >= 300);
    check("random.txt");
}

#[test]
fn programs_as_people_write_them_do_what_they_did_on_cpython() {
    assert!(read("recipes.txt").len() >= 40);
    check("recipes.txt");
}

#[test]
fn streams_are_those_of_cpython_over_its_loopback() {
    check("streams.txt");
}

#[test]
fn each_rule_of_the_primitives_is_cpythons() {
    check("rules.txt");
}
