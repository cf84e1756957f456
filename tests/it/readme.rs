//! What the README shows is what happens: each `console` block is run, and its output compared.

use std::fs;
use std::process::Stdio;

use crate::sim;

/// A command of the README and what is shown below it.
struct Shown {
    line: usize,
    command: String,
    output: String,
}

/// All commands in `console` blocks.
fn shown(readme: &str) -> Vec<Shown> {
    let mut found: Vec<Shown> = Vec::new();
    let mut in_console = false;
    for (line_idx, line) in readme.lines().enumerate() {
        if line.starts_with("```") {
            in_console = !in_console && line == "```console";
        } else if in_console {
            if let Some(command) = line.strip_prefix("$ ") {
                let (command, output) = (command.to_owned(), String::new());
                found.push(Shown { line: line_idx + 1, command, output });
            } else if let Some(last) = found.last_mut() {
                last.output.push_str(line);
                last.output.push('\n');
            }
        }
    }
    found
}

#[test]
fn what_the_readme_shows_is_what_happens() {
    let readme = fs::read_to_string(sim::root().join("README.md")).unwrap();
    let all = shown(&readme);
    assert!(!all.is_empty());
    for Shown { line, command, output } in all {
        let arguments = command
            .strip_prefix("cargo run --release -- ")
            .or_else(|| command.strip_prefix("sim "))
            .unwrap_or_else(|| panic!("README.md:{line}: only `sim` can be run: {command}"));
        // Quotes are for the shell; nothing in them has a blank.
        let unquoted = |argument| str::trim_matches(argument, '"');
        let arguments: Vec<&str> = arguments.split(' ').map(unquoted).collect();
        // Both streams go to one file, as they go to one terminal.
        let terminal = tempfile::NamedTempFile::new().unwrap();
        let end = || fs::OpenOptions::new().append(true).open(terminal.path()).unwrap();
        sim::command(sim::root(), &arguments)
            .stdout(Stdio::from(end()))
            .stderr(Stdio::from(end()))
            .status()
            .unwrap();
        let happened = fs::read_to_string(terminal.path()).unwrap();
        assert_eq!(happened, output, "README.md:{line}: $ {command}");
    }
}

#[test]
fn the_scenarios_of_the_readme_run() {
    let readme = fs::read_to_string(sim::root().join("README.md")).unwrap();
    let blocks: Vec<&str> = readme
        .split("```toml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap_or_default())
        .collect();
    assert!(!blocks.is_empty());
    for text in blocks {
        let place = sim::Place::new(&[("readme.toml", text.as_bytes())]);
        let ended = place.run(&["run", "readme.toml"]);
        assert_eq!(ended.code, Some(0), "{text}\n{}", ended.stderr);
    }
}
