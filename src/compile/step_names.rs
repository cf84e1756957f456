//! Which names the steps of a scenario bind.

use ruff_python_ast::visitor::Visitor as _;

use super::names::Names;
use crate::scenario::model::{Action, DurationExpr, GatherOf, Step};

impl Names {
    /// Those of a scenario's steps.
    pub(super) fn of_steps(steps: &[Step]) -> Self {
        let mut names = Self::default();
        names.steps(steps);
        names
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
            Action::Io { duration, result, raises, bind, .. } => {
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
            Action::StartThread { call, bind, name } => {
                self.exprs([call].into_iter().chain(name));
                self.bind_as(bind.as_ref());
            }
            Action::Join(thread) => self.exprs([thread]),
            Action::CallLater { delay, call, bind } => {
                self.duration(delay);
                self.exprs([call]);
                self.bind_as(bind.as_ref());
            }
            Action::Do(stmt) => self.visit_stmt(&stmt.ast),
            Action::Break | Action::Continue | Action::Pass => {}
            Action::Return(expr) => self.exprs(expr),
            Action::Raise { value, cause } => self.exprs(value.iter().chain(cause)),
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
}
