use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::floats::whole;
use super::{float, is_int};
use crate::interpreter::builtins::{float_to_int, no_keywords};
use crate::interpreter::ops::{self, Special, check_bits};
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::value::{Arguments, PyResult, Value, Vm};

fn rounded(
    vm: &mut dyn Vm,
    args: Arguments<'_>,
    special: Special,
    round: fn(f64) -> f64,
) -> PyResult<Value> {
    let value = &args.positional[0];
    if is_int(value) {
        return Ok(ops::as_index(vm, value)?.unwrap_or(Value::Int(0)));
    }
    if !matches!(value, Value::Float(_))
        && let Some(result) = ops::call_special(vm, value, special, &[])?
    {
        return Ok(result);
    }
    float_to_int(round(float(vm, value)?))
}

pub(super) fn ceil(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    rounded(vm, args, Special::Ceil, f64::ceil)
}

pub(super) fn floor(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    rounded(vm, args, Special::Floor, f64::floor)
}

pub(super) fn trunc(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = &args.positional[0];
    if matches!(value, Value::Str(_) | Value::None | Value::List(_) | Value::Tuple(_)) {
        return Err(type_error(format!(
            "type {} doesn't define __trunc__ method",
            value.type_name()
        )));
    }
    rounded(vm, args, Special::Trunc, f64::trunc)
}

/// The int of a size that `what` can be computed of.
fn small(value: &BigInt, what: &str) -> PyResult<u64> {
    value.to_u64().ok_or_else(|| raise(&OVERFLOW_ERROR, what.to_owned()))
}

pub(super) fn factorial(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let value = &args.positional[0];
    let n = whole(vm, value)?;
    if n.is_negative() {
        return Err(value_error("factorial() not defined for negative values"));
    }
    let too_large = "factorial() argument should not exceed 9223372036854775807";
    let n = small(&n, too_large)?;
    check_bits(n.saturating_mul(u64::from(n.max(2).ilog2())))?;
    product(vm, 1, n).map(Value::int)
}

/// `first · … · last`.
fn product(vm: &mut dyn Vm, first: u64, last: u64) -> PyResult<BigInt> {
    if first > last {
        return Ok(BigInt::one());
    }
    if last - first < 16 {
        vm.spend(last - first + 1)?;
        return Ok((first..=last).map(BigInt::from).product());
    }
    let middle = first + (last - first) / 2;
    let (low, high) = (product(vm, first, middle)?, product(vm, middle + 1, last)?);
    vm.spend((low.bits() / 64 + 1).saturating_mul(high.bits() / 64 + 1) / 64)?;
    Ok(low * high)
}

fn not_negative(name: &str, value: &BigInt) -> PyResult<()> {
    if value.is_negative() {
        return Err(value_error(format!("{name} must be a non-negative integer")));
    }
    Ok(())
}

pub(super) fn comb(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let n = whole(vm, &args.positional[0])?;
    let k = whole(vm, &args.positional[1])?;
    not_negative("n", &n)?;
    not_negative("k", &k)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let k = (&n - &k).min(k);
    let k = small(&k, "min(n - k, k) must not exceed 9223372036854775807")?;
    check_bits(n.bits().saturating_mul(k))?;
    let mut result = BigInt::one();
    for i in 0..k {
        vm.spend(1 + result.bits() / 512)?;
        result = result * (&n - i) / (i + 1);
    }
    Ok(Value::int(result))
}

pub(super) fn perm(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let n = whole(vm, &args.positional[0])?;
    let k = match args.positional.get(1) {
        None | Some(Value::None) => return factorial(vm, args),
        Some(k) => whole(vm, k)?,
    };
    not_negative("n", &n)?;
    not_negative("k", &k)?;
    if k > n {
        return Ok(Value::Int(0));
    }
    let k = small(&k, "k must not exceed 9223372036854775807")?;
    check_bits(n.bits().saturating_mul(k))?;
    let mut result = BigInt::one();
    for i in 0..k {
        vm.spend(1 + result.bits() / 512)?;
        result *= &n - i;
    }
    Ok(Value::int(result))
}

pub(super) fn isqrt(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let n = whole(vm, &args.positional[0])?;
    if n.is_negative() {
        return Err(value_error("isqrt() argument must be nonnegative"));
    }
    vm.spend(1 + n.bits() / 64)?;
    Ok(Value::int(n.sqrt()))
}

pub(super) fn gcd(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    no_keywords("math.gcd", args.keywords)?;
    let mut result = BigInt::zero();
    for value in args.positional {
        result = result.gcd(&whole(vm, value)?);
        vm.spend(1 + result.bits() / 64)?;
    }
    Ok(Value::int(result.abs()))
}

pub(super) fn lcm(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    no_keywords("math.lcm", args.keywords)?;
    let mut result = BigInt::one();
    for value in args.positional {
        let value = whole(vm, value)?;
        check_bits(result.bits() + value.bits())?;
        result = if value.is_zero() { BigInt::zero() } else { result.lcm(&value) };
        vm.spend(1 + result.bits() / 64)?;
    }
    Ok(Value::int(result.abs()))
}
