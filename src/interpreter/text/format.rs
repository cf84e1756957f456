use super::spec::{Align, FormatSpec, Grouping};
use super::{FloatStyle, float_text, int_text, int_to_radix, str};
use crate::interpreter::ops::{self, Int, Special};
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::value::{PyResult, Stop, Str, Value, Vm, heap};

/// `format(value, spec)`.
pub fn format_value(vm: &mut dyn Vm, value: &Value, spec: &str) -> PyResult<Str> {
    let mut out = String::new();
    match value {
        Value::Str(text) if spec.is_empty() => return Ok(text.clone()),
        _ => format_value_text(vm, &mut out, value, spec)?,
    }
    Ok(Str::from(out))
}

/// Appends `format(value, spec)`.
pub fn format_value_text(
    vm: &mut dyn Vm,
    out: &mut String,
    value: &Value,
    spec: &str,
) -> PyResult<()> {
    let own = match value {
        Value::Foreign(foreign) => {
            let args = [Value::from(spec)];
            foreign.object.call_method(vm, value, &Special::Format.name(), &args, &[])?
        }
        Value::Instance(_) | Value::Exception(_) | Value::Class(_) => {
            ops::call_special(vm, value, Special::Format, &[Value::from(spec)])?
        }
        _ => None,
    };
    if let (None, Some(payload), false) = (&own, ops::payload(value), spec.is_empty()) {
        return format_value_text(vm, out, payload, spec);
    }
    match own {
        Some(Value::Str(text)) => {
            out.push_str(&text);
            return Ok(());
        }
        Some(other) => {
            return Err(type_error(format!(
                "__format__ must return a str, not {}",
                other.type_name()
            )));
        }
        None => {}
    }
    if spec.is_empty() {
        match value {
            Value::Int(int) => {
                use std::fmt::Write as _;
                let _ = write!(out, "{int}");
            }
            other => out.push_str(&str(vm, other)?),
        }
        return Ok(());
    }
    let text = match value {
        Value::Str(text) => {
            let spec = FormatSpec::parse(spec, Align::Left, "str")?;
            format_text(text, &spec)?
        }
        Value::Float(float) => {
            let spec = FormatSpec::parse(spec, Align::Right, "float")?;
            format_float_with(*float, &spec, "float")?
        }
        other => match Int::of(other) {
            Some(int) => {
                let name = other.type_name();
                let spec = FormatSpec::parse(spec, Align::Right, &name)?;
                format_int_with(int, &spec, &name)?
            }
            None => {
                return Err(type_error(format!(
                    "unsupported format string passed to {}.__format__",
                    other.type_name()
                )));
            }
        },
    };
    out.push_str(&text);
    Ok(())
}

#[cold]
fn unknown_code(kind: char, type_name: &str) -> Stop {
    let code = u32::from(kind);
    if (33..128).contains(&code) {
        value_error(format!("Unknown format code '{kind}' for object of type '{type_name}'"))
    } else {
        value_error(format!("Unknown format code '\\x{code:x}' for object of type '{type_name}'"))
    }
}

fn format_text(text: &Str, spec: &FormatSpec) -> PyResult<String> {
    if let Some(kind) = spec.kind.filter(|kind| *kind != 's') {
        return Err(unknown_code(kind, "str"));
    }
    match spec.sign {
        Some(' ') => {
            return Err(value_error("Space not allowed in string format specifier"));
        }
        Some(_) => return Err(value_error("Sign not allowed in string format specifier")),
        None => {}
    }
    if spec.no_negative_zero {
        return Err(value_error(
            "Negative zero coercion (z) not allowed in string format specifier",
        ));
    }
    if spec.alternate {
        return Err(value_error("Alternate form (#) not allowed in string format specifier"));
    }
    if spec.align == Align::AfterSign {
        return Err(value_error("'=' alignment not allowed in string format specifier"));
    }
    let kept = match spec.precision {
        Some(precision) if precision < text.count() => &text[..text.offset_of(precision)],
        _ => text.as_str(),
    };
    let count = spec.precision.map_or(text.count(), |precision| precision.min(text.count()));
    padded("", kept, count, spec)
}

/// Pads `prefix` and `body`, the latter of `count` characters, to the width.
fn padded(prefix: &str, body: &str, count: usize, spec: &FormatSpec) -> PyResult<String> {
    let padding = spec.width.saturating_sub(prefix.chars().count() + count);
    heap::reserve((padding as u64).saturating_mul(spec.fill.len_utf8() as u64))?;
    let (before, between, after) = match spec.align {
        Align::Left => (0, 0, padding),
        Align::Right => (padding, 0, 0),
        Align::Center => (padding / 2, 0, padding - padding / 2),
        Align::AfterSign => (0, padding, 0),
    };
    let mut out = String::with_capacity(padding + prefix.len() + body.len());
    out.extend(std::iter::repeat_n(spec.fill, before));
    out.push_str(prefix);
    out.extend(std::iter::repeat_n(spec.fill, between));
    out.push_str(body);
    out.extend(std::iter::repeat_n(spec.fill, after));
    Ok(out)
}

