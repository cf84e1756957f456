//! The help: every key, from the same table that dispatches, and what the glyphs mean.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;
use ratatui::widgets::{Clear, Widget};

use super::text::{Pen, clip, fit, write};
use crate::tui::app::App;
use crate::tui::keys::GROUPS;
use crate::tui::model::State;
use crate::tui::theme::Role;

/// Draws the help over everything, scrolled down so many lines.
pub(super) fn help(buffer: &mut Buffer, app: &App, area: Rect, top: usize) {
    let pen = Pen(app.look);
    let height = area.height.saturating_sub(2);
    let area = Rect { y: area.y + 1, height, ..area };
    Clear.render(area, buffer);
    let last = last_top(app.size);
    let more =
        if last > 0 { format!(" ({}/{}, j k Space)", top + 1, last + 1) } else { String::new() };
    pen.rule(buffer, area, &format!("all keys{more}; any other key closes"), Role::Strong);
    let inner = Rect {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(1),
    };
    let lines: Vec<Line<'_>> = lines(app, usize::from(inner.width)).into_iter().skip(top).collect();
    write(buffer, inner, &lines);
}

/// How far it can be scrolled.
pub(super) fn last_top((_, rows): (u16, u16)) -> usize {
    let n_lines: usize = GROUPS.iter().map(|group| group.bindings.len() + 2).sum();
    let n_lines = n_lines + State::ALL.len() + 2;
    n_lines.saturating_sub(usize::from(rows.saturating_sub(3)))
}

fn lines(app: &App, columns: usize) -> Vec<Line<'static>> {
    let pen = Pen(app.look);
    let mut lines = Vec::new();
    for (title, rows) in app.keymap.groups() {
        lines.push(pen.line(title, Role::Strong));
        for (keys, binding) in rows {
            let keys = fit(&keys, 16);
            let help = clip(binding.help, columns.saturating_sub(18));
            lines.push(Line::from(vec![
                pen.part(format!("  {keys}"), Role::Mark),
                pen.part(help, Role::Usual),
            ]));
        }
        lines.push(pen.line("", Role::Usual));
    }
    lines.push(pen.line("Lanes are drawn with", Role::Strong));
    for state in State::ALL.into_iter().filter(|state| *state != State::Absent) {
        let glyph = app.look.glyph(state).to_string().repeat(3);
        lines.push(Line::from(vec![
            pen.part(format!("  {}", fit(&glyph, 16)), Role::In(state)),
            pen.part(state.meaning(), Role::Usual),
        ]));
    }
    let several = app.look.several().to_string().repeat(3);
    lines.push(Line::from(vec![
        pen.part(format!("  {}", fit(&several, 16)), Role::In(State::Running)),
        pen.part("several steps in one column: zoom in, or x", Role::Usual),
    ]));
    lines
}
