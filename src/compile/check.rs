//! What can be said about calls and awaits before the program runs.

use ruff_python_ast as ast;
use ruff_python_ast::Expr;

use super::compiler::{Compiler, Signature};
use crate::diagnostic::suggest;
use crate::program::code::CodeKind;
use crate::program::vocabulary::{self, Kind, Known};
use crate::scenario::model::RoutineKind;
use crate::source::Span;

impl Compiler<'_> {
    /// Reports that a routine that is no coroutine cannot await.
    pub(super) fn check_may_await(&mut self, span: Span, action: &str) -> bool {
        let function = self.function();
        if matches!(function.kind, CodeKind::Coroutine | CodeKind::AsyncGenerator) {
            return true;
        }
        let (kind, name) = (function.kind, function.name.clone());
        if !self.is_scenario() {
            let what = match action {
                "await" => "'await'",
                "with" => "'async with'",
                "for" => "'async for'",
                _ => "asynchronous comprehension",
            };
            let is_outside = self.function().kind == CodeKind::Module || self.function().is_class;
            let place = match (action, is_outside) {
                ("await", true) => "function",
                ("comprehension", _) => "an asynchronous function",
                _ => "async function",
            };
            self.diagnostics.error(span, format!("{what} outside {place}"));
            return false;
        }
        match kind {
            CodeKind::Function if name == "<lambda>" => {
                self.diagnostics
                    .error(span, format!("a lambda cannot `{action}`"))
                    .help("write a coroutine under [coroutines]");
            }
            CodeKind::Generator => {
                self.diagnostics
                    .error(span, format!("cannot `{action}` in a generator expression"))
                    .help("use a list comprehension: `[… for … in …]`");
            }
            CodeKind::Function if name != EXPECTATION => {
                self.diagnostics
                    .error(span, format!("`{name}` cannot `{action}`: it is not a coroutine"))
                    .help(format!("define it as [coroutines.{name}]"));
            }
            _ => {
                self.diagnostics
                    .error(span, format!("cannot `{action}` here: nothing runs yet"))
                    .help("do it in the entry coroutine");
            }
        }
        false
    }

    /// Reports what certainly cannot be awaited.
    pub(super) fn check_awaitable(&mut self, what: &Expr) {
        let Some((reason, help)) = self.why_not_awaitable(what) else { return };
        self.error(what, format!("{reason} cannot be awaited")).help_opt(help);
    }

    pub(super) fn why_not_awaitable(&self, what: &Expr) -> Option<(String, Option<String>)> {
        if let Expr::List(_) | Expr::ListComp(_) | Expr::Generator(_) = what {
            let help = "use `gather`".to_owned();
            return Some(("several awaitables at once".to_owned(), Some(help)));
        }
        if let Some(kind) = literal_kind(what) {
            return Some((kind.to_owned(), None));
        }
        match what {
            Expr::Name(name) => {
                let (signature, _) = self.routine(&name.id)?;
                let (kind, help) = match signature.kind {
                    RoutineKind::Coroutine => ("coroutine", format!("call it: `{}()`", name.id)),
                    RoutineKind::Function => ("function", run_on_a_pool(&name.id)),
                };
                Some((format!("the {kind} `{}` itself", name.id), Some(help)))
            }
            Expr::Call(call) => {
                let Expr::Name(name) = &*call.func else { return None };
                if let Some((signature, _)) = self.routine(&name.id) {
                    let is_function = signature.kind == RoutineKind::Function;
                    // What a function returns is only known when it has run.
                    return (is_function && !self.may_return_awaitable(&name.id)).then(|| {
                        (
                            format!("the result of function `{}`", name.id),
                            Some(run_on_a_pool(&name.id)),
                        )
                    });
                }
                let known = self.builtin(&name.id)?;
                (known.kind == Kind::Plain).then(|| (format!("the result of `{}`", name.id), None))
            }
            _ => None,
        }
    }

    /// Reports an expression that certainly is no exception: `Raise` or `Catch` one.
    pub(super) fn check_exception(&mut self, expr: &Expr, use_: ExceptionUse) {
        if !self.is_scenario() {
            return;
        }
        let items = match expr {
            Expr::Tuple(tuple) if use_ == ExceptionUse::Catch => tuple.elts.as_slice(),
            one => std::slice::from_ref(one),
        };
        for item in items {
            let Some(kind) = literal_kind(item) else { continue };
            let (what, help) = match use_ {
                ExceptionUse::Raise => ("raised", "raise an exception: `ValueError('…')`"),
                ExceptionUse::Catch => ("caught", "name an exception type: `ValueError`"),
            };
            self.error(item, format!("{kind} cannot be {what}")).help(help);
        }
    }

    /// Reports a literal where one makes no sense.
    pub(super) fn check_no_literal(&mut self, expr: &Expr, problem: &str, help: &str) {
        if let Some(kind) = literal_kind(expr) {
            self.error(expr, format!("{kind} {problem}")).help(help);
        }
    }

    /// Reports a call that certainly fails: too many arguments, or too few, or of unknown names.
    pub(super) fn check_call(&mut self, call: &ast::ExprCall) {
        if !self.is_scenario() {
            return;
        }
        let Expr::Name(name) = &*call.func else {
            self.check_literal_callee(&call.func);
            self.check_repeated(call);
            return;
        };
        if has_spread(&call.arguments) {
            self.check_repeated(call);
            return;
        }
        if self.routine(&name.id).is_none() {
            self.check_repeated(call);
        }
        if let Some((signature, defined)) = self.routine(&name.id) {
            let signature = signature.clone();
            self.check_routine_call(call, &name.id, &signature, defined);
        } else if let Some(known) = self.builtin(&name.id) {
            self.check_known_call(call, known);
        }
    }

    pub(super) fn check_literal_callee(&mut self, func: &Expr) {
        if func.is_literal_expr() || func.is_f_string_expr() {
            self.error(func, "a literal cannot be called");
        }
        if let Expr::Attribute(attribute) = func
            && let Some((kind, methods)) = vocabulary_of_literal(&attribute.value)
            && !methods.contains(&attribute.attr.as_str())
        {
            let name = &attribute.attr;
            let help = suggest(name, methods.iter().copied());
            let help = help.map(|similar| format!("did you mean `{similar}`?"));
            self.error(name, format!("{kind} has no method `{name}`")).help_opt(help);
        }
    }

    /// Reports a name that is given twice in one call.
    pub(super) fn check_repeated(&mut self, call: &ast::ExprCall) {
        let keywords = &call.arguments.keywords;
        for (index, keyword) in keywords.iter().enumerate() {
            let Some(word) = &keyword.arg else { continue };
            let is_same = |before: &ast::Keyword| {
                before.arg.as_ref().is_some_and(|before| before.as_str() == word.as_str())
            };
            if keywords[..index].iter().any(is_same) {
                let message = if self.is_scenario() {
                    format!("`{word}` is given twice")
                } else {
                    format!("keyword argument repeated: {word}")
                };
                self.error(keyword, message);
            }
        }
    }

    pub(super) fn check_routine_call(
        &mut self,
        call: &ast::ExprCall,
        name: &str,
        signature: &Signature,
        defined: Span,
    ) {
        let params = &signature.params;
        let given = call.arguments.args.len();
        let span = self.span(call);
        if given > params.len() {
            let message = format!(
                "`{name}` takes {}, but {given} are given",
                count(params.len(), "argument")
            );
            self.diagnostics.error(span, message).related(defined, "defined here");
            return;
        }
        for (index, keyword) in call.arguments.keywords.iter().enumerate() {
            let Some(word) = &keyword.arg else { continue };
            let position = params.iter().position(|(param, _)| param == word.as_str());
            let twice = call.arguments.keywords[..index].iter().any(|before| {
                before.arg.as_ref().is_some_and(|before| before.as_str() == word.as_str())
            });
            let message = match position {
                None => format!("`{name}` has no parameter `{word}`"),
                Some(position) if position < given || twice => {
                    format!("`{name}` gets `{word}` twice")
                }
                Some(_) => continue,
            };
            let similar = suggest(word, params.iter().map(|(param, _)| param.as_str()));
            let help = similar.filter(|similar| *similar != word.as_str());
            let help = help.map(|similar| format!("did you mean `{similar}`?"));
            let at = self.span(keyword);
            self.diagnostics.error(at, message).related(defined, "defined here").help_opt(help);
        }
        let is_named = |param: &str| {
            call.arguments
                .keywords
                .iter()
                .any(|keyword| keyword.arg.as_ref().is_some_and(|word| word == param))
        };
        let missing: Vec<String> = params
            .iter()
            .skip(given)
            .filter(|(param, has_default)| !has_default && !is_named(param))
            .map(|(param, _)| format!("`{param}`"))
            .collect();
        if !missing.is_empty() {
            let message = format!("`{name}` is called without {}", missing.join(" and "));
            self.diagnostics.error(span, message).related(defined, "defined here");
        }
    }

    pub(super) fn check_known_call(&mut self, call: &ast::ExprCall, known: &Known) {
        let name = known.name;
        let given = call.arguments.args.len();
        if known.max != vocabulary::MANY && given > usize::from(known.max) {
            let message = format!(
                "`{name}` takes at most {}, but {given} are given",
                count(known.max.into(), "argument")
            );
            self.error(call, message);
            return;
        }
        if given + call.arguments.keywords.len() < usize::from(known.min) {
            let least = if known.min == known.max { "" } else { "at least " };
            let message = format!("`{name}` takes {least}{}", count(known.min.into(), "argument"));
            self.error(call, message);
        }
        for keyword in &call.arguments.keywords {
            let Some(word) = &keyword.arg else { continue };
            if !known.any_keyword && !known.keywords.contains(&word.as_str()) {
                let help = suggest(word, known.keywords.iter().copied())
                    .map(|similar| format!("did you mean `{similar}`?"));
                self.error(keyword, format!("`{name}` has no parameter `{word}`")).help_opt(help);
            }
        }
    }

    /// Reports a callback, or a job of a pool, that is a coroutine or no call at all. `action` is
    /// what was to be done with it.
    pub(super) fn check_function_call(&mut self, expr: &Expr, action: &str) -> bool {
        let Expr::Call(call) = expr else {
            let help = match expr {
                Expr::Name(name) if name.is_invalid() => return false,
                Expr::Name(name) => Some(format!("write the call: `{}()`", name.id)),
                _ => None,
            };
            self.error(expr, format!("`{action}` needs a call of a function")).help_opt(help);
            return false;
        };
        let Expr::Name(name) = &*call.func else { return true };
        let Some((signature, _)) = self.routine(&name.id) else { return true };
        if signature.kind == RoutineKind::Function {
            return true;
        }
        let help = if action == "call_soon" || action == "call_later" {
            format!("start it with `create_task`, or define it as [functions.{}]", name.id)
        } else {
            format!("await it, or define it as [functions.{}]", name.id)
        };
        self.error(expr, format!("`{action}` runs functions, and `{}` is a coroutine", name.id))
            .help(help);
        false
    }

    /// Reports what certainly is no coroutine.
    pub(super) fn check_coroutine(&mut self, expr: &Expr) {
        let message = match expr {
            Expr::Name(name) => match self.routine(&name.id) {
                Some((signature, _)) if signature.kind == RoutineKind::Coroutine => {
                    let help = format!("call it: `{}()`", name.id);
                    let message = format!("`{}` is a coroutine that is not called", name.id);
                    self.error(expr, message).help(help);
                    return;
                }
                Some(_) => format!("`{}` is a function", name.id),
                None => return,
            },
            Expr::Call(call) => {
                let Expr::Name(name) = &*call.func else { return };
                match self.routine(&name.id) {
                    Some((signature, _)) if signature.kind == RoutineKind::Function => {
                        if self.may_return_awaitable(&name.id) {
                            return;
                        }
                        format!("`{}` is a function, not a coroutine", name.id)
                    }
                    _ => return,
                }
            }
            other if self.why_not_awaitable(other).is_some() => {
                "this is not a coroutine".to_owned()
            }
            _ => return,
        };
        self.error(expr, message).help("a task runs a coroutine of [coroutines]");
    }

    /// Whether a function might return something to await: if it returns anything.
    pub(super) fn may_return_awaitable(&self, name: &str) -> bool {
        self.returning.contains(name)
    }
}

