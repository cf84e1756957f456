//! Source text: a named file, spans in it, lines and columns.
//!
//! Architecture invariant: this module knows nothing of files, TOML or Python; it counts bytes.

use std::fmt;
use std::ops::Range;

/// A half-open range of bytes in a source text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        let clamp = |offset| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// As a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Places in a text, to ask whether another one touches any of them.
#[derive(Clone, Debug, Default)]
pub struct SpanSet {
    /// In order of the start; the end is that of the longest so far.
    spans: Vec<Span>,
}

impl FromIterator<Span> for SpanSet {
    fn from_iter<I: IntoIterator<Item = Span>>(spans: I) -> Self {
        let mut spans: Vec<Span> = spans.into_iter().collect();
        spans.sort();
        let mut longest = 0;
        for span in &mut spans {
            longest = longest.max(span.end);
            span.end = longest;
        }
        Self { spans }
    }
}

impl SpanSet {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Whether a span has bytes in common with one of them, or stands right beside one.
    pub fn touches(&self, span: Span) -> bool {
        let next = self.spans.partition_point(|known| known.start <= span.end);
        next > 0 && self.spans[next - 1].end >= span.start
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}

/// Which part of what a place spans has failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    #[default]
    Whole,
    /// What a call calls.
    Callee,
    /// What an `await` awaits.
    Awaited,
}

/// A source text with its name as the user gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    name: String,
    text: String,
    is_library: bool,
    /// Offset of the first byte of each line.
    line_starts: Vec<u32>,
}

/// Line and column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

impl SourceFile {
    /// A file of that name and text.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| Span::new(at + 1, at + 1).start))
            .collect();
        Self { name: name.into(), text, is_library: false, line_starts }
    }

    /// The text of a module that comes with `sim`.
    pub fn of_library(module: &str, text: impl Into<String>) -> Self {
        Self { is_library: true, ..Self::new(format!("<{module}>"), text) }
    }

    /// The name, as the user gave it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is a module that comes with `sim`.
    pub fn is_library(&self) -> bool {
        self.is_library
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty if it is not one of this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset; the end of the file for one that is too large.
    pub fn position(&self, offset: u32) -> Position {
        let line_idx = self.line_starts.partition_point(|start| *start <= offset) - 1;
        let line_start = self.line_starts[line_idx] as usize;
        let end = (offset as usize).min(self.text.len());
        let column = self.text.get(line_start..end).map_or(0, |before| before.chars().count());
        let one_based = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
        Position { line: one_based(line_idx), column: one_based(column) }
    }

    /// The text of a line (from 1) without its end; empty past the last.
    pub fn line(&self, line: u32) -> &str {
        let Some(line_idx) = (line as usize).checked_sub(1) else { return "" };
        let Some(start) = self.line_starts.get(line_idx) else { return "" };
        let rest = &self.text[*start as usize..];
        rest.split('\n').next().unwrap_or_default().trim_end_matches('\r')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters() {
        let file = SourceFile::new("x", "aé\nbc\n");
        let at = |offset| file.position(offset).to_string();
        assert_eq!(
            [at(0), at(1), at(3), at(4), at(5), at(7), at(99)].join(" "),
            "1:1 1:2 1:3 2:1 2:2 3:1 3:1"
        );
        assert_eq!((file.line(1), file.line(2), file.line(3), file.line(9)), ("aé", "bc", "", ""));
    }
}
