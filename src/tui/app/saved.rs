//! What the viewer shows of a trace, as a text to keep beside it: `:save` writes it, and opening the
//! trace again takes it up. Lanes are known by their names, so that it outlives another run.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{App, Breakpoint, Filter, Pane, PathShown, Search, Sort, Window};
use crate::index::{EventId, LaneId};
use crate::tui::model::{Axis, CriticalPath};
use crate::tui::theme::Theme;

/// The view, in the words of the file. What is left out is as it is without one.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Saved {
    axis: String,
    event: u32,
    /// Nanoseconds, as all times here.
    at: u64,
    lane: String,
    start: u64,
    span: u64,
    top: usize,
    pane: String,
    maximised: bool,
    sort: String,
    theme: String,
    path: String,
    filter: String,
    search: String,
    #[serde(rename = "break")]
    breakpoint: String,
    pinned: Vec<String>,
    folded: Vec<String>,
    unfolded: Vec<String>,
    marks: BTreeMap<char, Mark>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Mark {
    event: u32,
    at: u64,
    lane: String,
}

impl App {
    /// What is shown, as TOML.
    pub fn saved(&self) -> String {
        let name = |lane: &LaneId| self.model.name(*lane);
        let mark =
            |(event, at, lane): &super::Spot| Mark { event: event.0, at: *at, lane: name(lane) };
        let saved = Saved {
            axis: if self.axis == Axis::Time { "time" } else { "step" }.to_owned(),
            event: self.event.0,
            at: self.at,
            lane: name(&self.selected),
            start: self.window.start,
            span: self.window.span,
            top: self.top,
            pane: self.pane.title().to_owned(),
            maximised: self.maximised,
            sort: self.sort.word().to_owned(),
            theme: self.look.theme.name().to_owned(),
            path: match self.path_shown {
                PathShown::None => String::new(),
                PathShown::ToEnd => "end".to_owned(),
                PathShown::ToEvent(event) => event.0.to_string(),
            },
            filter: self.filter.text.clone(),
            search: self.search.text.clone(),
            breakpoint: self.breakpoint.text().to_owned(),
            pinned: self.pinned.iter().map(name).collect(),
            folded: self.folded.iter().map(name).collect(),
            unfolded: self.unfolded.iter().map(name).collect(),
            marks: self.marks.iter().map(|(key, spot)| (*key, mark(spot))).collect(),
        };
        // Texts, numbers and lists of them always have a form in TOML.
        toml::to_string(&saved).unwrap_or_default()
    }

    /// Shows what a text from [`App::saved`] says, as far as this trace has it; what is wrong with
    /// the text otherwise.
    pub fn restore(&mut self, text: &str) -> Result<(), String> {
        let saved: Saved =
            toml::from_str(text).map_err(|error| error.message().trim().to_owned())?;
        let filter = Filter::parse(&saved.filter)?;
        let breakpoint = Breakpoint::new(&self.model, &saved.breakpoint)?;
        let lane = |name: &String| self.model.lane_named(name);
        let selected = lane(&saved.lane).unwrap_or(self.selected);
        self.pinned = saved.pinned.iter().filter_map(lane).collect();
        self.folded = saved.folded.iter().filter_map(lane).collect();
        self.unfolded = saved.unfolded.iter().filter_map(lane).collect();
        let last = self.model.last_event().unwrap_or(EventId(0));
        let end = self.model.end(Axis::Time);
        let mark = |mark: &Mark| {
            let lane = lane(&mark.lane).unwrap_or(LaneId::LOOP);
            (EventId(mark.event).min(last), mark.at.min(end), lane)
        };
        self.marks = saved.marks.iter().map(|(key, found)| (*key, mark(found))).collect();
        (self.filter, self.breakpoint) = (filter, breakpoint);
        self.search = Search::new(&self.model, &saved.search);
        let wants_steps = saved.axis == "step";
        if wants_steps != (self.axis == Axis::Step) {
            self.change_axis();
        }
        self.pane =
            Pane::ALL.into_iter().find(|pane| pane.title() == saved.pane).unwrap_or(self.pane);
        self.maximised = saved.maximised;
        self.sort = Sort::named(&saved.sort).unwrap_or(self.sort);
        self.look.theme = Theme::named(&saved.theme).unwrap_or(self.look.theme);
        (self.path_shown, self.path) = match saved.path.as_str() {
            "" => (PathShown::None, CriticalPath::default()),
            event => match event.parse() {
                Ok(event) => {
                    let event = EventId(event).min(last);
                    (PathShown::ToEvent(event), CriticalPath::to_event(&self.model, event))
                }
                Err(_) => (PathShown::ToEnd, CriticalPath::to_end(&self.model)),
            },
        };
        if saved.span > 0 {
            self.window = Window { start: saved.start, span: saved.span };
            self.refit();
        }
        self.find_rows();
        self.go_to_spot((EventId(saved.event), saved.at.min(end), selected));
        self.top = saved.top.min(self.rows.len().saturating_sub(1));
        self.show_row();
        Ok(())
    }
}
