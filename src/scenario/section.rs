//! `[runtime]`, `[pools.*]`, `[globals]` and `[objects]`.

use toml::de::DeValue;

use super::model::{Global, Name, Object, Pool, PoolKind, Runtime};
use super::parse::Parser;
use super::step::Scope;
use super::table::{Entry, Table, Value, listed, meant};
use super::text::shown;
use crate::source::Span;
use crate::time::Duration;
use crate::trace::PythonVersion;

/// Cores of the modelled machine.
const MAX_CORES: u64 = 1024;

/// Workers of one pool.
const MAX_WORKERS: u64 = 10_000;

/// The keys of `[runtime]`, also of `--set runtime.KEY`.
pub const RUNTIME_KEYS: [&str; 9] = [
    "python",
    "cores",
    "gil",
    "preempt",
    "switch_interval",
    "debug",
    "eager_tasks",
    "latency",
    "bandwidth",
];

/// Bytes a second.
const MAX_BANDWIDTH: u64 = 1 << 50;

pub(super) const POOL_KEYS: [&str; 4] = ["kind", "max_workers", "start", "transfer"];

/// Words that may stand where threads are switched.
pub(super) const PREEMPT: [&str; 2] = ["interpreter", "access"];

impl Parser<'_> {
    /// `[runtime]`.
    pub(super) fn runtime(&mut self, value: &Value<'_>) -> Runtime {
        let Some(mut table) = self.table(value, "in [runtime]", &RUNTIME_KEYS) else {
            return Runtime::default();
        };
        Runtime {
            python: table.take("python").and_then(|value| self.python(&value)),
            cores: table.take("cores").and_then(|value| self.count(&value, MAX_CORES)),
            gil: table.take("gil").and_then(|value| self.boolean(&value)),
            preempt_at_access: table.take("preempt").and_then(|value| self.preempt(&value)),
            switch_interval: table
                .take("switch_interval")
                .and_then(|value| self.switch_interval(&value)),
            debug: table.take("debug").and_then(|value| self.boolean(&value)),
            eager_tasks: table.take("eager_tasks").and_then(|value| self.boolean(&value)),
            latency: table.take("latency").and_then(|value| self.fixed_duration(&value)),
            bandwidth: table
                .take("bandwidth")
                .and_then(|value| self.integer(&value, 1..=MAX_BANDWIDTH)),
        }
    }

    fn count(&mut self, value: &Value<'_>, most: u64) -> Option<u32> {
        self.integer(value, 1..=most).and_then(|count| u32::try_from(count).ok())
    }

    fn python(&mut self, value: &Value<'_>) -> Option<PythonVersion> {
        let names = PythonVersion::ALL.map(PythonVersion::name);
        if let DeValue::Float(_) = value.data {
            let version = self.source.slice(value.span).to_owned();
            if let Some(found) = self.wrong_type(value, "a version in quotes") {
                found.help(format!("write python = \"{version}\": as a number, 3.10 would be 3.1"));
            }
            return None;
        }
        let text = self.text(value)?;
        let version = PythonVersion::named(text.as_str());
        if version.is_none() && !self.is_doubtful(value.span) {
            self.diagnostics
                .error(text.span(), format!("`python`: unknown version `{}`", shown(text.as_str())))
                .help(format!("known versions: {}", names.join(", ")));
        }
        version
    }

    fn preempt(&mut self, value: &Value<'_>) -> Option<bool> {
        let word = self.word(value, &PREEMPT)?;
        Some(word == "access")
    }

    /// A string that is one of some words.
    pub(super) fn word(
        &mut self,
        value: &Value<'_>,
        words: &[&'static str],
    ) -> Option<&'static str> {
        let text = self.text(value)?;
        let known = words.iter().copied().find(|word| *word == text.as_str());
        if known.is_none() && !self.is_doubtful(value.span) {
            let message = format!("{}: unknown value `{}`", value.subject, shown(text.as_str()));
            let found = self.diagnostics.error(text.span(), message);
            match meant(text.as_str(), words.iter().copied()) {
                Some(meant) => found.help(format!("did you mean `{meant}`?")),
                None => found.help(format!("possible: {}", listed(words))),
            };
        }
        known
    }

    fn switch_interval(&mut self, value: &Value<'_>) -> Option<Duration> {
        let interval = self.fixed_duration(value)?;
        if interval.is_zero() {
            self.diagnostics
                .error(value.span, "`switch_interval` must be longer than zero")
                .help("CPython's own is \"5ms\"");
            return None;
        }
        Some(interval)
    }

    /// `[pools.*]`.
    pub(super) fn pools(&mut self, value: &Value<'_>) -> Vec<Pool> {
        let Some(entries) = value.entries() else {
            if let Some(found) = self.wrong_type(value, "a section for each pool") {
                found.help("for example:\n[pools.crunch]\nkind = \"process\"\nmax_workers = 2");
            }
            return Vec::new();
        };
        entries.iter().filter_map(|entry| self.pool(entry)).collect()
    }

    fn pool(&mut self, entry: &Entry<'_>) -> Option<Pool> {
        let name = self.key_name(entry.value.key_span, "pool");
        let place = format!("in [pools.{}]", shown(entry.key));
        if entry.value.entries().is_none() && POOL_KEYS.contains(&entry.key) {
            if let Some(found) = self.wrong_type(&entry.value, "a section with the pool's name") {
                found.help(format!(
                    "give the pool a name: [pools.crunch], and `{}` in it",
                    entry.key
                ));
            }
            return None;
        }
        let mut table = self.table(&entry.value, &place, &POOL_KEYS)?;
        let kind = self.pool_kind(entry.value.key_span, &mut table);
        let max_workers =
            table.take("max_workers").and_then(|value| self.count(&value, MAX_WORKERS));
        let (start, transfer) = (table.take("start"), table.take("transfer"));
        if kind == Some(PoolKind::Thread) {
            for value in [&start, &transfer].into_iter().flatten() {
                self.diagnostics
                    .error(value.key_span, format!("{} is for process pools only", value.subject))
                    .help("starting a thread and handing it a call cost nothing here: leave it out, or write kind = \"process\"");
            }
        }
        if let (Some(PoolKind::Process), "default") = (kind, entry.key) {
            self.diagnostics
                .error(entry.value.key_span, "the default pool must be a thread pool")
                .note("as in asyncio, whose set_default_executor() takes no other")
                .help(
                    "give the process pool a name of its own and say `pool = \"NAME\"` in the step",
                );
        }
        let mut duration = |value: Option<Value<'_>>| {
            value.and_then(|value| self.fixed_duration(&value)).unwrap_or_default()
        };
        let (start, transfer) = (duration(start), duration(transfer));
        Some(Pool {
            name: name?,
            kind: kind.unwrap_or(PoolKind::Thread),
            max_workers,
            start,
            transfer,
        })
    }

    fn pool_kind(&mut self, key_span: Span, table: &mut Table<'_>) -> Option<PoolKind> {
        let Some(value) = table.take("kind") else {
            let place = table.place.clone();
            self.missing_key(key_span, &place, "kind", "kind = \"thread\", or \"process\"");
            return None;
        };
        let kind = match self.word(&value, &["thread", "process"])? {
            "process" => PoolKind::Process,
            _ => PoolKind::Thread,
        };
        Some(kind)
    }

    /// `[globals]`.
    pub(super) fn globals(&mut self, value: &Value<'_>) -> Vec<Global> {
        let global = |this: &mut Self, name: Name, value: &Value<'_>| {
            let value = this.literal(value);
            if value.is_none() {
                this.lose(name.span);
            }
            Some(Global { name, value: value? })
        };
        self.named(value, "global", global)
    }

    /// `[objects]`.
    pub(super) fn objects(&mut self, value: &Value<'_>) -> Vec<Object> {
        let scope = Scope::outside("an object is built before the event loop runs");
        let object = |this: &mut Self, name: Name, value: &Value<'_>| {
            if !matches!(value.data, DeValue::String(_)) {
                this.not_an_object(value);
                return Some(Object { name, value: super::model::Expr::placeholder(value.span) });
            }
            Some(Object { name, value: this.expr(value, &scope) })
        };
        self.named(value, "object", object)
    }

    fn not_an_object(&mut self, value: &Value<'_>) {
        if let Some(found) = self.wrong_type(value, "an expression in quotes") {
            found
                .help("what an object is built with: lock = \"Lock()\"")
                .help("plain values go in [globals]");
        }
    }

    fn named<T>(
        &mut self,
        value: &Value<'_>,
        what: &str,
        mut each: impl FnMut(&mut Self, Name, &Value<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(entries) = value.entries() else {
            let key = value.subject.key().to_owned();
            if let Some(found) = self.wrong_type(value, "a section of names and values") {
                found.help(format!("write it as a section: [{key}]"));
            }
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in &entries {
            let name = self.key_name(entry.value.key_span, what);
            // The value is looked at even if its name is bad: all mistakes are told.
            let name_or_none =
                name.clone().unwrap_or(Name { text: String::new(), span: entry.value.key_span });
            let item = each(self, name_or_none, &entry.value);
            if name.is_some() {
                found.extend(item);
            }
        }
        found
    }
}
