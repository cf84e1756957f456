//! Which names a piece of a program binds, and which of them functions inside it use.
//!
//! Python decides by the text alone whether a name is local, so this is asked before any
//! instruction is made.

use std::collections::BTreeSet;

use ruff_python_ast::visitor::{self, Visitor};
use ruff_python_ast::{self as ast, Expr, Stmt};

use crate::scenario::model::{Action, DurationExpr, GatherOf, Step};

/// What a routine does with names.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    /// Names it binds, in order of appearance.
    pub bound: Vec<String>,
    /// Names that functions inside it use and do not bind.
    pub captured: BTreeSet<String>,
    /// Names it deletes somewhere.
    pub deleted: BTreeSet<String>,
}

impl Names {
    /// Those of a scenario's steps.
    pub(super) fn of_steps(steps: &[Step]) -> Self {
        let mut names = Self::default();
        names.steps(steps);
        names
    }

    /// Those of an expression.
    pub(super) fn of_expr(expr: &Expr) -> Self {
        let mut names = Self::default();
        names.visit_expr(expr);
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
        let mut uses = Uses::default();
        uses.visit_expr(expr);
        uses.0
    }

    fn bind(&mut self, name: &str) {
        if !self.bound.iter().any(|known| known == name) {
            self.bound.push(name.to_owned());
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(&step.action);
        }
    }

    fn bind_as(&mut self, bind: Option<&crate::scenario::model::Name>) {
        if let Some(name) = bind {
            self.bind(&name.text);
        }
    }

    fn duration(&mut self, duration: &DurationExpr) {
        if let DurationExpr::Seconds(expr) = duration {
            self.visit_expr(&expr.ast);
        }
    }

