//! The steps of a scenario.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::block::{Body, Clause, Text, Try};
use super::call::Prepared;
use super::check::ExceptionUse;
use super::compiler::Compiler;
use super::function::{Binding, Exit};
use super::names;
use crate::program::constant::Constant;
use crate::program::instruction::{Instr, Reg, Spend};
use crate::program::model::PoolSettings;
use crate::scenario::model::{self, Action, DurationExpr, GatherOf, Name, RoutineKind, Step};
use crate::source::Span;

impl<'a> Compiler<'a> {
    /// Steps, one after the other.
    pub(super) fn steps(&mut self, steps: &'a [Step]) {
        for step in steps {
            let mark = self.function().mark();
            self.at(step.key);
            self.step(step);
            self.function().release(mark);
        }
    }

    fn step(&mut self, step: &'a Step) {
        match &step.action {
            Action::Print(expr) => {
                let src = self.text(expr);
                self.at(step.key);
                self.emit(Instr::Print { src });
            }
            Action::Sleep { duration, bind } => {
                if self.check_may_await(step.key, "sleep") {
                    self.spend(Spend::Sleep, duration, step.key);
                    self.bind_none(bind.as_ref());
                }
            }
            Action::Io { duration, jitter, result, raises, bind } => {
                if self.check_may_await(step.key, "io") {
                    if let Some(jitter) = jitter {
                        let duration = self.function().duration(*jitter);
                        self.at(step.key);
                        self.emit(Instr::SpendFixed { what: Spend::Jitter, duration });
                    }
                    self.spend(Spend::Io, duration, step.key);
                    self.answer(step, result.as_ref(), raises.as_ref(), bind.as_ref());
                }
            }
            Action::Block(duration) => self.spend(Spend::Block, duration, step.key),
            Action::Compute(duration) => self.spend(Spend::Compute, duration, step.key),
            Action::Await { what, bind } => self.bound(bind.as_ref(), |this, dst| {
                this.in_expr(what, |this| this.await_step(step.key, &what.ast, dst));
            }),
            Action::CreateTask { .. }
            | Action::Gather { .. }
            | Action::RunInExecutor { .. }
            | Action::ToThread { .. }
            | Action::StartThread { .. }
            | Action::Join(_)
            | Action::CallSoon { .. }
            | Action::CallLater { .. } => self.concurrent_step(step),
            Action::Do(stmt) => self.in_text(&stmt.places, |this| {
                this.function().careful = Self::is_careful(&stmt.ast);
                this.statement(&stmt.ast);
                this.function().careful = false;
            }),
            Action::Break => self.leave_at(Exit::Break, step.key),
            Action::Continue => self.leave_at(Exit::Continue, step.key),
            Action::Pass => {}
            Action::Return(value) => {
                let src = match value {
                    Some(value) => self.text(value),
                    None => self.none(),
                };
                self.at(step.key);
                self.leave_returning(src);
            }
            Action::Raise { value, cause } => self.raise_step(step, value.as_ref(), cause.as_ref()),
            Action::Assert { condition, message } => {
                self.assert_step(step, condition, message.as_ref());
            }
            Action::If { condition, steps, otherwise } => {
                let (then, otherwise) = (Body::Steps(steps), Body::Steps(otherwise));
                self.if_else(condition.into(), then, otherwise);
            }
            Action::For { target, iterable, steps, otherwise } => {
                let (body, otherwise) = (Body::Steps(steps), Body::Steps(otherwise));
                self.in_expr(iterable, |this| this.check_can_be_gone_through(&iterable.ast));
                self.for_loop(target.into(), iterable.into(), body, otherwise);
            }
            Action::While { condition, steps, otherwise } => {
                let (body, otherwise) = (Body::Steps(steps), Body::Steps(otherwise));
                self.while_loop(condition.into(), body, otherwise);
            }
            Action::With { what, bind, steps } => {
                if self.check_may_await(step.key, "with") {
                    self.in_expr(what, |this| {
                        let help = "a lock, a timeout, a task group … can be";
                        this.check_no_literal(&what.ast, "cannot be entered", help);
                    });
                    let bind = bind.as_ref().map(|name| (name.text.as_str(), name.span));
                    self.async_with(what.into(), bind, Body::Steps(steps));
                }
            }
            Action::Try { steps, handlers, otherwise, finally } => {
                let clauses = handlers.iter().map(clause).collect();
                let (body, otherwise) = (Body::Steps(steps), Body::Steps(otherwise));
                let finally = Body::Steps(finally);
                self.try_statement(&Try { body, clauses, is_star: false, otherwise, finally });
            }
        }
    }

