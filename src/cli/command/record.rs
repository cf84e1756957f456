//! `sim verify --record`: what CPython printed becomes what is expected.
//!
//! In a scenario it is `[expect] output`. Beside a Python program it goes to a file of the same
//! name with the extension `out`, which `sim test` compares with.

use std::path::Path;

use crate::cli::files::{self, FileError};
use crate::diagnostic::Diagnostics;
use crate::scenario;
use crate::source::SourceFile;
use crate::verify::Observed;

/// What stands before the lines of an `.out` file.
const HEADER: &str = "# CPython ";

/// Writes it.
pub(super) fn record(file: &Path, observed: &Observed, version: &str) -> Result<(), FileError> {
    let lines: Vec<&str> = observed.lines.iter().map(|line| line.text.as_str()).collect();
    if file.extension().is_none_or(|extension| extension != files::SCENARIO) {
        let mut text = format!("{HEADER}{version}\n");
        lines.iter().for_each(|line| {
            text.push_str(line);
            text.push('\n');
        });
        return files::write(&file.with_extension("out"), &text);
    }
    let source = files::read_source(file)?;
    let text = with_output(&source, &lines);
    files::write(file, &text)
}

/// The lines that are expected of a Python program, if they were recorded.
pub(super) fn recorded(file: &Path) -> Result<Option<Vec<String>>, FileError> {
    let text = files::read_if_there(&file.with_extension("out"))?;
    Ok(text.map(|text| {
        let lines = text.lines().skip_while(|line| line.starts_with(HEADER));
        lines.map(str::to_owned).collect()
    }))
}

/// A scenario's text with that `[expect] output`; all else in it stays as it is.
fn with_output(source: &SourceFile, lines: &[&str]) -> String {
    let text = source.text();
    let array = array(lines);
    let scenario = scenario::parse(source.clone(), &mut Diagnostics::default());
    let known = scenario.and_then(|scenario| scenario.expect.output);
    if let Some((_, span)) = known {
        let range = span.range();
        return format!("{}{array}{}", &text[..range.start], &text[range.end..]);
    }
    let heading = |line: &str| {
        let line = line.split('#').next().unwrap_or_default().trim();
        line == "[expect]"
    };
    let mut out = String::new();
    let mut is_written = false;
    for line in text.split_inclusive('\n') {
        out.push_str(line);
        if !is_written && heading(line) {
            if !line.ends_with('\n') {
                out.push('\n');
            }
            out.push_str(&format!("output = {array}\n"));
            is_written = true;
        }
    }
    if !is_written {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        out.push_str(&format!("\n[expect]\noutput = {array}\n"));
    }
    out
}

/// Lines as a TOML array.
fn array(lines: &[&str]) -> String {
    if lines.is_empty() {
        return "[]".to_owned();
    }
    let items: String =
        lines.iter().map(|line| format!("  {},\n", toml::Value::from(*line))).collect();
    format!("[\n{items}]")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recorded(text: &str) -> String {
        with_output(&SourceFile::new("a.toml", text), &["one", "a \"b\""])
    }

    const MAIN: &str = "[coroutines.main]\nsteps = [{ print = \"one\" }]\n";

    #[test]
    fn output_is_put_in_place() {
        let wanted = "output = [\n  \"one\",\n  'a \"b\"',\n]\n";
        assert_eq!(recorded(MAIN), format!("{MAIN}\n[expect]\n{wanted}"));
        let with_table = format!("{MAIN}[expect] # so\nduration = 0\n");
        assert_eq!(recorded(&with_table), format!("{MAIN}[expect] # so\n{wanted}duration = 0\n"));
        let with_output = format!("{MAIN}[expect]\noutput = [\"old\"] # here\n");
        let expected = format!("{MAIN}[expect]\n{} # here\n", wanted.trim_end());
        assert_eq!(recorded(&with_output), expected);
    }
}
