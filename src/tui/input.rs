//! What a person does: keys, the mouse, the size of the window.

use std::fmt;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// A character; shifted letters are upper case.
    Char(char),
    /// A key with a name, as [`Key`] shows it: `Left`, `Enter`.
    Named(&'static str),
}

/// Keys that have a name.
pub const NAMED: [&str; 16] = [
    "Left",
    "Right",
    "Up",
    "Down",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Enter",
    "Esc",
    "Tab",
    "Backspace",
    "Delete",
    "Space",
    "F1",
    "BackTab",
];

/// A key, pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Which.
    pub code: Code,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Shift; of named keys only.
    pub shift: bool,
}

impl Key {
    /// A character.
    pub const fn char(c: char) -> Self {
        let code = if c == ' ' { Code::Named("Space") } else { Code::Char(c) };
        Self { code, ctrl: false, shift: false }
    }

    /// The key of that name.
    pub fn named(name: &str) -> Option<Self> {
        let code = Code::Named(NAMED.into_iter().find(|known| *known == name)?);
        Some(Self { code, ctrl: false, shift: false })
    }

    /// Reads keys as they are shown, with blanks between: `. . ] Enter S-Left C-d`. A word that is
    /// no key is typed letter by letter, and `<` and `>` may stand around a name: `/fetch<Enter>`.
    pub fn parse_all(text: &str) -> Vec<Self> {
        text.split_whitespace().flat_map(parse_word).collect()
    }

    fn parse(word: &str) -> Option<Self> {
        if let Some(rest) = word.strip_prefix("C-") {
            return Self::parse(rest).map(|key| Self { ctrl: true, ..key });
        }
        if let Some(rest) = word.strip_prefix("S-") {
            return Self::parse(rest).map(|key| Self { shift: true, ..key });
        }
        let mut chars = word.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) => Some(Self::char(c)),
            _ => Self::named(word),
        }
    }
}

fn parse_word(word: &str) -> Vec<Key> {
    if let Some(key) = Key::parse(word) {
        return vec![key];
    }
    let mut keys = Vec::new();
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|inner| {
            let (name, after) = inner.split_once('>')?;
            Some((Key::parse(name).filter(|_| name.len() > 1)?, after))
        });
        match named {
            Some((key, after)) => {
                keys.push(key);
                rest = after;
            }
            None => {
                keys.push(Key::char(c));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    keys
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("C-")?;
        }
        if self.shift {
            f.write_str("S-")?;
        }
        match self.code {
            Code::Char(c) => write!(f, "{c}"),
            Code::Named(name) => f.write_str(name),
        }
    }
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Down,
    /// It moved with the left button held.
    Drag,
    /// The left button went up.
    Up,
    /// The wheel was turned up.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// The mouse, somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column, from 0.
    pub column: u16,
    /// Row, from 0.
    pub row: u16,
    /// With Ctrl.
    pub ctrl: bool,
    /// With Shift.
    pub shift: bool,
}

/// Anything that changes what is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// A key.
    Key(Key),
    /// The mouse.
    Mouse(Mouse),
    /// The window has another size: columns and rows.
    Resize(u16, u16),
    /// That many milliseconds have passed.
    Tick(u64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_shown() {
        let shown = |text: &str| {
            Key::parse_all(text).iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        for text in [". , ] [", "S-Left Enter C-d", "Space + 0", "G g F1"] {
            assert_eq!(shown(text), text);
        }
        assert_eq!(shown("/fetch<Enter>n"), "/ f e t c h Enter n");
        assert_eq!(shown(":25ms<Enter>"), ": 2 5 m s Enter");
        assert_eq!(shown("a<b"), "a < b");
    }
}
