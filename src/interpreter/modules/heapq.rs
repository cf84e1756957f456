//! The part of `heapq` that is not written in Python.
//!
//! Source: `CPython` `Modules/_heapqmodule.c`: the same comparisons in the same order.

use std::rc::Rc;

use super::{Native, function};
use crate::interpreter::ops;
use crate::program::exception::{INDEX_ERROR, RUNTIME_ERROR, raise, type_error};
use crate::program::value::{
    Arguments, Builtin, ListObject, PyResult,
    Signature::{One, Positional},
    Stop, Value, Vm,
};

pub(super) static MODULE: Native =
    Native { name: "_heapq", functions: &[FUNCTIONS], others: Vec::new };

static FUNCTIONS: &[Builtin] = &[
    function("heapify", One, heapify::<false>),
    function("heapify_max", One, heapify::<true>),
    function("heappop", One, pop::<false>),
    function("heappop_max", One, pop::<true>),
    function("heappush", Positional(2, 2), push::<false>),
    function("heappush_max", Positional(2, 2), push::<true>),
    function("heappushpop", Positional(2, 2), push_pop::<false>),
    function("heappushpop_max", Positional(2, 2), push_pop::<true>),
    function("heapreplace", Positional(2, 2), replace::<false>),
    function("heapreplace_max", Positional(2, 2), replace::<true>),
];

fn heap<'a>(name: &str, args: &Arguments<'a>) -> PyResult<&'a Rc<ListObject>> {
    match &args.positional[0] {
        Value::List(list) => Ok(list),
        other => {
            let which = if args.positional.len() == 1 { "argument" } else { "argument 1" };
            let kind = other.type_name();
            Err(type_error(format!("{name}() {which} must be list, not {kind}")))
        }
    }
}

/// The name of a function, as errors show it.
fn named<const MAX: bool>(name: &str) -> String {
    if MAX { format!("{name}_max") } else { name.to_owned() }
}

#[cold]
fn changed() -> Stop {
    raise(&RUNTIME_ERROR, "list changed size during iteration")
}

/// An item of a list that the program may change while items are compared.
fn item(list: &ListObject, at: usize) -> PyResult<Value> {
    list.get(at).ok_or_else(changed)
}

fn put(list: &ListObject, at: usize, value: Value) -> PyResult<()> {
    let old = match list.borrow_mut().get_mut(at) {
        Some(slot) => std::mem::replace(slot, value),
        None => return Err(changed()),
    };
    drop(old);
    Ok(())
}

/// Whether `a` goes before `b`.
fn before<const MAX: bool>(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<bool> {
    vm.spend(1)?;
    if MAX { ops::less(vm, b, a) } else { ops::less(vm, a, b) }
}

fn sift_down<const MAX: bool>(
    vm: &mut dyn Vm,
    list: &ListObject,
    start: usize,
    mut at: usize,
) -> PyResult<()> {
    let moved = item(list, at)?;
    while at > start {
        let parent = (at - 1) / 2;
        let above = item(list, parent)?;
        if !before::<MAX>(vm, &moved, &above)? {
            break;
        }
        put(list, at, above)?;
        put(list, parent, moved.clone())?;
        at = parent;
    }
    Ok(())
}

fn sift_up<const MAX: bool>(vm: &mut dyn Vm, list: &ListObject, start: usize) -> PyResult<()> {
    let end = list.len();
    let mut at = start;
    while at < end / 2 {
        let mut child = 2 * at + 1;
        if child + 1 < end {
            let (left, right) = (item(list, child)?, item(list, child + 1)?);
            if !before::<MAX>(vm, &left, &right)? {
                child += 1;
            }
        }
        let (low, high) = (item(list, child)?, item(list, at)?);
        put(list, at, low)?;
        put(list, child, high)?;
        at = child;
    }
    sift_down::<MAX>(vm, list, start, at)
}

fn heapify<const MAX: bool>(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = heap(&named::<MAX>("heapify"), &args)?;
    for at in (0..list.len() / 2).rev() {
        sift_up::<MAX>(vm, list, at)?;
    }
    Ok(Value::None)
}

fn push<const MAX: bool>(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = heap(&named::<MAX>("heappush"), &args)?;
    list.push(args.positional[1].clone())?;
    sift_down::<MAX>(vm, list, 0, list.len() - 1)?;
    Ok(Value::None)
}

fn pop<const MAX: bool>(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = heap(&named::<MAX>("heappop"), &args)?;
    let Some(last) = list.borrow_mut().pop() else {
        return Err(raise(&INDEX_ERROR, "index out of range"));
    };
    if list.is_empty() {
        return Ok(last);
    }
    let first = item(list, 0)?;
    put(list, 0, last)?;
    sift_up::<MAX>(vm, list, 0)?;
    Ok(first)
}

fn replace<const MAX: bool>(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = heap(&named::<MAX>("heapreplace"), &args)?;
    let Some(first) = list.get(0) else {
        return Err(raise(&INDEX_ERROR, "index out of range"));
    };
    put(list, 0, args.positional[1].clone())?;
    sift_up::<MAX>(vm, list, 0)?;
    Ok(first)
}

fn push_pop<const MAX: bool>(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = heap(&named::<MAX>("heappushpop"), &args)?;
    let given = &args.positional[1];
    match list.get(0) {
        Some(first) if before::<MAX>(vm, &first, given)? => replace::<MAX>(vm, args),
        _ => Ok(given.clone()),
    }
}
