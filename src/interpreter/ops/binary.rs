use std::rc::Rc;

use super::bits::{bitwise, shift_left, shift_right};
use super::dict_update;
use super::division::{
    by_zero, float_div_mod, float_modulo, floor_div, modulo, small_floor_div, small_modulo,
    true_div,
};
use super::index::as_index;
use super::joining::{
    append, concatenate, extend, not_a_count, percent_of_bytes, repeat, repeat_count, repeated,
};
use super::number::{Int, add_ints, mul_ints, sub_ints, to_float};
use super::power::{float_power, power};
use super::sets::{SetOperation, set_operation, set_update};
use super::special::{Special, call_special, class_lookup, is_instance, payload};
use crate::interpreter::builtins::type_union;
use crate::program::exception::type_error;
use crate::program::value::{DictObject, PyResult, Stop, Value, Vm};

/// An operator with two operands that gives a new value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// `+`.
    Add,
    /// `-`.
    Sub,
    /// `*`.
    Mul,
    /// `/`.
    Div,
    /// `//`.
    FloorDiv,
    /// `%`.
    Mod,
    /// `**`.
    Pow,
    /// `<<`.
    LShift,
    /// `>>`.
    RShift,
    /// `&`.
    And,
    /// `|`.
    Or,
    /// `^`.
    Xor,
    /// `@`.
    MatMul,
}

impl Binary {
    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::FloorDiv => "//",
            Self::Mod => "%",
            Self::Pow => "**",
            Self::LShift => "<<",
            Self::RShift => ">>",
            Self::And => "&",
            Self::Or => "|",
            Self::Xor => "^",
            Self::MatMul => "@",
        }
    }

    /// The methods for it: of the left operand, of the right one, and in place.
    fn specials(self) -> (Special, Special, Special) {
        use Special as S;
        match self {
            Self::Add => (S::Add, S::RAdd, S::IAdd),
            Self::Sub => (S::Sub, S::RSub, S::ISub),
            Self::Mul => (S::Mul, S::RMul, S::IMul),
            Self::Div => (S::Div, S::RDiv, S::IDiv),
            Self::FloorDiv => (S::FloorDiv, S::RFloorDiv, S::IFloorDiv),
            Self::Mod => (S::Mod, S::RMod, S::IMod),
            Self::Pow => (S::Pow, S::RPow, S::IPow),
            Self::LShift => (S::LShift, S::RLShift, S::ILShift),
            Self::RShift => (S::RShift, S::RRShift, S::IRShift),
            Self::And => (S::And, S::RAnd, S::IAnd),
            Self::Or => (S::Or, S::ROr, S::IOr),
            Self::Xor => (S::Xor, S::RXor, S::IXor),
            Self::MatMul => (S::MatMul, S::RMatMul, S::IMatMul),
        }
    }

    /// The method of the left operand.
    pub(in crate::interpreter) fn own(self) -> Special {
        self.specials().0
    }

    /// The method of the right operand.
    pub(in crate::interpreter) fn reflected(self) -> Special {
        self.specials().1
    }

    /// The method of the left operand that changes it in place.
    pub(in crate::interpreter) fn in_place(self) -> Special {
        self.specials().2
    }

    fn set_operation(self) -> Option<SetOperation> {
        match self {
            Self::Or => Some(SetOperation::Union),
            Self::And => Some(SetOperation::Intersection),
            Self::Sub => Some(SetOperation::Difference),
            Self::Xor => Some(SetOperation::SymmetricDifference),
            _ => None,
        }
    }
}

/// `a + b`.
#[inline]
pub fn add(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) if let Some(sum) = x.checked_add(*y) => Ok(Value::Int(sum)),
        (Value::Float(x), Value::Float(y)) => Ok(Value::Float(x + y)),
        _ => slow(vm, Binary::Add, a, b),
    }
}

/// `a - b`.
#[inline]
pub fn sub(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) if let Some(rest) = x.checked_sub(*y) => {
            Ok(Value::Int(rest))
        }
        (Value::Float(x), Value::Float(y)) => Ok(Value::Float(x - y)),
        _ => slow(vm, Binary::Sub, a, b),
    }
}

