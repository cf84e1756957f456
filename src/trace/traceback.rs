//! An exception as `CPython` prints it.
//!
//! Source: `CPython` `Lib/traceback.py` (`TracebackException.format`, `StackSummary.format`).

use super::outcome::{Frame, Raised};

/// How often a frame is shown that comes again and again.
pub const MAX_REPEATED: usize = 3;
/// How many members of a group are shown.
const MAX_WIDTH: usize = 15;
/// How deep groups in groups are shown.
const MAX_DEPTH: usize = 10;

const EXPLICIT: &str = "The above exception was the direct cause of the following exception:";
const IMPLICIT: &str = "During handling of the above exception, another exception occurred:";

impl Raised {
    /// The lines of the traceback, earlier exceptions first.
    pub fn traceback(&self) -> Vec<String> {
        let mut page = Page::default();
        page.chain(self);
        page.lines
    }

    /// The lines that say what it is, without where it came from: type, message, notes.
    pub fn description(&self) -> Vec<String> {
        let Self { type_name, message, notes, .. } = self;
        let said =
            if message.is_empty() { type_name.clone() } else { format!("{type_name}: {message}") };
        std::iter::once(&said)
            .chain(notes)
            .flat_map(|text| text.split('\n').map(str::to_owned).collect::<Vec<_>>())
            .collect()
    }
}

impl Frame {
    /// Whether a traceback shows both as one line that is repeated.
    pub fn is_like(&self, other: &Self) -> bool {
        (self.line, &self.file, &self.function) == (other.line, &other.file, &other.function)
    }
}

/// The lines of a list of frames, outermost first, without a heading.
pub fn frame_lines(frames: &[Frame]) -> Vec<String> {
    let mut lines = Vec::new();
    for same in frames.chunk_by(Frame::is_like) {
        for frame in same.iter().take(MAX_REPEATED) {
            push_frame(&mut lines, frame);
        }
        let kept_back: usize = same.iter().map(|frame| frame.repeated as usize).sum();
        match (same.len() + kept_back).saturating_sub(MAX_REPEATED) {
            0 => {}
            1 => lines.push("  [Previous line repeated 1 more time]".to_owned()),
            n => lines.push(format!("  [Previous line repeated {n} more times]")),
        }
    }
    lines
}

fn push_frame(lines: &mut Vec<String>, frame: &Frame) {
    let Frame { function, file, line, source, marked, .. } = frame;
    if *line == 0 {
        // Stands for frames that were left out.
        return lines.push(format!("  {file} {function}"));
    }
    lines.push(format!("  File \"{file}\", line {line}, in {function}"));
    if !marked.is_empty() {
        lines.extend(marked.iter().map(|line| format!("    {line}")));
    } else if !source.is_empty() {
        lines.push(format!("    {source}"));
    }
}

/// What is written, inside how many groups.
#[derive(Default)]
struct Page {
    lines: Vec<String>,
    depth: usize,
    /// Whether the frame around the innermost group is still to be closed.
    open: bool,
}

impl Page {
    fn indent(&self) -> String {
        "  ".repeat(self.depth)
    }

    fn emit(&mut self, line: &str, margin: char) {
        self.lines.push(if self.depth == 0 {
            line.to_owned()
        } else {
            // An empty line inside a group keeps the blank behind its margin.
            format!("{}{margin} {line}", self.indent())
        });
    }

    fn emit_all(&mut self, lines: &[String]) {
        for line in lines {
            self.emit(line, '|');
        }
    }

    fn chain(&mut self, raised: &Raised) {
        for link in raised.chain.iter().rev() {
            self.one(&link.raised);
            self.emit("", '|');
            self.emit(if link.explicit { EXPLICIT } else { IMPLICIT }, '|');
            self.emit("", '|');
        }
        self.one(raised);
    }

    fn one(&mut self, raised: &Raised) {
        if !raised.members.is_empty() {
            return self.group(raised);
        }
        if !raised.frames.is_empty() {
            self.emit("Traceback (most recent call last):", '|');
            self.emit_all(&frame_lines(&raised.frames));
        }
        self.emit_all(&raised.description());
    }

    fn group(&mut self, raised: &Raised) {
        if self.depth > MAX_DEPTH {
            return self.emit(&format!("... (max_group_depth is {MAX_DEPTH})"), '|');
        }
        let is_outermost = self.depth == 0;
        if is_outermost {
            self.depth = 1;
        }
        if !raised.frames.is_empty() {
            let margin = if is_outermost { '+' } else { '|' };
            self.emit("Exception Group Traceback (most recent call last):", margin);
            self.emit_all(&frame_lines(&raised.frames));
        }
        self.emit_all(&raised.description());
        self.members(&raised.members);
        if is_outermost {
            self.depth = 0;
        }
    }

    fn members(&mut self, members: &[Raised]) {
        let shown = members.len().min(MAX_WIDTH + 1);
        self.open = false;
        for (at, member) in members.iter().take(shown).enumerate() {
            let is_last = at + 1 == shown;
            if is_last {
                self.open = true;
            }
            let left_out = at >= MAX_WIDTH;
            let title = if left_out { "...".to_owned() } else { (at + 1).to_string() };
            let corner = if at == 0 { "+-" } else { "  " };
            let indent = self.indent();
            self.lines.push(format!("{indent}{corner}+---------------- {title} ----------------"));
            self.depth += 1;
            if left_out {
                let rest = members.len() - MAX_WIDTH;
                let plural = if rest > 1 { "s" } else { "" };
                self.emit(&format!("and {rest} more exception{plural}"), '|');
            } else {
                self.chain(member);
            }
            if is_last && self.open {
                let indent = self.indent();
                self.lines.push(format!("{indent}+------------------------------------"));
                self.open = false;
            }
            self.depth -= 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raised(type_name: &str, message: &str) -> Raised {
        Raised { type_name: type_name.to_owned(), message: message.to_owned(), ..Raised::default() }
    }

    /// Recorded with `CPython` 3.14.
    #[test]
    fn groups_are_framed() {
        let inner =
            Raised { members: vec![raised("OSError", "c")], ..raised("ExceptionGroup", "in") };
        let members = vec![raised("ValueError", "1"), inner, raised("TypeError", "t")];
        let group = Raised { members, ..raised("ExceptionGroup", "eg (3 sub-exceptions)") };
        let expected = "  \
  | ExceptionGroup: eg (3 sub-exceptions)
  +-+---------------- 1 ----------------
    | ValueError: 1
    +---------------- 2 ----------------
    | ExceptionGroup: in
    +-+---------------- 1 ----------------
      | OSError: c
      +------------------------------------
    +---------------- 3 ----------------
    | TypeError: t
    +------------------------------------";
        assert_eq!(group.traceback().join("\n"), expected);
    }
}
