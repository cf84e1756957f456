//! Which names a piece of a program binds and uses, and which of them functions inside it use.
//!
//! Python decides by the text alone whether a name is local, so this is asked before any
//! instruction is made. Each piece is walked once, whatever is nested in it.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Pattern, Stmt};
use ruff_text_size::{Ranged as _, TextRange};

use crate::program::vocabulary;

/// The cell of the class that a method stands in, which `super()` asks for.
pub(super) const CLASS_CELL: &str = "__class__";

/// What a routine does with names.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Names it binds, in order of appearance.
    pub bound: Vec<String>,
    is_bound: BTreeSet<String>,
    params: BTreeSet<String>,
    /// Names it uses itself.
    pub used: BTreeSet<String>,
    /// Names that functions inside it use and do not bind.
    pub captured: BTreeSet<String>,
    /// Names it deletes somewhere.
    pub deleted: BTreeSet<String>,
    /// Names it declares `global`.
    pub globals: BTreeSet<String>,
    /// Names it declares `nonlocal`.
    pub nonlocals: BTreeSet<String>,
    /// Where it does.
    pub nonlocal_at: BTreeMap<String, TextRange>,
    /// Declarations that contradict what came before, with `CPython`'s words.
    pub misdeclared: Vec<(TextRange, String)>,
    /// Names that are given a type in it, in order, with the type.
    pub annotated: Vec<(String, TextRange)>,
    /// Whether there is a `yield` in it.
    pub yields: bool,
    /// Whether it waits: `await`, or a comprehension with `async for`.
    pub awaits: bool,
}

impl Names {
    /// Those of an expression.
    pub(super) fn of_expr(expr: &Expr) -> Self {
        let mut names = Self::default();
        names.visit_expr(expr);
        names
    }

    /// Those of statements.
    pub(super) fn of_stmts(stmts: &[Stmt]) -> Self {
        let mut names = Self::default();
        names.visit_body(stmts);
        names
    }

    /// The names that targets of a comprehension bind.
    pub(super) fn of_targets(generators: &[ast::Comprehension]) -> Vec<String> {
        let mut names = Self::default();
        for generator in generators {
            names.target(&generator.target);
        }
        names.bound
    }

    /// Names that an expression uses, and does not bind itself.
    pub(super) fn used_in(expr: &Expr) -> BTreeSet<String> {
        let mut names = Self::of_expr(expr);
        names.used.append(&mut names.captured);
        names.used
    }

    /// Names it uses that must come from around it.
    pub(super) fn free(&self) -> BTreeSet<String> {
        let used = self.used.iter().chain(&self.captured).filter(|name| {
            !self.globals.contains(*name)
                && (!self.is_bound.contains(*name) || self.nonlocals.contains(*name))
        });
        used.chain(&self.nonlocals).cloned().collect()
    }

    /// Names that are its own variables, in order of appearance.
    pub(super) fn own(&self) -> impl Iterator<Item = &String> {
        let is_own =
            |name: &&String| !self.globals.contains(*name) && !self.nonlocals.contains(*name);
        self.bound.iter().filter(is_own)
    }

    /// Whether it binds a name as its own variable.
    pub(super) fn owns(&self, name: &str) -> bool {
        self.is_bound.contains(name)
            && !self.globals.contains(name)
            && !self.nonlocals.contains(name)
    }

    /// Notes that it binds a name.
    pub(super) fn bind(&mut self, name: &str) {
        if self.is_bound.insert(name.to_owned()) {
            self.bound.push(name.to_owned());
        }
    }

    /// Notes that a name is declared too late (`symtable_visit_stmt` of `CPython`). Parameters have
    /// a message of their own.
    fn check_declaration(&mut self, name: &ast::Identifier, word: &str) {
        let is_annotated = |(annotated, _): &(String, TextRange)| annotated == name.as_str();
        let message = if self.params.contains(name.as_str()) {
            return;
        } else if self.used.contains(name.as_str()) {
            format!("name '{name}' is used prior to {word} declaration")
        } else if self.annotated.iter().any(is_annotated) {
            format!("annotated name '{name}' can't be {word}")
        } else if self.is_bound.contains(name.as_str()) {
            format!("name '{name}' is assigned to before {word} declaration")
        } else {
            return;
        };
        self.misdeclared.push((name.range(), message));
    }

