//! `sys.stdout` and `sys.stderr`: what is written to them is the output of the run.

use std::any::Any;
use std::rc::Rc;

use super::world_of;
use crate::interpreter::natives::output;
use crate::interpreter::world::World;
use crate::program::exception::type_error;
use crate::program::value::{
    Foreign, ForeignObject, Keywords, OBJECT, PyResult, Str, TypeKind, TypeObject, Value, Vm,
};

static STREAM_TYPE: TypeObject = TypeObject {
    name: "TextIOWrapper",
    module: "_io",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// One of the two streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::interpreter) enum Stream {
    /// `sys.stdout`.
    Output,
    /// `sys.stderr`.
    Error,
}

impl Stream {
    pub(super) const BOTH: [Self; 2] = [Self::Output, Self::Error];

    /// Its name in `sys`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Output => "stdout",
            Self::Error => "stderr",
        }
    }

    pub(super) fn object(self) -> Value {
        Value::Foreign(Rc::new(Foreign::new(Box::new(self))))
    }

    /// Writes text; only whole lines come out.
    pub(in crate::interpreter) fn write(self, world: &Rc<World>, text: &str) {
        match self {
            Self::Output => output::write(world, text),
            Self::Error => {
                let mut partial = world.modules.error_line.borrow_mut();
                partial.push_str(text);
                let Some(end) = partial.rfind('\n') else { return };
                let rest = partial.split_off(end + 1);
                let lines = std::mem::replace(&mut *partial, rest);
                drop(partial);
                world.cx.say(lines.trim_end_matches('\n'));
            }
        }
    }
}

/// The stream that an object is, if it is one.
pub(in crate::interpreter) fn stream_of(value: &Value) -> Option<Stream> {
    match value {
        Value::Foreign(foreign) => foreign.object.as_any().downcast_ref().copied(),
        _ => None,
    }
}

const METHODS: &[&str] = &[
    "__enter__",
    "__exit__",
    "close",
    "flush",
    "isatty",
    "readable",
    "writable",
    "write",
    "writelines",
];

impl ForeignObject for Stream {
    fn type_object(&self) -> &'static TypeObject {
        &STREAM_TYPE
    }

    fn repr(&self, _: &mut dyn Vm) -> PyResult<Option<Str>> {
        let name = self.name();
        Ok(Some(Str::from(format!(
            "<_io.TextIOWrapper name='<{name}>' mode='w' encoding='utf-8'>"
        ))))
    }

    fn attribute(&self, _: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        Ok(match name.as_str() {
            "encoding" => Some(Value::from("utf-8")),
            "errors" => Some(Value::from("strict")),
            "name" => Some(Value::from(format!("<{}>", self.name()))),
            "mode" => Some(Value::from("w")),
            "closed" | "line_buffering" => Some(Value::Bool(false)),
            _ => None,
        })
    }

    fn call_method(
        &self,
        vm: &mut dyn Vm,
        this: &Value,
        name: &Str,
        args: &[Value],
        _kwargs: Keywords<'_>,
    ) -> PyResult<Option<Value>> {
        Ok(Some(match (name.as_str(), args) {
            ("write", [Value::Str(text)]) => {
                self.write(&world_of(vm)?, text);
                Value::from(text.count())
            }
            ("write", [other]) => {
                return Err(type_error(format!(
                    "write() argument must be str, not {}",
                    other.type_name()
                )));
            }
            ("writelines", [lines]) => {
                let world = world_of(vm)?;
                crate::interpreter::ops::for_each(vm, lines, &mut |_, line| match line {
                    Value::Str(text) => {
                        self.write(&world, &text);
                        Ok(true)
                    }
                    other => Err(type_error(format!(
                        "write() argument must be str, not {}",
                        other.type_name()
                    ))),
                })?;
                Value::None
            }
            ("flush" | "close" | "__exit__", _) => Value::None,
            ("isatty" | "readable", []) => Value::Bool(false),
            ("writable", []) => Value::Bool(true),
            ("__enter__", []) => this.clone(),
            _ => return Ok(None),
        }))
    }

    fn has_method(&self, name: &str) -> bool {
        METHODS.contains(&name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
