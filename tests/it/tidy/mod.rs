//! The house is kept by test: layers, banned names, headers, lengths, stray files.
//!
//! [`rules`] holds what is allowed, [`check`] finds what is not in one text, [`code`] tells code
//! from comments and strings.

mod check;
mod code;
mod rules;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use check::Finding;

/// All sources, as (path below `src/`, text).
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeMap::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn the_sources_are_tidy() {
    let sources = sources();
    assert!(sources.len() > 10, "the sources are where they are looked for");
    let mut findings: Vec<Finding> =
        sources.iter().flat_map(|(path, text)| check::file(path, text)).collect();
    findings.extend(check::unreachable_files(&sources));
    let report: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(report.is_empty(), "\n\n{}\n", report.join("\n"));
}

#[test]
fn the_layer_table_names_every_module_once() {
    let mut named = BTreeSet::new();
    for (layer, modules) in rules::LAYERS.iter().enumerate() {
        for module in *modules {
            assert!(named.insert(*module), "`{module}` stands in two layers");
            assert_eq!(rules::layer_of(module), Some(layer));
        }
    }
    let sources = sources();
    let there: BTreeSet<&str> =
        sources.keys().filter_map(|path| path.split_once('/')).map(|(module, _)| module).collect();
    let unnamed: Vec<_> = there.difference(&named).collect();
    assert!(unnamed.is_empty(), "modules without a layer in tests/it/tidy/rules.rs: {unnamed:?}");
}

#[track_caller]
fn check_bad(path: &str, text: &str, expected: &[&str]) {
    let found: Vec<String> = check::file(path, text).iter().map(ToString::to_string).collect();
    assert_eq!(found, expected);
}

#[test]
fn an_import_that_points_the_wrong_way_is_found() {
    let header = "//! What.\n//!\n//! Architecture invariant: knows nothing.\n";
    check_bad(
        "trace/mod.rs",
        &format!("{header}use crate::executor;\n"),
        &["src/trace/mod.rs:4: `trace` may not use `crate::executor`, which is not below it"],
    );
    check_bad(
        "trace/graph.rs",
        "use crate::index::EventId;\nuse crate::{\n    time::Instant, source,\n    cli::{self, args},\n};\n",
        &["src/trace/graph.rs:4: `trace` may not use `crate::cli`, which is not below it"],
    );
    check_bad(
        "scenario/parse.rs",
        "fn f() { crate::interpreter::run(); crate::nonsense::x(); }\n",
        &[
            "src/scenario/parse.rs:1: `scenario` may not use `crate::interpreter`, which is not below it",
            "src/scenario/parse.rs:1: `crate::nonsense` has no layer in tests/it/tidy/rules.rs",
        ],
    );
    let climb = "use super::super::Record;\n";
    check_bad(
        "trace/x.rs",
        climb,
        &["src/trace/x.rs:1: `super` leads out of `trace`: write `crate::…`"],
    );
    check_bad("trace/deep/x.rs", climb, &[]);
    check_bad("trace/x.rs", &format!("mod tests {{\n{climb}}}\n"), &[]);
    check_bad(
        "trace/mod.rs",
        &format!("{header}use super::executor;\n"),
        &["src/trace/mod.rs:4: `super` leads out of `trace`: write `crate::…`"],
    );
    // Its own module, lower ones, and what only looks like an import.
    check_bad(
        "executor/x.rs",
        "use crate::executor::y;\nuse crate::trace::Event;\n// crate::cli\nconst X: &str = \"crate::cli\";\n",
        &[],
    );
}

#[test]
fn banned_names_are_found_with_what_to_use_instead() {
    check_bad(
        "executor/x.rs",
        "let t = std::time::Instant::now();\nlet m = HashMap::new();\nprintln!(\"{}\", 1);\nlet f: f64 = 0.0;\n",
        &[
            "src/executor/x.rs:1: `Instant::now` is banned here: the loop's virtual clock",
            "src/executor/x.rs:2: `HashMap` is banned here: `BTreeMap`, or `FxHashMap` that is never iterated",
            "src/executor/x.rs:3: `println!` is banned here: pass data up, `cli` prints",
            "src/executor/x.rs:4: `f64` is banned here: whole nanoseconds, ratios of integers",
        ],
    );
    check_bad(
        "cli/x.rs",
        "let t = Instant::now(); std::fs::read(x); todo!(); // FIXME later\n",
        &[
            "src/cli/x.rs:1: `todo!` is banned here: write it, or an issue",
            "src/cli/x.rs:1: `FIXME` is banned here: write it, or an issue",
        ],
    );
    check_bad("interpreter/x.rs", "let f: f64 = 0.5; let m: FxHashMap<u8, u8>;\n", &[]);
    check_bad(
        "trace/x.rs",
        "use std::{fmt, fs};\n#[cfg(test)]\nmod tests {\n    use std::fs;\n    fn f() { println!(); }\n}\n",
        &["src/trace/x.rs:1: `std::fs` is banned here: work on the reader or writer you are given"],
    );
}

#[test]
fn headers_lengths_and_stray_files_are_checked() {
    check_bad(
        "sync/mod.rs",
        "//! Locks.\nmod lock;\n",
        &["src/sync/mod.rs:1: the header has no `Architecture invariant:` line"],
    );
    check_bad(
        "sync/mod.rs",
        "mod lock;\n",
        &["src/sync/mod.rs:1: a `mod.rs` begins with a `//!` header"],
    );
    let long = format!("fn f() {{\n{}}}\n", "    let brace = '{';\n".repeat(70));
    check_bad(
        "sync/lock.rs",
        &long,
        &["src/sync/lock.rs:1: `f` has 72 lines, more than 70: split it by subject"],
    );
    let sources =
        [("lib.rs", "pub mod a;\n"), ("a/mod.rs", "mod b;\n"), ("a/b.rs", ""), ("a/c.rs", "")]
            .map(|(path, text)| (path.to_owned(), text.to_owned()));
    let stray: Vec<String> = check::unreachable_files(&BTreeMap::from(sources))
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(stray, ["src/a/c.rs:1: no `mod` leads to this file"]);
}
