//! The timeline of a run as a picture: the lanes of `sim view` for web pages and reports.
//!
//! States differ in shape as well as in color; the colors are Okabe and Ito's, which color-blind
//! people can tell apart. However long the run is, the picture has a bounded size.

mod shape;

use crate::analysis::lives::{Axis, Indexed, Place, State, Tree, clock, index, steps};
use crate::analysis::{TraceGraph, describe};
use crate::index::{EventId, LaneId};
use crate::trace::{Event, Trace};

pub(super) use shape::STYLE;

/// More lanes than this are counted, not drawn.
const MAX_LANES: usize = 200;
/// With more arrows nothing could be told from them, so there are none.
const MAX_ARROWS: usize = 400;
/// The critical path is drawn with so many corners at most.
const MAX_CORNERS: usize = 2_000;
/// Names are cut after so many characters.
const MAX_NAME: usize = 26;

/// Measures, in pixels.
pub(super) const LEFT: u64 = 210;
pub(super) const PLOT: u64 = 960;
const RIGHT: u64 = 30;
const ROW: u64 = 24;
const TOP: u64 = 64;

/// The timeline of a trace.
pub fn svg(trace: &Trace) -> String {
    let picture = Picture::new(trace);
    let style = format!("<style>{STYLE}</style>\n");
    picture.draw(&style)
}

/// All that is needed to draw.
pub(super) struct Picture<'t> {
    trace: &'t Trace,
    indexed: Indexed,
    rows: Vec<Place>,
    n_more: usize,
    pub(super) axis: Axis,
    /// What the whole width stands for.
    pub(super) span: u64,
    /// By lane: its row.
    row_of: Vec<Option<usize>>,
}

impl<'t> Picture<'t> {
    pub(super) fn new(trace: &'t Trace) -> Self {
        let indexed = index(trace);
        let tree = Tree::new(trace, &indexed.parents);
        let is_seen = |place: &Place| {
            let lane = place.lane;
            let has_life =
                indexed.lives.get(lane.index()).is_some_and(|l| !l.intervals().is_empty());
            has_life || place.n_below > 0
        };
        let mut rows: Vec<Place> = tree.places.into_iter().filter(is_seen).collect();
        let n_more = rows.len().saturating_sub(MAX_LANES);
        rows.truncate(MAX_LANES);
        let mut row_of = vec![None; trace.lanes().len()];
        for (row, place) in rows.iter().enumerate() {
            if let Some(slot) = row_of.get_mut(place.lane.index()) {
                *slot = Some(row);
            }
        }
        let end = trace.end_time().as_nanos();
        let (axis, end) = match end {
            0 => (Axis::Step, trace.len().saturating_sub(1) as u64),
            end => (Axis::Time, end),
        };
        let span = end.saturating_add(end / 50).saturating_add(1);
        Self { trace, indexed, rows, n_more, axis, span, row_of }
    }

    /// The column of a position on the axis, in tenths of pixels.
    fn x(&self, position: u64) -> u64 {
        let along = u128::from(position) * u128::from(PLOT * 10) / u128::from(self.span);
        LEFT * 10 + u64::try_from(along).unwrap_or(0).min(PLOT * 10)
    }

    fn x_of(&self, event: EventId) -> u64 {
        self.x(match self.axis {
            Axis::Time => self.trace.time_of(event).as_nanos(),
            Axis::Step => u64::from(event.0),
        })
    }

    fn top_of(row: usize) -> u64 {
        TOP + ROW * row as u64
    }

    /// The middle of a lane's row, in pixels.
    fn middle_of(&self, lane: LaneId) -> Option<u64> {
        let row = self.row_of.get(lane.index()).copied().flatten()?;
        Some(Self::top_of(row) + ROW / 2)
    }

    fn bottom(&self) -> u64 {
        Self::top_of(self.rows.len())
    }

