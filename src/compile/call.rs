//! Calls and awaits, and what can be said about them before the program runs.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::Compiler;
use super::names::CLASS_CELL;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Reg, Spend};
use crate::source::Span;

/// A call whose callee and arguments are in registers.
#[derive(Clone, Copy, Debug)]
pub(super) enum Prepared {
    /// By position.
    Plain { argc: u8, base: Reg },
    /// The last ones by name.
    Keywords { argc: u8, base: Reg, k: u16 },
    /// From a list and a dict.
    Spread { base: Reg },
    /// Of a method.
    Method { argc: u8, base: Reg, name: u16 },
}

/// The most arguments that an instruction can count.
const MAX_PLAIN: usize = 250;

impl Compiler<'_> {
    /// Calls, and leaves the result in a register.
    pub(super) fn call_into(&mut self, call: &ast::ExprCall, dst: Reg) {
        if self.is_bare_super(call) {
            self.super_into(call, dst);
            return;
        }
        self.check_call(call);
        if !self.is_scenario() {
            self.check_repeated(call);
            if let Expr::Attribute(called) = &*call.func {
                self.check_keeps(called);
            }
        }
        let span = self.span(call);
        let prepared = self.prepare(span, &call.func, &call.arguments);
        match &*call.func {
            Expr::Attribute(attribute) if self.is_method_call(attribute, &call.arguments) => {
                self.at_attribute(attribute, call);
            }
            _ => self.at_node(call),
        }
        self.emit_call(prepared, dst);
    }

    /// Whether `CPython` takes a call for one of a method: it does not if arguments are spread, or
    /// what is called belongs to what a module has imported.
    fn is_method_call(&self, called: &ast::ExprAttribute, arguments: &ast::Arguments) -> bool {
        let is_spread = arguments.args.iter().any(Expr::is_starred_expr)
            || arguments.keywords.iter().any(|keyword| keyword.arg.is_none());
        let is_module = matches!(&*called.value, Expr::Name(name)
            if self.module_names.contains_key(name.id.as_str()));
        !(is_spread || is_module && self.functions.len() == 1)
    }

    /// Whether it is `super()` in a method.
    fn is_bare_super(&mut self, call: &ast::ExprCall) -> bool {
        matches!(&*call.func, Expr::Name(name) if name.id == "super")
            && call.arguments.is_empty()
            && self.builtin("super").is_some()
            && self.function().params.positional > 0
            && self.function().variable(CLASS_CELL).is_some_and(|variable| variable.is_cell)
    }

    /// `super(__class__, self)`
    fn super_into(&mut self, call: &ast::ExprCall, dst: Reg) {
        let base = self.function().temps(3);
        self.load(base, Constant::Named("super".into()));
        self.at_node(call);
        if let Some(class) = self.function().variable(CLASS_CELL) {
            self.emit(Instr::LoadCell { dst: base + 1, cell: class.reg });
        }
        let first = self.function().variables.first().cloned().unwrap_or_default();
        match self.function().variable(&first) {
            Some(first) if first.is_cell => {
                self.emit(Instr::LoadCell { dst: base + 2, cell: first.reg });
            }
            _ => self.emit(Instr::Move { dst: base + 2, src: 0 }),
        }
        self.emit(Instr::Call { argc: 2, base, dst });
    }

    /// Calls what has been prepared.
    pub(super) fn emit_call(&mut self, prepared: Prepared, dst: Reg) {
        self.emit(match prepared {
            Prepared::Plain { argc, base } => Instr::Call { argc, base, dst },
            Prepared::Keywords { argc, base, k } => Instr::CallKeywords { argc, base, dst, k },
            Prepared::Spread { base } => Instr::CallSpread { base, dst },
            Prepared::Method { argc, base, name } => Instr::CallMethod { argc, base, dst, name },
        });
    }

    /// Evaluates callee and arguments.
    pub(super) fn prepare(
        &mut self,
        call: Span,
        func: &Expr,
        arguments: &ast::Arguments,
    ) -> Prepared {
        let base = self.function().temp();
        if let Expr::Attribute(attribute) = func
            && is_plain(arguments)
        {
            self.check_attribute(attribute);
            self.expr_into(&attribute.value, base);
            let name = self.function().attribute(&attribute.attr);
            if !arguments.args.iter().all(is_harmless) {
                self.at_attribute(attribute, func);
                self.emit(Instr::FindMethod { base, name });
            }
            let argc = self.plain_arguments(&arguments.args);
            return Prepared::Method { argc, base, name };
        }
        self.expr_into(func, base);
        self.prepare_arguments(call, base, 0, arguments)
    }

    /// Evaluates the arguments into the registers after `base`, where there are some already.
    pub(super) fn prepare_arguments(
        &mut self,
        call: Span,
        base: Reg,
        leading: u8,
        arguments: &ast::Arguments,
    ) -> Prepared {
        if is_plain(arguments) {
            let argc = leading + self.plain_arguments(&arguments.args);
            return Prepared::Plain { argc, base };
        }
        let count = usize::from(leading) + arguments.args.len() + arguments.keywords.len();
        let named = arguments.keywords.iter().all(|keyword| keyword.arg.is_some());
        if named && count <= MAX_PLAIN && !arguments.args.iter().any(Expr::is_starred_expr) {
            self.plain_arguments(&arguments.args);
            let mut names = Vec::new();
            for keyword in &arguments.keywords {
                let reg = self.function().temp();
                self.expr_into(&keyword.value, reg);
                let name = keyword.arg.as_ref().map_or("", |name| name.as_str());
                names.push(Constant::Str(name.into()));
            }
            let names = Constant::Tuple(names.into());
            if let Some(k) = self.function().short_constant(names) {
                let argc = u8::try_from(count).unwrap_or(u8::MAX);
                return Prepared::Keywords { argc, base, k };
            }
        }
        self.spread_arguments(call, base, leading, arguments);
        Prepared::Spread { base }
    }

    fn plain_arguments(&mut self, args: &[Expr]) -> u8 {
        for arg in args {
            let reg = self.function().temp();
            self.expr_into(arg, reg);
        }
        u8::try_from(args.len()).unwrap_or(u8::MAX)
    }

    fn spread_arguments(&mut self, call: Span, base: Reg, leading: u8, arguments: &ast::Arguments) {
        let positional = self.function().temp();
        let named = self.function().temp();
        if leading == 0 {
            self.arguments_list(call, &arguments.args, positional);
        } else {
            let len = leading.into();
            self.emit(Instr::BuildList { dst: positional, base: base + 1, len });
            let rest = self.function().temp();
            self.list_into(&arguments.args, rest);
            self.emit(Instr::ListExtend { list: positional, src: rest });
        }
        if arguments.keywords.is_empty() {
            self.load(named, Constant::None);
        } else {
            self.keywords_into(call, &arguments.keywords, named);
        }
        if leading > 0 {
            self.emit(Instr::Take { dst: base + 1, src: positional });
            self.emit(Instr::Take { dst: base + 2, src: named });
        }
    }

    /// The positional arguments of a call as a list; the callee is in the register before it.
    fn arguments_list(&mut self, call: Span, args: &[Expr], list: Reg) {
        let plain = args.iter().take_while(|arg| !arg.is_starred_expr()).count();
        self.list_into(&args[..plain], list);
        for arg in &args[plain..] {
            let mark = self.function().mark();
            if let Expr::Starred(starred) = arg {
                let src = self.function().temp();
                self.expr_into(&starred.value, src);
                self.at(call);
                self.emit(Instr::SpreadArguments { list, src });
            } else {
                let src = self.function().temp();
                self.expr_into(arg, src);
                self.emit(Instr::ListAppend { list, src });
            }
            self.function().release(mark);
        }
    }

    pub(super) fn keywords_into(&mut self, call: Span, keywords: &[ast::Keyword], named: Reg) {
        self.emit(Instr::BuildDict { dst: named, base: named, len: 0 });
        for keyword in keywords {
            let mark = self.function().mark();
            if let Some(name) = &keyword.arg {
                let pair = self.function().temps(2);
                self.load(pair, Constant::Str(name.as_str().into()));
                self.expr_into(&keyword.value, pair + 1);
                let inner = self.function().temp();
                self.emit(Instr::BuildDict { dst: inner, base: pair, len: 1 });
                self.emit(Instr::DictMerge { dict: named, src: inner });
            } else {
                let src = self.operand(&keyword.value);
                self.at(call);
                self.emit(Instr::DictMerge { dict: named, src });
            }
            self.function().release(mark);
        }
    }

    /// Awaits an expression.
    pub(super) fn await_into(&mut self, whole: &Expr, what: &Expr, dst: Reg) {
        let span = self.span(whole);
        self.check_may_await(span, "await");
        if self.is_scenario() {
            self.check_awaitable(what);
        }
        self.await_at(span, what, dst);
    }

    /// Awaits an expression, at a place of the file.
    pub(super) fn await_at(&mut self, span: Span, what: &Expr, dst: Reg) {
        match what {
            Expr::Call(call) if self.is_plain_sleep(call) => {
                let src = self.operand(&call.arguments.args[0]);
                self.at(span);
                self.emit(Instr::Spend { what: Spend::Sleep, src });
                self.load(dst, Constant::None);
            }
            Expr::Call(call) if !call.func.is_attribute_expr() && is_plain(&call.arguments) => {
                self.check_call(call);
                let prepared = self.prepare(span, &call.func, &call.arguments);
                self.at(span);
                if let Prepared::Plain { argc, base } = prepared {
                    self.emit(Instr::CallAwait { argc, base, dst });
                }
            }
            _ => {
                let src = self.function().temp();
                self.expr_into(what, src);
                self.at(span);
                self.emit(Instr::Await { dst, src });
            }
        }
    }

    /// Whether it is `sleep(delay)` of asyncio.
    fn is_plain_sleep(&self, call: &ast::ExprCall) -> bool {
        let Expr::Name(name) = &*call.func else { return false };
        name.id == "sleep"
            && self.builtin("sleep").is_some()
            && is_plain(&call.arguments)
            && call.arguments.args.len() == 1
    }
}

/// Whether it makes no difference to anybody when this is evaluated.
fn is_harmless(expr: &Expr) -> bool {
    expr.is_literal_expr() || expr.is_name_expr()
}

/// Whether all arguments are given by position, one by one, and not too many.
pub(super) fn is_plain(arguments: &ast::Arguments) -> bool {
    arguments.keywords.is_empty()
        && arguments.args.len() <= MAX_PLAIN
        && !arguments.args.iter().any(Expr::is_starred_expr)
}
