//! Frames of every screen, and what must hold of all of them.

use std::rc::Rc;

use proptest::prelude::*;

use super::input::{Mouse, MouseKind};
use super::keys::bindings;
use super::{App, Effect, Input, Key, Look, Model, Theme, snapshot};
use crate::analysis::fixture::{blocked, numbers, relay};
use crate::index::{EventId, LaneId, SiteId};
use crate::trace::event::{Resume, What};
use crate::trace::{Header, Lane, LaneKind, Outcome, Recorder, Trace};

fn app(trace: Trace, size: (u16, u16)) -> App {
    App::new(Rc::new(Model::new(trace, None)), Look::default(), size)
}

/// A frame after some keys.
#[track_caller]
fn check(name: &str, trace: Trace, size: (u16, u16), keys: &str) {
    let mut app = app(trace, size);
    app.type_keys(keys);
    insta::assert_snapshot!(name, snapshot::text(&snapshot::frame(&app)));
}

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (160, 50);

#[test]
fn screens() {
    check("opened", numbers(), SMALL, "");
    check("opened_large", numbers(), LARGE, "20 .");
    check("narrow", blocked(), (56, 12), "G");
    check("too_small", numbers(), (39, 7), "");
    check("blocked_loop", blocked(), SMALL, ":2s<Enter>");
    check("pools_large", relay(), LARGE, ":1s<Enter> c");
    check("help", numbers(), SMALL, "?");
    check("empty", Trace::empty(Header::default(), Outcome::Interrupted), SMALL, "");
}

#[test]
fn panes() {
    for (index, pane) in super::Pane::ALL.iter().enumerate() {
        let keys = format!("20 . {}", "Tab ".repeat(index));
        check(&format!("pane_{}", pane.title()), blocked(), SMALL, &keys);
    }
}

#[test]
fn keys_do_what_they_say() {
    let mut app = app(numbers(), SMALL);
    let mut at = |keys: &str| {
        app.type_keys(keys);
        (app.event().0, app.model().name(app.selected()), app.message.clone().unwrap_or_default())
    };
    assert_eq!(at(". . .").0, 3);
    assert_eq!(at("10 .").0, 13);
    assert_eq!(at(", ,").0, 11);
    assert_eq!(at("G").0, at(":100%<Enter>").0);
    assert_eq!(at("g").0, 0);
    assert!(at(":1s<Enter>").0 > 14);
    assert_eq!(at(":#20<Enter>").0, 20);
    assert_eq!(at(":#2000<Enter>").2, "the last event is #51");
    let (cause, lane, _) = at("[");
    assert!(cause < 20 && !lane.is_empty());
    assert_eq!(at("Backspace").0, 20);
    assert!(at("/timer<Enter>").2.starts_with("match "));
    assert_eq!(at("ma g 'a").0, at("").0);
    assert_eq!(at("Z k k").1, "loop");
    assert!(at("&nonsense<Enter>").2.contains("no lane is left"));
    assert_eq!(at("Esc j").1, "main");
    assert!(at("~").2.contains("does nothing here"));
}

#[test]
fn playback_stops_where_it_is_told() {
    let mut app = app(numbers(), SMALL);
    let said = |app: &App| app.message.clone().unwrap_or_default();
    app.type_keys(":break<Space>kind:output<Enter>");
    assert!(said(&app).starts_with("play stops at kind:output; next: #"), "{}", said(&app));
    app.type_keys("Space");
    let outputs = app.model().outputs().to_vec();
    for output in &outputs[..3] {
        if !app.is_playing() {
            app.type_keys("Space");
        }
        while app.is_playing() {
            app.apply(Input::Tick(40));
        }
        assert_eq!(app.event(), *output, "{}", said(&app));
        assert!(said(&app).contains("stopped at #"), "{}", said(&app));
    }
    app.type_keys(":break<Space>kind:lunch<Enter>");
    assert!(said(&app).contains("no kind of event"), "{}", said(&app));
    app.type_keys(":break<Enter> Space");
    while app.is_playing() {
        app.apply(Input::Tick(40));
    }
    assert_eq!(Some(app.event()), app.model().last_event());
}

#[test]
fn a_saved_view_is_the_same_view() {
    let mut one = app(relay(), SMALL);
    one.type_keys(":1s<Enter> + + ma 3 . x Tab Tab z m c O C /prints<Enter> &-output<Enter>");
    one.type_keys(":break<Space>kind:output<Enter> Esc");
    assert_eq!(one.apply(Input::Key(Key::parse_all(":")[0])), Effect::None);
    one.type_keys("save");
    assert_eq!(one.apply(Input::Key(Key::parse_all("Enter")[0])), Effect::Save);
    let saved = one.saved();
    let mut other = app(relay(), SMALL);
    assert_eq!(other.restore(&saved), Ok(()));
    one.message = None;
    assert_eq!(snapshot::text(&snapshot::frame(&other)), snapshot::text(&snapshot::frame(&one)));
    assert_eq!(other.saved(), saved);
    // In a run that is another one, what is not there is left out.
    let mut shorter = app(numbers(), SMALL);
    assert_eq!(shorter.restore(&saved), Ok(()));
    assert!(snapshot::text(&snapshot::frame(&shorter)).contains("main"));
    for (text, wanted) in [
        ("axis = 1", "invalid type"),
        ("colour = \"red\"", "unknown field `colour`"),
        ("filter = \"state:asleep\"", "no state `asleep`"),
        ("[marks]\nab = {}", "character"),
    ] {
        let why = other.restore(text).unwrap_err();
        assert!(why.contains(wanted), "{text}: {why}");
    }
}

