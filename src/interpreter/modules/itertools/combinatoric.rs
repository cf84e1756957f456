use std::cell::{Cell, RefCell};

use super::{iterator_type, object, plain_repr};
use crate::interpreter::builtins::{bind_keywords, unexpected_keyword};
use crate::interpreter::ops;
use crate::program::exception::value_error;
use crate::program::value::{Arguments, PyResult, TypeObject, Value, Vm, heap};

pub(super) static TYPES: &[&TypeObject] =
    &[&COMBINATIONS, &COMBINATIONS_WITH_REPLACEMENT, &PERMUTATIONS, &PRODUCT];

plain_repr! { Combinations Permutations Product }

/// `product(*iterables, repeat=1)`.
#[derive(Debug)]
struct Product {
    pools: Vec<Vec<Value>>,
    indices: RefCell<Vec<usize>>,
    state: Cell<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Fresh,
    Going,
    Over,
}

iterator_type! { Product PRODUCT "product" Some(new_product) }

fn new_product(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut repeat = 1;
    for (name, value) in args.keywords {
        match name.as_str() {
            "repeat" => repeat = ops::index_of(vm, value)?,
            other => return Err(unexpected_keyword("product", other)),
        }
    }
    let Ok(repeat) = usize::try_from(repeat) else {
        return Err(value_error("repeat argument cannot be negative"));
    };
    let mut once = Vec::with_capacity(args.positional.len());
    for iterable in args.positional {
        once.push(ops::collect(vm, iterable)?);
    }
    let held: usize = once.iter().map(Vec::len).sum::<usize>() + 4;
    heap::reserve_values(held.saturating_mul(repeat))?;
    let pools: Vec<Vec<Value>> = (0..repeat).flat_map(|_| once.iter().cloned()).collect();
    let state = if pools.iter().any(Vec::is_empty) { State::Over } else { State::Fresh };
    let indices = RefCell::new(vec![0; pools.len()]);
    Ok(object(Product { pools, indices, state: Cell::new(state) }))
}

impl Product {
    fn advance(&self, _: &mut dyn Vm) -> PyResult<Option<Value>> {
        let mut indices = self.indices.borrow_mut();
        match self.state.get() {
            State::Over => return Ok(None),
            State::Fresh => self.state.set(State::Going),
            State::Going => {
                let mut at = indices.len();
                loop {
                    let Some(before) = at.checked_sub(1) else {
                        self.state.set(State::Over);
                        return Ok(None);
                    };
                    at = before;
                    indices[at] += 1;
                    if indices[at] < self.pools[at].len() {
                        break;
                    }
                    indices[at] = 0;
                }
            }
        }
        let items = self.pools.iter().zip(indices.iter()).map(|(pool, at)| pool[*at].clone());
        Ok(Some(Value::tuple(items.collect::<Vec<_>>())))
    }
}

/// `combinations(iterable, r)`, and the same with replacement.
#[derive(Debug)]
struct Combinations {
    pool: Vec<Value>,
    indices: RefCell<Vec<usize>>,
    state: Cell<State>,
    replacing: bool,
}

static COMBINATIONS_WITH_REPLACEMENT: TypeObject = TypeObject {
    name: "combinations_with_replacement",
    module: "itertools",
    bases: &[&crate::program::value::OBJECT],
    kind: crate::program::value::TypeKind::Foreign,
    construct: Some(new_replacing),
};

iterator_type! { Combinations COMBINATIONS "combinations" Some(new_combinations) }

fn pool_and_size(
    vm: &mut dyn Vm,
    name: &str,
    args: Arguments<'_>,
    required: usize,
) -> PyResult<(Vec<Value>, usize)> {
    let names = ["iterable", "r"];
    let [iterable, size] = bind_keywords(name, names, 2, required, args.positional, args.keywords)?;
    let pool = ops::collect(vm, &iterable.unwrap_or(Value::None))?;
    let size = match size {
        None | Some(Value::None) if required < 2 => return Ok((pool.clone(), pool.len())),
        size => ops::index_of(vm, &size.unwrap_or(Value::None))?,
    };
    let Ok(size) = usize::try_from(size) else {
        return Err(value_error("r must be non-negative"));
    };
    Ok((pool, size))
}

