//! The small cases of operators, done where the instructions are.

use super::ops;
use crate::program::operator::{BinaryOp, CompareOp, UnaryOp};
use crate::program::value::{PyResult, Value, Vm};

/// Puts an int into a register.
#[inline]
pub(super) fn set_int(register: &mut Value, int: i64) {
    // An int is mostly put where one was, and then there is nothing to drop.
    if let Value::Int(old) = register {
        *old = int;
    } else {
        *register = Value::Int(int);
    }
}

/// `%` of ints, if the divisor is positive.
#[inline]
pub(super) fn modulo(x: i64, y: i64) -> Option<i64> {
    if y <= 0 {
        return None;
    }
    // Dividing 32 bits takes half the time that dividing 64 does.
    if let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) {
        return Some(i64::from(x % y));
    }
    Some(x.rem_euclid(y))
}

/// `/` of ints that floats hold exactly, so that one division of floats is the right answer.
#[inline]
pub(super) fn divide_exactly_known(x: i64, y: i64) -> Option<f64> {
    match (i32::try_from(x), i32::try_from(y)) {
        (Ok(x), Ok(y)) if y != 0 => Some(f64::from(x) / f64::from(y)),
        _ => None,
    }
}

/// The comparison of ints; `None` for `in`.
#[inline]
pub(super) fn compare_ints(op: CompareOp, x: i64, y: i64) -> Option<bool> {
    Some(match op {
        CompareOp::Eq | CompareOp::Is => x == y,
        CompareOp::Ne | CompareOp::IsNot => x != y,
        CompareOp::Lt => x < y,
        CompareOp::Le => x <= y,
        CompareOp::Gt => x > y,
        CompareOp::Ge => x >= y,
        CompareOp::In | CompareOp::NotIn => return None,
    })
}

/// The next number of a range, whose state is in three registers: the next number, the step, and
/// how many are left.
#[inline]
pub(super) fn next_of_range(state: &mut [Value]) -> Option<i64> {
    let [Value::Int(next), Value::Int(step), Value::Int(left)] = state else { return None };
    if *left == 0 {
        return None;
    }
    *left -= 1;
    let number = *next;
    *next = number.wrapping_add(*step);
    Some(number)
}

/// The operator as the operations on values name it.
#[inline]
pub(super) fn binary_of(op: BinaryOp) -> ops::Binary {
    match op {
        BinaryOp::Add => ops::Binary::Add,
        BinaryOp::Sub => ops::Binary::Sub,
        BinaryOp::Mul => ops::Binary::Mul,
        BinaryOp::MatMul => ops::Binary::MatMul,
        BinaryOp::Div => ops::Binary::Div,
        BinaryOp::FloorDiv => ops::Binary::FloorDiv,
        BinaryOp::Mod => ops::Binary::Mod,
        BinaryOp::Pow => ops::Binary::Pow,
        BinaryOp::LShift => ops::Binary::LShift,
        BinaryOp::RShift => ops::Binary::RShift,
        BinaryOp::And => ops::Binary::And,
        BinaryOp::Or => ops::Binary::Or,
        BinaryOp::Xor => ops::Binary::Xor,
    }
}

/// `a op b`, where it is not done at once.
#[inline(never)]
pub(super) fn binary(vm: &mut dyn Vm, op: BinaryOp, a: &Value, b: &Value) -> PyResult<Value> {
    ops::binary(vm, binary_of(op), a, b)
}

/// `a op= b`, where it is not done at once.
#[inline(never)]
pub(super) fn in_place(vm: &mut dyn Vm, op: BinaryOp, a: Value, b: &Value) -> PyResult<Value> {
    ops::in_place(vm, binary_of(op), a, b)
}

/// Whether a value is true.
#[inline]
pub(super) fn is_true(vm: &mut dyn Vm, value: &Value) -> PyResult<bool> {
    if let Value::Bool(truth) = value { Ok(*truth) } else { truth(vm, value) }
}

#[inline(never)]
fn truth(vm: &mut dyn Vm, value: &Value) -> PyResult<bool> {
    ops::truth(vm, value)
}

/// `iter(value)`
#[inline(never)]
pub(super) fn iter(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    ops::iter(vm, value)
}

/// The next item of an iterator of a builtin type or of a library.
#[inline(never)]
pub(super) fn next(vm: &mut dyn Vm, iterator: &Value) -> PyResult<Option<Value>> {
    ops::next(vm, iterator)
}

/// `op a`
#[inline(never)]
pub(super) fn unary(vm: &mut dyn Vm, op: UnaryOp, a: &Value) -> PyResult<Value> {
    match op {
        UnaryOp::Neg => ops::negative(vm, a),
        UnaryOp::Pos => ops::positive(vm, a),
        UnaryOp::Invert => ops::invert(vm, a),
        UnaryOp::Not => Ok(Value::Bool(!ops::truth(vm, a)?)),
    }
}

/// `a op b`
#[inline(never)]
pub(super) fn compare_values(
    vm: &mut dyn Vm,
    op: CompareOp,
    a: &Value,
    b: &Value,
) -> PyResult<Value> {
    let op = match op {
        CompareOp::Eq => ops::Compare::Eq,
        CompareOp::Ne => ops::Compare::Ne,
        CompareOp::Lt => ops::Compare::Lt,
        CompareOp::Le => ops::Compare::Le,
        CompareOp::Gt => ops::Compare::Gt,
        CompareOp::Ge => ops::Compare::Ge,
        CompareOp::Is => return Ok(Value::Bool(a.is(b))),
        CompareOp::IsNot => return Ok(Value::Bool(!a.is(b))),
        CompareOp::In => return Ok(Value::Bool(ops::contains(vm, b, a)?)),
        CompareOp::NotIn => return Ok(Value::Bool(!ops::contains(vm, b, a)?)),
    };
    ops::compare(vm, op, a, b)
}

/// Whether `a op b`
#[inline(never)]
pub(super) fn test_values(vm: &mut dyn Vm, op: CompareOp, a: &Value, b: &Value) -> PyResult<bool> {
    match compare_values(vm, op, a, b)? {
        Value::Bool(holds) => Ok(holds),
        other => ops::truth(vm, &other),
    }
}
