use std::cell::RefCell;
use std::fmt::Write as _;
use std::rc::Rc;

use super::{ascii_only, float_repr, int_text, quote_bytes, quote_text};
use crate::interpreter::ops::{self, Int, Special};
use crate::program::exception::{ExceptionObject, type_error};
use crate::program::value::{
    BoundMethod, Builtin, Class, GeneratorKind, PyResult, SetObject, Str, TypeObject, TypeRef,
    Value, ViewKind, Vm, heap,
};

thread_local! {
    /// The containers that are being written, by address; a container inside itself is `...`.
    static ACTIVE: RefCell<Vec<usize>> = const { RefCell::new(Vec::new()) };
}

/// `repr(value)`.
pub fn repr(vm: &mut dyn Vm, value: &Value) -> PyResult<Str> {
    let mut out = String::new();
    repr_text(vm, &mut out, value)?;
    Ok(Str::from(out))
}

/// `ascii(value)`.
pub fn ascii(vm: &mut dyn Vm, value: &Value) -> PyResult<Str> {
    let text = repr(vm, value)?;
    Ok(if text.is_ascii() { text } else { Str::from(ascii_only(&text)) })
}

/// Appends `repr(value)`.
pub fn repr_text(vm: &mut dyn Vm, out: &mut String, value: &Value) -> PyResult<()> {
    match value {
        Value::None => out.push_str("None"),
        Value::NotImplemented => out.push_str("NotImplemented"),
        Value::Ellipsis => out.push_str("Ellipsis"),
        Value::Bool(true) => out.push_str("True"),
        Value::Bool(false) => out.push_str("False"),
        Value::Int(int) => {
            let _ = write!(out, "{int}");
        }
        Value::BigInt(int) => out.push_str(&int_text(Int::Big(int))?),
        Value::Float(float) => out.push_str(&float_repr(*float)),
        Value::Str(text) => {
            heap::reserve(text.len() as u64)?;
            out.push_str(&quote_text(text));
        }
        Value::Bytes(data) => {
            heap::reserve(data.len() as u64 * 4)?;
            out.push_str(&quote_bytes(data));
        }
        Value::Range(range) => {
            let _ = write!(out, "range({}, {}", range.start, range.stop);
            if range.step != 1 {
                let _ = write!(out, ", {}", range.step);
            }
            out.push(')');
        }
        Value::Type(ty) => out.push_str(&type_repr(ty)),
        Value::Class(class) if class.metaclass.is_none() => out.push_str(&class_repr(class)),
        _ => return container(vm, out, value),
    }
    Ok(())
}

fn container(vm: &mut dyn Vm, out: &mut String, value: &Value) -> PyResult<()> {
    vm.enter(" while getting the repr of an object")?;
    let result = match value {
        Value::List(list) => guarded(vm, out, address(list), "[...]", |vm, out| {
            out.push('[');
            let mut at = 0;
            while let Some(item) = list.get(at) {
                separate(vm, out, at)?;
                repr_text(vm, out, &item)?;
                at += 1;
            }
            out.push(']');
            Ok(())
        }),
        Value::Tuple(items) => guarded(vm, out, address(items), "(...)", |vm, out| {
            out.push('(');
            items_text(vm, out, items)?;
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
            Ok(())
        }),
        Value::Dict(dict) => guarded(vm, out, address(dict), "{...}", |vm, out| {
            let pairs: Vec<_> =
                dict.borrow().iter().map(|e| (e.key.clone(), e.value.clone())).collect();
            out.push('{');
            for (at, (key, value)) in pairs.iter().enumerate() {
                separate(vm, out, at)?;
                repr_text(vm, out, key)?;
                out.push_str(": ");
                repr_text(vm, out, value)?;
            }
            out.push('}');
            Ok(())
        }),
        Value::Set(set) => guarded(vm, out, address(set), "set(...)", |vm, out| {
            set_text(vm, out, set, if set.is_empty() { ("set(", ")") } else { ("{", "}") })
        }),
        Value::FrozenSet(set) => guarded(vm, out, address(set), "frozenset(...)", |vm, out| {
            let around = if set.is_empty() { ("frozenset(", ")") } else { ("frozenset({", "})") };
            set_text(vm, out, set, around)
        }),
        Value::DictView(view) => guarded(vm, out, address(view), "...", |vm, out| {
            let name = match view.kind {
                ViewKind::Keys => "dict_keys",
                ViewKind::Values => "dict_values",
                ViewKind::Items => "dict_items",
            };
            let items = ops::collect(vm, value)?;
            let _ = write!(out, "{name}([");
            items_text(vm, out, &items)?;
            out.push_str("])");
            Ok(())
        }),
        other => object(vm, out, other),
    };
    vm.leave();
    result
}

