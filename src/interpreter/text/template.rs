use super::{Conversion, format_value_text};
use crate::interpreter::ops;
use crate::program::exception::{INDEX_ERROR, KEY_ERROR, raise, raise_value, value_error};
use crate::program::value::{Keywords, PyResult, Str, Value, Vm, heap};

/// How deep fields may be nested in format specifications.
const MAX_DEPTH: u32 = 2;

/// Where the fields of a template come from.
enum Source<'a> {
    Call(&'a [Value], Keywords<'a>),
    Mapping(&'a Value),
}

struct Template<'a> {
    source: Source<'a>,
    /// The next automatic number; `None` before the first field.
    numbering: Numbering,
}

#[derive(Clone, Copy)]
enum Numbering {
    Open,
    Automatic(usize),
    Manual,
}

/// `template.format(*args, **kwargs)`.
pub fn format_template(
    vm: &mut dyn Vm,
    template: &str,
    args: &[Value],
    kwargs: Keywords<'_>,
) -> PyResult<Str> {
    let mut state = Template { source: Source::Call(args, kwargs), numbering: Numbering::Open };
    state.expand(vm, template, MAX_DEPTH).map(Str::from)
}

/// `template.format_map(mapping)`.
pub fn format_template_map(vm: &mut dyn Vm, template: &str, mapping: &Value) -> PyResult<Str> {
    let mut state = Template { source: Source::Mapping(mapping), numbering: Numbering::Open };
    state.expand(vm, template, MAX_DEPTH).map(Str::from)
}

/// One replacement field.
struct Field<'a> {
    name: &'a str,
    conversion: Option<char>,
    spec: &'a str,
    rest: &'a str,
}

