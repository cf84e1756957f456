//! The columns of a record batch that was read, and the rows in them.

use std::vec::IntoIter;

use arrow_ipc::{Buffer, DictionaryEncoding, Field, FieldNode, RecordBatch, Schema, Type};

/// A column that a trace has: its name and type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ColumnType {
    U32,
    U64,
    Text,
    /// Text in a dictionary, with keys of one byte.
    Words,
    /// Text in a dictionary, with keys of two or four bytes.
    ManyWords,
}

const COLUMNS: [(&str, ColumnType); 9] = [
    ("id", ColumnType::U32),
    ("at_ns", ColumnType::U64),
    ("kind", ColumnType::Words),
    ("lane", ColumnType::U32),
    ("site", ColumnType::ManyWords),
    ("cause", ColumnType::U32),
    ("a", ColumnType::U32),
    ("b", ColumnType::U32),
    ("text", ColumnType::Text),
];

/// The numbers of the dictionaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dictionaries {
    pub(super) kinds: i64,
    pub(super) sites: i64,
    /// Whether the keys of the sites have two bytes, not four.
    pub(super) short_sites: bool,
}

/// The dictionaries of a schema, if its columns are those of a trace; else what is wrong.
pub(super) fn check_schema(schema: Schema<'_>) -> Result<Dictionaries, String> {
    let fields = schema.fields().ok_or("it has no columns")?;
    if fields.len() != COLUMNS.len() {
        return Err(format!("it has {} columns instead of {}", fields.len(), COLUMNS.len()));
    }
    for (field, (name, wanted)) in fields.iter().zip(COLUMNS) {
        let found = field.name().unwrap_or_default();
        if found != name {
            return Err(format!("it has a column `{found}` where `{name}` must be"));
        }
        if column_type(field) != Some(wanted) {
            return Err(format!("its column `{name}` is of another type"));
        }
    }
    let dictionary = |index| fields.get(index).dictionary();
    let id = |index| dictionary(index).map_or(0, |words| words.id());
    let short_sites = dictionary(4).and_then(key_bits) == Some(16);
    Ok(Dictionaries { kinds: id(2), sites: id(4), short_sites })
}

fn key_bits(words: DictionaryEncoding<'_>) -> Option<i32> {
    words.indexType().filter(|key| !key.is_signed()).map(|key| key.bitWidth())
}

fn column_type(field: Field<'_>) -> Option<ColumnType> {
    match (field.type_type(), field.dictionary()) {
        (Type::Utf8, None) => Some(ColumnType::Text),
        (Type::Utf8, Some(words)) => match key_bits(words)? {
            8 => Some(ColumnType::Words),
            16 | 32 => Some(ColumnType::ManyWords),
            _ => None,
        },
        (Type::Int, None) => match field.type_as_int() {
            Some(int) if !int.is_signed() && int.bitWidth() == 32 => Some(ColumnType::U32),
            Some(int) if !int.is_signed() && int.bitWidth() == 64 => Some(ColumnType::U64),
            _ => None,
        },
        _ => None,
    }
}

/// Takes the columns of a record batch one after the other.
pub(super) struct Taker<'b> {
    body: &'b [u8],
    n_rows: usize,
    nodes: IntoIter<FieldNode>,
    buffers: IntoIter<Buffer>,
}

