//! Arguments of functions that are written in Python in CPython, checked in its words.

use std::fmt::Display;

use crate::interpreter::builtins::unexpected_keyword;
use crate::program::exception::type_error;
use crate::program::value::{Keywords, PyResult, Value};

/// Puts the arguments of a method in the order of `names`; the first `required` must be there. The
/// receiver is not among them, but messages count it.
pub(super) fn bind<const N: usize>(
    function: &str,
    names: [&str; N],
    required: usize,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<[Option<Value>; N]> {
    if args.len() > N {
        let (most, given) = (N + 1, args.len() + 1);
        let wanted = if required == N {
            format!("{most} positional argument{}", if most == 1 { "" } else { "s" })
        } else {
            format!("from {} to {most} positional arguments", required + 1)
        };
        return Err(type_error(format!("{function}() takes {wanted} but {given} were given")));
    }
    let mut bound = [const { None }; N];
    for (place, value) in bound.iter_mut().zip(args) {
        *place = Some(value.clone());
    }
    for (name, value) in kwargs {
        let Some(at) = names.iter().position(|known| *known == name.as_str()) else {
            return Err(unexpected_keyword(function, name));
        };
        if bound[at].is_some() {
            let error = format!("{function}() got multiple values for argument '{name}'");
            return Err(type_error(error));
        }
        bound[at] = Some(value.clone());
    }
    match bound.iter().take(required).position(Option::is_none) {
        Some(at) => Err(type_error(format!(
            "{function}() missing 1 required positional argument: '{}'",
            names[at]
        ))),
        None => Ok(bound),
    }
}

/// Checks that there are no arguments.
pub(super) fn nothing(
    function: &dyn Display,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<()> {
    if args.is_empty() && kwargs.is_empty() {
        return Ok(());
    }
    bind::<0>(&function.to_string(), [], 0, args, kwargs).map(|_| ())
}