    fn exprs<'a>(&mut self, exprs: impl IntoIterator<Item = &'a crate::scenario::model::Expr>) {
        for expr in exprs {
            self.visit_expr(&expr.ast);
        }
    }

    fn step(&mut self, action: &Action) {
        match action {
            Action::Print(expr) => self.exprs([expr]),
            Action::Sleep { duration, bind } => {
                self.duration(duration);
                self.bind_as(bind.as_ref());
            }
            Action::Io { duration, result, raises, bind } => {
                self.duration(duration);
                self.exprs(result.iter().chain(raises));
                self.bind_as(bind.as_ref());
            }
            Action::Block(duration) | Action::Compute(duration) => self.duration(duration),
            Action::Await { what, bind } => {
                self.exprs([what]);
                self.bind_as(bind.as_ref());
            }
            Action::CreateTask { coroutine, bind, name, group } => {
                self.exprs([coroutine].into_iter().chain(name).chain(group));
                self.bind_as(bind.as_ref());
            }
            Action::Gather { what, bind, .. } => {
                match what {
                    GatherOf::List(exprs) => self.exprs(exprs),
                    GatherOf::Iterable(expr) => self.exprs([expr]),
                }
                self.bind_as(bind.as_ref());
            }
            Action::RunInExecutor { call, bind, .. }
            | Action::ToThread { call, bind }
            | Action::CallSoon { call, bind } => {
                self.exprs([call]);
                self.bind_as(bind.as_ref());
            }
            Action::CallLater { delay, call, bind } => {
                self.duration(delay);
                self.exprs([call]);
                self.bind_as(bind.as_ref());
            }
            Action::Do(stmt) => self.visit_stmt(&stmt.ast),
            Action::Break | Action::Continue | Action::Pass => {}
            Action::Return(expr) | Action::Raise(expr) => self.exprs(expr),
            Action::Assert { condition, message } => {
                self.exprs([condition].into_iter().chain(message));
            }
            Action::With { .. }
            | Action::If { .. }
            | Action::For { .. }
            | Action::While { .. }
            | Action::Try { .. } => self.compound(action),
        }
    }

    fn compound(&mut self, action: &Action) {
        match action {
            Action::With { what, bind, steps } => {
                self.exprs([what]);
                self.bind_as(bind.as_ref());
                self.steps(steps);
            }
            Action::If { condition, steps, otherwise } => {
                self.exprs([condition]);
                self.steps(steps);
                self.steps(otherwise);
            }
            Action::For { target, iterable, steps, otherwise } => {
                self.exprs([iterable]);
                self.target(&target.ast);
                self.steps(steps);
                self.steps(otherwise);
            }
            Action::While { condition, steps, otherwise } => {
                self.exprs([condition]);
                self.steps(steps);
                self.steps(otherwise);
            }
            Action::Try { steps, handlers, otherwise, finally } => {
                self.steps(steps);
                for handler in handlers {
                    self.exprs(&handler.exception);
                    if let Some(name) = &handler.bind {
                        self.bind(&name.text);
                        self.deleted.insert(name.text.clone());
                    }
                    self.steps(&handler.steps);
                }
                self.steps(otherwise);
                self.steps(finally);
            }
            _ => {}
        }
    }

    /// What an assignment to `target` binds; subscripts and attributes in it are used, not bound.
    fn target(&mut self, target: &Expr) {
        match target {
            Expr::Name(name) => self.bind(&name.id),
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.target(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.target(target)),
            Expr::Starred(starred) => self.target(&starred.value),
            other => self.visit_expr(other),
        }
    }

    /// What a function inside uses from outside.
    fn inner(&mut self, inner: BTreeSet<String>) {
        self.captured.extend(inner);
    }

    fn comprehension(&mut self, generators: &[ast::Comprehension], parts: &[&Expr]) {
        // Its variables are its own; what `:=` binds in it, and what functions in it use, is not.
        let mut inside = Self::default();
        for (index, generator) in generators.iter().enumerate() {
            if index == 0 {
                self.visit_expr(&generator.iter);
            } else {
                inside.visit_expr(&generator.iter);
            }
            generator.ifs.iter().for_each(|test| inside.visit_expr(test));
        }
        parts.iter().for_each(|part| inside.visit_expr(part));
        let own = Self::of_targets(generators);
        inside.bound.iter().for_each(|name| self.bind(name));
        inside.captured.retain(|name| !own.contains(name));
        self.inner(inside.captured);
    }
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
                self.target(&assign.target);
            }
            Stmt::AnnAssign(assign) => {
                assign.value.iter().for_each(|value| self.visit_expr(value));
                self.target(&assign.target);
            }
            Stmt::Delete(delete) => {
                for target in &delete.targets {
                    self.target(target);
                    if let Expr::Name(name) = target {
                        self.deleted.insert(name.id.to_string());
                    }
                }
            }
            other => visitor::walk_stmt(self, other),
        }
    }

    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Named(named) => {
                self.visit_expr(&named.value);
                self.target(&named.target);
            }
            Expr::Lambda(lambda) => {
                for parameter in lambda.parameters.iter().flat_map(|list| list.iter()) {
                    parameter.default().into_iter().for_each(|default| self.visit_expr(default));
                }
                self.inner(free_in_lambda(lambda));
            }
            Expr::Generator(generator) => {
                if let Some(first) = generator.generators.first() {
                    self.visit_expr(&first.iter);
                }
                walrus_targets(expr).iter().for_each(|name| self.bind(name));
                self.inner(free_in_generator(generator));
            }
            Expr::ListComp(comp) => self.comprehension(&comp.generators, &[&comp.elt]),
            Expr::SetComp(comp) => self.comprehension(&comp.generators, &[&comp.elt]),
            Expr::DictComp(comp) => {
                let key = comp.key.as_deref();
                let parts: Vec<&Expr> = key.into_iter().chain([&*comp.value]).collect();
                self.comprehension(&comp.generators, &parts);
            }
            other => visitor::walk_expr(self, other),
        }
    }
}

/// Names a lambda uses and does not bind.
pub(super) fn free_in_lambda(lambda: &ast::ExprLambda) -> BTreeSet<String> {
    let mut used = Uses::default();
    used.visit_expr(&lambda.body);
    let own = Names::of_expr(&lambda.body).bound;
    let parameters = lambda.parameters.iter().flat_map(|list| list.iter());
    let parameters: BTreeSet<&str> = parameters.map(|any| any.name().as_str()).collect();
    let is_free =
        |name: &String| !parameters.contains(name.as_str()) && !own.iter().any(|own| own == name);
    used.0.into_iter().filter(is_free).collect()
}

