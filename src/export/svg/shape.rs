//! How states look, and the life of a lane as shapes.

use super::{PLOT, Picture, ROW, escaped, tenths};
use crate::analysis::lives::{Axis, Interval, Life, State};
use crate::index::{EventId, LaneId};
use crate::time::Instant;

/// With more intervals than this a lane is drawn column by column.
const MAX_EXACT: usize = 600;
/// What takes no time is so wide, in tenths of pixels.
const LEAST: u64 = 25;

/// Colors and strokes.
pub(in super::super) const STYLE: &str = "\
.sim{font:13px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace}\
.paper{fill:#fff}.band{fill:#f4f5f7}.name{fill:#222}.strong{font-weight:bold}.faint{fill:#777}\
.mark{stroke:#ddd;fill:none}.why{stroke:#999;fill:none}.tip{fill:#999}\
.path{stroke:#e69f00;stroke-width:4;stroke-opacity:.45;fill:none;stroke-linejoin:round}\
.run{fill:#009e73}.hold{fill:#d55e00}.ready{fill:url(#hatch)}.work{fill:#e69f00}\
.sleep,.io,.await,.line,.idle{fill:none;stroke-width:2}.sleep{stroke:#0072b2}\
.io{stroke:#0072b2;stroke-dasharray:2 3}.await{stroke:#56b4e9;stroke-dasharray:6 3}\
.line{stroke:#cc79a7}.idle{stroke:#bbb;stroke-dasharray:1 5}\
.done{fill:#009e73}.cancelled{fill:#e69f00}.failed{fill:#d55e00;font-weight:bold}";

/// What the shapes refer to.
pub(super) const PATTERNS: &str = "<defs>\
<pattern id=\"hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><rect width=\"5\" height=\"5\" fill=\"#fbf6c8\"/>\
<path d=\"M0 0V5\" stroke=\"#b8a800\" stroke-width=\"3\"/></pattern>\
<marker id=\"tip\" viewBox=\"0 0 6 6\" refX=\"5\" refY=\"3\" markerWidth=\"6\" markerHeight=\"6\" \
orient=\"auto\"><path class=\"tip\" d=\"M0 0L6 3L0 6z\"/></marker></defs>\n";

/// A state from `x`, so wide, both in tenths of pixels, in the row that begins at `top`.
pub(super) fn shape(state: State, x: u64, width: u64, top: u64, title: &str) -> String {
    let class = state.word();
    let title = match title {
        "" => String::new(),
        title => format!("<title>{}</title>", escaped(title)),
    };
    let middle = top + ROW / 2;
    let box_of = |y: u64, height: u64, width: u64| {
        let (x, width) = (tenths(x), tenths(width.max(LEAST)));
        format!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\">\
             {title}</rect>"
        )
    };
    let line = |ys: &[u64]| {
        let (from, to) = (tenths(x), tenths(x + width));
        let path: Vec<String> = ys.iter().map(|y| format!("M{from} {y}H{to}")).collect();
        format!("<path class=\"{class}\" d=\"{}\">{title}</path>", path.concat())
    };
    match state {
        State::Absent => String::new(),
        State::Idle | State::Sleeping | State::Io | State::Awaiting => line(&[middle]),
        State::InLine => line(&[middle - 2, middle + 2]),
        State::Ready => box_of(top + 6, 12, width),
        State::Working => box_of(top + 11, 8, width),
        State::Running | State::Holding => box_of(top + 4, 16, width),
        State::Done | State::Cancelled | State::Failed => {
            let sign = match state {
                State::Done => '✓',
                State::Cancelled => '⊘',
                _ => '✗',
            };
            let (x, y) = (tenths(x + 20), top + 17);
            format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{sign}{title}</text>")
        }
    }
}

/// The life of a lane.
pub(super) fn life(picture: &Picture<'_>, life: &Life, lane: LaneId, top: u64) -> Vec<String> {
    let mut parts = match life.intervals().len() <= MAX_EXACT {
        true => exact(picture, life, lane, top),
        false => by_column(picture, life, top),
    };
    parts.retain(|part| !part.is_empty());
    parts
}

/// Every interval.
fn exact(picture: &Picture<'_>, life: &Life, lane: LaneId, top: u64) -> Vec<String> {
    let intervals = life.intervals();
    let end = match picture.axis {
        Axis::Time => picture.trace.end_time().as_nanos(),
        Axis::Step => picture.trace.len() as u64,
    };
    let start = |interval: &Interval| match picture.axis {
        Axis::Time => interval.at,
        Axis::Step => u64::from(interval.event),
    };
    // What takes no time is drawn over what follows it.
    let mut order: Vec<usize> = (0..intervals.len()).collect();
    let length = |index: usize| {
        let to = intervals.get(index + 1).map_or(end, start);
        to.saturating_sub(start(&intervals[index]))
    };
    order.sort_by_key(|index| length(*index) == 0);
    let one = |index: usize| {
        let interval = &intervals[index];
        let (from, length) = (start(interval), length(index));
        // The loop's turns take no time: what is between them does not count as one.
        let is_nothing = length == 0 && !shows_instant(interval.state);
        if is_nothing {
            return String::new();
        }
        let x = picture.x(from);
        let width = picture.x(from + length) - x;
        let at = Instant::from_nanos(interval.at);
        let until = picture
            .trace
            .time_of(EventId(intervals.get(index + 1).map_or(u32::MAX - 1, |next| next.event)));
        let name = picture.trace.lane_name(lane);
        let title = match length {
            0 => format!("{name} {} at {at}", interval.state.meaning()),
            _ => format!("{name} {} from {at} to {until}", interval.state.meaning()),
        };
        shape(interval.state, x, width, top, &title)
    };
    order.into_iter().map(one).collect()
}

/// Whether a state is seen though it takes no time.
fn shows_instant(state: State) -> bool {
    matches!(state, State::Running | State::Holding | State::Working) || state.is_end()
}

/// What matters most in each pixel; equal neighbours are one shape.
fn by_column(picture: &Picture<'_>, life: &Life, top: u64) -> Vec<String> {
    let position = |column: u64| {
        let along = u128::from(picture.span) * u128::from(column) / u128::from(PLOT);
        u64::try_from(along).unwrap_or(u64::MAX)
    };
    let mut hint = 0;
    let mut runs: Vec<(State, u64, u64)> = Vec::new();
    for column in 0..PLOT {
        let (from, to) = (position(column), position(column + 1));
        let state = life.between(picture.axis, from, to.max(from + 1), &mut hint).foremost();
        match runs.last_mut() {
            Some((last, _, until)) if *last == state && !state.is_end() => *until = column + 1,
            _ => runs.push((state, column, column + 1)),
        }
    }
    let left = super::LEFT;
    let run = |(state, from, to): (State, u64, u64)| {
        shape(state, (left + from) * 10, (to - from) * 10, top, "")
    };
    runs.into_iter().map(run).collect()
}
