//! Rust text as far as the checks need it: code without comments and strings, paths, functions.

use std::ops::RangeInclusive;

/// The text with comments and the contents of strings and characters blanked; every line keeps its
/// number.
pub(super) fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = if rest.starts_with("//") {
            blank(&mut code, rest, rest.find('\n').unwrap_or(rest.len()))
        } else if rest.starts_with("/*") {
            blank(&mut code, rest, block_comment_len(rest))
        } else if let Some(len) = literal_len(rest, code.chars().next_back()) {
            blank(&mut code, rest, len)
        } else {
            code.push(first);
            first.len_utf8()
        };
        rest = &rest[len..];
    }
    code
}

fn blank(code: &mut String, rest: &str, len: usize) -> usize {
    code.extend(rest[..len].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
    len
}

fn block_comment_len(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// The length of the string or character literal that `text` begins with; `before` is the last
/// character in front of it.
fn literal_len(text: &str, before: Option<char>) -> Option<usize> {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let prefix = ["br", "cr", "b", "c", "r"].into_iter().find(|p| !in_word && text.starts_with(p));
    let prefix = prefix.unwrap_or_default();
    let body = &text[prefix.len()..];
    if prefix.ends_with('r') {
        let hashes = body.bytes().take_while(|b| *b == b'#').count();
        let quoted = body[hashes..].strip_prefix('"')?;
        let end = format!("\"{}", "#".repeat(hashes));
        let inner = quoted.find(&end)?;
        return Some(prefix.len() + hashes + 1 + inner + end.len());
    }
    if let Some(quoted) = body.strip_prefix('"') {
        return Some(prefix.len() + 1 + escaped_len(quoted, '"')?);
    }
    let quoted = body.strip_prefix('\'')?;
    let mut chars = quoted.chars();
    let is_char = chars.next() == Some('\\') || chars.next() == Some('\'');
    (is_char && !in_word)
        .then(|| escaped_len(quoted, '\''))
        .flatten()
        .map(|len| prefix.len() + 1 + len)
}

/// The length up to and including the first `quote` that is not escaped.
fn escaped_len(text: &str, quote: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return Some(at + c.len_utf8()),
            _ => {}
        }
    }
    None
}

/// A path in the code: `std::fs::read`, `println!`; those of a `use` tree one by one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CodePath {
    pub(super) line: usize,
    pub(super) segments: Vec<String>,
}

impl CodePath {
    /// Whether `name` is a part of this path, whole segments compared.
    pub(super) fn contains(&self, name: &str) -> bool {
        let wanted: Vec<&str> = name.split("::").collect();
        self.segments.windows(wanted.len()).any(|part| part.iter().eq(wanted.iter()))
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Join,
    Open,
    Close,
    Comma,
    Other,
}

/// All paths of a text without comments and strings.
pub(super) fn paths(code: &str) -> Vec<CodePath> {
    let tokens = tokens(code);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if matches!(tokens[at].1, Token::Word(_)) {
            at = path_tree(&tokens, at, &[], &mut found);
        } else {
            at += 1;
        }
    }
    found
}

/// Adds the paths that begin at `at` below `prefix`; returns where they end.
fn path_tree(
    tokens: &[(usize, Token)],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<CodePath>,
) -> usize {
    let line = tokens[at].0;
    let mut segments = prefix.to_vec();
    while let Some((_, Token::Word(word))) = tokens.get(at) {
        segments.push(word.clone());
        at += 1;
        if !matches!(tokens.get(at), Some((_, Token::Join))) {
            break;
        }
        at += 1;
        if matches!(tokens.get(at), Some((_, Token::Open))) {
            return use_list(tokens, at + 1, &segments, found);
        }
    }
    found.push(CodePath { line, segments });
    at
}

fn use_list(
    tokens: &[(usize, Token)],
    mut at: usize,
    prefix: &[String],
    found: &mut Vec<CodePath>,
) -> usize {
    loop {
        match tokens.get(at) {
            Some((_, Token::Word(_))) => at = path_tree(tokens, at, prefix, found),
            Some((_, Token::Close)) => return at + 1,
            Some(_) => at += 1,
            None => return at,
        }
    }
}

