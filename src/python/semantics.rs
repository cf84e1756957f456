//! What the grammar allows, and Python refuses all the same, whatever names stand for.
//!
//! ruff's checker finds most of it; the words are `CPython`'s. What depends on the function around
//! (`await`, `yield`, `nonlocal`, `break`) is left to the compiler, which knows it anyway.
//!
//! Source: the messages of `CPython` 3.14 (`Python/symtable.c`, `Python/codegen.c`,
//! `Python/future.c`).

use std::cell::RefCell;

use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};
use ruff_python_ast::{ExceptHandler, Expr, IrrefutablePatternKind, PythonVersion, Stmt};
use ruff_python_parser::semantic_errors::{
    InvalidExpressionPosition as Position, LazyImportContext, SemanticSyntaxChecker,
    SemanticSyntaxContext, SemanticSyntaxError, SemanticSyntaxErrorKind as Kind, WriteToDebugKind,
};
use ruff_text_size::{Ranged, TextRange};

use super::Module;
use crate::diagnostic::Diagnostics;

/// Reports what is wrong with a parsed file.
pub(crate) fn check(module: &Module, diagnostics: &mut Diagnostics) {
    let Module { source, body, places } = module;
    let found = RefCell::new(Vec::new());
    let context = Context { source: source.text(), in_class: false, found };
    let mut walk = Walk {
        checker: SemanticSyntaxChecker::new(),
        context,
        around: Vec::new(),
        misplaced: Vec::new(),
    };
    walk.visit_body(body);
    for error in walk.context.found.take() {
        if let Some(message) = message(&error.kind, source.slice(places.span(&error))) {
            diagnostics.error(places.span(&error), message);
        }
    }
    for range in walk.misplaced {
        let message = "'break', 'continue' and 'return' cannot appear in an except* block";
        diagnostics.error(places.span_of_range(range), message);
    }
}

/// `CPython`'s words; `None` for what the compiler reports. `text` is what stands there.
fn message(kind: &Kind, text: &str) -> Option<String> {
    let name = text.trim_start_matches('*').split([':', '=', ' ']).next().unwrap_or_default();
    Some(match kind {
        Kind::LateFutureImport => {
            "from __future__ imports must occur at the beginning of the file".to_owned()
        }
        Kind::FutureFeatureNotDefined(feature) => {
            format!("future feature {feature} is not defined")
        }
        Kind::NamedExpressionInComprehensionIterable => {
            "assignment expression cannot be used in a comprehension iterable expression".to_owned()
        }
        Kind::NamedExpressionInClassBodyComprehension => {
            "assignment expression within a comprehension cannot be used in a class body".to_owned()
        }
        Kind::ReboundComprehensionVariable => {
            format!("assignment expression cannot rebind comprehension iteration variable '{name}'")
        }
        Kind::DuplicateTypeParameter => format!("duplicate type parameter '{name}'"),
        Kind::TypeParameterDefaultOrder(name) => {
            format!("non-default type parameter '{name}' follows default type parameter")
        }
        Kind::IrrefutableCasePattern(IrrefutablePatternKind::Name(name)) => {
            format!("name capture '{name}' makes remaining patterns unreachable")
        }
        Kind::IrrefutableCasePattern(IrrefutablePatternKind::Wildcard) => {
            "wildcard makes remaining patterns unreachable".to_owned()
        }
        Kind::WriteToDebug(WriteToDebugKind::Store) => "cannot assign to __debug__".to_owned(),
        Kind::WriteToDebug(WriteToDebugKind::Delete(_)) => "cannot delete __debug__".to_owned(),
        Kind::InvalidExpression(kind, position) => {
            let position = match position {
                Position::TypeAnnotation => "an annotation".to_owned(),
                Position::GenericDefinition => "the definition of a generic".to_owned(),
                other => format!("a {other}"),
            };
            format!("{kind} cannot be used within {position}")
        }
        Kind::DuplicateMatchKey(key) => {
            let is_plain = !key.contains(['\'', '\\']);
            let key = if is_plain { key.replace('"', "'") } else { key.clone() };
            format!("mapping pattern checks duplicate key ({key})")
        }
        Kind::DuplicateMatchClassAttribute(name) => {
            format!("attribute name repeated in class pattern: {name}")
        }
        Kind::DuplicateParameter(name) => {
            format!("duplicate argument '{name}' in function definition")
        }
        Kind::DuplicateKeywordArgument(name) => format!("keyword argument repeated: {name}"),
        _ => return None,
    })
}

