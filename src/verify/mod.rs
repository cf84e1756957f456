//! The same program here and on a real CPython: what is compared, and how they differ.
//!
//! * [`VIRTUAL_TIME`] is a Python program that runs another one on a virtual clock, on the
//!   interpreter it is given to, and writes a report.
//! * [`Observed`] is what a run printed, when, and how it ended: read from such a report, or from a
//!   trace.
//! * [`compare`] finds the first difference of two of them. What depends on the machine does not
//!   count: addresses of objects, and where the files of asyncio lie.
//!
//! ```
//! use loopsim::verify::{Difference, Observed, compare};
//! let here = Observed::from_report(r#"
//!     {"at": 0, "line": "hello"}
//!     {"at": 0, "end": "completed"}
//! "#).unwrap();
//! let mut there = here.clone();
//! assert_eq!(compare(&here, &there), None);
//! there.lines[0].text = "good bye".to_owned();
//! assert_eq!(compare(&here, &there), Some(Difference::Line(0)));
//! ```
//!
//! Architecture invariant: this module starts no process and reads no file.

mod address;
mod observed;

pub use observed::{Ending, Line, Observed, ReportError};

use crate::time::Duration;

use address::is_same_text;

/// A program for a Python interpreter, 3.11 or later: `python3 - REPORT PROGRAM SEED EPOCH_NS CORES
/// [ARGUMENT…]`. It needs the standard library only.
pub const VIRTUAL_TIME: &str = include_str!("virtual_time.py");

/// Moments that lie this close together count as one: CPython reckons in floats.
const ONE_MOMENT: Duration = Duration::from_micros(2);

/// Where two runs part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// At the line of output of that number, from 0: one of them may not have it.
    Line(usize),
    /// In how they ended.
    Ending,
}

/// The first difference; `None` if there is none.
pub fn compare(here: &Observed, there: &Observed) -> Option<Difference> {
    let both = here.lines.iter().zip(&there.lines);
    let same = both.take_while(|(a, b)| is_same_line(a, b)).count();
    if same < here.lines.len().max(there.lines.len()) {
        return Some(Difference::Line(same));
    }
    (!is_same_ending(&here.ending, &there.ending)).then_some(Difference::Ending)
}

fn is_same_line(a: &Line, b: &Line) -> bool {
    let apart = a.at.max(b.at).since(a.at.min(b.at));
    is_same_text(&a.text, &b.text) && apart <= ONE_MOMENT
}

fn is_same_ending(a: &Ending, b: &Ending) -> bool {
    match (a, b) {
        (
            Ending::Raised { type_name, message },
            Ending::Raised { type_name: other, message: said },
        ) => type_name == other && is_same_text(message, said),
        _ => a == b,
    }
}
