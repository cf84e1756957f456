//! The command line: exit codes, messages, files, closed pipes.

use std::io::{BufRead, BufReader};
use std::process::Stdio;
use std::time::Duration;

use crate::sim::{self, Place};

const HELLO: &[u8] = br#"
[coroutines.main]
steps = [{ print = "hello" }, { sleep = 1 }, { print = "goodbye" }]
"#;

const FOREVER: &[u8] = br#"
[coroutines.main]
steps = [{ while = "True", steps = [{ sleep = "1ms" }] }]
"#;

const WRONG: &[u8] = br#"
[coroutines.main]
steps = [{ slep = 1 }, { prnt = "x" }]
"#;

/// Runs the command in a folder with one of each kind of file.
#[track_caller]
fn check(arguments: &[&str], code: i32, stdout: &str, stderr: &str) {
    let place = Place::new(&[
        ("hello.toml", HELLO),
        ("wrong.toml", WRONG),
        ("empty.toml", b""),
        ("latin.toml", b"name = 'x'\nepoch = '\xe9'\n"),
        ("folder/hello.toml", HELLO),
    ]);
    let ended = place.run(arguments);
    assert_eq!(ended.stdout, stdout, "standard output of {arguments:?}");
    assert_eq!(ended.stderr, stderr, "standard error of {arguments:?}");
    assert_eq!(ended.code, Some(code), "exit code of {arguments:?}");
}

#[test]
fn a_run_prints_its_output_and_a_summary() {
    check(
        &["run", "hello.toml"],
        0,
        "hello\ngoodbye\n",
        "completed in 1s of virtual time: 1 task, 4 iterations, 15 events\n",
    );
}

#[test]
fn files_that_cannot_be_read_end_with_4() {
    check(&["run", "none.toml"], 4, "", "error: cannot read none.toml: there is no such file\n");
    check(
        &["run", "folder"],
        4,
        "",
        "error: cannot read folder: it is a folder; `sim test` runs all scenarios of one\n",
    );
    check(
        &["run", "latin.toml"],
        4,
        "",
        "error: cannot read latin.toml: it is not UTF-8 text (line 2, byte 21)\n",
    );
    check(
        &["run", "hello.toml/x"],
        4,
        "",
        "error: cannot read hello.toml/x: a part of its path is a file, not a folder\n",
    );
    check(
        &["run", "hello.toml", "--trace", "none/x.arrow"],
        4,
        "",
        "error: cannot write none/x.arrow: its folder does not exist\n",
    );
}

