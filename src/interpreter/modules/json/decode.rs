use std::rc::Rc;

use num_bigint::BigInt;

use crate::interpreter::ops;
use crate::interpreter::text;
use crate::program::exception::type_error;
use crate::program::value::{Arguments, DictObject, PyResult, Str, Table, Value, Vm, heap};

/// `decode(text, start, object_hook, parse_float, parse_int, parse_constant, strict,
/// object_pairs_hook)`: the value and where it ends; or a message, where the mistake is, and None.
pub(super) fn decode(vm: &mut dyn Vm, args: Arguments<'_>) -> PyResult<Value> {
    let [text, start, object_hook, parse_float, parse_int, parse_constant, strict, pairs_hook] =
        args.positional
    else {
        return Ok(Value::None);
    };
    let Value::Str(text) = text else {
        return Err(type_error(format!(
            "first argument must be a string, not {}",
            text.type_name()
        )));
    };
    let start = usize::try_from(ops::index_of(vm, start)?).unwrap_or(0);
    let hook = |value: &Value| Some(value.clone()).filter(|value| !matches!(value, Value::None));
    let mut decoder = Decoder {
        text,
        at: text.offset_of(start),
        object_hook: hook(object_hook),
        pairs_hook: hook(pairs_hook),
        parse_float: hook(parse_float),
        parse_int: hook(parse_int),
        parse_constant: hook(parse_constant),
        strict: ops::truth(vm, strict)?,
    };
    match decoder.value(vm) {
        Ok(value) => Ok(Value::tuple([value, Value::from(text.index_of(decoder.at))])),
        Err(Problem::Stop(stop)) => Err(stop),
        Err(Problem::Mistake(message, at)) => {
            let at = Value::from(text.index_of(at));
            Ok(Value::tuple([Value::from(message), at, Value::None]))
        }
    }
}

enum Problem {
    Stop(crate::program::value::Stop),
    Mistake(String, usize),
}

impl From<crate::program::value::Stop> for Problem {
    fn from(stop: crate::program::value::Stop) -> Self {
        Self::Stop(stop)
    }
}

fn mistake<T>(message: &str, at: usize) -> Result<T, Problem> {
    Err(Problem::Mistake(message.to_owned(), at))
}

struct Decoder<'t> {
    text: &'t Str,
    /// The next byte.
    at: usize,
    object_hook: Option<Value>,
    pairs_hook: Option<Value>,
    parse_float: Option<Value>,
    parse_int: Option<Value>,
    parse_constant: Option<Value>,
    strict: bool,
}

