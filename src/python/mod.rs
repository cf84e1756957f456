//! The Python front end: a file as a tree of statements, with places.
//!
//! The tree is the parser's own. What Python itself refuses is reported in `CPython`'s words;
//! what this simulator refuses is found by the compiler, which knows what names stand for.
//!
//! Scenarios hold Python too: how deep it may nest (`depth`) and where it is in the file
//! ([`Places`]) is the same for both.
//!
//! Architecture invariant: nothing here knows the engine, or what a name means.

pub(crate) mod depth;
mod excerpt;
mod parse;
mod places;
pub(crate) mod semantics;
mod syntax_error;

pub use excerpt::{Marks, excerpt};
pub use parse::parse;
pub use places::Places;

use ruff_python_ast::Stmt;

use crate::source::SourceFile;

/// A parsed file.
#[derive(Clone, Debug)]
pub struct Module {
    /// Its text.
    pub source: SourceFile,
    /// Its statements.
    pub body: Vec<Stmt>,
    /// Where they are in the file.
    pub places: Places,
}
