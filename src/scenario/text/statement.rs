//! Simple statements: `do`.

use ruff_python_ast as ast;
use ruff_python_ast::Mod;
use ruff_python_ast::token::TokenKind;
use ruff_python_parser::Mode;

use super::Text;
use super::syntax_error::{Language, SyntaxError, Trial, shown};
use crate::python::depth::{self, kinds};
use crate::scenario::model::Stmt;

/// Parses a text as one simple statement.
pub(crate) fn statement(text: &Text) -> Result<Stmt, SyntaxError> {
    // Python minds the white space before a statement; whoever writes one over several lines of
    // TOML does not.
    let trimmed = text.trimmed();
    let source = trimmed.as_str();
    if let Some(first) = kinds(source, Mode::Module).next()
        && let Some(help) = instead_of(first)
    {
        let word = source.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let span = trimmed.span_of(0..word.len().max(1));
        let message = if word.is_empty() {
            "expected one simple statement".to_owned()
        } else {
            format!("expected one simple statement, found `{}`", shown(word))
        };
        return Err(SyntaxError::new(span, message).help(help));
    }
    if has_several(source) {
        return Err(SyntaxError::new(text.span(), "expected one statement, found more")
            .help("write one step for each: { do = \"a = 1\" }, { do = \"b = 2\" }"));
    }
    let parsed =
        depth::parse(source, Mode::Module).map_err(|why| SyntaxError::refused(text, why))?;
    let places = trimmed.places(0);
    if parsed.has_invalid_syntax() {
        let (prefix, language) = (0, Language::Statement);
        let trial = Trial { text: &trimmed, source, prefix, places: &places, language };
        return Err(trial.error(&parsed));
    }
    let body = match parsed.into_syntax() {
        Mod::Module(module) => module.body,
        Mod::Expression(_) => return Err(SyntaxError::new(text.span(), "expected a statement")),
    };
    match body.into_iter().next() {
        Some(ast) if is_supported(&ast) => {
            Ok(Stmt { span: text.span(), text: source.to_owned(), ast, places })
        }
        Some(other) => Err(SyntaxError::new(
            places.span(&other),
            "expected an assignment, an expression, `del` or `assert`",
        )),
        None => Err(SyntaxError::new(text.span(), "there is no statement in this")
            .help("write one, or { pass = true } for a step that does nothing")),
    }
}

fn is_supported(statement: &ast::Stmt) -> bool {
    matches!(
        statement,
        ast::Stmt::Assign(_)
            | ast::Stmt::AugAssign(_)
            | ast::Stmt::AnnAssign(_)
            | ast::Stmt::Expr(_)
            | ast::Stmt::Delete(_)
            | ast::Stmt::Assert(_)
    )
}

/// Whether there is more than one logical line, or a `;`. Asked before parsing, so that blocks within
/// blocks never reach the parser.
fn has_several(source: &str) -> bool {
    let mut is_over = false;
    for kind in kinds(source, Mode::Module) {
        match kind {
            TokenKind::Indent => return true,
            TokenKind::Semi | TokenKind::Newline => is_over = true,
            TokenKind::NonLogicalNewline | TokenKind::Comment | TokenKind::Dedent => {}
            _ if is_over => return true,
            _ => {}
        }
    }
    false
}

/// What to write instead of a statement that begins with this token.
fn instead_of(first: TokenKind) -> Option<&'static str> {
    use TokenKind as K;
    Some(match first {
        K::If | K::Elif | K::Else => {
            "use the action: { if = \"i > 2\", steps = [{ print = \"big\" }] }"
        }
        K::For => "use the action: { for = \"i in range(3)\", steps = [{ print = \"{i}\" }] }",
        K::While => "use the action: { while = \"not done\", steps = [{ sleep = 1 }] }",
        K::With => "use the action: { with = \"lock\", steps = [{ sleep = 1 }] }",
        K::Async => {
            "use the actions `with` and `for`, or name a coroutine of its own: [coroutines.NAME]"
        }
        K::Try | K::Except | K::Finally => {
            "use the action: { try = [{ await = \"fetch()\" }], except = [{ type = \"TimeoutError\", steps = [{ pass = true }] }] }"
        }
        K::Def | K::Class | K::At => {
            "routines have tables of their own: [coroutines.NAME] and [functions.NAME]"
        }
        K::Return => "use the action: { return = \"x * 2\" }",
        K::Raise => "use the action: { raise = \"ValueError('too big')\" }",
        K::Break => "use the action: { break = true }",
        K::Continue => "use the action: { continue = true }",
        K::Pass => "use the action: { pass = true }",
        K::Import | K::From => {
            "nothing is imported: asyncio's names, `time()`, `ctime()` and `uniform()` are there without"
        }
        K::Global | K::Nonlocal => {
            "leave it out: assigning to a name of [globals] or [objects] changes the shared one"
        }
        _ => return None,
    })
}
