//! Header, overview and footer.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::text::{clip, put, shown, time, width};
use crate::index::EventId;
use crate::trace::Outcome;
use crate::tui::app::{App, Mode, PathShown, Prompt, candidates};
use crate::tui::keys::Action;
use crate::tui::layout::{Layout, Tier};
use crate::tui::model::{Axis, State};
use crate::tui::theme::Role;

/// What is viewed and how it ended; where the cursor is.
pub(super) fn header(buffer: &mut Buffer, app: &App, area: Rect) {
    let columns = usize::from(area.width);
    let right = place(app);
    let room = columns.saturating_sub(width(&right) + 1);
    let name = title(app);
    let (verdict, role) = verdict(app);
    let beside = room.saturating_sub(width(&verdict) + 3);
    let name = clip(&name, if verdict.is_empty() { room } else { beside.max(room * 2 / 5) });
    let style = |role| app.look.style(role);
    put(buffer, area, 1, &app.look.text(&name), style(Role::Strong));
    let at = u16::try_from(width(&name) + 3).unwrap_or(u16::MAX);
    let verdict = clip(&verdict, room.saturating_sub(width(&name) + 3));
    put(buffer, area, at, &app.look.text(&verdict), style(role));
    let at = u16::try_from(columns.saturating_sub(width(&right) + 1)).unwrap_or(0);
    put(buffer, area, at, &right, style(Role::Usual));
}

fn title(app: &App) -> String {
    let header = app.model.trace().header();
    let file = header.sources.first().map_or("", |(name, _)| name.as_str());
    let file = file.rsplit('/').next().unwrap_or_default();
    let layout = app.layout();
    let mut title = match (layout.tier, header.program.as_str()) {
        (Tier::Large, program)
            if !program.is_empty() && !file.is_empty() && !program.ends_with(file) =>
        {
            format!("{program}  ({file})")
        }
        (_, program) if file.is_empty() => program.to_owned(),
        _ => file.to_owned(),
    };
    if layout.tier == Tier::Large {
        title = format!("sim view  {title}  seed {}", header.seed);
        if !header.schedule.is_empty() {
            title = format!("{title}  schedule {}", header.schedule);
        }
    }
    shown(&title)
}

/// How the run ended, or what else must be said.
fn verdict(app: &App) -> (String, Role) {
    let model = &app.model;
    if let Some(notice) = model.notice() {
        return (format!("INCOMPLETE: {notice}"), Role::Bad);
    }
    if !app.filter.is_empty() {
        let total = model.tree().places.len();
        let text = format!("filter {}: {} of {total} lanes", app.filter.text, app.rows.len());
        return (text, Role::Mark);
    }
    let end = model.end_time();
    match model.trace().outcome() {
        Some(Outcome::Completed { .. }) if end == crate::time::Instant::ZERO => {
            ("completed in no time: the axis counts events".to_owned(), Role::Good)
        }
        Some(Outcome::Completed { .. }) => (format!("completed in {end}"), Role::Good),
        Some(Outcome::Raised { error }) => {
            let text = format!("RAISED {} at {end}: {}", error.type_name, error.message);
            (shown(&text), Role::Bad)
        }
        Some(Outcome::Deadlock { waiting, cycle }) => {
            let names: Vec<&str> =
                cycle.iter().chain(cycle.first()).map(|name| model.shown(name)).collect();
            let who = match names.as_slice() {
                [] => waiting.first().map_or(String::new(), |first| {
                    format!("{} waits forever", model.shown(&first.task))
                }),
                names => names.join(" → "),
            };
            (format!("DEADLOCK at {end}: {who}"), Role::Bad)
        }
        Some(Outcome::LimitReached { limit, bound, .. }) => {
            (format!("LIMIT {} reached at {end}: {bound}", limit.name()), Role::Bad)
        }
        Some(Outcome::StaleSchedule { .. }) => (format!("stale schedule at {end}"), Role::Bad),
        Some(Outcome::Interrupted) => (format!("interrupted at {end}"), Role::Bad),
        None => (format!("INCOMPLETE: ends at {end}"), Role::Bad),
    }
}

/// `|| 1x  t=1s (2/13)  #17/62`.
fn place(app: &App) -> String {
    let model = &app.model;
    let state = match app.play.is_on {
        true => format!("> {}", app.play.speed()),
        false => String::new(),
    };
    if model.is_empty() {
        return String::new();
    }
    let at = time(app.at);
    let of_event = model.trace().time_of(app.event);
    let first = model.trace().first_at(of_event);
    let next = model.count_between(Axis::Time, 0, of_event.as_nanos().saturating_add(1));
    let n_here = next.saturating_sub(first as u64);
    let number = (app.event.index() + 1).saturating_sub(first);
    let among = if n_here > 1 && app.at == of_event.as_nanos() {
        format!(" ({number}/{n_here})")
    } else {
        String::new()
    };
    let last = EventId::from_index(model.len() - 1);
    let count = app.count.map_or(String::new(), |count| format!("{count}  "));
    format!("{count}{state}  t={at}{among}  #{}/{}", app.event.0, last.0)
}

