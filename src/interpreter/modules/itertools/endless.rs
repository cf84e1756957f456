use std::cell::{Cell, RefCell};

use super::{iterator_type, missing, object, plain_repr};
use crate::interpreter::builtins::bind_keywords;
use crate::interpreter::ops;
use crate::interpreter::text;
use crate::program::exception::type_error;
use crate::program::value::{Arguments, PyResult, Str, TypeObject, Value, Vm, heap};

pub(super) static TYPES: &[&TypeObject] = &[&COUNT, &CYCLE, &REPEAT];

/// `count(start=0, step=1)`.
#[derive(Debug)]
struct Count {
    next: RefCell<Value>,
    step: Value,
}

iterator_type! { Count COUNT "count" Some(new_count) }

fn new_count(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let bound = bind_keywords("count", ["start", "step"], 2, 0, args.positional, args.keywords)?;
    let [start, step] = bound.map(|value| value.filter(|value| !matches!(value, Value::None)));
    for value in [&start, &step].into_iter().flatten() {
        if ops::to_float(value)?.is_none() && !matches!(value, Value::Instance(_)) {
            return Err(type_error("a number is required"));
        }
    }
    let next = RefCell::new(start.unwrap_or(Value::Int(0)));
    Ok(object(Count { next, step: step.unwrap_or(Value::Int(1)) }))
}

impl Count {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let item = self.next.borrow().clone();
        let following = ops::add(vm, &item, &self.step)?;
        *self.next.borrow_mut() = following;
        Ok(Some(item))
    }

    fn shown(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let next = self.next.borrow().clone();
        let next = text::repr(vm, &next)?;
        if let Value::Int(1) = self.step {
            return Ok(Some(Str::from(format!("count({next})"))));
        }
        let step = text::repr(vm, &self.step)?;
        Ok(Some(Str::from(format!("count({next}, {step})"))))
    }
}

/// `cycle(iterable)`.
#[derive(Debug)]
struct Cycle {
    source: RefCell<Option<Value>>,
    saved: RefCell<Vec<Value>>,
    at: Cell<usize>,
}

iterator_type! { Cycle CYCLE "cycle" Some(new_cycle) }
plain_repr! { Cycle }

fn new_cycle(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = super::positional("cycle", args, 1, 1)?;
    let source = RefCell::new(Some(ops::iter(vm, &args[0])?));
    Ok(object(Cycle { source, saved: RefCell::default(), at: Cell::new(0) }))
}

impl Cycle {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let source = self.source.borrow().clone();
        if let Some(source) = source {
            if let Some(item) = ops::next(vm, &source)? {
                heap::reserve_values(1)?;
                self.saved.borrow_mut().push(item.clone());
                return Ok(Some(item));
            }
            *self.source.borrow_mut() = None;
        }
        let saved = self.saved.borrow();
        let item = saved.get(self.at.get()).cloned();
        self.at.set(if self.at.get() + 1 >= saved.len() { 0 } else { self.at.get() + 1 });
        Ok(item)
    }
}

/// `repeat(object, times)`.
#[derive(Debug)]
struct Repeat {
    item: Value,
    left: Cell<Option<i64>>,
}

iterator_type! { Repeat REPEAT "repeat" Some(new_repeat) }

fn new_repeat(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["object", "times"];
    let [item, times] = bind_keywords("repeat", names, 2, 0, args.positional, args.keywords)?;
    let Some(item) = item else { return Err(missing("repeat", "object", 1)) };
    let left = match times {
        Some(times) => Some(ops::index_of(vm, &times)?.max(0)),
        None => None,
    };
    Ok(object(Repeat { item, left: Cell::new(left) }))
}

impl Repeat {
    fn advance(&self, _: &mut dyn Vm) -> PyResult<Option<Value>> {
        match self.left.get() {
            Some(0) => return Ok(None),
            Some(left) => self.left.set(Some(left - 1)),
            None => {}
        }
        Ok(Some(self.item.clone()))
    }

    fn shown(&self, vm: &mut dyn Vm) -> PyResult<Option<Str>> {
        let item = text::repr(vm, &self.item)?;
        Ok(Some(Str::from(match self.left.get() {
            Some(left) => format!("repeat({item}, {left})"),
            None => format!("repeat({item})"),
        })))
    }
}
