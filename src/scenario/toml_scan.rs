//! Finds the bracket or quote that was never closed.
//!
//! A TOML parser notices such a slip where the text ends or makes no sense any more, often many lines
//! later. This scan is made only after the parser has complained.

use crate::source::Span;

/// Something opened and never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unclosed {
    /// The bracket, or the string as far as it goes on its line.
    pub(super) span: Span,
    /// What was opened.
    pub(super) opened: char,
    /// Where the missing partner was due at the latest.
    pub(super) due: Option<Span>,
}

/// The first string, or else the innermost bracket, that is never closed.
pub(super) fn unclosed(text: &str) -> Option<Unclosed> {
    let bytes = text.as_bytes();
    let mut open: Vec<(usize, u8)> = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        match byte {
            b'#' => at = line_end(text, at),
            b'"' | b'\'' => match string_end(text, at) {
                Ok(end) => at = end,
                Err(end) => {
                    let span = Span::new(at, end);
                    return Some(Unclosed { span, opened: char::from(byte), due: None });
                }
            },
            b'[' | b'{' => {
                open.push((at, byte));
                at += 1;
            }
            b']' | b'}' => {
                let (opened_at, opener) = open.pop()?;
                if (opener == b'[') != (byte == b']') {
                    let due = Some(Span::new(at, at + 1));
                    return Some(bracket(opened_at, opener, due));
                }
                at += 1;
            }
            _ => at += 1,
        }
    }
    let (opened_at, opener) = open.pop()?;
    Some(bracket(opened_at, opener, next_header(text, opened_at)))
}

fn bracket(at: usize, opener: u8, due: Option<Span>) -> Unclosed {
    Unclosed { span: Span::new(at, at + 1), opened: char::from(opener), due }
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |length| from + length)
}

/// One past the closing quote of the string that begins at `at`; or how far it goes without one.
fn string_end(text: &str, at: usize) -> Result<usize, usize> {
    let quote = &text[at..=at];
    let is_basic = quote == "\"";
    let triple = quote.repeat(3);
    if let Some(body) = text[at..].strip_prefix(&triple) {
        let start = at + 3;
        let length = closing(body, &triple, is_basic).ok_or(line_end(text, at))?;
        // Up to two quotes may stand directly before the closing ones.
        let more = body[length + 3..].bytes().take(2).take_while(|b| *b == quote.as_bytes()[0]);
        return Ok(start + length + 3 + more.count());
    }
    let end = line_end(text, at);
    let body = &text[at + 1..end];
    closing(body, quote, is_basic).map(|length| at + 1 + length + 1).ok_or(end)
}

fn closing(body: &str, delimiter: &str, is_basic: bool) -> Option<usize> {
    let mut at = 0;
    while let Some(rest) = body.get(at..) {
        if rest.starts_with(delimiter) {
            return Some(at);
        }
        let c = rest.chars().next()?;
        at += c.len_utf8();
        if is_basic && c == '\\' {
            at += body[at..].chars().next().map_or(0, char::len_utf8);
        }
    }
    None
}

/// The next line that looks like `[a.b]` or `[[a.b]]`.
fn next_header(text: &str, from: usize) -> Option<Span> {
    let mut start = line_end(text, from) + 1;
    while start < text.len() {
        let end = line_end(text, start);
        let line = text[start..end].split('#').next().unwrap_or_default();
        let header = line.trim();
        let is_plain = |c: char| c.is_alphanumeric() || "._-[]\"' ".contains(c);
        // Within an array, an array of arrays could look alike, but not at the margin.
        if line.starts_with('[') && header.ends_with(']') && header.chars().all(is_plain) {
            return Some(Span::new(start, start + header.len()));
        }
        start = end + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(usize, char)>) {
        let found = unclosed(text).map(|found| (found.span.start as usize, found.opened));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn unclosed_brackets_and_strings_are_found_where_they_open() {
        check("a = [1, 2]", None);
        check("a = [1, 2\nb = 3", Some((4, '[')));
        check("a = { b = [1 }", Some((10, '[')));
        check("a = \"x\nb = 1", Some((4, '"')));
        check("a = 'it's'", Some((9, '\'')));
        check("a = \"\"\"x\ny\"\"\"\"\"\nb = [", Some((20, '[')));
        check("a = \"\"\"x\ny", Some((4, '"')));
        check("# [\na = \"[\"", None);
        check("a = \"\\\"[\"", None);
        check("é\\\"", Some((3, '"')));
    }

    #[test]
    fn the_partner_was_due_before_the_next_section() {
        let text = "[x]\nsteps = [\n  { a = 1 },\n[y]\n";
        let due = unclosed(text).and_then(|found| found.due).map(|due| &text[due.range()]);
        assert_eq!(due, Some("[y]"));
    }
}
