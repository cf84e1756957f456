//! `sim test`: every scenario's ordering against its snapshot.

use std::path::{Path, PathBuf};

use super::explore;
use super::junit::{self, Case};
use super::record;
use super::simulate::{Keeps, options};
use crate::cli::args::TestArguments;
use crate::cli::exit::Exit;
use crate::cli::files::{self, FileError};
use crate::cli::host::{Attendant, Lines};
use crate::cli::interrupt;
use crate::cli::load::load;
use crate::cli::render::{self, Look};
use crate::cli::terminal::{Mark, Terminal};
use crate::program::{Exploring, Program};
use crate::report;
use crate::simulation::{self, Recording, Run};
use crate::snapshot::{About, Change, Stored, diff, file_name};
use crate::verify::Observed;

/// The folder of scenarios, and the one of their snapshots beside it.
const SCENARIOS: &str = "scenarios";
const SNAPSHOTS: &str = "snapshots";
/// Outcomes of an exploration in a snapshot, and the folder of these snapshots.
const OUTCOMES: usize = 100;
const OUTCOMES_FOLDER: &str = "outcomes";

/// Runs all scenarios at the paths and compares.
pub(in crate::cli) fn test(arguments: &TestArguments, terminal: &Terminal) -> Exit {
    let files = match find(&arguments.paths) {
        Ok(files) => files,
        Err(error) => {
            terminal.error(&error.to_string());
            return Exit::Unreadable;
        }
    };
    let shard = |index: usize| arguments.shard.is_none_or(|shard| shard.takes(index));
    let mut results = Vec::new();
    for (_, file) in files.iter().enumerate().filter(|(index, _)| shard(*index)) {
        let tested = test_file(file, arguments, terminal);
        terminal.out_line(&tested.line(terminal.colors_out()));
        results.push(tested);
        if terminal.has_failed() || interrupt::is_requested() {
            break;
        }
    }
    for tested in &results {
        tell_problems(tested, terminal);
    }
    terminal.out_line(&closing_line(&results, terminal.colors_out()));
    let mut worst = results.iter().map(Tested::exit).max().unwrap_or(Exit::Fine);
    if interrupt::is_requested() {
        worst = worst.max(Exit::Failed);
    }
    if let Some(path) = &arguments.junit
        && let Err(error) = write_junit(path, &results)
    {
        terminal.error(&error.to_string());
        worst = worst.max(Exit::Unreadable);
    }
    worst
}

/// All scenario files at the paths, each once, in order.
fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, FileError> {
    let mut found = Vec::new();
    for path in paths {
        let scenarios = files::scenarios_at(path)?;
        if scenarios.is_empty() {
            return Err(FileError::new("test", path, "there is no scenario in this folder"));
        }
        found.extend(scenarios);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// What came out of testing one file.
struct Tested {
    name: String,
    /// What is not as it should be.
    problems: Vec<Problem>,
    /// What was done to the snapshot.
    written: Option<&'static str>,
}

/// Something that is not as it should be.
struct Problem {
    exit: Exit,
    /// In a few words.
    message: String,
    /// In full; may be empty.
    details: Vec<(Change, String)>,
}

impl Problem {
    fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into(), details: Vec::new() }
    }

    fn with_text(mut self, text: &str) -> Self {
        self.details.extend(text.lines().map(|line| (Change::Kept, line.to_owned())));
        self
    }
}

impl Tested {
    fn exit(&self) -> Exit {
        self.problems.iter().map(|problem| problem.exit).max().unwrap_or(Exit::Fine)
    }

    /// `ok       scenarios/a.toml`.
    fn line(&self, colored: bool) -> String {
        let (word, mark) = match (self.exit(), self.written) {
            (Exit::Fine, None) => ("ok", Mark::Good),
            (Exit::Fine, Some(written)) => (written, Mark::Strong),
            _ => ("FAILED", Mark::Bad),
        };
        format!("{}  {}", mark.paint(&format!("{word:<7}"), colored), self.name)
    }
}