/// What a place stands in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Around {
    Loop,
    ExceptStar,
}

/// Goes through a file.
struct Walk<'a> {
    checker: SemanticSyntaxChecker,
    context: Context<'a>,
    /// Of the function that is walked, outermost first.
    around: Vec<Around>,
    /// Where an `except*` is left that must not be.
    misplaced: Vec<TextRange>,
}

impl Walk<'_> {
    fn inside(&mut self, around: Around, body: &[Stmt]) {
        self.around.push(around);
        self.visit_body(body);
        self.around.pop();
    }

    /// A function or a class, in which nothing of what is around it can be left.
    fn separate(&mut self, is_class: bool, walk: impl FnOnce(&mut Self)) {
        let around = std::mem::take(&mut self.around);
        let in_class = std::mem::replace(&mut self.context.in_class, is_class);
        walk(self);
        self.around = around;
        self.context.in_class = in_class;
    }
}

impl<'a> Visitor<'a> for Walk<'_> {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        self.checker.visit_stmt(stmt, &self.context);
        match stmt {
            Stmt::FunctionDef(_) => self.separate(false, |walk| walk_stmt(walk, stmt)),
            Stmt::ClassDef(_) => self.separate(true, |walk| walk_stmt(walk, stmt)),
            Stmt::For(repeat) => {
                self.visit_expr(&repeat.iter);
                self.visit_expr(&repeat.target);
                self.inside(Around::Loop, &repeat.body);
                self.visit_body(&repeat.orelse);
            }
            Stmt::While(repeat) => {
                self.visit_expr(&repeat.test);
                self.inside(Around::Loop, &repeat.body);
                self.visit_body(&repeat.orelse);
            }
            Stmt::Try(guarded) if guarded.is_star => {
                self.visit_body(&guarded.body);
                for ExceptHandler::ExceptHandler(handler) in &guarded.handlers {
                    handler.type_.iter().for_each(|types| self.visit_expr(types));
                    self.inside(Around::ExceptStar, &handler.body);
                }
                self.visit_body(&guarded.orelse);
                self.visit_body(&guarded.finalbody);
            }
            Stmt::Break(_) | Stmt::Continue(_) => {
                if self.around.last() == Some(&Around::ExceptStar) {
                    self.misplaced.push(stmt.range());
                }
            }
            Stmt::Return(_) => {
                if self.around.contains(&Around::ExceptStar) {
                    self.misplaced.push(stmt.range());
                }
                walk_stmt(self, stmt);
            }
            _ => walk_stmt(self, stmt),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        self.checker.visit_expr(expr, &self.context);
        match expr {
            Expr::Lambda(_) => self.separate(false, |walk| walk_expr(walk, expr)),
            _ => walk_expr(self, expr),
        }
    }
}

/// What the checker asks about the place where it is. Where the compiler reports a mistake, the
/// answer is the one that makes for none.
struct Context<'a> {
    source: &'a str,
    /// Directly in a class, or in a comprehension there.
    in_class: bool,
    found: RefCell<Vec<SemanticSyntaxError>>,
}

impl SemanticSyntaxContext for Context<'_> {
    fn future_annotations_or_stub(&self) -> bool {
        false
    }

    fn lazy_import_context(&self) -> Option<LazyImportContext> {
        None
    }

    fn python_version(&self) -> PythonVersion {
        PythonVersion::latest()
    }

    fn source(&self) -> &str {
        self.source
    }

    fn global(&self, _name: &str) -> Option<TextRange> {
        None
    }

    fn has_nonlocal_binding(&self, _name: &str) -> bool {
        true
    }

    fn in_async_context(&self) -> bool {
        true
    }

    fn in_await_allowed_context(&self) -> bool {
        true
    }

    fn in_yield_allowed_context(&self) -> bool {
        true
    }

    fn in_sync_comprehension(&self) -> bool {
        false
    }

    fn in_class_body_comprehension(&self) -> bool {
        self.in_class
    }

    fn in_module_scope(&self) -> bool {
        false
    }

    fn in_function_scope(&self) -> bool {
        true
    }

    fn in_generator_context(&self) -> bool {
        false
    }

    fn in_notebook(&self) -> bool {
        false
    }

    fn report_semantic_error(&self, error: SemanticSyntaxError) {
        self.found.borrow_mut().push(error);
    }

    fn in_loop_context(&self) -> bool {
        true
    }

    fn is_bound_parameter(&self, _name: &str) -> bool {
        false
    }
}