    /// Reports a loop over what certainly has no items.
    fn check_can_be_gone_through(&mut self, iterable: &Expr) {
        match iterable {
            Expr::NumberLiteral(_) => {
                self.error(iterable, "a number cannot be gone through")
                    .help("count up to it: `range(…)`");
            }
            Expr::BooleanLiteral(_) | Expr::NoneLiteral(_) | Expr::Lambda(_) => {
                self.check_no_literal(iterable, "cannot be gone through", "a list or a range can");
            }
            _ => {}
        }
    }

    fn concurrent_step(&mut self, step: &'a Step) {
        match &step.action {
            Action::CreateTask { coroutine, bind, name, group } => {
                self.bound(bind.as_ref(), |this, dst| {
                    this.create_task(step, coroutine, name.as_ref(), group.as_ref(), dst);
                });
            }
            Action::Gather { what, bind, return_exceptions }
                if self.check_may_await(step.key, "gather") =>
            {
                self.bound(bind.as_ref(), |this, dst| {
                    this.gather(step, what, *return_exceptions, dst);
                });
            }
            Action::Gather { .. } => {}
            Action::RunInExecutor { call, pool, bind } => {
                let pool = pool.as_ref().map_or(Constant::None, |pool| {
                    self.check_pool(pool);
                    Constant::Str(pool.text.as_str().into())
                });
                self.on_a_pool(step, "run_in_executor", Some(pool), call, bind.as_ref());
            }
            Action::ToThread { call, bind } => {
                self.on_a_pool(step, "to_thread", None, call, bind.as_ref());
            }
            Action::StartThread { call, bind, name } => {
                self.bound(bind.as_ref(), |this, dst| {
                    this.start_thread(step, call, name.as_ref(), dst);
                });
            }
            Action::Join(thread) => {
                let base = self.function().temp();
                self.load(base, Constant::Named("join_thread".into()));
                let arg = self.function().temp();
                self.text_to(thread, arg);
                self.emit(Instr::Call { argc: 1, base, dst: base });
            }
            Action::CallSoon { call, bind } => {
                self.bound(bind.as_ref(), |this, dst| {
                    this.callback(step, "call_soon", None, call, dst);
                });
            }
            Action::CallLater { delay, call, bind } => {
                self.bound(bind.as_ref(), |this, dst| {
                    this.callback(step, "call_later", Some(delay), call, dst);
                });
            }
            _ => {}
        }
    }

    /// Compiles something in the text of an expression.
    fn in_expr(&mut self, expr: &'a model::Expr, work: impl FnOnce(&mut Self)) {
        self.in_text(&expr.places, |this| {
            this.function().careful = names::has_walrus(&expr.ast);
            work(this);
            this.function().careful = false;
        });
    }

    /// Computes an expression.
    pub(super) fn text(&mut self, expr: &'a model::Expr) -> Reg {
        let mut reg = 0;
        self.in_expr(expr, |this| reg = this.operand(&expr.ast));
        reg
    }

    /// Computes an expression into a register.
    pub(super) fn text_to(&mut self, expr: &'a model::Expr, dst: Reg) {
        self.in_expr(expr, |this| this.expr_into(&expr.ast, dst));
    }

    fn none(&mut self) -> Reg {
        let temp = self.function().temp();
        self.load(temp, Constant::None);
        temp
    }

    fn bind_none(&mut self, bind: Option<&Name>) {
        if let Some(name) = bind {
            let none = self.none();
            self.store_name(&name.text, name.span, none);
        }
    }

