use std::cmp::Ordering;
use std::rc::Rc;

use num_bigint::BigInt;
use num_traits::FromPrimitive;

use super::binary::of_instances;
use super::mapping::{dict_get, set_contains, view_contains};
use super::number::Int;
use super::sets::{set_compare, view_compare};
use super::special::{Special, call_special, is_instance, payload, special_method};
use super::{for_each, truth};
use crate::program::exception::type_error;
use crate::program::value::{DictObject, PyResult, SliceObject, Value, ViewKind, Vm};

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// `<`.
    Lt,
    /// `<=`.
    Le,
    /// `==`.
    Eq,
    /// `!=`.
    Ne,
    /// `>`.
    Gt,
    /// `>=`.
    Ge,
}

impl Compare {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Lt => "<",
            Self::Le => "<=",
            Self::Eq => "==",
            Self::Ne => "!=",
            Self::Gt => ">",
            Self::Ge => ">=",
        }
    }

    /// Whether operands in this order satisfy it.
    #[inline]
    pub fn holds(self, ordering: Ordering) -> bool {
        match self {
            Self::Lt => ordering == Ordering::Less,
            Self::Le => ordering != Ordering::Greater,
            Self::Eq => ordering == Ordering::Equal,
            Self::Ne => ordering != Ordering::Equal,
            Self::Gt => ordering == Ordering::Greater,
            Self::Ge => ordering != Ordering::Less,
        }
    }

    fn specials(self) -> (Special, Special) {
        match self {
            Self::Lt => (Special::Lt, Special::Gt),
            Self::Le => (Special::Le, Special::Ge),
            Self::Eq => (Special::Eq, Special::Eq),
            Self::Ne => (Special::Ne, Special::Ne),
            Self::Gt => (Special::Gt, Special::Lt),
            Self::Ge => (Special::Ge, Special::Le),
        }
    }
}

/// `a op b`. Classes of a program may give something else than a bool.
#[inline]
pub fn compare(vm: &mut dyn Vm, op: Compare, a: &Value, b: &Value) -> PyResult<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) => Ok(Value::Bool(op.holds(x.cmp(y)))),
        (Value::Float(x), Value::Float(y)) => Ok(Value::Bool(floats(op, *x, *y))),
        _ => slow(vm, op, a, b),
    }
}

/// Whether `a op b`.
#[inline]
pub(in crate::interpreter) fn test(
    vm: &mut dyn Vm,
    op: Compare,
    a: &Value,
    b: &Value,
) -> PyResult<bool> {
    match compare(vm, op, a, b)? {
        Value::Bool(result) => Ok(result),
        other => truth(vm, &other),
    }
}

