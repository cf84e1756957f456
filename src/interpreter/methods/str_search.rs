use super::str::this;
use crate::interpreter::builtins::{bind_keywords, text_argument};
use crate::interpreter::ops;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, PyResult, Str, Value, Vm, heap};

/// The part of a str between the optional arguments `start` and `end`, as byte offsets; `None` if
/// `start` lies behind the end.
fn part(vm: &mut dyn Vm, text: &Str, args: Arguments<'_>) -> PyResult<Option<(usize, usize)>> {
    let len = text.count();
    let mut bound = |at: usize, missing: usize| -> PyResult<usize> {
        let Some(value) = args.positional.get(at).filter(|value| !matches!(value, Value::None))
        else {
            return Ok(missing);
        };
        let Some(index) = ops::clamp_index(vm, value)? else {
            return Err(type_error(
                "slice indices must be integers or None or have an __index__ method",
            ));
        };
        let index =
            if index < 0 { index.saturating_add_unsigned(len as u64).max(0) } else { index };
        Ok(usize::try_from(index).unwrap_or(usize::MAX))
    };
    let (start, end) = (bound(2, 0)?, bound(3, len)?.min(len));
    if start > end {
        return Ok(None);
    }
    Ok(Some((text.offset_of(start), text.offset_of(end))))
}

/// Finds the argument in the receiver: the code point where it begins.
fn search(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    method: &str,
    find: fn(&str, &str) -> Option<usize>,
) -> PyResult<Option<usize>> {
    let text = this(args, method)?;
    let wanted = text_argument(method, "argument 1", &args.positional[1])?;
    let Some((start, end)) = part(vm, text, args)? else { return Ok(None) };
    vm.spend((end - start) as u64 / 256)?;
    Ok(find(&text[start..end], wanted).map(|at| text.index_of(start + at)))
}

fn or_minus_one(found: Option<usize>) -> Value {
    found.map_or(Value::Int(-1), Value::from)
}

/// `str.find`.
pub(super) fn find(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    search(vm, args, "find", |text, wanted| text.find(wanted)).map(or_minus_one)
}

/// `str.rfind`.
pub(super) fn find_last(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    search(vm, args, "rfind", |text, wanted| text.rfind(wanted)).map(or_minus_one)
}

/// `str.index`.
pub(super) fn index(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let found = search(vm, args, "index", |text, wanted| text.find(wanted))?;
    found.map(Value::from).ok_or_else(|| value_error("substring not found"))
}

/// `str.rindex`.
pub(super) fn index_last(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let found = search(vm, args, "rindex", |text, wanted| text.rfind(wanted))?;
    found.map(Value::from).ok_or_else(|| value_error("substring not found"))
}

/// `str.count`.
pub(super) fn count(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "count")?;
    let wanted = text_argument("count", "argument 1", &args.positional[1])?;
    let Some((start, end)) = part(vm, text, args)? else { return Ok(Value::Int(0)) };
    vm.spend((end - start) as u64 / 256)?;
    let text = &text[start..end];
    Ok(Value::from(if wanted.is_empty() {
        text.chars().count() + 1
    } else {
        text.matches(wanted.as_str()).count()
    }))
}

fn tailmatch(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    method: &str,
    test: fn(&str, &str) -> bool,
) -> PyResult<Value> {
    let text = this(args, method)?;
    let range = part(vm, text, args)?;
    let matches = |wanted: &str| range.is_some_and(|(start, end)| test(&text[start..end], wanted));
    match &args.positional[1] {
        Value::Str(wanted) => Ok(Value::Bool(matches(wanted))),
        Value::Tuple(choices) => {
            for choice in choices.iter() {
                let Value::Str(wanted) = choice else {
                    return Err(type_error(format!(
                        "tuple for {method} must only contain str, not {}",
                        choice.type_name()
                    )));
                };
                if matches(wanted) {
                    return Ok(Value::Bool(true));
                }
            }
            Ok(Value::Bool(false))
        }
        other => Err(type_error(format!(
            "{method} first arg must be str or a tuple of str, not {}",
            other.type_name()
        ))),
    }
}

/// `str.startswith`.
pub(super) fn starts_with(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    tailmatch(vm, args, "startswith", |text, wanted| text.starts_with(wanted))
}

/// `str.endswith`.
pub(super) fn ends_with(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    tailmatch(vm, args, "endswith", |text, wanted| text.ends_with(wanted))
}

/// `str.replace`.
pub(super) fn replace(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "replace")?;
    let given = &args.positional[1..];
    if given.len() < 2 {
        return Err(type_error(format!(
            "replace() takes at least 2 positional arguments ({} given)",
            given.len()
        )));
    }
    let [_, _, count] =
        bind_keywords("replace", ["old", "new", "count"], 3, 2, given, args.keywords)?;
    let old = text_argument("replace", "argument 1", &given[0])?;
    let new = text_argument("replace", "argument 2", &given[1])?;
    let count = match &count {
        Some(count) => usize::try_from(ops::index_of(vm, count)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let found = if old.is_empty() { text.count() + 1 } else { text.matches(old.as_str()).count() };
    let found = found.min(count) as u64;
    if found == 0 {
        return Ok(Value::Str(text.clone()));
    }
    vm.spend(text.len() as u64 / 64)?;
    heap::reserve(found.saturating_mul(new.len() as u64).saturating_add(text.len() as u64))?;
    Ok(Value::from(text.replacen(old.as_str(), new, count)))
}

/// `str.removeprefix`.
pub(super) fn remove_prefix(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "removeprefix")?;
    let prefix = text_argument("removeprefix", "argument", &args.positional[1])?;
    Ok(match text.strip_prefix(prefix.as_str()) {
        Some(rest) => Value::from(rest),
        None => Value::Str(text.clone()),
    })
}

/// `str.removesuffix`.
pub(super) fn remove_suffix(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "removesuffix")?;
    let suffix = text_argument("removesuffix", "argument", &args.positional[1])?;
    Ok(match text.strip_suffix(suffix.as_str()) {
        Some(rest) => Value::from(rest),
        None => Value::Str(text.clone()),
    })
}

fn separator(args: Arguments<'_>) -> PyResult<&Str> {
    match &args.positional[1] {
        Value::Str(separator) if separator.is_empty() => Err(value_error("empty separator")),
        Value::Str(separator) => Ok(separator),
        other => Err(type_error(format!("must be str, not {}", other.type_name()))),
    }
}

fn three(before: &str, separator: &str, after: &str) -> Value {
    Value::tuple([Value::from(before), Value::from(separator), Value::from(after)])
}

/// `str.partition`.
pub(super) fn partition(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "partition")?;
    let separator = separator(args)?;
    Ok(match text.split_once(separator.as_str()) {
        Some((before, after)) => three(before, separator, after),
        None => three(text, "", ""),
    })
}

/// `str.rpartition`.
pub(super) fn partition_last(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "rpartition")?;
    let separator = separator(args)?;
    Ok(match text.rsplit_once(separator.as_str()) {
        Some((before, after)) => three(before, separator, after),
        None => three("", "", text),
    })
}
