//! Arguments of native functions, checked in `CPython`'s words.

use crate::program::exception::type_error;
use crate::program::value::{Keywords, PyResult, Stop, Str, Value};

/// The error of a keyword that a function does not have.
#[cold]
pub(in crate::interpreter) fn unexpected_keyword(function: &str, keyword: &str) -> Stop {
    type_error(format!("{function}() got an unexpected keyword argument '{keyword}'"))
}

/// Checks that there are no keywords. `function` is the name as messages show it.
pub(in crate::interpreter) fn no_keywords(function: &str, kwargs: Keywords<'_>) -> PyResult<()> {
    if kwargs.is_empty() {
        return Ok(());
    }
    Err(type_error(format!("{function}() takes no keyword arguments")))
}

/// Checks the number of positional arguments.
pub(in crate::interpreter) fn check_count(
    function: &str,
    given: usize,
    min: usize,
    max: usize,
) -> PyResult<()> {
    if given < min {
        let relation = if min == max { "" } else { "at least " };
        return Err(expected(function, relation, min, given));
    }
    if given > max {
        let relation = if min == max { "" } else { "at most " };
        return Err(expected(function, relation, max, given));
    }
    Ok(())
}

#[cold]
fn expected(function: &str, relation: &str, wanted: usize, given: usize) -> Stop {
    let plural = if wanted == 1 { "" } else { "s" };
    type_error(format!("{function} expected {relation}{wanted} argument{plural}, got {given}"))
}

/// Checks the least number of positional arguments.
pub(in crate::interpreter) fn expected_at_least(
    function: &str,
    given: usize,
    min: usize,
) -> PyResult<()> {
    if given >= min { Ok(()) } else { Err(expected(function, "at least ", min, given)) }
}

/// Puts arguments given by position and by name in the order of `names`; the first `required` must
/// be there, only the first `positional` may be given by position.
pub(in crate::interpreter) fn bind_keywords<const N: usize>(
    function: &str,
    names: [&str; N],
    positional: usize,
    required: usize,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<[Option<Value>; N]> {
    let given = args.len() + kwargs.len();
    if given > N {
        let relation = if required == N { "exactly" } else { "at most" };
        let keyword = if args.is_empty() && positional == 0 { "keyword " } else { "" };
        let plural = if N == 1 { "" } else { "s" };
        return Err(type_error(format!(
            "{function}() takes {relation} {N} {keyword}argument{plural} ({given} given)"
        )));
    }
    if args.len() > positional {
        let plural = if positional == 1 { "" } else { "s" };
        let relation = if required == positional { "exactly" } else { "at most" };
        return Err(type_error(format!(
            "{function}() takes {relation} {positional} positional argument{plural} ({} given)",
            args.len()
        )));
    }
    let mut bound = [const { None }; N];
    for (slot, value) in bound.iter_mut().zip(args) {
        *slot = Some(value.clone());
    }
    for (name, value) in kwargs {
        let Some(at) = names.iter().position(|known| *known == name.as_str()) else {
            return Err(unexpected_keyword(function, name));
        };
        if at < args.len() {
            return Err(type_error(format!(
                "argument for {function}() given by name ('{name}') and position ({})",
                at + 1
            )));
        }
        bound[at] = Some(value.clone());
    }
    for (at, slot) in bound.iter().enumerate().take(required) {
        if slot.is_none() {
            if at < positional && args.len() < required && kwargs.is_empty() && required > 1 {
                let plural = if required == 1 { "" } else { "s" };
                return Err(type_error(format!(
                    "{function}() takes at least {required} positional argument{plural} ({} given)",
                    args.len()
                )));
            }
            // `enumerate` is the one that does not say where.
            let place = match function {
                "enumerate" => String::new(),
                _ => format!(" (pos {})", at + 1),
            };
            return Err(type_error(format!(
                "{function}() missing required argument '{}'{place}",
                names[at]
            )));
        }
    }
    Ok(bound)
}

/// An argument that must be a str.
pub(in crate::interpreter) fn text_argument<'a>(
    function: &str,
    what: &str,
    value: &'a Value,
) -> PyResult<&'a Str> {
    match value {
        Value::Str(text) => Ok(text),
        Value::None => Err(type_error(format!("{function}() {what} must be str, not None"))),
        other => {
            Err(type_error(format!("{function}() {what} must be str, not {}", other.type_name())))
        }
    }
}

/// [`bind_keywords`] in the words of functions that are written in Python. `function` is the
/// qualified name of a method, whose receiver is counted.
pub(in crate::interpreter) fn bind_as_method<const N: usize>(
    function: &str,
    names: [&str; N],
    positional: usize,
    required: usize,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<[Option<Value>; N]> {
    if args.len() > positional {
        let most = positional + 1;
        let range = match required < positional {
            true => format!("from {} to {most}", required + 1),
            false => most.to_string(),
        };
        let plural = if most == 1 { "" } else { "s" };
        return Err(type_error(format!(
            "{function}() takes {range} positional argument{plural} but {} were given",
            args.len() + 1
        )));
    }
    let mut bound = [const { None }; N];
    for (slot, value) in bound.iter_mut().zip(args) {
        *slot = Some(value.clone());
    }
    for (name, value) in kwargs {
        let Some(at) = names.iter().position(|known| *known == name.as_str()) else {
            return Err(unexpected_keyword(function, name));
        };
        if bound[at].replace(value.clone()).is_some() {
            return Err(type_error(format!(
                "{function}() got multiple values for argument '{name}'"
            )));
        }
    }
    check_required(function, &names[..required], &bound)?;
    Ok(bound)
}

fn check_required(function: &str, names: &[&str], bound: &[Option<Value>]) -> PyResult<()> {
    let missing: Vec<String> = names
        .iter()
        .zip(bound)
        .filter(|(_, value)| value.is_none())
        .map(|(name, _)| format!("'{name}'"))
        .collect();
    let listed = match &missing[..] {
        [] => return Ok(()),
        [one] => one.clone(),
        [one, two] => format!("{one} and {two}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    };
    let plural = if missing.len() == 1 { "" } else { "s" };
    Err(type_error(format!(
        "{function}() missing {} required positional argument{plural}: {listed}",
        missing.len()
    )))
}
