//! Search: in names of lanes, kinds of events, output, exceptions and source lines.

use super::filter::is_like;
use crate::index::{EventId, LaneId, SiteId, TextId};
use crate::trace::EventKind;
use crate::tui::model::Model;

/// What was searched for, and found.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    pub(crate) text: String,
    pub(crate) matches: Vec<EventId>,
}

impl Search {
    /// Finds all events that have to do with a text.
    pub(super) fn new(model: &Model, text: &str) -> Self {
        let wanted = text.to_lowercase();
        if wanted.is_empty() {
            return Self::default();
        }
        let trace = model.trace();
        let contains = |text: &str| text.to_lowercase().contains(&wanted);
        let lane_ids = || (0..trace.lanes().len()).map(LaneId::from_index);
        let mut lanes: Vec<bool> = lane_ids().map(|lane| contains(&model.name(lane))).collect();
        let texts: Vec<bool> = trace.texts().iter().map(|text| contains(text)).collect();
        let kinds: Vec<bool> = EventKind::ALL.iter().map(|kind| contains(kind.name())).collect();
        let lines = source_lines(model);
        let sites: Vec<bool> = lines.iter().map(|line| contains(line)).collect();
        let none = |found: &[bool]| !found.contains(&true);
        if none(&lanes) && none(&texts) && none(&kinds) && none(&sites) {
            lanes = lane_ids().map(|lane| is_like(&model.name(lane), &wanted)).collect();
        }
        let is = |found: &[bool], index: usize| found.get(index) == Some(&true);
        let said = |text: Option<TextId>| text.is_some_and(|text| is(&texts, text.index()));
        let matches = trace.records().enumerate().filter(|(_, record)| {
            is(&lanes, record.lane().index())
                || is(&kinds, record.kind() as usize)
                || record.site() != SiteId::NONE && is(&sites, record.site().index() - 1)
                || said(record.what().text())
        });
        let matches = matches.map(|(index, _)| EventId::from_index(index)).collect();
        Self { text: text.to_owned(), matches }
    }

    /// How many matches are not after an event.
    pub(crate) fn number_at(&self, event: EventId) -> usize {
        self.matches.partition_point(|found| *found <= event)
    }
}

/// The source line of each site.
fn source_lines(model: &Model) -> Vec<String> {
    let header = model.trace().header();
    let line = |site: &crate::trace::Site| {
        let (_, text) = header.sources.get(site.source as usize)?;
        text.lines().nth(site.line.checked_sub(1)? as usize)
    };
    // Programs are short; each line is looked up where it is needed.
    header.sites.iter().map(|site| line(site).unwrap_or_default().to_owned()).collect()
}
