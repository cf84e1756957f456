use std::rc::Rc;

use super::{methods, wrong_receiver};
use crate::interpreter::builtins::{bind_keywords, sort_values};
use crate::interpreter::ops;
use crate::program::exception::{INDEX_ERROR, raise, type_error, value_error};
use crate::program::value::{
    Arguments, ListObject, PyResult,
    Signature::{Free, Nothing, One, Positional},
    Value, Vm, heap,
};

methods! { METHODS "list":
    "append" One => append;
    "clear" Nothing => clear;
    "copy" Nothing => copy;
    "count" One => count;
    "extend" One => extend;
    "index" Positional(1, 3) => index;
    "insert" Positional(2, 2) => insert;
    "pop" Positional(0, 1) => pop;
    "remove" One => remove;
    "reverse" Nothing => reverse;
    "sort" Free => sort;
}

fn this<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a Rc<ListObject>> {
    match &args.positional[0] {
        Value::List(list) => Ok(list),
        other => Err(wrong_receiver(method, "list", other)),
    }
}

fn append(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    this(args, "append")?.push(args.positional[1].clone())?;
    Ok(Value::None)
}

fn clear(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = this(args, "clear")?;
    let old = std::mem::take(&mut *list.borrow_mut());
    list.recount();
    drop(old);
    Ok(Value::None)
}

fn copy(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = this(args, "copy")?;
    heap::reserve_values(list.len())?;
    let items = list.borrow().clone();
    Ok(Value::list(items))
}

fn count(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = Value::List(Rc::clone(this(args, "count")?));
    super::sequence::count_equal(vm, &list, &args.positional[1])
}

fn extend(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    ops::extend(vm, this(args, "extend")?, &args.positional[1])?;
    Ok(Value::None)
}

fn index(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = this(args, "index")?;
    let (start, stop) = super::sequence::bounds(vm, args, 2, list.len())?;
    let mut at = start;
    while at < stop {
        let Some(item) = list.get(at) else { break };
        if at.is_multiple_of(64) {
            vm.spend(16)?;
        }
        if ops::same_or_equal(vm, &item, &args.positional[1])? {
            return Ok(Value::from(at));
        }
        at += 1;
    }
    Err(value_error("list.index(x): x not in list"))
}

fn insert(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = this(args, "insert")?;
    let Some(index) = ops::clamp_index(vm, &args.positional[1])? else {
        return Err(ops::not_an_integer(&args.positional[1]));
    };
    heap::reserve_values(list.len())?;
    let len = list.len();
    let at = if index < 0 { index.saturating_add_unsigned(len as u64).max(0) } else { index };
    let at = usize::try_from(at).unwrap_or(usize::MAX).min(len);
    vm.spend((len - at) as u64 / 64)?;
    list.borrow_mut().insert(at, args.positional[2].clone());
    list.recount();
    Ok(Value::None)
}

fn pop(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = this(args, "pop")?;
    let Some(index) = args.positional.get(1) else {
        let last = list.borrow_mut().pop();
        return last.ok_or_else(|| raise(&INDEX_ERROR, "pop from empty list"));
    };
    let index = ops::index_of(vm, index)?;
    let len = list.len();
    if len == 0 {
        return Err(raise(&INDEX_ERROR, "pop from empty list"));
    }
    match ops::normalized(index, len) {
        Some(at) => {
            vm.spend((len - at) as u64 / 64)?;
            Ok(list.borrow_mut().remove(at))
        }
        None => Err(raise(&INDEX_ERROR, "pop index out of range")),
    }
}

fn remove(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = this(args, "remove")?;
    let mut at = 0;
    while let Some(item) = list.get(at) {
        if at.is_multiple_of(64) {
            vm.spend(16)?;
        }
        if ops::same_or_equal(vm, &item, &args.positional[1])? {
            let mut items = list.borrow_mut();
            let removed = (at < items.len()).then(|| items.remove(at));
            drop(items);
            drop(removed);
            return Ok(Value::None);
        }
        at += 1;
    }
    Err(value_error("list.remove(x): x not in list"))
}

fn reverse(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    this(args, "reverse")?.borrow_mut().reverse();
    Ok(Value::None)
}

fn sort(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let list = this(args, "sort")?;
    if args.positional.len() > 1 {
        return Err(type_error("sort() takes no positional arguments"));
    }
    let [key, reverse] = bind_keywords("sort", ["key", "reverse"], 0, 0, &[], args.keywords)?;
    let reverse = match &reverse {
        Some(flag) => ops::truth(vm, flag)?,
        None => false,
    };
    // The list is empty for whoever looks while it is sorted, as in CPython.
    let mut items = std::mem::take(&mut *list.borrow_mut());
    let result = sort_values(vm, &mut items, key.as_ref(), reverse);
    let meanwhile = std::mem::replace(&mut *list.borrow_mut(), items);
    let modified = !meanwhile.is_empty();
    drop(meanwhile);
    result?;
    if modified {
        return Err(value_error("list modified during sort"));
    }
    Ok(Value::None)
}
