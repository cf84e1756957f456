//! `except*`: parts of exception groups.
//!
//! Source: `CPython` `Objects/exceptions.c` (`exceptiongroup_split_recursive`,
//! `_PyExc_PrepReraiseStar`), `Python/ceval.c` (`_PyEval_ExceptionGroupMatch`).

use std::rc::Rc;

use super::intrinsic::tuple;
use super::ops;
use super::raise::catches;
use super::vm::Interp;
use crate::program::exception::{BASE_EXCEPTION_GROUP, type_error};
use crate::program::value::{PyResult, Raised, Str, Value, Vm};

/// The part of an exception that is of these types, and the rest; None where there is nothing.
pub(super) fn split(vm: &mut Interp<'_>, rest: &Value, types: &Value) -> PyResult<Value> {
    let Value::Exception(exception) = rest else {
        return Ok(tuple([Value::None, Value::None]));
    };
    check_types(types)?;
    if catches(types, rest)? {
        let taken = if is_group(exception) {
            rest.clone()
        } else {
            let group = new_group(vm, "", Value::tuple([rest.clone()]))?;
            if let Value::Exception(group) = &group {
                group.traceback.borrow_mut().clone_from(&exception.traceback.borrow());
            }
            group
        };
        return Ok(tuple([taken, Value::None]));
    }
    if !is_group(exception) {
        return Ok(tuple([Value::None, rest.clone()]));
    }
    let (taken, left) =
        split_group(vm, exception, &mut |part| catches(types, &Value::Exception(Rc::clone(part))))?;
    Ok(tuple([taken, left].map(|part| part.map_or(Value::None, Value::Exception))))
}

fn check_types(types: &Value) -> PyResult<()> {
    let given = match types {
        Value::Tuple(items) => &items[..],
        one => std::slice::from_ref(one),
    };
    let is_group_type = |ty: &Value| match ty {
        Value::Type(ty) => ty.is_subtype_of(&BASE_EXCEPTION_GROUP),
        Value::Class(class) => {
            crate::program::value::TypeRef::Class(Rc::clone(class)).is_a(&BASE_EXCEPTION_GROUP)
        }
        _ => false,
    };
    if given.iter().any(is_group_type) {
        let error = "catching ExceptionGroup with except* is not allowed. Use except instead.";
        return Err(type_error(error));
    }
    Ok(())
}

/// Whether it is a group of exceptions.
pub(super) fn is_group(exception: &Raised) -> bool {
    exception.is_a(&BASE_EXCEPTION_GROUP)
}

/// The exceptions in a group.
pub(super) fn parts(group: &Raised) -> Vec<Raised> {
    let args = Rc::clone(&group.args.borrow());
    let exception = |item: &Value| match item {
        Value::Exception(exception) => Some(Rc::clone(exception)),
        _ => None,
    };
    match args.get(1) {
        Some(Value::List(items)) => items.borrow().iter().filter_map(exception).collect(),
        Some(Value::Tuple(items)) => items.iter().filter_map(exception).collect(),
        _ => Vec::new(),
    }
}

type Test<'t> = dyn FnMut(&Raised) -> PyResult<bool> + 't;
type Halves = (Option<Raised>, Option<Raised>);

/// Splits a group: what passes the test, and what does not, each in groups nested like the whole.
pub(super) fn split_group(
    vm: &mut Interp<'_>,
    group: &Raised,
    test: &mut Test<'_>,
) -> PyResult<Halves> {
    if test(group)? {
        return Ok((Some(Rc::clone(group)), None));
    }
    if !is_group(group) {
        return Ok((None, Some(Rc::clone(group))));
    }
    vm.enter(" in exceptiongroup_split_recursive")?;
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for part in parts(group) {
        let (yes, no) = split_group(vm, &part, test)?;
        taken.extend(yes.map(Value::Exception));
        left.extend(no.map(Value::Exception));
    }
    vm.leave();
    let taken = derived(vm, group, taken)?;
    let left = derived(vm, group, left)?;
    Ok((taken, left))
}

