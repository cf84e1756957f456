//! Where text goes: standard output and standard error, with or without color.

use std::cell::RefCell;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::rc::Rc;

use super::args::ColorArgument;

/// The widest that reports get: longer lines are hard to follow.
const MAX_COLUMNS: usize = 140;
/// What is assumed where there is no terminal.
const USUAL_COLUMNS: usize = 80;

/// How text is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Good,
    Bad,
    Strong,
    Faint,
}

impl Mark {
    /// The text between the terminal's codes for this mark.
    pub(super) fn paint(self, text: &str, colored: bool) -> String {
        let code = match self {
            Self::Good => "32",
            Self::Bad => "1;31",
            Self::Strong => "1",
            Self::Faint => "2",
        };
        if colored { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }
}

/// Standard output and standard error of this process. Clones are the same.
#[derive(Clone)]
pub(super) struct Terminal(Rc<Shared>);

struct Shared {
    color: ColorArgument,
    out: RefCell<BufWriter<io::Stdout>>,
    out_is_terminal: bool,
    err_is_terminal: bool,
    /// The first error of standard output; nothing is written after it.
    failed: RefCell<Option<io::Error>>,
}

impl Terminal {
    pub(super) fn new(color: ColorArgument) -> Self {
        let (out, err) = (io::stdout(), io::stderr());
        Self(Rc::new(Shared {
            color,
            out_is_terminal: out.is_terminal(),
            err_is_terminal: err.is_terminal(),
            out: RefCell::new(BufWriter::with_capacity(1 << 16, out)),
            failed: RefCell::default(),
        }))
    }

    fn is_colored(&self, is_terminal: bool) -> bool {
        match self.0.color {
            ColorArgument::Always => true,
            ColorArgument::Never => false,
            ColorArgument::Auto => {
                let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                is_terminal
                    && !set("NO_COLOR")
                    && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
            }
        }
    }

    /// Whether standard output takes colors.
    pub(super) fn colors_out(&self) -> bool {
        self.is_colored(self.0.out_is_terminal)
    }

    /// Whether standard error takes colors.
    pub(super) fn colors_err(&self) -> bool {
        self.is_colored(self.0.err_is_terminal)
    }

    /// Whether standard error is a terminal: somebody may be watching.
    pub(super) fn is_watched(&self) -> bool {
        self.0.err_is_terminal
    }

    /// Whether standard input and output are a terminal that can move its cursor.
    #[cfg(feature = "tui")]
    pub(super) fn is_screen(&self) -> bool {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        self.0.out_is_terminal && io::stdin().is_terminal() && !is_dumb
    }

    /// Whether the terminal can show more than ASCII. A pipe can.
    pub(super) fn has_unicode(&self) -> bool {
        !self.0.out_is_terminal || std::env::var_os("TERM").is_none_or(|term| term != "dumb")
    }

    /// Columns of standard output.
    pub(super) fn columns_out(&self) -> usize {
        columns(self.0.out_is_terminal, || terminal_size::terminal_size_of(io::stdout()))
    }

    /// Columns of standard error.
    pub(super) fn columns_err(&self) -> usize {
        columns(self.0.err_is_terminal, || terminal_size::terminal_size_of(io::stderr()))
    }

    /// Writes to standard output.
    pub(super) fn out(&self, text: &str) {
        self.out_bytes(text.as_bytes());
    }

    /// Writes to standard output what need not be text.
    pub(super) fn out_bytes(&self, bytes: &[u8]) {
        self.write_out(|out| out.write_all(bytes));
    }

    /// Whether standard output is a terminal.
    pub(super) fn is_terminal_out(&self) -> bool {
        self.0.out_is_terminal
    }

    /// Writes a line to standard output; at once if somebody is watching.
    pub(super) fn out_line(&self, line: &str) {
        self.write_out(|out| {
            out.write_all(line.as_bytes())?;
            out.write_all(b"\n")
        });
        if self.0.out_is_terminal {
            self.flush();
        }
    }

    pub(super) fn flush(&self) {
        self.write_out(Write::flush);
    }

    fn write_out(&self, write: impl FnOnce(&mut BufWriter<io::Stdout>) -> io::Result<()>) {
        if self.has_failed() {
            return;
        }
        if let Err(error) = write(&mut self.0.out.borrow_mut()) {
            self.0.failed.borrow_mut().get_or_insert(error);
        }
    }

    /// Whether standard output takes nothing more: whoever read it has gone, or the disk is full.
    pub(super) fn has_failed(&self) -> bool {
        self.0.failed.borrow().is_some()
    }

    /// What standard output failed with, unless it is that nobody reads it any more.
    pub(super) fn take_failure(&self) -> Option<io::Error> {
        let failed = self.0.failed.borrow_mut().take()?;
        (failed.kind() != io::ErrorKind::BrokenPipe).then_some(failed)
    }

    /// Writes to standard error, after all that went to standard output before. If that fails there
    /// is nobody left to tell.
    pub(super) fn err(&self, text: &str) {
        self.flush();
        io::stderr().write_all(text.as_bytes()).unwrap_or_default();
    }

    /// Writes a line to standard error.
    pub(super) fn err_line(&self, line: &str) {
        self.err(&format!("{line}\n"));
    }

    /// Tells an error: `error: could not read x.toml: …`.
    pub(super) fn error(&self, message: &str) {
        let error = Mark::Bad.paint("error", self.colors_err());
        self.err_line(&format!("{error}: {message}"));
    }
}

fn columns<H>(
    is_terminal: bool,
    size: impl FnOnce() -> Option<(terminal_size::Width, H)>,
) -> usize {
    let size = if is_terminal { size() } else { None };
    size.map_or(USUAL_COLUMNS, |(width, _)| usize::from(width.0).clamp(40, MAX_COLUMNS))
}
