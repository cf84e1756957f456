use super::{methods, str_case, str_search, str_split, wrong_receiver};
use crate::interpreter::builtins::{bind_keywords, text_argument};
use crate::interpreter::ops;
use crate::interpreter::text::{
    decimal_value, format_template, format_template_map, is_alpha, is_digit, is_numeric,
    is_printable, is_space,
};
use crate::program::exception::{LOOKUP_ERROR, TYPE_ERROR, type_error, value_error};
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Free, Nothing, One, Positional},
    Str, Table, Value, Vm, heap,
};

methods! { METHODS "str":
    "capitalize" Nothing => str_case::capitalize;
    "casefold" Nothing => str_case::casefold;
    "center" Positional(1, 2) => center;
    "count" Positional(1, 3) => str_search::count;
    "encode" Free => encode;
    "endswith" Positional(1, 3) => str_search::ends_with;
    "expandtabs" Free => expand_tabs;
    "find" Positional(1, 3) => str_search::find;
    "format" Free => format;
    "format_map" One => format_map;
    "index" Positional(1, 3) => str_search::index;
    "isalnum" Nothing => is_alnum;
    "isalpha" Nothing => is_alpha_text;
    "isascii" Nothing => is_ascii;
    "isdecimal" Nothing => is_decimal;
    "isdigit" Nothing => is_digit_text;
    "isidentifier" Nothing => is_identifier;
    "islower" Nothing => str_case::is_lower;
    "isnumeric" Nothing => is_numeric_text;
    "isprintable" Nothing => is_printable_text;
    "isspace" Nothing => is_space_text;
    "istitle" Nothing => str_case::is_title;
    "isupper" Nothing => str_case::is_upper;
    "join" One => join;
    "ljust" Positional(1, 2) => left_justify;
    "lower" Nothing => str_case::lower;
    "lstrip" Positional(0, 1) => str_split::strip_left;
    "partition" One => str_search::partition;
    "removeprefix" One => str_search::remove_prefix;
    "removesuffix" One => str_search::remove_suffix;
    "replace" Free => str_search::replace;
    "rfind" Positional(1, 3) => str_search::find_last;
    "rindex" Positional(1, 3) => str_search::index_last;
    "rjust" Positional(1, 2) => right_justify;
    "rpartition" One => str_search::partition_last;
    "rsplit" Free => str_split::split_right;
    "rstrip" Positional(0, 1) => str_split::strip_right;
    "split" Free => str_split::split;
    "splitlines" Free => str_split::split_lines;
    "startswith" Positional(1, 3) => str_search::starts_with;
    "strip" Positional(0, 1) => str_split::strip;
    "swapcase" Nothing => str_case::swap_case;
    "title" Nothing => str_case::title;
    "translate" One => translate;
    "upper" Nothing => str_case::upper;
    "zfill" One => zero_fill;
}

/// `str.maketrans`, which needs no receiver.
pub(super) static MAKE_TRANS: Builtin =
    Builtin { name: "maketrans", owner: None, signature: Positional(1, 3), call: make_trans };

/// The str that a method is called on.
pub(super) fn this<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a Str> {
    match &args.positional[0] {
        Value::Str(text) => Ok(text),
        other => Err(wrong_receiver(method, "str", other)),
    }
}

fn all(args: Arguments<'_>, method: &str, test: fn(char) -> bool) -> PyResult<Value> {
    let text = this(args, method)?;
    Ok(Value::Bool(!text.is_empty() && text.chars().all(test)))
}

fn is_alnum(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    all(args, "isalnum", |c| is_alpha(c) || is_numeric(c))
}

fn is_alpha_text(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    all(args, "isalpha", is_alpha)
}

fn is_decimal(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    all(args, "isdecimal", |c| decimal_value(c).is_some())
}

fn is_digit_text(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    all(args, "isdigit", is_digit)
}

fn is_numeric_text(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    all(args, "isnumeric", is_numeric)
}

fn is_space_text(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    all(args, "isspace", is_space)
}

fn is_printable_text(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(this(args, "isprintable")?.chars().all(is_printable)))
}

