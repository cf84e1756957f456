//! Every key of the table, pressed: what it asks for, and which lines of the frame it changes.

use std::rc::Rc;

use super::keys::{Action, bindings};
use super::{App, Effect, Input, Key, Look, Model, snapshot};
use crate::analysis::fixture::{blocked, relay};
use crate::trace::Trace;

/// Lines of a change that are shown.
const MAX_LINES: usize = 6;

/// Where a key has something to do: a run, and the keys that lead there.
fn place(action: Action) -> (fn() -> Trace, &'static str) {
    use Action as A;
    let run: fn() -> Trace = relay;
    match action {
        A::NextFinding => (blocked, ""),
        A::PreviousFinding => (blocked, "G"),
        A::Start | A::PreviousOutput | A::PreviousIteration => (run, "G"),
        A::Back => (run, "20 . ["),
        A::UndoZoom => (run, ":1s<Enter> + +"),
        A::RedoZoom => (run, ":1s<Enter> + + u"),
        A::Focus | A::PanLeft | A::PanRight | A::ZoomOut | A::Fit => (run, ":1s<Enter> + + +"),
        A::LaneUp | A::LanesUp => (run, "20 . G j j j"),
        A::Pin => (run, "j"),
        A::NextMatch => (run, "/prints<Enter>"),
        A::PreviousMatch => (run, "G /prints<Enter> G"),
        A::Close => (run, "v 5 ."),
        A::PreviousOnLane | A::PreviousStep | A::PreviousEvent => (run, "G j , ,"),
        _ => (run, ":1s<Enter>"),
    }
}

fn lines(app: &App) -> Vec<String> {
    snapshot::text(&snapshot::frame(app)).lines().map(ToOwned::to_owned).collect()
}

#[test]
fn every_key_of_the_table_does_something() {
    let mut shown = Vec::new();
    for binding in bindings() {
        for (number, name) in binding.keys.iter().enumerate() {
            let (trace, keys) = place(binding.action);
            let mut app = App::new(Rc::new(Model::new(trace(), None)), Look::default(), (80, 24));
            app.type_keys(keys);
            let before = lines(&app);
            let effect = app.apply(Input::Key(Key::parse_all(name)[0]));
            let after = lines(&app);
            let changed: Vec<&String> =
                after.iter().zip(&before).filter(|(a, b)| a != b).map(|(a, _)| a).collect();
            assert!(
                effect != Effect::None || !changed.is_empty(),
                "{name} ({}) does nothing after `{keys}`:\n{}",
                binding.help,
                after.join("\n")
            );
            // Other keys of an action do the same.
            if number == 0 {
                shown.push(format!("{name}: {}", binding.help));
                if effect != Effect::None {
                    shown.push(format!("    asks for {}", asked(&effect)));
                }
                shown.extend(changed.iter().take(MAX_LINES).map(|line| format!("    |{line}")));
            }
        }
    }
    insta::assert_snapshot!(shown.join("\n"));
}

fn asked(effect: &Effect) -> String {
    match effect {
        Effect::Copy(text) => format!("{} lines in the clipboard", text.lines().count()),
        effect => format!("{effect:?}"),
    }
}
