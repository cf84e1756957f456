//! Rows on their way into a record batch.

use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use arrow_array::types::{UInt8Type, UInt16Type, UInt32Type};
use arrow_array::{
    Array, ArrayRef, DictionaryArray, PrimitiveArray, RecordBatch, StringArray, UInt32Array,
    UInt64Array,
};
use arrow_buffer::{Buffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, SchemaRef};

use super::schema::{RowKind, SHORT_SITES_MAX};
use crate::index::{EventId, LaneId};
use crate::time::Instant;
use crate::trace::event::What;
use crate::trace::recorder::CHUNK_LEN;
use crate::trace::{EventKind, Record};

/// A record batch is closed when it has that many rows.
const ROWS_MAX: usize = 4 * CHUNK_LEN;
/// It is closed when it holds that much text; one text may be longer.
const TEXT_BYTES: usize = 16 << 20;

/// A row that is no event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Telling<'a> {
    pub(super) kind: RowKind,
    pub(super) lane: Option<LaneId>,
    pub(super) words: (u32, u32),
    pub(super) text: &'a str,
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

    fn extend_present(&mut self, values: impl Iterator<Item = u32>) {
        let before = self.values.len();
        self.values.extend(values);
        self.present.append_n_non_nulls(self.values.len() - before);
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

    /// Whether rows should rather go into the next batch.
    pub(super) fn is_full(&self) -> bool {
        self.at.len() >= ROWS_MAX || self.text_bytes.len() >= TEXT_BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty()
    }

    fn push_text(&mut self, text: Option<&str>) -> io::Result<()> {
        self.text_bytes.extend_from_slice(text.unwrap_or_default().as_bytes());
        let Ok(end) = i32::try_from(self.text_bytes.len()) else {
            return Err(io::Error::other("a text of more than 2 GiB does not fit in a trace file"));
        };
        self.text_ends.push(end);
        self.text_present.append(text.is_some());
        Ok(())
    }

    /// Adds a row that is no event.
    pub(super) fn tell(&mut self, at: Instant, row: &Telling<'_>) -> io::Result<()> {
        self.push_text(Some(row.text))?;
        self.id.push(None);
        self.at.push(at.as_nanos());
        self.kind.push(row.kind.number());
        self.lane.push(row.lane.map(|lane| lane.0));
        self.site.push(None);
        self.cause.push(None);
        self.a.push(row.words.0);
        self.b.push(row.words.1);
        Ok(())
    }

    /// Adds events, as many as there is room for: at least one. Returns how many.
    pub(super) fn extend<'t>(
        &mut self,
        first: EventId,
        now: &mut Instant,
        records: &[Record],
        mut text: impl FnMut(Record) -> Option<Cow<'t, str>>,
        n_sites: u32,
    ) -> io::Result<usize> {
        let room = ROWS_MAX.saturating_sub(self.at.len()).max(1);
        let mut n_rows = 0;
        for record in records.iter().take(room) {
            let text = text(*record);
            let bytes = text.as_ref().map_or(0, |text| text.len());
            if n_rows > 0 && self.text_bytes.len() + bytes > TEXT_BYTES {
                break;
            }
            self.push_text(text.as_deref())?;
            n_rows += 1;
        }
        let records = &records[..n_rows];
        self.at.extend(records.iter().map(|record| {
            if record.kind() == EventKind::ClockAdvanced
                && let What::ClockAdvanced { to } = record.what()
            {
                *now = to;
            }
            now.as_nanos()
        }));
        self.id.extend_present((first.0..).take(n_rows));
        self.kind.extend(records.iter().map(|record| record.kind() as u8));
        self.lane.extend_present(records.iter().map(|record| record.lane().0));
        for record in records {
            self.site.push(record.site().0.checked_sub(1).filter(|key| *key < n_sites));
            self.cause.push(record.cause().map(|cause| cause.0));
        }
        self.a.extend(records.iter().map(|record| record.words().0));
        self.b.extend(records.iter().map(|record| record.words().1));
        Ok(n_rows)
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
            site_words(self.site.finish()?, &shared.sites)?,
            Arc::new(self.cause.finish()?),
            Arc::new(UInt32Array::try_new(ScalarBuffer::from(self.a), None)?),
            Arc::new(UInt32Array::try_new(ScalarBuffer::from(self.b), None)?),
            Arc::new(text),
        ];
        RecordBatch::try_new(Arc::clone(&shared.schema), columns)
    }
}

/// The `site` column: with keys of two bytes where they do.
fn site_words(keys: PrimitiveArray<UInt32Type>, words: &ArrayRef) -> Result<ArrayRef, ArrowError> {
    if words.len() > SHORT_SITES_MAX {
        return Ok(Arc::new(DictionaryArray::try_new(keys, Arc::clone(words))?));
    }
    let (_, keys, present) = keys.into_parts();
    // None is larger than the number of words.
    #[expect(clippy::cast_possible_truncation, reason = "see above")]
    let keys: Vec<u16> = keys.iter().map(|key| *key as u16).collect();
    let keys = PrimitiveArray::<UInt16Type>::try_new(ScalarBuffer::from(keys), present)?;
    Ok(Arc::new(DictionaryArray::try_new(keys, Arc::clone(words))?))
}
