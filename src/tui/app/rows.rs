//! Which lanes are seen, in which order, and which share a row.

use std::rc::Rc;

use super::App;
use crate::index::LaneId;
use crate::tui::model::{Axis, Crowd, Model, Place, State};

/// With more lanes than this, lanes of one family share a row until they are unfolded.
const MANY: usize = 200;
/// A family has at least so many members.
const MIN_FAMILY: usize = 4;

/// How lanes are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Sort {
    /// Below who created them, in order of creation.
    #[default]
    Tree,
    /// The one that waited longest first.
    Waited,
    /// By name.
    Name,
    /// By what they do at the cursor: what matters most first.
    State,
}

impl Sort {
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Tree => Self::Waited,
            Self::Waited => Self::Name,
            Self::Name => Self::State,
            Self::State => Self::Tree,
        }
    }

    /// The order that is called so.
    pub(super) fn named(word: &str) -> Option<Self> {
        let all = [Self::Tree, Self::Waited, Self::Name, Self::State];
        all.into_iter().find(|sort| sort.word() == word)
    }

    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Tree => "by creation",
            Self::Waited => "by time waited",
            Self::Name => "by name",
            Self::State => "by what they do here",
        }
    }
}

/// A row: one lane, or several that are folded into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) lane: LaneId,
    pub(crate) depth: u16,
    pub(crate) is_last: bool,
    /// Where it is in the tree.
    first: u32,
    /// How many of the tree are in it.
    pub(crate) n_lanes: u32,
    /// Whether they are a family, not a tree.
    pub(crate) is_family: bool,
}

impl Row {
    fn of(first: usize, place: Place) -> Self {
        let Place { lane, depth, is_last, .. } = place;
        let first = u32::try_from(first).unwrap_or(u32::MAX);
        Self { lane, depth, is_last, first, n_lanes: 1, is_family: false }
    }

    fn places(self, model: &Model) -> &[Place] {
        let first = self.first as usize;
        model.tree().places.get(first..first + self.n_lanes as usize).unwrap_or(&[])
    }

    /// Whether a lane is in it.
    pub(crate) fn shows(self, model: &Model, lane: LaneId) -> bool {
        let row = model.tree().row_of(lane);
        let first = self.first as usize;
        row.is_some_and(|row| (first..first + self.n_lanes as usize).contains(&row))
    }

    /// All its lanes as one; of a row of a single lane there is only that.
    pub(crate) fn crowd(self, model: &Model, axis: Axis) -> Option<Rc<Crowd>> {
        (self.n_lanes > 1).then(|| model.crowd(self.first as usize, self.n_lanes as usize, axis))
    }
}

impl App {
    /// Finds the rows again: after a fold, a filter, another order.
    pub(super) fn find_rows(&mut self) {
        let mut rows = match self.sort {
            Sort::Tree => self.tree_rows(),
            Sort::Waited | Sort::Name | Sort::State => self.flat_rows(),
        };
        rows.retain(|row| {
            !self.pinned.contains(&row.lane)
                && row.places(&self.model).iter().any(|place| self.is_shown(place.lane))
        });
        let pinned = self.pinned.iter().filter_map(|lane| {
            let index = self.model.tree().row_of(*lane)?;
            Some(Row { depth: 0, ..Row::of(index, self.model.tree().places[index]) })
        });
        self.rows = pinned.chain(rows).collect();
        self.show_row();
    }

    fn is_shown(&self, lane: LaneId) -> bool {
        let life = self.model.life(lane);
        // A pool that only stands above its workers has no life of its own.
        let has_life = !life.intervals().is_empty()
            || !self.model.events_of(lane).is_empty()
            || lane == LaneId::LOOP
            || self
                .model
                .tree()
                .row_of(lane)
                .is_some_and(|row| self.model.tree().places[row].n_below > 0);
        has_life && self.filter.shows_lane(&self.model, lane)
    }

    /// How many of the rows are pinned to the top.
    pub(crate) fn n_pinned(&self) -> usize {
        self.pinned.len().min(self.rows.len())
    }

    /// The rows that are seen.
    pub(crate) fn seen_rows(&self, height: usize) -> impl Iterator<Item = &Row> {
        let n_pinned = self.n_pinned().min(height);
        let rest = self.rows.iter().skip(self.n_pinned()).skip(self.top);
        self.rows.iter().take(n_pinned).chain(rest.take(height - n_pinned))
    }

    fn tree_rows(&self) -> Vec<Row> {
        let places = &self.model.tree().places;
        let are_many = places.len() > MANY;
        let mut rows = Vec::new();
        let mut index = 0;
        while let Some(place) = places.get(index) {
            let mut row = Row::of(index, *place);
            if self.folded.contains(&place.lane) && place.n_below > 0 {
                row.n_lanes += place.n_below;
            } else if are_many && place.n_below == 0 && !self.unfolded.contains(&place.lane) {
                let n_members = self.family(index);
                if n_members >= MIN_FAMILY {
                    row.n_lanes = u32::try_from(n_members).unwrap_or(u32::MAX);
                    row.is_family = true;
                }
            } else if self.unfolded.contains(&place.lane) {
                // Its family is unfolded as a whole.
                let members = self.family(index);
                rows.extend((index..index + members).map(|member| Row::of(member, places[member])));
                index += members;
                continue;
            }
            index += row.n_lanes as usize;
            rows.push(row);
        }
        rows
    }

