//! Writes JSON objects, one a line. A line of a trace has a dozen numbers and few texts, so this is
//! several times faster than a general serializer.

/// Lines of JSON in the making.
#[derive(Debug, Default)]
pub(super) struct Lines {
    bytes: Vec<u8>,
}

impl Lines {
    /// What was written so far.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets what was written so far.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
    }

    /// Begins an object.
    pub(super) fn open(&mut self) {
        self.bytes.push(b'{');
    }

    /// Ends an object.
    pub(super) fn close(&mut self) {
        self.bytes.push(b'}');
    }

    /// Ends an object and its line.
    pub(super) fn end(&mut self) {
        self.bytes.extend_from_slice(b"}\n");
    }

    /// Begins a field. Keys are plain words.
    pub(super) fn key(&mut self, key: &str) {
        let first = self.bytes.last() == Some(&b'{');
        self.bytes.extend_from_slice(if first { b"\"" } else { b",\"" });
        self.bytes.extend_from_slice(key.as_bytes());
        self.bytes.extend_from_slice(b"\":");
    }

    /// A field that is a number.
    pub(super) fn number(&mut self, key: &str, value: impl Into<u64>) {
        self.key(key);
        self.number_value(value.into());
    }

    /// A number.
    pub(super) fn number_value(&mut self, mut value: u64) {
        let mut digits = [0; 20];
        let mut start = digits.len();
        loop {
            start -= 1;
            digits[start] = b'0' + (value % 10) as u8;
            value /= 10;
            if value == 0 {
                break;
            }
        }
        self.bytes.extend_from_slice(&digits[start..]);
    }

    /// A field that is a text.
    pub(super) fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.text_value(text);
    }

    /// A field that is one of our own words, in which nothing is to escape.
    pub(super) fn word(&mut self, key: &str, word: &'static str) {
        self.key(key);
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(word.as_bytes());
        self.bytes.push(b'"');
    }

    /// A field that is yes or no.
    pub(super) fn flag(&mut self, key: &str, value: bool) {
        self.raw(key, if value { "true" } else { "false" });
    }

    /// A field that is JSON already.
    pub(super) fn raw(&mut self, key: &str, json: &str) {
        self.key(key);
        self.bytes.extend_from_slice(json.as_bytes());
    }

    /// A line that is JSON already.
    pub(super) fn raw_line(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
        self.bytes.push(b'\n');
    }

    /// A text.
    pub(super) fn text_value(&mut self, text: &str) {
        self.bytes.push(b'"');
        let mut rest = text.as_bytes();
        while let Some(at) = rest.iter().position(|byte| must_escape(*byte)) {
            self.bytes.extend_from_slice(&rest[..at]);
            self.escape(rest[at]);
            rest = &rest[at + 1..];
        }
        self.bytes.extend_from_slice(rest);
        self.bytes.push(b'"');
    }

    fn escape(&mut self, byte: u8) {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let short = match byte {
            b'"' | b'\\' => byte,
            b'\n' => b'n',
            b'\r' => b'r',
            b'\t' => b't',
            _ => {
                self.bytes.extend_from_slice(b"\\u00");
                self.bytes.push(HEX[usize::from(byte >> 4)]);
                self.bytes.push(HEX[usize::from(byte & 15)]);
                return;
            }
        };
        self.bytes.extend_from_slice(&[b'\\', short]);
    }
}

fn must_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str) {
        let mut lines = Lines::default();
        lines.text_value(text);
        let read: String = serde_json::from_slice(lines.bytes()).unwrap();
        assert_eq!(read, text);
    }

    #[test]
    fn any_text_is_escaped_rightly() {
        check("");
        check("plain");
        check("\"quoted\\\"\n\r\t");
        check(&(0..0x80_u8).map(char::from).collect::<String>());
        check("ünïcödé \u{2028} \u{1f600} \u{0}");
    }

    #[test]
    fn numbers_are_written_in_full() {
        for number in [0, 7, 10, 99, 100, 1_000_000_007, u64::MAX] {
            let mut lines = Lines::default();
            lines.number_value(number);
            assert_eq!(str::from_utf8(lines.bytes()), Ok(number.to_string().as_str()));
        }
    }
}
