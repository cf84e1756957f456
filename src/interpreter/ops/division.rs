//! Division. Source for floats: `CPython` `Objects/floatobject.c` (`_float_div_mod`); for ints:
//! `Objects/longobject.c` (`long_true_divide`).

use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{Signed, ToPrimitive, Zero};

use super::number::{Int, checked_int, int_to_float};
use crate::program::exception::{OVERFLOW_ERROR, ZERO_DIVISION_ERROR, raise};
use crate::program::value::{PyResult, Stop, Value};

/// The error of every division by zero.
#[cold]
pub(super) fn by_zero() -> Stop {
    raise(&ZERO_DIVISION_ERROR, "division by zero")
}

/// `a // b` of ints within 64 bits; `None` if `b` is 0 or the result does not fit.
#[inline]
pub(super) fn small_floor_div(a: i64, b: i64) -> Option<i64> {
    let quotient = a.checked_div(b)?;
    Some(if a % b != 0 && (a < 0) != (b < 0) { quotient - 1 } else { quotient })
}

/// `a % b` of ints within 64 bits; `None` if `b` is 0.
#[inline]
pub(super) fn small_modulo(a: i64, b: i64) -> Option<i64> {
    if b == -1 {
        return Some(0);
    }
    let remainder = a.checked_rem(b)?;
    Some(if remainder != 0 && (remainder < 0) != (b < 0) { remainder + b } else { remainder })
}

/// `a // b`.
pub fn floor_div(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if let (Int::Small(a), Int::Small(b)) = (a, b)
        && let Some(quotient) = small_floor_div(a, b)
    {
        return Ok(Value::Int(quotient));
    }
    if b.is_zero() {
        return Err(by_zero());
    }
    checked_int(a.to_big().div_floor(&b.to_big()))
}

/// `a % b`.
pub fn modulo(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if let (Int::Small(a), Int::Small(b)) = (a, b)
        && let Some(remainder) = small_modulo(a, b)
    {
        return Ok(Value::Int(remainder));
    }
    if b.is_zero() {
        return Err(by_zero());
    }
    checked_int(a.to_big().mod_floor(&b.to_big()))
}

/// `divmod(a, b)` of two ints.
pub fn div_mod(a: Int<'_>, b: Int<'_>) -> PyResult<(Value, Value)> {
    if let (Int::Small(_), Int::Small(_)) = (a, b) {
        return Ok((floor_div(a, b)?, modulo(a, b)?));
    }
    if b.is_zero() {
        return Err(by_zero());
    }
    let (quotient, remainder) = a.to_big().div_mod_floor(&b.to_big());
    Ok((Value::int(quotient), Value::int(remainder)))
}

/// `a / b` of two ints: the float nearest to the exact quotient.
pub fn true_div(a: Int<'_>, b: Int<'_>) -> PyResult<f64> {
    const EXACT: u64 = 1 << 53;
    if b.is_zero() {
        return Err(by_zero());
    }
    if let (Int::Small(small_a), Int::Small(small_b)) = (a, b)
        && small_a.unsigned_abs() <= EXACT
        && small_b.unsigned_abs() <= EXACT
    {
        return Ok(int_to_float(a)? / int_to_float(b)?);
    }
    true_div_big(&a.to_big(), &b.to_big())
}

/// Scales the quotient so that it has a few more bits than a float, with the rest folded into the
/// last one; the conversion then rounds once, to nearest.
fn true_div_big(a: &BigInt, b: &BigInt) -> PyResult<f64> {
    let too_large = || raise(&OVERFLOW_ERROR, "integer division result too large for a float");
    if a.is_zero() {
        return Ok(if b.sign() == Sign::Minus { -0.0 } else { 0.0 });
    }
    let negative = (a.sign() == Sign::Minus) != (b.sign() == Sign::Minus);
    let bits = |int: &BigInt| i64::try_from(int.bits()).unwrap_or(i64::MAX);
    let magnitude = bits(a) - bits(b);
    if magnitude > 1025 {
        return Err(too_large());
    }
    if magnitude < -1080 {
        return Ok(if negative { -0.0 } else { 0.0 });
    }
    // Below the normal numbers a float has fewer bits: the last bit kept is never below 2^-1074.
    let scale = (66 - magnitude).min(1074 + 2);
    let (numerator, denominator) = if scale >= 0 {
        (a.abs() << scale.unsigned_abs(), b.abs())
    } else {
        (a.abs(), b.abs() << scale.unsigned_abs())
    };
    let (quotient, remainder) = numerator.div_rem(&denominator);
    let kept = quotient.to_u128().unwrap_or(u128::MAX) | u128::from(!remainder.is_zero());
    let float = scale_by_power_of_2(round_to_53_bits(kept, scale), -scale);
    if float.is_infinite() {
        return Err(too_large());
    }
    Ok(if negative { -float } else { float })
}

/// Rounds `kept · 2^-scale` to what a float of that size can hold.
fn round_to_53_bits(kept: u128, scale: i64) -> u128 {
    let bits = i64::from(u128::BITS - kept.leading_zeros());
    // The value of the last bit that a float keeps: 2^-1074 at least.
    let drop = (bits - 53).max(scale - 1074).max(0);
    if drop == 0 {
        return kept;
    }
    let unit = 1u128 << drop;
    let low = kept & (unit - 1);
    let down = kept - low;
    let half = unit >> 1;
    if low > half || (low == half && down & unit != 0) { down + unit } else { down }
}

/// `value · 2^exponent`, where `value` has at most 53 significant bits.
#[expect(clippy::cast_precision_loss, reason = "the bits have been rounded already")]
fn scale_by_power_of_2(value: u128, exponent: i64) -> f64 {
    let mut float = value as f64;
    let mut left = exponent;
    while left != 0 {
        let step = left.clamp(-1000, 1000);
        // Halving in two steps would round twice where numbers are subnormal, but the bits that
        // do not fit are gone already.
        float *= 2f64.powi(i32::try_from(step).unwrap_or(0));
        left -= step;
    }
    float
}

/// `divmod(a, b)` of two floats.
pub fn float_div_mod(a: f64, b: f64) -> PyResult<(f64, f64)> {
    if b == 0.0 {
        return Err(by_zero());
    }
    let mut remainder = a % b;
    let mut quotient = (a - remainder) / b;
    if remainder == 0.0 {
        remainder = 0f64.copysign(b);
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder += b;
        quotient -= 1.0;
    }
    let floor = if quotient == 0.0 {
        0f64.copysign(a / b)
    } else {
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    Ok((floor, remainder))
}

/// `a % b` of two floats.
pub(in crate::interpreter) fn float_modulo(a: f64, b: f64) -> PyResult<f64> {
    if b == 0.0 {
        return Err(by_zero());
    }
    let remainder = a % b;
    Ok(if remainder == 0.0 {
        0f64.copysign(b)
    } else if (b < 0.0) != (remainder < 0.0) {
        remainder + b
    } else {
        remainder
    })
}
