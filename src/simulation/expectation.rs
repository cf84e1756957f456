//! What `[expect]` says, against what came.

use std::fmt;
use std::rc::Rc;

use super::run::Took;
use crate::index::SiteId;
use crate::interpreter::{self, World};
use crate::program::{Claim, Program};
use crate::trace::outcome::Outcome;

/// Something that was expected and did not come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenExpectation {
    /// Which: `output`, `finally` …
    pub what: &'static str,
    /// What is wrong; the first line says it, others show it.
    pub message: String,
    /// Where it is written: `file:line`.
    pub place: String,
}

impl fmt::Display for BrokenExpectation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, message, place } = self;
        let (first, rest) = message.split_once('\n').unwrap_or((message, ""));
        write!(f, "{what}: {first} ({place})")?;
        if rest.is_empty() { Ok(()) } else { write!(f, "\n{rest}") }
    }
}

/// What came.
pub(super) struct Observed<'o> {
    pub outcome: &'o Outcome,
    pub lines: Option<&'o [String]>,
    pub took: Took,
}

/// All that is broken.
pub(super) fn broken(
    program: &Program,
    world: &Rc<World>,
    observed: &Observed<'_>,
) -> Vec<BrokenExpectation> {
    let expect = &program.expectations;
    let mut found = Vec::new();
    let mut report = |what, site: SiteId, message: Option<String>| {
        let place = program.site(site).map_or_else(String::new, |site| {
            let file = program.sources.get(site.source as usize).map_or("", |file| file.name());
            format!("{file}:{}", site.line)
        });
        found.extend(message.map(|message| BrokenExpectation { what, message, place }));
    };
    let lines = observed.lines.unwrap_or_default();
    if let Some((expected, site)) = &expect.output {
        report("output", *site, different(expected, lines));
    }
    if let Some((expected, site)) = &expect.order {
        report("order", *site, out_of_order(expected, lines));
    }
    if let Some((expected, site)) = &expect.duration {
        let differs = *expected != observed.took;
        let message = format!("expected {expected}, took {}", observed.took);
        report("duration", *site, differs.then_some(message));
    }
    if let Some((expected, site)) = &expect.outcome {
        let actual = observed.outcome.to_string();
        let message = format!("expected `{expected}`, got `{actual}`");
        report("outcome", *site, (*expected != actual).then_some(message));
    }
    if let Some(broken) = world.broken_claim() {
        let after = match &broken.error {
            None => format!("`{}` was false at {}", broken.claim.text, broken.at),
            Some(error) => format!("`{}` failed at {}: {error}", broken.claim.text, broken.at),
        };
        report("always", broken.claim.site, Some(after));
    }
    for claim in &expect.finally {
        report("finally", claim.site, false_at_end(world, claim));
    }
    found
}

fn false_at_end(world: &Rc<World>, claim: &Claim) -> Option<String> {
    match interpreter::claim_holds(world, claim.code) {
        Ok(true) => None,
        Ok(false) => Some(format!("`{}` is false", claim.text)),
        Err(error) => Some(format!("`{}` fails: {error}", claim.text)),
    }
}

/// Lines shown around a difference, and at most that many different ones.
const CONTEXT: usize = 2;
const MOST_LINES: usize = 20;

/// How the output differs from what was expected.
fn different(expected: &[String], actual: &[String]) -> Option<String> {
    use fmt::Write as _;
    if expected == actual {
        return None;
    }
    let same_start = expected.iter().zip(actual).take_while(|(a, b)| a == b).count();
    let (rest_expected, rest_actual) = (&expected[same_start..], &actual[same_start..]);
    let rest = rest_expected.iter().rev().zip(rest_actual.iter().rev());
    let same_end = rest.take_while(|(a, b)| a == b).count();
    let missing = &rest_expected[..rest_expected.len() - same_end];
    let added = &rest_actual[..rest_actual.len() - same_end];
    let mut out = format!("differs from line {} on", same_start + 1);
    let mut line = |mark: &str, text: &str| {
        // Writing to a String cannot fail.
        let _unused = write!(out, "\n  {mark} {text}");
    };
    for text in &expected[same_start.saturating_sub(CONTEXT)..same_start] {
        line(" ", text);
    }
    for (mark, what, lines) in [("-", "expected", missing), ("+", "printed", added)] {
        for text in lines.iter().take(MOST_LINES) {
            line(mark, text);
        }
        if lines.len() > MOST_LINES {
            line(mark, &format!("… {} more lines {what}", lines.len() - MOST_LINES));
        }
    }
    for text in expected[expected.len() - same_end..].iter().take(CONTEXT) {
        line(" ", text);
    }
    Some(out)
}

/// Which of the lines did not come, or not in their order.
fn out_of_order(expected: &[String], actual: &[String]) -> Option<String> {
    let mut from = 0;
    for (index, line) in expected.iter().enumerate() {
        match actual[from..].iter().position(|printed| printed == line) {
            Some(at) => from += at + 1,
            None => {
                let after = match index.checked_sub(1) {
                    Some(before) => format!(" after `{}`", expected[before]),
                    None => String::new(),
                };
                let earlier = actual.iter().position(|printed| printed == line);
                let earlier = earlier
                    .map_or_else(String::new, |at| format!(", only before it, as line {}", at + 1));
                return Some(format!("`{line}` did not come{after}{earlier}"));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn differences_show_what_is_missing_and_what_came() {
        assert_eq!(different(&lines("a b"), &lines("a b")), None);
        assert_eq!(
            different(&lines("a b c d e"), &lines("a b x d e")).unwrap(),
            "differs from line 3 on\n    a\n    b\n  - c\n  + x\n    d\n    e"
        );
        assert_eq!(different(&lines("a"), &lines("")).unwrap(), "differs from line 1 on\n  - a");
        assert_eq!(
            different(&lines("a a"), &lines("a")).unwrap(),
            "differs from line 2 on\n    a\n  - a"
        );
    }

    #[test]
    fn order_tells_which_line_is_out_of_it() {
        assert_eq!(out_of_order(&lines("a c"), &lines("a b c")), None);
        assert_eq!(
            out_of_order(&lines("c a"), &lines("a b c")).unwrap(),
            "`a` did not come after `c`, only before it, as line 1"
        );
        assert_eq!(out_of_order(&lines("x"), &lines("a")).unwrap(), "`x` did not come");
    }
}
