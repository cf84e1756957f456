use crate::diagnostic::Diagnostics;
use crate::program::DisplayProgram;
use crate::scenario;
use crate::source::SourceFile;

#[test]
fn a_program_is_listed_as_it_is_compiled() {
    let text = r#"
[globals]
counter = 0
[coroutines.w]
params = ["x", "n = 10"]
steps = [
  { for = "k in range(n)", steps = [
     { do = "x = (x * 1103515245 + 12345) % 2147483648" },
     { sleep = "(1 + x % 1000) / 1000" },
     { if = "x > 3 and k < 2", steps = [ { do = "counter += 1" } ], else = [{ break = true }] },
  ] },
  { try = [ { await = "w(3, n=2)", as = "y" }, { return = "y" } ], except = [ { type = "ValueError", as = "e", steps = [ { print = "{e!r:>{n}} x" } ] } ], finally = [ { print = "bye" } ] },
]
[coroutines.main]
steps = [
  { gather = "w(i) for i in range(3)", as = "r" },
  { do = "z = sum(a * b + x for a, b in zip(r, r) for x in range(a))" },
  { do = "f = lambda q, k=3: q + z" },
  { do = "r[0], (b, *c) = [i for i in r if i], f(1)" },
]
"#;
    let mut diagnostics = Diagnostics::default();
    let model = scenario::parse(SourceFile::new("x.toml", text), &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let (program, diagnostics) = super::scenario(&model.unwrap());
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    insta::assert_snapshot!(DisplayProgram(&program.unwrap()));
}
