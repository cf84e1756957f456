//! The timeline viewer: frames from the command line, and the real thing in a pseudo-terminal.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::sim::{Place, root};

const NUMBERS: &str = "scenarios/walkthrough/numbers_and_letters.toml";
/// How long something may take to show up.
const PATIENCE: Duration = Duration::from_secs(30);

fn size_of(n: u16) -> NonZeroU16 {
    NonZeroU16::new(n).unwrap()
}

/// A screen that a command runs on.
struct Screen {
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    shown: Arc<Mutex<(vt100::Parser, Vec<u8>)>>,
}

impl Screen {
    /// Runs a shell command on a screen of 80 columns and 24 rows; `$SIM` is the command.
    fn run(script: &str, variables: &[(&str, &str)]) -> Self {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pty = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new("bash");
        command.args(["--norc", "-c", script]);
        command.cwd(root());
        for name in ["NO_COLOR", "COLORTERM", "CI"] {
            command.env_remove(name);
        }
        command.env("SIM", env!("CARGO_BIN_EXE_sim"));
        command.env("TERM", "xterm-256color");
        for (name, value) in variables {
            command.env(name, value);
        }
        let child = pty.slave.spawn_command(command).unwrap();
        drop(pty.slave);
        let shown =
            Arc::new(Mutex::new((vt100::Parser::new(size_of(24), size_of(80), 0), Vec::new())));
        let (mut output, sink) = (pty.master.try_clone_reader().unwrap(), Arc::clone(&shown));
        std::thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(n @ 1..) = output.read(&mut bytes) {
                let mut shown = sink.lock().unwrap();
                shown.0.process(&bytes[..n]);
                shown.1.extend(&bytes[..n]);
            }
        });
        let keys = pty.master.take_writer().unwrap();
        Self { master: pty.master, keys, child, shown }
    }

    fn text(&self) -> String {
        self.shown.lock().unwrap().0.screen().contents()
    }

    /// Waits until the screen shows a text.
    #[track_caller]
    fn wait_for(&self, wanted: &str) {
        let began = Instant::now();
        while !self.text().contains(wanted) {
            assert!(began.elapsed() < PATIENCE, "no `{wanted}` in\n{}", self.text());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    fn resize(&self, cols: u16, rows: u16) {
        self.shown.lock().unwrap().0.set_size(size_of(rows), size_of(cols));
        self.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
    }

    /// Waits for the end: the exit code, and all that was written.
    fn end(mut self) -> (u32, String) {
        let code = self.child.wait().unwrap().exit_code();
        // The last bytes may still be on their way.
        std::thread::sleep(Duration::from_millis(200));
        let bytes = self.shown.lock().unwrap().1.clone();
        (code, String::from_utf8_lossy(&bytes).into_owned())
    }
}

/// What a terminal is told when it is given back: mouse off, the usual screen, a cursor.
const GIVEN_BACK: [&str; 3] = ["\u{1b}[?1000l", "\u{1b}[?1049l", "\u{1b}[?25h"];

#[track_caller]
fn check_given_back(output: &str) {
    for code in GIVEN_BACK {
        assert!(output.contains(code), "{code:?} is missing in {output:?}");
    }
    // `stty -a` after it: lines and echo as usual.
    assert!(output.contains(" icanon") && output.contains(" echo "), "{output:?}");
    assert!(!output.contains("-icanon") && !output.contains("-echo "), "{output:?}");
}

#[test]
fn a_session_from_opening_to_quitting() {
    let script = format!("\"$SIM\" view {NUMBERS}; echo ended $?; stty -a");
    let mut screen = Screen::run(&script, &[]);
    screen.wait_for("completed in 3s");
    screen.wait_for("#0/");
    screen.press("...");
    screen.wait_for("#3/");
    screen.press("+++");
    screen.press("/letter");
    screen.wait_for("/letter");
    screen.press("\r");
    screen.wait_for("of `letter`");
    screen.press("nn");
    screen.wait_for("of `letter`");
    screen.press(":1s\r");
    screen.wait_for("t=1s");
    screen.press("?");
    screen.wait_for("all keys");
    screen.press("\u{1b}");
    screen.resize(160, 50);
    screen.wait_for("await stack");
    screen.resize(60, 14);
    // No pane is left there.
    screen.wait_for(" print_letters sleeps until 2s");
    screen.resize(30, 6);
    screen.wait_for("needs 40x8");
    screen.resize(80, 24);
    screen.wait_for("turn");
    screen.press("\u{1b}[A\u{1b}[C");
    screen.press("\t\t");
    screen.wait_for("number = 2");
    screen.press("q");
    let (code, output) = screen.end();
    assert_eq!(code, 0);
    assert!(output.contains("ended 0"), "{output:?}");
    check_given_back(&output);
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let script = format!("\"$SIM\" view {NUMBERS}; echo ended $?; stty -a");
    let (_, output) = Screen::run(&script, &[("SIM_VIEW_PANIC", "1")]).end();
    assert!(output.contains("ended 101") && output.contains("This is a bug in sim"), "{output:?}");
    check_given_back(&output);
}

#[test]
fn a_polite_kill_gives_the_terminal_back() {
    let script = format!("\"$SIM\" view {NUMBERS} & echo $! > $PID; fg; echo ended; stty -a");
    let place = Place::new(&[]);
    let file = place.path().join("pid");
    let script = format!("set -m; {script}");
    let screen = Screen::run(&script, &[("PID", file.to_str().unwrap())]);
    screen.wait_for("completed in 3s");
    let pid = std::fs::read_to_string(file).unwrap();
    assert!(Command::new("kill").args(["-TERM", pid.trim()]).status().unwrap().success());
    screen.wait_for("ended");
    check_given_back(&screen.end().1);
}

#[test]
fn suspended_it_gives_the_terminal_back_and_comes_back() {
    let script =
        format!("set -m; \"$SIM\" view {NUMBERS}; echo suspended; stty -a; fg; echo ended");
    let mut screen = Screen::run(&script, &[]);
    screen.wait_for("completed in 3s");
    screen.press(".....");
    screen.wait_for("#5/");
    screen.press("\u{1a}");
    // The second screen comes at once: the shell goes on with `fg`.
    let began = Instant::now();
    let times = |screen: &Screen| {
        let bytes = screen.shown.lock().unwrap().1.clone();
        String::from_utf8_lossy(&bytes).matches("\u{1b}[?1049h").count()
    };
    while times(&screen) < 2 {
        assert!(began.elapsed() < PATIENCE, "{}", screen.text());
        std::thread::sleep(Duration::from_millis(20));
    }
    screen.wait_for("#5/");
    screen.press("q");
    screen.wait_for("ended");
    let (_, output) = screen.end();
    assert!(output.contains("suspended"), "{output:?}");
    check_given_back(&output);
}

#[test]
fn a_saved_file_is_run_again() {
    let text = |seconds: u32| {
        format!("[coroutines.main]\nsteps = [{{ sleep = {seconds} }}, {{ print = \"x\" }}]\n")
    };
    let place = Place::new(&[("a.toml", text(2).as_bytes())]);
    let script = format!("cd {}; \"$SIM\" view a.toml", place.path().display());
    let mut screen = Screen::run(&script, &[]);
    screen.wait_for("completed in 2s");
    screen.press(":1s\r");
    place.write("a.toml", "[coroutines.main]\nsteps = [{ slep = 1 }]\n");
    screen.wait_for("unknown action");
    screen.wait_for("completed in 2s");
    place.write("a.toml", text(30));
    screen.wait_for("completed in 30s");
    screen.wait_for("t=1s");
    screen.press("q");
    assert_eq!(screen.end().0, 0);
}

#[test]
fn without_a_screen_there_is_the_timeline_as_text() {
    let place = Place::new(&[]);
    let scenario = root().join(NUMBERS);
    let ended = place.run(&["view", scenario.to_str().unwrap()]);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    assert!(ended.stdout.contains("print_numbers  ●"), "{}", ended.stdout);
}

#[test]
fn frames_are_printed_from_the_command_line() {
    let place = Place::new(&[]);
    let scenario = root().join(NUMBERS);
    let scenario = scenario.to_str().unwrap();
    let frame = place.run(&["view", scenario, "--snapshot", "80x24", "--keys", ". . ."]);
    assert_eq!((frame.code, frame.stderr.as_str()), (Some(0), ""));
    assert_eq!(frame.stdout.lines().count(), 24);
    assert!(frame.stdout.contains("#3/60"), "{}", frame.stdout);
    let picture = place.run(&["view", scenario, "--snapshot", "100x30", "--svg"]);
    assert!(picture.stdout.starts_with("<svg ") && picture.stdout.ends_with("</svg>\n"));
    let trace = place.path().join("a.arrow");
    let trace = trace.to_str().unwrap();
    place.run(&["run", scenario, "--trace", trace]);
    let same = place.run(&["view", trace, "--snapshot", "80x24", "--keys", ". . ."]);
    assert_eq!(same.stdout, frame.stdout);
    let two = place.run(&["view", trace, scenario, "--snapshot", "160x40"]);
    assert!(two.stdout.starts_with(" the same, event by event"), "{}", two.stdout);
    let bytes = std::fs::read(trace).unwrap();
    place.write("cut.arrow", &bytes[..bytes.len() / 2 + 200]);
    let cut = place.run(&["view", "cut.arrow", "--snapshot", "80x24"]);
    assert!(cut.code == Some(4) || cut.stdout.contains("INCOMPLETE"), "{cut:?}");
    let none = place.run(&["view", "none.arrow"]);
    assert_eq!(none.code, Some(4));
}

#[test]
fn the_readme_lists_the_keys_that_there_are() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let keys = loopsim::tui::keys::markdown();
    let between = || readme.split_once("<!-- keys -->")?.1.split_once("<!-- /keys -->");
    let (listed, _) = between().expect("README.md has a list of keys between its marks");
    assert_eq!(listed.trim(), keys.trim(), "the list of keys in README.md should be\n{keys}");
}

