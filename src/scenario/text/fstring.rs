//! Texts with expressions in braces: `print`, `name` and `message`.
//!
//! Such a text is the content of an f-string, not the source of one: a backslash or a quote in it
//! means itself. It is parsed as a *raw* f-string in triple quotes, where that is so, with two cares:
//! three quotes in a row must not end it, and a quote or backslash at its end must not touch the
//! closing quotes.

use ruff_python_ast as ast;
use ruff_python_ast::Mod;
use ruff_python_ast::token::{TokenKind, Tokens};
use ruff_python_parser::{Mode, Parsed};
use ruff_text_size::Ranged;

use super::Text;
use super::syntax_error::{Language, SyntaxError, Trial};
use crate::python::depth;
use crate::scenario::model::Expr;

/// Between the text and the closing quotes; taken off again.
const END: char = '\n';

/// Runs of three quotes that can stand in a text that has both kinds of them.
const MAX_QUOTE_RUNS: usize = 100;

/// Parses a text as the content of an f-string; the answer is an [`ast::Expr::FString`].
pub(crate) fn fstring(text: &Text) -> Result<Expr, SyntaxError> {
    let quotes = if text.as_str().contains("\"\"\"") { "'''" } else { "\"\"\"" };
    let opening = format!("rf{quotes}");
    depth::check_length(text.as_str()).map_err(|why| SyntaxError::refused(text, why))?;
    let mut stand_in = None;
    let mut content = text.as_str().to_owned();
    for _ in 0..=MAX_QUOTE_RUNS {
        let source = format!("{opening}{content}{END}{quotes}");
        let parsed = depth::parse(&source, Mode::ParenthesizedExpression)
            .map_err(|why| SyntaxError::refused(text, why))?;
        let Some(early_end) = early_end(parsed.tokens(), source.len()) else {
            return finish(text, &opening, &source, parsed, (stand_in, quotes));
        };
        // The lexer has found the quotes to be plain text, so something else can stand there.
        let at = early_end - opening.len();
        let stand_in = stand_in.get_or_insert_with(|| unused_character(text.as_str()));
        content.replace_range(at..at + quotes.len(), stand_in.encode_utf8(&mut [0; 4]));
    }
    let message = format!("more than {MAX_QUOTE_RUNS} runs of three quotes, of both kinds");
    Err(SyntaxError::new(text.span(), message).help("print them from a variable: {quotes}"))
}

/// A character that does not occur in `text` and takes as many bytes as three quotes, so that no
/// place shifts when it stands in for them.
fn unused_character(text: &str) -> char {
    // Private use, so it is hardly ever found; a text cannot hold all three-byte characters, being
    // shorter than they are together.
    ('\u{e000}'..='\u{ffff}')
        .chain('\u{800}'..='\u{d7ff}')
        .find(|c| !text.contains(*c))
        .unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// Where closing quotes stand before the end of the source, in the plain text of the f-string.
fn early_end(tokens: &Tokens, source_len: usize) -> Option<usize> {
    let mut n_open = 0;
    for token in tokens {
        match token.kind() {
            TokenKind::FStringStart | TokenKind::TStringStart | TokenKind::Lbrace => n_open += 1,
            TokenKind::Rbrace => n_open -= 1,
            TokenKind::FStringEnd | TokenKind::TStringEnd if n_open > 1 => n_open -= 1,
            TokenKind::FStringEnd => {
                let is_early = token.range().end().to_usize() < source_len;
                return is_early.then(|| token.range().start().to_usize());
            }
            _ => {}
        }
    }
    None
}

fn finish(
    text: &Text,
    opening: &str,
    source: &str,
    parsed: Parsed<Mod>,
    (stand_in, quotes): (Option<char>, &str),
) -> Result<Expr, SyntaxError> {
    let places = text.places(opening.len());
    if parsed.has_invalid_syntax() {
        let (prefix, language) = (opening.len(), Language::FString);
        return Err(Trial { text, source, prefix, places: &places, language }.error(&parsed));
    }
    let parts = match parsed.into_syntax() {
        Mod::Expression(module) => match *module.body {
            ast::Expr::FString(fstring) => fstring,
            other => return Err(SyntaxError::new(places.span(&other), "expected a text")),
        },
        Mod::Module(_) => return Err(SyntaxError::new(text.span(), "expected a text")),
    };
    let Some(ast::FStringPart::FString(whole)) = parts.value.as_slice().first() else {
        return Err(SyntaxError::new(text.span(), "expected a text"));
    };
    let mut whole = whole.clone();
    let mut elements = whole.elements.to_vec();
    if let Some(stand_in) = stand_in {
        restore(&mut elements, stand_in, quotes);
    }
    take_off_end(&mut elements);
    whole.elements = elements.into();
    let ast =
        ast::Expr::FString(ast::ExprFString { value: ast::FStringValue::single(whole), ..parts });
    Ok(Expr { span: text.span(), text: source.to_owned(), ast, places })
}

fn restore(elements: &mut [ast::InterpolatedStringElement], stand_in: char, quotes: &str) {
    for element in elements {
        if let ast::InterpolatedStringElement::Literal(literal) = element
            && literal.value.contains(stand_in)
        {
            literal.value = literal.value.replace(stand_in, quotes).into();
        }
    }
}

fn take_off_end(elements: &mut Vec<ast::InterpolatedStringElement>) {
    let Some(ast::InterpolatedStringElement::Literal(last)) = elements.last_mut() else { return };
    let Some(rest) = last.value.strip_suffix(END) else { return };
    if rest.is_empty() {
        elements.pop();
    } else {
        last.value = rest.into();
    }
}
