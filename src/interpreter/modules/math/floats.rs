use num_bigint::BigInt;
use num_traits::ToPrimitive;

use super::{checked, domain, float, gamma as special, integer, is_int, range, x};
use crate::interpreter::builtins::unexpected_keyword;
use crate::interpreter::ops::{self, Int};
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, PyResult, Stop, Value, Vm};
use crate::trace::PythonVersion;

macro_rules! of_one {
    ($($(#[$doc:meta])* $name:ident $overflows:literal $compute:expr;)*) => {
        $($(#[$doc])*
        pub(super) fn $name(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
            let x = x(vm, args)?;
            let compute: fn(f64) -> f64 = $compute;
            checked(compute(x), &[x], $overflows)
        })*
    };
}

of_one! {
    asinh false f64::asinh;
    atan false f64::atan;
    cbrt false f64::cbrt;
    cosh true f64::cosh;
    degrees false |x| x * (180.0 / std::f64::consts::PI);
    erf false libm::erf;
    erfc false libm::erfc;
    exp true f64::exp;
    exp2 true f64::exp2;
    expm1 true f64::exp_m1;
    fabs false f64::abs;
    radians false |x| x * (std::f64::consts::PI / 180.0);
    sinh true f64::sinh;
    tan false f64::tan;
    tanh false f64::tanh;
}

/// What is wrong with an argument, shown since 3.14.
fn not_in_domain(vm: &dyn Vm, expected: &str, shown: f64) -> Stop {
    let newest =
        super::super::world_of(vm).is_ok_and(|world| world.python() >= PythonVersion::V3_14);
    if newest {
        let shown = crate::interpreter::text::float_repr(shown);
        return value_error(format!("expected {expected}, got {shown}"));
    }
    domain()
}

pub(super) fn sqrt(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x < 0.0 {
        return Err(not_in_domain(vm, "a nonnegative input", x));
    }
    Ok(Value::Float(x.sqrt()))
}

fn of_finite(vm: &mut dyn Vm, args: Arguments<'_>, compute: fn(f64) -> f64) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x.is_infinite() {
        return Err(not_in_domain(vm, "a finite input", x));
    }
    Ok(Value::Float(compute(x)))
}

pub(super) fn sin(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    of_finite(vm, args, f64::sin)
}

pub(super) fn cos(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    of_finite(vm, args, f64::cos)
}

pub(super) fn atanh(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x.abs() >= 1.0 {
        return Err(not_in_domain(vm, "a number between -1 and 1", x));
    }
    Ok(Value::Float(x.atanh()))
}

pub(super) fn log1p(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x <= -1.0 {
        return Err(not_in_domain(vm, "argument value > -1", x));
    }
    Ok(Value::Float(x.ln_1p()))
}

pub(super) fn acosh(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x < 1.0 {
        return Err(not_in_domain(vm, "argument value not less than 1", x));
    }
    Ok(Value::Float(x.acosh()))
}

fn of_cosine(vm: &mut dyn Vm, args: Arguments<'_>, compute: fn(f64) -> f64) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x.abs() > 1.0 {
        return Err(not_in_domain(vm, "a number in range from -1 up to 1", x));
    }
    Ok(Value::Float(compute(x)))
}

pub(super) fn acos(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    of_cosine(vm, args, f64::acos)
}

pub(super) fn asin(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    of_cosine(vm, args, f64::asin)
}

/// The logarithm of an int of any size, or of a float.
fn log_of(vm: &mut dyn Vm, value: &Value, compute: fn(f64) -> f64) -> PyResult<f64> {
    if let Some(int) = Int::of(value) {
        if int.is_negative() || int.is_zero() {
            let newest = super::super::world_of(vm)
                .is_ok_and(|world| world.python() >= PythonVersion::V3_14);
            return Err(if newest { value_error("expected a positive input") } else { domain() });
        }
        if let Int::Big(big) = int {
            // As `frexp`: a fraction, and how often it was halved.
            let bits = big.bits();
            if bits > 1020 {
                let part: BigInt = big >> (bits - 64);
                let fraction = part.to_f64().unwrap_or(1.0) / 2f64.powi(64);
                #[expect(clippy::cast_precision_loss, reason = "an exponent fits")]
                let exponent = bits as f64;
                return Ok(compute(fraction) + compute(2.0) * exponent);
            }
        }
    }
    let x = float(vm, value)?;
    if x <= 0.0 {
        return Err(not_in_domain(vm, "a positive input", x));
    }
    Ok(compute(x))
}

pub(super) fn log(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let number = log_of(vm, &args.positional[0], f64::ln)?;
    let Some(base) = args.positional.get(1) else { return Ok(Value::Float(number)) };
    let base = log_of(vm, base, f64::ln)?;
    ops::binary(vm, ops::Binary::Div, &Value::Float(number), &Value::Float(base))
}

pub(super) fn log2(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    log_of(vm, &args.positional[0], f64::log2).map(Value::Float)
}

pub(super) fn log10(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    log_of(vm, &args.positional[0], f64::log10).map(Value::Float)
}

pub(super) fn gamma(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?;
    let pole = x.is_finite() && x <= 0.0 && x == x.floor();
    if pole || x == f64::NEG_INFINITY {
        return Err(not_in_domain(vm, "a noninteger or positive integer", x));
    }
    checked(special::gamma(x), &[x], true)
}

pub(super) fn lgamma(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x.is_finite() && x <= 0.0 && x == x.floor() {
        return Err(not_in_domain(vm, "a noninteger or positive integer", x));
    }
    checked(special::log_gamma(x), &[x], true)
}

fn two(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<(f64, f64)> {
    Ok((float(vm, &args.positional[0])?, float(vm, &args.positional[1])?))
}

pub(super) fn atan2(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (y, x) = two(vm, args)?;
    Ok(Value::Float(y.atan2(x)))
}

pub(super) fn copysign(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (x, y) = two(vm, args)?;
    Ok(Value::Float(x.copysign(y)))
}

pub(super) fn fmod(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (x, y) = two(vm, args)?;
    if y.is_infinite() && x.is_finite() {
        return Ok(Value::Float(x));
    }
    checked(x % y, &[x, y], false)
}

/// The IEEE remainder: the nearest multiple is taken away, of two the even one.
pub(super) fn remainder(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (x, y) = two(vm, args)?;
    if x.is_nan() || y.is_nan() {
        return Ok(Value::Float(f64::NAN));
    }
    if x.is_infinite() || y == 0.0 {
        return Err(domain());
    }
    if y.is_infinite() {
        return Ok(Value::Float(x));
    }
    let (size, divisor) = (x.abs(), y.abs());
    let rest = size % divisor;
    let other = divisor - rest;
    let nearest = if rest < other {
        rest
    } else if rest > other {
        -other
    } else {
        rest - 2.0 * ((0.5 * (size - rest)) % divisor)
    };
    Ok(Value::Float(1.0_f64.copysign(x) * nearest))
}

pub(super) fn pow(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (x, y) = two(vm, args)?;
    let result = x.powf(y);
    if result.is_infinite() && x == 0.0 {
        return Err(domain());
    }
    checked(result, &[x, y], true)
}

pub(super) fn fma(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (x, y) = two(vm, args)?;
    let z = float(vm, &args.positional[2])?;
    let result = x.mul_add(y, z);
    if result.is_nan() && ![x, y, z].iter().any(|x| x.is_nan()) {
        return Err(value_error("invalid operation in fma"));
    }
    if result.is_infinite() && [x, y, z].iter().all(|x| x.is_finite()) {
        return Err(crate::program::exception::raise(
            &crate::program::exception::OVERFLOW_ERROR,
            "overflow in fma",
        ));
    }
    Ok(Value::Float(result))
}

pub(super) fn isfinite(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(x(vm, args)?.is_finite()))
}

pub(super) fn isinf(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(x(vm, args)?.is_infinite()))
}

