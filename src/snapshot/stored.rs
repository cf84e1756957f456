//! The text of a snapshot file: a front matter in YAML between two `---`, then the contents.
//!
//! Source: insta 1.49, `Snapshot::{from_file, serialize_snapshot}` and `TextSnapshotContents`.

/// The name of the snapshot file of an input, given by its path below the folder of inputs:
/// `walkthrough/hello.toml` has `walkthrough__hello.toml.snap`.
pub fn file_name(relative_path: &str) -> String {
    format!("{}.snap", relative_path.replace(['/', '\\'], "__"))
}

/// What the front matter of a new snapshot says.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The file it is a snapshot of.
    pub source: &'a str,
    /// What it shows; may be empty.
    pub description: &'a str,
}

/// A snapshot as it is in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// With both `---` and the last line's end.
    front_matter: String,
    contents: String,
}

impl Stored {
    /// Reads a file's text; `None` if it is no snapshot.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.replace("\r\n", "\n");
        let rest = text.strip_prefix("---\n")?;
        let end = if rest.starts_with("---\n") { 0 } else { rest.find("\n---\n")? + 1 };
        let (front_matter, contents) = text.split_at("---\n".len() + end + "---\n".len());
        Some(Self { front_matter: front_matter.to_owned(), contents: contents.to_owned() })
    }

    /// What was snapshot, without blanks at the end.
    pub fn contents(&self) -> &str {
        self.contents.trim_end()
    }

    /// Whether this is a snapshot of `contents`; blanks at the end do not count.
    pub fn matches(&self, contents: &str) -> bool {
        self.contents() == contents.replace("\r\n", "\n").trim_end()
    }

    /// The text of a file with new contents, and all else as it was. A line number that only a
    /// pending snapshot has is left out.
    pub fn with_contents(&self, contents: &str) -> String {
        let kept = self.front_matter.lines().filter(|line| !line.starts_with("assertion_line:"));
        let mut text = String::new();
        for line in kept {
            text.push_str(line);
            text.push('\n');
        }
        push_contents(text, contents)
    }

    /// The text of a new file.
    pub fn create(about: About<'_>, contents: &str) -> String {
        let mut text = format!("---\nsource: {}\n", scalar(about.source));
        if !about.description.is_empty() {
            text.push_str("description: ");
            text.push_str(&scalar(about.description));
            text.push('\n');
        }
        text.push_str("---\n");
        push_contents(text, contents)
    }
}

fn push_contents(mut text: String, contents: &str) -> String {
    text.push_str(contents.replace("\r\n", "\n").trim_end());
    text.push('\n');
    text
}

/// A string in YAML: plain where that cannot be taken for something else, else in quotes.
fn scalar(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '_' | '/' | '(' | ')');
    let is_inner = |c: char| is_plain(c) || matches!(c, '-' | '.' | '=' | '+' | '?' | '!');
    let words = ["yes", "no", "true", "false", "on", "off", "null"];
    let plain = text.starts_with(|c: char| c.is_alphabetic() || c == '/')
        && text.chars().all(is_inner)
        && !text.ends_with(' ')
        && !words.contains(&text.to_lowercase().as_str())
        && !matches!(text.to_lowercase().as_str(), "nan" | "inf" | "infinity");
    if plain {
        return text.to_owned();
    }
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            c if c.is_control() => quoted.extend(format!("\\u{:04x}", c as u32).chars()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_is_read_back() {
        let about = About { source: "scenarios/a.toml", description: "Numbers: 1, 2" };
        let text = Stored::create(about, "a\n  b\n\n");
        assert_eq!(
            text,
            "---\nsource: scenarios/a.toml\ndescription: \"Numbers: 1, 2\"\n---\na\n  b\n"
        );
        let stored = Stored::parse(&text).unwrap();
        assert_eq!(stored.contents(), "a\n  b");
        assert!(stored.matches("a\r\n  b\n"));
        assert!(!stored.matches("a\nb"));
    }

    #[test]
    fn an_update_keeps_what_was_said() {
        let text = "---\nsource: tests/it/x.rs\nassertion_line: 7\ninfo:\n  a: 1\n---\nold\n---\n";
        let stored = Stored::parse(text).unwrap();
        assert_eq!(stored.contents(), "old\n---");
        assert_eq!(
            stored.with_contents("new\n"),
            "---\nsource: tests/it/x.rs\ninfo:\n  a: 1\n---\nnew\n"
        );
    }

    #[test]
    fn what_is_no_snapshot_is_none() {
        for text in ["", "hello", "---\nsource: x\n", "<<<<<<< HEAD\n---\n"] {
            assert_eq!(Stored::parse(text), None, "{text}");
        }
        assert_eq!(Stored::parse("---\n---\n").unwrap().contents(), "");
    }

    #[test]
    fn names_are_those_insta_gives() {
        assert_eq!(file_name("walkthrough/hello.toml"), "walkthrough__hello.toml.snap");
        assert_eq!(file_name("a\\b.toml"), "a__b.toml.snap");
    }

    #[test]
    fn odd_names_are_quoted() {
        for (text, written) in [
            ("two tasks", "two tasks"),
            ("true", "\"true\""),
            ("-x", "\"-x\""),
            ("a: b", "\"a: b\""),
            ("é ✨\n", "\"é ✨\\n\""),
        ] {
            assert_eq!(scalar(text), written);
        }
    }
}