fn test_file(file: &Path, arguments: &TestArguments, terminal: &Terminal) -> Tested {
    let name = file.to_string_lossy().replace('\\', "/");
    let mut tested = Tested { name, problems: Vec::new(), written: None };
    let loaded = match load(file, &arguments.simulation) {
        Ok(loaded) => loaded,
        Err(error) => {
            tested.problems.push(Problem::new(Exit::Unreadable, error.to_string()));
            return tested;
        }
    };
    let Some(program) = &loaded.program else {
        let look = Look { colored: false, columns: terminal.columns_out() };
        let text = render::diagnostics(&loaded.source, &loaded.diagnostics, look);
        tested.problems.push(Problem::new(Exit::Rejected, "it is rejected").with_text(&text));
        return tested;
    };
    let mut options = options(&arguments.simulation, program, Keeps::Everything);
    options.recording = Recording::Memory;
    let attendant = Attendant::new(terminal, Lines::Kept);
    let run = simulation::run(program, options, Box::new(attendant));
    if interrupt::is_requested() {
        tested.problems.push(Problem::new(Exit::Failed, "interrupted"));
        return tested;
    }
    check_expectations(&run, &mut tested);
    if let Err(error) = check_recorded(file, &run, &mut tested) {
        tested.problems.push(Problem::new(Exit::Unreadable, error.to_string()));
    }
    let ordering = report::ordering(&run.trace);
    let shown = Shown { what: "the order of events", path: snapshot_path(file), text: &ordering };
    if let Err(error) = compare(&shown, &program.name, arguments.update, &mut tested) {
        tested.problems.push(Problem::new(Exit::Unreadable, error.to_string()));
    }
    if let Some(said) = &program.expectations.exploring
        && let Err(message) = check_schedules(file, program, said, arguments, &mut tested)
    {
        tested.problems.push(Problem::new(Exit::Unreadable, message));
    }
    tested
}

/// Explores a scenario that says how, and compares the outcomes with their snapshot.
fn check_schedules(
    file: &Path,
    program: &Program,
    said: &Exploring,
    arguments: &TestArguments,
    tested: &mut Tested,
) -> Result<(), String> {
    let found = explore::as_it_says(file, program, said, &arguments.simulation)?;
    let look = explore::Look { colored: false, rows: OUTCOMES };
    let text = explore::text(&found, look);
    match (found.fails(), said.fails) {
        (true, false) => {
            let problem = Problem::new(Exit::Failed, "a schedule fails").with_text(&text);
            tested.problems.push(problem);
        }
        (false, true) => {
            let message = "no schedule fails, though one is said to";
            tested.problems.push(Problem::new(Exit::Failed, message).with_text(&text));
        }
        _ => {}
    }
    let path = snapshot_path(file);
    let name = path.file_name().unwrap_or_default();
    let path = path.with_file_name(OUTCOMES_FOLDER).join(name);
    let shown = Shown { what: "the table of outcomes", path, text: &text };
    compare(&shown, &program.name, arguments.update, tested).map_err(|error| error.to_string())
}

/// Something that is compared with its snapshot.
struct Shown<'s> {
    what: &'static str,
    path: PathBuf,
    text: &'s str,
}

fn check_expectations(run: &Run, tested: &mut Tested) {
    for broken in &run.expectations {
        let (first, rest) = broken.message.split_once('\n').unwrap_or((&broken.message, ""));
        let message = format!("expectation broken: {}: {first}", broken.what);
        let text = format!(" --> {}\n{rest}", broken.place);
        tested.problems.push(Problem::new(Exit::Failed, message).with_text(&text));
    }
    // An unexpected end breaks expectations or shows in the ordering; why it came is told too.
    if !run.expectations.is_empty()
        && let Some(failure) = report::failure(&run.outcome)
    {
        let message = run.outcome.to_string();
        tested.problems.push(Problem::new(Exit::Failed, message).with_text(&failure));
    }
}

/// Compares the output of a Python program with what CPython printed, if that was recorded.
fn check_recorded(file: &Path, run: &Run, tested: &mut Tested) -> Result<(), FileError> {
    if file.extension().is_some_and(|extension| extension == files::SCENARIO) {
        return Ok(());
    }
    let Some(recorded) = record::recorded(file)? else { return Ok(()) };
    let lines = Observed::of_trace(&run.trace).lines;
    let printed: Vec<String> = lines.into_iter().map(|line| line.text).collect();
    if printed != recorded {
        let mut problem = Problem::new(Exit::Failed, "the output is not what CPython printed");
        let changes = diff(&recorded.join("\n"), &printed.join("\n"));
        problem.details.extend(changes.into_iter().map(|line| (line.change, line.text)));
        tested.problems.push(problem);
    }
    Ok(())
}

/// Compares with the snapshot, and writes it if asked to; else a pending one, as insta does.
fn compare(
    shown: &Shown<'_>,
    description: &str,
    update: bool,
    tested: &mut Tested,
) -> Result<(), FileError> {
    let Shown { what, path, text: ordering } = shown;
    let pending = path.with_extension("snap.new");
    let text = files::read_if_there(path)?;
    let stored = text.as_deref().and_then(Stored::parse);
    if stored.as_ref().is_some_and(|stored| stored.matches(ordering)) {
        return files::remove(&pending);
    }
    let about = About { source: &tested.name, description };
    let new_text = match &stored {
        Some(stored) => stored.with_contents(ordering),
        None => Stored::create(about, ordering),
    };
    if update {
        files::write(path, &new_text)?;
        tested.written = Some(if text.is_some() { "updated" } else { "created" });
        return files::remove(&pending);
    }
    let shown = path.display();
    let problem = match (&stored, &text) {
        (Some(stored), _) => {
            let message = format!("{what} is not that of its snapshot");
            let mut problem = Problem::new(Exit::Failed, message);
            let changes = diff(stored.contents(), ordering.trim_end());
            problem.details.extend(changes.into_iter().map(|line| (line.change, line.text)));
            problem
        }
        (None, Some(_)) => {
            Problem::new(Exit::Failed, format!("{shown} is no snapshot: it is damaged"))
        }
        (None, None) => Problem::new(Exit::Failed, format!("it has no snapshot yet: {shown}")),
    };
    tested.problems.push(problem);
    if !is_ci() {
        files::write(&pending, &new_text)?;
    }
    Ok(())
}

