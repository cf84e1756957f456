//! What part of an axis is seen.

use super::App;
use crate::tui::model::{Axis, Model};

/// The part of an axis that the lanes show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: u64,
    /// How much; never 0.
    pub(crate) span: u64,
}

/// How many zooms can be undone.
const MAX_UNDO: usize = 200;

impl Window {
    /// All of a run, with a little room behind its end.
    pub(crate) fn fit(model: &Model, axis: Axis) -> Self {
        Self { start: 0, span: full(model, axis) }
    }

    /// Where a column begins, of so many.
    pub(crate) fn position(self, column: u16, columns: u16) -> u64 {
        let offset = u128::from(self.span) * u128::from(column) / u128::from(columns.max(1));
        self.start.saturating_add(u64::try_from(offset).unwrap_or(u64::MAX))
    }

    /// The column of a position; `None` if it is not seen.
    pub(crate) fn column(self, position: u64, columns: u16) -> Option<u16> {
        let offset = position.checked_sub(self.start)?;
        // The last column that begins at or before it.
        let column =
            ((u128::from(offset) + 1) * u128::from(columns)).div_ceil(u128::from(self.span));
        let column = u16::try_from(column.checked_sub(1)?).ok()?;
        (column < columns).then_some(column)
    }
}

fn full(model: &Model, axis: Axis) -> u64 {
    let end = model.end(axis);
    end.saturating_add(1).saturating_add(end / 40)
}

impl App {
    /// How many columns the lanes have.
    pub(super) fn columns(&self) -> u16 {
        self.layout().plot.width.max(1)
    }

    /// What the window may be at least and at most.
    fn bounds(&self) -> (u64, u64) {
        let full = full(&self.model, self.axis);
        (u64::from(self.columns()).min(full), full)
    }

    /// Shows another part; remembers the one before.
    pub(super) fn show(&mut self, window: Window) {
        if window == self.window {
            return;
        }
        if self.zooms.len() == MAX_UNDO {
            self.zooms.remove(0);
        }
        self.zooms.push(self.window);
        self.undone.clear();
        self.window = self.fitting(window);
    }

    /// The window moved and sized so that it shows something.
    fn fitting(&self, window: Window) -> Window {
        let (least, most) = self.bounds();
        let span = window.span.clamp(least, most);
        Window { start: window.start.min(most - span), span }
    }

    pub(super) fn refit(&mut self) {
        self.window = self.fitting(self.window);
    }

    /// Makes the span `numerator / denominator` of what it is; the cursor stays in its column.
    pub(super) fn zoom(&mut self, numerator: u64, denominator: u64) {
        let (least, most) = self.bounds();
        let span = u128::from(self.window.span) * u128::from(numerator) / u128::from(denominator);
        let span = u64::try_from(span).unwrap_or(u64::MAX).clamp(least, most);
        let position = self.position();
        let offset = position.saturating_sub(self.window.start).min(self.window.span);
        let share = u128::from(offset) * u128::from(span) / u128::from(self.window.span.max(1));
        let offset = u64::try_from(share).unwrap_or(u64::MAX);
        self.show(Window { start: position.saturating_sub(offset), span });
    }

    /// Moves the window so that the cursor is in it, with some columns to spare.
    pub(super) fn follow(&mut self) {
        let position = self.position();
        let Window { start, span } = self.window;
        let margin = span / 10;
        let low = start.saturating_add(if start == 0 { 0 } else { margin });
        let high = start.saturating_add(span - margin.min(span - 1) - 1);
        let start = if position < low {
            position.saturating_sub(margin)
        } else if position > high {
            position.saturating_sub(span - margin)
        } else {
            return;
        };
        self.window = self.fitting(Window { start, span });
    }

    /// Moves the window by a part of its width.
    pub(super) fn pan(&mut self, forward: bool) {
        let by = self.window.span / 2;
        let start = match forward {
            true => self.window.start.saturating_add(by),
            false => self.window.start.saturating_sub(by),
        };
        self.window = self.fitting(Window { start, ..self.window });
        // The cursor comes along: it is always seen.
        let Window { start, span } = self.window;
        let position = self.position();
        if position < start || position >= start + span {
            self.go_to_position(if position < start { start } else { start + span - 1 });
        }
    }

    /// Centres the cursor; if it is there already, fits what the lane does here.
    pub(super) fn focus(&mut self) {
        let span = self.window.span;
        let centred =
            self.fitting(Window { start: self.position().saturating_sub(span / 2), span });
        if centred == self.window {
            self.fit_interval();
        } else {
            self.show(centred);
        }
    }

    /// Fits what the selected lane does at the cursor.
    pub(super) fn fit_interval(&mut self) {
        let intervals = self.model.life(self.selected).intervals();
        let Some(index) = self.model.life(self.selected).index_at(self.event.0) else { return };
        let position = |index: usize| match (self.axis, intervals.get(index)) {
            (Axis::Time, Some(interval)) => interval.at,
            (Axis::Step, Some(interval)) => u64::from(interval.event),
            (axis, None) => self.model.end(axis),
        };
        let (from, to) = (position(index), position(index + 1));
        if to > from {
            let margin = (to - from) / 8;
            let start = from.saturating_sub(margin);
            self.show(Window { start, span: to + margin + 1 - start });
        }
    }

    pub(super) fn undo_zoom(&mut self) {
        if let Some(window) = self.zooms.pop() {
            self.undone.push(std::mem::replace(&mut self.window, window));
            self.refit();
        }
    }

    pub(super) fn redo_zoom(&mut self) {
        if let Some(window) = self.undone.pop() {
            self.zooms.push(std::mem::replace(&mut self.window, window));
            self.refit();
        }
    }

    /// The other axis, showing about the same.
    pub(super) fn change_axis(&mut self) {
        let Window { start, span } = self.window;
        let end = start.saturating_add(span);
        let is_all = self.window == Window::fit(&self.model, self.axis);
        let (axis, from, to) = match self.axis {
            Axis::Time => {
                let (from, to) = (self.model.count_between(Axis::Time, 0, start), end);
                (Axis::Step, from, self.model.count_between(Axis::Time, 0, to))
            }
            Axis::Step if self.model.end(Axis::Time) == 0 => {
                self.tell("no time passes in this run: the axis counts events");
                return;
            }
            Axis::Step => {
                let time = |position| {
                    let event = self.model.event_at(Axis::Step, position);
                    event.map_or(0, |event| self.model.trace().time_of(event).as_nanos())
                };
                (Axis::Time, time(start), time(end))
            }
        };
        self.axis = axis;
        self.zooms.clear();
        self.undone.clear();
        self.window = match is_all {
            true => Window::fit(&self.model, axis),
            false => self.fitting(Window { start: from, span: to.saturating_sub(from).max(1) }),
        };
        self.at = self.model.trace().time_of(self.event).as_nanos();
        self.range = None;
        self.follow();
    }
}
