use std::cell::{Cell, RefCell};

use super::{iterator_type, object, plain_repr, positional};
use crate::interpreter::ops;
use crate::program::exception::value_error;
use crate::program::value::{Arguments, PyResult, TypeObject, Value, Vm};

pub(super) static TYPES: &[&TypeObject] = &[&DROP_WHILE, &FILTER_FALSE, &ISLICE, &TAKE_WHILE];

plain_repr! { DropWhile TakeWhile FilterFalse Islice }

fn holds(vm: &mut dyn Vm, predicate: &Value, item: &Value) -> PyResult<bool> {
    let result = vm.call(predicate, std::slice::from_ref(item), &[])?;
    ops::truth(vm, &result)
}

/// `dropwhile(predicate, iterable)`.
#[derive(Debug)]
struct DropWhile {
    predicate: Value,
    source: Value,
    started: Cell<bool>,
}

iterator_type! { DropWhile DROP_WHILE "dropwhile" Some(new_drop_while) }

fn new_drop_while(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = positional("dropwhile", args, 2, 2)?;
    let source = ops::iter(vm, &args[1])?;
    Ok(object(DropWhile { predicate: args[0].clone(), source, started: Cell::new(false) }))
}

impl DropWhile {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        loop {
            let Some(item) = ops::next(vm, &self.source)? else { return Ok(None) };
            if self.started.get() {
                return Ok(Some(item));
            }
            vm.spend(1)?;
            if !holds(vm, &self.predicate, &item)? {
                self.started.set(true);
                return Ok(Some(item));
            }
        }
    }
}

/// `takewhile(predicate, iterable)`.
#[derive(Debug)]
struct TakeWhile {
    predicate: Value,
    source: Value,
    ended: Cell<bool>,
}

iterator_type! { TakeWhile TAKE_WHILE "takewhile" Some(new_take_while) }

fn new_take_while(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = positional("takewhile", args, 2, 2)?;
    let source = ops::iter(vm, &args[1])?;
    Ok(object(TakeWhile { predicate: args[0].clone(), source, ended: Cell::new(false) }))
}

impl TakeWhile {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        if self.ended.get() {
            return Ok(None);
        }
        let Some(item) = ops::next(vm, &self.source)? else { return Ok(None) };
        if holds(vm, &self.predicate, &item)? {
            return Ok(Some(item));
        }
        self.ended.set(true);
        Ok(None)
    }
}

/// `filterfalse(predicate, iterable)`.
#[derive(Debug)]
struct FilterFalse {
    predicate: Value,
    source: Value,
}

iterator_type! { FilterFalse FILTER_FALSE "filterfalse" Some(new_filter_false) }

fn new_filter_false(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = positional("filterfalse", args, 2, 2)?;
    let source = ops::iter(vm, &args[1])?;
    Ok(object(FilterFalse { predicate: args[0].clone(), source }))
}

impl FilterFalse {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        loop {
            let Some(item) = ops::next(vm, &self.source)? else { return Ok(None) };
            vm.spend(1)?;
            let kept = match &self.predicate {
                Value::None => ops::truth(vm, &item)?,
                predicate => holds(vm, predicate, &item)?,
            };
            if !kept {
                return Ok(Some(item));
            }
        }
    }
}

/// `islice(iterable, start, stop, step)`.
#[derive(Debug)]
struct Islice {
    source: RefCell<Option<Value>>,
    /// The position of the next item of the source.
    at: Cell<u64>,
    /// The position of the next item to give.
    next: Cell<u64>,
    stop: Option<u64>,
    step: u64,
}

iterator_type! { Islice ISLICE "islice" Some(new_islice) }

fn bound(vm: &mut dyn Vm, value: &Value, message: &'static str) -> PyResult<Option<u64>> {
    if let Value::None = value {
        return Ok(None);
    }
    let bound = ops::as_index(vm, value)?.and_then(|index| match index {
        Value::Int(index) => u64::try_from(index).ok(),
        _ => None,
    });
    bound.map(Some).ok_or_else(|| value_error(message))
}

fn new_islice(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    const STOP: &str =
        "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    const INDICES: &str = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let args = positional("islice", args, 2, 4)?;
    let source = ops::iter(vm, &args[0])?;
    let (start, stop) = match args {
        [_, stop] => (0, bound(vm, stop, STOP)?),
        _ => (bound(vm, &args[1], INDICES)?.unwrap_or(0), bound(vm, &args[2], STOP)?),
    };
    let step = match args.get(3) {
        Some(step) => {
            const STEP: &str = "Step for islice() must be a positive integer or None.";
            match bound(vm, step, STEP)? {
                Some(0) => return Err(value_error(STEP)),
                step => step.unwrap_or(1),
            }
        }
        None => 1,
    };
    let source = RefCell::new(Some(source));
    Ok(object(Islice { source, at: Cell::new(0), next: Cell::new(start), stop, step }))
}

impl Islice {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let Some(source) = self.source.borrow().clone() else { return Ok(None) };
        let wanted = self.next.get();
        let end = self.stop.map_or(wanted, |stop| wanted.min(stop));
        while self.at.get() < end {
            vm.spend(1)?;
            if ops::next(vm, &source)?.is_none() {
                *self.source.borrow_mut() = None;
                return Ok(None);
            }
            self.at.set(self.at.get() + 1);
        }
        if self.stop.is_some_and(|stop| wanted >= stop) {
            *self.source.borrow_mut() = None;
            return Ok(None);
        }
        let Some(item) = ops::next(vm, &source)? else {
            *self.source.borrow_mut() = None;
            return Ok(None);
        };
        self.at.set(wanted + 1);
        let following = wanted.saturating_add(self.step);
        self.next.set(self.stop.map_or(following, |stop| following.min(stop)));
        Ok(Some(item))
    }
}
