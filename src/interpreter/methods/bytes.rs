use std::fmt::Write as _;
use std::rc::Rc;

use super::bytes_text::as_text;
use super::{methods, wrong_receiver};
use crate::interpreter::builtins::{bind_keywords, text_argument};
use crate::interpreter::ops;
use crate::program::exception::{
    ExceptionObject, LOOKUP_ERROR, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, raise, type_error,
    value_error,
};
use crate::program::value::{
    Arguments, Builtin, BytesObject, NativeFn, PyResult,
    Signature::{Free, Nothing, One, Positional},
    Str, Value, Vm, heap,
};

methods! { METHODS "bytes":
    "capitalize" Nothing => |vm, args| as_text(vm, "capitalize", args);
    "center" Positional(1, 2) => |vm, args| as_text(vm, "center", args);
    "count" One => count;
    "decode" Free => decode_method;
    "endswith" Positional(1, 3) => |vm, args| plain_or_text(vm, args, 2, "endswith", ends_with);
    "expandtabs" Free => |vm, args| as_text(vm, "expandtabs", args);
    "find" Positional(1, 3) => |vm, args| plain_or_text(vm, args, 2, "find", find);
    "hex" Free => hex;
    "index" One => index;
    "isalnum" Nothing => |vm, args| as_text(vm, "isalnum", args);
    "isalpha" Nothing => |vm, args| as_text(vm, "isalpha", args);
    "isascii" Nothing => |vm, args| as_text(vm, "isascii", args);
    "isdigit" Nothing => is_digit;
    "islower" Nothing => |vm, args| as_text(vm, "islower", args);
    "isspace" Nothing => |vm, args| as_text(vm, "isspace", args);
    "istitle" Nothing => |vm, args| as_text(vm, "istitle", args);
    "isupper" Nothing => |vm, args| as_text(vm, "isupper", args);
    "join" One => join;
    "ljust" Positional(1, 2) => |vm, args| as_text(vm, "ljust", args);
    "lower" Nothing => lower;
    "lstrip" Positional(0, 1) => strip_left;
    "partition" One => |vm, args| as_text(vm, "partition", args);
    "removeprefix" One => |vm, args| as_text(vm, "removeprefix", args);
    "removesuffix" One => |vm, args| as_text(vm, "removesuffix", args);
    "replace" Positional(2, 3) => |vm, args| plain_or_text(vm, args, 3, "replace", replace);
    "rfind" Positional(1, 3) => |vm, args| as_text(vm, "rfind", args);
    "rindex" Positional(1, 3) => |vm, args| as_text(vm, "rindex", args);
    "rjust" Positional(1, 2) => |vm, args| as_text(vm, "rjust", args);
    "rpartition" One => |vm, args| as_text(vm, "rpartition", args);
    "rsplit" Free => |vm, args| as_text(vm, "rsplit", args);
    "rstrip" Positional(0, 1) => strip_right;
    "split" Positional(0, 2) => |vm, args| plain_or_text(vm, args, 2, "split", split);
    "splitlines" Free => |vm, args| as_text(vm, "splitlines", args);
    "startswith" Positional(1, 3) => |vm, args| plain_or_text(vm, args, 2, "startswith", starts_with);
    "strip" Positional(0, 1) => strip;
    "swapcase" Nothing => |vm, args| as_text(vm, "swapcase", args);
    "title" Nothing => |vm, args| as_text(vm, "title", args);
    "upper" Nothing => upper;
    "zfill" One => |vm, args| as_text(vm, "zfill", args);
}

/// A method that has an own form for the usual number of arguments, with the receiver.
fn plain_or_text(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    usual: usize,
    name: &str,
    plain: NativeFn,
) -> PyResult<Value> {
    if args.positional.len() <= usual { plain(vm, args) } else { as_text(vm, name, args) }
}

/// `bytes.fromhex`, which needs no receiver.
pub(super) static FROM_HEX: Builtin =
    Builtin { name: "fromhex", owner: None, signature: One, call: from_hex };

fn this<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a BytesObject> {
    match &args.positional[0] {
        Value::Bytes(data) => Ok(data),
        other => Err(wrong_receiver(method, "bytes", other)),
    }
}

