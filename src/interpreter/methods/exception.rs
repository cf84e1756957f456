use std::rc::Rc;

use crate::interpreter::builtins::{class_info, text_argument};
use crate::interpreter::ops;
use crate::program::exception::{
    ATTRIBUTE_ERROR, BASE_EXCEPTION_GROUP, ExceptionObject, IMPORT_ERROR, NAME_ERROR, OS_ERROR,
    STOP_ITERATION, SYSTEM_EXIT, UNICODE_DECODE_ERROR, UNICODE_ENCODE_ERROR, type_error,
};
use crate::program::value::{
    Arguments, Builtin, PyResult, Signature::One, Str, TypeObject, TypeRef, Value, Vm,
};

static ADD_NOTE: Builtin =
    Builtin { name: "add_note", owner: Some("BaseException"), signature: One, call: add_note };
static WITH_TRACEBACK: Builtin = Builtin {
    name: "with_traceback",
    owner: Some("BaseException"),
    signature: One,
    call: with_traceback,
};
static SPLIT: Builtin =
    Builtin { name: "split", owner: Some("BaseExceptionGroup"), signature: One, call: split };
static SUBGROUP: Builtin =
    Builtin { name: "subgroup", owner: Some("BaseExceptionGroup"), signature: One, call: subgroup };
static DERIVE: Builtin =
    Builtin { name: "derive", owner: Some("BaseExceptionGroup"), signature: One, call: derive };

/// The method `name` of an exception.
pub fn find_in_exception(exception: &ExceptionObject, name: &str) -> Option<&'static Builtin> {
    by_name(name, exception.is_a(&BASE_EXCEPTION_GROUP))
}

/// The method `name` of the exceptions of a builtin type.
pub fn exception_method(ty: &TypeObject, name: &str) -> Option<&'static Builtin> {
    by_name(name, ty.is_subtype_of(&BASE_EXCEPTION_GROUP))
}

fn by_name(name: &str, is_group: bool) -> Option<&'static Builtin> {
    match name {
        "add_note" => Some(&ADD_NOTE),
        "with_traceback" => Some(&WITH_TRACEBACK),
        "split" if is_group => Some(&SPLIT),
        "subgroup" if is_group => Some(&SUBGROUP),
        "derive" if is_group => Some(&DERIVE),
        _ => None,
    }
}

fn chained(link: &std::cell::RefCell<Option<Rc<ExceptionObject>>>) -> Value {
    link.borrow().as_ref().map_or(Value::None, |exception| Value::Exception(Rc::clone(exception)))
}

/// An attribute that an exception has by its builtin type.
pub fn exception_attribute(exception: &Rc<ExceptionObject>, name: &str) -> Option<Value> {
    let args = Rc::clone(&exception.args.borrow());
    let argument = |at: usize| args.get(at).cloned().unwrap_or(Value::None);
    match name {
        "args" => Some(Value::Tuple(args)),
        "__cause__" => Some(chained(&exception.cause)),
        "__context__" => Some(chained(&exception.context)),
        "__suppress_context__" => Some(Value::Bool(exception.suppress_context.get())),
        "value" if exception.is_a(&STOP_ITERATION) => Some(argument(0)),
        "code" if exception.is_a(&SYSTEM_EXIT) => Some(match args.len() {
            0 | 1 => argument(0),
            _ => Value::Tuple(args),
        }),
        "message" if exception.is_a(&BASE_EXCEPTION_GROUP) => Some(argument(0)),
        "exceptions" if exception.is_a(&BASE_EXCEPTION_GROUP) => {
            Some(Value::tuple(members(exception)))
        }
        "name" | "path" | "msg" if exception.is_a(&IMPORT_ERROR) => {
            Some(if name == "msg" { argument(0) } else { Value::None })
        }
        "name" if exception.is_a(&NAME_ERROR) => Some(Value::None),
        "name" | "obj" if exception.is_a(&ATTRIBUTE_ERROR) => Some(Value::None),
        _ if exception.is_a(&OS_ERROR) => os_attribute(&args, name),
        _ if exception.is_a(&UNICODE_DECODE_ERROR) || exception.is_a(&UNICODE_ENCODE_ERROR) => {
            let names = ["encoding", "object", "start", "end", "reason"];
            names.iter().position(|known| *known == name).map(argument)
        }
        _ => None,
    }
}

fn os_attribute(args: &[Value], name: &str) -> Option<Value> {
    let structured = (2..=5).contains(&args.len());
    let at = match name {
        "errno" => 0,
        "strerror" => 1,
        "filename" => 2,
        "filename2" => 4,
        _ => return None,
    };
    Some(args.get(at).filter(|_| structured).cloned().unwrap_or(Value::None))
}

/// Sets an attribute of an exception.
pub fn set_exception_attribute(
    vm: &mut dyn Vm,
    exception: &Rc<ExceptionObject>,
    name: &Str,
    value: Value,
) -> PyResult<()> {
    let link = |value: Value, what: &str| match value {
        Value::None => Ok(None),
        Value::Exception(exception) => Ok(Some(exception)),
        _ => Err(type_error(format!("exception {what} must be None or derive from BaseException"))),
    };
    match name.as_str() {
        "args" => {
            let args = ops::collect(vm, &value)?;
            *exception.args.borrow_mut() = Rc::new(args.into());
        }
        "__cause__" => {
            let cause = link(value, "cause")?;
            exception.suppress_context.set(true);
            drop(std::mem::replace(&mut *exception.cause.borrow_mut(), cause));
        }
        "__context__" => {
            let context = link(value, "context")?;
            drop(std::mem::replace(&mut *exception.context.borrow_mut(), context));
        }
        "__suppress_context__" => exception.suppress_context.set(ops::truth(vm, &value)?),
        "__traceback__" => {
            crate::interpreter::traceback::set(exception, &value)?;
        }
        _ => exception.attributes.borrow_mut().set_str(name, value),
    }
    Ok(())
}

