//! What changed between two texts, line by line.

use similar::{ChangeTag, TextDiff};

/// How many equal lines are shown around a change.
const CONTEXT_LINES: usize = 3;

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It stands in both.
    Kept,
    /// It stands in the old text only.
    Removed,
    /// It stands in the new text only.
    Added,
    /// Not a line: so many equal ones are left out here.
    Skipped,
}

/// A line of a diff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    /// What became of it.
    pub change: Change,
    /// The line, or what is left out.
    pub text: String,
}

/// The differences of two texts, each with a few lines around it.
pub fn diff(old: &str, new: &str) -> Vec<DiffLine> {
    let diff = TextDiff::from_lines(old, new);
    let mut lines = Vec::new();
    let mut old_seen = 0;
    for group in diff.grouped_ops(CONTEXT_LINES) {
        let begin = group.first().map_or(0, |op| op.old_range().start);
        push_skipped(&mut lines, begin - old_seen);
        for op in &group {
            for change in diff.iter_changes(op) {
                let (tag, text) = (change.tag(), change.value().trim_end_matches('\n'));
                let change = match tag {
                    ChangeTag::Equal => Change::Kept,
                    ChangeTag::Delete => Change::Removed,
                    ChangeTag::Insert => Change::Added,
                };
                lines.push(DiffLine { change, text: text.to_owned() });
            }
        }
        old_seen = group.last().map_or(old_seen, |op| op.old_range().end);
    }
    push_skipped(&mut lines, diff.old_slices().len() - old_seen);
    lines
}

fn push_skipped(lines: &mut Vec<DiffLine>, n_lines: usize) {
    if n_lines > 0 {
        let plural = if n_lines == 1 { "" } else { "s" };
        let text = format!("{n_lines} equal line{plural}");
        lines.push(DiffLine { change: Change::Skipped, text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> String {
        let line = |line: DiffLine| {
            let sign = match line.change {
                Change::Kept => ' ',
                Change::Removed => '-',
                Change::Added => '+',
                Change::Skipped => '@',
            };
            format!("{sign}{}\n", line.text)
        };
        diff(old, new).into_iter().map(line).collect()
    }

    #[test]
    fn far_away_lines_are_left_out() {
        let old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let new = "1\n2\n3\n4\nfive\n6\n7\n8\n9\nten\n";
        assert_eq!(shown(old, new), "@1 equal line\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n 9\n+ten\n");
        assert_eq!(shown("a\n", "a\n"), "@1 equal line\n");
        assert_eq!(shown("", "a\n"), "+a\n");
    }
}
