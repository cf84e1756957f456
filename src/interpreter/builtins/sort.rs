use std::cmp::Ordering;

use super::arguments::{bind_keywords, check_count};
use crate::interpreter::ops;
use crate::program::value::{Arguments, PyResult, Value, Vm, heap};

/// `sorted(iterable, key=None, reverse=False)`.
pub fn sorted(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    check_count("sorted", args.positional.len(), 1, 1)?;
    let [key, reverse] = bind_keywords("sort", ["key", "reverse"], 0, 0, &[], args.keywords)?;
    let reverse = match &reverse {
        Some(flag) => ops::truth(vm, flag)?,
        None => false,
    };
    let mut items = ops::collect(vm, &args.positional[0])?;
    sort_values(vm, &mut items, key.as_ref(), reverse)?;
    Ok(Value::list(items))
}

/// Sorts stably by `<`, as `list.sort` does. When a comparison fails, `items` keeps all items in
/// some order.
pub fn sort_values(
    vm: &mut dyn Vm,
    items: &mut Vec<Value>,
    key: Option<&Value>,
    reverse: bool,
) -> PyResult<()> {
    heap::reserve_values(items.len())?;
    vm.spend(items.len() as u64)?;
    match key {
        None | Some(Value::None) => {
            // Reversed before and after, so that equal items keep their order.
            if reverse {
                items.reverse();
            }
            let result = if sort_natively(items) { Ok(()) } else { merge_sort(vm, items) };
            if reverse {
                items.reverse();
            }
            result
        }
        Some(key) => sort_by_key(vm, items, key, reverse),
    }
}

/// A value, and what it is sorted by.
#[derive(Clone)]
struct Keyed {
    key: Value,
    item: Value,
}

fn sort_by_key(
    vm: &mut dyn Vm,
    items: &mut Vec<Value>,
    key: &Value,
    reverse: bool,
) -> PyResult<()> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in items.iter() {
        let key = vm.call(key, std::slice::from_ref(item), &[])?;
        keyed.push(Keyed { key, item: item.clone() });
    }
    if reverse {
        keyed.reverse();
    }
    let result = if sort_natively(&mut keyed) { Ok(()) } else { merge_sort(vm, &mut keyed) };
    if reverse {
        keyed.reverse();
    }
    items.clear();
    items.extend(keyed.into_iter().map(|keyed| keyed.item));
    result
}

/// What can be sorted.
trait Ranked: Clone {
    fn rank(&self) -> &Value;
}

impl Ranked for Value {
    fn rank(&self) -> &Value {
        self
    }
}

impl Ranked for Keyed {
    fn rank(&self) -> &Value {
        &self.key
    }
}

/// Sorts if all ranks are ints, all floats or all strs, which takes no code of the program.
fn sort_natively<T: Ranked>(items: &mut [T]) -> bool {
    let Some(first) = items.first() else { return true };
    match first.rank() {
        Value::Int(_) if items.iter().all(|item| matches!(item.rank(), Value::Int(_))) => {
            items.sort_by(|a, b| match (a.rank(), b.rank()) {
                (Value::Int(a), Value::Int(b)) => a.cmp(b),
                _ => Ordering::Equal,
            });
            true
        }
        Value::Str(_) if items.iter().all(|item| matches!(item.rank(), Value::Str(_))) => {
            items.sort_by(|a, b| match (a.rank(), b.rank()) {
                (Value::Str(a), Value::Str(b)) => a.as_str().cmp(b.as_str()),
                _ => Ordering::Equal,
            });
            true
        }
        Value::Float(_)
            if items.iter().all(|i| matches!(i.rank(), Value::Float(f) if !f.is_nan())) =>
        {
            items.sort_by(|a, b| match (a.rank(), b.rank()) {
                (Value::Float(a), Value::Float(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
                _ => Ordering::Equal,
            });
            true
        }
        _ => false,
    }
}

/// The shortest run that is merged; shorter ones are filled up by insertion.
const MIN_RUN: usize = 32;

/// Merges runs that are found in order, asking only `<`, first of neighbors: the order in which
/// `CPython` begins, so that the same pair fails first.
fn merge_sort<T: Ranked>(vm: &mut dyn Vm, items: &mut [T]) -> PyResult<()> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    while start < items.len() {
        let run = count_run(vm, &mut items[start..])?;
        let least = if items.len() < 2 * MIN_RUN { items.len() } else { MIN_RUN };
        let end = (start + run.max(least)).min(items.len());
        insertion_sort(vm, &mut items[start..end], run)?;
        runs.push(start..end);
        start = end;
    }
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        for pair in runs.chunks(2) {
            match pair {
                [left, right] => {
                    let middle = left.end - left.start;
                    merge(vm, &mut items[left.start..right.end], middle)?;
                    merged.push(left.start..right.end);
                }
                rest => merged.extend(rest.iter().cloned()),
            }
        }
        runs = merged;
    }
    Ok(())
}

fn less<T: Ranked>(vm: &mut dyn Vm, a: &T, b: &T) -> PyResult<bool> {
    ops::less(vm, a.rank(), b.rank())
}

/// The length of the run that the items begin with; a descending one is turned around.
fn count_run<T: Ranked>(vm: &mut dyn Vm, items: &mut [T]) -> PyResult<usize> {
    if items.len() < 2 {
        return Ok(items.len());
    }
    let descending = less(vm, &items[1], &items[0])?;
    let mut run = 2;
    while run < items.len() && less(vm, &items[run], &items[run - 1])? == descending {
        run += 1;
    }
    if descending {
        items[..run].reverse();
    }
    Ok(run)
}

/// Sorts items of which the first `sorted` are in order already.
fn insertion_sort<T: Ranked>(vm: &mut dyn Vm, items: &mut [T], sorted: usize) -> PyResult<()> {
    for at in sorted.max(1)..items.len() {
        let (mut low, mut high) = (0, at);
        while low < high {
            let middle = low + (high - low) / 2;
            if less(vm, &items[at], &items[middle])? {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        items[low..=at].rotate_right(1);
    }
    Ok(())
}

/// Merges two runs, the second of which begins at `middle`.
fn merge<T: Ranked>(vm: &mut dyn Vm, items: &mut [T], middle: usize) -> PyResult<()> {
    vm.spend(items.len() as u64 / 4)?;
    if !less(vm, &items[middle], &items[middle - 1])? {
        return Ok(());
    }
    let left: Vec<T> = items[..middle].to_vec();
    let (mut from_left, mut from_right, mut to) = (0, middle, 0);
    let mut result = Ok(());
    while from_left < left.len() && from_right < items.len() {
        let right_first = match less(vm, &items[from_right], &left[from_left]) {
            Ok(right_first) => right_first,
            Err(stop) => {
                result = Err(stop);
                break;
            }
        };
        if right_first {
            items.swap(to, from_right);
            from_right += 1;
        } else {
            items[to] = left[from_left].clone();
            from_left += 1;
        }
        to += 1;
    }
    // What is left of the first run fills the gap exactly, whether the merge ended or failed.
    for item in &left[from_left..] {
        items[to] = item.clone();
        to += 1;
    }
    result
}
