//! `repr()` of a value in few words, as asyncio shows results and arguments.
//!
//! Source: CPython `Lib/reprlib.py` with its usual limits.

use std::rc::Rc;

use crate::interpreter::text;
use crate::interpreter::vm::{Interp, Place};
use crate::interpreter::world::World;
use crate::program::value::{PyResult, Value, Vm};

const LEVEL: u32 = 6;
const ITEMS: usize = 6;
const PAIRS: usize = 4;
const TEXT: usize = 30;
const LONG: usize = 40;

/// The same, for messages.
pub(super) fn short(world: &Rc<World>, value: &Value) -> String {
    let mut vm = Interp::new(world, Place::Loop);
    brief(&mut vm, value).unwrap_or_else(|_| "<repr() failed>".to_owned())
}

/// `reprlib.repr(value)`
pub(super) fn brief(vm: &mut dyn Vm, value: &Value) -> PyResult<String> {
    brief_at(vm, value, LEVEL)
}

fn brief_at(vm: &mut dyn Vm, value: &Value, level: u32) -> PyResult<String> {
    match value {
        Value::List(list) => {
            let items = list.borrow().to_vec();
            sequence(vm, &items, level, ("[", "]"), false)
        }
        Value::Tuple(items) => {
            let items = items.to_vec();
            sequence(vm, &items, level, ("(", ")"), true)
        }
        Value::Dict(_) => pairs(vm, value, level),
        Value::Str(full) => {
            let head: String = full.as_str().chars().take(TEXT).collect();
            let shown = text::repr(vm, &Value::from(head))?.to_string();
            if full.as_str().chars().count() <= TEXT && shown.chars().count() <= TEXT {
                return Ok(shown);
            }
            let (i, j) = ((TEXT - 3) / 2, TEXT - 3 - (TEXT - 3) / 2);
            let chars: Vec<char> = full.as_str().chars().collect();
            let kept: String = chars[..i.min(chars.len())]
                .iter()
                .chain(&chars[chars.len().saturating_sub(j)..])
                .collect();
            let shown: Vec<char> = text::repr(vm, &Value::from(kept))?.chars().collect();
            Ok(cut(&shown, i, j))
        }
        other => {
            let shown = text::repr(vm, other)?;
            let most = if matches!(other, Value::Int(_) | Value::BigInt(_)) { LONG } else { TEXT };
            let is_plain = matches!(
                other,
                Value::None | Value::Bool(_) | Value::Float(_) | Value::Bytes(_) | Value::Set(_)
            );
            let chars: Vec<char> = shown.chars().collect();
            if chars.len() <= most || is_plain {
                return Ok(shown.to_string());
            }
            Ok(cut(&chars, (most - 3) / 2, most - 3 - (most - 3) / 2))
        }
    }
}

fn cut(chars: &[char], i: usize, j: usize) -> String {
    let head: String = chars[..i.min(chars.len())].iter().collect();
    let tail: String = chars[chars.len().saturating_sub(j)..].iter().collect();
    format!("{head}...{tail}")
}

fn sequence(
    vm: &mut dyn Vm,
    items: &[Value],
    level: u32,
    (left, right): (&str, &str),
    is_tuple: bool,
) -> PyResult<String> {
    if level == 0 && !items.is_empty() {
        return Ok(format!("{left}...{right}"));
    }
    let mut parts = Vec::new();
    for item in items.iter().take(ITEMS) {
        parts.push(brief_at(vm, item, level.saturating_sub(1))?);
    }
    if items.len() > ITEMS {
        parts.push("...".to_owned());
    }
    let comma = if is_tuple && items.len() == 1 { "," } else { "" };
    Ok(format!("{left}{}{comma}{right}", parts.join(", ")))
}

fn pairs(vm: &mut dyn Vm, dict: &Value, level: u32) -> PyResult<String> {
    let Value::Dict(object) = dict else { return Ok(String::new()) };
    let entries: Vec<(Value, Value)> = object
        .borrow()
        .iter()
        .take(PAIRS + 1)
        .map(|entry| (entry.key.clone(), entry.value.clone()))
        .collect();
    if level == 0 && !entries.is_empty() {
        return Ok("{...}".to_owned());
    }
    let mut parts = Vec::new();
    for (key, value) in entries.iter().take(PAIRS) {
        let key = brief_at(vm, key, level.saturating_sub(1))?;
        parts.push(format!("{key}: {}", brief_at(vm, value, level.saturating_sub(1))?));
    }
    if entries.len() > PAIRS {
        parts.push("...".to_owned());
    }
    Ok(format!("{{{}}}", parts.join(", ")))
}
