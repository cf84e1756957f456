use num_traits::Signed;

use super::number::Int;
use super::special::{Special, call_special, payload};
use crate::program::exception::type_error;
use crate::program::value::{PyResult, Value, Vm};

/// `-value`.
#[inline]
pub fn negative(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    match value {
        Value::Int(int) if let Some(negative) = int.checked_neg() => Ok(Value::Int(negative)),
        Value::Float(float) => Ok(Value::Float(-float)),
        other => match Int::of(other) {
            Some(int) => Ok(Value::int(-int.to_big().into_owned())),
            None => own_method(vm, other, Special::Neg, "unary -"),
        },
    }
}

/// `+value`.
pub fn positive(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    match value {
        Value::Int(_) | Value::Float(_) | Value::BigInt(_) => Ok(value.clone()),
        Value::Bool(bool) => Ok(Value::Int(i64::from(*bool))),
        other => own_method(vm, other, Special::Pos, "unary +"),
    }
}

/// `~value`.
pub fn invert(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    match Int::of(value) {
        Some(Int::Small(int)) => Ok(Value::Int(!int)),
        Some(Int::Big(int)) => Ok(Value::int(!int.clone())),
        None => own_method(vm, value, Special::Invert, "unary ~"),
    }
}

/// `abs(value)`.
pub fn absolute(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    match value {
        Value::Float(float) => Ok(Value::Float(float.abs())),
        other => match Int::of(other) {
            Some(Int::Small(int)) if let Some(absolute) = int.checked_abs() => {
                Ok(Value::Int(absolute))
            }
            Some(int) => Ok(Value::int(int.to_big().abs())),
            None => own_method(vm, other, Special::Abs, "abs()"),
        },
    }
}

fn own_method(vm: &mut dyn Vm, value: &Value, special: Special, what: &str) -> PyResult<Value> {
    if let Value::Foreign(foreign) = value
        && let Some(result) = foreign.object.call_method(vm, value, &special.name(), &[], &[])?
    {
        return Ok(result);
    }
    match call_special(vm, value, special, &[])? {
        Some(result) => Ok(result),
        None if let Some(payload) = payload(value) => match special {
            Special::Neg => negative(vm, payload),
            Special::Pos => positive(vm, payload),
            Special::Invert => invert(vm, payload),
            _ => absolute(vm, payload),
        },
        None => Err(type_error(format!("bad operand type for {what}: '{}'", value.type_name()))),
    }
}
