//! Which key does what: the table of [`keys`](super::keys), or what somebody's file makes of it.

use std::collections::BTreeMap;

use super::input::Key;
use super::keys::{Action, Binding, GROUPS, bindings};

/// The keys of every action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    /// In the order of the table.
    keys: Vec<Vec<Key>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let keys = |binding: &Binding| binding.keys.iter().flat_map(|key| Key::parse_all(key));
        Self { keys: bindings().map(|binding| keys(binding).collect()).collect() }
    }
}

impl Keymap {
    /// Reads a file of keys: TOML, with the names of actions and the keys they get instead of those
    /// of the table. What an action gets, no other one keeps.
    ///
    /// ```
    /// use loopsim::tui::{Key, Keymap};
    ///
    /// let keymap = Keymap::parse("next-event = [\"Right\", \"n\"]\nright = \"l\"").unwrap();
    /// let action = keymap.action_of(Key::parse_all("n")[0]).unwrap();
    /// assert_eq!(action.name(), "next-event");
    /// assert!(Keymap::parse("fly = \"f\"").unwrap_err().contains("no action `fly`"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, String> {
        let table: toml::Table =
            text.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
        let mut given: BTreeMap<String, String> = BTreeMap::new();
        let mut keymap = Self::default();
        let mut wanted = Vec::new();
        for (name, value) in &table {
            let action = Action::named(name).ok_or_else(|| unknown(name))?;
            let keys = keys_of(name, value)?;
            for key in &keys {
                if let Some(other) = given.insert(key.to_string(), name.clone()) {
                    return Err(format!("`{key}` is given to both {other} and {name}"));
                }
            }
            wanted.push((action, keys));
        }
        let is_given = |key: &Key| given.contains_key(&key.to_string());
        keymap.keys.iter_mut().for_each(|keys| keys.retain(|key| !is_given(key)));
        for (action, keys) in wanted {
            if let Some(index) = bindings().position(|binding| binding.action == action) {
                keymap.keys[index] = keys;
            }
        }
        match keymap.keys_of(Action::Quit) {
            [] => Err("no key is left for quit".to_owned()),
            _ => Ok(keymap),
        }
    }

    /// What a key does.
    pub fn action_of(&self, key: Key) -> Option<Action> {
        let index = self.keys.iter().position(|keys| keys.contains(&key))?;
        bindings().nth(index).map(|binding| binding.action)
    }

    /// The keys of an action.
    pub fn keys_of(&self, action: Action) -> &[Key] {
        let index = bindings().position(|binding| binding.action == action);
        index.and_then(|index| self.keys.get(index)).map_or(&[], Vec::as_slice)
    }

    /// The key to show for an action; empty if there is none.
    pub fn key_of(&self, action: Action) -> String {
        self.keys_of(action).first().map_or(String::new(), ToString::to_string)
    }

    /// The table: titles, and below each the keys of every action and its row.
    pub fn groups(&self) -> impl Iterator<Item = (&'static str, Vec<(String, &'static Binding)>)> {
        GROUPS.iter().map(|group| {
            let rows = group.bindings.iter().map(|binding| {
                let keys: Vec<String> =
                    self.keys_of(binding.action).iter().map(ToString::to_string).collect();
                (keys.join(" "), binding)
            });
            (group.title, rows.collect())
        })
    }

    /// The keys that the footer shows, what matters most first: what to press, and a word.
    pub fn footer(&self) -> Vec<(String, &'static str)> {
        let row = |(action, other): (Action, Option<Action>)| {
            let binding = bindings().find(|binding| binding.action == action)?;
            let key = self.key_of(action);
            let keys = match other.map(|other| self.key_of(other)) {
                Some(other) if key == "Right" && other == "Left" => "←→".to_owned(),
                Some(other) if key == "." => format!("{other} {key}"),
                Some(other) => format!("{key} {other}").trim().to_owned(),
                None => key,
            };
            (!keys.is_empty()).then_some((keys, binding.short))
        };
        FOOTER.into_iter().filter_map(row).collect()
    }
}

/// What the footer shows, each with what does the opposite. The last two are always there.
const FOOTER: [(Action, Option<Action>); 14] = [
    (Action::NextEvent, Some(Action::PreviousEvent)),
    (Action::Right, Some(Action::Left)),
    (Action::Cause, Some(Action::Effect)),
    (Action::NextFinding, None),
    (Action::ZoomIn, Some(Action::ZoomOut)),
    (Action::PlayPause, None),
    (Action::NextPane, None),
    (Action::Search, None),
    (Action::CriticalPath, None),
    (Action::Fit, None),
    (Action::Axis, None),
    (Action::Goto, None),
    (Action::Help, None),
    (Action::Quit, None),
];

/// The keys that a value of the file stands for.
fn keys_of(name: &str, value: &toml::Value) -> Result<Vec<Key>, String> {
    let one = |value: &toml::Value| {
        let text = value.as_str().ok_or_else(|| format!("{name}: keys are texts"))?;
        match Key::parse_all(text).as_slice() {
            [key] => Ok(*key),
            _ => Err(format!("{name}: `{text}` is no key; keys are a, S-Left, C-d, Enter, F1 …")),
        }
    };
    match value {
        toml::Value::Array(values) => values.iter().map(one).collect(),
        value => Ok(vec![one(value)?]),
    }
}

fn unknown(name: &str) -> String {
    let names = bindings().map(|binding| binding.action.name());
    let near = names.min_by_key(|known| strsim::damerau_levenshtein(known, name));
    let near = near.unwrap_or_default();
    format!("there is no action `{name}`; did you mean `{near}`?")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(keymap: &Keymap, key: &str) -> Option<Action> {
        keymap.action_of(Key::parse_all(key)[0])
    }

    #[test]
    fn the_table_is_what_is_there_without_a_file() {
        let keymap = Keymap::default();
        for binding in bindings() {
            for key in binding.keys {
                assert_eq!(action(&keymap, key), Some(binding.action), "{key}");
            }
        }
        assert_eq!(keymap.footer().len(), FOOTER.len());
        assert!(keymap.footer().iter().all(|(_, word)| !word.is_empty()));
        assert_eq!(Keymap::parse(""), Ok(keymap));
    }

    #[test]
    fn a_key_that_is_given_away_does_one_thing_only() {
        let keymap = Keymap::parse("next-event = [\"n\", \"Space\"]\nquit = \"Q\"").unwrap();
        assert_eq!(action(&keymap, "n"), Some(Action::NextEvent));
        assert_eq!(action(&keymap, "Space"), Some(Action::NextEvent));
        assert_eq!((action(&keymap, "."), action(&keymap, "q")), (None, None));
        assert!(keymap.keys_of(Action::NextMatch).is_empty());
        let footer = keymap.footer();
        assert!(footer.contains(&("n ,".to_owned(), "step")), "{footer:?}");
        assert!(!footer.iter().any(|(_, word)| *word == "play"));
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        for (text, wanted) in [
            ("next-evnt = \".\"", "did you mean `next-event`?"),
            ("cause = 1", "cause: keys are texts"),
            ("cause = \"ab\"", "`ab` is no key"),
            ("cause = \"k\"\neffect = \"k\"", "`k` is given to both cause and effect"),
            ("quit = []", "no key is left for quit"),
            ("quit = ", ""),
        ] {
            let why = Keymap::parse(text).unwrap_err();
            assert!(why.contains(wanted), "{text}: {why}");
        }
    }
}
