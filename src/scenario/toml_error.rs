//! What the TOML parser complains about, in words for someone new to TOML.

use toml::de::Error;

use super::parse::Parser;
use super::text::shown;
use super::toml_scan::{Unclosed, unclosed};
use crate::source::Span;

/// How deep the TOML parser lets brackets nest.
const MAX_TOML_DEPTH: u32 = 80;

/// Complaints about TOML that are told; later ones are mostly consequences.
const MAX_TOML_ERRORS: usize = 20;

impl Parser<'_> {
    /// Tells the errors of the TOML parser, one a line at most.
    pub(super) fn tell_toml_errors(&mut self, errors: &[Error]) {
        if errors.is_empty() {
            return;
        }
        let unclosed = unclosed(self.source.text());
        let limit = unclosed.map_or(u32::MAX, |unclosed| unclosed.span.start);
        let mut spans: Vec<(Span, &Error)> = errors
            .iter()
            .map(|error| (error.span().map(Span::from).unwrap_or_default(), error))
            .filter(|(span, error)| is_depth(error) || span.start < limit)
            .collect();
        spans.sort_by_key(|(span, _)| span.start);
        let text = self.source.text();
        spans.dedup_by(|(next, _), (kept, _)| {
            text.get(kept.start as usize..next.start as usize)
                .is_none_or(|between| !between.contains('\n'))
        });
        let too_deep = spans.iter().position(|(_, error)| is_depth(error));
        if let Some(first) = too_deep {
            // Every further bracket is an error of its own.
            spans.truncate(first + 1);
        }
        let mut language = other_language(self.source.text());
        for (span, error) in spans.iter().take(MAX_TOML_ERRORS) {
            self.toml_error(*span, error.message(), language.take());
        }
        if let Some(more) = spans.len().checked_sub(MAX_TOML_ERRORS).filter(|more| *more > 0) {
            self.diagnostics.error_in_file(format!("{more} more lines that are not TOML"));
        }
        if let Some(unclosed) = unclosed.filter(|_| too_deep.is_none()) {
            self.unclosed(unclosed);
        }
    }

    fn unclosed(&mut self, unclosed: Unclosed) {
        let Unclosed { span, opened, due } = unclosed;
        if matches!(opened, '"' | '\'') {
            let slice = self.source.slice(span);
            let help = if slice.starts_with("\"\"\"") || slice.starts_with("'''") {
                "close it with three quotes".to_owned()
            } else {
                format!(
                    "close it with `{opened}` on the same line; a text of several lines stands in \"\"\"…\"\"\""
                )
            };
            self.diagnostics.error(span, "this string is never closed").help(help);
            return;
        }
        let closer = if opened == '[' { ']' } else { '}' };
        let found = self.diagnostics.error(span, format!("this `{opened}` is never closed"));
        found.help(format!("put the missing `{closer}` where the list or table ends"));
        if let Some(due) = due {
            found.related(due, format!("a `{closer}` is missing before this"));
        }
    }

    fn toml_error(&mut self, span: Span, message: &str, note: Option<&str>) {
        let found = shown(self.source.slice(span).trim());
        let (words, help) = words(message, &found, self.rest_of_line(span), self.line(span));
        let span = if span.start == span.end { self.widened(span, message) } else { span };
        let in_quotes = self.source.slice(Span { start: 0, end: span.start }).ends_with('"');
        let found = self.diagnostics.error(span, words).help_opt(help.map(str::to_owned));
        if in_quotes && message.starts_with("missing comma") {
            found.help("or, if the text goes on: a `\"` inside a \"…\" string is written `\\\"`");
        }
        found.notes.extend(note.map(str::to_owned));
    }

    fn rest_of_line(&self, span: Span) -> &str {
        let rest = self.source.text().get(span.start as usize..).unwrap_or_default();
        rest.lines().next().unwrap_or_default()
    }

    fn line(&self, span: Span) -> &str {
        self.source.line(self.source.position(span.start).line)
    }

    /// A place between two characters, made visible: the character behind it, if it is on the line;
    /// of a key without a value, what stands before it.
    fn widened(&self, span: Span, message: &str) -> Span {
        if message.starts_with("key with no value") {
            let before = self.source.slice(Span { start: 0, end: span.start });
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            let key = before[start..].trim();
            let end = start + before[start..].trim_end().len();
            return Span::new(end - key.len(), end);
        }
        let next = self.rest_of_line(span).chars().next();
        Span {
            start: span.start,
            end: span.start + next.map_or(0, |c| u32::try_from(c.len_utf8()).unwrap_or(1)),
        }
    }
}

