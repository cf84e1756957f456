//! `with` and `async with`.

use ruff_python_ast::Expr;

use super::block::{Body, Final, Text};
use super::compiler::Compiler;
use crate::program::code::Handled;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Reg};
use crate::source::Span;

impl<'a> Compiler<'a> {
    /// `async with`
    pub(super) fn async_with(
        &mut self,
        what: Text<'a>,
        bind: Option<(&str, Span)>,
        body: Body<'a>,
    ) {
        self.with_manager(
            true,
            what,
            |this, entered| {
                if let Some((name, span)) = bind {
                    this.store_name(name, span, entered);
                }
            },
            |this| this.body(body),
        );
    }

    /// `with` and `async with`
    pub(super) fn with_block(
        &mut self,
        is_async: bool,
        what: Text<'a>,
        target: Option<&'a Expr>,
        body: impl FnOnce(&mut Self),
    ) {
        let bind = |this: &mut Self, entered| {
            if let Some(target) = target {
                this.assign(target, entered);
            }
        };
        self.with_manager(is_async, what, bind, body);
    }

    pub(super) fn with_manager(
        &mut self,
        is_async: bool,
        what: Text<'a>,
        bind: impl FnOnce(&mut Self, Reg),
        body: impl FnOnce(&mut Self),
    ) {
        let (enter, exit) = MANAGER_METHODS[usize::from(is_async)];
        let mark = self.function().mark();
        let place = self.function().place;
        let manager = self.function().temp();
        self.in_text(what.places, |this| {
            this.with_care(what.ast, |this| this.expr_into(what.ast, manager));
        });
        self.function().place = place;
        self.emit(Instr::CheckManager { is_async, src: manager });
        let entered = self.function().temp();
        self.emit(Instr::Move { dst: entered, src: manager });
        self.call_manager(is_async, entered, enter, 0);
        let last = self.begin_final();
        bind(self, entered);
        self.emit(Instr::Clear { reg: entered });
        body(self);
        let exits = self.enter_final(&last);
        let start = self.function().here();
        self.function().place = place;
        self.leave_manager(is_async, exit, manager, &last);
        self.end_final(&last, start, &exits);
        self.function().release(mark);
    }

    /// Calls `__exit__`; what it says about an exception decides whether that goes on.
    pub(super) fn leave_manager(&mut self, is_async: bool, exit: &str, manager: Reg, last: &Final) {
        let (raised, left, again) =
            (self.function().label(), self.function().label(), self.function().label());
        let call = self.function().temps(4);
        self.emit(Instr::Take { dst: call, src: manager });
        self.jump_on_path(last.path, Handled::RAISING, raised);
        for reg in call + 1..call + 4 {
            self.load(reg, Constant::None);
        }
        self.call_manager(is_async, call, exit, 3);
        self.function().jump(left);
        self.function().bind(raised);
        let ty = self.function().temps(2);
        self.load(ty, Constant::Named("type".into()));
        self.emit(Instr::Move { dst: ty + 1, src: last.value });
        self.emit(Instr::Call { argc: 1, base: ty, dst: call + 1 });
        self.emit(Instr::Move { dst: call + 2, src: last.value });
        let traceback = self.function().attribute("__traceback__");
        self.emit(Instr::GetAttr { dst: call + 3, obj: last.value, name: traceback });
        self.call_manager(is_async, call, exit, 3);
        self.function().jump_when(call, false, again);
        self.emit(Instr::Clear { reg: last.value });
        self.load(last.path, Constant::Int(0));
        self.function().bind(again);
        self.function().bind(left);
    }

    pub(super) fn call_manager(&mut self, is_async: bool, base: Reg, name: &str, argc: u8) {
        let name = self.function().attribute(name);
        self.emit(Instr::CallMethod { argc, base, dst: base, name });
        if is_async {
            self.emit(Instr::Await { dst: base, src: base });
        }
    }
}

/// How a manager is entered and left, without and with `async`.
const MANAGER_METHODS: [(&str, &str); 2] = [("__enter__", "__exit__"), ("__aenter__", "__aexit__")];
