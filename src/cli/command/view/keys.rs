//! The terminal's events as the viewer's input.

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use crate::tui::Input;
use crate::tui::input::{Code, Key, Mouse, MouseKind};

/// What the viewer makes of an event: mostly one thing.
pub(super) fn inputs(event: &Event) -> Vec<Input> {
    let found = match event {
        Event::Key(key) => {
            // Escape and a key right after it look like that key with Alt, which has no use here.
            let is_both = key.modifiers.contains(KeyModifiers::ALT);
            let escape = is_both.then(|| Key::named("Esc")).flatten();
            return escape.into_iter().chain(input_of_key(*key)).map(Input::Key).collect();
        }
        Event::Mouse(mouse) => input_of_mouse(*mouse).map(Input::Mouse),
        Event::Resize(columns, rows) => Some(Input::Resize(*columns, *rows)),
        _ => None,
    };
    found.into_iter().collect()
}

fn input_of_key(key: KeyEvent) -> Option<Key> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    let named = |name| Key::named(name);
    let found = match key.code {
        KeyCode::Char(c) => Some(Key::char(c)),
        KeyCode::Left => named("Left"),
        KeyCode::Right => named("Right"),
        KeyCode::Up => named("Up"),
        KeyCode::Down => named("Down"),
        KeyCode::Home => named("Home"),
        KeyCode::End => named("End"),
        KeyCode::PageUp => named("PageUp"),
        KeyCode::PageDown => named("PageDown"),
        KeyCode::Enter => named("Enter"),
        KeyCode::Esc => named("Esc"),
        KeyCode::Tab => named("Tab"),
        KeyCode::BackTab => named("BackTab"),
        KeyCode::Backspace => named("Backspace"),
        KeyCode::Delete => named("Delete"),
        KeyCode::F(1) => named("F1"),
        _ => None,
    }?;
    let is_char = matches!(found.code, Code::Char(_));
    let has = |modifier| key.modifiers.contains(modifier);
    // Shift is in the character already, and back-tab is what Shift makes of Tab.
    let shift = has(KeyModifiers::SHIFT) && !is_char && key.code != KeyCode::BackTab;
    Some(Key { ctrl: has(KeyModifiers::CONTROL), shift, ..found })
}

fn input_of_mouse(mouse: MouseEvent) -> Option<Mouse> {
    let kind = match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => MouseKind::Down,
        MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
        MouseEventKind::Up(MouseButton::Left) => MouseKind::Up,
        MouseEventKind::ScrollUp => MouseKind::WheelUp,
        MouseEventKind::ScrollDown => MouseKind::WheelDown,
        _ => return None,
    };
    let has = |modifier| mouse.modifiers.contains(modifier);
    Some(Mouse {
        kind,
        column: mouse.column,
        row: mouse.row,
        ctrl: has(KeyModifiers::CONTROL),
        shift: has(KeyModifiers::SHIFT),
    })
}
