//! The lanes: name, state at the cursor, life.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::text::{fit, put};
use crate::index::{EventId, LaneId, PrimitiveId};
use crate::trace::{LaneKind, Record};
use crate::tui::app::{App, PathShown, Row, base};
use crate::tui::layout::Layout;
use crate::tui::model::{Axis, Held, Life, State};
use crate::tui::theme::{Look, Role};

/// How many links of the chain of causes are pointed out.
const MAX_CHAIN: usize = 48;
/// How many turns of one column are looked at to tell whose they are.
const MAX_TURNS: usize = 16;

/// What is the same for all rows of a frame.
struct Columns {
    /// Where each column begins, and where the last one ends.
    starts: Vec<u64>,
    /// The events of each column, for the critical path: the first, and the last.
    events: Vec<(EventId, EventId)>,
    cursor: Option<u16>,
    /// The lanes of each column that are on the path that is shown; empty if none is.
    path: Vec<Vec<LaneId>>,
    /// Lanes and columns of what led to the event at the cursor.
    chain: Vec<(LaneId, u16)>,
    /// Where it went from one lane to another: cause, effect, and when.
    links: Vec<(LaneId, LaneId, u16)>,
}

impl Columns {
    fn of(app: &App, columns: u16) -> Self {
        let starts: Vec<u64> =
            (0..=columns).map(|column| app.window.position(column, columns)).collect();
        let event_at = |position| app.model.event_at(app.axis, position).unwrap_or(EventId(0));
        let events: Vec<_> = starts
            .windows(2)
            .map(|pair| (event_at(pair[0]), event_at(pair[1].max(pair[0] + 1) - 1)))
            .collect();
        let is_seen = app.path_shown != PathShown::None;
        let path = events.iter().filter(|_| is_seen);
        let path = path.map(|(from, to)| app.path.lanes_between(*from, *to)).collect();
        let column_of = |event: EventId| {
            let position = match app.axis {
                Axis::Time => app.model.trace().time_of(event).as_nanos(),
                Axis::Step => u64::from(event.0),
            };
            app.window.column(position, columns)
        };
        let chain: Vec<EventId> = app.model.chain(app.event).take(MAX_CHAIN).collect();
        // What the loop does on the way, such as firing a timer, leads from a lane to itself.
        let turns = chain.iter().map(|event| (*event, app.model.lane_of(*event)));
        let turns: Vec<_> = turns.filter(|(_, lane)| *lane != LaneId::LOOP).collect();
        let crossings = turns.windows(2).filter(|pair| pair[0].1 != pair[1].1);
        let links = crossings
            .filter_map(|pair| Some((pair[1].1, pair[0].1, column_of(pair[0].0)?)))
            .collect();
        let chain = chain.iter().filter_map(|event| {
            let column = column_of(*event)?;
            Some((app.model.lane_of(*event), column))
        });
        Self {
            starts,
            events,
            path,
            cursor: app.window.column(app.position(), columns),
            chain: chain.collect(),
            links,
        }
    }
}

/// The name of a row with the lines of the tree.
pub(super) fn name(app: &App, row: &Row) -> String {
    let mut name = String::new();
    if row.depth > 0 {
        name.push_str(&"  ".repeat(usize::from(row.depth) - 1));
        name.push_str(if row.is_last { "└ " } else { "├ " });
    }
    let own = app.model.name(row.lane);
    if row.is_family {
        let family = match base(&own) {
            "" => own.as_str(),
            family => family,
        };
        return format!("{name}{family} ×{}", row.n_lanes);
    }
    name.push_str(&own);
    if row.n_lanes > 1 { format!("{name} +{}", row.n_lanes - 1) } else { name }
}

/// Draws all rows that are seen.
pub(super) fn lanes(buffer: &mut Buffer, app: &App, layout: &Layout) {
    let columns = Columns::of(app, layout.plot.width);
    let height = usize::from(layout.lanes.height);
    let selected = app.selected_row().map(|row| app.rows[row].lane);
    for (row, area) in app.seen_rows(height).zip(layout.lanes.rows()) {
        let is_selected = selected == Some(row.lane);
        label(buffer, app, row, area, layout.plot.x, is_selected);
        let plot = Rect { x: layout.plot.x, width: layout.plot.width, ..area };
        if row.lane == LaneId::LOOP && row.n_lanes == 1 {
            turns(buffer, app, &columns, plot);
        } else {
            life(buffer, app, row, &columns, plot);
        }
        highlight(buffer, app, row, &columns, plot);
    }
    arrows(buffer, app, layout, &columns);
    let n_seen = app.seen_rows(height).count();
    let skipped = u16::try_from(n_seen).unwrap_or(layout.lanes.height);
    let rest = Rect {
        y: layout.lanes.y + skipped,
        height: layout.lanes.height - skipped.min(layout.lanes.height),
        ..layout.lanes
    };
    primitives(buffer, app, layout, &columns, rest);
    if app.rows.is_empty() {
        put(buffer, layout.lanes, 2, "no lane fits the filter", app.look.style(Role::Faint));
    }
}