impl<'b> Taker<'b> {
    pub(super) fn new(batch: RecordBatch<'b>, body: &'b [u8]) -> Result<Self, &'static str> {
        if batch.compression().is_some() {
            return Err("it is compressed, which no trace is");
        }
        let n_rows = usize::try_from(batch.length()).map_err(|_| "its length is negative")?;
        let nodes: Vec<_> = batch.nodes().iter().flatten().copied().collect();
        let buffers: Vec<_> = batch.buffers().iter().flatten().copied().collect();
        Ok(Self { body, n_rows, nodes: nodes.into_iter(), buffers: buffers.into_iter() })
    }

    pub(super) fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// The bytes of the next buffer.
    fn buffer(&mut self) -> Result<&'b [u8], &'static str> {
        let buffer = self.buffers.next().ok_or("it has too few buffers")?;
        let bytes = || {
            let start = usize::try_from(buffer.offset()).ok()?;
            let end = start.checked_add(usize::try_from(buffer.length()).ok()?)?;
            self.body.get(start..end)
        };
        bytes().ok_or("one of its buffers is outside of it")
    }

    /// What every column begins with: which of its rows are there.
    fn present(&mut self) -> Result<Present<'b>, &'static str> {
        let node = self.nodes.next().ok_or("it has too few columns")?;
        if usize::try_from(node.length()) != Ok(self.n_rows) {
            return Err("its columns are of different lengths");
        }
        let bits = self.buffer()?;
        if node.null_count() == 0 {
            return Ok(Present(None));
        }
        let bits = bits.get(..self.n_rows.div_ceil(8)).ok_or("one of its buffers is too short")?;
        Ok(Present(Some(bits)))
    }

    fn fixed<const N: usize>(&mut self) -> Result<&'b [[u8; N]], &'static str> {
        let (values, _) = self.buffer()?.as_chunks();
        values.get(..self.n_rows).ok_or("one of its buffers is too short")
    }

    /// A column of numbers of `N` bytes.
    pub(super) fn numbers<const N: usize>(&mut self) -> Result<Numbers<'b, N>, &'static str> {
        Ok(Numbers { present: self.present()?, values: self.fixed()? })
    }

    /// A column of keys, of two bytes or of four.
    pub(super) fn keys(&mut self, short: bool) -> Result<Keys<'b>, &'static str> {
        Ok(if short { Keys::Short(self.numbers()?) } else { Keys::Long(self.numbers()?) })
    }

    /// A column of text.
    pub(super) fn texts(&mut self) -> Result<Texts<'b>, &'static str> {
        let present = self.present()?;
        let (ends, _) = self.buffer()?.as_chunks();
        let bytes = self.buffer()?;
        if ends.len() <= self.n_rows && self.n_rows > 0 {
            return Err("one of its buffers is too short");
        }
        Ok(Texts { present, ends, bytes })
    }
}

/// Which rows of a column are there; all, if nothing is said.
struct Present<'b>(Option<&'b [u8]>);

impl Present<'_> {
    #[inline]
    fn is(&self, row: usize) -> bool {
        self.0.is_none_or(|bits| bits.get(row / 8).is_some_and(|bits| bits >> (row % 8) & 1 == 1))
    }
}

/// A column of numbers.
pub(super) struct Numbers<'b, const N: usize> {
    present: Present<'b>,
    values: &'b [[u8; N]],
}

impl<const N: usize> Numbers<'_, N> {
    #[inline]
    fn bytes(&self, row: usize) -> Option<[u8; N]> {
        self.values.get(row).copied().filter(|_| self.present.is(row))
    }
}

impl Numbers<'_, 1> {
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<u8> {
        self.bytes(row).map(|[byte]| byte)
    }
}

impl Numbers<'_, 2> {
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<u16> {
        self.bytes(row).map(u16::from_le_bytes)
    }
}

impl Numbers<'_, 4> {
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<u32> {
        self.bytes(row).map(u32::from_le_bytes)
    }
}

impl Numbers<'_, 8> {
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<u64> {
        self.bytes(row).map(u64::from_le_bytes)
    }
}

/// The keys of a dictionary that may be large.
pub(super) enum Keys<'b> {
    Short(Numbers<'b, 2>),
    Long(Numbers<'b, 4>),
}

impl Keys<'_> {
    #[inline]
    pub(super) fn get(&self, row: usize) -> Option<u32> {
        match self {
            Self::Short(keys) => keys.get(row).map(u32::from),
            Self::Long(keys) => keys.get(row),
        }
    }
}

/// A column of text.
pub(super) struct Texts<'b> {
    present: Present<'b>,
    ends: &'b [[u8; 4]],
    bytes: &'b [u8],
}

impl<'b> Texts<'b> {
    /// The text of a row; an error if what should be one is none.
    #[inline]
    pub(super) fn get(&self, row: usize) -> Result<Option<&'b str>, &'static str> {
        if !self.present.is(row) {
            return Ok(None);
        }
        let end = |index: usize| {
            self.ends.get(index).and_then(|end| usize::try_from(i32::from_le_bytes(*end)).ok())
        };
        let bytes = end(row)
            .zip(end(row + 1))
            .and_then(|(start, end)| self.bytes.get(start..end))
            .ok_or("one of its texts is outside of it")?;
        str::from_utf8(bytes).map(Some).map_err(|_| "one of its texts is not UTF-8")
    }
}
