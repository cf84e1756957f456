use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{function, iterator_type, missing, object, plain_repr, positional};
use crate::interpreter::builtins::{bind_keywords, unexpected_keyword};
use crate::interpreter::ops;
use crate::program::value::{Arguments, Builtin, PyResult, TypeObject, Value, Vm};

pub(super) static TYPES: &[&TypeObject] =
    &[&ACCUMULATE, &CHAIN, &COMPRESS, &STAR_MAP, &ZIP_LONGEST];

pub(super) static FROM_ITERABLE: Builtin = function("from_iterable", from_iterable);

/// `chain(*iterables)`.
#[derive(Debug)]
struct Chain {
    /// The iterables that are to come.
    sources: Value,
    current: RefCell<Option<Value>>,
    ended: Cell<bool>,
}

iterator_type! { Chain CHAIN "chain" Some(new_chain) }
plain_repr! { Chain Compress Accumulate StarMap ZipLongest }

fn chain_of(vm: &mut dyn Vm, sources: &Value) -> PyResult<Value> {
    let sources = ops::iter(vm, sources)?;
    Ok(object(Chain { sources, current: RefCell::default(), ended: Cell::new(false) }))
}

fn new_chain(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = positional("chain", args, 0, usize::MAX)?;
    chain_of(vm, &Value::tuple(args))
}

fn from_iterable(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = positional("chain.from_iterable", args, 1, 1)?;
    chain_of(vm, &args[0])
}

impl Chain {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        while !self.ended.get() {
            let current = self.current.borrow().clone();
            if let Some(current) = current {
                if let Some(item) = ops::next(vm, &current)? {
                    return Ok(Some(item));
                }
                *self.current.borrow_mut() = None;
            }
            vm.spend(1)?;
            match ops::next(vm, &self.sources)? {
                Some(source) => *self.current.borrow_mut() = Some(ops::iter(vm, &source)?),
                None => self.ended.set(true),
            }
        }
        Ok(None)
    }
}

/// `compress(data, selectors)`.
#[derive(Debug)]
struct Compress {
    data: Value,
    selectors: Value,
}

iterator_type! { Compress COMPRESS "compress" Some(new_compress) }

fn new_compress(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["data", "selectors"];
    let [data, selectors] = bind_keywords("compress", names, 2, 2, args.positional, args.keywords)?;
    let data = ops::iter(vm, &data.unwrap_or(Value::None))?;
    let selectors = ops::iter(vm, &selectors.unwrap_or(Value::None))?;
    Ok(object(Compress { data, selectors }))
}

impl Compress {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        loop {
            vm.spend(1)?;
            let Some(item) = ops::next(vm, &self.data)? else { return Ok(None) };
            let Some(selector) = ops::next(vm, &self.selectors)? else { return Ok(None) };
            if ops::truth(vm, &selector)? {
                return Ok(Some(item));
            }
        }
    }
}

/// `accumulate(iterable, func=None, *, initial=None)`.
#[derive(Debug)]
struct Accumulate {
    source: Value,
    function: Value,
    initial: RefCell<Option<Value>>,
    total: RefCell<Option<Value>>,
}

iterator_type! { Accumulate ACCUMULATE "accumulate" Some(new_accumulate) }

fn new_accumulate(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["iterable", "func", "initial"];
    let [source, function, initial] =
        bind_keywords("accumulate", names, 2, 0, args.positional, args.keywords)?;
    let Some(source) = source else { return Err(missing("accumulate", "iterable", 1)) };
    let initial = initial.filter(|initial| !matches!(initial, Value::None));
    Ok(object(Accumulate {
        source: ops::iter(vm, &source)?,
        function: function.unwrap_or(Value::None),
        initial: RefCell::new(initial),
        total: RefCell::default(),
    }))
}

impl Accumulate {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        if let Some(initial) = self.initial.take() {
            *self.total.borrow_mut() = Some(initial.clone());
            return Ok(Some(initial));
        }
        let Some(item) = ops::next(vm, &self.source)? else { return Ok(None) };
        let total = self.total.borrow().clone();
        let total = match (total, &self.function) {
            (None, _) => item,
            (Some(total), Value::None) => ops::add(vm, &total, &item)?,
            (Some(total), function) => vm.call(function, &[total, item], &[])?,
        };
        *self.total.borrow_mut() = Some(total.clone());
        Ok(Some(total))
    }
}

/// `starmap(function, iterable)`.
#[derive(Debug)]
struct StarMap {
    function: Value,
    source: Value,
}

iterator_type! { StarMap STAR_MAP "starmap" Some(new_star_map) }

fn new_star_map(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = positional("starmap", args, 2, 2)?;
    let source = ops::iter(vm, &args[1])?;
    Ok(object(StarMap { function: args[0].clone(), source }))
}

impl StarMap {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let Some(args) = ops::next(vm, &self.source)? else { return Ok(None) };
        let args = ops::collect(vm, &args)?;
        vm.call(&self.function, &args, &[]).map(Some)
    }
}

/// `zip_longest(*iterables, fillvalue=None)`.
#[derive(Debug)]
struct ZipLongest {
    sources: RefCell<Vec<Option<Value>>>,
    fill: Value,
}

iterator_type! { ZipLongest ZIP_LONGEST "zip_longest" Some(new_zip_longest) }

fn new_zip_longest(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut fill = Value::None;
    for (name, value) in args.keywords {
        match name.as_str() {
            "fillvalue" => fill = value.clone(),
            other => return Err(unexpected_keyword("zip_longest", other)),
        }
    }
    let mut sources = Vec::with_capacity(args.positional.len());
    for source in args.positional {
        sources.push(Some(ops::iter(vm, source)?));
    }
    Ok(object(ZipLongest { sources: RefCell::new(sources), fill }))
}

impl ZipLongest {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let sources = self.sources.borrow().clone();
        let mut items = Vec::with_capacity(sources.len());
        let mut going = false;
        for (at, source) in sources.into_iter().enumerate() {
            let item = match &source {
                Some(source) => ops::next(vm, source)?,
                None => None,
            };
            match item {
                Some(item) => {
                    going = true;
                    items.push(item);
                }
                None => {
                    self.sources.borrow_mut()[at] = None;
                    items.push(self.fill.clone());
                }
            }
        }
        Ok(going.then(|| Value::Tuple(Rc::new(items.into()))))
    }
}
