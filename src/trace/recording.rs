//! A finished recording, and what it carries besides events.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::event::{Event, EventKind, Record, What};
use super::outcome::Outcome;
use super::recorder::{Batch, CHUNK_BITS};
use crate::index::{EventId, LaneId, PrimitiveId, SiteId, TextId};
use crate::time::Instant;

/// What is known before a run begins.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// The program's name.
    pub program: String,
    /// The seed of the run.
    pub seed: u64,
    /// The schedule it was asked to follow, as text; empty for asyncio's own answers.
    pub schedule: String,
    /// The wall clock at virtual time 0, as `2023-10-29T12:00:00`.
    pub epoch: String,
    /// The modelled Python version.
    pub python: PythonVersion,
    /// The program's text, so that a viewer needs nothing else: name and text of each file.
    pub sources: Vec<(String, String)>,
    /// The places that events refer to; [`SiteId`] 1 is the first of them.
    pub sites: Vec<Site>,
}

/// A version of `CPython` whose behavior can be modelled.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum PythonVersion {
    /// 3.11.
    #[serde(rename = "3.11")]
    V3_11,
    /// 3.12.
    #[serde(rename = "3.12")]
    V3_12,
    /// 3.13.
    #[serde(rename = "3.13")]
    V3_13,
    /// 3.14, the default.
    #[default]
    #[serde(rename = "3.14")]
    V3_14,
    /// 3.15.
    #[serde(rename = "3.15")]
    V3_15,
}

impl PythonVersion {
    /// All of them, oldest first.
    pub const ALL: [Self; 5] = [Self::V3_11, Self::V3_12, Self::V3_13, Self::V3_14, Self::V3_15];

    /// As users write it: `3.14`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::V3_11 => "3.11",
            Self::V3_12 => "3.12",
            Self::V3_13 => "3.13",
            Self::V3_14 => "3.14",
            Self::V3_15 => "3.15",
        }
    }

    /// The version of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|version| version.name() == name)
    }
}

/// A place in the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Site {
    /// Which of [`Header::sources`].
    pub source: u32,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// The coroutine or function it is in.
    pub function: String,
}

/// Whose events stand on a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LaneKind {
    /// The event loop itself; always lane 0.
    Loop,
    /// A task.
    Task,
    /// A pool, as far as it is not one of its workers.
    Pool,
    /// A worker of a pool.
    Worker,
    /// A raw thread.
    Thread,
}

impl LaneKind {
    /// All of them, in the order of their numbers in files.
    pub const ALL: [Self; 5] = [Self::Loop, Self::Task, Self::Pool, Self::Worker, Self::Thread];

    /// The word used in files: `task`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Loop => "loop",
            Self::Task => "task",
            Self::Pool => "pool",
            Self::Worker => "worker",
            Self::Thread => "thread",
        }
    }

    /// The kind of that number.
    pub(super) fn numbered(number: u32) -> Option<Self> {
        Self::ALL.get(number as usize).copied()
    }
}

/// A lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    /// Whose it is.
    pub kind: LaneKind,
    /// Its given name; `None` when it only has a number.
    pub name: Option<Box<str>>,
    /// The number of a nameless one: `Task-7` for a task.
    pub number: u32,
    /// What runs there, for eyes: the coroutine's name. May be empty.
    pub runs: Arc<str>,
}

impl Lane {
    /// A lane with a name of its own.
    pub fn named(kind: LaneKind, name: &str) -> Self {
        Self { kind, name: Some(name.into()), number: 0, runs: Arc::default() }
    }

    /// A lane that has a number for a name.
    pub fn numbered(kind: LaneKind, number: u32) -> Self {
        Self { kind, name: None, number, runs: Arc::default() }
    }

    /// The same, telling what runs there.
    #[must_use]
    pub fn running(mut self, what: impl Into<Arc<str>>) -> Self {
        self.runs = what.into();
        self
    }

    /// The name to show: `Task-7`.
    pub fn name(&self) -> String {
        let prefix = match (&self.name, self.kind) {
            (Some(name), _) => return name.to_string(),
            (None, LaneKind::Loop) => return "loop".to_owned(),
            (None, LaneKind::Task) => "Task",
            (None, LaneKind::Pool) => "pool",
            (None, LaneKind::Worker) => "worker",
            (None, LaneKind::Thread) => "Thread",
        };
        format!("{prefix}-{}", self.number)
    }
}

