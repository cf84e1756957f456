//! Expressions, texts and durations as Python.

use std::fmt::Write as _;

use ruff_python_ast as ast;
use ruff_text_size::{Ranged, TextRange};

use crate::scenario::model::{DurationExpr, Expr};
use crate::time::Duration;

/// An expression, on one line: line ends of its text are only allowed inside of brackets, where
/// they mean nothing, and in texts.
pub(super) fn expr(expr: &Expr) -> String {
    let source = slice(expr, expr.ast.range());
    let needs_brackets = source.contains('\n')
        || matches!(expr.ast, ast::Expr::Named(_) | ast::Expr::Yield(_) | ast::Expr::YieldFrom(_));
    if needs_brackets { format!("({source})") } else { source.to_owned() }
}

/// Some part of an expression's text.
pub(super) fn slice(expr: &Expr, range: TextRange) -> &str {
    expr.text.get(range.start().to_usize()..range.end().to_usize()).unwrap_or_default()
}

/// A text in double quotes.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", escaped(text, "\""))
}

fn escaped(text: &str, quotes: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if quotes.contains(c) => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => _ = write!(out, "\\x{:02x}", c as u32),
            c => out.push(c),
        }
    }
    out
}

/// What stands in a `print`: an f-string, or a plain text if nothing is in braces.
pub(super) fn fstring(expr: &Expr) -> String {
    let ast::Expr::FString(whole) = &expr.ast else { return self::expr(expr) };
    let elements: Vec<_> = whole.value.elements().collect();
    let plain = |element: &&ast::InterpolatedStringElement| {
        matches!(element, ast::InterpolatedStringElement::Literal(_))
    };
    if elements.iter().all(plain) {
        let text: String = elements
            .iter()
            .filter_map(|element| element.as_literal())
            .map(|literal| &*literal.value)
            .collect();
        return quoted(&text);
    }
    // Before 3.12 no quotes of its own kind may stand in an f-string.
    let inside: String = elements
        .iter()
        .filter(|element| !plain(element))
        .map(|element| slice(expr, element.range()))
        .collect();
    let quotes = ["\"", "'", "\"\"\"", "'''"];
    let free = quotes.into_iter().find(|quotes| !inside.contains(quotes)).unwrap_or("\"");
    let mut out = format!("f{free}");
    for element in elements {
        match element {
            ast::InterpolatedStringElement::Literal(literal) => {
                let text = escaped(&literal.value, free);
                out.push_str(&text.replace('{', "{{").replace('}', "}}"));
            }
            ast::InterpolatedStringElement::Interpolation(_) => {
                out.push_str(slice(expr, element.range()));
            }
        }
    }
    out.push_str(free);
    out
}

/// A duration in seconds.
pub(super) fn duration(duration: &DurationExpr) -> String {
    match duration {
        DurationExpr::Fixed(duration, _) => seconds(*duration),
        DurationExpr::Seconds(expr) => self::expr(expr),
    }
}

fn seconds(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    let (whole, rest) = (nanos / 1_000_000_000, nanos % 1_000_000_000);
    if rest == 0 {
        return whole.to_string();
    }
    let fraction = format!("{rest:09}");
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}

/// A call, as a function and its arguments: what `run_in_executor` and its kin take. Arguments by
/// name, which these do not take, are bound beforehand.
pub(super) fn call(expr: &Expr) -> String {
    let ast::Expr::Call(call) = &expr.ast else { return self::expr(expr) };
    let function = slice(expr, call.func.range());
    if call.arguments.keywords.is_empty() {
        let args = call.arguments.args.iter().map(|arg| slice(expr, arg.range()));
        return std::iter::once(function).chain(args).collect::<Vec<_>>().join(", ");
    }
    let inside = slice(expr, call.arguments.range());
    let inside = inside.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    format!("functools.partial({function}, {})", inside.unwrap_or_default())
}
