//! What each action takes.

use ruff_python_ast as ast;
use toml::de::DeValue;

use super::keys;
use super::model::{Action, DurationExpr, Expr, GatherOf, Handler, Name, Step};
use super::parse::Parser;
use super::step::{Scope, StepTable};
use super::table::{Table, Value};
use super::text;
use crate::source::Span;
use crate::time::Duration;

/// The keys of one `except`.
pub(super) const HANDLER_KEYS: [&str; 3] = ["type", "as", "steps"];

impl Parser<'_> {
    /// The action of a step, its value and modifiers read.
    pub(super) fn action(&mut self, table: StepTable<'_>, scope: &Scope<'_>) -> Action {
        let StepTable { action, value, mut rest } = table;
        match action.name {
            "print" => Action::Print(self.fstring(&value, scope)),
            "block" => Action::Block(self.duration(&value, scope)),
            "compute" => Action::Compute(self.duration(&value, scope)),
            "do" => self.statement(&value, scope),
            "break" => self.jump(&value, Action::Break, scope.in_loop),
            "continue" => self.jump(&value, Action::Continue, scope.in_loop),
            "pass" => self.jump(&value, Action::Pass, true),
            "return" => Action::Return(self.expr_or_true(&value, scope)),
            "raise" => self.raise(&value, scope),
            "assert" => Action::Assert {
                condition: self.expr(&value, scope),
                message: rest.take("message").map(|value| self.fstring(&value, scope)),
            },
            "if" | "for" | "while" | "with" | "try" => {
                self.block(action.name, &value, &mut rest, scope)
            }
            "start_thread" => Action::StartThread {
                call: self.call(&value, scope),
                bind: self.bind(&mut rest),
                name: rest.take("name").map(|value| self.fstring(&value, scope)),
            },
            "join" => Action::Join(self.expr(&value, scope)),
            "call_soon" => {
                Action::CallSoon { call: self.call(&value, scope), bind: self.bind(&mut rest) }
            }
            "call_later" => {
                let delay = self.delay(&value, &mut rest, scope);
                Action::CallLater {
                    delay,
                    call: self.call(&value, scope),
                    bind: self.bind(&mut rest),
                }
            }
            other => self.awaiting(other, &value, &mut rest, scope),
        }
    }

    /// Actions that deal with tasks and other awaitables.
    fn awaiting(
        &mut self,
        action: &str,
        value: &Value<'_>,
        rest: &mut Table<'_>,
        scope: &Scope<'_>,
    ) -> Action {
        let bind = self.bind(rest);
        match action {
            "sleep" => Action::Sleep { duration: self.duration(value, scope), bind },
            "io" => self.io(value, rest, scope, bind),
            "create_task" => Action::CreateTask {
                coroutine: self.expr(value, scope),
                bind,
                name: rest.take("name").map(|value| self.fstring(&value, scope)),
                group: rest.take("in").map(|value| self.expr(&value, scope)),
            },
            "gather" => Action::Gather {
                what: self.gathered(value, scope),
                bind,
                return_exceptions: rest
                    .take("return_exceptions")
                    .and_then(|value| self.boolean(&value))
                    .unwrap_or_default(),
            },
            "run_in_executor" => Action::RunInExecutor {
                call: self.call(value, scope),
                pool: rest.take("pool").and_then(|value| self.name(&value, "pool")),
                bind,
            },
            "to_thread" => Action::ToThread { call: self.call(value, scope), bind },
            _ => Action::Await { what: self.awaited(value, scope), bind },
        }
    }

    fn awaited(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Expr {
        let expr = self.expr(value, scope);
        if let ast::Expr::Await(inner) = &expr.ast {
            let span = expr.places.span(inner);
            self.diagnostics
                .warning(span, "`await` is said twice: what the first one gives is awaited again")
                .help("leave it out of the string: { await = \"fetch(1)\" }");
        }
        expr
    }

    fn io(
        &mut self,
        value: &Value<'_>,
        rest: &mut Table<'_>,
        scope: &Scope<'_>,
        bind: Option<Name>,
    ) -> Action {
        if let (Some(result), Some(raises)) = (rest.key_span("result"), rest.key_span("raises")) {
            self.diagnostics
                .error(raises, "an answer is either a `result` or `raises`")
                .related(result, "the result")
                .help("leave one of them out");
        }
        Action::Io {
            duration: self.duration(value, scope),
            jitter: rest.take("jitter").and_then(|value| self.fixed_duration(&value)),
            result: rest.take("result").map(|value| self.expr(&value, scope)),
            raises: rest.take("raises").map(|value| self.expr(&value, scope)),
            bind,
        }
    }

    /// `as`.
    fn bind(&mut self, rest: &mut Table<'_>) -> Option<Name> {
        rest.take("as").and_then(|value| self.name(&value, "variable"))
    }

    fn gathered(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> GatherOf {
        if let Some(items) = value.items() {
            return GatherOf::List(items.map(|item| self.expr(&item, scope)).collect());
        }
        if !matches!(value.data, DeValue::String(_)) {
            if let Some(found) =
                self.wrong_type(value, "an array of awaitables, or a comprehension")
            {
                found.help(
                    "for example: gather = [\"a()\", \"b()\"], or \"fetch(i) for i in range(3)\"",
                );
            }
            return GatherOf::List(Vec::new());
        }
        let expr = self.expression_text(value).and_then(|text| {
            let expr = self.parsed(value, text::iterable(&text))?;
            self.refuse_await(&expr, scope);
            Some(expr)
        });
        let Some(expr) = expr else { return GatherOf::Iterable(Expr::placeholder(value.span)) };
        if let ast::Expr::Call(_) = &expr.ast {
            let call = self.source.slice(expr.span).to_owned();
            self.diagnostics
                .warning(value.span, "this gathers what one call gives, item by item")
                .help(format!("for that one awaitable write a list: gather = [\"{call}\"]"));
        }
        GatherOf::Iterable(expr)
    }

    /// A call, which is made later or elsewhere.
    fn call(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Expr {
        let expr = self.expr(value, scope);
        if !expr.is_placeholder() && !matches!(expr.ast, ast::Expr::Call(_)) {
            let message = format!("{}: expected a call of a function", value.subject);
            let found = self.diagnostics.error(expr.span, message);
            match &expr.ast {
                ast::Expr::Name(name) => found.help(format!("call it: \"{}()\"", name.id)),
                ast::Expr::Await(_) => found.help("leave `await` out: a function is called"),
                _ => match keys::action(value.subject.key()) {
                    Some(action) => found.help(format!("for example: {}", action.example)),
                    None => found,
                },
            };
            return Expr::placeholder(expr.span);
        }
        expr
    }

    fn delay(
        &mut self,
        value: &Value<'_>,
        rest: &mut Table<'_>,
        scope: &Scope<'_>,
    ) -> DurationExpr {
        if let Some(delay) = rest.take("delay") {
            return self.duration(&delay, scope);
        }
        let example = "{ call_later = \"callback(1)\", delay = 2 }";
        if rest.is_confused {
            return DurationExpr::Fixed(Duration::ZERO, value.span);
        }
        self.missing_key(value.key_span, &rest.place, "delay", example);
        DurationExpr::Fixed(Duration::ZERO, value.span)
    }

    fn statement(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Action {
        let Some(text) = self.expression_text(value) else { return Action::Pass };
        let Some(statement) = self.parsed(value, text::statement(&text)) else {
            return Action::Pass;
        };
        if let (Some(refusal), Some(range)) =
            (scope.await_refusal(), text::first_await_in(&statement.ast))
        {
            let span = statement.places.span_of_range(range);
            let found = self.diagnostics.error(span, refusal.message);
            found.helps.extend(refusal.help);
        }
        Action::Do(statement)
    }

    /// An action that takes `true` only.
    fn jump(&mut self, value: &Value<'_>, action: Action, has_target: bool) -> Action {
        if !matches!(value.data, DeValue::Boolean(true)) && !self.is_doubtful(value.span) {
            let key = value.subject.key().to_owned();
            let message = format!("`{key}` takes `true`, found {}", value.kind_or_false());
            self.diagnostics.error(value.span, message).help(format!("write {{ {key} = true }}"));
        }
        if !has_target {
            let key = value.subject.key();
            self.diagnostics
                .error(value.key_span, format!("`{key}` outside of a loop"))
                .help("it belongs in the `steps` of a `for` or `while`; to leave a coroutine write { return = true }");
            return Action::Pass;
        }
        action
    }

    /// The value of `return` and `raise`.
    fn expr_or_true(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Option<Expr> {
        match value.data {
            DeValue::Boolean(true) => None,
            DeValue::Boolean(false) if !self.is_doubtful(value.span) => {
                let key = value.subject.key();
                let found = self.diagnostics.error(
                    value.span,
                    format!("`{key}` takes an expression in quotes or `true`, found false"),
                );
                found.help(match key {
                    "return" => "to return False write { return = \"False\" }, to return None { return = true }",
                    _ => "to raise again what is being handled write { raise = true }",
                });
                None
            }
            _ => Some(self.expr(value, scope)),
        }
    }

    /// `raise`: an exception, and what it is raised from, if that is said.
    fn raise(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Action {
        if !matches!(value.data, DeValue::String(_)) {
            return Action::Raise { value: self.expr_or_true(value, scope), cause: None };
        }
        let clause = self.expression_text(value).and_then(|text| {
            let (raised, cause) = self.parsed(value, text::raise_clause(&text))?;
            self.refuse_await(&raised, scope);
            if let Some(cause) = &cause {
                self.refuse_await(cause, scope);
            }
            Some((raised, cause))
        });
        let (raised, cause) = clause.unwrap_or_else(|| (Expr::placeholder(value.span), None));
        Action::Raise { value: Some(raised), cause }
    }

    /// Actions with steps inside.
    fn block(
        &mut self,
        action: &str,
        value: &Value<'_>,
        rest: &mut Table<'_>,
        scope: &Scope<'_>,
    ) -> Action {
        let looping = scope.looping();
        match action {
            "if" => Action::If {
                condition: self.expr(value, scope),
                steps: self.body(value, rest, scope),
                otherwise: self.steps_at(rest, "else", scope),
            },
            "while" => Action::While {
                condition: self.expr(value, scope),
                steps: self.body(value, rest, &looping),
                otherwise: self.steps_at(rest, "else", scope),
            },
            "for" => {
                let (target, iterable) = self.loop_head(value, scope);
                Action::For {
                    target,
                    iterable,
                    steps: self.body(value, rest, &looping),
                    otherwise: self.steps_at(rest, "else", scope),
                }
            }
            "with" => Action::With {
                what: self.expr(value, scope),
                bind: self.bind(rest),
                steps: self.body(value, rest, scope),
            },
            _ => self.try_block(value, rest, scope),
        }
    }

    fn loop_head(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> (Expr, Expr) {
        let head = self.expression_text(value).and_then(|text| {
            let (target, iterable) = self.parsed(value, text::loop_clause(&text))?;
            self.refuse_await(&iterable, scope);
            Some((target, iterable))
        });
        head.unwrap_or_else(|| (Expr::placeholder(value.span), Expr::placeholder(value.span)))
    }

    /// `steps`, which must be there.
    fn body(&mut self, value: &Value<'_>, rest: &mut Table<'_>, scope: &Scope<'_>) -> Vec<Step> {
        if let Some(steps) = rest.take("steps") {
            return self.steps(&steps, scope);
        }
        if rest.is_confused {
            return Vec::new();
        }
        let example = keys::action(value.subject.key()).map_or("", |action| action.example);
        self.missing_key(value.key_span, &rest.place, "steps", example);
        Vec::new()
    }

    fn steps_at(&mut self, rest: &mut Table<'_>, key: &str, scope: &Scope<'_>) -> Vec<Step> {
        rest.take(key).map(|value| self.steps(&value, scope)).unwrap_or_default()
    }

    fn try_block(&mut self, value: &Value<'_>, rest: &mut Table<'_>, scope: &Scope<'_>) -> Action {
        let has_except = rest.key_span("except").is_some();
        let else_span = rest.key_span("else");
        if !has_except && rest.key_span("finally").is_none() && !self.is_lossy() {
            let example = keys::action("try").map_or("", |action| action.example);
            self.diagnostics
                .error(value.key_span, "a `try` needs `except` or `finally`")
                .help(format!("for example: {example}"));
        } else if let Some(span) = else_span.filter(|_| !has_except && !self.is_lossy()) {
            self.diagnostics
                .error(span, "`else` of a `try` needs an `except`")
                .help("without `except` the steps can just follow those of `try`");
        }
        let steps = self.steps(value, scope);
        let handlers = rest.take("except").map(|value| self.handlers(&value, scope));
        Action::Try {
            steps,
            handlers: handlers.unwrap_or_default(),
            otherwise: self.steps_at(rest, "else", scope),
            finally: self.steps_at(rest, "finally", scope),
        }
    }

    fn handlers(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Vec<Handler> {
        let items = self.array(value, "[{ type = \"ValueError\", as = \"e\", steps = [] }]");
        let mut handlers: Vec<Handler> = Vec::new();
        for item in items {
            let Some(handler) = self.handler(&item, scope) else { continue };
            let catch_all = handlers.last().filter(|last| last.exception.is_none());
            if let Some(catch_all) = catch_all {
                let span = catch_all.span;
                self.diagnostics
                    .error(span, "an `except` without `type` catches all, so it must be the last")
                    .related(handler.span, "this one would never be reached")
                    .help("put it behind the others, or give it a `type`");
            }
            handlers.push(handler);
        }
        handlers
    }

    fn handler(&mut self, item: &Value<'_>, scope: &Scope<'_>) -> Option<Handler> {
        let mut table = self.table(item, "in an `except`", &HANDLER_KEYS)?;
        let exception = table.take("type").map(|value| self.expr(&value, scope));
        let bind = self.bind(&mut table);
        if let (None, Some(name)) = (&exception, &bind) {
            self.diagnostics
                .error(name.span, "an `except` without `type` cannot bind the exception")
                .help(format!("write {{ type = \"Exception\", as = \"{}\", … }}", name.text));
        }
        let span: Span = table.span;
        let steps = if let Some(steps) = table.take("steps") {
            self.steps(&steps, scope)
        } else {
            let example = "{ type = \"ValueError\", steps = [{ print = \"failed\" }] }";
            self.missing_key(span, "in an `except`", "steps", example);
            Vec::new()
        };
        Some(Handler { span, exception, bind, steps })
    }
}
