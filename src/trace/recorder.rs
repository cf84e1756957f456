//! What an engine appends to while it runs.
//!
//! Records go into chunks of fixed size, so that nothing is ever moved; a full chunk is kept, or
//! given to a [`Sink`], or both. What only goes to a sink does not stay in memory.

use std::collections::BTreeMap;
use std::fmt;

use super::event::{Record, What};
use super::outcome::Outcome;
use super::recording::{Header, Lane, Trace};
use crate::index::{EventId, LaneId, SiteId, TextId};
use crate::time::Instant;

/// log₂ of the number of records in a chunk.
pub(super) const CHUNK_BITS: usize = 16;
pub(super) const CHUNK_LEN: usize = 1 << CHUNK_BITS;
/// What the first chunk begins with: most runs are short.
const FIRST_LEN: usize = 256;

/// A part of a recording on its way out: what was added since the batch before.
///
/// A lane or text that was added right before an event comes in the batch of that event.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// The number of the first record.
    pub first: EventId,
    /// The time at the first record, before it happened.
    pub at: Instant,
    /// The records, without gaps.
    pub records: &'a [Record],
    /// The number of the first of the new lanes.
    pub first_lane: LaneId,
    /// Lanes that appeared.
    pub lanes: &'a [Lane],
    /// The number of the first of the new texts.
    pub first_text: TextId,
    /// Texts that appeared.
    pub texts: &'a [Box<str>],
}

/// Takes a recording in batches while it is made.
///
/// A sink keeps its own errors: a run does not change because a disk is full.
pub trait Sink {
    /// Takes the next batch.
    fn batch(&mut self, batch: Batch<'_>);
    /// Takes the end.
    fn finish(&mut self, outcome: &Outcome);
}

/// A length that is known to fit: chunks are short, and lanes and texts are fewer than events.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "see above")]
const fn count(len: usize) -> u32 {
    len as u32
}

/// Collects the events of a run.
pub struct Recorder {
    recording: bool,
    /// Whether names are kept even if nothing is recorded.
    naming: bool,
    keeping: bool,
    header: Header,
    /// Full chunks, when kept.
    sealed: Vec<Vec<Record>>,
    chunk: Vec<Record>,
    /// The number of the first record in `chunk`.
    chunk_first: u32,
    /// The time before the first record in `chunk`.
    chunk_at: Instant,
    now: Instant,
    lanes: Vec<Lane>,
    /// Number of lanes that are no longer in `lanes`.
    lanes_gone: u32,
    /// Number of lanes in `lanes` that the sink has seen.
    lanes_sent: usize,
    texts: Vec<Box<str>>,
    texts_gone: u32,
    texts_sent: usize,
    names: BTreeMap<Box<str>, TextId>,
    sink: Option<Box<dyn Sink>>,
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder").field("events", &self.len()).finish_non_exhaustive()
    }
}

impl Recorder {
    /// Records nothing, at next to no cost.
    pub fn off() -> Self {
        Self::with(false, false, Header::default(), None)
    }

    /// Keeps everything in memory.
    pub fn in_memory(header: Header) -> Self {
        Self::with(true, true, header, None)
    }

    /// Gives everything to a sink; keeps it too if `keep`.
    pub fn to_sink(header: Header, sink: Box<dyn Sink>, keep: bool) -> Self {
        Self::with(true, keep, header, Some(sink))
    }

    fn with(recording: bool, keeping: bool, header: Header, sink: Option<Box<dyn Sink>>) -> Self {
        Self {
            recording,
            naming: recording,
            keeping,
            header,
            sealed: Vec::new(),
            chunk: Vec::with_capacity(if recording { FIRST_LEN } else { 0 }),
            chunk_first: 0,
            chunk_at: Instant::ZERO,
            now: Instant::ZERO,
            lanes: Vec::new(),
            lanes_gone: 0,
            lanes_sent: 0,
            texts: Vec::new(),
            texts_gone: 0,
            texts_sent: 0,
            names: BTreeMap::new(),
            sink,
        }
    }

    /// Whether events are recorded. For callers that would have to make a text only to record it;
    /// nothing else may depend on it.
    #[inline]
    pub fn is_recording(&self) -> bool {
        self.recording
    }

