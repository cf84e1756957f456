//! Tracebacks as objects, and what was probably meant by a name that is not there.
//!
//! Source: `CPython` `Lib/traceback.py` (`_compute_suggestion_error`, `_levenshtein_distance`),
//! `Python/traceback.c`.

use std::any::Any;
use std::rc::Rc;

use super::builtins::attribute_names;
use super::natives::world_of;
use crate::program::exception::{
    ATTRIBUTE_ERROR, ExceptionObject, NAME_ERROR, TracebackFrame, type_error,
};
use crate::program::value::{
    Foreign, ForeignObject, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};

static TRACEBACK: TypeObject = library_type("traceback");
static FRAME: TypeObject = library_type("frame");
static CODE: TypeObject = library_type("code");

const BASES: &[&TypeObject] = &[&OBJECT];

const fn library_type(name: &'static str) -> TypeObject {
    TypeObject { name, module: "builtins", bases: BASES, kind: TypeKind::Foreign, construct: None }
}

/// The frames that an exception came through, from one of them on.
#[derive(Debug)]
struct Traceback {
    /// Innermost first.
    frames: Rc<[TracebackFrame]>,
    /// How many there are from the one it stands for inwards.
    left: usize,
}

/// `__traceback__` of an exception.
pub(super) fn of_exception(exception: &ExceptionObject) -> Value {
    let frames: Rc<[TracebackFrame]> = exception.traceback.borrow().as_slice().into();
    let left = frames.len();
    object(frames, left)
}

fn object(frames: Rc<[TracebackFrame]>, left: usize) -> Value {
    if left == 0 {
        return Value::None;
    }
    Value::Foreign(Rc::new(Foreign::new(Box::new(Traceback { frames, left }))))
}

/// The frames that a traceback stands for, innermost first; `None` if the value is none.
pub(super) fn frames_of(value: &Value) -> Option<Vec<TracebackFrame>> {
    match value {
        Value::None => Some(Vec::new()),
        Value::Foreign(foreign) => {
            let traceback = foreign.object.as_any().downcast_ref::<Traceback>()?;
            Some(traceback.frames[..traceback.left].to_vec())
        }
        _ => None,
    }
}

/// Sets `__traceback__`.
pub(super) fn set(exception: &ExceptionObject, value: &Value) -> PyResult<()> {
    let Some(frames) = frames_of(value) else {
        return Err(type_error("__traceback__ must be a traceback or None"));
    };
    *exception.traceback.borrow_mut() = frames;
    Ok(())
}

impl Traceback {
    fn frame(&self) -> Option<&TracebackFrame> {
        self.frames.get(self.left.checked_sub(1)?)
    }
}

fn line_of(vm: &dyn Vm, frame: &TracebackFrame) -> PyResult<Value> {
    let line = super::failure::place(&*world_of(vm)?, frame.site, &frame.function).line;
    Ok(Value::Int(i64::from(line)))
}

impl ForeignObject for Traceback {
    fn type_object(&self) -> &'static TypeObject {
        &TRACEBACK
    }

    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let Some(frame) = self.frame() else { return Ok(None) };
        Ok(Some(match name.as_str() {
            "tb_lineno" => line_of(vm, frame)?,
            "tb_next" => object(Rc::clone(&self.frames), self.left - 1),
            "tb_frame" => {
                Value::Foreign(Rc::new(Foreign::new(Box::new(FrameObject(frame.clone())))))
            }
            "tb_lasti" => Value::Int(0),
            _ => return Ok(None),
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// A frame, as far as a traceback tells of it.
#[derive(Debug)]
struct FrameObject(TracebackFrame);

impl ForeignObject for FrameObject {
    fn type_object(&self) -> &'static TypeObject {
        &FRAME
    }

    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(Some(match name.as_str() {
            "f_lineno" => line_of(vm, &self.0)?,
            "f_code" => Value::Foreign(Rc::new(Foreign::new(Box::new(CodeObject(self.0.clone()))))),
            _ => return Ok(None),
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The code of a frame, as far as a traceback tells of it.
#[derive(Debug)]
struct CodeObject(TracebackFrame);

impl ForeignObject for CodeObject {
    fn type_object(&self) -> &'static TypeObject {
        &CODE
    }

    fn attribute(&self, vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(Some(match name.as_str() {
            "co_name" => Value::Str(self.0.function.clone()),
            "co_filename" => {
                let world = world_of(vm)?;
                Value::from(super::failure::place(&world, self.0.site, &self.0.function).file)
            }
            _ => return Ok(None),
        }))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What a traceback adds to the message of an exception: `. Did you mean: 'append'?`
pub(super) fn suggestion(exception: &ExceptionObject, globals: &[Box<str>]) -> Option<String> {
    let Some(Value::Str(wrong)) = exception.attribute("name") else { return None };
    let candidates: Vec<Str> = if exception.is_a(&ATTRIBUTE_ERROR) {
        let object = exception.attribute("obj")?;
        let hide = !wrong.starts_with('_');
        attribute_names(&object)
            .into_iter()
            .filter(|name| !(hide && name.starts_with('_')))
            .collect()
    } else if exception.is_a(&NAME_ERROR) {
        let builtins = crate::program::vocabulary::BUILTINS.iter().map(|known| known.name);
        let exceptions = crate::program::vocabulary::exceptions();
        let own = globals.iter().map(|name| Str::from(&**name));
        own.chain(builtins.chain(exceptions).map(Str::from)).collect()
    } else {
        return None;
    };
    let found = closest(&wrong, candidates.iter().map(Str::as_str))?;
    Some(format!(". Did you mean: '{found}'?"))
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
