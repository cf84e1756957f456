//! What is wrong with a text, in `CPython`'s words.
//!
//! Source: the messages of `CPython` 3.14 (`Grammar/python.gram`, `Parser/pegen_errors.c`).

use ruff_python_ast::Mod;
use ruff_python_ast::token::{Token, TokenKind};
use ruff_python_parser::{InterpolatedStringErrorType, LexicalErrorType, ParseErrorType, Parsed};
use ruff_text_size::{Ranged, TextRange};

use crate::source::{SourceFile, Span};

/// Why a text is no Python.
#[derive(Clone, Debug)]
pub(super) struct SyntaxError {
    /// Where.
    pub span: Span,
    /// `CPython`'s message.
    pub message: String,
}

impl SyntaxError {
    fn new(span: Span, message: impl Into<String>) -> Self {
        Self { span, message: message.into() }
    }
}

/// The first mistake; what follows it are mostly consequences.
pub(super) fn of(source: &SourceFile, parsed: &Parsed<Mod>) -> Option<SyntaxError> {
    let first = parsed.errors().first()?;
    let text = Text { source, tokens: parsed.tokens() };
    if let Some(open) = parsed.errors().iter().find(|error| is_open_string(&error.error)) {
        return Some(text.open_string(open.location));
    }
    if let Some(error) = text.brackets(first.location) {
        return Some(error);
    }
    Some(text.error(&first.error, first.location))
}

fn is_open_string(error: &ParseErrorType) -> bool {
    use InterpolatedStringErrorType as I;
    let in_interpolated =
        |error: &I| matches!(error, I::UnterminatedString | I::UnterminatedTripleQuotedString);
    match error {
        ParseErrorType::Lexical(LexicalErrorType::UnclosedStringError) => true,
        ParseErrorType::Lexical(LexicalErrorType::FStringError(error))
        | ParseErrorType::FStringError(error) => in_interpolated(error),
        _ => false,
    }
}

struct Text<'t> {
    source: &'t SourceFile,
    tokens: &'t [Token],
}

fn span(range: TextRange) -> Span {
    Span::new(range.start().to_usize(), range.end().to_usize())
}

