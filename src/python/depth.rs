//! How deep an expression may nest: what walks over it later does so by recursion.

use ruff_python_ast::Mod;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{Mode, ParseOptions, Parsed, lexer, parse_unchecked};

/// Levels of brackets and operators within each other. `CPython` allows 200 brackets.
pub(crate) const MAX_EXPRESSION_DEPTH: u32 = 200;

/// Bytes of one expression, f-string or statement.
pub(crate) const MAX_TEXT_BYTES: usize = 64 * 1024;

/// Why a text is not even parsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refused {
    /// It is longer than [`MAX_TEXT_BYTES`].
    TooLong,
    /// It nests deeper than [`MAX_EXPRESSION_DEPTH`].
    TooDeep,
}

/// Parses a text that is neither too long nor too deep. There may be syntax errors in the answer.
pub(crate) fn parse(source: &str, mode: Mode) -> Result<Parsed<Mod>, Refused> {
    check_length(source)?;
    if depth(&mut kinds(source, mode)) > MAX_EXPRESSION_DEPTH {
        return Err(Refused::TooDeep);
    }
    let parsed = parse_unchecked(source, ParseOptions::from(mode));
    let actual = depth(&mut parsed.tokens().iter().map(Token::kind));
    if actual > MAX_EXPRESSION_DEPTH {
        // Recovering from an error, the parser reads tokens anew and can find deeper nesting. It
        // guards its own stack; dropping the tree would overflow ours.
        std::mem::forget(parsed);
        return Err(Refused::TooDeep);
    }
    Ok(parsed)
}

/// Refuses a text that is too long.
pub(crate) fn check_length(source: &str) -> Result<(), Refused> {
    if source.len() > MAX_TEXT_BYTES { Err(Refused::TooLong) } else { Ok(()) }
}

/// The kinds of a text's tokens.
pub(crate) fn kinds(source: &str, mode: Mode) -> impl Iterator<Item = TokenKind> {
    let mut lexer = lexer::lex(source, mode);
    std::iter::from_fn(move || Some(lexer.next_token()).filter(|kind| !kind.is_eof()))
}

/// One open bracket or f-string, or the text itself.
#[derive(Default)]
struct Level {
    /// What nests until the level ends: `lambda a, b: lambda c, d: …`.
    lasting: u32,
    /// What nests until the next comma: `a + b + c`.
    passing: u32,
    /// The parts of an f-string stand beside each other, whatever is between them.
    is_fstring: bool,
}

/// No less than the depth of the tree that these tokens can make.
pub(crate) fn depth(kinds: &mut dyn Iterator<Item = TokenKind>) -> u32 {
    let mut levels = vec![Level::default()];
    let mut deepest = 0;
    let mut current = 0;
    for kind in kinds {
        let Some(top) = levels.last_mut() else { break };
        match effect(kind) {
            Effect::Open { is_fstring } => {
                levels.push(Level { is_fstring, ..Level::default() });
                current += 1;
            }
            Effect::Close => {
                if levels.len() > 1 {
                    let closed = levels.pop().unwrap_or_default();
                    current -= closed.lasting + closed.passing + 1;
                }
                // `f(1)(2)(3)` nests though its brackets do not.
                let outer = levels.last_mut().filter(|outer| !outer.is_fstring);
                if let Some(outer) = outer {
                    outer.passing += 1;
                    current += 1;
                }
            }
            Effect::Separate => {
                current -= top.passing;
                top.passing = 0;
            }
            Effect::NestToEnd => {
                top.lasting += 1;
                current += 1;
            }
            Effect::Nest => {
                top.passing += 1;
                current += 1;
            }
            Effect::None => {}
        }
        deepest = deepest.max(current);
    }
    deepest
}

enum Effect {
    Open { is_fstring: bool },
    Close,
    Separate,
    NestToEnd,
    Nest,
    None,
}

fn effect(kind: TokenKind) -> Effect {
    use TokenKind as K;
    match kind {
        K::Lpar | K::Lsqb | K::Lbrace => Effect::Open { is_fstring: false },
        K::FStringStart | K::TStringStart => Effect::Open { is_fstring: true },
        K::Rpar | K::Rsqb | K::Rbrace | K::FStringEnd | K::TStringEnd => Effect::Close,
        // These bind weakest, so operators on both sides of one are in different branches; an `if`
        // or `lambda` before it goes on behind it.
        K::Comma | K::Semi | K::And | K::Or => Effect::Separate,
        K::Name
        | K::Int
        | K::Float
        | K::Complex
        | K::String
        | K::FStringMiddle
        | K::TStringMiddle
        | K::Comment
        | K::Newline
        | K::NonLogicalNewline
        | K::Dedent
        | K::EndOfFile
        | K::True
        | K::False
        | K::None
        | K::Ellipsis
        | K::Exclamation
        | K::Colon
        | K::Else
        | K::For
        | K::Less
        | K::Greater
        | K::LessEqual
        | K::GreaterEqual
        | K::EqEqual
        | K::NotEqual
        | K::In
        | K::Is => Effect::None,
        K::Await => Effect::Nest,
        _ if kind.is_non_soft_keyword() && kind != K::Not => Effect::NestToEnd,
        _ => Effect::Nest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, expected: u32) {
        let mode = Mode::ParenthesizedExpression;
        assert_eq!(depth(&mut kinds(source, mode)), expected, "{source}");
    }

    #[test]
    fn depth_counts_what_nests() {
        check("a", 0);
        check("a + b + c", 2);
        check("[1 + 2, 3 + 4, 5 + 6]", 2);
        check("((a))", 2);
        check("f(1)(2)", 2);
        check("not not a and not b", 2);
        check("a.b.c", 2);
        check("lambda a, b: lambda c, d: 0", 2);
        check("x if a or b else y if c or d else z", 2);
        check("f'{a}{b}{c}'", 2);
    }
}