    /// How many lanes from there on are childless siblings that are called alike.
    fn family(&self, first: usize) -> usize {
        let places = &self.model.tree().places;
        let lanes = self.model.trace().lanes();
        let family = |place: &Place| {
            let name = lanes.get(place.lane.index()).and_then(|lane| lane.name.as_deref());
            base(name.unwrap_or_default())
        };
        let head = &places[first];
        let is_member = |place: &&Place| {
            place.n_below == 0 && place.depth == head.depth && family(place) == family(head)
        };
        places[first..].iter().take_while(is_member).count().max(1)
    }

    fn flat_rows(&self) -> Vec<Row> {
        let places = &self.model.tree().places;
        let mut rows: Vec<Row> = (0..places.len())
            .map(|index| Row { depth: 0, is_last: false, ..Row::of(index, places[index]) })
            .collect();
        let model = &self.model;
        match self.sort {
            Sort::Name => rows.sort_by_cached_key(|row| model.name(row.lane)),
            Sort::State => rows.sort_by_cached_key(|row| {
                std::cmp::Reverse(model.life(row.lane).state_at(self.event.0))
            }),
            _ => rows.sort_by_cached_key(|row| std::cmp::Reverse(model.waited(row.lane))),
        }
        rows
    }

    /// Folds or unfolds what is below the selected lane, or its family.
    pub(super) fn fold(&mut self) {
        let lane = self.selected;
        let Some(row) = self.rows.iter().find(|row| row.shows(&self.model, lane)).copied() else {
            return;
        };
        let below = self.model.tree().row_of(lane).map(|row| self.model.tree().places[row].n_below);
        if row.is_family {
            self.unfolded.insert(row.lane);
        } else if self.folded.remove(&row.lane) {
            // That was all.
        } else if below.is_some_and(|below| below > 0) {
            self.folded.insert(lane);
        } else if let Some(head) = self.unfolded_head(lane) {
            self.unfolded.remove(&head);
            self.selected = head;
        } else {
            self.tell("nothing is below this lane");
        }
        self.find_rows();
    }

    /// The first member of the unfolded family that a lane belongs to.
    fn unfolded_head(&self, lane: LaneId) -> Option<LaneId> {
        let tree = self.model.tree();
        let row = tree.row_of(lane)?;
        self.unfolded.iter().copied().find(|head| {
            tree.row_of(*head)
                .is_some_and(|first| (first..first + self.family(first)).contains(&row))
        })
    }

    pub(super) fn fold_all(&mut self) {
        let was_folded = !self.folded.is_empty();
        self.folded.clear();
        self.unfolded.clear();
        if !was_folded {
            let places = self.model.tree().places.iter();
            let with_children = places.filter(|place| place.n_below > 0 && place.depth < 2);
            self.folded = with_children.map(|place| place.lane).collect();
        }
        self.find_rows();
    }

    pub(super) fn pin(&mut self) {
        let lane = self.selected;
        match self.pinned.iter().position(|pinned| *pinned == lane) {
            Some(index) => {
                self.pinned.remove(index);
            }
            None => self.pinned.push(lane),
        }
        self.find_rows();
    }
}

/// A name without its number: `fetch#12`, `worker-3`.
pub(crate) fn base(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches(['#', '-', '_'])
}

impl Model {
    /// How long a lane waited, ready ones included, in nanoseconds.
    pub(crate) fn waited(&self, lane: LaneId) -> u64 {
        let totals = self.totals(lane);
        let waits = totals.iter().filter(|(state, _)| state.is_wait() || *state == State::Ready);
        waits.map(|(_, nanos)| nanos).sum()
    }

    /// How long a lane was in each state, the longest first; states it was never in are left out.
    pub(crate) fn totals(&self, lane: LaneId) -> Vec<(State, u64)> {
        let totals = self.life(lane).spent(self.end_time().as_nanos());
        longest_first(totals)
    }

    /// The same between two times.
    pub(crate) fn totals_between(&self, lane: LaneId, from: u64, to: u64) -> Vec<(State, u64)> {
        let intervals = self.life(lane).intervals();
        let first = intervals.partition_point(|interval| interval.at <= from).saturating_sub(1);
        let mut totals = [0_u64; State::ALL.len()];
        for (index, interval) in intervals.iter().enumerate().skip(first).take(MAX_SUMMED) {
            if interval.at >= to {
                break;
            }
            let end = intervals.get(index + 1).map_or(self.end_time().as_nanos(), |next| next.at);
            totals[interval.state as usize] += end.min(to).saturating_sub(interval.at.max(from));
        }
        longest_first(totals)
    }
}

/// So many intervals of a range are summed up at most.
const MAX_SUMMED: usize = 1 << 18;

/// States and times, without those that are none of a lane's doing.
fn longest_first(totals: [u64; State::ALL.len()]) -> Vec<(State, u64)> {
    let mut totals: Vec<_> = State::ALL.into_iter().zip(totals).collect();
    totals.retain(|(state, nanos)| *nanos > 0 && *state != State::Absent && !state.is_end());
    totals.sort_by_key(|(state, nanos)| (std::cmp::Reverse(*nanos), *state));
    totals
}
