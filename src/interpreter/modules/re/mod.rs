//! The part of `re` that is not written in Python: searching, by the crate `fancy-regex`.

mod syntax;

use std::any::Any;
use std::rc::Rc;

use fancy_regex::Regex;

use super::{Native, function};
use crate::interpreter::ops;
use crate::program::exception::{RUNTIME_ERROR, raise, type_error};
use crate::program::value::{
    Arguments, Builtin, Foreign, ForeignObject, OBJECT, PyResult, Signature::Positional, TypeKind,
    TypeObject, Value, Vm,
};

pub(super) static MODULE: Native =
    Native { name: "_re", functions: &[FUNCTIONS], others: Vec::new };

static FUNCTIONS: &[Builtin] =
    &[function("compile", Positional(2, 2), compile), function("search", Positional(5, 5), search)];

static PATTERN_TYPE: TypeObject = TypeObject {
    name: "_Pattern",
    module: "re",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// A compiled pattern, in three forms: to be found anywhere, at one place, and up to the end.
#[derive(Debug)]
struct Pattern {
    anywhere: Regex,
    here: Regex,
    whole: Regex,
}

impl ForeignObject for Pattern {
    fn type_object(&self) -> &'static TypeObject {
        &PATTERN_TYPE
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// `compile(pattern, flags)`: the compiled pattern, how many groups it has, and their names; or
/// what is wrong with it, and where.
fn compile(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [Value::Str(pattern), flags] = args.positional else {
        return Err(type_error("first argument must be string or compiled pattern"));
    };
    let flags = ops::index_of(vm, flags)?;
    let translated = match syntax::translate(pattern, flags) {
        Ok(translated) => translated,
        Err((message, at)) => {
            return Ok(Value::tuple([Value::None, Value::from(message), Value::from(at)]));
        }
    };
    let build =
        |text: String| fancy_regex::RegexBuilder::new(&text).backtrack_limit(2_000_000).build();
    let forms = (
        build(translated.clone()),
        build(format!("\\G(?:{translated})")),
        build(format!("\\G(?:{translated})\\z")),
    );
    let (Ok(anywhere), Ok(here), Ok(whole)) = forms else {
        let message = Value::from("this pattern cannot be simulated");
        return Ok(Value::tuple([Value::None, message, Value::Int(0)]));
    };
    let names: Vec<Value> =
        anywhere.capture_names().map(|name| name.map_or(Value::None, Value::from)).collect();
    let count = Value::from(names.len().saturating_sub(1));
    let pattern = Pattern { anywhere, here, whole };
    let pattern = Value::Foreign(Rc::new(Foreign::new(Box::new(pattern))));
    Ok(Value::tuple([pattern, count, Value::list(names)]))
}

/// `search(pattern, how, text, start, end)`: the spans of all groups, or None. `how` is 0 for
/// anywhere, 1 for at the start, 2 for all of it.
fn search(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [pattern, how, text, start, end] = args.positional else { return Ok(Value::None) };
    let Value::Str(text) = text else {
        return Err(type_error(format!(
            "expected string or bytes-like object, got '{}'",
            text.type_name()
        )));
    };
    let Value::Foreign(foreign) = pattern else { return Ok(Value::None) };
    let Some(pattern) = foreign.object.as_any().downcast_ref::<Pattern>() else {
        return Ok(Value::None);
    };
    let bound = |vm: &mut dyn Vm, value: &Value| -> PyResult<usize> {
        Ok(usize::try_from(ops::index_of(vm, value)?).unwrap_or(0).min(text.count()))
    };
    let (start, end) = (bound(vm, start)?, bound(vm, end)?);
    if start > end {
        return Ok(Value::None);
    }
    let (first, last) = (text.offset_of(start), text.offset_of(end));
    vm.spend(1 + (last - first) as u64 / 16)?;
    let regex = match ops::index_of(vm, how)? {
        0 => &pattern.anywhere,
        1 => &pattern.here,
        _ => &pattern.whole,
    };
    let found = regex.captures_from_pos(&text[..last], first).map_err(|_| {
        raise(&RUNTIME_ERROR, "this search takes too long: the pattern backtracks too much")
    })?;
    let Some(found) = found else { return Ok(Value::None) };
    let spans = found.iter().map(|group| match group {
        Some(group) => Value::tuple([
            Value::from(text.index_of(group.start())),
            Value::from(text.index_of(group.end())),
        ]),
        None => Value::tuple([Value::Int(-1), Value::Int(-1)]),
    });
    Ok(Value::list(spans.collect()))
}
