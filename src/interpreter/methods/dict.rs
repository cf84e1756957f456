use std::rc::Rc;

use super::{methods, wrong_receiver};
use crate::interpreter::ops;
use crate::program::exception::{KEY_ERROR, raise, raise_value, type_error};
use crate::program::value::{
    Arguments, Builtin, DictObject, DictView, PyResult,
    Signature::{Free, Nothing, One, Positional},
    Table, Value, ViewKind, Vm, heap,
};

methods! { METHODS "dict":
    "clear" Nothing => clear;
    "copy" Nothing => copy;
    "get" Positional(1, 2) => get;
    "items" Nothing => items;
    "keys" Nothing => keys;
    "pop" Positional(1, 2) => pop;
    "popitem" Nothing => pop_item;
    "setdefault" Positional(1, 2) => set_default;
    "update" Free => update;
    "values" Nothing => values;
}

methods! { VIEW_METHODS "dict_keys":
    "isdisjoint" One => view_is_disjoint;
}

/// `dict.fromkeys`, which needs no receiver.
pub(super) static FROM_KEYS: Builtin =
    Builtin { name: "fromkeys", owner: None, signature: Positional(1, 2), call: from_keys };

fn this<'a>(args: Arguments<'a>, method: &str) -> PyResult<&'a Rc<DictObject>> {
    match &args.positional[0] {
        Value::Dict(dict) => Ok(dict),
        other => Err(wrong_receiver(method, "dict", other)),
    }
}

fn clear(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let dict = this(args, "clear")?;
    let old = dict.borrow_mut().take();
    dict.recount();
    drop(old);
    Ok(Value::None)
}

fn copy(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let dict = this(args, "copy")?;
    heap::reserve(dict.borrow().weight())?;
    let table = dict.borrow().clone();
    Ok(Value::Dict(Rc::new(DictObject::new(table))))
}

fn default(args: Arguments<'_>) -> Value {
    args.positional.get(2).cloned().unwrap_or(Value::None)
}

fn get(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let dict = this(args, "get")?;
    Ok(ops::dict_get(vm, dict, &args.positional[1])?.unwrap_or_else(|| default(args)))
}

fn view(dict: &Rc<DictObject>, kind: ViewKind) -> Value {
    Value::DictView(Rc::new(DictView { dict: Rc::clone(dict), kind }))
}

fn items(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(view(this(args, "items")?, ViewKind::Items))
}

fn keys(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(view(this(args, "keys")?, ViewKind::Keys))
}

fn values(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(view(this(args, "values")?, ViewKind::Values))
}

fn pop(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let dict = this(args, "pop")?;
    let key = &args.positional[1];
    let found = if dict.is_empty() { None } else { ops::dict_remove(vm, dict, key)? };
    match (found, args.positional.get(2)) {
        (Some(value), _) => Ok(value),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(raise_value(&KEY_ERROR, key.clone())),
    }
}

fn pop_item(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let dict = this(args, "popitem")?;
    let mut table = dict.borrow_mut();
    let last = table.last_before(table.end()).map(|(position, _)| position);
    match last.and_then(|position| table.remove(position)) {
        Some(entry) => Ok(Value::tuple([entry.key, entry.value])),
        None => Err(raise(&KEY_ERROR, "popitem(): dictionary is empty")),
    }
}

fn set_default(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let dict = this(args, "setdefault")?;
    ops::dict_set_default(vm, dict, args.positional[1].clone(), default(args))
}

fn update(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let dict = this(args, "update")?;
    if args.positional.len() > 2 {
        return Err(type_error(format!(
            "update expected at most 1 argument, got {}",
            args.positional.len() - 1
        )));
    }
    if let Some(source) = args.positional.get(1) {
        ops::dict_update(vm, dict, source)?;
    }
    for (name, value) in args.keywords {
        ops::dict_set(vm, dict, Value::Str(name.clone()), value.clone())?;
    }
    Ok(Value::None)
}

fn from_keys(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = args.positional.get(1).cloned().unwrap_or(Value::None);
    let dict = Rc::new(DictObject::new(Table::new()));
    ops::for_each(vm, &args.positional[0], &mut |vm, key| {
        ops::dict_set(vm, &dict, key, value.clone()).map(|()| true)
    })?;
    Ok(Value::Dict(dict))
}

fn view_is_disjoint(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut disjoint = true;
    ops::for_each(vm, &args.positional[1], &mut |vm, item| {
        disjoint = !ops::contains(vm, &args.positional[0], &item)?;
        Ok(disjoint)
    })?;
    Ok(Value::Bool(disjoint))
}
