use num_bigint::BigInt;

use super::{methods, wrong_receiver};
use crate::interpreter::builtins::no_keywords;
use crate::interpreter::text::is_space;
use crate::program::exception::{OVERFLOW_ERROR, raise, value_error};
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Nothing, One},
    Stop, Value, Vm,
};

methods! { METHODS "float":
    "as_integer_ratio" Nothing => as_integer_ratio;
    "conjugate" Nothing => conjugate;
    "hex" Nothing => hex;
    "is_integer" Nothing => is_integer;
}

/// `float.fromhex`, which needs no receiver.
pub(super) static FROM_HEX: Builtin =
    Builtin { name: "fromhex", owner: None, signature: One, call: from_hex };

/// Bits of a float after the first.
const FRACTION_BITS: i32 = 52;

fn this(args: Arguments<'_>, method: &str) -> PyResult<f64> {
    no_keywords(method, args.keywords)?;
    match &args.positional[0] {
        Value::Float(float) => Ok(*float),
        other => Err(wrong_receiver(method, "float", other)),
    }
}

/// A finite float as `mantissa · 2^exponent`.
fn parts(value: f64) -> (u64, i32) {
    let bits = value.abs().to_bits();
    let exponent = i32::try_from(bits >> FRACTION_BITS).unwrap_or(0);
    let fraction = bits & ((1 << FRACTION_BITS) - 1);
    if exponent == 0 { (fraction, -1074) } else { (fraction | 1 << FRACTION_BITS, exponent - 1075) }
}

fn as_integer_ratio(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = this(args, "as_integer_ratio")?;
    if value.is_infinite() {
        return Err(raise(&OVERFLOW_ERROR, "cannot convert Infinity to integer ratio"));
    }
    if value.is_nan() {
        return Err(value_error("cannot convert NaN to integer ratio"));
    }
    let (mantissa, exponent) = parts(value);
    let twos = mantissa.trailing_zeros().min(u32::try_from(-exponent).unwrap_or(0));
    let (mantissa, exponent) = match mantissa {
        0 => (0, 0),
        _ => (mantissa >> twos, exponent + i32::try_from(twos).unwrap_or(0)),
    };
    let one = BigInt::from(1);
    let (mut numerator, denominator) = if exponent >= 0 {
        (BigInt::from(mantissa) << exponent, one)
    } else {
        (BigInt::from(mantissa), one << exponent.unsigned_abs())
    };
    if value < 0.0 {
        numerator = -numerator;
    }
    Ok(Value::tuple([Value::int(numerator), Value::int(denominator)]))
}

fn conjugate(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    this(args, "conjugate").map(Value::Float)
}

fn is_integer(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = this(args, "is_integer")?;
    Ok(Value::Bool(value.is_finite() && value.fract() == 0.0))
}

fn hex(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = this(args, "hex")?;
    if !value.is_finite() {
        return Ok(Value::from(crate::interpreter::text::float_repr(value)));
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return Ok(Value::from(format!("{sign}0x0.0p+0")));
    }
    let (mantissa, exponent) = parts(value);
    let lead = mantissa >> FRACTION_BITS;
    let fraction = mantissa & ((1 << FRACTION_BITS) - 1);
    Ok(Value::from(format!("{sign}0x{lead}.{fraction:013x}p{:+}", exponent + FRACTION_BITS)))
}

#[cold]
fn invalid() -> Stop {
    value_error("invalid hexadecimal floating-point string")
}

fn from_hex(_: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let text =
        crate::interpreter::builtins::text_argument("fromhex", "argument", &args.positional[0])?;
    let lower = text.trim_matches(is_space).to_ascii_lowercase();
    let unsigned = lower.strip_prefix(['+', '-']).unwrap_or(&lower);
    let sign = if lower.starts_with('-') { -1.0 } else { 1.0 };
    match unsigned {
        "inf" | "infinity" => return Ok(Value::Float(sign * f64::INFINITY)),
        "nan" => return Ok(Value::Float(f64::NAN)),
        _ => {}
    }
    let digits = unsigned.strip_prefix("0x").unwrap_or(unsigned);
    let (digits, exponent) = digits.split_once('p').unwrap_or((digits, "0"));
    let exponent: i64 = exponent.parse().map_err(|_| invalid())?;
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = format!("{whole}{fraction}");
    let mantissa = num_bigint::BigUint::parse_bytes(all.as_bytes(), 16).ok_or_else(invalid)?;
    let scale = exponent.saturating_sub(4 * i64::try_from(fraction.len()).unwrap_or(0));
    scaled(&BigInt::from(mantissa), scale).map(|value| Value::Float(sign * value))
}

/// `mantissa · 2^exponent`, rounded once.
fn scaled(mantissa: &BigInt, exponent: i64) -> PyResult<f64> {
    let too_large =
        || raise(&OVERFLOW_ERROR, "hexadecimal value too large to represent as a float");
    let size = i64::try_from(mantissa.bits()).unwrap_or(i64::MAX).saturating_add(exponent);
    if mantissa.bits() == 0 || size < -1080 {
        return Ok(0.0);
    }
    if size > 1025 {
        return Err(too_large());
    }
    let shift = exponent.unsigned_abs();
    let (numerator, denominator) = if exponent >= 0 {
        (mantissa << shift, BigInt::from(1))
    } else {
        (mantissa.clone(), BigInt::from(1) << shift)
    };
    let (numerator, denominator) = (Value::int(numerator), Value::int(denominator));
    let (Some(a), Some(b)) = (
        crate::interpreter::ops::Int::of(&numerator),
        crate::interpreter::ops::Int::of(&denominator),
    ) else {
        return Err(invalid());
    };
    crate::interpreter::ops::true_div(a, b).map_err(|_| too_large())
}
