//! One table of all keys: what they do, what the help says, what the footer shows.

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table below says what each does")]
pub enum Action {
    PlayPause,
    NextEvent,
    PreviousEvent,
    NextOnLane,
    PreviousOnLane,
    NextStep,
    PreviousStep,
    NextIteration,
    PreviousIteration,
    NextOutput,
    PreviousOutput,
    NextFinding,
    PreviousFinding,
    Cause,
    Effect,
    Back,
    Left,
    Right,
    FarLeft,
    FarRight,
    PanLeft,
    PanRight,
    Start,
    End,
    LaneUp,
    LaneDown,
    LanesUp,
    LanesDown,
    ZoomIn,
    ZoomOut,
    Fit,
    Focus,
    UndoZoom,
    RedoZoom,
    Range,
    Axis,
    Fold,
    FoldAll,
    Pin,
    Sort,
    Search,
    NextMatch,
    PreviousMatch,
    Filter,
    Goto,
    SetMark,
    ToMark,
    CriticalPath,
    NextPane,
    PreviousPane,
    Maximise,
    Faster,
    Slower,
    Copy,
    Enter,
    Mouse,
    Rerun,
    Theme,
    Suspend,
    Help,
    Close,
    Quit,
}

/// A row of the table.
#[derive(Debug)]
pub struct Binding {
    /// The keys, the one to show first.
    pub keys: &'static [&'static str],
    /// What they do.
    pub action: Action,
    /// What they do, in a few words.
    pub help: &'static str,
    /// A word for the footer; empty if it is not shown there.
    pub short: &'static str,
}

/// Keys that belong together.
#[derive(Debug)]
pub struct Group {
    /// What they are about.
    pub title: &'static str,
    /// The keys.
    pub bindings: &'static [Binding],
}

const fn key(
    keys: &'static [&'static str],
    action: Action,
    help: &'static str,
    short: &'static str,
) -> Binding {
    Binding { keys, action, help, short }
}

