//! TOML tables in the order of the file, with their keys checked.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::parse::Parser;
use super::section::{POOL_KEYS, RUNTIME_KEYS};
use super::text::shown;
use crate::diagnostic::suggest;
use crate::source::Span;

/// A value with what is needed to complain about it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'t> {
    /// What it is the value of.
    pub(super) subject: Subject<'t>,
    /// The key it belongs to.
    pub(super) key_span: Span,
    /// Its own place; of a table under a header, the header's.
    pub(super) span: Span,
    /// The value.
    pub(super) data: &'t DeValue<'t>,
}

/// What a value is called in a message.
#[derive(Clone, Copy, Debug)]
pub(super) enum Subject<'t> {
    /// The value of a key.
    Key(&'t str),
    /// An item of the array that is the value of a key.
    Item(&'t str),
}

impl Subject<'_> {
    /// The key.
    pub(super) fn key(&self) -> &str {
        match self {
            Self::Key(key) | Self::Item(key) => key,
        }
    }
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(f, "`{}`", shown(key)),
            Self::Item(key) => write!(f, "an item of `{}`", shown(key)),
        }
    }
}

impl<'t> Value<'t> {
    /// The items of an array, if it is one.
    pub(super) fn items(&self) -> Option<impl Iterator<Item = Value<'t>> + use<'t>> {
        let DeValue::Array(items) = self.data else { return None };
        let (key, key_span) = (self.subject, self.key_span);
        let name = match key {
            Subject::Key(key) | Subject::Item(key) => key,
        };
        Some(items.iter().map(move |item| Value {
            subject: Subject::Item(name),
            key_span,
            span: item.span().into(),
            data: item.get_ref(),
        }))
    }

    /// The entries of a table in the order of the file, if it is one.
    pub(super) fn entries(&self) -> Option<Vec<Entry<'t>>> {
        match self.data {
            DeValue::Table(table) => Some(entries(table)),
            _ => None,
        }
    }

    /// Whether it is a single value, and no string.
    pub(super) fn is_scalar(&self) -> bool {
        !matches!(self.data, DeValue::String(_) | DeValue::Array(_) | DeValue::Table(_))
    }

    /// What kind of value it is, or `false` if it is that.
    pub(super) fn kind_or_false(&self) -> &'static str {
        match self.data {
            DeValue::Boolean(false) => "false",
            _ => self.kind(),
        }
    }

    /// What kind of value it is, for messages.
    pub(super) fn kind(&self) -> &'static str {
        match self.data {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        }
    }
}

/// A key with its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry<'t> {
    pub(super) key: &'t str,
    pub(super) value: Value<'t>,
}

/// The entries of a table, sorted: TOML's own map goes by the alphabet.
pub(super) fn entries<'t>(table: &'t DeTable<'t>) -> Vec<Entry<'t>> {
    let entry = |(key, value): (&'t Spanned<_>, &'t Spanned<DeValue<'t>>)| {
        let name: &'t std::borrow::Cow<'t, str> = key.get_ref();
        Entry {
            key: name,
            value: Value {
                subject: Subject::Key(name),
                key_span: key.span().into(),
                span: value.span().into(),
                data: value.get_ref(),
            },
        }
    };
    // A value that TOML could not make out stands nowhere.
    let is_there = |entry: &Entry<'_>| entry.value.span.end > 0;
    let mut entries: Vec<Entry<'t>> = table.iter().map(entry).filter(is_there).collect();
    entries.sort_by_key(|entry| entry.value.key_span);
    entries
}

/// A table whose keys are known; they are taken out one by one.
#[derive(Debug)]
pub(super) struct Table<'t> {
    /// The whole of it.
    pub(super) span: Span,
    /// Words for it: "in `[runtime]`".
    pub(super) place: String,
    /// Whether something else is wrong already, so that what is missing is not told.
    pub(super) is_confused: bool,
    entries: Vec<Entry<'t>>,
}

impl<'t> Table<'t> {
    /// A table of these entries.
    pub(super) fn new(span: Span, place: String, entries: Vec<Entry<'t>>) -> Self {
        Self { span, place, is_confused: false, entries }
    }