    fn refuse_annotating(&mut self, name: &str, at: TextRange) {
        let declared = [(&self.globals, "global"), (&self.nonlocals, "nonlocal")];
        if let Some((_, word)) = declared.iter().find(|(names, _)| names.contains(name)) {
            self.misdeclared.push((at, format!("annotated name '{name}' can't be {word}")));
        }
    }

    /// What an assignment to `target` binds; subscripts and attributes in it are used, not bound.
    pub(super) fn target(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => self.bind(&name.id),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.target(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.target(target)),
            Expr::Starred(starred) => self.target(&starred.value),
            other => self.visit_expr(other),
        }
    }

    /// What a target uses, of which nothing is bound here: `a` in `a[i]`.
    fn target_uses(&mut self, target: &Expr) {
        match target {
            Expr::Name(_) => {}
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.target_uses(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.target_uses(target)),
            Expr::Starred(starred) => self.target_uses(&starred.value),
            other => self.visit_expr(other),
        }
    }

    /// What a function inside uses from outside.
    fn inner(&mut self, inner: BTreeSet<String>) {
        self.captured.extend(inner);
    }

    fn defaults(&mut self, parameters: &ast::Parameters) {
        for parameter in parameters {
            if let Some(default) = parameter.default() {
                self.visit_expr(default);
            }
        }
    }

    /// A comprehension: its variables are its own; what `:=` binds in it is not.
    fn comprehension(&mut self, generators: &[ast::Comprehension], parts: &[&Expr]) {
        if let Some(first) = generators.first() {
            self.visit_expr(&first.iter);
        }
        let inside = inside_of(generators, parts);
        let own: BTreeSet<String> = Self::of_targets(generators).into_iter().collect();
        inside.bound.iter().for_each(|name| self.bind(name));
        let outer = |names: BTreeSet<String>| names.into_iter().filter(|name| !own.contains(name));
        self.used.extend(outer(inside.used));
        self.captured.extend(outer(inside.captured));
        self.awaits |= inside.awaits || generators.iter().any(|generator| generator.is_async);
    }

    fn function(&mut self, def: &ast::StmtFunctionDef) {
        for decorator in &def.decorator_list {
            self.visit_expr(&decorator.expression);
        }
        self.defaults(&def.parameters);
        self.bind(&def.name);
        self.type_params(def.type_params.as_deref());
        self.inner(of_function(&def.parameters, &def.body).free());
    }

    fn class(&mut self, class: &ast::StmtClassDef) {
        for decorator in &class.decorator_list {
            self.visit_expr(&decorator.expression);
        }
        for argument in class.arguments.iter().flat_map(|arguments| arguments.args.iter()) {
            self.visit_expr(argument);
        }
        for keyword in class.arguments.iter().flat_map(|arguments| arguments.keywords.iter()) {
            self.visit_expr(&keyword.value);
        }
        self.bind(&class.name);
        self.type_params(class.type_params.as_deref());
        self.inner(free_in_class(&Self::of_stmts(&class.body)));
    }

    fn type_params(&mut self, params: Option<&ast::TypeParams>) {
        for param in params.into_iter().flat_map(|params| params.type_params.iter()) {
            self.bind(param.name());
        }
    }

    /// Statements that hold others and bind names themselves.
    fn compound_stmt(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::For(loop_) => {
                self.awaits |= loop_.is_async;
                self.visit_expr(&loop_.iter);
                self.target(&loop_.target);
                self.visit_body(&loop_.body);
                self.visit_body(&loop_.orelse);
            }
            Stmt::With(with) => {
                for item in &with.items {
                    self.visit_expr(&item.context_expr);
                    item.optional_vars.iter().for_each(|target| self.target(target));
                }
                self.visit_body(&with.body);
            }
            Stmt::Try(try_) => {
                self.visit_body(&try_.body);
                for ast::ExceptHandler::ExceptHandler(handler) in &try_.handlers {
                    handler.type_.iter().for_each(|types| self.visit_expr(types));
                    if let Some(name) = &handler.name {
                        self.bind(name);
                        self.deleted.insert(name.to_string());
                    }
                    self.visit_body(&handler.body);
                }
                self.visit_body(&try_.orelse);
                self.visit_body(&try_.finalbody);
            }
            Stmt::Match(match_) => {
                self.visit_expr(&match_.subject);
                for case in &match_.cases {
                    self.pattern(&case.pattern);
                    case.guard.iter().for_each(|guard| self.visit_expr(guard));
                    self.visit_body(&case.body);
                }
            }
            _ => {}
        }
    }

    fn pattern(&mut self, pattern: &Pattern) {
        match pattern {
            Pattern::MatchValue(value) => self.visit_expr(&value.value),
            Pattern::MatchSingleton(_) => {}
            Pattern::MatchSequence(sequence) => {
                sequence.patterns.iter().for_each(|part| self.pattern(part));
            }
            Pattern::MatchMapping(mapping) => {
                mapping.keys.iter().for_each(|key| self.visit_expr(key));
                mapping.patterns.iter().for_each(|part| self.pattern(part));
                mapping.rest.iter().for_each(|rest| self.bind(rest));
            }
            Pattern::MatchClass(class) => {
                self.visit_expr(&class.cls);
                class.arguments.patterns.iter().for_each(|part| self.pattern(part));
                let keywords = class.arguments.keywords.iter();
                keywords.for_each(|keyword| self.pattern(&keyword.pattern));
            }
            Pattern::MatchStar(star) => star.name.iter().for_each(|name| self.bind(name)),
            Pattern::MatchAs(part) => {
                part.pattern.iter().for_each(|inner| self.pattern(inner));
                part.name.iter().for_each(|name| self.bind(name));
            }
            Pattern::MatchOr(or) => or.patterns.iter().for_each(|part| self.pattern(part)),
        }
    }

    fn import(&mut self, alias: &ast::Alias) {
        let name = alias
            .asname
            .as_ref()
            .map_or_else(|| alias.name.split('.').next().unwrap_or_default(), |name| name.as_str());
        self.bind(name);
    }
}

