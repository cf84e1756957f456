use num_bigint::{BigInt, Sign};

use super::decimal_value;
use super::is_space;
use super::quote_text;
use crate::interpreter::ops::Int;
use crate::program::exception::value_error;
use crate::program::value::{PyResult, Stop, Value};

/// The most decimal digits that `CPython` converts, so that no conversion takes forever.
const MAX_DIGITS: usize = 4300;

/// `str()` of an int.
pub fn int_text(int: Int<'_>) -> PyResult<String> {
    match int {
        Int::Small(int) => Ok(int.to_string()),
        Int::Big(int) => {
            // 3.32 bits are one decimal digit.
            if int.bits() > (MAX_DIGITS * 10 / 3) as u64 {
                return Err(too_many_digits());
            }
            let text = int.to_string();
            if text.trim_start_matches('-').len() > MAX_DIGITS {
                return Err(too_many_digits());
            }
            Ok(text)
        }
    }
}

#[cold]
fn too_many_digits() -> Stop {
    value_error(format!(
        "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion; use \
         sys.set_int_max_str_digits() to increase the limit"
    ))
}

/// The digits of an int's magnitude in base 2, 8 or 16.
pub fn int_to_radix(int: Int<'_>, radix: u32) -> String {
    match (int, radix) {
        (Int::Small(int), 2) => format!("{:b}", int.unsigned_abs()),
        (Int::Small(int), 8) => format!("{:o}", int.unsigned_abs()),
        (Int::Small(int), _) => format!("{:x}", int.unsigned_abs()),
        (Int::Big(int), radix) => int.magnitude().to_str_radix(radix),
    }
}

/// `int(text, base)`.
pub fn parse_int(text: &str, base: u32) -> PyResult<Value> {
    let invalid = || {
        let shown: String = quote_text(text);
        value_error(format!("invalid literal for int() with base {base}: {shown}"))
    };
    let trimmed = text.trim_matches(is_space);
    let (negative, unsigned) = match trimmed.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let (base, digits, prefixed) = split_prefix(unsigned, base).ok_or_else(invalid)?;
    let digits = plain_digits(digits, base, prefixed).ok_or_else(invalid)?;
    if !base.is_power_of_two() && digits.len() > MAX_DIGITS {
        return Err(value_error(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} \
             digits; use sys.set_int_max_str_digits() to increase the limit",
            digits.len()
        )));
    }
    if let Ok(small) = i64::from_str_radix(&digits, base) {
        return Ok(Value::Int(if negative { -small } else { small }));
    }
    let magnitude =
        num_bigint::BigUint::parse_bytes(digits.as_bytes(), base).ok_or_else(invalid)?;
    let sign = if negative { Sign::Minus } else { Sign::Plus };
    Ok(Value::int(BigInt::from_biguint(sign, magnitude)))
}

/// Takes off `0x` and its kin: the base, the digits, and whether there was a prefix.
fn split_prefix(text: &str, base: u32) -> Option<(u32, &str, bool)> {
    let prefix = text.get(..2).map(str::to_ascii_lowercase);
    let named = match prefix.as_deref() {
        Some("0x") => 16,
        Some("0o") => 8,
        Some("0b") => 2,
        _ => 0,
    };
    if named != 0 && (base == 0 || base == named) {
        return Some((named, &text[2..], true));
    }
    if base != 0 {
        return Some((base, text, false));
    }
    // With base 0 a number is written as in source: no leading zeros, unless it is zero.
    let all_zero = text.chars().all(|c| c == '0' || c == '_');
    if text.starts_with('0') && !all_zero { None } else { Some((10, text, false)) }
}

/// The digits without underscores, as ASCII.
fn plain_digits(text: &str, base: u32, prefixed: bool) -> Option<String> {
    let mut digits = String::with_capacity(text.len());
    let mut after_digit = prefixed;
    for c in text.chars() {
        if c == '_' {
            if !after_digit {
                return None;
            }
            after_digit = false;
            continue;
        }
        let digit = if c.is_ascii() { c.to_digit(base)? } else { decimal_value(c)? };
        digits.push(char::from_digit(digit, base.max(digit + 1))?);
        if digit >= base {
            return None;
        }
        after_digit = true;
    }
    (after_digit && !digits.is_empty()).then_some(digits)
}
