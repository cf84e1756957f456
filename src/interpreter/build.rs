//! What instructions do that make objects or look after variables.

use std::cell::RefCell;
use std::rc::Rc;

use super::image::Image;
use super::machine::clear;
use super::{natives, ops, text};
use crate::program::code::Code;
use crate::program::exception::{
    ExceptionObject, NAME_ERROR, TYPE_ERROR, UNBOUND_LOCAL_ERROR, raise, type_error,
};
use crate::program::instruction::{Conversion, Reg};
use crate::program::value::heap::{self, Identity};
use crate::program::value::{
    CellObject, CodeId, Function, PyResult, RangeObject, SetObject, SliceObject, Stop, Str, Table,
    Value, Vm,
};
use crate::program::vocabulary;

/// The error of a local variable that has no value.
#[cold]
#[inline(never)]
pub(super) fn check_bound(code: &Code, reg: Reg, value: &Value) -> PyResult<()> {
    if !matches!(value, Value::Unbound) {
        return Ok(());
    }
    let name = code.variables.get(usize::from(reg)).map_or("?", |name| name);
    let error =
        format!("cannot access local variable '{name}' where it is not associated with a value");
    Err(raise(&UNBOUND_LOCAL_ERROR, error))
}

/// The error of a shared variable that has no value.
#[cold]
#[inline(never)]
pub(super) fn undefined(name: &str) -> Stop {
    name_error(name, format!("name '{name}' is not defined"))
}

fn name_error(name: &str, message: String) -> Stop {
    let error = ExceptionObject::new(&NAME_ERROR, [Value::from(message)]);
    error.set_attribute("name", Value::from(name));
    Stop::from(Rc::new(error))
}

/// What a shared variable without a value means: a builtin of that name, if there is one.
#[cold]
#[inline(never)]
pub(super) fn builtin(name: &str) -> PyResult<Value> {
    let found = if vocabulary::is_builtin(name) { natives::lookup(name) } else { None };
    found.ok_or_else(|| undefined(name))
}

/// Puts what is in a register into a new cell.
#[inline(never)]
pub(super) fn make_cell(register: &mut Value) {
    let content = match std::mem::replace(register, Value::Unbound) {
        Value::Unbound => None,
        value => Some(value),
    };
    *register = Value::Cell(Rc::new(CellObject(RefCell::new(content))));
}

fn content(cell: &Value) -> Option<&RefCell<Option<Value>>> {
    if let Value::Cell(cell) = cell { Some(&cell.0) } else { None }
}

/// What is in a cell.
#[inline(never)]
pub(super) fn load_cell(code: &Code, reg: Reg, cell: &Value) -> PyResult<Value> {
    let found = content(cell).and_then(|content| content.borrow().clone());
    found.ok_or_else(|| empty_cell(code, reg))
}

#[cold]
fn empty_cell(code: &Code, reg: Reg) -> Stop {
    let at = usize::from(reg);
    let first_free = code.params.len();
    if (first_free..first_free + usize::from(code.n_free)).contains(&at) {
        let name = code.variables.get(at).map_or("?", |name| name);
        let error = format!(
            "cannot access free variable '{name}' where it is not associated with a value in \
             enclosing scope"
        );
        return name_error(name, error);
    }
    check_bound(code, reg, &Value::Unbound).err().unwrap_or_else(|| undefined("?"))
}

/// Puts a value into a cell.
#[inline(never)]
pub(super) fn store_cell(cell: &Value, value: &Value) {
    if let Some(content) = content(cell) {
        let old = content.replace(Some(value.clone()));
        drop(old);
    }
}

/// Empties a cell.
#[inline(never)]
pub(super) fn delete_cell(code: &Code, reg: Reg, cell: &Value) -> PyResult<()> {
    let old = content(cell).and_then(RefCell::take);
    match old {
        Some(_) => Ok(()),
        None => Err(empty_cell(code, reg)),
    }
}

/// The left operand of `a op= b`. A str is given up if it is to be replaced, so that adding to it
/// in a loop does not copy it each time.
#[inline(never)]
pub(super) fn operand_in_place(regs: &mut [Value], a: Reg, dst: Reg, b: Reg) -> Value {
    let is_str = |reg: Reg| matches!(regs[usize::from(reg)], Value::Str(_));
    if a == dst && a != b && is_str(a) && is_str(b) {
        return std::mem::replace(&mut regs[usize::from(a)], Value::Unbound);
    }
    regs[usize::from(a)].clone()
}

/// `text = text + addition`, of strs: like `text += addition`, as in `CPython`
/// (`Python/bytecodes.c`, `BINARY_OP_INPLACE_ADD_UNICODE`).
#[cold]
pub(super) fn append(vm: &mut dyn Vm, text: &mut Value, addition: &Str) -> PyResult<()> {
    match text {
        Value::Str(text) => ops::append(vm, text, addition),
        _ => Ok(()),
    }
}

