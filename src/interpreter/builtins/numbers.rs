use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{FromPrimitive, Pow};

use super::arguments::bind_keywords;
use crate::interpreter::ops::{self, Int, Special};
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::value::{Arguments, PyResult, Value, Vm};

/// `int(float)`.
pub fn float_to_int(value: f64) -> PyResult<Value> {
    if value.is_nan() {
        return Err(value_error("cannot convert float NaN to integer"));
    }
    match BigInt::from_f64(value.trunc()) {
        Some(int) => Ok(Value::int(int)),
        None => Err(raise(&OVERFLOW_ERROR, "cannot convert float infinity to integer")),
    }
}

/// `round(value, digits)` of a float: to the nearest decimal, halves to even, exactly.
pub fn round_float(value: f64, digits: i64) -> PyResult<f64> {
    if !value.is_finite() || digits > 323 {
        return Ok(value);
    }
    if digits < -308 {
        return Ok(0.0f64.copysign(value));
    }
    let rounded = if digits >= 0 {
        let digits = usize::try_from(digits).unwrap_or(0);
        format!("{value:.digits$}").parse().unwrap_or(value)
    } else {
        round_before_point(value, digits.unsigned_abs())
    };
    if rounded.is_infinite() {
        return Err(raise(&OVERFLOW_ERROR, "rounded value too large to represent"));
    }
    Ok(if rounded == 0.0 { 0.0f64.copysign(value) } else { rounded })
}

/// Rounds to a multiple of a power of ten. The fraction matters only where the rest is just half.
fn round_before_point(value: f64, digits: u64) -> f64 {
    let whole = BigInt::from_f64(value.trunc()).unwrap_or_default();
    let unit = Pow::pow(BigInt::from(10), digits);
    let (down, rest) = whole.div_mod_floor(&unit);
    let twice: BigInt = rest * 2;
    let fraction = value.fract();
    let up = match twice.cmp(&unit) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal if fraction != 0.0 => fraction > 0.0,
        std::cmp::Ordering::Equal => down.is_odd(),
    };
    let rounded = Value::int((down + i32::from(up)) * unit);
    Int::of(&rounded).map_or(0.0, |int| ops::int_to_float(int).unwrap_or(f64::INFINITY))
}

/// `round(int, digits)`: to a multiple of a power of ten, halves to even.
fn round_int(int: Int<'_>, digits: i64) -> Value {
    let int = int.to_big().into_owned();
    if digits >= 0 {
        return Value::int(int);
    }
    // A number that has fewer digits than are rounded away is nearer to 0.
    if digits.unsigned_abs() > int.bits() {
        return Value::Int(0);
    }
    let unit = Pow::pow(BigInt::from(10), digits.unsigned_abs());
    let (down, rest) = int.div_mod_floor(&unit);
    let twice: BigInt = rest * 2;
    let up = twice > unit || twice == unit && down.is_odd();
    Value::int((down + i32::from(up)) * unit)
}

/// `round(number, ndigits)`.
pub(super) fn round(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [number, digits] =
        bind_keywords("round", ["number", "ndigits"], 2, 1, args.positional, args.keywords)?;
    let number = number.unwrap_or(Value::None);
    let digits = digits.filter(|digits| !matches!(digits, Value::None));
    match (&number, &digits) {
        (Value::Float(float), None) => float_to_int(float.round_ties_even()),
        (Value::Float(float), Some(digits)) => {
            let digits = clamped(vm, digits)?;
            round_float(*float, digits).map(Value::Float)
        }
        (other, digits) => match (Int::of(other), digits) {
            (Some(int), Some(digits)) => {
                let digits = clamped(vm, digits)?;
                Ok(round_int(int, digits))
            }
            (Some(int), None) => Ok(round_int(int, 0)),
            (None, digits) => {
                match ops::call_special(vm, other, Special::Round, digits.as_slice())? {
                    Some(result) => Ok(result),
                    None if let Some(payload) = ops::payload(other) => {
                        let mut all = vec![payload.clone()];
                        all.extend(digits.clone());
                        round(vm, Arguments { positional: &all, keywords: &[] })
                    }
                    None => Err(type_error(format!(
                        "type {} doesn't define __round__ method",
                        other.type_name()
                    ))),
                }
            }
        },
    }
}

fn clamped(vm: &mut dyn Vm, digits: &Value) -> PyResult<i64> {
    ops::clamp_index(vm, digits)?.ok_or_else(|| ops::not_an_integer(digits))
}

/// `divmod(a, b)`.
pub(super) fn div_mod(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (a, b) = (&args.positional[0], &args.positional[1]);
    if let (Some(x), Some(y)) = (Int::of(a), Int::of(b)) {
        let (quotient, remainder) = ops::div_mod(x, y)?;
        return Ok(Value::tuple([quotient, remainder]));
    }
    if let (Some(x), Some(y)) = (ops::to_float(a)?, ops::to_float(b)?) {
        let (quotient, remainder) = ops::float_div_mod(x, y)?;
        return Ok(Value::tuple([Value::Float(quotient), Value::Float(remainder)]));
    }
    match ops::of_instances(vm, Special::DivMod, Special::RDivMod, a, b, false)? {
        Some(result) => Ok(result),
        None => Err(ops::unsupported("divmod()", a, b)),
    }
}

/// `pow(base, exp, mod)`.
pub(super) fn pow(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["base", "exp", "mod"];
    let [base, exponent, modulus] =
        bind_keywords("pow", names, 3, 2, args.positional, args.keywords)?;
    let (base, exponent) = (base.unwrap_or(Value::None), exponent.unwrap_or(Value::None));
    let modulus = match modulus {
        None | Some(Value::None) => {
            return ops::binary(vm, ops::Binary::Pow, &base, &exponent);
        }
        Some(modulus) => modulus,
    };
    let args = [exponent.clone(), modulus.clone()];
    if let Some(result) = ops::call_special(vm, &base, Special::Pow, &args)?
        && !matches!(result, Value::NotImplemented)
    {
        return Ok(result);
    }
    match (ops::to_big(&base), ops::to_big(&exponent), ops::to_big(&modulus)) {
        (Some(base), Some(exponent), Some(modulus)) => {
            ops::modular_power(&base, &exponent, &modulus)
        }
        _ => {
            let is_number = |value: &Value| matches!(ops::to_float(value), Ok(Some(_)) | Err(_));
            if is_number(&base) && is_number(&exponent) && is_number(&modulus) {
                return Err(type_error(
                    "pow() 3rd argument not allowed unless all arguments are integers",
                ));
            }
            Err(type_error(format!(
                "unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'",
                base.type_name(),
                exponent.type_name(),
                modulus.type_name()
            )))
        }
    }
}
