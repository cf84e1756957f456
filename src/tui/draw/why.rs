//! Why: the event at the cursor, what led to it, and what the selected lane does next.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{Pen, below, clip, fit, fit_right, shown, time, width, wrap, write};
use crate::index::{EventId, LaneId};
use crate::trace::event::{Wait, What};
use crate::tui::app::App;
use crate::tui::layout::Tier;
use crate::tui::model::{Axis, Held};
use crate::tui::theme::Role;

/// The pane, or in a small window one line of it.
pub(super) fn why(buffer: &mut Buffer, app: &App, area: Rect) {
    if area.height == 0 {
        return;
    }
    let pen = Pen(app.look);
    let columns = usize::from(area.width);
    if app.layout().tier == Tier::Narrow {
        let model = &app.model;
        let text = format!("{} {}", model.name(model.lane_of(app.event)), model.say(app.event));
        let text = clip(&shown(&format!(" {text}")), columns);
        return write(buffer, area, &[pen.line(text, Role::Usual)]);
    }
    pen.rule(buffer, area, &title(app), Role::Strong);
    let height = usize::from(area.height).saturating_sub(1);
    let mut lines = chain(app, columns, height.saturating_sub(1));
    lines.push(next(app, columns));
    write(buffer, below(area), &lines);
}

/// What the selected lane does, and since when.
pub(super) fn title(app: &App) -> String {
    let model = &app.model;
    if let Some(from) = app.range.filter(|from| app.axis == Axis::Time && *from != app.at) {
        return in_range(app, from.min(app.at), from.max(app.at));
    }
    let (_, text) = model.say_state(app.selected, app.event);
    let life = model.life(app.selected);
    let since = life.index_at(app.event.0).map(|index| life.intervals()[index].at);
    let since = match since {
        Some(since) if since < app.at => format!(", for {} now", time(app.at - since)),
        _ => String::new(),
    };
    shown(&format!("{}: {text}{since}", model.name(app.selected)))
}

/// What the selected lane does in a range: `fetch in 2s: sleeps 75%, ready 25%`.
fn in_range(app: &App, from: u64, to: u64) -> String {
    let totals = app.model.totals_between(app.selected, from, to);
    let percent = |nanos: u64| u128::from(nanos) * 100 / u128::from(to - from);
    let parts: Vec<String> = totals
        .iter()
        .map(|(state, nanos)| format!("{} {}%", state.meaning(), percent(*nanos)))
        .collect();
    let parts = if parts.is_empty() { "not there".to_owned() } else { parts.join(", ") };
    shown(&format!("{} in {}: {parts}", app.model.name(app.selected), time(to - from)))
}

/// The event and its causes, one a line.
pub(super) fn chain(app: &App, columns: usize, height: usize) -> Vec<Line<'static>> {
    let model = &app.model;
    let events: Vec<EventId> = model.chain(app.event).take(height).collect();
    let names = events.iter().map(|event| width(&model.name(model.lane_of(*event))));
    let name_columns = names.max().unwrap_or(0).clamp(4, 18);
    let times = events.iter().map(|event| width(&at(app, *event)));
    let time_columns = times.max().unwrap_or(0);
    let lines = events.iter().enumerate().filter_map(|(index, event)| {
        let step = model.step(*event)?;
        let pen = Pen(app.look);
        let sign = if index == 0 { "> " } else { "[ " };
        let star = if app.path.contains(*event) { "*" } else { " " };
        let place = format!(" {}{star}", step.place);
        let used = 2 + name_columns + 1 + time_columns + 1;
        let room = columns.saturating_sub(used + width(&place));
        let role = if index == 0 { Role::Strong } else { Role::Usual };
        Some(Line::from(vec![
            pen.part(sign, Role::Faint),
            pen.part(fit(&shown(&model.name(step.lane)), name_columns), role),
            pen.part(format!(" {} ", fit_right(&at(app, *event), time_columns)), Role::Faint),
            pen.part(fit(&shown(&step.text), room), role),
            pen.part(place, Role::Faint),
        ]))
    });
    lines.collect()
}

