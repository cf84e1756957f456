//! What is open: a prompt, the help, a key that waits for another.

/// What a prompt is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Prompt {
    Search,
    Filter,
    Goto,
}

impl Prompt {
    /// What stands in front of the text.
    pub(crate) const fn sign(self) -> char {
        match self {
            Self::Search => '/',
            Self::Filter => '&',
            Self::Goto => ':',
        }
    }

    /// What can be typed.
    pub(crate) const fn hint(self) -> &'static str {
        match self {
            Self::Search => "name, kind of event, output or source text; n N move among matches",
            Self::Filter => "text  task:fetch-*  kind:output  -state:sleep; empty shows all",
            Self::Goto => "25ms  #31  50%  @task  a pane  break kind:cancel  save  theme  axis",
        }
    }
}

/// What keys mean now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As the table of keys says.
    Normal,
    /// They are typed into a line; the cursor is behind so many characters.
    Prompt { prompt: Prompt, text: String, at: usize },
    /// The help is open, scrolled down so many lines.
    Help { top: usize },
    /// The next one names a mark to set.
    SetMark,
    /// The next one names a mark to go to.
    ToMark,
}

/// The longest text that can be typed.
const MAX_TEXT: usize = 200;

/// Inserts a character behind `at` others.
pub(super) fn insert(text: &mut String, at: &mut usize, c: char) {
    if text.chars().count() < MAX_TEXT {
        text.insert(byte(text, *at), c);
        *at += 1;
    }
}

/// Takes away the character before `at`.
pub(super) fn remove(text: &mut String, at: &mut usize) {
    if let Some(before) = at.checked_sub(1) {
        let index = byte(text, before);
        if index < text.len() {
            text.remove(index);
        }
        *at = before;
    }
}

fn byte(text: &str, at: usize) -> usize {
    text.char_indices().nth(at).map_or(text.len(), |(index, _)| index)
}