fn tokens(code: &str) -> Vec<(usize, Token)> {
    let mut tokens = Vec::new();
    for (line_idx, line) in code.lines().enumerate() {
        let mut rest = line;
        while let Some(first) = rest.chars().next() {
            let is_word = |c: char| c.is_alphanumeric() || c == '_';
            let (len, token) = if is_word(first) {
                let mut len = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
                if rest[len..].starts_with('!') && !rest[len..].starts_with("!=") {
                    len += 1;
                }
                (len, Token::Word(rest[..len].to_owned()))
            } else if rest.starts_with("::") {
                (2, Token::Join)
            } else {
                let token = match first {
                    '{' => Token::Open,
                    '}' => Token::Close,
                    ',' => Token::Comma,
                    _ => Token::Other,
                };
                (first.len_utf8(), token)
            };
            if !first.is_whitespace() {
                tokens.push((line_idx + 1, token));
            }
            rest = &rest[len..];
        }
    }
    tokens
}

/// A function: its name and the lines from `fn` to its closing brace.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Function {
    pub(super) name: String,
    pub(super) lines: RangeInclusive<usize>,
}

/// All functions with a body.
pub(super) fn functions(code: &str) -> Vec<Function> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        let starts_word =
            code[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        let name: String =
            code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if !starts_word || name.is_empty() {
            continue;
        }
        let Some(body) = code[at..].find(['{', ';']).map(|body| at + body) else { continue };
        if code[body..].starts_with('{') {
            let lines = line_of(code, at)..=line_of(code, body + block_len(&code[body..]) - 1);
            found.push(Function { name, lines });
        }
    }
    found
}

/// The lines of modules that stand in the file itself.
pub(super) fn inline_modules(code: &str) -> Vec<RangeInclusive<usize>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("mod ") {
        let starts_word = code[..at].chars().next_back().is_none_or(char::is_whitespace);
        let Some(body) = code[at..].find(['{', ';']).map(|body| at + body) else { continue };
        if starts_word && code[body..].starts_with('{') {
            found.push(line_of(code, at)..=line_of(code, body + block_len(&code[body..]) - 1));
        }
    }
    found
}

/// The lines of modules that are only there for tests.
pub(super) fn test_lines(code: &str) -> Vec<RangeInclusive<usize>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("#[cfg(test)]") {
        let Some(body) = code[at..].find(['{', ';']).map(|body| at + body) else { continue };
        if code[body..].starts_with('{') {
            found.push(line_of(code, at)..=line_of(code, body + block_len(&code[body..]) - 1));
        }
    }
    found
}

fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

/// The length of the braced block that `code` begins with.
fn block_len(code: &str) -> usize {
    let mut depth = 0;
    for (at, byte) in code.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    code.len()
}

#[test]
fn comments_and_strings_are_no_code() {
    let text = "a /* x /* y */ z */ b // c\n'{' '\\'' 'a b\"c\\\"d\"r#\"e\"f\"#g b'x' it's \"\n\"";
    let blanked = code_only(text);
    assert_eq!(blanked.split_whitespace().collect::<Vec<_>>(), ["a", "b", "'a", "g", "it's"]);
    assert_eq!(blanked.lines().count(), 3);
}

#[test]
fn use_trees_are_paths_one_by_one() {
    let found =
        paths("use crate::{\n  a::B,\n  c::{self, d::e},\n};\nlet x = f::<u8>() != 3; v!(y)");
    let shown: Vec<_> =
        found.iter().map(|path| format!("{} {}", path.line, path.segments.join("::"))).collect();
    for expected in ["2 crate::a::B", "3 crate::c::self", "3 crate::c::d::e", "5 f", "5 v!", "5 y"]
    {
        assert!(shown.iter().any(|path| path == expected), "{expected} in {shown:?}");
    }
}

#[test]
fn functions_end_at_their_brace() {
    let code = "impl X {\n fn a() {\n  {}\n }\n fn b();\n fn c() -> u8 { 1 }\n}\n";
    let found: Vec<_> = functions(code).into_iter().map(|f| (f.name, f.lines)).collect();
    assert_eq!(found, [("a".to_owned(), 2..=4), ("c".to_owned(), 6..=6)]);
}
