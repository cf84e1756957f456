use super::float;
use crate::interpreter::builtins::{no_keywords, unexpected_keyword};
use crate::interpreter::ops;
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::value::{Arguments, PyResult, Value, Vm};

/// `math.prod(iterable, *, start=1)`.
pub(super) fn prod(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [iterable] = args.positional else {
        return Err(type_error(format!(
            "prod() takes exactly 1 positional argument ({} given)",
            args.positional.len()
        )));
    };
    let mut product = Value::Int(1);
    for (name, value) in args.keywords {
        match name.as_str() {
            "start" => product = value.clone(),
            other => return Err(unexpected_keyword("prod", other)),
        }
    }
    ops::for_each(vm, iterable, &mut |vm, item| {
        product = ops::mul(vm, &product, &item)?;
        Ok(true)
    })?;
    Ok(product)
}

fn floats(vm: &mut dyn Vm, iterable: &Value) -> PyResult<Vec<f64>> {
    let mut items = Vec::new();
    ops::for_each(vm, iterable, &mut |vm, item| {
        items.push(float(vm, &item)?);
        Ok(true)
    })?;
    Ok(items)
}

/// `math.fsum(iterable)`: the exact sum, rounded once.
///
/// Source: Shewchuk, "Adaptive Precision Floating-Point Arithmetic", as `CPython` has it.
pub(super) fn fsum(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let mut partials: Vec<f64> = Vec::new();
    let (mut special, mut infinite) = (0.0, 0.0);
    for mut x in floats(vm, &args.positional[0])? {
        let given = x;
        let mut kept = 0;
        for at in 0..partials.len() {
            let mut y = partials[at];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                partials[kept] = low;
                kept += 1;
            }
            x = high;
        }
        partials.truncate(kept);
        if x == 0.0 {
            continue;
        }
        if x.is_finite() {
            partials.push(x);
            continue;
        }
        if given.is_finite() {
            return Err(raise(&OVERFLOW_ERROR, "intermediate overflow in fsum"));
        }
        if given.is_infinite() {
            infinite += given;
        }
        special += given;
        partials.clear();
    }
    if special != 0.0 || special.is_nan() {
        if infinite.is_nan() {
            return Err(value_error("-inf + inf in fsum"));
        }
        return Ok(Value::Float(special));
    }
    Ok(Value::Float(rounded_sum(&partials)))
}

/// The sum of parts that do not overlap, the largest last.
fn rounded_sum(partials: &[f64]) -> f64 {
    let mut left = partials.len();
    let Some(mut high) = partials.last().copied() else { return 0.0 };
    left -= 1;
    let mut low = 0.0;
    while left > 0 {
        let x = high;
        left -= 1;
        let y = partials[left];
        high = x + y;
        low = y - (high - x);
        if low != 0.0 {
            break;
        }
    }
    // Half-way cases are rounded by what is left.
    if left > 0 && (low < 0.0 && partials[left - 1] < 0.0 || low > 0.0 && partials[left - 1] > 0.0)
    {
        let y = low * 2.0;
        let x = high + y;
        if y == x - high {
            high = x;
        }
    }
    high
}

/// The length of a vector, without overflow on the way.
///
/// Source: `CPython` `vector_norm`, which is correctly rounded in nearly all cases; so is this, by
/// an exact sum of exact squares.
fn norm(values: &[f64]) -> f64 {
    let max = values.iter().fold(0.0_f64, |max, x| max.max(x.abs()));
    if values.iter().any(|x| x.is_infinite()) {
        return f64::INFINITY;
    }
    if values.iter().any(|x| x.is_nan()) {
        return f64::NAN;
    }
    if max == 0.0 || values.len() <= 1 {
        return max;
    }
    let (_, exponent) = super::floats::split(max);
    let exponent = i32::try_from(exponent).unwrap_or(0);
    let mut sum = 1.0;
    let (mut low_squares, mut low_sums) = (0.0, 0.0);
    for x in values {
        let x = libm::ldexp(x.abs(), -exponent);
        let square = x * x;
        low_squares += x.mul_add(x, -square);
        let next = sum + square;
        low_sums += square - (next - sum);
        sum = next;
    }
    let root = (sum - 1.0 + (low_squares + low_sums)).sqrt();
    // One step of Newton with the error computed exactly.
    let square = root * root;
    let error = root.mul_add(root, -square);
    let rest = -square;
    let next = sum + rest;
    low_sums += rest - (next - sum);
    let rest = next - 1.0 + (low_sums + (low_squares - error));
    let root = root + rest / (2.0 * root);
    libm::ldexp(root, exponent)
}

pub(super) fn hypot(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    no_keywords("math.hypot", args.keywords)?;
    let mut values = Vec::with_capacity(args.positional.len());
    for value in args.positional {
        values.push(float(vm, value)?);
    }
    Ok(Value::Float(norm(&values)))
}

pub(super) fn dist(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let p = floats(vm, &args.positional[0])?;
    let q = floats(vm, &args.positional[1])?;
    if p.len() != q.len() {
        return Err(value_error("both points must have the same number of dimensions"));
    }
    let differences: Vec<f64> = p.iter().zip(&q).map(|(p, q)| p - q).collect();
    Ok(Value::Float(norm(&differences)))
}

/// `math.sumprod(p, q)`.
pub(super) fn sumprod(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let p = ops::collect(vm, &args.positional[0])?;
    let q = ops::collect(vm, &args.positional[1])?;
    if p.len() != q.len() {
        return Err(value_error("Inputs are not the same length"));
    }
    let mut total = Value::Int(0);
    for (p, q) in p.iter().zip(&q) {
        vm.spend(1)?;
        let product = ops::mul(vm, p, q)?;
        total = ops::add(vm, &total, &product)?;
    }
    Ok(total)
}