    /// Lets `work` leave a result in a register, and binds it to a name, if any.
    fn bound(&mut self, bind: Option<&Name>, work: impl FnOnce(&mut Self, Reg)) {
        let Some(name) = bind else {
            let dst = self.function().temp();
            work(self, dst);
            self.emit(Instr::Clear { reg: dst });
            return;
        };
        match self.binding(&name.text, name.span) {
            Some(Binding::Variable(variable)) if !variable.is_cell => {
                work(self, variable.reg);
                self.function().assign(variable.reg);
            }
            _ => {
                let dst = self.function().temp();
                work(self, dst);
                self.store_bound(name, dst);
                self.emit(Instr::Clear { reg: dst });
            }
        }
    }

    /// Stores to a name that has been checked.
    fn store_bound(&mut self, name: &Name, src: Reg) {
        match self.resolve(&name.text) {
            super::compiler::Resolved::Variable(variable) => {
                self.emit(Instr::StoreCell { cell: variable.reg, src });
                self.function().assign(variable.reg);
            }
            super::compiler::Resolved::Global(slot) => self.emit(Instr::StoreGlobal { src, slot }),
            _ => {}
        }
    }

    fn spend(&mut self, what: Spend, duration: &'a DurationExpr, key: Span) {
        match duration {
            DurationExpr::Fixed(duration, _) => {
                let duration = self.function().duration(*duration);
                self.at(key);
                self.emit(Instr::SpendFixed { what, duration });
            }
            DurationExpr::Seconds(expr) => {
                let src = self.text(expr);
                self.at(key);
                self.emit(Instr::Spend { what, src });
            }
        }
    }

    /// What an outside party answers.
    fn answer(
        &mut self,
        step: &Step,
        result: Option<&'a model::Expr>,
        raises: Option<&'a model::Expr>,
        bind: Option<&Name>,
    ) {
        if let Some(raises) = raises {
            self.in_expr(raises, |this| this.check_exception(&raises.ast, ExceptionUse::Raise));
            let src = self.text(raises);
            self.at(step.key);
            self.emit(Instr::Raise { src });
            return;
        }
        match result {
            Some(result) => self.bound(bind, |this, dst| this.text_to(result, dst)),
            None => self.bind_none(bind),
        }
    }

    fn await_step(&mut self, key: Span, what: &Expr, dst: Reg) {
        if !self.check_may_await(key, "await") {
            return;
        }
        self.check_awaitable(what);
        self.await_at(key, what, dst);
    }

    fn raise_step(
        &mut self,
        step: &Step,
        value: Option<&'a model::Expr>,
        cause: Option<&'a model::Expr>,
    ) {
        let Some(value) = value else { return self.emit(Instr::RaiseAgain) };
        self.in_expr(value, |this| this.check_exception(&value.ast, ExceptionUse::Raise));
        let src = self.function().temp();
        self.text_to(value, src);
        let cause = cause.map(|cause| self.text(cause));
        self.at(step.key);
        self.emit(match cause {
            Some(cause) => Instr::RaiseFrom { src, cause },
            None => Instr::Raise { src },
        });
    }

    fn assert_step(
        &mut self,
        step: &Step,
        condition: &'a model::Expr,
        message: Option<&'a model::Expr>,
    ) {
        let outer = self.places;
        self.in_expr(condition, |this| {
            this.at(step.key);
            this.assert(&condition.ast, |this, dst| {
                let inner = std::mem::replace(&mut this.places, outer);
                if let Some(message) = message {
                    this.text_to(message, dst);
                }
                this.places = inner;
                message.is_some()
            });
        });
    }

