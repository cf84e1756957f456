//! Reading an Arrow stream back.
//!
//! The columns are taken as they lie in the messages. Every offset and length is checked, because
//! the library's own reader trusts them.

use std::io::Read;

use arrow_ipc::{DictionaryBatch, Endianness, MessageHeader, RecordBatch, Schema};

use super::frame::{Frame, Next};
use super::rows::{self, Dictionaries, Keys, Numbers, Taker, Texts};
use super::schema::{HEADER_KEY, RowKind, site_words};
use crate::index::{LaneId, TextId};
use crate::time::Instant;
use crate::trace::file::assembly::Assembly;
use crate::trace::file::read::ReadTrace;
use crate::trace::file::{Form, ReadTraceError, header};
use crate::trace::{EventKind, Lane, LaneKind, Record};

/// Reads a trace up to its end or to the cut.
pub(in super::super) fn read(mut source: impl Read) -> Result<ReadTrace, ReadTraceError> {
    let mut frame = Frame::default();
    if frame.advance(&mut source)? != Next::Message {
        return Err(ReadTraceError::HeaderCut);
    }
    let Some(schema) = frame.message()?.header_as_schema() else {
        return Err(frame.damaged("it is not a schema"));
    };
    let mut reader = Reader::new(schema)?;
    while frame.advance(&mut source)? == Next::Message {
        let message = frame.message()?;
        let done = match message.header_type() {
            MessageHeader::DictionaryBatch => match message.header_as_dictionary_batch() {
                Some(batch) => reader.dictionary(batch, &frame.body),
                None => Err("it is not what it says".to_owned()),
            },
            MessageHeader::RecordBatch => match message.header_as_record_batch() {
                Some(batch) => reader.rows(batch, &frame.body),
                None => Err("it is not what it says".to_owned()),
            },
            _ => Err("it is none that a trace has".to_owned()),
        };
        done.map_err(|what| frame.damaged(what))?;
    }
    Ok(reader.assembly.finish(Form::Arrow))
}

struct Reader {
    assembly: Assembly,
    dictionaries: Dictionaries,
    /// By the number in the column.
    kinds: Vec<RowKind>,
}

struct Columns<'b> {
    id: Numbers<'b, 4>,
    at: Numbers<'b, 8>,
    kind: Numbers<'b, 1>,
    lane: Numbers<'b, 4>,
    site: Keys<'b>,
    cause: Numbers<'b, 4>,
    a: Numbers<'b, 4>,
    b: Numbers<'b, 4>,
    text: Texts<'b>,
}

impl Reader {
    fn new(schema: Schema<'_>) -> Result<Self, ReadTraceError> {
        let metadata = schema.custom_metadata();
        let header = metadata
            .iter()
            .flatten()
            .find(|entry| entry.key() == Some(HEADER_KEY))
            .and_then(|entry| entry.value())
            .ok_or_else(|| {
                let what = "it is an Arrow stream of something else";
                ReadTraceError::NotATrace(what.to_owned())
            })?;
        let assembly = Assembly::new(header::from_json(header.as_bytes())?);
        let damaged = |what: String| ReadTraceError::damaged("its schema", what);
        if schema.endianness() != Endianness::Little {
            return Err(damaged("its numbers are big-endian".to_owned()));
        }
        let dictionaries = rows::check_schema(schema).map_err(damaged)?;
        Ok(Self { assembly, dictionaries, kinds: Vec::new() })
    }