fn is_ascii(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(this(args, "isascii")?.is_ascii()))
}

fn is_identifier(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut chars = this(args, "isidentifier")?.chars();
    let begins = |c: char| c == '_' || is_alpha(c) || is_numeric(c) && c.is_alphabetic();
    let starts = chars.next().is_some_and(begins);
    let goes_on = |c: char| begins(c) || c.is_alphabetic() || decimal_value(c).is_some();
    Ok(Value::Bool(starts && chars.all(goes_on)))
}

fn join(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let separator = this(args, "join")?;
    let mut items = match &args.positional[1] {
        Value::List(list) => list.borrow().clone(),
        other => ops::collect(vm, other).map_err(|stop| {
            if !ops::is_iterable(other) && stop.is_a(&TYPE_ERROR) {
                type_error("can only join an iterable")
            } else {
                stop
            }
        })?,
    };
    for item in &mut items {
        if let Some(text @ Value::Str(_)) = ops::payload(item) {
            *item = text.clone();
        }
    }
    if let [Value::Str(only)] = &items[..] {
        return Ok(Value::Str(only.clone()));
    }
    let mut bytes = separator.len().saturating_mul(items.len().saturating_sub(1));
    let mut count = separator.count().saturating_mul(items.len().saturating_sub(1));
    for (at, item) in items.iter().enumerate() {
        let Value::Str(text) = item else {
            return Err(type_error(format!(
                "sequence item {at}: expected str instance, {} found",
                item.type_name()
            )));
        };
        bytes = bytes.saturating_add(text.len());
        count = count.saturating_add(text.count());
    }
    vm.spend(items.len() as u64 / 16)?;
    heap::reserve(bytes as u64)?;
    let mut out = compact_str::CompactString::with_capacity(bytes);
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push_str(separator);
        }
        if let Value::Str(text) = item {
            out.push_str(text);
        }
    }
    Ok(Value::Str(Str::from_parts(out, count)))
}

fn justify(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    method: &str,
    split: impl Fn(usize, usize) -> usize,
) -> PyResult<Value> {
    let text = this(args, method)?;
    let width = usize::try_from(ops::index_of(vm, &args.positional[1])?).unwrap_or(0);
    let fill = match args.positional.get(2) {
        None => ' ',
        Some(Value::Str(fill)) if fill.count() == 1 => fill.chars().next().unwrap_or(' '),
        Some(Value::Str(_)) => {
            return Err(type_error("The fill character must be exactly one character long"));
        }
        Some(other) => {
            return Err(type_error(format!(
                "The fill character must be a unicode character, not {}",
                other.type_name()
            )));
        }
    };
    let padding = width.saturating_sub(text.count());
    if padding == 0 {
        return Ok(Value::Str(text.clone()));
    }
    heap::reserve(padding as u64)?;
    let before = split(padding, width);
    let mut out = String::with_capacity(text.len() + padding * fill.len_utf8());
    out.extend(std::iter::repeat_n(fill, before));
    out.push_str(text);
    out.extend(std::iter::repeat_n(fill, padding - before));
    Ok(Value::from(out))
}

fn center(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    justify(vm, args, "center", |padding, width| padding / 2 + (padding & width & 1))
}

fn left_justify(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    justify(vm, args, "ljust", |_, _| 0)
}

fn right_justify(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    justify(vm, args, "rjust", |padding, _| padding)
}

fn zero_fill(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "zfill")?;
    let width = usize::try_from(ops::index_of(vm, &args.positional[1])?).unwrap_or(0);
    let padding = width.saturating_sub(text.count());
    if padding == 0 {
        return Ok(Value::Str(text.clone()));
    }
    heap::reserve(padding as u64)?;
    let (sign, rest) = text.split_at(usize::from(text.starts_with(['+', '-'])));
    Ok(Value::from(format!("{sign}{}{rest}", "0".repeat(padding))))
}