fn combinations(pool: Vec<Value>, size: usize, replacing: bool) -> PyResult<Value> {
    let over = if replacing { pool.is_empty() && size > 0 } else { size > pool.len() };
    let state = Cell::new(if over { State::Over } else { State::Fresh });
    if over {
        return Ok(object(Combinations { pool, indices: RefCell::default(), state, replacing }));
    }
    heap::reserve_values(size)?;
    let indices = if replacing { vec![0; size] } else { (0..size).collect() };
    Ok(object(Combinations { pool, indices: RefCell::new(indices), state, replacing }))
}

fn new_combinations(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (pool, size) = pool_and_size(vm, "combinations", args, 2)?;
    combinations(pool, size, false)
}

fn new_replacing(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (pool, size) = pool_and_size(vm, "combinations_with_replacement", args, 2)?;
    combinations(pool, size, true)
}

impl Combinations {
    fn advance(&self, _: &mut dyn Vm) -> PyResult<Option<Value>> {
        let mut indices = self.indices.borrow_mut();
        let (n, r) = (self.pool.len(), indices.len());
        match self.state.get() {
            State::Over => return Ok(None),
            State::Fresh => self.state.set(State::Going),
            State::Going => {
                let last = |at: usize| if self.replacing { n - 1 } else { at + n - r };
                let Some(at) = (0..r).rev().find(|at| indices[*at] != last(*at)) else {
                    self.state.set(State::Over);
                    return Ok(None);
                };
                let first = indices[at] + 1;
                for (offset, index) in indices[at..].iter_mut().enumerate() {
                    *index = if self.replacing { first } else { first + offset };
                }
            }
        }
        let items = indices.iter().map(|at| self.pool[*at].clone());
        Ok(Some(Value::tuple(items.collect::<Vec<_>>())))
    }
}

/// `permutations(iterable, r=None)`.
#[derive(Debug)]
struct Permutations {
    pool: Vec<Value>,
    size: usize,
    indices: RefCell<Vec<usize>>,
    cycles: RefCell<Vec<usize>>,
    state: Cell<State>,
}

iterator_type! { Permutations PERMUTATIONS "permutations" Some(new_permutations) }

fn new_permutations(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (pool, size) = pool_and_size(vm, "permutations", args, 1)?;
    let n = pool.len();
    let state = if size > n { State::Over } else { State::Fresh };
    let cycles = (0..size.min(n)).map(|at| n - at).collect();
    Ok(object(Permutations {
        pool,
        size,
        indices: RefCell::new((0..n).collect()),
        cycles: RefCell::new(cycles),
        state: Cell::new(state),
    }))
}

impl Permutations {
    fn advance(&self, _: &mut dyn Vm) -> PyResult<Option<Value>> {
        let mut indices = self.indices.borrow_mut();
        match self.state.get() {
            State::Over => return Ok(None),
            State::Fresh => self.state.set(State::Going),
            State::Going => {
                if !step(&mut indices, &mut self.cycles.borrow_mut()) {
                    self.state.set(State::Over);
                    return Ok(None);
                }
            }
        }
        let items = indices.iter().take(self.size).map(|at| self.pool[*at].clone());
        Ok(Some(Value::tuple(items.collect::<Vec<_>>())))
    }
}

/// The next permutation; `false` after the last.
fn step(indices: &mut [usize], cycles: &mut [usize]) -> bool {
    let n = indices.len();
    for at in (0..cycles.len()).rev() {
        cycles[at] -= 1;
        if cycles[at] == 0 {
            indices[at..].rotate_left(1);
            cycles[at] = n - at;
        } else {
            indices.swap(at, n - cycles[at]);
            return true;
        }
    }
    false
}
