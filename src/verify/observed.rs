use std::fmt;

use serde::Deserialize;

use crate::index::EventId;
use crate::time::Instant;
use crate::trace::{Outcome, Trace, What};

/// What can be seen of a run from outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observed {
    /// Its lines of output, in order.
    pub lines: Vec<Line>,
    /// How it ended.
    pub ending: Ending,
}

/// A line of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// When it was printed, in virtual time.
    pub at: Instant,
    /// The line.
    pub text: String,
    /// The event of the trace that it is, if it comes from one.
    pub event: EventId,
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The program came to its end.
    Completed,
    /// An exception ended it.
    Raised {
        /// The exception's type.
        type_name: String,
        /// `str()` of it.
        message: String,
    },
    /// Nothing could happen any more.
    Deadlock,
    /// Otherwise: a bound was reached, or it was cut short.
    Other(String),
}

/// Why a report cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A line of it is not one.
    #[error("line {number} of the report cannot be read: {error}")]
    Line {
        /// Which, from 1.
        number: usize,
        /// Why.
        error: serde_json::Error,
    },
    /// The program was cut short.
    #[error("the report does not say how the run ended")]
    NoEnd,
}

#[derive(Deserialize)]
struct Entry {
    at: u64,
    line: Option<String>,
    end: Option<String>,
    #[serde(rename = "type")]
    type_name: Option<String>,
    message: Option<String>,
}

impl Observed {
    /// Reads the report of [`VIRTUAL_TIME`](super::VIRTUAL_TIME).
    pub fn from_report(report: &str) -> Result<Self, ReportError> {
        let mut lines = Vec::new();
        let mut ending = None;
        let entries = report.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        for (index, line) in entries {
            let entry: Entry = serde_json::from_str(line)
                .map_err(|error| ReportError::Line { number: index + 1, error })?;
            let at = Instant::from_nanos(entry.at);
            if let Some(text) = entry.line {
                lines.push(Line { at, text, event: EventId::NONE });
            }
            ending = entry.end.map(|end| match end.as_str() {
                "completed" => Ending::Completed,
                "deadlock" => Ending::Deadlock,
                "raised" => Ending::Raised {
                    type_name: entry.type_name.unwrap_or_default(),
                    message: entry.message.unwrap_or_default(),
                },
                other => Ending::Other(other.to_owned()),
            });
        }
        let ending = ending.ok_or(ReportError::NoEnd)?;
        Ok(Self { lines, ending })
    }

    /// What a trace holds.
    pub fn of_trace(trace: &Trace) -> Self {
        let line = |event: crate::trace::Event| match event.what {
            What::Output { text } => {
                Some(Line { at: event.at, text: trace.text(text).to_owned(), event: event.id })
            }
            _ => None,
        };
        let ending = match trace.outcome() {
            None => Ending::Other("cut short".to_owned()),
            Some(Outcome::Completed { .. }) => Ending::Completed,
            Some(Outcome::Raised { error }) => Ending::Raised {
                type_name: unqualified(&error.type_name),
                message: error.message.clone(),
            },
            Some(Outcome::Deadlock { .. }) => Ending::Deadlock,
            Some(other) => Ending::Other(other.to_string()),
        };
        Self { lines: trace.events().filter_map(line).collect(), ending }
    }
}

/// The name of a type without those of its module.
fn unqualified(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_owned()
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed => f.write_str("completed"),
            Self::Raised { type_name, message } if message.is_empty() => {
                write!(f, "raised {type_name}")
            }
            Self::Raised { type_name, message } => write!(f, "raised {type_name}: {message}"),
            Self::Deadlock => f.write_str("nothing could happen any more"),
            Self::Other(what) => f.write_str(what),
        }
    }
}
