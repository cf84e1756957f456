//! `while`, `for` and `async for`.

use super::block::{Body, Text};
use super::compiler::Compiler;
use super::function::{Block, Label, Place};
use crate::program::instruction::{Instr, Intrinsic, Reg};

impl<'a> Compiler<'a> {
    /// `while`
    pub(super) fn while_loop(&mut self, condition: Text<'a>, body: Body<'a>, otherwise: Body<'a>) {
        self.expect_in_loop(body);
        let start = self.function().label_here();
        let (done, end) = (self.function().label(), self.function().label());
        self.in_text(condition.places, |this| {
            this.with_care(condition.ast, |this| this.branch(condition.ast, false, done));
        });
        let before = self.function().assigned.clone();
        self.loop_body(None, start, end, body);
        self.function().jump_back(start);
        self.function().bind(done);
        self.function().assigned = before;
        self.body(otherwise);
        self.function().bind(end);
    }

    /// `for`
    pub(super) fn for_loop(
        &mut self,
        target: Text<'a>,
        iterable: Text<'a>,
        body: Body<'a>,
        otherwise: Body<'a>,
    ) {
        self.expect_in_loop(body);
        let mark = self.function().mark();
        let mut place = self.function().place;
        let mut source = None;
        self.in_text(iterable.places, |this| {
            this.with_care(iterable.ast, |this| source = Some(this.iteration(iterable.ast)));
        });
        let Some(source) = source else { return };
        if !self.is_scenario() {
            self.at_node(iterable.ast);
            place = self.function().place;
        }
        self.loop_over(source, place, target, body, otherwise);
        self.function().release(mark);
    }

    /// `async for`
    pub(super) fn async_for_loop(
        &mut self,
        target: Text<'a>,
        iterable: Text<'a>,
        body: Body<'a>,
        otherwise: Body<'a>,
    ) {
        let mark = self.function().mark();
        let place = self.function().place;
        let iter = self.function().temp();
        self.with_care(iterable.ast, |this| this.expr_into(iterable.ast, iter));
        self.at_node(iterable.ast);
        self.emit(Instr::Intrinsic { what: Intrinsic::AsyncIter, dst: iter, base: iter });
        let source = super::display::Iteration::Awaited(iter);
        self.loop_over(source, place, target, body, otherwise);
        self.function().release(mark);
    }

    pub(super) fn loop_over(
        &mut self,
        source: super::display::Iteration,
        place: Place,
        target: Text<'a>,
        body: Body<'a>,
        otherwise: Body<'a>,
    ) {
        let before = self.function().assigned.clone();
        let start = self.function().label_here();
        let (done, end) = (self.function().label(), self.function().label());
        self.function().place = place;
        self.in_text(target.places, |this| this.next_item(source, target.ast, done));
        let iter = match source {
            super::display::Iteration::Iterator(iter)
            | super::display::Iteration::Awaited(iter) => Some(iter),
            super::display::Iteration::Range(_) => None,
        };
        self.loop_body(iter, start, end, body);
        self.function().place = place;
        self.function().jump_back(start);
        self.function().bind(done);
        self.function().assigned = before;
        self.body(otherwise);
        self.function().bind(end);
    }

    pub(super) fn loop_body(
        &mut self,
        iter: Option<Reg>,
        start: Label,
        end: Label,
        body: Body<'a>,
    ) {
        let block = Block::Loop { on_break: end, on_continue: start, iter };
        self.function().blocks.push(block);
        self.body(body);
        self.function().blocks.pop();
    }

    /// What a loop's body binds may be bound from its beginning.
    pub(super) fn expect_in_loop(&mut self, body: Body<'a>) {
        // In Python that is not followed.
        let Body::Steps(steps) = body else { return };
        let names = super::names::Names::of_steps(steps);
        for name in names.bound {
            let function = self.function();
            if let Some(variable) = function.variable(&name)
                && let Some(possible) = function.possible.get_mut(usize::from(variable.reg))
            {
                *possible = true;
            }
        }
    }
}
