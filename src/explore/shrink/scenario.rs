//! The pieces of a scenario: its sections, its steps, what is in a block, its times.

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use super::Cut;

/// Keys whose values are times.
const TIMES: [&str; 6] = ["sleep", "io", "block", "compute", "delay", "jitter"];
/// Tables inside of each other that are gone into.
const MAX_DEPTH: u32 = 64;

/// What may be left out of a scenario, or made shorter.
pub fn cuts(text: &str) -> Vec<Cut> {
    let Ok(table) = DeTable::parse(text) else { return Vec::new() };
    let mut cuts = sections(text);
    for (_, value) in table.get_ref() {
        of_value(text, value.get_ref(), &mut cuts, 0);
    }
    cuts
}

/// Sections from one header to the next, and single lines that are not part of a longer value; what
/// says how to explore stays.
fn sections(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut begun: Option<usize> = None;
    let (mut at, mut depth, mut stays) = (0_usize, 0_i64, false);
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let is_header = depth == 0 && trimmed.starts_with('[');
        if is_header {
            cuts.extend(begun.take().map(|start| Cut::out(start..at)));
            stays = trimmed == "[explore]";
            begun = (!stays).then_some(at);
        }
        let opened = line.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
        let closed = line.bytes().filter(|b| matches!(b, b']' | b'}')).count();
        let change = i64::try_from(opened).unwrap_or(0) - i64::try_from(closed).unwrap_or(0);
        if depth == 0 && change == 0 && !is_header && !stays && !trimmed.is_empty() {
            cuts.push(Cut::out(at..at + line.len()));
        }
        depth = (depth + change).max(0);
        at += line.len();
    }
    cuts.extend(begun.map(|start| Cut::out(start..at)));
    cuts
}

fn of_value(text: &str, value: &DeValue<'_>, cuts: &mut Vec<Cut>, depth: u32) {
    if depth > MAX_DEPTH {
        return;
    }
    match value {
        DeValue::Array(items) => {
            for item in items {
                cuts.push(Cut::out(with_comma(text, item.span())));
                of_value(text, item.get_ref(), cuts, depth + 1);
                of_block(text, item.get_ref(), item.span(), cuts);
            }
        }
        DeValue::Table(table) => {
            for (key, value) in table {
                let is_time = TIMES.contains(&&**key.get_ref());
                let span = value.span();
                if is_time && !matches!(text.get(span.clone()), Some("0" | "1")) {
                    cuts.push(Cut { range: span.clone(), by: "0".to_owned() });
                    cuts.push(Cut { range: span, by: "1".to_owned() });
                }
                of_value(text, value.get_ref(), cuts, depth + 1);
            }
        }
        _ => {}
    }
}

/// A step with steps inside may be replaced by these.
fn of_block(text: &str, step: &DeValue<'_>, range: Range<usize>, cuts: &mut Vec<Cut>) {
    let DeValue::Table(step) = step else { return };
    for (key, inner) in step {
        let is_block = matches!(&**key.get_ref(), "steps" | "else" | "try" | "finally");
        if let (true, DeValue::Array(items)) = (is_block, inner.get_ref())
            && let (Some(first), Some(last)) = (items.iter().next(), items.iter().last())
            && let Some(inside) = text.get(first.span().start..last.span().end)
        {
            cuts.push(Cut { range: range.clone(), by: inside.to_owned() });
        }
    }
}

/// The range with the comma behind it, or with the blanks before it.
fn with_comma(text: &str, range: Range<usize>) -> Range<usize> {
    let behind = text.get(range.end..).unwrap_or("");
    let blanks = behind.len() - behind.trim_start().len();
    if behind.trim_start().starts_with(',') {
        return range.start..range.end + blanks + 1;
    }
    range
}
