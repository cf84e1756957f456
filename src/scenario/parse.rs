//! The whole of a scenario file.

use std::collections::BTreeSet;

use toml::de::{DeTable, DeValue};

use super::model::{Name, Routine, RoutineKind, Scenario};
use super::table::{Entry, Table, Value, entries, meant};
use super::text::shown;
use crate::diagnostic::Diagnostics;
use crate::source::{SourceFile, Span, SpanSet};
use crate::time::CivilDateTime;

/// Bytes of a scenario file.
const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// What a scenario looks like at the least.
const SMALLEST: &str = "[coroutines.main]\nsteps = [{ print = \"hello\" }]";

/// The keys at the top of a file.
pub(super) const TOP_KEYS: [&str; 12] = [
    "name",
    "epoch",
    "entry",
    "seed",
    "runtime",
    "pools",
    "globals",
    "objects",
    "coroutines",
    "functions",
    "expect",
    "explore",
];

/// Reads a scenario; every mistake goes to `diagnostics`.
///
/// There is a scenario in spite of mistakes when the file is TOML: it has placeholders
/// ([`Expr::is_placeholder`](super::model::Expr::is_placeholder)) where something was wrong, so that
/// mistakes of other kinds can still be looked for. It must not be run if there are errors.
pub fn parse(source: SourceFile, diagnostics: &mut Diagnostics) -> Option<Scenario> {
    if source.text().len() > MAX_FILE_BYTES {
        diagnostics.error_in_file(format!(
            "the file is longer than {} MiB, the most that a scenario can be",
            MAX_FILE_BYTES >> 20
        ));
        return None;
    }
    if source.text().trim_start_matches('\u{feff}').trim().is_empty() {
        diagnostics
            .error_in_file("the file is empty")
            .help(format!("the smallest scenario is:\n{SMALLEST}"));
        return None;
    }
    let (root, errors) = DeTable::parse_recoverable(source.text());
    let damage = errors.iter().filter_map(toml::de::Error::span).map(Span::from).collect();
    let lost_names = BTreeSet::new();
    let mut parser = Parser { source: &source, diagnostics, damage, lost_names };
    parser.tell_toml_errors(&errors);
    let scenario = parser.scenario(entries(root.get_ref()));
    let is_lossy = parser.is_lossy();
    let lost_names = parser.lost_names;
    drop(root);
    (!is_lossy).then_some(Scenario { source, lost_names, ..scenario })
}

/// Reads one file.
pub(super) struct Parser<'a> {
    pub(super) source: &'a SourceFile,
    pub(super) diagnostics: &'a mut Diagnostics,
    /// Where the TOML parser complained.
    damage: SpanSet,
    lost_names: BTreeSet<String>,
}

