//! Diagnostics as text: each with its place in the source, and how many there are.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use unicode_width::UnicodeWidthStr;

use super::terminal::Mark;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::simulation::BrokenExpectation;
use crate::source::{SourceFile, Span};

/// More than anyone reads; the closing line counts all.
const MAX_SHOWN: usize = 100;

/// How to show diagnostics.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) colored: bool,
    pub(super) columns: usize,
}

/// All diagnostics of a file in the order of the text, and a closing line. Empty if there are none.
pub(super) fn diagnostics(source: &SourceFile, found: &Diagnostics, look: Look) -> String {
    if found.is_empty() {
        return String::new();
    }
    let mut found = found.clone();
    found.sort_by_place();
    let renderer = if look.colored { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.term_width(look.columns);
    let mut text = String::new();
    for diagnostic in found.iter().take(MAX_SHOWN) {
        let diagnostic = wrapped(diagnostic, look.columns);
        text.push_str(renderer.render(&groups(source, &diagnostic)).trim_end());
        text.push_str("\n\n");
    }
    text.push_str(&closing_line(source, &found));
    text.push('\n');
    text
}

/// Something that went wrong unseen, or could have.
pub(super) fn finding(kind: &str, message: &str, colored: bool) -> String {
    let (first, help) = message.split_once('\n').unwrap_or((message, ""));
    let head = Mark::Doubtful.paint(&format!("warning: {kind}"), colored);
    let mut text = format!("{head}: {first}");
    for line in help.lines() {
        text.push_str("\n  ");
        text.push_str(&Mark::Faint.paint(line, colored));
    }
    text
}

/// An expectation that did not hold, in the shape of a diagnostic.
pub(super) fn broken_expectation(broken: &BrokenExpectation, colored: bool) -> String {
    let BrokenExpectation { what, message, place } = broken;
    let (first, details) = message.split_once('\n').unwrap_or((message, ""));
    let head = Mark::Bad.paint("expectation broken", colored);
    let mut text = format!("{head}: {what}: {first}\n --> {place}\n");
    for line in details.lines() {
        let mark = match line.trim_start().chars().next() {
            Some('-') => Some(Mark::Bad),
            Some('+') => Some(Mark::Good),
            _ => None,
        };
        let line = mark.map_or_else(|| line.to_owned(), |mark| mark.paint(line, colored));
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// The same with its texts broken into lines that fit.
fn wrapped(diagnostic: &Diagnostic, columns: usize) -> Diagnostic {
    // What stands in front of a title, and of a help behind three digits of line number.
    const TITLE: usize = "warning: ".len();
    const FOOTER: usize = "    = help: ".len();
    let mut wrapped = diagnostic.clone();
    wrapped.message = wrap(&diagnostic.message, columns.saturating_sub(TITLE));
    for text in wrapped.helps.iter_mut().chain(&mut wrapped.notes) {
        *text = wrap(text, columns.saturating_sub(FOOTER));
    }
    wrapped
}

/// A text broken at blanks into lines of at most so many columns. A word that is longer stays
/// whole.
fn wrap(text: &str, columns: usize) -> String {
    let mut wrapped = String::with_capacity(text.len());
    for line in text.split('\n') {
        if !wrapped.is_empty() {
            wrapped.push('\n');
        }
        let mut used = 0;
        for (index, word) in line.split(' ').enumerate() {
            let width = word.width();
            if index > 0 && used + 1 + width > columns {
                wrapped.push('\n');
                used = 0;
            } else if index > 0 {
                wrapped.push(' ');
                used += 1;
            }
            wrapped.push_str(word);
            used += width;
        }
    }
    wrapped
}

fn groups<'a>(source: &'a SourceFile, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(diagnostic.message.as_str());
    let mut group = match diagnostic.span {
        Some(span) => {
            let label = Some(diagnostic.label.as_str()).filter(|label| !label.is_empty());
            let main = AnnotationKind::Primary.span(shown_range(source, span)).label(label);
            let mut snippet = Snippet::source(source.text()).path(source.name()).annotation(main);
            for related in &diagnostic.related {
                let range = shown_range(source, related.span);
                let context = AnnotationKind::Context.span(range).label(related.text.as_str());
                snippet = snippet.annotation(context);
            }
            title.element(snippet)
        }
        None => title.element(annotate_snippets::Origin::path(source.name())),
    };
    for note in &diagnostic.notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    for help in &diagnostic.helps {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    vec![group]
}

/// A span as it can be shown: within the text, between characters, and not over more lines than
/// anyone wants to see.
fn shown_range(source: &SourceFile, span: Span) -> std::ops::Range<usize> {
    const MAX_LINES: usize = 4;
    let text = source.text();
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary(span.end as usize).max(start);
    let lines = text[start..end].split_inclusive('\n').take(MAX_LINES);
    let shown: usize = lines.map(str::len).sum();
    let cut = start + shown < end;
    // One that is cut ends with its first line, so that it does not seem to end elsewhere.
    let first_line = text[start..end].find('\n').unwrap_or(end - start);
    if cut { start..start + first_line } else { start..end }
}

fn closing_line(source: &SourceFile, found: &Diagnostics) -> String {
    let count = |severity, word: &str| {
        let n = found.iter().filter(|one| one.severity == severity).count();
        match n {
            0 => None,
            1 => Some(format!("1 {word}")),
            n => Some(format!("{n} {word}s")),
        }
    };
    let counts = [count(Severity::Error, "error"), count(Severity::Warning, "warning")];
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    let more = if found.len() > MAX_SHOWN {
        format!(", the first {MAX_SHOWN} shown")
    } else {
        String::new()
    };
    format!("{} in {}{more}", counts.join(" and "), source.name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, found: &Diagnostics, expected: &str) {
        let source = SourceFile::new("a.toml", text);
        let look = Look { colored: false, columns: 80 };
        assert_eq!(diagnostics(&source, found, look), expected);
    }

    #[test]
    fn all_mistakes_of_a_file_are_shown_in_order() {
        let mut found = Diagnostics::default();
        found.warning(Span::new(21, 25), "`jobs` is never used");
        found
            .error(Span::new(8, 12), "unknown action `slep`")
            .label("no such action")
            .related(Span::new(0, 5), "in this list")
            .note("every step has one action")
            .help("did you mean `sleep`?");
        check(
            "steps = [slep = 1]\n# jobs\n",
            &found,
            "\
error: unknown action `slep`
 --> a.toml:1:9
  |
1 | steps = [slep = 1]
  | -----   ^^^^ no such action
  | |
  | in this list
  |
  = note: every step has one action
  = help: did you mean `sleep`?

warning: `jobs` is never used
 --> a.toml:2:3
  |
2 | # jobs
  |   ^^^^

1 error and 1 warning in a.toml
",
        );
    }

    #[test]
    fn long_texts_are_broken_at_blanks() {
        assert_eq!(wrap("one two three", 9), "one two\nthree");
        assert_eq!(wrap("unbreakable word", 4), "unbreakable\nword");
        assert_eq!(wrap("a\n  b c", 80), "a\n  b c");
        assert_eq!(wrap("", 80), "");
    }

    #[test]
    fn odd_places_do_no_harm() {
        let mut found = Diagnostics::default();
        found.error_in_file("there is no coroutine");
        found.error(Span::new(1, 2), "inside a character");
        found.error(Span::new(90, 99), "behind the end");
        let source = SourceFile::new("a.toml", "é\n");
        let text = diagnostics(&source, &found, Look { colored: false, columns: 80 });
        assert!(text.ends_with("3 errors in a.toml\n"), "{text}");
        check("", &Diagnostics::default(), "");
    }
}
