//! A trace, made ready to be looked at: what every lane does when, and what there is at any event.
//!
//! All is found in one pass when a trace is opened; after that any question about any event is
//! answered in a time that hardly depends on how long the trace is.

mod causes;
mod findings;
mod here;
mod path;
mod primitive;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

pub use causes::Step;
pub use findings::Finding;
pub use here::{Awaited, Here, Pending};
pub use path::CriticalPath;
pub(crate) use primitive::Held;

use crate::analysis::Labels;
use crate::analysis::lives::{self, Indexed};
pub use crate::analysis::lives::{Axis, State};
pub(crate) use crate::analysis::lives::{Crowd, Life, Place, Tree};
use crate::index::{EventId, LaneId};
use crate::time::Instant;
use crate::trace::event::{Event, What};
use crate::trace::{LaneKind, Record, Trace};

/// Names longer than this are cut: nobody reads them, and every frame would have to measure them.
const MAX_NAME: usize = 200;

/// A trace with all that a viewer asks for.
#[derive(Debug)]
pub struct Model {
    trace: Trace,
    indexed: Indexed,
    tree: Tree,
    findings: Vec<Finding>,
    /// By name in the program: the lane.
    by_name: BTreeMap<String, LaneId>,
    letters: Vec<char>,
    notice: Option<String>,
    /// What was drawn as one before: by first place, number of places, and axis.
    crowds: RefCell<BTreeMap<(usize, usize, Axis), Rc<Crowd>>>,
}

/// So many crowds are kept.
const MAX_CROWDS: usize = 256;

impl Model {
    /// Reads all of a trace. A notice is what has to be said about it, such as that it was cut.
    pub fn new(mut trace: Trace, notice: Option<String>) -> Self {
        let labels = Labels::of(&trace);
        let names = (0..trace.lanes().len()).map(LaneId::from_index);
        let by_name = names.map(|lane| (trace.lane_name(lane), lane)).collect();
        trace.rename_lanes(|lane, _| printable(labels.get(lane)));
        let (indexed, candidates) =
            rayon::join(|| lives::index(&trace), || findings::candidates(&trace));
        let tree = Tree::new(&trace, &indexed.parents);
        let letters = letters(&trace);
        let mut model = Self {
            trace,
            indexed,
            tree,
            findings: Vec::new(),
            by_name,
            letters,
            notice,
            crowds: RefCell::default(),
        };
        model.findings = findings::findings(&model, candidates);
        model
    }

    /// The trace. Its lanes go by their labels.
    pub fn trace(&self) -> &Trace {
        &self.trace
    }

