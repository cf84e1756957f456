//! The pieces of a Python program: its statements, and what is in their blocks.

use ruff_python_ast::visitor::{Visitor, walk_body};
use ruff_python_ast::{ExceptHandler, Stmt};

use super::Cut;
use crate::diagnostic::Diagnostics;
use crate::python::{self, Places};
use crate::source::{SourceFile, Span};

/// What may be left out of a program.
pub fn cuts(text: &str) -> Vec<Cut> {
    let source = SourceFile::new("program.py", text);
    let Some(module) = python::parse(source, &mut Diagnostics::default()) else {
        return Vec::new();
    };
    let mut found = Found { places: &module.places, text, cuts: Vec::new() };
    found.body(&module.body, true);
    walk_body(&mut found, &module.body);
    found.cuts
}

struct Found<'m> {
    places: &'m Places,
    text: &'m str,
    cuts: Vec<Cut>,
}

impl Found<'_> {
    /// Each statement of a block may go; a block is never empty.
    fn body(&mut self, body: &[Stmt], may_be_empty: bool) {
        for stmt in body {
            let Span { start, end } = self.places.span(stmt);
            let range = start as usize..end as usize;
            let is_last = body.len() == 1 && !may_be_empty;
            if is_last && !stmt.is_pass_stmt() {
                self.cuts.push(Cut { range, by: "pass".to_owned() });
            } else if !is_last {
                self.cuts.push(Cut::out(self.whole_lines(range)));
            }
        }
    }

    /// The range with its indentation and the end of its line, if nothing else is there.
    fn whole_lines(&self, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        let before = self.text.get(..range.start).unwrap_or("");
        let start = before.trim_end_matches([' ', '\t']).len();
        let begins_line = start == 0 || before[..start].ends_with('\n');
        let behind = self.text.get(range.end..).unwrap_or("");
        if begins_line && behind.starts_with('\n') { start..range.end + 1 } else { range }
    }
}

impl<'a> Visitor<'a> for Found<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::FunctionDef(def) => self.body(&def.body, false),
            Stmt::ClassDef(def) => self.body(&def.body, false),
            Stmt::For(block) => {
                self.body(&block.body, false);
                self.body(&block.orelse, false);
            }
            Stmt::While(block) => {
                self.body(&block.body, false);
                self.body(&block.orelse, false);
            }
            Stmt::If(block) => {
                self.body(&block.body, false);
                block.elif_else_clauses.iter().for_each(|clause| self.body(&clause.body, false));
            }
            Stmt::With(block) => self.body(&block.body, false),
            Stmt::Try(block) => {
                for body in [&block.body, &block.orelse, &block.finalbody] {
                    self.body(body, false);
                }
                for ExceptHandler::ExceptHandler(handler) in &block.handlers {
                    self.body(&handler.body, false);
                }
            }
            _ => {}
        }
        ruff_python_ast::visitor::walk_stmt(self, stmt);
    }
}