/// Makes the arguments of `range()` the state of a loop: next number, step, how many are left.
#[inline(never)]
pub(super) fn begin_range(vm: &mut dyn Vm, state: &mut [Value]) -> PyResult<()> {
    let mut numbers = [0, 0, 1];
    let mut given = 0;
    for (number, value) in numbers.iter_mut().zip(&*state) {
        *number = match value {
            Value::Unbound => break,
            Value::Int(number) => *number,
            other => ops::index_of(vm, other)?,
        };
        given += 1;
    }
    let [start, stop, step] = if given == 1 { [0, numbers[0], 1] } else { numbers };
    if step == 0 {
        return Err(raise(
            &crate::program::exception::VALUE_ERROR,
            "range() arg 3 must not be zero",
        ));
    }
    let range = RangeObject::new(start, stop, step);
    // More than that nobody counts through.
    let left = i64::try_from(range.len).unwrap_or(i64::MAX);
    for (register, number) in state.iter_mut().zip([start, step, left]) {
        *register = Value::Int(number);
    }
    Ok(())
}

/// Takes values out of registers in a row.
#[inline(never)]
pub(super) fn take_window(regs: &mut [Value], base: Reg, len: u16) -> Vec<Value> {
    let base = usize::from(base);
    regs[base..base + usize::from(len)]
        .iter_mut()
        .map(|register| std::mem::replace(register, Value::Unbound))
        .collect()
}

/// Puts values into registers in a row.
#[inline(never)]
pub(super) fn fill(regs: &mut [Value], base: Reg, values: Vec<Value>) {
    for (register, value) in regs[usize::from(base)..].iter_mut().zip(values) {
        *register = value;
    }
}

/// A set display.
#[inline(never)]
pub(super) fn set_of(vm: &mut dyn Vm, items: Vec<Value>) -> PyResult<Value> {
    let set = SetObject::new(crate::program::value::SetTable::default());
    for item in items {
        ops::set_add(vm, &set, item)?;
    }
    Ok(Value::Set(Rc::new(set)))
}

/// A dict display; keys and values alternate.
#[inline(never)]
pub(super) fn dict_of(vm: &mut dyn Vm, items: Vec<Value>) -> PyResult<Value> {
    let mut pairs = Vec::with_capacity(items.len() / 2);
    let mut items = items.into_iter();
    while let (Some(key), Some(value)) = (items.next(), items.next()) {
        pairs.push((key, value));
    }
    ops::dict_from(vm, pairs)
}

/// A slice.
#[inline(never)]
pub(super) fn slice_of(parts: Vec<Value>) -> Value {
    let mut parts = parts.into_iter();
    let mut part = || parts.next().unwrap_or(Value::None);
    Value::Slice(Rc::new(SliceObject { start: part(), stop: part(), step: part() }))
}

/// The parts of an f-string, put together.
#[inline(never)]
pub(super) fn text_of(vm: &mut dyn Vm, parts: &[Value]) -> PyResult<Value> {
    let mut out = String::new();
    for part in parts {
        match part {
            Value::Str(text) => out.push_str(text),
            other => text::format_value_text(vm, &mut out, other, "")?,
        }
        heap::reserve(out.len() as u64)?;
    }
    Ok(Value::from(out))
}

/// `format(conversion(value), spec)`; a spec of None is empty.
#[inline(never)]
pub(super) fn format(
    vm: &mut dyn Vm,
    conversion: Conversion,
    value: &Value,
    spec: &Value,
) -> PyResult<Value> {
    let conversion = match conversion {
        Conversion::None => text::Conversion::Plain,
        Conversion::Str => text::Conversion::Str,
        Conversion::Repr => text::Conversion::Repr,
        Conversion::Ascii => text::Conversion::Ascii,
    };
    let value = conversion.apply(vm, value)?;
    let spec = if let Value::Str(spec) = spec { spec.as_str() } else { "" };
    Ok(Value::Str(text::format_value(vm, &value, spec)?))
}

/// `[*source]`
#[inline(never)]
pub(super) fn extend_list(
    vm: &mut dyn Vm,
    list: &Value,
    source: &Value,
    callee: Option<&Value>,
) -> PyResult<()> {
    let Value::List(list) = list else { return Ok(()) };
    if !ops::is_iterable(source) {
        let what = callee.map_or_else(|| "Value".to_owned(), |of| of_callee(of, "argument"));
        let error = format!("{what} after * must be an iterable, not {}", source.type_name());
        return Err(type_error(error));
    }
    let items = ops::collect(vm, source)?;
    heap::reserve_values(items.len())?;
    list.borrow_mut().extend(items);
    list.recount();
    Ok(())
}

/// `{*source}`
#[inline(never)]
pub(super) fn extend_set(vm: &mut dyn Vm, set: &Value, source: &Value) -> PyResult<()> {
    let Value::Set(set) = set else { return Ok(()) };
    ops::for_each(vm, source, &mut |vm, item| ops::set_add(vm, set, item).map(|_| true))
}

/// `{**source}`
#[inline(never)]
pub(super) fn update_dict(vm: &mut dyn Vm, dict: &Value, source: &Value) -> PyResult<()> {
    let Value::Dict(dict) = dict else { return Ok(()) };
    if !is_mapping(vm, source)? {
        return Err(type_error(format!("'{}' object is not a mapping", source.type_name())));
    }
    ops::dict_update(vm, dict, source)
}