/// A group of these exceptions in place of another one; `None` for no exceptions.
fn derived(vm: &mut Interp<'_>, group: &Raised, items: Vec<Value>) -> PyResult<Option<Raised>> {
    if items.is_empty() {
        return Ok(None);
    }
    let whole = Value::Exception(Rc::clone(group));
    let method = ops::get_attribute(vm, &whole, &Str::from("derive"));
    let made = match method {
        Ok(method) => vm.call(&method, &[Value::list(items)], &[])?,
        Err(_) => {
            let message = group.args.borrow().first().cloned().unwrap_or(Value::None);
            let message = if let Value::Str(text) = &message { text.as_str() } else { "" };
            new_group(vm, message, Value::list(items))?
        }
    };
    let Value::Exception(made) = made else {
        return Err(type_error("derive must return an instance of BaseExceptionGroup"));
    };
    made.traceback.borrow_mut().clone_from(&group.traceback.borrow());
    made.cause.borrow_mut().clone_from(&group.cause.borrow());
    made.context.borrow_mut().clone_from(&group.context.borrow());
    if let Some(notes) = group.attribute("__notes__") {
        made.set_attribute("__notes__", notes);
    }
    Ok(Some(made))
}

/// A new group, of `Exception`s if all of them are.
fn new_group(vm: &mut Interp<'_>, message: &str, items: Value) -> PyResult<Value> {
    vm.call(&Value::Type(&BASE_EXCEPTION_GROUP), &[Value::from(message), items], &[])
}

/// What goes on after the clauses: nothing, the rest of the original, or a new group of what the
/// clauses raised and that rest.
pub(super) fn join(
    vm: &mut Interp<'_>,
    original: &Value,
    raised: &Value,
    rest: &Value,
) -> PyResult<Value> {
    let Value::List(raised) = raised else { return Ok(Value::None) };
    let raised: Vec<Value> = raised.borrow().clone();
    let Value::Exception(original) = original else { return Ok(Value::None) };
    if !is_group(original) {
        // A naked exception is taken whole or not at all.
        return Ok(match (raised.into_iter().next(), rest) {
            (Some(one), _) => one,
            (None, rest) => rest.clone(),
        });
    }
    let metadata_of = |value: &Value| match value {
        Value::Exception(exception) => is_part_of(exception, original),
        _ => false,
    };
    let (mut again, new): (Vec<Value>, Vec<Value>) = raised.into_iter().partition(metadata_of);
    if !matches!(rest, Value::None) {
        again.push(rest.clone());
    }
    let again = projected(vm, original, &again)?;
    if new.is_empty() {
        return Ok(again.map_or(Value::None, Value::Exception));
    }
    let items: Vec<Value> = new.into_iter().chain(again.map(Value::Exception)).collect();
    match &items[..] {
        [one] => Ok(one.clone()),
        _ => new_group(vm, "", Value::list(items)),
    }
}

/// Whether a group is a part of the original that is raised again.
fn is_part_of(exception: &Raised, original: &Raised) -> bool {
    if Rc::ptr_eq(exception, original) {
        return true;
    }
    if !is_group(exception) {
        return false;
    }
    let leaves = leaves(original);
    let own = self::leaves(exception);
    !own.is_empty() && own.iter().all(|leaf| leaves.iter().any(|known| Rc::ptr_eq(known, leaf)))
}

fn leaves(group: &Raised) -> Vec<Raised> {
    let mut found = Vec::new();
    let mut left = vec![Rc::clone(group)];
    while let Some(exception) = left.pop() {
        if is_group(&exception) {
            left.extend(parts(&exception));
        } else {
            found.push(exception);
        }
    }
    found
}

/// The original with only the leaves of some of its parts.
fn projected(vm: &mut Interp<'_>, original: &Raised, kept: &[Value]) -> PyResult<Option<Raised>> {
    let mut keep: Vec<Raised> = Vec::new();
    for part in kept {
        if let Value::Exception(part) = part {
            keep.extend(leaves(part));
        }
    }
    if keep.is_empty() {
        return Ok(None);
    }
    let mut test =
        |part: &Raised| Ok(!is_group(part) && keep.iter().any(|known| Rc::ptr_eq(known, part)));
    if leaves(original).len() == keep.len() {
        return Ok(Some(Rc::clone(original)));
    }
    split_group(vm, original, &mut test).map(|(kept, _)| kept)
}
