//! Lists below the lanes: events, output, who waits for whom, findings.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::text::Line;

use super::text::{Pen, below, clip, fit, fit_right, shown, width, write};
use crate::index::{EventId, LaneId};
use crate::trace::event::{Wait, What};
use crate::trace::{Outcome, Record};
use crate::tui::app::App;
use crate::tui::keys::Action;
use crate::tui::model::{Awaited, State};
use crate::tui::theme::Role;

/// How far a chain of waits is followed.
const MAX_WAITS: usize = 8;

/// The events around the cursor.
pub(super) fn events(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    let model = &app.model;
    let title = match app.search.matches.len() {
        0 => "events".to_owned(),
        n => format!("events, {n} match `{}`", app.search.text),
    };
    pen.rule(buffer, area, &title, Role::Strong);
    let inner = below(area);
    let height = usize::from(inner.height);
    let first = app.event.index().saturating_sub(height / 2);
    let first = first.min(model.len().saturating_sub(height));
    let ids = (first..model.len()).take(height).map(EventId::from_index);
    let events: Vec<_> = ids.filter_map(|id| model.event(id)).collect();
    let number_columns = width(&format!("#{}", first + height));
    let times: Vec<String> = events.iter().map(|event| event.at.to_string()).collect();
    let time_columns = times.iter().map(|time| width(time)).max().unwrap_or(0);
    let names = events.iter().map(|event| width(&model.name(event.lane)));
    let name_columns = names.max().unwrap_or(0).clamp(4, 18);
    let lines: Vec<Line<'_>> = events
        .iter()
        .zip(times)
        .map(|(event, time)| {
            let is_here = event.id == app.event;
            let record = model.trace().record(event.id);
            let is_shown = record.is_some_and(|record| app.filter.shows_event(model, record));
            let is_match = app.search.matches.binary_search(&event.id).is_ok();
            let role = match (is_here, is_match, is_shown) {
                (true, ..) => Role::Strong,
                (_, true, _) => Role::Mark,
                (_, _, false) => Role::Faint,
                _ => Role::Usual,
            };
            let star = if app.path.contains(event.id) { "*" } else { " " };
            let place = format!(" {}{star}", model.place(*event));
            let used = 2 + number_columns + time_columns + name_columns + 4;
            let room = usize::from(inner.width).saturating_sub(used + width(&place));
            Line::from(vec![
                pen.part(if is_here { ">" } else { " " }, Role::Strong),
                pen.part(fit_right(&format!("#{}", event.id.0), number_columns), Role::Faint),
                pen.part(format!("  {}  ", fit_right(&time, time_columns)), Role::Faint),
                pen.part(fit(&shown(&model.name(event.lane)), name_columns), role),
                pen.part(format!(" {}", fit(&shown(&model.say(event.id)), room)), role),
                pen.part(place, Role::Faint),
            ])
        })
        .collect();
    write(buffer, inner, &lines);
}

/// What was printed until now, and faintly what is still to come.
pub(super) fn output(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    let model = &app.model;
    let (n, of) = (app.here.n_outputs, model.outputs().len());
    pen.rule(buffer, area, &format!("output: {n} of {of} lines"), Role::Strong);
    let inner = below(area);
    let height = usize::from(inner.height);
    // Most of the room is for what is there.
    let first = n.saturating_sub(height.saturating_sub(height / 4).max(1));
    let outputs = model.outputs().iter().enumerate().skip(first).take(height);
    let name_columns = 14;
    let mut lines: Vec<Line<'_>> = outputs
        .map(|(index, event)| {
            let text = match model.what(*event) {
                Some(What::Output { text }) => model.trace().text(text),
                _ => "",
            };
            let is_there = index < n;
            let is_here = *event == app.event;
            let role = match (is_here, is_there) {
                (true, _) => Role::Strong,
                (_, true) => Role::Usual,
                _ => Role::Faint,
            };
            let name = model.name(model.lane_of(*event));
            let at = fit_right(&model.trace().time_of(*event).to_string(), 9);
            Line::from(vec![
                pen.part(if is_here { ">" } else { " " }, Role::Strong),
                pen.part(format!("{at}  {} ", fit(&shown(&name), name_columns)), Role::Faint),
                pen.part(clip(&shown(text), usize::from(inner.width).saturating_sub(27)), role),
            ])
        })
        .collect();
    if lines.is_empty() {
        lines.push(pen.line(" nothing is printed in this run", Role::Faint));
    }
    write(buffer, inner, &lines);
}

/// What should be looked at.
pub(super) fn findings(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    let model = &app.model;
    let findings = model.findings();
    let [next, back] = [Action::NextFinding, Action::PreviousFinding].map(|a| app.keymap.key_of(a));
    let title = format!("findings: {}; {next} and {back} go through them", findings.len());
    pen.rule(buffer, area, &title, Role::Strong);
    let inner = below(area);
    let height = usize::from(inner.height);
    let next = findings.partition_point(|finding| finding.event < app.event);
    let first = next.saturating_sub(height / 2).min(findings.len().saturating_sub(height));
    let mut lines: Vec<Line<'_>> = findings
        .iter()
        .skip(first)
        .take(height)
        .map(|finding| {
            let is_here = finding.event == app.event;
            let role = match finding.kind {
                "deadlock" | "failed" | "raised" | "limit" | "cut" => Role::Bad,
                _ => Role::Usual,
            };
            let at = fit_right(&model.trace().time_of(finding.event).to_string(), 10);
            let room = usize::from(inner.width).saturating_sub(28);
            Line::from(vec![
                pen.part(if is_here { ">" } else { " " }, Role::Strong),
                pen.part(format!("{at}  "), Role::Faint),
                pen.part(fit(finding.kind, 13), role),
                pen.part(clip(&shown(&finding.text), room), Role::Usual),
            ])
        })
        .collect();
    if lines.is_empty() {
        lines.push(pen.line(" nothing went wrong, and nobody held the loop", Role::Faint));
    }
    write(buffer, inner, &lines);
}

