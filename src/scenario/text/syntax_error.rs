//! What is wrong with a text, in words for someone who has never read a parser's message.

use ruff_python_ast::Mod;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{InterpolatedStringErrorType, LexicalErrorType, ParseErrorType, Parsed};
use ruff_text_size::{Ranged, TextRange};

use super::Text;
use crate::python::depth::{MAX_EXPRESSION_DEPTH, MAX_TEXT_BYTES, Refused};
use crate::scenario::model::Places;
use crate::source::Span;

/// Why a text is not what it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SyntaxError {
    /// Where in the file.
    pub(crate) span: Span,
    /// What is wrong: a lower-case fragment.
    pub(crate) message: String,
    /// What to do.
    pub(crate) helps: Vec<String>,
}

impl SyntaxError {
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into(), helps: Vec::new() }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.helps.push(help.into());
        self
    }

    pub(super) fn help_opt(mut self, help: Option<String>) -> Self {
        self.helps.extend(help);
        self
    }

    pub(super) fn refused(text: &Text, why: Refused) -> Self {
        match why {
            Refused::TooLong => {
                Self::new(text.span(), format!("more than {MAX_TEXT_BYTES} bytes in one string"))
                    .help("compute it in several steps")
            }
            Refused::TooDeep => Self::new(
                text.span(),
                format!("more than {MAX_EXPRESSION_DEPTH} levels of brackets and operators"),
            )
            .help("compute it in several steps, each with a name: do = \"part = …\""),
        }
    }
}

/// What a text was parsed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Expression,
    FString,
    Statement,
}

/// A text that did not parse.
pub(super) struct Trial<'a> {
    pub(super) text: &'a Text,
    /// What the parser got: the text with something around it.
    pub(super) source: &'a str,
    /// Bytes in front of the text.
    pub(super) prefix: usize,
    pub(super) places: &'a Places,
    pub(super) language: Language,
}