/// A finished recording: all events of a run, with all that is needed to tell them.
#[derive(Clone, Debug)]
pub struct Trace {
    header: Header,
    lanes: Vec<Lane>,
    texts: Vec<Box<str>>,
    /// All but the last are full.
    chunks: Vec<Vec<Record>>,
    len: usize,
    /// Where the clock moved, and to what; ascending in both.
    clock: Vec<(EventId, Instant)>,
    /// The names of primitives, by primitive.
    primitives: Vec<TextId>,
    /// `None` when the file it was read from ends before the run did.
    outcome: Option<Outcome>,
}

impl Trace {
    /// A trace without events.
    pub fn empty(header: Header, outcome: Outcome) -> Self {
        Self::new(header, Vec::new(), Vec::new(), Vec::new(), Some(outcome))
    }

    /// A trace of all records in order.
    pub fn from_records(
        header: Header,
        lanes: Vec<Lane>,
        texts: Vec<Box<str>>,
        records: &[Record],
        outcome: Option<Outcome>,
    ) -> Self {
        let chunks = records.chunks(1 << CHUNK_BITS).map(<[Record]>::to_vec).collect();
        Self::new(header, lanes, texts, chunks, outcome)
    }

    pub(super) fn new(
        header: Header,
        lanes: Vec<Lane>,
        texts: Vec<Box<str>>,
        chunks: Vec<Vec<Record>>,
        outcome: Option<Outcome>,
    ) -> Self {
        let len = chunks.iter().map(Vec::len).sum();
        let (clock, primitives) = clock_and_names(&chunks, len);
        Self { header, lanes, texts, chunks, len, clock, primitives, outcome }
    }

    /// What was known before the run began.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How the run ended; `None` if the recording was cut short.
    pub fn outcome(&self) -> Option<&Outcome> {
        self.outcome.as_ref()
    }

    /// How many events there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// All lanes; [`LaneId`] is the index.
    pub fn lanes(&self) -> &[Lane] {
        &self.lanes
    }

    /// The name of a lane.
    pub fn lane_name(&self, lane: LaneId) -> String {
        self.lanes.get(lane.index()).map_or_else(|| format!("lane {}", lane.0), Lane::name)
    }

    /// Gives every lane the name to show that `name` tells for it.
    pub fn rename_lanes(&mut self, mut name: impl FnMut(LaneId, &Lane) -> String) {
        for (index, lane) in self.lanes.iter_mut().enumerate() {
            lane.name = Some(name(LaneId::from_index(index), lane).into());
        }
    }

    /// A text; empty if there is none of that number.
    pub fn text(&self, text: TextId) -> &str {
        self.texts.get(text.index()).map_or("", |text| text)
    }

    /// What a primitive is and how it is called: "lock `a`"; "a primitive" if the trace does not say.
    pub fn primitive_name(&self, primitive: PrimitiveId) -> &str {
        match self.primitives.get(primitive.index()).map(|name| self.text(*name)) {
            None | Some("") => "a primitive",
            Some(name) => name,
        }
    }

    /// All texts; [`TextId`] is the index.
    pub fn texts(&self) -> &[Box<str>] {
        &self.texts
    }

    /// The place a site stands for.
    pub fn site(&self, site: SiteId) -> Option<&Site> {
        self.header.sites.get(site.index().checked_sub(1)?)
    }

    /// The record of an event, as it is kept.
    #[inline]
    pub fn record(&self, event: EventId) -> Option<Record> {
        let chunk = self.chunks.get(event.index() >> CHUNK_BITS)?;
        chunk.get(event.index() & ((1 << CHUNK_BITS) - 1)).copied()
    }

    /// An event by its number.
    pub fn event(&self, event: EventId) -> Option<Event> {
        let record = self.record(event)?;
        Some(unpacked(event, self.time_of(event), record))
    }

    /// When an event happened.
    pub fn time_of(&self, event: EventId) -> Instant {
        let moves = self.clock.partition_point(|(moved, _)| *moved <= event);
        moves.checked_sub(1).map_or(Instant::ZERO, |last| self.clock[last].1)
    }

