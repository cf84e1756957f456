//! The loop at the cursor: the decision and the ready queue, timers, and who waits.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{Pen, below, clip, fit_right, shown, time, width, write};
use crate::index::EventId;
use crate::trace::event::{Wait, What};
use crate::tui::app::App;
use crate::tui::model::{Held, State};
use crate::tui::theme::Role;

/// How many locks, queues and the like are listed.
const MAX_PRIMITIVES: usize = 64;

/// How many ready handles are listed.
const MAX_READY: usize = 64;

/// Three lists, side by side.
pub(super) fn loop_pane(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    let here = &app.here;
    // Timers get what they need, the two lists of sentences share the rest.
    let names = here.timers.iter().take(32).map(|timer| width(&app.model.name(timer.lane)));
    let wanted = u16::try_from(names.max().unwrap_or(0) + 14).unwrap_or(u16::MAX);
    let middle = if here.timers.is_empty() { 12 } else { wanted.max(16) };
    let middle = middle.min(area.width / 4);
    let left = area.width.saturating_sub(middle) * 11 / 20;
    let right = area.width - left - middle.min(area.width - left);
    let column = |x: u16, width: u16| Rect { x: area.x + x, width, ..area };
    let columns = [column(0, left), column(left, middle), column(left + middle, right)];
    let timers = format!("timers {}", here.n_timers);
    let waits = match here.n_jobs {
        0 => format!("waiting {}", here.n_waits),
        n_jobs => format!("waiting {}, jobs {n_jobs}", here.n_waits),
    };
    let decision = match (here.iteration, here.handles) {
        (0, _) => "loop: before its first turn".to_owned(),
        (n, 1) => format!("loop: turn {n}, 1 handle"),
        (n, handles) => format!("loop: turn {n}, {handles} handles"),
    };
    // Beside the lines: how many there are that no line was made for.
    let lists = [
        (decision, decision_lines(app, left.into()), here.ready.len().saturating_sub(MAX_READY)),
        (timers, timer_lines(app, middle.into()), here.n_timers - here.timers.len()),
        (waits, wait_lines(app, right.into()), here.n_waits - here.waits.len()),
    ];
    for ((title, mut lines, n_others), area) in lists.into_iter().zip(columns) {
        pen.rule(buffer, area, &title, Role::Strong);
        let height = usize::from(area.height).saturating_sub(1);
        if lines.len() > height && height > 0 {
            let hidden = lines.len() - height + 1 + n_others;
            lines.truncate(height - 1);
            lines.push(pen.line(format!(" … {hidden} more"), Role::Faint));
        }
        let inner = below(area);
        write(buffer, Rect { width: inner.width.saturating_sub(1), ..inner }, &lines);
    }
}

/// Which handle runs, out of which queue, and why this one; and what is ready now.
fn decision_lines(app: &App, columns: usize) -> Vec<Line<'static>> {
    let pen = Pen(app.look);
    let (model, here) = (&app.model, &app.here);
    let mut lines = Vec::new();
    let mut add = |head: &str, text: String, role: Role| {
        let head = format!(" {head:<7} ");
        let text = clip(&shown(&text), columns.saturating_sub(width(&head) + 1));
        lines.push(Line::from(vec![pen.part(head, Role::Faint), pen.part(text, role)]));
    };
    if let Some(handle) = here.handle {
        add("runs", model.say_handle(handle), Role::Strong);
        let why = model.say_ready(handle);
        if !why.is_empty() {
            add("for", why, Role::Usual);
        }
        add("chosen", chosen(app, handle), Role::Usual);
    } else if here.iteration > 0 {
        add("runs", "nothing: between two handles".to_owned(), Role::Faint);
    }
    let ready = &here.ready;
    if ready.is_empty() {
        add("ready", "nothing".to_owned(), Role::Faint);
    }
    for (index, handle) in ready.iter().take(MAX_READY).enumerate() {
        let head = if index == 0 { format!("ready {}", ready.len()) } else { String::new() };
        let text = format!("{} {}", index + 1, model.say_handle(*handle));
        add(&head, text, Role::Usual);
    }
    lines
}

/// Why it was this handle's turn.
fn chosen(app: &App, handle: EventId) -> String {
    let (model, here) = (&app.model, &app.here);
    let others: Vec<&EventId> =
        here.taken_from.iter().filter(|other| **other != handle).take(3).collect();
    if let Some(What::Choice { taken, of, kind }) = here.choice.map(|choice| choice.what) {
        return format!("{} of {of}, by the schedule ({})", u32::from(taken) + 1, kind.name());
    }
    match others.as_slice() {
        [] => "the only one ready".to_owned(),
        others => {
            let names: Vec<String> = others.iter().map(|other| model.say_handle(**other)).collect();
            let more = here.taken_from.len().saturating_sub(1 + others.len());
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("first of {}, before {}{more}", here.taken_from.len(), names.join(", "))
        }
    }
}

fn timer_lines(app: &App, columns: usize) -> Vec<Line<'static>> {
    let pen = Pen(app.look);
    let timers = &app.here.timers;
    let left = |due: u64| match due.checked_sub(app.at) {
        Some(left) => format!("+{}", time(left)),
        None => "late".to_owned(),
    };
    let shown_times: Vec<String> = timers.iter().map(|timer| left(timer.due.as_nanos())).collect();
    let time_columns = shown_times.iter().take(32).map(|text| width(text)).max().unwrap_or(0);
    let lines = timers.iter().zip(shown_times).map(|(timer, left)| {
        let what = if timer.is_io { " (io)" } else { "" };
        let name = format!(" {}{what}", app.model.name(timer.lane));
        Line::from(vec![
            pen.part(format!(" {}", fit_right(&left, time_columns)), Role::Faint),
            pen.part(clip(&name, columns.saturating_sub(time_columns + 2)), Role::Usual),
        ])
    });
    let mut lines: Vec<_> = lines.collect();
    if lines.is_empty() {
        lines.push(pen.line(" none", Role::Faint));
    }
    lines
}

fn wait_lines(app: &App, columns: usize) -> Vec<Line<'static>> {
    let pen = Pen(app.look);
    let (model, here) = (&app.model, &app.here);
    let mut lines: Vec<Line<'static>> = Vec::new();
    for primitive in model.primitives().take(MAX_PRIMITIVES) {
        if model.held_at(primitive, app.event) != Held::Absent {
            let (held, in_line) = model.say_primitive(primitive, here, app.event);
            let held = held.replace('`', "");
            lines.push(pen.line(clip(&shown(&format!(" {held}")), columns), Role::Usual));
            if let Some(in_line) = in_line {
                let text = clip(&shown(&format!("   {in_line}")), columns);
                lines.push(pen.line(text, Role::In(State::InLine)));
            }
        }
    }
    // Sleepers are seen among the timers, and who stands in line behind what it waits for.
    let is_told = |wait: &Wait| !matches!(wait, Wait::Sleep(_) | Wait::Io(_) | Wait::Primitive(_));
    let waits = here.waits.iter().filter(|wait| is_told(&wait.wait));
    for wait in waits {
        let text = format!(" {} → {}", model.name(wait.lane), model.say_wait(wait.wait));
        lines.push(pen.line(clip(&shown(&text), columns), Role::Usual));
    }
    for job in &here.jobs {
        let (pool, lane) = (model.name(job.pool), model.name(job.lane));
        let text = format!(" job {} of {lane} on {pool}", job.job.0);
        lines.push(pen.line(clip(&shown(&text), columns), Role::Usual));
    }
    if lines.is_empty() {
        lines.push(pen.line(" nobody waits for another", Role::Faint));
    }
    lines
}
