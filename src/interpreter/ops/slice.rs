use std::rc::Rc;

use super::index::clamp_index;
use super::iterate::collect;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{
    BytesObject, ListObject, PyResult, RangeObject, SliceObject, Str, Value, Vm, heap,
};

/// A slice of something of known length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first position.
    pub start: i64,
    /// Where it ends.
    pub stop: i64,
    /// The distance of neighbors; not 0.
    pub step: i64,
    /// How many positions there are.
    pub count: usize,
}

impl Span {
    /// All positions, in order.
    pub fn positions(self) -> impl DoubleEndedIterator<Item = usize> {
        let (start, step) = (self.start, self.step);
        (0..self.count).filter_map(move |at| {
            let offset = step.checked_mul(i64::try_from(at).ok()?)?;
            usize::try_from(start.checked_add(offset)?).ok()
        })
    }

    /// The positions as a range of neighbors; of use only if the step is 1.
    pub fn range(self) -> std::ops::Range<usize> {
        let start = usize::try_from(self.start).unwrap_or(0);
        start..start + self.count
    }
}

/// What a slice means in something of `len` items.
pub fn resolve_slice(vm: &mut dyn Vm, slice: &SliceObject, len: usize) -> PyResult<Span> {
    let step = match slice_index(vm, &slice.step)? {
        Some(0) => return Err(value_error("slice step cannot be zero")),
        Some(step) => step.max(-i64::MAX),
        None => 1,
    };
    let len = i64::try_from(len).unwrap_or(i64::MAX);
    let (low, high) = if step > 0 { (0, len) } else { (-1, len - 1) };
    let bound = |index: i64| {
        let index = if index < 0 { index.saturating_add(len) } else { index };
        index.clamp(low, high)
    };
    let start = slice_index(vm, &slice.start)?.map_or(if step > 0 { low } else { high }, bound);
    let stop = slice_index(vm, &slice.stop)?.map_or(if step > 0 { high } else { low }, bound);
    let distance = if step > 0 { stop - start } else { start - stop };
    let count = if distance <= 0 { 0 } else { (distance - 1) / step.abs() + 1 };
    Ok(Span { start, stop, step, count: usize::try_from(count).unwrap_or(0) })
}

fn slice_index(vm: &mut dyn Vm, bound: &Value) -> PyResult<Option<i64>> {
    match bound {
        Value::None => Ok(None),
        Value::Int(index) => Ok(Some(*index)),
        other => match clamp_index(vm, other)? {
            Some(index) => Ok(Some(index)),
            None => Err(type_error(
                "slice indices must be integers or None or have an __index__ method",
            )),
        },
    }
}

fn taken(vm: &mut dyn Vm, items: &[Value], span: Span) -> PyResult<Vec<Value>> {
    heap::reserve_values(span.count)?;
    vm.spend(span.count as u64 / 16)?;
    Ok(if span.step == 1 {
        items.get(span.range()).unwrap_or(&[]).to_vec()
    } else {
        span.positions().filter_map(|at| items.get(at).cloned()).collect()
    })
}

/// `sequence[slice]`; `None` if the object is no builtin sequence.
pub(super) fn get_slice(
    vm: &mut dyn Vm,
    object: &Value,
    slice: &SliceObject,
) -> PyResult<Option<Value>> {
    Ok(Some(match object {
        Value::List(list) => {
            let span = resolve_slice(vm, slice, list.len())?;
            let items = list.borrow();
            Value::list(taken(vm, &items, span)?)
        }
        Value::Tuple(items) => {
            let span = resolve_slice(vm, slice, items.len())?;
            if span.step == 1 && span.count == items.len() {
                return Ok(Some(object.clone()));
            }
            Value::tuple(taken(vm, items, span)?)
        }
        Value::Str(text) => {
            let span = resolve_slice(vm, slice, text.count())?;
            Value::Str(slice_text(text, span)?)
        }
        Value::Bytes(data) => {
            let span = resolve_slice(vm, slice, data.len())?;
            let taken: Vec<u8> = span.positions().filter_map(|at| data.get(at).copied()).collect();
            Value::Bytes(Rc::new(BytesObject::new(taken)))
        }
        Value::Range(range) => {
            let span = resolve_slice(vm, slice, usize::try_from(range.len).unwrap_or(usize::MAX))?;
            let at = |index: i64| {
                let number = i128::from(range.start) + i128::from(range.step) * i128::from(index);
                i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX })
            };
            let step = range.step.saturating_mul(span.step);
            Value::Range(Rc::new(RangeObject::new(at(span.start), at(span.stop), step)))
        }
        _ => return Ok(None),
    }))
}