/// `a * b`.
#[inline]
pub fn mul(vm: &mut dyn Vm, a: &Value, b: &Value) -> PyResult<Value> {
    match (a, b) {
        (Value::Int(x), Value::Int(y)) if let Some(product) = x.checked_mul(*y) => {
            Ok(Value::Int(product))
        }
        (Value::Float(x), Value::Float(y)) => Ok(Value::Float(x * y)),
        _ => slow(vm, Binary::Mul, a, b),
    }
}

/// `a op b`.
#[inline]
pub fn binary(vm: &mut dyn Vm, op: Binary, a: &Value, b: &Value) -> PyResult<Value> {
    if let (Value::Int(x), Value::Int(y)) = (a, b) {
        let result = match op {
            Binary::Add => x.checked_add(*y),
            Binary::Sub => x.checked_sub(*y),
            Binary::Mul => x.checked_mul(*y),
            Binary::FloorDiv => small_floor_div(*x, *y),
            Binary::Mod => small_modulo(*x, *y),
            Binary::And => Some(x & y),
            Binary::Or => Some(x | y),
            Binary::Xor => Some(x ^ y),
            _ => None,
        };
        if let Some(result) = result {
            return Ok(Value::Int(result));
        }
    }
    slow(vm, op, a, b)
}

/// `a op= b`, where `a` is given up, so that it can be changed in place if nobody else holds it.
pub fn in_place(vm: &mut dyn Vm, op: Binary, a: Value, b: &Value) -> PyResult<Value> {
    match (op, &a, b) {
        (Binary::Add, Value::Int(x), Value::Int(y)) if let Some(sum) = x.checked_add(*y) => {
            return Ok(Value::Int(sum));
        }
        (Binary::Add, Value::Str(_), Value::Str(addition)) => {
            let Value::Str(mut text) = a else { return Ok(a) };
            append(vm, &mut text, addition)?;
            return Ok(Value::Str(text));
        }
        (Binary::Add, Value::List(list), _) => {
            extend(vm, list, b)?;
            return Ok(a);
        }
        (Binary::Mul, Value::List(list), _) if as_index(vm, b)?.is_some() => {
            let count = repeat_count(vm, b)?;
            let items = repeated(vm, &list.borrow().clone(), count)?;
            *list.borrow_mut() = items;
            list.recount();
            return Ok(a);
        }
        (Binary::Or, Value::Dict(dict), _) => {
            dict_update(vm, dict, b)?;
            return Ok(a);
        }
        (_, Value::Set(set), Value::Set(other) | Value::FrozenSet(other))
            if let Some(operation) = op.set_operation() =>
        {
            set_update(vm, operation, set, other)?;
            return Ok(a);
        }
        (_, Value::Foreign(_), _) => {
            let special = op.specials().2;
            if let Some(result) = super::foreign::in_place_of_foreign(vm, special, &a, b)? {
                return Ok(result);
            }
        }
        (_, Value::Instance(_), _) => {
            let result = call_special(vm, &a, op.specials().2, std::slice::from_ref(b))?;
            if let Some(result) = result
                && !matches!(result, Value::NotImplemented)
            {
                return Ok(result);
            }
            if let Some(held @ (Value::List(_) | Value::Dict(_) | Value::Set(_))) = payload(&a)
                && !call_is_own(&a, op)
            {
                in_place(vm, op, held.clone(), b)?;
                return Ok(a);
            }
        }
        _ => {}
    }
    match of_any(vm, op, &a, b)? {
        Some(result) => Ok(result),
        None => Err(unsupported(&format!("{}=", op.symbol()), &a, b)),
    }
}

/// Whether the class of an instance says what the operator does.
fn call_is_own(value: &Value, op: Binary) -> bool {
    class_lookup(value, &op.specials().0.name()).is_some()
}

#[cold]
#[inline(never)]
fn slow(vm: &mut dyn Vm, op: Binary, a: &Value, b: &Value) -> PyResult<Value> {
    if let Some(result) = of_any(vm, op, a, b)? {
        return Ok(result);
    }
    let symbol = if op == Binary::Pow { "** or pow()" } else { op.symbol() };
    Err(unsupported(symbol, a, b))
}

/// `a op b` when the method that is asked first has been, and does not know.
#[cold]
pub(in crate::interpreter) fn binary_after(
    vm: &mut dyn Vm,
    op: Binary,
    a: &Value,
    b: &Value,
) -> PyResult<Value> {
    let symbol = if op == Binary::Pow { "** or pow()" } else { op.symbol() };
    after(vm, op, symbol, a, b)
}