    fn create_task(
        &mut self,
        step: &Step,
        coroutine: &'a model::Expr,
        name: Option<&'a model::Expr>,
        group: Option<&'a model::Expr>,
        dst: Reg,
    ) {
        let base = self.function().temp();
        if let Some(group) = group {
            self.in_expr(group, |this| {
                let help = "name the group: `in = \"tg\"` inside of `with = \"TaskGroup()\"`";
                this.check_no_literal(&group.ast, "is not a task group", help);
            });
            self.text_to(group, base);
            let name = self.function().attribute("create_task");
            self.at(step.key);
            self.emit(Instr::GetAttr { dst: base, obj: base, name });
        } else {
            self.load(base, Constant::Named("create_task".into()));
        }
        let argument = self.function().temp();
        self.in_expr(coroutine, |this| {
            this.check_coroutine(&coroutine.ast);
            this.expr_into(&coroutine.ast, argument);
        });
        let mut prepared = Prepared::Plain { argc: 1, base };
        if let Some(name) = name {
            let reg = self.function().temp();
            self.text_to(name, reg);
            let names = Constant::Tuple([Constant::Str("name".into())].into());
            let k = self.function().short_constant(names).unwrap_or(0);
            prepared = Prepared::Keywords { argc: 2, base, k };
        }
        self.at(step.key);
        self.emit_call(prepared, dst);
    }

    fn gather(&mut self, step: &Step, what: &'a GatherOf, collect: bool, dst: Reg) {
        let base = self.function().temps(3);
        let (all, named) = (base + 1, base + 2);
        self.load(base, Constant::Named("gather".into()));
        match what {
            GatherOf::List(exprs) => {
                self.emit(Instr::BuildList { dst: all, base: all, len: 0 });
                for expr in exprs {
                    let mark = self.function().mark();
                    let src = self.function().temp();
                    self.in_expr(expr, |this| {
                        this.check_awaitable(&expr.ast);
                        this.expr_into(&expr.ast, src);
                    });
                    self.emit(Instr::ListAppend { list: all, src });
                    self.function().release(mark);
                }
            }
            GatherOf::Iterable(expr) => self.in_expr(expr, |this| {
                this.check_iterable(&expr.ast);
                let src = this.function().temp();
                this.expr_into(&expr.ast, src);
                this.emit(Instr::BuildList { dst: all, base: all, len: 0 });
                this.at(step.key);
                this.emit(Instr::ListExtend { list: all, src });
            }),
        }
        self.load(named, Constant::None);
        if collect {
            let pair = self.function().temps(2);
            self.load(pair, Constant::Str("return_exceptions".into()));
            self.load(pair + 1, Constant::Bool(true));
            self.emit(Instr::BuildDict { dst: named, base: pair, len: 1 });
        }
        self.at(step.key);
        self.emit(Instr::CallSpread { base, dst: base });
        self.emit(Instr::Await { dst, src: base });
    }

    /// Reports one awaitable where several are wanted.
    fn check_iterable(&mut self, expr: &Expr) {
        let Expr::Call(call) = expr else { return };
        let Expr::Name(name) = &*call.func else { return };
        let is_coroutine = self
            .routine(&name.id)
            .is_some_and(|(signature, _)| signature.kind == RoutineKind::Coroutine);
        if is_coroutine {
            self.error(expr, "`gather` needs a list or a comprehension")
                .help(format!("write `gather = [\"{}(…)\"]`", name.id));
        }
    }

    fn on_a_pool(
        &mut self,
        step: &Step,
        native: &str,
        pool: Option<Constant>,
        call: &'a model::Expr,
        bind: Option<&Name>,
    ) {
        if !self.check_may_await(step.key, native) {
            return;
        }
        self.bound(bind, |this, dst| {
            let base = this.function().temp();
            this.load(base, Constant::Named(native.into()));
            let mut leading = 0;
            if let Some(pool) = pool {
                let reg = this.function().temp();
                this.load(reg, pool);
                leading = 1;
            }
            this.in_expr(call, |this| {
                if this.check_function_call(&call.ast, native) {
                    this.deferred_call(step.key, base, leading, &call.ast, dst);
                    this.emit(Instr::Await { dst, src: dst });
                }
            });
        });
    }

