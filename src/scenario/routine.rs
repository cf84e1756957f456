//! `[coroutines.*]` and `[functions.*]`.

use std::collections::BTreeMap;

use super::keys;
use super::model::{Expr, Name, Param, Routine, RoutineKind};
use super::parse::Parser;
use super::step::Scope;
use super::table::{Entry, Value};
use super::text::{self, shown};

pub(super) const ROUTINE_KEYS: [&str; 2] = ["params", "steps"];

impl Parser<'_> {
    /// The routines of one kind, in the order of the file.
    pub(super) fn routines_of(&mut self, value: &Value<'_>, kind: RoutineKind) -> Vec<Routine> {
        let section = section(kind);
        let Some(entries) = value.entries() else {
            if let Some(found) =
                self.wrong_type(value, &format!("a section for each of the {section}"))
            {
                found.help(format!(
                    "for example:\n[{section}.main]\nsteps = [{{ print = \"hello\" }}]"
                ));
            }
            return Vec::new();
        };
        if entries.is_empty() && kind == RoutineKind::Coroutine && !self.is_lossy() {
            self.diagnostics
                .error(value.span, "[coroutines] is empty, so there is nothing to run")
                .help("add one:\n[coroutines.main]\nsteps = [{ print = \"hello\" }]");
        }
        entries.iter().filter_map(|entry| self.routine(entry, kind)).collect()
    }

    fn routine(&mut self, entry: &Entry<'_>, kind: RoutineKind) -> Option<Routine> {
        let what = match kind {
            RoutineKind::Coroutine => "coroutine",
            RoutineKind::Function => "function",
        };
        let section = section(kind);
        let Some(entries) = entry.value.entries() else {
            self.not_a_routine(entry, section);
            return None;
        };
        let name = self.key_name(entry.value.key_span, what);
        let shown_name = shown(entry.key);
        let place = format!("in [{section}.{shown_name}]");
        let (own, strays): (Vec<_>, Vec<_>) =
            entries.into_iter().partition(|entry| keys::action(entry.key).is_none());
        for stray in &strays {
            self.stray_step(stray, &place);
        }
        let mut table = self.checked(entry.value.span, &place, own, &ROUTINE_KEYS);
        let params = table.take("params").map(|value| self.params(&value)).unwrap_or_default();
        let scope = match kind {
            RoutineKind::Coroutine => Scope::coroutine(),
            RoutineKind::Function => Scope::function(&shown_name),
        };
        let steps = match table.take("steps") {
            Some(value) => self.steps(&value, &scope),
            None if strays.is_empty() => {
                let example = "steps = [{ print = \"hello\" }]";
                self.missing_key(entry.value.key_span, &place, "steps", example);
                Vec::new()
            }
            None => Vec::new(),
        };
        Some(Routine { kind, name: name?, params, steps })
    }

    fn not_a_routine(&mut self, entry: &Entry<'_>, section: &str) {
        let key = shown(entry.key);
        let key = key.as_str();
        let help = if ROUTINE_KEYS.contains(&key) || keys::action(key).is_some() {
            format!("give it a name: [{section}.main], and `{key}` in it")
        } else {
            format!("write a section:\n[{section}.{key}]\nsteps = [{{ print = \"hello\" }}]")
        };
        if let Some(found) = self.wrong_type(&entry.value, "a section with `steps`") {
            found.help(help);
        }
    }

    /// Complains about an action that stands beside `steps` and not in it.
    fn stray_step(&mut self, entry: &Entry<'_>, place: &str) {
        let key = entry.key;
        let span = entry.value.key_span;
        if self.is_doubtful(span) {
            return;
        }
        let found =
            self.diagnostics.error(span, format!("`{key}` stands outside of `steps` {place}"));
        if let Some(action) = keys::action(key) {
            found.help(format!("put it into a step: steps = [{}]", action.example));
        }
    }

    fn params(&mut self, value: &Value<'_>) -> Vec<Param> {
        let items = self.array(value, "[\"request_id\", \"delay = 1\"]");
        let mut params: Vec<Param> = Vec::new();
        let mut names = BTreeMap::new();
        let mut with_default: Option<Name> = None;
        for item in items {
            let Some(param) = self.param(&item) else { continue };
            if let Some(twin) = names.insert(param.name.text.clone(), param.name.span) {
                let name = &param.name;
                self.diagnostics
                    .error(name.span, format!("two parameters are called `{}`", shown(&name.text)))
                    .related(twin, "another one");
                continue;
            }
            if let (None, Some(earlier)) = (&param.default, &with_default) {
                self.default_before(&param.name, earlier);
            }
            if param.default.is_some() {
                with_default.get_or_insert_with(|| param.name.clone());
            }
            params.push(param);
        }
        params
    }

    fn default_before(&mut self, param: &Name, earlier: &Name) {
        let message =
            format!("`{}` has no default, but follows a parameter that has one", param.text);
        self.diagnostics
            .error(param.span, message)
            .related(earlier.span, "this one has a default")
            .help(format!("put `{}` first, or give it a default: \"{0} = 1\"", param.text));
    }

    fn param(&mut self, item: &Value<'_>) -> Option<Param> {
        let text = self.text(item)?;
        let scope = Scope::outside("a default is computed before the event loop runs");
        let Some((name, default)) = self.parsed(item, text::parameter(&text)) else {
            // If only the default is wrong, the body can still be looked at.
            let end = text.as_str().find('=')?;
            let name = text::target_name(&text.slice(0..end).trimmed(), "parameter").ok()?;
            return Some(Param { name, default: Some(Expr::placeholder(item.span)) });
        };
        if let Some(default) = &default {
            self.refuse_await(default, &scope);
        }
        Some(Param { name, default })
    }
}

fn section(kind: RoutineKind) -> &'static str {
    match kind {
        RoutineKind::Coroutine => "coroutines",
        RoutineKind::Function => "functions",
    }
}