pub(super) fn isnan(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    Ok(Value::Bool(x(vm, args)?.is_nan()))
}

pub(super) fn isclose(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    if args.positional.len() != 2 {
        return Err(type_error(format!(
            "isclose() takes exactly 2 positional arguments ({} given)",
            args.positional.len()
        )));
    }
    let (a, b) = two(vm, args)?;
    let (mut relative, mut absolute) = (1e-9, 0.0);
    for (name, value) in args.keywords {
        match name.as_str() {
            "rel_tol" => relative = float(vm, value)?,
            "abs_tol" => absolute = float(vm, value)?,
            other => return Err(unexpected_keyword("isclose", other)),
        }
    }
    if relative < 0.0 || absolute < 0.0 {
        return Err(value_error("tolerances must be non-negative"));
    }
    let distance = (b - a).abs();
    let close = a == b
        || !a.is_infinite()
            && !b.is_infinite()
            && (distance <= (relative * b).abs()
                || distance <= (relative * a).abs()
                || distance <= absolute);
    Ok(Value::Bool(close))
}

/// A float as a fraction in `[0.5, 1)` and an exponent of two.
pub(super) fn split(x: f64) -> (f64, i64) {
    if x == 0.0 || !x.is_finite() {
        return (x, 0);
    }
    let (x, extra) = if x.is_subnormal() { (x * 2f64.powi(64), -64) } else { (x, 0) };
    let bits = x.to_bits();
    let exponent = i64::try_from((bits >> 52) & 0x7ff).unwrap_or(0) - 1022 + extra;
    (f64::from_bits((bits & !(0x7ff << 52)) | (1022 << 52)), exponent)
}

