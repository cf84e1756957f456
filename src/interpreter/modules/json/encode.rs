use std::fmt::Write as _;
use std::rc::Rc;

use crate::interpreter::builtins::sort_values;
use crate::interpreter::ops::{self, Int};
use crate::interpreter::text;
use crate::program::exception::{type_error, value_error};
use crate::program::value::{Arguments, DictObject, PyResult, Stop, Str, Value, Vm, heap};

struct Options {
    default: Value,
    skip_keys: bool,
    ascii: bool,
    allow_nan: bool,
    sort_keys: bool,
    indent: Option<Str>,
    item_separator: Str,
    key_separator: Str,
}

/// `encode(value, default, skipkeys, ensure_ascii, allow_nan, sort_keys, indent, item separator,
/// key separator)`.
pub(super) fn encode(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [value, default, skip_keys, ascii, allow_nan, sort_keys, indent, item, key] =
        args.positional
    else {
        return Ok(Value::None);
    };
    let text = |value: &Value| match value {
        Value::Str(text) => Ok(text.clone()),
        other => Err(type_error(format!("separators must be str, not {}", other.type_name()))),
    };
    let options = Options {
        default: default.clone(),
        skip_keys: ops::truth(vm, skip_keys)?,
        ascii: ops::truth(vm, ascii)?,
        allow_nan: ops::truth(vm, allow_nan)?,
        sort_keys: ops::truth(vm, sort_keys)?,
        indent: match indent {
            Value::Str(indent) => Some(indent.clone()),
            _ => None,
        },
        item_separator: text(item)?,
        key_separator: text(key)?,
    };
    let mut encoder = Encoder { options: &options, out: String::new(), open: Vec::new() };
    encoder.value(vm, value)?;
    Ok(Value::from(encoder.out))
}

struct Encoder<'o> {
    options: &'o Options,
    out: String,
    /// The containers that are being written, as Python's `id()` tells them apart.
    open: Vec<Value>,
}

