//! The results of `sim test` in JUnit's XML form, which most CI systems read.

use std::fmt::Write;

/// One tested scenario.
pub(super) struct Case<'a> {
    pub(super) name: &'a str,
    /// Why it failed, if it did: in a few words, and in full.
    pub(super) failure: Option<(&'a str, &'a str)>,
}

/// The document. It holds no times: they would be those of this machine.
pub(super) fn document(cases: &[Case<'_>]) -> String {
    let n_failed = cases.iter().filter(|case| case.failure.is_some()).count();
    let counts = format!("tests=\"{}\" failures=\"{n_failed}\" errors=\"0\"", cases.len());
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut line = |line: String| {
        // Writing to a string cannot fail.
        writeln!(text, "{line}").unwrap_or_default();
    };
    line(format!("<testsuites name=\"sim\" {counts}>"));
    line(format!("  <testsuite name=\"scenarios\" {counts}>"));
    for case in cases {
        let name = escaped(case.name);
        match case.failure {
            None => line(format!("    <testcase classname=\"scenarios\" name=\"{name}\"/>")),
            Some((message, details)) => {
                line(format!("    <testcase classname=\"scenarios\" name=\"{name}\">"));
                let (message, details) = (escaped(message), escaped(details));
                line(format!("      <failure message=\"{message}\">{details}</failure>"));
                line("    </testcase>".to_owned());
            }
        }
    }
    line("  </testsuite>".to_owned());
    line("</testsuites>".to_owned());
    text
}

/// Text as XML may hold it; characters that it may not hold at all become `?`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => escaped.push('?'),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_told_and_escaped() {
        let cases = [
            Case { name: "a.toml", failure: None },
            Case { name: "b.toml", failure: Some(("order & time", "- \"x\" <\u{1b}[1m\n+ y")) },
        ];
        assert_eq!(
            document(&cases),
            r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="sim" tests="2" failures="1" errors="0">
  <testsuite name="scenarios" tests="2" failures="1" errors="0">
    <testcase classname="scenarios" name="a.toml"/>
    <testcase classname="scenarios" name="b.toml">
      <failure message="order &amp; time">- &quot;x&quot; &lt;?[1m
+ y</failure>
    </testcase>
  </testsuite>
</testsuites>
"#
        );
    }
}
