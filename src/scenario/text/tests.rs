use proptest::prelude::*;
use ruff_python_ast as ast;
use ruff_text_size::Ranged;
use toml::de::{DeTable, DeValue};

use super::*;
use crate::scenario::model::Expr;

/// Bytes in front of the token in the tests: places must count from the file's beginning.
const AT: usize = 4;

fn text(token: &str) -> Text {
    Text::of_token(token, u32::try_from(AT).unwrap())
}

/// A text that means exactly this, however strange.
fn plain(meant: &str) -> Text {
    let escaped: Vec<String> = meant.chars().map(|c| format!("\\U{:08x}", c as u32)).collect();
    text(&format!("\"{}\"", escaped.concat()))
}

/// The part of the file `xxxx<token>` that a node came from.
fn shown_place(token: &str, expr: &Expr, node: &impl Ranged) -> String {
    let span = expr.places.span(node);
    token[span.start as usize - AT..span.end as usize - AT].to_owned()
}

/// What stands in plain text, and what in braces, of a text with expressions.
fn parts(expr: &Expr) -> Vec<Result<String, &ast::InterpolatedElement>> {
    let ast::Expr::FString(fstring) = &expr.ast else { panic!("not an f-string: {:?}", expr.ast) };
    fstring
        .value
        .elements()
        .map(|element| match element {
            ast::InterpolatedStringElement::Literal(literal) => Ok(literal.value.to_string()),
            ast::InterpolatedStringElement::Interpolation(field) => Err(field),
        })
        .collect()
}

fn literal(expr: &Expr) -> String {
    parts(expr).into_iter().map(|part| part.expect("no braces")).collect()
}

