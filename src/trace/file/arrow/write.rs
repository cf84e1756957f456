//! The sink that writes an Arrow stream.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use arrow_array::StringArray;
use arrow_ipc::writer::StreamEncoder;
use arrow_schema::ArrowError;

use super::columns::{Columns, Shared, Telling};
use super::schema::{RowKind, schema, site_words};
use crate::index::{EventId, LaneId};
use crate::time::Instant;
use crate::trace::file::Status;
use crate::trace::file::header;
use crate::trace::file::names::Names;
use crate::trace::file::write::Output;
use crate::trace::{Batch, EventKind, Header, Lane, Outcome, Record, Sink};

/// Writes a recording as an Arrow stream while it is made, one record batch for each batch.
///
/// A site that the header does not list is written as no place.
pub struct ArrowSink<W> {
    output: Output<W>,
    encoder: Option<StreamEncoder>,
    shared: Shared,
    n_sites: u32,
    names: Names,
    now: Instant,
}

impl<W> fmt::Debug for ArrowSink<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ArrowSink").field("now", &self.now).finish_non_exhaustive()
    }
}

impl<W: Write> ArrowSink<W> {
    /// Writes the header at once, so that the file can be read from the beginning.
    pub fn new(writer: W, header: &Header) -> Self {
        let json = header::to_json(header);
        let shared = Shared {
            // A header that cannot be told is an error below.
            schema: Arc::new(schema(
                json.as_deref().unwrap_or_default().to_owned(),
                header.sites.len(),
            )),
            kinds: Arc::new(StringArray::from_iter_values(RowKind::all().map(RowKind::name))),
            sites: Arc::new(StringArray::from_iter_values(site_words(header))),
        };
        let n_sites = u32::try_from(header.sites.len()).unwrap_or(u32::MAX);
        let (names, now) = (Names::default(), Instant::ZERO);
        let output = Output::new(writer);
        let mut sink = Self { output, encoder: None, shared, n_sites, names, now };
        let begun = json
            .map_err(io::Error::from)
            .and_then(|_| StreamEncoder::try_new(&sink.shared.schema).map_err(io_error));
        match begun {
            Ok(encoder) => sink.encoder = Some(encoder),
            Err(error) => sink.output.attempt(|_| Err(error)),
        }
        // A batch without rows brings the schema and the dictionaries.
        sink.write_rows(Columns::with_capacity(0));
        sink
    }

    /// What to ask for errors when the sink has been given away.
    pub fn status(&self) -> Status {
        self.output.status()
    }

    /// Writes a record batch, and makes sure that it is on its way.
    fn write_rows(&mut self, columns: Columns) {
        let Self { output, encoder: Some(encoder), shared, .. } = self else { return };
        output.attempt(|writer| {
            let rows = columns.finish(shared).map_err(io_error)?;
            for buffer in encoder.encode(&rows).map_err(io_error)? {
                writer.write_all(&buffer)?;
            }
            writer.flush()
        });
    }

    fn tell(&mut self, columns: &mut Columns, row: &Telling<'_>) {
        if columns.is_full() {
            self.write_rows(std::mem::replace(columns, Columns::with_capacity(0)));
        }
        let now = self.now;
        self.output.attempt(|_| columns.tell(now, row));
    }

    fn tell_lane(&mut self, columns: &mut Columns, id: LaneId, lane: &Lane) {
        let named = u32::from(lane.name.is_some()) << 8;
        let (lane_id, name) = (Some(id), lane.name());
        let words = (named | lane.kind as u32, lane.number);
        self.tell(columns, &Telling { kind: RowKind::Lane, lane: lane_id, words, text: &name });
        if !lane.runs.is_empty() {
            let (words, text) = ((0, 0), &*lane.runs);
            self.tell(columns, &Telling { kind: RowKind::LaneRuns, lane: lane_id, words, text });
        }
    }

    fn add_events(&mut self, columns: &mut Columns, batch: &Batch<'_>) {
        let (mut first, mut records) = (batch.first, batch.records);
        while !records.is_empty() && self.output.is_open() {
            if columns.is_full() {
                self.write_rows(std::mem::replace(columns, Columns::with_capacity(records.len())));
            }
            let Self { names, now, n_sites, output, .. } = self;
            let text = |record| text_of(record, batch, names);
            output.attempt(|_| {
                let n_rows = columns.extend(first, now, records, text, *n_sites)?;
                first = EventId::from_index(first.index() + n_rows);
                records = &records[n_rows..];
                Ok(())
            });
        }
    }
}

/// What stands in the `text` column beside an event.
fn text_of<'t>(record: Record, batch: &Batch<'t>, names: &'t Names) -> Option<Cow<'t, str>> {
    match record.kind() {
        EventKind::TaskCreated => {
            let lane = new_lane(batch, record.what().lane()?)?;
            Some(lane.name().into())
        }
        EventKind::Output
        | EventKind::Raised
        | EventKind::CallScheduled
        | EventKind::CallBegin
        | EventKind::PrimitiveMade => names.text(batch, record.what().text()?).map(Cow::Borrowed),
        _ => None,
    }
}

/// A lane, if it is new in this batch.
fn new_lane<'a>(batch: &Batch<'a>, id: LaneId) -> Option<&'a Lane> {
    batch.lanes.get(id.0.checked_sub(batch.first_lane.0)? as usize)
}

impl<W: Write> Sink for ArrowSink<W> {
    fn batch(&mut self, batch: Batch<'_>) {
        if !self.output.is_open() {
            return;
        }
        let untold = self.names.begin(&batch);
        let n_rows = batch.records.len() + 2 * batch.lanes.len() + untold.len();
        let mut columns = Columns::with_capacity(n_rows);
        for (id, lane) in (batch.first_lane.0..).map(LaneId).zip(batch.lanes) {
            self.tell_lane(&mut columns, id, lane);
        }
        for (id, text) in untold {
            let (kind, lane, words) = (RowKind::Text, None, (id.0, 0));
            self.tell(&mut columns, &Telling { kind, lane, words, text });
        }
        self.add_events(&mut columns, &batch);
        if !columns.is_empty() {
            self.write_rows(columns);
        }
    }

    fn finish(&mut self, outcome: &Outcome) {
        let json = match serde_json::to_string(outcome) {
            Ok(json) => json,
            Err(error) => return self.output.attempt(|_| Err(error.into())),
        };
        let mut columns = Columns::with_capacity(1);
        let (kind, lane, words) = (RowKind::Outcome, None, (outcome.code(), 0));
        self.tell(&mut columns, &Telling { kind, lane, words, text: &json });
        self.write_rows(columns);
        let Some(encoder) = self.encoder.take() else { return };
        self.output.attempt(|writer| {
            for buffer in encoder.finish().map_err(io_error)? {
                writer.write_all(&buffer)?;
            }
            writer.flush()
        });
    }
}

fn io_error(error: ArrowError) -> io::Error {
    match error {
        ArrowError::IoError(_, error) => error,
        error => io::Error::other(error),
    }
}
