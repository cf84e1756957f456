//! What is not as it should be in one text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::code::{self, CodePath};
use super::rules;

/// One thing to set right.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Finding {
    path: String,
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "src/{}:{}: {}", self.path, self.line, self.message)
    }
}

/// Collects findings about one file.
struct Findings<'a> {
    path: &'a str,
    found: Vec<Finding>,
}

impl Findings<'_> {
    fn add(&mut self, line: usize, message: String) {
        let finding = Finding { path: self.path.to_owned(), line, message };
        if !self.found.contains(&finding) {
            self.found.push(finding);
        }
    }
}

/// Everything that is not as it should be in the file at `path` below `src/`.
pub(super) fn file(path: &str, text: &str) -> Vec<Finding> {
    let mut findings = Findings { path, found: Vec::new() };
    let module = path.split(['/', '.']).next().unwrap_or_default();
    let code = code::code_only(text);
    check_header(&mut findings, path, text);
    let paths = code::paths(&code);
    check_layers(&mut findings, module, &paths);
    check_climbs(&mut findings, module, &paths, &code);
    check_bans(&mut findings, module, &paths, &code);
    check_words(&mut findings, text);
    check_lengths(&mut findings, &code);
    findings.found.sort_by_key(|finding| finding.line);
    findings.found
}

fn check_header(findings: &mut Findings<'_>, path: &str, text: &str) {
    if !path.ends_with("/mod.rs") {
        return;
    }
    let header: Vec<&str> = text.lines().take_while(|line| line.starts_with("//!")).collect();
    let top_module = path.matches('/').count() == 1;
    if header.is_empty() {
        findings.add(1, "a `mod.rs` begins with a `//!` header".to_owned());
    } else if top_module && !header.iter().any(|line| line.contains("Architecture invariant:")) {
        findings.add(1, "the header has no `Architecture invariant:` line".to_owned());
    }
}

fn check_layers(findings: &mut Findings<'_>, module: &str, paths: &[CodePath]) {
    for path in paths {
        let [root, used, ..] = path.segments.as_slice() else { continue };
        if root != "crate" || used == module {
            continue;
        }
        // The crate's own root stands above all layers.
        let Some(own_layer) = rules::layer_of(module) else { continue };
        match rules::layer_of(used) {
            None => findings
                .add(path.line, format!("`crate::{used}` has no layer in tests/it/tidy/rules.rs")),
            Some(layer) if layer >= own_layer => findings.add(
                path.line,
                format!("`{module}` may not use `crate::{used}`, which is not below it"),
            ),
            Some(_) => {}
        }
    }
}

/// `super` must not lead out of the top module, past the layers.
fn check_climbs(findings: &mut Findings<'_>, module: &str, paths: &[CodePath], code: &str) {
    let file_depth = match findings.path.trim_end_matches(".rs").split('/').collect::<Vec<_>>() {
        parts if parts.last() == Some(&"mod") => parts.len() - 1,
        parts => parts.len(),
    };
    let inline_modules = code::inline_modules(code);
    for path in paths {
        let n_climbs = path.segments.iter().take_while(|segment| *segment == "super").count();
        let n_inline = inline_modules.iter().filter(|lines| lines.contains(&path.line)).count();
        if n_climbs > 0 && n_climbs >= file_depth + n_inline {
            let message = format!("`super` leads out of `{module}`: write `crate::…`");
            findings.add(path.line, message);
        }
    }
}

fn check_bans(findings: &mut Findings<'_>, module: &str, paths: &[CodePath], code: &str) {
    let test_file = findings.path.ends_with("/tests.rs") || findings.path.contains("/tests/");
    let test_lines = code::test_lines(code);
    for ban in rules::BANNED.iter().filter(|ban| !ban.except.contains(&module)) {
        for path in paths.iter().filter(|path| path.contains(ban.name)) {
            let in_test = test_file || test_lines.iter().any(|lines| lines.contains(&path.line));
            if ban.in_tests || !in_test {
                let message = format!("`{}` is banned here: {}", ban.name, ban.instead);
                findings.add(path.line, message);
            }
        }
    }
}

fn check_words(findings: &mut Findings<'_>, text: &str) {
    for (line_idx, line) in text.lines().enumerate() {
        for (word, instead) in rules::BANNED_WORDS {
            if line.contains(word) {
                findings.add(line_idx + 1, format!("`{word}` is banned here: {instead}"));
            }
        }
    }
}

fn check_lengths(findings: &mut Findings<'_>, code: &str) {
    for function in code::functions(code) {
        let allowed = rules::LONG_FUNCTIONS
            .iter()
            .any(|(path, name)| *path == findings.path && *name == function.name);
        let n_lines = function.lines.clone().count();
        if n_lines > rules::MAX_FUNCTION_LINES && !allowed {
            let message = format!(
                "`{}` has {n_lines} lines, more than {}: split it by subject",
                function.name,
                rules::MAX_FUNCTION_LINES
            );
            findings.add(*function.lines.start(), message);
        }
    }
}

/// Files that no `mod` declaration leads to.
pub(super) fn unreachable_files(sources: &BTreeMap<String, String>) -> Vec<Finding> {
    let mut reached = BTreeSet::from(["lib.rs".to_owned(), "main.rs".to_owned()]);
    let mut next: Vec<String> = reached.iter().cloned().collect();
    while let Some(path) = next.pop() {
        let Some(text) = sources.get(&path) else { continue };
        let folder = match path.rsplit_once('/') {
            Some((folder, "mod.rs")) => format!("{folder}/"),
            Some(_) => format!("{}/", path.trim_end_matches(".rs")),
            None => String::new(),
        };
        for child in declared_modules(&code::code_only(text)) {
            for candidate in [format!("{folder}{child}.rs"), format!("{folder}{child}/mod.rs")] {
                if sources.contains_key(&candidate) && reached.insert(candidate.clone()) {
                    next.push(candidate);
                }
            }
        }
    }
    sources
        .keys()
        .filter(|path| !reached.contains(*path))
        .map(|path| Finding {
            path: path.clone(),
            line: 1,
            message: "no `mod` leads to this file".to_owned(),
        })
        .collect()
}

/// The names in `mod name;`.
fn declared_modules(code: &str) -> Vec<&str> {
    code.split(';')
        .filter_map(|statement| {
            let mut words = statement.split_whitespace().rev();
            let name = words.next()?;
            (words.next()? == "mod").then_some(name)
        })
        .collect()
}
