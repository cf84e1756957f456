//! Lanes over time as text, and below them the decisions in words.

use std::collections::BTreeSet;

use super::lifeline::{Lifeline, State, lifelines};
use super::phrase::Words;
use super::scale::{Axis, Scale};
use super::summary::{Figures, closing};
use super::table::table;
use super::width::{clipped, counted, padded, width};
use crate::trace::event::End;
use crate::trace::{LaneKind, Trace};

/// The characters a timeline is drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyphs {
    /// Lines and blocks.
    Unicode,
    /// For terminals that have nothing else.
    Ascii,
}

/// How a timeline is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineStyle {
    /// Columns it may take.
    pub columns: usize,
    /// What it is drawn with.
    pub glyphs: Glyphs,
    /// How many lanes are drawn at most; the others are counted.
    pub max_lanes: usize,
    /// How many decisions are told at most; the others are counted.
    pub max_decisions: usize,
}

impl TimelineStyle {
    /// In lines and blocks, for that many columns.
    pub fn with_columns(columns: usize) -> Self {
        Self { columns, glyphs: Glyphs::Unicode, max_lanes: 30, max_decisions: 120 }
    }
}

/// What can stand in one cell of a lane, the least important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Empty,
    In(State),
    Step,
    Ended(End),
}

impl Cell {
    const fn glyph(self, glyphs: Glyphs) -> char {
        let (unicode, ascii) = match self {
            Self::Empty => (' ', ' '),
            Self::In(State::Sleeping) => ('─', '-'),
            Self::In(State::Waiting) => ('╌', '.'),
            Self::In(State::Ready) => ('▒', '+'),
            Self::In(State::Busy) => ('█', '#'),
            Self::Step => ('●', 'o'),
            Self::Ended(End::Returned) => ('✓', 'D'),
            Self::Ended(End::Raised) => ('✗', '!'),
            Self::Ended(End::Cancelled) => ('⊘', 'C'),
        };
        match glyphs {
            Glyphs::Unicode => unicode,
            Glyphs::Ascii => ascii,
        }
    }

    const fn meaning(self) -> &'static str {
        match self {
            Self::Empty => "",
            Self::In(State::Sleeping) => "sleeps",
            Self::In(State::Waiting) => "waits for another",
            Self::In(State::Ready) => "ready, waits its turn",
            Self::In(State::Busy) => "holds its thread",
            Self::Step => "a step",
            Self::Ended(End::Returned) => "done",
            Self::Ended(End::Raised) => "failed",
            Self::Ended(End::Cancelled) => "cancelled",
        }
    }

    const ALL: [Self; 8] = [
        Self::Step,
        Self::In(State::Busy),
        Self::In(State::Ready),
        Self::In(State::Sleeping),
        Self::In(State::Waiting),
        Self::Ended(End::Returned),
        Self::Ended(End::Raised),
        Self::Ended(End::Cancelled),
    ];
}

