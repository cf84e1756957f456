//! Expressions and what is made of them: awaitables of a `gather`, loop heads, parameters.

use ruff_python_ast as ast;
use ruff_python_ast::Mod;
use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_ast::visitor::{Visitor, walk_comprehension, walk_expr};
use ruff_python_parser::{Mode, Parsed};
use ruff_text_size::{Ranged, TextRange};

use super::Text;
use super::syntax_error::{Language, SyntaxError, Trial, shown};
use crate::python::depth;
use crate::scenario::model::{Expr, Name, Places};

/// Parses a text as one expression; it may span lines, as if it stood in parentheses.
pub(crate) fn expression(text: &Text) -> Result<Expr, SyntaxError> {
    parse_wrapped(text, Wrapping::None)
}

/// Parses what may also be a comprehension without brackets: `fetch(i) for i in range(3)`.
pub(crate) fn iterable(text: &Text) -> Result<Expr, SyntaxError> {
    let parsed = depth::parse(text.as_str(), Mode::ParenthesizedExpression)
        .map_err(|why| SyntaxError::refused(text, why))?;
    let tokens = parsed.tokens();
    // A bracket that closes nothing must not find a partner in what is put around the text.
    let comprehends = first_outside_brackets(tokens, TokenKind::For).is_some()
        && with_depth(tokens).all(|(_, depth)| depth >= 0);
    let wrapping = if comprehends { Wrapping::Parentheses } else { Wrapping::None };
    parse_wrapped(text, wrapping)
}

#[derive(Clone, Copy)]
enum Wrapping {
    None,
    Parentheses,
}

fn parse_wrapped(text: &Text, wrapping: Wrapping) -> Result<Expr, SyntaxError> {
    let (source, prefix) = match wrapping {
        Wrapping::None => (text.as_str().to_owned(), 0),
        // The line end closes a comment that the text may end with.
        Wrapping::Parentheses => (format!("({}\n)", text.as_str()), 1),
    };
    let parsed = depth::parse(&source, Mode::ParenthesizedExpression)
        .map_err(|why| SyntaxError::refused(text, why))?;
    let places = text.places(prefix);
    if parsed.has_invalid_syntax() {
        let language = Language::Expression;
        return Err(
            Trial { text, source: &source, prefix, places: &places, language }.error(&parsed)
        );
    }
    match parsed.into_syntax() {
        Mod::Expression(module) => {
            Ok(Expr { span: text.span(), text: source, ast: *module.body, places })
        }
        Mod::Module(_) => Err(SyntaxError::new(text.span(), "expected an expression")),
    }
}

