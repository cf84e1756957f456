use std::f64::consts::{E, PI, TAU};

use super::arguments::bind_as_method;
use crate::interpreter::ops;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, PyResult, Value, Vm};

/// `random.random()`.
#[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
pub(super) fn next_random(vm: &mut dyn Vm) -> f64 {
    vm.stream().next_53_bits() as f64 / 9_007_199_254_740_992.0
}

/// A number as a float.
pub(super) fn number(vm: &mut dyn Vm, value: &Value) -> PyResult<f64> {
    match ops::to_float(value)? {
        Some(float) => Ok(float),
        None => match ops::call_special(vm, value, ops::Special::Float, &[])? {
            Some(Value::Float(float)) => Ok(float),
            _ => Err(type_error(format!("must be real number, not {}", value.type_name()))),
        },
    }
}

/// The parameters of a distribution, with what they are when they are not given.
fn parameters<const N: usize>(
    vm: &mut dyn Vm,
    function: &str,
    names: [&str; N],
    defaults: [Option<f64>; N],
    args: Arguments<'_>,
) -> PyResult<[f64; N]> {
    let required = defaults.iter().take_while(|default| default.is_none()).count();
    let bound = bind_as_method(
        &format!("Random.{function}"),
        names,
        N,
        required,
        args.positional,
        args.keywords,
    )?;
    let mut numbers = [0.0; N];
    for ((slot, value), default) in numbers.iter_mut().zip(&bound).zip(defaults) {
        *slot = match value {
            Some(value) => number(vm, value)?,
            None => default.unwrap_or(0.0),
        };
    }
    Ok(numbers)
}

/// `random.uniform(a, b)`.
pub(super) fn uniform(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (given, names) = (args.positional, ["a", "b"]);
    let [a, b] = bind_as_method("Random.uniform", names, 2, 2, given, args.keywords)?;
    let (a, b) = (a.unwrap_or(Value::None), b.unwrap_or(Value::None));
    let width = ops::sub(vm, &b, &a)?;
    let drawn = Value::Float(next_random(vm));
    let distance = ops::mul(vm, &width, &drawn)?;
    ops::add(vm, &a, &distance)
}

/// `random.triangular(low=0.0, high=1.0, mode=None)`.
pub(super) fn triangular(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["low", "high", "mode"];
    let [low_given, high, mode] =
        bind_as_method("Random.triangular", names, 3, 0, args.positional, args.keywords)?;
    let mut low = match &low_given {
        Some(low) => number(vm, low)?,
        None => 0.0,
    };
    let mut high = match &high {
        Some(high) => number(vm, high)?,
        None => 1.0,
    };
    let mut u = next_random(vm);
    let mut c = match mode.filter(|mode| !matches!(mode, Value::None)) {
        None => 0.5,
        Some(_) if high - low == 0.0 => return Ok(low_given.unwrap_or(Value::Float(low))),
        Some(mode) => (number(vm, &mode)? - low) / (high - low),
    };
    if u > c {
        u = 1.0 - u;
        c = 1.0 - c;
        std::mem::swap(&mut low, &mut high);
    }
    Ok(Value::Float(low + (high - low) * (u * c).sqrt()))
}

fn normal_number(vm: &mut dyn Vm, mu: f64, sigma: f64) -> f64 {
    let magic = 4.0 * (-0.5f64).exp() / 2.0f64.sqrt();
    loop {
        let u1 = next_random(vm);
        let u2 = 1.0 - next_random(vm);
        let z = magic * (u1 - 0.5) / u2;
        if z * z / 4.0 <= -u2.ln() {
            return mu + z * sigma;
        }
    }
}

/// `random.normalvariate(mu=0.0, sigma=1.0)`.
pub(super) fn normal(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["mu", "sigma"];
    let [mu, sigma] = parameters(vm, "normalvariate", names, [Some(0.0), Some(1.0)], args)?;
    Ok(Value::Float(normal_number(vm, mu, sigma)))
}

/// `random.lognormvariate(mu, sigma)`.
pub(super) fn log_normal(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["mu", "sigma"];
    let [mu, sigma] = parameters(vm, "lognormvariate", names, [None, None], args)?;
    Ok(Value::Float(normal_number(vm, mu, sigma).exp()))
}

/// `random.gauss(mu=0.0, sigma=1.0)`: every other call uses what the one before has left.
pub(super) fn gauss(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["mu", "sigma"];
    let [mu, sigma] = parameters(vm, "gauss", names, [Some(0.0), Some(1.0)], args)?;
    let z = if let Some(bits) = vm.stream().take_spare() {
        f64::from_bits(bits)
    } else {
        let angle = next_random(vm) * TAU;
        let radius = (-2.0 * (1.0 - next_random(vm)).ln()).sqrt();
        vm.stream().keep_spare((angle.sin() * radius).to_bits());
        angle.cos() * radius
    };
    Ok(Value::Float(mu + z * sigma))
}