impl Encoder<'_> {
    fn value(&mut self, vm: &mut dyn Vm, value: &Value) -> PyResult<()> {
        vm.spend(1)?;
        match value {
            Value::None => self.out.push_str("null"),
            Value::Bool(true) => self.out.push_str("true"),
            Value::Bool(false) => self.out.push_str("false"),
            Value::Str(text) => {
                heap::reserve(self.out.len() as u64 + text.len() as u64)?;
                self.string(text);
            }
            Value::Int(_) | Value::BigInt(_) => {
                if let Some(int) = Int::of(value) {
                    self.out.push_str(&text::int_text(int)?);
                }
            }
            Value::Float(float) => self.float(vm, *float)?,
            Value::List(_) | Value::Tuple(_) => {
                let items = ops::collect(vm, value)?;
                let kind = value.type_name();
                self.inside(vm, value, |this, vm| this.array(vm, &kind, &items))?;
            }
            Value::Dict(dict) => self.inside(vm, value, |this, vm| this.object(vm, dict))?,
            Value::Instance(instance) if let Some(payload) = instance.payload.get() => {
                let payload = payload.clone();
                if let Value::Set(_) | Value::FrozenSet(_) | Value::Bytes(_) = payload {
                    return self.other(vm, value);
                }
                return self.value(vm, &payload);
            }
            other => return self.other(vm, other),
        }
        Ok(())
    }

    /// What JSON does not know: `default` says what to take for it.
    fn other(&mut self, vm: &mut dyn Vm, value: &Value) -> PyResult<()> {
        let default = self.options.default.clone();
        self.inside(vm, value, |this, vm| {
            let instead = vm.call(&default, std::slice::from_ref(value), &[])?;
            let result = this.value(vm, &instead);
            if let Err(stop) = &result {
                let kind = value.type_name();
                add_note(vm, stop, &format!("when serializing {kind} object"));
            }
            result
        })
    }

    fn inside(
        &mut self,
        vm: &mut dyn Vm,
        value: &Value,
        write: impl FnOnce(&mut Self, &mut dyn Vm) -> PyResult<()>,
    ) -> PyResult<()> {
        if self.open.iter().any(|open| !matches!(value, Value::Tuple(_)) && open.is(value)) {
            return Err(value_error("Circular reference detected"));
        }
        vm.enter(" while encoding a JSON object")?;
        self.open.push(value.clone());
        let result = write(self, vm);
        self.open.pop();
        vm.leave();
        result
    }

    fn line(&mut self, level: usize) {
        if let Some(indent) = &self.options.indent {
            self.out.push('\n');
            for _ in 0..level {
                self.out.push_str(indent);
            }
        }
    }

    fn array(&mut self, vm: &mut dyn Vm, kind: &str, items: &[Value]) -> PyResult<()> {
        if items.is_empty() {
            self.out.push_str("[]");
            return Ok(());
        }
        self.out.push('[');
        for (at, item) in items.iter().enumerate() {
            if at > 0 {
                self.out.push_str(&self.options.item_separator);
            }
            self.line(self.open.len());
            if let Err(stop) = self.value(vm, item) {
                add_note(vm, &stop, &format!("when serializing {kind} item {at}"));
                return Err(stop);
            }
        }
        self.line(self.open.len() - 1);
        self.out.push(']');
        Ok(())
    }

    fn object(&mut self, vm: &mut dyn Vm, dict: &Rc<DictObject>) -> PyResult<()> {
        let mut pairs: Vec<(Value, Value)> =
            dict.borrow().iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect();
        if self.options.sort_keys {
            let items = pairs.into_iter().map(|(key, value)| Value::tuple([key, value]));
            let mut sorted: Vec<Value> = items.collect();
            sort_values(vm, &mut sorted, None, false)?;
            pairs = sorted
                .iter()
                .filter_map(|pair| match pair {
                    Value::Tuple(pair) => Some((pair.first()?.clone(), pair.get(1)?.clone())),
                    _ => None,
                })
                .collect();
        }
        let mut first = true;
        self.out.push('{');
        for (given, value) in &pairs {
            let Some(key) = self.key(vm, given)? else { continue };
            if !std::mem::take(&mut first) {
                self.out.push_str(&self.options.item_separator);
            }
            self.line(self.open.len());
            self.string(&key);
            self.out.push_str(&self.options.key_separator);
            if let Err(stop) = self.value(vm, value) {
                let shown = text::repr(vm, given)?;
                add_note(vm, &stop, &format!("when serializing dict item {shown}"));
                return Err(stop);
            }
        }
        if !first {
            self.line(self.open.len() - 1);
        }
        self.out.push('}');
        Ok(())
    }

    /// A key as text; `None` for one that is skipped.
    fn key(&mut self, vm: &mut dyn Vm, key: &Value) -> PyResult<Option<Str>> {
        let text = match key {
            Value::Str(text) => text.clone(),
            Value::None => Str::from("null"),
            Value::Bool(true) => Str::from("true"),
            Value::Bool(false) => Str::from("false"),
            Value::Float(float) => {
                let before = self.out.len();
                self.float(vm, *float)?;
                Str::from(self.out.split_off(before))
            }
            Value::Instance(instance) if let Some(payload) = instance.payload.get() => {
                let payload = payload.clone();
                return self.key(vm, &payload);
            }
            other => match Int::of(other) {
                Some(int) => Str::from(text::int_text(int)?),
                None if self.options.skip_keys => return Ok(None),
                None => {
                    return Err(type_error(format!(
                        "keys must be str, int, float, bool or None, not {}",
                        other.type_name()
                    )));
                }
            },
        };
        Ok(Some(text))
    }

    fn float(&mut self, vm: &mut dyn Vm, float: f64) -> PyResult<()> {
        if float.is_finite() {
            self.out.push_str(&text::float_repr(float));
            return Ok(());
        }
        if !self.options.allow_nan {
            let shown = text::repr(vm, &Value::Float(float))?;
            return Err(value_error(format!(
                "Out of range float values are not JSON compliant: {shown}"
            )));
        }
        self.out.push_str(match float {
            float if float.is_nan() => "NaN",
            float if float > 0.0 => "Infinity",
            _ => "-Infinity",
        });
        Ok(())
    }

    fn string(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' => self.out.push_str("\\\""),
                '\\' => self.out.push_str("\\\\"),
                '\n' => self.out.push_str("\\n"),
                '\r' => self.out.push_str("\\r"),
                '\t' => self.out.push_str("\\t"),
                '\u{8}' => self.out.push_str("\\b"),
                '\u{c}' => self.out.push_str("\\f"),
                c if (c as u32) < 0x20
                    || self.options.ascii && (!c.is_ascii() || c == '\u{7f}') =>
                {
                    for unit in c.encode_utf16(&mut [0; 2]) {
                        let _ = write!(self.out, "\\u{unit:04x}");
                    }
                }
                c => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

/// Since 3.14 an error tells where in the value it was.
fn add_note(vm: &mut dyn Vm, stop: &Stop, note: &str) {
    let Some(exception) = stop.exception() else { return };
    let newest = super::super::world_of(vm)
        .is_ok_and(|world| world.python() >= crate::trace::PythonVersion::V3_14);
    if !newest {
        return;
    }
    match exception.attribute("__notes__") {
        Some(Value::List(notes)) => notes.borrow_mut().push(Value::from(note)),
        _ => exception.set_attribute("__notes__", Value::list(vec![Value::from(note)])),
    }
}