#[test]
fn files_with_mistakes_end_with_3_and_all_of_them() {
    check(
        &["check", "wrong.toml"],
        3,
        "",
        "\
error: unknown action `slep`
 --> wrong.toml:3:12
  |
3 | steps = [{ slep = 1 }, { prnt = \"x\" }]
  |            ^^^^
  |
  = help: did you mean `sleep`?

error: unknown action `prnt`
 --> wrong.toml:3:26
  |
3 | steps = [{ slep = 1 }, { prnt = \"x\" }]
  |                          ^^^^
  |
  = help: did you mean `print`?

2 errors in wrong.toml
",
    );
    let ended = Place::new(&[("empty.toml", b"")]).run(&["run", "empty.toml"]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stderr.ends_with("1 error in empty.toml\n"), "{}", ended.stderr);
}

#[test]
fn the_worst_of_several_files_counts() {
    let place = Place::new(&[("a.toml", HELLO), ("b.toml", WRONG)]);
    let ended = place.run(&["run", "b.toml", "none.toml", "a.toml"]);
    assert_eq!(ended.code, Some(4));
    assert_eq!(ended.stdout, "hello\ngoodbye\n");
    check(&["check", "hello.toml", "folder/hello.toml"], 0, "", "2 files checked, no errors\n");
}

#[test]
fn senseless_arguments_end_with_2() {
    #[track_caller]
    fn check_usage(arguments: &[&str], message: &str) {
        let ended = Place::new(&[("hello.toml", HELLO)]).run(arguments);
        assert_eq!(ended.code, Some(2), "{arguments:?}");
        assert_eq!(ended.stdout, "");
        assert!(ended.stderr.contains(message), "{arguments:?}:\n{}", ended.stderr);
    }
    check_usage(&[], "Usage: sim");
    check_usage(&["rnu"], "unrecognized subcommand 'rnu'");
    check_usage(&["run"], "required arguments were not provided");
    check_usage(&["run", "hello.toml", "--sead", "1"], "unexpected argument '--sead'");
    check_usage(&["run", "hello.toml", "--seed", "-1"], "unexpected argument");
    check_usage(&["run", "hello.toml", "--seed", "x"], "invalid value 'x' for '--seed <N>'");
    check_usage(&["run", "hello.toml", "--trace", "x.txt"], "end with .arrow or .jsonl");
    check_usage(&["run", "hello.toml", "--schedule", "3"], "a schedule begins with `v1`");
    check_usage(&["run", "hello.toml", "--epoch", "noon"], "`noon` is not a date and time");
    check_usage(&["run", "hello.toml", "--limit", "tiem=1s"], "did you mean `time`?");
    check_usage(&["run", "hello.toml", "--set", "cores=1"], "should look like `runtime.cores=2`");
    check_usage(&["run", "hello.toml", "--format", "xml"], "invalid value 'xml'");
    check_usage(&["test", "--shard", "3/2"], "invalid value '3/2'");
    check_usage(
        &["run", "hello.toml", "hello.toml", "--trace", "x.jsonl"],
        "--trace x.jsonl holds one run, but there are 2 files",
    );
}

#[test]
fn help_and_version_are_data() {
    let place = Place::new(&[]);
    for arguments in [&["--help"][..], &["--version"], &["run", "-h"], &["help", "test"]] {
        let ended = place.run(arguments);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{arguments:?}");
        let widest = ended.stdout.lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{}", ended.stdout);
    }
}

#[test]
fn colors_come_when_asked_for() {
    let place = Place::new(&[("wrong.toml", WRONG)]);
    let plain = place.run(&["check", "wrong.toml"]).stderr;
    assert!(!plain.contains('\u{1b}'));
    let colored = place.run(&["check", "wrong.toml", "--color", "always"]).stderr;
    assert!(colored.contains("\u{1b}["));
    let never = place.run(&["--color=never", "check", "wrong.toml"]).stderr;
    assert_eq!(never, plain);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let many = br#"
[coroutines.main]
steps = [{ for = "i in range(100000)", steps = [{ print = "line {i}" }, { sleep = 1 }] }]
"#;
    let place = Place::new(&[("many.toml", many)]);
    for format in ["text", "json", "timeline"] {
        let mut child = sim::command(place.path(), &["run", "many.toml", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        // The reader is gone now.
        let ended = sim::ended(child.wait_with_output().unwrap());
        assert_eq!(ended.code, Some(0), "{format}: {}", ended.stderr);
        assert!(!ended.stderr.contains("error"), "{format}: {}", ended.stderr);
    }
}

#[test]
fn json_is_one_document() {
    let place = Place::new(&[("hello.toml", HELLO)]);
    let ended = place.run(&["run", "hello.toml", "--format", "json"]);
    assert_eq!(ended.code, Some(0));
    let document: serde_json::Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(document["outcome"]["kind"], "completed");
    assert_eq!(document["output"][1]["text"], "goodbye");
    assert_eq!(document["output"][1]["at_ns"], 1_000_000_000);
    assert_eq!(document["tasks"][0]["coroutine"], "main");
}

#[test]
fn limits_end_a_run_and_say_where() {
    let place = Place::new(&[
        ("forever.toml", FOREVER),
        ("busy.toml", b"[coroutines.main]\nsteps = [\n  { while = \"True\", steps = [{ pass = true }] },\n]\n"),
    ]);
    let ended = place.run(&["run", "forever.toml", "--limit", "time=10s"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("limit"), "{}", ended.stderr);
    let ended = place.run(&["run", "busy.toml", "--limit", "operations=1000"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("File \"busy.toml\", line 3, in main"), "{}", ended.stderr);
    assert!(ended.stderr.contains("--limit operations="), "{}", ended.stderr);
}

#[test]
fn two_runs_are_the_same_to_the_byte() {
    let place = Place::new(&[("hello.toml", HELLO)]);
    for form in ["arrow", "jsonl"] {
        let [first, second] = ["a", "b"].map(|name| {
            let trace = format!("{name}.{form}");
            let ended = place.run(&["run", "hello.toml", "--trace", &trace]);
            assert_eq!(ended.code, Some(0), "{}", ended.stderr);
            assert!(ended.stderr.ends_with(&format!("trace: {trace}\n")), "{}", ended.stderr);
            std::fs::read(place.path().join(trace)).unwrap()
        });
        assert!(!first.is_empty());
        assert_eq!(first, second);
    }
    // Nothing else is left behind, and what is rejected leaves no file at all.
    place.write("wrong.toml", WRONG);
    assert_eq!(place.run(&["run", "wrong.toml", "--trace", "c.arrow"]).code, Some(3));
    let files = ["a.arrow", "a.jsonl", "b.arrow", "b.jsonl", "hello.toml", "wrong.toml"];
    assert_eq!(place.files("."), files);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_run_with_its_trace_readable() {
    let place = Place::new(&[("forever.toml", FOREVER)]);
    let arguments = ["run", "forever.toml", "--trace", "x.jsonl", "--limit", "handles=2_000_000"];
    let child = sim::command(place.path(), &arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(300));
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let ended = sim::ended(child.wait_with_output().unwrap());
    assert_eq!(ended.code, Some(1), "{}", ended.stderr);
    assert!(ended.stderr.starts_with("interrupted after "), "{}", ended.stderr);
    let trace = std::fs::File::open(place.path().join("x.jsonl")).unwrap();
    let read = loopsim::trace::file::read(BufReader::new(trace)).unwrap();
    assert!(read.cut.is_none());
    assert_eq!(read.trace.outcome(), Some(&loopsim::trace::Outcome::Interrupted));
}

#[test]
fn a_test_compares_with_its_snapshot() {
    let place = Place::new(&[("scenarios/deep/hello.toml", HELLO)]);
    let snapshot = "snapshots/deep__hello.toml.snap";

    let ended = place.run(&["test"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.contains(&format!("it has no snapshot yet: {snapshot}")));
    assert_eq!(place.files("snapshots"), [format!("{snapshot}.new")]);

    let ended = place.run(&["test", "--update"]);
    assert_eq!(ended.code, Some(0), "{}", ended.stdout);
    assert_eq!(ended.stdout, "created  scenarios/deep/hello.toml\n\n1 passed, 0 failed\n");
    assert_eq!(place.files("snapshots"), [snapshot]);
    let accepted = place.read(snapshot);

    let ended = place.run(&["test", "scenarios/deep/hello.toml"]);
    assert_eq!(ended.stdout, "ok       scenarios/deep/hello.toml\n\n1 passed, 0 failed\n");
    assert_eq!(ended.code, Some(0));

    let changed = String::from_utf8(HELLO.to_vec()).unwrap().replace("goodbye", "bye");
    place.write("scenarios/deep/hello.toml", changed);
    let ended = place.run(&["test"]);
    assert_eq!(ended.code, Some(1));
    let removed = "  -       1s  main             prints \"goodbye\"\n";
    let added = "  +       1s  main             prints \"bye\"\n";
    assert!(ended.stdout.contains(&format!("{removed}{added}")), "{}", ended.stdout);
    assert!(ended.stdout.contains("\n0 passed, 1 failed\n"), "{}", ended.stdout);
    assert_eq!(place.read(snapshot), accepted);
    assert!(place.read(&format!("{snapshot}.new")).contains("prints \"bye\""));
}

#[test]
fn test_results_go_to_junit_and_shards_share_them() {
    let place = Place::new(&[
        ("scenarios/a.toml", HELLO),
        ("scenarios/b.toml", WRONG),
        ("scenarios/c.toml", HELLO),
    ]);
    let ended = place.run(&["test", "--update", "--junit", "results/sim.xml"]);
    assert_eq!(ended.code, Some(3));
    assert!(ended.stdout.ends_with("2 passed, 1 failed\n"), "{}", ended.stdout);
    let document = place.read("results/sim.xml");
    assert!(document.contains("tests=\"3\" failures=\"1\""), "{document}");
    assert!(document.contains("<failure message=\"it is rejected\">"), "{document}");
    let parts = ["1/2", "2/2"].map(|shard| place.run(&["test", "--shard", shard]).stdout);
    assert!(parts[0].ends_with("2 passed, 0 failed\n"), "{}", parts[0]);
    assert!(parts[1].ends_with("0 passed, 1 failed\n"), "{}", parts[1]);
}

#[test]
fn a_broken_expectation_fails() {
    let broken = br#"
[coroutines.main]
steps = [{ print = "hello" }]
[expect]
output = ["goodbye"]
"#;
    let place = Place::new(&[("scenarios/a.toml", broken)]);
    let ended = place.run(&["run", "scenarios/a.toml"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.contains("expectation broken"), "{}", ended.stderr);
    let ended = place.run(&["test", "--update"]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.stdout.ends_with("0 passed, 1 failed\n"), "{}", ended.stdout);
}

#[test]
fn what_editors_and_shells_ask_for_is_printed() {
    let place = Place::new(&[]);
    let schema = place.run(&["schema"]);
    // The scenarios of this repository name it in their first line.
    let kept = std::fs::read_to_string(sim::root().join("scenarios/scenario.schema.json")).unwrap();
    assert_eq!((schema.code, schema.stdout), (Some(0), kept), "sim schema makes it");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = place.run(&["completions", shell]);
        assert!(script.stdout.contains("explore") && script.code == Some(0), "{script:?}");
    }
    let page = place.run(&["man"]);
    assert!(page.stdout.contains(".TH sim") && page.code == Some(0), "{page:?}");
}
