//! Where the cursor goes.

use super::App;
use crate::index::{EventId, LaneId};
use crate::time::Instant;
use crate::tui::model::Axis;

/// How many places one can go back to.
const MAX_BACK: usize = 500;

impl App {
    /// To an event, and to its time.
    pub fn go_to(&mut self, event: EventId) {
        let Some(last) = self.model.last_event() else { return };
        self.event = event.min(last);
        self.at = self.model.trace().time_of(self.event).as_nanos();
        self.follow();
        self.look_here();
    }

    /// To an event, and selects its lane.
    pub(super) fn visit(&mut self, event: EventId) {
        self.remember();
        self.go_to(event);
        self.select(self.model.lane_of(self.event));
    }

    /// To a position on the axis.
    pub(super) fn go_to_position(&mut self, position: u64) {
        let position = position.min(self.model.end(self.axis));
        let Some(event) = self.model.event_at(self.axis, position) else { return };
        self.go_to(event);
        if self.axis == Axis::Time {
            self.at = position;
        }
    }

    /// To a time.
    pub fn go_to_time(&mut self, at: Instant) {
        let at = at.as_nanos().min(self.model.end(Axis::Time));
        let Some(event) = self.model.event_at(Axis::Time, at) else { return };
        self.go_to(event);
        self.at = at;
        self.follow();
    }

    /// Remembers where the cursor is, to come back.
    pub(super) fn remember(&mut self) {
        let spot = (self.event, self.at, self.selected);
        if self.back.last() != Some(&spot) {
            if self.back.len() == MAX_BACK {
                self.back.remove(0);
            }
            self.back.push(spot);
        }
    }

    pub(super) fn go_back(&mut self) {
        match self.back.pop() {
            Some(spot) => self.go_to_spot(spot),
            None => self.tell("there is nowhere to go back to"),
        }
    }

    pub(super) fn go_to_spot(&mut self, (event, at, lane): super::Spot) {
        self.go_to(event);
        self.at = at;
        self.select(lane);
        self.follow();
    }

    /// So many events further, or back.
    pub(super) fn step_by(&mut self, n: usize, forward: bool) {
        let event = match forward {
            true => self.event.index().saturating_add(n),
            false => self.event.index().saturating_sub(n),
        };
        let last = self.model.len().saturating_sub(1);
        let is_between = self.at > self.model.trace().time_of(self.event).as_nanos();
        // Back from between two events is to the earlier one first.
        let event = if is_between && !forward { event + 1 } else { event };
        if forward && self.event.index() == last {
            self.tell("this is the last event");
        }
        self.go_to(EventId::from_index(event.min(last)));
    }

    /// Follows `next` as often as wanted, and says so if there is nothing to follow.
    pub(super) fn follow_events(
        &mut self,
        n: usize,
        nothing: &str,
        next: impl Fn(&Self, EventId) -> Option<EventId>,
    ) -> bool {
        let mut event = self.event;
        for _ in 0..n {
            match next(self, event) {
                Some(found) => event = found,
                None => {
                    if event == self.event {
                        self.tell(nothing);
                        return false;
                    }
                    break;
                }
            }
        }
        self.go_to(event);
        true
    }

    /// So many columns to the side; to the roundest time there.
    pub(super) fn move_columns(&mut self, n: u64, forward: bool) {
        let columns = self.columns();
        let column = (self.window.span / u64::from(columns)).max(1);
        let by = column.saturating_mul(n);
        let position = self.position();
        let position = match forward {
            true => position.saturating_add(by),
            false => position.saturating_sub(by),
        };
        let position = match self.axis {
            Axis::Time => {
                let half = column.saturating_sub(1) / 2;
                roundest(position.saturating_sub(half), position.saturating_add(half))
            }
            Axis::Step => position,
        };
        self.go_to_position(position);
        self.follow();
    }

    /// Selects a lane and makes its row visible.
    pub fn select(&mut self, lane: LaneId) {
        if self.selected != lane {
            self.selected = lane;
            self.find_totals();
        }
        if !self.rows.iter().any(|row| row.shows(&self.model, lane)) {
            return;
        }
        self.show_row();
    }

    /// The row of the selected lane.
    pub(crate) fn selected_row(&self) -> Option<usize> {
        let exact = self.rows.iter().position(|row| row.lane == self.selected);
        exact.or_else(|| self.rows.iter().position(|row| row.shows(&self.model, self.selected)))
    }

    pub(super) fn show_row(&mut self) {
        let height = usize::from(self.layout().lanes.height).max(1);
        let height = height.saturating_sub(self.n_pinned()).max(1);
        let unpinned = self.selected_row().and_then(|row| row.checked_sub(self.n_pinned()));
        if let Some(row) = unpinned {
            self.top = self.top.clamp((row + 1).saturating_sub(height), row);
        }
        let n_unpinned = self.rows.len() - self.n_pinned();
        self.top = self.top.min(n_unpinned.saturating_sub(height));
    }

    /// So many rows down or up.
    pub(super) fn move_rows(&mut self, n: usize, down: bool) {
        let row = self.selected_row().unwrap_or(0);
        let row = if down { row.saturating_add(n) } else { row.saturating_sub(n) };
        let row = row.min(self.rows.len().saturating_sub(1));
        if let Some(row) = self.rows.get(row) {
            self.select(row.lane);
        }
    }

    /// The cause of the event at the cursor.
    pub(super) fn go_to_cause(&mut self, n: usize) {
        let mut event = self.event;
        for _ in 0..n {
            match self.model.reason(event) {
                Some(cause) => event = cause,
                None => break,
            }
        }
        if event == self.event {
            self.tell("this is where it all begins: nothing caused it");
        } else {
            self.visit(event);
        }
    }

    /// The first effect of the event at the cursor.
    pub(super) fn go_to_effect(&mut self, n: usize) {
        let mut event = self.event;
        for _ in 0..n {
            match self.model.effect(event) {
                Some(effect) => event = effect,
                None => break,
            }
        }
        if event == self.event {
            self.tell("nothing came of this");
        } else {
            self.visit(event);
        }
    }

    /// The next or previous of a sorted list of events.
    pub(super) fn go_among(&mut self, events: &[EventId], n: usize, forward: bool, nothing: &str) {
        let index = match forward {
            true => events.partition_point(|event| *event <= self.event) + n - 1,
            false => match events.partition_point(|event| *event < self.event).checked_sub(n) {
                Some(index) => index,
                None => return self.tell(nothing),
            },
        };
        match events.get(index) {
            Some(event) => self.visit(*event),
            None => self.tell(nothing),
        }
    }
}

/// The number between two that ends in the most zeros.
fn roundest(low: u64, high: u64) -> u64 {
    let powers = (0..=19).rev().map(|exponent| 10_u64.pow(exponent));
    let mut multiples = powers.filter_map(|power| low.div_ceil(power).checked_mul(power));
    multiples.find(|multiple| *multiple <= high).unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn round_numbers_are_found_between_others() {
        assert_eq!(roundest(1_023_000_000, 1_071_000_000), 1_030_000_000);
        assert_eq!(roundest(999, 1001), 1000);
        assert_eq!(roundest(7, 7), 7);
        assert_eq!(roundest(0, 5), 0);
        assert_eq!(roundest(u64::MAX - 1, u64::MAX), u64::MAX - 1);
    }
}
