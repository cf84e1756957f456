//! The canonical report: what `sim test` locks.

use super::decision::decisions;
use super::phrase::Words;
use super::width::{padded, width};
use crate::trace::Trace;

/// Columns have fixed widths, so that one long name does not move every other line.
const TIME_COLUMNS: usize = 8;
const LANE_COLUMNS: usize = 15;
const WHAT_COLUMNS: usize = 28;

/// One line for each decision: `time  lane  what  ← cause`.
///
/// It depends on nothing but the program and its schedule, names lanes and causes in words, and
/// holds no line numbers: an edit that does not change the order does not change it.
pub fn ordering(trace: &Trace) -> String {
    let words = Words::of(trace);
    let mut text = String::new();
    for decision in decisions(trace) {
        let event = &decision.event;
        let time = event.at.to_string();
        let indent = " ".repeat(TIME_COLUMNS.saturating_sub(width(&time)));
        let lane = padded(words.lane(event.lane), LANE_COLUMNS);
        let what = words.what(event);
        let told = match words.because(&decision) {
            Some(cause) => format!("{} ← {cause}", padded(&what, WHAT_COLUMNS)),
            None => what,
        };
        text.push_str(format!("{indent}{time}  {lane}  {told}").trim_end());
        text.push('\n');
    }
    if trace.outcome().is_none() {
        text.push_str("(the trace ends here: it was cut short)\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn every_decision_has_its_line() {
        insta::assert_snapshot!("ordering_numbers", ordering(&testing::numbers_and_letters()));
        insta::assert_snapshot!("ordering_held_loop", ordering(&testing::held_loop()));
    }
}
