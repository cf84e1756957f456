//! Exit codes. They are part of the command's interface.

use std::process::ExitCode;

/// How the command ends. Of several files, the worst counts: what stands further down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is well.
    Fine,
    /// The program failed, an expectation did not hold, or a snapshot differs.
    Failed,
    /// The program ended itself with this code.
    Program(u8),
    /// The command line makes no sense.
    Usage,
    /// The input was rejected: it has mistakes.
    Rejected,
    /// A file could not be read or written.
    Unreadable,
    /// A bug in `sim`.
    Bug,
}

impl Exit {
    /// The number that the caller of the command gets.
    pub const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Failed => 1,
            Self::Program(code) => code,
            Self::Usage => 2,
            Self::Rejected => 3,
            Self::Unreadable => 4,
            Self::Bug => 101,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
