//! What was probably meant by a name that is not there.
//!
//! Source: `CPython` `Lib/traceback.py` (`_compute_suggestion_error`, `_levenshtein_distance`) of
//! 3.14.

use super::builtins::attribute_names;
use super::machine::Machine;
use super::world::World;
use crate::program::exception::{ATTRIBUTE_ERROR, ExceptionObject, IMPORT_ERROR, NAME_ERROR};
use crate::program::value::{Str, Value};
use crate::program::vocabulary;
use crate::trace::PythonVersion;

/// Keeps what only the frame knows that missed a name: when a traceback is made it is gone.
#[cold]
pub(super) fn remember(machine: &Machine, world: &World, exception: &ExceptionObject) {
    if exception.is_a(&ATTRIBUTE_ERROR) {
        let own = local(machine, world, "self");
        let is_own = match (own, exception.attribute("obj")) {
            (Some(own), Some(object)) => own.is(&object),
            _ => false,
        };
        exception.is_of_self.set(is_own);
    } else if exception.is_a(&NAME_ERROR)
        && let Some(Value::Str(wrong)) = exception.attribute("name")
    {
        *exception.meant.borrow_mut() = meant_by_name(machine, world, &wrong);
    }
}

/// The value of a local variable of the frame that runs.
fn local(machine: &Machine, world: &World, name: &str) -> Option<Value> {
    let variables = &world.image.code(machine.frame.code).code.variables;
    let at = variables.iter().position(|known| **known == *name)?;
    bound(machine.register(u16::try_from(at).ok()?))
}

fn bound(value: Value) -> Option<Value> {
    match value {
        Value::Unbound => None,
        Value::Cell(cell) => cell.0.borrow().clone(),
        value => Some(value),
    }
}

fn meant_by_name(machine: &Machine, world: &World, wrong: &Str) -> Option<Str> {
    if let Some(own) = local(machine, world, "self")
        && attribute_names(&own).iter().any(|name| name == wrong)
    {
        return Some(format!("self.{wrong}").into());
    }
    let globals = world.globals_of(machine.frame.site(&world.image));
    let variables = &world.image.code(machine.frame.code).code.variables;
    let locals = variables.iter().map(|name| name.trim_start_matches('.'));
    let locals = locals.zip(0..).filter(|(_, reg)| bound(machine.register(*reg)).is_some());
    let mut names: Vec<&str> = locals.map(|(name, _)| name).collect();
    names.extend(globals.iter().map(|(name, _)| name.as_str()));
    for name in vocabulary::BUILTINS.iter().map(|known| known.name).chain(vocabulary::exceptions())
    {
        names.push(name);
    }
    let found = closest(wrong, names.into_iter())?;
    Some(Str::from(found))
}

/// What a traceback adds to the message of an exception: `. Did you mean: 'append'?`
pub(super) fn suggestion(world: &World, exception: &ExceptionObject) -> Option<String> {
    if exception.is_a(&NAME_ERROR) {
        return for_name(world, exception);
    }
    let (wrong, names) = if exception.is_a(&ATTRIBUTE_ERROR) {
        let Some(Value::Str(wrong)) = exception.attribute("name") else { return None };
        let object = exception.attribute("obj")?;
        let names = match &object {
            Value::Foreign(foreign) if let Some(module) = foreign.object.module_name() => {
                names_of_module(module)?
            }
            _ => attribute_names(&object),
        };
        (wrong, names)
    } else if exception.is_a(&IMPORT_ERROR) {
        let (Some(Value::Str(module)), Some(Value::Str(wrong))) =
            (exception.attribute("name"), exception.attribute("name_from"))
        else {
            return None;
        };
        (wrong, names_of_module(&module)?)
    } else {
        return None;
    };
    let hides = !wrong.starts_with('_') && !exception.is_of_self.get();
    let names = names.iter().map(Str::as_str).filter(|name| !(hides && name.starts_with('_')));
    let found = closest(&wrong, names)?;
    Some(format!(". Did you mean: '{found}'?"))
}

