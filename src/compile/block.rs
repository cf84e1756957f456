//! Control flow: conditions, loops, `try`, `with`, and the ways out of them.
//!
//! A `finally` (and the end of a `with`) is compiled once. A register says which way led into it:
//! 0 for its normal end, 1 for an exception, others for a `return`, `break` or `continue`.

use ruff_python_ast::{Expr, Stmt};
use ruff_text_size::Ranged;

use super::check::ExceptionUse;
use super::compiler::Compiler;
use super::function::{Binding, Block, Exit, Label};
use crate::program::code::Handled;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, NO_REG, Reg};
use crate::program::operator::CompareOp;
use crate::scenario::model::{Places, Step};
use crate::source::Span;

/// Statements that are run one after the other.
#[derive(Clone, Copy, Debug)]
pub(super) enum Body<'s> {
    /// Steps of a scenario.
    Steps(&'s [Step]),
    /// Statements of Python.
    Stmts(&'s [Stmt]),
}

impl Body<'_> {
    fn is_empty(self) -> bool {
        match self {
            Self::Steps(steps) => steps.is_empty(),
            Self::Stmts(stmts) => stmts.is_empty(),
        }
    }
}

/// An expression with the places of its text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Text<'s> {
    pub ast: &'s Expr,
    pub places: &'s Places,
}

impl<'s> From<&'s crate::scenario::model::Expr> for Text<'s> {
    fn from(expr: &'s crate::scenario::model::Expr) -> Self {
        Self { ast: &expr.ast, places: &expr.places }
    }
}

/// An `except`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clause<'s> {
    pub span: Span,
    pub exception: Option<Text<'s>>,
    pub bind: Option<(&'s str, Span)>,
    pub body: Body<'s>,
}

/// A `try`.
#[derive(Clone, Debug)]
pub(super) struct Try<'s> {
    pub body: Body<'s>,
    pub clauses: Vec<Clause<'s>>,
    /// Whether it is one of `except*`.
    pub is_star: bool,
    pub otherwise: Body<'s>,
    pub finally: Body<'s>,
}

/// The registers and labels of something that is done whichever way a body is left.
#[derive(Clone, Debug)]
pub(super) struct Final {
    pub path: Reg,
    pub value: Reg,
    pub entry: Label,
    pub after: Label,
    pub start: u32,
    /// Which variables certainly had a value before.
    pub before: Vec<bool>,
}

impl<'a> Compiler<'a> {
    /// Compiles something in another text of the file.
    pub(super) fn in_text(&mut self, places: &'a Places, work: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.places, places);
        work(self);
        self.places = outer;
    }

    pub(super) fn body(&mut self, body: Body<'a>) {
        match body {
            Body::Steps(steps) => self.steps(steps),
            Body::Stmts(stmts) => self.stmts(stmts),
        }
    }

    /// `if`
    pub(super) fn if_else(&mut self, condition: Text<'a>, then: Body<'a>, otherwise: Body<'a>) {
        let (no, end) = (self.function().label(), self.function().label());
        self.in_text(condition.places, |this| this.branch(condition.ast, false, no));
        let before = self.function().assigned.clone();
        self.body(then);
        let skips = !otherwise.is_empty() && !self.function().is_unreachable();
        let after_then = self.state_after();
        if skips {
            self.function().jump(end);
        }
        self.function().bind(no);
        self.function().assigned = before;
        self.body(otherwise);
        let after_else = self.state_after();
        self.function().bind(end);
        self.function().assigned = meet(after_then, after_else).unwrap_or_default();
    }

    /// Which variables certainly have a value if the program comes through here; `None` if it
    /// does not.
    pub(super) fn state_after(&mut self) -> Option<Vec<bool>> {
        let function = self.function();
        (!function.is_unreachable()).then(|| function.assigned.clone())
    }

    /// `break` and `continue`
    pub(super) fn leave(&mut self, exit: Exit, node: &impl Ranged) {
        let span = self.span(node);
        self.leave_at(exit, span);
    }

    /// `break` and `continue`, at a place of the file.
    pub(super) fn leave_at(&mut self, exit: Exit, span: Span) {
        let in_loop =
            self.function().blocks.iter().any(|block| matches!(block, Block::Loop { .. }));
        if in_loop {
            self.exit(exit, NO_REG);
        } else {
            let message = match (self.is_scenario(), exit) {
                (true, Exit::Break) => "`break` outside of a loop",
                (true, _) => "`continue` outside of a loop",
                (false, Exit::Break) => "'break' outside loop",
                (false, _) => "'continue' not properly in loop",
            };
            self.diagnostics.error(span, message);
        }
    }

