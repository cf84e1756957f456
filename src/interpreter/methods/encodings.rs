//! Encodings: `str.encode` and `bytes.decode`.

use std::fmt::Write as _;
use std::rc::Rc;

use super::bytes::bytes;
use crate::program::exception::{
    ExceptionObject, LOOKUP_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, raise,
};
use crate::program::value::{BytesObject, PyResult, Str, Value, heap};

/// The encodings that there are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Ascii,
    Latin1,
    /// UTF-16 or UTF-32 with that many bytes a unit, in one order of them.
    Wide {
        size: usize,
        order: Order,
    },
}

/// In which order the bytes of a unit stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// The least first.
    Little,
    /// The greatest first.
    Big,
    /// As a mark at the beginning says; without one, and for writing, the least first.
    Marked,
}

impl Encoding {
    fn of(name: &str) -> PyResult<Self> {
        match name.to_ascii_lowercase().replace('_', "-").as_str() {
            "utf-8" | "utf8" | "u8" | "cp65001" => Ok(Self::Utf8),
            "ascii" | "us-ascii" | "646" => Ok(Self::Ascii),
            "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "l1" | "8859" => Ok(Self::Latin1),
            "utf-16" | "utf16" | "u16" => Ok(Self::Wide { size: 2, order: Order::Marked }),
            "utf-16-le" | "utf-16le" => Ok(Self::Wide { size: 2, order: Order::Little }),
            "utf-16-be" | "utf-16be" => Ok(Self::Wide { size: 2, order: Order::Big }),
            "utf-32" | "utf32" | "u32" => Ok(Self::Wide { size: 4, order: Order::Marked }),
            "utf-32-le" | "utf-32le" => Ok(Self::Wide { size: 4, order: Order::Little }),
            "utf-32-be" | "utf-32be" => Ok(Self::Wide { size: 4, order: Order::Big }),
            _ => Err(raise(&LOOKUP_ERROR, format!("unknown encoding: {name}"))),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Ascii => "ascii",
            Self::Latin1 => "latin-1",
            Self::Wide { size: 2, order: Order::Big } => "utf-16-be",
            Self::Wide { size: 2, .. } => "utf-16-le",
            Self::Wide { order: Order::Big, .. } => "utf-32-be",
            Self::Wide { .. } => "utf-32-le",
        }
    }
}

/// A text in UTF-16 or UTF-32.
fn encode_wide(text: &str, size: usize, order: Order) -> Vec<u8> {
    let mark = if order == Order::Marked { "\u{feff}" } else { "" };
    let mut out = Vec::new();
    for c in mark.chars().chain(text.chars()) {
        let mut units = [0; 2];
        let units: Vec<u32> = if size == 2 {
            c.encode_utf16(&mut units).iter().map(|unit| u32::from(*unit)).collect()
        } else {
            vec![u32::from(c)]
        };
        for unit in units {
            let little = unit.to_le_bytes();
            match order {
                Order::Big => out.extend(little[..size].iter().rev()),
                Order::Little | Order::Marked => out.extend(&little[..size]),
            }
        }
    }
    out
}

/// What UTF-16 or UTF-32 says; or from where to where it says nothing, and why.
fn decode_wide(
    data: &[u8],
    size: usize,
    order: Order,
) -> Result<String, (std::ops::Range<usize>, &'static str)> {
    let mut is_big = order == Order::Big;
    let mut start = 0;
    if order == Order::Marked && data.len() >= size {
        let first = &data[..size];
        let little = first[..2] == [0xff, 0xfe] && first[2..].iter().all(|byte| *byte == 0);
        is_big = first[size - 2..] == [0xfe, 0xff] && first[..size - 2].iter().all(|b| *b == 0);
        start = if little || is_big { size } else { 0 };
    }
    let unit = |at: usize| {
        let bytes = data.get(at..at + size)?;
        let value = |value: u32, byte: &u8| value << 8 | u32::from(*byte);
        Some(if is_big { bytes.iter().fold(0, value) } else { bytes.iter().rev().fold(0, value) })
    };
    let mut out = String::new();
    let mut at = start;
    while at < data.len() {
        let Some(first) = unit(at) else { return Err((at..data.len(), "truncated data")) };
        let is_high = size == 2 && (0xd800..0xdc00).contains(&first);
        let (code, len) = match unit(at + size) {
            Some(second) if is_high && (0xdc00..0xe000).contains(&second) => {
                (0x1_0000 + ((first - 0xd800) << 10 | (second - 0xdc00)), 2 * size)
            }
            None if is_high => return Err((at..data.len(), "unexpected end of data")),
            _ => (first, size),
        };
        match char::from_u32(code) {
            Some(c) => out.push(c),
            None if size == 4 => return Err((at..at + 4, "code point not in range(0x110000)")),
            None => return Err((at..at + 2, "illegal encoding")),
        }
        at += len;
    }
    Ok(out)
}

