//! Reading a trace, whichever form it has.

use std::fmt;
use std::io::{BufReader, Read};

use super::{Form, ReadTraceError, arrow, jsonl};
use crate::index::EventId;
use crate::time::Instant;
use crate::trace::Trace;

/// What was read.
#[derive(Clone, Debug)]
pub struct ReadTrace {
    /// The trace; without an outcome if the file was cut short.
    pub trace: Trace,
    /// The form it had.
    pub form: Form,
    /// Where the file ends, if it ends before the run did.
    pub cut: Option<Cut>,
}

/// Where a file was cut short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The last event that is there.
    pub after: Option<EventId>,
    /// Its time.
    pub at: Instant,
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.after {
            Some(event) => write!(f, "cut short after event {} at {}", event.0, self.at),
            None => f.write_str("cut short before the first event"),
        }
    }
}

/// Reads a trace, and finds out by itself which form it has.
///
/// A trace that was cut short is read up to the cut. There are no bytes that make this panic.
pub fn read(source: impl Read) -> Result<ReadTrace, ReadTraceError> {
    let mut source = BufReader::with_capacity(1 << 16, source);
    let mut start = Vec::new();
    (&mut source).take(4).read_to_end(&mut start)?;
    let whole = start.as_slice().chain(source);
    match start.as_slice() {
        [] => Err(ReadTraceError::Empty),
        [b'{', ..] => jsonl::read(whole),
        start if start == arrow::START => arrow::read(whole),
        b"ARRO" => Err(ReadTraceError::NotATrace(
            "it is an Arrow file, and a trace is an Arrow stream".to_owned(),
        )),
        start if arrow::START.starts_with(start) => Err(ReadTraceError::HeaderCut),
        _ => Err(ReadTraceError::NotATrace(
            "it begins neither like an Arrow stream nor like JSON Lines".to_owned(),
        )),
    }
}
