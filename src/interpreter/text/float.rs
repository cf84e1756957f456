use std::fmt::Write as _;

/// The most digits after the point that a float can have; all after them are zeros.
const MAX_FRACTION: usize = 1100;

/// What a float is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FloatStyle {
    /// With an exponent: `e`.
    Exponent,
    /// Without: `f`.
    Fixed,
    /// What is shorter: `g`.
    General,
    /// The shortest text that gives the float back.
    Shortest,
}

/// `repr()` of a float.
pub fn float_repr(value: f64) -> String {
    float_text(value, FloatStyle::Shortest, 0, false, true)
}

/// The text of a float. `alternate` keeps the point and trailing zeros; `add_dot_0` makes it look
/// like a float.
pub fn float_text(
    value: f64,
    style: FloatStyle,
    precision: usize,
    alternate: bool,
    add_dot_0: bool,
) -> String {
    if value.is_nan() {
        return "nan".into();
    }
    if value.is_infinite() {
        return if value > 0.0 { "inf".into() } else { "-inf".into() };
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    let value = value.abs();
    let body = match style {
        FloatStyle::Fixed => fixed(value, precision, alternate),
        FloatStyle::Exponent => {
            let digits = Digits::rounded(value, precision + 1);
            digits.with_exponent(precision + 1, alternate)
        }
        FloatStyle::General => general(value, precision.max(1), alternate, add_dot_0),
        FloatStyle::Shortest => shortest(value, alternate, add_dot_0),
    };
    format!("{sign}{body}")
}

/// The decimal digits of a number, and where its point is.
struct Digits {
    text: String,
    /// How many digits stand before the point; may be negative.
    point: i32,
}

impl Digits {
    /// As few as give the float back.
    fn shortest(value: f64) -> Self {
        Self::of_exponential(&format!("{value:e}"))
    }

    /// That many, correctly rounded.
    fn rounded(value: f64, count: usize) -> Self {
        let exact = count.saturating_sub(1).min(MAX_FRACTION);
        Self::of_exponential(&format!("{value:.exact$e}"))
    }

    fn of_exponential(text: &str) -> Self {
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let digits = mantissa.chars().filter(char::is_ascii_digit).collect();
        let exponent: i32 = exponent.parse().unwrap_or(0);
        Self { text: digits, point: exponent + 1 }
    }

    fn trim_zeros(&mut self) {
        let kept = self.text.trim_end_matches('0').len().max(1);
        self.text.truncate(kept);
    }

    /// As `d.ddde±xx` with `count` digits.
    fn with_exponent(&self, count: usize, alternate: bool) -> String {
        let mut out = String::with_capacity(count + 8);
        out.push_str(&self.text[..1]);
        if count > 1 || alternate {
            out.push('.');
        }
        out.push_str(&self.text[1..]);
        out.extend(std::iter::repeat_n('0', count.saturating_sub(self.text.len())));
        let exponent = self.point - 1;
        let sign = if exponent < 0 { '-' } else { '+' };
        let _ = write!(out, "e{sign}{:02}", exponent.abs());
        out
    }

    /// Without an exponent, with at least `count` digits.
    fn without_exponent(&self, count: usize) -> String {
        let mut out = String::new();
        let point = usize::try_from(self.point).unwrap_or(0);
        let mut digits = self.text.clone();
        digits.extend(std::iter::repeat_n('0', point.max(count).saturating_sub(digits.len())));
        if self.point <= 0 {
            out.push_str("0.");
            out.extend(std::iter::repeat_n('0', self.point.unsigned_abs() as usize));
            out.push_str(&digits);
        } else {
            out.push_str(&digits[..point]);
            out.push('.');
            out.push_str(&digits[point..]);
        }
        out
    }
}

fn fixed(value: f64, precision: usize, alternate: bool) -> String {
    let exact = precision.min(MAX_FRACTION);
    let mut out = format!("{value:.exact$}");
    out.extend(std::iter::repeat_n('0', precision - exact));
    if precision == 0 && alternate {
        out.push('.');
    }
    out
}

fn general(value: f64, precision: usize, alternate: bool, add_dot_0: bool) -> String {
    let mut digits = Digits::rounded(value, precision);
    if value == 0.0 {
        digits.point = 1;
    }
    if !alternate {
        digits.trim_zeros();
    }
    let kept = if alternate { precision } else { digits.text.len() };
    let threshold = i64::try_from(precision).unwrap_or(i64::MAX) - i64::from(add_dot_0);
    if digits.point <= -4 || i64::from(digits.point) > threshold {
        return digits.with_exponent(kept, alternate);
    }
    finish(digits.without_exponent(kept), alternate, add_dot_0)
}

fn shortest(value: f64, alternate: bool, add_dot_0: bool) -> String {
    let mut digits = Digits::shortest(value);
    if value == 0.0 {
        digits.point = 1;
    }
    if digits.point <= -4 || digits.point > 16 {
        return digits.with_exponent(digits.text.len(), alternate);
    }
    finish(digits.without_exponent(0), false, add_dot_0)
}

/// Takes the point away where nothing follows it, or puts a zero after it.
fn finish(mut text: String, alternate: bool, add_dot_0: bool) -> String {
    if text.ends_with('.') && !alternate {
        if add_dot_0 {
            text.push('0');
        } else {
            text.pop();
        }
    }
    text
}
