use super::{decimal_value, is_space, quote_text};
use crate::program::exception::value_error;
use crate::program::value::PyResult;

/// `float(text)`.
pub fn parse_float(text: &str) -> PyResult<f64> {
    let invalid =
        || value_error(format!("could not convert string to float: {}", quote_text(text)));
    let ascii: String = text
        .trim_matches(is_space)
        .chars()
        .map(|c| match decimal_value(c) {
            Some(digit) if !c.is_ascii() => char::from_digit(digit, 10).unwrap_or(c),
            _ => c,
        })
        .collect();
    let plain = without_underscores(&ascii).ok_or_else(invalid)?;
    let unsigned = plain.trim_start_matches(['+', '-']);
    let sign = if plain.starts_with('-') { -1.0 } else { 1.0 };
    if plain.len() - unsigned.len() > 1 {
        return Err(invalid());
    }
    match unsigned.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => return Ok(sign * f64::INFINITY),
        "nan" => return Ok(f64::NAN.copysign(sign)),
        _ => {}
    }
    if !is_decimal(unsigned) {
        return Err(invalid());
    }
    unsigned.parse::<f64>().map(|value| sign * value).map_err(|_| invalid())
}

/// Underscores may stand between digits only.
fn without_underscores(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let misplaced = bytes.iter().enumerate().any(|(at, byte)| {
        *byte == b'_' && !(is_digit(at.checked_sub(1)) && is_digit(Some(at + 1)))
    });
    (!misplaced).then(|| text.replace('_', ""))
}

/// Whether the text is digits with at most a point and an exponent.
fn is_decimal(text: &str) -> bool {
    let (mantissa, exponent) = match text.find(['e', 'E']) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_fits = (digits(whole) || whole.is_empty())
        && (digits(fraction) || fraction.is_empty())
        && !(whole.is_empty() && fraction.is_empty());
    mantissa_fits
        && exponent.is_none_or(|text| digits(text.strip_prefix(['+', '-']).unwrap_or(text)))
}
