//! From a parsed text back into the file.

use ruff_text_size::{Ranged, TextRange};

use crate::source::Span;

/// Leads from offsets in a parsed text to offsets in the file it stands in; they differ by what was
/// put around the text to parse it, and by TOML's escapes.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// Ascending pairs: from this offset of the parsed text on, the file's offset is this, counting
    /// on byte by byte.
    pub runs: Vec<(u32, u32)>,
    /// One past the text's last byte in the file: nothing lies behind it.
    pub end: u32,
}

impl Places {
    /// Where a byte of the parsed text is in the file.
    pub fn offset(&self, parsed: u32) -> u32 {
        let next = self.runs.partition_point(|(from, _)| *from <= parsed);
        let Some((from, to)) = next.checked_sub(1).map(|run| self.runs[run]) else {
            return self.runs.first().map_or(0, |(_, to)| *to);
        };
        (to + (parsed - from)).min(self.end)
    }

    /// Where a node of the parsed text is in the file.
    pub fn span(&self, node: &impl Ranged) -> Span {
        self.span_of_range(node.range())
    }

    /// Where a range of the parsed text is in the file.
    pub fn span_of_range(&self, range: TextRange) -> Span {
        let start = self.offset(range.start().into());
        Span { start, end: self.offset(range.end().into()).max(start) }
    }
}