/// Bytes as a value.
pub(in crate::interpreter) fn bytes(data: Vec<u8>) -> Value {
    Value::Bytes(Rc::new(BytesObject::new(data)))
}

/// The bytes, or the one byte, that an argument stands for.
fn needle(vm: &mut dyn Vm, value: &Value) -> PyResult<Vec<u8>> {
    if let Value::Bytes(data) = value {
        return Ok(data.to_vec());
    }
    match ops::as_index(vm, value)? {
        Some(Value::Int(byte)) => match u8::try_from(byte) {
            Ok(byte) => Ok(vec![byte]),
            Err(_) => Err(value_error("byte must be in range(0, 256)")),
        },
        _ => Err(type_error(format!(
            "argument should be integer or bytes-like object, not '{}'",
            value.type_name()
        ))),
    }
}

fn position(data: &[u8], wanted: &[u8]) -> Option<usize> {
    if wanted.is_empty() {
        return Some(0);
    }
    data.windows(wanted.len()).position(|window| window == wanted)
}

fn find(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let wanted = needle(vm, &args.positional[1])?;
    Ok(position(this(args, "find")?, &wanted).map_or(Value::Int(-1), Value::from))
}

fn index(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let wanted = needle(vm, &args.positional[1])?;
    let found = position(this(args, "index")?, &wanted);
    found.map(Value::from).ok_or_else(|| value_error("subsection not found"))
}

fn count(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let wanted = needle(vm, &args.positional[1])?;
    let data = this(args, "count")?;
    if wanted.is_empty() {
        return Ok(Value::from(data.len() + 1));
    }
    Ok(Value::from(parts(data, &wanted).len() - 1))
}

fn parts<'a>(data: &'a [u8], separator: &[u8]) -> Vec<&'a [u8]> {
    let (mut all, mut rest) = (Vec::new(), data);
    while let Some(at) = position(rest, separator) {
        all.push(&rest[..at]);
        rest = &rest[at + separator.len()..];
    }
    all.push(rest);
    all
}

fn like_bytes(value: &Value) -> PyResult<&[u8]> {
    match value {
        Value::Bytes(data) => Ok(data),
        other => {
            Err(type_error(format!("a bytes-like object is required, not '{}'", other.type_name())))
        }
    }
}

