//! The mouse: click for cursor and lane, click again to zoom there, drag for a range, the wheel for lanes, zoom and pan.

use super::App;
use crate::tui::input::{Mouse, MouseKind};

impl App {
    pub(super) fn mouse(&mut self, mouse: Mouse) {
        let layout = self.layout();
        let is_in = |area: ratatui::layout::Rect| {
            area.contains(ratatui::layout::Position { x: mouse.column, y: mouse.row })
        };
        let plot = layout.plot;
        let is_in_lanes = is_in(layout.lanes) || is_in(layout.ruler);
        match mouse.kind {
            MouseKind::WheelUp if mouse.ctrl => self.zoom(1, 2),
            MouseKind::WheelDown if mouse.ctrl => self.zoom(2, 1),
            MouseKind::WheelUp if mouse.shift => self.move_columns(5, false),
            MouseKind::WheelDown if mouse.shift => self.move_columns(5, true),
            MouseKind::WheelUp if is_in_lanes => self.move_rows(1, false),
            MouseKind::WheelDown if is_in_lanes => self.move_rows(1, true),
            MouseKind::WheelUp => self.step_by(1, false),
            MouseKind::WheelDown => self.step_by(1, true),
            MouseKind::Down if layout.overview.is_some_and(is_in) => {
                let area = layout.overview_bar();
                let column = mouse.column.saturating_sub(area.x).min(area.width.max(1) - 1);
                let end = u128::from(self.model.end(self.axis)) + 1;
                let position = end * u128::from(column) / u128::from(area.width.max(1));
                self.remember();
                self.go_to_position(u64::try_from(position).unwrap_or(u64::MAX));
                self.follow();
            }
            MouseKind::Down if is_in_lanes => {
                let was = self.selected;
                if is_in(layout.lanes) {
                    let row = usize::from(mouse.row - layout.lanes.y);
                    let height = usize::from(layout.lanes.height);
                    let lane = self.seen_rows(height).nth(row).map(|row| row.lane);
                    if let Some(lane) = lane {
                        self.select(lane);
                    }
                }
                if mouse.column >= plot.x {
                    let position = self.window.position(mouse.column - plot.x, plot.width);
                    let before = (self.event, was, self.position());
                    self.remember();
                    self.go_to_column(position);
                    // A second click on the same place looks closer.
                    if before == (self.event, self.selected, self.position()) {
                        self.fit_interval();
                    }
                    self.dragged_from = Some(position);
                    self.range = None;
                }
            }
            MouseKind::Drag if mouse.column >= plot.x => {
                let column = (mouse.column - plot.x).min(plot.width.max(1) - 1);
                let position = self.window.position(column, plot.width);
                if let Some(from) = self.dragged_from.filter(|from| *from != position) {
                    self.range = Some(from);
                }
                self.go_to_column(position);
            }
            MouseKind::Up => self.dragged_from = None,
            MouseKind::Down | MouseKind::Drag => {}
        }
    }

    /// To the first event in the column that begins there, or to where it begins.
    fn go_to_column(&mut self, position: u64) {
        let columns = self.columns();
        let width = (self.window.span / u64::from(columns)).max(1);
        let end = position.saturating_add(width);
        let first = self.model.count_between(self.axis, 0, position);
        let n_inside = self.model.count_between(self.axis, position, end);
        match (n_inside, u32::try_from(first)) {
            (1.., Ok(first)) => self.go_to(crate::index::EventId(first)),
            _ => self.go_to_position(position),
        }
    }
}