    /// What has to be said about the trace.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// What a person should look at.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.trace.len()
    }

    /// Whether nothing was recorded.
    pub fn is_empty(&self) -> bool {
        self.trace.is_empty()
    }

    /// The last event.
    pub fn last_event(&self) -> Option<EventId> {
        self.len().checked_sub(1).map(EventId::from_index)
    }

    /// An event.
    pub fn event(&self, event: EventId) -> Option<Event> {
        self.trace.event(event)
    }

    pub(crate) fn what(&self, event: EventId) -> Option<What> {
        self.trace.record(event).map(Record::what)
    }

    /// The lane an event stands on.
    pub fn lane_of(&self, event: EventId) -> LaneId {
        self.trace.record(event).map_or(LaneId::LOOP, Record::lane)
    }

    /// The label of a lane.
    pub fn name(&self, lane: LaneId) -> String {
        self.trace.lane_name(lane)
    }

    /// One letter for a lane, or a blank where letters do not suffice.
    pub(crate) fn letter(&self, lane: LaneId) -> char {
        self.letters.get(lane.index()).copied().unwrap_or(' ')
    }

    /// The lane that goes by a name in the program, or by a label.
    pub(crate) fn lane_named(&self, name: &str) -> Option<LaneId> {
        let labelled = || {
            let mut lanes = self.trace.lanes().iter();
            lanes.position(|lane| lane.name.as_deref() == Some(name)).map(LaneId::from_index)
        };
        self.by_name.get(name).copied().or_else(labelled)
    }

    /// The label of the lane that goes by a name in the program.
    pub(crate) fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        let lane = self.by_name.get(name).and_then(|lane| self.trace.lanes().get(lane.index()));
        lane.and_then(|lane| lane.name.as_deref()).unwrap_or(name)
    }

    pub(crate) fn kind(&self, lane: LaneId) -> LaneKind {
        self.trace.lanes().get(lane.index()).map_or(LaneKind::Loop, |lane| lane.kind)
    }

    pub(crate) fn is_task(&self, lane: LaneId) -> bool {
        self.kind(lane) == LaneKind::Task
    }

    pub(crate) fn is_on_loop(&self, lane: LaneId) -> bool {
        matches!(self.kind(lane), LaneKind::Task | LaneKind::Loop)
    }

    /// Who created a lane.
    pub(crate) fn parent(&self, lane: LaneId) -> Option<LaneId> {
        self.indexed.parents.get(lane.index()).copied().flatten()
    }

    pub(crate) fn tree(&self) -> &Tree {
        &self.tree
    }

    pub(crate) fn life(&self, lane: LaneId) -> &Life {
        static NONE: std::sync::LazyLock<Life> = std::sync::LazyLock::new(Life::default);
        self.indexed.lives.get(lane.index()).unwrap_or(&NONE)
    }

    /// The lanes of so many places of the tree as one. Made when it is first asked for.
    pub(crate) fn crowd(&self, first: usize, n_places: usize, axis: Axis) -> Rc<Crowd> {
        let mut known = self.crowds.borrow_mut();
        let key = (first, n_places, axis);
        if let Some(crowd) = known.get(&key) {
            return Rc::clone(crowd);
        }
        if known.len() >= MAX_CROWDS {
            known.clear();
        }
        let places = self.tree.places.get(first..first + n_places).unwrap_or(&[]);
        let lives: Vec<&Life> = places.iter().map(|place| self.life(place.lane)).collect();
        // Whoever looks at one axis goes to the other with a single key, and does not want to wait.
        let of = |axis| Crowd::new(lives.iter().copied(), axis);
        let (time, step) = rayon::join(|| of(Axis::Time), || of(Axis::Step));
        let (time, step) = (Rc::new(time), Rc::new(step));
        known.insert((first, n_places, Axis::Time), Rc::clone(&time));
        known.insert((first, n_places, Axis::Step), Rc::clone(&step));
        if axis == Axis::Time { time } else { step }
    }

    /// The events of a lane, in order.
    pub(crate) fn events_of(&self, lane: LaneId) -> &[EventId] {
        self.indexed.by_lane.of(lane)
    }

    /// The beginnings of iterations, in order.
    pub(crate) fn iterations(&self) -> &[EventId] {
        &self.indexed.iterations
    }

    /// Lines of output, in order.
    pub(crate) fn outputs(&self) -> &[EventId] {
        &self.indexed.outputs
    }

    /// When the run ends.
    pub fn end_time(&self) -> Instant {
        self.trace.end_time()
    }

    /// Where an axis ends: the last time, or the last event.
    pub(crate) fn end(&self, axis: Axis) -> u64 {
        match axis {
            Axis::Time => self.end_time().as_nanos(),
            Axis::Step => self.len().saturating_sub(1) as u64,
        }
    }

    /// The last event that is not after a position on an axis.
    pub(crate) fn event_at(&self, axis: Axis, position: u64) -> Option<EventId> {
        let index = match axis {
            Axis::Step => usize::try_from(position).unwrap_or(usize::MAX),
            Axis::Time if position == u64::MAX => usize::MAX,
            Axis::Time => self.trace.first_at(Instant::from_nanos(position + 1)).saturating_sub(1),
        };
        Some(EventId::from_index(index.min(self.len().checked_sub(1)?)))
    }

    /// How many events there are from `from` up to but not including `to`.
    pub(crate) fn count_between(&self, axis: Axis, from: u64, to: u64) -> u64 {
        let first = |position: u64| match axis {
            Axis::Time => self.trace.first_at(Instant::from_nanos(position)) as u64,
            Axis::Step => position.min(self.len() as u64),
        };
        first(to).saturating_sub(first(from))
    }

    /// The longest ready queue in one of `columns` parts of an axis.
    pub(crate) fn ready_in(&self, axis: Axis, column: u16, columns: u16) -> u32 {
        let bins = &self.indexed.ready[usize::from(axis == Axis::Step)];
        let begin = |column: u16| usize::from(column) * bins.len() / usize::from(columns.max(1));
        let (from, to) = (begin(column), begin(column + 1).max(begin(column) + 1));
        bins.get(from..to.min(bins.len())).unwrap_or(&[]).iter().copied().max().unwrap_or(0)
    }

    /// The text of an exception that a lane raised right before an event.
    pub(crate) fn raised_before(&self, event: EventId) -> Option<&str> {
        let events = self.events_of(self.lane_of(event));
        let until = events.partition_point(|other| *other < event);
        events[..until].iter().rev().take(4).find_map(|event| match self.what(*event)? {
            What::Raised { text } => Some(self.trace.text(text)),
            _ => None,
        })
    }
}

/// Without control characters, and not endless.
pub(crate) fn printable(text: &str) -> String {
    let shown = |c: char| if c.is_control() { '·' } else { c };
    text.chars().take(MAX_NAME).map(shown).collect()
}

/// A letter for each task: the first of its name that is free, else any that is.
fn letters(trace: &Trace) -> Vec<char> {
    let mut free: Vec<char> = ('a'..='z').chain('A'..='Z').collect();
    let letter = |lane: &crate::trace::Lane| {
        if lane.kind != LaneKind::Task {
            return ' ';
        }
        let name = lane.name();
        let lower = name.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_lowercase());
        let upper = name.chars().filter(char::is_ascii_alphabetic).map(|c| c.to_ascii_uppercase());
        let wanted = lower.chain(upper).find_map(|c| free.iter().position(|other| *other == c));
        match wanted {
            Some(index) => free.remove(index),
            None if free.is_empty() => ' ',
            None => free.remove(0),
        }
    };
    trace.lanes().iter().map(letter).collect()
}
