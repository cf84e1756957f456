//! Puts a [`Trace`] together from what a file tells, and refuses what cannot be one.

use super::Form;
use super::read::{Cut, ReadTrace};
use crate::index::{EventId, LaneId, TextId};
use crate::time::Instant;
use crate::trace::event::What;
use crate::trace::recorder::CHUNK_LEN;
use crate::trace::{EventKind, Header, Lane, Outcome, Record, Trace};

/// So many texts may be missing before one that is told: those of a batch that was cut.
const GAP_MAX: usize = 1 << 20;
/// More events than any recorder makes.
const LEN_MAX: usize = u32::MAX as usize - 1;

/// A trace in the making.
#[derive(Debug)]
pub(super) struct Assembly {
    header: Header,
    lanes: Vec<Lane>,
    texts: Vec<Option<Box<str>>>,
    n_texts_told: usize,
    /// The number that a text has if none is given: the first that is not told yet.
    next_text: usize,
    full: Vec<Vec<Record>>,
    chunk: Vec<Record>,
    now: Instant,
    outcome: Option<Outcome>,
}

impl Assembly {
    pub(super) fn new(header: Header) -> Self {
        Self {
            header,
            lanes: Vec::new(),
            texts: Vec::new(),
            n_texts_told: 0,
            next_text: 0,
            full: Vec::new(),
            chunk: Vec::new(),
            now: Instant::ZERO,
            outcome: None,
        }
    }

    pub(super) fn header(&self) -> &Header {
        &self.header
    }

    /// How many events there are.
    pub(super) fn len(&self) -> usize {
        self.full.len() * CHUNK_LEN + self.chunk.len()
    }

    pub(super) fn is_complete(&self) -> bool {
        self.outcome.is_some()
    }

    /// Lanes come in the order of their numbers.
    pub(super) fn lane(&mut self, id: LaneId, lane: Lane) -> Result<(), String> {
        if id.index() != self.lanes.len() {
            return Err(format!("lane {} where lane {} must be", id.0, self.lanes.len()));
        }
        self.lanes.push(lane);
        Ok(())
    }

    /// Says what runs on a lane.
    pub(super) fn runs(&mut self, id: LaneId, what: &str) -> Result<(), String> {
        let unknown = || format!("lane {} runs something before it is there", id.0);
        self.lanes.get_mut(id.index()).ok_or_else(unknown)?.runs = what.into();
        Ok(())
    }

    /// Takes a text. One that is told again is the same text.
    pub(super) fn text(&mut self, id: TextId, text: &str) -> Result<(), String> {
        if id.index() > self.n_texts_told + GAP_MAX {
            return Err(format!("text {} comes out of nowhere", id.0));
        }
        if self.texts.len() <= id.index() {
            self.texts.resize(id.index() + 1, None);
        }
        if self.texts[id.index()].is_none() {
            self.texts[id.index()] = Some(text.into());
            self.n_texts_told += 1;
        }
        Ok(())
    }

    /// The number of the first text that is not told yet.
    pub(super) fn next_text(&mut self) -> TextId {
        while self.texts.get(self.next_text).is_some_and(Option::is_some) {
            self.next_text += 1;
        }
        TextId::from_index(self.next_text)
    }

    /// Takes the next event, which says when it happened.
    #[inline]
    pub(super) fn event(&mut self, at: Instant, record: Record) -> Result<(), String> {
        let index = self.len();
        if record.cause().is_some_and(|cause| cause.index() >= index) {
            return Err(format!("event {index} is caused by one that is not before it"));
        }
        if record.kind() == EventKind::ClockAdvanced
            && let What::ClockAdvanced { to } = record.what()
        {
            if to < self.now {
                return Err(format!("event {index} turns the clock back"));
            }
            self.now = to;
        }
        if at != self.now {
            return Err(format!("event {index} is at {at}, when it is {}", self.now));
        }
        if self.chunk.len() == CHUNK_LEN {
            self.next_chunk(index)?;
        }
        self.chunk.push(record);
        Ok(())
    }

    fn next_chunk(&mut self, len: usize) -> Result<(), String> {
        if len > LEN_MAX - CHUNK_LEN {
            return Err("it has more events than a trace can have".to_owned());
        }
        self.full.push(std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK_LEN)));
        Ok(())
    }

    /// Takes the end.
    pub(super) fn outcome(&mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
    }

    /// What was read. Without an outcome the file was cut short.
    pub(super) fn finish(self, form: Form) -> ReadTrace {
        let cut = (!self.is_complete()).then(|| Cut {
            after: self.len().checked_sub(1).map(EventId::from_index),
            at: self.now,
        });
        let texts = self.texts.into_iter().map(Option::unwrap_or_default).collect();
        let mut chunks = self.full;
        chunks.push(self.chunk);
        let trace = Trace::new(self.header, self.lanes, texts, chunks, self.outcome);
        ReadTrace { trace, form, cut }
    }
}
