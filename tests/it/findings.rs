//! Programs with threads, locks and a late loop that go wrong unseen, or could: what is told about
//! it. Each is a snapshot of all that `sim run` says.

use crate::sim::{self, Place};

#[test]
fn each_finding_is_told() {
    let folder = sim::root().join("tests/findings");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../findings/snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in sim::files_below(&folder) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if !path.extension().is_some_and(|extension| extension == "toml" || extension == "py") {
            continue;
        }
        let ended = sim::run(sim::root(), &["run", &format!("tests/findings/{name}")]);
        let code = ended.code.unwrap_or(-1);
        let told = format!("{}{}exit code {code}", ended.stdout, ended.stderr);
        settings.bind(|| insta::assert_snapshot!(name, told));
    }
}

/// Two threads that increment a counter with a call in between.
const RACE: &str = r#"
import threading

counter = 0


def one(x):
    return x + 1


def work():
    global counter
    counter = one(counter)


first = threading.Thread(target=work, name="first")
second = threading.Thread(target=work, name="second")
first.start()
second.start()
first.join()
second.join()
print("counter", counter)
"#;

/// The schedule that `sim explore` finds for an update that is lost.
const LOSING: &str = "v1 1:thread=MainThread 3:thread=second";

#[test]
fn a_schedule_of_threads_is_replayed_and_survives_small_edits() {
    let edited = RACE.replace("x + 1", "1 + x").replace("counter = 0", "# Shared.\ncounter = 0");
    let renamed = RACE.replace("name=\"second\"", "name=\"other\"");
    let place = Place::new(&[
        ("race.py", RACE.as_bytes()),
        ("edited.py", edited.as_bytes()),
        ("renamed.py", renamed.as_bytes()),
    ]);
    assert_eq!(place.run(&["run", "race.py"]).stdout, "counter 2\n");
    for file in ["race.py", "edited.py"] {
        let ended = place.run(&["run", file, "--schedule", LOSING]);
        assert_eq!((ended.code, &*ended.stdout), (Some(0), "counter 1\n"), "{}", ended.stderr);
        let frame = place.run(&["view", file, "--schedule", LOSING, "--snapshot", "120x40"]);
        let begins = frame.stdout.contains("schedule v1") && frame.stdout.contains("completed");
        assert!(begins, "{}{}", frame.stdout, frame.stderr);
    }
    let ended = place.run(&["run", "renamed.py", "--schedule", LOSING]);
    let told = "step `3:thread=second` of the schedule does not fit: here a thread is chosen among \
                first, other";
    assert!(ended.code == Some(1) && ended.stderr.contains(told), "{}", ended.stderr);
}