/// What a function does with names, its parameters among those it binds.
pub(super) fn of_function(parameters: &ast::Parameters, body: &[Stmt]) -> Names {
    let mut names = Names::default();
    for parameter in parameters {
        names.bind(parameter.name());
        names.params.insert(parameter.name().to_string());
    }
    names.visit_body(body);
    names
}

/// The names that a class body needs from around it: its own are not seen by the functions in it.
pub(super) fn free_in_class(body: &Names) -> BTreeSet<String> {
    let direct = body.used.iter().filter(|name| !body.owns(name));
    let inner = body.captured.iter().filter(|name| *name != CLASS_CELL);
    let free = direct.chain(inner).chain(&body.nonlocals);
    free.filter(|name| !body.globals.contains(*name)).cloned().collect()
}

/// What a comprehension does inside: its first iterable is not part of it, and its variables are
/// not counted as bound.
fn inside_of(generators: &[ast::Comprehension], parts: &[&Expr]) -> Names {
    let mut inside = Names::default();
    for (index, generator) in generators.iter().enumerate() {
        if index > 0 {
            inside.visit_expr(&generator.iter);
        }
        inside.target_uses(&generator.target);
        generator.ifs.iter().for_each(|test| inside.visit_expr(test));
    }
    parts.iter().for_each(|part| inside.visit_expr(part));
    inside
}

/// The same for a generator expression, whose variables are those of a function.
pub(super) fn of_generator(generator: &ast::ExprGenerator) -> Names {
    let mut inside = inside_of(&generator.generators, &[&generator.elt]);
    // What `:=` binds belongs to the function around it.
    let walruses = std::mem::take(&mut inside.bound);
    inside.is_bound.clear();
    inside.nonlocals.extend(walruses);
    Names::of_targets(&generator.generators).iter().for_each(|name| inside.bind(name));
    inside.awaits |= generator.generators.iter().any(|generator| generator.is_async);
    inside
}

/// What a lambda does with names, its parameters among those it binds.
pub(super) fn of_lambda(lambda: &ast::ExprLambda) -> Names {
    let mut names = Names::default();
    for parameter in lambda.parameters.iter().flat_map(|list| list.iter()) {
        names.bind(parameter.name());
    }
    names.visit_expr(&lambda.body);
    names
}

