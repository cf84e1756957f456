//! Compound statements of Python, and the choice between statements.

use ruff_python_ast as ast;
use ruff_python_ast::{Expr, Stmt};

use super::block::{Body, Clause, Text, Try};
use super::compiler::Compiler;
use super::names;
use crate::program::code::CodeKind;

/// How deep statements may be nested; the parser allows less.
const MAX_STATEMENT_DEPTH: usize = 120;

impl<'a> Compiler<'a> {
    /// Statements, one after the other.
    pub(super) fn stmts(&mut self, stmts: &'a [Stmt]) {
        for stmt in stmts {
            self.stmt(stmt);
        }
    }

    /// An expression of the text that is being compiled.
    pub(super) fn piece(&self, ast: &'a Expr) -> Text<'a> {
        Text { ast, places: self.places }
    }

    /// One statement.
    fn stmt(&mut self, stmt: &'a Stmt) {
        self.nesting += 1;
        if self.nesting > MAX_STATEMENT_DEPTH {
            self.error(stmt, "too many statically nested blocks");
        } else {
            self.stmt_at_depth(stmt);
        }
        self.nesting -= 1;
    }

    fn stmt_at_depth(&mut self, stmt: &'a Stmt) {
        self.at_node(stmt);
        match stmt {
            Stmt::If(choice) => self.if_chain(choice),
            Stmt::While(loop_) => {
                let condition = self.piece(&loop_.test);
                self.while_loop(condition, Body::Stmts(&loop_.body), Body::Stmts(&loop_.orelse));
            }
            Stmt::For(loop_) => {
                let (target, iter) = (self.piece(&loop_.target), self.piece(&loop_.iter));
                let (body, orelse) = (Body::Stmts(&loop_.body), Body::Stmts(&loop_.orelse));
                if loop_.is_async {
                    let span = self.span(stmt);
                    if self.check_may_await(span, "for") {
                        self.async_for_loop(target, iter, body, orelse);
                    }
                } else {
                    self.for_loop(target, iter, body, orelse);
                }
            }
            Stmt::Try(try_) => self.try_stmt(try_),
            Stmt::With(with) => {
                let span = self.span(stmt);
                if !with.is_async || self.check_may_await(span, "with") {
                    self.with_items(with.is_async, &with.items, &with.body);
                }
            }
            Stmt::Match(match_) => self.match_stmt(match_),
            Stmt::FunctionDef(def) => self.function_def(def),
            Stmt::ClassDef(class) => self.class_def(class),
            Stmt::Import(import) => self.import(import),
            Stmt::ImportFrom(import) => self.import_from(import),
            Stmt::Global(_) => {}
            Stmt::Nonlocal(_) => {
                if self.function().kind == CodeKind::Module {
                    self.error(stmt, "nonlocal declaration not allowed at module level");
                }
            }
            Stmt::Return(value) if !self.check_return(value) => {}
            Stmt::TypeAlias(alias) => self.type_alias(alias),
            simple => {
                let careful = Self::is_careful(simple);
                self.function().careful |= careful;
                self.statement(simple);
                if careful {
                    self.function().careful = false;
                }
            }
        }
    }

    /// Reports a `return` where there is nothing to return from.
    fn check_return(&mut self, stmt: &ast::StmtReturn) -> bool {
        let function = self.function();
        let message = if function.kind == CodeKind::Module || function.is_class {
            "'return' outside function"
        } else if function.kind == CodeKind::AsyncGenerator && stmt.value.is_some() {
            "'return' with value in async generator"
        } else {
            return true;
        };
        self.error(stmt, message);
        false
    }

    /// `type X = …`: nothing is evaluated; the name stands for its own text.
    fn type_alias(&mut self, alias: &'a ast::StmtTypeAlias) {
        let mark = self.function().mark();
        let src = self.function().temp();
        let text = self.source.slice(self.span(&*alias.name)).to_owned();
        self.load(src, crate::program::constant::Constant::Str(text.into()));
        self.assign(&alias.name, src);
        self.function().release(mark);
    }

    fn if_chain(&mut self, choice: &'a ast::StmtIf) {
        // What is only for other platforms or versions may use what is not here.
        let asks = self.source.slice(self.span(&*choice.test)).to_owned();
        let tolerates = !self.is_scenario() && ELSEWHERE.iter().any(|word| asks.contains(word));
        self.tolerant += usize::from(tolerates);
        self.if_parts(choice);
        self.tolerant -= usize::from(tolerates);
    }

    fn if_parts(&mut self, choice: &'a ast::StmtIf) {
        let end = self.function().label();
        let mut after = None;
        self.choice(
            &choice.test,
            &choice.body,
            choice.elif_else_clauses.is_empty(),
            end,
            &mut after,
        );
        let mut has_else = false;
        for (index, clause) in choice.elif_else_clauses.iter().enumerate() {
            let is_last = index + 1 == choice.elif_else_clauses.len();
            self.at_node(clause);
            match &clause.test {
                Some(test) => self.choice(test, &clause.body, is_last, end, &mut after),
                None => {
                    has_else = true;
                    self.stmts(&clause.body);
                    let last = self.state_after();
                    after = super::block::meet(after, last);
                }
            }
        }
        if !has_else {
            let last = Some(self.function().assigned.clone());
            after = super::block::meet(after, last);
        }
        self.function().bind(end);
        if let Some(after) = after {
            self.function().assigned = after;
        }
    }

    /// One `if` or `elif` with its body; goes on behind it if the test fails.
    fn choice(
        &mut self,
        test: &'a Expr,
        body: &'a [Stmt],
        is_last: bool,
        end: super::function::Label,
        after: &mut Option<Vec<bool>>,
    ) {
        let no = self.function().label();
        self.with_care(test, |this| this.branch(test, false, no));
        let before = self.function().assigned.clone();
        self.stmts(body);
        let here = self.state_after();
        if here.is_some() && !is_last {
            self.function().jump(end);
        }
        *after = super::block::meet(after.take(), here);
        self.function().bind(no);
        self.function().assigned = before;
    }

    /// Copies variables when they are read, if the expression binds names in its midst.
    pub(super) fn with_care(&mut self, expr: &Expr, work: impl FnOnce(&mut Self)) {
        let careful = !self.is_scenario() && names::has_walrus(expr);
        let before = self.function().careful;
        self.function().careful |= careful;
        work(self);
        self.function().careful = before;
    }

    fn try_stmt(&mut self, try_: &'a ast::StmtTry) {
        let last = try_.handlers.len().saturating_sub(1);
        for ast::ExceptHandler::ExceptHandler(handler) in &try_.handlers[..last] {
            if handler.type_.is_none() {
                self.error(handler, "default 'except:' must be last");
            }
        }
        let clauses = try_.handlers.iter().map(|handler| {
            let ast::ExceptHandler::ExceptHandler(handler) = handler;
            Clause {
                span: self.span(handler),
                exception: handler.type_.as_deref().map(|types| self.piece(types)),
                bind: handler.name.as_ref().map(|name| (name.as_str(), self.span(name))),
                body: Body::Stmts(&handler.body),
            }
        });
        let parts = Try {
            body: Body::Stmts(&try_.body),
            clauses: clauses.collect(),
            is_star: try_.is_star,
            otherwise: Body::Stmts(&try_.orelse),
            finally: Body::Stmts(&try_.finalbody),
        };
        let tolerates = try_.handlers.iter().any(catches_failed_import);
        self.tolerant += usize::from(tolerates);
        self.try_statement(&parts);
        self.tolerant -= usize::from(tolerates);
    }

    /// `with`, one item after the other.
    fn with_items(&mut self, is_async: bool, items: &'a [ast::WithItem], body: &'a [Stmt]) {
        let Some((first, rest)) = items.split_first() else {
            self.stmts(body);
            return;
        };
        let what = self.piece(&first.context_expr);
        self.at_node(&first.context_expr);
        let target = first.optional_vars.as_deref();
        self.nesting += 1;
        if self.nesting > MAX_STATEMENT_DEPTH {
            self.error(&first.context_expr, "too many statically nested blocks");
        } else {
            self.with_block(is_async, what, target, |this| this.with_items(is_async, rest, body));
        }
        self.nesting -= 1;
    }
}

/// What a test mentions that is about where a program runs.
const ELSEWHERE: &[&str] =
    &["platform", "os.name", "version_info", "hasattr", "TYPE_CHECKING", "_WINDOWS"];

/// Whether an `except` is there for a module that is not.
fn catches_failed_import(handler: &ast::ExceptHandler) -> bool {
    const NAMES: &[&str] =
        &["ImportError", "ModuleNotFoundError", "AttributeError", "Exception", "BaseException"];
    let ast::ExceptHandler::ExceptHandler(handler) = handler;
    let is_one =
        |expr: &Expr| matches!(expr, Expr::Name(name) if NAMES.contains(&name.id.as_str()));
    match handler.type_.as_deref() {
        None => true,
        Some(Expr::Tuple(tuple)) => tuple.elts.iter().any(is_one),
        Some(one) => is_one(one),
    }
}