/// What is done with an exception.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ExceptionUse {
    Raise,
    Catch,
}

/// What an expression certainly gives, if that is an object of a plain builtin type.
fn literal_kind(expr: &Expr) -> Option<&'static str> {
    Some(match expr {
        Expr::NumberLiteral(_) => "a number",
        Expr::StringLiteral(_) | Expr::FString(_) => "a str",
        Expr::BytesLiteral(_) => "a bytes object",
        Expr::BooleanLiteral(_) | Expr::Compare(_) => "a bool",
        Expr::NoneLiteral(_) => "None",
        Expr::List(_) | Expr::ListComp(_) => "a list",
        Expr::Tuple(_) => "a tuple",
        Expr::Dict(_) | Expr::DictComp(_) => "a dict",
        Expr::Set(_) | Expr::SetComp(_) => "a set",
        Expr::Lambda(_) => "a lambda",
        _ => return None,
    })
}

/// The methods that a literal has.
fn vocabulary_of_literal(expr: &Expr) -> Option<(&'static str, &'static [&'static str])> {
    let methods = match expr {
        Expr::StringLiteral(_) | Expr::FString(_) => vocabulary::STR_METHODS,
        Expr::List(_) | Expr::ListComp(_) => vocabulary::LIST_METHODS,
        Expr::Dict(_) | Expr::DictComp(_) => vocabulary::DICT_METHODS,
        _ => return None,
    };
    Some((literal_kind(expr)?, methods))
}

/// The name of the functions that compute what `[expect]` claims.
pub(super) const EXPECTATION: &str = "expect";

fn run_on_a_pool(name: &str) -> String {
    format!("call it with `do`, or use `to_thread = \"{name}()\"`")
}

fn has_spread(arguments: &ast::Arguments) -> bool {
    arguments.args.iter().any(Expr::is_starred_expr)
        || arguments.keywords.iter().any(|keyword| keyword.arg.is_none())
}

/// `1 argument`, `2 arguments`, `no arguments`.
fn count(n: usize, what: &str) -> String {
    match n {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        _ => format!("{n} {what}s"),
    }
}
