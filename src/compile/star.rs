//! `try` with `except*`: each clause takes its part of a group.

use super::block::{Clause, Try};
use super::compiler::Compiler;
use super::function::Block;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Intrinsic, NO_REG, Reg};
use crate::program::operator::CompareOp;

/// The registers of an `except*`.
#[derive(Clone, Copy)]
struct Parts {
    /// What was raised, then what the clauses raised, then what none has taken.
    base: Reg,
}

impl Parts {
    fn raised(self) -> Reg {
        self.base + 1
    }

    fn rest(self) -> Reg {
        self.base + 2
    }
}

impl<'a> Compiler<'a> {
    /// `try` with `except*`.
    pub(super) fn try_except_star(&mut self, parts: &Try<'a>) {
        let group = Parts { base: self.function().temps(3) };
        let (catch, end) = (self.function().label(), self.function().label());
        let before = self.function().assigned.clone();
        let start = self.function().here();
        self.body(parts.body);
        self.function().protect(start, catch, group.base);
        self.body(parts.otherwise);
        if !self.function().is_unreachable() {
            self.function().jump(end);
        }
        self.function().bind(catch);
        let handling = self.function().here();
        self.emit(Instr::BuildList { dst: group.raised(), base: group.raised(), len: 0 });
        self.emit(Instr::Move { dst: group.rest(), src: group.base });
        for clause in &parts.clauses {
            self.function().assigned.clone_from(&before);
            self.star_clause(clause, group);
        }
        self.function().assigned.clone_from(&before);
        let left = self.function().temp();
        self.emit(Instr::Intrinsic { what: Intrinsic::JoinGroup, dst: left, base: group.base });
        self.function().handling(handling, group.base, NO_REG);
        self.jump_if_none(left, end);
        self.emit(Instr::Rethrow { src: left });
        self.function().bind(end);
        self.function().assigned = before;
    }

    fn star_clause(&mut self, clause: &Clause<'a>, group: Parts) {
        let mark = self.function().mark();
        let next = self.function().label();
        self.at(clause.span);
        // The rest and the types; then both parts.
        let pair = self.function().temps(2);
        self.emit(Instr::Take { dst: pair, src: group.rest() });
        if let Some(types) = clause.exception {
            self.in_text(types.places, |this| this.expr_into(types.ast, pair + 1));
        }
        self.at(clause.span);
        self.emit(Instr::Intrinsic { what: Intrinsic::SplitGroup, dst: pair, base: pair });
        self.emit(Instr::Unpack { src: pair, base: pair, len: 2 });
        self.emit(Instr::Take { dst: group.rest(), src: pair + 1 });
        self.jump_if_none(pair, next);
        let mut bind = None;
        if let Some((name, span)) = clause.bind {
            bind = self.binding(name, span);
            self.store_name(name, span, pair);
        }
        let start = self.function().here();
        self.function().blocks.push(Block::Handler { exception: pair, bind });
        self.body(clause.body);
        self.function().blocks.pop();
        self.function().handling(start, pair, NO_REG);
        let (caught, end) = (self.function().label(), self.function().here());
        if !self.function().is_unreachable() {
            self.forget_exception(pair, bind);
            self.function().jump(next);
        }
        self.function().bind(caught);
        let raised = self.function().temp();
        self.function().protect_range(start, end, caught, raised);
        self.forget_exception(pair, bind);
        self.emit(Instr::ListAppend { list: group.raised(), src: raised });
        self.function().bind(next);
        self.function().release(mark);
    }

    /// Goes to the label if the register holds None.
    pub(super) fn jump_if_none(&mut self, reg: Reg, label: super::function::Label) {
        let none = self.function().temp();
        self.load(none, Constant::None);
        self.emit(Instr::IfCompare { op: CompareOp::Is, when: true, a: reg, b: none });
        self.function().jump(label);
    }
}
