//! A user's mistake as data: what is wrong, where, and what to do about it.
//!
//! Front ends and the compiler *collect* diagnostics and go on, so that all mistakes of a file are
//! told at once. How one looks on a terminal is decided elsewhere (`cli`).
//!
//! Messages are lower-case fragments without a final period.
//!
//! ```
//! use loopsim::diagnostic::{Diagnostics, suggest};
//! use loopsim::source::Span;
//! let mut diagnostics = Diagnostics::default();
//! diagnostics
//!     .error(Span::new(0, 4), "unknown name `prnt`")
//!     .help_opt(suggest("prnt", ["print", "sprint"]).map(|name| format!("did you mean `{name}`?")));
//! assert!(diagnostics.has_errors());
//! assert_eq!(diagnostics.iter().next().unwrap().helps, ["did you mean `print`?"]);
//! ```
//!
//! Architecture invariant: this module does not know what is diagnosed, nor how it is rendered.

use crate::source::Span;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The input is rejected.
    Error,
    /// The input is accepted, and probably not what was meant.
    Warning,
}

/// A second place that explains the first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub text: String,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// Where it is; `None` when it concerns the file as a whole.
    pub span: Option<Span>,
    /// What is wrong: a lower-case fragment.
    pub message: String,
    /// A few words to stand at the marked place; may be empty.
    pub label: String,
    /// Other places that matter.
    pub related: Vec<Label>,
    /// What to do about it.
    pub helps: Vec<String>,
    /// Background that helps to understand.
    pub notes: Vec<String>,
}

impl Diagnostic {
    fn new(severity: Severity, span: Option<Span>, message: String) -> Self {
        let (label, related, helps, notes) = Default::default();
        Self { severity, span, message, label, related, helps, notes }
    }

    /// Says a few words at the marked place.
    pub fn label(&mut self, text: impl Into<String>) -> &mut Self {
        self.label = text.into();
        self
    }

    /// Points at another place.
    pub fn related(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.related.push(Label { span, text: text.into() });
        self
    }

    /// Says what to do.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.helps.push(text.into());
        self
    }

    /// Says what to do, if there is something to say.
    pub fn help_opt(&mut self, text: Option<String>) -> &mut Self {
        self.helps.extend(text);
        self
    }

    /// Adds background.
    pub fn note(&mut self, text: impl Into<String>) -> &mut Self {
        self.notes.push(text.into());
        self
    }
}

/// All mistakes of one file, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds an error at a place and returns it, for more to be said.
    pub fn error(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Diagnostic::new(Severity::Error, Some(span), message.into()))
    }

    /// Adds an error that concerns the whole file.
    pub fn error_in_file(&mut self, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Diagnostic::new(Severity::Error, None, message.into()))
    }

    /// Adds a warning at a place.
    pub fn warning(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Diagnostic::new(Severity::Warning, Some(span), message.into()))
    }

    fn add(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.found.push(diagnostic);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// Whether there is one that rejects the input.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// How many there are, warnings included.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// In the order they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// Puts them in the order of the text; those of the whole file first.
    pub fn sort_by_place(&mut self) {
        self.found
            .sort_by_key(|found| found.span.map_or((0, 0), |span| (span.start + 1, span.end)));
    }

    /// Leaves out those that `keep` does not hold of.
    pub fn retain(&mut self, keep: impl FnMut(&Diagnostic) -> bool) {
        self.found.retain(keep);
    }

    /// Takes over all of `others`.
    pub fn append(&mut self, mut others: Self) {
        self.found.append(&mut others.found);
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The known name that is most like `wrong`, if one is like it enough to be a slip of the pen.
/// Of equally good ones the first is taken.
pub fn suggest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let slips = |word: &str| word.chars().count().div_ceil(3).clamp(1, 3);
    known
        .into_iter()
        .map(|name| (distance(wrong, name), name))
        .filter(|(distance, name)| *distance <= slips(wrong).min(slips(name)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

fn distance(wrong: &str, name: &str) -> usize {
    let (wrong, name) = (wrong.to_lowercase(), name.to_lowercase());
    // `time_out` for `timeout` is a matter of taste, not a different word.
    if wrong.replace(['_', '-'], "") == name.replace(['_', '-'], "") {
        return 0;
    }
    strsim::damerau_levenshtein(&wrong, &name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggestions_are_close_or_none() {
        let known = ["sleep", "create_task", "gather", "run_in_executor"];
        assert_eq!(suggest("slep", known), Some("sleep"));
        assert_eq!(suggest("createTask", known), Some("create_task"));
        assert_eq!(suggest("gahter", known), Some("gather"));
        assert_eq!(suggest("banana", known), None);
        assert_eq!(suggest("x", known), None);
        // Of a short word little is left after two slips.
        assert_eq!((suggest("fro", ["for"]), suggest("frob", ["for"])), (Some("for"), None));
    }

    #[test]
    fn diagnostics_come_in_the_order_of_the_text() {
        let mut found = Diagnostics::default();
        found.error(Span::new(9, 10), "b");
        found.warning(Span::new(1, 2), "a");
        found.error_in_file("whole");
        found.sort_by_place();
        let messages: Vec<_> = found.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, ["whole", "a", "b"]);
    }
}