/// What a text is, if it is not TOML at all.
fn other_language(text: &str) -> Option<&'static str> {
    const PYTHON: [&str; 5] = ["async def ", "def ", "import ", "asyncio.", "class "];
    let is_python = |line: &str| PYTHON.iter().any(|begin| line.starts_with(begin));
    let is_yaml = |line: &str| line.starts_with("- ") || line.ends_with(':');
    let lines = || text.lines().map(str::trim);
    if text.trim_start().starts_with('{') {
        return Some(
            "this looks like JSON; a scenario is TOML: [coroutines.main], then steps = [ … ]",
        );
    }
    if text.lines().any(is_python) {
        return Some(
            "this looks like Python; a scenario is TOML: [coroutines.main], then steps = [ … ]",
        );
    }
    let is_yaml = lines().any(is_yaml);
    is_yaml.then_some(
        "this looks like YAML; a scenario is TOML: [coroutines.main], then steps = [ … ]",
    )
}

fn is_depth(error: &Error) -> bool {
    error.message().contains("recursion") || error.message().contains("recurse")
}

/// Beginnings of messages of the parser; our words, with `{}` for the text at fault; what to do.
const WORDS: [(&str, &str, &str); 9] = [
    ("invalid key-value pair", "a key is expected", "write `key = value`"),
    (
        "invalid unquoted key",
        "`{}` cannot stand in a key",
        "write `key = value`; a key has letters, digits, `_` and `-`",
    ),
    (
        "key with no value",
        "a key without a value",
        "write `key = value`; sections are in brackets: [runtime]",
    ),
    (
        "duplicate key",
        "`{}` is given twice",
        "a key or section can be given once: merge the two, or rename one",
    ),
    (
        "unexpected key or value, expected newline",
        "unexpected text behind a value",
        "one `key = value` on a line; a `\"` inside a \"…\" string is written `\\\"`",
    ),
    ("missing comma", "a comma is missing", "put `,` before this"),
    (
        "extra assignment",
        "a comma is missing between two keys of a table",
        "write { print = \"a\", … }: keys are separated by commas",
    ),
    (
        "cannot extend value",
        "`{}` has a value already, and is no section",
        "give it either as `key = value` or as [section], not as both",
    ),
    ("recursion limit", "more than 80 dots in a key", "name things with fewer dots"),
];

/// Our words for a message of the parser, and what to do.
fn words(message: &str, found: &str, rest: &str, line: &str) -> (String, Option<&'static str>) {
    let starts = |prefix: &str| message.starts_with(prefix);
    let line = line.trim_start();
    let is_comment = line.starts_with(['/', ';']) || line.starts_with("--");
    if is_comment && (starts("invalid unquoted key") || starts("key with no value")) {
        return ("this is not TOML".to_owned(), Some("comments begin with `#`"));
    }
    if message.contains("recurse") {
        let words = format!("more than {MAX_TOML_DEPTH} levels of brackets within each other");
        return (words, Some("move the inner steps into a coroutine of their own and await it"));
    }
    let is_nothing = found.is_empty() && rest.trim_start().starts_with(['}', ']', ',']);
    if (starts("string values must be quoted") && found.is_empty())
        || (starts("invalid literal string") && is_nothing)
    {
        return ("a value is missing".to_owned(), Some("write `key = value`"));
    }
    if starts("string values must be quoted")
        || starts("invalid boolean")
        || starts("invalid float")
    {
        return (format!("`{found}` is not a TOML value"), Some(value_help(found)));
    }
    if starts("missing escaped value") {
        let escape: String = rest.chars().take(1).collect();
        let help = "write `\\\\` for a backslash, or put the text in '…', where nothing is escaped";
        return (format!("unknown escape `\\{escape}` in a string"), Some(help));
    }
    match WORDS.iter().find(|(prefix, ..)| starts(prefix)) {
        Some((_, words, help)) => (words.replace("{}", found), Some(*help)),
        None => (message.trim_end_matches(", expected nothing").to_owned(), None),
    }
}

fn value_help(found: &str) -> &'static str {
    match found {
        "True" | "TRUE" | "yes" | "on" => "TOML writes `true`",
        "False" | "FALSE" | "no" | "off" => "TOML writes `false`",
        "None" | "null" | "nil" => {
            "TOML has no null: leave the key out, or write the expression \"None\" in quotes"
        }
        _ if found.starts_with("f\"") || found.starts_with("f'") => {
            "leave out the `f`: texts take {expressions} without it"
        }
        _ if found.contains(char::is_whitespace) => {
            "texts and expressions stand in quotes; items are separated by commas"
        }
        _ => "texts, expressions and durations with a unit stand in quotes: \"…\"",
    }
}
