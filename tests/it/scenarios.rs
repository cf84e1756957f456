//! All scenarios: their expectations, their ordering, and that insta and `sim test` agree on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use loopsim::diagnostic::Diagnostics;
use loopsim::executor::Unattended;
use loopsim::simulation::{Options, Recording, Run};
use loopsim::source::SourceFile;
use loopsim::trace::file::{self, Form};
use loopsim::{analysis, compile, report, scenario, simulation};

use crate::sim::{self, Place};

/// Names the folder of snapshots, for a test of this test.
const FOLDER_VARIABLE: &str = "LOOPSIM_TEST_SNAPSHOTS";

fn folder() -> PathBuf {
    sim::root().join("scenarios")
}

/// The scenarios, with their paths below `scenarios/`.
fn scenarios() -> Vec<(String, PathBuf)> {
    sim::files_below(&folder())
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| {
            let name = path.strip_prefix(folder()).unwrap().to_str().unwrap().replace('\\', "/");
            (name, path)
        })
        .collect()
}

fn run(path: &Path) -> (String, Run) {
    let text = fs::read_to_string(path).unwrap();
    // As whoever tests all of them names it.
    let name = path.strip_prefix(sim::root()).unwrap().to_str().unwrap().replace('\\', "/");
    let source = SourceFile::new(name, text);
    let mut diagnostics = Diagnostics::default();
    let model = scenario::parse(source, &mut diagnostics);
    let (program, found) = compile::scenario(&model.unwrap());
    diagnostics.append(found);
    assert!(diagnostics.is_empty(), "{}: {diagnostics:?}", path.display());
    let program = program.unwrap();
    let mut options = Options::of(&program);
    options.recording = Recording::Memory;
    (program.name.clone(), simulation::run(&program, options, Box::new(Unattended)))
}

/// What must be true of every trace is true of these, in memory and through both file forms.
#[test]
fn traces_are_sound_and_survive_their_files() {
    for (name, path) in scenarios() {
        let (_, run) = run(&path);
        let found = analysis::invariants::check(&run.trace);
        assert!(found.is_empty(), "{name}: {found:#?}");
        for form in Form::ALL {
            let mut bytes = Vec::new();
            file::write(&run.trace, form, &mut bytes).unwrap();
            let read = file::read(bytes.as_slice()).unwrap();
            assert!(read.cut.is_none() && read.trace.events().eq(run.trace.events()), "{name}");
            assert_eq!(report::ordering(&read.trace), report::ordering(&run.trace), "{name}");
        }
    }
}

#[test]
fn orderings_are_those_of_the_snapshots() {
    let snapshots = std::env::var_os(FOLDER_VARIABLE);
    let snapshots = snapshots.map_or_else(|| sim::root().join("snapshots"), PathBuf::from);
    for (name, path) in scenarios() {
        let (description, run) = run(&path);
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&snapshots);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(description);
        settings.bind(|| insta::assert_snapshot!(name, report::ordering(&run.trace)));
    }
}

#[test]
fn expectations_hold() {
    for (name, path) in scenarios() {
        let (_, run) = run(&path);
        let broken: Vec<String> = run.expectations.iter().map(ToString::to_string).collect();
        assert!(broken.is_empty(), "{name}: {broken:?}");
    }
}

#[test]
fn the_same_run_twice_is_the_same_trace() {
    for (name, path) in scenarios() {
        let [first, second] = [run(&path), run(&path)].map(|(_, run)| run.trace);
        assert!(first.events().eq(second.events()), "{name}");
    }
}

#[test]
fn every_snapshot_belongs_to_a_scenario() {
    let names: Vec<String> =
        scenarios().into_iter().map(|(name, _)| loopsim::snapshot::file_name(&name)).collect();
    for path in sim::files_below(&sim::root().join("snapshots")) {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(names.iter().any(|known| known == name), "{name} belongs to no scenario");
    }
}

/// Runs the snapshot test of this file, as `cargo insta` would.
fn run_insta(snapshots: &Path, update: &str) -> bool {
    let this = std::env::current_exe().unwrap();
    let output = Command::new(this)
        .args(["--exact", "scenarios::orderings_are_those_of_the_snapshots"])
        .env(FOLDER_VARIABLE, snapshots)
        .env("INSTA_UPDATE", update)
        .env("INSTA_WORKSPACE_ROOT", sim::root())
        .env_remove("INSTA_FORCE_PASS")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("running 1 test"), "{text}");
    output.status.success()
}

/// A copy of the scenarios, without snapshots, and without the outcomes that only `sim test` finds.
fn copy_of_scenarios() -> Place {
    let place = Place::new(&[]);
    for (name, path) in scenarios() {
        let text = fs::read_to_string(path).unwrap();
        let text = text.split("\n[explore]").next().unwrap_or_default();
        place.write(&format!("scenarios/{name}"), format!("{text}\n"));
    }
    place
}

/// What the schedules of scenarios come to is what their snapshots say.
#[test]
fn outcomes_are_those_of_the_snapshots() {
    let ended = sim::run(sim::root(), &["test", "scenarios/explore"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
}

/// The contents of all snapshots, by name, without the line that tells who wrote them.
fn snapshots_of(place: &Place) -> Vec<(String, String)> {
    let files = place.files("snapshots").into_iter();
    files
        .map(|name| {
            let text = place.read(&name);
            let lines = text.lines().filter(|line| !line.starts_with("source: "));
            let lines: Vec<&str> = lines.collect();
            (name, lines.join("\n"))
        })
        .collect()
}

#[test]
fn insta_and_sim_test_agree() {
    let by_sim = copy_of_scenarios();
    assert_eq!(by_sim.run(&["test", "--update"]).code, Some(0));
    assert!(run_insta(&by_sim.path().join("snapshots"), "no"), "insta reads what sim wrote");

    let by_insta = copy_of_scenarios();
    assert!(run_insta(&by_insta.path().join("snapshots"), "always"));
    let ended = by_insta.run(&["test"]);
    assert_eq!(ended.code, Some(0), "sim reads what insta wrote: {}", ended.stdout);

    let snapshots = snapshots_of(&by_sim);
    assert_eq!(snapshots, snapshots_of(&by_insta));
    assert_eq!(snapshots.len(), scenarios().len());
    for (name, _) in snapshots {
        let read = insta::Snapshot::from_file(&by_sim.path().join(&name)).unwrap();
        assert!(read.metadata().source().unwrap().starts_with("scenarios/"), "{name}");
    }
}
