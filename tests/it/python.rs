//! Python programs: what `sim` prints is what CPython printed when they were recorded, and what a
//! CPython prints now where there is one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rayon::prelude::*;

use crate::sim;

/// What stands before the versions that a recording is of.
const HEADER: &str = "# CPython ";

/// The version that is modelled where a program says nothing.
const MODELLED: &str = "3.14";

struct Recording {
    program: PathBuf,
    versions: Vec<String>,
    text: String,
}

fn recordings() -> Vec<Recording> {
    let folder = sim::root().join("tests/python");
    let programs = sim::files_below(&folder).into_iter().filter(|path| {
        path.extension().is_some_and(|extension| extension == "py")
            && path.parent() != Some(&folder)
    });
    let recording = |program: PathBuf| {
        let recorded = program.with_extension("out");
        let recorded = fs::read_to_string(&recorded)
            .unwrap_or_else(|error| panic!("{}: {error}", recorded.display()));
        let (header, text) = recorded.split_once('\n').unwrap();
        let versions = header.strip_prefix(HEADER).unwrap().split(' ').map(str::to_owned);
        Recording { program, versions: versions.collect(), text: text.to_owned() }
    };
    programs.map(recording).collect()
}

/// Standard error without what differs between machines: frames of the library, addresses. As in
/// `record.py`.
fn own_part(stderr: &str, name: &str) -> String {
    let (mut kept, mut is_own) = (String::new(), true);
    for line in stderr.lines() {
        let mut line = line.to_owned();
        if let Some((path, _)) =
            line.strip_prefix("  File \"").and_then(|l| l.split_once("\", line"))
        {
            is_own = path.ends_with(name);
            line = line.replacen(path, name, 1);
        } else if !line.starts_with("    ") {
            is_own = true;
        } else if line.trim_matches([' ', '~', '^']).is_empty() {
            continue;
        }
        if is_own {
            kept.push_str("# ");
            kept.push_str(&without_addresses(&line));
            kept.push('\n');
        }
    }
    kept
}

fn without_addresses(line: &str) -> String {
    let mut parts = line.split("0x");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("0x0");
        text.push_str(part.trim_start_matches(|c: char| c.is_ascii_hexdigit()));
    }
    text
}

/// The heading of that part of a recording.
const STDERR: &str = "# stderr\n";

/// What was printed, in the form of the recordings.
fn observed(stdout: &str, code: i32, last_error: &str) -> String {
    let mut text = stdout.to_owned();
    if !text.is_empty() && !text.ends_with('\n') {
        text.push_str("\n# no newline\n");
    }
    if code != 0 {
        // The exit codes of `sim` are its own.
        text.push_str("# failed\n");
        if !last_error.is_empty() {
            text.push_str(&format!("# {last_error}\n"));
        }
    }
    text
}

fn simulated(recording: &Recording) -> String {
    let newest = recording.versions.iter().find(|version| *version == MODELLED);
    let newest = newest.or(recording.versions.last()).unwrap();
    let folder = recording.program.parent().unwrap();
    let name = recording.program.file_name().unwrap().to_str().unwrap();
    let arguments = ["run", "--python-version", newest, name];
    let ended = sim::run(folder, &arguments);
    let (text, stderr) = match recording.text.split_once(STDERR) {
        Some((text, stderr)) => (text, Some(stderr)),
        None => (&*recording.text, None),
    };
    let wanted = text.lines().last().and_then(|line| line.strip_prefix("# "));
    // The summary and where it waited stand behind the traceback.
    let last_error = match wanted {
        None | Some("failed") => String::new(),
        Some(wanted) if ended.stderr.lines().any(|line| line == wanted) => wanted.to_owned(),
        _ => ended.stderr.clone(),
    };
    let mut text = observed(&ended.stdout, ended.code.unwrap_or(-1), &last_error);
    if let Some(wanted) = stderr {
        // The summary stands behind it.
        let own = own_part(&ended.stderr, name);
        text.push_str(STDERR);
        text.push_str(if own.starts_with(wanted) { wanted } else { &own });
    }
    text
}

fn report(recording: &Recording, other: &str) -> String {
    let recorded: Vec<&str> = recording.text.lines().collect();
    let other: Vec<&str> = other.lines().collect();
    let at = recorded.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let line = |lines: &[&str]| lines.get(at).map_or("(the end)".to_owned(), |l| (*l).to_owned());
    format!(
        "{}: line {}\n  recorded: {}\n  now:      {}\n",
        recording.program.display(),
        at + 1,
        line(&recorded),
        line(&other)
    )
}

#[test]
fn programs_print_what_cpython_printed() {
    let recordings = recordings();
    let differs = |recording: &Recording| {
        let now = simulated(recording);
        (now != recording.text).then(|| report(recording, &now))
    };
    let failures: String = recordings.par_iter().filter_map(differs).collect();
    assert!(!recordings.is_empty(), "there are programs");
    assert!(failures.is_empty(), "\n{failures}");
}

