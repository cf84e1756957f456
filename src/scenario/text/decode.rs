//! A TOML string as the text it means, and the way back into the file.

use std::ops::Range;

use crate::scenario::model::Places;
use crate::source::Span;

/// A decoded string.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    decoded: String,
    /// The content in the file, without quotes.
    span: Span,
    /// From offsets in `decoded` to offsets in the file.
    places: Places,
}

impl Text {
    /// Decodes the token of a TOML string, quotes included, that begins at `at` of the file.
    ///
    /// Line ends inside a multi-line string become `\n`, so that a file means the same wherever it
    /// was checked out. What TOML does not allow is taken as it stands: it was complained about.
    pub(crate) fn of_token(token: &str, at: u32) -> Self {
        let quotes = Quotes::of(token);
        let (skipped, content) = quotes.content(token);
        let start = at as usize + skipped;
        let mut builder = Builder::new(start);
        match quotes {
            Quotes::Basic | Quotes::MultiLineBasic => builder.unescape(content),
            Quotes::Literal | Quotes::MultiLineLiteral | Quotes::None => builder.copy(content),
        }
        builder.finish(Span::new(start, start + content.len()))
    }

    /// The text as TOML means it.
    pub(crate) fn as_str(&self) -> &str {
        &self.decoded
    }

    /// Where it is in the file, without quotes.
    pub(crate) fn span(&self) -> Span {
        self.span
    }

    /// The places of a parsed text that has `prefix` bytes in front of this one.
    pub(crate) fn places(&self, prefix: usize) -> Places {
        let prefix = Span::new(prefix, prefix).start;
        let runs = self.places.runs.iter().map(|(from, to)| (from + prefix, *to)).collect();
        Places { runs, end: self.places.end }
    }

    /// The place in the file of some bytes of the text.
    pub(crate) fn span_of(&self, range: Range<usize>) -> Span {
        let range = Span::from(range);
        let start = self.places.offset(range.start);
        Span { start, end: self.places.offset(range.end).max(start) }
    }

    /// Some bytes of the text as a text of its own. An impossible range gives an empty text.
    pub(crate) fn slice(&self, range: Range<usize>) -> Self {
        let decoded = self.decoded.get(range.clone()).unwrap_or_default().to_owned();
        let span = self.span_of(range.clone());
        let start = Span::from(range).start;
        let first = (0, self.places.offset(start));
        let rest = self.places.runs.iter().filter(|(from, _)| *from > start);
        let runs = std::iter::once(first).chain(rest.map(|(from, to)| (from - start, *to)));
        let places = Places { runs: runs.collect(), end: span.end };
        Self { decoded, span, places }
    }

    /// The text without white space around it.
    pub(crate) fn trimmed(&self) -> Self {
        let start = self.decoded.len() - self.decoded.trim_start().len();
        let end = self.decoded.trim_end().len().max(start);
        self.slice(start..end)
    }
}

/// How a TOML string is quoted.
#[derive(Clone, Copy)]
enum Quotes {
    Basic,
    MultiLineBasic,
    Literal,
    MultiLineLiteral,
    /// Not at all: TOML has complained.
    None,
}

impl Quotes {
    fn of(token: &str) -> Self {
        match token {
            _ if token.len() >= 6 && token.starts_with("\"\"\"") => Self::MultiLineBasic,
            _ if token.len() >= 6 && token.starts_with("'''") => Self::MultiLineLiteral,
            _ if token.starts_with('"') => Self::Basic,
            _ if token.starts_with('\'') => Self::Literal,
            _ => Self::None,
        }
    }

    /// What stands between the quotes, and how many bytes stand before it.
    fn content(self, token: &str) -> (usize, &str) {
        let delimiter = match self {
            Self::Basic => "\"",
            Self::MultiLineBasic => "\"\"\"",
            Self::Literal => "'",
            Self::MultiLineLiteral => "'''",
            Self::None => return (0, token),
        };
        let inner = &token[delimiter.len()..];
        let mut content = inner.strip_suffix(delimiter).unwrap_or(inner);
        if delimiter.len() == 3 {
            // A line end directly behind the opening quotes does not belong to the string.
            content = content
                .strip_prefix('\n')
                .or_else(|| content.strip_prefix("\r\n"))
                .unwrap_or(content);
        }
        let skipped = content.as_ptr() as usize - token.as_ptr() as usize;
        (skipped, content)
    }
}

/// Collects decoded characters with their places.
struct Builder {
    decoded: String,
    runs: Vec<(u32, u32)>,
    /// Where in the file the content begins.
    start: usize,
}

impl Builder {
    fn new(start: usize) -> Self {
        let first = Span::new(start, start).start;
        Self { decoded: String::new(), runs: vec![(0, first)], start }
    }

    /// Adds a character that stands at this offset of the content.
    fn push(&mut self, decoded: char, content_offset: usize) {
        let from = Span::new(self.decoded.len(), 0).start;
        let to = Span::new(self.start + content_offset, 0).start;
        let follows = self.runs.last().is_some_and(|(f, t)| to - t == from - f);
        if !follows {
            self.runs.push((from, to));
        }
        self.decoded.push(decoded);
    }

    fn copy(&mut self, content: &str) {
        for (at, c) in content.char_indices() {
            if !content[at..].starts_with("\r\n") {
                self.push(c, at);
            }
        }
    }

    fn unescape(&mut self, content: &str) {
        let mut at = 0;
        while let Some(c) = content[at..].chars().next() {
            let rest = &content[at + c.len_utf8()..];
            if c != '\\' {
                if !(c == '\r' && rest.starts_with('\n')) {
                    self.push(c, at);
                }
                at += c.len_utf8();
                continue;
            }
            let (decoded, length) = escape(rest);
            if let Some(decoded) = decoded {
                self.push(decoded, at);
            }
            at += 1 + length;
        }
    }

    fn finish(self, span: Span) -> Text {
        Text { decoded: self.decoded, span, places: Places { runs: self.runs, end: span.end } }
    }
}

/// What the escape means whose backslash stands before `rest`, and how many bytes of `rest` it takes.
/// A backslash before a line end takes the white space behind it too and means nothing.
fn escape(rest: &str) -> (Option<char>, usize) {
    let Some(kind) = rest.chars().next() else { return (Some('\\'), 0) };
    let simple = match kind {
        'b' => '\u{8}',
        'e' => '\u{1b}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        '"' | '\\' => kind,
        'x' => return hexadecimal(rest, 2),
        'u' => return hexadecimal(rest, 4),
        'U' => return hexadecimal(rest, 8),
        ' ' | '\t' | '\r' | '\n' => {
            let blank = [' ', '\t', '\r', '\n'];
            return (None, rest.len() - rest.trim_start_matches(blank).len());
        }
        _ => return (Some('\\'), 0),
    };
    (Some(simple), kind.len_utf8())
}

fn hexadecimal(rest: &str, digits: usize) -> (Option<char>, usize) {
    let after = &rest[1..];
    let n_digits = after.bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
    let code = u32::from_str_radix(&after[..n_digits], 16).ok().filter(|_| n_digits == digits);
    let meant = code.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER);
    (Some(meant), 1 + n_digits)
}
