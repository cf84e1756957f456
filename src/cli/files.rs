//! Reading and writing files, with errors that say what to do.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::source::SourceFile;

/// The extension of scenario files.
pub(super) const SCENARIO: &str = "toml";

/// The extension of files that keep what `sim view` shows.
pub(super) const SAVED_VIEW: &str = "simview.toml";

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("cannot {action} {path}: {reason}", path = path.display())]
pub(super) struct FileError {
    action: &'static str,
    path: PathBuf,
    reason: String,
}

impl FileError {
    pub(super) fn new(action: &'static str, path: &Path, reason: impl Into<String>) -> Self {
        Self { action, path: path.to_owned(), reason: reason.into() }
    }

    fn io(action: &'static str, path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            ErrorKind::NotFound if action == "write" => "its folder does not exist".to_owned(),
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "permission denied".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            ErrorKind::NotADirectory => "a part of its path is a file, not a folder".to_owned(),
            ErrorKind::StorageFull => "the disk is full".to_owned(),
            _ => error.to_string(),
        };
        Self::new(action, path, reason)
    }

    /// That a file could not be opened or read.
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        Self::io("read", path, error)
    }

    pub(super) fn writing(path: &Path, error: &io::Error) -> Self {
        Self::io("write", path, error)
    }
}

/// Reads a source file.
pub(super) fn read_source(path: &Path) -> Result<SourceFile, FileError> {
    if path.is_dir() {
        let reason = "it is a folder; `sim test` runs all scenarios of one";
        return Err(FileError::new("read", path, reason));
    }
    let bytes = fs::read(path).map_err(|error| FileError::io("read", path, &error))?;
    let name = path.to_string_lossy().replace('\\', "/");
    match String::from_utf8(bytes) {
        Ok(text) => Ok(SourceFile::new(name, text)),
        Err(error) => {
            let good = error.utf8_error().valid_up_to();
            let line = String::from_utf8_lossy(&error.as_bytes()[..good]).matches('\n').count() + 1;
            let reason = format!("it is not UTF-8 text (line {line}, byte {})", good + 1);
            Err(FileError::new("read", path, reason))
        }
    }
}

/// The text of a file, if there is such a file.
pub(super) fn read_if_there(path: &Path) -> Result<Option<String>, FileError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(FileError::io("read", path, &error)),
    }
}

/// Writes a whole file, with the folders above it. It is never there in part: the text goes to a
/// file beside it, which then takes its name.
pub(super) fn write(path: &Path, text: &str) -> Result<(), FileError> {
    write_bytes(path, text.as_bytes())
}

/// The same for what need not be text.
pub(super) fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let attempt = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut beside = path.as_os_str().to_owned();
        beside.push(format!(".{}.tmp", std::process::id()));
        let beside = PathBuf::from(beside);
        let written = fs::write(&beside, bytes).and_then(|()| fs::rename(&beside, path));
        if written.is_err() {
            fs::remove_file(&beside).unwrap_or_default();
        }
        written
    };
    attempt().map_err(|error| FileError::writing(path, &error))
}

/// Removes a file, if it is there.
pub(super) fn remove(path: &Path) -> Result<(), FileError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(FileError::io("remove", path, &error))
        }
        _ => Ok(()),
    }
}

/// Whether a file is called like a scenario, and not like the view of one.
fn is_scenario(path: &Path) -> bool {
    let is_view = path
        .file_stem()
        .is_some_and(|stem| Path::new(stem).extension() == Path::new(SAVED_VIEW).file_stem());
    path.extension() == Some(OsStr::new(SCENARIO)) && !is_view
}

/// All scenarios in and below a folder, or the file itself; in the order of their paths.
pub(super) fn scenarios_at(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let reading = |error: &io::Error| FileError::io("read", &folder, error);
        for entry in fs::read_dir(&folder).map_err(|error| reading(&error))? {
            let entry = entry.map_err(|error| reading(&error))?.path();
            let is_hidden =
                entry.file_name().is_some_and(|name| name.as_encoded_bytes()[0] == b'.');
            if is_hidden {
                continue;
            }
            // A link to a folder is not followed: it may lead back up.
            let is_folder = fs::symlink_metadata(&entry).is_ok_and(|found| found.is_dir());
            if is_folder {
                folders.push(entry);
            } else if is_scenario(&entry) && entry.is_file() {
                found.push(entry);
            }
        }
    }
    found.sort();
    Ok(found)
}