fn at(app: &App, event: EventId) -> String {
    match app.axis {
        Axis::Time => app.model.trace().time_of(event).to_string(),
        Axis::Step => format!("#{}", event.0),
    }
}

/// What the selected lane does next, and what it has to wait for until then.
fn next(app: &App, columns: usize) -> Line<'static> {
    let pen = Pen(app.look);
    let text = clip(&shown(&say_next(app, app.selected)), columns.saturating_sub(2));
    Line::from(vec![pen.part("] ", Role::Faint), pen.part(text, Role::Usual)])
}

/// The same, on as many lines as it needs.
pub(super) fn next_lines(app: &App, columns: usize) -> Vec<Line<'static>> {
    const MAX_LINES: usize = 3;
    let pen = Pen(app.look);
    let text = shown(&say_next(app, app.selected));
    let lines = wrap(&text, columns.saturating_sub(2), MAX_LINES).into_iter().enumerate();
    let head = |index| if index == 0 { "] " } else { "  " };
    let line = |(index, text): (usize, String)| {
        Line::from(vec![pen.part(head(index), Role::Faint), pen.part(text, Role::Usual)])
    };
    lines.map(line).collect()
}

fn say_next(app: &App, lane: LaneId) -> String {
    let model = &app.model;
    let name = model.name(lane);
    let Some(next) = model.next_step(lane, app.event) else {
        return match model.end_of(lane) {
            Some((end, _)) if end > app.event => {
                format!("{name} {} at {}", model.say(end), model.trace().time_of(end))
            }
            Some(_) => format!("{name} has ended"),
            None if lane == LaneId::LOOP => "the loop has no more to do".to_owned(),
            None if model.trace().outcome().is_none() => {
                format!("{name} does not go on before the recording ends")
            }
            None => format!("{name} never goes on{}", never_because(app, lane)),
        };
    };
    let wait = app.here.wait_of(model, lane, app.event);
    let at = model.trace().time_of(next);
    let away = at.as_nanos().saturating_sub(app.at);
    let after = if away > 0 { format!(", in {}", time(away)) } else { String::new() };
    let queued = app.here.ready.iter().position(|handle| *handle == next);
    if let Some(index) = queued {
        let of = app.here.ready.len();
        return format!(
            "{name} runs at {at}{after}: it is {} of {of} in the ready queue",
            index + 1
        );
    }
    let waker = model.waker(next).filter(|_| wait.is_some());
    let because = match waker.map(|waker| (waker, model.what(waker))) {
        Some((_, Some(What::TimerSet { .. }))) => ": its sleep is over then".to_owned(),
        Some((_, Some(What::IoStarted { .. }))) => ": its answer is there then".to_owned(),
        Some((waker, _)) => {
            let lane = model.lane_of(waker);
            format!(": woken by {}, which {}", model.name(lane), model.say(waker))
        }
        None => String::new(),
    };
    format!("{name} goes on at {at}{after}{because}")
}

/// Why a lane waits until the end of the run: who has what it waits for.
fn never_because(app: &App, lane: LaneId) -> String {
    let model = &app.model;
    let Some(last) = model.last_event() else { return String::new() };
    let waits = |lane| crate::tui::model::Here::default().wait_of(model, lane, last);
    let Some(wait) = waits(lane) else { return ": the run ends before".to_owned() };
    let on = model.say_wait(wait.wait);
    let Wait::Primitive(primitive) = wait.wait else {
        return format!(": it waits for {on} when the run ends");
    };
    match model.held_at(primitive, last) {
        Held::By(holder) if holder == lane => format!(": it holds {on} itself"),
        Held::By(holder) => {
            let (_, does) = model.say_state(holder, last);
            format!(": {on} is held by {}, which {does}", model.name(holder))
        }
        _ => format!(": nobody gives it {on} before the run ends"),
    }
}