pub(super) fn frexp(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (fraction, exponent) = split(x(vm, args)?);
    Ok(Value::tuple([Value::Float(fraction), Value::Int(exponent)]))
}

pub(super) fn ldexp(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = float(vm, &args.positional[0])?;
    if !is_int(&args.positional[1]) {
        return Err(type_error("Expected an int as second argument to ldexp."));
    }
    let exponent = ops::clamp_index(vm, &args.positional[1])?.unwrap_or(0);
    let exponent = i32::try_from(exponent.clamp(-5000, 5000)).unwrap_or(0);
    let result = libm::ldexp(x, exponent);
    if result.is_infinite() && x.is_finite() { Err(range()) } else { Ok(Value::Float(result)) }
}

pub(super) fn modf(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?;
    if x.is_infinite() {
        return Ok(Value::tuple([Value::Float(0.0_f64.copysign(x)), Value::Float(x)]));
    }
    let whole = x.trunc();
    Ok(Value::tuple([Value::Float((x - whole).copysign(x)), Value::Float(whole)]))
}

fn next_after(x: f64, y: f64) -> f64 {
    if x.is_nan() || y.is_nan() {
        f64::NAN
    } else if x == y {
        y
    } else if x < y {
        x.next_up()
    } else {
        x.next_down()
    }
}

pub(super) fn nextafter(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (x, y) = two(vm, args)?;
    Ok(Value::Float(next_after(x, y)))
}

pub(super) fn ulp(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let x = x(vm, args)?.abs();
    if !x.is_finite() {
        return Ok(Value::Float(x));
    }
    let up = x.next_up();
    Ok(Value::Float(if up.is_infinite() { x - x.next_down() } else { up - x }))
}

/// An int that must be an int: the error names it.
pub(super) fn whole(vm: &mut dyn Vm, value: &Value) -> PyResult<BigInt> {
    let value = integer(vm, value)?;
    Ok(ops::to_big(&value).map(std::borrow::Cow::into_owned).unwrap_or_default())
}