/// An int in the given format. `type_name` is for messages.
pub fn format_int_with(int: Int<'_>, spec: &FormatSpec, type_name: &str) -> PyResult<String> {
    let kind = spec.kind.unwrap_or('d');
    match kind {
        'b' | 'c' | 'd' | 'o' | 'x' | 'X' | 'n' => {}
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%' => {
            return format_float_with(ops::int_to_float(int)?, spec, type_name);
        }
        other => return Err(unknown_code(other, type_name)),
    }
    if spec.precision.is_some() {
        return Err(value_error("Precision not allowed in integer format specifier"));
    }
    if spec.no_negative_zero {
        return Err(value_error(
            "Negative zero coercion (z) not allowed in integer format specifier",
        ));
    }
    if kind == 'c' {
        return format_char(int, spec);
    }
    let (digits, prefix) = match kind {
        'b' => (int_to_radix(int, 2), "0b"),
        'o' => (int_to_radix(int, 8), "0o"),
        'x' => (int_to_radix(int, 16), "0x"),
        'X' => (int_to_radix(int, 16).to_uppercase(), "0X"),
        _ => (int_text(int)?.trim_start_matches('-').to_owned(), ""),
    };
    let prefix = if spec.alternate { prefix } else { "" };
    let sign = sign_text(int.is_negative(), spec.sign);
    number(&format!("{sign}{prefix}"), &digits, "", spec)
}

fn format_char(int: Int<'_>, spec: &FormatSpec) -> PyResult<String> {
    if spec.sign.is_some() {
        return Err(value_error("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(value_error(
            "Alternate form (#) not allowed with integer format specifier 'c'",
        ));
    }
    let code = match int {
        Int::Small(code) => u32::try_from(code).ok(),
        Int::Big(_) => None,
    };
    match code.and_then(char::from_u32) {
        Some(c) => padded("", &c.to_string(), 1, spec),
        None => Err(raise(&OVERFLOW_ERROR, "%c arg not in range(0x110000)")),
    }
}

fn sign_text(negative: bool, sign: Option<char>) -> &'static str {
    match (negative, sign) {
        (true, _) => "-",
        (false, Some('+')) => "+",
        (false, Some(' ')) => " ",
        _ => "",
    }
}

/// A float in the given format. `type_name` is for messages.
pub fn format_float_with(value: f64, spec: &FormatSpec, type_name: &str) -> PyResult<String> {
    let (style, add_dot_0, percent) = match spec.kind {
        None if spec.precision.is_none() => (FloatStyle::Shortest, true, false),
        None => (FloatStyle::General, true, false),
        Some('e' | 'E') => (FloatStyle::Exponent, false, false),
        Some('f' | 'F') => (FloatStyle::Fixed, false, false),
        Some('g' | 'G' | 'n') => (FloatStyle::General, false, false),
        Some('%') => (FloatStyle::Fixed, false, true),
        Some(other) => return Err(unknown_code(other, type_name)),
    };
    let precision = spec.precision.unwrap_or(6);
    if precision > i32::MAX as usize {
        return Err(value_error("precision too big"));
    }
    heap::reserve(precision as u64)?;
    let value = if percent { value * 100.0 } else { value };
    let mut text = float_text(value, style, precision, spec.alternate, add_dot_0);
    if spec.no_negative_zero && text.starts_with('-') && is_zero(&text) {
        text.remove(0);
    }
    if matches!(spec.kind, Some('E' | 'F' | 'G')) {
        text.make_ascii_uppercase();
    }
    if percent {
        text.push('%');
    }
    let unsigned = text.trim_start_matches('-');
    let sign = sign_text(unsigned.len() < text.len(), spec.sign);
    let whole = unsigned.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = unsigned.split_at(whole);
    let rest = group_fraction(rest, spec.fraction_grouping);
    number(sign, digits, &rest, spec)
}

fn is_zero(text: &str) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or(text);
    mantissa.chars().all(|c| !c.is_ascii_digit() || c == '0') && !mantissa.contains('n')
}

/// Puts separators between groups of digits after the point.
fn group_fraction(rest: &str, grouping: Grouping) -> String {
    let (Some(separator), Some(fraction)) = (grouping.separator(), rest.strip_prefix('.')) else {
        return rest.to_owned();
    };
    let end = fraction.bytes().take_while(u8::is_ascii_digit).count();
    let mut out = String::from(".");
    for (at, digit) in fraction[..end].chars().enumerate() {
        if at > 0 && at.is_multiple_of(grouping.size()) {
            out.push(separator);
        }
        out.push(digit);
    }
    out.push_str(&fraction[end..]);
    out
}

/// Puts a number together: sign and base, grouped digits, what follows them, padding.
fn number(prefix: &str, digits: &str, rest: &str, spec: &FormatSpec) -> PyResult<String> {
    heap::reserve(spec.width as u64)?;
    let zeros = if spec.fill == '0' && spec.align == Align::AfterSign {
        spec.width.saturating_sub(prefix.len() + rest.len())
    } else {
        0
    };
    let grouped = group_digits(digits, spec.grouping, zeros);
    let body = format!("{grouped}{rest}");
    padded(prefix, &body, body.len(), spec)
}

/// Separates groups of digits, with zeros in front up to `width`.
fn group_digits(digits: &str, grouping: Grouping, width: usize) -> String {
    let Some(separator) = grouping.separator() else { return digits.to_owned() };
    if digits.is_empty() {
        return String::new();
    }
    let mut reversed = String::with_capacity(digits.len() * 4 / 3 + width);
    let mut left = digits.chars().rev();
    let mut remaining = digits.len();
    let mut width = i64::try_from(width).unwrap_or(i64::MAX);
    loop {
        let wanted = remaining.max(usize::try_from(width).unwrap_or(0)).max(1);
        let taken = grouping.size().min(wanted);
        reversed.extend((0..taken).map(|_| left.next().unwrap_or('0')));
        remaining = remaining.saturating_sub(taken);
        width -= i64::try_from(taken).unwrap_or(0);
        if remaining == 0 && width <= 0 {
            return reversed.chars().rev().collect();
        }
        reversed.push(separator);
        width -= 1;
    }
}