    /// The picture; the style stands in it.
    pub(super) fn draw(&self, style: &str) -> String {
        let width = LEFT + PLOT + RIGHT;
        let height = self.bottom() + 58;
        let mut parts = vec![format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"sim\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\">\n{style}{}\
             <rect class=\"paper\" width=\"{width}\" height=\"{height}\"/>",
            shape::PATTERNS
        )];
        parts.push(self.title());
        parts.extend(self.ruler());
        for (row, place) in self.rows.iter().enumerate() {
            parts.push(self.lane(row, place));
        }
        parts.extend(self.arrows());
        parts.extend(self.path());
        if self.n_more > 0 {
            let (x, y) = (10, self.bottom() + 14);
            parts.push(text("faint", x, y, &format!("… and {} more lanes", self.n_more)));
        }
        parts.extend(self.legend());
        parts.push("</svg>\n".to_owned());
        parts.join("\n")
    }

    fn title(&self) -> String {
        let header = self.trace.header();
        let program = if header.program.is_empty() { "a run" } else { &header.program };
        let how = self.trace.outcome().map_or("its recording was cut short", |outcome| {
            use crate::trace::Outcome as O;
            match outcome {
                O::Completed { .. } => "completed",
                O::Raised { .. } => "ended with an exception",
                O::Deadlock { .. } => "ended in a deadlock",
                O::LimitReached { .. } => "reached a limit",
                O::StaleSchedule { .. } => "did not fit its schedule",
                O::Interrupted => "was interrupted",
            }
        });
        let end = self.trace.end_time();
        let line = format!("{how} after {end} of virtual time, {} events", self.trace.len());
        text("name strong", 10, 20, program) + "\n" + &text("faint", 10, 38, &line)
    }

    /// Marks of the axis, from top to bottom.
    fn ruler(&self) -> Vec<String> {
        const MAX_MARKS: u64 = 10;
        let Some(step) = steps(self.axis).find(|step| self.span / step <= MAX_MARKS) else {
            return Vec::new();
        };
        let label = |position: u64| match self.axis {
            Axis::Time => clock(position),
            Axis::Step => format!("#{position}"),
        };
        let marks = (0..=self.span / step).filter_map(|n| n.checked_mul(step));
        let mark = |position: u64| {
            let x = tenths(self.x(position));
            let (top, bottom) = (TOP - 6, self.bottom());
            format!(
                "<path class=\"mark\" d=\"M{x} {top}V{bottom}\"/>\n\
                 <text class=\"faint\" text-anchor=\"middle\" x=\"{x}\" y=\"{}\">{}</text>",
                TOP - 10,
                escaped(&label(position))
            )
        };
        marks.map(mark).collect()
    }

    fn lane(&self, row: usize, place: &Place) -> String {
        let (top, lane) = (Self::top_of(row), place.lane);
        let name = self.trace.lane_name(lane);
        let short: String = name.chars().take(MAX_NAME).collect();
        let short = if short == name { short } else { short + "…" };
        let mut parts = vec![format!("<g data-lane=\"{}\">", lane.0)];
        if row % 2 == 1 {
            let width = LEFT + PLOT + RIGHT;
            parts.push(format!(
                "<rect class=\"band\" x=\"0\" y=\"{top}\" width=\"{width}\" height=\"{ROW}\"/>"
            ));
        }
        let indent = 10 + 12 * u64::from(place.depth);
        let label = text("name", indent, top + 16, &short);
        parts.push(label.replace("</text>", &format!("<title>{}</title></text>", escaped(&name))));
        if let Some(life) = self.indexed.lives.get(lane.index()) {
            parts.extend(shape::life(self, life, lane, top));
        }
        parts.push("</g>".to_owned());
        parts.join("\n")
    }

    /// From what let a step begin to the step, where that was another lane.
    fn arrows(&self) -> Vec<String> {
        let mut arrows = Vec::new();
        for event in self.trace.events().filter(begins) {
            let Some(cause) = event.cause.and_then(|cause| self.trace.event(cause)) else {
                continue;
            };
            let ends = (self.middle_of(cause.lane), self.middle_of(event.lane));
            let (Some(from), Some(to)) = ends else { continue };
            if from == to || cause.lane == LaneId::LOOP {
                continue;
            }
            if arrows.len() == MAX_ARROWS {
                return Vec::new();
            }
            let (x0, x1) = (tenths(self.x_of(cause.id)), tenths(self.x_of(event.id)));
            let to = if from < to { to - 8 } else { to + 8 };
            arrows.push(format!(
                "<path class=\"why\" marker-end=\"url(#tip)\" d=\"M{x0} {from}L{x1} {to}\">\
                 <title>{}</title></path>",
                escaped(&describe(self.trace, cause))
            ));
        }
        arrows
    }

    /// What decided how long the run took.
    fn path(&self) -> Option<String> {
        let events = TraceGraph::new(self.trace).critical_path();
        let mut corners: Vec<(u64, u64)> = Vec::new();
        for event in events {
            let lane = self.trace.record(event)?.lane();
            if let Some(y) = self.middle_of(lane).filter(|_| lane != LaneId::LOOP) {
                let corner = (self.x_of(event), y);
                if corners.last() != Some(&corner) {
                    corners.push(corner);
                }
            }
        }
        if corners.len() < 2 || corners.len() > MAX_CORNERS {
            return None;
        }
        let corners: Vec<String> =
            corners.iter().map(|(x, y)| format!("{},{y}", tenths(*x))).collect();
        Some(format!(
            "<polyline class=\"path\" points=\"{}\"><title>the critical path</title></polyline>",
            corners.join(" ")
        ))
    }

    /// What the shapes mean that are there.
    fn legend(&self) -> Vec<String> {
        let lives = self.rows.iter().filter_map(|place| self.indexed.lives.get(place.lane.index()));
        let states = lives.fold(0, |set, life| set | life.states());
        let (mut x, mut y) = (10, self.bottom() + 30);
        let mut parts = Vec::new();
        let mut next = |words: &str| {
            let width = 40 + 7 * words.chars().count() as u64;
            if x + width > LEFT + PLOT {
                (x, y) = (10, y + 20);
            }
            x += width;
            (x - width, y)
        };
        let is_there = |state: &State| *state != State::Absent && states & state.bit() != 0;
        for state in State::ALL.into_iter().rev().filter(is_there) {
            let words = state.meaning();
            let (x, y) = next(words);
            parts.push(shape::shape(state, x * 10, 200, y - 16, ""));
            parts.push(text("faint", x + 26, y, words));
        }
        let (x, y) = next("critical path");
        let (middle, to) = (y - 4, x + 20);
        parts.push(format!("<path class=\"path\" d=\"M{x} {middle}H{to}\"/>"));
        parts.push(text("faint", x + 26, y, "critical path"));
        parts
    }
}