/// The whole run: how much happens when, and which part of it is seen.
pub(super) fn overview(buffer: &mut Buffer, app: &App, layout: &Layout) {
    let Some(area) = layout.overview else { return };
    let bar = layout.overview_bar();
    let (model, axis) = (&app.model, app.axis);
    let end = model.end(axis).saturating_add(1);
    let position = |column: u16| {
        let offset = u128::from(end) * u128::from(column) / u128::from(bar.width.max(1));
        u64::try_from(offset).unwrap_or(u64::MAX)
    };
    let events = |column| model.count_between(axis, position(column), position(column + 1));
    let ready = |column| u64::from(model.ready_in(axis, column, bar.width));
    let is_time = axis == Axis::Time;
    let title = if is_time { "events" } else { "ready queue" };
    let total = if is_time { time(model.end(axis)) } else { format!("#{}", model.end(axis)) };
    put(buffer, area, 1, &clip(&format!("{title} {total}"), 13), app.look.style(Role::Faint));
    bars(buffer, app, bar, if is_time { &events } else { &ready });
    if area.height > 1 {
        let second = Rect { y: bar.y + 1, ..bar };
        let area = Rect { y: area.y + 1, ..area };
        put(buffer, area, 1, "ready queue", app.look.style(Role::Faint));
        bars(buffer, app, second, &ready);
    }
    brackets(buffer, app, bar, end);
}

fn bars(buffer: &mut Buffer, app: &App, area: Rect, height: &dyn Fn(u16) -> u64) {
    const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let heights: Vec<u64> = (0..area.width).map(height).collect();
    let highest = heights.iter().copied().max().unwrap_or(0);
    // Few and many are told apart, but so are none and few.
    let level = |n: u64| u64::from((n + 1).ilog2() * 8 + u32::from(n > 0)).min(9 * 64);
    let top = level(highest).max(1);
    for (column, n) in (0..area.width).zip(heights) {
        let index = if n == 0 { 0 } else { (level(n) * 8).div_ceil(top).clamp(1, 8) };
        let bar = BARS[usize::try_from(index).unwrap_or(0)];
        let glyph = app.look.char(bar).to_string();
        put(buffer, area, column, &glyph, app.look.style(Role::In(State::Io)));
    }
}

/// Brackets around the part that is seen, and the cursor.
fn brackets(buffer: &mut Buffer, app: &App, bar: Rect, end: u64) {
    let column = |position: u64| {
        let column = u128::from(position) * u128::from(bar.width) / u128::from(end);
        u16::try_from(column).unwrap_or(u16::MAX).min(bar.width.saturating_sub(1))
    };
    let style = app.look.style(Role::Strong);
    let from = bar.x + column(app.window.start);
    let to = bar.x + column(app.window.start.saturating_add(app.window.span - 1));
    for (x, bracket) in [(from.saturating_sub(1), '▕'), (to + 1, '▏')] {
        if let Some(cell) = buffer.cell_mut((x, bar.y)) {
            cell.set_char(app.look.char(bracket)).set_style(style);
        }
    }
    if let Some(cell) = buffer.cell_mut((bar.x + column(app.position()), bar.y)) {
        cell.set_style(app.look.style(Role::Cursor));
    }
}

/// A prompt, a message, or the keys that matter most.
pub(super) fn footer(buffer: &mut Buffer, app: &App, area: Rect) {
    let look = app.look;
    match (&app.mode, &app.message) {
        (Mode::Prompt { prompt, text, at }, _) => {
            let line = format!("{}{text} ", prompt.sign());
            put(buffer, area, 0, &look.text(&line), look.style(Role::Strong));
            let before: String = text.chars().take(*at).collect();
            let column = u16::try_from(width(&before) + 1).unwrap_or(0);
            if let Some(cell) = buffer.cell_mut((area.x + column.min(area.width - 1), area.y)) {
                cell.set_style(look.style(Role::Cursor));
            }
            let (column, hint) = match text.is_empty() {
                true => (4, prompt.hint().to_owned()),
                false => (column + 3, completions(*prompt, text)),
            };
            let room = usize::from(area.width.saturating_sub(column));
            put(buffer, area, column, &clip(&hint, room), look.style(Role::Faint));
        }
        (Mode::SetMark, _) => put(buffer, area, 1, "mark: a letter", look.style(Role::Strong)),
        (Mode::ToMark, _) => {
            let text = "to which mark? its letter, or ' for where you were";
            put(buffer, area, 1, text, look.style(Role::Strong));
        }
        (_, Some(message)) => {
            let message = clip(&shown(message), usize::from(area.width).saturating_sub(1));
            put(buffer, area, 1, &look.text(&message), look.style(Role::Mark));
        }
        _ => shortcuts(buffer, app, area),
    }
}

/// The names of actions that what is typed behind `:` may become.
fn completions(prompt: Prompt, text: &str) -> String {
    let is_name = text.chars().next().is_some_and(char::is_alphabetic);
    if prompt != Prompt::Goto || !is_name {
        return String::new();
    }
    candidates(text).iter().map(|action| action.name()).collect::<Vec<_>>().join("  ")
}

fn shortcuts(buffer: &mut Buffer, app: &App, area: Rect) {
    let mut column = 1;
    let all = app.keymap.footer();
    // Help and quit are always there.
    let (rest, last) = all.split_at(all.len().saturating_sub(2));
    let taken = |(key, word): &(String, &str)| width(key) + width(word) + 3;
    let kept: usize = last.iter().map(taken).sum();
    let mut room = usize::from(area.width).saturating_sub(kept + 1);
    let mut shown: Vec<&(String, &str)> = Vec::new();
    for entry in rest {
        if taken(entry) > room {
            break;
        }
        room -= taken(entry);
        shown.push(entry);
    }
    shown.extend(last);
    for (key, word) in shown {
        let key = app.look.text(key);
        put(buffer, area, column, &key, app.look.style(Role::Strong));
        column += u16::try_from(width(&key) + 1).unwrap_or(0);
        put(buffer, area, column, word, app.look.style(Role::Faint));
        column += u16::try_from(width(word) + 2).unwrap_or(0);
    }
    if app.path_shown != PathShown::None {
        put(
            buffer,
            area,
            column,
            &format!("{}: path shown", app.keymap.key_of(Action::CriticalPath)),
            app.look.style(Role::Path),
        );
    }
}
