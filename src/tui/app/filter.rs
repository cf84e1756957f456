//! Which lanes and events are shown: `fetch`, `task:fetch-*`, `kind:output`, `-state:sleep`.

use crate::index::{EventId, LaneId};
use crate::trace::{EventKind, LaneKind, Record};
use crate::tui::model::{Model, State};

/// A filter: all of its terms must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    /// As it was typed.
    pub(crate) text: String,
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    wanted: bool,
    what: Wanted,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Wanted {
    /// The name of a lane contains it, or its letters in that order.
    Name(String),
    /// The name of a lane fits a pattern with `*`.
    Glob(String),
    /// A lane is ever in one of these states.
    States(u16),
    /// A lane is of one of these kinds.
    Lanes(Vec<LaneKind>),
    /// Events are of one of these kinds; their lanes are shown.
    Events(Vec<EventKind>),
}

impl Filter {
    /// Reads a filter, or tells what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let terms = text.split_whitespace().map(term).collect::<Result<_, _>>()?;
        Ok(Self { text: text.trim().to_owned(), terms })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a lane is shown.
    pub(crate) fn shows_lane(&self, model: &Model, lane: LaneId) -> bool {
        self.terms.iter().all(|term| {
            let holds = match &term.what {
                Wanted::Name(text) => is_like(&model.name(lane), text),
                Wanted::Glob(pattern) => fits(&model.name(lane), pattern),
                Wanted::States(states) => model.life(lane).states() & states != 0,
                Wanted::Lanes(kinds) => kinds.contains(&model.kind(lane)),
                // What is not wanted of some events says nothing about their lane.
                Wanted::Events(_) if !term.wanted => return true,
                Wanted::Events(kinds) => {
                    let kind = |event: &EventId| model.trace().record(*event).map(Record::kind);
                    let events = model.events_of(lane).iter();
                    events.filter_map(kind).any(|kind| kinds.contains(&kind))
                }
            };
            holds == term.wanted
        })
    }

    /// Whether an event is shown.
    pub(crate) fn shows_event(&self, model: &Model, record: Record) -> bool {
        self.shows_kind(record.kind()) && self.shows_lane(model, record.lane())
    }

    /// Whether events of a kind are shown, on lanes that are.
    pub(super) fn shows_kind(&self, kind: EventKind) -> bool {
        self.terms.iter().all(|term| match &term.what {
            Wanted::Events(kinds) => kinds.contains(&kind) == term.wanted,
            _ => true,
        })
    }
}

fn term(word: &str) -> Result<Term, String> {
    let (wanted, rest) = match word.strip_prefix('-') {
        Some(rest) => (false, rest),
        None => (true, word),
    };
    let what = match rest.split_once(':') {
        Some(("task" | "lane", pattern)) => Wanted::Glob(pattern.to_lowercase()),
        Some(("state", word)) => Wanted::States(states(word)?),
        Some(("kind", word)) => kinds(word)?,
        Some((key, _)) => return Err(format!("`{key}:` is none of task: kind: state:")),
        None => Wanted::Name(rest.to_lowercase()),
    };
    Ok(Term { wanted, what })
}

fn states(word: &str) -> Result<u16, String> {
    let found = State::ALL.iter().filter(|state| state.word().starts_with(word));
    match found.fold(0, |set, state| set | state.bit()) {
        0 => {
            let words: Vec<&str> = State::ALL.iter().map(|state| state.word()).collect();
            Err(format!("no state `{word}`: {}", words.join(" ")))
        }
        found => Ok(found),
    }
}

fn kinds(word: &str) -> Result<Wanted, String> {
    let lanes: Vec<_> = LaneKind::ALL.into_iter().filter(|kind| kind.name() == word).collect();
    if !lanes.is_empty() {
        return Ok(Wanted::Lanes(lanes));
    }
    let kinds: Vec<_> =
        EventKind::ALL.iter().copied().filter(|kind| kind.name().contains(word)).collect();
    if kinds.is_empty() {
        return Err(format!("no kind of event or lane has `{word}` in its name"));
    }
    Ok(Wanted::Events(kinds))
}

/// Whether a name contains a text, or else its letters in that order. The text is lower case.
pub(crate) fn is_like(name: &str, text: &str) -> bool {
    let name = name.to_lowercase();
    if name.contains(text) {
        return true;
    }
    let mut chars = name.chars();
    text.chars().all(|wanted| chars.any(|c| c == wanted))
}

/// Whether a name fits a pattern in which `*` stands for anything. The pattern is lower case.
fn fits(name: &str, pattern: &str) -> bool {
    let name = name.to_lowercase();
    let mut parts = pattern.split('*');
    let first = parts.next().unwrap_or_default();
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns() {
        for (name, pattern, wanted) in [
            ("fetch-a", "fetch-*", true),
            ("fetch-a", "fetch", false),
            ("fetch-a", "*a", true),
            ("Fetch-a", "f*h*a", true),
            ("fetch", "*", true),
            ("fetch", "f*x*", false),
            ("a", "a*a", false),
        ] {
            assert_eq!(fits(name, pattern), wanted, "{name} {pattern}");
        }
        assert!(is_like("print_numbers", "pnum") && !is_like("print_numbers", "mun"));
    }

    #[test]
    fn what_is_no_filter_says_why() {
        assert!(Filter::parse("colour:red").is_err_and(|why| why.contains("task: kind: state:")));
        assert!(Filter::parse("state:asleep").is_err_and(|why| why.contains("sleep")));
        assert!(Filter::parse("kind:lunch").is_err());
        assert!(Filter::parse("kind:timer -state:hold worker").is_ok());
        assert!(Filter::parse("  ").is_ok_and(|filter| filter.is_empty()));
    }
}