fn begins(event: &Event) -> bool {
    use crate::trace::What as W;
    matches!(event.what, W::StepBegin { .. } | W::JobStarted { .. } | W::ThreadBegin)
}

fn text(class: &str, x: u64, y: u64, text: &str) -> String {
    format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(text))
}

/// Tenths as a number with one decimal.
fn tenths(n: u64) -> String {
    if n.is_multiple_of(10) { (n / 10).to_string() } else { format!("{}.{}", n / 10, n % 10) }
}

/// A text as it can stand in a document.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::fixture::{blocked, numbers, relay};
    use crate::trace::{Header, Lane, LaneKind, Outcome};

    #[test]
    fn pictures() {
        insta::assert_snapshot!("numbers", svg(&numbers()));
        insta::assert_snapshot!("blocked", svg(&blocked()));
    }

    #[test]
    fn every_tag_is_closed_and_every_lane_is_there() {
        for trace in [numbers(), blocked(), relay()] {
            let picture = svg(&trace);
            assert_eq!(picture.matches("<g ").count(), picture.matches("</g>").count());
            assert_eq!(picture.matches("<text ").count(), picture.matches("</text>").count());
            assert!(picture.matches("<g data-lane").count() > 2);
        }
    }

    #[test]
    fn odd_traces_have_pictures_too() {
        let empty = Trace::empty(Header::default(), Outcome::Interrupted);
        assert!(svg(&empty).ends_with("</svg>\n"));
        let name = "<b>".repeat(4000);
        let lanes = vec![Lane::named(LaneKind::Task, &name)];
        let trace = Trace::from_records(Header::default(), lanes, vec![], &[], None);
        assert!(!svg(&trace).contains("<b>"));
    }
}
