//! Steps as statements.

use super::Writer;
use super::text::{call, duration, expr, fstring, slice};
use crate::scenario::model::{Action, DurationExpr, Expr, GatherOf, Handler, Name, Step};
use ruff_text_size::Ranged;

/// The bodies of an action.
pub(super) fn bodies(action: &Action) -> Vec<&[Step]> {
    match action {
        Action::With { steps, .. } => vec![steps],
        Action::If { steps, otherwise, .. }
        | Action::For { steps, otherwise, .. }
        | Action::While { steps, otherwise, .. } => vec![steps, otherwise],
        Action::Try { steps, handlers, otherwise, finally } => {
            let handlers = handlers.iter().map(|handler| handler.steps.as_slice());
            std::iter::once(steps.as_slice())
                .chain(handlers)
                .chain([&**otherwise, &**finally])
                .collect()
        }
        _ => Vec::new(),
    }
}

/// The names that an action binds by `as`.
pub(super) fn bound(action: &Action) -> Vec<&Name> {
    match action {
        Action::Sleep { bind, .. }
        | Action::Io { bind, .. }
        | Action::Await { bind, .. }
        | Action::CreateTask { bind, .. }
        | Action::Gather { bind, .. }
        | Action::RunInExecutor { bind, .. }
        | Action::ToThread { bind, .. }
        | Action::StartThread { bind, .. }
        | Action::With { bind, .. }
        | Action::CallSoon { bind, .. }
        | Action::CallLater { bind, .. } => bind.iter().collect(),
        Action::Try { handlers, .. } => {
            handlers.iter().filter_map(|handler| handler.bind.as_ref()).collect()
        }
        _ => Vec::new(),
    }
}

/// What an action assigns to besides.
pub(super) fn targets(action: &Action) -> Vec<&Expr> {
    match action {
        Action::For { target, .. } => vec![target],
        _ => Vec::new(),
    }
}

/// The expressions of an action itself.
pub(super) fn expressions(action: &Action) -> Vec<&Expr> {
    match action {
        Action::Print(text) => vec![text],
        Action::Sleep { duration, .. } | Action::Block(duration) | Action::Compute(duration) => {
            computed(duration).collect()
        }
        Action::Io { duration, result, raises, .. } => {
            computed(duration).chain(result).chain(raises).collect()
        }
        Action::Await { what, .. } | Action::With { what, .. } => vec![what],
        Action::CreateTask { coroutine, name, group, .. } => {
            std::iter::once(coroutine).chain(name).chain(group).collect()
        }
        Action::Gather { what: GatherOf::List(items), .. } => items.iter().collect(),
        Action::Gather { what: GatherOf::Iterable(all), .. } => vec![all],
        Action::RunInExecutor { call, .. }
        | Action::ToThread { call, .. }
        | Action::CallSoon { call, .. } => vec![call],
        Action::StartThread { call, name, .. } => std::iter::once(call).chain(name).collect(),
        Action::Join(thread) => vec![thread],
        Action::CallLater { delay, call, .. } => computed(delay).chain([call]).collect(),
        Action::If { condition, .. } | Action::While { condition, .. } => vec![condition],
        Action::For { iterable, .. } => vec![iterable],
        Action::Return(value) => value.iter().collect(),
        Action::Raise { value, cause } => value.iter().chain(cause).collect(),
        Action::Assert { condition, message } => {
            std::iter::once(condition).chain(message).collect()
        }
        Action::Try { handlers, .. } => {
            handlers.iter().filter_map(|handler| handler.exception.as_ref()).collect()
        }
        Action::Do(_) | Action::Break | Action::Continue | Action::Pass => Vec::new(),
    }
}

fn computed(duration: &DurationExpr) -> impl Iterator<Item = &Expr> {
    match duration {
        DurationExpr::Fixed(..) => None,
        DurationExpr::Seconds(expr) => Some(expr),
    }
    .into_iter()
}

