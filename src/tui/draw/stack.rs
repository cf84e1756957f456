//! The selected task: its state, its await stack, its variables, how it spent its life.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::panes::site_of;
use super::text::{Pen, below, clip, fit, fit_right, shown, time, width, wrap, write};
use super::why;
use crate::index::{EventId, LaneId};
use crate::trace::LaneKind;
use crate::trace::event::Wait;
use crate::tui::app::App;
use crate::tui::model::State;
use crate::tui::theme::Role;

/// How many awaiters above a task are told.
const MAX_ABOVE: usize = 6;

/// Everything about the selected task, in a column of a large window.
pub(super) fn inspector(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    let bar = app.look.char('│').to_string();
    for row in area.rows() {
        buffer.set_stringn(row.x, row.y, &bar, 1, app.look.style(Role::Faint));
    }
    let inner = Rect { x: area.x + 2, width: area.width.saturating_sub(3), ..area };
    let columns = usize::from(inner.width);
    let mut lines = vec![pen.line(clip(&title(app), columns), Role::Strong)];
    let does = wrap(&why::title(app), columns, 2);
    lines.extend(does.into_iter().map(|line| pen.line(line, state_role(app))));
    lines.extend(why::next_lines(app, columns));
    lines.push(pen.line("", Role::Usual));
    lines.push(pen.line("why", Role::Strong));
    lines.extend(narrow_chain(app, columns, usize::from(inner.height / 4).max(3)));
    lines.push(pen.line("", Role::Usual));
    lines.extend(stack_lines(app, columns));
    lines.push(pen.line("", Role::Usual));
    lines.extend(life_lines(app, columns));
    write(buffer, inner, &lines);
}

fn state_role(app: &App) -> Role {
    Role::In(app.model.life(app.selected).state_at(app.event.0))
}

/// `fetch-a  Task-3, created at #4`.
fn title(app: &App) -> String {
    let model = &app.model;
    let lane = app.selected;
    let known = model.trace().lanes().get(lane.index());
    let runs = known.map_or("", |lane| &*lane.runs);
    let kind = known.map_or("", |lane| lane.kind.name());
    let runs = if runs.is_empty() { String::new() } else { format!(", runs {runs}") };
    let number = known.map_or(0, |lane| lane.number);
    let task = match known.map(|lane| lane.kind) {
        Some(LaneKind::Task) if number > 0 => format!("Task-{number}"),
        _ => kind.to_owned(),
    };
    shown(&format!("{}  {task}{runs}", model.name(lane)))
}

/// The chain of causes in few columns: two parts a line.
fn narrow_chain(app: &App, columns: usize, height: usize) -> Vec<Line<'static>> {
    let pen = Pen(app.look);
    let model = &app.model;
    let events: Vec<EventId> = model.chain(app.event).take(height).collect();
    let name_columns = events
        .iter()
        .map(|event| width(&model.name(model.lane_of(*event))))
        .max()
        .unwrap_or(0)
        .clamp(4, 16);
    let line = |(index, event): (usize, &EventId)| {
        let step = model.step(*event)?;
        let star = if app.path.contains(*event) { "*" } else { " " };
        let role = if index == 0 { Role::Strong } else { Role::Usual };
        let line = step.place.rsplit(':').next().filter(|line| !line.is_empty());
        let place = line.map_or(String::new(), |line| format!(" :{line}"));
        let room = columns.saturating_sub(name_columns + 4 + width(&place));
        Some(Line::from(vec![
            pen.part(if index == 0 { "> " } else { "[ " }, Role::Faint),
            pen.part(format!("{} ", fit(&shown(&model.name(step.lane)), name_columns)), role),
            pen.part(fit(&shown(&step.text), room), role),
            pen.part(place + star, Role::Faint),
        ]))
    };
    events.iter().enumerate().filter_map(line).collect()
}

/// The pane of a usual window.
pub(super) fn stack(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    pen.rule(buffer, area, &title(app), Role::Strong);
    let inner = below(area);
    let half = inner.width * 3 / 5;
    let left = Rect { width: half, ..inner };
    let right = Rect { x: inner.x + half, width: inner.width - half, ..inner };
    write(buffer, left, &stack_lines(app, usize::from(half).saturating_sub(1)));
    write(buffer, right, &life_lines(app, usize::from(right.width).saturating_sub(1)));
}