/// Names a generator expression uses and does not bind; its first iterable is not part of it.
pub(super) fn free_in_generator(generator: &ast::ExprGenerator) -> BTreeSet<String> {
    let mut used = Uses::default();
    for (index, part) in generator.generators.iter().enumerate() {
        if index > 0 {
            used.visit_expr(&part.iter);
        }
        part.ifs.iter().for_each(|test| used.visit_expr(test));
        used.targets(&part.target);
    }
    used.visit_expr(&generator.elt);
    let own = Names::of_targets(&generator.generators);
    used.0.retain(|name| !own.contains(name));
    used.0
}

/// Whether an expression binds a name while it is evaluated.
pub(super) fn has_walrus(expr: &Expr) -> bool {
    !walrus_targets(expr).is_empty()
}

/// The names bound by `:=`, except in lambdas.
fn walrus_targets(expr: &Expr) -> Vec<String> {
    struct Walruses(Vec<String>);
    impl<'a> Visitor<'a> for Walruses {
        fn visit_expr(&mut self, expr: &'a Expr) {
            match expr {
                Expr::Lambda(_) => {}
                Expr::Named(named) => {
                    if let Expr::Name(name) = &*named.target {
                        self.0.push(name.id.to_string());
                    }
                    self.visit_expr(&named.value);
                }
                other => visitor::walk_expr(self, other),
            }
        }
    }
    let mut found = Walruses(Vec::new());
    found.visit_expr(expr);
    found.0
}

/// Names that are used in an expression, from inside it or from functions in it.
#[derive(Default)]
struct Uses(BTreeSet<String>);

impl Uses {
    /// Names used in a target: `a` in `a[i]`, not in `a`.
    fn targets(&mut self, target: &Expr) {
        match target {
            Expr::Name(_) => {}
            Expr::Tuple(tuple) => tuple.elts.iter().for_each(|target| self.targets(target)),
            Expr::List(list) => list.elts.iter().for_each(|target| self.targets(target)),
            Expr::Starred(starred) => self.targets(&starred.value),
            other => self.visit_expr(other),
        }
    }

    fn comprehension(&mut self, generators: &[ast::Comprehension], parts: &[&Expr]) {
        let mut inside = Self::default();
        for (index, generator) in generators.iter().enumerate() {
            let scope = if index == 0 { &mut *self } else { &mut inside };
            scope.visit_expr(&generator.iter);
            inside.targets(&generator.target);
            generator.ifs.iter().for_each(|test| inside.visit_expr(test));
        }
        parts.iter().for_each(|part| inside.visit_expr(part));
        let own = Names::of_targets(generators);
        self.0.extend(inside.0.into_iter().filter(|name| !own.contains(name)));
    }
}

impl<'a> Visitor<'a> for Uses {
    fn visit_expr(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Name(name) => {
                self.0.insert(name.id.to_string());
            }
            Expr::Lambda(lambda) => {
                for parameter in lambda.parameters.iter().flat_map(|list| list.iter()) {
                    parameter.default().into_iter().for_each(|default| self.visit_expr(default));
                }
                self.0.extend(free_in_lambda(lambda));
            }
            Expr::Generator(generator) => {
                if let Some(first) = generator.generators.first() {
                    self.visit_expr(&first.iter);
                }
                self.0.extend(free_in_generator(generator));
            }
            Expr::ListComp(comp) => self.comprehension(&comp.generators, &[&comp.elt]),
            Expr::SetComp(comp) => self.comprehension(&comp.generators, &[&comp.elt]),
            Expr::DictComp(comp) => {
                let key = comp.key.as_deref();
                let parts: Vec<&Expr> = key.into_iter().chain([&*comp.value]).collect();
                self.comprehension(&comp.generators, &parts);
            }
            other => visitor::walk_expr(self, other),
        }
    }
}
