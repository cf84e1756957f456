//! `print`.

use std::rc::Rc;

use super::world_of;
use crate::interpreter::builtins::unexpected_keyword;
use crate::interpreter::world::World;
use crate::interpreter::{modules, ops, text};
use crate::program::exception::type_error;
use crate::program::value::{Arguments, Builtin, PyResult, Signature, Stop, Str, Value, Vm};
use crate::trace::outcome::LimitKind;

/// `print(*values, sep=" ", end="\n", file=None, flush=False)`.
pub(super) static PRINT: Builtin =
    Builtin { name: "print", owner: None, signature: Signature::Free, call: print };

/// A program that has printed too much is taken off the stage.
pub(in crate::interpreter) fn check(world: &World) -> PyResult<()> {
    if world.cx.has_stopped() { Err(Stop::limit(LimitKind::Output)) } else { Ok(()) }
}

fn print(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (mut separator, mut end, mut file) = (None, None, None);
    for (name, value) in args.keywords {
        match name.as_str() {
            "sep" => separator = Some(value),
            "end" => end = Some(value),
            "file" => file = Some(value.clone()),
            "flush" => {}
            other => return Err(unexpected_keyword("print", other)),
        }
    }
    let separator = text_or(separator, "sep", " ")?;
    let end = text_or(end, "end", "\n")?;
    let world = world_of(vm)?;
    let file = file.filter(|file| !matches!(file, Value::None));
    let Some(file) = file.or_else(|| modules::replaced_output(&world)) else {
        let text = text::print_line(vm, args.positional, &separator, &end)?;
        write(&world, &text);
        return check(&world).map(|()| Value::None);
    };
    if let Some(stream) = modules::stream_of(&file) {
        let text = text::print_line(vm, args.positional, &separator, &end)?;
        stream.write(&world, &text);
        return Ok(Value::None);
    }
    let write = ops::get_attribute(vm, &file, &Str::from("write"))?;
    // As CPython does it: each value and what stands between them for itself.
    for (at, value) in args.positional.iter().enumerate() {
        if at > 0 {
            vm.call(&write, &[Value::from(separator.clone())], &[])?;
        }
        let text = text::str(vm, value)?;
        vm.call(&write, &[Value::Str(text)], &[])?;
    }
    vm.call(&write, &[Value::from(end)], &[])?;
    Ok(Value::None)
}

fn text_or(value: Option<&Value>, name: &str, usual: &str) -> PyResult<String> {
    match value {
        None | Some(Value::None) => Ok(usual.to_owned()),
        Some(Value::Str(text)) => Ok(text.to_string()),
        Some(other) => {
            Err(type_error(format!("{name} must be None or a string, not {}", other.type_name())))
        }
    }
}

/// Prints a line, which may hold several.
pub(in crate::interpreter) fn print_lines(world: &World, line: &str) {
    let mut partial = world.partial_line.borrow_mut();
    if partial.is_empty() && !line.contains('\n') {
        drop(partial);
        world.cx.print(line);
        return;
    }
    partial.push_str(line);
    partial.push('\n');
    drop(partial);
    print_finished(world);
}

/// Writes text; only whole lines are printed.
pub(in crate::interpreter) fn write(world: &Rc<World>, text: &str) {
    if let Some(line) = text.strip_suffix('\n') {
        print_lines(world, line);
        return;
    }
    world.partial_line.borrow_mut().push_str(text);
    print_finished(world);
}

/// Prints the lines that are complete.
fn print_finished(world: &World) {
    let mut partial = world.partial_line.borrow_mut();
    let Some(end) = partial.rfind('\n') else { return };
    let rest = partial.split_off(end + 1);
    let lines = std::mem::replace(&mut *partial, rest);
    drop(partial);
    for line in lines.lines() {
        world.cx.print(line);
    }
}

/// Prints what is left of a line without an end, when the program is over.
pub(in crate::interpreter) fn flush(world: &World) {
    let rest = std::mem::take(&mut *world.partial_line.borrow_mut());
    if !rest.is_empty() {
        world.cx.print(&rest);
    }
    modules::flush(world);
}
