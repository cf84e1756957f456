use super::str::this;
use crate::interpreter::builtins::bind_keywords;
use crate::interpreter::ops;
use crate::interpreter::text::is_space;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, PyResult, Str, Value, Vm, heap};

/// The arguments of `split` and `rsplit`: the separator and the most splits.
fn split_arguments(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    method: &str,
) -> PyResult<(Option<Str>, usize)> {
    let [separator, count] =
        bind_keywords(method, ["sep", "maxsplit"], 2, 0, &args.positional[1..], args.keywords)?;
    let count = match &count {
        Some(count) => usize::try_from(ops::index_of(vm, count)?).unwrap_or(usize::MAX),
        None => usize::MAX,
    };
    let separator = match separator {
        None | Some(Value::None) => None,
        Some(Value::Str(separator)) if separator.is_empty() => {
            return Err(value_error("empty separator"));
        }
        Some(Value::Str(separator)) => Some(separator),
        Some(other) => {
            return Err(type_error(format!("must be str or None, not {}", other.type_name())));
        }
    };
    Ok((separator, count))
}

/// Checks that a split into many parts is not too large, and makes it.
fn listed<'a>(
    vm: &mut dyn Vm,
    text: &Str,
    parts: impl Iterator<Item = &'a str>,
) -> PyResult<Value> {
    vm.spend(text.len() as u64 / 32)?;
    let mut items = Vec::new();
    for part in parts {
        if items.len() % 1024 == 1023 {
            heap::reserve_values(items.len() * 2)?;
        }
        items.push(Value::from(part));
    }
    Ok(Value::list(items))
}

/// `str.split`.
pub(super) fn split(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "split")?;
    let (separator, count) = split_arguments(vm, args, "split")?;
    match separator {
        Some(separator) => {
            let parts = text.splitn(count.saturating_add(1), separator.as_str());
            listed(vm, text, parts)
        }
        None => {
            let mut rest = text.trim_start_matches(is_space);
            let mut left = count;
            let parts = std::iter::from_fn(|| {
                if rest.is_empty() {
                    return None;
                }
                if left == 0 {
                    return Some(std::mem::take(&mut rest));
                }
                left -= 1;
                let end = rest.find(is_space).unwrap_or(rest.len());
                let part = &rest[..end];
                rest = rest[end..].trim_start_matches(is_space);
                Some(part)
            });
            listed(vm, text, parts)
        }
    }
}

/// `str.rsplit`.
pub(super) fn split_right(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "rsplit")?;
    let (separator, count) = split_arguments(vm, args, "rsplit")?;
    let mut parts: Vec<&str> = Vec::new();
    if let Some(separator) = &separator {
        parts.extend(text.rsplitn(count.saturating_add(1), separator.as_str()));
    } else {
        let mut rest = text.trim_end_matches(is_space);
        while !rest.is_empty() {
            if parts.len() == count {
                parts.push(rest);
                break;
            }
            let start = rest.char_indices().rfind(|(_, c)| is_space(*c));
            let start = start.map_or(0, |(at, c)| at + c.len_utf8());
            parts.push(&rest[start..]);
            rest = rest[..start].trim_end_matches(is_space);
        }
    }
    listed(vm, text, parts.into_iter().rev())
}

/// `str.splitlines`.
pub(super) fn split_lines(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text = this(args, "splitlines")?;
    let [keep] =
        bind_keywords("splitlines", ["keepends"], 1, 0, &args.positional[1..], args.keywords)?;
    let keep = match &keep {
        Some(keep) => ops::truth(vm, keep)?,
        None => false,
    };
    let mut rest = text.as_str();
    let parts = std::iter::from_fn(|| {
        if rest.is_empty() {
            return None;
        }
        let (end, next) = line_end(rest);
        let line = &rest[..if keep { next } else { end }];
        rest = &rest[next..];
        Some(line)
    });
    listed(vm, text, parts)
}

/// Where the first line ends, and where the next begins.
fn line_end(text: &str) -> (usize, usize) {
    let is_break =
        |c: char| matches!(c, '\n'..='\r' | '\x1c'..='\x1e' | '\u{85}' | '\u{2028}' | '\u{2029}');
    match text.char_indices().find(|(_, c)| is_break(*c)) {
        Some((at, '\r')) if text[at + 1..].starts_with('\n') => (at, at + 2),
        Some((at, c)) => (at, at + c.len_utf8()),
        None => (text.len(), text.len()),
    }
}

/// Where what is left of a text begins and ends when certain characters go.
type Strip = fn(&str, &dyn Fn(char) -> bool) -> (usize, usize);

fn stripped(args: Arguments<'_>, method: &str, strip: Strip) -> PyResult<Value> {
    let text = this(args, method)?;
    let (start, end) = match args.positional.get(1) {
        None | Some(Value::None) => strip(text, &is_space),
        Some(Value::Str(chars)) => strip(text, &|c| chars.contains(c)),
        Some(_) => return Err(type_error(format!("{method} arg must be None or str"))),
    };
    if end - start == text.len() {
        return Ok(Value::Str(text.clone()));
    }
    Ok(Value::from(&text[start..end]))
}

fn left_of(text: &str, test: &dyn Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(test).len()
}

/// `str.strip`.
pub(super) fn strip(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    stripped(args, "strip", |text, test| {
        let start = left_of(text, test);
        (start, start + text[start..].trim_end_matches(test).len())
    })
}

/// `str.lstrip`.
pub(super) fn strip_left(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    stripped(args, "lstrip", |text, test| (left_of(text, test), text.len()))
}

/// `str.rstrip`.
pub(super) fn strip_right(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    stripped(args, "rstrip", |text, test| (0, text.trim_end_matches(test).len()))
}
