use num_bigint::BigInt;
use num_traits::Zero;

use super::binary::Binary;
use super::number::{Int, check_bits};
use crate::program::exception::{OVERFLOW_ERROR, raise, value_error};
use crate::program::value::{PyResult, Value};

/// `a << b`.
pub(super) fn shift_left(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if b.is_negative() {
        return Err(value_error("negative shift count"));
    }
    if a.is_zero() {
        return Ok(Value::Int(0));
    }
    let Int::Small(count) = b else {
        return Err(raise(&OVERFLOW_ERROR, "too many digits in integer"));
    };
    if let Int::Small(small) = a
        && count < 63
    {
        let shifted = i128::from(small) << count;
        return Ok(match i64::try_from(shifted) {
            Ok(shifted) => Value::Int(shifted),
            Err(_) => Value::int(BigInt::from(shifted)),
        });
    }
    check_bits(a.bits().saturating_add(count.unsigned_abs()))?;
    Ok(Value::int(a.to_big().as_ref() << count.unsigned_abs()))
}

/// `a >> b`, towards minus infinity.
pub(super) fn shift_right(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if b.is_negative() {
        return Err(value_error("negative shift count"));
    }
    let all_gone = Value::Int(if a.is_negative() { -1 } else { 0 });
    match (a, b) {
        (_, Int::Big(_)) => Ok(all_gone),
        (Int::Small(a), Int::Small(count)) => Ok(Value::Int(a >> count.min(63))),
        (Int::Big(a), Int::Small(count)) if count.unsigned_abs() <= a.bits() => {
            Ok(Value::int(a >> count.unsigned_abs()))
        }
        _ => Ok(all_gone),
    }
}

/// `&`, `|` and `^` of two ints.
pub(super) fn bitwise(op: Binary, a: Int<'_>, b: Int<'_>) -> Value {
    if let (Int::Small(a), Int::Small(b)) = (a, b) {
        return Value::Int(match op {
            Binary::And => a & b,
            Binary::Or => a | b,
            _ => a ^ b,
        });
    }
    let (a, b) = (a.to_big(), b.to_big());
    Value::int(match op {
        Binary::And => a.as_ref() & b.as_ref(),
        Binary::Or => a.as_ref() | b.as_ref(),
        Binary::Xor => a.as_ref() ^ b.as_ref(),
        _ => BigInt::zero(),
    })
}
