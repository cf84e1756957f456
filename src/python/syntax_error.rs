//! What is wrong with a text, in `CPython`'s words.

use ruff_python_ast::Mod;
use ruff_python_parser::Parsed;

use crate::source::{SourceFile, Span};

/// Why a text is no Python.
#[derive(Clone, Debug)]
pub(super) struct SyntaxError {
    /// Where.
    pub span: Span,
    /// `CPython`'s message.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// The first mistake; what follows it are mostly consequences.
pub(super) fn of(_source: &SourceFile, parsed: &Parsed<Mod>) -> Option<SyntaxError> {
    let first = parsed.errors().first()?;
    let range = first.location;
    let span = Span::new(range.start().to_usize(), range.end().to_usize());
    Some(SyntaxError { span, message: first.error.to_string(), help: None })
}