    /// When the last event happened.
    pub fn end_time(&self) -> Instant {
        self.clock.last().map_or(Instant::ZERO, |(_, at)| *at)
    }

    /// The number of the first event that happened at `at` or later; the length if there is none.
    pub fn first_at(&self, at: Instant) -> usize {
        if at == Instant::ZERO {
            return 0;
        }
        let before = self.clock.partition_point(|(_, moved_to)| *moved_to < at);
        self.clock.get(before).map_or(self.len, |(event, _)| event.index())
    }

    /// All records in order.
    pub fn records(&self) -> impl Iterator<Item = Record> + Clone + '_ {
        self.chunks.iter().flatten().copied()
    }

    /// All records in order, in pieces that lie side by side: to be read fast.
    pub(crate) fn chunks(&self) -> impl Iterator<Item = &[Record]> + Clone + '_ {
        self.chunks.iter().map(Vec::as_slice)
    }

    /// The trace in batches, as a recorder would have given them to a sink.
    pub(super) fn batches(&self) -> impl Iterator<Item = Batch<'_>> {
        let n_chunks = self.chunks.len();
        let (mut first, mut first_lane, mut first_text) = (0, 0, 0);
        (0..n_chunks.max(1)).map(move |index| {
            let records = self.chunks.get(index).map_or(&[][..], Vec::as_slice);
            // Each name goes out with the events that first use it; what none uses, with the last.
            let (lanes_end, texts_end) = if index + 1 < n_chunks {
                let (lanes, texts) = names_used(records);
                (
                    lanes.clamp(first_lane, self.lanes.len()),
                    texts.clamp(first_text, self.texts.len()),
                )
            } else {
                (self.lanes.len(), self.texts.len())
            };
            let batch = Batch {
                first: EventId::from_index(first),
                at: first
                    .checked_sub(1)
                    .map_or(Instant::ZERO, |last| self.time_of(EventId::from_index(last))),
                records,
                first_lane: LaneId::from_index(first_lane),
                lanes: &self.lanes[first_lane..lanes_end],
                first_text: TextId::from_index(first_text),
                texts: &self.texts[first_text..texts_end],
            };
            first += records.len();
            (first_lane, first_text) = (lanes_end, texts_end);
            batch
        })
    }

    /// All events in order.
    pub fn events(&self) -> impl Iterator<Item = Event> + Clone + '_ {
        let mut now = Instant::ZERO;
        self.records().enumerate().map(move |(index, record)| {
            let event = unpacked(EventId::from_index(index), now, record);
            if let What::ClockAdvanced { to } = event.what {
                now = to;
            }
            Event { at: now, ..event }
        })
    }
}

/// Where the clock moved and to what; and, by primitive, its name, as far as the events tell.
fn clock_and_names(chunks: &[Vec<Record>], len: usize) -> (Vec<(EventId, Instant)>, Vec<TextId>) {
    let (mut clock, mut names) = (Vec::new(), Vec::new());
    for (index, record) in chunks.iter().flatten().enumerate() {
        // Few of all events are of these kinds; the others are not unpacked.
        if !matches!(record.kind(), EventKind::ClockAdvanced | EventKind::PrimitiveMade) {
            continue;
        }
        match record.what() {
            What::ClockAdvanced { to } => clock.push((EventId::from_index(index), to)),
            // They are numbered in order of creation: one beyond the events is none.
            What::PrimitiveMade { primitive, name } if primitive.index() < len => {
                if names.len() <= primitive.index() {
                    names.resize(primitive.index() + 1, TextId(u32::MAX));
                }
                names[primitive.index()] = name;
            }
            _ => {}
        }
    }
    (clock, names)
}

/// How many lanes and texts there must be for all that the records name to be among them.
fn names_used(records: &[Record]) -> (usize, usize) {
    let (mut lanes, mut texts) = (0, 0);
    for record in records {
        let what = record.what();
        let named = what.lane().map_or(0, |lane| lane.index() + 1);
        lanes = lanes.max(record.lane().index() + 1).max(named);
        texts = texts.max(what.text().map_or(0, |text| text.index() + 1));
    }
    (lanes, texts)
}

fn unpacked(id: EventId, at: Instant, record: Record) -> Event {
    let (lane, site, cause, what) = (record.lane(), record.site(), record.cause(), record.what());
    Event { id, at, lane, site, cause, what }
}
