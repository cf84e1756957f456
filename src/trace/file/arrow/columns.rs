//! Rows on their way into a record batch.

use std::io;
use std::sync::Arc;

use arrow_array::types::{UInt8Type, UInt32Type};
use arrow_array::{
    ArrayRef, DictionaryArray, PrimitiveArray, RecordBatch, StringArray, UInt32Array, UInt64Array,
};
use arrow_buffer::{Buffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, SchemaRef};

use super::schema::RowKind;
use crate::index::{EventId, LaneId, SiteId};
use crate::time::Instant;
use crate::trace::recorder::CHUNK_LEN;

/// A batch is closed when it holds that much text; one text may be longer.
const TEXT_BYTES: usize = 16 << 20;

/// A row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row<'a> {
    pub(super) id: Option<EventId>,
    pub(super) at: Instant,
    pub(super) kind: RowKind,
    pub(super) lane: Option<LaneId>,
    pub(super) site: SiteId,
    pub(super) cause: Option<EventId>,
    pub(super) words: (u32, u32),
    pub(super) text: Option<&'a str>,
}

impl<'a> Row<'a> {
    /// A row that is no event.
    pub(super) fn telling(at: Instant, kind: RowKind, text: &'a str) -> Self {
        let (id, lane, cause) = (None, None, None);
        Self { id, at, kind, lane, site: SiteId::NONE, cause, words: (0, 0), text: Some(text) }
    }
}

/// A column of numbers, some of which are missing.
#[derive(Debug)]
struct Numbers {
    values: Vec<u32>,
    present: NullBufferBuilder,
}

impl Numbers {
    fn new(capacity: usize) -> Self {
        let present = NullBufferBuilder::new(capacity);
        Self { values: Vec::with_capacity(capacity), present }
    }

    #[inline]
    fn push(&mut self, value: Option<u32>) {
        self.values.push(value.unwrap_or(0));
        self.present.append(value.is_some());
    }

    fn finish(self) -> Result<PrimitiveArray<UInt32Type>, ArrowError> {
        UInt32Array::try_new(ScalarBuffer::from(self.values), self.present.build())
    }
}

/// Rows, column by column.
#[derive(Debug)]
pub(super) struct Columns {
    id: Numbers,
    at: Vec<u64>,
    kind: Vec<u8>,
    lane: Numbers,
    site: Numbers,
    cause: Numbers,
    a: Vec<u32>,
    b: Vec<u32>,
    text_bytes: Vec<u8>,
    text_ends: Vec<i32>,
    text_present: NullBufferBuilder,
}

/// What the columns of all batches share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) schema: SchemaRef,
    pub(super) kinds: ArrayRef,
    pub(super) sites: ArrayRef,
}

impl Columns {
    /// No rows, with room for some.
    pub(super) fn with_capacity(capacity: usize) -> Self {
        let mut text_ends = Vec::with_capacity(capacity + 1);
        text_ends.push(0);
        Self {
            id: Numbers::new(capacity),
            at: Vec::with_capacity(capacity),
            kind: Vec::with_capacity(capacity),
            lane: Numbers::new(capacity),
            site: Numbers::new(capacity),
            cause: Numbers::new(capacity),
            a: Vec::with_capacity(capacity),
            b: Vec::with_capacity(capacity),
            text_bytes: Vec::new(),
            text_ends,
            text_present: NullBufferBuilder::new(capacity),
        }
    }

    /// Whether a row should rather go into the next batch.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.at.len() >= CHUNK_LEN || self.text_bytes.len() >= TEXT_BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    /// Adds a row. `n_sites` are known; any other is no place.
    #[inline]
    pub(super) fn push(&mut self, row: &Row<'_>, n_sites: u32) -> io::Result<()> {
        self.text_bytes.extend_from_slice(row.text.unwrap_or_default().as_bytes());
        let Ok(end) = i32::try_from(self.text_bytes.len()) else {
            return Err(io::Error::other("a text of more than 2 GiB does not fit in a trace file"));
        };
        self.text_ends.push(end);
        self.text_present.append(row.text.is_some());
        self.id.push(row.id.map(|id| id.0));
        self.at.push(row.at.as_nanos());
        self.kind.push(row.kind.number());
        self.lane.push(row.lane.map(|lane| lane.0));
        self.site.push(row.site.0.checked_sub(1).filter(|key| *key < n_sites));
        self.cause.push(row.cause.map(|cause| cause.0));
        self.a.push(row.words.0);
        self.b.push(row.words.1);
        Ok(())
    }

    /// The rows as a record batch.
    pub(super) fn finish(self, shared: &Shared) -> Result<RecordBatch, ArrowError> {
        let kinds = PrimitiveArray::<UInt8Type>::try_new(ScalarBuffer::from(self.kind), None)?;
        let text = StringArray::try_new(
            OffsetBuffer::new(ScalarBuffer::from(self.text_ends)),
            Buffer::from_vec(self.text_bytes),
            self.text_present.build(),
        )?;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(self.id.finish()?),
            Arc::new(UInt64Array::try_new(ScalarBuffer::from(self.at), None)?),
            Arc::new(DictionaryArray::try_new(kinds, Arc::clone(&shared.kinds))?),
            Arc::new(self.lane.finish()?),
            Arc::new(DictionaryArray::try_new(self.site.finish()?, Arc::clone(&shared.sites))?),
            Arc::new(self.cause.finish()?),
            Arc::new(UInt32Array::try_new(ScalarBuffer::from(self.a), None)?),
            Arc::new(UInt32Array::try_new(ScalarBuffer::from(self.b), None)?),
            Arc::new(text),
        ];
        RecordBatch::try_new(Arc::clone(&shared.schema), columns)
    }
}