fn label(buffer: &mut Buffer, app: &App, row: &Row, area: Rect, plot_x: u16, is_selected: bool) {
    let look = app.look;
    let columns = plot_x.saturating_sub(area.x + 6);
    let state = app.model.life(row.lane).state_at(app.event.0);
    let marker = match (is_selected, app.pinned.contains(&row.lane)) {
        (true, _) => ">",
        (false, true) => "^",
        _ => " ",
    };
    put(buffer, area, 0, marker, look.style(Role::Strong));
    let letter = app.model.letter(row.lane).to_string();
    put(buffer, area, 1, &letter, look.style(Role::Faint));
    let text = look.text(&fit(&name(app, row), columns.into()));
    let mut style = look.style(Role::Usual);
    if is_selected {
        style = style.add_modifier(Modifier::BOLD);
    } else if state == State::Absent {
        style = look.style(Role::Faint);
    }
    put(buffer, area, 3, &text, style);
    let letter = Look::letter(state).to_string();
    put(buffer, area, columns + 4, &letter, look.style(Role::In(state)));
}

/// The life of a lane, or of all that are folded into its row.
fn life(buffer: &mut Buffer, app: &App, row: &Row, columns: &Columns, area: Rect) {
    let crowd = row.crowd(&app.model, app.axis);
    let life = app.model.life(row.lane);
    let mut hint = 0;
    let mut between = |from, to| match &crowd {
        Some(crowd) => crowd.between(from, to, &mut hint),
        None => life.between(app.axis, from, to, &mut hint),
    };
    for (column, bounds) in (0..area.width).zip(columns.starts.windows(2)) {
        // A column that is less than one unit of the axis shows that one.
        let cell = between(bounds[0], bounds[1].max(bounds[0] + 1));
        let state = if crowd.is_some() { cell.foremost_of_many() } else { cell.foremost() };
        let is_several = state == State::Running && cell.steps > 1;
        let glyph = if is_several { app.look.several() } else { app.look.glyph(state) };
        put(buffer, area, column, &glyph.to_string(), app.look.style(Role::In(state)));
    }
}

/// The lane of the loop: whose turn it is.
fn turns(buffer: &mut Buffer, app: &App, columns: &Columns, area: Rect) {
    let life = app.model.life(LaneId::LOOP);
    let mut hint = 0;
    for (column, bounds) in (0..area.width).zip(columns.starts.windows(2)) {
        let to = bounds[1].max(bounds[0] + 1);
        let cell = life.between(app.axis, bounds[0], to, &mut hint.clone());
        let state = cell.foremost();
        let (glyph, role) = match state {
            State::Running => turn(app, life, bounds[0], to, &mut hint),
            _ => (app.look.glyph(state), Role::In(state)),
        };
        put(buffer, area, column, &glyph.to_string(), app.look.style(role));
    }
}

/// Whose turn it is in a column: one letter if it is only one's.
fn turn(app: &App, life: &Life, from: u64, to: u64, hint: &mut usize) -> (char, Role) {
    let (begin, end) = life.range(app.axis, from, to, hint);
    let running = Role::In(State::Running);
    let turns = life.intervals().get(begin..end).unwrap_or(&[]);
    if turns.len() > MAX_TURNS {
        return (app.look.several(), running);
    }
    let mut whose = None;
    for turn in turns.iter().filter(|turn| turn.state == State::Running) {
        let lane = app.model.trace().record(EventId(turn.event)).map(Record::lane);
        match (whose, lane) {
            (_, Some(LaneId::LOOP) | None) => {}
            (None, Some(lane)) => whose = Some(lane),
            (Some(known), Some(lane)) if known == lane => {}
            _ => return (app.look.several(), running),
        }
    }
    match whose {
        Some(lane) if app.model.kind(lane) == LaneKind::Task => match app.model.letter(lane) {
            ' ' => (app.look.glyph(State::Running), running),
            letter => (letter, running),
        },
        _ => (app.look.glyph(State::Running), Role::Faint),
    }
}

/// The cursor, the chain of causes, the range and the critical path.
fn highlight(buffer: &mut Buffer, app: &App, row: &Row, columns: &Columns, area: Rect) {
    for (column, lanes) in (0..area.width).zip(&columns.path) {
        if let Some(cell) = buffer.cell_mut((area.x + column, area.y)) {
            match lanes.iter().any(|lane| row.shows(&app.model, *lane)) {
                true => cell.set_style(app.look.style(Role::Path)),
                false => cell.set_style(app.look.style(Role::Faint)),
            };
        }
    }
    for (lane, column) in &columns.chain {
        if row.shows(&app.model, *lane)
            && let Some(cell) = buffer.cell_mut((area.x + column, area.y))
        {
            cell.modifier.insert(Modifier::UNDERLINED | Modifier::BOLD);
        }
    }
    if let Some(from) = app.range {
        let (low, high) = (from.min(app.position()), from.max(app.position()));
        for (column, bounds) in (0..area.width).zip(columns.starts.windows(2)) {
            if bounds[1] > low
                && bounds[0] <= high
                && let Some(cell) = buffer.cell_mut((area.x + column, area.y))
            {
                cell.modifier.insert(Modifier::UNDERLINED);
            }
        }
    }
    if let Some(column) = columns.cursor
        && let Some(cell) = buffer.cell_mut((area.x + column, area.y))
    {
        cell.set_style(app.look.style(Role::Cursor));
    }
}