/// Who awaits the task, where it is itself, and what it awaits; with variables where they are known.
fn stack_lines(app: &App, columns: usize) -> Vec<Line<'static>> {
    let pen = Pen(app.look);
    let model = &app.model;
    let lane = app.selected;
    let mut lines = vec![pen.line("await stack", Role::Strong)];
    let line = |text: String, role| pen.line(clip(&shown(&text), columns), role);
    for above in awaiters(app, lane).into_iter().rev() {
        lines.push(line(
            format!("  {} awaits it{}", model.name(above), at_line(app, above)),
            Role::Faint,
        ));
    }
    let known = app.inspected.as_ref().filter(|(event, of, _)| (*event, *of) == (app.event, lane));
    match known.map(|(_, _, inspection)| inspection) {
        Some(inspection) if !inspection.frames.is_empty() => {
            for frame in &inspection.frames {
                lines
                    .push(line(format!("  {}() line {}", frame.function, frame.line), Role::Usual));
                for (name, value) in &frame.variables {
                    lines.push(line(format!("    {name} = {value}"), Role::Usual));
                }
            }
        }
        other => {
            let site = last_site(app, lane);
            let text = site.map_or_else(
                || "  not in the program yet".to_owned(),
                |site| format!("  {}() line {}", site.function, site.line),
            );
            lines.push(line(text, Role::Usual));
            if let Some(problem) = other.and_then(|inspection| inspection.problem.as_deref()) {
                lines.push(line(format!("    {problem}"), Role::Faint));
            }
        }
    }
    let wait = app.here.wait_of(model, lane, app.event);
    if let Some(wait) = wait {
        lines.push(line(format!("  → {}", model.say_wait(wait.wait)), Role::Usual));
    }
    lines
}

fn at_line(app: &App, lane: LaneId) -> String {
    last_site(app, lane).map_or(String::new(), |site| format!(", line {}", site.line))
}

/// Where a lane was last in the program.
fn last_site(app: &App, lane: LaneId) -> Option<crate::trace::Site> {
    let events = app.model.events_of(lane);
    let until = events.partition_point(|event| *event <= app.event);
    events[..until].iter().rev().take(64).find_map(|event| site_of(app, *event))
}

/// Who awaits a task, who awaits those …, nearest first.
fn awaiters(app: &App, lane: LaneId) -> Vec<LaneId> {
    let mut found: Vec<LaneId> = Vec::new();
    let mut lane = lane;
    for _ in 0..MAX_ABOVE {
        let parent = app.model.tree().row_of(lane).and_then(|_| app.model.parent(lane));
        let waits = &app.here.waits;
        let direct = waits.iter().find(|wait| wait.wait == Wait::Task(lane)).map(|wait| wait.lane);
        let gathers = |parent: &LaneId| {
            let mut waits = waits.iter();
            waits.any(|wait| wait.lane == *parent && matches!(wait.wait, Wait::Gather(_)))
        };
        match direct.or(parent.filter(gathers)) {
            Some(above) if !found.contains(&above) => {
                found.push(above);
                lane = above;
            }
            _ => break,
        }
    }
    found
}

/// How long the lane was in each state, with bars.
fn life_lines(app: &App, columns: usize) -> Vec<Line<'static>> {
    let pen = Pen(app.look);
    let total: u64 = app.totals.iter().map(|(_, nanos)| nanos).sum();
    let mut lines = vec![pen.line(format!("its life: {}", time(total)), Role::Strong)];
    for (state, nanos) in &app.totals {
        let percent = u128::from(*nanos) * 100 / u128::from(total.max(1));
        let word = match state {
            State::Holding => "holds loop",
            State::InLine => "in line",
            state => state.word(),
        };
        let head = format!("  {} {:>3}% ", fit(word, 10), percent);
        let room = columns.saturating_sub(width(&head) + 12);
        let length = usize::try_from(u128::from(*nanos) * room as u128 / u128::from(total.max(1)));
        let bar = app.look.glyph(*state).to_string().repeat(length.unwrap_or(0).max(1));
        lines.push(Line::from(vec![
            pen.part(head, Role::Usual),
            pen.part(fit_right(&time(*nanos), 11) + " ", Role::Faint),
            pen.part(bar, Role::In(*state)),
        ]));
    }
    lines
}
