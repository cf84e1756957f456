//! Tracebacks as objects.
//!
//! Source: `CPython` `Python/traceback.c`.

use std::any::Any;
use std::rc::Rc;

use super::natives::world_of;
use super::world::World;
use crate::program::exception::{ExceptionObject, TracebackFrame, type_error};
use crate::program::value::{
    Foreign, ForeignObject, Function, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
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

/// `__code__` of a function.
pub(super) fn code_of(world: &World, function: &Function) -> Value {
    let loaded = world.image.code(function.code);
    let code = &loaded.code;
    let place = super::failure::place(world, code.first_site, &code.name);
    let own = code.params.len()..code.params.len() + usize::from(code.n_free);
    let names = |free: bool| {
        let names = code.variables.iter().enumerate();
        let chosen = names.filter(|(at, _)| own.contains(at) == free);
        Value::tuple(chosen.map(|(_, name)| Value::from(&**name)).collect::<Vec<_>>())
    };
    let count = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let positional = usize::from(code.params.positional);
    let object = FunctionCode {
        attributes: vec![
            ("co_name", Value::Str(loaded.name.clone())),
            ("co_qualname", Value::Str(loaded.qualname.clone())),
            ("co_filename", Value::from(place.file)),
            ("co_firstlineno", Value::Int(i64::from(place.line))),
            ("co_argcount", count(positional)),
            ("co_posonlyargcount", count(usize::from(code.params.positional_only))),
            ("co_kwonlyargcount", count(code.params.keyword_only.len())),
            ("co_nlocals", count(code.variables.len() - usize::from(code.n_free))),
            ("co_varnames", names(false)),
            ("co_freevars", names(true)),
        ],
    };
    Value::Foreign(Rc::new(Foreign::new(Box::new(object))))
}

/// The code of a function, as far as it is told of.
#[derive(Debug)]
struct FunctionCode {
    attributes: Vec<(&'static str, Value)>,
}

impl ForeignObject for FunctionCode {
    fn type_object(&self) -> &'static TypeObject {
        &CODE
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let known = self.attributes.iter().find(|(known, _)| *known == name.as_str());
        Ok(known.map(|(_, value)| value.clone()))
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