/// `a op= b` when the method that is asked first has been, and does not know.
#[cold]
pub(in crate::interpreter) fn in_place_after(
    vm: &mut dyn Vm,
    op: Binary,
    a: &Value,
    b: &Value,
) -> PyResult<Value> {
    let symbol = format!("{}=", op.symbol());
    if class_lookup(a, &op.in_place().name()).is_none() {
        return after(vm, op, &symbol, a, b);
    }
    match of_any(vm, op, a, b)? {
        Some(result) => Ok(result),
        None => Err(unsupported(&symbol, a, b)),
    }
}

fn after(vm: &mut dyn Vm, op: Binary, symbol: &str, a: &Value, b: &Value) -> PyResult<Value> {
    let is_left = matches!(a, Value::Instance(_));
    if is_left && a.type_of() != b.type_of() {
        let asked = call_special(vm, b, op.reflected(), std::slice::from_ref(a))?;
        if let Some(result) = asked.filter(|result| !matches!(result, Value::NotImplemented)) {
            return Ok(result);
        }
    }
    let (x, y) = (payload(a).unwrap_or(a), payload(b).unwrap_or(b));
    if (payload(a).is_some() || payload(b).is_some())
        && let Some(result) = of_any(vm, op, x, y)?
    {
        return Ok(result);
    }
    if let Value::Foreign(_) = b
        && let Some(result) = super::foreign::of_foreign(vm, op.own(), op.reflected(), a, b)?
    {
        return Ok(result);
    }
    if op == Binary::Mul
        && matches!(b, Value::Str(_) | Value::List(_) | Value::Tuple(_) | Value::Bytes(_))
    {
        // A sequence on the right tries to repeat itself.
        return Err(not_a_count(a));
    }
    Err(unsupported(symbol, a, b))
}

/// The error of an operator that neither operand knows.
#[cold]
pub(in crate::interpreter) fn unsupported(symbol: &str, a: &Value, b: &Value) -> Stop {
    type_error(format!(
        "unsupported operand type(s) for {symbol}: '{}' and '{}'",
        a.type_name(),
        b.type_name()
    ))
}

/// `a op b`; `None` if neither operand knows the operator.
pub(in crate::interpreter) fn binary_or_none(
    vm: &mut dyn Vm,
    op: Binary,
    a: &Value,
    b: &Value,
) -> PyResult<Option<Value>> {
    match op {
        // Sequences raise where numbers give NotImplemented.
        Binary::Add | Binary::Mul => match of_numbers(op, a, b)? {
            Some(result) => Ok(Some(result)),
            None if to_float(a)?.is_some() => Ok(None),
            None => of_any(vm, op, a, b),
        },
        _ => of_any(vm, op, a, b),
    }
}

fn of_any(vm: &mut dyn Vm, op: Binary, a: &Value, b: &Value) -> PyResult<Option<Value>> {
    if let Some(result) = of_numbers(op, a, b)? {
        return Ok(Some(result));
    }
    if is_instance(a) || is_instance(b) {
        let (own, reflected, _) = op.specials();
        if let Some(result) = of_instances(vm, own, reflected, a, b, false)? {
            return Ok(Some(result));
        }
        if let (Binary::Mod, Value::Str(template)) = (op, a) {
            return crate::interpreter::text::percent(vm, template, b).map(Some);
        }
        if payload(a).is_some() || payload(b).is_some() {
            let (x, y) = (payload(a).unwrap_or(a), payload(b).unwrap_or(b));
            return of_any(vm, op, x, y);
        }
    }
    if let (Value::Foreign(_), _) | (_, Value::Foreign(_)) = (a, b) {
        let (own, reflected, _) = op.specials();
        if let Some(result) = super::foreign::of_foreign(vm, own, reflected, a, b)? {
            return Ok(Some(result));
        }
    }
    match op {
        Binary::Add => concatenate(vm, a, b),
        Binary::Mul => repeat(vm, a, b),
        Binary::Mod => match a {
            Value::Str(template) => crate::interpreter::text::percent(vm, template, b).map(Some),
            Value::Bytes(template) => percent_of_bytes(vm, template, b).map(Some),
            _ => Ok(None),
        },
        _ => of_collections(vm, op, a, b),
    }
}