    fn dictionary(&mut self, batch: DictionaryBatch<'_>, body: &[u8]) -> Result<(), String> {
        if batch.isDelta() {
            return Err("it adds to a dictionary".to_owned());
        }
        let mut taker = Taker::new(batch.data().ok_or("it is empty")?, body)?;
        let n_words = taker.n_rows();
        let texts = taker.texts()?;
        let words = (0..n_words).map(|row| texts.get(row).map(Option::unwrap_or_default));
        if batch.id() == self.dictionaries.kinds {
            self.kinds = words
                .map(|word| {
                    let word = word?;
                    RowKind::named(word).ok_or_else(|| format!("there is no event `{word}`"))
                })
                .collect::<Result<_, String>>()?;
        } else if batch.id() == self.dictionaries.sites {
            let mut known = site_words(self.assembly.header());
            for word in words {
                if known.next().as_deref() != Some(word?) {
                    return Err("its sites are not those of its header".to_owned());
                }
            }
        } else {
            return Err("it belongs to no column".to_owned());
        }
        Ok(())
    }

    fn rows(&mut self, batch: RecordBatch<'_>, body: &[u8]) -> Result<(), String> {
        let mut taker = Taker::new(batch, body)?;
        let columns = Columns {
            id: taker.numbers()?,
            at: taker.numbers()?,
            kind: taker.numbers()?,
            lane: taker.numbers()?,
            site: taker.keys(self.dictionaries.short_sites)?,
            cause: taker.numbers()?,
            a: taker.numbers()?,
            b: taker.numbers()?,
            text: taker.texts()?,
        };
        for row in 0..taker.n_rows() {
            if self.assembly.is_complete() {
                return Err("something follows the outcome".to_owned());
            }
            let number = columns.kind.get(row).ok_or("a row has no kind")?;
            match self.kinds.get(usize::from(number)) {
                Some(RowKind::Event(kind)) => self.event(*kind, &columns, row)?,
                Some(kind) => self.telling(*kind, &columns, row)?,
                None => return Err("a row has a kind that is not in the dictionary".to_owned()),
            }
        }
        Ok(())
    }

    #[inline]
    fn event(&mut self, kind: EventKind, columns: &Columns<'_>, row: usize) -> Result<(), String> {
        let number = |column: &Numbers<'_, 4>| column.get(row).unwrap_or_default();
        if columns.id.get(row).map(|id| id as usize) != Some(self.assembly.len()) {
            return Err(format!("event {} is not where it must be", self.assembly.len()));
        }
        let lane = columns.lane.get(row).ok_or("an event has no lane")?;
        let site = columns.site.get(row).map_or(0, |key| key.saturating_add(1));
        let cause = columns.cause.get(row).unwrap_or(u32::MAX);
        let (a, b) = (number(&columns.a), number(&columns.b));
        let record = Record::from_parts(kind as u8, site, lane, cause, a, b)
            .ok_or("an event has particulars that it cannot have")?;
        let at = Instant::from_nanos(columns.at.get(row).unwrap_or_default());
        self.assembly.event(at, record)?;
        if let Some(text) = columns.text.get(row)?
            && let Some(id) = record.what().text()
        {
            self.assembly.text(id, text)?;
        }
        Ok(())
    }

    /// A row that is no event.
    fn telling(&mut self, kind: RowKind, columns: &Columns<'_>, row: usize) -> Result<(), String> {
        let text = columns.text.get(row)?.ok_or("a row lacks its text")?;
        let lane = || columns.lane.get(row).map(LaneId).ok_or("a lane has no number");
        let (a, b) =
            (columns.a.get(row).unwrap_or_default(), columns.b.get(row).unwrap_or_default());
        match kind {
            RowKind::Lane => {
                let kind = LaneKind::numbered(a & 0xff).ok_or("a lane is of no known kind")?;
                let lane_row = if a >> 8 == 0 {
                    Lane { number: b, ..Lane::numbered(kind, b) }
                } else {
                    Lane { number: b, ..Lane::named(kind, text) }
                };
                self.assembly.lane(lane()?, lane_row)
            }
            RowKind::LaneRuns => self.assembly.runs(lane()?, text),
            RowKind::Text => self.assembly.text(TextId(a), text),
            RowKind::Outcome => {
                let outcome = serde_json::from_str(text).map_err(|error| error.to_string())?;
                self.assembly.outcome(outcome);
                Ok(())
            }
            RowKind::Event(_) => Ok(()),
        }
    }
}
