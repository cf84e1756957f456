//! `math`. Floats go to the platform's C library, as `CPython`'s do.
//!
//! * `floats`: functions of floats; `integers`: of ints; `sums`: of many numbers.
//!
//! Source: `CPython` `Modules/mathmodule.c`.

mod floats;
mod gamma;
mod integers;
mod sums;

use super::{Native, function};
use crate::interpreter::ops::{self, Int, Special};
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::value::{
    Arguments, Builtin, PyResult,
    Signature::{Free, One, Positional},
    Stop, Value, Vm,
};

pub(super) static MODULE: Native = Native { name: "math", functions: &[FUNCTIONS], others };

static FUNCTIONS: &[Builtin] = &[
    function("acos", One, floats::acos),
    function("acosh", One, floats::acosh),
    function("asin", One, floats::asin),
    function("asinh", One, floats::asinh),
    function("atan", One, floats::atan),
    function("atan2", Positional(2, 2), floats::atan2),
    function("atanh", One, floats::atanh),
    function("cbrt", One, floats::cbrt),
    function("ceil", One, integers::ceil),
    function("comb", Positional(2, 2), integers::comb),
    function("copysign", Positional(2, 2), floats::copysign),
    function("cos", One, floats::cos),
    function("cosh", One, floats::cosh),
    function("degrees", One, floats::degrees),
    function("dist", Positional(2, 2), sums::dist),
    function("erf", One, floats::erf),
    function("erfc", One, floats::erfc),
    function("exp", One, floats::exp),
    function("exp2", One, floats::exp2),
    function("expm1", One, floats::expm1),
    function("fabs", One, floats::fabs),
    function("factorial", One, integers::factorial),
    function("floor", One, integers::floor),
    function("fma", Positional(3, 3), floats::fma),
    function("fmod", Positional(2, 2), floats::fmod),
    function("frexp", One, floats::frexp),
    function("fsum", One, sums::fsum),
    function("gamma", One, floats::gamma),
    function("gcd", Free, integers::gcd),
    function("hypot", Free, sums::hypot),
    function("isclose", Free, floats::isclose),
    function("isfinite", One, floats::isfinite),
    function("isinf", One, floats::isinf),
    function("isnan", One, floats::isnan),
    function("isqrt", One, integers::isqrt),
    function("lcm", Free, integers::lcm),
    function("ldexp", Positional(2, 2), floats::ldexp),
    function("lgamma", One, floats::lgamma),
    function("log", Positional(1, 2), floats::log),
    function("log10", One, floats::log10),
    function("log1p", One, floats::log1p),
    function("log2", One, floats::log2),
    function("modf", One, floats::modf),
    function("nextafter", Positional(2, 2), floats::nextafter),
    function("perm", Positional(1, 2), integers::perm),
    function("pow", Positional(2, 2), floats::pow),
    function("prod", Free, sums::prod),
    function("radians", One, floats::radians),
    function("remainder", Positional(2, 2), floats::remainder),
    function("sin", One, floats::sin),
    function("sinh", One, floats::sinh),
    function("sqrt", One, floats::sqrt),
    function("sumprod", Positional(2, 2), sums::sumprod),
    function("tan", One, floats::tan),
    function("tanh", One, floats::tanh),
    function("trunc", One, integers::trunc),
    function("ulp", One, floats::ulp),
];

fn others() -> Vec<(&'static str, Value)> {
    vec![
        ("e", Value::Float(std::f64::consts::E)),
        ("inf", Value::Float(f64::INFINITY)),
        ("nan", Value::Float(f64::NAN)),
        ("pi", Value::Float(std::f64::consts::PI)),
        ("tau", Value::Float(std::f64::consts::TAU)),
    ]
}

/// An argument as a float.
fn float(vm: &mut dyn Vm, value: &Value) -> PyResult<f64> {
    if let Some(float) = ops::to_float(value)? {
        return Ok(float);
    }
    match ops::call_special(vm, value, Special::Float, &[])? {
        Some(Value::Float(float)) => return Ok(float),
        Some(other) => {
            return Err(type_error(format!(
                "{}.__float__() must return a float, not {}",
                value.type_name(),
                other.type_name()
            )));
        }
        None => {}
    }
    match ops::as_index(vm, value)? {
        Some(index) => ops::to_float(&index).map(|float| float.unwrap_or(0.0)),
        None => Err(type_error(format!("must be real number, not {}", value.type_name()))),
    }
}

/// An argument that must be an int.
fn integer(vm: &mut dyn Vm, value: &Value) -> PyResult<Value> {
    ops::as_index(vm, value)?.ok_or_else(|| ops::not_an_integer(value))
}

/// The result of a function that has no value everywhere: what was `given` tells a mistake from
/// what was there before.
fn checked(result: f64, given: &[f64], can_overflow: bool) -> PyResult<Value> {
    if result.is_nan() && !given.iter().any(|x| x.is_nan()) {
        return Err(domain());
    }
    if result.is_infinite() && given.iter().all(|x| x.is_finite()) {
        return Err(if can_overflow { range() } else { domain() });
    }
    Ok(Value::Float(result))
}

#[cold]
fn domain() -> Stop {
    value_error("math domain error")
}

#[cold]
fn range() -> Stop {
    raise(&OVERFLOW_ERROR, "math range error")
}

fn is_int(value: &Value) -> bool {
    Int::of(value).is_some()
}

/// The only argument.
fn x(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<f64> {
    float(vm, &args.positional[0])
}