#[test]
fn keys_come_from_a_file_if_one_is_named() {
    let place = Place::new(&[
        ("keys.toml", b"next-event = [\"e\"]\nquit = \"Q\"\n".as_slice()),
        ("bad.toml", b"next-evnt = \"e\"\n".as_slice()),
    ]);
    let scenario = root().join(NUMBERS);
    let scenario = scenario.to_str().unwrap();
    let view = |file: &str, keys: &str| {
        let frame = ["--snapshot", "80x24", "--keys-file", file, "--keys", keys];
        place.run(&[&["view", scenario][..], &frame].concat())
    };
    let moved = view("keys.toml", "e e e");
    assert!(moved.stdout.contains("#3/60") && moved.stdout.contains("Q quit"), "{moved:?}");
    let help = view("keys.toml", "?");
    assert!(help.stdout.contains(" e               next event"), "{help:?}");
    let bad = view("bad.toml", "");
    assert_eq!(bad.code, Some(2));
    assert!(bad.stderr.contains("bad.toml: there is no action `next-evnt`"), "{}", bad.stderr);
}

#[test]
fn runs_are_exported_in_every_form() {
    let place = Place::new(&[]);
    let scenario = root().join(NUMBERS);
    let scenario = scenario.to_str().unwrap();
    for (form, start) in [
        ("perfetto", &b"\x0a"[..]),
        ("chrome", b"{\"displayTimeUnit\""),
        ("svg", b"<svg "),
        ("html", b"<!doctype html>"),
        ("dot", b"digraph {"),
        ("mermaid", b"sequenceDiagram"),
    ] {
        let file = format!("out.{form}");
        let ended = place.run(&["export", scenario, "--to", form, "-o", &file]);
        assert_eq!((ended.code, ended.stderr.as_str()), (Some(0), ""), "{form}");
        let bytes = std::fs::read(place.path().join(&file)).unwrap();
        assert!(bytes.starts_with(start), "{form}: {:?}", String::from_utf8_lossy(&bytes));
    }
}

#[test]
fn a_schedule_is_followed_in_the_viewer_too() {
    let place = Place::new(&[]);
    let scenario = root().join("scenarios/explore/first_answer_wins.toml");
    let scenario = scenario.to_str().unwrap();
    let view = |more: &[&str]| {
        let frame = ["--snapshot", "160x40", "--keys", "G"];
        place.run(&[&["view", scenario][..], &frame, more].concat()).stdout
    };
    let usual = view(&[]);
    let other = view(&["--schedule", "v1 0:completion=Task-3"]);
    assert!(other.contains("v1 0:completion=Task-3"), "{other}");
    assert_ne!(usual, other);
}
