use super::{FloatStyle, ascii, float_text, int_text, int_to_radix, repr, str};
use crate::interpreter::builtins::float_to_int;
use crate::interpreter::ops::{self, Int};
use crate::program::exception::{OVERFLOW_ERROR, raise, type_error, value_error};
use crate::program::value::{PyResult, Stop, Str, Value, Vm, heap};

/// `template % args`.
pub fn percent(vm: &mut dyn Vm, template: &Str, args: &Value) -> PyResult<Value> {
    let chars: Vec<char> = template.chars().collect();
    let mut state = Percent { chars: &chars, at: 0, args: Arguments::of(args), out: String::new() };
    while let Some(c) = state.next() {
        if c == '%' {
            state.conversion(vm)?;
        } else {
            state.out.push(c);
        }
    }
    state.args.check_all_used()?;
    Ok(Value::Str(Str::from(state.out)))
}

/// What a template is filled with.
struct Arguments<'a> {
    all: &'a Value,
    positional: &'a [Value],
    is_mapping: bool,
    used: usize,
}

impl<'a> Arguments<'a> {
    fn of(all: &'a Value) -> Self {
        let positional = match all {
            Value::Tuple(items) => &items[..],
            other => std::slice::from_ref(other),
        };
        let is_mapping = match all {
            Value::Dict(_) | Value::List(_) | Value::Bytes(_) | Value::Range(_) => true,
            other => {
                matches!(ops::payload(other), Some(Value::Dict(_)))
                    || ops::has_special(other, ops::Special::GetItem)
            }
        };
        Self { all, positional, is_mapping, used: 0 }
    }

    fn next(&mut self) -> PyResult<Value> {
        let next = self.positional.get(self.used).cloned();
        self.used += 1;
        next.ok_or_else(|| type_error("not enough arguments for format string"))
    }

    fn check_all_used(&self) -> PyResult<()> {
        if self.used < self.positional.len() && !self.is_mapping {
            return Err(type_error("not all arguments converted during string formatting"));
        }
        Ok(())
    }
}

struct Percent<'a> {
    chars: &'a [char],
    at: usize,
    args: Arguments<'a>,
    out: String,
}

/// Flags, width and precision of one conversion.
#[derive(Default)]
struct Layout {
    left: bool,
    plus: bool,
    space: bool,
    alternate: bool,
    zero: bool,
    width: usize,
    precision: Option<usize>,
}

impl Percent<'_> {
    fn next(&mut self) -> Option<char> {
        let c = self.chars.get(self.at).copied();
        self.at += usize::from(c.is_some());
        c
    }

    fn required(&mut self) -> PyResult<char> {
        self.next().ok_or_else(|| value_error("incomplete format"))
    }

    fn conversion(&mut self, vm: &mut dyn Vm) -> PyResult<()> {
        let mut c = self.required()?;
        if c == '%' {
            self.out.push('%');
            return Ok(());
        }
        let mut keyed = None;
        if c == '(' {
            keyed = Some(self.key(vm)?);
            c = self.required()?;
        }
        let mut layout = Layout::default();
        loop {
            match c {
                '-' => layout.left = true,
                '+' => layout.plus = true,
                ' ' => layout.space = true,
                '#' => layout.alternate = true,
                '0' => layout.zero = true,
                _ => break,
            }
            c = self.required()?;
        }
        c = self.width(c, &mut layout)?;
        if c == '.' {
            c = self.precision(&mut layout)?;
        }
        if matches!(c, 'h' | 'l' | 'L') {
            c = self.required()?;
        }
        let value = match keyed {
            Some(value) => value,
            None => self.args.next()?,
        };
        heap::reserve((layout.width + layout.precision.unwrap_or(0)) as u64)?;
        let position = self.at - 1;
        let text = convert(vm, c, &value, &layout, position)?;
        self.out.push_str(&text);
        Ok(())
    }

    fn key(&mut self, vm: &mut dyn Vm) -> PyResult<Value> {
        if !self.args.is_mapping {
            return Err(type_error("format requires a mapping"));
        }
        let mut depth = 1;
        let mut name = String::new();
        loop {
            match self.next() {
                Some('(') => depth += 1,
                Some(')') => depth -= 1,
                None => return Err(value_error("incomplete format key")),
                _ => {}
            }
            if depth == 0 {
                break;
            }
            name.push(self.chars[self.at - 1]);
        }
        ops::get_item(vm, self.args.all, &Value::from(name))
    }

    fn width(&mut self, c: char, layout: &mut Layout) -> PyResult<char> {
        if c == '*' {
            let width = self.star()?;
            layout.left |= width < 0;
            layout.width = usize::try_from(width.unsigned_abs()).unwrap_or(usize::MAX);
            return self.required();
        }
        let (width, c) = self.digits(c, "width too big")?;
        layout.width = width;
        Ok(c)
    }

    fn precision(&mut self, layout: &mut Layout) -> PyResult<char> {
        let c = self.required()?;
        if c == '*' {
            layout.precision = Some(usize::try_from(self.star()?).unwrap_or(0));
            return self.required();
        }
        let (precision, c) = self.digits(c, "precision too big")?;
        layout.precision = Some(precision);
        Ok(c)
    }

    fn star(&mut self) -> PyResult<i64> {
        match self.args.next()? {
            Value::Int(int) => Ok(int),
            Value::Bool(bool) => Ok(i64::from(bool)),
            _ => Err(type_error("* wants int")),
        }
    }

    fn digits(&mut self, first: char, too_big: &str) -> PyResult<(usize, char)> {
        let mut number = 0usize;
        let mut c = first;
        while let Some(digit) = c.to_digit(10) {
            number = number * 10 + digit as usize;
            if number > i32::MAX as usize {
                return Err(value_error(too_big));
            }
            c = self.required()?;
        }
        Ok((number, c))
    }
}