#[test]
fn there_and_back_is_where_one_was() {
    let mut app = app(relay(), SMALL);
    for _ in 0..app.model().len() - 1 {
        let (event, here) = (app.event(), format!("{:?}", app.here));
        app.type_keys(". ,");
        assert_eq!((app.event(), format!("{:?}", app.here)), (event, here));
        app.type_keys(".");
    }
}

#[test]
fn playing_ends_at_the_end_and_begins_again() {
    let mut app = app(numbers(), SMALL);
    app.type_keys("Space");
    assert!(app.is_playing());
    for _ in 0..10_000 {
        app.apply(Input::Tick(33));
    }
    assert!(!app.is_playing());
    assert_eq!(Some(app.event()), app.model().last_event());
    app.type_keys("Space");
    assert!(app.is_playing() && app.event() < EventId(20));
}

#[test]
fn what_is_to_be_done_is_said() {
    let mut app = app(numbers(), SMALL);
    let mut effect = |key: &str| app.apply(Input::Key(Key::parse_all(key)[0]));
    assert_eq!(effect("q"), Effect::Quit);
    assert_eq!(effect("C-z"), Effect::Suspend);
    assert_eq!(effect("M"), Effect::Mouse(false));
    assert_eq!(effect("R"), Effect::None);
    assert!(matches!(effect("y"), Effect::Copy(text) if text.contains("event 0")));
}

#[test]
fn a_trace_in_place_of_another_keeps_cursor_and_lane() {
    let mut app = app(numbers(), SMALL);
    app.type_keys(":2s<Enter> j");
    let (lane, at) = (app.model().name(app.selected()), app.at);
    app.replace(Rc::new(Model::new(numbers(), None)));
    assert_eq!((app.model().name(app.selected()), app.at), (lane, at));
    app.replace(Rc::new(Model::new(Trace::empty(Header::default(), Outcome::Interrupted), None)));
    assert!(snapshot::text(&snapshot::frame(&app)).contains("No events"));
}

/// A trace with one event, with names as nobody would give them.
fn odd(name: &str) -> Trace {
    let mut recorder = Recorder::in_memory(Header::default());
    recorder.lane(Lane::numbered(LaneKind::Loop, 0));
    let task = recorder.lane(Lane::named(LaneKind::Task, name));
    recorder.record(LaneId(0), SiteId::NONE, EventId::NONE, What::TaskCreated { task });
    recorder.record(task, SiteId::NONE, EventId(0), What::StepBegin { how: Resume::Send });
    recorder.finish(Outcome::Interrupted)
}

#[test]
fn every_width_is_drawn() {
    for trace in [relay, blocked] {
        let mut app = app(trace(), SMALL);
        app.type_keys(":1s<Enter> c v 3 .");
        for columns in 1..=130 {
            for rows in [7, 17, 24, 40] {
                app.apply(Input::Resize(columns, rows));
                let frame = snapshot::frame(&app);
                assert_eq!((frame.area.width, frame.area.height), (columns, rows));
            }
        }
    }
}

#[test]
fn odd_names_keep_every_line_in_its_width() {
    for name in
        ["日本語の名前", "e\u{301}\u{301}\u{301}", "a\tb\nc\u{1b}[31m", &"x".repeat(10_000), ""]
    {
        let frame = snapshot::frame(&app(odd(name), SMALL));
        let text = snapshot::text(&frame);
        assert!(text.lines().count() == 24 && !text.contains('\u{1b}'), "{text}");
        assert!(snapshot::svg(&frame).ends_with("</svg>\n"));
    }
}

#[test]
fn ascii_is_ascii_and_mono_has_no_colors() {
    let look = Look { theme: Theme::Mono, ascii: true };
    for size in [SMALL, LARGE, (56, 12)] {
        let mut app = App::new(Rc::new(Model::new(blocked(), None)), look, size);
        app.type_keys(":3s<Enter> c");
        let frame = snapshot::frame(&app);
        assert!(snapshot::text(&frame).is_ascii(), "{}", snapshot::text(&frame));
        let plain = |cell: &ratatui::buffer::Cell| {
            cell.fg == ratatui::style::Color::Reset && cell.bg == ratatui::style::Color::Reset
        };
        assert!(frame.content().iter().all(plain));
    }
}

fn inputs() -> impl Strategy<Value = Input> {
    let names: Vec<&'static str> = bindings().flat_map(|binding| binding.keys).copied().collect();
    let typed = "0123456789%#@ms: fetch*-".chars().map(Key::char);
    let keys: Vec<Key> = names.into_iter().flat_map(Key::parse_all).chain(typed).collect();
    let kinds =
        [MouseKind::Down, MouseKind::Drag, MouseKind::Up, MouseKind::WheelUp, MouseKind::WheelDown];
    let mouse = (prop::sample::select(kinds.to_vec()), 0..200_u16, 0..60_u16, any::<[bool; 2]>());
    prop_oneof![
        20 => prop::sample::select(keys).prop_map(Input::Key),
        3 => mouse.prop_map(|(kind, column, row, [ctrl, shift])| {
            Input::Mouse(Mouse { kind, column, row, ctrl, shift })
        }),
        2 => (1..200_u16, 1..60_u16).prop_map(|(columns, rows)| Input::Resize(columns, rows)),
        1 => (0..2000_u64).prop_map(Input::Tick),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    #[test]
    fn nothing_that_is_typed_breaks_it(
        which in 0..4_usize,
        inputs in prop::collection::vec(inputs(), 0..60),
    ) {
        let traces = [numbers, relay, blocked, || odd("a")];
        let mut app = app(traces[which](), SMALL);
        for input in inputs {
            app.apply(input);
            prop_assert!(app.event().index() < app.model().len());
            prop_assert!(app.window.span > 0);
            let frame = snapshot::frame(&app);
            prop_assert_eq!((frame.area.width, frame.area.height), app.size);
        }
    }
}
