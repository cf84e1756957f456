use std::fmt::Write as _;
use std::rc::Rc;

use super::bytes_text::as_text;
use super::{methods, wrong_receiver};
use crate::interpreter::builtins::{bind_keywords, text_argument};
use crate::interpreter::ops;
use crate::program::exception::{type_error, value_error};
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
    super::encodings::decode(data, &encoding, &errors)
}