fn address<T>(object: &Rc<T>) -> usize {
    Rc::as_ptr(object).addr()
}

/// Writes a container, or `cut` if it is inside itself.
fn guarded(
    vm: &mut dyn Vm,
    out: &mut String,
    address: usize,
    cut: &str,
    write: impl FnOnce(&mut dyn Vm, &mut String) -> PyResult<()>,
) -> PyResult<()> {
    if ACTIVE.with_borrow(|active| active.contains(&address)) {
        out.push_str(cut);
        return Ok(());
    }
    ACTIVE.with_borrow_mut(|active| active.push(address));
    let result = write(vm, out);
    ACTIVE.with_borrow_mut(Vec::pop);
    result
}

/// The text of a container of a library, or `cut` if it is inside itself.
pub(in crate::interpreter) fn repr_guarded<T>(
    vm: &mut dyn Vm,
    container: &T,
    cut: &str,
    write: impl FnOnce(&mut dyn Vm, &mut String) -> PyResult<()>,
) -> PyResult<String> {
    let mut out = String::new();
    let address = std::ptr::from_ref(container).addr();
    guarded(vm, &mut out, address, cut, write)?;
    Ok(out)
}

fn separate(vm: &mut dyn Vm, out: &mut String, at: usize) -> PyResult<()> {
    if at > 0 {
        out.push_str(", ");
    }
    if at.is_multiple_of(64) {
        vm.spend(64)?;
        heap::reserve(out.len() as u64)?;
    }
    Ok(())
}

fn items_text(vm: &mut dyn Vm, out: &mut String, items: &[Value]) -> PyResult<()> {
    for (at, item) in items.iter().enumerate() {
        separate(vm, out, at)?;
        repr_text(vm, out, item)?;
    }
    Ok(())
}

fn set_text(
    vm: &mut dyn Vm,
    out: &mut String,
    set: &SetObject,
    (before, after): (&str, &str),
) -> PyResult<()> {
    let items: Vec<Value> = set.borrow().items().into_iter().map(|(_, item)| item).collect();
    out.push_str(before);
    items_text(vm, out, &items)?;
    out.push_str(after);
    Ok(())
}

/// `repr(value)` without asking a class of the program.
pub(in crate::interpreter) fn repr_as_object(vm: &mut dyn Vm, value: &Value) -> PyResult<Str> {
    let mut out = String::new();
    match value {
        Value::Exception(exception) => exception_text(vm, &mut out, exception)?,
        Value::Instance(_) => instance_text(vm, &mut out, value)?,
        other => repr_text(vm, &mut out, other)?,
    }
    Ok(Str::from(out))
}

fn object(vm: &mut dyn Vm, out: &mut String, value: &Value) -> PyResult<()> {
    if let Some(text) = ops::call_special(vm, value, Special::Repr, &[])? {
        let Value::Str(text) = text else {
            return Err(type_error(format!(
                "__repr__ returned non-string (type {})",
                text.type_name()
            )));
        };
        out.push_str(&text);
        return Ok(());
    }
    match value {
        Value::Exception(exception) => exception_text(vm, out, exception)?,
        Value::Slice(slice) => {
            out.push_str("slice(");
            items_text(vm, out, &[slice.start.clone(), slice.stop.clone(), slice.step.clone()])?;
            out.push(')');
        }
        Value::BoundMethod(method) => bound_method(vm, out, method)?,
        Value::Class(class) => out.push_str(&class_repr(class)),
        Value::Instance(_) => instance_text(vm, out, value)?,
        Value::Foreign(foreign) => match foreign.object.repr_as(vm, value)? {
            Some(text) => out.push_str(&text),
            None => out.push_str(&plain(value)),
        },
        other => out.push_str(&plain(other)),
    }
    Ok(())
}