/// `str.encode`.
pub(in crate::interpreter) fn encode(text: &Str, encoding: &str, errors: &str) -> PyResult<Value> {
    let encoding = Encoding::of(encoding)?;
    heap::reserve(text.len() as u64)?;
    if let Encoding::Wide { size, order } = encoding {
        heap::reserve(text.len() as u64 * 4)?;
        return Ok(bytes(encode_wide(text, size, order)));
    }
    if encoding == Encoding::Utf8 || text.is_ascii() {
        return Ok(bytes(text.as_bytes().to_vec()));
    }
    let limit = if encoding == Encoding::Ascii { 128 } else { 256 };
    let mut out = Vec::with_capacity(text.len());
    let fits = |c: char| u8::try_from(u32::from(c)).ok().filter(|byte| u32::from(*byte) < limit);
    for (at, c) in text.chars().enumerate() {
        match (fits(c), errors) {
            (Some(byte), _) => out.push(byte),
            (None, "ignore") => {}
            (None, "replace") => out.push(b'?'),
            (None, "backslashreplace") => {
                out.extend(crate::interpreter::text::ascii_only(&c.to_string()).bytes());
            }
            (None, "xmlcharrefreplace") => {
                out.extend(format!("&#{};", u32::from(c)).bytes());
            }
            (None, "strict") => {
                let run = text.chars().skip(at).take_while(|c| fits(*c).is_none()).count();
                let reason = format!("ordinal not in range({limit})");
                let object = Value::Str(text.clone());
                return Err(unicode_error(
                    &UNICODE_ENCODE_ERROR,
                    encoding.name(),
                    object,
                    at..at + run,
                    &reason,
                ));
            }
            (None, unknown) => return Err(unknown_handler(unknown)),
        }
    }
    Ok(bytes(out))
}

#[cold]
fn unknown_handler(name: &str) -> crate::program::value::Stop {
    raise(&LOOKUP_ERROR, format!("unknown error handler name '{name}'"))
}

#[cold]
fn unicode_error(
    ty: &'static crate::program::value::TypeObject,
    codec: &str,
    object: Value,
    range: std::ops::Range<usize>,
    reason: &str,
) -> crate::program::value::Stop {
    let args = vec![
        Value::from(codec),
        object,
        Value::from(range.start),
        Value::from(range.end),
        Value::from(reason),
    ];
    Rc::new(ExceptionObject::new(ty, args)).into()
}

/// `bytes.decode`.
pub(in crate::interpreter) fn decode(
    data: &BytesObject,
    encoding: &str,
    errors: &str,
) -> PyResult<Value> {
    let encoding = Encoding::of(encoding)?;
    heap::reserve(data.len() as u64 * 3)?;
    if encoding == Encoding::Latin1 {
        return Ok(Value::from(data.iter().map(|byte| char::from(*byte)).collect::<String>()));
    }
    if let Encoding::Wide { size, order } = encoding {
        return decode_wide(data, size, order).map(Value::from).map_err(|(range, reason)| {
            let object = bytes(data.to_vec());
            unicode_error(&UNICODE_DECODE_ERROR, encoding.name(), object, range, reason)
        });
    }
    let mut out = String::with_capacity(data.len());
    let mut at = 0;
    while at < data.len() {
        let rest = &data[at..];
        let (good, bad, reason) = next_error(rest, encoding);
        out.push_str(std::str::from_utf8(&rest[..good]).unwrap_or(""));
        at += good;
        if bad == 0 {
            break;
        }
        match errors {
            "strict" => {
                let object = bytes(data.to_vec());
                let range = at..at + bad;
                let codec = encoding.name();
                return Err(unicode_error(&UNICODE_DECODE_ERROR, codec, object, range, reason));
            }
            "ignore" => {}
            "replace" => out.push('\u{fffd}'),
            "backslashreplace" => {
                for byte in &data[at..at + bad] {
                    let _ = write!(out, "\\x{byte:02x}");
                }
            }
            unknown => return Err(unknown_handler(unknown)),
        }
        at += bad;
    }
    Ok(Value::from(out))
}

/// How many bytes are good, how many after them are bad, and why.
fn next_error(data: &[u8], encoding: Encoding) -> (usize, usize, &'static str) {
    if encoding == Encoding::Ascii {
        return match data.iter().position(|byte| !byte.is_ascii()) {
            Some(at) => (at, 1, "ordinal not in range(128)"),
            None => (data.len(), 0, ""),
        };
    }
    match std::str::from_utf8(data) {
        Ok(_) => (data.len(), 0, ""),
        Err(error) => {
            let good = error.valid_up_to();
            match error.error_len() {
                None => (good, data.len() - good, "unexpected end of data"),
                Some(bad) => {
                    let starts = matches!(data[good], 0xc2..=0xf4);
                    let reason =
                        if starts { "invalid continuation byte" } else { "invalid start byte" };
                    (good, bad, reason)
                }
            }
        }
    }
}
