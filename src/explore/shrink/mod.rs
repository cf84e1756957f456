//! Making a failing program smaller: as long as it fails in the same way, pieces of its text are
//! left out, and times are made shorter.
//!
//! Source: Zeller, Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (TSE 2002); here
//! the pieces are those of the language: steps, blocks, statements, sections.

mod python;
mod scenario;

use std::ops::Range;

pub use python::cuts as cuts_of_python;
pub use scenario::cuts as cuts_of_scenario;

/// A piece of a text, and what may stand in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Where it is, in bytes.
    pub range: Range<usize>,
    /// What may stand there instead.
    pub by: String,
}

impl Cut {
    fn out(range: Range<usize>) -> Self {
        Self { range, by: String::new() }
    }

    /// The text with this piece replaced.
    fn applied(&self, text: &str) -> Option<String> {
        let (before, after) = (text.get(..self.range.start)?, text.get(self.range.end..)?);
        Some(format!("{before}{}{after}", self.by))
    }
}

/// Smaller texts that are tried.
const MAX_TRIES: usize = 3_000;

/// The smallest text that is found which still fails. `cuts` tells the pieces of a text, and
/// `fails` whether one fails as it should; `goes_on` is asked before each try.
pub fn shrink(
    text: &str,
    cuts: &dyn Fn(&str) -> Vec<Cut>,
    fails: &dyn Fn(&str) -> bool,
    goes_on: &dyn Fn() -> bool,
) -> String {
    let mut best = text.to_owned();
    let mut tries = 0;
    loop {
        let mut pieces = cuts(&best);
        // Large pieces first; those further behind first, so that what uses something goes before
        // what it uses.
        pieces.sort_by_key(|cut| {
            let saved = cut.range.len().saturating_sub(cut.by.len());
            (std::cmp::Reverse(saved), std::cmp::Reverse(cut.range.start))
        });
        let smaller = pieces.iter().find_map(|cut| {
            if tries >= MAX_TRIES || !goes_on() {
                return None;
            }
            tries += 1;
            cut.applied(&best).filter(|smaller| *smaller != best && fails(smaller))
        });
        match smaller {
            Some(smaller) => best = smaller,
            None => return tidied(&best),
        }
    }
}

/// Without the blank lines that what was left out leaves behind: one stays before a line that
/// begins something of its own.
fn tidied(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    let mut is_blank_before = false;
    for line in text.lines().map(str::trim_end) {
        if !line.is_empty() {
            let begins = !line.starts_with([' ', '\t', ']', '}', ')']);
            if is_blank_before && begins && !lines.is_empty() {
                lines.push("");
            }
            lines.push(line);
        }
        is_blank_before = line.is_empty();
    }
    let mut tidy = lines.join("\n");
    tidy.push('\n');
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str = r#"name = "x"
[globals]
a = 0
b = 0
[coroutines.main]
steps = [
  { sleep = 5 },
  { for = "i in range(3)", steps = [{ do = "a = 1" }, { do = "b = 2" }] },
  { print = "{a}" },
]
"#;

    #[test]
    fn what_is_not_needed_is_left_out() {
        let fails = |text: &str| text.contains("b = 2") && text.contains("[coroutines.main]");
        let small = shrink(SCENARIO, &cuts_of_scenario, &fails, &|| true);
        assert_eq!(small, "[coroutines.main]\nsteps = [\n   { do = \"b = 2\" },\n]\n");
    }

    #[test]
    fn times_are_made_shorter() {
        let fails = |text: &str| text.contains("sleep");
        let small = shrink(SCENARIO, &cuts_of_scenario, &fails, &|| true);
        assert!(small.contains("{ sleep = 0 }"), "{small}");
    }

    #[test]
    fn statements_are_left_out() {
        let program = "import os\n\ndef f(x):\n    if x:\n        y = 1\n        return y\n    return 2\n\nprint(f(1))\n";
        let fails = |text: &str| text.contains("return y") && text.contains("def f");
        let small = shrink(program, &cuts_of_python, &fails, &|| true);
        assert_eq!(small, "def f(x):\n    if x:\n        return y\n");
    }

    #[test]
    fn a_text_that_cannot_be_read_stays_as_it_is() {
        for cuts in [cuts_of_python, cuts_of_scenario] {
            assert_eq!(shrink("x = = [\n", &cuts, &|_| true, &|| true), "x = = [\n");
        }
    }
}
