//! `--trace FILE`: written while the run goes on.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::files::FileError;
use crate::trace::file::{Form, Status, sink};
use crate::trace::{Header, Sink};

/// Where a trace goes, in the form that the path's extension tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TracePath {
    path: PathBuf,
    form: Form,
}

impl FromStr for TracePath {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let path = PathBuf::from(text);
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension.and_then(Form::of_extension) {
            Some(form) => Ok(Self { path, form }),
            None => Err("its name should end with .arrow or .jsonl, the two forms".to_owned()),
        }
    }
}

/// A trace file that is being written. What is in it can be read at any time, up to there.
pub(super) struct TraceFile {
    path: PathBuf,
    status: Status,
}

impl TracePath {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Creates the file. The sink writes to it; what comes with it tells how that went.
    pub(super) fn create(&self, header: &Header) -> Result<(Box<dyn Sink>, TraceFile), FileError> {
        let path = self.path.clone();
        let file = File::create(&path).map_err(|error| FileError::writing(&path, &error))?;
        let (sink, status) = sink(self.form, BufWriter::new(file), header);
        Ok((sink, TraceFile { path, status }))
    }
}

impl TraceFile {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Whether everything was written.
    pub(super) fn result(&self) -> Result<(), FileError> {
        match self.status.take_error() {
            Some(error) => Err(FileError::writing(&self.path, &error)),
            None => Ok(()),
        }
    }
}