impl Trial<'_> {
    /// The first mistake; what follows it are mostly consequences.
    pub(super) fn error(&self, parsed: &Parsed<Mod>) -> SyntaxError {
        // An open quote swallows brackets; but what an open brace of a text swallows is the quotes
        // that were put around it.
        let end = self.prefix + self.text.as_str().len();
        let open_quote = parsed
            .errors()
            .iter()
            .find(|error| is_open_quote(&error.error) && error.location.start().to_usize() < end);
        if open_quote.is_none()
            && let Some(error) = self.bracket_error(parsed.tokens())
        {
            return error;
        }
        let telling = || parsed.errors().iter().find(|error| tells_more(&error.error));
        let Some(first) = open_quote.or_else(telling).or_else(|| parsed.errors().first()) else {
            return SyntaxError::new(self.text.span(), "this cannot be parsed");
        };
        let found = self.found(first.location);
        let at = first.location;
        let words = self.words(&first.error, &found, at);
        let advice = self.advice_on_signs(&found, at);
        let advice = advice.or_else(|| self.advice(&first.error, &found, at));
        SyntaxError::new(self.span(at), words).help_opt(advice.map(str::to_owned))
    }

    fn span(&self, range: TextRange) -> Span {
        self.places.span_of_range(range)
    }

    /// The bytes at fault; empty if they lie behind the text.
    fn found(&self, range: TextRange) -> String {
        const LONGEST: usize = 30;
        let end = self.prefix + self.text.as_str().len();
        let range = range.start().to_usize()..range.end().to_usize().min(end);
        let found = self.source.get(range).unwrap_or_default().trim();
        found.lines().next().unwrap_or_default().chars().take(LONGEST).collect()
    }

    fn words(&self, error: &ParseErrorType, found: &str, at: TextRange) -> String {
        match error {
            ParseErrorType::ExpectedToken { expected, .. } if found.is_empty() => {
                format!("{} is missing at the end", token_words(*expected))
            }
            ParseErrorType::ExpectedToken { expected, .. } => {
                format!("expected {}, found `{found}`", token_words(*expected))
            }
            ParseErrorType::ExpectedExpression if found.is_empty() => {
                "the end comes too early: an expression is missing".to_owned()
            }
            ParseErrorType::ExpectedExpression if self.is_empty_field(found, at) => {
                "the braces hold no expression".to_owned()
            }
            _ if STATEMENTS.contains(&found) && self.language != Language::Statement => {
                format!("expected an expression, found the statement `{found}`")
            }
            ParseErrorType::ExpectedExpression => {
                format!("expected an expression, found `{found}`")
            }
            ParseErrorType::FStringError(InterpolatedStringErrorType::UnclosedLbrace)
                if !found.is_empty() =>
            {
                format!("expected `}}`, found `{found}`")
            }
            ParseErrorType::UnexpectedExpressionToken
            | ParseErrorType::SimpleStatementsOnSameLine => format!("unexpected `{found}`"),
            ParseErrorType::Lexical(LexicalErrorType::UnrecognizedToken { tok }) => {
                format!("unexpected character `{tok}`")
            }
            ParseErrorType::Lexical(LexicalErrorType::UnicodeError) => {
                "an escape in a string literal is not complete".to_owned()
            }
            ParseErrorType::FStringError(why)
            | ParseErrorType::Lexical(LexicalErrorType::FStringError(why)) => fstring_words(why),
            other => lower_first(&other.to_string()),
        }
    }

    /// What to write instead of signs that other languages have.
    fn advice_on_signs(&self, found: &str, at: TextRange) -> Option<&'static str> {
        let before = self.source.get(..at.start().to_usize()).unwrap_or_default().trim_end();
        let doubled = [
            ("&", "&&", "Python writes `and`"),
            ("|", "||", "Python writes `or`"),
            ("+", "++", "Python has no `++`: { do = \"name += 1\" }"),
            ("-", "--", "Python has no `--`: { do = \"name -= 1\" }"),
        ];
        let meant = doubled.iter().find(|(sign, twice, _)| {
            let is_here = found.starts_with(sign) && before.ends_with(sign);
            is_here || (found.is_empty() && before.ends_with(twice))
        });
        match found {
            _ if meant.is_some() => meant.map(|(.., words)| *words),
            "=" if self.language != Language::Statement => Some(
                "to compare write `==`; to assign use a step of its own: { do = \"name = …\" }",
            ),
            _ if found.starts_with('!') && self.language != Language::FString => {
                Some("Python writes `not`")
            }
            _ if found.starts_with('?') => Some("Python writes `a if condition else b`"),
            _ => None,
        }
    }

    fn advice(&self, error: &ParseErrorType, found: &str, at: TextRange) -> Option<&'static str> {
        Some(match error {
            _ if self.is_empty_field(found, at) => {
                "put an expression in: {name}; for braces in the output write {{ and }}"
            }
            _ if is_open_quote(error) => {
                "close it with the same quote; in TOML's \"…\" a `\"` is written `\\\"`, so `'` is easier"
            }
            ParseErrorType::UnexpectedExpressionToken
            | ParseErrorType::SimpleStatementsOnSameLine
                if found.starts_with(is_operand) =>
            {
                "is an operator, a comma or a bracket missing before it?"
            }
            ParseErrorType::InvalidAssignmentTarget => {
                "names, attributes and items can be assigned to; to compare write `==`"
            }
            ParseErrorType::Lexical(LexicalErrorType::OtherError(why))
                if why.contains("decimal integer") && found.starts_with('0') =>
            {
                "a number has no zeros in front; octal numbers begin with 0o"
            }
            ParseErrorType::FStringError(why)
            | ParseErrorType::Lexical(LexicalErrorType::FStringError(why)) => match why {
                InterpolatedStringErrorType::SingleRbrace => "for a brace in the output write }}",
                InterpolatedStringErrorType::LambdaWithoutParentheses => {
                    "its colon would begin a format: put it in parentheses"
                }
                _ => return None,
            },
            _ => return None,
        })
    }

    /// Whether this is the end of braces with nothing in them.
    fn is_empty_field(&self, found: &str, at: TextRange) -> bool {
        let before = self.source.get(..at.start().to_usize()).unwrap_or_default();
        self.language == Language::FString
            && found.starts_with(['}', ':', '!'])
            && before.trim_end().ends_with('{')
    }

    /// A bracket without its partner, told as `CPython` tells it.
    fn bracket_error(&self, tokens: &[Token]) -> Option<SyntaxError> {
        let mut open: Vec<Token> = Vec::new();
        for token in tokens {
            let kind = token.kind();
            if closer(kind).is_some() {
                open.push(*token);
            } else if is_closer(kind) {
                match open.last().map(|last| closer(last.kind())) {
                    Some(Some(expected)) if expected == kind => {
                        open.pop();
                    }
                    _ => return Some(self.wrong_closer(*token, open.last())),
                }
            }
        }
        // What the text is wrapped in, or an f-string whose own error says more, is not at fault.
        let unclosed = open.into_iter().rfind(|token| {
            let is_wrapping = token.range().start().to_usize() < self.prefix;
            !is_wrapping
                && !matches!(token.kind(), TokenKind::FStringStart | TokenKind::TStringStart)
        })?;
        Some(self.never_closed(unclosed))
    }

    fn never_closed(&self, open: Token) -> SyntaxError {
        let error = SyntaxError::new(
            self.span(open.range()),
            format!("{} is never closed", token_words(open.kind())),
        );
        if self.language == Language::FString && open.kind() == TokenKind::Lbrace {
            return error.help("close it with `}`; for a brace in the output write {{");
        }
        error
    }

    fn wrong_closer(&self, found: Token, open: Option<&Token>) -> SyntaxError {
        let words = token_words(found.kind());
        // In an f-string, the partner missing is that of the string's own end or of a lone brace.
        if let Some(open) = open.filter(|open| open.kind() == TokenKind::Lbrace)
            && matches!(found.kind(), TokenKind::FStringEnd | TokenKind::TStringEnd)
        {
            return self.never_closed(*open);
        }
        let is_in_fstring = open.is_some_and(|open| open.kind() == TokenKind::FStringStart);
        if found.kind() == TokenKind::Rbrace && is_in_fstring {
            return SyntaxError::new(self.span(found.range()), "a single `}` in a text")
                .help("for a brace in the output write }}");
        }
        match open.filter(|open| open.range().start().to_usize() >= self.prefix) {
            Some(open)
                if !matches!(found.kind(), TokenKind::FStringEnd | TokenKind::TStringEnd) =>
            {
                let message = format!("{words} does not close {}", token_words(open.kind()));
                SyntaxError::new(self.span(found.range()), message)
            }
            Some(open) => self.never_closed(*open),
            None => SyntaxError::new(self.span(found.range()), format!("{words} closes nothing")),
        }
    }
}