/// Where the snapshot of a scenario is: below the folder `scenarios` nearest to it, the path names
/// it, and the folder is `snapshots` beside that one. For other files it is beside themselves.
fn snapshot_path(file: &Path) -> PathBuf {
    let root = file.ancestors().skip(1).find(|folder| folder.ends_with(SCENARIOS));
    let (home, below) = match root {
        Some(root) => (root.parent(), file.strip_prefix(root).unwrap_or(file)),
        None => (file.parent(), Path::new(file.file_name().unwrap_or_default())),
    };
    let folder = home.unwrap_or(Path::new("")).join(SNAPSHOTS);
    folder.join(file_name(&below.to_string_lossy()))
}

/// Whether this is an unattended machine, where nobody could review a pending snapshot. As insta
/// finds out.
fn is_ci() -> bool {
    match std::env::var("CI").as_deref() {
        Ok("false" | "0" | "") => false,
        Ok(_) => true,
        Err(_) => std::env::var_os("TF_BUILD").is_some(),
    }
}

fn tell_problems(tested: &Tested, terminal: &Terminal) {
    let colored = terminal.colors_out();
    for problem in &tested.problems {
        terminal.out_line("");
        terminal.out_line(&format!(
            "{}: {}",
            Mark::Strong.paint(&tested.name, colored),
            problem.message
        ));
        let is_diff = problem.details.iter().any(|(change, _)| *change != Change::Kept);
        for (change, text) in &problem.details {
            let line = match change {
                Change::Kept if is_diff => format!("    {text}"),
                Change::Kept => text.clone(),
                Change::Removed => Mark::Bad.paint(&format!("  - {text}"), colored),
                Change::Added => Mark::Good.paint(&format!("  + {text}"), colored),
                Change::Skipped => Mark::Faint.paint(&format!("  … {text}"), colored),
            };
            terminal.out_line(line.trim_end());
        }
    }
}

/// `12 passed, 1 failed`, and what can be done about it.
fn closing_line(results: &[Tested], colored: bool) -> String {
    let n_failed = results.iter().filter(|tested| tested.exit() != Exit::Fine).count();
    let counts = format!("{} passed, {n_failed} failed", results.len() - n_failed);
    let mark = if n_failed == 0 { Mark::Good } else { Mark::Bad };
    let mut line = format!("\n{}", mark.paint(&counts, colored));
    let is_pending = |problem: &Problem| {
        problem.message.ends_with("of its snapshot") || problem.message.starts_with("it has no")
    };
    if results.iter().any(|tested| tested.problems.iter().any(is_pending)) {
        line.push_str("\nif that is how it should be: sim test --update, or cargo insta review");
    }
    line
}

fn write_junit(path: &Path, results: &[Tested]) -> Result<(), FileError> {
    let details: Vec<(String, String)> = results
        .iter()
        .map(|tested| {
            let messages = tested.problems.iter().map(|problem| problem.message.as_str());
            let lines = tested.problems.iter().flat_map(|problem| {
                problem.details.iter().map(|(change, text)| match change {
                    Change::Kept => format!("  {text}\n"),
                    Change::Removed => format!("- {text}\n"),
                    Change::Added => format!("+ {text}\n"),
                    Change::Skipped => format!("… {text}\n"),
                })
            });
            (messages.collect::<Vec<_>>().join("; "), lines.collect())
        })
        .collect();
    let cases: Vec<Case<'_>> = results
        .iter()
        .zip(&details)
        .map(|(tested, (message, details))| Case {
            name: &tested.name,
            failure: (tested.exit() != Exit::Fine).then_some((message, details)),
        })
        .collect();
    files::write(path, &junit::document(&cases))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snapshots_are_beside_the_scenarios() {
        for (file, snapshot) in [
            ("scenarios/a/b.toml", "snapshots/a__b.toml.snap"),
            ("./scenarios/b.toml", "./snapshots/b.toml.snap"),
            ("/x/scenarios/a/b.toml", "/x/snapshots/a__b.toml.snap"),
            ("app/b.toml", "app/snapshots/b.toml.snap"),
            ("b.toml", "snapshots/b.toml.snap"),
        ] {
            assert_eq!(snapshot_path(Path::new(file)), Path::new(snapshot), "{file}");
        }
    }
}
