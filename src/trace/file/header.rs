//! What both forms begin with.

use serde::{Deserialize, Serialize};

use super::ReadTraceError;
use crate::trace::Header;
use crate::trace::event::VOCABULARY_VERSION;

/// Version of the file forms; goes up when the layout of one of them changes.
pub const FORMAT_VERSION: u32 = 1;

/// The name in every file.
const FORMAT: &str = "loopsim-trace";

#[derive(Serialize)]
struct Written<'a> {
    format: &'a str,
    version: u32,
    vocabulary: u32,
    header: &'a Header,
}

/// Only what every version has, so that a newer one is known as such.
#[derive(Deserialize)]
struct Versions {
    format: String,
    version: u32,
    vocabulary: u32,
}

#[derive(Deserialize)]
struct Read {
    header: Header,
}

/// The header as one line of JSON.
pub(super) fn to_json(header: &Header) -> Result<String, serde_json::Error> {
    let (version, vocabulary) = (FORMAT_VERSION, VOCABULARY_VERSION);
    serde_json::to_string(&Written { format: FORMAT, version, vocabulary, header })
}

/// The header from JSON, if it is one of a version that is known.
pub(super) fn from_json(json: &[u8]) -> Result<Header, ReadTraceError> {
    let versions: Versions = serde_json::from_slice(json)
        .ok()
        .filter(|versions: &Versions| versions.format == FORMAT)
        .ok_or_else(|| {
            ReadTraceError::NotATrace(format!("its header does not say `{FORMAT}` and a version"))
        })?;
    check_version("file format", versions.version, FORMAT_VERSION)?;
    check_version("event vocabulary", versions.vocabulary, VOCABULARY_VERSION)?;
    let read: Read = serde_json::from_slice(json)
        .map_err(|error| ReadTraceError::damaged("its header", error))?;
    Ok(read.header)
}

fn check_version(part: &'static str, found: u32, known: u32) -> Result<(), ReadTraceError> {
    if found > known {
        return Err(ReadTraceError::NewerVersion { part, found, known });
    }
    if found == 0 {
        let what = format!("there has never been a version 0 of the {part}");
        return Err(ReadTraceError::damaged("its header", what));
    }
    Ok(())
}