impl<'a> Visitor<'a> for Names {
    fn visit_stmt(&mut self, stmt: &'a Stmt) {
        match stmt {
            Stmt::Assign(assign) => {
                self.visit_expr(&assign.value);
                assign.targets.iter().for_each(|target| self.target(target));
            }
            Stmt::AugAssign(assign) => {
                self.visit_expr(&assign.value);
                if let Expr::Name(name) = &*assign.target {
                    self.used.insert(name.id.to_string());
                }
                self.target(&assign.target);
            }
            Stmt::AnnAssign(assign) => {
                assign.value.iter().for_each(|value| self.visit_expr(value));
                self.target(&assign.target);
                if let Expr::Name(name) = &*assign.target {
                    let range = assign.annotation.range();
                    self.refuse_annotating(&name.id, assign.range());
                    self.annotated.push((name.id.to_string(), range));
                }
            }
            Stmt::Delete(delete) => {
                for target in &delete.targets {
                    self.target(target);
                    delete_names(target, &mut self.deleted);
                }
            }
            Stmt::FunctionDef(def) => self.function(def),
            Stmt::ClassDef(class) => self.class(class),
            Stmt::Import(import) => import.names.iter().for_each(|alias| self.import(alias)),
            Stmt::ImportFrom(import) => {
                for alias in &import.names {
                    let name = alias.asname.as_ref().unwrap_or(&alias.name);
                    if name.as_str() == "*" {
                        let module = import.module.as_deref().unwrap_or_default();
                        star_names(module).for_each(|name| self.bind(name));
                    } else {
                        self.bind(name);
                    }
                }
            }
            Stmt::Global(global) => {
                for name in &global.names {
                    self.check_declaration(name, "global");
                    self.globals.insert(name.to_string());
                }
            }
            Stmt::Nonlocal(nonlocal) => {
                for name in &nonlocal.names {
                    self.check_declaration(name, "nonlocal");
                    self.nonlocals.insert(name.to_string());
                    self.nonlocal_at.insert(name.to_string(), name.range());
                }
            }
            Stmt::For(_) | Stmt::With(_) | Stmt::Try(_) | Stmt::Match(_) => {
                self.compound_stmt(stmt);
            }
            Stmt::TypeAlias(alias) => self.target(&alias.name),
            other => visitor::walk_stmt(self, other),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                self.used.insert(name.id.to_string());
                if name.id == "super" {
                    self.used.insert(CLASS_CELL.to_owned());
                }
            }
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                self.target(&named.target);
            }
            Expr::Lambda(lambda) => {
                lambda.parameters.iter().for_each(|list| self.defaults(list));
                self.inner(of_lambda(lambda).free());
            }
            Expr::Generator(generator) => {
                if let Some(first) = generator.generators.first() {
                    self.visit_expr(&first.iter);
                }
                let inside = of_generator(generator);
                inside.nonlocals.iter().for_each(|name| self.bind(name));
                self.inner(inside.free());
            }
            Expr::ListComp(comp) => self.comprehension(&comp.generators, &[&comp.elt]),
            Expr::SetComp(comp) => self.comprehension(&comp.generators, &[&comp.elt]),
            Expr::DictComp(comp) => {
                let key = comp.key.as_deref();
                let parts: Vec<&Expr> = key.into_iter().chain([&*comp.value]).collect();
                self.comprehension(&comp.generators, &parts);
            }
            Expr::Yield(_) | Expr::YieldFrom(_) => {
                self.yields = true;
                visitor::walk_expr(self, expr);
            }
            Expr::Await(_) => {
                self.awaits = true;
                visitor::walk_expr(self, expr);
            }
            other => visitor::walk_expr(self, other),
        }
    }
}

/// The names that `from module import *` binds.
pub(super) fn star_names(module: &str) -> impl Iterator<Item = &'static str> {
    let names = vocabulary::modules::module(module).map_or(&[][..], |module| module.names);
    names.iter().copied().filter(|name| !name.starts_with('_'))
}

fn delete_names(target: &Expr, deleted: &mut BTreeSet<String>) {
    match target {
        Expr::Name(name) => {
            deleted.insert(name.id.to_string());
        }
        Expr::Tuple(tuple) => tuple.elts.iter().for_each(|part| delete_names(part, deleted)),
        Expr::List(list) => list.elts.iter().for_each(|part| delete_names(part, deleted)),
        _ => {}
    }
}

/// Whether an expression binds a name while it is evaluated.
pub(super) fn has_walrus(expr: &Expr) -> bool {
    !Names::of_expr(expr).bound.is_empty()
}
