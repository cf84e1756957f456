//! Where tasks are: `get_stack`, `print_stack`, `get_coro`.
//!
//! Source: CPython `Lib/asyncio/base_tasks.py`. As there, only the outermost frame of a suspended
//! coroutine is given.

use std::any::Any;
use std::rc::{Rc, Weak};

use super::arguments::given;
use super::future::object;
use crate::executor::{Failure, Task};
use crate::index::SiteId;
use crate::interpreter::failure::{peek, place, shown};
use crate::interpreter::ops;
use crate::interpreter::world::World;
use crate::program::value::{
    Arguments, CodeId, Foreign, ForeignObject, OBJECT, PyResult, Str, TypeKind, TypeObject, Value,
    Vm,
};

static FRAME_TYPE: TypeObject = TypeObject {
    name: "frame",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

static COROUTINE_TYPE: TypeObject = TypeObject {
    name: "coroutine",
    module: "builtins",
    bases: &[&OBJECT],
    kind: TypeKind::Foreign,
    construct: None,
};

/// Where the outermost frame of the code that runs is, as far as it is known.
pub(super) fn outermost_site(world: &World) -> Option<SiteId> {
    let site = world.cx.site();
    (site != SiteId::NONE).then_some(site)
}

/// A place in a coroutine, as an object.
#[derive(Debug)]
struct FrameObject {
    world: Weak<World>,
    site: SiteId,
    function: String,
}

impl ForeignObject for FrameObject {
    fn type_object(&self) -> &'static TypeObject {
        &FRAME_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let Some(world) = self.world.upgrade() else { return Ok(None) };
        let at = place(&world, self.site, &self.function);
        Ok(Some(Str::from(format!(
            "<frame, file '{}', line {}, code {}>",
            at.file, at.line, self.function
        ))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let Some(world) = self.world.upgrade() else { return Ok(None) };
        let at = place(&world, self.site, &self.function);
        Ok(match name.as_str() {
            "f_lineno" => Some(Value::Int(at.line.into())),
            "f_back" => Some(Value::None),
            _ => None,
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// The coroutine of a task, to look at.
#[derive(Debug)]
struct CoroutineView {
    world: Weak<World>,
    label: u32,
    task: Task<Value>,
}

impl ForeignObject for CoroutineView {
    fn type_object(&self) -> &'static TypeObject {
        &COROUTINE_TYPE
    }

    fn repr(&self, _vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let Some(world) = self.world.upgrade() else { return Ok(None) };
        let name = name_of(&world, self.label);
        Ok(Some(Str::from(format!("<coroutine object {name}>"))))
    }

    fn attribute(&self, _vm: &mut dyn Vm, name: &Str) -> PyResult<Option<Value>> {
        let Some(world) = self.world.upgrade() else { return Ok(None) };
        let qualname = name_of(&world, self.label);
        Ok(match name.as_str() {
            "__name__" => Some(Value::from(qualname.rsplit('.').next().unwrap_or_default())),
            "__qualname__" => Some(Value::from(qualname.as_str())),
            "cr_running" => Some(Value::Bool(false)),
            "cr_await" => Some(Value::None),
            "cr_frame" => Some(match self.task.as_ref().where_it_is().first() {
                Some(site) => frame(&world, *site, self.label),
                None => Value::None,
            }),
            _ => None,
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn name_of(world: &World, label: u32) -> String {
    world.image.get(CodeId(label)).map_or_else(String::new, |code| code.qualname.to_string())
}

fn frame(world: &Rc<World>, site: SiteId, label: u32) -> Value {
    let function = name_of(world, label);
    let function = function.rsplit('.').next().unwrap_or_default().to_owned();
    let frame = FrameObject { world: Rc::downgrade(world), site, function };
    Value::Foreign(Rc::new(Foreign::new(Box::new(frame))))
}

/// `task.get_coro()`
pub(super) fn coroutine(world: &Rc<World>, task: &Task<Value>) -> Value {
    let (world, label) = (Rc::downgrade(world), task.label());
    let view = CoroutineView { world, label, task: task.clone() };
    Value::Foreign(Rc::new(Foreign::new(Box::new(view))))
}

/// `task.get_stack(*, limit=None)`
pub(super) fn get_stack(
    world: &Rc<World>,
    task: &Task<Value>,
    _args: Arguments<'_>,
) -> PyResult<Value> {
    let site = task.as_ref().where_it_is().first().copied();
    let frames = site.map(|site| frame(world, site, task.label()));
    Ok(Value::list(frames.into_iter().collect()))
}

/// `task.print_stack(*, limit=None, file=None)`
pub(super) fn print_stack(
    vm: &mut dyn Vm,
    world: &Rc<World>,
    task: &Task<Value>,
    args: Arguments<'_>,
) -> PyResult<Value> {
    let shown = shown(world, &object(world, &task.future()));
    let failure = task.future().peek(|result| result.as_ref().err().cloned()).flatten();
    let raised = match &failure {
        Some(failure @ Failure::Raised(_)) => Some(peek(failure)),
        _ => None,
    };
    let mut lines = Vec::new();
    match (task.as_ref().where_it_is().first(), &raised) {
        (Some(site), _) => {
            lines.push(format!("Stack for {shown} (most recent call last):"));
            let name = name_of(world, task.label());
            let at = place(world, *site, name.rsplit('.').next().unwrap_or_default());
            lines.push(format!("  File \"{}\", line {}, in {}", at.file, at.line, at.function));
            if !at.source.is_empty() {
                lines.push(format!("    {}", at.source));
            }
        }
        (None, Some(raised)) => {
            lines.push(format!("Traceback for {shown} (most recent call last):"));
            let traceback = crate::interpreter::failure::traceback(world, raised);
            lines.extend(traceback.lines().skip(1).map(str::to_owned));
        }
        (None, None) => lines.push(format!("No stack for {shown}")),
    }
    let text = lines.join("\n");
    if let Some(file) = given(args, usize::MAX, "file") {
        let written = Value::from(format!("{text}\n"));
        let write = ops::get_attribute(vm, &file, &Str::from("write"))?;
        vm.call(&write, &[written], &[])?;
    } else {
        world.cx.say(&text);
    }
    Ok(Value::None)
}
