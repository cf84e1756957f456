//! The columns, and the words in them.

use arrow_schema::{DataType, Field, Metadata, Schema};

use crate::trace::{EventKind, Header};

/// Under which key of the schema's metadata the header stands.
pub(super) const HEADER_KEY: &str = "loopsim";

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    Event(EventKind),
    Lane,
    LaneRuns,
    Text,
    Outcome,
}

impl RowKind {
    /// All kinds of rows, in the order of their numbers in the column.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let events = EventKind::ALL.iter().copied().map(Self::Event);
        events.chain([Self::Lane, Self::LaneRuns, Self::Text, Self::Outcome])
    }

    /// Its number in the column.
    pub(super) fn number(self) -> u8 {
        /// The number of event kinds, all of which fit in a byte.
        #[expect(clippy::cast_possible_truncation, reason = "a kind is a byte")]
        const EVENTS: u8 = EventKind::ALL.len() as u8;
        match self {
            Self::Event(kind) => kind as u8,
            Self::Lane => EVENTS,
            Self::LaneRuns => EVENTS + 1,
            Self::Text => EVENTS + 2,
            Self::Outcome => EVENTS + 3,
        }
    }

    /// Its word in the column.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Event(kind) => kind.name(),
            Self::Lane => "lane",
            Self::LaneRuns => "lane_runs",
            Self::Text => "text",
            Self::Outcome => "outcome",
        }
    }

    /// The kind of that word.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::all().find(|kind| kind.name() == name)
    }
}

/// So many sites are told apart by two bytes; more of them take four.
pub(super) const SHORT_SITES_MAX: usize = 1 << 16;

/// The schema of a trace with that header, which lists that many sites.
pub(super) fn schema(header_json: String, n_sites: usize) -> Schema {
    let site_key = if n_sites > SHORT_SITES_MAX { DataType::UInt32 } else { DataType::UInt16 };
    let words = |key| DataType::Dictionary(Box::new(key), Box::new(DataType::Utf8));
    let fields = vec![
        Field::new("id", DataType::UInt32, true),
        Field::new("at_ns", DataType::UInt64, false),
        Field::new("kind", words(DataType::UInt8), false),
        Field::new("lane", DataType::UInt32, true),
        Field::new("site", words(site_key), true),
        Field::new("cause", DataType::UInt32, true),
        Field::new("a", DataType::UInt32, false),
        Field::new("b", DataType::UInt32, false),
        Field::new("text", DataType::Utf8, true),
    ];
    Schema::new_with_metadata(fields, Metadata::from([(HEADER_KEY.to_owned(), header_json)]))
}

/// The words of the `site` column: those of site 1 first.
pub(super) fn site_words(header: &Header) -> impl Iterator<Item = String> + '_ {
    header.sites.iter().map(|site| {
        let source = header.sources.get(site.source as usize).map_or("?", |(name, _)| name);
        format!("{source}:{}", site.line)
    })
}