impl Template<'_> {
    fn expand(&mut self, vm: &mut dyn Vm, template: &str, depth: u32) -> PyResult<String> {
        if depth == 0 {
            return Err(value_error("Max string recursion exceeded"));
        }
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let brace = rest.as_bytes()[at];
            let after = &rest[at + 1..];
            if after.as_bytes().first() == Some(&brace) {
                out.push(char::from(brace));
                rest = &after[1..];
            } else if brace == b'}' {
                return Err(value_error("Single '}' encountered in format string"));
            } else if after.is_empty() {
                return Err(value_error("Single '{' encountered in format string"));
            } else {
                let field = parse_field(after)?;
                rest = field.rest;
                self.field(vm, &mut out, &field, depth)?;
                heap::reserve(out.len() as u64)?;
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    fn field(
        &mut self,
        vm: &mut dyn Vm,
        out: &mut String,
        field: &Field<'_>,
        depth: u32,
    ) -> PyResult<()> {
        let mut value = self.lookup(vm, field.name)?;
        if let Some(c) = field.conversion {
            let Some(conversion) = Conversion::of_char(c) else {
                return Err(value_error(format!("Unknown conversion specifier {c}")));
            };
            value = conversion.apply(vm, &value)?;
        }
        if field.spec.contains('{') || field.spec.contains('}') {
            let spec = self.expand(vm, field.spec, depth - 1)?;
            return format_value_text(vm, out, &value, &spec);
        }
        format_value_text(vm, out, &value, field.spec)
    }

    /// The value of a field name such as `0.name[key]`.
    fn lookup(&mut self, vm: &mut dyn Vm, name: &str) -> PyResult<Value> {
        let end = name.find(['.', '[']).unwrap_or(name.len());
        let mut value = self.first(vm, &name[..end])?;
        let mut rest = &name[end..];
        while let Some(c) = rest.chars().next() {
            rest = &rest[1..];
            if c == '.' {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                if end == 0 {
                    return Err(value_error("Empty attribute in format string"));
                }
                value = ops::get_attribute(vm, &value, &Str::from(&rest[..end]))?;
                rest = &rest[end..];
            } else if c == '[' {
                let Some(end) = rest.find(']') else {
                    return Err(value_error("Missing ']' in format string"));
                };
                if end == 0 {
                    return Err(value_error("Empty attribute in format string"));
                }
                value = ops::get_item(vm, &value, &item_key(&rest[..end])?)?;
                rest = &rest[end + 1..];
            } else {
                return Err(value_error(
                    "Only '.' or '[' may follow ']' in format field specifier",
                ));
            }
        }
        Ok(value)
    }

    fn first(&mut self, vm: &mut dyn Vm, name: &str) -> PyResult<Value> {
        let number = if name.is_empty() {
            Some(self.automatic()?)
        } else if name.bytes().all(|byte| byte.is_ascii_digit()) {
            if let Numbering::Automatic(_) = self.numbering {
                return Err(value_error(
                    "cannot switch from automatic field numbering to manual field specification",
                ));
            }
            self.numbering = Numbering::Manual;
            Some(too_many_digits(name)?)
        } else {
            None
        };
        match (&self.source, number) {
            (Source::Mapping(_), Some(_)) => {
                Err(value_error("Format string contains positional fields"))
            }
            (Source::Mapping(mapping), None) => ops::get_item(vm, mapping, &Value::from(name)),
            (Source::Call(args, _), Some(number)) => args.get(number).cloned().ok_or_else(|| {
                raise(
                    &INDEX_ERROR,
                    format!("Replacement index {number} out of range for positional args tuple"),
                )
            }),
            (Source::Call(_, kwargs), None) => kwargs
                .iter()
                .find(|(key, _)| key.as_str() == name)
                .map(|(_, value)| value.clone())
                .ok_or_else(|| raise_value(&KEY_ERROR, Value::from(name))),
        }
    }

    fn automatic(&mut self) -> PyResult<usize> {
        let number = match self.numbering {
            Numbering::Open => 0,
            Numbering::Automatic(next) => next,
            Numbering::Manual => {
                return Err(value_error(
                    "cannot switch from manual field specification to automatic field numbering",
                ));
            }
        };
        self.numbering = Numbering::Automatic(number + 1);
        Ok(number)
    }
}

fn too_many_digits(digits: &str) -> PyResult<usize> {
    match digits.parse::<usize>() {
        Ok(number) if i64::try_from(number).is_ok() => Ok(number),
        _ => Err(value_error("Too many decimal digits in format string")),
    }
}

fn item_key(text: &str) -> PyResult<Value> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return too_many_digits(text).map(Value::from);
    }
    Ok(Value::from(text))
}

/// Takes the field at the beginning of `text`, which is what follows a `{`.
fn parse_field(text: &str) -> PyResult<Field<'_>> {
    let mut in_brackets = false;
    let mut end = None;
    for (at, c) in text.char_indices() {
        match c {
            '{' => return Err(value_error("unexpected '{' in field name")),
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            '}' | ':' | '!' if !in_brackets => {
                end = Some((at, c));
                break;
            }
            _ => {}
        }
    }
    let Some((at, c)) = end else {
        return Err(value_error("expected '}' before end of string"));
    };
    let (name, mut rest) = (&text[..at], &text[at + 1..]);
    if c == '}' {
        return Ok(Field { name, conversion: None, spec: "", rest });
    }
    let mut conversion = None;
    if c == '!' {
        let Some(c) = rest.chars().next() else {
            return Err(value_error("end of string while looking for conversion specifier"));
        };
        conversion = Some(c);
        rest = &rest[c.len_utf8()..];
        match rest.chars().next() {
            Some('}') => return Ok(Field { name, conversion, spec: "", rest: &rest[1..] }),
            Some(':') => rest = &rest[1..],
            Some(_) => return Err(value_error("expected ':' after conversion specifier")),
            None => return Err(value_error("unmatched '{' in format spec")),
        }
    }
    let mut depth = 1;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Ok(Field { name, conversion, spec: &rest[..at], rest: &rest[at + 1..] });
        }
    }
    Err(value_error("unmatched '{' in format spec"))
}