/// Who waits for whom, each chain on a line, rings told as such.
pub(super) fn waits(buffer: &mut Buffer, app: &App, area: Rect) {
    let pen = Pen(app.look);
    pen.rule(buffer, area, "who waits for whom", Role::Strong);
    let inner = below(area);
    let columns = usize::from(inner.width);
    let mut lines = Vec::new();
    let waits = &app.here.waits;
    let awaited: std::collections::BTreeSet<LaneId> = waits
        .iter()
        .flat_map(|wait| targets(app, wait))
        .filter(|lane| is_waiting(app, *lane))
        .collect();
    for ring in rings(app) {
        lines.push(pen.line(clip(&format!(" ring: {ring}"), columns), Role::Bad));
    }
    // Chains begin with those that nobody waits for; a ring has no such beginning.
    let heads = waits.iter().filter(|wait| !awaited.contains(&wait.lane));
    for wait in heads.take(usize::from(inner.height)) {
        lines.push(pen.line(clip(&shown(&format!(" {}", chain(app, wait))), columns), Role::Usual));
    }
    if lines.is_empty() {
        lines.push(pen.line(" nobody waits", Role::Faint));
    }
    write(buffer, inner, &lines);
}

fn is_waiting(app: &App, lane: LaneId) -> bool {
    app.here.waits.iter().any(|wait| wait.lane == lane)
}

/// The lanes that a wait is for.
fn targets(app: &App, wait: &Awaited) -> Vec<LaneId> {
    let model = &app.model;
    match wait.wait {
        Wait::Task(lane) => vec![lane],
        Wait::Gather(_) => {
            let places = &model.tree().places;
            let Some(row) = model.tree().row_of(wait.lane) else { return Vec::new() };
            let below = places.get(row + 1..=row + places[row].n_below as usize).unwrap_or(&[]);
            let depth = places[row].depth + 1;
            let alive = |lane: LaneId| {
                let state = model.life(lane).state_at(app.event.0);
                state != State::Absent && !state.is_end()
            };
            let children =
                below.iter().filter(|place| place.depth == depth).map(|place| place.lane);
            children.filter(|lane| alive(*lane)).take(8).collect()
        }
        Wait::Future(_) | Wait::Primitive(_) | Wait::Job(_) | Wait::Waker => {
            let waker = wait.until.and_then(|until| model.waker(until));
            waker.map(|waker| model.lane_of(waker)).into_iter().collect()
        }
        Wait::Turn | Wait::Sleep(_) | Wait::Io(_) => Vec::new(),
    }
}

/// `main → its gather (numbers, letters) → numbers → sleep until 1s`.
fn chain(app: &App, wait: &Awaited) -> String {
    let model = &app.model;
    let mut text = model.name(wait.lane);
    let mut wait = *wait;
    let mut seen = vec![wait.lane];
    for _ in 0..MAX_WAITS {
        let targets = targets(app, &wait);
        let names: Vec<String> = targets.iter().map(|lane| model.name(*lane)).collect();
        let on = match wait.wait {
            Wait::Task(lane) => model.name(lane),
            Wait::Gather(_) if names.len() == 1 => format!("its gather of {}", names[0]),
            Wait::Gather(_) => format!("its gather of {}", names.join(", ")),
            other if names.is_empty() => model.say_wait(other),
            other => format!("{} (until {} helps)", model.say_wait(other), names.join(", ")),
        };
        text = format!("{text} → {on}");
        if wait.until.is_none() {
            text.push_str(" (forever)");
        }
        let [next] = targets.as_slice() else { break };
        if seen.contains(next) {
            return text + " … a ring";
        }
        seen.push(*next);
        match app.here.waits.iter().find(|wait| wait.lane == *next) {
            Some(next) => wait = *next,
            None => {
                let (_, does) = model.say_state(*next, app.event);
                text = format!("{text}, which {does}");
                break;
            }
        }
    }
    text
}

/// Tasks that wait for each other at the end of a run that cannot go on.
fn rings(app: &App) -> Vec<String> {
    let model = &app.model;
    let is_end = model.last_event() == Some(app.event);
    match model.trace().outcome() {
        Some(Outcome::Deadlock { cycle, .. }) if is_end && !cycle.is_empty() => {
            let names = cycle.iter().chain(cycle.first()).map(|name| model.shown(name));
            vec![names.collect::<Vec<_>>().join(" → ")]
        }
        _ => Vec::new(),
    }
}

/// The place of an event's lane in the program, where it is known.
pub(super) fn site_of(app: &App, event: EventId) -> Option<crate::trace::Site> {
    let record: Record = app.model.trace().record(event)?;
    app.model.trace().site(record.site()).cloned()
}
