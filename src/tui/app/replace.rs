//! Another trace in place of the one that is viewed: the program was run again.

use std::rc::Rc;

use super::{App, PathShown, Search, Window};
use crate::index::LaneId;
use crate::time::Instant;
use crate::tui::model::{Axis, CriticalPath, Model};

impl App {
    /// Shows another trace. The cursor keeps its time, and lanes are found again by name.
    pub fn replace(&mut self, model: Rc<Model>) {
        let old = std::mem::replace(&mut self.model, model);
        let by_name = |lane: LaneId| self.model.lane_named(&old.name(lane));
        let first_task = (0..self.model.trace().lanes().len())
            .map(LaneId::from_index)
            .find(|lane| self.model.is_task(*lane));
        self.selected = by_name(self.selected).or(first_task).unwrap_or(LaneId::LOOP);
        self.pinned = self.pinned.iter().copied().filter_map(by_name).collect();
        self.folded = self.folded.iter().copied().filter_map(by_name).collect();
        self.unfolded = self.unfolded.iter().copied().filter_map(by_name).collect();
        let marks = std::mem::take(&mut self.marks).into_iter();
        self.marks = marks
            .filter_map(|(name, (_, at, lane))| {
                let event = self.model.event_at(Axis::Time, at)?;
                let lane = self.model.lane_named(&old.name(lane)).unwrap_or(LaneId::LOOP);
                Some((name, (event, at, lane)))
            })
            .collect();
        let was_all = self.window == Window::fit(&old, self.axis);
        if self.model.end_time() == Instant::ZERO {
            self.axis = Axis::Step;
        }
        let has_same_event = self.model.event(self.event).map(|event| (event.at, event.what));
        let keeps_event =
            has_same_event == old.event(self.event).map(|event| (event.at, event.what));
        let at = Instant::from_nanos(self.at);
        if was_all {
            self.window = Window::fit(&self.model, self.axis);
        }
        self.refit();
        self.path = CriticalPath::default();
        self.path_shown = PathShown::None;
        self.search = Search::new(&self.model, &self.search.text.clone());
        self.back.clear();
        self.zooms.clear();
        self.undone.clear();
        self.range = None;
        self.breakpoint.find_lanes(&self.model);
        self.inspected = None;
        self.event = self.event.min(self.model.last_event().unwrap_or(crate::index::EventId(0)));
        if keeps_event {
            self.go_to(self.event);
            self.at = at.as_nanos().min(self.model.end(Axis::Time));
        } else {
            self.go_to_time(at);
        }
        self.look_here();
        self.find_totals();
        self.find_rows();
    }
}
