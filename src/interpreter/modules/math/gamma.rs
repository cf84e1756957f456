//! The gamma function, as `CPython` computes it.
//!
//! Source: `CPython` `Modules/mathmodule.c` (`m_tgamma`, `m_lgamma`): Lanczos' approximation.

#![expect(clippy::excessive_precision, reason = "coefficients as their source writes them")]

use std::f64::consts::PI;

const G: f64 = 6.024680040776729583740234375;
const G_LESS_HALF: f64 = 5.524680040776729583740234375;
const NUMERATOR: [f64; 13] = [
    23531376880.410759688572007674451636754734846804940,
    42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843,
    17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708,
    1439720407.3117216736632230727949123939715485786772,
    248874557.86205415651146038641322942321632125127801,
    31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768,
    186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024,
    210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408,
];
const DENOMINATOR: [f64; 13] = [
    0.0,
    39916800.0,
    120543840.0,
    150917976.0,
    105258076.0,
    45995730.0,
    13339535.0,
    2637558.0,
    357423.0,
    32670.0,
    1925.0,
    66.0,
    1.0,
];

fn lanczos(x: f64) -> f64 {
    let (mut above, mut below) = (0.0, 0.0);
    if x < 5.0 {
        for at in (0..13).rev() {
            above = above * x + NUMERATOR[at];
            below = below * x + DENOMINATOR[at];
        }
    } else {
        for at in 0..13 {
            above = above / x + NUMERATOR[at];
            below = below / x + DENOMINATOR[at];
        }
    }
    above / below
}

fn sin_pi(x: f64) -> f64 {
    let y = x.abs() % 2.0;
    #[expect(clippy::cast_possible_truncation, reason = "it is below 5")]
    let result = match (2.0 * y).round() as i32 {
        0 => (PI * y).sin(),
        1 => (PI * (y - 0.5)).cos(),
        2 => (PI * (1.0 - y)).sin(),
        3 => -(PI * (y - 1.5)).cos(),
        _ => (PI * (y - 2.0)).sin(),
    };
    1.0_f64.copysign(x) * result
}

/// `math.gamma(x)` where it is defined.
pub(super) fn gamma(x: f64) -> f64 {
    if !x.is_finite() {
        return x;
    }
    if x == x.floor() && (1.0..=23.0).contains(&x) {
        let mut product = 1.0;
        let mut factor = 2.0;
        while factor < x {
            product *= factor;
            factor += 1.0;
        }
        return product;
    }
    let size = x.abs();
    if size < 1e-20 {
        return 1.0 / x;
    }
    if size > 200.0 {
        return if x < 0.0 { 0.0 / sin_pi(x) } else { f64::INFINITY };
    }
    let y = size + G_LESS_HALF;
    let z = if size > G_LESS_HALF {
        let q = y - size;
        q - G_LESS_HALF
    } else {
        let q = y - G_LESS_HALF;
        q - size
    };
    let z = z * G / y;
    let shift = |base: f64| {
        if size < 140.0 {
            (base.powf(size - 0.5), 1.0)
        } else {
            let root = base.powf(size / 2.0 - 0.25);
            (root, root)
        }
    };
    let (first, second) = shift(y);
    if x < 0.0 {
        let mut result = -PI / sin_pi(size) / size * y.exp() / lanczos(size);
        result -= z * result;
        result / first / second
    } else {
        let mut result = lanczos(size) / y.exp();
        result += z * result;
        result * first * second
    }
}

/// `math.lgamma(x)` where it is defined.
pub(super) fn log_gamma(x: f64) -> f64 {
    if x.is_nan() {
        return x;
    }
    if x.is_infinite() {
        return f64::INFINITY;
    }
    if x == x.floor() && (x == 1.0 || x == 2.0) {
        return 0.0;
    }
    let size = x.abs();
    if size < 1e-20 {
        return -size.ln();
    }
    let mut result = lanczos(size).ln() - G;
    result += (size - 0.5) * ((size + G - 0.5).ln() - 1.0);
    if x < 0.0 {
        result = PI.ln() - sin_pi(size).abs().ln() - size.ln() - result;
    }
    result
}