/// Parses a loop's head: `i in range(3)`, `i, x in enumerate(xs)`.
pub(crate) fn loop_clause(text: &Text) -> Result<(Expr, Expr), SyntaxError> {
    let parsed = depth::parse(text.as_str(), Mode::ParenthesizedExpression)
        .map_err(|why| SyntaxError::refused(text, why))?;
    if let Some(first) = first_token(&parsed).filter(|first| first.kind() == TokenKind::For) {
        return Err(SyntaxError::new(text.span_of(bytes(first.range())), "`for` is said twice")
            .help("leave it out of the string: for = \"i in range(3)\""));
    }
    let Some(r#in) = first_outside_brackets(parsed.tokens(), TokenKind::In) else {
        return Err(SyntaxError::new(text.span(), "a loop needs an `in`")
            .help("name what each round gets and where it comes from: for = \"i in range(3)\""));
    };
    let colon = parsed.tokens().iter().rfind(|token| !token.kind().is_any_newline());
    if let Some(colon) = colon.filter(|last| last.kind() == TokenKind::Colon) {
        return Err(SyntaxError::new(text.span_of(bytes(colon.range())), "unexpected `:`")
            .help("the body of the loop is in `steps`, so no `:` stands behind its head"));
    }
    let target = text.slice(0..bytes(r#in).start).trimmed();
    let iterable = text.slice(bytes(r#in).end..text.as_str().len()).trimmed();
    if target.as_str().is_empty() {
        return Err(SyntaxError::new(text.span_of(bytes(r#in)), "a name is missing before `in`")
            .help("name what each round gets: for = \"i in range(3)\""));
    }
    if iterable.as_str().is_empty() {
        return Err(SyntaxError::new(text.span_of(bytes(r#in)), "nothing stands behind `in`")
            .help("say what the loop goes through: for = \"i in range(3)\""));
    }
    let mut target = expression(&target)?;
    into_target(&mut target.ast, &target.places)?;
    Ok((target, expression(&iterable)?))
}

/// Parses what is raised: `ValueError('no')`, `ValueError('no') from error`.
pub(crate) fn raise_clause(text: &Text) -> Result<(Expr, Option<Expr>), SyntaxError> {
    let parsed = depth::parse(text.as_str(), Mode::ParenthesizedExpression)
        .map_err(|why| SyntaxError::refused(text, why))?;
    let Some(from) = first_outside_brackets(parsed.tokens(), TokenKind::From) else {
        return Ok((expression(text)?, None));
    };
    let raised = text.slice(0..bytes(from).start).trimmed();
    let cause = text.slice(bytes(from).end..text.as_str().len()).trimmed();
    if raised.as_str().is_empty() || cause.as_str().is_empty() {
        let side = if cause.as_str().is_empty() { "behind" } else { "before" };
        let message = format!("nothing stands {side} `from`");
        return Err(SyntaxError::new(text.span_of(bytes(from)), message)
            .help("for example: raise = \"ValueError('no') from error\""));
    }
    Ok((expression(&raised)?, Some(expression(&cause)?)))
}

fn first_token(parsed: &Parsed<Mod>) -> Option<&ast::token::Token> {
    parsed.tokens().iter().find(|token| !token.kind().is_any_newline())
}

fn first_outside_brackets(tokens: &Tokens, wanted: TokenKind) -> Option<TextRange> {
    with_depth(tokens)
        .find(|(token, depth)| token.kind() == wanted && *depth == 0)
        .map(|(token, _)| token.range())
}

/// Each token, with how many brackets are open behind it.
fn with_depth(tokens: &Tokens) -> impl Iterator<Item = (&ast::token::Token, i32)> {
    use TokenKind as K;
    tokens.iter().scan(0, |depth, token| {
        match token.kind() {
            K::Lpar | K::Lsqb | K::Lbrace | K::FStringStart | K::TStringStart => *depth += 1,
            K::Rpar | K::Rsqb | K::Rbrace | K::FStringEnd | K::TStringEnd => *depth -= 1,
            _ => {}
        }
        Some((token, *depth))
    })
}

fn bytes(range: TextRange) -> std::ops::Range<usize> {
    range.start().to_usize()..range.end().to_usize()
}

/// Makes an expression the target of an assignment, as Python's grammar would have parsed it.
fn into_target(target: &mut ast::Expr, places: &Places) -> Result<(), SyntaxError> {
    let store = ast::ExprContext::Store;
    match target {
        ast::Expr::Name(name) => name.ctx = store,
        ast::Expr::Attribute(attribute) => attribute.ctx = store,
        ast::Expr::Subscript(subscript) => subscript.ctx = store,
        ast::Expr::Starred(starred) => {
            starred.ctx = store;
            into_target(&mut starred.value, places)?;
        }
        ast::Expr::Tuple(tuple) => {
            tuple.ctx = store;
            for element in &mut tuple.elts {
                into_target(element, places)?;
            }
        }
        ast::Expr::List(list) => {
            list.ctx = store;
            for element in &mut list.elts {
                into_target(element, places)?;
            }
        }
        other => {
            return Err(SyntaxError::new(places.span(other), "a loop cannot assign to this")
                .help("name what each round gets: for = \"i in range(3)\""));
        }
    }
    Ok(())
}

/// Parses a parameter: `request_id`, `delay = 1`.
pub(crate) fn parameter(text: &Text) -> Result<(Name, Option<Expr>), SyntaxError> {
    let parsed = depth::parse(text.as_str(), Mode::ParenthesizedExpression)
        .map_err(|why| SyntaxError::refused(text, why))?;
    if let Some(star) = first_token(&parsed)
        .filter(|first| matches!(first.kind(), TokenKind::Star | TokenKind::DoubleStar))
    {
        return Err(SyntaxError::new(
            text.span_of(bytes(star.range())),
            "a parameter cannot collect several arguments",
        )
        .help("pass a list instead, and name the parameter without stars"));
    }
    if let Some(colon) = first_outside_brackets(parsed.tokens(), TokenKind::Colon) {
        return Err(SyntaxError::new(text.span_of(bytes(colon)), "a parameter has no type here")
            .help("write the name and, if it has one, the default: \"delay = 1\""));
    }
    let equal = first_outside_brackets(parsed.tokens(), TokenKind::Equal).map(bytes);
    let end = equal.as_ref().map_or(text.as_str().len(), |equal| equal.start);
    let name = target_name(&text.slice(0..end).trimmed(), "parameter")?;
    let Some(equal) = equal else { return Ok((name, None)) };
    let default = text.slice(equal.end..text.as_str().len()).trimmed();
    if default.as_str().is_empty() {
        return Err(SyntaxError::new(text.span_of(equal), "a default is missing behind `=`")
            .help("write it as an expression: \"delay = 1\""));
    }
    Ok((name, Some(expression(&default)?)))
}

/// Python's keywords; none can be a name.
const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

/// Takes a text as a name: a Python identifier. `what` says of what, for the message.
pub(crate) fn target_name(text: &Text, what: &str) -> Result<Name, SyntaxError> {
    let name = text.as_str();
    let rule = "a name has letters, digits and `_`, and does not begin with a digit";
    let mut chars = name.chars();
    let begins_well = chars.next().is_some_and(|c| c.is_alphabetic() || c == '_');
    if name.is_empty() {
        return Err(
            SyntaxError::new(text.span(), format!("the name of a {what} is empty")).help(rule)
        );
    }
    if !begins_well || !chars.all(|c| c.is_alphanumeric() || c == '_') {
        let message = format!("`{}` cannot be the name of a {what}", shown(name));
        let plain = match name.strip_suffix("()") {
            Some(called) => Some(format!("write the name alone: {}", shown(called))),
            None if name.contains(',') => Some("write a string for each name".to_owned()),
            None => plain_name(name).map(|plain| format!("write `{}`", shown(&plain))),
        };
        return Err(SyntaxError::new(text.span(), message).help(rule).help_opt(plain));
    }
    if KEYWORDS.contains(&name) {
        let message = format!("`{name}` cannot be the name of a {what}: it is a word of Python");
        return Err(SyntaxError::new(text.span(), message).help(format!("write `{name}_`")));
    }
    Ok(Name { text: name.to_owned(), span: text.span() })
}

/// The name that was probably meant: `print-numbers` becomes `print_numbers`.
fn plain_name(name: &str) -> Option<String> {
    let plain: String = name.trim().replace(['-', ' ', '.'], "_");
    let is_name = plain.chars().all(|c| c.is_alphanumeric() || c == '_')
        && plain.starts_with(|c: char| c.is_alphabetic() || c == '_');
    is_name.then_some(plain)
}

/// Where something is awaited in an expression, if anything is.
pub(crate) fn first_await(node: &ast::Expr) -> Option<TextRange> {
    let mut search = AwaitSearch { found: None };
    search.visit_expr(node);
    search.found
}

/// Where something is awaited in a statement, if anything is.
pub(crate) fn first_await_in(node: &ast::Stmt) -> Option<TextRange> {
    let mut search = AwaitSearch { found: None };
    search.visit_stmt(node);
    search.found
}

struct AwaitSearch {
    found: Option<TextRange>,
}

impl<'a> Visitor<'a> for AwaitSearch {
    fn visit_expr(&mut self, expr: &'a ast::Expr) {
        if self.found.is_some() {
            return;
        }
        if let ast::Expr::Await(found) = expr {
            self.found = Some(found.range());
        }
        walk_expr(self, expr);
    }

    fn visit_comprehension(&mut self, comprehension: &'a ast::Comprehension) {
        if comprehension.is_async {
            self.found.get_or_insert(comprehension.range());
        }
        walk_comprehension(self, comprehension);
    }
}