    /// `return` of what is in a register.
    pub(super) fn leave_returning(&mut self, src: Reg) {
        self.exit(Exit::Return, src);
    }

    /// Leaves blocks, from the innermost on, up to the first that has something to do then.
    fn exit(&mut self, exit: Exit, value: Reg) {
        for index in (0..self.function().blocks.len()).rev() {
            match &mut self.function().blocks[index] {
                Block::Loop { on_break, on_continue, iter } => {
                    let (on_break, on_continue, iter) = (*on_break, *on_continue, *iter);
                    match exit {
                        Exit::Return => {}
                        Exit::Break => {
                            if let Some(reg) = iter {
                                self.emit(Instr::Clear { reg });
                            }
                            self.function().jump(on_break);
                            return;
                        }
                        Exit::Continue => {
                            self.function().jump_back(on_continue);
                            return;
                        }
                    }
                }
                Block::Handler { exception, bind } => {
                    let (exception, bind) = (*exception, *bind);
                    self.forget_exception(exception, bind);
                }
                Block::Finally { path, value: saved, entry, exits } => {
                    let known = exits.iter().position(|known| *known == exit);
                    let number = known.unwrap_or_else(|| {
                        exits.push(exit);
                        exits.len() - 1
                    });
                    let (path, saved, entry) = (*path, *saved, *entry);
                    if exit == Exit::Return && value != saved {
                        self.emit(Instr::Move { dst: saved, src: value });
                    }
                    self.load(path, Constant::Int(way(number)));
                    self.function().jump(entry);
                    return;
                }
            }
        }
        if exit == Exit::Return {
            self.emit(Instr::Return { src: value });
        }
    }

    /// `try`
    pub(super) fn try_statement(&mut self, parts: &Try<'a>) {
        let mark = self.function().mark();
        if parts.finally.is_empty() {
            self.try_except_of_kind(parts);
        } else {
            let last = self.begin_final();
            if parts.clauses.is_empty() {
                self.body(parts.body);
                self.body(parts.otherwise);
            } else {
                self.try_except_of_kind(parts);
            }
            let exits = self.enter_final(&last);
            let start = self.function().here();
            // What led here is forgotten if the `finally` itself is left by a jump.
            self.function().blocks.push(Block::Handler { exception: last.value, bind: None });
            self.body(parts.finally);
            self.function().blocks.pop();
            self.end_final(&last, start, &exits);
        }
        self.function().release(mark);
    }

    /// Begins a body that has something to do whichever way it is left.
    pub(super) fn begin_final(&mut self) -> Final {
        let path = self.function().temps(2);
        let value = path.saturating_add(1);
        let (entry, after) = (self.function().label(), self.function().label());
        let block = Block::Finally { path, value, entry, exits: Vec::new() };
        self.function().blocks.push(block);
        let before = self.function().assigned.clone();
        Final { path, value, entry, after, start: self.function().here(), before }
    }

    /// Ends the body: from here on it is what has to be done. Gives the ways that lead here.
    pub(super) fn enter_final(&mut self, last: &Final) -> Vec<Exit> {
        let exits = match self.function().blocks.pop() {
            Some(Block::Finally { exits, .. }) => exits,
            _ => Vec::new(),
        };
        let reached = !self.function().is_unreachable();
        let end = self.function().here();
        if reached {
            self.load(last.path, Constant::Int(0));
            self.function().jump(last.entry);
        }
        let caught = self.function().label_here();
        self.function().protect_range(last.start, end, caught, last.value);
        self.load(last.path, Constant::Int(Handled::RAISING));
        self.function().bind(last.entry);
        self.function().assigned.clone_from(&last.before);
        exits
    }

    /// Goes on where the way led.
    pub(super) fn end_final(&mut self, last: &Final, start: u32, exits: &[Exit]) {
        self.function().handling(start, last.value, last.path);
        let again = self.function().label();
        self.jump_on_path(last.path, Handled::RAISING, again);
        let labels: Vec<Label> = exits.iter().map(|_| self.function().label()).collect();
        for (number, label) in labels.iter().enumerate() {
            self.jump_on_path(last.path, way(number), *label);
        }
        self.function().jump(last.after);
        self.function().bind(again);
        self.emit(Instr::Rethrow { src: last.value });
        for (exit, label) in exits.iter().zip(&labels) {
            self.function().bind(*label);
            self.exit(*exit, last.value);
        }
        self.function().bind(last.after);
    }

