//! A real CPython: which there is, and a program run on it in virtual time.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::trace::PythonVersion;
use crate::verify::{Observed, ReportError, VIRTUAL_TIME};

/// Between two looks at whether the interpreter has ended.
const POLL: Duration = Duration::from_millis(2);

/// An interpreter.
#[derive(Clone, Debug)]
pub(super) struct CPython {
    command: PathBuf,
    /// Its version: `3.14.2`.
    pub(super) version: String,
    /// The modelled version that is nearest.
    pub(super) models: PythonVersion,
}

/// What is run.
#[derive(Clone, Debug)]
pub(super) enum Program {
    /// A file, where it is: its name shows in what programs tell of themselves.
    File(PathBuf),
    /// A text that has no file yet.
    Text { name: String, text: String },
}

/// What a program is run with.
#[derive(Clone, Debug)]
pub(super) struct World<'a> {
    pub(super) seed: u64,
    /// The wall clock at virtual time 0, in nanoseconds since 1970.
    pub(super) epoch: i128,
    pub(super) cores: u32,
    /// Real time after which it is ended.
    pub(super) patience: Duration,
    /// Arguments of the program itself.
    pub(super) arguments: &'a [String],
}

/// What a real run was.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) observed: Observed,
    /// What went to standard error.
    pub(super) errors: String,
}

/// Why there is no real run to compare with.
#[derive(Debug, thiserror::Error)]
pub(super) enum CPythonError {
    #[error("cannot start `{command}`: {error}; name a CPython of 3.11 or later by --python", command = command.display())]
    Missing { command: PathBuf, error: io::Error },
    #[error("`{command}` is no CPython of 3.11 or later, but {found}", command = command.display())]
    Version { command: PathBuf, found: String },
    #[error("cannot hand the program to the interpreter: {0}")]
    Io(#[from] io::Error),
    #[error("the interpreter did not end within {}s of real time; give it more by --timeout", .0.as_secs())]
    Timeout(Duration),
    #[error("{error}{}", indented(errors))]
    Report { error: ReportError, errors: String },
}

fn indented(errors: &str) -> String {
    errors.trim_end().lines().map(|line| format!("\n  {line}")).collect()
}

impl CPython {
    /// Asks a command what it is.
    pub(super) fn find(command: &Path) -> Result<Self, CPythonError> {
        const ASK: &str = "import platform, sys\n\
            print(platform.python_implementation(), '%d.%d.%d' % sys.version_info[:3])";
        let asked = Command::new(command).args(["-I", "-c", ASK]).stdin(Stdio::null()).output();
        let output =
            asked.map_err(|error| CPythonError::Missing { command: command.to_owned(), error })?;
        let answer = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        let found = answer.strip_prefix("CPython ").and_then(|version| {
            Some(Self {
                command: command.to_owned(),
                version: version.to_owned(),
                models: modelled(version)?,
            })
        });
        let nothing =
            || if answer.is_empty() { "something else".to_owned() } else { answer.clone() };
        found.ok_or_else(|| CPythonError::Version { command: command.to_owned(), found: nothing() })
    }

    /// Runs a program in virtual time.
    pub(super) fn run(&self, program: &Program, world: &World<'_>) -> Result<Ran, CPythonError> {
        let folder = tempfile::tempdir()?;
        let driver = folder.path().join("virtual_time.py");
        let report = folder.path().join("report.jsonl");
        fs::write(&driver, VIRTUAL_TIME)?;
        let file = match program {
            Program::File(path) => path.clone(),
            Program::Text { name, text } => {
                let file = folder.path().join(name);
                fs::write(&file, text)?;
                file
            }
        };
        fs::write(&report, "")?;
        let mut child = Command::new(&self.command)
            .args(["-s", "-B", "-X", "utf8"])
            .arg(&driver)
            .arg(&report)
            .arg(&file)
            .args([world.seed.to_string(), world.epoch.to_string(), world.cores.to_string()])
            .args(world.arguments)
            .env("PYTHONHASHSEED", "0")
            .env_remove("PYTHONPATH")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| CPythonError::Missing { command: self.command.clone(), error })?;
        let errors = listen(&mut child);
        wait(&mut child, world.patience)?;
        let errors = errors.and_then(|listener| listener.join().ok()).unwrap_or_default();
        let observed = Observed::from_report(&fs::read_to_string(&report)?);
        match observed {
            Ok(observed) => Ok(Ran { observed, errors }),
            Err(error) => Err(CPythonError::Report { error, errors }),
        }
    }
}

/// The modelled version of a CPython; the newest stands for those that come after it.
fn modelled(version: &str) -> Option<PythonVersion> {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().ok());
    let (major, minor) = (parts.next()??, parts.next()??);
    if major != 3 || minor < 11 {
        return None;
    }
    let name = format!("3.{minor}");
    PythonVersion::named(&name).or_else(|| PythonVersion::ALL.last().copied())
}

/// Reads standard error aside, so that the interpreter never waits for its reader.
fn listen(child: &mut Child) -> Option<thread::JoinHandle<String>> {
    let mut stream = child.stderr.take()?;
    Some(thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap_or_default();
        String::from_utf8_lossy(&bytes).into_owned()
    }))
}

fn wait(child: &mut Child, patience: Duration) -> Result<(), CPythonError> {
    let begun = Instant::now();
    while child.try_wait()?.is_none() {
        if begun.elapsed() > patience || super::interrupt::is_requested() {
            child.kill()?;
            child.wait()?;
            return Err(CPythonError::Timeout(patience));
        }
        thread::sleep(POLL);
    }
    Ok(())
}