fn names_of_module(module: &str) -> Option<Vec<Str>> {
    let known = vocabulary::modules::module(module)?;
    Some(known.names.iter().map(|name| Str::from(*name)).collect())
}

fn for_name(world: &World, exception: &ExceptionObject) -> Option<String> {
    let Some(Value::Str(wrong)) = exception.attribute("name") else { return None };
    let meant = exception.meant.borrow();
    let is_module = world.python() >= PythonVersion::V3_12
        && (vocabulary::modules::module(&wrong).is_some_and(|_| !wrong.starts_with('_'))
            || vocabulary::modules::refused_module(&wrong).is_some());
    match (&*meant, is_module) {
        (Some(meant), true) => {
            Some(format!(". Did you mean: '{meant}'? Or did you forget to import '{wrong}'?"))
        }
        (Some(meant), false) => Some(format!(". Did you mean: '{meant}'?")),
        (None, true) => Some(format!(". Did you forget to import '{wrong}'?")),
        (None, false) => None,
    }
}

const MAX_CANDIDATES: usize = 750;
const MAX_LENGTH: usize = 40;
const MOVE_COST: usize = 2;
const CASE_COST: usize = 1;

/// The candidate that differs least from `wrong`, if any is close enough.
pub(super) fn closest<'a>(
    wrong: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let wrong: Vec<char> = wrong.chars().collect();
    if wrong.len() > MAX_LENGTH {
        return None;
    }
    let mut best = usize::MAX;
    let mut found = None;
    for candidate in candidates.take(MAX_CANDIDATES) {
        let letters: Vec<char> = candidate.chars().collect();
        if letters == wrong {
            continue;
        }
        let max = ((letters.len() + wrong.len() + 3) * MOVE_COST / 6).min(best.saturating_sub(1));
        let distance = distance(&wrong, &letters, max);
        if distance > max {
            continue;
        }
        if found.is_none() || distance < best {
            found = Some(candidate);
            best = distance;
        }
    }
    found
}

fn cost_of(a: char, b: char) -> usize {
    if a == b {
        0
    } else if a.to_lowercase().eq(b.to_lowercase()) {
        CASE_COST
    } else {
        MOVE_COST
    }
}

/// The Levenshtein distance, or something above `max` if it is above.
fn distance(a: &[char], b: &[char], max: usize) -> usize {
    if a == b {
        return 0;
    }
    let before = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[before..], &b[before..]);
    let after = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[..a.len() - after], &b[..b.len() - after]);
    if a.is_empty() || b.is_empty() {
        return MOVE_COST * (a.len() + b.len());
    }
    if a.len() > MAX_LENGTH || b.len() > MAX_LENGTH {
        return max + 1;
    }
    let (a, b) = if b.len() < a.len() { (b, a) } else { (a, b) };
    if (b.len() - a.len()) * MOVE_COST > max {
        return max + 1;
    }
    let mut row: Vec<usize> = (1..=a.len()).map(|at| at * MOVE_COST).collect();
    let mut result = 0;
    for (at, letter) in b.iter().enumerate() {
        let mut corner = at * MOVE_COST;
        result = corner;
        let mut smallest = usize::MAX;
        for (index, other) in a.iter().enumerate() {
            let substitute = corner + cost_of(*letter, *other);
            corner = row[index];
            let insert_or_delete = result.min(corner) + MOVE_COST;
            result = insert_or_delete.min(substitute);
            row[index] = result;
            smallest = smallest.min(result);
        }
        if smallest > max {
            return max + 1;
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Recorded with `CPython` 3.14.
    #[test]
    fn what_was_meant() {
        let names = ["append", "clear", "copy", "count", "extend", "index", "insert", "pop"];
        let closest = |wrong| closest(wrong, names.into_iter());
        assert_eq!(closest("apend"), Some("append"));
        assert_eq!(closest("push"), None);
        assert_eq!(closest("Append"), Some("append"));
        assert_eq!(closest("lenght"), None);
    }
}
