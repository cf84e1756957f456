//! Operators, builtins, methods and texts against what `CPython` gives.
//!
//! `tests/fixtures/values.jsonl` holds lines of Python and what they give, recorded by
//! `tests/fixtures/values.py`. A small evaluator walks the syntax tree of each line.
//!
//! Architecture invariant: only tests are here.

mod evaluator;
mod limits;

use evaluator::Evaluator;

const RECORDED: &str = include_str!("../../../tests/fixtures/values.jsonl");

#[test]
fn values_are_those_of_cpython() {
    let mut failures = Vec::new();
    let mut count = 0;
    for line in RECORDED.lines().skip(1) {
        let (code, expected): (String, String) = serde_json::from_str(line).unwrap();
        count += 1;
        let actual = Evaluator::new().outcome(&code);
        if actual != expected {
            failures.push(format!("{code}\n    expected {expected}\n    got      {actual}"));
        }
    }
    assert!(count > 1000, "only {count} lines");
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}
