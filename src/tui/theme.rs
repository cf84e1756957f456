//! Colors and glyphs. Every state has a glyph of its own: colors only help.

use ratatui::style::{Color, Modifier, Style};

use super::model::State;

/// Which colors are used. Only foregrounds are colored, so that every background will do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// None: bold, faint and reversed only.
    Mono,
    /// The terminal's own 16.
    #[default]
    Sixteen,
    /// Okabe and Ito's, which color-blind people can tell apart.
    OkabeIto,
}

impl Theme {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mono, Self::Sixteen, Self::OkabeIto];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mono => "mono",
            Self::Sixteen => "16",
            Self::OkabeIto => "okabe-ito",
        }
    }

    /// The theme of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Mono => Self::Sixteen,
            Self::Sixteen => Self::OkabeIto,
            Self::OkabeIto => Self::Mono,
        }
    }
}

/// What a text is, for its color.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Of no importance of its own.
    Usual,
    /// Can be overlooked.
    Faint,
    /// Must not be overlooked.
    Strong,
    /// Where the cursor is, the selected lane.
    Cursor,
    /// Went well.
    Good,
    /// Went wrong.
    Bad,
    /// On the critical path.
    Path,
    /// A mark, a range, a match.
    Mark,
    /// What a lane does.
    In(State),
}

/// How everything looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// The colors.
    pub theme: Theme,
    /// Whether there is nothing but ASCII.
    pub ascii: bool,
}

impl Look {
    /// The style of a text.
    pub(crate) fn style(self, role: Role) -> Style {
        let style = Style::new();
        let colored = |sixteen: Color, okabe: u32| match self.theme {
            Theme::Mono => style,
            Theme::Sixteen => style.fg(sixteen),
            Theme::OkabeIto => style.fg(Color::from_u32(okabe)),
        };
        match role {
            Role::Usual => style,
            Role::Faint => style.add_modifier(Modifier::DIM),
            Role::Strong => style.add_modifier(Modifier::BOLD),
            Role::Cursor => style.add_modifier(Modifier::REVERSED),
            Role::Good => colored(Color::Green, 0x00_9e73),
            Role::Bad => colored(Color::LightRed, 0xd5_5e00).add_modifier(Modifier::BOLD),
            Role::Path => colored(Color::LightYellow, 0xf0_e442).add_modifier(Modifier::BOLD),
            Role::Mark => colored(Color::LightMagenta, 0xcc_79a7).add_modifier(Modifier::BOLD),
            Role::In(state) => match state {
                State::Absent => style,
                State::Idle => style.add_modifier(Modifier::DIM),
                State::Sleeping => colored(Color::Blue, 0x00_72b2),
                State::Io => colored(Color::LightBlue, 0x56_b4e9),
                State::Awaiting => colored(Color::Cyan, 0x56_b4e9).add_modifier(Modifier::DIM),
                State::InLine => colored(Color::Magenta, 0xcc_79a7),
                State::Ready => colored(Color::Yellow, 0xf0_e442),
                State::Working => colored(Color::LightGreen, 0xe6_9f00),
                State::Running => colored(Color::Green, 0x00_9e73).add_modifier(Modifier::BOLD),
                State::Holding => colored(Color::LightRed, 0xd5_5e00).add_modifier(Modifier::BOLD),
                State::Done => colored(Color::Green, 0x00_9e73),
                State::Cancelled => colored(Color::LightYellow, 0xe6_9f00),
                State::Failed => colored(Color::LightRed, 0xd5_5e00).add_modifier(Modifier::BOLD),
            },
        }
    }

    /// What a state is drawn with.
    pub(crate) const fn glyph(self, state: State) -> char {
        let (unicode, ascii) = match state {
            State::Absent => (' ', ' '),
            State::Idle => ('·', '.'),
            State::Sleeping => ('─', '-'),
            State::Io => ('┄', ':'),
            State::Awaiting => ('╌', '~'),
            State::InLine => ('═', '%'),
            State::Ready => ('▒', '='),
            State::Working => ('▄', 'w'),
            State::Running => ('●', 'o'),
            State::Holding => ('█', '#'),
            State::Done => ('✓', 'D'),
            State::Cancelled => ('⊘', 'C'),
            State::Failed => ('✗', '!'),
        };
        if self.ascii { ascii } else { unicode }
    }

    /// What several steps in one column are drawn with.
    pub(crate) const fn several(self) -> char {
        if self.ascii { '+' } else { '▚' }
    }

    /// One letter for a state.
    pub(crate) const fn letter(state: State) -> char {
        match state {
            State::Absent => ' ',
            State::Idle => '.',
            State::Sleeping => 's',
            State::Io => 'i',
            State::Awaiting => 'a',
            State::InLine => 'q',
            State::Ready => 'r',
            State::Working => 'W',
            State::Running => 'R',
            State::Holding => 'H',
            State::Done => 'D',
            State::Cancelled => 'C',
            State::Failed => '!',
        }
    }

    /// The character, or what stands for it where there is nothing but ASCII.
    pub(crate) const fn char(self, unicode: char) -> char {
        if !self.ascii {
            return unicode;
        }
        match unicode {
            '─' | '┬' | '┴' => '-',
            '│' | '▕' | '▏' => '|',
            '×' => 'x',
            '▼' => 'v',
            '▲' => '^',
            '◆' => '*',
            '├' | '└' => '`',
            '←' => '<',
            '→' => '>',
            '…' => '~',
            '▁' | '▂' => '.',
            '▃' | '▄' => ':',
            '▅' | '▆' => '+',
            '▇' | '█' => '#',
            '▌' => '|',
            other => other,
        }
    }

    /// A text in what there is: what is not ASCII becomes `?` where there is nothing else.
    pub(crate) fn text(self, text: &str) -> String {
        if !self.ascii {
            return text.to_owned();
        }
        let plain = |c: char| if c.is_ascii() { c } else { '?' };
        text.chars().map(|c| plain(self.char(c))).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn states_are_told_apart_without_color() {
        for ascii in [false, true] {
            let look = Look { theme: Theme::Mono, ascii };
            let glyphs: BTreeSet<char> =
                State::ALL.iter().map(|state| look.glyph(*state)).chain([look.several()]).collect();
            assert_eq!(glyphs.len(), State::ALL.len() + 1);
            assert!(!ascii || glyphs.iter().all(char::is_ascii));
        }
        let letters: BTreeSet<char> = State::ALL.iter().map(|state| Look::letter(*state)).collect();
        assert_eq!(letters.len(), State::ALL.len());
    }

    #[test]
    fn without_colors_there_are_none() {
        let look = Look { theme: Theme::Mono, ascii: false };
        for state in State::ALL {
            assert_eq!(look.style(Role::In(state)).fg, None);
        }
        assert_eq!(look.style(Role::Bad).fg, None);
    }
}