    /// How many events there are so far.
    pub fn len(&self) -> usize {
        self.chunk_first as usize + self.chunk.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Appends an event and returns its number, to be the cause of others.
    ///
    /// Shortly before 2³² events recording ends; a run has other limits that are reached sooner.
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "the event is a constant at each call")]
    pub fn record(&mut self, lane: LaneId, site: SiteId, cause: EventId, what: What) -> EventId {
        if !self.recording {
            return EventId::NONE;
        }
        if let What::ClockAdvanced { to } = what {
            self.now = to;
        }
        let id = EventId(self.chunk_first + count(self.chunk.len()));
        self.chunk.push(Record::new(lane, site, cause, what));
        // Now, not before the next event: its lanes and texts belong to the next batch.
        if self.chunk.len() == self.chunk.capacity() {
            self.make_room();
        }
        id
    }

    /// The event that was recorded last, as the cause of what comes of the code that runs now and
    /// has no event of its own.
    pub fn last(&self) -> EventId {
        match self.len().checked_sub(1) {
            Some(last) if self.recording => EventId::from_index(last),
            _ => EventId::NONE,
        }
    }

    /// Adds a lane and returns its number.
    pub fn lane(&mut self, lane: Lane) -> LaneId {
        let id = self.lanes_gone + LaneId::from_index(self.lanes.len()).0;
        if self.recording {
            self.lanes.push(lane);
        } else {
            self.lanes_gone += 1;
        }
        LaneId(id)
    }

    /// Adds a text and returns its number.
    pub fn text(&mut self, text: &str) -> TextId {
        if !self.recording {
            return TextId(0);
        }
        self.texts.push(text.into());
        TextId(self.texts_gone + TextId::from_index(self.texts.len() - 1).0)
    }

    /// Keeps names from now on, even if nothing is recorded.
    pub fn keep_names(&mut self) {
        self.naming = true;
    }

    /// The name of that number, if names are kept.
    pub fn name_of(&self, text: TextId) -> Option<&str> {
        self.names.iter().find(|(_, known)| **known == text).map(|(name, _)| &**name)
    }

    /// The number of a text that comes up again and again: the same each time.
    pub fn name(&mut self, name: &str) -> TextId {
        if !self.naming {
            return TextId(0);
        }
        if let Some(text) = self.names.get(name) {
            return *text;
        }
        let text =
            if self.recording { self.text(name) } else { TextId::from_index(self.names.len()) };
        self.names.insert(name.into(), text);
        text
    }

    /// Makes room for at least one more record.
    #[cold]
    fn make_room(&mut self) {
        if self.chunk.len() < CHUNK_LEN {
            // The first chunk grows; later ones are made whole.
            let wanted = (self.chunk.capacity() * 2).clamp(FIRST_LEN, CHUNK_LEN);
            self.chunk.reserve_exact(wanted - self.chunk.len());
            return;
        }
        self.seal();
        if self.chunk_first > u32::MAX - 2 * count(CHUNK_LEN) {
            self.recording = false;
        }
    }

    /// Passes the current chunk on and begins a new one.
    fn seal(&mut self) {
        self.send();
        self.chunk_first += count(self.chunk.len());
        self.chunk_at = self.now;
        if self.keeping {
            let full = std::mem::replace(&mut self.chunk, Vec::with_capacity(CHUNK_LEN));
            self.sealed.push(full);
        } else {
            self.chunk.clear();
            self.lanes_gone += count(self.lanes.len());
            self.lanes.clear();
            self.lanes_sent = 0;
            self.texts_gone += count(self.texts.len());
            self.texts.clear();
            self.texts_sent = 0;
        }
    }

    fn send(&mut self) {
        let Some(sink) = &mut self.sink else { return };
        sink.batch(Batch {
            first: EventId(self.chunk_first),
            at: self.chunk_at,
            records: &self.chunk,
            first_lane: LaneId(self.lanes_gone + count(self.lanes_sent)),
            lanes: &self.lanes[self.lanes_sent..],
            first_text: TextId(self.texts_gone + count(self.texts_sent)),
            texts: &self.texts[self.texts_sent..],
        });
        self.lanes_sent = self.lanes.len();
        self.texts_sent = self.texts.len();
    }

    /// Ends the recording. What was not kept is not in the trace that comes back.
    pub fn finish(mut self, outcome: Outcome) -> Trace {
        self.send();
        if let Some(sink) = &mut self.sink {
            sink.finish(&outcome);
        }
        if !self.keeping {
            return Trace::empty(self.header, outcome);
        }
        let mut chunks = self.sealed;
        chunks.push(self.chunk);
        Trace::new(self.header, self.lanes, self.texts, chunks, Some(outcome))
    }
}