/// What `sim` says of a program, without its summary and the frames of the library.
fn errors_of(program: &Path) -> String {
    let name = program.file_name().unwrap().to_str().unwrap();
    let arguments = ["run", "--python-version", MODELLED, name];
    let ended = sim::run(program.parent().unwrap(), &arguments);
    let mut lines: Vec<&str> = Vec::new();
    let mut left_out = false;
    for line in ended.stderr.lines() {
        let bare = line.trim_start_matches([' ', '|', '+']);
        if let Some(file) = bare.strip_prefix("File \"") {
            left_out = file.starts_with('<');
        } else if !line[..line.len() - bare.len()].ends_with("    ") {
            left_out = false;
        }
        if !left_out {
            lines.push(line);
        }
    }
    // The summary stands behind an empty line.
    lines.pop();
    while lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn errors_read_as_in_cpython() {
    let mut failures = String::new();
    let mut programs = 0;
    for recording in recordings() {
        let Ok(recorded) = fs::read_to_string(recording.program.with_extension("err")) else {
            continue;
        };
        programs += 1;
        let now = errors_of(&recording.program);
        if now != recorded {
            let program = recording.program.display();
            failures.push_str(&format!("{program}\n--- recorded\n{recorded}--- now\n{now}"));
        }
    }
    assert!(programs > 0, "there are programs that fail");
    assert!(failures.is_empty(), "\n{failures}");
}

/// The interpreters of this machine by version.
fn interpreters() -> BTreeMap<String, PathBuf> {
    let candidates = std::env::var("LOOPSIM_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let mut found = BTreeMap::new();
    for candidate in candidates.split(':') {
        let mut command = Command::new(candidate);
        command.args(["-c", "import sys; print(*sys.version_info[:2], sep='.')"]);
        if let Ok(output) = command.output() {
            let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            found.entry(version).or_insert_with(|| PathBuf::from(candidate));
        }
    }
    found
}

fn on_cpython(python: &Path, program: &Path) -> String {
    let output = Command::new(python)
        .args(["-W", "ignore"])
        .arg(program.file_name().unwrap())
        .current_dir(program.parent().unwrap())
        .env_clear()
        .env("PYTHONHASHSEED", "0")
        .env("PATH", "/usr/bin:/bin")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONIOENCODING", "utf-8")
        .env("PYTHON_COLORS", "0")
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    let last_error = stderr.lines().last().unwrap_or_default();
    let stdout = String::from_utf8_lossy(&output.stdout);
    let mut text = observed(&stdout, output.status.code().unwrap_or(-1), last_error);
    if fs::read_to_string(program).unwrap().starts_with(STDERR) {
        text.push_str(STDERR);
        text.push_str(&own_part(&stderr, program.file_name().unwrap().to_str().unwrap()));
    }
    text
}

/// How often a real interpreter is asked that prints something else.
const TRIES: usize = 3;

/// The recordings are not made up. `LOOPSIM_PYTHON` can name other interpreters than `python3`,
/// with `:` between.
#[test]
fn recordings_are_what_cpython_prints() {
    let interpreters = interpreters();
    let differs = |recording: &Recording| -> String {
        let compared = recording.versions.iter().filter_map(|version| {
            let python = interpreters.get(version)?;
            // On a busy machine real threads can come later than a program takes for granted.
            let now = (0..TRIES).find_map(|nth| {
                let now = on_cpython(python, &recording.program);
                (nth + 1 == TRIES || now == recording.text).then_some(now)
            })?;
            (now != recording.text).then(|| format!("{version}: {}", report(recording, &now)))
        });
        compared.collect()
    };
    let failures: String = recordings().par_iter().map(differs).collect();
    assert!(failures.is_empty(), "\n{failures}");
}

/// A program's own arguments stand behind `--`; its exit code is that of the command.
#[test]
fn arguments_and_exit_codes_are_the_programs() {
    let folder = sim::root().join("tests/python");
    let arguments = ["run", "library/sys_arguments.py", "--", "--fast", "two words"];
    let ended = sim::run(&folder, &arguments);
    assert_eq!(ended.stdout, "2 ['--fast', 'two words']\n1 --fast\n2 two words\n");
    for (program, code) in [
        ("exit_code", 3),
        ("exit_text", 1),
        ("exit_none", 0),
        ("exit_big", 7),
        ("exit_neg", 255),
        ("exit_bool", 1),
        ("exit_async", 6),
        ("exit_thread", 0),
        ("keyboard", 130),
        ("zero_division", 1),
    ] {
        let ended = sim::run(&folder, &["run", &format!("errors/{program}.py")]);
        assert_eq!(ended.code, Some(code), "{program}");
    }
}
