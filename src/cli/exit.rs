//! Exit codes. They are part of the command's interface.

use std::process::ExitCode;

/// How the command ends. Of several files, the largest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Fine = 0,
    /// The program failed, an expectation did not hold, or a snapshot differs.
    Failed = 1,
    /// The command line makes no sense.
    Usage = 2,
    /// The input was rejected: it has mistakes.
    Rejected = 3,
    /// A file could not be read or written.
    Unreadable = 4,
    /// A bug in `sim`.
    Bug = 101,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
