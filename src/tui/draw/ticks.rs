//! The axis: its marks, the cursor, what the user marked.

use ratatui::buffer::Buffer;

use super::text::{put, time, width};
use crate::analysis::lives::{clock, steps};
use crate::tui::app::{App, Window};
use crate::tui::layout::Layout;
use crate::tui::model::Axis;
use crate::tui::theme::Role;

/// Draws the marks of the axis.
pub(super) fn ruler(buffer: &mut Buffer, app: &App, layout: &Layout) {
    let area = layout.ruler;
    let n_rows = app.rows.len();
    let lanes = match app.filter.is_empty() {
        true => format!(" {n_rows} lanes"),
        false => format!(" {n_rows} shown"),
    };
    put(buffer, area, 0, &lanes, app.look.style(Role::Faint));
    let indent = layout.plot.x - area.x;
    for (column, label) in ticks(app.window, app.axis, layout.plot.width) {
        let length = u16::try_from(width(&label)).unwrap_or(0);
        // What would stick out at the right stands before its mark.
        let (label, column) = match column + length < layout.plot.width {
            true => (format!("│{label}"), column),
            false => (format!("{label}│"), column.saturating_sub(length)),
        };
        let label = app.look.text(&label);
        put(buffer, area, indent + column, &label, app.look.style(Role::Faint));
    }
}

/// The columns with a mark, and what is written there.
fn ticks(window: Window, axis: Axis, columns: u16) -> Vec<(u16, String)> {
    let label = |position: u64| match axis {
        Axis::Time => clock(position),
        Axis::Step => format!("#{position}"),
    };
    let end = window.start.saturating_add(window.span);
    for step in steps(axis) {
        if u128::from(window.span / step) * 4 > u128::from(columns) {
            continue;
        }
        let first = window.start.div_ceil(step);
        let ticks: Vec<(u16, String)> = (first..=end / step)
            .filter_map(|n| Some((n.checked_mul(step)?, n)))
            .filter_map(|(position, _)| Some((window.column(position, columns)?, label(position))))
            .collect();
        let fit = |pair: &[(u16, String)]| {
            usize::from(pair[0].0) + width(&pair[0].1) + 2 <= usize::from(pair[1].0)
        };
        // The last one may have to stand before its mark.
        let is_apart = |pair: &[(u16, String)]| {
            usize::from(pair[0].0) + width(&pair[0].1) + width(&pair[1].1) + 2
                <= usize::from(pair[1].0)
        };
        let last_fits = ticks.len() < 2 || is_apart(&ticks[ticks.len() - 2..]);
        if last_fits && ticks.windows(2).all(fit) {
            return ticks;
        }
    }
    Vec::new()
}

/// Draws where the cursor is, the range and the marks.
pub(super) fn pointer(buffer: &mut Buffer, app: &App, layout: &Layout) {
    let area = layout.pointer;
    let (indent, columns) = (layout.plot.x - area.x, layout.plot.width);
    let column = |position: u64| app.window.column(position, columns);
    let mark = app.look.style(Role::Mark);
    let cursor = app.position();
    if let Some(from) = app.range {
        let (low, high) = (from.min(cursor), from.max(cursor));
        let last = app.window.start + app.window.span - 1;
        let low = column(low.max(app.window.start)).unwrap_or(0);
        let high = column(high.min(last)).unwrap_or(columns.saturating_sub(1));
        let dash = app.look.char('─').to_string();
        for at in low..=high {
            put(buffer, area, indent + at, &dash, mark);
        }
        let length = match app.axis {
            Axis::Time => time(from.abs_diff(cursor)),
            Axis::Step => format!("{} events", from.abs_diff(cursor)),
        };
        put(buffer, area, 1, &format!("range {length}"), mark);
    } else if let Some((name, (event, at, _))) = app.marks.iter().next_back() {
        let (sign, away) = match app.axis {
            Axis::Time => (app.at >= *at, time(app.at.abs_diff(*at))),
            Axis::Step => (app.event >= *event, app.event.0.abs_diff(event.0).to_string()),
        };
        let sign = if sign { '+' } else { '-' };
        put(buffer, area, 1, &format!("{name} {sign}{away}"), mark);
    }
    for (name, (event, at, _)) in &app.marks {
        let position = if app.axis == Axis::Time { *at } else { u64::from(event.0) };
        if let Some(column) = column(position) {
            put(buffer, area, indent + column, &name.to_string(), mark);
        }
    }
    if let Some(column) = column(cursor) {
        let arrow = app.look.char('▼').to_string();
        put(buffer, area, indent + column, &arrow, app.look.style(Role::Strong));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::NANOS_PER_SEC;

    #[track_caller]
    fn check(axis: Axis, start: u64, span: u64, columns: u16, wanted: &str) {
        let ticks = ticks(Window { start, span }, axis, columns);
        let labels: Vec<_> = ticks.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels.join(" "), wanted);
        assert!(ticks.iter().all(|(column, _)| *column < columns));
    }

    #[test]
    fn marks_are_round_and_do_not_touch() {
        const S: u64 = NANOS_PER_SEC;
        check(Axis::Time, 0, 3 * S + 1, 60, "0s 500ms 1s 1.5s 2s 2.5s 3s");
        check(Axis::Time, 20_400_000, 1_000_000, 60, "20.4ms 20.6ms 20.8ms 21ms 21.2ms");
        check(Axis::Time, 0, 10 * 3600 * S + 1, 60, "0s 2h 4h 6h 8h 10h");
        check(Axis::Step, 0, 62, 60, "#0 #10 #20 #30 #40 #50 #60");
        check(Axis::Time, 0, u64::MAX, 20, "0s 200000d");
    }
}