    pub(super) fn jump_on_path(&mut self, path: Reg, number: i64, label: Label) {
        let k = self.function().short_constant(Constant::Int(number)).unwrap_or(0);
        self.emit(Instr::IfCompareK { op: CompareOp::Eq, when: true, a: path, k });
        self.function().jump(label);
    }

    fn try_except_of_kind(&mut self, parts: &Try<'a>) {
        if parts.is_star {
            self.try_except_star(parts);
        } else {
            self.try_except(parts);
        }
    }

    /// `try` with `except`.
    fn try_except(&mut self, parts: &Try<'a>) {
        let exception = self.function().temp();
        let (catch, end) = (self.function().label(), self.function().label());
        let before = self.function().assigned.clone();
        let start = self.function().here();
        self.body(parts.body);
        self.function().protect(start, catch, exception);
        self.body(parts.otherwise);
        let mut after = self.state_after();
        if !self.function().is_unreachable() {
            self.function().jump(end);
        }
        self.function().bind(catch);
        let handling = self.function().here();
        let mut last_catches_all = false;
        for clause in &parts.clauses {
            self.function().assigned.clone_from(&before);
            let after_clause = self.clause(clause, exception, end);
            last_catches_all = clause.exception.is_none();
            after = meet(after, after_clause);
        }
        if !last_catches_all {
            self.emit(Instr::Rethrow { src: exception });
        }
        self.function().handling(handling, exception, NO_REG);
        self.function().bind(end);
        self.function().assigned = after.unwrap_or(before);
    }

    /// One `except`. Gives what certainly has a value at its end, if that is reached.
    fn clause(&mut self, clause: &Clause<'a>, exception: Reg, end: Label) -> Option<Vec<bool>> {
        let next = self.function().label();
        self.at(clause.span);
        if let Some(types) = clause.exception {
            let mark = self.function().mark();
            let mut reg = 0;
            self.in_text(types.places, |this| {
                this.check_exception(types.ast, ExceptionUse::Catch);
                reg = this.operand(types.ast);
            });
            self.at(clause.span);
            self.emit(Instr::IfCaught { src: exception, types: reg });
            self.function().jump(next);
            self.function().release(mark);
        }
        let mut bind = None;
        if let Some((name, span)) = clause.bind {
            bind = self.binding(name, span);
            self.store_name(name, span, exception);
        }
        let start = self.function().here();
        self.function().blocks.push(Block::Handler { exception, bind });
        self.body(clause.body);
        self.function().blocks.pop();
        if bind.is_some() {
            self.protect_binding(start, bind);
        }
        let after = self.state_after();
        if after.is_some() {
            self.forget_exception(exception, bind);
            self.function().jump(end);
        }
        self.function().bind(next);
        after
    }

    /// The name of an `except` is forgotten too when an exception leaves it.
    pub(super) fn protect_binding(&mut self, start: u32, bind: Option<Binding>) {
        let raised = self.function().temp();
        let end = self.function().here();
        let (caught, on) = (self.function().label(), self.function().label());
        let reached = !self.function().is_unreachable();
        if reached {
            self.function().jump(on);
        }
        self.function().bind(caught);
        self.function().protect_range(start, end, caught, raised);
        self.forget_binding(bind);
        self.emit(Instr::Rethrow { src: raised });
        if reached {
            self.function().bind(on);
        }
    }

    pub(super) fn forget_exception(&mut self, exception: Reg, bind: Option<Binding>) {
        self.forget_binding(bind);
        self.emit(Instr::Clear { reg: exception });
    }

    fn forget_binding(&mut self, bind: Option<Binding>) {
        match bind {
            Some(Binding::Variable(variable)) if variable.is_cell => {
                let none = self.function().temp();
                self.load(none, Constant::None);
                self.emit(Instr::StoreCell { cell: variable.reg, src: none });
                self.emit(Instr::DeleteCell { cell: variable.reg });
            }
            Some(Binding::Variable(variable)) => self.emit(Instr::Clear { reg: variable.reg }),
            Some(Binding::Global(slot)) => {
                let none = self.function().temp();
                self.load(none, Constant::None);
                self.emit(Instr::StoreGlobal { src: none, slot });
                self.emit(Instr::DeleteGlobal { slot });
            }
            None => {}
        }
    }
}

/// The number of a way out of a body, besides the normal end and an exception.
fn way(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(0) + 2
}

/// What is certain if it is so on both ways; `None` for a way that nobody goes.
pub(super) fn meet(a: Option<Vec<bool>>, b: Option<Vec<bool>>) -> Option<Vec<bool>> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.into_iter().zip(b).map(|(a, b)| a && b).collect()),
        (a, b) => a.or(b),
    }
}