#[test]
fn strings_mean_what_toml_says() {
    #[track_caller]
    fn check(token: &str, meant: &str) {
        assert_eq!(text(token).as_str(), meant, "{token}");
    }
    check(r#""a\tb""#, "a\tb");
    check(r"'a\tb'", r"a\tb");
    check(r#""\u00e9\x41\U0001F600\e\"""#, "éA😀\u{1b}\"");
    check("\"\"\"\na\r\nb\"\"\"", "a\nb");
    check("\"\"\"a \\\n\t  b\"\"\"", "a b");
    check("'''\na''b'''", "a''b");
    check("''", "");
    check("hello", "hello");
}

#[test]
fn places_survive_escapes_and_line_ends() {
    #[track_caller]
    fn check(token: &str, expected: &str) {
        let expr = expression(&text(token)).unwrap();
        let ast::Expr::Call(call) = &expr.ast else { panic!("{token}") };
        let last = call.arguments.args.last().unwrap();
        assert_eq!(shown_place(token, &expr, last), expected, "{token}");
    }
    check(r#""f(é, xyz)""#, "xyz");
    check(r#""f(\"\u00e9\", xyz)""#, "xyz");
    check("\"\"\"\nf(a, \\\n    xyz)\"\"\"", "xyz");
    check("'''\r\nf(a,\r\n xyz)'''", "xyz");
    check(r#""f(1, \"\t\")""#, r#"\"\t\""#);
}

#[test]
fn slices_keep_their_places() {
    let token = r#""\t\"ab\" in xs""#;
    let whole = text(token);
    let slice = whole.slice(1..5).slice(1..3);
    assert_eq!(slice.as_str(), "ab");
    assert_eq!(&token[slice.span().start as usize - AT..slice.span().end as usize - AT], "ab");
}

#[test]
fn expressions_in_texts_have_their_places() {
    let token = r#""\"\\\t{ name!r:>{width}} and {other}""#;
    let expr = fstring(&text(token)).unwrap();
    let parts = parts(&expr);
    assert_eq!(parts[0].as_ref().unwrap(), "\"\\\t");
    let field = parts[1].as_ref().unwrap_err();
    assert_eq!(shown_place(token, &expr, &*field.expression), "name");
    assert_eq!(field.conversion, ast::ConversionFlag::Repr);
    let spec = field.format_spec.as_ref().unwrap();
    let width = spec.elements.interpolations().next().unwrap();
    assert_eq!(shown_place(token, &expr, &*width.expression), "width");
    let other = parts[3].as_ref().unwrap_err();
    assert_eq!(shown_place(token, &expr, &*other.expression), "other");
    assert_eq!(parts.len(), 4);
}

#[test]
fn plain_text_stays_as_it_is() {
    for meant in [
        "",
        "hello",
        "\n",
        "a\n",
        "\\",
        "\\n\\",
        "\"",
        "a\"\"\"b",
        "'''",
        "\"\"\" and ''' and \"\"\"\"",
        "'\"'\"'\"",
        "\u{e000}\"\"\"'''\u{e001}",
        "\r\n\r",
        "\0\u{feff}",
        "\\N{{dash}}",
    ] {
        let undoubled = meant.replace("{{", "{").replace("}}", "}");
        assert_eq!(literal(&fstring(&plain(meant)).unwrap()), undoubled, "{meant:?}");
    }
}

#[test]
fn quotes_of_all_kinds_may_stand_in_braces() {
    for (meant, expected) in [
        (r#"{d["a"]}"#, r#"d["a"]"#),
        (r#"{d['a']} """ '''"#, "d['a']"),
        (r#"{f("""a""", '''b''')}"#, r#"f("""a""", '''b''')"#),
        (r"{f'{x}'}", "f'{x}'"),
    ] {
        let expr = fstring(&plain(meant)).unwrap();
        let parts = parts(&expr);
        let field = parts[0].as_ref().unwrap_err();
        let range = field.expression.range();
        let start = range.start().to_usize() - "rf\"\"\"".len();
        assert_eq!(&meant[start..start + range.len().to_usize()], expected);
    }
}

#[test]
fn loops_and_parameters_are_split_where_python_splits_them() {
    let (target, iterable) = loop_clause(&text("\"i, (x, *ys) in f(a in b)\"")).unwrap();
    let ast::Expr::Tuple(tuple) = &target.ast else { panic!() };
    assert_eq!(tuple.ctx, ast::ExprContext::Store);
    assert!(iterable.ast.is_call_expr());
    let (name, default) = parameter(&text("\" delay = f(x=1) \"")).unwrap();
    assert_eq!(name.text, "delay");
    assert!(default.unwrap().ast.is_call_expr());
    let (name, default) = parameter(&text("'delay'")).unwrap();
    assert_eq!((name.text.as_str(), default.is_none()), ("delay", true));
}

#[test]
fn comprehensions_need_no_brackets_where_many_are_meant() {
    let gathered = |token: &str| iterable(&text(token)).unwrap().ast;
    assert!(gathered("'f(i) for i in range(3)'").is_generator_expr());
    assert!(gathered("'f(i) for i in range(3) # all'").is_generator_expr());
    assert!(gathered("'[f(i) for i in range(3)]'").is_list_comp_expr());
    assert!(gathered("'fs'").is_name_expr());
    assert!(iterable(&text("'f(i) for i in range(3)) + (1'")).is_err());
}

#[test]
fn awaits_are_found_wherever_they_hide() {
    let found = |token: &str| first_await(&expression(&text(token)).unwrap().ast).is_some();
    assert!(found("'f(1, [await x])'"));
    assert!(found("'[x async for x in y]'"));
    assert!(found("\"f'{await x}'\""));
    assert!(!found("'f(awaited)'"));
    assert!(first_await_in(&statement(&text("'a = await b'")).unwrap().ast).is_some());
}

#[test]
fn statements_are_simple_and_alone() {
    for good in
        ["a = 1", "  a += 1  ", "a: int = 2", "f(1,\n 2)", "del a[0]", "assert a", "a, b = b, a"]
    {
        assert!(statement(&plain(good)).is_ok(), "{good}");
    }
    for bad in [
        "a = 1; b = 2",
        "a = 1\nb = 2",
        "if a: b",
        "pass",
        "",
        "#",
        "a =",
        "type X = int",
        "match x:\n case 1: pass",
    ] {
        assert!(statement(&plain(bad)).is_err(), "{bad}");
    }
}

#[test]
fn nothing_nests_deep_enough_to_overflow_a_stack() {
    const N: usize = 10_000;
    let nests = |before: &str, inner: &str, after: &str| {
        format!("{}{inner}{}", before.repeat(N), after.repeat(N))
    };
    let deep = [
        nests("(", "1", ")"),
        nests("(", "", ""),
        nests("[", "1", "]"),
        nests("{", "1", "}"),
        nests("f(", "1", ")"),
        nests("a[", "1", "]"),
        nests("not ", "a", ""),
        nests("-", "a", ""),
        nests("", "a", ".b"),
        nests("", "a", "()"),
        nests("", "a", "[0]"),
        nests("a + ", "a", ""),
        nests("a ** ", "a", ""),
        nests("lambda: ", "a", ""),
        nests("lambda a, b: ", "a", ""),
        nests("a if b else ", "a", ""),
        nests("a if b or c else ", "a", ""),
        nests("await ", "a", ""),
        nests("yield ", "a", ""),
        nests("(a := ", "a", ")"),
        nests("f'{", "1", "}'"),
        nests("f\"{x \"(", "1", ""),
        nests("[x for x in ", "a", "]"),
        nests("{1: ", "a", "}"),
        nests("*", "a", ""),
        nests("a[b:", "1", "]"),
        format!("f\"{{x \"{}", "(".repeat(N)),
        format!("a = {}", "b = ".repeat(N)),
        nests("if a:\n ", "b", ""),
    ];
    for source in &deep {
        let text = plain(source);
        let refused = [
            expression(&text).map(drop),
            fstring(&text).map(drop),
            statement(&text).map(drop),
            iterable(&text).map(drop),
            loop_clause(&text).map(drop),
            parameter(&text).map(drop),
        ];
        assert!(refused[0].is_err(), "{}", &source[..20]);
    }
    for fine in [
        format!("[{}]", "1 + 2, ".repeat(2_000)),
        format!("'{}'", "(".repeat(1_000)),
        nests("", "a", " and not b").replace("not b", "b"),
        nests("", "a", " < b"),
    ] {
        if let Err(why) = expression(&plain(&fine)) {
            panic!("{}: {}", &fine[..20], why.message);
        }
    }
}

#[test]
fn a_text_of_many_fields_is_not_deep() {
    assert!(fstring(&plain(&"{a} {b:>{w}} ".repeat(2_000))).is_ok());
}

proptest! {
    #[test]
    fn decoding_agrees_with_the_toml_parser(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "a", "é", "😀", " ", "\\n", "\\t", "\\\\", "\\\"", "\\u00e9", "\\x41", "\\e",
                "\\U0001F600", "\"", "''", "'", "\n", "\r\n", "\\\n  ", "\\q", "{", "}",
            ]),
            0..12,
        ),
        quotes in prop::sample::select(vec!["\"", "'", "\"\"\"", "'''"]),
    ) {
        let token = format!("{quotes}{}{quotes}", pieces.concat());
        let document = format!("a = {token}");
        if let Ok(table) = DeTable::parse(&document) {
            let Some((_, value)) = table.get_ref().iter().next() else { return Ok(()) };
            let DeValue::String(meant) = value.get_ref() else { return Ok(()) };
            prop_assert_eq!(text(&token).as_str().to_owned(), meant.replace("\r\n", "\n"));
        }
    }

    #[test]
    fn any_plain_text_prints_as_it_is(meant in "(\\PC|[\"'\\\\\n\r\t{}])*") {
        let doubled = meant.replace('{', "{{").replace('}', "}}");
        let expr = fstring(&plain(&doubled)).unwrap();
        prop_assert_eq!(literal(&expr), meant);
    }

    #[test]
    fn no_text_panics(meant in "([a-z0-9(){}\\[\\]:!=.,'\"\\\\ \n#@&|+*-]|if |in |for |not |lambda |await |f'|rf\"\"\"|\\PC)*") {
        let text = plain(&meant);
        let all_within = |span: crate::source::Span| span.start <= span.end && span.end <= text.span().end;
        for error in [
            expression(&text).err(),
            fstring(&text).err(),
            statement(&text).err(),
            iterable(&text).err(),
            loop_clause(&text).err(),
            parameter(&text).err(),
        ].into_iter().flatten() {
            prop_assert!(all_within(error.span), "{:?}", error);
            prop_assert!(!error.message.is_empty());
        }
    }
}
