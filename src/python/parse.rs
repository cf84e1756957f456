//! From text to a tree that is safe to walk.

use ruff_python_ast::Mod;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{Mode, ParseOptions, parse_unchecked};

use super::depth::{MAX_EXPRESSION_DEPTH, depth, kinds};
use super::syntax_error;
use super::{Module, Places};
use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Span};

/// Levels of indentation, as in `CPython`.
const MAX_INDENTATION: usize = 99;

/// Parses a file; what is wrong with it is reported, and there is no module then.
pub fn parse(source: SourceFile, diagnostics: &mut Diagnostics) -> Option<Module> {
    let text = source.text();
    if u32::try_from(text.len()).is_err() {
        diagnostics.error_in_file("this file is too large");
        return None;
    }
    if let Some(at) = text.find('\0') {
        diagnostics.error(Span::new(at, at + 1), "source code string cannot contain null bytes");
        return None;
    }
    if !is_shallow(kinds(text, Mode::Module), diagnostics) {
        return None;
    }
    let parsed = parse_unchecked(text, ParseOptions::from(Mode::Module));
    if !is_shallow(parsed.tokens().iter().map(Token::kind), diagnostics) {
        // Recovering from an error, the parser can find deeper nesting. Dropping such a tree would
        // overflow the stack.
        std::mem::forget(parsed);
        return None;
    }
    if let Some(error) = syntax_error::of(&source, &parsed) {
        diagnostics.error(error.span, error.message);
        return None;
    }
    let Mod::Module(module) = parsed.into_syntax() else { return None };
    let end = u32::try_from(source.text().len()).unwrap_or(u32::MAX);
    let places = Places { runs: vec![(0, 0)], end };
    Some(Module { source, body: module.body.into_iter().collect(), places })
}

/// Whether no line nests so deeply that walking it would take too much of the stack.
fn is_shallow(kinds: impl Iterator<Item = TokenKind>, diagnostics: &mut Diagnostics) -> bool {
    let mut line: Vec<TokenKind> = Vec::new();
    let mut indentation = 0usize;
    let mut is_fine = |line: &mut Vec<TokenKind>| {
        let depth = depth(&mut line.drain(..));
        if depth > MAX_EXPRESSION_DEPTH {
            diagnostics
                .error_in_file(format!(
                    "more than {MAX_EXPRESSION_DEPTH} levels of brackets and operators"
                ))
                .help("compute it in several steps");
        }
        depth <= MAX_EXPRESSION_DEPTH
    };
    for kind in kinds {
        match kind {
            TokenKind::Indent => indentation += 1,
            TokenKind::Dedent => indentation = indentation.saturating_sub(1),
            TokenKind::Newline => {
                if !is_fine(&mut line) {
                    return false;
                }
            }
            kind => line.push(kind),
        }
        if indentation > MAX_INDENTATION {
            diagnostics.error_in_file("too many levels of indentation");
            return false;
        }
    }
    is_fine(&mut line)
}