impl<'t> Decoder<'t> {
    fn rest(&self) -> &'t str {
        &self.text.as_str()[self.at..]
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, word: &str) -> bool {
        let there = self.rest().starts_with(word);
        if there {
            self.at += word.len();
        }
        there
    }

    fn value(&mut self, vm: &mut dyn Vm) -> Result<Value, Problem> {
        vm.spend(1)?;
        heap::check()?;
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                self.string().map(Value::from)
            }
            Some(b'{') => {
                vm.enter(" while decoding a JSON object from a unicode string")?;
                let result = self.object(vm);
                vm.leave();
                result
            }
            Some(b'[') => {
                vm.enter(" while decoding a JSON array from a unicode string")?;
                let result = self.array(vm);
                vm.leave();
                result
            }
            Some(b'-' | b'0'..=b'9') if !self.rest().starts_with("-I") => self.number(vm),
            _ => self.word(vm),
        }
    }

    fn word(&mut self, vm: &mut dyn Vm) -> Result<Value, Problem> {
        for (word, value) in
            [("null", Value::None), ("true", Value::Bool(true)), ("false", Value::Bool(false))]
        {
            if self.takes(word) {
                return Ok(value);
            }
        }
        let constants =
            [("NaN", f64::NAN), ("Infinity", f64::INFINITY), ("-Infinity", f64::NEG_INFINITY)];
        for (word, float) in constants {
            if self.takes(word) {
                return match &self.parse_constant {
                    Some(hook) => Ok(vm.call(hook, &[Value::from(word)], &[])?),
                    None => Ok(Value::Float(float)),
                };
            }
        }
        mistake("Expecting value", self.at)
    }

    fn digits(&mut self) -> usize {
        let before = self.at;
        while matches!(self.peek(), Some(b'0'..=b'9')) {
            self.at += 1;
        }
        self.at - before
    }

    fn number(&mut self, vm: &mut dyn Vm) -> Result<Value, Problem> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else if self.digits() == 0 {
            return mistake("Expecting value", start);
        }
        let mut is_float = false;
        let whole_end = self.at;
        if self.peek() == Some(b'.') {
            self.at += 1;
            if self.digits() > 0 {
                is_float = true;
            } else {
                self.at = whole_end;
            }
        }
        let before_exponent = self.at;
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            if self.digits() > 0 {
                is_float = true;
            } else {
                self.at = before_exponent;
            }
        }
        let number = &self.text.as_str()[start..self.at];
        let hook = if is_float { &self.parse_float } else { &self.parse_int };
        if let Some(hook) = hook {
            return Ok(vm.call(hook, &[Value::from(number)], &[])?);
        }
        if is_float {
            return Ok(Value::Float(number.parse().unwrap_or(0.0)));
        }
        match number.parse::<i64>() {
            Ok(int) => Ok(Value::Int(int)),
            Err(_) if number.len() <= 4300 => {
                Ok(Value::int(number.parse::<BigInt>().unwrap_or_default()))
            }
            Err(_) => Ok(text::parse_int(number, 10)?),
        }
    }

    /// The text after a quote, up to the next.
    fn string(&mut self) -> Result<String, Problem> {
        let begin = self.at - 1;
        let mut out = String::new();
        loop {
            let rest = self.rest();
            let Some(end) = rest.find(|c: char| c == '"' || c == '\\' || (c as u32) < 0x20) else {
                return mistake("Unterminated string starting at", begin);
            };
            out.push_str(&rest[..end]);
            self.at += end;
            match self.peek() {
                Some(b'"') => {
                    self.at += 1;
                    return Ok(out);
                }
                Some(b'\\') => self.escape(begin, &mut out)?,
                _ if self.strict => return mistake("Invalid control character at", self.at),
                Some(control) => {
                    out.push(char::from(control));
                    self.at += 1;
                }
                None => return mistake("Unterminated string starting at", begin),
            }
        }
    }

    fn escape(&mut self, begin: usize, out: &mut String) -> Result<(), Problem> {
        let backslash = self.at;
        self.at += 1;
        let Some(code) = self.peek() else {
            return mistake("Unterminated string starting at", begin);
        };
        self.at += 1;
        out.push(match code {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(out),
            _ => return mistake("Invalid \\escape", backslash),
        });
        Ok(())
    }

    fn unit(&mut self) -> Result<u16, Problem> {
        let digits = self.rest().get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(unit) = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok()) else {
            return mistake("Invalid \\uXXXX escape", self.at);
        };
        self.at += 4;
        Ok(unit)
    }

    fn unicode(&mut self, out: &mut String) -> Result<(), Problem> {
        let first = self.unit()?;
        let mut units = vec![first];
        if (0xd800..0xdc00).contains(&first) && self.rest().starts_with("\\u") {
            let before = self.at;
            self.at += 2;
            let second = self.unit()?;
            if (0xdc00..0xe000).contains(&second) {
                units.push(second);
            } else {
                self.at = before;
            }
        }
        // A surrogate alone is no character here.
        out.push_str(&String::from_utf16_lossy(&units));
        Ok(())
    }

    fn array(&mut self, vm: &mut dyn Vm) -> Result<Value, Problem> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.takes("]") {
            return Ok(Value::list(items));
        }
        loop {
            items.push(self.value(vm)?);
            self.skip_space();
            let at = self.at;
            if self.takes("]") {
                return Ok(Value::list(items));
            }
            if !self.takes(",") {
                return mistake("Expecting ',' delimiter", at);
            }
            self.skip_space();
            if self.peek() == Some(b']') {
                return mistake("Illegal trailing comma before end of array", at);
            }
        }
    }

    fn object(&mut self, vm: &mut dyn Vm) -> Result<Value, Problem> {
        const NAME: &str = "Expecting property name enclosed in double quotes";
        self.at += 1;
        let mut pairs = Vec::new();
        self.skip_space();
        if self.takes("}") {
            return self.hooked(vm, pairs);
        }
        if self.peek() != Some(b'"') {
            return mistake(NAME, self.at);
        }
        loop {
            self.at += 1;
            let key = self.string()?;
            self.skip_space();
            if !self.takes(":") {
                return mistake("Expecting ':' delimiter", self.at);
            }
            self.skip_space();
            let value = self.value(vm)?;
            pairs.push((Value::from(key), value));
            self.skip_space();
            let at = self.at;
            if self.takes("}") {
                return self.hooked(vm, pairs);
            }
            if !self.takes(",") {
                return mistake("Expecting ',' delimiter", at);
            }
            self.skip_space();
            match self.peek() {
                Some(b'"') => {}
                Some(b'}') => return mistake("Illegal trailing comma before end of object", at),
                _ => return mistake(NAME, self.at),
            }
        }
    }

    fn hooked(&self, vm: &mut dyn Vm, pairs: Vec<(Value, Value)>) -> Result<Value, Problem> {
        if let Some(hook) = &self.pairs_hook {
            let pairs = pairs.into_iter().map(|(key, value)| Value::tuple([key, value]));
            return Ok(vm.call(hook, &[Value::list(pairs.collect())], &[])?);
        }
        let dict = Rc::new(DictObject::new(Table::new()));
        for (key, value) in pairs {
            ops::dict_set(vm, &dict, key, value)?;
        }
        let dict = Value::Dict(dict);
        match &self.object_hook {
            Some(hook) => Ok(vm.call(hook, &[dict], &[])?),
            None => Ok(dict),
        }
    }
}
