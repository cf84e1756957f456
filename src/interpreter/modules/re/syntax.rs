//! Python's syntax of patterns, in that of `fancy-regex`.

const IGNORECASE: i64 = 2;
const MULTILINE: i64 = 8;
const DOTALL: i64 = 16;
const VERBOSE: i64 = 64;
const ASCII: i64 = 256;

/// The pattern in the other syntax; or what is wrong with it, and at which code point.
pub(super) fn translate(pattern: &str, flags: i64) -> Result<String, (String, usize)> {
    let mut translator = Translator {
        chars: pattern.chars().collect(),
        at: 0,
        out: String::new(),
        open: Vec::new(),
        flags,
    };
    let mut letters = String::new();
    for (flag, letter) in [(IGNORECASE, 'i'), (MULTILINE, 'm'), (DOTALL, 's'), (VERBOSE, 'x')] {
        if flags & flag != 0 {
            letters.push(letter);
        }
    }
    if !letters.is_empty() {
        translator.out = format!("(?{letters})");
    }
    translator.run()?;
    Ok(translator.out)
}

struct Translator {
    chars: Vec<char>,
    at: usize,
    out: String,
    /// Where the groups begin that are not closed.
    open: Vec<usize>,
    flags: i64,
}

type Done = Result<(), (String, usize)>;

fn wrong(message: &str, at: usize) -> Done {
    wrong_in(message, at)
}

fn wrong_in<T>(message: &str, at: usize) -> Result<T, (String, usize)> {
    Err((message.to_owned(), at))
}

/// Whether a repeat can stand here.
fn may_repeat(item: bool, repeated: bool, at: usize) -> Done {
    match (item, repeated) {
        (false, _) => wrong("nothing to repeat", at),
        (true, true) => wrong("multiple repeat", at),
        (true, false) => Ok(()),
    }
}