fn expand_tabs(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "expandtabs")?;
    let [size] =
        bind_keywords("expandtabs", ["tabsize"], 1, 0, &args.positional[1..], args.keywords)?;
    let size = match &size {
        Some(size) => usize::try_from(ops::index_of(vm, size)?).unwrap_or(0),
        None => 8,
    };
    let tabs = text.matches('\t').count();
    heap::reserve((tabs as u64).saturating_mul(size as u64))?;
    let (mut out, mut column) = (String::with_capacity(text.len()), 0);
    for c in text.chars() {
        match c {
            '\t' => {
                let spaces = if size == 0 { 0 } else { size - column % size };
                out.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            '\n' | '\r' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    Ok(Value::from(out))
}

fn format(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "format")?;
    format_template(vm, text, &args.positional[1..], args.keywords).map(Value::Str)
}

fn format_map(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    format_template_map(vm, this(args, "format_map")?, &args.positional[1]).map(Value::Str)
}

fn encode(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "encode")?;
    let [encoding, errors] = bind_keywords(
        "encode",
        ["encoding", "errors"],
        2,
        0,
        &args.positional[1..],
        args.keywords,
    )?;
    let name = |value: Option<Value>, what: &str, default: &str| match value {
        Some(value) => text_argument("encode", what, &value).cloned(),
        None => Ok(Str::from(default)),
    };
    let encoding = name(encoding, "argument 'encoding'", "utf-8")?;
    let errors = name(errors, "argument 'errors'", "strict")?;
    super::encodings::encode(text, &encoding, &errors)
}

fn translate(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "translate")?;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let code = Value::Int(i64::from(u32::from(c)));
        match ops::get_item(vm, &args.positional[1], &code) {
            Ok(Value::None) => {}
            Ok(Value::Str(replacement)) => out.push_str(&replacement),
            Ok(Value::Int(code)) => match u32::try_from(code).ok().and_then(char::from_u32) {
                Some(c) => out.push(c),
                None => {
                    return Err(value_error("character mapping must be in range(0x110000)"));
                }
            },
            Ok(_) => {
                return Err(type_error("character mapping must return integer, None or str"));
            }
            Err(stop) if stop.is_a(&LOOKUP_ERROR) => out.push(c),
            Err(stop) => return Err(stop),
        }
        heap::reserve(out.len() as u64)?;
    }
    Ok(Value::from(out))
}

fn make_trans(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let code = |c: char| Value::Int(i64::from(u32::from(c)));
    let mut pairs = Vec::new();
    match args.positional {
        [Value::Dict(dict)] => {
            let entries: Vec<_> =
                dict.borrow().iter().map(|e| (e.key.clone(), e.value.clone())).collect();
            for (key, value) in entries {
                match &key {
                    Value::Str(text) => {
                        let (Some(c), 1) = (text.chars().next(), text.count()) else {
                            return Err(value_error(
                                "string keys in translatetable must be of length 1",
                            ));
                        };
                        pairs.push((code(c), value));
                    }
                    Value::Int(_) | Value::Bool(_) => pairs.push((key, value)),
                    _ => {
                        return Err(type_error(
                            "keys in translate table must be strings or integers",
                        ));
                    }
                }
            }
        }
        [_] => {
            return Err(type_error("if you give only one argument to maketrans it must be a dict"));
        }
        [from, to, rest @ ..] => {
            let to = text_argument("maketrans", "argument 2", to)?;
            let Value::Str(from) = from else {
                return Err(type_error(
                    "first maketrans argument must be a string if there is a second argument",
                ));
            };
            if from.count() != to.count() {
                return Err(value_error(
                    "the first two maketrans arguments must have equal length",
                ));
            }
            pairs.extend(from.chars().zip(to.chars()).map(|(a, b)| (code(a), code(b))));
            if let [deleted] = rest {
                let deleted = text_argument("maketrans", "argument 3", deleted)?;
                pairs.extend(deleted.chars().map(|c| (code(c), Value::None)));
            }
        }
        [] => {
            return Ok(Value::Dict(std::rc::Rc::new(crate::program::value::DictObject::new(
                Table::new(),
            ))));
        }
    }
    ops::dict_from(vm, pairs)
}