fn tailmatch(args: Arguments<'_>, method: &str, test: fn(&[u8], &[u8]) -> bool) -> PyResult<Value> {
    let data = this(args, method)?;
    match &args.positional[1] {
        Value::Bytes(wanted) => Ok(Value::Bool(test(data, wanted))),
        Value::Tuple(choices) => {
            for choice in choices.iter() {
                if test(data, like_bytes(choice)?) {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        other => Err(type_error(format!(
            "{method} first arg must be bytes or a tuple of bytes, not {}",
            other.type_name()
        ))),
    }
}

fn starts_with(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    tailmatch(args, "startswith", |data, wanted| data.starts_with(wanted))
}

fn ends_with(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    tailmatch(args, "endswith", |data, wanted| data.ends_with(wanted))
}

fn is_digit(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let data = this(args, "isdigit")?;
    Ok(Value::Bool(!data.is_empty() && data.iter().all(u8::is_ascii_digit)))
}

fn lower(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(bytes(this(args, "lower")?.to_ascii_lowercase()))
}

fn upper(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(bytes(this(args, "upper")?.to_ascii_uppercase()))
}

fn join(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let separator = this(args, "join")?;
    let mut out = Vec::new();
    for (at, item) in ops::collect(vm, &args.positional[1])?.iter().enumerate() {
        let Value::Bytes(data) = item else {
            return Err(type_error(format!(
                "sequence item {at}: expected a bytes-like object, {} found",
                item.type_name()
            )));
        };
        if at > 0 {
            out.extend_from_slice(separator);
        }
        heap::reserve((out.len() + data.len()) as u64)?;
        out.extend_from_slice(data);
    }
    Ok(bytes(out))
}

fn replace(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let data = this(args, "replace")?;
    let (old, new) = (like_bytes(&args.positional[1])?, like_bytes(&args.positional[2])?);
    if old.is_empty() {
        let mut out = new.to_vec();
        heap::reserve((data.len() as u64).saturating_mul(new.len() as u64 + 1))?;
        for byte in data.iter() {
            out.push(*byte);
            out.extend_from_slice(new);
        }
        return Ok(bytes(out));
    }
    let parts = parts(data, old);
    heap::reserve(data.len() as u64 + (parts.len() as u64).saturating_mul(new.len() as u64))?;
    Ok(bytes(parts.join(new)))
}

fn split(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let data = this(args, "split")?;
    let parts = match args.positional.get(1) {
        None | Some(Value::None) => {
            data.split(u8::is_ascii_whitespace).filter(|part| !part.is_empty()).collect()
        }
        Some(separator) => {
            let separator = like_bytes(separator)?;
            if separator.is_empty() {
                return Err(value_error("empty separator"));
            }
            parts(data, separator)
        }
    };
    heap::reserve_values(parts.len())?;
    Ok(Value::list(parts.into_iter().map(|part| bytes(part.to_vec())).collect()))
}

fn stripped(args: Arguments<'_>, method: &str, left: bool, right: bool) -> PyResult<Value> {
    let mut data: &[u8] = this(args, method)?;
    let chars: &[u8] = match args.positional.get(1) {
        None | Some(Value::None) => b" \t\n\r\x0b\x0c",
        Some(chars) => like_bytes(chars)?,
    };
    while left && data.first().is_some_and(|byte| chars.contains(byte)) {
        data = &data[1..];
    }
    while right && data.last().is_some_and(|byte| chars.contains(byte)) {
        data = &data[..data.len() - 1];
    }
    Ok(bytes(data.to_vec()))
}

fn strip(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    stripped(args, "strip", true, true)
}

fn strip_left(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    stripped(args, "lstrip", true, false)
}

fn strip_right(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    stripped(args, "rstrip", false, true)
}

fn hex(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let data = this(args, "hex")?;
    let [separator, group] =
        bind_keywords("hex", ["sep", "bytes_per_sep"], 2, 0, &args.positional[1..], args.keywords)?;
    let group = match &group {
        Some(group) => ops::index_of(vm, group)?,
        None => 1,
    };
    let separator = match &separator {
        Some(separator) => {
            let separator = text_argument("hex", "sep", separator)?;
            if separator.count() != 1 {
                return Err(value_error("sep must be length 1."));
            }
            separator.clone()
        }
        None => Str::empty(),
    };
    heap::reserve(data.len() as u64 * 3)?;
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = String::with_capacity(data.len() * 2);
    for (at, byte) in data.iter().enumerate() {
        // Groups are counted from the end, or from the beginning if the size is negative.
        let place = if group > 0 { data.len() - at } else { at };
        if at > 0 && size > 0 && place.is_multiple_of(size) {
            out.push_str(&separator);
        }
        let _ = write!(out, "{byte:02x}");
    }
    Ok(Value::from(out))
}

fn from_hex(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = text_argument("fromhex", "argument", &args.positional[0])?;
    let mut out = Vec::new();
    let mut chars = text.chars().enumerate().filter(|(_, c)| !c.is_ascii_whitespace());
    let bad = |at: usize| {
        value_error(format!("non-hexadecimal number found in fromhex() arg at position {at}"))
    };
    while let Some((at, high)) = chars.next() {
        let high = high.to_digit(16).ok_or_else(|| bad(at))?;
        let Some((at, low)) = chars.next() else {
            return Err(value_error(
                "fromhex() arg must contain an even number of hexadecimal digits",
            ));
        };
        let low = low.to_digit(16).ok_or_else(|| bad(at))?;
        out.push(u8::try_from(high * 16 + low).unwrap_or(0));
    }
    Ok(bytes(out))
}

fn decode_method(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let data = this(args, "decode")?;
    let [encoding, errors] = bind_keywords(
        "decode",
        ["encoding", "errors"],
        2,
        0,
        &args.positional[1..],
        args.keywords,
    )?;
    let name = |value: Option<Value>, what: &str, default: &str| match value {
        Some(value) => text_argument("decode", what, &value).cloned(),
        None => Ok(Str::from(default)),
    };
    let encoding = name(encoding, "argument 'encoding'", "utf-8")?;
    let errors = name(errors, "argument 'errors'", "strict")?;
    decode(data, &encoding, &errors)
}

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
