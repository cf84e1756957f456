use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::{function, iterator_type, object, plain_repr, positional};
use crate::interpreter::builtins::{bind_keywords, unexpected_keyword};
use crate::interpreter::ops;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, Builtin, PyResult, TypeObject, Value, Vm, heap};

pub(super) static TYPES: &[&TypeObject] = &[&BATCHED, &GROUP_BY, &PAIRWISE];

pub(super) static TEE: Builtin = function("tee", new_tee);

plain_repr! { Batched GroupBy Grouper Pairwise Tee }

/// `batched(iterable, n, *, strict=False)`.
#[derive(Debug)]
struct Batched {
    source: Value,
    size: usize,
    strict: bool,
    ended: Cell<bool>,
}

iterator_type! { Batched BATCHED "batched" Some(new_batched) }

fn new_batched(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["iterable", "n", "strict"];
    let [source, size, strict] =
        bind_keywords("batched", names, 2, 2, args.positional, args.keywords)?;
    let size = ops::index_of(vm, &size.unwrap_or(Value::None))?;
    let Some(size) = usize::try_from(size).ok().filter(|size| *size > 0) else {
        return Err(value_error("n must be at least one"));
    };
    let strict = match strict {
        Some(strict) => ops::truth(vm, &strict)?,
        None => false,
    };
    let source = ops::iter(vm, &source.unwrap_or(Value::None))?;
    Ok(object(Batched { source, size, strict, ended: Cell::new(false) }))
}

impl Batched {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let mut items = Vec::new();
        while !self.ended.get() && items.len() < self.size {
            match ops::next(vm, &self.source)? {
                Some(item) => {
                    heap::reserve_values(items.len() + 1)?;
                    items.push(item);
                }
                None => self.ended.set(true),
            }
        }
        if self.strict && !items.is_empty() && items.len() < self.size {
            return Err(value_error("batched(): incomplete batch"));
        }
        Ok((!items.is_empty()).then(|| Value::tuple(items)))
    }
}

/// `pairwise(iterable)`.
#[derive(Debug)]
struct Pairwise {
    source: Value,
    previous: RefCell<Option<Value>>,
}

iterator_type! { Pairwise PAIRWISE "pairwise" Some(new_pairwise) }

fn new_pairwise(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let args = positional("pairwise", args, 1, 1)?;
    let source = ops::iter(vm, &args[0])?;
    Ok(object(Pairwise { source, previous: RefCell::default() }))
}

impl Pairwise {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let previous = self.previous.borrow().clone();
        let previous = match previous {
            Some(previous) => previous,
            None => match ops::next(vm, &self.source)? {
                Some(first) => first,
                None => return Ok(None),
            },
        };
        let Some(item) = ops::next(vm, &self.source)? else { return Ok(None) };
        *self.previous.borrow_mut() = Some(item.clone());
        Ok(Some(Value::tuple([previous, item])))
    }
}

/// `groupby(iterable, key=None)`.
#[derive(Debug)]
struct GroupBy(Rc<Groups>);

/// What a groupby and its groups share.
#[derive(Debug)]
struct Groups {
    source: Value,
    key: Value,
    /// The item that was taken last, with its key.
    current: RefCell<Option<(Value, Value)>>,
    /// The key of the group that was given last.
    target: RefCell<Option<Value>>,
    /// Counts the groups, so that only the last one goes on.
    group: Cell<u64>,
}

iterator_type! { GroupBy GROUP_BY "groupby" Some(new_group_by) }

fn new_group_by(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["iterable", "key"];
    let [source, key] = bind_keywords("groupby", names, 2, 1, args.positional, args.keywords)?;
    let source = ops::iter(vm, &source.unwrap_or(Value::None))?;
    Ok(object(GroupBy(Rc::new(Groups {
        source,
        key: key.unwrap_or(Value::None),
        current: RefCell::default(),
        target: RefCell::default(),
        group: Cell::new(0),
    }))))
}

