//! Steps: which action a table is, and whether it may stand where it stands.

use toml::de::DeValue;

use super::keys::{self, ActionKey};
use super::model::Step;
use super::parse::Parser;
use super::table::{Entry, Subject, Table, Value, listed, meant};
use super::text::shown;
use crate::source::Span;

/// How deep steps may nest in steps.
const MAX_STEP_DEPTH: u32 = 30;

/// Where a step or an expression stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scope<'s> {
    place: Place<'s>,
    /// Whether `break` means something.
    pub(super) in_loop: bool,
    depth: u32,
}

#[derive(Clone, Copy, Debug)]
enum Place<'s> {
    Coroutine,
    Function(&'s str),
    /// In no routine; why nothing can be awaited there.
    Outside(&'static str),
}

/// Why something cannot be awaited.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl<'s> Scope<'s> {
    /// The body of a coroutine.
    pub(super) fn coroutine() -> Self {
        Self { place: Place::Coroutine, in_loop: false, depth: 0 }
    }

    /// The body of a function.
    pub(super) fn function(name: &'s str) -> Self {
        Self { place: Place::Function(name), in_loop: false, depth: 0 }
    }

    /// No body; `why` says why nothing can be awaited there.
    pub(super) fn outside(why: &'static str) -> Self {
        Self { place: Place::Outside(why), in_loop: false, depth: 0 }
    }

    /// The body of a loop here.
    pub(super) fn looping(self) -> Self {
        Self { in_loop: true, ..self }
    }

    fn deeper(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    /// Why nothing can be awaited here, if so.
    pub(super) fn await_refusal(&self) -> Option<Refusal> {
        match self.place {
            Place::Coroutine => None,
            Place::Function(name) => Some(Refusal {
                message: format!("the function `{name}` cannot await"),
                help: Some(format!("make it a coroutine: [coroutines.{name}]")),
            }),
            Place::Outside(why) => {
                Some(Refusal { message: format!("nothing can be awaited here: {why}"), help: None })
            }
        }
    }
}

/// A step's table, its action taken out.
pub(super) struct StepTable<'t> {
    pub(super) action: &'static ActionKey,
    /// The value of the action's key.
    pub(super) value: Value<'t>,
    /// The modifiers.
    pub(super) rest: Table<'t>,
}

