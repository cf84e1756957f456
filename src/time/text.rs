//! Durations and instants as text: `"1h 30m"`, `"250ms"`, `1.5s`.

use std::fmt;
use std::str::FromStr;

use super::{Duration, Instant, NANOS_PER_SEC};

/// Units that a duration may be written in, with their length in nanoseconds.
const UNITS: [(&str, u64); 8] = [
    ("ns", 1),
    ("us", 1_000),
    ("µs", 1_000),
    ("ms", 1_000_000),
    ("s", NANOS_PER_SEC),
    ("m", 60 * NANOS_PER_SEC),
    ("h", 3_600 * NANOS_PER_SEC),
    ("d", 86_400 * NANOS_PER_SEC),
];

/// Why a text is not a duration.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseDurationError {
    /// The text holds nothing.
    #[error("a duration cannot be empty")]
    Empty,
    /// A part does not begin with a number.
    #[error("expected a number in front of `{0}`")]
    NumberExpected(String),
    /// Digits and points that make no number.
    #[error("`{0}` is not a number")]
    NotANumber(String),
    /// A number without a unit.
    #[error("`{0}` has no unit: write ns, us, ms, s, m, h or d behind it")]
    UnitExpected(String),
    /// A unit that is none of ours.
    #[error("unknown unit `{0}`: use ns, us, ms, s, m, h or d")]
    UnknownUnit(String),
    /// Below zero.
    #[error("a duration cannot be negative")]
    Negative,
    /// More than fits.
    #[error("a duration of more than 584 years does not fit")]
    TooLong,
}

impl FromStr for Duration {
    type Err = ParseDurationError;

    /// Reads numbers with units, largest to smallest or not: `"1h 30m"`, `"2.5ms"`, `"1m30s"`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(ParseDurationError::Empty);
        }
        if rest.starts_with('-') {
            return Err(ParseDurationError::Negative);
        }
        let mut total: u64 = 0;
        while !rest.is_empty() {
            let (nanos, remaining) = one_part(rest)?;
            total = total.checked_add(nanos).ok_or(ParseDurationError::TooLong)?;
            rest = remaining.trim_start();
        }
        Ok(Self(total))
    }
}

/// One number with its unit from the front of `text`: nanoseconds, and what is left.
fn one_part(text: &str) -> Result<(u64, &str), ParseDurationError> {
    let number_end =
        text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != '_').unwrap_or(text.len());
    let (number, rest) = text.split_at(number_end);
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(ParseDurationError::NumberExpected(text.to_owned()));
    }
    if number.matches('.').count() > 1 {
        return Err(ParseDurationError::NotANumber(number.to_owned()));
    }
    let rest = rest.trim_start();
    let unit_end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let (unit, rest) = rest.split_at(unit_end);
    if unit.is_empty() {
        return Err(ParseDurationError::UnitExpected(number.to_owned()));
    }
    let Some((_, scale)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        return Err(ParseDurationError::UnknownUnit(unit.to_owned()));
    };
    let nanos = scaled(number, *scale).ok_or(ParseDurationError::TooLong)?;
    Ok((nanos, rest))
}

/// A decimal number times `scale`, exactly; digits below a nanosecond are rounded to nearest.
fn scaled(number: &str, scale: u64) -> Option<u64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let mut value: u128 = 0;
    for digit in whole.bytes().filter(u8::is_ascii_digit) {
        value = value.checked_mul(10)?.checked_add(u128::from(digit - b'0'))?;
    }
    value = value.checked_mul(u128::from(scale))?;
    let mut numerator: u128 = 0;
    let mut denominator: u128 = 1;
    // 18 digits are far below a nanosecond of any unit.
    for digit in fraction.bytes().filter(u8::is_ascii_digit).take(18) {
        numerator = numerator * 10 + u128::from(digit - b'0');
        denominator *= 10;
    }
    let part = (numerator * u128::from(scale) + denominator / 2) / denominator;
    u64::try_from(value.checked_add(part)?).ok()
}

impl fmt::Display for Duration {
    /// The shortest exact form in one unit: `1.5s`, `250ms`, `40us`, `7ns`, `0s`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.0;
        let (scale, unit) = match nanos {
            0 => (NANOS_PER_SEC, "s"),
            1..1_000 => (1, "ns"),
            1_000..1_000_000 => (1_000, "us"),
            1_000_000..NANOS_PER_SEC => (1_000_000, "ms"),
            _ => (NANOS_PER_SEC, "s"),
        };
        write!(f, "{}", nanos / scale)?;
        let fraction = nanos % scale;
        if fraction != 0 {
            let width = scale.ilog10() as usize;
            let digits = format!("{fraction:0width$}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        f.write_str(unit)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Duration(self.0).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<u64, ParseDurationError>) {
        assert_eq!(text.parse::<Duration>().map(Duration::as_nanos), expected, "{text}");
    }

    #[test]
    fn durations_are_read_exactly() {
        check("1h 30m", Ok(5_400 * NANOS_PER_SEC));
        check("1m30s", Ok(90 * NANOS_PER_SEC));
        check("0.1s", Ok(100_000_000));
        check(" 2.5ms ", Ok(2_500_000));
        check("1.0000000004s", Ok(NANOS_PER_SEC));
        check("10 us", Ok(10_000));
    }

    #[test]
    fn what_is_no_duration_says_why() {
        check("", Err(ParseDurationError::Empty));
        check("-1s", Err(ParseDurationError::Negative));
        check("5", Err(ParseDurationError::UnitExpected("5".into())));
        check("5 parsecs", Err(ParseDurationError::UnknownUnit("parsecs".into())));
        check("soon", Err(ParseDurationError::NumberExpected("soon".into())));
        check("999999999999999999999s", Err(ParseDurationError::TooLong));
        check("1.5.2s", Err(ParseDurationError::NotANumber("1.5.2".into())));
        check("900000d", Err(ParseDurationError::TooLong));
    }

    #[test]
    fn durations_are_shown_in_one_unit() {
        for (nanos, shown) in [
            (0, "0s"),
            (7, "7ns"),
            (1_500, "1.5us"),
            (250_000_000, "250ms"),
            (1_000_000_001, "1.000000001s"),
            (90 * NANOS_PER_SEC, "90s"),
        ] {
            assert_eq!(Duration(nanos).to_string(), shown);
        }
    }
}