/// A slice of a str.
pub(in crate::interpreter) fn slice_text(text: &Str, span: Span) -> PyResult<Str> {
    heap::reserve(span.count as u64)?;
    if span.step == 1 {
        if span.count == text.count() {
            return Ok(text.clone());
        }
        let range = span.range();
        if text.is_ascii() {
            return Ok(Str::with_count(text.get(range).unwrap_or(""), span.count));
        }
        let start = text.offset_of(range.start);
        let rest = &text[start..];
        let end = rest.char_indices().nth(span.count).map_or(rest.len(), |(offset, _)| offset);
        return Ok(Str::with_count(&rest[..end], span.count));
    }
    if text.is_ascii() {
        let bytes = text.as_bytes();
        let taken: String =
            span.positions().filter_map(|at| bytes.get(at).copied().map(char::from)).collect();
        return Ok(Str::from(taken));
    }
    let chars: Vec<char> = text.chars().collect();
    let taken: String = span.positions().filter_map(|at| chars.get(at)).collect();
    Ok(Str::from(taken))
}

/// `list[slice] = items`.
pub(super) fn set_slice(
    vm: &mut dyn Vm,
    list: &Rc<ListObject>,
    slice: &SliceObject,
    items: &Value,
) -> PyResult<()> {
    let new = match items {
        Value::List(other) => other.borrow().clone(),
        Value::Tuple(other) => other.to_vec(),
        other => collect(vm, other).map_err(|stop| {
            if stop.is_a(&crate::program::exception::TYPE_ERROR) {
                type_error("must assign iterable to extended slice")
            } else {
                stop
            }
        })?,
    };
    let span = resolve_slice(vm, slice, list.len())?;
    heap::reserve_values(new.len())?;
    vm.spend(list.len() as u64 / 16)?;
    let removed: Vec<Value> = if span.step == 1 {
        list.borrow_mut().splice(span.range(), new).collect()
    } else if new.len() == span.count {
        let mut items = list.borrow_mut();
        let slots = span.positions().zip(new);
        slots.map(|(at, value)| std::mem::replace(&mut items[at], value)).collect()
    } else {
        return Err(value_error(format!(
            "attempt to assign sequence of size {} to extended slice of size {}",
            new.len(),
            span.count
        )));
    };
    // Dropped only now: nothing of the list is borrowed any more.
    drop(removed);
    list.recount();
    Ok(())
}

/// `del list[slice]`.
pub(super) fn delete_slice(
    vm: &mut dyn Vm,
    list: &Rc<ListObject>,
    slice: &SliceObject,
) -> PyResult<()> {
    let span = resolve_slice(vm, slice, list.len())?;
    vm.spend(list.len() as u64 / 16)?;
    let removed: Vec<Value> = if span.step == 1 {
        list.borrow_mut().drain(span.range()).collect()
    } else {
        let mut positions: Vec<usize> = span.positions().collect();
        positions.sort_unstable();
        let mut items = list.borrow_mut();
        let old = std::mem::take(&mut *items);
        let (mut kept, mut removed) = (Vec::with_capacity(old.len()), Vec::new());
        let mut next = positions.into_iter().peekable();
        for (at, value) in old.into_iter().enumerate() {
            if next.next_if_eq(&at).is_some() {
                removed.push(value);
            } else {
                kept.push(value);
            }
        }
        *items = kept;
        removed
    };
    drop(removed);
    Ok(())
}