impl Parser<'_> {
    /// The steps of an array.
    pub(super) fn steps(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Vec<Step> {
        let scope = scope.deeper();
        if scope.depth > MAX_STEP_DEPTH {
            self.diagnostics
                .error(
                    value.key_span,
                    format!("more than {MAX_STEP_DEPTH} levels of steps within steps"),
                )
                .help("move the inner ones into a coroutine of their own and await it");
            return Vec::new();
        }
        let Some(items) = value.items() else {
            self.not_steps(value);
            return Vec::new();
        };
        items.filter_map(|item| self.step(&item, &scope)).collect()
    }

    fn not_steps(&mut self, value: &Value<'_>) {
        let key = value.subject.key().to_owned();
        let is_table = matches!(value.data, DeValue::Table(_));
        let is_header = self.source.slice(value.span).starts_with('[');
        let Some(found) = self.wrong_type(value, "an array of steps") else { return };
        if is_table && is_header {
            found.help(format!(
                "write `{key} = [ … ]`, or a header with two brackets for each step: [[…]]"
            ));
        } else {
            found.help(format!("for example: {key} = [{{ print = \"hello\" }}, {{ sleep = 1 }}]"));
        }
    }

    fn step(&mut self, value: &Value<'_>, scope: &Scope<'_>) -> Option<Step> {
        let Some(entries) = value.entries() else {
            self.not_a_step(value);
            self.lose(value.span);
            return None;
        };
        let whole = entries.iter().fold(value.span, |span, entry| span.to(entry.value.span));
        let Some(table) = self.action_of(value, whole, entries) else {
            self.lose(whole);
            return None;
        };
        if table.action.awaits {
            self.refuse_awaiting(&table, scope);
        }
        let key = table.value.key_span;
        let action = self.action(table, scope);
        Some(Step { span: whole, key, action })
    }

    fn not_a_step(&mut self, value: &Value<'_>) {
        let word = match value.data {
            DeValue::String(_) => Some(self.decoded(value.span)),
            _ => None,
        };
        let action = word.as_ref().and_then(|text| keys::action(text.as_str()));
        let example = action.map_or("{ print = \"hello\" }", |action| action.example);
        if let Some(found) = self.wrong_type(value, "a step, which is a table") {
            found.help(format!("for example: {example}"));
        }
    }

    /// Finds the one action of a step; checks that what stands beside it goes with it.
    fn action_of<'t>(
        &mut self,
        step: &Value<'t>,
        whole: Span,
        entries: Vec<Entry<'t>>,
    ) -> Option<StepTable<'t>> {
        let is_action = |entry: &&Entry<'_>| keys::action(entry.key).is_some();
        let actions: Vec<Entry<'t>> = entries.iter().filter(is_action).copied().collect();
        let is_confused = actions.len() > 1;
        if let Some((first, more)) = actions.split_first().filter(|(_, more)| !more.is_empty()) {
            self.several_actions(first, more);
        }
        let (chosen, rest) = match actions.first() {
            Some(first) => {
                let rest = entries.into_iter().filter(|entry| keys::action(entry.key).is_none());
                (*first, rest.collect())
            }
            None => self.meant_action(step, entries)?,
        };
        let action = keys::action(chosen.key)?;
        let rest = self.modifiers(action, rest);
        let place = format!("in the step `{}`", action.name);
        let mut rest = Table::new(whole, place, rest);
        rest.is_confused = is_confused;
        Some(StepTable { action, value: chosen.value, rest })
    }

    fn several_actions(&mut self, first: &Entry<'_>, more: &[Entry<'_>]) {
        let names: Vec<&str> = std::iter::once(first).chain(more).map(|entry| entry.key).collect();
        let takes_steps = keys::action(first.key).is_some_and(|a| a.modifiers.contains(&"steps"));
        let message =
            format!("a step has one action, but this has {}: {}", names.len(), listed(&names));
        let second = names.get(1).copied().unwrap_or_default();
        let help = if takes_steps {
            format!(
                "what `{}` holds goes in its `steps`: {{ {0} = …, steps = [{{ {second} = … }}] }}",
                first.key
            )
        } else {
            format!("write a step for each: {{ {} = … }}, {{ {second} = … }}", first.key)
        };
        let Some(last) = more.last() else { return };
        let found = self.diagnostics.error(last.value.key_span, message);
        found.related(first.value.key_span, "the first action").help(help);
    }

    /// The action of a step that has none: perhaps one is misspelt. Gives that entry, and the others.
    fn meant_action<'t>(
        &mut self,
        step: &Value<'t>,
        entries: Vec<Entry<'t>>,
    ) -> Option<(Entry<'t>, Vec<Entry<'t>>)> {
        let is_strange = |entry: &&Entry<'_>| keys::takers(entry.key).is_empty();
        let strange = entries.iter().find(is_strange).copied();
        let Some(strange) = strange else {
            if !self.is_doubtful(step.span) {
                self.no_action(step, &entries);
            }
            return None;
        };
        if self.is_doubtful(strange.value.key_span) {
            return None;
        }
        let (key, span) = (strange.key, strange.value.key_span);
        let meant = meant(key, keys::names()).filter(|_| keys::instead_of(key).is_none());
        let found = self.diagnostics.error(span, format!("unknown action `{}`", shown(key)));
        let Some(meant) = meant else {
            match keys::instead_of(key) {
                Some(instead) => found.help(instead),
                None => found.help(format!("actions are: {}", listed(&keys::names()))),
            };
            return None;
        };
        found.help(format!("did you mean `{meant}`?"));
        let rest = entries.into_iter().filter(|entry| entry.key != key).collect();
        let value = Value { subject: Subject::Key(meant), ..strange.value };
        Some((Entry { key: meant, value }, rest))
    }

    fn no_action(&mut self, step: &Value<'_>, entries: &[Entry<'_>]) {
        let Some(first) = entries.first() else {
            self.diagnostics.error(step.span, "an empty step").help(
                "say what it does, or leave it out; a step that does nothing is { pass = true }",
            );
            return;
        };
        let found = self.diagnostics.error(step.span, "a step without an action");
        let takers = keys::takers(first.key);
        found.help(format!("`{}` goes with {}", first.key, listed(&takers)));
        let usual = takers.iter().find(|taker| **taker == "await").or(takers.first());
        if let Some(action) = usual.and_then(|name| keys::action(name)) {
            found.help(format!("for example: {}", action.example));
        }
    }

    /// What stands beside an action, without what does not go with it.
    fn modifiers<'t>(&mut self, action: &ActionKey, rest: Vec<Entry<'t>>) -> Vec<Entry<'t>> {
        let given: Vec<&str> = rest.iter().map(|entry| entry.key).collect();
        let missing = action.modifiers.iter().copied();
        let missing: Vec<_> = missing.filter(|modifier| !given.contains(modifier)).collect();
        let mut kept: Vec<Entry<'t>> = Vec::new();
        for mut entry in rest {
            if !action.modifiers.contains(&entry.key) {
                let is_known = !keys::takers(entry.key).is_empty();
                let has_words = is_known || keys::instead_of(entry.key).is_some();
                let meant = meant(entry.key, missing.iter().copied()).filter(|_| !has_words);
                self.stray_modifier(action, &entry, meant);
                let Some(meant) = meant.filter(|meant| kept.iter().all(|kept| kept.key != *meant))
                else {
                    self.lose(entry.value.span);
                    continue;
                };
                entry.key = meant;
                entry.value.subject = Subject::Key(meant);
            }
            kept.push(entry);
        }
        kept
    }

    fn stray_modifier(&mut self, action: &ActionKey, entry: &Entry<'_>, meant: Option<&str>) {
        let (key, span) = (entry.key, entry.value.key_span);
        if self.is_doubtful(span) {
            return;
        }
        let takers = keys::takers(key);
        let message = if takers.is_empty() {
            format!("unknown key `{}` in the step `{}`", shown(key), action.name)
        } else {
            format!("`{key}` does not go with `{}`", action.name)
        };
        let found = self.diagnostics.error(span, message);
        if let Some(meant) = meant {
            found.help(format!("did you mean `{meant}`?"));
        } else if let Some(instead) = keys::instead_of(key).filter(|_| takers.is_empty()) {
            found.help(instead);
        } else if let Some(help) = special_help(action.name, key) {
            found.help(help);
        } else if !takers.is_empty() {
            found.help(format!("it goes with {}", listed(&takers)));
        } else if action.modifiers.is_empty() {
            found.help(format!("nothing stands beside `{}`: {}", action.name, action.example));
        } else {
            found.help(format!("possible here: {}", listed(action.modifiers)));
        }
    }

    fn refuse_awaiting(&mut self, table: &StepTable<'_>, scope: &Scope<'_>) {
        let Place::Function(function) = scope.place else { return };
        let name = table.action.name;
        let message = format!("`{name}` awaits, which the function `{function}` cannot");
        let found = self.diagnostics.error(table.value.key_span, message);
        let coroutine = format!("make it a coroutine: [coroutines.{function}]");
        match name {
            "sleep" => found.help("to hold the thread, as time.sleep() does: { block = 1 }"),
            "io" => found.help("to wait for it and hold the thread: { block = 0.5 }"),
            "run_in_executor" | "to_thread" => {
                found.help("call the function itself: { do = \"total = crunch(10)\" }")
            }
            "with" => found.note("it is Python's `async with`").help(coroutine),
            _ => found.help(coroutine),
        };
    }
}

/// What to do about some modifiers that often stand where they do not belong.
fn special_help(action: &str, modifier: &str) -> Option<&'static str> {
    Some(match (action, modifier) {
        ("do", "as") => "assign in the statement itself: { do = \"total = f(1)\" }",
        ("raise", "message") => "give it to the exception: { raise = \"ValueError('too big')\" }",
        ("for" | "while" | "if", "as") => {
            "the steps inside can bind names: { await = \"fetch(1)\", as = \"reply\" }"
        }
        ("try", "steps") => "the steps to try are the value of `try` itself: { try = [ … ] }",
        ("sleep" | "io" | "block" | "compute", "delay") => {
            "the time is the value of the action itself: { sleep = 1 }"
        }
        ("to_thread", "pool") => {
            "`to_thread` uses the default pool; say { run_in_executor = \"…\", pool = \"…\" }"
        }
        ("create_task" | "await", "pool") => {
            "a coroutine runs on the event loop; a function runs on a pool: { run_in_executor = \"crunch()\", pool = \"…\" }"
        }
        _ => return None,
    })
}
