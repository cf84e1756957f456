//! The Python front end: a file as a tree of statements, with places.
//!
//! The tree is the parser's own. What Python itself refuses is reported in `CPython`'s words;
//! what this simulator refuses is found by the compiler, which knows what names stand for.
//!
//! Architecture invariant: nothing here knows the engine, or what a name means.

mod parse;
mod syntax_error;

pub use parse::parse;

use ruff_python_ast::Stmt;

use crate::scenario::model::Places;
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