    /// Takes the value of a key out.
    pub(super) fn take(&mut self, key: &str) -> Option<Value<'t>> {
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        Some(self.entries.remove(at).value)
    }

    /// The place of a key that is still there.
    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.value.key_span)
    }
}

/// Keys that belong elsewhere, with the place where they do.
const HOMES: [(&str, &[&str]); 4] = [
    ("at the top of the file, before the first [section]", &["name", "epoch", "entry", "seed"]),
    ("in [runtime]", &RUNTIME_KEYS),
    ("in [pools.NAME]", &POOL_KEYS),
    ("in [expect]", &["output", "order", "duration", "outcome", "finally", "always"]),
];

impl Parser<'_> {
    /// The table that a value must be, with keys of `known` only. A key that is one of them but for a
    /// slip of the pen is told, and then taken for it, so that its value is checked too.
    pub(super) fn table<'t>(
        &mut self,
        value: &Value<'t>,
        place: &str,
        known: &[&'static str],
    ) -> Option<Table<'t>> {
        let Some(entries) = value.entries() else {
            let section = matches!(value.subject, Subject::Key(_)) && place.starts_with("in [");
            let help = section.then(|| format!("write it as a section: {}", &place[3..]));
            if let Some(found) = self.wrong_type(value, "a table") {
                found.help_opt(help);
            }
            return None;
        };
        Some(self.checked(value.span, place, entries, known))
    }

    /// A table of these entries, as [`Self::table`].
    pub(super) fn checked<'t>(
        &mut self,
        span: Span,
        place: &str,
        entries: Vec<Entry<'t>>,
        known: &[&'static str],
    ) -> Table<'t> {
        let given: Vec<&str> = entries.iter().map(|entry| entry.key).collect();
        let missing: Vec<_> = known.iter().copied().filter(|key| !given.contains(key)).collect();
        let mut kept: Vec<Entry<'t>> = Vec::new();
        let mut whole = span;
        for mut entry in entries {
            whole = whole.to(entry.value.key_span).to(entry.value.span);
            if !known.contains(&entry.key) {
                let meant = meant(entry.key, known.iter().copied());
                self.unknown_key(&entry, place, known, meant);
                let is_free = |meant: &&str| {
                    missing.contains(meant) && kept.iter().all(|kept| kept.key != *meant)
                };
                let Some(meant) = meant.filter(is_free) else {
                    self.lose(entry.value.span);
                    continue;
                };
                entry.key = meant;
                entry.value.subject = Subject::Key(meant);
            }
            kept.push(entry);
        }
        Table::new(whole, place.to_owned(), kept)
    }

    fn unknown_key(
        &mut self,
        entry: &Entry<'_>,
        place: &str,
        known: &[&'static str],
        meant: Option<&'static str>,
    ) {
        let span = entry.value.key_span;
        if self.is_doubtful(span) {
            return;
        }
        let key = entry.key;
        let home = HOMES.iter().find(|(_, keys)| keys.contains(&key) && !known.contains(&key));
        let found = self.diagnostics.error(span, format!("unknown key `{}` {place}", shown(key)));
        if let Some(meant) = meant {
            found.help(format!("did you mean `{meant}`?"));
        } else if let Some((home, _)) = home {
            found.help(format!("`{key}` belongs {home}"));
        } else {
            found.help(format!("possible here: {}", listed(known)));
        }
    }

    /// Complains that a table lacks a key. Nothing is said if TOML errors may have swallowed it.
    pub(super) fn missing_key(&mut self, span: Span, place: &str, key: &str, example: &str) {
        if !self.is_lossy() {
            self.diagnostics
                .error(span, format!("`{key}` is missing {place}"))
                .help(format!("for example: {example}"));
        }
    }
}

/// `a`, `b`, `c`; of very many only the first.
pub(super) fn listed(names: &[&str]) -> String {
    const MOST: usize = 30;
    let quoted = names.iter().take(MOST).map(|name| format!("`{}`", shown(name)));
    let more = (names.len() > MOST).then(|| "…".to_owned());
    quoted.chain(more).collect::<Vec<_>>().join(", ")
}

/// The known name that was probably meant. What is far too long to be a slip is not even compared.
pub(super) fn meant<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 60;
    if wrong.len() > LONGEST {
        return None;
    }
    suggest(wrong, known)
}
