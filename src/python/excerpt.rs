//! The lines of a file as a traceback shows them, with marks under what failed.
//!
//! Source: `CPython` `Lib/traceback.py` (`StackSummary.format_frame_summary`,
//! `_should_show_carets`, `_extract_caret_anchors_from_line_segment`) of 3.14; for what older
//! versions show, `Python/traceback.c` of 3.12.

use std::collections::BTreeSet;

use ruff_python_ast::{Expr, Mod, Stmt};
use ruff_python_parser::{Mode, ParseOptions, parse};
use ruff_text_size::{Ranged, TextRange};
use unicode_width::UnicodeWidthChar;

use crate::source::{Part, Position, SourceFile, Span};

/// How a version of Python marks what failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marks {
    /// In the first line alone: up to 3.12.
    FirstLine,
    /// In all lines: since 3.13.
    AllLines,
}

/// The lines that a traceback shows of a place, without indentation, each followed by its marks if
/// it has some; none if there is nothing to see.
pub fn excerpt(source: &SourceFile, span: Span, part: Part, marks: Marks) -> Vec<String> {
    let span = narrowed(source, span, part);
    let (start, end) = (source.position(span.start), source.position(span.end));
    let originals: Vec<&str> =
        (start.line..=end.line).map(|line| source.line(line).trim_end()).collect();
    let lines = dedented(&originals);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    if lines.iter().all(|line| line.trim().is_empty()) {
        return Vec::new();
    }
    let margin = originals[0].chars().count() - first.chars().count();
    let offset = |at: Position| (at.column as usize).saturating_sub(1 + margin);
    let page = Page {
        start: offset(start),
        end: offset(end).min(last.chars().count()),
        lines: lines.iter().map(|line| line.chars().collect()).collect(),
    };
    match marks {
        Marks::AllLines => dedented(&page.shown()),
        Marks::FirstLine => page.shown_first(),
    }
}

/// The place of a part of what a place spans.
fn narrowed(source: &SourceFile, span: Span, part: Part) -> Span {
    if part == Part::Whole {
        return span;
    }
    // In brackets it may stand on several lines.
    let text = format!("({})", source.slice(span));
    let Some(Expr::Call(_) | Expr::Await(_)) = expression(&text) else { return span };
    let inner = match (expression(&text), part) {
        (Some(Expr::Call(call)), Part::Callee) => call.func.range(),
        (Some(Expr::Await(awaited)), Part::Awaited) => awaited.value.range(),
        _ => return span,
    };
    let start = (span.start as usize + inner.start().to_usize()).saturating_sub(1);
    Span::new(start, start + inner.len().to_usize())
}

/// The text as a single expression, if that is what it is.
fn expression(text: &str) -> Option<Expr> {
    match statements(text)?.as_slice() {
        [Stmt::Expr(statement)] => Some((*statement.value).clone()),
        _ => None,
    }
}

fn statements(text: &str) -> Option<Vec<Stmt>> {
    match parse(text, ParseOptions::from(Mode::Module)).ok()?.into_syntax() {
        Mod::Module(module) => Some(module.body.into_iter().collect()),
        Mod::Expression(_) => None,
    }
}

/// The lines without the indentation that they have in common; what is blank becomes empty.
fn dedented<S: AsRef<str>>(lines: &[S]) -> Vec<String> {
    let mut margin: Option<&str> = None;
    for line in lines.iter().map(AsRef::as_ref).filter(|line| !line.trim().is_empty()) {
        let own = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        margin = Some(margin.map_or(own, |margin| {
            let common = margin.bytes().zip(own.bytes()).take_while(|(a, b)| a == b).count();
            &own[..common]
        }));
    }
    let width = margin.map_or(0, str::len);
    let line_of = |line: &S| {
        let line = line.as_ref();
        if line.trim().is_empty() { String::new() } else { line[width..].to_owned() }
    };
    lines.iter().map(line_of).collect()
}

/// The part of an expression between two places, each a line and a column, which is marked more.
struct Anchors {
    left: (usize, usize),
    right: (usize, usize),
}

/// Lines, and where in them what failed begins and ends: columns of the first and the last one.
struct Page {
    start: usize,
    end: usize,
    lines: Vec<Vec<char>>,
}

impl Page {
    /// What the place spans, line by line.
    fn segment(&self) -> Vec<&[char]> {
        let last = self.lines.len() - 1;
        let part = |(at, line): (usize, &'_ Vec<char>)| {
            let end = if at == last { self.end } else { line.len() };
            let start = if at == 0 { self.start.min(end) } else { 0 };
            start..end
        };
        let lines = self.lines.iter().enumerate();
        lines.map(|(at, line)| &line[part((at, line))]).collect()
    }

    fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(|line| line.iter().collect()).collect();
        lines.join("\n")
    }

    fn shown(&self) -> Vec<String> {
        let anchors = anchors(&self.segment(), true);
        let is_marked = self.is_marked(anchors.is_some());
        let last = self.lines.len() - 1;
        let mut significant = BTreeSet::from([0, last]);
        if let Some(Anchors { left, right }) = &anchors {
            for at in [left.0, right.0] {
                significant.extend(at.saturating_sub(1)..=(at + 1).min(last));
            }
        }
        let mut shown = Vec::new();
        let mut before = 0;
        for at in significant {
            match at - before {
                2 => self.put(at - 1, is_marked, anchors.as_ref(), &mut shown),
                between @ 3.. => shown.push(format!("...<{} lines>...", between - 1)),
                _ => {}
            }
            self.put(at, is_marked, anchors.as_ref(), &mut shown);
            before = at;
        }
        shown
    }

    fn put(&self, at: usize, is_marked: bool, anchors: Option<&Anchors>, shown: &mut Vec<String>) {
        shown.push(self.lines[at].iter().collect());
        if is_marked {
            shown.push(self.marks(at, anchors));
        }
    }

    /// The marks under a line.
    fn marks(&self, at: usize, anchors: Option<&Anchors>) -> String {
        let line = &self.lines[at];
        let is_last = at + 1 == self.lines.len();
        let end = width(line, if is_last { self.end } else { line.len() });
        let start = width(&self.lines[0], self.start);
        let blank = line.iter().take_while(|letter| letter.is_whitespace()).count();
        let shifted = |(row, column): (usize, usize)| {
            let column = if row == 0 { column + self.start } else { column };
            (row, width(&self.lines[row], column))
        };
        let anchors = anchors.map(|anchors| (shifted(anchors.left), shifted(anchors.right)));
        let mark = |column: usize| {
            if column < blank || at == 0 && column < start {
                return ' ';
            }
            match anchors {
                Some((left, right)) if (at, column) >= left && (at, column) < right => '^',
                Some(_) => '~',
                None => '^',
            }
        };
        (0..end).map(mark).collect()
    }

    /// Whether marks say more than that all of it is meant.
    fn is_marked(&self, has_anchors: bool) -> bool {
        if let Some(statements) = statements(&self.text()) {
            let value = match statements.first() {
                None => return false,
                Some(Stmt::Return(returned)) => match returned.value.as_deref() {
                    Some(value @ Expr::Call(call)) if call.func.is_name_expr() => Some(value),
                    _ => None,
                },
                Some(Stmt::Assign(assign)) => match (assign.targets.as_slice(), &*assign.value) {
                    ([Expr::Name(_)], value @ Expr::Call(_)) => Some(value),
                    _ => None,
                },
                Some(_) => None,
            };
            if value.is_some_and(|value| self.is_all_of(value.range())) {
                return false;
            }
        }
        let last = &self.lines[self.lines.len() - 1];
        has_anchors
            || self.lines[0][..self.start.min(self.lines[0].len())]
                .iter()
                .any(|c| !c.is_whitespace())
            || last[self.end..].iter().any(|c| !c.is_whitespace())
    }

    /// Whether something in the lines is what is marked.
    fn is_all_of(&self, range: TextRange) -> bool {
        let text = self.text();
        let (first, start) = located(&text, range.start().to_usize());
        let (last, end) = located(&text, range.end().to_usize());
        (first, last) == (0, self.lines.len() - 1) && (start, end) == (self.start, self.end)
    }

    fn shown_first(&self) -> Vec<String> {
        let line = &self.lines[0];
        let blank = line.iter().take_while(|letter| letter.is_whitespace()).count();
        let text: String = line[blank..].iter().collect();
        let is_single = self.lines.len() == 1;
        let end = if is_single { self.end } else { line.len() };
        let start = self.start.max(blank).min(end);
        let anchors = is_single.then(|| anchors(&self.segment(), false)).flatten();
        if start == end || anchors.is_none() && start == blank && end == line.len() {
            return vec![text];
        }
        let first = Self { start, end, lines: vec![line.clone()] };
        let marks = first.marks(0, anchors.as_ref());
        vec![text, marks.chars().skip(blank).collect()]
    }
}

/// How much room the first letters of a line take.
fn width(line: &[char], letters: usize) -> usize {
    let wide = |letter: &&char| letter.width() == Some(2);
    letters + line.iter().take(letters).filter(wide).count()
}