/// The timeline of a run.
pub fn timeline(trace: &Trace, style: TimelineStyle) -> String {
    let style = TimelineStyle { columns: style.columns.max(40), ..style };
    let words = Words::of(trace);
    let program = &trace.header().program;
    let closing = closing(trace.outcome(), &Figures::of(trace));
    let mut lines = vec![clipped(&closing, style.columns), String::new()];
    if !program.is_empty() {
        lines.insert(0, clipped(program, style.columns));
    }
    lines.extend(chart(trace, &words, style));
    lines.push(String::new());
    lines.extend(table(trace, &words, style));
    let mut text = String::new();
    for line in lines {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A row of the chart.
enum Row<'a> {
    /// One lane, or several that look the same.
    Drawn(Vec<&'a Lifeline>),
    /// Lanes that are left out.
    Hidden(Vec<&'a Lifeline>),
}

fn chart(trace: &Trace, words: &Words<'_>, style: TimelineStyle) -> Vec<String> {
    let axis = if trace.end_time().as_nanos() > 0 { Axis::Time } else { Axis::Iterations };
    let (lifelines, last) = lifelines(trace, axis);
    let first = if axis == Axis::Time { 0 } else { 1.min(last) };
    let alive: Vec<&Lifeline> = lifelines.iter().filter(|line| line.is_shown()).collect();
    // Twice, because the names decide how much room there is, and the room what looks the same.
    let widest = alive.iter().map(|line| width(words.lane(line.lane))).max().unwrap_or(0);
    let is_crowded = alive.len() > style.max_lanes;
    // Lanes that share a row need room for a second number.
    let name_columns = (widest + if is_crowded { 4 } else { 0 }).clamp(4, 18);
    let scale = Scale { axis, first, last, columns: style.columns - name_columns - 2 };
    let mut lines = ruler(scale, name_columns, style.glyphs);
    let mut used = BTreeSet::new();
    for row in rows(alive, words, scale, style.max_lanes) {
        match row {
            Row::Drawn(same) => {
                let name = clipped(&joint_name(&same, words), name_columns);
                let cells = cells(same[0], scale);
                used.extend(cells.iter().copied());
                let drawn: String = cells.iter().map(|cell| cell.glyph(style.glyphs)).collect();
                lines.push(format!("{}  {drawn}", padded(&name, name_columns)));
            }
            Row::Hidden(hidden) => lines.push(hidden_line(&hidden, name_columns, style.glyphs)),
        }
    }
    lines.push(String::new());
    lines.extend(legend(&used, axis, style));
    lines
}

/// `fetch#1` for one lane, `fetch#1…9` for several.
fn joint_name(same: &[&Lifeline], words: &Words<'_>) -> String {
    let first = words.lane(same[0].lane);
    match same.last().and_then(|last| words.lane(last.lane).rsplit_once('#')) {
        Some((_, number)) if same.len() > 1 => format!("{first}…{number}"),
        _ => first.to_owned(),
    }
}

/// The rows to draw. When there are too many, lanes of one name that look the same share a row, and
/// if that is not enough, rows that ended badly or not at all are kept before others, in their
/// order, and each gap is counted.
fn rows<'a>(
    alive: Vec<&'a Lifeline>,
    words: &Words<'_>,
    scale: Scale,
    max_lanes: usize,
) -> Vec<Row<'a>> {
    let is_crowded = alive.len() > max_lanes;
    let mut groups: Vec<(Vec<&Lifeline>, Vec<Cell>)> = Vec::new();
    for line in alive {
        let drawn = if is_crowded { cells(line, scale) } else { Vec::new() };
        match groups.last_mut() {
            Some((group, cells))
                if is_crowded && *cells == drawn && are_namesakes(group[0], line, words) =>
            {
                group.push(line);
            }
            _ => groups.push((vec![line], drawn)),
        }
    }
    let mut ranked: Vec<usize> = (0..groups.len()).collect();
    ranked.sort_by_key(|index| (groups[*index].0[0].is_ordinary(), *index));
    let kept: BTreeSet<usize> = ranked.into_iter().take(max_lanes).collect();
    let mut rows: Vec<Row<'_>> = Vec::new();
    for (index, (group, _)) in groups.into_iter().enumerate() {
        if kept.contains(&index) {
            rows.push(Row::Drawn(group));
        } else if let Some(Row::Hidden(hidden)) = rows.last_mut() {
            hidden.extend(group);
        } else {
            rows.push(Row::Hidden(group));
        }
    }
    rows
}

/// Whether two lanes are called the same but for their number.
fn are_namesakes(a: &Lifeline, b: &Lifeline, words: &Words<'_>) -> bool {
    match (words.lane(a.lane).rsplit_once('#'), words.lane(b.lane).rsplit_once('#')) {
        (Some((a, _)), Some((b, _))) => a == b,
        _ => false,
    }
}

impl Lifeline {
    /// Whether there is anything to draw.
    fn is_shown(&self) -> bool {
        self.kind == LaneKind::Loop
            || !(self.spans.is_empty() && self.steps.is_empty() && self.end.is_none())
    }

    fn is_ordinary(&self) -> bool {
        self.kind == LaneKind::Task && self.end.is_some_and(|(_, end)| end == End::Returned)
    }
}

fn hidden_line(hidden: &[&Lifeline], name_columns: usize, glyphs: Glyphs) -> String {
    let n_ended = |end| {
        let ended = hidden.iter().filter(|line| line.end.is_some_and(|(_, how)| how == end));
        ended.count() as u64
    };
    let parts: Vec<String> = [End::Returned, End::Raised, End::Cancelled]
        .into_iter()
        .filter(|end| n_ended(*end) > 0)
        .map(|end| format!("{} {}", n_ended(end), Cell::Ended(end).meaning()))
        .collect();
    let dots = if glyphs == Glyphs::Unicode { "⋮" } else { ":" };
    let lanes = counted(hidden.len() as u64, "more lane", "more lanes");
    let how = if parts.is_empty() { String::new() } else { format!(": {}", parts.join(", ")) };
    format!("{}  {lanes}{how}", padded(dots, name_columns))
}

fn ruler(scale: Scale, name_columns: usize, glyphs: Glyphs) -> Vec<String> {
    let (line, mark, begin, end) =
        if glyphs == Glyphs::Unicode { ('─', '┼', '├', '┤') } else { ('-', '+', '+', '+') };
    let ticks = scale.ticks();
    let mut marks = vec![line; scale.columns];
    let mut labels = String::new();
    for (column, label) in &ticks {
        marks[*column] = mark;
        // A label that would stick out at the right ends with the axis.
        let start = (*column).min(scale.columns.saturating_sub(width(label)));
        labels = padded(&labels, start);
        labels.push_str(label);
    }
    if ticks.iter().any(|(column, _)| *column == 0) {
        marks[0] = begin;
    }
    if ticks.last().is_some_and(|(column, _)| *column + 1 == scale.columns) {
        marks[scale.columns - 1] = end;
    }
    let name = if scale.axis == Axis::Time { "" } else { "turn" };
    vec![
        format!("{}  {labels}", padded(name, name_columns)),
        format!("{}  {}", " ".repeat(name_columns), marks.into_iter().collect::<String>()),
    ]
}

fn cells(line: &Lifeline, scale: Scale) -> Vec<Cell> {
    let mut cells = vec![Cell::Empty; scale.columns];
    let mut put = |column: usize, cell: Cell| cells[column] = cells[column].max(cell);
    for span in &line.spans {
        let from = scale.column(span.from);
        // The column a span ends in belongs to what comes next.
        let to = scale.column(span.to).max(from + 1).min(scale.columns);
        for column in from..to {
            put(column, Cell::In(span.state));
        }
    }
    for step in &line.steps {
        // Where the thread is held the step is that.
        let column = scale.column(*step);
        let begun = line.spans.binary_search_by_key(step, |span| span.from);
        if !begun.is_ok_and(|index| line.spans[index].state == State::Busy) {
            put(column, Cell::Step);
        }
    }
    if let Some((at, end)) = line.end {
        put(scale.column(at), Cell::Ended(end));
    }
    cells
}

fn legend(used: &BTreeSet<Cell>, axis: Axis, style: TimelineStyle) -> Vec<String> {
    let entries = Cell::ALL.into_iter().filter(|cell| used.contains(cell)).map(|cell| {
        let instant =
            if cell == Cell::Step && axis == Axis::Time { " (takes no time)" } else { "" };
        format!("{} {}{instant}", cell.glyph(style.glyphs), cell.meaning())
    });
    let mut lines: Vec<String> = Vec::new();
    for entry in entries {
        match lines.last_mut() {
            Some(line) if width(line) + 3 + width(&entry) <= style.columns => {
                line.push_str("   ");
                line.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    if axis == Axis::Iterations {
        lines.push("No time passes here: the axis counts turns of the loop.".to_owned());
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[track_caller]
    fn check(name: &str, trace: &Trace, style: TimelineStyle) {
        let text = timeline(trace, style);
        let widest = text.lines().map(width).max().unwrap_or(0);
        assert!(widest <= style.columns, "{widest} columns in\n{text}");
        insta::assert_snapshot!(name, text);
    }

    #[test]
    fn two_tasks_take_turns() {
        check("numbers", &testing::numbers_and_letters(), TimelineStyle::with_columns(80));
    }

    #[test]
    fn states_are_told_apart_without_color() {
        check("held_loop", &testing::held_loop(), TimelineStyle::with_columns(80));
        let ascii = TimelineStyle { glyphs: Glyphs::Ascii, ..TimelineStyle::with_columns(60) };
        check("held_loop_ascii", &testing::held_loop(), ascii);
    }

    #[test]
    fn where_no_time_passes_turns_are_counted() {
        check("no_time", &testing::crowd(0), TimelineStyle::with_columns(60));
    }

    #[test]
    fn a_crowd_stays_readable() {
        check("crowd", &testing::crowd(200), TimelineStyle::with_columns(80));
        let few =
            TimelineStyle { max_lanes: 2, max_decisions: 8, ..TimelineStyle::with_columns(60) };
        check("crowd_few", &testing::crowd(3), few);
    }

    #[test]
    fn nothing_happened_is_a_timeline_too() {
        let outcome = crate::trace::Outcome::Interrupted;
        let trace = Trace::empty(crate::trace::Header::default(), outcome);
        check("empty", &trace, TimelineStyle::with_columns(60));
    }
}