fn convert(
    vm: &mut dyn Vm,
    kind: char,
    value: &Value,
    layout: &Layout,
    position: usize,
) -> PyResult<String> {
    match kind {
        's' | 'r' | 'a' => {
            let text = match kind {
                's' => str(vm, value)?,
                'r' => repr(vm, value)?,
                _ => ascii(vm, value)?,
            };
            let end = layout.precision.map_or(text.len(), |precision| text.offset_of(precision));
            pad("", &text[..end], layout, false)
        }
        'd' | 'i' | 'u' | 'o' | 'x' | 'X' => int(vm, kind, value, layout),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => float(vm, kind, value, layout),
        'c' => pad("", &char_text(value)?, layout, false),
        other => Err(value_error(format!(
            "unsupported format character '{}' (0x{:x}) at index {position}",
            if (' '..='~').contains(&other) { other } else { '?' },
            u32::from(other)
        ))),
    }
}

/// Pads to the width; zeros go between the sign and the digits.
fn pad(prefix: &str, body: &str, layout: &Layout, zeros: bool) -> PyResult<String> {
    let missing = layout.width.saturating_sub(prefix.len() + body.chars().count());
    heap::reserve(missing as u64)?;
    Ok(if layout.left {
        format!("{prefix}{body}{}", " ".repeat(missing))
    } else if zeros {
        format!("{prefix}{}{body}", "0".repeat(missing))
    } else {
        format!("{}{prefix}{body}", " ".repeat(missing))
    })
}

fn sign(negative: bool, layout: &Layout) -> &'static str {
    match (negative, layout.plus, layout.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

fn int(vm: &mut dyn Vm, kind: char, value: &Value, layout: &Layout) -> PyResult<String> {
    let decimal = matches!(kind, 'd' | 'i' | 'u');
    let wanted = |value: &Value| {
        let what = if decimal { "a real number" } else { "an integer" };
        type_error(format!("%{kind} format: {what} is required, not {}", value.type_name()))
    };
    let number = match value {
        Value::Float(float) if decimal => float_to_int(*float)?,
        other => ops::as_index(vm, other)?.ok_or_else(|| wanted(other))?,
    };
    let Some(int) = Int::of(&number) else { return Err(wanted(value)) };
    let (mut digits, prefix) = match kind {
        'o' => (int_to_radix(int, 8), "0o"),
        'x' => (int_to_radix(int, 16), "0x"),
        'X' => (int_to_radix(int, 16).to_uppercase(), "0X"),
        _ => (int_text(int)?.trim_start_matches('-').to_owned(), ""),
    };
    if let Some(precision) = layout.precision {
        digits.insert_str(0, &"0".repeat(precision.saturating_sub(digits.len())));
    }
    let prefix = if layout.alternate { prefix } else { "" };
    pad(&format!("{}{prefix}", sign(int.is_negative(), layout)), &digits, layout, layout.zero)
}

fn float(vm: &mut dyn Vm, kind: char, value: &Value, layout: &Layout) -> PyResult<String> {
    let number = match ops::to_float(value)? {
        Some(number) => number,
        None => match ops::call_special(vm, value, ops::Special::Float, &[])? {
            Some(Value::Float(number)) => number,
            _ => {
                return Err(type_error(format!("must be real number, not {}", value.type_name())));
            }
        },
    };
    let style = match kind.to_ascii_lowercase() {
        'e' => FloatStyle::Exponent,
        'f' => FloatStyle::Fixed,
        _ => FloatStyle::General,
    };
    let precision = layout.precision.unwrap_or(6);
    let mut text = float_text(number, style, precision, layout.alternate, false);
    if kind.is_ascii_uppercase() {
        text.make_ascii_uppercase();
    }
    let unsigned = text.trim_start_matches('-');
    let zeros = layout.zero && number.is_finite();
    pad(sign(unsigned.len() < text.len(), layout), unsigned, layout, zeros)
}

fn char_text(value: &Value) -> PyResult<String> {
    let wanted = |what: String| {
        Err(type_error(format!("%c requires an int or a unicode character, not {what}")))
    };
    match value {
        Value::Str(text) if text.count() == 1 => Ok(text.as_str().to_owned()),
        Value::Str(text) => wanted(format!("a string of length {}", text.count())),
        other => match Int::of(other) {
            Some(Int::Small(code)) => match u32::try_from(code).ok().and_then(char::from_u32) {
                Some(c) => Ok(c.to_string()),
                None => Err(out_of_range()),
            },
            Some(Int::Big(_)) => Err(out_of_range()),
            None => wanted(other.type_name().to_string()),
        },
    }
}

#[cold]
fn out_of_range() -> Stop {
    raise(&OVERFLOW_ERROR, "%c arg not in range(0x110000)")
}