/// The line and the column of a place in a text, both from 0.
fn located(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let row = before.matches('\n').count();
    let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count());
    (row, column)
}

/// For an operator its place, for a subscript or a call that of its brackets.
fn anchors(segment: &[&[char]], marks_calls: bool) -> Option<Anchors> {
    let lines: Vec<String> = segment.iter().map(|line| line.iter().collect()).collect();
    // In brackets it may stand on several lines.
    let text = format!("(\n{}\n)", lines.join("\n"));
    let reader = Reader { text: &text, lines: segment };
    match expression(&text)? {
        Expr::BinOp(binary) => {
            let left = reader.end_of(&*binary.left, true)?;
            let (row, column) =
                reader.skip_until(left, |letter| !letter.is_whitespace() && letter != ')')?;
            let right = reader.start_of(&*binary.right)?;
            let second = segment[row].get(column + 1);
            let is_longer = (right.0 > row || column + 1 < right.1)
                && second.is_some_and(|c| !c.is_whitespace() && !matches!(c, '\\' | '#'));
            let end = column + 1 + usize::from(is_longer);
            Some(Anchors { left: (row, column), right: (row, end) })
        }
        Expr::Subscript(subscript) => reader.brackets(&*subscript.value, &subscript, '['),
        Expr::Call(call) if marks_calls => reader.brackets(&*call.func, &call, '('),
        _ => None,
    }
}

/// Goes over the lines of an expression.
struct Reader<'a> {
    /// The lines in brackets that stand on lines of their own.
    text: &'a str,
    lines: &'a [&'a [char]],
}

impl Reader<'_> {
    fn start_of(&self, node: &impl Ranged) -> Option<(usize, usize)> {
        let (row, column) = located(self.text, node.start().to_usize());
        Some((row.checked_sub(1)?, column))
    }

    /// Where a node ends; where a letter is wanted, the first one behind it.
    fn end_of(&self, node: &impl Ranged, wants_letter: bool) -> Option<(usize, usize)> {
        let (row, column) = located(self.text, node.end().to_usize());
        let at = (row.checked_sub(1)?, column);
        if wants_letter { self.letter_at(at) } else { Some(at) }
    }

    fn letter_at(&self, (mut row, mut column): (usize, usize)) -> Option<(usize, usize)> {
        while self.lines.get(row).is_some_and(|line| column >= line.len()) {
            (row, column) = (row + 1, 0);
        }
        self.lines.get(row).map(|_| (row, column))
    }

    fn skip_until(
        &self,
        from: (usize, usize),
        is_wanted: impl Fn(char) -> bool,
    ) -> Option<(usize, usize)> {
        let (mut row, mut column) = from;
        loop {
            let letter = *self.lines.get(row)?.get(column)?;
            if matches!(letter, '\\' | '#') {
                (row, column) = self.letter_at((row + 1, 0))?;
            } else if is_wanted(letter) {
                return Some((row, column));
            } else {
                (row, column) = self.letter_at((row, column + 1))?;
            }
        }
    }

    fn brackets(&self, value: &impl Ranged, whole: &impl Ranged, open: char) -> Option<Anchors> {
        let left = self.skip_until(self.end_of(value, true)?, |letter| letter == open)?;
        Some(Anchors { left, right: self.end_of(whole, false)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, what: &str) -> String {
        let file = SourceFile::new("a.py", text);
        let start = text.find(what).unwrap();
        let span = Span::new(start, start + what.len());
        excerpt(&file, span, Part::Whole, Marks::AllLines).join("\n")
    }

    /// Recorded with `CPython` 3.14.
    #[test]
    fn marks_are_cpythons() {
        assert_eq!(
            shown("def f():\n    return x + y / 0\n", "y / 0"),
            "return x + y / 0\n           ~~^~~"
        );
        assert_eq!(shown("  f(1)\n", "f(1)"), "f(1)\n~^^^");
        assert_eq!(shown("x = f(1)\n", "f(1)"), "x = f(1)");
        assert_eq!(shown("  raise ValueError()\n", "raise ValueError()"), "raise ValueError()");
        assert_eq!(shown("print(a['k'])\n", "a['k']"), "print(a['k'])\n      ~^^^^^");
    }

    #[test]
    fn long_calls_are_shortened() {
        let call = "f(\n    1,\n    2,\n    3,\n    4,\n)";
        let text = format!("y = [{call}]\n");
        assert_eq!(
            shown(&text, call),
            "y = [f(\n     ~^\n    1,\n    ^^\n...<2 lines>...\n    4,\n    ^^\n)]\n^"
        );
    }
}
