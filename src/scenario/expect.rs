//! `[expect]`: what a run must come to.

use super::model::{Expect, Expr};
use super::parse::Parser;
use super::step::Scope;
use super::table::{Value, meant};
use super::text::shown;
use crate::source::Span;
use crate::trace::outcome::LimitKind;

pub(super) const EXPECT_KEYS: [&str; 6] =
    ["output", "order", "duration", "outcome", "finally", "always"];

/// The forms of an outcome.
const OUTCOMES: &str =
    "possible: \"completed\", \"deadlock\", \"raises ValueError\", \"limit handles\"";

impl Parser<'_> {
    /// `[expect]`.
    pub(super) fn expect(&mut self, value: &Value<'_>) -> Expect {
        let Some(mut table) = self.table(value, "in [expect]", &EXPECT_KEYS) else {
            return Expect::default();
        };
        Expect {
            output: table.take("output").map(|value| self.lines(&value)),
            order: table.take("order").map(|value| self.lines(&value)),
            duration: table.take("duration").and_then(|value| {
                self.fixed_duration(&value).map(|duration| (duration, value.span))
            }),
            outcome: table.take("outcome").and_then(|value| self.outcome(&value)),
            finally: table.take("finally").map_or_else(Vec::new, |value| self.claims(&value)),
            always: table.take("always").map_or_else(Vec::new, |value| self.claims(&value)),
        }
    }

    fn lines(&mut self, value: &Value<'_>) -> (Vec<String>, Span) {
        let items = self.array(value, "[\"first line\", \"second line\"]");
        let mut lines = Vec::new();
        for item in items {
            let Some(line) = self.string(&item) else { continue };
            if line.contains('\n') && !self.is_doubtful(item.span) {
                let message = format!("{} has more than one line", item.subject);
                self.diagnostics
                    .error(item.span, message)
                    .help("write a string for each line: [\"first line\", \"second line\"]");
            }
            lines.push(line);
        }
        (lines, value.span)
    }

    fn claims(&mut self, value: &Value<'_>) -> Vec<Expr> {
        let scope = Scope::outside("an expectation is looked at from outside the event loop");
        let items = self.array(value, "[\"counter == 2\"]");
        items.iter().filter_map(|item| self.maybe_expr(item, &scope)).collect()
    }

    fn outcome(&mut self, value: &Value<'_>) -> Option<(String, Span)> {
        let text = self.text(value)?;
        let words: Vec<&str> = text.as_str().split_whitespace().collect();
        let kinds = || LimitKind::ALL.map(LimitKind::name);
        let is_known = match words.as_slice() {
            ["completed" | "deadlock"] => true,
            ["raises", exception] => is_exception_name(exception),
            ["limit", kind] => kinds().contains(kind),
            _ => false,
        };
        if is_known {
            return Some((words.join(" "), text.span()));
        }
        if self.is_doubtful(value.span) {
            return None;
        }
        let shown = shown(text.as_str().trim());
        let found =
            self.diagnostics.error(text.span(), format!("`outcome`: unknown outcome `{shown}`"));
        let wanted = match words.as_slice() {
            ["raises" | "limit"] | [] => None,
            ["raise" | "raised", exception] => {
                Some(format!("raises {}", super::text::shown(exception)))
            }
            ["limit", kind] => meant(kind, kinds()).map(|kind| format!("limit {kind}")),
            [exception] if exception.ends_with("Error") || exception.ends_with("Exception") => {
                Some(format!("raises {}", super::text::shown(exception)))
            }
            [word] => meant(word, ["completed", "deadlock"]).map(str::to_owned),
            _ => None,
        };
        match (wanted, words.first()) {
            (Some(meant), _) => found.help(format!("did you mean `{meant}`?")),
            (None, Some(&"limit")) => {
                found.help(format!("the limits are: {}", super::table::listed(&kinds())))
            }
            (None, _) => found.help(OUTCOMES),
        };
        None
    }
}

/// Whether a word can name an exception's type.
fn is_exception_name(word: &str) -> bool {
    let is_plain = word.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '.');
    is_plain && word.starts_with(|c: char| c.is_alphabetic() || c == '_')
}