/// A text short enough to be shown in a message.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text.chars().take(LONGEST).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}

/// Words that begin a statement, and are tried in expressions.
const STATEMENTS: [&str; 14] = [
    "assert", "break", "class", "continue", "def", "del", "for", "global", "import", "pass",
    "raise", "return", "while", "with",
];

/// Whether an error says more than the one that the parser met before it.
fn tells_more(error: &ParseErrorType) -> bool {
    let lambda = InterpolatedStringErrorType::LambdaWithoutParentheses;
    *error == ParseErrorType::FStringError(lambda)
}

fn is_open_quote(error: &ParseErrorType) -> bool {
    matches!(error, ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError))
}

/// Whether a value can begin with this.
fn is_operand(c: char) -> bool {
    c.is_alphanumeric() || "_\"'([{".contains(c)
}

fn closer(open: TokenKind) -> Option<TokenKind> {
    Some(match open {
        TokenKind::Lpar => TokenKind::Rpar,
        TokenKind::Lsqb => TokenKind::Rsqb,
        TokenKind::Lbrace => TokenKind::Rbrace,
        TokenKind::FStringStart => TokenKind::FStringEnd,
        TokenKind::TStringStart => TokenKind::TStringEnd,
        _ => return None,
    })
}

fn is_closer(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::Rpar
            | TokenKind::Rsqb
            | TokenKind::Rbrace
            | TokenKind::FStringEnd
            | TokenKind::TStringEnd
    )
}

fn token_words(kind: TokenKind) -> String {
    match kind {
        TokenKind::Name => "a name".to_owned(),
        TokenKind::Newline | TokenKind::NonLogicalNewline => "a line end".to_owned(),
        TokenKind::EndOfFile => "the end".to_owned(),
        TokenKind::FStringStart | TokenKind::FStringEnd | TokenKind::FStringMiddle => {
            "an f-string".to_owned()
        }
        TokenKind::Indent | TokenKind::Dedent => "an indented block".to_owned(),
        other => other.to_string(),
    }
}

fn fstring_words(why: &InterpolatedStringErrorType) -> String {
    match why {
        InterpolatedStringErrorType::UnclosedLbrace => "`{` is never closed".to_owned(),
        InterpolatedStringErrorType::SingleRbrace => "a single `}` in a text".to_owned(),
        InterpolatedStringErrorType::InvalidConversionFlag => {
            "after `!` comes `r`, `s` or `a`".to_owned()
        }
        InterpolatedStringErrorType::ConversionFlagNotImmediatelyAfterExclamation => {
            "after `!` comes `r`, `s` or `a`, without a space".to_owned()
        }
        other => other.to_string(),
    }
}

fn lower_first(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
    first + chars.as_str()
}