impl Translator {
    fn peek(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn starts_with(&self, text: &str) -> bool {
        let rest = &self.chars[self.at.min(self.chars.len())..];
        text.chars().count() <= rest.len() && text.chars().zip(rest).all(|(a, b)| a == *b)
    }

    fn run(&mut self) -> Done {
        // Whether something stands before that a `*` can repeat.
        let mut item = false;
        let mut repeated = false;
        while let Some(c) = self.peek() {
            let begin = self.at;
            self.at += 1;
            match c {
                '\\' => {
                    self.escape(false)?;
                    (item, repeated) = (true, false);
                }
                '[' => {
                    self.class(begin)?;
                    (item, repeated) = (true, false);
                }
                '(' => {
                    self.open.push(begin);
                    self.group(begin)?;
                    (item, repeated) = (false, false);
                }
                ')' => {
                    if self.open.pop().is_none() {
                        return wrong("unbalanced parenthesis", begin);
                    }
                    self.out.push(')');
                    (item, repeated) = (true, false);
                }
                '*' | '+' | '?' => {
                    may_repeat(item, repeated, begin)?;
                    self.out.push(c);
                    self.suffix();
                    repeated = true;
                }
                '{' => {
                    if self.counts() {
                        may_repeat(item, repeated, begin)?;
                        self.suffix();
                        repeated = true;
                    } else {
                        self.out.push_str("\\{");
                        (item, repeated) = (true, false);
                    }
                }
                '}' | ']' | '#' if c != '#' || self.flags & VERBOSE == 0 => {
                    self.out.extend(['\\', c]);
                    (item, repeated) = (true, false);
                }
                '$' => {
                    let multiline = self.flags & MULTILINE != 0;
                    self.out.push_str(if multiline { "$" } else { "(?=\\n?\\z)" });
                    (item, repeated) = (true, false);
                }
                '|' => {
                    self.out.push('|');
                    (item, repeated) = (false, false);
                }
                c => {
                    self.out.push(c);
                    (item, repeated) = (c != '^' || item, false);
                }
            }
        }
        match self.open.first() {
            Some(at) => wrong("missing ), unterminated subpattern", *at),
            None => Ok(()),
        }
    }

    /// The `?` or `+` after a repeat.
    fn suffix(&mut self) {
        if let Some(c @ ('?' | '+')) = self.peek() {
            self.out.push(c);
            self.at += 1;
        }
    }

    /// `{m,n}`, if it is that.
    fn counts(&mut self) -> bool {
        let end = self.chars[self.at..].iter().position(|c| *c == '}');
        let Some(end) = end else { return false };
        let inner: String = self.chars[self.at..self.at + end].iter().collect();
        let (low, high) = inner.split_once(',').unwrap_or((&inner, &inner));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if !digits(low) || !digits(high) || low.is_empty() && high.is_empty() {
            return false;
        }
        let low = if low.is_empty() { "0" } else { low };
        let count = match inner.contains(',') {
            true => format!("{{{low},{high}}}"),
            false => format!("{{{low}}}"),
        };
        self.out.push_str(&count);
        self.at += end + 1;
        true
    }

    fn group(&mut self, begin: usize) -> Done {
        if self.named_or_silent(begin)? {
            return Ok(());
        }
        self.out.push('(');
        if self.peek() == Some('?') {
            self.out.push('?');
            self.at += 1;
            while let Some(c) = self.peek() {
                self.at += 1;
                match c {
                    // Inline flags; `a`, `L` and `u` change nothing here.
                    'a' | 'L' | 'u' => {}
                    'i' | 'm' | 's' | 'x' | '-' => self.out.push(c),
                    ':' | '=' | '!' | '>' | '(' => {
                        self.out.push(c);
                        if c == '(' {
                            // A condition: up to its end it is no group.
                            while let Some(c) = self.peek() {
                                self.at += 1;
                                self.out.push(c);
                                if c == ')' {
                                    break;
                                }
                            }
                        }
                        return Ok(());
                    }
                    ')' => {
                        self.out.push(')');
                        self.open.pop();
                        return Ok(());
                    }
                    '<' => match self.peek() {
                        Some(c @ ('=' | '!')) => {
                            self.at += 1;
                            self.out.push('<');
                            self.out.push(c);
                            return Ok(());
                        }
                        _ => return wrong("unknown extension ?<", begin + 1),
                    },
                    other => {
                        return wrong(&format!("unknown extension ?{other}"), begin + 1);
                    }
                }
            }
            return wrong("unexpected end of pattern", self.at);
        }
        Ok(())
    }

    /// `(?P<name>`, `(?P=name)` and `(?#…)`, if it is one of these.
    fn named_or_silent(&mut self, begin: usize) -> Result<bool, (String, usize)> {
        if self.starts_with("?P<") {
            self.at += 3;
            let end = self.chars[self.at..].iter().position(|c| *c == '>');
            let Some(end) = end else {
                return wrong_in("missing >, unterminated name", self.at);
            };
            let name: String = self.chars[self.at..self.at + end].iter().collect();
            if name.is_empty() {
                return wrong_in("missing group name", self.at);
            }
            let good = name
                .chars()
                .enumerate()
                .all(|(at, c)| c == '_' || c.is_alphabetic() || at > 0 && c.is_alphanumeric());
            if !good {
                return wrong_in(&format!("bad character in group name '{name}'"), self.at);
            }
            self.at += end + 1;
            self.out.push_str(&format!("(?P<{name}>"));
            return Ok(true);
        }
        if self.starts_with("?P=") {
            self.at += 3;
            let end = self.chars[self.at..].iter().position(|c| *c == ')').unwrap_or(0);
            let name: String = self.chars[self.at..self.at + end].iter().collect();
            self.at += end + 1;
            self.open.pop();
            self.out.push_str(&format!("\\k<{name}>"));
            return Ok(true);
        }
        if self.starts_with("?#") {
            let end = self.chars[self.at..].iter().position(|c| *c == ')');
            let Some(end) = end else {
                return wrong_in("missing ), unterminated comment", begin);
            };
            self.at += end + 1;
            self.open.pop();
            return Ok(true);
        }
        Ok(false)
    }

    /// What follows a backslash.
    fn escape(&mut self, in_class: bool) -> Done {
        let begin = self.at - 1;
        let Some(c) = self.peek() else { return wrong("bad escape (end of pattern)", begin) };
        self.at += 1;
        let ascii = self.flags & ASCII != 0;
        match c {
            'd' if ascii => self.out.push_str(if in_class { "0-9" } else { "[0-9]" }),
            'w' if ascii => self.out.push_str(if in_class { "0-9A-Za-z_" } else { "[0-9A-Za-z_]" }),
            'd' | 'D' | 'w' | 'W' | 's' | 'S' => {
                self.out.push('\\');
                self.out.push(c);
            }
            'b' if in_class => self.out.push_str("\\x08"),
            'b' | 'B' | 'A' if !in_class => {
                self.out.push('\\');
                self.out.push(c);
            }
            'Z' if !in_class => self.out.push_str("\\z"),
            'n' | 'r' | 't' | 'f' | 'v' | 'a' => {
                self.out.push('\\');
                self.out.push(c);
            }
            'x' => self.code(2, begin)?,
            'u' => self.code(4, begin)?,
            'U' => self.code(8, begin)?,
            '0' => {
                let mut value = 0;
                let mut count = 0;
                while let Some(digit) =
                    self.peek().and_then(|c| c.to_digit(8)).filter(|_| count < 2)
                {
                    value = value * 8 + digit;
                    count += 1;
                    self.at += 1;
                }
                self.out.push_str(&format!("\\x{{{value:x}}}"));
            }
            '1'..='9' if !in_class => {
                let mut number = String::from(c);
                if let Some(digit @ '0'..='9') = self.peek() {
                    number.push(digit);
                    self.at += 1;
                }
                self.out.push_str(&format!("(?:\\{number})"));
            }
            c if c.is_ascii_alphabetic() => {
                return wrong(&format!("bad escape \\{c}"), begin);
            }
            c if c.is_alphanumeric() || c == '_' => self.out.push(c),
            c => {
                if c.is_ascii() && !c.is_whitespace() {
                    self.out.push('\\');
                    self.out.push(c);
                } else {
                    self.out.push_str(&format!("\\x{{{:x}}}", c as u32));
                }
            }
        }
        Ok(())
    }

    fn code(&mut self, digits: usize, begin: usize) -> Done {
        let found: String = self.chars[self.at..].iter().take(digits).collect();
        if found.chars().count() < digits || !found.chars().all(|c| c.is_ascii_hexdigit()) {
            let letter = self.chars[self.at - 1];
            return wrong(&format!("incomplete escape \\{letter}{found}"), begin);
        }
        self.at += digits;
        self.out.push_str(&format!("\\x{{{found}}}"));
        Ok(())
    }

    fn class(&mut self, begin: usize) -> Done {
        self.out.push('[');
        if self.peek() == Some('^') {
            self.out.push('^');
            self.at += 1;
        }
        let mut first = true;
        loop {
            let Some(c) = self.peek() else {
                return wrong("unterminated character set", begin);
            };
            self.at += 1;
            match c {
                ']' if !first => {
                    self.out.push(']');
                    return Ok(());
                }
                '\\' => self.escape(true)?,
                '-' if first || self.peek() == Some(']') => self.out.push_str("\\-"),
                '[' | ']' | '&' | '~' | '^' | '#' => {
                    self.out.push('\\');
                    self.out.push(c);
                }
                c if c.is_whitespace() => {
                    self.out.push_str(&format!("\\x{{{:x}}}", c as u32));
                }
                c => self.out.push(c),
            }
            first = false;
        }
    }
}