impl Parser<'_> {
    /// Whether the file is not quite TOML, so that what seems missing may only not have been read.
    pub(super) fn is_lossy(&self) -> bool {
        !self.damage.is_empty()
    }

    /// Whether what stands here may not be what was meant, because of a TOML error.
    pub(super) fn is_doubtful(&self, span: Span) -> bool {
        self.damage.touches(span)
    }

    /// Keeps the words of a text that could not be read: they may be names that it was to bind.
    pub(super) fn lose(&mut self, span: Span) {
        let text = self.source.slice(span);
        let words = text.split(|c: char| !(c.is_alphanumeric() || c == '_'));
        let words = words.map(|word| word.trim_start_matches(|c: char| c.is_ascii_digit()));
        self.lost_names.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
    }

    fn scenario(&mut self, entries: Vec<Entry<'_>>) -> Scenario {
        let whole = Span::new(0, self.source.text().len());
        let mut top = self.checked(whole, "at the top of the file", entries, &TOP_KEYS);
        let name = top.take("name").and_then(|value| self.string(&value));
        let epoch = top.take("epoch").and_then(|value| self.epoch(&value));
        let seed = top.take("seed").and_then(|value| self.integer(&value, 0..=u64::MAX));
        let entry = top.take("entry");
        let runtime = top.take("runtime").map(|value| self.runtime(&value));
        let pools = top.take("pools").map(|value| self.pools(&value));
        let globals = top.take("globals").map(|value| self.globals(&value));
        let objects = top.take("objects").map(|value| self.objects(&value));
        let routines = self.routines(&mut top);
        let expect = top.take("expect").map(|value| self.expect(&value));
        let explore = top.take("explore").map(|value| self.explore(&value));
        let (globals, objects) = (globals.unwrap_or_default(), objects.unwrap_or_default());
        let names = globals.iter().map(|global| (&global.name, "a global"));
        let names = names.chain(objects.iter().map(|object| (&object.name, "an object")));
        let names = names.chain(routines.iter().map(|routine| match routine.kind {
            RoutineKind::Coroutine => (&routine.name, "a coroutine"),
            RoutineKind::Function => (&routine.name, "a function"),
        }));
        self.refuse_twins(names.collect());
        let entry = self.entry(entry.as_ref(), &routines);
        Scenario {
            // The caller has the file itself and what was lost, and puts them in.
            source: SourceFile::new(String::new(), String::new()),
            lost_names: BTreeSet::new(),
            name: name.unwrap_or_else(|| stem(self.source.name())),
            epoch: epoch.unwrap_or_default(),
            entry,
            seed: seed.unwrap_or_default(),
            runtime: runtime.unwrap_or_default(),
            pools: pools.unwrap_or_default(),
            globals,
            objects,
            routines,
            expect: expect.unwrap_or_default(),
            explore,
        }
    }

    fn epoch(&mut self, value: &Value<'_>) -> Option<CivilDateTime> {
        let (text, span) = match value.data {
            // TOML has dates of its own; without quotes is fine.
            DeValue::Datetime(_) => (self.source.slice(value.span).to_owned(), value.span),
            DeValue::String(_) => {
                let text = self.decoded(value.span);
                (text.as_str().to_owned(), text.span())
            }
            _ => {
                if let Some(found) = self.wrong_type(value, "a date and time") {
                    found.help("for example: epoch = \"2023-10-29T12:00:00\"");
                }
                return None;
            }
        };
        match text.parse() {
            Ok(epoch) => Some(epoch),
            Err(_) if self.is_doubtful(span) => None,
            Err(_) => {
                self.diagnostics
                    .error(span, format!("`epoch`: `{}` is not a date and time", shown(&text)))
                    .help("write it to the second and without a time zone: 2023-10-29T12:00:00");
                None
            }
        }
    }

    fn routines(&mut self, top: &mut Table<'_>) -> Vec<Routine> {
        let coroutines = top.take("coroutines");
        let functions = top.take("functions");
        let has_none = coroutines.is_none();
        let mut routines = Vec::new();
        if let Some(value) = coroutines {
            routines.extend(self.routines_of(&value, RoutineKind::Coroutine));
        }
        if let Some(value) = functions {
            routines.extend(self.routines_of(&value, RoutineKind::Function));
        }
        routines.sort_by_key(|routine| routine.name.span);
        if has_none && !self.is_lossy() {
            self.diagnostics
                .error_in_file("there are no coroutines, so there is nothing to run")
                .help(format!("add one:\n{SMALLEST}"));
        }
        routines
    }

    /// Complains about names that mean two things.
    fn refuse_twins(&mut self, mut names: Vec<(&Name, &str)>) {
        names.sort_by_key(|(name, _)| (name.text.clone(), name.span));
        for (first, second) in names.iter().zip(names.iter().skip(1)) {
            if first.0.text == second.0.text {
                let name = shown(&second.0.text);
                self.diagnostics
                    .error(second.0.span, format!("`{name}` is {} and {}", first.1, second.1))
                    .help("globals, objects, coroutines and functions share one space of names: rename one")
                    .related(first.0.span, format!("the first `{name}`"));
            }
        }
    }

    /// The entry: a coroutine that needs no arguments.
    fn entry(&mut self, given: Option<&Value<'_>>, routines: &[Routine]) -> Name {
        let name = given.and_then(|value| self.name(value, "coroutine"));
        let is_wrong = given.is_some() && name.is_none();
        let has_coroutines = routines.iter().any(|routine| routine.kind == RoutineKind::Coroutine);
        let entry = name.unwrap_or_else(|| Name { text: "main".to_owned(), span: Span::default() });
        if is_wrong || self.is_lossy() || !has_coroutines {
            return entry;
        }
        match routines.iter().find(|routine| routine.name.text == entry.text) {
            None => self.no_entry(&entry, given.is_some(), routines),
            Some(routine) if routine.kind == RoutineKind::Function => {
                let span = if given.is_some() { entry.span } else { routine.name.span };
                let message = format!("the entry `{}` is a function, not a coroutine", entry.text);
                self.diagnostics
                    .error(span, message)
                    .help(format!("make it [coroutines.{}]", entry.text));
            }
            Some(routine) => {
                let needed = routine.params.iter().find(|param| param.default.is_none());
                if let Some(param) = needed {
                    let message = format!("the entry `{}` cannot have parameters", entry.text);
                    self.diagnostics
                        .error(param.name.span, message)
                        .label("nobody gives it a value")
                        .help(format!("give it a default: \"{} = 1\"", param.name.text));
                }
            }
        }
        entry
    }

    fn no_entry(&mut self, entry: &Name, is_given: bool, routines: &[Routine]) {
        let coroutines = || {
            let is_coroutine = |routine: &&Routine| routine.kind == RoutineKind::Coroutine;
            routines.iter().filter(is_coroutine).map(|routine| routine.name.text.as_str())
        };
        let message = format!("there is no coroutine `{}`", shown(&entry.text));
        let meant = meant(&entry.text, coroutines());
        let first = coroutines().next().unwrap_or_default();
        if is_given {
            let help = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!(
                    "the coroutines are: {}",
                    super::table::listed(&coroutines().collect::<Vec<_>>())
                ),
            };
            self.diagnostics.error(entry.span, message).help(help);
        } else {
            self.diagnostics
                .error_in_file(message)
                .note("a run begins with `main`, unless `entry` names another coroutine")
                .help(format!(
                    "add [coroutines.main], or write at the top of the file: entry = \"{}\"",
                    meant.unwrap_or(first)
                ));
        }
    }
}

/// The name of a file without folders and extension.
fn stem(path: &str) -> String {
    let file = path.rsplit(['/', '\\']).next().unwrap_or_default();
    file.strip_suffix(".toml").unwrap_or(file).to_owned()
}
