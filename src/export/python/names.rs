//! Which names a scenario uses, and which it assigns to.

use std::collections::{BTreeMap, BTreeSet};

use ruff_python_ast as ast;
use ruff_python_ast::visitor::{Visitor, walk_expr, walk_stmt};

use super::step::{bodies, bound, expressions, targets};
use crate::scenario::Scenario;
use crate::scenario::model::{Action, Step};

/// The names of a scenario.
pub(super) struct Names {
    /// What its expressions read without defining it.
    used: BTreeSet<String>,
    /// Actions that need a helper.
    actions: BTreeSet<&'static str>,
    /// For each routine, the shared names it assigns to.
    assigned: BTreeMap<String, BTreeSet<String>>,
}

impl Names {
    pub(super) fn of(scenario: &Scenario) -> Self {
        let globals = scenario.globals.iter().map(|global| global.name.text.as_str());
        let objects = scenario.objects.iter().map(|object| object.name.text.as_str());
        let routines = scenario.routines.iter().map(|routine| routine.name.text.as_str());
        let shared: BTreeSet<&str> = globals.chain(objects).collect();
        let defined: BTreeSet<&str> = shared.iter().copied().chain(routines).collect();
        let mut found = Found::default();
        scenario.objects.iter().for_each(|object| found.visit_expr(&object.value.ast));
        let mut assigned = BTreeMap::new();
        for routine in &scenario.routines {
            found.stored.clear();
            let defaults = routine.params.iter().filter_map(|param| param.default.as_ref());
            defaults.for_each(|default| found.visit_expr(&default.ast));
            found.steps(&routine.steps);
            let params: BTreeSet<&str> =
                routine.params.iter().map(|param| param.name.text.as_str()).collect();
            let stored = std::mem::take(&mut found.stored).into_iter();
            let shared = stored
                .filter(|name| shared.contains(name.as_str()) && !params.contains(name.as_str()));
            assigned.insert(routine.name.text.clone(), shared.collect());
        }
        let used = found.loaded.into_iter().filter(|name| !defined.contains(name.as_str()));
        Self { used: used.collect(), actions: found.actions, assigned }
    }

    /// Whether an expression reads that name, which the scenario does not define as shared.
    pub(super) fn uses(&self, name: &str) -> bool {
        self.used.contains(name)
    }

    /// Whether there is a step with that action.
    pub(super) fn has_action(&self, action: &str) -> bool {
        self.actions.contains(action)
    }

    /// The shared names that a routine assigns to.
    pub(super) fn assigned_in(&self, routine: &str) -> Vec<&str> {
        self.assigned.get(routine).into_iter().flatten().map(String::as_str).collect()
    }
}

#[derive(Default)]
struct Found {
    loaded: BTreeSet<String>,
    stored: BTreeSet<String>,
    actions: BTreeSet<&'static str>,
}

impl Found {
    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.step(step);
            for body in bodies(&step.action) {
                self.steps(body);
            }
        }
    }

    fn step(&mut self, step: &Step) {
        match &step.action {
            Action::Io { .. } => _ = self.actions.insert("io"),
            Action::Compute(_) => _ = self.actions.insert("compute"),
            Action::StartThread { .. } => _ = self.actions.insert("start_thread"),
            Action::Do(statement) => self.visit_stmt(&statement.ast),
            _ => {}
        }
        for expr in expressions(&step.action) {
            self.visit_expr(&expr.ast);
        }
        for target in targets(&step.action) {
            self.visit_expr(&target.ast);
        }
        self.stored.extend(bound(&step.action).into_iter().map(|name| name.text.clone()));
    }
}

impl<'a> Visitor<'a> for Found {
    fn visit_expr(&mut self, expr: &'a ast::Expr) {
        match expr {
            ast::Expr::Name(name) if name.ctx == ast::ExprContext::Load => {
                self.loaded.insert(name.id.to_string());
            }
            ast::Expr::Name(name) => {
                self.stored.insert(name.id.to_string());
            }
            // Its parameters and targets are its own.
            ast::Expr::Lambda(_)
            | ast::Expr::ListComp(_)
            | ast::Expr::SetComp(_)
            | ast::Expr::DictComp(_)
            | ast::Expr::Generator(_) => {
                let stored = self.stored.clone();
                walk_expr(self, expr);
                self.stored = stored;
                return;
            }
            _ => {}
        }
        walk_expr(self, expr);
    }

    fn visit_stmt(&mut self, stmt: &'a ast::Stmt) {
        walk_stmt(self, stmt);
    }
}