/// The `repr()` of an instance whose class has none: that of the builtin object it extends.
fn instance_text(vm: &mut dyn Vm, out: &mut String, value: &Value) -> PyResult<()> {
    let Some(payload) = ops::payload(value) else {
        out.push_str(&plain(value));
        return Ok(());
    };
    match payload {
        Value::Set(set) | Value::FrozenSet(set) => {
            let name = value.type_name();
            let before = format!("{name}({}", if set.is_empty() { "" } else { "{" });
            let after = if set.is_empty() { ")" } else { "})" };
            set_text(vm, out, set, (&before, after))
        }
        Value::Foreign(_) => {
            let text = repr(vm, payload)?;
            let name = payload.type_name();
            match text.strip_prefix(name.as_str()).filter(|rest| rest.starts_with('(')) {
                Some(rest) => {
                    out.push_str(&value.type_name());
                    out.push_str(rest);
                }
                None => out.push_str(&plain(value)),
            }
            Ok(())
        }
        payload => repr_text(vm, out, payload),
    }
}

/// An address that is the same in every run: the object's number among those that were asked.
pub(in crate::interpreter) fn pretended_address(value: &Value) -> String {
    let number = u64::from(ops::identity(value));
    format!("0x{:012x}", 0x7f00_0000_0000 + number * 0x10)
}

/// The `repr()` of an object that has none of its own.
pub(in crate::interpreter) fn plain(value: &Value) -> String {
    let address = pretended_address(value);
    match value {
        Value::Function(function) => format!("<function {} at {address}>", function.qualname),
        Value::Builtin(builtin) => builtin_repr(builtin),
        Value::Generator(generator) => {
            let kind = match generator.kind {
                GeneratorKind::Generator => "generator",
                GeneratorKind::Coroutine => "coroutine",
                GeneratorKind::AsyncGenerator => "async_generator",
            };
            format!("<{kind} object {} at {address}>", generator.qualname)
        }
        Value::Cell(cell) => match &*cell.0.borrow() {
            Some(content) => format!(
                "<cell at {address}: {} object at {}>",
                content.type_name(),
                pretended_address(content)
            ),
            None => format!("<cell at {address}: empty>"),
        },
        other => format!("<{} object at {address}>", qualified(&other.type_of())),
    }
}

fn builtin_repr(builtin: &Builtin) -> String {
    match builtin.owner {
        Some(owner) => format!("<method '{}' of '{owner}' objects>", builtin.name),
        None => format!("<built-in function {}>", builtin.name),
    }
}

fn bound_method(vm: &mut dyn Vm, out: &mut String, method: &BoundMethod) -> PyResult<()> {
    let receiver = &method.receiver;
    match &method.function {
        Value::Builtin(Builtin { name, .. }) => {
            let _ = write!(
                out,
                "<built-in method {name} of {} object at {}>",
                receiver.type_name(),
                pretended_address(receiver)
            );
        }
        function => {
            let name = match function {
                Value::Function(function) => function.qualname.clone(),
                Value::Str(name) => Str::from(format!("{}.{name}", receiver.type_name())),
                other => other.type_name(),
            };
            let _ = write!(out, "<bound method {name} of ");
            repr_text(vm, out, receiver)?;
            out.push('>');
        }
    }
    Ok(())
}

/// `repr()` of a builtin type.
pub(in crate::interpreter) fn type_repr(ty: &'static TypeObject) -> String {
    format!("<class '{}'>", qualified(&TypeRef::Builtin(ty)))
}

fn class_repr(class: &Rc<Class>) -> String {
    format!("<class '{}'>", qualified(&TypeRef::Class(Rc::clone(class))))
}

/// The name of a type with its module, except that of the builtins.
pub(in crate::interpreter) fn qualified(ty: &TypeRef) -> String {
    match ty {
        TypeRef::Builtin(ty) if ty.module == "builtins" => ty.name.to_owned(),
        TypeRef::Builtin(ty) => format!("{}.{}", ty.module, ty.name),
        TypeRef::Class(class) => match class.own("__module__") {
            Some(Value::Str(module)) if module.as_str() != "builtins" => {
                format!("{module}.{}", class.qualname)
            }
            _ => class.qualname.to_string(),
        },
    }
}

fn exception_text(vm: &mut dyn Vm, out: &mut String, exception: &ExceptionObject) -> PyResult<()> {
    let args = Rc::clone(&exception.args.borrow());
    out.push_str(&exception.ty.name());
    out.push('(');
    items_text(vm, out, &args)?;
    out.push(')');
    Ok(())
}
