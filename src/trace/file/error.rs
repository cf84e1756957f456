//! Why a file could not be read.

use std::fmt::Display;
use std::io;

/// Why a file is not read as a trace. The messages go on from "cannot read x.arrow: ".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadTraceError {
    /// The bytes could not be had.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// There are no bytes.
    #[error("it is empty")]
    Empty,
    /// It is something else.
    #[error("it is not a trace: {0}")]
    NotATrace(String),
    /// It was written by a newer version.
    #[error(
        "it was written by a newer version, with {part} version {found}; this one reads up to \
         {part} version {known}"
    )]
    NewerVersion {
        /// What is newer: the `file format` or the `event vocabulary`.
        part: &'static str,
        /// The version of the file.
        found: u32,
        /// The newest version that can be read.
        known: u32,
    },
    /// It ends before it says what it is a trace of.
    #[error("it was cut short before the first event")]
    HeaderCut,
    /// It begins as a trace, and cannot be one.
    #[error("it is damaged at {place}: {what}")]
    Damaged {
        /// Where: `line 7`, `message 3`.
        place: String,
        /// What is wrong there.
        what: String,
    },
}

impl ReadTraceError {
    pub(super) fn damaged(place: impl Display, what: impl Display) -> Self {
        Self::Damaged { place: place.to_string(), what: what.to_string() }
    }
}
