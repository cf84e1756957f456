//! Simple statements of Python.

use ruff_python_ast::Stmt;

use super::compiler::Compiler;
use super::function::{Binding, Block, Exit};
use super::names;
use crate::program::constant::Constant;
use crate::program::instruction::Instr;

impl Compiler<'_> {
    /// One simple statement.
    pub(super) fn statement(&mut self, stmt: &Stmt) {
        let mark = self.function().mark();
        self.at_node(stmt);
        match stmt {
            Stmt::Expr(expr) => {
                let dst = self.function().temp();
                self.expr_into(&expr.value, dst);
                // What nobody holds ends here.
                self.emit(Instr::Clear { reg: dst });
            }
            Stmt::Assign(assign) => match assign.targets.as_slice() {
                [target] => self.assign_expr(target, &assign.value),
                targets => {
                    let src = self.function().temp();
                    self.expr_into(&assign.value, src);
                    targets.iter().for_each(|target| self.assign(target, src));
                    self.emit(Instr::Clear { reg: src });
                }
            },
            Stmt::AugAssign(assign) => {
                self.assign_in_place(&assign.target, assign.op, &assign.value);
            }
            Stmt::AnnAssign(assign) => {
                if let Some(value) = &assign.value {
                    self.assign_expr(&assign.target, value);
                }
            }
            Stmt::Delete(delete) => delete.targets.iter().for_each(|target| self.delete(target)),
            Stmt::Pass(_) => {}
            Stmt::Break(_) => self.leave(Exit::Break, stmt),
            Stmt::Continue(_) => self.leave(Exit::Continue, stmt),
            Stmt::Return(value) => self.return_value(value.value.as_deref()),
            Stmt::Raise(raise) => match (&raise.exc, &raise.cause) {
                (Some(exc), Some(cause)) => {
                    // Both are given away, and a variable must keep what it holds.
                    let pair = self.function().temps(2);
                    self.expr_into(exc, pair);
                    self.expr_into(cause, pair + 1);
                    let (src, cause) = (pair, pair + 1);
                    self.at_node(stmt);
                    self.emit(Instr::RaiseFrom { src, cause });
                }
                (Some(exc), None) => {
                    let src = self.function().temp();
                    self.expr_into(exc, src);
                    self.at_node(stmt);
                    self.emit(Instr::Raise { src });
                }
                (None, _) => self.emit(Instr::RaiseAgain),
            },
            Stmt::Assert(assert) => {
                self.assert(&assert.test, |compiler, dst| {
                    if let Some(message) = &assert.msg {
                        compiler.expr_into(message, dst);
                    }
                    assert.msg.is_some()
                });
            }
            other => self.refuse(other),
        }
        self.function().release(mark);
    }

    /// Raises an `AssertionError` unless the condition holds. `message` computes its argument and
    /// says whether there is one.
    pub(super) fn assert(
        &mut self,
        condition: &ruff_python_ast::Expr,
        message: impl FnOnce(&mut Self, crate::program::instruction::Reg) -> bool,
    ) {
        let place = self.function().place;
        let holds = self.function().label();
        self.branch(condition, true, holds);
        let base = self.function().temp();
        let argument = self.function().temp();
        self.load(base, Constant::Named("AssertionError".into()));
        let argc = u8::from(message(self, argument));
        let place = if self.is_scenario() {
            place
        } else {
            self.at_node(condition);
            self.function().place
        };
        self.function().place = place;
        self.emit(Instr::Call { argc, base, dst: base });
        self.emit(Instr::Raise { src: base });
        self.function().bind(holds);
    }

    /// Computes a value and returns it.
    pub(super) fn return_value(&mut self, value: Option<&ruff_python_ast::Expr>) {
        let src = match value {
            Some(value) => {
                let held = self.operand(value);
                // What an `except … as` binds is forgotten on the way out.
                let is_forgotten = self.function().blocks.iter().any(
                    |block| matches!(block, Block::Handler { bind: Some(Binding::Variable(bound)), .. } if bound.reg == held),
                );
                if is_forgotten {
                    let temp = self.function().temp();
                    self.emit(Instr::Move { dst: temp, src: held });
                    temp
                } else {
                    held
                }
            }
            None => {
                let temp = self.function().temp();
                self.load(temp, Constant::None);
                temp
            }
        };
        self.leave_returning(src);
    }

    /// Whether reading variables must copy them in a statement, because it binds some midway.
    pub(super) fn is_careful(stmt: &Stmt) -> bool {
        match stmt {
            Stmt::Expr(expr) => names::has_walrus(&expr.value),
            Stmt::Assign(assign) => {
                names::has_walrus(&assign.value) || assign.targets.iter().any(names::has_walrus)
            }
            Stmt::AugAssign(assign) => {
                names::has_walrus(&assign.value) || names::has_walrus(&assign.target)
            }
            Stmt::AnnAssign(assign) => {
                assign.value.as_ref().is_some_and(|value| names::has_walrus(value))
            }
            Stmt::Return(value) => {
                value.value.as_ref().is_some_and(|value| names::has_walrus(value))
            }
            Stmt::Raise(raise) => {
                raise.exc.iter().chain(&raise.cause).any(|expr| names::has_walrus(expr))
            }
            Stmt::Assert(assert) => {
                names::has_walrus(&assert.test)
                    || assert.msg.as_ref().is_some_and(|msg| names::has_walrus(msg))
            }
            _ => false,
        }
    }

    fn refuse(&mut self, stmt: &Stmt) {
        let (what, help) = match stmt {
            Stmt::Import(_) | Stmt::ImportFrom(_) => {
                ("`import`", "the names of asyncio are there unqualified: `sleep(1)`")
            }
            Stmt::Global(_) | Stmt::Nonlocal(_) => {
                ("`global`", "names of [globals] and [objects] are shared without it")
            }
            Stmt::FunctionDef(_) => ("`def`", "define it under [functions] or [coroutines]"),
            Stmt::ClassDef(_) => ("`class`", "use a dict, or run the Python file itself"),
            Stmt::If(_) => ("`if`", "use a step: `{ if = \"…\", steps = […] }`"),
            Stmt::For(_) => ("`for`", "use a step: `{ for = \"i in …\", steps = […] }`"),
            Stmt::While(_) => ("`while`", "use a step: `{ while = \"…\", steps = […] }`"),
            Stmt::Try(_) => ("`try`", "use a step: `{ try = […], except = […] }`"),
            Stmt::With(_) => ("`with`", "use a step: `{ with = \"…\", steps = […] }`"),
            Stmt::Match(_) => ("`match`", "use `if` steps"),
            _ => ("this statement", "one simple statement can stand here"),
        };
        self.error(stmt, format!("{what} cannot stand in a `do`")).help(help);
    }
}