/// `f(**source)`
#[inline(never)]
pub(super) fn merge_keywords(
    vm: &mut dyn Vm,
    dict: &Value,
    source: &Value,
    callee: Option<&Value>,
) -> PyResult<()> {
    let Value::Dict(dict) = dict else { return Ok(()) };
    if !is_mapping(vm, source)? {
        let what = of_callee_or(callee, "argument");
        let error = format!("{what} after ** must be a mapping, not {}", source.type_name());
        return Err(type_error(error));
    }
    let Value::Dict(added) = source else { return ops::dict_update(vm, dict, source) };
    let entries: Vec<(Value, Value)> =
        added.borrow().iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect();
    for (key, value) in entries {
        let Value::Str(name) = &key else { return Err(type_error("keywords must be strings")) };
        if ops::dict_get_value(dict, name).is_some() {
            let got = of_callee_or(callee, "got");
            let error = format!("{got} multiple values for keyword argument '{name}'");
            return Err(type_error(error));
        }
        ops::dict_set(vm, dict, key, value)?;
    }
    Ok(())
}

/// What a call is called in messages about its arguments: `__main__.f() argument`.
fn of_callee(callee: &Value, what: &str) -> String {
    let name = match callee {
        Value::Function(function) => format!("__main__.{}", function.qualname),
        Value::BoundMethod(method) if let Value::Function(function) = &method.function => {
            format!("__main__.{}", function.qualname)
        }
        Value::Class(class) => format!("__main__.{}", class.qualname),
        Value::Type(ty) => ty.name.to_owned(),
        Value::Builtin(builtin) => match builtin.owner {
            Some(owner) => format!("{owner}.{}", builtin.name),
            None => builtin.name.to_owned(),
        },
        other => return format!("{} object {what}", other.type_name()),
    };
    format!("{name}() {what}")
}

fn of_callee_or(callee: Option<&Value>, what: &str) -> String {
    callee.map_or_else(|| what.to_owned(), |callee| of_callee(callee, what))
}

fn is_mapping(vm: &mut dyn Vm, value: &Value) -> PyResult<bool> {
    Ok(matches!(value, Value::Dict(_)) || ops::has_attribute(vm, value, &Str::from("keys"))?)
}

/// A function. Its defaults and cells are the first of `registers`, and are taken from there.
#[inline(never)]
pub(super) fn function(image: &Image, code: u16, registers: &mut [Value]) -> Value {
    let id = CodeId(code.into());
    let loaded = image.code(id);
    let code = &loaded.code;
    let mut taken = registers.iter_mut().map(|reg| std::mem::replace(reg, Value::Unbound));
    let defaults = taken.by_ref().take(code.params.defaults.into()).collect();
    let first_keyword = usize::from(code.params.positional);
    let names = code.variables.iter().skip(first_keyword).zip(&code.params.keyword_only);
    let kw_defaults = names
        .filter(|(_, has_default)| **has_default)
        .map(|(name, _)| Str::from(&**name))
        .zip(taken.by_ref())
        .collect();
    let closure = taken
        .take(code.n_free.into())
        .map(|cell| match cell {
            Value::Cell(cell) => cell,
            _ => Rc::default(),
        })
        .collect();
    Value::Function(Rc::new(Function {
        code: id,
        name: loaded.name.clone(),
        qualname: loaded.qualname.clone(),
        defaults,
        kw_defaults,
        closure,
        attributes: RefCell::new(Table::new()),
        identity: Identity::default(),
    }))
}

/// The error of a `with` over what is no context manager.
#[inline(never)]
pub(super) fn check_manager(vm: &mut dyn Vm, is_async: bool, value: &Value) -> PyResult<()> {
    let (enter, exit, kind) = if is_async {
        ("__aenter__", "__aexit__", "asynchronous context manager")
    } else {
        ("__enter__", "__exit__", "context manager")
    };
    for name in [exit, enter] {
        if !ops::has_attribute(vm, value, &Str::from(name))? {
            let ty = value.type_name();
            let mut error = format!(
                "'{ty}' object does not support the {kind} protocol (missed {name} method)"
            );
            error.push_str(other_manager(vm, is_async, value)?);
            return Err(raise(&TYPE_ERROR, error));
        }
    }
    Ok(())
}

/// What is said of an object that is a manager of the other kind.
fn other_manager(vm: &mut dyn Vm, is_async: bool, value: &Value) -> PyResult<&'static str> {
    let (names, words) = if is_async {
        (
            ["__enter__", "__exit__"],
            " but it supports the context manager protocol. Did you mean to use 'with'?",
        )
    } else {
        (
            ["__aenter__", "__aexit__"],
            " but it supports the asynchronous context manager protocol. Did you mean to use \
             'async with'?",
        )
    };
    for name in names {
        if !ops::has_attribute(vm, value, &Str::from(name))? {
            return Ok("");
        }
    }
    Ok(words)
}

/// Empties registers.
#[inline(never)]
pub(super) fn clear_all(registers: &mut [Value]) {
    registers.iter_mut().for_each(clear);
}