impl Groups {
    /// Takes the next item; `false` at the end.
    fn step(&self, vm: &mut dyn Vm) -> PyResult<bool> {
        let Some(item) = ops::next(vm, &self.source)? else { return Ok(false) };
        let key = match &self.key {
            Value::None => item.clone(),
            function => vm.call(function, std::slice::from_ref(&item), &[])?,
        };
        *self.current.borrow_mut() = Some((key, item));
        Ok(true)
    }

    fn current_key(&self) -> Option<Value> {
        self.current.borrow().as_ref().map(|(key, _)| key.clone())
    }
}

impl GroupBy {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let groups = &self.0;
        groups.group.set(groups.group.get() + 1);
        let target = groups.target.borrow().clone();
        loop {
            vm.spend(1)?;
            match (groups.current_key(), &target) {
                (Some(_), None) => break,
                (Some(key), Some(target)) if !ops::same_or_equal(vm, &key, target)? => break,
                _ => {}
            }
            if !groups.step(vm)? {
                return Ok(None);
            }
        }
        let key = groups.current_key().unwrap_or(Value::None);
        *groups.target.borrow_mut() = Some(key.clone());
        let group =
            Grouper { groups: Rc::clone(groups), key: key.clone(), group: groups.group.get() };
        Ok(Some(Value::tuple([key, object(group)])))
    }
}

/// One group of a groupby.
#[derive(Debug)]
struct Grouper {
    groups: Rc<Groups>,
    key: Value,
    group: u64,
}

iterator_type! { Grouper GROUPER "_grouper" None }

impl Grouper {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        if self.groups.group.get() != self.group {
            return Ok(None);
        }
        if self.groups.current.borrow().is_none() && !self.groups.step(vm)? {
            return Ok(None);
        }
        let key = self.groups.current_key().unwrap_or(Value::None);
        if !ops::same_or_equal(vm, &key, &self.key)? {
            return Ok(None);
        }
        Ok(self.groups.current.take().map(|(_, item)| item))
    }
}

/// An iterator of `tee()`.
#[derive(Debug)]
struct Tee {
    source: Value,
    next: RefCell<Rc<Link>>,
}

/// An item that some iterators of a `tee()` have not come to yet, and what follows it.
#[derive(Debug, Default)]
struct Link(RefCell<Option<(Value, Rc<Self>)>>);

impl Drop for Link {
    /// One after the other: a long chain must not be dropped by recursion.
    fn drop(&mut self) {
        let mut next = self.0.get_mut().take();
        while let Some((_, link)) = next {
            next = Rc::try_unwrap(link).ok().and_then(|link| link.0.take());
        }
    }
}

iterator_type! { Tee TEE_TYPE "_tee" None }

fn new_tee(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    if let Some((name, _)) = args.keywords.first() {
        return Err(unexpected_keyword("tee", name));
    }
    let args = positional("tee", args, 1, 2)?;
    let count = match args.get(1) {
        Some(count) => ops::index_of(vm, count)?,
        None => 2,
    };
    let Ok(count) = usize::try_from(count) else {
        return Err(value_error("n must be >= 0"));
    };
    heap::reserve_values(count.saturating_mul(4))?;
    if !ops::is_iterable(&args[0]) {
        return Err(type_error(format!("'{}' object is not iterable", args[0].type_name())));
    }
    let source = ops::iter(vm, &args[0])?;
    let first = Rc::new(Link::default());
    let tees = (0..count)
        .map(|_| object(Tee { source: source.clone(), next: RefCell::new(Rc::clone(&first)) }));
    Ok(Value::tuple(tees.collect::<Vec<_>>()))
}

impl Tee {
    fn advance(&self, vm: &mut dyn Vm) -> PyResult<Option<Value>> {
        let link = Rc::clone(&self.next.borrow());
        let known = link.0.borrow().clone();
        let (item, following) = match known {
            Some(known) => known,
            None => {
                let Some(item) = ops::next(vm, &self.source)? else { return Ok(None) };
                heap::reserve_values(4)?;
                let known = (item, Rc::new(Link::default()));
                *link.0.borrow_mut() = Some(known.clone());
                known
            }
        };
        let old = std::mem::replace(&mut *self.next.borrow_mut(), following);
        drop(link);
        drop(old);
        Ok(Some(item))
    }
}
