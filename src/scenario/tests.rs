use super::*;
use crate::diagnostic::{Diagnostic, Diagnostics, Severity};
use crate::source::SourceFile;

/// A diagnostic as a few lines of plain text: enough to see what a user is told.
fn render(source: &SourceFile, found: &Diagnostic) -> String {
    let place = |span: crate::source::Span| {
        format!("{} «{}»", source.position(span.start), source.slice(span).replace('\n', "⏎"))
    };
    let severity = match found.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let at = found.span.map_or_else(|| "file".to_owned(), place);
    let mut text = format!("{severity}: {}\n  at {at}\n", found.message);
    if !found.label.is_empty() {
        text += &format!("  label: {}\n", found.label);
    }
    for related in &found.related {
        text += &format!("  and {}: {}\n", place(related.span), related.text);
    }
    for help in &found.helps {
        text += &format!("  help: {help}\n");
    }
    for note in &found.notes {
        text += &format!("  note: {note}\n");
    }
    text
}

fn read(text: &str) -> (Option<Scenario>, Diagnostics, SourceFile) {
    let source = SourceFile::new("test.toml", text);
    let mut diagnostics = Diagnostics::default();
    let scenario = parse(source.clone(), &mut diagnostics);
    diagnostics.sort_by_place();
    (scenario, diagnostics, source)
}

fn told(text: &str) -> String {
    let (_, diagnostics, source) = read(text);
    diagnostics.iter().map(|found| render(&source, found)).collect()
}

#[test]
fn scratch() {
    let Ok(path) = std::env::var("SCRATCH") else { return };
    for path in path.split(':') {
        let text = std::fs::read_to_string(path).unwrap();
        println!("=== {path}\n{}", told(&text));
    }
}