fn of_numbers(op: Binary, a: &Value, b: &Value) -> PyResult<Option<Value>> {
    if let (Some(x), Some(y)) = (Int::of(a), Int::of(b)) {
        return of_ints(op, a, b, x, y);
    }
    if !matches!(a, Value::Float(_)) && !matches!(b, Value::Float(_)) {
        return Ok(None);
    }
    let (Some(x), Some(y)) = (to_float(a)?, to_float(b)?) else {
        return Ok(None);
    };
    let result = match op {
        Binary::Add => x + y,
        Binary::Sub => x - y,
        Binary::Mul => x * y,
        Binary::Div if y == 0.0 => return Err(by_zero()),
        Binary::Div => x / y,
        Binary::FloorDiv => float_div_mod(x, y)?.0,
        Binary::Mod => float_modulo(x, y)?,
        Binary::Pow => float_power(x, y)?,
        _ => return Ok(None),
    };
    Ok(Some(Value::Float(result)))
}

fn of_ints(op: Binary, a: &Value, b: &Value, x: Int<'_>, y: Int<'_>) -> PyResult<Option<Value>> {
    Ok(Some(match op {
        Binary::Add => add_ints(x, y)?,
        Binary::Sub => sub_ints(x, y)?,
        Binary::Mul => mul_ints(x, y)?,
        Binary::Div => Value::Float(true_div(x, y)?),
        Binary::FloorDiv => floor_div(x, y)?,
        Binary::Mod => modulo(x, y)?,
        Binary::Pow => power(x, y)?,
        Binary::LShift => shift_left(x, y)?,
        Binary::RShift => shift_right(x, y)?,
        Binary::And | Binary::Or | Binary::Xor => match (a, b) {
            (Value::Bool(a), Value::Bool(b)) => Value::Bool(match op {
                Binary::And => a & b,
                Binary::Or => a | b,
                _ => a ^ b,
            }),
            _ => bitwise(op, x, y),
        },
        Binary::MatMul => return Ok(None),
    }))
}

/// Asks the operands' own methods: the left one first, unless the right one's class is derived
/// from it and says something else.
pub(in crate::interpreter) fn of_instances(
    vm: &mut dyn Vm,
    own: Special,
    reflected: Special,
    a: &Value,
    b: &Value,
    ask_class_twice: bool,
) -> PyResult<Option<Value>> {
    let (class, other) = (a.type_of(), b.type_of());
    let right_first = class != other
        && other.is_subtype_of(&class)
        && class_lookup(b, &reflected.name()).is_some();
    let mut attempts = [(a, own, b), (b, reflected, a)];
    if right_first {
        attempts.reverse();
    }
    let count = if class == other && !ask_class_twice { 1 } else { 2 };
    for (receiver, special, argument) in attempts.into_iter().take(count) {
        let result = call_special(vm, receiver, special, std::slice::from_ref(argument))?;
        if let Some(result) = result
            && !matches!(result, Value::NotImplemented)
        {
            return Ok(Some(result));
        }
    }
    Ok(None)
}

fn of_collections(vm: &mut dyn Vm, op: Binary, a: &Value, b: &Value) -> PyResult<Option<Value>> {
    match (a, b) {
        (Value::Set(x) | Value::FrozenSet(x), Value::Set(y) | Value::FrozenSet(y)) => {
            let Some(operation) = op.set_operation() else { return Ok(None) };
            let result = Rc::new(set_operation(vm, operation, x, y)?);
            Ok(Some(match a {
                Value::FrozenSet(_) => Value::FrozenSet(result),
                _ => Value::Set(result),
            }))
        }
        (Value::DictView(_), _) | (_, Value::DictView(_)) => match op.set_operation() {
            Some(operation) => super::sets::view_operation(vm, operation, a, b),
            None => Ok(None),
        },
        (
            Value::Type(_) | Value::Class(_) | Value::Foreign(_) | Value::None,
            Value::Type(_) | Value::Class(_) | Value::Foreign(_) | Value::None,
        ) if op == Binary::Or => Ok(type_union(a, b)),
        (Value::Dict(x), Value::Dict(_)) if op == Binary::Or => {
            let merged = Rc::new(DictObject::new(x.borrow().clone()));
            dict_update(vm, &merged, b)?;
            Ok(Some(Value::Dict(merged)))
        }
        _ => Ok(None),
    }
}