    /// `dst =` a thread that makes a call.
    fn start_thread(
        &mut self,
        step: &Step,
        call: &'a model::Expr,
        name: Option<&'a model::Expr>,
        dst: Reg,
    ) {
        let base = self.function().temp();
        self.load(base, Constant::Named("start_thread".into()));
        let given = self.function().temp();
        match name {
            Some(name) => self.text_to(name, given),
            None => self.load(given, Constant::None),
        }
        self.in_expr(call, |this| {
            if this.check_function_call(&call.ast, "start_thread") {
                this.deferred_call(step.key, base, 1, &call.ast, dst);
            }
        });
    }

    fn callback(
        &mut self,
        step: &Step,
        native: &str,
        delay: Option<&'a DurationExpr>,
        call: &'a model::Expr,
        dst: Reg,
    ) {
        let base = self.function().temp();
        self.load(base, Constant::Named(native.into()));
        let mut leading = 0;
        if let Some(delay) = delay {
            let reg = self.function().temp();
            match delay {
                DurationExpr::Fixed(duration, _) => self.load(reg, seconds(duration.as_nanos())),
                DurationExpr::Seconds(expr) => self.text_to(expr, reg),
            }
            leading = 1;
        }
        self.in_expr(call, |this| {
            if !this.check_function_call(&call.ast, native) {
                return;
            }
            if let Expr::Call(inner) = &call.ast
                && let Some(keyword) = inner.arguments.keywords.first()
            {
                this.error(keyword, "a callback gets its arguments by position")
                    .help("leave out the name");
                return;
            }
            this.deferred_call(step.key, base, leading, &call.ast, dst);
        });
    }

    /// Calls the native function in `base` with the callee and the arguments of a call that is to
    /// be made later.
    fn deferred_call(&mut self, key: Span, base: Reg, leading: u8, call: &Expr, dst: Reg) {
        let Expr::Call(call) = call else { return };
        self.check_call(call);
        let callee = self.function().temp();
        self.expr_into(&call.func, callee);
        let prepared = self.prepare_arguments(key, base, leading + 1, &call.arguments);
        self.at(key);
        self.emit_call(prepared, dst);
    }

    fn check_pool(&mut self, pool: &Name) {
        if pool.text == PoolSettings::DEFAULT || self.pools.contains(&pool.text) {
            return;
        }
        let known = self.pools.iter().map(String::as_str).chain([PoolSettings::DEFAULT]);
        let similar = crate::diagnostic::suggest(&pool.text, known);
        let help = match similar {
            Some(similar) => format!("did you mean `{similar}`?"),
            None => format!("define it as [pools.{}]", pool.text),
        };
        let message = format!("there is no pool `{}`", pool.text);
        self.diagnostics.error(pool.span, message).help(help);
    }
}

fn clause(handler: &model::Handler) -> Clause<'_> {
    Clause {
        span: handler.span,
        exception: handler.exception.as_ref().map(Text::from),
        bind: handler.bind.as_ref().map(|name| (name.text.as_str(), name.span)),
        body: Body::Steps(&handler.steps),
    }
}

/// A time in seconds, as an int if it is one.
fn seconds(nanos: u64) -> Constant {
    let per_second = crate::time::NANOS_PER_SEC;
    match i64::try_from(nanos / per_second) {
        Ok(whole) if nanos.is_multiple_of(per_second) => Constant::Int(whole),
        #[expect(clippy::cast_precision_loss, reason = "a time in seconds is a float in asyncio")]
        _ => Constant::Float(nanos as f64 / 1e9),
    }
}

/// Whether the value of an expression might be something to await, as far as the text tells.
pub(super) fn may_be_awaitable(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => match &*call.func {
            Expr::Name(name) => crate::program::vocabulary::known(&name.id)
                .is_none_or(|known| known.kind != crate::program::vocabulary::Kind::Plain),
            _ => true,
        },
        Expr::If(choice) => may_be_awaitable(&choice.body) || may_be_awaitable(&choice.orelse),
        Expr::BoolOp(bool_op) => bool_op.values.iter().any(may_be_awaitable),
        Expr::Named(ast::ExprNamed { value, .. }) => may_be_awaitable(value),
        Expr::Name(_) | Expr::Attribute(_) | Expr::Subscript(_) | Expr::Await(_) => true,
        _ => false,
    }
}
