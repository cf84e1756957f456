//! Which form a file has.

/// A file form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// An Apache Arrow IPC stream.
    Arrow,
    /// JSON Lines.
    JsonLines,
}

impl Form {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Arrow, Self::JsonLines];

    /// The extension of its files, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Arrow => "arrow",
            Self::JsonLines => "jsonl",
        }
    }

    /// The form that files with this extension have.
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.extension().eq_ignore_ascii_case(extension))
    }
}