/// From cause to effect, where they are on different lanes.
fn arrows(buffer: &mut Buffer, app: &App, layout: &Layout, columns: &Columns) {
    let rows: Vec<&Row> = app.seen_rows(usize::from(layout.lanes.height)).collect();
    let row_of = |lane: LaneId| {
        let row = rows.iter().position(|row| row.shows(&app.model, lane))?;
        u16::try_from(row).ok()
    };
    // The one at the cursor is drawn last, over the others.
    for (from, to, column) in columns.links.iter().rev() {
        let (Some(from), Some(to)) = (row_of(*from), row_of(*to)) else { continue };
        for row in from.min(to) + 1..from.max(to) {
            let is_next = row.abs_diff(to) == 1;
            let glyph = match is_next {
                true if from < to => '▼',
                true => '▲',
                false => '│',
            };
            let place = (layout.plot.x + column, layout.lanes.y + row);
            if let Some(cell) = buffer.cell_mut(place) {
                cell.set_char(app.look.char(glyph)).set_style(app.look.style(Role::Mark));
            }
        }
    }
}

/// Locks, queues and the like below the lanes, as far as there is room; and the legend.
fn primitives(buffer: &mut Buffer, app: &App, layout: &Layout, columns: &Columns, area: Rect) {
    let mut rows = area.rows();
    let legend_row = rows.next_back();
    for (row, primitive) in rows.zip(app.model.primitives()) {
        let name = app.model.trace().primitive_name(primitive).replace('`', "");
        let room = usize::from(layout.plot.x.saturating_sub(row.x + 4));
        let name = app.look.text(&fit(&name, room));
        put(buffer, row, 3, &name, app.look.style(Role::Faint));
        let plot = Rect { x: layout.plot.x, width: layout.plot.width, ..row };
        held(buffer, app, primitive, columns, plot);
    }
    if let Some(row) = legend_row {
        legend(buffer, app, row, !columns.links.is_empty());
    }
}

/// Who holds a primitive, or how much is in it, over time.
fn held(buffer: &mut Buffer, app: &App, primitive: PrimitiveId, columns: &Columns, area: Rect) {
    let letter = |lane| match app.model.letter(lane) {
        ' ' => app.look.glyph(State::Holding),
        letter => letter,
    };
    let mut before = None;
    for (column, (_, last)) in (0..area.width).zip(&columns.events) {
        let now = app.model.held_at(primitive, *last);
        // What is taken and given back within one column is seen too.
        let between = before.and_then(|before| app.model.taken_between(primitive, before, *last));
        before = Some(*last);
        let (glyph, role) = match (now, between) {
            (Held::Absent, _) => (' ', Role::Faint),
            (Held::By(lane), _) | (Held::Nothing, Some(lane)) => {
                (letter(lane), Role::In(State::InLine))
            }
            (Held::Nothing, None) => (app.look.glyph(State::Idle), Role::Faint),
            (Held::Count(n), _) => {
                (char::from_digit(n, 10).unwrap_or('+'), Role::In(State::InLine))
            }
        };
        put(buffer, area, column, &glyph.to_string(), app.look.style(role));
    }
}

/// What the glyphs mean that are there.
fn legend(buffer: &mut Buffer, app: &App, area: Rect, has_arrows: bool) {
    let rows = app.seen_rows(64);
    let states = rows.fold(0, |set, row| set | app.model.life(row.lane).states());
    let mut column = 3;
    for state in State::ALL.into_iter().rev() {
        if state == State::Absent || states & state.bit() == 0 {
            continue;
        }
        let text = match state {
            State::Idle => "idle",
            State::Sleeping => "sleeps",
            State::Io => "io",
            State::Awaiting => "awaits",
            State::InLine => "in line",
            State::Ready => "ready",
            State::Working => "works",
            State::Running => "runs",
            State::Holding => "holds the loop",
            _ => state.meaning(),
        };
        let length = u16::try_from(text.len()).unwrap_or(0) + 4;
        if column + length > area.width {
            break;
        }
        let glyph = app.look.glyph(state).to_string();
        put(buffer, area, column, &glyph, app.look.style(Role::In(state)));
        put(buffer, area, column + 2, text, app.look.style(Role::Faint));
        column += length;
    }
    let several = (app.look.several(), Role::In(State::Running), "several");
    let arrow = (app.look.char('▼'), Role::Mark, "causes");
    let are_there = [(states & State::Running.bit() != 0, several), (has_arrows, arrow)];
    for (_, (glyph, role, text)) in are_there.into_iter().filter(|(is_there, _)| *is_there) {
        let length = u16::try_from(text.len()).unwrap_or(0) + 4;
        if column + length <= area.width + 2 {
            put(buffer, area, column, &glyph.to_string(), app.look.style(role));
            put(buffer, area, column + 2, text, app.look.style(Role::Faint));
        }
        column += length;
    }
}
