use num_bigint::{BigInt, Sign};
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::number::{Int, check_bits, int_to_float};
use crate::program::exception::{OVERFLOW_ERROR, ZERO_DIVISION_ERROR, raise, value_error};
use crate::program::value::{PyResult, Value};

/// `a ** b` of two ints.
pub fn power(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    if b.is_negative() {
        return Ok(Value::Float(float_power(int_to_float(a)?, int_to_float(b)?)?));
    }
    let Int::Small(exponent) = b else {
        return huge_power(a, b);
    };
    if let Int::Small(base) = a {
        if let Some(result) = small_power(base, exponent) {
            return Ok(Value::Int(result));
        }
        if base.unsigned_abs() <= 1 {
            return huge_power(a, b);
        }
    }
    let bits = a.bits().saturating_sub(1).saturating_mul(exponent.unsigned_abs());
    check_bits(bits)?;
    let exponent = u32::try_from(exponent).unwrap_or(u32::MAX);
    Ok(Value::int(num_traits::pow::Pow::pow(a.to_big().as_ref(), exponent)))
}

fn small_power(base: i64, exponent: i64) -> Option<i64> {
    base.checked_pow(u32::try_from(exponent).ok()?)
}

/// With an exponent that only 0, 1 and -1 can take.
fn huge_power(a: Int<'_>, b: Int<'_>) -> PyResult<Value> {
    let odd = b.to_big().is_odd();
    match a {
        Int::Small(0) => Ok(Value::Int(0)),
        Int::Small(1) => Ok(Value::Int(1)),
        Int::Small(-1) => Ok(Value::Int(if odd { -1 } else { 1 })),
        _ => check_bits(u64::MAX).map(|()| Value::None),
    }
}

/// `a ** b` of two floats.
///
/// A negative number to a fractional power is complex in Python; there are no complex numbers
/// here.
pub(super) fn float_power(a: f64, b: f64) -> PyResult<f64> {
    if a == 0.0 && b < 0.0 && b.is_finite() {
        return Err(raise(&ZERO_DIVISION_ERROR, "zero to a negative power"));
    }
    if a < 0.0 && a.is_finite() && b.is_finite() && b.fract() != 0.0 {
        return Err(value_error("complex numbers are not supported"));
    }
    let result = a.powf(b);
    if result.is_infinite() && a.is_finite() && b.is_finite() {
        return Err(out_of_range());
    }
    Ok(result)
}

fn out_of_range() -> crate::program::value::Stop {
    use crate::program::exception::ExceptionObject;
    let args = [Value::Int(34), Value::from("Numerical result out of range")];
    std::rc::Rc::new(ExceptionObject::new(&OVERFLOW_ERROR, args)).into()
}

/// `pow(base, exponent, modulus)` of three ints.
pub fn modular_power(base: &BigInt, exponent: &BigInt, modulus: &BigInt) -> PyResult<Value> {
    if modulus.is_zero() {
        return Err(value_error("pow() 3rd argument cannot be 0"));
    }
    let size = modulus.abs();
    let mut base = base.mod_floor(&size);
    if exponent.sign() == Sign::Minus {
        let inverse = base.extended_gcd(&size);
        if !inverse.gcd.is_one() {
            return Err(value_error("base is not invertible for the given modulus"));
        }
        base = inverse.x.mod_floor(&size);
    }
    // The work grows with the product of the lengths.
    check_bits(exponent.bits().saturating_mul(size.bits()) / 64)?;
    let result = match (base.to_u64(), exponent.abs().to_u64(), size.to_u64()) {
        (Some(base), Some(exponent), Some(size)) => {
            BigInt::from(small_modular(base, exponent, size))
        }
        _ => base.modpow(&exponent.abs(), &size),
    };
    Ok(Value::int(result.mod_floor(modulus)))
}

fn small_modular(base: u64, exponent: u64, size: u64) -> u64 {
    let multiply = |a: u64, b: u64| {
        u64::try_from(u128::from(a) * u128::from(b) % u128::from(size)).unwrap_or(0)
    };
    let (mut result, mut base, mut exponent) = (1 % size, base % size, exponent);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = multiply(result, base);
        }
        base = multiply(base, base);
        exponent >>= 1;
    }
    result
}