impl Text<'_> {
    fn line(&self, offset: u32) -> u32 {
        self.source.position(offset).line
    }

    fn slice(&self, range: TextRange) -> &str {
        self.source.slice(span(range))
    }

    fn open_string(&self, at: TextRange) -> SyntaxError {
        let start = span(at).start;
        let rest = self.source.text().get(start as usize..).unwrap_or_default();
        let prefix = rest.chars().take_while(char::is_ascii_alphabetic).count();
        let quotes = rest.get(prefix..).unwrap_or_default();
        let is_triple = quotes.starts_with("'''") || quotes.starts_with("\"\"\"");
        let is_f = rest[..prefix].contains(['f', 'F']);
        let kind = match (is_f, is_triple) {
            (false, false) => "string",
            (false, true) => "triple-quoted string",
            (true, false) => "f-string",
            (true, true) => "triple-quoted f-string",
        };
        let end = if is_triple {
            Span::new(self.source.text().len().saturating_sub(1), 0).start.max(start)
        } else {
            start
        };
        let message = format!("unterminated {kind} literal (detected at line {})", self.line(end));
        SyntaxError::new(Span { start, end: start + 1 }, message)
    }

    /// A bracket that does not close what is open before the first mistake, or is never closed.
    fn brackets(&self, first: TextRange) -> Option<SyntaxError> {
        let mut open: Vec<&Token> = Vec::new();
        for token in self.tokens {
            let closes = match token.kind() {
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => {
                    open.push(token);
                    continue;
                }
                TokenKind::Rpar => TokenKind::Lpar,
                TokenKind::Rsqb => TokenKind::Lsqb,
                TokenKind::Rbrace => TokenKind::Lbrace,
                _ => continue,
            };
            if token.start() > first.end() {
                break;
            }
            let closing = self.slice(token.range());
            match open.pop() {
                Some(opening) if opening.kind() == closes => {}
                Some(opening) => {
                    let (there, here) = (
                        self.line(span(opening.range()).start),
                        self.line(span(token.range()).start),
                    );
                    let opening = self.slice(opening.range());
                    let on_line =
                        if there == here { String::new() } else { format!(" on line {there}") };
                    let message = format!(
                        "closing parenthesis '{closing}' does not match opening parenthesis \
                         '{opening}'{on_line}"
                    );
                    return Some(SyntaxError::new(span(token.range()), message));
                }
                None => {
                    let message = format!("unmatched '{closing}'");
                    return Some(SyntaxError::new(span(token.range()), message));
                }
            }
        }
        let ends_open = self.balance() > 0;
        let opening = open.last().filter(|_| ends_open)?;
        let message = format!("'{}' was never closed", self.slice(opening.range()));
        Some(SyntaxError::new(span(opening.range()), message))
    }

    /// How many more brackets are opened than closed.
    fn balance(&self) -> i64 {
        self.tokens.iter().fold(0, |balance, token| match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => balance + 1,
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => balance - 1,
            _ => balance,
        })
    }

    fn error(&self, error: &ParseErrorType, at: TextRange) -> SyntaxError {
        use ParseErrorType as E;
        let here = span(at);
        let kind = || self.kind_of(at);
        let message = match error {
            E::Lexical(error) => return self.lexical(error, here),
            E::FStringError(error) => fstring_words(error).to_owned(),
            E::UnexpectedIndentation => "unexpected indent".to_owned(),
            E::OtherError(text) => return self.other(text, at),
            E::ExpectedToken { expected, .. } => return self.expected(*expected, at),
            E::InvalidAssignmentTarget => match kind() {
                word @ ("True" | "False" | "None") => format!("cannot assign to {word}"),
                kind => {
                    format!("cannot assign to {kind} here. Maybe you meant '==' instead of '='?")
                }
            },
            E::InvalidNamedAssignmentTarget => {
                format!("cannot use assignment expressions with {}", kind())
            }
            E::InvalidAugmentedAssignmentTarget => {
                format!("'{}' is an illegal expression for augmented assignment", kind())
            }
            E::InvalidDeleteTarget => format!("cannot delete {}", kind()),
            E::PositionalAfterKeywordArgument => {
                "positional argument follows keyword argument".to_owned()
            }
            E::PositionalAfterKeywordUnpacking => {
                "positional argument follows keyword argument unpacking".to_owned()
            }
            E::InvalidArgumentUnpackingOrder => {
                "iterable argument unpacking follows keyword argument unpacking".to_owned()
            }
            E::NonDefaultParamAfterDefaultParam => {
                "parameter without a default follows parameter with a default".to_owned()
            }
            E::UnparenthesizedGeneratorExpression => {
                "Generator expression must be parenthesized".to_owned()
            }
            E::EmptyImportNames => "Expected one or more names after 'import'".to_owned(),
            E::IterableUnpackingInComprehension => {
                "iterable unpacking cannot be used in comprehension".to_owned()
            }
            E::InvalidStarredExpressionUsage => "can't use starred expression here".to_owned(),
            E::SimpleStatementsOnSameLine => return self.two_on_a_line(at),
            E::ExpectedExpression if self.is_empty_field(at) => {
                "f-string: valid expression required before '}'".to_owned()
            }
            _ => "invalid syntax".to_owned(),
        };
        SyntaxError::new(here, message)
    }

    /// Whether it is `{}` in an f-string.
    fn is_empty_field(&self, at: TextRange) -> bool {
        let index = self.token_at(at).filter(|index| *index > 1).unwrap_or(0);
        let kind = |index: usize| self.tokens.get(index).map(Token::kind);
        index > 1
            && kind(index) == Some(TokenKind::Rbrace)
            && kind(index - 1) == Some(TokenKind::Lbrace)
            && matches!(
                kind(index - 2),
                Some(TokenKind::FStringStart | TokenKind::FStringMiddle | TokenKind::Rbrace)
            )
    }

    fn lexical(&self, error: &LexicalErrorType, here: Span) -> SyntaxError {
        use LexicalErrorType as L;
        let message = match error {
            L::IndentationError => "unindent does not match any outer indentation level".to_owned(),
            L::InvalidByteLiteral => "bytes can only contain ASCII literal characters".to_owned(),
            L::LineContinuationError => {
                "unexpected character after line continuation character".to_owned()
            }
            L::Eof => "unexpected EOF while parsing".to_owned(),
            L::UnrecognizedToken { tok } if !tok.is_ascii() => {
                format!("invalid character '{tok}' (U+{:04X})", u32::from(*tok))
            }
            L::FStringError(error) => fstring_words(error).to_owned(),
            L::UnicodeError => "(unicode error) malformed character escape".to_owned(),
            L::OtherError(text) if text.contains("leading zeros") || text.contains("Octal") => {
                "leading zeros in decimal integer literals are not permitted; use an 0o prefix for \
                 octal integers"
                    .to_owned()
            }
            L::OtherError(text) if text.contains("decimal") => "invalid decimal literal".to_owned(),
            L::OtherError(text) if text.contains("hex") => "invalid hexadecimal literal".to_owned(),
            L::OtherError(text) if text.contains("binary") => "invalid binary literal".to_owned(),
            L::OtherError(text) if text.contains("octal") => "invalid octal literal".to_owned(),
            _ => "invalid syntax".to_owned(),
        };
        SyntaxError::new(here, message)
    }

    fn other(&self, text: &str, at: TextRange) -> SyntaxError {
        let here = span(at);
        let lower = text.to_ascii_lowercase();
        if let Some(what) = lower.strip_prefix("expected an indented block after ") {
            let what = what.replace('`', "'");
            let line = self.header_line(at);
            let message = format!("expected an indented block after {what} on line {line}");
            return SyntaxError::new(here, message);
        }
        let message = if lower.contains("except") && lower.contains("finally") {
            "expected 'except' or 'finally' block".to_owned()
        } else if lower.contains("multiple exception types") {
            "multiple exception types must be parenthesized when using 'as'".to_owned()
        } else {
            "invalid syntax".to_owned()
        };
        SyntaxError::new(here, message)
    }

    /// The line of the statement before an offset.
    fn header_line(&self, at: TextRange) -> u32 {
        let before = self.tokens.iter().filter(|token| token.start() < at.start());
        let mut starts = None;
        let mut begins = true;
        for token in before {
            match token.kind() {
                TokenKind::Newline => begins = true,
                TokenKind::NonLogicalNewline
                | TokenKind::Comment
                | TokenKind::Indent
                | TokenKind::Dedent => {}
                _ if begins => {
                    starts = Some(token.start());
                    begins = false;
                }
                _ => {}
            }
        }
        starts.map_or(1, |start| self.line(start.into()))
    }

    fn token_at(&self, at: TextRange) -> Option<usize> {
        self.tokens.iter().position(|token| token.end() > at.start())
    }

    /// The innermost bracket that is open there.
    fn inside(&self, at: TextRange) -> Option<TokenKind> {
        let mut open = Vec::new();
        for token in self.tokens.iter().take_while(|token| token.end() <= at.start()) {
            match token.kind() {
                kind @ (TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace) => open.push(kind),
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                    open.pop();
                }
                _ => {}
            }
        }
        open.pop()
    }

    fn expected(&self, expected: TokenKind, at: TextRange) -> SyntaxError {
        let here = span(at);
        let inside = self.inside(at);
        let index = self.token_at(at);
        let found = index.and_then(|index| self.tokens.get(index));
        let is_equal = found.is_some_and(|token| token.kind() == TokenKind::Equal);
        let begins_expression = found.is_some_and(|token| {
            matches!(
                token.kind(),
                TokenKind::Name
                    | TokenKind::Int
                    | TokenKind::Float
                    | TokenKind::String
                    | TokenKind::FStringStart
            )
        });
        if is_equal && inside.is_none() && expected == TokenKind::Colon {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return SyntaxError::new(here, message);
        }
        let message = match (expected, inside) {
            (TokenKind::Colon, None) => "expected ':'",
            (TokenKind::Colon, Some(TokenKind::Lbrace)) => "':' expected after dictionary key",
            (TokenKind::Else, _) => "expected 'else' after 'if' expression",
            (_, Some(_)) if begins_expression => {
                let before = index.and_then(|index| self.tokens.get(index.checked_sub(1)?));
                let start = before.map_or(here.start, |token| span(token.range()).start);
                let message = "invalid syntax. Perhaps you forgot a comma?";
                return SyntaxError::new(Span { start, end: here.end.max(start) }, message);
            }
            _ => "invalid syntax",
        };
        SyntaxError::new(here, message)
    }

    /// Two statements on one line, as `print 'x'` seems to be.
    fn two_on_a_line(&self, at: TextRange) -> SyntaxError {
        let index = self.token_at(at).and_then(|index| index.checked_sub(1));
        if let Some(before) = index.and_then(|index| self.tokens.get(index)) {
            let word = self.slice(before.range());
            if matches!(word, "print" | "exec") {
                let message =
                    format!("Missing parentheses in call to '{word}'. Did you mean {word}(...)?");
                return SyntaxError::new(span(before.range()), message);
            }
        }
        SyntaxError::new(span(at), "invalid syntax")
    }

    /// What kind of expression stands there, as it is named in messages about targets.
    fn kind_of(&self, at: TextRange) -> &'static str {
        let text = self.slice(at).trim();
        let first = text.chars().next().unwrap_or(' ');
        match text {
            "True" => return "True",
            "False" => return "False",
            "None" => return "None",
            "..." => return "ellipsis",
            _ => {}
        }
        let inner = span(at);
        let mut depth = 0_i64;
        let (mut operators, mut last, mut n_tokens) = (false, None, 0);
        for token in self.tokens {
            let place = span(token.range());
            if place.start < inner.start || place.end > inner.end {
                continue;
            }
            n_tokens += 1;
            match token.kind() {
                TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => depth += 1,
                TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => depth -= 1,
                kind if depth == 0 && kind.is_operator() && kind != TokenKind::Dot => {
                    operators = true;
                }
                _ => {}
            }
            last = Some(token.kind());
        }
        match last {
            _ if operators => "expression",
            Some(TokenKind::Int | TokenKind::Float | TokenKind::Complex | TokenKind::String)
                if n_tokens == 1 =>
            {
                "literal"
            }
            Some(TokenKind::FStringEnd) => "f-string expression",
            Some(TokenKind::Rpar) if first != '(' => "function call",
            Some(TokenKind::Rsqb) if first != '[' => "subscript",
            Some(TokenKind::Rbrace) => "dict literal",
            Some(TokenKind::Name) if n_tokens > 1 => "attribute",
            _ => "expression",
        }
    }
}

fn fstring_words(error: &InterpolatedStringErrorType) -> &'static str {
    use InterpolatedStringErrorType as I;
    match error {
        I::UnclosedLbrace => "f-string: expecting '}'",
        I::SingleRbrace => "f-string: single '}' is not allowed",
        I::InvalidConversionFlag => "f-string: invalid conversion character",
        I::UnterminatedString => "unterminated f-string literal",
        I::UnterminatedTripleQuotedString => "unterminated triple-quoted f-string literal",
        I::LambdaWithoutParentheses => {
            "f-string: lambda expressions are not allowed without parentheses"
        }
        _ => "f-string: invalid syntax",
    }
}