/// `random.expovariate(lambd=1.0)`.
pub(super) fn exponential(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let (given, names) = (args.positional, ["lambd"]);
    let [rate] = bind_as_method("Random.expovariate", names, 1, 0, given, args.keywords)?;
    let drawn = Value::Float(-(1.0 - next_random(vm)).ln());
    ops::binary(vm, ops::Binary::Div, &drawn, &rate.unwrap_or(Value::Float(1.0)))
}

/// `random.vonmisesvariate(mu, kappa)`.
pub(super) fn von_mises(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["mu", "kappa"];
    let [mu, kappa] = parameters(vm, "vonmisesvariate", names, [None, None], args)?;
    if kappa <= 1e-6 {
        return Ok(Value::Float(TAU * next_random(vm)));
    }
    let s = 0.5 / kappa;
    let r = s + (1.0 + s * s).sqrt();
    let z = loop {
        let u1 = next_random(vm);
        let z = (PI * u1).cos();
        let d = z / (r + z);
        let u2 = next_random(vm);
        if u2 < 1.0 - d * d || u2 <= (1.0 - d) * d.exp() {
            break z;
        }
    };
    let q = 1.0 / r;
    let f = (q + z) / (1.0 + q * z);
    let turned = if next_random(vm) > 0.5 { mu + f.acos() } else { mu - f.acos() };
    Ok(Value::Float(ops::float_modulo(turned, TAU)?))
}

fn gamma_number(vm: &mut dyn Vm, alpha: f64, beta: f64) -> PyResult<f64> {
    if alpha <= 0.0 || beta <= 0.0 {
        return Err(value_error("gammavariate: alpha and beta must be > 0.0"));
    }
    if alpha == 1.0 {
        return Ok(-(1.0 - next_random(vm)).ln() * beta);
    }
    if alpha < 1.0 {
        return Ok(small_gamma_number(vm, alpha) * beta);
    }
    let magic = 1.0 + 4.5f64.ln();
    let inverse = (2.0 * alpha - 1.0).sqrt();
    let b = alpha - 4.0f64.ln();
    let c = alpha + inverse;
    loop {
        let u1 = next_random(vm);
        if !(1e-7 < u1 && u1 < 0.999_999_9) {
            continue;
        }
        let u2 = 1.0 - next_random(vm);
        let v = (u1 / (1.0 - u1)).ln() / inverse;
        let x = alpha * v.exp();
        let z = u1 * u1 * u2;
        let r = b + c * v - x;
        if r + magic - 4.5 * z >= 0.0 || r >= z.ln() {
            return Ok(x * beta);
        }
    }
}

fn small_gamma_number(vm: &mut dyn Vm, alpha: f64) -> f64 {
    loop {
        let u = next_random(vm);
        let b = (E + alpha) / E;
        let p = b * u;
        let x = if p <= 1.0 { p.powf(1.0 / alpha) } else { -((b - p) / alpha).ln() };
        let u1 = next_random(vm);
        let accepted = if p > 1.0 { u1 <= x.powf(alpha - 1.0) } else { u1 <= (-x).exp() };
        if accepted {
            return x;
        }
    }
}

/// `random.gammavariate(alpha, beta)`.
pub(super) fn gamma(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["alpha", "beta"];
    let [alpha, beta] = parameters(vm, "gammavariate", names, [None, None], args)?;
    gamma_number(vm, alpha, beta).map(Value::Float)
}

/// `random.betavariate(alpha, beta)`.
pub(super) fn beta(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["alpha", "beta"];
    let [alpha, beta] = parameters(vm, "betavariate", names, [None, None], args)?;
    let y = gamma_number(vm, alpha, 1.0)?;
    if y == 0.0 {
        return Ok(Value::Float(0.0));
    }
    Ok(Value::Float(y / (y + gamma_number(vm, beta, 1.0)?)))
}

/// `random.paretovariate(alpha)`.
pub(super) fn pareto(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [alpha] = parameters(vm, "paretovariate", ["alpha"], [None], args)?;
    let u = 1.0 - next_random(vm);
    Ok(Value::Float(u.powf(-1.0 / alpha)))
}

/// `random.weibullvariate(alpha, beta)`.
pub(super) fn weibull(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let names = ["alpha", "beta"];
    let [alpha, beta] = parameters(vm, "weibullvariate", names, [None, None], args)?;
    let u = 1.0 - next_random(vm);
    Ok(Value::Float(alpha * (-u.ln()).powf(1.0 / beta)))
}
