//! `sim verify`: scenarios and programs against a real interpreter, where one is found.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use rayon::prelude::*;

use crate::sim;

/// The interpreter, if it is a CPython that can be compared with.
fn interpreter() -> Option<PathBuf> {
    let found =
        sim::command(sim::root(), &["verify", "tests/conformance/chain.toml"]).output().unwrap();
    let is_there = found.status.code() != Some(4);
    if !is_there {
        eprintln!("not compared: {}", String::from_utf8_lossy(&found.stderr).trim());
    }
    is_there.then(|| PathBuf::from("python3"))
}

fn verify(python: &Path, files: &[PathBuf]) -> Output {
    let mut command = sim::command(sim::root(), &["verify", "--python"]);
    command.arg(python).args(files).output().unwrap()
}

fn toml_files_below(folder: &str) -> Vec<PathBuf> {
    let files = sim::files_below(&sim::root().join(folder)).into_iter();
    files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

/// What `CPython` has no like of: costs of processes, choices of threads, races.
const APART: &[&str] = &[
    "cpu_bound_processes_on_one_core.toml",
    "cpu_bound_threads.toml",
    "race_free_threaded.toml",
    "race_with_a_call.toml",
    // Threads in a deadlock never end there.
    "threads_in_a_deadlock.toml",
    // Queues are shut down since 3.13.
    "queue_shutdown.toml",
];

#[test]
fn scenarios_behave_as_on_the_interpreter_that_is_here() {
    let Some(python) = interpreter() else { return };
    let mut files = toml_files_below("tests/conformance");
    files.extend(toml_files_below("scenarios"));
    files.retain(|file| !APART.iter().any(|name| file.ends_with(name)));
    files.par_chunks(8).for_each(|files| {
        let output = verify(&python, files);
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{text}\n{errors}");
        assert_eq!(text.lines().filter(|line| line.starts_with("same")).count(), files.len());
    });
}

#[test]
fn a_difference_is_shown_with_what_led_to_it() {
    let Some(python) = interpreter() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("differs.toml");
    // What the interpreter is shows on one side only.
    let text = "[coroutines.main]\nsteps = [\n  { print = \"begin\" },\n  { sleep = 1 },\n  \
                { print = \"{id(main)}\" },\n]\n";
    fs::write(&file, text).unwrap();
    let output = verify(&python, &[file]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout);
    for part in ["DIFFERS", "both", "begin", "sim ", "CPython ", "1s  main: resumes  <- slept 1s"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn without_an_interpreter_it_says_so() {
    let output =
        verify(Path::new("no-such-python"), &[PathBuf::from("tests/conformance/chain.toml")]);
    assert_eq!(output.status.code(), Some(4));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(errors.contains("cannot start `no-such-python`"), "{errors}");
    assert!(errors.contains("--python"), "{errors}");
}

#[test]
fn what_it_prints_can_be_recorded() {
    let Some(_) = interpreter() else { return };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("recorded.toml");
    fs::write(&file, "[coroutines.main]\nsteps = [{ print = \"it is {1 + 1}\" }]\n").unwrap();
    let output = sim::command(sim::root(), &["verify", "--record"]).arg(&file).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(
        fs::read_to_string(&file).unwrap().ends_with("[expect]\noutput = [\n  \"it is 2\",\n]\n")
    );
    let run = sim::command(sim::root(), &["run"]).arg(&file).output().unwrap();
    assert_eq!(run.status.code(), Some(0));
}