fn this<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a Rc<ExceptionObject>> {
    match &args.positional[0] {
        Value::Exception(exception) => Ok(exception),
        other => Err(super::wrong_receiver(method, "BaseException", other)),
    }
}

fn add_note(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let exception = this(args, "add_note")?;
    text_argument("add_note", "argument", &args.positional[1])?;
    let Value::Str(text) = &args.positional[1] else { return Ok(Value::None) };
    note(exception, text.clone())?;
    Ok(Value::None)
}

/// Adds a note to an exception.
pub(in crate::interpreter) fn note(exception: &Rc<ExceptionObject>, text: Str) -> PyResult<()> {
    match exception.attribute("__notes__") {
        Some(Value::List(notes)) => notes.push(Value::Str(text))?,
        _ => exception.set_attribute("__notes__", Value::list(vec![Value::Str(text)])),
    }
    Ok(())
}

fn with_traceback(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let exception = this(args, "with_traceback")?;
    crate::interpreter::traceback::set(exception, &args.positional[1])?;
    Ok(args.positional[0].clone())
}

/// The exceptions of a group.
pub(in crate::interpreter) fn members(group: &ExceptionObject) -> Vec<Value> {
    match group.args.borrow().get(1) {
        Some(Value::List(list)) => list.borrow().clone(),
        Some(Value::Tuple(items)) => items.to_vec(),
        _ => Vec::new(),
    }
}

/// A group like `group`, with other members, as its `derive()` makes it; `None` without members.
fn derived(vm: &mut dyn Vm, group: &Rc<ExceptionObject>, members: Vec<Value>) -> PyResult<Value> {
    if members.is_empty() {
        return Ok(Value::None);
    }
    let whole = Value::Exception(Rc::clone(group));
    let method = ops::get_attribute(vm, &whole, &Str::from("derive"))?;
    let Value::Exception(new) = vm.call(&method, &[Value::list(members)], &[])? else {
        return Err(type_error("derive must return an instance of BaseExceptionGroup"));
    };
    new.cause.borrow_mut().clone_from(&group.cause.borrow());
    new.context.borrow_mut().clone_from(&group.context.borrow());
    new.suppress_context.set(group.suppress_context.get());
    new.traceback.borrow_mut().clone_from(&group.traceback.borrow());
    if let Some(notes) = group.attribute("__notes__") {
        let notes = ops::collect(vm, &notes)?;
        new.set_attribute("__notes__", Value::list(notes));
    }
    Ok(Value::Exception(new))
}

/// Splits an exception by a condition: what satisfies it, and the rest.
pub(in crate::interpreter) fn split_exception(
    vm: &mut dyn Vm,
    exception: &Rc<ExceptionObject>,
    test: &mut dyn FnMut(&mut dyn Vm, &Value) -> PyResult<bool>,
) -> PyResult<(Value, Value)> {
    let whole = Value::Exception(Rc::clone(exception));
    if test(vm, &whole)? {
        return Ok((whole, Value::None));
    }
    if !exception.is_a(&BASE_EXCEPTION_GROUP) {
        return Ok((Value::None, whole));
    }
    vm.enter(" in exception group")?;
    let (mut matching, mut rest) = (Vec::new(), Vec::new());
    let mut result = Ok(());
    for member in members(exception) {
        let Value::Exception(member) = &member else { continue };
        match split_exception(vm, member, test) {
            Ok((yes, no)) => {
                matching.extend(Some(yes).filter(|value| !matches!(value, Value::None)));
                rest.extend(Some(no).filter(|value| !matches!(value, Value::None)));
            }
            Err(stop) => {
                result = Err(stop);
                break;
            }
        }
    }
    vm.leave();
    result?;
    Ok((derived(vm, exception, matching)?, derived(vm, exception, rest)?))
}

fn split_by(
    vm: &mut dyn Vm,
    exception: &Rc<ExceptionObject>,
    condition: &Value,
) -> PyResult<(Value, Value)> {
    let types = class_info(condition);
    match types {
        Some(types) => split_exception(vm, exception, &mut |_, member| {
            let ty = member.type_of();
            Ok(types.iter().any(|wanted: &TypeRef| ty.is_subtype_of(wanted)))
        }),
        None if ops::is_callable(condition) => split_exception(vm, exception, &mut |vm, member| {
            let result = vm.call(condition, std::slice::from_ref(member), &[])?;
            ops::truth(vm, &result)
        }),
        None => Err(type_error(
            "expected an exception type, a tuple of exception types, or a callable (other than a \
             class)",
        )),
    }
}

fn split(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (matching, rest) = split_by(vm, this(args, "split")?, &args.positional[1])?;
    Ok(Value::tuple([matching, rest]))
}

fn subgroup(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(split_by(vm, this(args, "subgroup")?, &args.positional[1])?.0)
}

fn derive(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let group = this(args, "derive")?;
    let message = group.args.borrow().first().cloned().unwrap_or(Value::None);
    let members = args.positional[1].clone();
    crate::interpreter::builtins::construct_exception(
        vm,
        &TypeRef::Builtin(&BASE_EXCEPTION_GROUP),
        &[message, members],
        &[],
    )
}
