//! Single values: texts, names, numbers, expressions.

use std::ops::RangeInclusive;

use toml::de::{DeInteger, DeValue};

use super::keys;
use super::model::{Expr, Literal, Name};
use super::parse::Parser;
use super::step::Scope;
use super::table::{Subject, Value};
use super::text::{self, SyntaxError, Text};
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl Parser<'_> {
    /// Complains about the kind of a value; not if TOML errors have damaged it.
    pub(super) fn wrong_type(
        &mut self,
        value: &Value<'_>,
        expected: &str,
    ) -> Option<&mut Diagnostic> {
        if self.is_doubtful(value.span) {
            return None;
        }
        let message = format!("{}: expected {expected}, found {}", value.subject, value.kind());
        Some(self.diagnostics.error(value.span, message))
    }

    /// The decoded text of a string, with its places.
    pub(super) fn text(&mut self, value: &Value<'_>) -> Option<Text> {
        if let DeValue::String(_) = value.data {
            return Some(self.decoded(value.span));
        }
        let source = text::shown(self.source.slice(value.span));
        let quoted = (value.is_scalar()).then(|| format!("write it in quotes: \"{source}\""));
        if let Some(found) = self.wrong_type(value, "a string") {
            found.help_opt(quoted);
        }
        None
    }

    /// The text of the string token at `span`.
    pub(super) fn decoded(&self, span: Span) -> Text {
        Text::of_token(self.source.slice(span), span.start)
    }

    /// The text of a string.
    pub(super) fn string(&mut self, value: &Value<'_>) -> Option<String> {
        self.text(value).map(|text| text.as_str().to_owned())
    }

    /// true or false.
    pub(super) fn boolean(&mut self, value: &Value<'_>) -> Option<bool> {
        if let DeValue::Boolean(boolean) = value.data {
            return Some(*boolean);
        }
        let example = format!("write it without quotes: {} = true", value.subject.key());
        if let Some(found) = self.wrong_type(value, "true or false") {
            found.help(example);
        }
        None
    }

    /// A whole number within bounds.
    pub(super) fn integer(
        &mut self,
        value: &Value<'_>,
        bounds: RangeInclusive<u64>,
    ) -> Option<u64> {
        let DeValue::Integer(integer) = value.data else {
            self.wrong_type(value, "an integer");
            return None;
        };
        let number = parse_integer(integer).and_then(|number| u64::try_from(number).ok());
        let number = number.filter(|number| bounds.contains(number));
        if number.is_none() && !self.is_doubtful(value.span) {
            let message = format!(
                "{} must be between {} and {}, found {}",
                value.subject,
                bounds.start(),
                bounds.end(),
                text::shown(&integer.to_string()),
            );
            self.diagnostics.error(value.span, message);
        }
        number
    }

    /// A string that names something.
    pub(super) fn name(&mut self, value: &Value<'_>, what: &str) -> Option<Name> {
        let text = self.name_text(value)?;
        let name = text::target_name(&text, what);
        self.told(value.span, name)
    }

    fn name_text(&mut self, value: &Value<'_>) -> Option<Text> {
        if let DeValue::String(_) = value.data {
            return Some(self.decoded(value.span));
        }
        let key = value.subject.key().to_owned();
        if let Some(found) = self.wrong_type(value, "a name in quotes") {
            found.help(format!("for example: {key} = \"reply\""));
        }
        None
    }

    /// A key that names something.
    pub(super) fn key_name(&mut self, key_span: Span, what: &str) -> Option<Name> {
        let name = text::target_name(&self.decoded(key_span), what);
        self.told(key_span, name)
    }

    /// The answer, or its error told; nothing is said of what TOML errors have damaged.
    fn told<T>(&mut self, span: Span, answer: Result<T, SyntaxError>) -> Option<T> {
        match answer {
            Ok(answer) => Some(answer),
            Err(_) if self.is_doubtful(span) => None,
            Err(error) => {
                self.lose(span);
                let found = self.diagnostics.error(error.span, error.message);
                found.helps.extend(error.helps);
                None
            }
        }
    }

    /// The answer of parsing the string of a key, or its syntax error told.
    pub(super) fn parsed<T>(
        &mut self,
        value: &Value<'_>,
        answer: Result<T, SyntaxError>,
    ) -> Option<T> {
        let subject = value.subject;
        let tell = |error: SyntaxError| {
            let message = format!("{subject}: {}", error.message);
            SyntaxError { message, ..error }
        };
        self.told(value.span, answer.map_err(tell))
    }

    /// An expression; a placeholder if it is none.
    pub(super) fn expr(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Expr {
        self.maybe_expr(value, scope).unwrap_or_else(|| Expr::placeholder(value.span))
    }

    /// An expression, if it is one.
    pub(super) fn maybe_expr(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Option<Expr> {
        let text = self.expression_text(value)?;
        self.expr_of_text(value, &text, scope)
    }

    /// The expression in a decoded string.
    pub(super) fn expr_of_text(
        &mut self,
        value: &Value<'_>,
        text: &Text,
        scope: &Scope<'_>,
    ) -> Option<Expr> {
        let expr = self.parsed(value, text::expression(text))?;
        self.refuse_await(&expr, scope);
        Some(expr)
    }

    /// The text of an expression: a string that is not blank.
    pub(super) fn expression_text(&mut self, value: &Value<'_>) -> Option<Text> {
        if let DeValue::String(_) = value.data {
            let text = self.decoded(value.span);
            if !text.as_str().trim().is_empty() {
                return Some(text);
            }
            self.empty(value);
            return None;
        }
        let quoted = quoted_literal(self.source.slice(value.span), value.data);
        let key = value.subject.key().to_owned();
        let expected = match key.as_str() {
            "do" => "a statement in quotes",
            _ => "an expression in quotes",
        };
        let help = match (value.subject, quoted, keys::action(&key)) {
            (Subject::Key(_), Some(quoted), _) => {
                format!("write it as a string: {key} = \"{quoted}\"")
            }
            (Subject::Key(_), None, Some(action)) => format!("for example: {}", action.example),
            (Subject::Item("gather"), ..) => "write what is awaited: \"fetch(1)\"".to_owned(),
            _ => "write it as a string, like \"x + 1\"".to_owned(),
        };
        if let Some(found) = self.wrong_type(value, expected) {
            found.help(help);
        }
        None
    }

    /// Complains that an expression is empty.
    pub(super) fn empty(&mut self, value: &Value<'_>) {
        if !self.is_doubtful(value.span) {
            let help = match value.subject.key() {
                "return" => "to return None write { return = true }",
                "raise" => "to raise again what is being handled write { raise = true }",
                _ => "write an expression, like \"x + 1\"",
            };
            let message = format!("{} is empty", value.subject);
            self.diagnostics.error(value.span, message).help(help);
        }
    }

    /// A text with expressions in braces.
    pub(super) fn fstring(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Expr {
        self.maybe_fstring(value, scope).unwrap_or_else(|| Expr::placeholder(value.span))
    }

    fn maybe_fstring(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Option<Expr> {
        let DeValue::String(_) = value.data else {
            let quoted = quoted_literal(self.source.slice(value.span), value.data);
            let key = value.subject.key().to_owned();
            if let Some(found) = self.wrong_type(value, "a text in quotes") {
                let example = quoted.unwrap_or_else(|| "hello".to_owned());
                found
                    .help(format!("write {key} = \"{example}\""))
                    .help(format!("the value of an expression goes in braces: {key} = \"{{x}}\""));
            }
            return None;
        };
        let text = self.decoded(value.span);
        let expr = self.parsed(value, text::fstring(&text))?;
        self.refuse_await(&expr, scope);
        Some(expr)
    }

    /// Complains if an expression awaits where nothing can be awaited.
    pub(super) fn refuse_await(&mut self, expr: &Expr, scope: &Scope<'_>) {
        let Some(refusal) = scope.await_refusal() else { return };
        let Some(range) = text::first_await(&expr.ast) else { return };
        let span = expr.places.span_of_range(range);
        let found = self.diagnostics.error(span, refusal.message);
        found.helps.extend(refusal.help);
    }

    /// The items of an array; `example` shows one.
    pub(super) fn array<'t>(&mut self, value: &Value<'t>, example: &str) -> Vec<Value<'t>> {
        if let Some(items) = value.items() {
            return items.collect();
        }
        let key = value.subject.key().to_owned();
        if let Some(found) = self.wrong_type(value, "an array") {
            found.help(format!("for example: {key} = {example}"));
        }
        Vec::new()
    }

    /// A plain TOML value as it is given to `[globals]`.
    pub(super) fn literal(&mut self, value: &Value<'_>) -> Option<Literal> {
        Some(match value.data {
            DeValue::String(_) => Literal::Str(self.string(value)?),
            DeValue::Boolean(boolean) => Literal::Bool(*boolean),
            DeValue::Datetime(datetime) => Literal::Str(datetime.to_string()),
            DeValue::Integer(integer) => Literal::Int(self.literal_integer(value, integer)?),
            DeValue::Float(float) => {
                let number: f64 = float.as_str().parse().unwrap_or(f64::NAN);
                if number.is_infinite() && !float.as_str().contains("inf") {
                    self.diagnostics
                        .error(
                            value.span,
                            format!("{} is too large for a float", text::shown(float.as_str())),
                        )
                        .help("the largest is about 1.8e308; `inf` is possible");
                    return None;
                }
                Literal::Float(number)
            }
            DeValue::Array(_) => {
                let items: Vec<_> = value.items().into_iter().flatten().collect();
                Literal::List(items.iter().filter_map(|item| self.literal(item)).collect())
            }
            DeValue::Table(_) => {
                let entries = value.entries().unwrap_or_default();
                let pair = |this: &mut Self, entry: &super::table::Entry<'_>| {
                    Some((entry.key.to_owned(), this.literal(&entry.value)?))
                };
                Literal::Dict(entries.iter().filter_map(|entry| pair(self, entry)).collect())
            }
        })
    }

    fn literal_integer(&mut self, value: &Value<'_>, integer: &DeInteger<'_>) -> Option<i64> {
        let number = parse_integer(integer).and_then(|number| i64::try_from(number).ok());
        if number.is_none() && !self.is_doubtful(value.span) {
            self.diagnostics
                .error(
                    value.span,
                    format!(
                        "{} does not fit in 64 bits, as TOML has it",
                        text::shown(integer.as_str())
                    ),
                )
                .help("build it from an expression, in the section [objects]: big = \"10 ** 30\"");
        }
        number
    }
}

/// A TOML integer; `None` if it is far too large.
pub(super) fn parse_integer(integer: &DeInteger<'_>) -> Option<i128> {
    i128::from_str_radix(integer.as_str(), integer.radix()).ok()
}

/// What a scalar would be as a Python expression, to be shown in quotes.
fn quoted_literal(source: &str, data: &DeValue<'_>) -> Option<String> {
    match data {
        DeValue::Boolean(true) => Some("True".to_owned()),
        DeValue::Boolean(false) => Some("False".to_owned()),
        DeValue::Integer(_) | DeValue::Float(_) => Some(text::shown(source)),
        _ => None,
    }
}