impl Writer<'_> {
    pub(super) fn steps(&mut self, steps: &[Step]) {
        steps.iter().for_each(|step| self.step(step));
    }

    fn step(&mut self, step: &Step) {
        match &step.action {
            Action::If { .. }
            | Action::For { .. }
            | Action::While { .. }
            | Action::Try { .. }
            | Action::With { .. } => self.compound(&step.action),
            simple => self.simple(simple),
        }
    }

    fn assign(&mut self, bind: Option<&Name>, value: &str) {
        match bind {
            Some(name) => self.line(&format!("{} = {value}", name.text)),
            None => self.line(value),
        }
    }

    fn simple(&mut self, action: &Action) {
        match action {
            Action::Print(text) => self.line(&format!("print({})", fstring(text))),
            Action::Sleep { duration: time, bind } => {
                let value = format!("await asyncio.sleep({})", duration(time));
                self.assign(bind.as_ref(), &value);
            }
            Action::Io { duration: time, result, raises, bind, .. } => {
                self.line(&format!("await _io({})", duration(time)));
                if let Some(raises) = raises {
                    self.line(&format!("raise {}", expr(raises)));
                }
                let result = result.as_ref().map_or("None".to_owned(), expr);
                if bind.is_some() {
                    self.assign(bind.as_ref(), &result);
                }
            }
            Action::Block(time) => self.line(&format!("clock.sleep({})", duration(time))),
            Action::Compute(time) => self.line(&format!("_compute({})", duration(time))),
            Action::Await { what, bind } => {
                self.assign(bind.as_ref(), &format!("await {}", awaited(what)));
            }
            Action::CreateTask { coroutine, bind, name, group } => {
                let owner = group.as_ref().map_or("asyncio".to_owned(), expr);
                let name = name.as_ref().map(|name| format!(", name={}", fstring(name)));
                let value =
                    format!("{owner}.create_task({}{})", expr(coroutine), name.unwrap_or_default());
                self.assign(bind.as_ref(), &value);
            }
            Action::Gather { what, bind, return_exceptions } => {
                let what = match what {
                    GatherOf::List(items) => items.iter().map(expr).collect::<Vec<_>>().join(", "),
                    GatherOf::Iterable(all) => format!("*{}", awaited(all)),
                };
                let more = if *return_exceptions { ", return_exceptions=True" } else { "" };
                self.assign(bind.as_ref(), &format!("await asyncio.gather({what}{more})"));
            }
            Action::RunInExecutor { call: function, pool, bind } => {
                let pool = pool
                    .as_ref()
                    .map_or("None".to_owned(), |name| format!("_pools[\"{}\"]", name.text));
                let value = format!(
                    "await asyncio.get_running_loop().run_in_executor({pool}, {})",
                    call(function)
                );
                self.assign(bind.as_ref(), &value);
            }
            Action::ToThread { call: function, bind } => {
                let value = format!("await asyncio.to_thread({})", call(function));
                self.assign(bind.as_ref(), &value);
            }
            Action::StartThread { call: function, bind, name } => {
                let name = name.as_ref().map_or("None".to_owned(), fstring);
                let made = format!("_start_thread({name}, {})", call(function));
                self.assign(bind.as_ref(), &made);
            }
            Action::Join(thread) => {
                self.line(&format!("{}.join()", expr(thread)));
            }
            Action::CallSoon { call: function, bind } => {
                let value = format!("asyncio.get_running_loop().call_soon({})", call(function));
                self.assign(bind.as_ref(), &value);
            }
            Action::CallLater { delay, call: function, bind } => {
                let value = format!(
                    "asyncio.get_running_loop().call_later({}, {})",
                    duration(delay),
                    call(function)
                );
                self.assign(bind.as_ref(), &value);
            }
            other => self.plain(other),
        }
    }

    /// What Python writes alike.
    fn plain(&mut self, action: &Action) {
        match action {
            Action::Do(statement) => {
                let range = statement.ast.range();
                let range = range.start().to_usize()..range.end().to_usize();
                let text = statement.text.get(range).unwrap_or_default().to_owned();
                self.line(&text);
            }
            Action::Break => self.line("break"),
            Action::Continue => self.line("continue"),
            Action::Return(None) => self.line("return"),
            Action::Return(Some(value)) => self.line(&format!("return {}", expr(value))),
            Action::Raise { value: None, .. } => self.line("raise"),
            Action::Raise { value: Some(value), cause: None } => {
                self.line(&format!("raise {}", expr(value)));
            }
            Action::Raise { value: Some(value), cause: Some(cause) } => {
                self.line(&format!("raise {} from {}", expr(value), expr(cause)));
            }
            Action::Assert { condition, message } => {
                let message = message.as_ref().map(|message| format!(", {}", fstring(message)));
                self.line(&format!("assert {}{}", expr(condition), message.unwrap_or_default()));
            }
            _ => self.line("pass"),
        }
    }

    fn compound(&mut self, action: &Action) {
        match action {
            Action::If { condition, steps, otherwise } => {
                self.headed(&format!("if {}:", expr(condition)), steps);
                self.otherwise(otherwise);
            }
            Action::For { target, iterable, steps, otherwise } => {
                let target = slice(target, target.ast.range());
                self.headed(&format!("for {target} in {}:", expr(iterable)), steps);
                self.otherwise(otherwise);
            }
            Action::While { condition, steps, otherwise } => {
                self.headed(&format!("while {}:", expr(condition)), steps);
                self.otherwise(otherwise);
            }
            Action::With { what, bind, steps } => {
                let bind = bind.as_ref().map(|name| format!(" as {}", name.text));
                let word = if self.in_coroutine { "async with" } else { "with" };
                let head = format!("{word} {}{}:", expr(what), bind.unwrap_or_default());
                self.headed(&head, steps);
            }
            Action::Try { steps, handlers, otherwise, finally } => {
                self.headed("try:", steps);
                handlers.iter().for_each(|handler| self.handler(handler));
                self.otherwise(otherwise);
                if !finally.is_empty() {
                    self.headed("finally:", finally);
                }
            }
            _ => {}
        }
    }

    fn headed(&mut self, head: &str, steps: &[Step]) {
        self.line(head);
        self.block(|this| this.steps(steps));
    }

    fn otherwise(&mut self, steps: &[Step]) {
        if !steps.is_empty() {
            self.headed("else:", steps);
        }
    }

    fn handler(&mut self, handler: &Handler) {
        let kind = handler.exception.as_ref().map_or("BaseException".to_owned(), expr);
        let bind = handler.bind.as_ref().map(|name| format!(" as {}", name.text));
        self.headed(&format!("except {kind}{}:", bind.unwrap_or_default()), &handler.steps);
    }
}

/// An expression behind `await` or `*`, which bind tightly.
fn awaited(what: &Expr) -> String {
    use ruff_python_ast::Expr as E;
    let text = expr(what);
    match what.ast {
        E::Call(_)
        | E::Name(_)
        | E::Attribute(_)
        | E::Subscript(_)
        | E::List(_)
        | E::ListComp(_) => text,
        // Its range has the parentheses.
        E::Generator(_) if text.starts_with('(') => text,
        _ => format!("({text})"),
    }
}
