//! The program around the event at the cursor.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::panes::site_of;
use super::text::{Pen, below, clip, fit_right, shown, write};
use crate::trace::Site;
use crate::tui::app::App;
use crate::tui::theme::Role;

/// How many events back a place is looked for: the loop itself is nowhere.
const MAX_BACK: usize = 64;

/// The source, with the line of the event in the middle.
pub(super) fn source(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    let site = place(app);
    let header = app.model.trace().header();
    let file = site.as_ref().and_then(|site| header.sources.get(site.source as usize));
    let (Some(site), Some((name, text))) = (&site, file) else {
        pen.rule(buffer, area, "source", Role::Strong);
        let why = if header.sources.is_empty() {
            " the trace carries no program"
        } else {
            " this happens nowhere in the program"
        };
        return write(buffer, below(area), &[pen.line(why, Role::Faint)]);
    };
    let name = name.rsplit('/').next().unwrap_or(name);
    let title = format!("{name}:{} in {}", site.line, site.function);
    pen.rule(buffer, area, &shown(&title), Role::Strong);
    let inner = below(area);
    let height = usize::from(inner.height);
    let line = site.line.saturating_sub(1) as usize;
    let first = line.saturating_sub(height / 2);
    let numbered = text.lines().enumerate().skip(first).take(height);
    let lines: Vec<Line<'_>> = numbered
        .map(|(index, text)| {
            let is_here = index == line;
            let role = if is_here { Role::Strong } else { Role::Usual };
            let text = clip(&shown(text), usize::from(inner.width).saturating_sub(7));
            Line::from(vec![
                pen.part(if is_here { ">" } else { " " }, Role::Strong),
                pen.part(format!("{} ", fit_right(&(index + 1).to_string(), 4)), Role::Faint),
                pen.part(text, role),
            ])
        })
        .collect();
    write(buffer, inner, &lines);
}

/// Where the event is in the program; without a place of its own, where what led to it is; else
/// where its lane comes to next.
fn place(app: &App) -> Option<Site> {
    let before = app.model.chain(app.event).take(MAX_BACK).find_map(|event| site_of(app, event));
    let next = || {
        let lane = app.model.lane_of(app.event);
        let lane = if app.model.is_task(lane) { lane } else { app.selected };
        let events = app.model.events_of(lane);
        let from = events.partition_point(|event| *event <= app.event);
        events[from..].iter().take(MAX_BACK).find_map(|event| site_of(app, *event))
    };
    before.or_else(next)
}