/// Whether `a < b`.
#[inline]
pub fn less(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<bool> {
    test(vm, Compare::Lt, a, b)
}

/// Whether `a == b`.
#[inline]
pub fn eq(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<bool> {
    test(vm, Compare::Eq, a, b)
}

/// Whether `a` is `b` or equal to it, as containers compare their items.
#[inline]
pub(in crate::interpreter) fn same_or_equal(
    vm: &mut dyn Vm,
    a: &Value,
    b: &Value,
) -> PyResult<bool> {
    match a.equals_key(b) {
        Some(decided) => Ok(decided),
        None => eq(vm, a, b),
    }
}

fn floats(op: Compare, x: f64, y: f64) -> bool {
    x.partial_cmp(&y).map_or(op == Compare::Ne, |ordering| op.holds(ordering))
}

fn slow(vm: &mut dyn Vm, op: Compare, a: &Value, b: &Value) -> PyResult<Value> {
    if is_instance(a) || is_instance(b) {
        return of_objects(vm, op, a, b);
    }
    if let (Value::Foreign(_), _) | (_, Value::Foreign(_)) = (a, b) {
        let (own, reflected) = op.specials();
        if let Some(result) = super::foreign::of_foreign(vm, own, reflected, a, b)? {
            return Ok(result);
        }
    }
    if let Some(result) = builtin(vm, op, a, b)? {
        return Ok(Value::Bool(result));
    }
    by_identity(op, a, b)
}

fn by_identity(op: Compare, a: &Value, b: &Value) -> PyResult<Value> {
    match op {
        Compare::Eq => Ok(Value::Bool(a.is(b))),
        Compare::Ne => Ok(Value::Bool(!a.is(b))),
        _ => Err(type_error(format!(
            "'{}' not supported between instances of '{}' and '{}'",
            op.symbol(),
            a.type_name(),
            b.type_name()
        ))),
    }
}

fn of_objects(vm: &mut dyn Vm, op: Compare, a: &Value, b: &Value) -> PyResult<Value> {
    let (own, reflected) = op.specials();
    if let Some(result) = of_instances(vm, own, reflected, a, b, true)? {
        return Ok(result);
    }
    let says_ne = |value: &Value| super::class_lookup(value, &Special::Ne.name()).is_some();
    if op == Compare::Ne
        && !says_ne(a)
        && !says_ne(b)
        && let Some(equal) = of_instances(vm, Special::Eq, Special::Eq, a, b, true)?
    {
        return Ok(Value::Bool(!truth(vm, &equal)?));
    }
    as_builtin(vm, op, a, b)
}

/// `a op b` as the builtin types have it that the operands extend.
fn as_builtin(vm: &mut dyn Vm, op: Compare, a: &Value, b: &Value) -> PyResult<Value> {
    if payload(a).is_some() || payload(b).is_some() {
        let (x, y) = (payload(a).unwrap_or(a), payload(b).unwrap_or(b));
        if let Some(result) = builtin(vm, op, x, y)? {
            return Ok(Value::Bool(result));
        }
    }
    by_identity(op, a, b)
}

/// `a op b` when the method of the left operand has been asked, and does not know.
#[cold]
pub(in crate::interpreter) fn compare_after(
    vm: &mut dyn Vm,
    op: Compare,
    a: &Value,
    b: &Value,
) -> PyResult<Value> {
    let asked = call_special(vm, b, op.specials().1, std::slice::from_ref(a))?;
    match asked.filter(|result| !matches!(result, Value::NotImplemented)) {
        Some(result) => Ok(result),
        None => as_builtin(vm, op, a, b),
    }
}

/// Compares objects of builtin types; `None` if they cannot be compared so.
fn builtin(vm: &mut dyn Vm, op: Compare, a: &Value, b: &Value) -> PyResult<Option<bool>> {
    match (a, b) {
        (Value::Str(x), Value::Str(y)) => {
            return Ok(Some(match op {
                Compare::Eq => x == y,
                Compare::Ne => x != y,
                _ => op.holds(x.as_str().cmp(y.as_str())),
            }));
        }
        (Value::Bytes(x), Value::Bytes(y)) => return Ok(Some(op.holds(x[..].cmp(&y[..])))),
        (Value::List(x), Value::List(y)) => {
            let pair = |at: usize| Some((x.get(at)?, y.get(at)?));
            return sequences(vm, op, &pair, &|| (x.len(), y.len())).map(Some);
        }
        (Value::Tuple(x), Value::Tuple(y)) => {
            let pair = |at: usize| Some((x.get(at)?.clone(), y.get(at)?.clone()));
            return sequences(vm, op, &pair, &|| (x.len(), y.len())).map(Some);
        }
        (Value::Slice(x), Value::Slice(y)) => {
            let parts = |slice: &SliceObject| {
                Value::tuple([slice.start.clone(), slice.stop.clone(), slice.step.clone()])
            };
            return test(vm, op, &parts(x), &parts(y)).map(Some);
        }
        (Value::Set(x) | Value::FrozenSet(x), Value::Set(y) | Value::FrozenSet(y)) => {
            return set_compare(vm, op, x, y).map(Some);
        }
        (Value::DictView(_), _) | (_, Value::DictView(_)) => return view_compare(vm, op, a, b),
        _ => {}
    }
    if let Some(result) = numbers(op, a, b) {
        return Ok(Some(result));
    }
    match op {
        Compare::Eq => equal_others(vm, a, b),
        Compare::Ne => Ok(equal_others(vm, a, b)?.map(|equal| !equal)),
        _ => Ok(None),
    }
}

/// `a op b` as the objects' builtin types have it; `None` if they cannot be compared so.
pub(in crate::interpreter) fn compare_or_none(
    vm: &mut dyn Vm,
    op: Compare,
    a: &Value,
    b: &Value,
) -> PyResult<Option<bool>> {
    if is_instance(a) || is_instance(b) {
        return Ok(match op {
            Compare::Eq if a.is(b) => Some(true),
            Compare::Ne if a.is(b) => Some(false),
            _ => None,
        });
    }
    builtin(vm, op, a, b)
}

fn numbers(op: Compare, a: &Value, b: &Value) -> Option<bool> {
    match (a, b) {
        (Value::Float(x), Value::Float(y)) => Some(floats(op, *x, *y)),
        (Value::Float(x), _) => Some(float_with_int(op, *x, Int::of(b)?)),
        (_, Value::Float(y)) => {
            let reflected = match op {
                Compare::Lt => Compare::Gt,
                Compare::Le => Compare::Ge,
                Compare::Gt => Compare::Lt,
                Compare::Ge => Compare::Le,
                same => same,
            };
            Some(float_with_int(reflected, *y, Int::of(a)?))
        }
        _ => {
            let (x, y) = (Int::of(a)?, Int::of(b)?);
            Some(op.holds(match (x, y) {
                (Int::Small(x), Int::Small(y)) => x.cmp(&y),
                _ => x.to_big().cmp(&y.to_big()),
            }))
        }
    }
}

/// Exactly: the int is not rounded.
fn float_with_int(op: Compare, float: f64, int: Int<'_>) -> bool {
    if float.is_nan() {
        return op == Compare::Ne;
    }
    if float.is_infinite() {
        return op.holds(if float > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    let floor = float.floor();
    let whole = BigInt::from_f64(floor).unwrap_or_default();
    let ordering = whole.cmp(&int.to_big());
    let ordering =
        if ordering == Ordering::Equal && floor < float { Ordering::Greater } else { ordering };
    op.holds(ordering)
}

/// Lists and tuples: the first items that differ decide.
fn sequences(
    vm: &mut dyn Vm,
    op: Compare,
    pair: &dyn Fn(usize) -> Option<(Value, Value)>,
    lengths: &dyn Fn() -> (usize, usize),
) -> PyResult<bool> {
    let (x, y) = lengths();
    if x != y && matches!(op, Compare::Eq | Compare::Ne) {
        return Ok(op == Compare::Ne);
    }
    vm.enter(" in comparison")?;
    let result = first_difference(vm, op, pair, lengths);
    vm.leave();
    result
}

fn first_difference(
    vm: &mut dyn Vm,
    op: Compare,
    pair: &dyn Fn(usize) -> Option<(Value, Value)>,
    lengths: &dyn Fn() -> (usize, usize),
) -> PyResult<bool> {
    let mut at = 0;
    while let Some((x, y)) = pair(at) {
        if at.is_multiple_of(64) {
            vm.spend(8)?;
        }
        if !same_or_equal(vm, &x, &y)? {
            return match op {
                Compare::Eq => Ok(false),
                Compare::Ne => Ok(true),
                _ => test(vm, op, &x, &y),
            };
        }
        at += 1;
    }
    let (x, y) = lengths();
    Ok(op.holds(x.cmp(&y)))
}

fn equal_others(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<Option<bool>> {
    match (a, b) {
        (Value::Dict(x), Value::Dict(y)) => {
            vm.enter(" in comparison")?;
            let result = equal_dicts(vm, x, y);
            vm.leave();
            result.map(Some)
        }

        (Value::BoundMethod(x), Value::BoundMethod(y)) => {
            Ok(Some(x.receiver.is(&y.receiver) && x.function.is(&y.function)))
        }
        _ => Ok(a.equals_key(b)),
    }
}

fn equal_dicts(vm: &mut dyn Vm, x: &Rc<DictObject>, y: &Rc<DictObject>) -> PyResult<bool> {
    if x.len() != y.len() {
        return Ok(false);
    }
    let mut position = 0;
    loop {
        let (key, value) = {
            let table = x.borrow();
            let Some((at, entry)) = table.next_from(position) else { return Ok(true) };
            position = at + 1;
            (entry.key.clone(), entry.value.clone())
        };
        match dict_get(vm, y, &key)? {
            Some(other) if same_or_equal(vm, &value, &other)? => {}
            _ => return Ok(false),
        }
    }
}

/// `item in container`.
pub fn contains(vm: &mut dyn Vm, container: &Value, item: &Value) -> PyResult<bool> {
    match container {
        Value::Dict(dict) => Ok(dict_get(vm, dict, item)?.is_some()),
        Value::Set(set) | Value::FrozenSet(set) => set_contains(vm, set, item),
        Value::List(_) | Value::Tuple(_) => contains_by_search(vm, container, item),
        Value::Str(text) => match item {
            Value::Str(part) => Ok(text.contains(part.as_str())),
            other => Err(type_error(format!(
                "'in <string>' requires string as left operand, not {}",
                other.type_name()
            ))),
        },
        Value::Bytes(data) => bytes_contain(vm, data, item),
        Value::Range(range) => match Int::of(item) {
            Some(Int::Small(number)) => Ok(range.position(number).is_some()),
            Some(Int::Big(_)) => Ok(false),
            None => contains_by_search(vm, container, item),
        },
        Value::DictView(view) if view.kind != ViewKind::Values => view_contains(vm, view, item),
        Value::Foreign(foreign) => {
            let name = Special::Contains.name();
            let args = std::slice::from_ref(item);
            match foreign.object.call_method(vm, container, &name, args, &[])? {
                Some(result) => truth(vm, &result),
                None => contains_by_search(vm, container, item),
            }
        }
        Value::Instance(_) | Value::Class(_) => {
            match special_method(vm, container, Special::Contains)? {
                Some(Value::None) => Err(not_a_container(container)),
                Some(_) => {
                    let args = std::slice::from_ref(item);
                    let result = call_special(vm, container, Special::Contains, args)?;
                    result.map_or(Ok(false), |result| truth(vm, &result))
                }
                None if let Some(payload) = payload(container)
                    && !super::has_special(container, Special::Iter) =>
                {
                    contains(vm, payload, item)
                }
                None => contains_by_search(vm, container, item),
            }
        }
        _ => contains_by_search(vm, container, item),
    }
}

#[cold]
fn not_a_container(container: &Value) -> crate::program::value::Stop {
    let name = container.type_name();
    type_error(format!("argument of type '{name}' is not a container or iterable"))
}

fn contains_by_search(vm: &mut dyn Vm, container: &Value, item: &Value) -> PyResult<bool> {
    if !super::iterate::is_iterable(container) {
        return Err(not_a_container(container));
    }
    let mut found = false;
    for_each(vm, container, &mut |vm, candidate| {
        found = same_or_equal(vm, &candidate, item)?;
        Ok(!found)
    })?;
    Ok(found)
}

fn bytes_contain(vm: &mut dyn Vm, data: &[u8], item: &Value) -> PyResult<bool> {
    match item {
        Value::Bytes(part) => {
            Ok(part.is_empty() || data.windows(part.len()).any(|window| window == &part[..]))
        }
        other => match super::as_index(vm, other)? {
            Some(Value::Int(byte)) => match u8::try_from(byte) {
                Ok(byte) => Ok(data.contains(&byte)),
                Err(_) => {
                    Err(crate::program::exception::value_error("byte must be in range(0, 256)"))
                }
            },
            _ => Err(type_error(format!(
                "a bytes-like object is required, not '{}'",
                other.type_name()
            ))),
        },
    }
}