/// All keys.
pub const GROUPS: &[Group] = &[
    Group {
        title: "Move in time",
        bindings: &[
            key(&["."], Action::NextEvent, "next event, on any lane", "step"),
            key(&[","], Action::PreviousEvent, "previous event", ""),
            key(&[">"], Action::NextOnLane, "next event of the selected lane", ""),
            key(&["<"], Action::PreviousOnLane, "previous event of the selected lane", ""),
            key(&["t"], Action::NextStep, "next step of the selected task", ""),
            key(&["T"], Action::PreviousStep, "previous step of the selected task", ""),
            key(&[")"], Action::NextIteration, "next iteration of the loop", ""),
            key(&["("], Action::PreviousIteration, "previous iteration", ""),
            key(&["Right", "l"], Action::Right, "one column later", "move"),
            key(&["Left", "h"], Action::Left, "one column earlier", ""),
            key(&["S-Right", "L"], Action::FarRight, "ten columns later", ""),
            key(&["S-Left", "H"], Action::FarLeft, "ten columns earlier", ""),
            key(&["g", "Home"], Action::Start, "the beginning", ""),
            key(&["G", "End"], Action::End, "the end", ""),
        ],
    },
    Group {
        title: "Why",
        bindings: &[
            key(&["["], Action::Cause, "to the cause of the event", "why"),
            key(&["]"], Action::Effect, "to the first effect of the event", ""),
            key(&["Backspace"], Action::Back, "back to where you were", ""),
            key(&["c"], Action::CriticalPath, "critical path: to the end, to here, off", "path"),
            key(
                &["b"],
                Action::NextFinding,
                "next finding: deadlock, failure, late timer …",
                "findings",
            ),
            key(&["B"], Action::PreviousFinding, "previous finding", ""),
            key(&["o"], Action::NextOutput, "next line of output", ""),
            key(&["O"], Action::PreviousOutput, "previous line of output", ""),
        ],
    },
    Group {
        title: "Zoom and pan",
        bindings: &[
            key(&["+", "=", "w"], Action::ZoomIn, "zoom in, around the cursor", "zoom"),
            key(&["-", "_", "s"], Action::ZoomOut, "zoom out", ""),
            key(&["0"], Action::Fit, "all of the run", "fit"),
            key(&["f"], Action::Focus, "centre the cursor; again: fit what the lane does here", ""),
            key(&["a"], Action::PanLeft, "half a window earlier", ""),
            key(&["d"], Action::PanRight, "half a window later", ""),
            key(&["u"], Action::UndoZoom, "undo zoom", ""),
            key(&["U"], Action::RedoZoom, "redo zoom", ""),
            key(&["v"], Action::Range, "begin a range here; Enter zooms to it", ""),
            key(&["x"], Action::Axis, "axis: time, or one column for each event", "axis"),
        ],
    },
    Group {
        title: "Lanes",
        bindings: &[
            key(&["Down", "j"], Action::LaneDown, "lane below", ""),
            key(&["Up", "k"], Action::LaneUp, "lane above", ""),
            key(&["PageDown", "C-d"], Action::LanesDown, "a page of lanes down", ""),
            key(&["PageUp", "C-u"], Action::LanesUp, "a page of lanes up", ""),
            key(&["z"], Action::Fold, "fold or unfold what is below the lane", ""),
            key(&["Z"], Action::FoldAll, "fold or unfold all", ""),
            key(&["p"], Action::Pin, "pin the lane to the top, or let it go", ""),
            key(
                &["S"],
                Action::Sort,
                "sort lanes: by creation, waiting time, name, what they do here",
                "",
            ),
        ],
    },
    Group {
        title: "Find",
        bindings: &[
            key(&["/"], Action::Search, "search lanes, events, output, source", "find"),
            key(&["n"], Action::NextMatch, "next match", ""),
            key(&["N"], Action::PreviousMatch, "previous match", ""),
            key(
                &["&"],
                Action::Filter,
                "show only: text, task:fetch-*, kind:output, -state:sleep",
                "",
            ),
            key(&[":"], Action::Goto, "go to 25ms, #31, 50%, @task; or a command", "go to"),
            key(&["m"], Action::SetMark, "set a mark: m and a letter", ""),
            key(&["'"], Action::ToMark, "to a mark: ' and its letter", ""),
        ],
    },
    Group {
        title: "Play",
        bindings: &[
            key(&["Space"], Action::PlayPause, "play or pause", "play"),
            key(&["}"], Action::Faster, "twice as fast", ""),
            key(&["{"], Action::Slower, "half as fast", ""),
        ],
    },
    Group {
        title: "Screen",
        bindings: &[
            key(&["Tab"], Action::NextPane, "next pane", "pane"),
            key(&["S-Tab", "BackTab"], Action::PreviousPane, "previous pane", ""),
            key(&["e"], Action::Maximise, "give the pane the whole screen, or take it back", ""),
            key(&["Enter"], Action::Enter, "zoom to the range, or to what the lane does here", ""),
            key(&["y"], Action::Copy, "copy the event and its chain of causes", ""),
            key(&["R"], Action::Rerun, "run the program again", ""),
            key(&["M"], Action::Mouse, "mouse on or off", ""),
            key(&["C-t"], Action::Theme, "next theme", ""),
            key(&["C-z"], Action::Suspend, "suspend; fg comes back", ""),
            key(&["?", "F1"], Action::Help, "all keys", "help"),
            key(&["Esc"], Action::Close, "close what is open", ""),
            key(&["q", "C-c"], Action::Quit, "quit", "quit"),
        ],
    },
];

/// All rows of the table.
pub fn bindings() -> impl Iterator<Item = &'static Binding> {
    GROUPS.iter().flat_map(|group| group.bindings)
}

impl Action {
    /// Its name, as `:` and files of keys have it: `next-event`.
    pub fn name(self) -> String {
        let mut name = String::new();
        for c in format!("{self:?}").chars() {
            if c.is_uppercase() && !name.is_empty() {
                name.push('-');
            }
            name.push(c.to_ascii_lowercase());
        }
        name
    }

    /// The action of that name.
    pub fn named(name: &str) -> Option<Self> {
        bindings().map(|binding| binding.action).find(|action| action.name() == name)
    }
}

/// The table of keys in Markdown.
pub fn markdown() -> String {
    let mut lines = vec!["| keys | |".to_owned(), "|---|---|".to_owned()];
    for group in GROUPS {
        lines.push(format!("| **{}** | |", group.title));
        for binding in group.bindings {
            let keys: Vec<String> = binding.keys.iter().map(|key| format!("`{key}`")).collect();
            lines.push(format!("| {} | {} |", keys.join(" "), binding.help));
        }
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::input::Key;
    use super::*;

    #[test]
    fn every_key_does_one_thing_and_is_a_key() {
        let mut seen = BTreeSet::new();
        for binding in bindings() {
            for name in binding.keys {
                assert!(seen.insert(*name), "`{name}` does two things");
                let keys = Key::parse_all(name);
                assert_eq!(keys.len(), 1, "`{name}` is no key");
                assert_eq!(keys[0].to_string(), *name);
            }
        }
    }

    #[test]
    fn the_help_of_every_key_fits_into_half_a_small_screen() {
        for binding in bindings() {
            assert!(binding.help.chars().count() <= 62, "{}", binding.help);
        }
        assert!(markdown().lines().count() > bindings().count());
    }
}
