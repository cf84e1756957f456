//! Text in cells: lines made of styled parts, clipped and padded by what they take on a screen.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::time::Duration;
use crate::tui::theme::{Look, Role};

/// The columns a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// The text in exactly so many columns, with an ellipsis where it is cut.
pub(super) fn fit(text: &str, columns: usize) -> String {
    let clipped = clip(text, columns);
    let missing = columns.saturating_sub(width(&clipped));
    clipped + &" ".repeat(missing)
}

/// The same, at the right.
pub(super) fn fit_right(text: &str, columns: usize) -> String {
    let clipped = clip(text, columns);
    " ".repeat(columns.saturating_sub(width(&clipped))) + &clipped
}

/// The text, or as much of it as fits with an ellipsis behind.
pub(super) fn clip(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > columns {
            break;
        }
        kept.push(c);
    }
    if columns > 0 {
        kept.push('…');
    }
    kept
}

/// The text on so many lines at most, broken between words where that is possible.
pub(super) fn wrap(text: &str, columns: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split(' ').peekable();
    while let Some(word) = words.next() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined) <= columns || line.is_empty() {
            line = joined;
        } else if lines.len() + 1 >= most {
            // What is left goes onto the last line, as far as there is room.
            let rest: Vec<&str> = std::iter::once(word).chain(words.by_ref()).collect();
            line = format!("{line} {}", rest.join(" "));
        } else {
            lines.push(clip(&line, columns));
            word.clone_into(&mut line);
        }
    }
    lines.push(clip(&line, columns));
    lines
}

/// Without what would move the cursor of a terminal.
pub(super) fn shown(text: &str) -> String {
    let shown = |c: char| match c {
        '\t' => ' ',
        c if c.is_control() => '·',
        c => c,
    };
    text.chars().map(shown).collect()
}

/// A time in no more digits than one can read: `20.4ms`, `1.234567s`.
pub(super) fn time(nanos: u64) -> String {
    Duration::from_nanos(nanos).to_string()
}

/// Makes lines in one look.
#[derive(Clone, Copy)]
pub(super) struct Pen(pub(super) Look);

impl Pen {
    pub(super) fn part(self, text: impl AsRef<str>, role: Role) -> Span<'static> {
        Span::styled(self.0.text(text.as_ref()), self.0.style(role))
    }

    pub(super) fn line(self, text: impl AsRef<str>, role: Role) -> Line<'static> {
        Line::from(self.part(text, role))
    }

    /// A line across an area, with a title in it.
    pub(super) fn rule(self, buffer: &mut Buffer, area: Rect, title: &str, role: Role) {
        if area.height == 0 {
            return;
        }
        let dash = self.0.char('─').to_string();
        let title = clip(title, usize::from(area.width).saturating_sub(4));
        let faint = self.0.style(Role::Faint);
        buffer.set_stringn(
            area.x,
            area.y,
            dash.repeat(area.width.into()),
            area.width.into(),
            faint,
        );
        if !title.is_empty() {
            let text = self.0.text(&format!(" {title} "));
            let room = usize::from(area.width.saturating_sub(1));
            buffer.set_stringn(area.x + 1.min(area.width), area.y, text, room, self.0.style(role));
        }
    }
}

/// Writes lines into an area, from its top; what does not fit is left out.
pub(super) fn write(buffer: &mut Buffer, area: Rect, lines: &[Line<'static>]) {
    for (line, row) in lines.iter().zip(area.rows()) {
        buffer.set_line(row.x, row.y, line, row.width);
    }
}

/// Writes a text at a place, if it is in the area.
pub(super) fn put(buffer: &mut Buffer, area: Rect, column: u16, text: &str, style: Style) {
    if column < area.width && area.height > 0 {
        let room = usize::from(area.width - column);
        buffer.set_stringn(area.x + column, area.y, text, room, style);
    }
}

/// What is left of an area below its first row.
pub(super) fn below(area: Rect) -> Rect {
    let height = area.height.saturating_sub(1);
    Rect { y: area.y + (area.height - height), height, ..area }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_broken_between_words_and_cut_at_the_end() {
        let text = "it waits for a very long time";
        assert_eq!(wrap(text, 40, 3), [text]);
        assert_eq!(wrap(text, 12, 3), ["it waits for", "a very long", "time"]);
        assert_eq!(wrap(text, 12, 2), ["it waits for", "a very long…"]);
        assert_eq!(wrap("incomprehensible", 8, 2), ["incompr…"]);
        assert_eq!(wrap("", 8, 2), [""]);
    }
}
